"""Erasing on a disk that is full: erased is erased, and what is left in the file is cleaned at the next start."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import ErasurePlan
from ccinc_wizard.requestlog.sqlite_store import SqliteStore
from tests.requestlog.conftest import START, request


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 40 MB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("no right to mount a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _opened(disk: Path) -> RequestLog:
    return RequestLog.open(disk / "log", clock=lambda: START, user="tester")


def test_a_full_disk_delays_the_cleaning_only(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with _opened(disk) as log:
        gone = log.save_many([request(f"Persoon {number} {'x' * 300}") for number in range(1500)])[0]
    cleaned: list[bool] = []
    real = SqliteStore.purge_traces

    def counted(store: SqliteStore) -> None:
        cleaned.append(False)
        real(store)
        cleaned[-1] = True

    monkeypatch.setattr(SqliteStore, "purge_traces", counted)
    with _opened(disk) as log:
        with (disk / "ballast").open("wb", buffering=0) as ballast:
            left = os.statvfs(disk)
            ballast.write(b"x" * (left.f_bavail * left.f_frsize - 700_000))
        log.erase(ErasurePlan(rest=(gone.id,)))
        assert cleaned == [False]
        assert log.count() == 1499
    (disk / "ballast").unlink()
    with _opened(disk) as log:
        assert cleaned == [False, True]
        assert log.verify().sound
    with _opened(disk):
        assert cleaned == [False, True]
