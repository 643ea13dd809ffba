"""A copy button answers in itself, and nothing moves by it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit.desktop import CopyButton
from tests.ui.conftest import Driver
from tests.ui.helpdesk import Desk


def places(window: Driver) -> dict[str, QRect]:
    """Where each named widget stands in the window."""
    shown = (made for made in window.window.findChildren(QWidget) if made.isVisible() and made.objectName())
    return {made.objectName(): QRect(made.mapTo(window.window, QPoint(0, 0)), made.size()) for made in shown}


def copy(window: Driver, name: str) -> None:
    """Scroll there, click, look that nothing moves, and let the two seconds pass."""
    button = window.find(name)
    for area in window.window.findChildren(QScrollArea):
        if area.isAncestorOf(button):
            area.ensureWidgetVisible(button)
    QApplication.processEvents()
    before, words = places(window), window.text(name)
    window.click(name)
    QApplication.processEvents()
    assert window.text(name) != words
    assert places(window) == before
    (over,) = window.find(name).findChildren(QTimer)
    assert over.isActive()
    assert over.interval() == 2000
    over.timeout.emit()
    QApplication.processEvents()
    assert window.text(name) == words
    assert places(window) == before


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_each_copy_button_of_a_result_says_it_itself(window: Driver, services: Services, language: str) -> None:
    window.window.set_language(language)
    QApplication.processEvents()
    window.walk("form", "invoerder", "agb", "AGB Torhout")
    QApplication.processEvents()
    copy(window, "copy_link_button")
    window.click("copy_link_button")
    assert window.text("copy_link_button") == Texts(language)("result.copied_short")


def test_values_of_steps_and_the_number_answer_too(window: Driver, services: Services) -> None:
    window.walk("manual", "invoerder", "agb", "AGB Torhout")
    QApplication.processEvents()
    for name in ("copy_number", "copy_module"):
        copy(window, name)
    window.click("copy_number")
    assert window.text("copy_number") == services.texts("result.copied_for", count=20)


def test_the_helpdesk_copies_by_button_and_key_without_moving(desk: Desk) -> None:
    desk.choose("administrator", "raadpleger", "agb")
    QApplication.processEvents()
    copy(desk, "copy_link_button")
    copy(desk, "copy_ticket_button")
    desk.ctrl("l")
    assert desk.text("copy_link_button") == "Gekopieerd"
    desk.ctrl("f")
    drawer = desk.find("reference_drawer")
    desk.until(lambda: any(made.height() for made in drawer.findChildren(CopyButton)))
    copy(desk, next(name for name in places(desk) if name.startswith("reference_copy_")))


def test_a_key_that_copies_is_answered_where_its_button_is_out_of_sight(desk: Desk) -> None:
    desk.window.resize(1000, 380)
    side = desk.find("call_side")
    assert isinstance(side, QScrollArea)
    desk.until(lambda: desk.find("copy_ticket_button").visibleRegion().isEmpty())
    desk.ctrl("t")
    assert QApplication.clipboard().text().startswith("CCinC-toegang")
    assert desk.text("call_status") == "De tickettekst is gekopieerd."
    assert desk.find("copy_ticket_button").visibleRegion().isEmpty(), "nothing moves"
    side.ensureWidgetVisible(desk.find("copy_ticket_button"))
    QApplication.processEvents()
    desk.choose("applicant")
    desk.ctrl("t")
    assert desk.text("copy_ticket_button") == "Gekopieerd"
    assert not desk.shows("call_status")
