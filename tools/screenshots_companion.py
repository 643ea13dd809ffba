"""The companion's part of the screenshots: one step, all steps, the end, and the request left half-way in the log."""

from __future__ import annotations

from tools.tour import Tour

WINDOW = "companion_window"


def walk(tour: Tour) -> None:
    """From the result page of the manual route, with a label due."""
    tour.click("companion_button")
    tour.picture("6-companion-one", WINDOW)
    tour.click("companion_done", "companion_copy_number")
    tour.wait(300)
    tour.picture("6-companion-number", WINDOW)
    tour.click("companion_view")
    tour.picture("6-companion-all", WINDOW)
    tour.find(WINDOW).close()  # type: ignore[attr-defined]
    tour.wait(300)
    tour.window.show_log(due=True)
    tour.wait(600)
    tour.picture("6-companion-half-way")
    tour.window.show_wizard()
    tour.wait(60)
    tour.click("companion_button", "companion_view", *["companion_done"] * 8)
    tour.wait(300)
    tour.picture("6-companion-ending", WINDOW)
    tour.click("companion_to_granted")
    tour.wait(300)
    tour.picture("6-companion-granted", WINDOW)
    tour.click("companion_close")
