"""What people type, list and search, through the window: keys in the number field, rows to ask about, what one sees."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit.number_field import NumberField
from ccinc_wizard.ui.shell.places import show_list
from tests.requestlog.conftest import request
from tests.ui.conftest import Driver
from tests.ui.test_list_view import logged, rows, view_of

SAMPLES = Path(__file__).parent.parent / "lists" / "samples"
LAID_OUT = "85.07.30-033.28"
DIGITS = "85073003328"


@pytest.fixture
def number(qtbot: QtBot) -> QLineEdit:
    """A number field with a whole number in it."""
    field = NumberField(Texts("nl"), "number", "reveal", "")
    qtbot.addWidget(field)
    field.show()
    QTest.keyClicks(field.input, DIGITS)
    assert field.input.text() == LAID_OUT
    return field.input


@pytest.mark.parametrize("place", range(len(LAID_OUT)))
def test_delete_takes_the_next_digit_wherever_it_is_pressed(number: QLineEdit, place: int) -> None:
    number.setCursorPosition(place)
    before = sum(sign.isdigit() for sign in LAID_OUT[:place])
    QTest.keyClick(number, Qt.Key.Key_Delete)
    assert "".join(filter(str.isdigit, number.text())) == DIGITS[:before] + DIGITS[before + 1 :]


@pytest.mark.parametrize("place", range(1, len(LAID_OUT) + 1))
def test_backspace_takes_the_digit_before_wherever_it_is_pressed(number: QLineEdit, place: int) -> None:
    number.setCursorPosition(place)
    before = sum(sign.isdigit() for sign in LAID_OUT[:place])
    QTest.keyClick(number, Qt.Key.Key_Backspace)
    assert "".join(filter(str.isdigit, number.text())) == DIGITS[: before - 1] + DIGITS[before:]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_a_key_held_down_empties_the_field(number: QLineEdit, key: Qt.Key) -> None:
    number.setCursorPosition(0 if key == Qt.Key.Key_Delete else len(LAID_OUT))
    for _ in DIGITS:
        QTest.keyClick(number, key)
    assert number.text() == ""


def test_what_is_no_number_is_deleted_sign_by_sign(number: QLineEdit) -> None:
    number.clear()
    QTest.keyClicks(number, "a.-b")
    number.setCursorPosition(3)
    QTest.keyClick(number, Qt.Key.Key_Backspace)
    assert number.text() == "a.b"


@pytest.mark.parametrize("typed", ["85/07/30-033/28", "85 / 07 / 30 / 033 / 28", "85/07/30/03328"])
def test_a_slash_is_a_separator_in_the_window(window: Driver, typed: str) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal", number=typed)


def test_a_long_word_goes_on_in_the_next_line_of_the_check_page(window: Driver) -> None:
    window.window.resize(1024, 600)
    window.walk("form", "invoerder", "vlaamse_gemeente", "W" * 90, to="check")
    for name in ("answer_authority_name", "finding_municipality_unknown"):
        part = window.find(name)
        for told in [part] if isinstance(part, QLabel) else part.findChildren(QLabel):
            # Else what is too wide for the column is cut.
            assert told.minimumSizeHint().width() <= told.width()


def test_a_municipality_that_is_near_is_a_click_away(window: Driver) -> None:
    window.walk("form", "invoerder", "vlaamse_gemeente", "Torhoud", to="check")
    window.click("correct_municipality_unknown")
    window.until(lambda: window.shows("answer_authority_name") and window.text("answer_authority_name") == "Torhout")
    assert not window.shows("finding_municipality_unknown")


def _with(path: Path, name: str) -> list[list[str]]:
    with (path / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@pytest.mark.parametrize(("written", "name"), _with(SAMPLES, "municipalities.csv"))
def test_a_sample_of_a_municipality_is_known_by_its_official_name(services: Services, written: str, name: str) -> None:
    match = services.municipalities.recognise(written)
    assert match is not None
    assert match.municipality.name == name


def test_what_one_sees_in_the_log_is_found(window: Driver, services: Services) -> None:
    samples = _with(SAMPLES, "search.csv")
    with services.open_log() as log:
        for name, _ in samples:
            log.save(request("Jan Oefenmans", authority_name=name))
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    window.until(lambda: model.rowCount() == len(samples))
    shown = str(model.index(0, 0).data())
    assert re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d", shown)
    for name, typed in samples:
        window.type("log_search", typed)
        window.until(lambda name=name: model.rowCount() == 1 and model.index(0, 3).data() == name)
    window.type("log_search", shown)
    window.until(lambda: model.rowCount() >= 1 and model.index(0, 0).data() == shown)


def open_list(window: Driver, path: Path) -> None:
    show_list(window.window)
    view_of(window).check_list(path)
    window.until(lambda: window.text("batch_message") != "")


def test_hidden_rows_are_asked_about_and_nothing_is_saved_for_them_in_silence(
    window: Driver, services: Services
) -> None:
    open_list(window, SAMPLES / "filtered.xlsx")
    assert [row[2] for row in rows(window)] == ["in orde", "eerst antwoorden", "in orde"]
    assert "1 rij is verborgen" in window.text("batch_aside_told")
    window.click("batch_aside_leave_out")
    window.until(lambda: not window.shows("batch_aside") and window.shows("batch_save"))
    assert [row[2] for row in rows(window)] == ["in orde", "in orde"]
    view_of(window).save()
    window.until(lambda: "bewaard in het logboek" in window.text("batch_message"))
    assert len(logged(services)) == 2


def test_hidden_rows_count_when_one_says_so(window: Driver, services: Services) -> None:
    open_list(window, SAMPLES / "filtered.xlsx")
    window.click("batch_aside_count")
    window.until(lambda: not window.shows("batch_aside") and window.shows("batch_save"))
    assert [row[2] for row in rows(window)] == ["in orde"] * 3
    view_of(window).save()
    window.until(lambda: "bewaard in het logboek" in window.text("batch_message"))
    assert len(logged(services)) == 3


@pytest.mark.parametrize("file", ["hidden-first.xlsx", "explanation-first.xlsx"])
def test_the_visible_sheet_is_judged_in_the_window(window: Driver, file: str) -> None:
    open_list(window, SAMPLES / file)
    assert [row[2] for row in rows(window)] == ["in orde", "in orde"]


def test_of_several_sheets_one_is_chosen(window: Driver, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, person in (("Voorjaar", "Griet Schijnbaere"), ("Najaar", "Joris Oefenmans")):
        sheet = book.create_sheet(name)
        sheet.append(["Naam", "Rol", "Soort", "Inrichtende macht"])
        sheet.append([person, "Invoerder", "Vlaamse gemeente", "Torhout"])
    book.save(tmp_path / "list.xlsx")
    open_list(window, tmp_path / "list.xlsx")
    assert "Voorjaar, Najaar" in window.text("batch_message")
    choice = window.find("batch_sheet")
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    window.until(lambda: window.shows("batch_table"))
    assert [row[1] for row in rows(window)] == ["Joris Oefenmans"]


def test_an_unknown_municipality_waits_for_the_users_word(window: Driver, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Naam;Rol;Soort;Inrichtende macht\nGriet Oefenmans;Invoerder;Vlaamse gemeente;Nieuwstad\n", "utf-8")
    open_list(window, path)
    assert [row[2] for row in rows(window)] == ["eerst antwoorden"]
    assert not window.shows("batch_save")
    table = window.find("batch_table")
    assert isinstance(table, QTableView)
    table.selectRow(0)
    window.until(lambda: window.shows("batch_accept"))
    window.click("batch_accept")
    window.until(lambda: window.shows("batch_save"))
    assert [row[2] for row in rows(window)] == ["in orde"]


def test_a_near_municipality_of_a_list_is_a_click_away(window: Driver, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Naam;Rol;Soort;Inrichtende macht\nGriet Oefenmans;Invoerder;Vlaamse gemeente;Torhoutt\n", "utf-8")
    open_list(window, path)
    window.until(lambda: window.shows("batch_correct_municipality_unknown"))
    window.click("batch_correct_municipality_unknown")
    window.until(lambda: window.shows("batch_save"))
    assert [row[2] for row in rows(window)] == ["in orde"]
    assert not window.shows("batch_correct_municipality_unknown")
    assert "Torhoutt" in path.read_text("utf-8")


def test_what_was_answered_of_a_row_holds_when_the_list_is_read_again(window: Driver, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    head, griet = "Naam;Rol;Soort;Inrichtende macht\n", "Griet Oefenmans;Invoerder;Vlaamse gemeente;Nieuwstad\n"
    path.write_text(head + griet + griet.replace("Griet", "Joris"), "utf-8")
    open_list(window, path)
    assert [row[2] for row in rows(window)] == ["eerst antwoorden"] * 2
    window.until(lambda: window.shows("batch_accept"))
    window.click("batch_accept")
    window.until(lambda: window.shows("batch_save"))
    path.write_text(head + griet.replace("Griet", "An") + griet + griet.replace("Griet", "Joris"), "utf-8")
    window.click("batch_check")
    window.until(lambda: len(rows(window)) == 3 and window.shows("batch_table"))
    assert [row[2] for row in rows(window)] == ["eerst antwoorden", "in orde", "eerst antwoorden"]
    path.write_text(head + griet.replace("Nieuwstad", "Nieuwdorp"), "utf-8")
    window.click("batch_check")
    window.until(lambda: len(rows(window)) == 1 and window.shows("batch_table"))
    assert [row[2] for row in rows(window)] == ["eerst antwoorden"]


def test_headings_of_the_samples_are_known_in_the_window(window: Driver) -> None:
    for sample in sorted(SAMPLES.glob("heading-*.csv")):
        open_list(window, sample)
        assert [row[2] for row in rows(window)] == ["eerst oplossen"] * 2, sample.name
