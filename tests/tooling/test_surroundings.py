"""No variable of the caller's decides whether the tests pass, and no test holds them up for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from tests import surroundings
from tests.running import ROOT, environment

HOSTILE = {
    "CCINC_WIZARD_EXIT_AFTER_PAINT": "1",
    "CI": "1",
    "DISPLAY": ":77",
    "GIT_DIR": "/nowhere",
    "LANG": "fr_BE.ISO-8859-1",
    "LC_ALL": "C",
    "PGHOST": "elsewhere",
    "PIP_USER": "1",
    "PYTHONIOENCODING": "ascii",
    "PYTHONUNBUFFERED": "1",
    "PYTHONWARNINGS": "error",
    "QT_QPA_PLATFORM": "minimal",
    "QT_SCALE_FACTOR": "3",
    "TZ": "Asia/Kolkata",
    "XDG_RUNTIME_DIR": "/nowhere",
}
"""What a caller could have set that once changed an outcome, or could."""

OWN_DOING = ("PYTEST_", "COV_", "COVERAGE_", "PYDANTIC_", "PYSIDE6_", "QT_NO_GUI_THREADPOOL")
"""How the variables begin that pytest and the program themselves set."""


def started(*tests: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """These tests in a pytest that a caller with these variables starts, who lets Ctrl+C be ignored."""
    given = {**os.environ, **variables}
    given.pop(surroundings.MADE, None)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    finally:
        signal.signal(signal.SIGINT, before)


def test_these_run_in_what_the_tests_made_whatever_the_caller_has() -> None:
    done = started(f"{__file__}::test_what_the_tests_run_in", **HOSTILE)
    assert done.returncode == 0, done.stdout[-3000:]


def test_what_the_tests_run_in(tmp_path: Path) -> None:
    allowed = {*surroundings._KEPT, *surroundings._OWN, *surroundings.HOMES}
    assert {name for name in os.environ if not name.startswith(OWN_DOING)} <= allowed
    assert environment().keys() <= allowed | {"PYTHONUTF8"}
    assert environment(LANG="nl_BE")["LANG"] == "nl_BE"
    assert environment()["HOME"] == str(tmp_path / "home")
    assert os.environ["LANG"] == "C.UTF-8"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert not any(action == "error" for action, *_ in warnings.filters)


def test_without_their_checks_tests_do_not_pass() -> None:
    done = started(f"{__file__}::test_what_the_tests_run_in", PYTHONOPTIMIZE="1")
    assert done.returncode != 0
    assert "PYTHONOPTIMIZE" in done.stdout + done.stderr


HANGING = """
from threading import Event, Thread

def test_waits_for_what_never_comes():
    never = Event()
    Thread(target=never.wait, name="other", daemon=True).start()
    never.wait()
"""


def test_one_that_hangs_is_told_with_its_threads_and_ends_the_run(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("faulthandler_timeout") > 0
    (tmp_path / "test_hanging.py").write_text(HANGING, encoding="utf-8")
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path), "-o", "faulthandler_timeout=0.1"]
    done = started(*settings, str(tmp_path))
    assert done.returncode == 1, done.stdout
    assert "test_waits_for_what_never_comes" in done.stderr
    assert done.stderr.count("most recent call first") == 2, done.stderr
