"""The installed program as people see it: the `windows` plugin under Wine 10, by mouse, keyboard and object names."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from winbuild.plan import NAME, Plan, UnavailableError, files_in
from window import debian, wine_screen
from window.wine_screen import PROGRAM, NotSeenError, WineScreen

from ccinc_wizard.content.texts import Texts
from tests.expected_links import EXPECTED_LINKS
from tests.packaging.builds import STORE

pytestmark = pytest.mark.wine

WORDS = Texts("nl")
IN_USE = 1618 % 256
"""Wine passes on the lowest eight bits of an exit code."""
TITLE = "CCinC"
LINK = EXPECTED_LINKS["vlaamse-gemeente", "invoerder"]


@pytest.fixture(scope="module")
def desk(built: Plan, older: Plan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WineScreen]:
    """A fresh Windows, with the older version installed."""
    if reason := debian.why_not():
        pytest.skip(reason)
    store = os.environ.get(STORE)
    folder = (Path(store) if store else tmp_path_factory.mktemp("debian")) / "debian13"
    shared, pictures = tmp_path_factory.mktemp("shared"), tmp_path_factory.mktemp("pictures")
    try:
        debian.make(folder)
        with debian.opened(folder, shared) as inside, wine_screen.made(inside, pictures) as made:
            for plan, name in ((built, "setup.exe"), (older, "older.exe")):
                shutil.copyfile(plan.setup, shared / name)
            assert made.wine(r"Z:\mnt\older.exe", "/S").returncode == 0
            yield made
    except UnavailableError as reason:
        pytest.skip(str(reason))


@pytest.fixture(autouse=True)
def _picture(desk: WineScreen, request: pytest.FixtureRequest) -> Iterator[None]:
    """A picture of the screen where a check fails, and nothing open for the next one."""
    failed = request.session.testsfailed
    yield
    if request.session.testsfailed > failed:
        print(f"Picture: {desk.picture(request.node.name)}")
    for _ in range(3):
        if not opened(desk):
            return
        desk.keys("alt+F4")
    desk.quit()


def opened(desk: WineScreen) -> bool:
    """Whether a window of the program or of its setup is there."""
    return any(TITLE in title for title in desk.titles())


def start(desk: WineScreen, *arguments: str) -> None:
    """Open the window, and wait until it is there and its menus are filled."""
    desk.open("--lang", "nl", *arguments)
    desk.wait("no window", lambda: opened(desk))
    desk.wait("not all there", lambda: (desk.data / "window.lock").exists())


def close(desk: WineScreen) -> None:
    """Close the window as people do."""
    desk.keys("alt+F4")
    desk.wait("the window stays", lambda: not opened(desk))


def at(desk: WineScreen, page: str) -> bool:
    """Whether this page of the wizard is open: its title is the window's."""
    return any(title.startswith(WORDS(f"wizard.{page}.title")) for title in desk.titles())


def to(desk: WineScreen, page: str) -> None:
    """Press Enter until this page is open: the first one may only take a suggestion."""
    for _ in range(3):
        desk.keys("Return")
        with suppress(NotSeenError):
            desk.wait(f"not at {page}", lambda: at(desk, page), 8)
            return
    raise NotSeenError(f"not at {page}; windows: {desk.titles()}")


def answer(desk: WineScreen, situation: int, name: str, number: str = "") -> None:
    """Answer the wizard's questions by digits and letters, to the page on which one checks them."""
    desk.keys(str(situation))
    to(desk, "applicant")
    desk.write(name)
    if number:
        desk.keys("Tab")
        desk.write(number)
    to(desk, "role")
    desk.keys("1")
    to(desk, "authority")
    desk.write("Gent")
    desk.keys("Down")  # into what is suggested
    to(desk, "check")


def to_result(desk: WineScreen) -> None:
    """From the page on which one checks to the last one."""
    desk.keys("Return")
    desk.wait("no result", lambda: opened(desk) and not at(desk, "check"))


def test_a_setup_and_an_uninstaller_leave_an_open_window_alone(desk: WineScreen) -> None:
    before = files_in(desk.program)
    start(desk)
    assert desk.wine(r"Z:\mnt\setup.exe", "/S").returncode == IN_USE
    assert desk.wine(rf"{PROGRAM}\uninstall.exe", "/S", f"_?={PROGRAM}").returncode == IN_USE
    assert files_in(desk.program) == before
    close(desk)


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


def test_a_request_by_the_form_leads_to_the_link_and_into_the_log(desk: WineScreen) -> None:
    start(desk)
    answer(desk, 1, "An Peeters")
    to_result(desk)
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
    assert sum(TITLE in title for title in desk.titles()) == 1
    close(desk)


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


def test_what_was_typed_comes_back_after_closing(desk: WineScreen) -> None:
    start(desk)
    desk.keys("2")
    to(desk, "applicant")
    desk.write("Lieve Voorbeeldt")
    close(desk)
    assert "Lieve Voorbeeldt" in (desk.data / "draft.json").read_text(encoding="utf-8")
    start(desk)
    # It is offered at the foot of the window, never slipped in.
    desk.click("undo_button")
    desk.wait("not at applicant", lambda: at(desk, "applicant"))
    desk.click("applicant_name")
    desk.keys("ctrl+a", "ctrl+c")
    desk.wait("the name is gone", lambda: desk.clipboard() == "Lieve Voorbeeldt")
    close(desk)
    (desk.data / "draft.json").unlink()


@pytest.mark.parametrize("dots", [96, 144])
def test_at_each_scale_nothing_stands_outside(desk: WineScreen, dots: int) -> None:
    key = r"HKCU\Control Panel\Desktop"
    desk.wine("reg", "add", key, "/f", "/v", "LogPixels", "/t", "REG_DWORD", "/d", str(dots))
    desk.quit()
    try:
        start(desk)
        width, height = map(int, desk.run("xdotool", "getdisplaygeometry").stdout.split())
        found = {one.name: one for one in desk.controls()}
        for name in ("main_window", "next_button", "cancel_button", "title_situation"):
            one = found[name]
            assert one.shown, one
            assert one.left >= 0, one
            assert one.left + one.width <= width, one
            assert one.top + one.height <= height, one
        close(desk)
    finally:
        desk.wine("reg", "delete", key, "/f", "/v", "LogPixels")
        desk.quit()


def test_policies_are_followed(desk: WineScreen) -> None:
    key = r"HKCU\Software\Policies\CCinC\AccessWizard"
    laid_down = {"Language": ("REG_SZ", "fr"), "Mode": ("REG_SZ", "helpdesk"), "OpenLinks": ("REG_DWORD", "0")}
    for name, (kind, value) in laid_down.items():
        desk.wine("reg", "add", key, "/f", "/v", name, "/t", kind, "/d", value)
    try:
        start(desk)
        assert not any(title.endswith(WORDS("app.title")) for title in desk.titles())
        desk.keys("ctrl+comma")
        desk.find("policy_settings_language")
        close(desk)
    finally:
        desk.wine("reg", "delete", r"HKCU\Software\Policies\CCinC", "/f")


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
