"""The words that `run.py` knows itself; all others are the program's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from bootstrap import environments
from bootstrap.environments import DEV_LOCK, ROOT, RUN_LOCK
from bootstrap.talk import fail

DEVELOPERS_WORDS = {"test", "lint", "mutate", "soak", "bench", "screenshots"}
TERMINAL_WORDS = {"setup", "lint", "link", "steps", "check-number", "mail", "ask", "log", "--help", "-h", "--version"}
QT_WORDS = {"selftest", "test", "mutate", "soak", "bench", "screenshots"}
"""What loads Qt on a machine without a screen as well."""
_OTHERS = ("PYTHONHOME", "PYTHONPATH", "PYTHONOPTIMIZE")
"""What may be meant for another Python; without its assertions a test proves nothing."""


def main(arguments: list[str]) -> int:
    """Run one command. Returns its exit code."""
    try:
        return _main(arguments)
    except KeyboardInterrupt:
        return fail("Stopped. What was set up before is as it was; the same command begins again.")


def _main(arguments: list[str]) -> int:
    word = arguments[0] if arguments else ""
    python = set_up(word)
    if python is None:
        return 1
    if needs_window_libraries(arguments):
        from bootstrap.system import install_for_a_window

        install_for_a_window(tests=word == "test")
    if word == "setup":
        return 0
    if word == "test":
        return test(python, arguments[1:])
    if word == "lint":
        return lint(python)
    if word in ("mutate", "soak", "bench", "screenshots"):
        return run(python, [str(ROOT / "tools" / f"{word}.py"), *arguments[1:]])
    # Without -P, a file in the folder where the caller stands could be taken for one of the program's libraries.
    return become(python, ["-P", "-m", "ccinc_wizard", *arguments])


def set_up(word: str) -> Path | None:
    """The Python of an environment for this word, made where it is missing."""
    lock = DEV_LOCK if word in DEVELOPERS_WORDS else RUN_LOCK
    # What sets up is loaded only where something is to be set up: each start of the program goes through here.
    if python := environments.ready(lock):
        return python
    from bootstrap import building

    return building.set_up(lock, insist=word == "setup")


def needs_window_libraries(arguments: list[str]) -> bool:
    """Whether these arguments load Qt on this machine."""
    if QT_WORDS.intersection(arguments):
        return True
    if TERMINAL_WORDS.intersection(arguments):
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(python: Path, arguments: list[str]) -> int:
    """The checks of lint, then all tests, with branch coverage, by as many workers as the machine has processors."""
    if not arguments and lint(python):
        return 1
    whole = ["--numprocesses", "auto", "--dist", "loadfile", "--cov", "--cov-report=term:skip-covered"]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return run(python, ["-m", "pytest", *(arguments or whole)])


def lint(python: Path) -> int:
    """Style, types, the walls between the rooms, and the figures of the house.

    As modules, since commands break where a checkout is renamed.
    """
    rooms = "from importlinter.cli import lint_imports_command as check; check()"
    figures = str(ROOT / "tools" / "figures.py")
    tools = [["-m", "ruff", "check", "."], ["-m", "mypy"], ["-c", rooms], [figures]]
    return 1 if [tool for tool in tools if run(python, tool)] else 0


def run(python: Path, arguments: list[str]) -> int:
    """Run Python in the checkout. Returns the exit code. Ctrl+C is for what runs, which ends in its own way."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call([str(python), *arguments], cwd=ROOT, env=environment())
    finally:
        signal.signal(signal.SIGINT, before)


def become(python: Path, arguments: list[str]) -> int:
    """Run the program where the caller stands; on POSIX in this very process, so that signals reach it."""
    command = [str(python), *arguments]
    if sys.platform == "win32":
        return subprocess.call(command, env=environment())
    return os.execve(command[0], command, environment())  # noqa: S606 # Python itself, with a list of arguments


def environment() -> dict[str, str]:
    """The caller's environment with the checkout on Python's path, and nothing that is meant for another Python."""
    kept = {name: value for name, value in os.environ.items() if name not in _OTHERS}
    return kept | {"PYTHONPATH": str(ROOT)}
