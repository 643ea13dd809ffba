"""What stands beside a call: the number check, the quick reference, the spelled link, the count of calls."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTableWidget, QWidget

from ccinc_wizard.app.call_book import FILE, CallBook
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.files import ContentError
from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.calls import CallRecord
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.helpdesk.call_views import CallCounts, DeskView
from ccinc_wizard.ui.helpdesk.view import DeskPlace
from ccinc_wizard.ui.shell import app as app_module
from ccinc_wizard.ui.shell import second_stage
from ccinc_wizard.ui.shell.app import FirstPaint, _after_first_paint
from ccinc_wizard.ui.shell.main_window import MainWindow
from tests.expected_links import EXPECTED_LINKS
from tests.ui.conftest import Driver
from tests.ui.helpdesk import BEGAN, Desk, clipboard
from tests.ui.test_log_view import DIGITS, FORMS

DAY = BEGAN.date()


def check_field(desk: Desk) -> QLineEdit:
    field = desk.find("checked_number")
    assert isinstance(field, QLineEdit)
    return field


@pytest.fixture
def counted(services: Services) -> list[CallRecord]:
    """Calls of two days, one of a type that the facts know no more."""
    records = [
        CallRecord(DAY, "applicant", "form", "agb", "invoerder", "link"),
        CallRecord(DAY, "applicant", "form", "agb", "raadpleger", "link"),
        CallRecord(DAY, "administrator", "manual", "vlaamse-gemeente", "invoerder", "manual"),
        CallRecord(DAY + dt.timedelta(days=1), "someone_else", "form", "", "", "referral"),
        CallRecord(DAY + dt.timedelta(days=1), "applicant", "form", "provincie", "invoerder", "link"),
    ]
    for record in records:
        CallBook(services.paths.data).add(record)
    return records


def counts(desk: Desk) -> CallCounts:
    view = desk.find("call_counts")
    assert isinstance(view, CallCounts)
    return view


def shown_table(desk: Desk) -> list[list[str]]:
    table = desk.find("call_counts_table")
    assert isinstance(table, QTableWidget)
    places = range(table.columnCount())
    return [[table.item(line, place).text() for place in places] for line in range(table.rowCount())]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "verdict", "error"),
    [
        (DIGITS, "Dit nummer kan juist zijn.", ""),
        ("85.07.30-033.29", "", "controlecijfers"),
        ("85.47.30-033.17", "Dit BIS-nummer kan juist zijn.", ""),
        ("85.07.30-033.2", "", ""),
    ],
)
def test_the_number_check_says_whether_a_number_can_be_right(desk: Desk, typed: str, verdict: str, error: str) -> None:
    desk.ctrl("j")
    desk.type("checked_number", typed)
    assert desk.text("checked_number_verdict") == verdict
    assert (error in desk.text("checked_number_error")) if error else not desk.shows("checked_number_error")


def test_a_number_that_is_too_short_is_told_when_one_is_done(desk: Desk) -> None:
    desk.ctrl("j")
    desk.type("checked_number", "8507300332")
    desk.qtbot.keyClick(check_field(desk), Qt.Key.Key_Return)
    assert "11 cijfers" in desk.text("checked_number_error")


def test_the_number_is_masked_until_asked_and_emptied_on_closing(desk: Desk) -> None:
    desk.ctrl("j")
    field = check_field(desk)
    desk.type("checked_number", DIGITS)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    desk.click("checked_number_reveal")
    assert (field.echoMode(), field.displayText()) == (QLineEdit.EchoMode.Normal, "85.07.30-033.28")
    desk.click("checked_number_reveal")
    assert field.echoMode() is QLineEdit.EchoMode.Password
    window = desk.find("number_check")
    assert desk.calls.call.answers.number_text == ""
    desk.qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert not field.isUndoAvailable()


def test_what_is_told_of_a_number_moves_no_words(desk: Desk) -> None:
    desk.click("check_number_button")
    window, field = desk.find("number_check"), desk.find("checked_number")
    begun = {made: made.y() for made in window.findChildren(QLabel) if made.isVisible() and made.y() < field.y()}
    high = window.height()
    assert len(begun) >= 3
    desk.type("checked_number", "85073003329")
    desk.until(lambda: window.height() > high)
    desk.type("checked_number", "")
    desk.until(lambda: not desk.shows("checked_number_error"))
    QApplication.processEvents()
    assert {made: made.y() for made in begun} == begun


def test_the_number_of_one_caller_is_gone_before_the_next(desk: Desk) -> None:
    desk.click("check_number_button")
    desk.type("checked_number", DIGITS)
    desk.choose("applicant")
    assert desk.shows("number_check")
    desk.click("call_next_button")
    assert not desk.shows("number_check")
    desk.click("check_number_button")
    assert check_field(desk).text() == ""


@pytest.mark.parametrize("change", ["mode", "language", "letters"])
def test_what_is_checked_and_looked_up_is_there_when_one_comes_back(
    desk: Desk, services: Services, change: str, tmp_path: Path
) -> None:
    desk.window.resize(900, 700)
    desk.choose("applicant")
    desk.ctrl("f")
    desk.type("reference_search", "label")
    found = cards(desk)
    desk.ctrl("j")
    desk.type("checked_number", DIGITS)
    if change == "mode":
        desk.window.set_mode(Mode.ADMIN)
        assert not desk.shows("number_check")
        desk.window.set_mode(Mode.HELPDESK)
    elif change == "language":
        desk.window.set_language("fr")
    else:
        desk.window.set_letter_size(125)
    desk.until(lambda: desk.shows("number_check") and desk.shows("reference_search"))
    assert check_field(desk).echoMode() is QLineEdit.EchoMode.Password
    assert desk.text("checked_number_verdict") == services.texts("wizard.applicant.number_ok")
    assert not check_field(desk).isUndoAvailable()
    assert desk.text("reference_search") == "label"
    if change != "language":
        assert cards(desk) == found
    assert DIGITS[:6] not in repr(DeskPlace(False, None, "", DIGITS))
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert b"033.28" not in path.read_bytes(), path
    # Whoever closes it wants it forgotten.
    desk.click("number_check_close")
    desk.window.set_language("en")
    desk.until(lambda: desk.shows("reference_search"))
    assert not desk.shows("number_check")


def cards(desk: Desk) -> set[str]:
    drawer = desk.find("reference_drawer")
    made = (part.objectName() for part in drawer.findChildren(QWidget) if part.isVisible())
    return {name for name in made if name.startswith("reference_copy_") or name == "reference_label"}


def test_nothing_on_disk_holds_a_number_typed_at_the_helpdesk(desk: Desk, tmp_path: Path) -> None:
    desk.choose("administrator", "manual", "invoerder", "agb")
    desk.type("call_organisation", f"AGB {FORMS[1]}")
    desk.qtbot.keyClicks(desk.find("call_note"), f"gaf {FORMS[1]}")
    desk.click("copy_ticket_button")
    assert not any(form in clipboard() for form in FORMS)
    desk.click("check_number_button")
    desk.type("checked_number", DIGITS)
    desk.click("number_check_close")
    desk.click("call_park_button")
    desk.choose("applicant")
    desk.ctrl("n")
    desk.window.set_language("fr")
    desk.window.close()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert FILE in {path.name for path in written}
    for path in written:
        content = path.read_bytes()
        for form in (*FORMS, "033.28"):
            assert form.encode() not in content, path
            assert form.encode("utf-16-le") not in content, path


def test_the_reference_is_found_by_typing_and_copied(desk: Desk) -> None:
    desk.choose("applicant", "invoerder")
    desk.ctrl("f")
    assert desk.window.focusWidget() is desk.find("reference_search")
    assert desk.shows("reference_team")
    assert not desk.shows("call_side")
    for sign in "agb raadpleger":
        desk.press(sign)
    assert [made for made in desk.window.findChildren(QWidget) if _is_entry(made)] == [
        desk.find("reference_link_agb_raadpleger")
    ]
    desk.click("reference_copy_link_agb_raadpleger")
    assert clipboard() == EXPECTED_LINKS["agb", "raadpleger"]
    assert desk.calls.call.answers.authority is None
    desk.type("reference_search", "xyzzy")
    assert desk.shows("reference_nothing")
    desk.press(Qt.Key.Key_Escape)
    assert desk.shows("call_side")
    assert not desk.shows("reference_drawer")


def _is_entry(made: QWidget) -> bool:
    return made.isVisible() and made.property("panel") == "card" and made.objectName().startswith("reference_")


def test_the_reference_holds_the_links_contacts_types_and_the_label_rule(desk: Desk) -> None:
    desk.click("reference_button")
    for authority, role in EXPECTED_LINKS:
        assert desk.shows(f"reference_link_{authority}_{role}")
    words = " ".join(desk.said)
    for needed in ("1700", "02 553 42 26", "Cultuurmonitor Afnemer", "Doelgroepverantwoordelijke"):
        assert needed in words
    desk.click("reference_close")
    assert desk.shows("call_side")


@pytest.mark.parametrize("language", languages())
def test_the_link_is_read_out_in_groups_with_the_alphabet_of_choice(
    open_desk: Callable[..., Desk],
    services: Services,
    language: str,
) -> None:
    desk = open_desk(language)
    desk.choose("applicant", "invoerder", "agb")
    desk.ctrl("r")
    dialog = desk.find("spelled_link")
    texts = [
        made for made in dialog.findChildren(QLabel) if made.objectName().startswith("spelled_") and made.isVisible()
    ]
    by_place = sorted(texts, key=lambda made: int(made.objectName().removeprefix("spelled_")))
    assert "".join(made.text() for made in by_place) == EXPECTED_LINKS["agb", "invoerder"]
    assert "Hendrik" in desk.text("said_1")
    assert "Hoe verleen ik toegangsrechten voor CCinC" in desk.text("where_to_find")
    alphabet = desk.find("spelling_alphabet")
    assert isinstance(alphabet, QComboBox)
    alphabet.setCurrentIndex(alphabet.findData("nato"))
    QApplication.processEvents()
    assert "Hotel" in desk.text("said_1")
    assert json.loads(services.paths.settings.read_text(encoding="utf-8"))["alphabet"] == "nato"
    desk.click("spelled_link_close")
    desk.ctrl("r")
    assert "Hotel" in desk.text("said_1")


def test_the_spelled_link_is_never_that_of_another_choice(desk: Desk) -> None:
    desk.choose("applicant", "invoerder", "agb")
    desk.click("spell_button")
    desk.click("spell_button")
    assert desk.shows("spelled_1")
    desk.choose("raadpleger")
    assert not desk.shows("spelled_link")
    desk.click("spell_button")
    assert "Raadpleger" in "".join(made.text() for made in desk.find("spelled_link").findChildren(QLabel))


def test_alphabets_that_are_refused_are_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise ContentError("spelling.json", 7, "two letters share a word")

    monkeypatch.setattr("ccinc_wizard.ui.helpdesk.dialogs.load_spelling", refused)
    desk.choose("applicant", "invoerder", "agb", "raadpleger")
    desk.click("spell_button")
    assert "spelling.json" in desk.text("call_status")
    assert not desk.shows("spelled_link")


def test_without_a_link_nothing_is_spelled(desk: Desk) -> None:
    desk.ctrl("r")
    assert desk.text("call_status") == "Er is nu geen link om te geven."


def test_calls_are_counted_in_a_table(desk: Desk, counted: list[CallRecord]) -> None:
    desk.click("call_counts_button")
    assert shown_table(desk) == [["24/11/2026", "3"], ["25/11/2026", "2"]]
    by = desk.find("call_counts_by")
    assert isinstance(by, QComboBox)
    expected = {
        "authority": [
            ["Autonoom gemeentebedrijf (AGB)", "2"],
            ["niet gekozen", "1"],
            ["provincie", "1"],
            ["Vlaamse gemeente", "1"],
        ],
        "role": [["Invoerder", "3"], ["niet gekozen", "1"], ["Raadpleger", "1"]],
        "outcome": [["Link gegeven", "3"], ["Zelf toekennen", "1"], ["Doorverwezen", "1"]],
    }
    for name, rows in expected.items():
        by.setCurrentIndex(by.findData(name))
        QApplication.processEvents()
        assert shown_table(desk) == rows


@pytest.mark.parametrize("key", ["f", "l"])
def test_the_keys_of_a_call_lead_back_to_it_from_the_counts(desk: Desk, counted: list[CallRecord], key: str) -> None:
    assert counted
    desk.click("call_counts_button")
    desk.ctrl(key)
    assert desk.shows("call_next_button")
    assert desk.shows("reference_search" if key == "f" else "call_status")


def test_counts_go_to_a_file_without_formulas(desk: Desk, counted: list[CallRecord], tmp_path: Path) -> None:
    desk.click("call_counts_button")
    target = tmp_path / "telling.csv"
    counts(desk).save_to(target)
    assert "telling.csv" in desk.text("call_counts_status")
    with target.open(encoding="utf-8-sig", newline="") as file:
        heading, *rows = csv.reader(file, delimiter=";")
    assert heading == ["Dag", "Soort", "Rol", "Resultaat", "Oproepen"]
    assert ["24/11/2026", "Autonoom gemeentebedrijf (AGB)", "Invoerder", "Link gegeven", "1"] in rows
    assert sum(int(row[-1]) for row in rows) == len(counted)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    counts(desk).save_to(tmp_path / "no folder" / "telling.csv")
    assert "Kies een andere map" in desk.text("call_counts_status")


def test_without_calls_there_is_nothing_to_draw_and_a_way_back(desk: Desk) -> None:
    desk.click("call_counts_button")
    assert desk.shows("call_counts_empty")
    desk.press("a")
    assert desk.calls.call.caller is None
    desk.click("call_counts_back")
    assert desk.shows("call_step_title")
    desk.choose("applicant")
    assert desk.calls.call.caller == "applicant"


def test_the_next_call_leaves_the_counts_and_counting_again_counts_anew(desk: Desk, counted: list[CallRecord]) -> None:
    desk.choose("applicant")
    desk.click("call_counts_button")
    desk.ctrl("n")
    assert desk.shows("call_step_title")
    desk.click("call_counts_button")
    assert sum(int(row[1]) for row in shown_table(desk)) == len(counted) + 1
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert len(desk.window.findChildren(CallCounts)) == 1


def test_lines_that_cannot_be_read_are_told(desk: Desk, services: Services, counted: list[CallRecord]) -> None:
    with (services.paths.data / FILE).open("ab") as file:
        file.write(b"{\n[]\n")
    desk.click("call_counts_button")
    assert "2 regels" in desk.text("call_counts_unreadable")


def test_a_count_that_cannot_be_read_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(CallBook, "read", gone)
    desk.click("call_counts_button")
    assert "geen toegang" in desk.text("call_status")


@pytest.mark.parametrize("view", list(DeskView))
def test_the_program_starts_at_the_desk_once_its_facts_are_there(
    view: DeskView, services: Services, open_window: Callable[[], Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module.gc, "freeze", lambda: None)
    monkeypatch.setattr(second_stage, "_guard", lambda *_: True)
    services.mode = Mode.HELPDESK
    services.remember(view=view.value)
    started = open_window()
    assert not started.shows("helpdesk_desk")
    assert not started.shows("page_situation")
    painted = FirstPaint(started.window)
    started.window.installEventFilter(painted)
    started.window.repaint()
    started.until(lambda: started.shows("helpdesk_desk"))
    assert started.text("call_step_title") == "Wie belt er?"


def test_refused_facts_open_no_desk(
    services: Services, open_window: Callable[[], Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(app_module.gc, "freeze", lambda: None)
    monkeypatch.setattr(second_stage, "_guard", lambda *_: True)
    monkeypatch.setattr(second_stage, "refuse", lambda _, why: told.append(why))
    monkeypatch.setattr(QApplication, "exit", lambda *_: None)

    def refused() -> None:
        raise ContentError("catalog.toml", 3, "a pair has two links")

    monkeypatch.setattr("ccinc_wizard.content.facts.load_catalog", refused)
    services.mode = Mode.HELPDESK
    window = open_window().window
    assert isinstance(window, MainWindow)
    _after_first_paint(window, ExitStack())
    assert window.helpdesk.desk is None
    assert "catalog.toml" in told[0]


@pytest.mark.parametrize("view", list(DeskView))
def test_the_call_begins_at_the_edge_of_the_bar_above_it(desk: Desk, services: Services, view: DeskView) -> None:
    services.remember(view=view.value)
    desk.window.resize(1500, 900)
    desk.window.set_language("fr")
    desk.until(lambda: desk.shows("call_caller_applicant"))
    QApplication.processEvents()
    parts = [desk.find("call_next_button"), desk.find("call_caller_applicant")]
    if view is DeskView.PAGES:
        parts.append(desk.find("call_step_title"))
    assert len({part.mapTo(desk.window, QPoint()).x() for part in parts}) == 1


def test_buttons_of_the_quick_reference_are_as_wide_as_their_words(desk: Desk) -> None:
    """As elsewhere: across the whole card, eight of them were heavier than what they copy."""
    desk.ctrl("f")
    made = [button for button in desk.find("reference_drawer").findChildren(QPushButton) if button.isVisible()]
    copies = [button for button in made if button.objectName().startswith("reference_copy_")]
    desk.until(lambda: all(button.width() == button.sizeHint().width() for button in copies))
    assert len(copies) >= 8
