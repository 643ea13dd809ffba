"""The log view on a log of many pages: what it keeps, what it fetches again, and jobs that take a while."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QDialog, QPushButton, QScrollArea, QTableView

from ccinc_wizard.app.services import Services
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.ui.log.model import KEPT_PAGES, PAGE, LogModel
from tests.requestlog.conftest import request
from tests.ui.conftest import Driver

PAGES = KEPT_PAGES + 5


@pytest.fixture
def saved(services: Services) -> list[LoggedRequest]:
    """More requests than the view keeps, newest first."""
    with services.open_log() as log:
        return log.save_many([request(f"Naam {number}") for number in range(PAGES * PAGE)])[::-1]


@pytest.fixture
def at_the_end(window: Driver, saved: list[LoggedRequest]) -> QTableView:
    """The view, scrolled to the oldest request."""
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    model = table.model()
    assert isinstance(model, LogModel)
    window.until(lambda: model.rowCount() == PAGE)

    def further() -> bool:
        table.scrollToBottom()
        model.fetchMore(QModelIndex())
        return model.complete

    window.until(further)
    return table


def test_every_request_is_scrolled_past_and_few_are_kept(at_the_end: QTableView, saved: list[LoggedRequest]) -> None:
    model = at_the_end.model()
    assert isinstance(model, LogModel)
    assert model.rowCount() == len(saved)
    assert len(model._pages) == KEPT_PAGES
    assert model.request(len(saved) - 1) == saved[-1]


def test_what_was_let_go_is_fetched_again(
    at_the_end: QTableView, saved: list[LoggedRequest], window: Driver, services: Services
) -> None:
    model = at_the_end.model()
    assert isinstance(model, LogModel)
    assert model.index(3, 1).data() == ""
    at_the_end.selectRow(3)
    window.until(lambda: model.index(3, 1).data() == saved[3].reference)
    window.until(lambda: window.shows("log_note"))
    assert len(model._pages) == KEPT_PAGES
    window.click("log_to_granted")
    window.until(lambda: model.index(3, 6).data() == services.texts("log.status.granted"))
    window.type("log_search", saved[-1].reference)
    window.until(lambda: model.rowCount() == 1)
    assert model.request(0) == saved[-1]


def test_a_last_page_that_is_full_ends_the_list(window: Driver, services: Services) -> None:
    with services.open_log() as log:
        log.save_many([request()] * PAGE)
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    model = table.model()
    assert isinstance(model, LogModel)
    window.until(lambda: model.rowCount() == PAGE)
    model.fetchMore(QModelIndex())
    window.until(lambda: model.complete)
    assert model.rowCount() == PAGE
    assert window.text("log_message") == services.texts("logview.found", count=PAGE)


def test_an_export_is_stopped_and_leaves_no_file(
    at_the_end: QTableView, window: Driver, services: Services, tmp_path: Path
) -> None:
    held = threading.Event()
    window.window.worker.run(lambda _: held.wait(), done=lambda _: None, failed=lambda _: None)
    view = window.window.show_log()
    view.export_to(tmp_path / "out.csv")
    dialog = view.findChild(QDialog, "log_progress")
    assert isinstance(dialog, QDialog)
    dialog.findChild(QPushButton).click()  # type: ignore[union-attr]
    held.set()
    window.until(lambda: window.text("log_message") == services.texts("logview.export_cancelled"))
    assert list(tmp_path.glob("out*")) == []


def test_a_check_shows_its_progress_and_then_goes_for_good(
    at_the_end: QTableView, window: Driver, services: Services
) -> None:
    view = window.window.show_log()
    seen: list[tuple[int, int]] = []
    view.jobs.progressed.connect(lambda done, total: seen.append((done, total)))
    sound: Callable[[], bool] = lambda: "ongeschonden" in window.text("log_message")  # noqa: E731
    for _ in range(2):
        view.say("")
        view.verify()
        assert view.findChild(QDialog, "log_progress") is not None
        window.until(sound)
        window.until(lambda: view.findChild(QDialog, "log_progress") is None)
    assert seen == [(1000, 2 * PAGES * PAGE), (PAGES * PAGE + 1000, 2 * PAGES * PAGE)] * 2


@pytest.fixture
def low(window: Driver, services: Services) -> QTableView:
    """The log in a window in which its details stand below the table, most of them outside."""
    with services.open_log() as log:
        log.save_many([request(f"Naam {number}") for number in range(20)])
    window.window.resize(640, 330)
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 20)
    window.window.activateWindow()
    window.qtbot.waitUntil(window.window.isActiveWindow)
    assert visible_part(window, "log_details") < head(table)
    return table


def head(table: QTableView) -> int:
    """How high what tells whose details they are is at least."""
    return table.fontMetrics().height() * 4


def visible_part(window: Driver, name: str) -> int:
    """How many pixels from its top on a part of the log can be seen of."""
    part, area = window.find(name), window.find("log_view")
    assert isinstance(area, QScrollArea)
    top = part.mapTo(area.viewport(), QPoint()).y()
    return max(0, area.viewport().height() - top) if top >= 0 else 0


def row_in_sight(window: Driver, table: QTableView) -> bool:
    """Whether the present row can be seen."""
    area = window.find("log_view")
    assert isinstance(area, QScrollArea)
    place = table.visualRect(table.currentIndex())
    top = table.viewport().mapTo(area.viewport(), place.topLeft()).y()
    return top >= 0 and top + place.height() <= area.viewport().height()


@pytest.mark.parametrize("by_key", [False, True])
def test_in_a_low_window_the_details_of_a_chosen_row_come_in_sight(
    window: Driver, low: QTableView, by_key: bool
) -> None:
    place = low.visualRect(low.model().index(0, 0)).center()
    low.setFocus()
    if by_key:
        window.qtbot.keyClick(low, Qt.Key.Key_Down)
        assert visible_part(window, "log_details") < head(low)
        window.qtbot.keyClick(low, Qt.Key.Key_Return)
    else:
        window.qtbot.mouseClick(low.viewport(), Qt.MouseButton.LeftButton, pos=place)
    window.until(lambda: visible_part(window, "log_details") >= head(low))
    assert low.hasFocus()


def test_walking_through_the_rows_by_arrows_keeps_the_row_in_sight(window: Driver, low: QTableView) -> None:
    window.qtbot.mouseClick(
        low.viewport(), Qt.MouseButton.LeftButton, pos=low.visualRect(low.model().index(0, 0)).center()
    )
    window.until(lambda: visible_part(window, "log_details") > 0)
    for key in [Qt.Key.Key_Down] * 12 + [Qt.Key.Key_Up] * 12:
        window.qtbot.keyClick(low, key)
        window.until(lambda: row_in_sight(window, low))
        assert low.hasFocus()
