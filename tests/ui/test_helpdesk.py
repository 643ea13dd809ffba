"""The call desk by object names and keyboard alone: three letters to each link, and nothing kept of people."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeyEvent, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from ccinc_wizard.app.call_book import FILE, CallBook
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.calls import Call, Caller, CallStep
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.helpdesk.call_views import DeskView
from ccinc_wizard.ui.kit.theme import TARGET
from ccinc_wizard.ui.shell.places import show_help
from tests.expected_links import EXPECTED_LINKS
from tests.ui.helpdesk import BEGAN, Clock, Desk, clipboard


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("view", list(DeskView))
@pytest.mark.parametrize("caller", [Caller.APPLICANT, Caller.ADMINISTRATOR])
def test_each_link_is_three_letters_away(
    language: str, view: DeskView, caller: Caller, open_desk: Callable[..., Desk], figures: list[str]
) -> None:
    desk = open_desk(language, view)
    most = 0
    for (authority, role), link in EXPECTED_LINKS.items():
        desk.keys = 0
        desk.choose(caller, role, authority)
        most = max(most, desk.keys)
        assert desk.link == link
        desk.ctrl("l")
        assert clipboard() == link
        desk.ctrl("n")
        assert not desk.link
    assert most == 3
    figures.append(f"helpdesk, {language}, {view}, {caller}: {len(EXPECTED_LINKS)} links, {most} letters at most")


@pytest.mark.parametrize(
    ("what", "choices", "letters"),
    [
        ("an applicant's link", ("applicant", "invoerder", "agb"), 3),
        ("an administrator who grants", ("administrator", "raadpleger", "brusselse-gemeente", "manual"), 4),
        ("an administrator with a task", ("administrator", "invoerder", "economische-actor", "task"), 4),
        ("none of the four types", ("applicant", "invoerder", "none"), 3),
        ("a role not known", ("applicant",), 1),
        ("someone else", ("someone_else",), 1),
    ],
)
def test_a_whole_call_by_keyboard_alone(
    desk: Desk, what: str, choices: tuple[str, ...], letters: int, figures: list[str]
) -> None:
    desk.keys = 0
    desk.choose(*choices)
    if what == "a role not known":
        desk.press(desk.window.services.texts("helpdesk.letters.role.unknown"))
        letters += 1
    assert desk.calls.step is CallStep.RESULT
    assert desk.keys == letters
    desk.ctrl("t")
    assert "Advies: " in clipboard()
    assert "Advies: niet gevraagd" not in clipboard()
    desk.ctrl("n")
    assert desk.calls.step is CallStep.CALLER
    assert desk.calls.book.read().records[-1].caller == choices[0]
    figures.append(f"helpdesk, {what}: {desk.keys} keys with ticket and next call")


def test_parking_note_and_picking_up_by_keyboard_alone(desk: Desk, figures: list[str]) -> None:
    def alt(letter: str) -> None:
        desk.window.activateWindow()
        desk.until(lambda: QApplication.activeWindow() is desk.window)
        desk.press(letter, Qt.KeyboardModifier.AltModifier)

    desk.choose("applicant", "raadpleger")
    alt("t")
    assert desk.window.focusWidget() is desk.find("call_note")
    desk.press("x")
    desk.press(Qt.Key.Key_Escape)
    desk.keys = 0
    alt("p")
    desk.until(lambda: desk.calls.call.caller is None)
    desk.choose("someone_else")
    desk.press("1")
    assert (desk.calls.call.note, desk.calls.call.answers.role) == ("x", "raadpleger")
    figures.append(f"helpdesk, park, one letter in another call, pick up: {desk.keys} keys")


def test_the_letters_stand_on_the_choices(desk: Desk) -> None:
    for caller in Caller:
        made = desk.find(f"call_caller_{caller}")
        letter = desk.letter(caller).upper()
        assert letter in [part.text() for part in made.findChildren(QLabel)]
        assert letter in made.accessibleDescription()
        assert made.accessibleName()


@pytest.mark.parametrize("view", list(DeskView))
def test_each_step_says_what_to_say_ask_and_listen_for_and_the_usual_mix_ups(
    view: DeskView, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk("nl", view)
    for step, option in zip(CallStep, ("administrator", "invoerder", "agb", ""), strict=True):
        script = desk.calls.words.script(step, desk.calls.call.caller)
        assert desk.text("call_step_title") == script.title
        said = desk.said
        for words in (script.say, script.ask, script.listen, *(f"• {line}" for line in script.mix_ups)):
            assert words in said
        if option:
            desk.choose(option)


def test_a_choice_can_be_changed_by_its_letter_and_taken_back(desk: Desk) -> None:
    desk.choose("applicant", "invoerder", "agb", "raadpleger")
    assert desk.link == EXPECTED_LINKS["agb", "raadpleger"]
    desk.press(Qt.Key.Key_Backspace)
    assert desk.link == EXPECTED_LINKS["agb", "invoerder"]
    desk.click("call_back_button")
    assert desk.calls.step is CallStep.AUTHORITY
    for _ in range(4):
        desk.press(Qt.Key.Key_Backspace)
    assert desk.calls.step is CallStep.CALLER
    assert not desk.shows("call_back_button")


def test_the_mouse_makes_the_same_choices(desk: Desk) -> None:
    desk.click("call_caller_applicant")
    desk.click("call_role_raadpleger")
    desk.click("call_authority_economische_actor")
    assert desk.link == EXPECTED_LINKS["economische-actor", "raadpleger"]
    desk.click("copy_link_button")
    assert clipboard() == desk.link
    assert desk.text("copy_link_button") == "Gekopieerd"


def test_the_keyboard_alone_reaches_and_presses_every_choice(desk: Desk) -> None:
    reached: list[str] = []
    for _ in range(20):
        desk.press(Qt.Key.Key_Tab)
        focused = desk.window.focusWidget()
        assert focused is not None
        reached.append(focused.objectName())
    assert {f"call_caller_{caller}" for caller in Caller} <= set(reached)
    assert {"call_note", "call_organisation", "copy_ticket_button", "reference_button", "check_number_button"} <= set(
        reached
    )
    desk.find("call_caller_applicant").setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.calls.call.caller is Caller.APPLICANT
    assert desk.window.focusWidget() is desk.find("call_step_title")


def test_an_applicant_is_sent_to_form_and_administrator_and_nothing_is_looked_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(desk.window.worker, "run", lambda *given, **_: asked.append(given))
    monkeypatch.setattr(Services, "open_log", lambda *given: asked.append(given))
    desk.choose("applicant", "invoerder", "agb")
    desk.type("call_organisation", "AGB Torhout")
    told = " ".join(desk.said)
    assert "lokale beheerder van uw eigen organisatie" in told
    assert "1700" in told
    assert "Zeg nooit of iemand al een recht heeft" in told
    assert not desk.shows("call_situation_manual")
    assert asked == []


def test_an_administrator_can_grant_decide_or_send_the_form(desk: Desk) -> None:
    desk.choose("administrator", "raadpleger", "brusselse-gemeente")
    assert desk.link == EXPECTED_LINKS["brusselse-gemeente", "raadpleger"]
    desk.choose("manual")
    assert not desk.link
    assert "Nieuw recht toekennen" in desk.text("call_advice_1")
    assert "Cultuurmonitor Afnemer" in desk.text("call_advice_2")
    desk.choose("task")
    assert "Mijn taken" in desk.text("call_advice_1")


def test_someone_else_is_told_how_to_find_the_administrator_after_one_letter(desk: Desk) -> None:
    desk.keys = 0
    desk.choose("someone_else")
    assert desk.keys == 1
    assert "1700" in desk.text("call_advice_1")
    desk.ctrl("l")
    assert clipboard() == ""
    assert desk.text("call_status") == "Er is nu geen link om te geven."


@pytest.mark.parametrize("field", ["call_note", "call_organisation", "reference_search"])
def test_letters_choose_nothing_while_one_writes(desk: Desk, field: str) -> None:
    if field == "reference_search":
        desk.ctrl("f")
        assert desk.window.focusWidget() is desk.find(field)
    desk.find(field).setFocus()
    for sign in "baiv1":
        desk.press(sign)
    desk.press(Qt.Key.Key_Backspace)
    assert desk.calls.call.caller is None
    written = desk.find(field)
    text = written.toPlainText() if isinstance(written, QPlainTextEdit) else written.text()  # type: ignore[attr-defined]
    assert text == "baiv"
    desk.press(Qt.Key.Key_Escape)
    desk.choose("applicant")
    assert desk.calls.call.caller is Caller.APPLICANT


@pytest.mark.parametrize("view", list(DeskView))
def test_letters_choose_wherever_else_the_focus_is(view: DeskView, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk("nl", view)
    desk.choose("administrator", "invoerder", "agb")
    places = ["form_link", "copy_link_button", "spell_button", "copy_ticket_button", "call_view_button"]
    for name in (*places, "call_situation_form", "call_next_button", "reference_button", "call_step_title"):
        desk.find(name).setFocus()
        assert desk.window.focusWidget() is desk.find(name)
        for role in ("raadpleger", "invoerder"):
            desk.choose(role)
            assert desk.link == EXPECTED_LINKS["agb", role], name
        desk.find(name).setFocus()
        desk.press(Qt.Key.Key_Backspace)
        assert desk.calls.call.answers.role == "raadpleger", name
        desk.choose("invoerder")


@pytest.mark.parametrize("view", list(DeskView))
def test_letters_and_digits_can_be_turned_off_and_stay_off(view: DeskView, open_desk: Callable[..., Desk]) -> None:
    """WCAG 2.2, 2.1.4: who talks to the machine, or trembles, makes no choice by accident."""
    desk = open_desk("nl", view)
    desk.choose("applicant")
    desk.click("call_park_button")
    desk.click("call_letters_wanted")
    desk.find("call_letters_wanted").setFocus()
    assert not desk.shows("call_letters")
    assert not any(shown.property("kind") == "key" for shown in desk.window.findChildren(QLabel) if shown.isVisible())
    assert not desk.find("call_caller_applicant").accessibleDescription()
    assert desk.find("call_caller_applicant").height() >= TARGET
    desk.choose("applicant")
    desk.press("1")
    assert desk.calls.call.caller is None
    desk.click("call_caller_applicant")
    assert desk.calls.call.caller is Caller.APPLICANT
    desk.press(Qt.Key.Key_Backspace)
    assert desk.calls.call.caller is None
    desk.window.set_language("en")
    desk.choose("applicant")
    assert desk.calls.call.caller is None
    desk.click("call_letters_wanted")
    desk.find("call_letters_wanted").setFocus()
    desk.choose("applicant")
    assert desk.calls.call.caller is Caller.APPLICANT
    assert desk.find("call_role_invoerder").accessibleDescription()


def test_the_ticket_holds_the_case_and_the_note_but_nobody(desk: Desk) -> None:
    desk.choose("applicant", "invoerder", "agb")
    desk.type("call_organisation", "AGB Voorbeeldstad")
    desk.find("call_note").setFocus()
    desk.qtbot.keyClicks(desk.find("call_note"), "belt terug 85.07.30-033.28")
    desk.ctrl("t")
    ticket = clipboard()
    assert EXPECTED_LINKS["agb", "invoerder"] in ticket
    assert "belt terug" in ticket
    assert "24/11/2026" in ticket
    assert not any(secret in ticket for secret in ("Voorbeeldstad", "85.07.30", "033.28", "033"))
    desk.press(Qt.Key.Key_Escape)
    note = desk.find("call_note")
    assert isinstance(note, QPlainTextEdit)
    assert "033" not in note.toPlainText()
    assert not note.document().isUndoAvailable()


def test_what_is_missing_shrinks_as_the_caller_answers(desk: Desk) -> None:
    def missing() -> list[str]:
        names = [f"call_missing_{number}" for number in range(1, 6)]
        return [desk.text(name).removeprefix("• ") for name in names if desk.shows(name)]

    assert missing() == ["Wie belt er?"]
    desk.choose("applicant")
    assert missing() == ["Rol", "Soort inrichtende macht"], "its name is not needed for the link"
    desk.choose("invoerder", "vlaamse-gemeente")
    assert missing() == ["Er is niets meer nodig van de beller."]
    desk.type("call_organisation", "Torhout")
    assert missing() == ["Er is niets meer nodig van de beller."]
    desk.find("call_step_title").setFocus()
    desk.choose("administrator", "manual")
    assert [line.partition(":")[0] for line in missing()] == ["Naam", "Rijksregisternummer"]


def test_a_brussels_organisation_taken_for_a_flemish_one_is_told_and_corrected(desk: Desk) -> None:
    desk.choose("applicant", "invoerder", "vlaamse-gemeente")
    desk.type("call_organisation", "Ixelles")
    assert "Brussels" in desk.text("finding_wrong_region")
    desk.click("correct_wrong_region")
    assert desk.link == EXPECTED_LINKS["brusselse-gemeente", "invoerder"]
    assert not desk.shows("finding_wrong_region")
    desk.click("correct_official_name")
    field = desk.find("call_organisation")
    assert isinstance(field, QLineEdit)
    assert field.text() == "Elsene"


@pytest.mark.parametrize("caller", ["applicant", "administrator"])
@pytest.mark.parametrize(("chosen", "name"), [("brusselse-gemeente", "Torhout"), ("vlaamse-gemeente", "Ixelles")])
def test_what_the_wizard_stops_the_call_stops(desk: Desk, caller: str, chosen: str, name: str) -> None:
    desk.choose(caller, "invoerder", chosen)
    assert desk.link == EXPECTED_LINKS[chosen, "invoerder"]
    desk.type("call_organisation", name)
    assert desk.link == ""
    assert "Geef de link of de stappen nog niet" in desk.text("call_advice_1")
    assert EXPECTED_LINKS[chosen, "invoerder"] not in desk.calls.ticket()
    assert name not in desk.calls.ticket()
    desk.click("correct_wrong_region")
    [right] = {"vlaamse-gemeente", "brusselse-gemeente"} - {chosen}
    assert desk.link == EXPECTED_LINKS[right, "invoerder"]
    desk.type("call_organisation", "Torhout" if name == "Ixelles" else "Ixelles")
    assert desk.link == ""
    desk.type("call_organisation", "")
    assert desk.link == EXPECTED_LINKS[right, "invoerder"]


@pytest.mark.parametrize("way", ["manual", "task"])
def test_where_there_is_no_link_the_steps_stop_as_well(desk: Desk, way: str) -> None:
    desk.choose("administrator", "invoerder", "brusselse-gemeente", way)
    before = desk.text("call_advice_1")
    desk.type("call_organisation", "Torhout")
    assert "Geef de link of de stappen nog niet" in desk.text("call_advice_1")
    assert not desk.shows("call_advice_2")
    desk.type("call_organisation", "Elsene")
    assert desk.text("call_advice_1") == before


def test_both_views_show_the_same_call_and_the_choice_of_view_is_remembered(desk: Desk, services: Services) -> None:
    desk.choose("administrator", "invoerder", "agb")
    desk.type("call_organisation", "AGB Torhout")
    assert desk.shows("call_one_page")
    desk.click("call_view_button")
    assert desk.shows("call_one_screen")
    assert not desk.shows("call_one_page")
    assert desk.link == EXPECTED_LINKS["agb", "invoerder"]
    chosen = [
        made.objectName() for made in desk.window.findChildren(QPushButton) if made.isVisible() and made.isChecked()
    ]
    assert chosen == ["call_caller_administrator", "call_situation_form", "call_role_invoerder", "call_authority_agb"]
    assert json.loads(services.paths.settings.read_text(encoding="utf-8"))["view"] == "one_screen"
    desk.choose("raadpleger")
    desk.click("call_view_button")
    assert desk.shows("call_one_page")
    assert desk.link == EXPECTED_LINKS["agb", "raadpleger"]


def test_five_calls_are_parked_and_picked_up_by_their_digit(desk: Desk) -> None:
    for role in ("invoerder", "raadpleger", "invoerder", "raadpleger", "invoerder"):
        desk.choose("applicant", role)
        desk.click("call_park_button")
    assert desk.shows("pick_up_5")
    desk.choose("someone_else")
    desk.click("call_park_button")
    assert "5 oproepen" in desk.text("call_status")
    assert desk.calls.call.caller is Caller.SOMEONE_ELSE
    desk.press("2")
    assert desk.calls.call.answers.role == "raadpleger"
    # The present call took the place that came free, so that none is lost.
    assert len(desk.calls.parked.calls) == 5
    desk.ctrl("n")
    desk.click("pick_up_5")
    assert desk.calls.call.caller is Caller.SOMEONE_ELSE
    assert len(desk.calls.parked.calls) == 4


def test_belgian_digit_keys_pick_up_without_shift(desk: Desk) -> None:
    for role in ("invoerder", "raadpleger"):
        desk.choose("applicant", role)
        desk.click("call_park_button")
    focused = desk.window.focusWidget()
    assert focused is not None
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Eacute, Qt.KeyboardModifier.NoModifier, "é")
    QApplication.sendEvent(focused, key)
    assert desk.calls.call.answers.role == "raadpleger"


def test_a_parked_call_keeps_its_note_and_its_time(desk: Desk, clock: Clock) -> None:
    desk.choose("applicant")
    desk.find("call_note").setFocus()
    desk.qtbot.keyClicks(desk.find("call_note"), "zoekt haar loonbrief")
    clock.pass_by(65)
    desk.click("call_park_button")
    assert desk.text("call_timer") == "00:00"
    note = desk.find("call_note")
    assert isinstance(note, QPlainTextEdit)
    assert note.toPlainText() == ""
    clock.pass_by(60)
    desk.find("call_step_title").setFocus()
    desk.press("1")
    assert desk.text("call_timer") == "02:05"
    assert note.toPlainText() == "zoekt haar loonbrief"


def test_the_timer_shows_the_length_of_the_call(desk: Desk, clock: Clock) -> None:
    assert desk.text("call_timer") == "00:00"
    clock.pass_by(3 * 60 + 7)
    desk.choose("applicant")
    assert desk.text("call_timer") == "03:07"
    assert "03:07" in desk.find("call_timer").accessibleName()
    clock.pass_by(3600)
    desk.choose("invoerder")
    assert desk.text("call_timer") == "63:07"
    desk.ctrl("n")
    assert desk.text("call_timer") == "00:00"


def test_calls_outlive_a_change_of_language_and_of_mode(desk: Desk) -> None:
    desk.choose("applicant")
    desk.click("call_park_button")
    desk.choose("administrator", "invoerder")
    desk.window.set_language("en")
    QApplication.processEvents()
    assert desk.text("call_step_title") == "Which inrichtende macht (organising authority)?"
    desk.window.set_mode(Mode.TRAINING)
    assert not desk.shows("helpdesk_desk")
    desk.window.set_mode(Mode.HELPDESK)
    QApplication.processEvents()
    assert desk.calls.call.caller is Caller.ADMINISTRATOR
    assert desk.shows("pick_up_1")


def test_a_change_of_language_leaves_one_where_one_was(desk: Desk) -> None:
    desk.choose("applicant", "invoerder")
    desk.qtbot.keyClicks(desk.find("call_note"), "belt terug")
    desk.click("call_counts_button")
    for language, shown in (("fr", "call_counts"), ("nl", "call_counts")):
        desk.window.set_language(language)
        QApplication.processEvents()
        assert desk.shows(shown)
    desk.click("call_counts_back")
    assert desk.calls.call.note == "belt terug"
    desk.window.show_wizard()
    desk.window.set_language("en")
    QApplication.processEvents()
    assert desk.shows("page_situation")
    desk.window.show_log()
    desk.window.set_language("nl")
    QApplication.processEvents()
    assert desk.shows("log_table")
    desk.click("log_back_button")
    assert desk.calls.call.answers.role == "invoerder"


def test_a_call_is_counted_when_the_next_begins_if_anything_was_chosen(desk: Desk, services: Services) -> None:
    book = CallBook(services.paths.data)
    desk.ctrl("n")
    assert book.read().records == ()
    desk.choose("applicant", "invoerder", "agb")
    desk.find("call_note").setFocus()
    desk.qtbot.keyClicks(desk.find("call_note"), "Lieve Geheim")
    desk.ctrl("n")
    [kept] = book.read().records
    assert (kept.day, kept.caller, kept.role, kept.authority) == (BEGAN.date(), "applicant", "invoerder", "agb")
    assert b"Lieve" not in (services.paths.data / FILE).read_bytes()


def test_what_was_begun_is_counted_when_the_window_closes(desk: Desk, services: Services) -> None:
    desk.choose("applicant")
    desk.click("call_park_button")
    desk.choose("someone_else")
    desk.window.close()
    assert [kept.caller for kept in CallBook(services.paths.data).read().records] == ["applicant", "someone_else"]


def test_a_call_that_cannot_be_counted_is_told_and_the_next_one_begins(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(CallBook, "add", full)
    desk.choose("applicant")
    desk.ctrl("n")
    assert "de schijf is vol" in desk.text("call_status")
    assert desk.calls.call.caller is None


def test_calls_are_erased_with_the_requests(services: Services, open_desk: Callable[..., Desk]) -> None:
    old = Call(BEGAN - dt.timedelta(days=services.rest_days + 1), Caller.SOMEONE_ELSE)
    new = Call(BEGAN - dt.timedelta(days=services.rest_days), Caller.SOMEONE_ELSE)
    from ccinc_wizard.domain.calls import record_of

    book = CallBook(services.paths.data)
    for call in (old, new):
        book.add(record_of(call, services.catalog))
    open_desk()
    assert [kept.day for kept in book.read().records] == [new.started.date()]


def test_a_new_request_is_the_next_call_and_the_log_leads_back(desk: Desk) -> None:
    desk.choose("applicant")
    desk.window.findChildren(QAction, "action_log")[0].trigger()
    QApplication.processEvents()
    assert desk.shows("log_table")
    desk.click("log_back_button")
    assert desk.shows("helpdesk_desk")
    assert desk.calls.call.caller is Caller.APPLICANT
    desk.window.show_log()
    desk.window.findChildren(QAction, "action_new_request")[0].trigger()
    QApplication.processEvents()
    assert desk.shows("helpdesk_desk")
    assert desk.calls.call.caller is None


def test_help_at_the_desk_is_about_calls(desk: Desk) -> None:
    show_help(desk.window)
    help_window = desk.window.findChild(QWidget, "help_window")
    assert help_window is not None
    words = " ".join(made.text() for made in help_window.findChildren(QLabel))
    assert "Ctrl+T" in words
    assert "1700" in words


def test_a_held_key_of_another_program_chooses_nothing(desk: Desk) -> None:
    for modifier in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier):
        focused = desk.window.focusWidget()
        assert focused is not None
        QApplication.sendEvent(focused, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, "a"))
    assert desk.calls.call.caller is None


def test_the_folder_holds_settings_and_calls_only(desk: Desk, services: Services) -> None:
    desk.choose("applicant", "invoerder", "agb")
    desk.ctrl("n")
    kept = sorted(path.name for path in Path(services.paths.data).rglob("*") if path.is_file())
    assert kept == [FILE, "settings.json"]


def test_typing_fast_opens_no_stray_windows(desk: Desk) -> None:
    desk.choose("applicant", "invoerder")
    for letter in ("g", "v", "r", "g"):
        desk.qtbot.keyClick(desk.window.focusWidget(), letter)
    desk.type("call_organisation", "AGB Torhout")
    desk.qtbot.keyClicks(desk.find("call_note"), "kort")
    QApplication.processEvents()
    assert [made for made in QApplication.topLevelWidgets() if made.isVisible()] == [desk.window]


def test_each_key_of_the_desk_does_one_thing(desk: Desk) -> None:
    keys = [
        made.key().toString()
        for made in desk.window.findChildren(QShortcut)
        if made.parent() is desk.window.helpdesk.desk
    ]
    menus = [made.shortcut().toString() for made in desk.window.findChildren(QAction) if not made.shortcut().isEmpty()]
    assert len(keys) == 6
    assert len(menus) >= 3
    assert not {key for key in keys + menus if (keys + menus).count(key) > 1}
