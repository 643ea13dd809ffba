"""Faults injected for real: killed programs, full disks, locks, flipped bytes. Each prints its figure."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import log_trouble
from ccinc_wizard.domain.enums import Status
from ccinc_wizard.requestlog import schema, sqlite_store
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.export import ExportCancelledError, export
from ccinc_wizard.requestlog.folder import DATABASE, set_aside
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import ErasurePlan, LoggedRequest, Remedy, Trouble
from tests.requestlog.conftest import START, request
from tests.running import environment, run_here

ROOT = Path(__file__).resolve().parents[2]
Opener = Callable[..., RequestLog]
KILLS = 200
FLIPS = 200
DAMAGED = 150
SAVER = """
import datetime as dt, sys
from pathlib import Path
from ccinc_wizard.requestlog.log import RequestLog
from tests.requestlog.conftest import request
log = RequestLog.open(Path(sys.argv[1]), clock=lambda: dt.datetime.now(dt.UTC), user="saver")
for number in range(int(sys.argv[2])):
    print(log.save(request(f"Naam {number}")).reference, flush=True)
"""
NURSERY = """
import datetime as dt, os, sys
from pathlib import Path
from ccinc_wizard.requestlog.log import RequestLog
from tests.requestlog.conftest import request
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        log = RequestLog.open(Path(sys.argv[1]), clock=lambda: dt.datetime.now(dt.UTC), user="saver")
        for number in range(10_000):
            os.write(1, f"{os.getpid()} {log.save(request(f'Naam {number}')).reference}\\n".encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.write(1, b"gone\\n")
"""
NEEDS_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None,
    reason="only root can mount a small or read-only file system",
)


def _saver(folder: Path, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SAVER, str(folder), str(count)]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)


@contextmanager
def _mounted(place: Path, options: str) -> Iterator[Path]:
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=False, capture_output=True
    )
    if done.returncode:
        pytest.skip(f"mounting is not allowed here: {done.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def _nursery(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has loaded everything, and lets a child of its own save whenever it is sent a line."""
    command = [sys.executable, "-c", NURSERY, str(folder)]
    with subprocess.Popen(
        command, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def test_killed_at_any_moment_nothing_acknowledged_is_lost(folder: Path, open_log: Opener, figures: list[str]) -> None:
    dice = random.Random(8)
    acknowledged: set[str] = set()
    lost = unreadable = 0
    with _nursery(folder) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        for _ in range(KILLS):
            nursery.stdin.write("save\n")
            child, reference = nursery.stdout.readline().split()
            acknowledged.add(reference)
            time.sleep(dice.random() * 0.02)  # the moment of the kill, not a wait for anything
            os.kill(int(child), signal.SIGKILL)
            acknowledged |= {line.split()[1] for line in iter(nursery.stdout.readline, "gone\n")}
    assert len(acknowledged) > KILLS
    try:
        log = open_log()
        for reference in acknowledged:
            try:
                log.get(reference)
            except LogError:
                lost += 1
        assert log.verify().sound
    except LogError:
        unreadable += 1
    figures.append(f"killed {KILLS} times while saving: {lost} of {len(acknowledged)} acknowledged requests lost, "
                   f"{unreadable} logs unreadable")  # fmt: skip
    assert (lost, unreadable) == (0, 0)


def test_two_programs_saving_at_once(folder: Path, open_log: Opener, figures: list[str]) -> None:
    savers = [_saver(folder, 500), _saver(folder, 500)]
    told = [saver.communicate()[0].split() for saver in savers]
    log = open_log()
    figures.append(f"two programs saving 500 each: {log.count()} there")
    assert log.count() == len(set(told[0]) | set(told[1])) == 1000
    assert log.verify().sound


def _fill(log: RequestLog, saved: list[LoggedRequest]) -> LogError:
    while True:
        try:
            saved.append(log.save(request(f"Naam {len(saved)}", note="x" * 400)))
        except LogError as error:
            return error


@NEEDS_ROOT
def test_a_full_disk(tmp_path: Path, open_log: Opener, figures: list[str]) -> None:
    with _mounted(tmp_path / "small", "size=700k") as place:
        log = open_log(place / "log")
        saved: list[LoggedRequest] = []
        refused = _fill(log, saved)
        assert refused.code is LogErrorCode.FULL
        assert [log.get(entry.reference) for entry in saved] == saved
        with pytest.raises(LogError):
            export(log, place / "out.csv")
        assert not list(place.glob("*.csv"))
        log.close()
        again = open_log(place / "log")
        assert again.verify().sound
        figures.append(f"disk full after {len(saved)} saves: {len(saved) - again.count()} lost, log sound")
        assert again.count() == len(saved)
        again.close()


@NEEDS_ROOT
def test_a_read_only_folder(tmp_path: Path, open_log: Opener, figures: list[str]) -> None:
    with _mounted(tmp_path / "disk", "size=8m") as place:
        log = open_log(place / "log")
        log.save(request())
        log.close()
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        for folder in (place / "log", place / "new"):
            with pytest.raises(LogError) as refused:
                open_log(folder).save(request())
            assert refused.value.code is LogErrorCode.READ_ONLY
    figures.append("read-only folder: refused with a clear code, for an old and for a new log")


@NEEDS_ROOT
@pytest.mark.parametrize("ended", ["closed", "killed", "killed, without its index"])
def test_a_log_in_a_read_only_folder_is_read_searched_and_exported(
    tmp_path: Path, open_log: Opener, figures: list[str], ended: str
) -> None:
    with _mounted(tmp_path / "disk é", "size=8m") as place:
        log = open_log(place / "data" / "log")
        for name in ("Lieve Voorbeeldt", "Jan Oefenmans"):
            log.save(request(name))
        if ended != "closed":
            shutil.copytree(log.folder, place / "killed")
        log.close()
        if ended != "closed":
            shutil.rmtree(log.folder)
            (place / "killed").rename(log.folder)
        if "without" in ended:
            (log.folder / f"{DATABASE}-shm").unlink()
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        files = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
        code, out, told = run_here("log", "list", "--data-dir", str(place / "data"))
        assert (code, told) == (0, "")
        assert [name in out for name in ("Lieve Voorbeeldt", "Jan Oefenmans")] == [True, True]
        assert "Jan" in run_here("log", "list", "--search", "oefen", "--data-dir", str(place / "data"))[1]
        assert run_here("log", "verify", "--data-dir", str(place / "data"))[0] == 0
        for ending in ("csv", "xlsx", "json"):
            target = tmp_path / f"out.{ending}"
            assert run_here("log", "export", str(target), "--data-dir", str(place / "data"))[0] == 0
            assert target.stat().st_size
        with open_log(place / "data" / "log") as opened:
            assert opened.count() == 2
            with pytest.raises(LogError) as refused:
                opened.save(request())
            assert refused.value.code is LogErrorCode.READ_ONLY
        assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == files
        code, _, told = run_here("log", "purge", "--older-than", "1", "--data-dir", str(place / "data"))
        assert (code, told.strip()) == (1, log_trouble(Texts("nl"), refused.value))
    assert not list(Path(tempfile.gettempdir()).glob("ccinc-*/log.db"))
    figures.append(f"a read-only folder, {ended}: read, searched, checked and exported; 0 bytes changed")


WRITES = "database.execute('BEGIN EXCLUSIVE')"
READS = "database.execute('BEGIN'); database.execute('SELECT * FROM events').fetchone()"
LOCKS_THE_FILE = "import fcntl; file = open(path, 'r+b'); fcntl.lockf(file, fcntl.LOCK_EX)"
HOLDS = {
    "a second program that writes": (WRITES, True),
    "a second program that reads": (READS, False),
    "a backup tool with the file locked": (LOCKS_THE_FILE, True),
}
"""What holds the log in a program of its own, and whether one must wait for it."""
HOLDER = """
import sys
from pathlib import Path
from ccinc_wizard.requestlog.sqlite_store import connect
path, key = sys.argv[1], bytes.fromhex(sys.argv[2])
database = None if "fcntl" in sys.argv[3] else connect(Path(path), key)
exec(sys.argv[3])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the locks of a backup tool are set as POSIX sets them")
@pytest.mark.parametrize("who", HOLDS)
def test_a_log_held_by_another_program(
    folder: Path, open_log: Opener, monkeypatch: pytest.MonkeyPatch, figures: list[str], who: str
) -> None:
    hold, waits = HOLDS[who]
    monkeypatch.setattr(sqlite_store, "BUSY_SECONDS", 0.05)
    log = open_log()
    log.save(request())
    log.close()
    command = [sys.executable, "-c", HOLDER, str(folder / DATABASE), log.keys.cipher_key().hex(), hold]
    pipes: dict[str, int] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env=environment(), text=True, **pipes) as holder:  # type: ignore[call-overload]
        assert holder.stdout.readline() == "held\n"
        if waits:
            with pytest.raises(LogError) as refused:
                open_log().save(request())
            assert refused.value.code is LogErrorCode.LOCKED
        else:
            open_log().save(request())
        holder.stdin.close()
        holder.wait()
    again = open_log()
    again.save(request())
    assert again.count() == (2 if waits else 3)
    assert again.verify().sound
    figures.append(f"held by {who}: {'told as locked, and saved once it was gone' if waits else 'saved meanwhile'}")


def test_flipped_bytes_and_truncations(folder: Path, open_log: Opener, tmp_path: Path, figures: list[str]) -> None:
    log = open_log()
    saved = {entry.reference: entry for entry in log.save_many([request(f"Naam {number}") for number in range(60)])}
    log.close()
    whole = (folder / DATABASE).read_bytes()
    dice = random.Random(9)
    answers = {"refused": 0, "right": 0}
    for number in range(FLIPS):
        damaged = bytearray(whole)
        if number % 4 == 0:
            del damaged[dice.randrange(len(damaged)) :]
        else:
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        for leftover in folder.glob(f"{DATABASE}-*"):
            leftover.unlink()
        (folder / DATABASE).write_bytes(damaged)
        try:
            with RequestLog.open(folder, clock=lambda: START, user="tester") as opened:
                shown = opened.page(limit=100)
                found = opened.page(search="naam", limit=100)
                if not opened.verify().sound:
                    raise LogError(LogErrorCode.DAMAGED)
            assert all(saved[entry.reference] == entry for entry in [*shown, *found])
            assert len(shown) == len(found) == len(saved)
            answers["right"] += 1
        except LogError:
            answers["refused"] += 1
            kept = set_aside(folder, START)
            assert (kept / DATABASE).read_bytes()[: len(damaged)] == bytes(damaged)
            shutil.move(kept, folder)
            kept.with_name(f"{kept.name}.head").rename(folder.with_name("log.head"))
    figures.append(f"{FLIPS} flipped bytes and truncations: {answers['refused']} refused and kept aside, "
                   f"{answers['right']} read rightly, 0 wrong")  # fmt: skip
    assert answers["refused"] > FLIPS / 2


def test_each_damaged_file_is_named(folder: Path, open_log: Opener, figures: list[str]) -> None:
    log = open_log()
    saved = log.save_many([request(f"Naam {number}", note="x" * 200) for number in range(60)])
    log.erase(ErasurePlan(rest=tuple(entry.id for entry in saved[::3])))
    log.change(saved[1].reference, Status.GRANTED)
    log.close()
    whole, dice = (folder / DATABASE).read_bytes(), random.Random(6)
    named = {"at opening": 0, "by the check": 0}
    refused = 0
    for _ in range(DAMAGED):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        (folder / DATABASE).write_bytes(damaged)
        try:
            with RequestLog.open(folder, clock=lambda: START, user="tester") as opened:
                verdict = opened.verify()
                assert [(found.trouble, found.remedy) for found in verdict.findings] == [
                    (Trouble.PAGES, Remedy.RESTORE)
                ]
                assert verdict.findings[0].sequence == 1
                named["by the check"] += 1
                with suppress(LogError):
                    opened.save(request())
                    refused -= 1
                refused += 1
        except LogError as error:
            named["at opening"] += error.code is LogErrorCode.DAMAGED
        for leftover in folder.glob(f"{DATABASE}-*"):
            leftover.unlink()
    figures.append(f"one flipped bit in {DAMAGED} files: {named['at opening']} named at opening, "
                   f"{named['by the check']} by the check, {refused} of these refuse a save")  # fmt: skip
    assert sum(named.values()) == DAMAGED


def test_a_newer_schema_is_left_untouched(log: RequestLog, folder: Path, open_log: Opener, figures: list[str]) -> None:
    log.save(request())
    log.store.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    log.close()
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(LogError) as refused:
        open_log()
    assert refused.value.code is LogErrorCode.NEWER
    assert (folder / DATABASE).read_bytes() == before
    figures.append(f"a newer schema: refused, 0 of {len(before)} bytes changed")


def test_a_migration_keeps_a_copy(
    log: RequestLog, folder: Path, open_log: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.save(request())
    log.close()
    following = schema.SCHEMA_VERSION + 1
    monkeypatch.setattr(sqlite_store, "SCHEMA_VERSION", following)
    monkeypatch.setitem(sqlite_store.MIGRATIONS, following, "CREATE TABLE more (a TEXT);")
    migrated = open_log()
    assert migrated.count() == 1
    assert migrated.store.execute("SELECT count(*) FROM more") == [(0,)]
    copy = folder / f"before-schema-{following}.db"
    database = sqlite_store.connect(copy, migrated.keys.cipher_key())
    assert database.execute("SELECT count(*) FROM requests").fetchone() == (1,)
    assert database.execute("PRAGMA user_version").fetchone() == (following - 1,)
    database.close()
    migrated.erase(ErasurePlan(names=(1,)))
    assert not copy.exists(), "what was erased must not live on in it"


def test_a_long_path_with_spaces_and_accents(tmp_path: Path, open_log: Opener, figures: list[str]) -> None:
    deep = tmp_path
    while len(str(deep)) < 236:
        deep = deep / ("é map " + "x" * min(30, max(1, 236 - len(str(deep)) - 7)))
    log = open_log(deep / "log")
    assert len(str(log.folder)) >= 240
    log.save(request())
    assert log.verify().sound
    figures.append(f"a path of {len(str(log.folder))} characters with spaces and accents: saved and sound")


def _tell(told: list[int], done: int, total: int) -> None:
    told.append(done)


def test_a_cancelled_export_leaves_no_file_and_the_old_one_whole(log: RequestLog, tmp_path: Path) -> None:
    log.save_many([request()] * 2500)
    for ending in ("csv", "xlsx", "json"):
        target = tmp_path / f"out.{ending}"
        target.write_text("the old one")
        told: list[int] = []
        with pytest.raises(ExportCancelledError):
            export(log, target, progress=partial(_tell, told), cancelled=told.__len__)
        assert told == [1000]
        assert target.read_text() == "the old one"
    assert sorted(path.name for path in tmp_path.glob("out*")) == ["out.csv", "out.json", "out.xlsx"]
