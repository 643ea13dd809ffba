"""The language changes while the program runs: every view speaks it at once, and nothing that was entered is lost."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QTableView,
    QWidget,
)

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.scenarios import scenario_folder
from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.helpdesk.call_views import DeskView
from ccinc_wizard.ui.shell.places import show_help
from tests.pseudo import LANGUAGE, pseudo_texts
from tests.ui.conftest import Driver

ROUND = ["fr", "en", "nl"]
KEPT = ("Lieve", "Gent", "Ukkel", "85.07.30", "https://", "VO Gebruikersbeheer", "AGB", "Ctrl+")
FIELDS = QLineEdit | QPlainTextEdit | QAbstractButton | QComboBox | QSpinBox | QListWidget


def entered(window: Driver) -> dict[str, object]:
    """What stands in the fields that can be seen, by their names."""
    held: dict[str, object] = {"step": window.window.session.step, "answers": window.window.session.answers}
    for field in window.window.findChildren(QWidget):
        if not field.isVisible() or not field.objectName() or field.objectName().startswith("qt_"):
            continue
        if isinstance(field, QLineEdit):
            held[field.objectName()] = field.text()
        elif isinstance(field, QPlainTextEdit):
            held[field.objectName()] = field.toPlainText()
        elif isinstance(field, QAbstractButton):
            held[field.objectName()] = field.isChecked()
        elif isinstance(field, QComboBox):
            held[field.objectName()] = field.currentIndex()
        elif isinstance(field, QSpinBox):
            held[field.objectName()] = field.value()
        elif isinstance(field, QListWidget):
            held[field.objectName()] = field.currentRow()
    return held


def spoken(window: Driver) -> dict[str, str]:
    """The words of what can be seen, by name."""
    shown = (widget for widget in window.window.findChildren(QWidget) if widget.isVisible() and widget.objectName())
    labelled = [widget for widget in shown if isinstance(widget, QLabel | QAbstractButton)]
    # A clock goes on; and where a choice breaks its lines depends on its width, which is no matter of words.
    return {made.objectName(): " ".join(made.text().split()) for made in labelled if made.objectName() != "call_timer"}


def switch(window: Driver, language: str) -> None:
    """Choose a language, as the settings page does."""
    window.window.set_language(language)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def round_trip(window: Driver) -> None:
    """Through all languages and back: the words change each time, what was entered never does."""
    window.until(lambda: not window.shows("log_lookup_notice"))
    QApplication.processEvents()
    before, view = entered(window), window.window.present_view().objectName()
    seen = [spoken(window)]
    for language in ROUND:
        switch(window, language)
        window.until(lambda: entered(window) == before and not window.shows("log_lookup_notice"))
        assert window.window.present_view().objectName() == view
        assert window.window.services.texts.language == language
        seen.append(spoken(window))
        changed = [name for name in seen[-1] if seen[-1][name] != seen[-2].get(name)]
        assert len(changed) >= min(4, len(seen[-1]) - 1), (view, language, changed)
    assert seen[-1] == seen[0]


@pytest.mark.parametrize("situation", ["form", "manual", "task"])
def test_every_page_of_the_wizard_keeps_its_answers(window: Driver, situation: str) -> None:
    window.click(f"situation_{situation}")
    round_trip(window)
    window.next()
    window.type("applicant_name", "Lieve Voorbeeldt")
    if situation == "manual":
        window.type("register_number", "850730033")
    round_trip(window)
    if situation == "manual":
        window.type("register_number", "85073003328")
    window.next()
    window.click("role_invoerder")
    round_trip(window)
    window.next()
    window.click("authority_brusselse_gemeente")
    window.type("authority_name", "Ukkel")
    round_trip(window)
    window.next()
    assert window.page == "page_check"
    round_trip(window)
    window.next()
    window.until(lambda: window.page == "page_result")
    round_trip(window)
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    reference = window.window.session.saved_reference
    round_trip(window)
    assert window.window.session.saved_reference == reference


def test_what_the_log_knows_of_the_person_still_holds_them_back(window: Driver) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Kring")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    window.click("next_button")
    window.walk("manual", "raadpleger", "agb", "AGB De Kring", to="check")
    for language in ROUND:
        switch(window, language)
        window.until(lambda: window.shows("finding_one_role"))
        window.next()
        assert window.page == "page_check"
        assert window.shows("error_summary")


def test_the_log_keeps_its_search_its_request_and_the_note_being_typed(window: Driver) -> None:
    window.walk("form", "invoerder", "vlaamse-gemeente", "Gent")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    window.window.show_log()
    window.type("log_search", "lieve")
    status = window.find("log_status_filter")
    assert isinstance(status, QComboBox)
    status.setCurrentIndex(2)
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 1)
    table.selectRow(0)
    window.until(lambda: window.shows("log_note"))
    window.type("log_note", "Wacht op antwoord")
    round_trip(window)
    assert window.text("log_note") == "Wacht op antwoord"


def test_training_keeps_its_place(open_window: Callable[[], Driver], services: Services) -> None:
    services.mode = Mode.TRAINING
    window = open_window()
    window.window.train()
    window.type("training_trainee", "Cursist 3")
    seed = window.find("training_exam_seed")
    listed = window.find("training_scenarios")
    assert isinstance(seed, QSpinBox)
    assert isinstance(listed, QListWidget)
    seed.setValue(41)
    listed.setCurrentRow(2)
    round_trip(window)
    window.click("training_play")
    window.click("situation_manual")
    round_trip(window)
    window.click("training_practice_button")
    round_trip(window)
    hand_in(window)
    round_trip(window)
    window.click("undo_button")
    assert window.window.session.answers.situation == "manual"


def hand_in(window: Driver) -> None:
    """Hand unfinished work in, and say so."""
    window.click("training_check")
    window.click("cancel_leave")
    window.until(lambda: window.shows("training_feedback"))
    assert window.shows("undo_button")


@pytest.mark.parametrize("view", list(DeskView))
def test_the_helpdesk_keeps_its_call(open_window: Callable[[], Driver], services: Services, view: DeskView) -> None:
    services.mode = Mode.HELPDESK
    services.remember(view=view.value)
    window = open_window()
    window.window.new_request()
    round_trip(window)
    answers = ("call_caller_administrator", "call_role_invoerder", "call_authority_brusselse_gemeente")
    for name in (*answers, "call_organisation", "call_situation_manual"):
        while not window.shows(name):
            window.click("call_next_button")
        if name == "call_organisation":
            window.type(name, "Torhout")
        else:
            window.click(name)
        round_trip(window)
    window.click("call_park_button")
    round_trip(window)
    window.click("pick_up_1")
    round_trip(window)


def test_open_help_follows_the_language(window: Driver) -> None:
    show_help(window.window)
    before = window.text("help_text")
    switch(window, "fr")
    assert window.text("help_text") != before
    assert window.text("help_text") == window.window.services.texts("app.help.situation.text")


@pytest.mark.parametrize(
    ("language", "cancel", "yes", "save"),
    [("nl", "Annuleren", "Ja", "Opslaan"), ("fr", "Annuler", "Oui", "Enregistrer"), ("en", "Cancel", "Yes", "Save")],
)
def test_the_dialogs_of_qt_speak_the_language(window: Driver, language: str, cancel: str, yes: str, save: str) -> None:
    switch(window, "fr")
    switch(window, language)
    box = QMessageBox(window.window)
    box.setStandardButtons(QMessageBox.StandardButton.Cancel | QMessageBox.StandardButton.Yes)
    assert {button.text().replace("&", "") for button in box.buttons()} == {cancel, yes}
    dialog = QFileDialog(window.window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    [buttons] = dialog.findChildren(QDialogButtonBox)
    assert {button.text().replace("&", "") for button in buttons.buttons()} == {cancel, save}


@pytest.mark.parametrize("language", languages())
def test_every_view_has_help(language: str, services: Services) -> None:
    from ccinc_wizard.ui.shell.help import HelpWindow

    services.texts = services.texts.__class__(language)
    views = ["situation", "applicant", "role", "authority", "check", "result", "log_view", "training_chooser"]
    views += ["training_practice", "training_results", "training_feedback", "training_beyond", "helpdesk_desk", "new"]
    for view in views:
        shown = HelpWindow(services, view)
        words = [label.text() for label in shown.findChildren(QLabel)]
        assert len(words) > 3
        assert "&" not in "".join(words)
        shown.close()


def test_nothing_is_said_in_words_that_no_language_file_has(
    services: Services, open_window: Callable[[], Driver], tmp_path: Path
) -> None:
    """In a language of bracketed words, whatever stands without brackets is written into the code."""
    services.texts = pseudo_texts(tmp_path / "texts")
    assert services.texts.language == LANGUAGE
    window = open_window()
    hard_coded: set[str] = set()

    def look() -> None:
        QApplication.processEvents()
        for widget in window.window.findChildren(QWidget):
            if widget.isVisible() and isinstance(widget, QLabel | QAbstractButton):
                hard_coded.update(filter(_is_bare, (widget.text(), widget.accessibleName())))

    look()
    window.walk("form", "invoerder", "vlaamse-gemeente", "Gent", to="check")
    look()
    window.next()
    look()
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    window.window.show_log()
    look()
    show_help(window.window)
    look()
    window.window.paste_mail()
    look()
    window.find("paste_mail_dialog").close()
    window.window.set_mode(Mode.HELPDESK)
    window.window.new_request()
    look()
    window.click("call_caller_administrator")
    look()
    window.window.set_mode(Mode.TRAINING)
    window.window.train()
    look()
    window.click("training_play")
    window.click("training_practice_button")
    look()
    hand_in(window)
    look()
    for action in window.window.findChildren(QAction):
        hard_coded.update(filter(_is_bare, [action.text()]))
    # An exercise keeps its words with itself, and has Dutch ones where another language has none.
    exercises = {
        text for path in scenario_folder().glob("*.toml") for text in _texts_in(tomllib.loads(path.read_text("utf-8")))
    }
    assert hard_coded - exercises == set()


def _texts_in(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _texts_in(inner)


def _is_bare(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in text)
    return letters > 2 and "[" not in text and not text.startswith(KEPT)
