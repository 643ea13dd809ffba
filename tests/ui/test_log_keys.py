"""From the search to a request in the log by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from ccinc_wizard.app.services import Services
from tests.requestlog.conftest import request
from tests.ui.conftest import Driver
from tests.ui.keys import Keys

KEY = Qt.Key


def _open_log(window: Driver, services: Services, *names: str) -> tuple[Keys, QTableView]:
    with services.open_log() as log:
        log.save_many([request(name) for name in names])
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == len(names) and window.find("log_search").hasFocus())
    return Keys(window.window), table


def _chosen(table: QTableView) -> list[int]:
    return [index.row() for index in table.selectionModel().selectedRows()]


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter, KEY.Key_Down])
def test_one_key_goes_from_the_search_to_what_it_found(window: Driver, services: Services, key: Qt.Key) -> None:
    keys, table = _open_log(window, services, "Anna Eerst", "Bert Tweede")
    window.type("log_search", "bert")
    keys.press(key)
    window.until(lambda: _chosen(table) == [0] and table.hasFocus())
    window.until(lambda: window.shows("log_to_granted"))
    assert table.model().rowCount() == 1


def test_whoever_finds_nothing_stays_in_the_search(window: Driver, services: Services) -> None:
    keys, table = _open_log(window, services, "Anna Eerst")
    window.type("log_search", "niemand")
    keys.enter()
    window.until(lambda: table.model().rowCount() == 0)
    for sign in ("Backspace",) * 7:
        keys.press(getattr(KEY, f"Key_{sign}"))
    window.until(lambda: table.model().rowCount() == 1)
    assert window.find("log_search").hasFocus()
    assert _chosen(table) == []


@pytest.mark.parametrize("key", [KEY.Key_Down, KEY.Key_Up])
def test_the_first_arrow_in_a_table_chooses_its_first_row(window: Driver, services: Services, key: Qt.Key) -> None:
    keys, table = _open_log(window, services, "Anna Eerst", "Bert Tweede")
    table.setFocus(Qt.FocusReason.TabFocusReason)
    keys.press(key)
    assert _chosen(table) == [0]
    keys.press(KEY.Key_Down)
    assert _chosen(table) == [1]


def test_the_menu_of_the_log_opens_it(window: Driver, services: Services) -> None:
    [menu] = [one for one in window.window.menuBar().actions() if one.text() == services.texts("care.menu")]
    first = menu.menu().actions()[0]
    assert first.objectName() == "action_log"
    first.trigger()
    window.until(lambda: window.shows("log_table"))
