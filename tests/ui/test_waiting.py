"""What waits beside the first question, the next person of an organisation, reminders, and the way back at the side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Role, Situation
from ccinc_wizard.ui.kit.theme import TARGET
from ccinc_wizard.ui.wizard.waiting import WaitingList
from tests.expected_links import EXPECTED_LINKS
from tests.requestlog.conftest import request
from tests.ui.conftest import Driver

NAME = "Lieve Voorbeeldt"


def saved(services: Services, name: str, days: int, **changes: str) -> str:
    """A request that was saved so many days ago."""
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
    log = services.open_log()
    log._clock = lambda: moment
    logged = log.save(request(name, **changes))
    log.close()
    return logged.reference


def told(window: Driver) -> list[str]:
    return [made.text() for made in window.find("waiting_list").findChildren(QLabel) if made.isVisible()]


@pytest.fixture
def waits(services: Services, open_window: Callable[[], Driver]) -> Driver:
    """A window on a log in which one request waits and one is new."""
    saved(services, NAME, 20, outcome="link")
    saved(services, "Joris Oefenmans", 1, outcome="link")
    window = open_window()
    window.window.look_after_log()
    window.until(lambda: window.shows("waiting_2"))
    return window


def test_names_are_covered_until_one_looks(waits: Driver) -> None:
    assert any("20" in line for line in told(waits))
    assert not any("Lieve" in line or "Joris" in line for line in told(waits))
    waits.click("waiting_names")
    waits.until(lambda: any(NAME in line for line in told(waits)))
    waits.click("waiting_names")
    waits.until(lambda: waits.shows("waiting_1") and not any(NAME in line for line in told(waits)))


def test_a_list_that_was_replaced_opens_no_window(waits: Driver) -> None:
    former = waits.find("waiting_list")
    assert isinstance(former, WaitingList)
    former.setParent(None)
    former.ask()
    answered: list[object] = []
    waits.window.worker.run(lambda _: None, done=answered.append, failed=answered.append)
    waits.until(lambda: bool(answered))
    assert not former.isVisible()


@pytest.mark.parametrize("width", [800, 1500])
def test_what_waits_is_still_there_when_it_is_looked_for_again(waits: Driver, width: int) -> None:
    waits.window.resize(width, 600)
    waits.until(lambda: waits.window.width() == width)
    for _ in range(2):
        waits.window.look_after_log()  # As when the window beside the browser is closed.
        waits.until(lambda: waits.shows("waiting_2"))


def test_where_there_is_no_room_beside_it_the_page_keeps_its_width(window: Driver) -> None:
    window.window.look_after_log()
    window.until(lambda: window.window.findChild(QWidget, "waiting_list") is not None)
    window.window.resize(900, 500)
    window.qtbot.waitUntil(lambda: window.window.width() == 900)
    page, question = window.find("page_situation"), window.find("situation_form")
    assert question.width() > page.width() * 0.8


def test_a_line_opens_its_request(waits: Driver) -> None:
    waits.click("waiting_1")
    waits.until(lambda: waits.shows("log_remind"))


def test_while_practising_nothing_is_shown(services: Services, open_window: Callable[[], Driver]) -> None:
    saved(services, NAME, 20, outcome="link")
    services.mode = Mode.TRAINING
    window = open_window()
    window.window.look_after_log()
    assert window.window.findChildren(QWidget, "waiting_list") == []


def test_looking_makes_no_log(services: Services, open_window: Callable[[], Driver]) -> None:
    window = open_window()
    window.window.look_after_log()
    assert not window.shows("waiting_list")
    assert not services.paths.log_folder(Mode.ADMIN).exists()


def test_what_waits_too_long_has_a_mail_ready(waits: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(encoded(url)) or True)
    waits.click("waiting_1")
    waits.until(lambda: waits.shows("log_remind"))
    waits.click("log_remind")
    assert NAME in unquote(opened[0])
    assert EXPECTED_LINKS["vlaamse-gemeente", "invoerder"] in unquote(opened[0])


def encoded(url: QUrl) -> str:
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


@pytest.mark.parametrize("situation", ["form", "manual"])
def test_somebody_else_of_the_same_organisation_is_two_actions_from_the_role(window: Driver, situation: str) -> None:
    window.walk(situation, "raadpleger", "agb", "AGB De Kring")
    window.click("save_button")
    window.until(lambda: window.window.session.saved_reference != "")
    window.click("another_button")
    window.click("role_invoerder")
    session = window.window.session
    assert session.answers == Answers(
        Situation(situation), role=Role.INVOERDER, authority="agb", authority_name="AGB De Kring"
    )
    assert session.saved_reference == ""
    window.next()
    assert window.page == ("page_check" if situation == "form" else "page_applicant")


def test_the_log_begins_it_too(waits: Driver) -> None:
    waits.click("waiting_1")
    waits.until(lambda: waits.shows("log_another"))
    waits.click("log_another")
    assert waits.page == "page_role"
    assert waits.window.session.answers.applicant_name == ""
    assert waits.window.session.answers.authority_name


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_what_is_done_is_reached_and_pressed_by_keyboard(window: Driver, language: str, key: Qt.Key) -> None:
    window.walk("form", "raadpleger", "agb", "AGB De Kring", to="check")
    window.window.set_language(language)
    window.window.activateWindow()
    window.until(window.window.isActiveWindow)
    stops: list[str] = []
    window.find("next_button").setFocus()
    while (focused := QApplication.focusWidget()) is not None and focused.objectName() != "map_button":
        stops.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    done = ("situation", "applicant", "role", "authority")
    assert stops == ["next_button", *(f"steps_{step}_back" for step in done)]
    way_back = window.find("steps_role_back")
    texts = window.window.services.texts
    assert way_back.accessibleName() == texts("wizard.step_back", step=texts("wizard.role.step"))
    way_back.setFocus()
    QTest.keyClick(way_back, key)
    assert window.page == "page_role"
    assert not window.shows("steps_role_back")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "role_raadpleger"


@pytest.mark.parametrize("wide", [1100, 440])
def test_what_is_done_can_be_clicked_at_the_side(window: Driver, wide: int) -> None:
    """In a narrow window each step is its mark in a row above the page, which tells its name."""
    window.walk("form", "raadpleger", "agb", "AGB De Kring", to="check")
    window.window.resize(wide, 700)
    role, following = window.find("steps_role"), window.find("steps_authority")
    window.until(lambda: (role.y() == following.y()) is (wide < 500))
    texts = window.window.services.texts
    assert role.toolTip() == (texts("wizard.role.step") if wide < 500 else "")
    assert min(role.width(), role.height()) >= TARGET
    for step, page in (("role", "page_role"), ("situation", "page_situation"), ("check", "page_situation")):
        QTest.mouseClick(window.find(f"steps_{step}"), Qt.MouseButton.LeftButton)
        assert window.page == page
