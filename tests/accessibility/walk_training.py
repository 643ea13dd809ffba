"""The training room: an exercise from the list to its feedback and the results."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.accessibility.reader import Reader


def walk(reader: Reader, _: str) -> None:
    """The first exercise, played with the drawn screens."""
    reader.need("training_scenarios")
    reader.look("chooser", tab=True)
    reader.press("training_play")
    reader.need("training_said")
    reader.press("training_ask_number")
    reader.need("training_number")
    reader.look("exercise", tab=True)
    _answer(reader)
    _practise(reader)
    reader.press("training_presenter_button")
    reader.need("training_presenter_close")
    reader.look("presenter", within="training_presenter", tab=True)
    reader.press("training_presenter_close")
    reader.gone("training_presenter")
    reader.press("training_check")
    reader.press("cancel_leave")
    reader.need("training_score")
    reader.look("feedback", tab=True)
    reader.press("training_results_button")
    reader.need("training_table")
    reader.look("results", tab=True)


def _answer(reader: Reader) -> None:
    reader.press("situation_manual")
    reader.go_on("applicant")
    reader.look("applicant", tab=True)
    reader.write("applicant_name", "Joris Oefenmans")
    reader.write("register_number", "84031299938")
    reader.go_on("role")
    reader.press("role_raadpleger")
    reader.go_on("authority")
    reader.press("authority_vlaamse_gemeente")
    reader.write("authority_name", "Torhout")
    reader.press("next_button")
    reader.need("training_beyond_next")
    reader.look("beyond", tab=True)
    reader.press("training_beyond_next")
    reader.need("training_label_error")
    reader.look("beyond refused", tab=True)
    reader.press("training_label_no")
    reader.press("training_module_0")
    reader.press("training_beyond_next")
    reader.need("page_check")


def _practise(reader: Reader) -> None:
    reader.press("training_practice_button")
    reader.need("training_open_grant")
    reader.look("drawn home", tab=True)
    reader.press("training_open_grant")
    reader.write("training_field_name", "Joris Oefenmans")
    reader.press("training_search_name")
    reader.need("training_pick_0")
    reader.look("drawn search", tab=True)
    reader.press("training_pick_0")
    reader.press("training_organisation_0")
    reader.look("drawn grant", tab=True)
    reader.press("training_confirm")
    reader.need("training_notice")
    reader.look("drawn notice", tab=True)
