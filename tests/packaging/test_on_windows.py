"""The project's own window tests, run by Windows' Python with Qt's `windows` plugin under Wine 10."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from winbuild.freeze import Toolchain, installed
from winbuild.plan import UnavailableError
from window import debian, wine_screen
from window.debian import HELD, LENT
from window.wine_screen import WineScreen, screen

from tests.packaging.builds import STORE
from tests.packaging.conftest import ROOT
from tests.packaging.windowed import registry

TOLD = tomllib.loads(Path(__file__).with_name("on_windows.toml").read_text(encoding="utf-8"))
RUN: dict[str, list[str]] = TOLD["run"]
LEFT_OUT: dict[str, str] = TOLD["left_out"]
DEV_LOCK = ROOT / "requirements" / "dev.txt"
PACKAGES = (
    *("colorama", "hypothesis", "iniconfig", "packaging", "pluggy", "pygments", "pytest", "pytest-qt"),
    *("sortedcontainers", "tzdata"),
)
"""What the window tests need beyond what the program needs."""
WIDE = ("1920x1080", 96), ("1920x1080", 192)
PLATFORM = "from PySide6.QtGui import QGuiApplication; print(QGuiApplication([]).platformName(), end='')"


def test_what_is_run_and_left_out_is_there_and_has_its_reason() -> None:
    assert {"wizard", "log", "settings"} <= RUN.keys()
    named = {name: (ROOT / name).read_text(encoding="utf-8") for names in RUN.values() for name in names}
    assert named
    for one, reason in LEFT_OUT.items():
        file, _, test = one.partition("::")
        text = (ROOT / file).read_text(encoding="utf-8")
        assert not test or f"def {test}(" in text, one
        assert len(reason.split()) > 3, one


def locked(lock: str, names: tuple[str, ...]) -> str:
    """The part of a lock that names these packages, with their hashes."""
    parts = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    return "".join(part for part in parts if part.partition("==")[0] in names)


def test_a_part_of_a_lock_keeps_its_hashes() -> None:
    part = locked(DEV_LOCK.read_text(encoding="utf-8"), PACKAGES)
    assert re.findall(r"^([\w-]+)==", part, re.MULTILINE) == list(PACKAGES)
    assert part.count("--hash=sha256:") >= len(PACKAGES)


@dataclass(frozen=True)
class Runner:
    """Windows' Python on a desk, with the program's libraries, those of its tests and the checkout."""

    desk: WineScreen
    python: str
    search: str

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run it to its end, in the checkout. Returns exit code and output."""
        env = {
            "WINEQT_QPA_PLATFORM": "windows",
            "PYTHONPATH": self.search,
            "PYTHONUTF8": "1",
            "PYTHONPYCACHEPREFIX": windows_path(f"{HELD}/bytecode"),
            "HYPOTHESIS_STORAGE_DIRECTORY": windows_path(f"{HELD}/hypothesis"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "CCINC_WIZARD_TEST_SURROUNDINGS": "1",  # these are made here
        }
        words = ["sh", "-c", f'cd {LENT}/{ROOT.name} && exec wine "$@" 2>{HELD}/said', "-", self.python, *arguments]
        done = self.desk.debian.run(*words, seconds=2700, env={**self.desk.env, **env})
        return done.returncode, done.stdout


def windows_path(path: str) -> str:
    """How a Windows program calls a file of the Debian."""
    return "Z:" + path.replace("/", "\\")


@pytest.fixture(scope="module")
def runner(tools: Toolchain, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """A fresh Windows for them."""
    if reason := debian.why_not():
        pytest.skip(reason)
    scratch = tmp_path_factory.mktemp("tests")
    store = Path(os.environ.get(STORE) or scratch).resolve()
    lock = scratch / "tests.txt"
    lock.write_text(locked(DEV_LOCK.read_text(encoding="utf-8"), PACKAGES), encoding="utf-8")
    shared, pictures = tmp_path_factory.mktemp("shared"), tmp_path_factory.mktemp("pictures")
    try:
        folders = [tools.libraries, installed(tools.windows, tools.python, store / "tests", lock), ROOT]
        python = tools.python.parent
        debian.make(store / "debian13")
        opened = debian.opened(store / "debian13", shared, python, *folders)
        with opened as inside, wine_screen.made(inside, pictures) as desk:
            search = ";".join(windows_path(f"{LENT}/{one.name}") for one in folders)
            yield Runner(desk, windows_path(f"{LENT}/{python.name}/{tools.python.name}"), search)
    except UnavailableError as reason:
        pytest.skip(str(reason))


@pytest.mark.wine
def test_the_window_is_one_of_windows(runner: Runner) -> None:
    assert runner.run("-c", PLATFORM) == (0, "windows")


@pytest.mark.wine
def test_the_windows_own_tests_pass(runner: Runner, figures: list[str]) -> None:
    """In one go, as the start of Python and of what the tests load takes a quarter of a minute under Wine."""
    without = [word for one in LEFT_OUT for word in ("--deselect", one)]
    options = ["-q", "-p", "no:cacheprovider", "--tb=short", "-o", "faulthandler_timeout=300"]
    code, output = runner.run("-m", "pytest", *options, *without, *(name for names in RUN.values() for name in names))
    if code:
        print(f"Picture: {runner.desk.picture('own')}")
    # Of one that hangs the traces stand apart, as pytest shows what a test itself says.
    assert code == 0, output[-6000:] + (runner.desk.debian.shared / "said").read_text(errors="replace")[-6000:]
    figures.append(f"In Windows' Python, {', '.join(RUN)}: {output.strip().splitlines()[-1]}")


@pytest.mark.wine
@pytest.mark.parametrize(("size", "dots"), [*product(["1366x768"], [96, 120, 144, 192]), *WIDE])
def test_each_page_and_dialog_is_whole_at_each_scale(runner: Runner, size: str, dots: int) -> None:
    """On X11 Qt lets a window be lower than all that scrolls in it, and on Windows only if it is told to."""
    desk = runner.desk
    with registry(desk, r"HKCU\Control Panel\Desktop", LogPixels=dots):
        desk.quit()
        with screen(desk, size, ":98"):
            code, output = runner.run("-m", "tests.ui.walk_fitting")
            desk.quit()
    assert code == 0, (desk.debian.shared / "said").read_text(errors="replace")[-3000:]
    assert output.split() == ["pages", "46"]
