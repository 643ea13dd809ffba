"""What is fetched for another system is what its pip would install there."""

from __future__ import annotations

from pathlib import Path

import locks
import pytest
from bootstrap import fetching
from bootstrap.environments import DEV_LOCK, RUN_LOCK

from tests.tooling.project import ROOT

HASHES = " \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
ENTRY = "tool==1.0 ; sys_platform == 'win32' and python_full_version < '3.12'" + HASHES


@pytest.mark.parametrize(
    ("system", "version", "wanted"),
    [("Windows", "3.11", True), ("Windows", "3.12", False), ("Linux", "3.11", False)],
)
def test_markers_are_those_of_the_other_system(system: str, version: str, wanted: bool) -> None:
    alone = "tool==1.0" + HASHES
    assert locks.for_target(ENTRY, system, version) == (alone if wanted else "")
    assert locks.for_target(alone, system, version) == alone


@pytest.mark.parametrize("lock", [RUN_LOCK, DEV_LOCK])
def test_every_line_of_a_lock_belongs_to_a_package(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "".join(locks.entries(lock).values()) == text


def test_both_locks_say_the_same_of_a_package() -> None:
    run, dev = locks.entries(RUN_LOCK), locks.entries(DEV_LOCK)
    assert {name: dev.get(name) for name in run} == run


def test_the_promised_pythons_are_those_of_the_project() -> None:
    assert locks.promised() == ["3.11", "3.12", "3.13", "3.14"]


def test_what_cannot_be_fetched_names_system_and_python(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for name in [name for name in fetching.os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", fetching.os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert locks.check(tmp_path) == 1
    told = capsys.readouterr().err
    assert told.startswith("Linux, Python 3.11: Not set up: the package registry does not have ")
    assert told.count("\n") == 1


def test_wrong_words_list_the_right_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert locks.main(["fetch"]) == 2
    told = capsys.readouterr().err
    assert "renew" in told
    assert "check" in told


def test_who_contributes_is_told_the_command_that_there_is() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "python3 tools/locks.py renew" in told
    assert "python3 tools/locks.py check" in told
    assert "tools/locks.py check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
