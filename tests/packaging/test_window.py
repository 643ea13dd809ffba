"""The installed program as people see it: the `windows` plugin under Wine 10, by mouse, keyboard and object names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from winbuild.plan import NAME, Plan, files_in
from window.wine_screen import PROGRAM, WineScreen

from tests.expected_links import EXPECTED_LINKS
from tests.packaging.windowed import TITLE, answer, at, close, opened, start, to, to_result

pytestmark = [pytest.mark.wine, pytest.mark.usefixtures("picture")]

IN_USE = 1618 % 256
"""Wine passes on the lowest eight bits of an exit code."""
ICON_BLUE = 0xFF1D4F7C
LINK = EXPECTED_LINKS["vlaamse-gemeente", "invoerder"]


SETUP, UNINSTALLER = (r"Z:\mnt\setup.exe",), (rf"{PROGRAM}\uninstall.exe", f"_?={PROGRAM}")


def test_a_setup_and_an_uninstaller_leave_an_open_window_alone(desk: WineScreen) -> None:
    before = files_in(desk.program)
    start(desk)
    for program, *place in (SETUP, UNINSTALLER):
        assert desk.wine(program, "/S", *place).returncode == IN_USE
    for words in (SETUP, UNINSTALLER):
        by_hand = desk.debian.begin("wine", *words, env=desk.env)
        desk.wait("no setup", lambda: ours(desk) > 1)
        desk.keys("Return")
        desk.wait("nobody is asked to close it", lambda: ours(desk) > 2)
        desk.keys("Escape")
        assert by_hand.wait(timeout=60) == IN_USE
    assert files_in(desk.program) == before
    close(desk)


def ours(desk: WineScreen) -> int:
    """How many windows there are of the program and of its setup."""
    return sum(TITLE in title for title in desk.titles())


def test_the_setup_by_hand_replaces_the_older_version_and_says_where(desk: WineScreen) -> None:
    desk.debian.begin("wine", r"Z:\mnt\setup.exe", env=desk.env)
    desk.wait("no setup", lambda: opened(desk))
    desk.keys("Return")
    desk.wait("not installed", lambda: (desk.program / "_internal" / "language").exists())
    desk.wait("no last page", lambda: (desk.program / "uninstall.exe").exists())
    assert not (desk.program / "_internal" / "of-the-past.txt").exists()


def test_selftest_finds_nothing_wrong_on_the_platform_that_the_user_has(desk: WineScreen) -> None:
    checked = desk.command("selftest")
    assert checked.returncode == 0, checked.stdout


def test_a_screen_reader_is_given_what_these_tests_look_at(desk: WineScreen) -> None:
    start(desk)
    desk.wait("not at the beginning", lambda: at(desk, "situation"))
    looked = desk.windows()
    assert any(one.name == "next_button" for window in looked for one in window)
    assert desk.heard() == looked
    close(desk)


def test_a_request_by_the_form_leads_to_the_link_and_into_the_log(desk: WineScreen) -> None:
    start(desk)
    answer(desk, 1, "An Peeters")
    to_result(desk)
    desk.find("open_link_button")  # which a policy can grey
    desk.click("copy_link_button")
    desk.wait("the link is not on the clipboard", lambda: desk.clipboard() == LINK)
    desk.click("save_button")
    desk.wait("nothing is saved", (desk.data / "log" / "log.db").exists)
    close(desk)
    found = desk.command("log", "list", "--search", "gent").stdout
    assert "An Peeters" in found


@pytest.mark.parametrize("situation", [2, 3])
def test_the_other_two_ways_lead_to_what_one_does_oneself(desk: WineScreen, situation: int) -> None:
    start(desk)
    answer(desk, situation, "Bo Maes", "85.07.30-033.28")
    desk.click("administrator_yes")
    to_result(desk)
    close(desk)


def test_a_second_start_ends_by_itself_and_leaves_one_window(desk: WineScreen) -> None:
    start(desk)
    assert desk.open("--lang", "nl").wait(timeout=300) == 0
    assert ours(desk) == 1
    close(desk)


def test_the_window_tells_the_desktop_the_programs_own_icon(desk: WineScreen) -> None:
    start(desk)
    [window] = desk.run("xdotool", "search", "--onlyvisible", "--name", TITLE).stdout.split()
    desk.wait("another icon", lambda: icon_sides(desk.run("obxprop", "--id", window).stdout) >= {16, 32})
    close(desk)


def icon_sides(properties: str) -> set[int]:
    """Of the pictures for title bar and task switcher, those in the blue of ours: how wide they are."""
    [numbers] = re.findall(r"^_NET_WM_ICON\(.*?= (.*)$", properties, re.MULTILINE) or ["0, 0"]
    left, found = [*map(int, numbers.split(", "))], set()
    while left:
        wide, high, *left = left
        if ICON_BLUE in left[: wide * high]:
            found.add(wide)
        left = left[wide * high :]
    return found


def test_the_desktops_dark_theme_is_followed(desk: WineScreen) -> None:
    start(desk)
    light = desk.brightness()
    key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
    set_light = ("reg", "add", key, "/f", "/v", "AppsUseLightTheme", "/t", "REG_DWORD", "/d")
    try:
        desk.wine(*set_light, "0")
        desk.wine(r"Z:\mnt\announce.exe")
        desk.wait("it stays light", lambda: desk.brightness() < light / 2)
        assert desk.titles() == desk.titles()[:1]  # no window that tells of an error
    finally:
        desk.wine(*set_light, "1")
    close(desk)


def copied(desk: WineScreen, text: str) -> None:
    """Wait until the field holds this text: it is taken to the clipboard, with whatever was there before gone."""
    desk.run("xclip", "-selection", "clipboard", "/dev/null")
    desk.keys("ctrl+a", "ctrl+c")
    desk.wait(f"the field does not hold {text}", lambda: desk.clipboard() == text)


def test_what_was_typed_comes_back_after_closing(desk: WineScreen) -> None:
    start(desk)
    desk.keys("2")
    to(desk, "applicant")
    desk.write("Lieve Voorbeeldt")
    # Wine lets what closes a window overtake keys that still wait.
    copied(desk, "Lieve Voorbeeldt")
    close(desk)
    assert "Lieve Voorbeeldt" in (desk.data / "draft.json").read_text(encoding="utf-8")
    start(desk)
    # It is offered at the foot of the window, never slipped in.
    desk.click("undo_button")
    desk.wait("not at applicant", lambda: at(desk, "applicant"))
    desk.click("applicant_name")
    copied(desk, "Lieve Voorbeeldt")
    close(desk)
    (desk.data / "draft.json").unlink()


def test_a_stick_names_nobody(desk: WineScreen, built: Plan, tmp_path: Path) -> None:
    stick = desk.debian.shared / "stick"
    shutil.unpack_archive(built.dist / f"{NAME}-{built.version}-portable.zip", stick)
    [folder] = stick.iterdir()
    desk.debian.begin("wine", rf"Z:\mnt\stick\{folder.name}\{NAME}w.exe", env=desk.env)
    desk.wait("no window", lambda: opened(desk))
    desk.keys("2")
    desk.keys("Return")
    desk.wait("still the first page", lambda: len(set(desk.titles())) == 1 and not at(desk, "situation"))
    desk.write("Lieve Voorbeeldt")
    close(desk)
    held = b"".join(path.read_bytes() for path in files_in(folder / "data"))
    assert b"Voorbeeldt" not in held
    assert list((folder / "data").glob("draft-*.sealed"))


def test_an_uninstaller_takes_all_but_the_log(desk: WineScreen) -> None:
    assert desk.wine(rf"{PROGRAM}\uninstall.exe", "/S", f"_?={PROGRAM}").returncode == 0
    assert {path.name for path in files_in(desk.program)} <= {"uninstall.exe"}
    assert desk.data.is_dir()
