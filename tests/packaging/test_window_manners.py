"""How the real window behaves on the desktop: what is dropped on it, its scale and screen, files, themes, policies."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring
from winbuild.plan import CONSOLE_EXE
from window.wine_screen import LOOKS, PROGRAM, Control, NotSeenError, WineScreen, screen

from ccinc_wizard.app.settings import POLICIES
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.requestlog.backup import back_up
from ccinc_wizard.requestlog.log import RequestLog
from tests.expected_links import EXPECTED_LINKS
from tests.packaging.conftest import ROOT
from tests.packaging.windowed import WORDS, answer, clear, close, opened, registry, start, titled, to_result
from tests.requestlog.conftest import Clock, request
from tests.requestlog.postgres import running

pytestmark = [pytest.mark.wine, pytest.mark.usefixtures("this_version", "picture")]

MIDDLE = (500, 400)
LINK = EXPECTED_LINKS["vlaamse-gemeente", "invoerder"]
LOOPBACK = """
import fcntl, socket, struct
switch, up = 0x8914, 1  # SIOCSIFFLAGS, IFF_UP
fcntl.ioctl(socket.socket(), switch, struct.pack("16sh", b"lo", up))
"""
"""Wakes the one network that a Debian in a folder has."""
ROUNDED = 2
"""Pixels by which places within places are rounded at 120 and 144 dots an inch."""
TIGHTEST = ("1366x768", 192)
"""Where an exercise is looked at too; test_on_windows.py walks all other places."""
LAID_DOWN: dict[str, str | int] = {
    "Language": "fr",
    "Mode": "admin",
    "RetentionNamesDays": 31,
    "RetentionRestDays": 62,
    "TeamLogUrl": "postgresql://log.example/ccinc",
    "TeamLogRole": "ccinc_desk",
    "ScenarioFolder": r"Z:\mnt\exercises",
    "OpenLinks": 0,
}
KEPT, PASSPHRASE = r"C:\kept", "een lange zin van vijf woorden"
AGES = {"An Peeters": 70, "Cas Claes": 40, "Bo Maes": 20}
"""For how many days requests have been kept: under the terms that are laid down one goes, and of one the name."""
LIST = """Naam;Rijksregisternummer;Rol;Soort;Inrichtende macht;Situatie
An Peeters;;Invoerder;Vlaamse gemeente;Gent;form
Cas Claes;;Raadpleger;AGB;Kortrijk;form
"""
MAIL = """From: Bo Maes <bo@example.org>
Subject: toegang
Content-Type: text/plain; charset=utf-8

Ik ben Bo Maes van de stad Gent. Graag het recht Raadpleger voor mij.
"""


def test_a_dropped_list_is_saved_and_found_in_the_log_as_one_types(desk: WineScreen) -> None:
    (desk.debian.shared / "list.csv").write_text(LIST, encoding="utf-8")
    start(desk)
    assert desk.drop(r"Z:\mnt\list.csv", MIDDLE) == 0
    titled(desk, "list.title")
    desk.click("batch_save")
    desk.click("batch_yes")
    desk.wait("nothing is saved", (desk.data / "log" / "log.db").exists)
    desk.keys("ctrl+g")
    titled(desk, "logview.title")
    desk.write("claes")
    people = {"An Peeters", "Cas Claes"}
    desk.wait("it shows others", lambda: {one.text for one in desk.controls()} & people == {"Cas Claes"}, LOOKS)
    close(desk)


def test_a_dropped_mail_is_read(desk: WineScreen) -> None:
    (desk.debian.shared / "mail.eml").write_text(MAIL, encoding="utf-8")
    start(desk)
    assert desk.drop(r"Z:\mnt\mail.eml", MIDDLE) == 0
    desk.find("mail_found", "mail_take_over")
    desk.keys("Escape")
    close(desk)


def test_other_colours_of_the_system_are_borne_without_an_error(desk: WineScreen) -> None:
    """Wine has no contrast theme: whatever is set, it answers that there is none. These are the messages of one."""
    start(desk)
    try:
        assert desk.wine(r"Z:\mnt\announce.exe", "black").returncode == 0
        desk.keys("ctrl+comma")
        titled(desk, "settings.title")
    finally:
        desk.wine(r"Z:\mnt\announce.exe", "white")
    close(desk)


def test_files_are_asked_for_in_the_documents_and_then_in_the_folder_used_last(desk: WineScreen) -> None:
    documents, elsewhere = desk.home / "Documents", desk.debian.shared / "elsewhere"
    elsewhere.mkdir()
    start(desk)
    desk.keys("ctrl+b")
    titled(desk, "list.title")
    desk.click("batch_example")
    answer_dialog(desk, "")
    desk.wait("not in the documents", (documents / "ccinc.xlsx").exists)
    desk.click("batch_example")
    answer_dialog(desk, r"Z:\mnt\elsewhere\other.xlsx")
    desk.wait("not where it was said", (elsewhere / "other.xlsx").exists)
    desk.click("batch_example")
    answer_dialog(desk, "")
    desk.wait("not in the folder used last", (elsewhere / "ccinc.xlsx").exists)
    desk.click("batch_choose")
    answer_dialog(desk, "other.xlsx")
    desk.find("batch_table")
    # This Debian's window manager gives nobody the focus after a dialog of Wine's own.
    desk.run("xdotool", "mousemove", *map(str, MIDDLE), "click", "1")
    close(desk)


def test_without_a_printer_the_pdf_is_offered_and_its_whole_path_told(desk: WineScreen) -> None:
    start(desk)
    answer(desk, 1, "An Peeters")
    to_result(desk)
    desk.click("print_button")
    desk.click("paper_print")
    told(desk, WORDS("paper.no_printer"))
    desk.click("paper_pdf")
    answer_dialog(desk, "", "paper.title", others=1)
    told(desk, WORDS("paper.saved", file=r"C:\users\root\Documents\ccinc.pdf"))
    assert (desk.home / "Documents" / "ccinc.pdf").read_bytes().startswith(b"%PDF")
    desk.click("paper_close")
    # This Debian's window manager gives nobody the focus after a dialog of Wine's own.
    desk.run("xdotool", "mousemove", *map(str, MIDDLE), "click", "1")
    close(desk)


def told(desk: WineScreen, words: str) -> None:
    """Wait for the dialog about paper to say so."""
    said: set[str] = set()

    def look() -> bool:
        said.update(one.text for one in desk.controls() if one.name == "paper_status" and one.shown)
        return words in said

    desk.wait(f"it does not say {words}, but {said}", look, LOOKS)


def answer_dialog(desk: WineScreen, name: str, key: str = "list.title", *, others: int = 0) -> None:
    """Save under this name, or the one that is proposed; so many other windows have the same title."""
    title = WORDS(key)
    desk.wait("no file dialog", lambda: desk.titles().count(title) > others)
    if name:
        desk.keys("ctrl+a")
        desk.write(name)
    desk.keys("Return")
    desk.wait("it stays", lambda: desk.titles().count(title) == others)


def test_every_policy_shows_and_counts(desk: WineScreen) -> None:
    assert set(LAID_DOWN) == set(POLICIES)
    french = Texts("fr")
    with policies(desk, **LAID_DOWN):
        start(desk)
        titled(desk, "wizard.situation.title", french)
        desk.keys("ctrl+comma")
        titled(desk, "settings.title", french)
        desk.find("settings_view_title")
        told = {one.name: one.text for one in desk.controls()}
        assert {f"policy_settings_{name}" for name in POLICIES.values()} <= set(told)
        for name, value in (("names_days", "31"), ("rest_days", "62"), ("team_log_url", "log.example")):
            assert value in told[f"settings_{name}"]
        desk.keys("Escape")
        close(desk)
        assert desk.command("log", "list").returncode == 1, "the log is elsewhere, and not to be reached"


def test_links_that_may_not_be_opened_are_shown_and_copied(desk: WineScreen) -> None:
    with policies(desk, OpenLinks=LAID_DOWN["OpenLinks"]):
        start(desk)
        answer(desk, 1, "An Peeters")
        to_result(desk)
        desk.click("copy_link_button")
        desk.wait("the link is not on the clipboard", lambda: desk.clipboard() == LINK)
        told = {one.name: one for one in desk.controls()}
        assert not told["open_link_button"].enabled
        assert told["policy_open_link_button"].text == WORDS("app.policy")
        close(desk)


def test_a_team_log_is_used_under_the_role_that_is_laid_down(desk: WineScreen) -> None:
    """Without it the server refuses this desk's user, who has no rights of its own."""
    inside = desk.debian.network
    subprocess.run([*inside, sys.executable, "-c", LOOPBACK], check=True)
    saved = "SELECT applicant_name FROM ccinc_log.requests"
    with running(*inside) as server:
        database = server.database()
        with policies(desk, TeamLogUrl=server.url(database)):
            assert desk.command("log", "team", "new-key").returncode == 1
            with policies(desk, TeamLogRole=LAID_DOWN["TeamLogRole"]):
                made = desk.command("log", "team", "new-key")
                assert made.returncode == 0, made.stdout
                start(desk)
                answer(desk, 1, "Cas Claes")
                to_result(desk)
                desk.click("save_button")
                desk.wait("nothing is saved for the team", lambda: server.owner(database, saved) == [("Cas Claes",)])
                close(desk)


def test_exercises_that_are_laid_down_count(desk: WineScreen) -> None:
    exercise = (ROOT / "resources" / "scenarios" / "02-oude-gemeentenaam.toml").read_text(encoding="utf-8")
    ours = exercise.replace("oude-gemeentenaam", "van-ons").replace("De oude gemeentenaam", "Van ons alleen")
    (desk.debian.shared / "exercises").mkdir(exist_ok=True)
    (desk.debian.shared / "exercises" / "van-ons.toml").write_text(ours, encoding="utf-8")
    with policies(desk, Mode="training", ScenarioFolder=LAID_DOWN["ScenarioFolder"]):
        start(desk)
        desk.click("training_scenarios")
        desk.keys("End")  # only the rows in sight are told
        told = {text for one in desk.controls() for text in (one.name, one.text)}
        assert {"policy_training_folder", "Van ons alleen"} <= told
        close(desk)


def test_terms_that_are_laid_down_erase_what_was_kept_longer(desk: WineScreen, tmp_path: Path) -> None:
    """And the usual ones do not. The oldest goes altogether, of one that is closed the name, and one is too young."""
    write_old_log(tmp_path / "log", desk.debian.shared / "old.backup")
    command = rf"wine '{PROGRAM}\{CONSOLE_EXE}' --data-dir '{KEPT}' log restore 'Z:\mnt\old.backup'"
    assert desk.run("sh", "-c", f"echo '{PASSPHRASE}' | {command}").returncode == 0
    terms = {name: days for name, days in LAID_DOWN.items() if name.startswith("Retention")}
    try:
        assert kept_after_a_start(desk) == (set(AGES), 3)
        with policies(desk, **terms):
            assert kept_after_a_start(desk) == ({"Bo Maes"}, 2)
    finally:
        shutil.rmtree(desk.drive_c / "kept")


def write_old_log(folder: Path, backup: Path) -> None:
    """A backup of a log that was written while time went by."""
    now, clock, before = dt.datetime.now(dt.UTC), Clock(), keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        with RequestLog.open(folder, clock=clock, user="tester", vocabulary={}) as log:
            for name, days in AGES.items():
                clock.now = now - dt.timedelta(days=days)
                saved = log.save(request(name))
                if name == "Cas Claes":
                    log.change(saved.reference, type(saved.status)("granted"))
            back_up(log, backup, PASSPHRASE)
    finally:
        keyring.set_keyring(before)


def kept_after_a_start(desk: WineScreen) -> tuple[set[str], int]:
    """The names that are in the log, and how many requests, once the window has looked what is due."""
    desk.open("--lang", "nl", "--data-dir", KEPT)
    desk.wait("no window", lambda: opened(desk))
    desk.find("follow_up_button")  # told after what had to go is gone
    close(desk)
    told = desk.command("--data-dir", KEPT, "log", "list").stdout
    return {name for name in AGES if name in told}, told.count(request().authority_name)


@contextmanager
def policies(desk: WineScreen, **values: str | int) -> Iterator[None]:
    """With these policies of the user."""
    with registry(desk, r"HKCU\Software\Policies\CCinC\AccessWizard", **values):
        yield


@pytest.mark.parametrize("size", ["1366x768", "1920x1080"])
@pytest.mark.parametrize("dots", [96, 120, 144, 192])
def test_at_each_scale_nothing_is_outside_or_cut(desk: WineScreen, dots: int, size: str) -> None:
    with registry(desk, r"HKCU\Control Panel\Desktop", LogPixels=dots):
        desk.quit()
        with screen(desk, size, ":98"):
            start(desk, "--mode", "admin")
            titled(desk, "wizard.situation.title")
            assert_whole(desk, size)
            choose_mode(desk, "helpdesk")
            titled(desk, "helpdesk.title")
            assert_whole(desk, size)
            choose_mode(desk, "training")
            titled(desk, "training.choose")
            assert_whole(desk, size)
            if (size, dots) == TIGHTEST:
                assert_exercise_whole(desk, size)
            clear(desk)
            desk.quit()
    (desk.data / "settings.json").unlink(missing_ok=True)  # which has kept the mode
    assert not opened(desk)


def choose_mode(desk: WineScreen, mode: str) -> None:
    """By the menu's letters."""
    letters = (WORDS(key).partition("&")[2][0].lower() for key in ("app.menu.view", f"app.action_mode_{mode}"))
    menu, entry = letters
    desk.keys(f"alt+{menu}", entry)


def assert_exercise_whole(desk: WineScreen, size: str) -> None:
    """An exercise that is played, in large type, its drawn screens, the question at its end, and how it is judged."""
    desk.keys("Home", "Return")  # in the list of exercises
    titled(desk, "wizard.situation.title")
    assert_whole(desk, size)
    desk.keys("F11")
    desk.find("training_slide_next")
    assert_whole(desk, size)
    desk.keys("Escape")
    desk.click("training_practice_button")
    desk.find("training_practice_title")
    assert_whole(desk, size)
    desk.click("training_check")
    desk.find("cancel_leave")
    assert_whole(desk, size)
    desk.click("cancel_leave")
    titled(desk, "training.room.feedback")
    assert_whole(desk, size)


def assert_whole(desk: WineScreen, size: str) -> None:
    """The windows are on the screen; no control is cut at their sides, nor at their foot but where it scrolls."""
    wrong: list[Control] = []

    def look() -> bool:
        windows = desk.windows()
        wrong[:] = [one for window in windows for one in outside(window, *map(int, size.split("x")))]
        return bool(windows) and not wrong

    try:
        desk.wait("something is cut", look, LOOKS)  # one that still grows is one thing now and another a second later
    except NotSeenError:
        print(f"Picture: {desk.picture(f'cut-{size}')}")
        raise AssertionError(wrong) from None


def outside(controls: list[Control], width: int, height: int) -> list[Control]:
    """What does not stand whole in its window, or that itself where it does not on a screen of this size."""
    window, *found = [one for one in controls if one.shown]
    wrong = [one for one in found if one.left < window.left - ROUNDED or one.right > window.right + ROUNDED]
    wrong += [one for one in found if one.bottom > window.bottom + ROUNDED and not one.scrolls]
    if min(window.left, window.top) < 0 or window.right > width or window.bottom > height:
        wrong.append(window)
    return wrong
