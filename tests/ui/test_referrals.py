"""An answer that leads away from the check page, given from the check page."""

from __future__ import annotations

import pytest

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
