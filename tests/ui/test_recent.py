"""The menu of recent requests."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMenu, QTableView

from ccinc_wizard.app.services import Services
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.model import ErasurePlan
from ccinc_wizard.ui.log.reminders import HOW_MANY
from tests.ui.conftest import Driver
from tests.ui.test_log_view import FORMS


def opened(window: Driver) -> QMenu:
    """The menu as it is opened."""
    menu = window.window.findChild(QMenu, "action_recent")
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return menu


def offered(window: Driver) -> list[str]:
    """What the menu offers once the log has answered."""
    menu = opened(window)
    window.until(lambda: all(action.objectName() for action in menu.actions()))
    return [action.text() for action in menu.actions()]


def save(window: Driver, name: str) -> str:
    """Save one request of this organisation."""
    window.walk("manual", "invoerder", "agb", name)
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    reference = window.window.session.saved_reference
    window.click("next_button")
    return reference


def test_without_a_log_none_is_made(window: Driver, services: Services) -> None:
    [told] = opened(window).actions()
    assert told.text() == "Nog geen aanvragen in het logboek"
    assert not told.isEnabled()
    assert not services.has_log()


def test_the_last_requests_newest_first_without_a_number(window: Driver) -> None:
    references = [save(window, f"AGB De Kring {number}") for number in range(HOW_MANY + 1)]
    shown = offered(window)
    assert [text.partition(",")[0] for text in shown] == references[:0:-1]
    assert all(text.endswith(": Lieve Voorbeeldt") for text in shown)
    assert not [form for form in FORMS if form in "".join(shown)]


def test_choosing_one_opens_the_log_at_that_request(window: Driver) -> None:
    first, _ = save(window, "AGB De Kring"), save(window, "AGB & Co")
    offered(window)
    opened(window)
    menu = window.window.findChild(QMenu, "action_recent")
    assert isinstance(menu, QMenu)
    window.until(lambda: len(menu.actions()) == 2)
    menu.actions()[1].trigger()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.selectionModel().hasSelection())
    assert table.selectionModel().currentIndex().siblingAtColumn(1).data() == first
    window.until(lambda: window.shows("log_note"))


def test_a_name_that_was_erased_stays_erased(window: Driver, services: Services) -> None:
    reference = save(window, "AGB De Kring")
    with services.open_log() as log:
        log.erase(ErasurePlan(names=(log.page()[0].id,)))
    [shown] = offered(window)
    assert shown.startswith(reference)
    assert shown.endswith("(gewist)")


def test_a_log_that_cannot_be_read_is_told(window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    services.paths.log_folder(services.mode).mkdir(parents=True)

    def refuse() -> None:
        raise LogError(LogErrorCode.KEY_LOST)

    monkeypatch.setattr(services, "open_log", refuse)
    menu = opened(window)
    window.until(lambda: menu.actions()[0].text() == "Het logboek is nu niet te lezen")
    assert window.window.worker.state == "key-lost"


def test_an_answer_for_a_menu_that_is_gone_is_no_error(window: Driver) -> None:
    save(window, "AGB De Kring")
    opened(window)
    window.window.set_language("fr")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    window.until(lambda: offered(window)[0].endswith("Lieve Voorbeeldt"))
