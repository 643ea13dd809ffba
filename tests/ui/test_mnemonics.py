"""Alt and a letter does one thing on every page, in every language: what is marked is marked once among what shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QMainWindow, QMenu, QPlainTextEdit, QTableView, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.requestlog.team import KeyStanding, TeamLog
from ccinc_wizard.ui.helpdesk.call_views import DeskView
from ccinc_wizard.ui.kit.widgets import plain
from ccinc_wizard.ui.log.dialogs import ForgetDialog, PassphraseDialog, RetentionDialog, SamePersonDialog, TeamKeyDialog
from ccinc_wizard.ui.mail.dialog import PasteMailDialog
from ccinc_wizard.ui.shell.places import show_list
from ccinc_wizard.ui.wizard.paper import PaperDialog
from tests.ui.conftest import Driver
from tests.ui.helpdesk import Desk
from tests.ui.test_list_view import GRIET, WRONG, write_list
from tests.ui.test_switching_language import hand_in

LANGUAGES = languages()
TEAM = TeamLog("postgresql://localhost/ccinc", "", Path("team"))


@pytest.fixture
def speak(services: Services, open_window: Callable[[], Driver]) -> Callable[..., Driver]:
    """Opens a window in a language and a mode."""

    def open_in(language: str, mode: Mode = Mode.ADMIN) -> Driver:
        services.texts, services.mode = Texts(language), mode
        return open_window()

    return open_in


def marked(root: QWidget) -> list[tuple[str, str]]:
    """Letter and words of all that shows a mnemonic now: menus of the bar, buttons, and labels of fields."""
    bar = root.menuBar().actions() if isinstance(root, QMainWindow) else []
    shown = [action.text() for action in bar if action.isVisible()]
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or widget.window() is not root:
            continue
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            shown.append(widget.text())
    return _letters(shown)


def _letters(shown: list[str]) -> list[tuple[str, str]]:
    keys = [(QKeySequence.mnemonic(words).toString(), words) for words in shown]
    return sorted((key, words) for key, words in keys if key)


def clashes(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    letters = [letter for letter, _ in found]
    return [(letter, words) for letter, words in found if letters.count(letter) > 1]


def test_a_clash_is_seen(speak: Callable[..., Driver]) -> None:
    window = speak("nl")
    twice = QAbstractButton.text(window.find("next_button"))  # type: ignore[arg-type]
    window.find("cancel_button").setText(twice)  # type: ignore[attr-defined]
    assert len(clashes(marked(window.window))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("situation", ["form", "manual", "task"])
def test_no_page_of_the_wizard_marks_a_letter_twice(
    language: str, situation: str, speak: Callable[..., Driver]
) -> None:
    window = speak(language)
    seen = {window.page: clashes(marked(window.window))}
    window.click(f"situation_{situation}")
    window.next()
    seen[window.page] = clashes(marked(window.window))
    if window.shows("number_wanted"):
        window.click("number_wanted")
    if window.shows("register_number"):
        window.type("register_number", "85073003328")
        seen["number hidden"] = clashes(marked(window.window))
        window.click("reveal_button")
        seen["number shown"] = clashes(marked(window.window))
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.next()
    seen[window.page] = clashes(marked(window.window))
    window.click("role_invoerder")
    window.next()
    window.click("authority_brusselse_gemeente")
    window.type("authority_name", "Ukkel")
    seen[window.page] = clashes(marked(window.window))
    window.next()
    seen[window.page] = clashes(marked(window.window))
    window.next()
    window.until(lambda: window.page == "page_result")
    seen[window.page] = clashes(marked(window.window))
    assert {page: twice for page, twice in seen.items() if twice} == {}
    assert len(seen) >= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_menu_marks_a_letter_twice(language: str, speak: Callable[..., Driver], services: Services) -> None:
    services.remember(team_log_url=TEAM.url)
    window = speak(language)
    menus = window.window.menuBar().findChildren(QMenu)
    assert len(menus) >= 4
    seen = {menu.title(): clashes(_letters([action.text() for action in menu.actions()])) for menu in menus}
    assert {title: twice for title, twice in seen.items() if twice} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_marks_no_letter_twice(language: str, speak: Callable[..., Driver]) -> None:
    window = speak(language)
    window.walk("manual", "invoerder", "vlaamse-gemeente", "Gent")
    window.click("save_button")
    window.until(lambda: window.window.session.saved_reference != "")
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    window.until(lambda: model.rowCount() == 1)
    table.selectRow(0)
    window.until(lambda: window.shows("log_note"))
    assert len(marked(window.window)) >= 10
    assert clashes(marked(window.window)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_marks_no_letter_twice(language: str, speak: Callable[..., Driver], tmp_path: Path) -> None:
    window = speak(language)
    show_list(window.window)
    seen = {"empty": clashes(marked(window.window))}
    window.find("batch_view").check_list(write_list(tmp_path / "lijst.csv", GRIET, WRONG))  # type: ignore[attr-defined]
    window.until(lambda: window.shows("batch_save"))
    seen["report"] = clashes(marked(window.window))
    window.find("batch_view").save()  # type: ignore[attr-defined]
    window.until(lambda: window.shows("batch_copy_link"))
    assert len(marked(window.window)) >= 12
    seen["saved"] = clashes(marked(window.window))
    assert {place: twice for place, twice in seen.items() if twice} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_that_asks_marks_no_letter_twice(language: str, speak: Callable[..., Driver], tmp_path: Path) -> None:
    window = speak(language)
    show_list(window.window)
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Lijst")):
        sheet.append(["Naam", "Rol", "Soort", "Inrichtende macht"])
        for name in ("Griet Schijnbaere", "Joris Oefenmans"):
            sheet.append([name, "Invoerder", "Vlaamse gemeente", "Nieuwstad"])
        sheet.row_dimensions[2].hidden = True
    book.save(tmp_path / "list.xlsx")
    view = window.find("batch_view")
    view.check_list(tmp_path / "list.xlsx")  # type: ignore[attr-defined]
    window.until(lambda: window.shows("batch_sheet"))
    assert clashes(marked(window.window)) == []
    view.check_list(tmp_path / "list.xlsx", "Lijst")  # type: ignore[attr-defined]
    window.until(lambda: window.shows("batch_accept"))
    assert {"batch_aside_count", "batch_aside_leave_out", "batch_sheet"} <= {
        part.objectName() for part in window.window.findChildren(QWidget) if part.isVisible()
    }
    assert clashes(marked(window.window)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_training_marks_no_letter_twice(language: str, speak: Callable[..., Driver]) -> None:
    window = speak(language, Mode.TRAINING)
    seen = {"start": clashes(marked(window.window))}
    window.window.train()
    seen["chooser"] = clashes(marked(window.window))
    window.click("training_play")
    seen["situation"] = clashes(marked(window.window))
    window.click("situation_manual")
    window.next()
    seen["applicant"] = clashes(marked(window.window))
    window.click("training_practice_button")
    seen["drawn screen"] = clashes(marked(window.window))
    hand_in(window)
    seen["feedback"] = clashes(marked(window.window))
    assert {place: twice for place, twice in seen.items() if twice} == {}


def _read_mail(dialog: PasteMailDialog) -> PasteMailDialog:
    """A mail that was read, so that all buttons show and can be pressed."""
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    field.setPlainText("Naam: Lieve Voorbeeldt")
    dialog.read()
    return dialog


@pytest.mark.parametrize("view", list(DeskView))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_helpdesk_marks_no_letter_twice(language: str, view: DeskView, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(language, view)
    seen = {"start": clashes(marked(desk.window))}
    desk.choose("administrator", "invoerder", "agb")
    desk.click("call_park_button")
    desk.click("pick_up_1")
    seen["result"] = clashes(marked(desk.window))
    desk.click("reference_button")
    seen["reference"] = clashes(marked(desk.window))
    desk.click("reference_close")
    for opened, window, close in (
        ("spell_button", "spelled_link", "spelled_link_close"),
        ("check_number_button", "number_check", "number_check_close"),
    ):
        desk.click(opened)
        assert len(marked(desk.find(window))) >= 2
        seen[window] = clashes(marked(desk.find(window)))
        desk.click(close)
    desk.click("call_counts_button")
    seen["counts"] = clashes(marked(desk.window))
    assert {place: twice for place, twice in seen.items() if twice} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_dialog_marks_a_letter_twice(language: str, speak: Callable[..., Driver]) -> None:
    window = speak(language)
    window.walk("form", "invoerder", "vlaamse-gemeente", "Gent")
    main = window.window
    request, outcome = main.session.judgement.request, main.session.judgement.outcome
    assert request is not None
    assert outcome is not None
    dialogs: list[QDialog] = [
        PaperDialog(main.session, request, outcome, main),
        PassphraseDialog(main.services.texts, new=True, parent=main),
        PassphraseDialog(main.services.texts, new=False, parent=main),
        RetentionDialog(main.services, main.worker, main),
        ForgetDialog(main.services, main.worker, lambda _: None, main),
        SamePersonDialog(main.services, main),
        _read_mail(PasteMailDialog(main.session, main)),
        *(TeamKeyDialog(main.services, main.worker, TEAM, standing, lambda: None, main) for standing in KeyStanding),
    ]
    seen = []
    for dialog in dialogs:
        dialog.show()
        assert len(marked(dialog)) >= 2
        seen += clashes(marked(dialog))
        dialog.close()
    assert seen == []


@pytest.mark.parametrize(
    ("words", "said"), [("&Save", "Save"), ("Sa&ve as…", "Save as…"), ("R && D", "R & D"), ("&R&&D", "R&D"), ("", "")]
)
def test_a_mnemonic_goes_and_an_ampersand_that_is_meant_stays(words: str, said: str) -> None:
    assert plain(words) == said
