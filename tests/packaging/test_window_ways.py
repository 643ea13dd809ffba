"""The other ways through the real window: the helpdesk, the log, another language, the label, an exercise."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from window.wine_screen import NotSeenError, WineScreen

from ccinc_wizard.content.texts import Texts
from tests.expected_links import EXPECTED_LINKS
from tests.packaging.windowed import at, close, page, start, titled, to, to_result

pytestmark = [pytest.mark.wine, pytest.mark.usefixtures("this_version", "picture")]

LINK = EXPECTED_LINKS["vlaamse-gemeente", "invoerder"]
NUMBER = "85.07.30-033.28"
MARKS = {"ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard"}
"""By which Windows leaves a text out of its clipboard's history."""


def test_the_helpdesk_leads_to_a_link_by_four_letters(desk: WineScreen) -> None:
    start(desk, "--mode", "helpdesk")
    titled(desk, "helpdesk.title")
    desk.keys("a", "f", "v", "i", "ctrl+l")
    desk.wait("the link is not on the clipboard", lambda: desk.clipboard() == LINK)
    close(desk)


def test_another_language_is_chosen_on_the_settings_page(desk: WineScreen) -> None:
    start(desk)
    desk.keys("ctrl+comma")
    titled(desk, "settings.title")
    desk.click("settings_language")
    desk.keys("End", "Return")
    titled(desk, "settings.title", Texts("fr"))
    close(desk)
    (desk.data / "settings.json").unlink()


def to_check(desk: WineScreen) -> None:
    """From the line on the first page to the one on which one checks, with what is asked on the way."""
    for _ in range(5):
        before = page(desk)
        desk.keys("Return")
        desk.wait("no next page", lambda seen=before: page(desk) not in ("", seen))
        if page(desk) == "check":
            return
        if page(desk) == "applicant":
            desk.write("Bo Maes")
            desk.keys("Tab")
            desk.write(NUMBER)
        elif page(desk) == "authority":
            desk.write("De Zaal")
    raise NotSeenError(f"not at check; windows: {desk.titles()}")


@pytest.fixture
def administrator(desk: WineScreen) -> Iterator[None]:
    """Someone who has said to be administrator of these organisations: the program asks it once."""
    settings = desk.data / "settings.json"
    desk.data.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps({"administrator_of": ["Elsene", "De Zaal"]}), encoding="utf-8")
    yield
    settings.unlink()


@pytest.mark.parametrize("authority", ["Brusselse gemeente Elsene", "economische actor"])
@pytest.mark.usefixtures("administrator")
def test_who_needs_the_label_is_told_in_every_situation(desk: WineScreen, authority: str) -> None:
    start(desk)
    for situation in ("formulier", "taak", "manueel"):
        desk.keys("alt+t")
        desk.write(f"invoerder {authority} {situation}")
        to_check(desk)
        to_result(desk)
        desk.find("label_notice")
        if situation != "manueel":
            desk.keys("ctrl+n")
            desk.wait("no new request", lambda: at(desk, "situation"))
    if authority == "economische actor":  # once: the program waits 20 seconds for it
        assert_copied_for_a_while(desk)
    close(desk)


def assert_copied_for_a_while(desk: WineScreen) -> None:
    """A copied number is marked for the clipboard's history, and gone later."""
    desk.click("copy_number")
    desk.wait("the number is not on the clipboard", lambda: NUMBER in desk.clipboard())
    assert set(desk.wine(r"Z:\mnt\clipboard.exe").stdout.splitlines()) >= MARKS
    desk.wait("the number stays on the clipboard", lambda: not desk.clipboard())


def test_an_exercise_is_played_to_its_judgement(desk: WineScreen) -> None:
    start(desk, "--mode", "training")
    desk.click("training_scenarios")
    desk.keys("Home", "Down")  # a request by the form, so without the drawn screens
    desk.click("training_play")
    desk.keys("1")
    to(desk, "applicant")
    desk.write("Fien Voorbeeldt")
    to(desk, "role")
    desk.keys("2")
    to(desk, "authority")
    desk.write("Merelbeke-Melle")
    desk.keys("Down", "Return", "Return")  # into what is suggested, taken, and on
    desk.click("training_label_no", "training_module_0", "training_beyond_next")
    desk.wait("no check page", lambda: at(desk, "check"))
    to_result(desk)
    desk.click("training_check")
    assert desk.find("training_score").text
    close(desk, losing=True)
