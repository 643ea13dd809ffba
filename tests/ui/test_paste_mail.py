"""A mail pasted into the window, by keys alone: nothing wrong goes in unmarked, and of the mail nothing stays."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QPlainTextEdit, QTableWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain import questions
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Role, Situation
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.register_number import MASK
from ccinc_wizard.ui.kit.dropping import Dropped, DroppedKind
from ccinc_wizard.ui.mail.dialog import PasteMailDialog
from tests.mail.test_mails import FIELDS, MAILS, Example
from tests.ui.conftest import Driver
from tests.ui.keys import CTRL, Keys
from tests.ui.test_log_view import FORMS

NUMBER = "85.07.30-033.28"
MAIL = f"""Dag collega,

Naam: Lieve Voorbeeldt
Rijksregisternummer: {NUMBER}
Ik wil graag Invoerder worden, zonder {{zeldzaamwoord}}.
Inrichtende macht: Stad Gent
"""
RIGHT = {"name": "Lieve Voorbeeldt", "number": NUMBER, "role": "invoerder", "authority": "vlaamse-gemeente"} | {
    "authority_name": "Gent"
}


@pytest.fixture
def keys(window: Driver) -> Keys:
    return Keys(window.window)


def read_by_keys(window: Driver, keys: Keys, text: str) -> None:
    """Open the dialog, paste, read."""
    keys.press(Qt.Key.Key_M, CTRL)
    window.until(lambda: window.shows("mail_text"))
    keys.paste(text)
    keys.enter(CTRL)
    assert window.shows("mail_result")


def take_over_by_keys(window: Driver, keys: Keys) -> None:
    keys.enter()
    window.until(lambda: not window.shows("paste_mail_dialog"))


def told(window: Driver) -> dict[str, list[str]]:
    """The rows of the table: by their field, what else they say."""
    table = window.find("mail_found")
    assert isinstance(table, QTableWidget)
    rows = [[table.item(row, column).text() for column in range(5)] for row in range(table.rowCount())]
    return {row[0]: row[1:] for row in rows}


def answered(answers: Answers) -> dict[str, str]:
    """Every field as text, by its name in the examples."""
    return {name: questions.held(field, answers) for name, field in FIELDS.items()}


def choose_situation(window: Driver, keys: Keys, situation: str) -> None:
    """Down to the option, and on. The first has the focus but is not chosen yet."""
    wanted = window.find(f"situation_{situation}")
    for _ in Situation:
        if window.window.focusWidget() is not wanted:
            keys.press(Qt.Key.Key_Down)
    assert isinstance(wanted, QAbstractButton)
    if not wanted.isChecked():
        keys.press(Qt.Key.Key_Space)
    keys.enter()


def test_a_mail_answers_the_wizard_in_few_keys(window: Driver, keys: Keys, figures: list[str]) -> None:
    read_by_keys(window, keys, MAIL)
    take_over_by_keys(window, keys)
    choose_situation(window, keys, "manual")
    seen = []
    while window.page != "page_check":
        seen += [name for name in FIELDS.values() if window.shows(f"{name}_found")]
        keys.enter()
    assert set(seen) == set(FIELDS.values())
    assert answered(window.window.session.answers) == RIGHT
    figures.append(f"a mail, from the empty wizard to the check page: {keys.count} keys")
    assert keys.count <= 11


def test_every_example_goes_through_the_window_and_nothing_wrong_is_silent(
    open_window: Callable[[], Driver], services: Services, figures: list[str]
) -> None:
    """Practice numbers, so in training. Each value filled in is right, and is marked on the page that shows it."""
    services.mode = Mode.TRAINING
    window = open_window()
    keys = Keys(window.window)
    wrong, silent, filled = [], [], 0
    for example in MAILS:
        window.window.session.restart()
        read_by_keys(window, keys, example.text)
        if window.find("mail_take_over").isEnabled():
            take_over_by_keys(window, keys)
        else:
            keys.press(Qt.Key.Key_Escape)
        values = answered(window.window.session.answers)
        filled += sum(map(bool, values.values()))
        wrong += [f"{example.id}.{name}" for name, value in values.items() if value not in ("", example.right[name])]
        silent += _unmarked(window, example)
    assert wrong == []
    assert silent == []
    asked = sum(bool(right) for example in MAILS for right in example.right.values())
    figures.append(f"{len(MAILS)} mails through the window: {filled} of {asked} fields, none wrong, none unmarked")
    assert filled >= 0.85 * asked


def _unmarked(window: Driver, example: Example) -> list[str]:
    """Walks the pages; the filled fields that bear no mark when their page is shown."""
    session, found = window.window.session, []
    window.click("situation_manual")
    for step in (StepId.APPLICANT, StepId.ROLE, StepId.AUTHORITY):
        session.change(next(field for field, asked in questions.BY_FIELD.items() if asked.step is step))
        for field in FIELDS.values():
            value = questions.held(field, session.answers)
            if value and questions.step_of(field) is step and not window.shows(f"{field}_found"):
                found.append(f"{example.id}.{field}")
    return found


def test_what_is_not_clear_is_shown_and_left_open(window: Driver, keys: Keys) -> None:
    read_by_keys(window, keys, "Naam: Jan Peeters\nNaam: An Maes\nIk wil Invoerder worden.")
    value, sureness, _, fate = told(window)["Naam"]
    assert value.splitlines() == ["Jan Peeters", "An Maes"]
    assert "kies zelf" in sureness
    assert "open" in fate
    assert window.shows("mail_notice_two_people")
    take_over_by_keys(window, keys)
    assert window.window.session.answers == Answers(role=Role.INVOERDER)


def test_the_number_is_masked_and_goes_only_where_it_is_asked(window: Driver, keys: Keys) -> None:
    window.click("situation_form")
    read_by_keys(window, keys, MAIL)
    assert told(window)["Rijksregisternummer"][0] == MASK
    assert told(window)["Rijksregisternummer"][3] == "hier niet nodig"
    take_over_by_keys(window, keys)
    assert window.page == "page_applicant"
    assert window.window.session.answers.number_text == ""


def test_a_mark_goes_when_its_field_is_edited_or_its_page_left(window: Driver, keys: Keys) -> None:
    read_by_keys(window, keys, MAIL)
    take_over_by_keys(window, keys)
    choose_situation(window, keys, "manual")
    mark = window.text("applicant_name_found")
    assert mark in window.find("applicant_name").accessibleDescription()
    assert window.shows("register_number_found")
    window.type("applicant_name", "Lieve Anders")
    assert not window.shows("applicant_name_found")
    assert mark not in window.find("applicant_name").accessibleDescription()
    assert window.shows("register_number_found")
    window.next()
    assert window.shows("role_found")
    assert mark in window.find("role_invoerder").accessibleDescription()
    window.click("back_button")
    assert not window.shows("register_number_found")
    window.next()
    window.click("role_raadpleger")
    assert not window.shows("role_found")


def test_marks_survive_another_language(window: Driver, keys: Keys) -> None:
    window.click("situation_form")
    read_by_keys(window, keys, MAIL)
    take_over_by_keys(window, keys)
    window.window.set_language("en")
    window.until(lambda: window.shows("applicant_name_found"))
    assert window.text("applicant_name_found") == "Found in the e-mail: check it"


def test_the_check_page_is_reached_only_once_all_was_looked_at(window: Driver, keys: Keys) -> None:
    """Whichever way one walks; the number, too, when its question comes only later."""
    dice, session = random.Random(20261125), window.window.session
    read_by_keys(window, keys, MAIL)
    take_over_by_keys(window, keys)
    for _ in range(300):
        if session.step is StepId.CHECK:
            assert session.unchecked.isdisjoint(questions.asked_fields(session.answers))
            window.click(dice.choice(["change_situation", "change_role", "change_authority"]))
        elif session.step is StepId.RESULT:
            window.click("back_button")
        elif session.step is StepId.SITUATION:
            window.click(dice.choice(["situation_form", "situation_manual", "situation_task"]))
            window.next()
        else:
            window.click(dice.choice(["next_button", "next_button", "back_button"]))
        if dice.random() < 0.05:
            session.take_over(session.answers, frozenset({"role", "authority_name"}))


def test_a_number_that_is_asked_later_is_still_to_be_looked_at(window: Driver, keys: Keys) -> None:
    read_by_keys(window, keys, MAIL)
    take_over_by_keys(window, keys)
    choose_situation(window, keys, "form")
    while window.page != "page_check":
        keys.enter()
    window.click("change_situation")
    window.click("situation_manual")
    window.next()
    assert window.page == "page_applicant"
    assert window.shows("register_number_found")


def test_another_person_s_answers_are_not_mixed(window: Driver, keys: Keys) -> None:
    """With answers there already, one is asked; after a finished request, a new one is meant."""
    window.click("situation_manual")
    window.next()
    window.type("applicant_name", "Jan Anders")
    read_by_keys(window, keys, MAIL)
    anew = window.find("mail_anew")
    assert isinstance(anew, QCheckBox)
    assert not anew.isChecked()
    assert told(window)["Naam"][3].startswith("er staat al iets anders")
    assert told(window)["Rijksregisternummer"][3].startswith("niet ingevuld")
    anew.click()
    assert told(window)["Naam"][3] == "wordt ingevuld"
    take_over_by_keys(window, keys)
    assert answered(window.window.session.answers) == RIGHT
    assert window.page == "page_situation"


def test_after_a_saved_request_a_mail_begins_a_new_one(window: Driver, keys: Keys) -> None:
    window.walk("form", "raadpleger", "agb", "AGB De Proefzaal")
    window.click("save_button")
    window.until(lambda: window.window.session.saved_reference != "")
    read_by_keys(window, keys, MAIL)
    take_over_by_keys(window, keys)
    assert window.window.session.saved_reference == ""
    assert answered(window.window.session.answers) == RIGHT


def test_of_an_html_mail_only_the_text_is_taken(window: Driver, keys: Keys) -> None:
    keys.press(Qt.Key.Key_M, CTRL)
    window.until(lambda: window.shows("mail_text"))
    data = QMimeData()
    data.setHtml("<p>Naam: Lieve <b>Voorbeeldt</b></p><script>x()</script><img src='file:///x.png'><style>p{}</style>")
    QApplication.clipboard().setMimeData(data)
    keys.press(Qt.Key.Key_V, CTRL)
    field = window.find("mail_text")
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText().strip("\ufffc\n ") == "Naam: Lieve Voorbeeldt"


def test_the_places_are_marked_where_they_stand(window: Driver, keys: Keys) -> None:
    """Qt counts an emoji as two signs."""
    read_by_keys(window, keys, "\U0001f600\U0001f600 hallo\nNaam: Lieve Voorbeeldt")
    field = window.find("mail_text")
    assert isinstance(field, QPlainTextEdit)
    assert [mark.cursor.selectedText() for mark in field.extraSelections()] == ["Lieve Voorbeeldt"]


@pytest.mark.parametrize("way", ["closed", "emptied", "taken over"])
def test_of_the_mail_nothing_stays(window: Driver, services: Services, tmp_path: Path, keys: Keys, way: str) -> None:
    window.click("situation_manual")
    read_by_keys(window, keys, MAIL)
    field = window.find("mail_text")
    assert isinstance(field, QPlainTextEdit)
    if way == "emptied":
        window.click("mail_clear")
        assert field.toPlainText() == ""
        assert not field.document().isUndoAvailable()
        assert not window.shows("mail_found")
    elif way == "closed":
        keys.press(Qt.Key.Key_Escape)
    else:
        take_over_by_keys(window, keys)
    window.window.save_draft()
    window.window.close()
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert all(form.encode() not in content for form in (*FORMS, "zeldzaamwoord", "Voorbeeldt")), path
    # What nobody has looked at is no answer yet.
    assert services.load_draft() == Answers(situation=Situation.MANUAL)


def test_pages_offer_it_and_the_helpdesk_reaches_it(window: Driver, keys: Keys) -> None:
    for page in ("page_situation", "page_applicant"):
        assert window.page == page
        window.click("paste_mail_button")
        window.until(lambda: window.shows("mail_text"))
        window.click("mail_close")
        window.click("situation_form") if page == "page_situation" else None
        window.next()
    window.window.set_mode(Mode.HELPDESK)
    read_by_keys(window, keys, MAIL)
    take_over_by_keys(window, keys)
    assert window.shows("page_applicant")
    assert window.shows("applicant_name_found")


def test_what_was_found_is_in_sight_with_whole_words_on_a_small_screen(window: Driver, keys: Keys) -> None:
    keys.press(Qt.Key.Key_M, CTRL)
    window.until(lambda: window.shows("mail_text"))
    window.find("paste_mail_dialog").resize(860, 480)
    keys.paste("Ik ben Lieve Voorbeeldt.\nMijn rijksregisternummer is 85.07.30-033.28.\nInvoerder in Gent.")
    keys.enter(CTRL)
    table = window.find("mail_found")
    assert isinstance(table, QTableWidget)
    below = table.horizontalHeader().height() + table.rowHeight(0)
    window.until(lambda: table.visibleRegion().boundingRect().bottom() >= below)
    metrics = table.fontMetrics()
    for column in range(table.columnCount()):
        words = " ".join(table.item(row, column).text() for row in range(table.rowCount())).split()
        assert max(map(metrics.horizontalAdvance, words)) < table.columnWidth(column) - 8


CLOSING = ["Escape", "mail_close", "window"]


@pytest.mark.parametrize("way", CLOSING)
def test_a_mail_that_is_closed_unused_can_be_brought_back_without_its_number(
    window: Driver, keys: Keys, way: str
) -> None:
    read_by_keys(window, keys, MAIL)
    if way == "Escape":
        keys.press(Qt.Key.Key_Escape)
    elif way == "window":
        window.find("paste_mail_dialog").close()
    else:
        window.click(way)
    assert not window.shows("paste_mail_dialog")
    assert window.text("undo_said") == window.window.services.texts("undo.mail_number")
    window.click("undo_button")
    window.until(lambda: window.shows("mail_text"))
    again = window.find("mail_text")
    assert isinstance(again, QPlainTextEdit)
    assert again.toPlainText() == MAIL.replace(NUMBER, MASK)
    assert window.find("paste_mail_dialog").focusWidget() is again
    keys.enter(CTRL)
    assert told(window)
    take_over_by_keys(window, keys)
    assert not window.shows("undo_bar"), "what was taken over is no loss"


def test_a_mail_without_a_number_comes_back_whole_in_another_language_too(window: Driver, keys: Keys) -> None:
    keys.press(Qt.Key.Key_M, CTRL)
    window.until(lambda: window.shows("mail_text"))
    keys.paste("Ik wil Raadpleger worden.")
    keys.press(Qt.Key.Key_Escape)
    window.window.set_language("fr")
    window.until(lambda: window.shows("undo_said"))
    assert window.text("undo_said") == window.window.services.texts("undo.mail")
    window.click("undo_button")
    window.until(lambda: window.shows("mail_text"))
    field = window.find("mail_text")
    assert isinstance(field, QPlainTextEdit)
    assert field.toPlainText() == "Ik wil Raadpleger worden."


def test_a_dialog_that_held_nothing_offers_nothing(window: Driver, keys: Keys) -> None:
    keys.press(Qt.Key.Key_M, CTRL)
    window.until(lambda: window.shows("mail_text"))
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Escape)
    assert not window.shows("paste_mail_dialog")
    assert not window.shows("undo_bar")


@pytest.mark.parametrize("way", ["cleared", "replaced", "refused"])
def test_what_is_cleared_in_the_dialog_can_be_brought_back_there(
    window: Driver, keys: Keys, tmp_path: Path, way: str
) -> None:
    read_by_keys(window, keys, MAIL)
    dialog, field = window.find("paste_mail_dialog"), window.find("mail_text")
    assert isinstance(dialog, PasteMailDialog)
    assert isinstance(field, QPlainTextEdit)
    other = tmp_path / "ander.txt"
    if way == "cleared":
        window.click("mail_clear")
    else:
        other.write_text("Iets anders")
        dialog.take(Dropped(DroppedKind.MAIL if way == "replaced" else DroppedKind.SEVERAL, other))
    assert field.toPlainText() == ("Iets anders" if way == "replaced" else "")
    assert window.text("undo_said") == window.window.services.texts("undo.mail_cleared_number")
    window.click("undo_button")
    assert field.toPlainText() == MAIL.replace(NUMBER, MASK)
    assert not window.shows("undo_bar")
    assert not field.document().isUndoAvailable()
    window.click("mail_clear")
    keys.press(Qt.Key.Key_X)
    assert not window.shows("undo_bar"), "the next action ends it"
