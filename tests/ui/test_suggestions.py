"""Suggestions for the name of a municipality: what is picked is the official name, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QRadioButton

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode
from tests.expected_links import EXPECTED_LINKS
from tests.ui.conftest import Driver

PICKED = [("ixel", "Elsene"), ("galmaar", "Pajottegem"), ("9000", "Gent"), ("uccle", "Ukkel")]


def suggested(window: Driver, typed: str, authority: str = "vlaamse_gemeente") -> tuple[QLineEdit, QAbstractItemView]:
    """The field on the page of the authority after typing, and its open list."""
    window.click("situation_form")
    window.next()
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.next()
    window.click("role_invoerder")
    window.next()
    window.click(f"authority_{authority}")
    field = window.find("authority_name")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    window.qtbot.keyClicks(field, typed)
    popup = field.completer().popup()
    assert popup is not None
    window.until(lambda: popup.isVisible() and popup.model().rowCount() > 0)
    return field, popup


def place_of(popup: QAbstractItemView, row: int) -> QPoint:
    return popup.visualRect(popup.model().index(row, 0)).center()


@pytest.mark.parametrize(("typed", "official"), PICKED)
def test_a_click_gives_the_official_name(window: Driver, typed: str, official: str) -> None:
    field, popup = suggested(window, typed)
    assert popup.model().index(0, 0).data().startswith(official)
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place_of(popup, 0))
    assert field.text() == window.window.session.answers.authority_name == official


@pytest.mark.parametrize(("typed", "official"), PICKED)
def test_the_keyboard_gives_it_too_and_enter_only_closes_the_list(window: Driver, typed: str, official: str) -> None:
    field, popup = suggested(window, typed)
    window.qtbot.keyClick(popup, Qt.Key.Key_Down)
    window.qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert window.page == "page_authority"
    assert field.text() == window.window.session.answers.authority_name == official
    window.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.page == "page_check"


def test_every_suggestion_is_reached(window: Driver) -> None:
    field, popup = suggested(window, "sint")
    shown = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert len(shown) == 8
    walked = []
    for _ in shown:
        window.qtbot.keyClick(popup, Qt.Key.Key_Down)
        walked.append(field.text())
    assert [name.startswith(official) for name, official in zip(shown, walked, strict=True)] == [True] * 8


def test_a_suggestion_names_its_type_and_answers_it(window: Driver) -> None:
    """Whatever type was chosen before."""
    _, popup = suggested(window, "torhout", "brusselse_gemeente")
    shown = [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())]
    assert shown == ["Torhout: gemeente", "AGB in Torhout"]
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place_of(popup, 1))
    answers = window.window.session.answers
    assert (answers.authority, answers.authority_name) == ("agb", "AGB Torhout")
    assert chosen(window) == ["authority_agb"]
    window.next()
    assert window.page == "page_check"
    assert not window.shows("finding_municipality_as_other")


def test_whoever_types_on_has_not_picked_its_type(window: Driver) -> None:
    field, popup = suggested(window, "torhout", "brusselse_gemeente")
    window.qtbot.keyClick(popup, Qt.Key.Key_Down)
    assert chosen(window) == ["authority_vlaamse_gemeente"]
    window.qtbot.keyClicks(field, " x")
    assert chosen(window) == ["authority_brusselse_gemeente"]
    assert window.window.session.answers.authority == "brusselse-gemeente"


def test_what_is_chosen_after_the_suggestion_counts(window: Driver) -> None:
    field, popup = suggested(window, "ixel")
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place_of(popup, 0))
    assert chosen(window) == ["authority_brusselse_gemeente"]
    window.click("authority_vlaamse_gemeente")
    window.qtbot.keyClick(field, Qt.Key.Key_End)
    window.qtbot.keyClick(field, Qt.Key.Key_Space)
    assert chosen(window) == ["authority_vlaamse_gemeente"]
    window.next()
    assert window.shows("finding_wrong_region")
    window.next()
    assert window.page == "page_check"
    window.click("correct_wrong_region")
    window.next()
    assert window.text("form_link") == EXPECTED_LINKS["brusselse-gemeente", "invoerder"]


def test_a_digit_alone_chooses_the_type_and_a_postal_code_does_not(window: Driver) -> None:
    field, _ = suggested(window, "3")
    window.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen(window) == ["authority_agb"]
    assert field.text() == ""
    assert window.page == "page_authority"
    window.qtbot.keyClicks(field, "8820")
    window.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.page == "page_check"
    assert window.window.session.answers.authority == "agb"


def chosen(window: Driver) -> list[str]:
    made = window.find("page_authority").findChildren(QRadioButton)
    return [one.objectName() for one in made if one.isChecked()]


def test_the_users_organisations_and_recent_ones_are_one_click(services: Services, window: Driver) -> None:
    services.remember(administrator_of=("AGB De Kring", "Podium Voorbeeld vzw"))
    window.walk("form", "raadpleger", "economische-actor", "Podium Voorbeeld vzw")
    window.click("save_button")
    window.until(lambda: window.window.session.saved_reference != "")
    window.click("next_button")
    suggested(window, "a")
    window.until(lambda: window.text("authority_known_2") == "Podium Voorbeeld vzw: economische actor")
    assert window.text("authority_known_1") == "AGB De Kring"
    window.click("authority_known_2")
    answers = window.window.session.answers
    assert (answers.authority, answers.authority_name) == ("economische-actor", "Podium Voorbeeld vzw")
    window.next()
    assert window.page == "page_check"


def test_while_practising_nobodys_organisations_are_shown(
    services: Services, open_window: Callable[[], Driver]
) -> None:
    services.remember(administrator_of=("AGB De Kring",))
    services.mode = Mode.TRAINING
    window = open_window()
    window.walk("form", "raadpleger", "agb", "AGB De Kring", to="check")
    window.click("change_authority")
    assert not window.shows("authority_known_1")
