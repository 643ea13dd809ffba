"""An answer that leads away from the check page, given from the check page."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from ccinc_wizard.app.services import Services
from tests.ui.conftest import Driver


def test_a_correction_into_none_of_these_leads_to_help_and_back(window: Driver) -> None:
    window.walk("form", "invoerder", "economische-actor", "OCMW Gent", to="check")
    window.click("correct_none_fits")
    assert window.page == "page_result"
    assert not window.shows("form_link")
    window.click("back_button")
    assert window.page == "page_authority"
    assert window.text("authority_name") == "OCMW Gent"
    window.click("authority_agb")
    window.next()
    assert window.page == "page_check"


@pytest.mark.parametrize(
    ("change", "unknown", "known", "before"),
    [
        ("change_role", "role_unknown", "role_raadpleger", "page_applicant"),
        ("change_authority", "authority_unknown", "authority_agb", "page_role"),
    ],
)
def test_a_change_into_i_do_not_know_can_be_left_both_ways(
    window: Driver, change: str, unknown: str, known: str, before: str
) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Kring", to="check")
    window.click(change)
    window.click(unknown)
    window.click("back_button")
    assert window.page == before
    window.next()
    assert window.page == "page_result"
    assert not window.shows("form_link")
    window.click("back_button")
    window.click(known)
    window.next()
    assert window.page == "page_check"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were opened outside the program."""
    addresses: list[str] = []

    def note(address: QUrl) -> bool:
        addresses.append(address.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    return addresses


@pytest.mark.parametrize("step", ["role", "authority"])
def test_i_do_not_know_ends_with_a_ready_mail_to_who_knows(window: Driver, step: str, opened: list[str]) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Kring", to="check")
    window.click(f"change_{step}")
    window.click(f"{step}_unknown")
    window.next()
    window.click("ask_applicant_button")
    window.click("mail_button")
    to_applicant, to_team = map(unquote, opened)
    assert to_applicant.startswith("mailto:?subject=")
    assert to_team.startswith("mailto:ccinc@vlaanderen.be?subject=")
    assert "AGB De Kring" in to_team if step == "role" else "Invoerder" in to_team
    assert not any("Lieve" in mail for mail in (to_applicant, to_team))


def test_none_of_these_is_for_the_team_alone(window: Driver, opened: list[str]) -> None:
    window.walk("form", "invoerder", "economische-actor", "OCMW Gent", to="check")
    window.click("correct_none_fits")
    assert not window.shows("ask_applicant_button")
    window.click("mail_button")
    assert unquote(opened[0]).startswith("mailto:ccinc@vlaanderen.be")


@pytest.mark.parametrize("situation", ["manual", "task"])
def test_the_work_and_the_contacts_open_with_one_click(
    window: Driver, services: Services, situation: str, opened: list[str]
) -> None:
    window.walk(situation, "raadpleger", "agb", "AGB De Kring")
    for name in ("open_portal_button", "call_line", "call_team", "write_team", "open_manual"):
        window.click(name)
    places = services.catalog.places
    assert opened[0] == places.portal
    assert opened[1:3] == ["tel:1700", "tel:025534226"]
    assert unquote(opened[3]).startswith("mailto:ccinc@vlaanderen.be")
    assert opened[4] == places.manual
    assert window.shows("companion_button")


def test_where_nothing_may_be_opened_the_buttons_are_off(window: Driver, services: Services) -> None:
    services.remember(open_links=False)
    window.walk("manual", "raadpleger", "agb", "AGB De Kring")
    assert not window.find("open_portal_button").isEnabled()
    assert not window.shows("open_manual")


def test_the_code_is_shown_when_it_is_wanted(window: Driver) -> None:
    window.walk("form", "raadpleger", "agb", "AGB De Kring")
    assert not window.shows("qr_code")
    window.click("show_qr_button")
    assert window.shows("qr_code")
    window.click("show_qr_button")
    assert not window.shows("qr_code")


def test_the_confirmation_is_told_once(window: Driver) -> None:
    window.walk("form", "raadpleger", "agb", "AGB De Kring")
    told = [shown.text() for shown in window.window.findChildren(QLabel) if shown.isVisible()]
    assert sum("bevestigingsmail" in text for text in told) == 1


def test_what_to_check_beforehand_is_told_and_not_ticked(window: Driver) -> None:
    window.walk("manual", "raadpleger", "agb", "AGB De Kring", to="check")
    assert isinstance(window.find("precheck_work_relation"), QLabel)
