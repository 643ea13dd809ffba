"""The helpdesk part of the screenshots: both views of a call, and the tools beside it."""

from __future__ import annotations

from tools.tour import Tour


def walk(tour: Tour) -> None:
    """A call page by page, then one on one screen, with what opens beside it; and the count of both."""
    from ccinc_wizard.domain.enums import Mode

    window = tour.window
    window.set_mode(Mode.HELPDESK)
    tour.picture("10-call-who")
    tour.click("call_caller_administrator")
    tour.picture("10-call-role")
    tour.click("call_role_invoerder")
    tour.picture("10-call-authority")
    tour.click("call_authority_brusselse_gemeente")
    tour.picture("10-call-result")
    tour.click("call_view_button")
    tour.picture("11-one-screen-link")
    tour.click("call_situation_manual")
    tour.type("call_note", "Belt terug na 14 uur.")
    tour.type("call_organisation", "Torhout")
    tour.picture("11-one-screen-manual")
    tour.click("call_park_button")
    tour.click("call_caller_someone_else")
    tour.picture("11-one-screen-someone-else")
    tour.click("call_park_button", "pick_up_1", "call_situation_form", "correct_wrong_region", "reference_button")
    tour.type("reference_search", "label")
    tour.picture("12-reference")
    tour.click("reference_close", "spell_button")
    tour.picture("12-spelled-link", "spelled_link")
    tour.click("spelled_link_close", "check_number_button")
    tour.type("checked_number", "85073003328")
    tour.picture("12-number-check", "number_check")
    tour.click("number_check_close", "call_next_button")
    tour.picture("11-one-screen-start")
    tour.click("call_counts_button")
    tour.picture("13-counts")
