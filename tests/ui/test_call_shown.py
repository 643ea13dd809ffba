"""What the desk shows an agent at a glance, and that no letter is lost however fast it comes."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.calls import CallStep
from ccinc_wizard.domain.enums import Role
from ccinc_wizard.ui.helpdesk.call_views import DeskView
from tests.ui.helpdesk import Desk

LANGUAGES = languages()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", ["form", "manual", "task"])
def test_where_a_sentence_comes_from_is_not_read_out(
    open_desk: Callable[..., Desk], language: str, situation: str
) -> None:
    """ "Sign in with your own key (not on the official page)" is no sentence for a caller; it stands small below."""
    desk = open_desk(language)
    texts = desk.window.services.texts
    marks = {texts("app.mark.beyond_page"), texts("app.mark.manuals")}
    desk.choose("administrator", situation, "invoerder", "brusselse-gemeente")
    if situation == "form":
        desk.choose("applicant")
    desk.until(lambda: desk.shows("call_advice_1"))
    aloud = [desk.text(name) for name in largest(desk)]
    assert not [words for words in aloud if any(mark in words for mark in marks)]
    assert all("  " not in words and " ." not in words for words in aloud)
    assert marks & set(desk.said)


@pytest.mark.parametrize("options", [("applicant", "invoerder", "unknown"), ("someone_else",)])
def test_no_heading_stands_over_nothing(desk: Desk, options: tuple[str, ...]) -> None:
    texts = desk.window.services.texts
    desk.choose(*options)
    desk.until(lambda: desk.shows("call_advice_1"))
    assert texts("helpdesk.missing.nothing") in desk.said
    assert texts("helpdesk.missing.title") not in desk.said


def test_parked_calls_are_in_sight_on_a_small_screen(desk: Desk) -> None:
    desk.window.resize(911, 480)
    for option in ("applicant", "administrator", "someone_else"):
        desk.choose(option)
        desk.click("call_park_button")
    for number in (1, 2, 3):
        call = desk.find(f"pick_up_{number}")
        desk.until(lambda call=call: call.visibleRegion().boundingRect() == call.rect())  # type: ignore[misc]


def largest(desk: Desk) -> set[str]:
    """The names of what is set in the largest letters."""
    shown = [made for made in desk.find("helpdesk_desk").findChildren(QLabel) if made.isVisible() and made.text()]
    most = max(made.font().pointSizeF() for made in shown)
    return {made.objectName() for made in shown if made.font().pointSizeF() == most}


def settle(desk: Desk) -> None:
    desk.until(lambda: desk.shows("call_say"))


@pytest.mark.parametrize("view", list(DeskView))
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_out_is_the_largest_text(open_desk: Callable[..., Desk], language: str, view: DeskView) -> None:
    desk = open_desk(language, view)
    settle(desk)
    assert largest(desk) == {"call_say", "call_ask"}
    desk.choose("applicant", "raadpleger", "agb")
    desk.until(lambda: desk.shows("call_advice_1"))
    assert {"call_advice_1", "call_advice_2"} <= largest(desk)
    assert "call_step_title" not in largest(desk)


@pytest.mark.parametrize("view", list(DeskView))
def test_the_answers_stand_as_chips_above_the_link(open_desk: Callable[..., Desk], view: DeskView) -> None:
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


@pytest.mark.parametrize("letters", [("invoerder", "agb"), ("agb", "invoerder")])
def test_letters_that_come_before_the_page_can_be_seen_are_all_told(desk: Desk, letters: tuple[str, str]) -> None:
    texts, said = desk.window.services.texts, []
    desk.window.helpdesk.calls.answered_besides.connect(said.append)  # type: ignore[union-attr]
    for option in letters:
        focused = desk.window.focusWidget()
        assert focused is not None
        desk.qtbot.keyClick(focused, desk.letter(option))
    wanted = {
        "invoerder": texts.pair(texts("wizard.field.role"), texts("choices.role.invoerder.label")),
        "agb": texts.pair(texts("wizard.field.authority"), texts("choices.authority.agb.label")),
    }
    assert said == [wanted[option] for option in letters]
    assert all(told in desk.text("call_status") for told in said)
    assert desk.shows("call_status")
    desk.click("call_back_button")
    assert not desk.shows("call_status") or wanted[letters[1]] not in desk.text("call_status")


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


@pytest.mark.parametrize("view", list(DeskView))
def test_letters_before_the_caller_is_known_count_and_are_told(open_desk: Callable[..., Desk], view: DeskView) -> None:
    desk = open_desk("nl", view)
    settle(desk)
    for letter, told in (("r", "Raadpleger"), ("g", "Autonoom gemeentebedrijf (AGB)"), ("z", "Zelf toekennen")):
        desk.press(letter)
        desk.until(lambda told=told: desk.text("call_status").endswith(told))  # type: ignore[misc]
    assert not desk.link
    assert desk.shows("call_say")
    desk.choose("administrator")
    desk.until(lambda: desk.shows("call_chip_situation"))
    assert desk.text("call_chip_situation") == "Zelf toekennen"
    assert desk.calls.step is CallStep.RESULT


def test_a_call_of_which_only_the_role_is_known_is_begun(desk: Desk) -> None:
    desk.choose("invoerder")
    desk.click("call_park_button")
    assert desk.shows("pick_up_1")
    desk.choose("raadpleger")
    desk.ctrl("n")
    assert [kept.role for kept in desk.calls.book.read().records] == ["raadpleger"]


def test_r_is_raadpleger_in_every_language() -> None:
    for language in LANGUAGES:
        assert Texts(language)(f"helpdesk.letters.role.{Role.RAADPLEGER}") == "r"


@pytest.mark.parametrize("view", list(DeskView))
@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_that_come_all_at_once_all_count(open_desk: Callable[..., Desk], language: str, view: DeskView) -> None:
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
    assert services.settings.view == DeskView.PAGES


@pytest.mark.parametrize("view", list(DeskView))
def test_the_reference_stands_beside_the_call_where_there_is_room(
    open_desk: Callable[..., Desk], view: DeskView
) -> None:
    """Until one closes it; opened, it takes no side's place."""
    desk = open_desk("nl", view)
    desk.window.resize(1920, 1000)
    desk.until(lambda: desk.shows("reference_search") and desk.shows("call_note"))
    assert desk.window.focusWidget() is desk.find("call_step_title")
    desk.click("reference_close")
    assert not desk.shows("reference_search")
    desk.ctrl("f")
    assert desk.window.focusWidget() is desk.find("reference_search")
    assert desk.shows("call_note")
    desk.window.resize(900, 700)
    desk.until(lambda: not desk.shows("reference_search"))
    assert desk.shows("call_note")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("wide", [1920, 2200, 2560])
def test_nothing_of_a_wide_screen_stays_empty_beside_the_reference(
    open_desk: Callable[..., Desk], language: str, wide: int
) -> None:
    desk = open_desk(language, DeskView.ONE_SCREEN)
    desk.window.resize(wide, 1300)
    desk.until(lambda: desk.shows("reference_search") and desk.window.width() == wide)
    drawer = desk.find("reference_drawer")
    desk.until(lambda: wide - drawer.mapTo(desk.window, drawer.rect().topRight()).x() < 100)
    cards = [card for card in drawer.findChildren(QFrame) if card.property("panel") == "card" and card.isVisible()]
    desk.until(lambda: len({card.x() for card in cards}) == (2 if wide > 2300 else 1))


def test_the_copy_button_is_in_sight_where_everything_is_twice_as_large(open_desk: Callable[..., Desk]) -> None:
    """1366 by 768 pixels at 200 per cent, in the window that is there at first."""
    desk = open_desk("nl", "")
    desk.window.resize(668, 340)
    desk.choose("administrator", "brusselse-gemeente", "raadpleger")
    desk.until(lambda: desk.shows("copy_link_button"))
    for name in ("copy_link_button", "call_back_button"):
        shown = desk.find(name)
        desk.until(lambda shown=shown: shown.visibleRegion().boundingRect() == shown.rect())  # type: ignore[misc]
    # The note is below, and all of it scrolls as one.
    for name in ("call_page", "call_side"):
        area = desk.find(name)
        assert isinstance(area, QScrollArea)
        desk.until(lambda area=area: area.verticalScrollBar().maximum() == 0)  # type: ignore[misc]
    desk.find("call_note").setFocus()
    desk.press("x")
    assert desk.calls.call.note == "x"


def test_a_word_is_broken_only_where_it_is_longer_than_its_line(desk: Desk) -> None:
    """A sign without width within it would break it anywhere, and go along with an address that is copied."""
    desk.choose("administrator", "task", "invoerder", "brusselse-gemeente")
    desk.until(lambda: desk.shows("call_advice_2"))
    shown = [desk.text(name) for name in ("call_say", "call_advice_1", "call_advice_2")]
    assert any("Doelgroepverantwoordelijke" in words for words in shown)
    assert not any("\u200b" in words for words in shown)
