"""The one command of a fresh machine: what it sets up, when it leaves things alone, and what it says."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.tooling.project import ROOT


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """A copy of run.py's code that sets up in a folder of the test and may start nothing."""
    spec = importlib.util.spec_from_file_location("run_of_a_checkout", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "environment_folder", lambda: tmp_path / "venv")
    monkeypatch.setattr(module, "subprocess", Started())
    return module


class Started:
    """Stands in for `subprocess`: keeps the commands, does nothing but let `venv` leave a Python behind."""

    PIPE, STDOUT, DEVNULL = subprocess.PIPE, subprocess.STDOUT, subprocess.DEVNULL

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.failing = ""

    def call(self, command: list[str], **_: object) -> int:
        """Pretend to run it; fails when it holds the failing word."""
        self.commands.append(command)
        if "venv" in command:
            python = Path(command[-1]) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return 1 if self.failing and self.failing in command else 0

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        """The same with the result as an object."""
        return subprocess.CompletedProcess(command, self.call(command), b"", b"")


def test_an_older_python_is_told_in_one_line(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    assert run.main(["link"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "3.11" in told.err
    assert "3.9" in told.err
    assert not run.subprocess.commands


def test_what_serves_the_tests_serves_the_program_too(run: ModuleType) -> None:
    assert run.set_up(run.DEV_LOCK)
    run.subprocess.commands.clear()
    assert run.set_up(run.RUN_LOCK)
    assert run.set_up(run.DEV_LOCK)
    assert not run.subprocess.commands


def test_a_second_start_sets_nothing_up(run: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.set_up(run.RUN_LOCK)
    assert [command for command in run.subprocess.commands if "--require-hashes" in command]
    run.subprocess.commands.clear()
    capsys.readouterr()
    assert run.set_up(run.RUN_LOCK)
    assert not run.subprocess.commands
    assert capsys.readouterr() == ("", "")


def test_a_changed_lock_is_set_up_again(run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    run.set_up(run.RUN_LOCK)
    run.subprocess.commands.clear()
    changed = tmp_path / "run.txt"
    changed.write_text("platformdirs==0\n", encoding="utf-8")
    assert run.set_up(changed)
    assert any(str(changed) in command for command in run.subprocess.commands)


def test_users_get_no_tools_of_developers(run: ModuleType) -> None:
    run.set_up(run.RUN_LOCK)
    assert not any(str(run.DEV_LOCK) in command for command in run.subprocess.commands)


def test_what_cannot_be_fetched_is_tried_again_the_next_time(
    run: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    run.subprocess.failing = "--require-hashes"
    assert run.set_up(run.RUN_LOCK) is None
    told = capsys.readouterr()
    assert told.out == ""
    assert "could not be fetched" in told.err
    run.subprocess.failing = ""
    run.subprocess.commands.clear()
    assert run.set_up(run.RUN_LOCK)
    assert run.subprocess.commands


@pytest.mark.parametrize(
    ("arguments", "screen", "wanted"),
    [
        ([], True, True),
        ([], False, False),
        (["--lang", "fr"], True, True),
        (["link", "--authority", "agb"], True, False),
        (["--data-dir", "x", "log", "list"], True, False),
        (["check-number"], True, False),
        (["--version"], True, False),
        (["setup"], True, False),
        (["lint"], True, False),
        (["selftest"], False, True),
        (["test", "tests/domain"], False, True),
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_only_a_window_needs_the_libraries_of_a_window(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, arguments: list[str], screen: bool, wanted: bool
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if screen:
        monkeypatch.setenv("DISPLAY", ":0")
    else:
        monkeypatch.delenv("DISPLAY", raising=False)
    assert run.needs_window_libraries(arguments) is wanted


def test_who_may_not_install_is_told_what_is_missing(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda name: "apt-get" if name == "apt-get" else None)
    run.install_system_packages(["libegl1", "libgl1"], "a window needs them")
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "apt-get install libegl1 libgl1" in told.err
    assert not run.subprocess.commands


def test_nothing_is_installed_when_nothing_is_missing(run: ModuleType) -> None:
    run.install_system_packages([], "nothing")
    assert not run.subprocess.commands
    assert run.loads("no-such-library.so.1") is False


@pytest.mark.skipif(sys.platform == "win32", reason="a batch of Windows has no bash")
def test_the_check_of_a_bare_clone_is_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "python3 run.py test" in script.read_text(encoding="utf-8")
    assert "python3 run.py test" in (ROOT / "README.md").read_text(encoding="utf-8")
