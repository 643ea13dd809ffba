"""What the walk of a screen reader does not reach and must be large enough as well."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QTableView

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.ui.kit.theme import TARGET
from tests.ui.conftest import Driver


def test_suggestions_are_targets_as_well(window: Driver) -> None:
    window.click("situation_form")
    window.next()
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.next()
    window.click("role_invoerder")
    window.next()
    window.type("authority_name", "Ukkel")
    popup = window.window.findChild(QLineEdit, "authority_name").completer().popup()
    window.until(lambda: popup.isVisible() and popup.model().rowCount() > 0)
    rows = [popup.visualRect(popup.model().index(row, 0)) for row in range(popup.model().rowCount())]
    assert min(row.height() for row in rows) >= TARGET


def test_rows_of_a_drop_down_are_targets_as_well(window: Driver) -> None:
    choice = window.window.show_log().findChild(QComboBox, "log_status_filter")
    choice.showPopup()
    rows = [choice.view().visualRect(choice.model().index(row, 0)) for row in range(choice.count())]
    choice.hidePopup()
    assert min(row.height() for row in rows) >= TARGET


@pytest.mark.parametrize("language", languages())
def test_headings_of_the_log_are_whole(language: str, services: Services, open_window: Callable[[], Driver]) -> None:
    services.texts = Texts(language)
    window = open_window()
    window.window.show_log()
    headings = window.window.findChild(QTableView, "log_table").horizontalHeader()
    needed = [headings.sectionSizeHint(place) for place in range(headings.count())]
    assert all(headings.sectionSize(place) >= least for place, least in enumerate(needed)), (needed, language)
