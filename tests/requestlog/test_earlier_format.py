"""A log of an earlier format is brought over whole: killed at any point it is the old one or the new one."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ccinc_wizard.requestlog import schema, sqlite_store
from ccinc_wizard.requestlog.backup import back_up, restore
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.folder import DATABASE, Mended
from ccinc_wizard.requestlog.keys import known_keys
from ccinc_wizard.requestlog.log import RequestLog
from tests.requestlog.conftest import START, request
from tests.running import environment

Opener = Callable[..., RequestLog]
PRESENT, NEXT = schema.SCHEMA_VERSION, schema.SCHEMA_VERSION + 1
STEPS = """
ALTER TABLE requests ADD COLUMN more TEXT NOT NULL DEFAULT '';
UPDATE requests SET more = upper(role);
CREATE TRIGGER more_stays BEFORE UPDATE OF more ON requests BEGIN SELECT RAISE(ABORT, 'stays'); END;
CREATE INDEX requests_by_more ON requests(more, id);
"""
HOW_MANY = 120


@pytest.fixture
def earlier(log: RequestLog, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a log of this format, for a program whose format is the next one."""
    log.save_many(request(f"Persoon {number}") for number in range(HOW_MANY))
    log.close()
    monkeypatch.setattr(sqlite_store, "SCHEMA_VERSION", NEXT)
    monkeypatch.setitem(sqlite_store.MIGRATIONS, NEXT, STEPS)
    return log.folder


def _version(folder: Path) -> tuple[int, bool]:
    """Which format the file says it has, and whether what that format added is there."""
    with closing(sqlite_store.connect(folder / DATABASE, known_keys(folder).cipher_key())) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        added = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE name LIKE '%more%'")}
    assert added in (set(), {"more_stays", "requests_by_more"})
    return version, bool(added)


def _brought_over(log: RequestLog) -> None:
    assert log.verify().sound
    assert log.count() == HOW_MANY
    assert log.store.execute("SELECT DISTINCT more FROM requests") == [("INVOERDER",)]
    assert log.count(search="persoon") == HOW_MANY


def test_it_is_brought_over_with_progress(earlier: Path, open_log: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_store, "_PAGES", 5)
    told: list[tuple[int, int]] = []
    log = RequestLog.open(earlier, clock=lambda: START, user="x", progress=lambda *place: told.append(place))
    with closing(log):
        _brought_over(log)
    assert len(told) > 10
    shares = [done / total for done, total in told]
    assert shares == sorted(shares)
    assert shares[0] < 0.1
    assert told[-1][0] == told[-1][1]


def test_a_backup_of_an_earlier_format_is_brought_over(
    log: RequestLog, tmp_path: Path, open_log: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.save_many(request(f"Persoon {number}") for number in range(HOW_MANY))
    back_up(log, tmp_path / "backup.ccinc", "drie losse woorden")
    monkeypatch.setattr(sqlite_store, "SCHEMA_VERSION", NEXT)
    monkeypatch.setitem(sqlite_store.MIGRATIONS, NEXT, STEPS)
    restore(tmp_path / "other" / "log", tmp_path / "backup.ccinc", "drie losse woorden", START)
    _brought_over(open_log(tmp_path / "other" / "log"))


def test_a_program_of_the_earlier_format_saves_nothing_into_the_next_one(
    log: RequestLog, open_log: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It had the log open while a newer program brought it over."""
    log.save(request())
    with monkeypatch.context() as newer:
        newer.setattr(sqlite_store, "SCHEMA_VERSION", NEXT)
        newer.setitem(sqlite_store.MIGRATIONS, NEXT, STEPS)
        open_log().close()
    with pytest.raises(LogError) as refused:
        log.save(request("Daarna"))
    assert refused.value.code is LogErrorCode.NEWER


def test_two_programs_that_start_at_once_bring_it_over_once(
    earlier: Path, open_log: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = sqlite_store.SqliteStore._keep_copy
    others: list[LogErrorCode] = []

    def meanwhile(store: sqlite_store.SqliteStore, *arguments: object) -> int:
        with pytest.raises(LogError) as refused:
            open_log()
        others.append(refused.value.code)
        return first(store, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite_store, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(sqlite_store.SqliteStore, "_keep_copy", meanwhile)
    _brought_over(open_log())
    assert others == [LogErrorCode.LOCKED]


OPENS = f"""
import sys
from pathlib import Path
from ccinc_wizard.requestlog import sqlite_store
from ccinc_wizard.requestlog.log import RequestLog
from datetime import UTC, datetime
sqlite_store.SCHEMA_VERSION, sqlite_store._PAGES = {NEXT}, 10
sqlite_store.MIGRATIONS[{NEXT}] = {STEPS!r}
RequestLog.open(Path(sys.argv[1]), clock=lambda: datetime(2026, 11, 24, tzinfo=UTC), user="x").close()
"""
CALLS = ("pwrite64", "fdatasync", "ftruncate", "rename", "unlink")
"""What SQLite and the program ask of the system that changes a file."""


def _opened(place: Path, *strace: str) -> int:
    """The exit status of a program that opens the log, under strace."""
    program = [sys.executable, "-c", OPENS, str(place / "log")]
    command = ["strace", "-f", "-qq", "-o", str(place / "calls"), *strace, *program]
    return subprocess.run(
        command, env=environment(PYTHONDONTWRITEBYTECODE="1"), check=False, capture_output=True
    ).returncode


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: it makes the kills")
def test_killed_at_any_point_it_is_the_old_log_or_the_new_one(
    earlier: Path, tmp_path: Path, open_log: Opener, figures: list[str]
) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(earlier.parent, whole)
    assert _opened(whole, "-e", f"trace={','.join(CALLS)}") == 0
    made = Counter(line.split()[1].partition("(")[0] for line in (whole / "calls").read_text().splitlines())
    points = [(call, turn) for call in CALLS for turn in range(1, made[call] + 1, max(made[call] // 18, 1))]
    ends: Counter[int] = Counter()
    told = 0
    for call, turn in points:
        place = tmp_path / f"{call}-{turn}"
        shutil.copytree(earlier.parent, place)
        assert _opened(place, "-e", f"inject={call}:signal=KILL:when={turn}") == -signal.SIGKILL
        version, added = _version(place / "log")
        assert added is (version == NEXT), "old or new, never neither"
        left = list((place / "log").glob("before-schema-*"))
        log = open_log(place / "log")
        _brought_over(log)
        assert (log.mended is Mended.CLEARED) is (version == PRESENT and bool(left))
        log.close()
        again = open_log(place / "log")
        assert again.mended is None, "it is told once"
        assert [path.name for path in (place / "log").glob("before-schema-*")] == [f"before-schema-{NEXT}.db"]
        again.close()
        ends[version] += 1
        told += version == PRESENT and bool(left)
        shutil.rmtree(place)
    figures.append(f"bringing a log over killed at {len(points)} points: {ends[PRESENT]} times the old log, "
                   f"{ends[NEXT]} the new one, 0 neither; what was left told {told} times")  # fmt: skip
    assert len(points) >= 20
    assert ends[PRESENT] >= 10
    assert ends[NEXT] >= 1
