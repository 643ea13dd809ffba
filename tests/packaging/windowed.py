"""What the tests of the real window share: one Windows with the program, and how its pages are walked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from winbuild.plan import NAME, Plan, UnavailableError
from window import debian, wine_screen
from window.wine_screen import LOOKS, NotSeenError, WineScreen

from ccinc_wizard.content.texts import Texts
from tests.packaging.builds import STORE

WORDS = Texts("nl")
TITLE = "CCinC"
LOCK = "window.lock"
PAGES = ("situation", "applicant", "role", "authority", "check")
"""Of an open window; it is made when the menus are filled."""


@pytest.fixture(scope="package")
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


@pytest.fixture(scope="module")
def this_version(desk: WineScreen, built: Plan) -> None:
    """With this version, whatever the tests before have left."""
    if desk.command("--version").stdout != f"{NAME} {built.version}\n":
        assert desk.wine(r"Z:\mnt\setup.exe", "/S").returncode == 0


@pytest.fixture
def picture(desk: WineScreen, request: pytest.FixtureRequest) -> Iterator[None]:
    """A picture of the screen where a check fails, and nothing open for the next one."""
    failed = request.session.testsfailed
    yield
    errors = desk.data / "errors.log"
    told = errors.read_text(encoding="utf-8") if errors.exists() else ""
    if request.session.testsfailed > failed or told:
        print(f"Picture: {desk.picture(request.node.name)}")
    errors.unlink(missing_ok=True)
    clear(desk)
    assert not told, told


def clear(desk: WineScreen) -> None:
    """Close what is open, as people do where that goes."""
    for _ in range(3):
        if not opened(desk):
            return
        desk.keys("alt+F4")
    desk.quit()
    (desk.data / LOCK).unlink(missing_ok=True)


@contextmanager
def registry(desk: WineScreen, key: str, **values: str | int) -> Iterator[None]:
    """With these values in the user's registry, and without the key afterwards."""
    for name, value in values.items():
        kind = "REG_DWORD" if isinstance(value, int) else "REG_SZ"
        assert desk.wine("reg", "add", key, "/f", "/v", name, "/t", kind, "/d", str(value)).returncode == 0
    try:
        yield
    finally:
        for name in values:
            desk.wine("reg", "delete", key, "/f", "/v", name)


def opened(desk: WineScreen) -> bool:
    """Whether a window of the program or of its setup is there."""
    return any(TITLE in title for title in desk.titles())


def start(desk: WineScreen, *arguments: str) -> None:
    """Open the window, and wait until it is there and its menus are filled."""
    desk.open("--lang", "nl", *arguments)
    desk.wait("no window", lambda: opened(desk))
    desk.wait("not all there", (desk.data / LOCK).exists)


def close(desk: WineScreen, *, losing: bool = False) -> None:
    """Close the window as people do; who loses something by it is asked first."""
    desk.keys("alt+F4")
    if losing:
        desk.click("close_yes")
    desk.wait("the window stays", lambda: not opened(desk))


def at(desk: WineScreen, page: str) -> bool:
    """Whether this page of the wizard is open: its title is the window's."""
    return any(title.startswith(WORDS(f"wizard.{page}.title")) for title in desk.titles())


def page(desk: WineScreen) -> str:
    """Which page of the wizard's questions is open; empty while none is, or where its windows change."""
    titles = desk.titles()
    shown = (page for page in PAGES for title in titles if title.startswith(WORDS(f"wizard.{page}.title")))
    return next(shown, "")


def to(desk: WineScreen, page: str) -> None:
    """Press Enter until this page is open: the first one may only take a suggestion."""
    for _ in range(3):
        desk.keys("Return")
        with suppress(NotSeenError):
            desk.wait(f"not at {page}", lambda: at(desk, page), LOOKS)
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
    desk.keys("Down", "Return")  # into what is suggested, and taken
    to(desk, "check")


def to_result(desk: WineScreen) -> None:
    """From the page on which one checks to the last one."""
    desk.keys("Return")
    desk.wait("no result", lambda: opened(desk) and not at(desk, "check"))


def titled(desk: WineScreen, key: str, words: Texts = WORDS) -> None:
    """Wait for the view whose title stands at this key."""
    desk.wait(f"no {key}", lambda: any(title.startswith(words(key)) for title in desk.titles()))
