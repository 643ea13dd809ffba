"""The helpdesk's desk: a call to its link, what stands beside it, and the count of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.accessibility.reader import Reader


def walk(reader: Reader, view: str) -> None:
    """A call in this view, then the tools, and a call that is parked and picked up."""
    _call(reader, view)
    if view == "pages":
        _tools(reader)
    _parked(reader)
    if view == "pages":
        _counts(reader)


def _counts(reader: Reader) -> None:
    # A call is counted once it is over.
    reader.press("call_next_button")
    reader.gone("form_link")
    reader.press("call_counts_button")
    reader.need("call_counts_table")
    reader.look("counts", tab=True)
    reader.press("call_counts_back")
    reader.need("helpdesk_desk")


def _call(reader: Reader, view: str) -> None:
    reader.need(f"call_{view}" if view == "one_screen" else "call_one_page")
    reader.look("caller", tab=True)
    for asked, answer in (("role", "caller_administrator"), ("authority", "role_invoerder")):
        reader.press(f"call_{answer}")
        reader.need(f"call_{asked}_{'raadpleger' if asked == 'role' else 'agb'}")
        reader.look(asked, tab=True)
    reader.press("call_authority_brusselse_gemeente")
    reader.need("form_link")
    reader.write("call_organisation", "Elsene")
    reader.write("call_note", "Belt terug na 14 uur.")
    reader.look("result", tab=True)
    reader.write("call_organisation", "Torhout")
    reader.need("correct_wrong_region")
    reader.look("stopped", tab=True)
    reader.write("call_organisation", "Elsene")
    reader.need("copy_link_button")
    before = len(reader.announced)
    reader.press("copy_link_button")
    reader.wait_for("news of the copying", lambda: len(reader.announced) > before)


def _tools(reader: Reader) -> None:
    reader.press("spell_button")
    reader.need("spelled_link_close")
    reader.look("spelled link", within="spelled_link", tab=True)
    reader.press("spelled_link_close")
    reader.gone("spelled_link")
    reader.press("reference_button")
    reader.need("reference_close")
    reader.look("reference", tab=True)
    reader.write("reference_search", "label")
    reader.look("reference found")
    reader.write("reference_search", "qqqq")
    reader.need("reference_nothing")
    reader.press("reference_close")
    reader.gone("reference_close")
    reader.press("check_number_button")
    reader.need("number_check_close")
    reader.look("number check", within="number_check", tab=True)
    reader.write("checked_number", "85073003327")
    reader.need("checked_number_error")
    reader.look("number refused", within="number_check")
    reader.write("checked_number", "85073003328")
    reader.gone("checked_number_error")
    reader.look("number right", within="number_check")
    reader.press("number_check_close")
    reader.gone("number_check")


def _parked(reader: Reader) -> None:
    reader.press("call_park_button")
    reader.need("pick_up_1")
    reader.look("parked", tab=True)
    reader.press("pick_up_1")
    reader.need("form_link")
    reader.look("picked up", tab=True)
