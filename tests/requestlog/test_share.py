"""A log on a network share: known by its mount, kept by a journal that other computers see, and nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ccinc_wizard.requestlog import sqlite_store
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.sqlite_store import on_share
from tests.requestlog.conftest import request
from tests.running import environment

Opener = Callable[..., RequestLog]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="mounts are told by Linux")


def _lies_on_a_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_store, "MOUNTS", tmp_path / "mounts")
    (tmp_path / "mounts").write_text(f"/dev/sda / ext4 rw 0 0\n//server/x {tmp_path} cifs rw 0 0\n")


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This test's folder lies on a share."""
    _lies_on_a_share(tmp_path, monkeypatch)


@LINUX
@pytest.mark.parametrize(
    ("kind", "wanted"), [("cifs", True), ("nfs4", True), ("fuse.sshfs", True), ("ext4", False), ("fuse.ext4", False)]
)
def test_the_mount_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, wanted: bool) -> None:
    place = tmp_path / "een map"
    (place / "log").mkdir(parents=True)
    told = str(place).replace(" ", "\\040")
    monkeypatch.setattr(sqlite_store, "MOUNTS", tmp_path / "mounts")
    (tmp_path / "mounts").write_text(f"/dev/sda / ext4 rw 0 0\nx {told} {kind} rw 0 0\ny {told}x nfs rw 0 0\n")
    assert on_share(place / "log") is wanted
    assert on_share(place / "not there yet") is wanted
    assert not on_share(tmp_path)


@LINUX
def test_a_log_on_a_share_has_no_write_ahead_log(shared: None, open_log: Opener, folder: Path) -> None:
    first, second = open_log(), open_log()
    for number in range(5):
        first.save(request(f"Eerste {number}"))
        second.save(request(f"Tweede {number}"))
    assert first.store.execute("PRAGMA journal_mode") == [("delete",)]
    assert [path.name for path in folder.glob("log.db-*")] == []
    assert first.count() == 10
    assert first.verify().sound


@LINUX
def test_a_log_that_came_onto_a_share_goes_on(
    log: RequestLog, open_log: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.save(request("Voordien"))
    _lies_on_a_share(tmp_path, monkeypatch)
    with pytest.raises(LogError) as refused:
        open_log()
    assert refused.value.code is LogErrorCode.LOCKED, "a program that does not know of the share holds it open"
    log.close()
    after = open_log()
    after.save(request("Nadien"))
    assert [entry.applicant_name for entry in after.page()] == ["Nadien", "Voordien"]


SAVES = """
import datetime as dt, sys
from pathlib import Path
from ccinc_wizard.requestlog import sqlite_store
from ccinc_wizard.requestlog.log import RequestLog
from tests.requestlog.conftest import request
sqlite_store.MOUNTS = Path(sys.argv[2])
log = RequestLog.open(Path(sys.argv[1]), clock=lambda: dt.datetime.now(dt.UTC), user="x")
while True:
    print(log.save(request(sys.argv[3])).reference, flush=True)
"""


@LINUX
def test_two_sessions_on_a_share_lose_no_save_when_killed(
    shared: None, open_log: Opener, folder: Path, tmp_path: Path, figures: list[str]
) -> None:
    open_log().close()
    acknowledged: list[str] = []
    kills = 6
    for turn in range(kills):
        programs = [
            subprocess.Popen(
                [sys.executable, "-c", SAVES, str(folder), str(tmp_path / "mounts"), f"Sessie {number}"],
                stdout=subprocess.PIPE,
                text=True,
                env=environment(XDG_SESSION_ID=str(number)),
            )
            for number in range(2)
        ]
        for program in programs:
            acknowledged += [program.stdout.readline().strip() for _ in range(3 + turn)]  # type: ignore[union-attr]
        for program in programs:
            os.kill(program.pid, signal.SIGKILL)
            acknowledged += program.communicate()[0].split()
    log = open_log()
    lost = [reference for reference in acknowledged if reference and not _there(log, reference)]
    assert lost == []
    assert log.verify().sound
    figures.append(f"two sessions on a share, killed {kills} times: 0 of {len(acknowledged)} saves lost")


def _there(log: RequestLog, reference: str) -> bool:
    return len(reference) < 7 or bool(log.get(reference))
