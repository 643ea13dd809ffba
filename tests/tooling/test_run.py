"""The words of `run.py`: what each of them needs and starts, and on which Pythons."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from bootstrap import commands, environments, fetching, system

from tests.surroundings import CALLERS
from tests.tooling.project import ROOT

RUN = ROOT / "run.py"
TOO_OLD = ["python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have been started."""
    kept: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        kept.append([str(word) for word in command])
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    return kept


def own_run() -> dict[str, object]:
    """What `run.py` defines."""
    found: dict[str, object] = {"__name__": "run", "__file__": str(RUN)}
    exec(compile(RUN.read_text(encoding="utf-8"), str(RUN), "exec"), found)  # noqa: S102 # as an old Python reads it
    return found


def test_it_parses_on_every_older_python() -> None:
    source = RUN.read_text(encoding="utf-8")
    assert source.isascii()
    tree = ast.parse(source, feature_version=(3, 4))
    # These are what the oldest grammar that `ast` knows lets through, and Python 2.7 or 3.6 does not.
    newer = (ast.AnnAssign, ast.JoinedStr, ast.Nonlocal, ast.YieldFrom, ast.AsyncFunctionDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]
    assert not [node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns]
    assert not [node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation]
    assert "__future__" not in source


@pytest.mark.parametrize("name", TOO_OLD)
def test_an_older_python_is_told_in_one_line(name: str) -> None:
    python = _found(name)
    if not python:
        pytest.skip(f"there is no {name} on this machine")
    told = subprocess.run([python, RUN, "link"], capture_output=True, text=True, env={}, check=False)
    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    assert f"this is Python {name.removeprefix('python')}." in told.stderr


@pytest.mark.parametrize(
    ("version", "word"),
    [((2, 7), "2.7"), ((3, 10), "3.10"), ((3, 11), ""), ((3, 14), ""), ((3, 15), "sqlcipher3"), ((4, 0), "4.0")],
)
def test_a_python_that_will_not_do_is_refused_with_the_reason(version: tuple[int, int], word: str) -> None:
    refusal = own_run()["refusal"]
    assert callable(refusal)
    told = refusal(version)
    assert word in told
    assert bool(told) is bool(word)


def test_what_is_refused_is_what_the_project_says() -> None:
    own = own_run()
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    (_, oldest), (_, newest) = own["OLDEST"], own["NEWEST"]  # type: ignore[misc]
    assert asked == f">=3.{oldest},<3.{newest + 1}"
    assert f"Python 3.{oldest} to 3.{newest}" in (ROOT / "README.md").read_text(encoding="utf-8")


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
        (["mutate", "domain/rules.py"], False, True),
        (["soak", "--minutes", "1"], False, True),
    ],
)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_only_a_window_needs_the_libraries_of_a_window(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], screen: bool, wanted: bool
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if screen:
        monkeypatch.setenv("DISPLAY", ":0")
    else:
        monkeypatch.delenv("DISPLAY", raising=False)
    assert commands.needs_window_libraries(arguments) is wanted


@pytest.mark.parametrize(("root", "told_not_to"), [(False, False), (True, True)])
def test_who_may_not_install_is_told_what_is_missing_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    started: list[list[str]],
    root: bool,
    told_not_to: bool,
) -> None:
    _be(monkeypatch, root=root)
    if told_not_to:
        monkeypatch.setenv(system.NO_INSTALL, "1")
    system.install_system_packages(["libegl1", "libgl1"], "a window needs them")
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "apt-get install libegl1 libgl1" in told.err
    assert started == []


def test_who_may_install_is_told_how_to_do_without(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], started: list[list[str]]
) -> None:
    _be(monkeypatch, root=True)
    monkeypatch.delenv(system.NO_INSTALL, raising=False)
    system.install_system_packages(["libegl1"], "a window needs them")
    assert [command[:2] for command in started] == [["apt-get", "update"], ["apt-get", "install"]]
    assert system.NO_INSTALL in capsys.readouterr().err
    assert system.NO_INSTALL in (ROOT / "README.md").read_text(encoding="utf-8")


def test_nothing_is_installed_when_nothing_is_missing(started: list[list[str]]) -> None:
    system.install_system_packages([], "nothing")
    assert started == []
    assert system.loads("no-such-library.so.1") is False


def test_what_belongs_to_another_python_stays_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    assert commands.environment()["PYTHONPATH"] == str(ROOT)
    assert "PYTHONHOME" not in commands.environment()


def test_a_user_without_a_home_is_told_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", _homeless)
    monkeypatch.setattr(environments, "writable", lambda _: False)
    assert environments.known() == [environments.in_the_checkout()]
    with pytest.raises(Exception, match="XDG_CACHE_HOME"):
        environments.to_build()


def test_without_a_home_pip_keeps_nothing_where_the_caller_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert fetching.for_pip(Path(sys.executable), tmp_path)["HOME"] != str(tmp_path)
    monkeypatch.setattr(Path, "home", _homeless)
    assert fetching.for_pip(Path(sys.executable), tmp_path)["HOME"] == str(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="a batch of Windows has no bash")
def test_the_check_of_a_bare_clone_is_the_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "python3 run.py test" in script.read_text(encoding="utf-8")
    assert "python3 run.py test" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a batch of Windows has no bash")
@pytest.mark.parametrize("fails", ["", "run.py test --version", "run.py test", "tools/locks.py", "windows"])
def test_the_check_fails_with_any_of_its_jobs_and_runs_all(tmp_path: Path, fails: str) -> None:
    """With a Python and a Windows job that only say what they were asked."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    asked = '#!/bin/sh\necho "asked: $0 $*"\ncase "$0 $*" in *"$FAILS"*) exit 3;; esac\n'
    for stub in (tmp_path / "python3", tmp_path / ".ci" / "windows"):
        stub.write_text(asked, encoding="utf-8")
        stub.chmod(0o755)
    surroundings = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "FAILS": fails or "nothing", "HOME": str(tmp_path)}
    done = subprocess.run([tmp_path / ".ci" / "run"], env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == bool(fails), done.stdout + done.stderr
    assert done.stdout.count("asked: ") == 4
    jobs = re.findall(r"^(.+): (done|FAILED with exit code 3), \d+ min$", done.stdout, re.MULTILINE)
    assert {name for name, _ in jobs} == {"Set-up", "Windows", "Checks and tests", "Locks"}
    assert any(verdict != "done" for _, verdict in jobs) is bool(fails)


def _homeless() -> Path:
    raise RuntimeError


def _be(monkeypatch: pytest.MonkeyPatch, *, root: bool) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: "apt-get" if name == "apt-get" else None)


def _found(name: str) -> str | None:
    """The Python of this version, kept by pyenv or on the path; pyenv puts names there that start nothing."""
    kept = Path(CALLERS.get("PYENV_ROOT", "nowhere")) / "versions"
    by_version = sorted(map(str, kept.glob(f"{name.removeprefix('python')}.*/bin/{name}")))
    places = [*reversed(by_version), *filter(None, [shutil.which(name)])]
    return next((place for place in places if _starts(place)), None)


def _starts(python: str) -> bool:
    return subprocess.run([python, "-c", ""], capture_output=True, env={}, check=False).returncode == 0
