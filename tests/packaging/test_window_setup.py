"""The setup and the uninstaller by hand, in each language: each page is whole, and what is asked is done."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from winbuild.plan import CONSOLE_EXE, NAME, files_in
from window.wine_screen import PROGRAM, NotSeenError, WineScreen, Words

from ccinc_wizard.content.texts import Texts
from tests.packaging.conftest import ROOT
from tests.packaging.desktop import UNINSTALL_KEY
from tests.packaging.windowed import TITLE, clear, close, registry, titled

pytestmark = [pytest.mark.wine, pytest.mark.usefixtures("this_version", "picture")]

NSIS = ROOT / "packaging" / "nsis"
SETUP, UNINSTALLER = r"Z:\mnt\setup.exe", rf"{PROGRAM}\uninstall.exe"
LOCALES = {"nl": "nl_BE.UTF-8", "fr": "fr_BE.UTF-8", "en": "C.UTF-8"}
"""From which Wine takes the language of Windows, and the setup its own."""
FOR_ALL = rf"C:\Program Files\{NAME}"
LONG = r"C:\users\annemarie.vandenbroucke-desmet\AppData\Local\Programs\ccinc-wizard"
"""Where the program stands for somebody with a long name."""


def words_of(language: str) -> dict[str, str]:
    """The beginning of each text of the setup, up to what it fills in."""
    title = re.search(r'^!define TITLE "(.+)"$', (NSIS / "setup.nsi").read_text(encoding="utf-8"), re.MULTILINE)
    assert title
    told = (NSIS / f"words-{language}.nsh").read_text(encoding="utf-8").replace("${TITLE}", title[1])
    return {name: text.partition("$")[0] for name, text in re.findall(r'^LangString (\w+) \S+ "(.+)"$', told, re.M)}


def begin(desk: WineScreen, language: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a program by hand in a Windows of this language."""
    return desk.debian.begin("wine", *words, env={**desk.env, "LC_ALL": LOCALES[language]})


def see(desk: WineScreen, text: str) -> list[Words]:
    """Wait for a page or question that says this. Returns all that stands on the dialogs."""
    found: list[Words] = []

    def look() -> bool:
        found[:] = desk.dialogs()
        return any(text in one.text for one in found)

    try:
        desk.wait(f"nobody says {text}", look)
    except NotSeenError as unseen:
        raise NotSeenError(f"{unseen}; there is {[one.text for one in found]}") from None
    return found


def assert_whole(desk: WineScreen, name: str, text: str) -> None:
    """Nothing of the page that says this is cut."""
    cut = [one for one in see(desk, text) if one.cut]
    print(f"Picture: {desk.picture(name)}")
    assert cut == []


@contextmanager
def in_use(desk: WineScreen) -> Iterator[None]:
    """With the command of the program open, which holds a setup up on its second page."""
    opened = desk.debian.shared / "asked"
    opened.unlink(missing_ok=True)
    asks = rf"tail -f /dev/null | wine '{PROGRAM}\{CONSOLE_EXE}' ask 2>/mnt/asked"
    command = desk.debian.begin("sh", "-c", asks, env=desk.env)
    desk.wait("the command does not open", lambda: opened.exists() and b"1." in opened.read_bytes())
    try:
        yield
    finally:
        desk.run("pkill", "tail")
        command.wait(timeout=60)


@pytest.mark.parametrize("language", list(LOCALES))
def test_each_page_of_the_uninstaller_and_the_setup_is_whole(desk: WineScreen, language: str) -> None:
    words = words_of(language)
    with in_use(desk):
        uninstaller = begin(desk, language, UNINSTALLER, f"_?={PROGRAM}")
        assert_whole(desk, f"uninstaller-{language}-1", TITLE)
        desk.keys("Return")
        assert_whole(desk, f"uninstaller-{language}-2", words["IN_USE"])
        desk.keys("Escape")
        uninstaller.wait(timeout=60)
        begin(desk, language, SETUP)
        assert_whole(desk, f"setup-{language}-1", words["WELCOME"])
        desk.keys("Return")
        assert_whole(desk, f"setup-{language}-2", words["IN_USE"])
    desk.keys("Return")  # which tries again
    assert_whole(desk, f"setup-{language}-3", words["FINISHED"])
    desk.keys("Return")  # which opens the program, in the setup's own language
    titled(desk, "wizard.situation.title", Texts(language))
    close(desk)


@pytest.mark.parametrize(("language", "dots"), [("nl", 96), ("fr", 144), ("en", 192)])
def test_a_long_path_is_whole_on_the_setups_first_page(desk: WineScreen, language: str, dots: int) -> None:
    with registry(desk, r"HKCU\Control Panel\Desktop", LogPixels=dots):
        desk.quit()
        begin(desk, language, SETUP, f"/D={LONG}")
        assert_whole(desk, f"long-{language}-{dots}", words_of(language)["WELCOME"])
        clear(desk)
        desk.quit()


def known(desk: WineScreen) -> set[str]:
    """In whose lists the program stands."""
    hives = {"HKCU", "HKLM"}
    return {one for one in hives if not desk.wine("reg", "query", rf"{one}\{UNINSTALL_KEY}", "/reg:64").returncode}


@pytest.mark.parametrize(("answer", "stays"), [(["Return"], True), (["Tab", "Return"], False)], ids=["no", "yes"])
def test_the_uninstaller_by_hand_takes_the_log_only_where_one_says_so(
    desk: WineScreen, answer: list[str], *, stays: bool
) -> None:
    """It is asked with no as the answer that is offered, and yes as the other one."""
    words, log = words_of("nl"), desk.data / "log-of-the-organisation"
    desk.data.mkdir(parents=True, exist_ok=True)
    log.touch()
    uninstaller = begin(desk, "nl", UNINSTALLER, f"_?={PROGRAM}")
    see(desk, words["FOLDER"])
    desk.keys("Return")
    see(desk, words["DELETE_LOG"])
    print(f"Picture: {desk.picture('log')}")
    desk.keys(*answer)
    desk.wait("the uninstaller stays", lambda: uninstaller.poll() is not None or desk.keys("Return"))
    assert log.exists() is stays
    assert known(desk) == set()
    assert {path.name for path in files_in(desk.program)} <= {"uninstall.exe"}
    assert desk.wine(SETUP, "/S").returncode == 0


def test_by_hand_for_all_users_the_other_goes_when_one_says_so(desk: WineScreen) -> None:
    words = words_of("nl")
    assert known(desk) == {"HKCU"}
    begin(desk, "nl", SETUP, "/AllUsers")
    assert any(PROGRAM in one.text for one in see(desk, words["REMOVE_OTHER"]))
    print(f"Picture: {desk.picture('other')}")
    desk.keys("Return")  # on the answer that is offered: yes
    assert any(FOR_ALL in one.text for one in see(desk, words["FOR_ALL_USERS"]))
    desk.keys("Return")
    see(desk, words["FINISHED"])
    desk.keys("Return")
    titled(desk, "wizard.situation.title")
    close(desk)
    assert known(desk) == {"HKLM"}
    assert not desk.program.exists()
    refused = begin(desk, "nl", SETUP)
    see(desk, words["THERE_FOR_ALL"])
    desk.keys("Return")  # on the answer that is offered: no
    refused.wait(timeout=60)
    assert known(desk) == {"HKLM"}
    clear(desk)
    desk.wine(rf"{FOR_ALL}\uninstall.exe", "/S")
    desk.wait("the program stays", lambda: not known(desk))
