"""Suggestions for the name of a municipality: what is picked is the official name, and nothing else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit

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


def test_a_brussels_municipality_picked_for_a_flemish_one_is_stopped_and_corrected(window: Driver) -> None:
    _, popup = suggested(window, "ixel")
    QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place_of(popup, 0))
    window.next()
    assert window.shows("finding_wrong_region")
    window.next()
    assert window.page == "page_check"
    window.click("correct_wrong_region")
    window.next()
    assert window.text("form_link") == EXPECTED_LINKS["brusselse-gemeente", "invoerder"]
