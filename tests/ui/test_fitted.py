"""Tables whose columns share their room, which keep their widths and can be put in order by heading and by key."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QStyleOptionHeader, QTableView
from pytestqt.qtbot import QtBot

from ccinc_wizard.app.services import Services
from ccinc_wizard.requestlog.model import SortBy
from ccinc_wizard.ui.kit.tables import FittedTable, plain_table, shared
from ccinc_wizard.ui.shell.places import show_list
from tests.requestlog.conftest import request
from tests.ui.conftest import Driver
from tests.ui.test_list_view import GRIET, WRONG, write_list


@pytest.mark.parametrize(
    ("widths", "room", "pinned", "found"),
    [
        ([(100, 50), (100, 50)], 200, -1, [100, 100]),
        ([(100, 50), (100, 50)], 400, -1, [200, 200]),
        ([(100, 50), (100, 50)], 100, -1, [50, 50]),
        ([(100, 90), (100, 50)], 170, -1, [95, 75]),
        ([(100, 50), (100, 50)], 60, -1, [50, 50]),
        ([(300, 50), (100, 50), (100, 50)], 300, 0, [200, 50, 50]),
        ([(80, 50), (100, 50), (100, 50)], 300, 0, [80, 110, 110]),
        ([(10, 50), (100, 50), (100, 50)], 300, 0, [50, 125, 125]),
        ([(100, 50), (150, 50)], 200, 1, [84, 116]),
        ([(40, 20)], 99, -1, [99]),
        ([], 99, -1, []),
    ],
)
def test_columns_share_the_room(widths: list[tuple[int, int]], room: int, pinned: int, found: list[int]) -> None:
    made = shared(widths, room, pinned)
    assert all(abs(one - other) <= 3 for one, other in zip(made, found, strict=True)), made
    assert sum(made) == (max(room, sum(least for _, least in widths)) if widths else 0)


@pytest.fixture
def table(window: Driver, services: Services) -> FittedTable:
    """The log, of three requests."""
    with services.open_log() as log:
        log.save_many([request(name) for name in ("Bert", "An", "Cis")])
    window.window.resize(1500, 700)
    window.window.show_log()
    found = window.find("log_table")
    assert isinstance(found, FittedTable)
    window.until(lambda: found.model().rowCount() == 3 and not found.isColumnHidden(0))
    return found


def names(table: FittedTable) -> list[str]:
    """What stands in the column of names."""
    model = table.model()
    place = list(SortBy).index(SortBy.NAME)
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize("wide", [1300, 1000, 800])
def test_role_and_status_are_in_sight(window: Driver, table: FittedTable, wide: int) -> None:
    window.window.resize(wide, 700)
    window.until(lambda: table.horizontalScrollBar().maximum() == 0)
    for column in (SortBy.ROLE, SortBy.STATUS):
        place = list(SortBy).index(column)
        assert not table.isColumnHidden(place)
        assert table.columnViewportPosition(place) + table.columnWidth(place) <= table.viewport().width()


def test_a_click_on_a_heading_sorts_and_a_second_turns_it_round(window: Driver, table: FittedTable) -> None:
    assert names(table) == ["Cis", "An", "Bert"]
    heading, place = table.horizontalHeader(), list(SortBy).index(SortBy.NAME)
    at = heading.viewport().rect().center()
    at.setX(heading.sectionViewportPosition(place) + 10)
    for expected in (["An", "Bert", "Cis"], ["Cis", "Bert", "An"]):
        window.qtbot.mouseClick(heading.viewport(), Qt.MouseButton.LeftButton, pos=at)
        window.until(lambda wanted=expected: names(table) == wanted)  # type: ignore[misc]
        assert heading.isSortIndicatorShown()
        assert heading.sortIndicatorSection() == place


def test_the_keyboard_sorts(window: Driver, table: FittedTable) -> None:
    held = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        window.qtbot.keyClick(table, Qt.Key.Key_Right, held)
    window.until(lambda: names(table) == ["An", "Bert", "Cis"])
    window.qtbot.keyClick(table, Qt.Key.Key_Down, held)
    window.until(lambda: names(table) == ["Cis", "Bert", "An"])
    window.qtbot.keyClick(table, Qt.Key.Key_Left, held)
    assert table.horizontalHeader().sortIndicatorSection() == list(SortBy).index(SortBy.REFERENCE)


def test_widths_are_remembered(
    window: Driver, table: FittedTable, services: Services, open_window: Callable[[], Driver]
) -> None:
    place = list(SortBy).index(SortBy.NAME)
    before = table.columnWidth(place)
    table.horizontalHeader().resizeSection(place, before + 60)
    assert table.horizontalScrollBar().maximum() == 0
    window.until(lambda: bool(services.settings.column_widths))
    again = open_window()
    again.window.resize(window.window.size())
    again.window.show_log()
    other = again.find("log_table")
    assert isinstance(other, FittedTable)
    again.until(lambda: abs(other.columnWidth(place) - before - 60) < 12)


@pytest.mark.parametrize("kept", [("log_table=x,y",), ("log_table=1,2",), ("=",), ("log_table",)])
def test_widths_that_cannot_be_meant_do_not_count(
    services: Services, open_window: Callable[[], Driver], kept: tuple[str, ...]
) -> None:
    services.remember(column_widths=kept)
    window = open_window()
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, FittedTable)
    assert table.columnWidth(list(SortBy).index(SortBy.NAME)) > 50


def test_a_list_is_put_in_order_and_its_details_follow(window: Driver, tmp_path: Path) -> None:
    show_list(window.window)
    window.find("batch_view").check_list(write_list(tmp_path / "lijst.csv", GRIET, WRONG))  # type: ignore[attr-defined]
    window.until(lambda: window.shows("batch_save"))
    table = window.find("batch_table")
    assert isinstance(table, FittedTable)
    model = table.model()
    for order in (Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
        table.sortByColumn(1, order)
        QApplication.processEvents()
        shown = [str(model.index(row, 1).data()).casefold() for row in range(model.rowCount())]
        down = order == Qt.SortOrder.DescendingOrder
        assert all((one >= after) if down else (one <= after) for one, after in pairwise(shown))


def painted(table: QTableView, place: int) -> str:
    """The words of a heading as they are painted; each of its lines has room, with the arrow that sorts beside it."""
    headings, option = table.horizontalHeader(), QStyleOptionHeader()
    headings.initStyleOption(option)
    headings.initStyleOptionForIndex(option, place)
    option.rect = headings.rect()
    option.rect.setWidth(headings.sectionSize(place))
    parts, bold = QStyle.SubElement, QFont(headings.font())
    bold.setBold(True)
    room = headings.style().subElementRect(parts.SE_HeaderLabel, option, headings)
    if option.sortIndicator != QStyleOptionHeader.SortIndicator.None_:
        room.setRight(headings.style().subElementRect(parts.SE_HeaderArrow, option, headings).left() - 1)
    for line in option.text.split("\n"):
        assert QFontMetrics(bold).horizontalAdvance(line) <= max(room.width(), 0), option.text
    return str(option.text)


@pytest.mark.parametrize("letters", [100, 125, 150, 200])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_heading_without_room_ends_with_dots_and_is_whole_in_its_tooltip(
    window: Driver, services: Services, language: str, letters: int
) -> None:
    with services.open_log() as log:
        log.save_many([request(name) for name in ("Bert", "An", "Cis")])
    window.window.set_letter_size(letters)
    window.window.set_language(language)
    window.window.show_log()
    window.until(lambda: window.shows("log_table"))
    made = window.find("log_table")
    assert isinstance(made, FittedTable)
    window.until(lambda: made.model().rowCount() == 3)
    made.selectRow(0)
    across, cut = Qt.Orientation.Horizontal, 0
    for wide in (letters * part for part in (16, 9, 6, 4, 3)):
        made.setFixedWidth(wide)
        window.until(lambda wide=wide: made.width() == wide)
        for place in range(made.model().columnCount()):
            if made.isColumnHidden(place):
                continue
            made.horizontalHeader().setSortIndicator(place, Qt.SortOrder.AscendingOrder)
            given = str(made.model().headerData(place, across))
            shown = painted(made, place)
            assert shown == given or "…" in shown
            cut += shown != given
            assert made.model().headerData(place, across, Qt.ItemDataRole.ToolTipRole) == given
            if wide == letters * 16:
                assert shown == given
    assert cut


@pytest.mark.parametrize("wide", [600, 300, 200, 90])
def test_a_heading_of_a_plain_table_takes_more_lines_and_then_dots(qtbot: QtBot, wide: int) -> None:
    words = ["Organising authority", "Of these still to be looked at", "Onwaarschijnlijkheidsberekening", "No"]
    made = plain_table("table", "words", words, [["a", "b", "c", "d"]])
    qtbot.addWidget(made)
    made.setStyleSheet("QHeaderView::section { padding: 7px; font-weight: bold; border: none; }")
    made.resize(wide, 300)
    made.show()
    headings = made.horizontalHeader()
    headings.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    for place, given in enumerate(words):
        made.setColumnWidth(place, wide // len(words))
        shown = painted(made, place)
        assert shown.replace("\n", " ") == given or "…" in shown
        assert made.horizontalHeaderItem(place).toolTip() == given
        lines = (shown.count("\n") + 1) * QFontMetrics(made.font()).lineSpacing()
        assert headings.sizeHint().height() >= lines
