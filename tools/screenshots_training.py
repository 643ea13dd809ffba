"""The training part of the screenshots: each screen of the training room, in the window as it is used."""

from __future__ import annotations

from tools.tour import Tour


def walk(tour: Tour) -> None:
    """Choose, play by hand, be judged; then an exam, its results, and the presenter's view."""
    window = tour.window
    window.train()
    tour.picture("9-training-choose")
    tour.find("training_scenarios").setCurrentRow(0)  # type: ignore[attr-defined]
    tour.click("training_play", "training_ask_number")
    tour.picture("9-training-wizard")
    tour.click("situation_manual", "next_button")
    tour.type("applicant_name", "Joris Oefenmans")
    tour.type("register_number", "84031299938")
    tour.picture("9-training-applicant")
    tour.click("next_button", "role_raadpleger", "next_button", "authority_vlaamse_gemeente")
    tour.type("authority_name", "Torhout")
    tour.click("next_button")
    tour.picture("9-training-beyond")
    tour.click("training_label_no", "training_module_0", "training_beyond_next")
    tour.click("training_practice_button")
    tour.picture("9-training-drawing-home")
    tour.click("training_open_grant")
    tour.type("training_field_name", "Joris Oefenmans")
    tour.click("training_search_name")
    tour.picture("9-training-drawing-search")
    tour.click("training_pick_0", "training_organisation_0")
    tour.picture("9-training-drawing-grant")
    tour.click("training_confirm")
    tour.picture("9-training-drawing-notice")
    tour.click("training_presenter_button")
    tour.picture("9-training-presenter", "training_presenter")
    tour.click("training_presenter_close", "training_check", "cancel_leave")
    tour.picture("9-training-feedback")
    tour.click("training_results_button")
    tour.picture("9-training-results")
    tour.click("training_choose_button", "training_start_exam")
    tour.picture("9-training-exam")
