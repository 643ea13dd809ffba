"""One line on the first page answers what it names, guesses nothing, and shows what it took over before it counts."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Role, Situation
from ccinc_wizard.domain.register_number import MASK
from ccinc_wizard.ui.kit.masked_line import MaskedLine
from tests.expected_links import EXPECTED_LINKS
from tests.traces import files_with
from tests.ui.conftest import Driver

NUMBER = "85.07.30-033.28"
MAIL = f"""Dag collega,

Naam: Lieve Voorbeeldt
Rijksregisternummer: {NUMBER}
Ik wil graag Invoerder worden.
Inrichtende macht: Stad Gent
"""


def line(window: Driver) -> MaskedLine:
    field = window.find("quick_line")
    assert isinstance(field, MaskedLine)
    return field


def go(window: Driver, text: str) -> None:
    window.type("quick_line", text)
    enter(window)


def enter(window: Driver) -> None:
    window.qtbot.keyClick(line(window), Qt.Key.Key_Return)
    QApplication.processEvents()


def paste(window: Driver, text: str) -> None:
    QApplication.clipboard().setText(text)
    line(window).setFocus()
    line(window).paste()
    QApplication.clipboard().clear()


def test_a_line_that_names_all_is_four_actions_from_the_copied_link(window: Driver) -> None:
    """Typing, Enter, the confirmation on the check page, copying."""
    go(window, "formulier invoerder gemeente torhout")
    assert window.page == "page_check"
    for field in ("situation", "role", "authority", "authority_name"):
        assert window.shows(f"{field}_found"), field
    window.next()
    window.until(lambda: window.page == "page_result")
    window.click("copy_link_button")
    assert QApplication.clipboard().text() == EXPECTED_LINKS["vlaamse-gemeente", "invoerder"]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("raadpleger agb kortrijk manueel", "page_applicant"),
        ("raadpleger gemeente torhout", "page_situation"),
        ("form gemeente torhout", "page_role"),
        ("lien lecteur Ixelles", "page_authority"),
        ("form viewer agb", "page_authority"),
        ("formulier raadpleger ocmw", "page_authority"),
        ("task encodeur commune d'Ixelles", "page_check"),
        ("form viewer city of Antwerp", "page_check"),
        ("form municipality Ghent", "page_role"),
        ("formulaire lecteur ville de Gand", "page_check"),
        ("lien lecteur RCA Tongres", "page_check"),
    ],
)
def test_the_first_page_that_is_still_open_comes_next(window: Driver, text: str, page: str) -> None:
    go(window, text)
    assert window.page == page


def test_what_is_answered_already_is_passed_by_on_the_way_to_the_check_page(window: Driver) -> None:
    go(window, "raadpleger gemeente torhout")
    window.click("situation_form")
    window.next()
    assert window.page == "page_check"
    assert window.shows("role_found")
    window.click("change_role")
    assert window.shows("role_found")
    window.next()
    assert window.page == "page_check"
    assert not window.shows("role_found")
    assert window.shows("authority_found")


def test_where_the_first_page_stays_it_says_what_was_taken_over(window: Driver) -> None:
    assert not window.shows("quick_taken")
    go(window, "invoerder torhout")
    assert window.page == "page_situation"
    assert "Invoerder, Torhout" in window.text("quick_taken")
    window.click("situation_form")
    assert not window.shows("quick_taken")


def test_looked_at_on_the_check_page_counts(window: Driver) -> None:
    go(window, "formulier invoerder gemeente torhout")
    assert window.window.session.unchecked
    window.next()
    window.until(lambda: window.page == "page_result")
    assert not window.window.session.unchecked
    window.click("back_button")
    assert not window.shows("role_found")
    assert not window.shows("quick_confirm")


def test_what_nobody_has_confirmed_is_not_in_the_draft(window: Driver, services: Services) -> None:
    go(window, "formulier invoerder gemeente torhout")
    window.window.save_draft()
    assert services.load_draft() == Answers()


def test_a_pasted_mail_is_read_line_by_line(window: Driver) -> None:
    window.click("situation_manual")
    paste(window, MAIL)
    enter(window)
    assert window.page == "page_check"
    answers = window.window.session.answers
    assert (answers.applicant_name, answers.number_text) == ("Lieve Voorbeeldt", NUMBER)
    assert (answers.role, answers.authority, answers.authority_name) == (Role.INVOERDER, "vlaamse-gemeente", "Gent")
    assert answers.situation is Situation.MANUAL
    assert window.text("answer_register_number") == MASK


def test_what_is_not_understood_is_told(window: Driver) -> None:
    go(window, "form raadpleger agb zaal kortrijk")
    assert window.page == "page_authority"
    told = [made.text() for made in window.find("mail_notice_unread").findChildren(QLabel)]
    assert told == ["zaal kortrijk: dat herkent het programma niet. Het is dus niet ingevuld."]


def test_of_nothing_understood_nothing_is_lost(window: Driver) -> None:
    go(window, "hallo daar")
    assert window.page == "page_situation"
    assert window.text("quick_line") == "hallo daar"
    assert window.text("quick_line_error")
    window.click("situation_form")
    assert not window.shows("quick_line_error"), "one has chosen below, as it says"
    window.next()
    assert window.page == "page_applicant"


def test_a_line_that_takes_back_is_told_why_it_answers_nothing(window: Driver) -> None:
    go(window, "invoerder torhout annuleren")
    assert window.page == "page_situation"
    assert window.text("quick_line") == "invoerder torhout annuleren"
    assert "“annuleren”: hier wordt iets ingetrokken" in window.text("quick_line_error")
    assert window.window.session.answers == Answers()


@pytest.mark.parametrize("written", [NUMBER, "85073003328", "85 07 30 033 28", "850730-033-28"])
@pytest.mark.parametrize("way", ["typed", "pasted"])
def test_a_number_in_it_is_masked_and_read(
    window: Driver, written: str, way: str, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    window.click("situation_manual")
    text = f"stad gent {written} invoerder"
    if way == "pasted":
        paste(window, text)
    else:
        window.type("quick_line", text)
    field = line(window)
    shown = {field.text(), field.displayText()}
    for _ in range(60):
        field.undo()
        shown |= {field.text(), field.displayText()}
    while field.isRedoAvailable():
        field.redo()
        shown |= {field.text(), field.displayText()}
    assert not any("033" in text or "03328" in text for text in shown)
    field.selectAll()
    field.copy()
    assert "033" not in QApplication.clipboard().text()
    window.window.save_draft()
    assert "033" not in caplog.text
    assert files_with(tmp_path, "85073003328") == []


def test_a_masked_number_goes_where_it_is_asked(window: Driver) -> None:
    paste(window, f"manueel raadpleger stad gent {NUMBER}")
    assert MASK in line(window).text()
    enter(window)
    assert window.page == "page_applicant"
    assert window.window.session.answers.number_text == NUMBER


MISTYPED = [
    "8507300332",
    "85.07.30-033.2",
    "85 07 30 033 2",
    "85.07.3-033.28",
    "850730-0332",
    "850730033",
    "850730033281",
    "85.07.30-033.281",
    "85 07 30 033 28 1",
    "85.07.30-0333.28",
    "85.O7.30-O33.2",
]


@pytest.mark.parametrize("written", MISTYPED)
@pytest.mark.parametrize("way", ["typed", "pasted", "set"])
def test_a_number_with_a_digit_too_few_or_too_many_is_masked_as_well(window: Driver, written: str, way: str) -> None:
    field = line(window)
    if way == "typed":
        window.qtbot.keyClicks(field, f"stad gent {written}")
    elif way == "pasted":
        paste(window, f"stad gent {written}")
    else:
        field.setText(f"stad gent {written}")
    assert not any(sign.isdigit() for sign in field.text())
    assert field.clear_text() == f"stad gent {written}"
    field.selectAll()
    field.copy()
    assert not any(sign.isdigit() for sign in QApplication.clipboard().text())
    field.undo()
    assert sum(sign.isdigit() for sign in field.text()) < 9


@pytest.mark.parametrize(
    "written",
    [
        "0485 12 34 56",
        "0485123456",
        "02 553 42 26",
        "+32 485 12 34 56",
        "0207.504.190",
        "KBO 0207504190",
        "1012.304.567",
        "8500 Kortrijk 8820 Torhout",
        "24/11/2026 25/11/2026",
    ],
)
def test_what_is_written_as_something_else_can_be_read_once_it_is_whole(window: Driver, written: str) -> None:
    window.qtbot.keyClicks(line(window), written)
    assert line(window).text() == line(window).clear_text() == written


def test_a_masked_number_is_mended_from_its_end_and_shows_no_digit_meanwhile(window: Driver) -> None:
    field = line(window)
    window.qtbot.keyClicks(field, "gent 85.07.30-033.289")
    for _ in range(6):
        window.qtbot.keyClick(field, Qt.Key.Key_Backspace)
        assert not any(sign.isdigit() for sign in field.text())
    assert field.clear_text() == "gent 85.07.30-0"
    window.qtbot.keyClicks(field, "33.28 manueel")
    assert field.clear_text() == f"gent {NUMBER} manueel"
    assert MASK in field.text()


def test_who_writes_right_before_the_dots_keeps_their_number(window: Driver) -> None:
    field = line(window)
    paste(window, f"gent {NUMBER}")
    for place in (len("gent ") + 1, len("gent ")):
        field.setCursorPosition(place)
        field.insert("rrn ")
        assert field.clear_text().replace("rrn ", "") == f"gent {NUMBER}"
        assert MASK in field.text()


def test_many_numbers_are_each_given_back(window: Driver) -> None:
    text = " en ".join(f"85.07.{day}-033.2{digit}" for day in (30, 29, 28, 27) for digit in range(10))
    paste(window, text)
    assert line(window).clear_text() == text
    assert not any(sign.isdigit() for sign in line(window).text())


def test_a_number_whose_dots_are_taken_out_is_gone(window: Driver) -> None:
    paste(window, f"{NUMBER} en 84.03.12-999.38 manueel")
    field = line(window)
    field.setText(field.text().replace(field.text().split(" en ")[0], ""))
    assert field.clear_text() == " en 84.03.12-999.38 manueel"


def test_a_letter_typed_on_the_first_page_is_the_beginning_of_the_line(window: Driver) -> None:
    window.qtbot.keyClicks(window.window.focusWidget(), "f")
    assert line(window).hasFocus()
    assert line(window).text() == "f"


def test_what_stands_in_it_survives_another_language(window: Driver) -> None:
    paste(window, f"manueel stad gent {NUMBER}\nvan Lieve")
    window.window.set_language("fr")
    window.until(lambda: window.shows("quick_line"))
    assert line(window).clear_text() == f"manueel stad gent {NUMBER}\nvan Lieve"
    assert MASK in line(window).text()


def test_a_request_that_is_finished_is_not_mixed_with_the_next(window: Driver) -> None:
    window.walk("form", "raadpleger", "agb", "AGB De Proefzaal")
    window.click("save_button")
    window.until(lambda: window.window.session.saved_reference != "")
    for _ in range(5):
        window.click("back_button")
    assert window.page == "page_situation"
    go(window, "manueel stad gent")
    answers = window.window.session.answers
    assert (answers.applicant_name, answers.role) == ("", None)
    assert window.window.session.saved_reference == ""


def test_a_name_that_stands_there_is_not_mixed_with_another_number(window: Driver) -> None:
    window.click("situation_manual")
    window.next()
    window.type("applicant_name", "Jan Anders")
    window.click("back_button")
    paste(window, MAIL)
    enter(window)
    answers = window.window.session.answers
    assert (answers.applicant_name, answers.number_text, answers.role) == ("Jan Anders", "", Role.INVOERDER)
