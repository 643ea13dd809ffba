"""Another log in the place of an open one, and changes cut short: the old log or the new one, and no save lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import keyring
import pytest

from ccinc_wizard.requestlog import folder as folders
from ccinc_wizard.requestlog.backup import back_up, restore
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.folder import DATABASE, Mended, head_path, set_aside
from ccinc_wizard.requestlog.log import RequestLog
from tests.requestlog.conftest import START, MemoryKeyring, request
from tests.running import environment

Opener = Callable[..., RequestLog]
PASSPHRASE = "drie losse woorden"
OLD, NEW = ["Oud", "Ook oud"], ["Uit de back-up"]
NEEDS_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody move or delete an open file")


@pytest.fixture
def backup(tmp_path: Path, open_log: Opener) -> Path:
    """A backup of another log."""
    other = open_log(tmp_path / "other" / "log")
    other.save(request(NEW[0]))
    back_up(other, tmp_path / "backup.ccinc", PASSPHRASE)
    other.close()
    return tmp_path / "backup.ccinc"


@pytest.fixture
def old(folder: Path, open_log: Opener) -> RequestLog:
    """An open log of two requests."""
    log = open_log()
    for name in OLD:
        log.save(request(name))
    return log


def _names(log: RequestLog) -> list[str]:
    assert log.verify().sound
    return [entry.applicant_name for entry in reversed(log.page())]


def _gone(folder: Path, backup: Path) -> None:
    shutil.rmtree(folder)


def _without_file(folder: Path, backup: Path) -> None:
    (folder / DATABASE).unlink()


def _other_file(folder: Path, backup: Path) -> None:
    shutil.copyfile(folder / DATABASE, folder / "copy.db")
    (folder / "copy.db").replace(folder / DATABASE)


def _without_wal(folder: Path, backup: Path) -> None:
    (folder / f"{DATABASE}-wal").unlink()


def _moved(folder: Path, backup: Path) -> None:
    folder.rename(folder.with_name("moved"))


def _restored(folder: Path, backup: Path) -> None:
    restore(folder, backup, PASSPHRASE, START)


def _anew(folder: Path, backup: Path) -> None:
    set_aside(folder, START)
    RequestLog.open(folder, clock=lambda: START, user="x").close()


@NEEDS_POSIX
@pytest.mark.parametrize("replace", [_gone, _without_file, _other_file, _without_wal, _moved, _restored, _anew])
def test_a_save_into_a_log_that_is_no_longer_there_fails_and_says_so(
    old: RequestLog, folder: Path, backup: Path, replace: Callable[[Path, Path], None]
) -> None:
    replace(folder, backup)
    for save in (
        lambda: old.save(request("Verloren")),
        lambda: old.add_note(old.page()[0].reference, "verloren"),
        lambda: old.tick(old.page()[0].reference, "stap"),
    ):
        with pytest.raises(LogError) as refused:
            save()
        assert refused.value.code is LogErrorCode.REPLACED


@NEEDS_POSIX
def test_a_log_replaced_in_the_midst_of_a_save_fails_it(old: RequestLog, folder: Path, backup: Path) -> None:
    def save() -> None:
        with old.turn():
            old.save(request("Verloren"))
            restore(folder, backup, PASSPHRASE, START)

    with pytest.raises(LogError) as refused:
        save()
    assert refused.value.code is LogErrorCode.REPLACED


STAYS = """
import datetime as dt, os, sys
from pathlib import Path
from ccinc_wizard.requestlog.log import RequestLog
from tests.requestlog.conftest import request
log = RequestLog.open(Path(sys.argv[1]), clock=lambda: dt.datetime.now(dt.UTC), user="x")
print(log.save(request(sys.argv[2])).reference, flush=True)
sys.stdin.readline()
log.close()
"""


@contextmanager
def _other_program(folder: Path, name: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A program that has saved, holds the log open, and closes it in order once it is sent a line."""
    command = [sys.executable, "-c", STAYS, str(folder), name]
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        yield program, program.stdout.readline().strip()


@NEEDS_POSIX
def test_closing_a_log_that_was_replaced_takes_nothing_from_the_new_one(
    folder: Path, backup: Path, open_log: Opener
) -> None:
    with _other_program(folder, "Oud") as (first, _):
        restore(folder, backup, PASSPHRASE, START)
        with _other_program(folder, "Nieuw") as (second, reference):
            first.communicate("close\n")
            assert first.returncode == 0
            os.kill(second.pid, signal.SIGKILL)
    assert open_log().get(reference).applicant_name == "Nieuw"
    assert _names(open_log()) == [*NEW, "Nieuw"]


CUT_SHORT = """
import os, signal, sys
from pathlib import Path
from ccinc_wizard.requestlog import backup, folder, log
from tests.requestlog.conftest import START
changes = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "told")
left = None
def count(event, arguments):
    global left
    if left is None or not (event in changes or (
        event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    )):
        return
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
def do(what, place, file):
    if what == "restore":
        backup.restore(Path(place), Path(file), "drie losse woorden", START, lambda *_: count("told", ()))
    elif what == "anew":
        folder.set_aside(Path(place), START)
    else:
        log.RequestLog.open(Path(place), clock=lambda: START, user="x").close()
for line in sys.stdin:
    *told, after = line.rstrip().split("|")
    if (child := os.fork()) == 0:
        left = int(after)
        do(*told)
        os._exit(0)
    print(os.waitpid(child, 0)[1], flush=True)
"""
"""Does what it is sent in a child of its own, which is killed after so many changes to the file system."""
CutShort = Callable[..., bool]


@pytest.fixture
def cut_short(backup: Path) -> Iterator[CutShort]:
    """Does something in a program that is killed after so many changes to the file system; tells whether it was."""
    command = [sys.executable, "-c", CUT_SHORT]
    pipes: dict[str, int] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=environment(), text=True, bufsize=1, **pipes) as nursery:  # type: ignore[call-overload]

        def do(what: str, folder: Path, after: int) -> bool:
            nursery.stdin.write(f"{what}|{folder}|{backup}|{after}\n")
            status = int(nursery.stdout.readline())
            assert status in (0, signal.SIGKILL)
            return status != 0

        yield do
        nursery.stdin.close()


def _beside(folder: Path, kind: str) -> list[Path]:
    return list(folder.parent.glob(f"{folder.name}{kind}"))


@NEEDS_POSIX
def test_a_restore_killed_at_any_point_leaves_the_old_log_or_the_new_one(
    old: RequestLog, folder: Path, cut_short: CutShort, tmp_path: Path, open_log: Opener, figures: list[str]
) -> None:
    old.close()
    ends = {"old": 0, "new": 0}
    told: dict[Mended | None, int] = {}
    points = 0
    while True:
        place = tmp_path / f"killed-{points}"
        shutil.copytree(folder.parent, place)
        killed = cut_short("restore", place / "log", points)
        log = open_log(place / "log")
        names = _names(log)
        assert names in (OLD, NEW)
        ends["old" if names == OLD else "new"] += 1
        told[log.mended] = told.get(log.mended, 0) + 1
        log.save(request("Daarna"))
        assert _names(log) == [*names, "Daarna"]
        log.close()
        assert not _beside(place / "log", ".new-*")
        assert not _beside(place / "log", ".swap*")
        kept = [path for path in _beside(place / "log", "-kept-*") if path.is_dir()]
        assert [_names(open_log(path)) for path in kept] == ([OLD] if names == NEW else [])
        assert open_log(place / "log").mended is None, "it is told once"
        if not killed:
            break
        points += 1
    figures.append(f"a restore killed at {points} points: {ends['old']} times the old log, {ends['new']} the new one; "
                   f"{points - told.get(None, 0) + 1} told")  # fmt: skip
    assert points >= 20
    assert told[Mended.COMPLETED] >= 3
    assert told[Mended.CLEARED] >= 3


@NEEDS_POSIX
@pytest.mark.parametrize(("what", "there"), [("anew", True), ("first", False)])
def test_beginning_killed_at_any_point_loses_nothing(
    folder: Path, cut_short: CutShort, tmp_path: Path, open_log: Opener, what: str, there: bool, old: RequestLog
) -> None:
    old.close()
    for after in range(100):
        place = tmp_path / f"killed-{after}"
        place.mkdir()
        if there:
            shutil.copytree(folder.parent, place, dirs_exist_ok=True)
        killed = cut_short(what, place / "log", after)
        names = _names(open_log(place / "log"))
        kept = [_names(open_log(path)) for path in _beside(place / "log", "-kept-*") if path.is_dir()]
        assert [names, *kept] in ([[OLD], [[], OLD]] if there else [[[]]])
        assert not _beside(place / "log", ".new-*")
        assert not _beside(place / "log", ".swap*")
        if not killed:
            return
    raise AssertionError("it never came to its end")


def test_a_restore_that_fails_at_any_rename_leaves_all_as_it_was(
    old: RequestLog, folder: Path, backup: Path, open_log: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    old.close()
    before = {path.relative_to(folder.parent): path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()}
    real, failed = folders._move, 0
    for at in range(10):
        left = [at]

        def move(source: Path, target: Path, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == -1:
                raise OSError(5, "Input/output error")
            real(source, target)

        monkeypatch.setattr(folders, "_move", move)
        try:
            restore(folder, backup, PASSPHRASE, START)
        except LogError:
            failed += 1
            after = {path.relative_to(folder.parent) for path in folder.parent.rglob("*") if path.is_file()}
            assert after == set(before)
            assert all((folder.parent / path).read_bytes() == content for path, content in before.items())
            assert ring.kept == {}, "no key of a log that never was"
        else:
            break
    assert failed == 4
    monkeypatch.undo()
    assert _names(open_log()) == NEW


def test_what_an_earlier_version_left_between_two_renames_is_put_back(
    old: RequestLog, folder: Path, backup: Path, open_log: Opener, tmp_path: Path
) -> None:
    old.close()
    restore(tmp_path / "elsewhere" / "log", backup, PASSPHRASE, START)
    (tmp_path / "elsewhere" / "log").rename(folder.with_name("log.new-00112233"))
    kept = folder.with_name("log-kept-20261124-120000")
    folder.rename(kept)
    head_path(folder).rename(head_path(kept))
    log = open_log()
    assert log.mended is Mended.UNDONE
    assert _names(log) == OLD
    assert not _beside(folder, ".new-*")
    assert not _beside(folder, "-kept-*")


def test_a_log_whose_folder_is_gone_can_be_begun_anew(old: RequestLog, folder: Path, open_log: Opener) -> None:
    old.close()
    shutil.rmtree(folder)
    with pytest.raises(LogError):
        open_log()
    set_aside(folder, START)
    assert _names(open_log()) == []


def test_two_logs_set_aside_in_one_second_are_both_kept(folder: Path, open_log: Opener) -> None:
    for name in ("Een", "Twee"):
        log = open_log()
        log.save(request(name))
        log.close()
        set_aside(folder, START)
    kept = sorted(path for path in _beside(folder, "-kept-*") if path.is_dir())
    assert [_names(open_log(path)) for path in kept] == [["Een"], ["Twee"]]
