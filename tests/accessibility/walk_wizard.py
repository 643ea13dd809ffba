"""The wizard from its first page to the result, which is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.accessibility.reader import Reader


def walk(reader: Reader, situation: str) -> None:
    """Each page as it opens, with nothing filled in, and filled in; to the result, which is saved."""

    def refused(page: str) -> None:
        reader.look(page, tab=True)
        reader.press("next_button")
        reader.need("error_summary")
        reader.look(f"{page} refused", tab=True)

    refused("situation")
    reader.press(f"situation_{situation}")
    reader.go_on("applicant")
    if situation == "manual":
        refused("applicant")
        reader.write("register_number", "85073003328")
    else:
        reader.look("applicant", tab=True)
    reader.write("applicant_name", "Lieve Voorbeeldt")
    reader.go_on("role")
    refused("role")
    reader.press("role_invoerder")
    reader.go_on("authority")
    refused("authority")
    reader.press("authority_brusselse_gemeente")
    reader.write("authority_name", "Etterbeek")
    reader.go_on("check")
    if situation != "form":
        reader.press("administrator_yes")
    reader.look("check", tab=True)
    # Back to what is done, at the side.
    reader.press("steps_authority_back")
    reader.need("authority_name")
    reader.go_on("check")
    reader.go_on("result")
    if situation == "form":
        reader.press("show_qr_button")
        reader.need("qr_code")
    reader.look("result", tab=True)
    before = len(reader.announced)
    reader.press("copy_link_button" if situation == "form" else "copy_portal")
    reader.wait_for("news of the copying", lambda: len(reader.announced) > before)
    before = len(reader.announced)
    reader.press("save_button")
    # That it is being saved, and that it is.
    reader.wait_for("news of the saving", lambda: len(reader.announced) >= before + 2)
    reader.look("result saved", tab=True)
    # What was saved waits beside the first question.
    reader.press("next_button")
    reader.need("waiting_1")
    reader.look("waiting", tab=True)
