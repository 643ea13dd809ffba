"""With words 40 % longer nothing is cut off, in any page: each text has the room it asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ccinc_wizard.app.errorlog import Fault
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.helpdesk.call_views import DeskView
from ccinc_wizard.ui.kit.widgets import plain
from ccinc_wizard.ui.log.dialogs import ForgetDialog, PassphraseDialog, RetentionDialog, SamePersonDialog
from ccinc_wizard.ui.shell.help import AboutWindow, DiagnosticsWindow, HelpWindow
from ccinc_wizard.ui.shell.places import show_list, show_settings
from ccinc_wizard.ui.shell.unexpected import TroubleWindow
from ccinc_wizard.ui.wizard.paper import PaperDialog
from tests.pseudo import LANGUAGE, pseudo, pseudo_texts
from tests.ui.conftest import Driver
from tests.ui.test_list_view import GRIET, WRONG, write_list
from tests.ui.test_switching_language import hand_in


def cut_off(window: Driver) -> list[str]:
    """Names and words of visible labels and buttons that have less room than they need."""
    # What is put into a layout is shown in one turn and given its room in the next ones.
    for _ in range(4):
        QApplication.processEvents()
    found = []
    for widget in window.window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton) or not widget.text():
            continue
        needed = widget.minimumSizeHint()
        high = widget.heightForWidth(widget.width()) if widget.hasHeightForWidth() else needed.height()
        if widget.width() < needed.width() or widget.height() < high:
            found.append(
                f"{widget.objectName()}: {widget.text()} {widget.size().toTuple()}, not {(needed.width(), high)}"
            )
    return found


def too_wide(window: Driver) -> list[str]:
    """Scrolling areas that would have to be scrolled sideways."""
    areas = [area for area in window.window.findChildren(QScrollArea) if area.isVisible()]
    return [area.objectName() for area in areas if area.horizontalScrollBar().maximum() > 0]


def clipped(window: Driver) -> list[str]:
    """What has too little room once the layouts have come to rest."""
    found: list[str] = []
    for _ in range(20):
        if not (found := cut_off(window) + too_wide(window)):
            break
    return found


@pytest.fixture(params=[LANGUAGE, *languages()])
def longer(
    request: pytest.FixtureRequest, services: Services, open_window: Callable[[], Driver], tmp_path: Path
) -> Driver:
    """A window in the pseudo-language, or in one that people read."""
    services.texts = pseudo_texts(tmp_path / "texts") if request.param == LANGUAGE else Texts(request.param)
    return open_window()


@pytest.mark.parametrize("situation", ["form", "manual", "task"])
def test_every_page_has_room_for_longer_words(longer: Driver, situation: str) -> None:
    seen = {longer.page: cut_off(longer) + too_wide(longer)}
    longer.click(f"situation_{situation}")
    longer.next()
    seen[longer.page] = cut_off(longer) + too_wide(longer)
    longer.type("applicant_name", "Lieve Voorbeeldt")
    if situation == "manual":
        longer.type("register_number", "85073003328")
    longer.next()
    seen[longer.page] = cut_off(longer) + too_wide(longer)
    longer.click("role_invoerder")
    longer.next()
    longer.click("authority_brusselse_gemeente")
    longer.type("authority_name", "Ukkel")
    seen[longer.page] = cut_off(longer) + too_wide(longer)
    longer.next()
    seen[longer.page] = cut_off(longer) + too_wide(longer)
    longer.next()
    longer.until(lambda: longer.page == "page_result")
    seen[longer.page] = cut_off(longer) + too_wide(longer)
    assert {page: clipped for page, clipped in seen.items() if clipped} == {}


def test_a_pasted_mail_has_room_for_longer_words(longer: Driver) -> None:
    longer.window.paste_mail()
    field = longer.find("mail_text")
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("Naam: Lieve Voorbeeldt\nNaam: Jan Peeters\nInrichtende macht: Stad Gent, invoerder")
    longer.click("mail_read")
    assert cut_off(longer) + too_wide(longer) == []
    longer.click("mail_take_over")
    longer.until(lambda: not longer.shows("mail_text"))
    longer.window.session.change("authority")
    assert longer.shows("authority_found")
    longer.until(lambda: cut_off(longer) + too_wide(longer) == [])


@pytest.mark.parametrize("view", list(DeskView))
def test_the_helpdesk_has_room_for_longer_words(longer: Driver, view: DeskView) -> None:
    services = longer.window.services
    services.remember(view=view.value)
    longer.window.set_mode(Mode.HELPDESK)
    seen = {"start": cut_off(longer) + too_wide(longer)}
    for name in ("call_caller_administrator", "call_role_invoerder", "call_authority_brusselse_gemeente"):
        longer.click(name)
        QApplication.processEvents()
        seen[name] = cut_off(longer) + too_wide(longer)
    longer.type("call_organisation", "Torhout")
    longer.click("call_situation_manual")
    longer.click("call_park_button")
    seen["parked"] = cut_off(longer) + too_wide(longer)
    longer.click("pick_up_1")
    seen["doubt"] = cut_off(longer) + too_wide(longer)
    longer.click("reference_button")
    seen["reference"] = cut_off(longer) + too_wide(longer)
    longer.click("reference_close")
    longer.type("call_organisation", "Elsene")
    longer.click("call_situation_form")
    QApplication.processEvents()
    longer.click("spell_button")
    seen["spelled"] = cut_off(longer) + too_wide(longer)
    longer.click("spelled_link_close")
    longer.click("check_number_button")
    longer.type("checked_number", "85073003329")
    seen["number"] = cut_off(longer) + too_wide(longer)
    longer.click("number_check_close")
    longer.window.new_request()
    longer.click("call_counts_button")
    seen["counts"] = cut_off(longer) + too_wide(longer)
    assert {page: clipped for page, clipped in seen.items() if clipped} == {}


def test_the_log_has_room_for_longer_words(longer: Driver) -> None:
    longer.walk("form", "invoerder", "vlaamse-gemeente", "Gent")
    longer.click("save_button")
    longer.until(lambda: bool(longer.window.session.saved_reference))
    seen = {"saved": clipped(longer)}
    longer.window.show_log(reference=longer.window.session.saved_reference)
    longer.until(lambda: longer.shows("log_note"))
    seen["open"] = clipped(longer)
    longer.click("log_to_waiting_for_label")
    longer.until(lambda: longer.shows("log_to_granted"))
    seen["waiting"] = clipped(longer)
    assert {place: found for place, found in seen.items() if found} == {}


def test_training_has_room_for_longer_words(longer: Driver) -> None:
    # The room that the panel beside the pages asks for; the screen of these tests is smaller than people's.
    longer.window.resize(1600, 900)
    longer.window.set_mode(Mode.TRAINING)
    longer.window.train()
    seen = {"chooser": clipped(longer)}
    longer.click("training_play")
    seen["panel"] = clipped(longer)
    longer.click("training_practice_button")
    seen["drawn screen"] = clipped(longer)
    hand_in(longer)
    seen["feedback"] = clipped(longer)
    longer.window.train()
    longer.click("training_results")
    seen["results"] = clipped(longer)
    assert {place: found for place, found in seen.items() if found} == {}


def test_the_windows_beside_the_pages_have_room_for_longer_words(longer: Driver) -> None:
    longer.walk("manual", "invoerder", "vlaamse-gemeente", "Gent")
    main = longer.window
    request, outcome = main.session.judgement.request, main.session.judgement.outcome
    assert request is not None
    assert outcome is not None
    texts, fault = main.services.texts, Fault("FileNotFoundError", "applicant.py:93")
    windows: list[QDialog] = [
        *(HelpWindow(main.services, topic, main) for topic in (*StepId, "log_view", "training_chooser")),
        AboutWindow(main.services, main),
        DiagnosticsWindow(main.services, main.errors, "open", main),
        *(TroubleWindow(texts, fault, lambda _: None, main, starting=starting) for starting in (True, False)),
        PaperDialog(main.session, request, outcome, main),
        *(PassphraseDialog(texts, new=new, parent=main) for new in (True, False)),
        RetentionDialog(main.services, main.worker, main),
        ForgetDialog(main.services, main.worker, lambda _: None, main),
        SamePersonDialog(main.services, main),
    ]
    seen = {}
    for shown in windows:
        shown.show()
        seen[shown.objectName(), shown.windowTitle()] = clipped(longer)
        shown.close()
    assert {window: found for window, found in seen.items() if found} == {}


def test_a_list_has_room_for_longer_words(longer: Driver, tmp_path: Path) -> None:
    show_list(longer.window)
    assert cut_off(longer) == []
    longer.find("batch_view").check_list(write_list(tmp_path / "lijst.csv", GRIET, WRONG))  # type: ignore[attr-defined]
    longer.until(lambda: longer.shows("batch_save"))
    longer.until(lambda: cut_off(longer) + too_wide(longer) == [])
    longer.find("batch_view").save()  # type: ignore[attr-defined]
    longer.until(lambda: longer.shows("batch_copy_link"))
    longer.until(lambda: cut_off(longer) + too_wide(longer) == [])


def test_a_text_that_is_cut_off_is_seen(longer: Driver) -> None:
    longer.find("next_button").setFixedWidth(12)
    assert [line for line in cut_off(longer) if line.startswith("next_button")]


def test_a_folder_of_words_is_all_that_a_new_language_needs(
    services: Services, open_window: Callable[[], Driver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pseudo_texts(tmp_path / "texts")
    monkeypatch.setattr("ccinc_wizard.content.texts.resources_folder", lambda: tmp_path)
    services.texts = Texts("nl")
    window = open_window()
    window.click("situation_form")
    show_settings(window.window)
    offered = window.find("settings_language")
    assert isinstance(offered, QComboBox)
    place = offered.findData(LANGUAGE)
    assert offered.itemText(place) == plain(pseudo("&Nederlands"))
    offered.activated.emit(place)
    window.until(lambda: window.text("settings_back").startswith("["))
    window.click("settings_back")
    assert window.text("next_button").startswith("[")
    chosen = window.find("situation_form")
    assert isinstance(chosen, QAbstractButton)
    assert chosen.isChecked()
