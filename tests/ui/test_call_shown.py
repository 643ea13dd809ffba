"""What the desk shows an agent at a glance, and that no letter is lost however fast it comes."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.terms import Role
from ccinc_wizard.ui.helpdesk.call_views import View
from tests.ui.helpdesk import Desk

LANGUAGES = languages()


def largest(desk: Desk) -> set[str]:
    """The names of what is set in the largest letters."""
    shown = [made for made in desk.find("helpdesk_desk").findChildren(QLabel) if made.isVisible() and made.text()]
    most = max(made.font().pointSizeF() for made in shown)
    return {made.objectName() for made in shown if made.font().pointSizeF() == most}


def settle(desk: Desk) -> None:
    desk.until(lambda: desk.shows("call_say"))


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_out_is_the_largest_text(open_desk: Callable[..., Desk], language: str, view: View) -> None:
    desk = open_desk(language, view)
    settle(desk)
    assert largest(desk) == {"call_say", "call_ask"}
    desk.choose("applicant", "raadpleger", "agb")
    desk.until(lambda: desk.shows("call_advice_1"))
    assert {"call_advice_1", "call_advice_2"} <= largest(desk)
    assert "call_step_title" not in largest(desk)


@pytest.mark.parametrize("view", list(View))
def test_the_answers_stand_as_chips_above_the_link(open_desk: Callable[..., Desk], view: View) -> None:
    desk = open_desk("nl", view)
    desk.choose("administrator", "agb", "raadpleger")
    desk.until(lambda: desk.shows("form_link"))
    chips = [desk.find(f"call_chip_{kind}") for kind in ("caller", "situation", "role", "authority")]
    assert [chip.text() for chip in chips if isinstance(chip, QLabel)][2] == "Raadpleger"
    link = desk.find("form_link")

    def above() -> bool:
        top = link.mapTo(desk.window, QPoint(0, 0)).y()
        return all(chip.mapTo(desk.window, chip.rect().bottomLeft()).y() < top for chip in chips)

    desk.until(above)


@pytest.mark.parametrize("caller", ["administrator", "applicant"])
def test_nothing_is_missing_beside_a_link(desk: Desk, caller: str) -> None:
    desk.choose(caller)
    desk.until(lambda: desk.shows("call_missing_1"))
    desk.choose("invoerder", "agb")
    desk.until(lambda: desk.shows("form_link"))
    assert desk.text("call_missing_1").endswith(desk.window.services.texts("helpdesk.missing.nothing"))
    assert not desk.shows("call_missing_2")
    assert desk.window.services.texts("helpdesk.missing.title") not in desk.said


def test_a_letter_of_another_question_is_told_when_it_counts(desk: Desk) -> None:
    desk.choose("applicant")
    desk.choose("agb")
    desk.until(lambda: desk.shows("call_status"))
    texts = desk.window.services.texts
    assert desk.text("call_status") == texts.pair(texts("wizard.field.authority"), texts("choices.authority.agb.label"))
    desk.choose("raadpleger")
    assert not desk.shows("call_status")
    desk.choose("invoerder")
    desk.until(lambda: desk.shows("call_status"))
    assert desk.text("call_status").endswith("Invoerder")


def test_r_is_raadpleger_in_every_language() -> None:
    for language in LANGUAGES:
        assert Texts(language)(f"helpdesk.letters.role.{Role.RAADPLEGER}") == "r"


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_that_come_all_at_once_all_count(open_desk: Callable[..., Desk], language: str, view: View) -> None:
    """As a keyboard's queue hands them over: none waits for what the one before it changes on the screen."""
    desk = open_desk(language, view)
    letters = [desk.letter(option) for option in ("administrator", "raadpleger", "brusselse-gemeente")]
    window = desk.window.windowHandle()
    desk.window.activateWindow()
    desk.until(lambda: QApplication.activeWindow() is desk.window)
    for letter in letters:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.postEvent(window, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    desk.until(lambda: bool(desk.link))
    answers = desk.calls.call.answers
    assert (answers.role, answers.authority) == (Role.RAADPLEGER, "brusselse-gemeente")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_to_the_caller_holds_the_answer_and_no_number(
    open_desk: Callable[..., Desk], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "ccinc_wizard.ui.kit.desktop.QDesktopServices.openUrl",
        lambda url: opened.append(bytes(url.toEncoded().data()).decode()) or True,
    )
    desk = open_desk(language)
    assert desk.window.helpdesk.desk is not None
    desk.window.helpdesk.desk.mail_caller()
    assert opened == []
    assert desk.shows("call_status")
    desk.calls.note("belt terug op 85.07.30-033.28")
    desk.choose("applicant", "raadpleger", "agb")
    desk.until(lambda: desk.shows("mail_caller_button"))
    desk.click("mail_caller_button")
    [address] = opened
    body = unquote(address)
    assert address.startswith("mailto:?")
    assert desk.calls.link in body
    assert "85.07" not in body
    assert "belt terug" not in body


def test_the_view_follows_the_room_until_one_is_chosen(open_desk: Callable[..., Desk], services: Services) -> None:
    desk = open_desk("nl", "")
    desk.window.resize(760, 600)
    desk.until(lambda: desk.shows("call_one_page"))
    desk.choose("applicant")
    desk.window.resize(1700, 800)
    desk.until(lambda: desk.shows("call_one_screen"))
    assert desk.calls.call.caller == "applicant"
    desk.click("call_view_button")
    desk.until(lambda: desk.shows("call_one_page"))
    assert services.settings.view == View.PAGES
