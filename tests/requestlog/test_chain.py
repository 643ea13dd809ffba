"""Whatever is changed behind the log's back is seen, and told by the entry concerned."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import Status, Trouble
from ccinc_wizard.requestlog.sqlite_store import connect
from tests.requestlog.conftest import request

Tamper = Callable[[sqlite.Connection], object]


@pytest.fixture
def filled(log: RequestLog) -> RequestLog:
    """A log of six events: five requests, the third of which was granted."""
    saved = log.save_many([request(f"Naam {number}") for number in range(5)])
    log.change(saved[2].reference, Status.GRANTED, "klaar")
    return log


def _behind_its_back(log: RequestLog, tamper: Tamper) -> None:
    database = connect(log.folder / "log.db", log.keys.cipher_key())
    for trigger in ("events_stay", "events_remain", "contents_stay"):
        database.execute(f"DROP TRIGGER {trigger}")
    tamper(database)
    database.close()


def _sql(statement: str) -> Tamper:
    return lambda database: database.execute(statement)


def _scripts(statements: str) -> Tamper:
    return lambda database: database.executescript(statements)


TAMPERING: list[tuple[str, Tamper, Trouble, int]] = [
    ("request", _sql("UPDATE events SET request = 5 WHERE seq = 3"), Trouble.CHANGED, 3),
    ("kind", _sql("UPDATE events SET kind = 'note' WHERE seq = 6"), Trouble.CHANGED, 6),
    ("names digest", _sql("UPDATE events SET names_digest = zeroblob(32) WHERE seq = 2"), Trouble.CHANGED, 2),
    ("rest digest", _sql("UPDATE events SET rest_digest = zeroblob(32) WHERE seq = 2"), Trouble.CHANGED, 2),
    ("mac", _sql("UPDATE events SET mac = zeroblob(32) WHERE seq = 4"), Trouble.CHANGED, 4),
    ("erased", _sql("UPDATE events SET erased = '{}' WHERE seq = 4"), Trouble.CHANGED, 4),
    ("name", _sql("UPDATE contents SET content = replace(content, 'Naam', 'Neen') WHERE seq = 4"), Trouble.CHANGED, 4),
    ("salt", _sql("UPDATE contents SET salt = zeroblob(16) WHERE seq = 1 AND stage = 'rest'"), Trouble.CHANGED, 1),
    ("middle", _sql("DELETE FROM events WHERE seq = 3"), Trouble.REMOVED, 3),
    ("first", _sql("DELETE FROM events WHERE seq = 1"), Trouble.REMOVED, 1),
    ("tail", _sql("DELETE FROM events WHERE seq = 6"), Trouble.CUT, 6),
    ("all", _sql("DELETE FROM events"), Trouble.CUT, 1),
    ("content gone", _sql("DELETE FROM contents WHERE seq = 2 AND stage = 'names'"), Trouble.REMOVED, 2),
    ("added", _sql("INSERT INTO events SELECT 7, request, kind, erased, names_digest, rest_digest, mac FROM events "
                   "WHERE seq = 6"), Trouble.ADDED, 7),
    ("content added", _sql("INSERT INTO contents VALUES (99, 'rest', x'00', '{}')"), Trouble.ADDED, 6),
    ("swapped", _scripts("UPDATE events SET seq = 100 WHERE seq = 2; UPDATE events SET seq = 2 WHERE seq = 3;"
                         "UPDATE events SET seq = 3 WHERE seq = 100;"), Trouble.CHANGED, 2),
    ("table", _sql("UPDATE requests SET status = 'granted' WHERE id = 1"), Trouble.PROJECTION, 1),
    ("row gone", _sql("DELETE FROM requests WHERE id = 4"), Trouble.PROJECTION, 4),
    ("row added", _sql("INSERT INTO requests SELECT 77, 'AAA-AAA', saved_at, changed_at, status, mode, situation, "
                       "applicant_name, fingerprint, role, authority_type, authority_name, label_due, outcome, "
                       "content_version, rules_version, note, ticks, names_erased FROM requests WHERE id = 1"),
     Trouble.PROJECTION, 6),
]  # fmt: skip


@pytest.mark.parametrize(("what", "tamper", "trouble", "sequence"), TAMPERING, ids=[entry[0] for entry in TAMPERING])
def test_tampering_is_seen(filled: RequestLog, what: str, tamper: Tamper, trouble: Trouble, sequence: int) -> None:
    assert filled.verify().sound
    _behind_its_back(filled, tamper)
    verdict = filled.verify()
    assert (verdict.trouble, verdict.sequence) == (trouble, sequence), what


def test_events_cannot_be_changed_by_plain_sql(filled: RequestLog) -> None:
    database = connect(filled.folder / "log.db", filled.keys.cipher_key())
    for statement in ("UPDATE events SET kind = 'x'", "DELETE FROM events", "UPDATE contents SET content = ''"):
        with pytest.raises(sqlite.DatabaseError):
            database.execute(statement)
    database.close()


def test_an_old_folder_put_back_is_seen(
    filled: RequestLog, open_log: Callable[..., RequestLog], tmp_path: Path
) -> None:
    filled.close()
    shutil.copytree(filled.folder, tmp_path / "yesterday")
    log = open_log()
    log.save(request("Vandaag"))
    log.close()
    shutil.rmtree(filled.folder)
    shutil.copytree(tmp_path / "yesterday", filled.folder)
    assert open_log().verify().trouble is Trouble.CUT


def test_a_head_that_is_gone_is_seen(filled: RequestLog) -> None:
    filled.folder.with_name("log.head").unlink()
    assert filled.verify().trouble is Trouble.CUT


def test_a_forged_head_does_not_count(filled: RequestLog) -> None:
    head = filled.folder.with_name("log.head")
    head.write_text(head.read_text() + f"9 {'00' * 32} {'00' * 32}\nrubbish\n\n1 2 3 4\n")
    assert filled.verify().sound


def test_killed_between_commit_and_head_is_no_alarm(filled: RequestLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filled, "_note_head", lambda: None)
    filled.save(request("Net voor het einde"))
    assert filled.verify().sound


def test_many_saves_keep_the_head_small(log: RequestLog) -> None:
    for number in range(450):
        log.save(request(f"Naam {number}"))
    assert log.folder.with_name("log.head").read_bytes().count(b"\n") <= 401
    assert log.verify().sound


def test_progress_is_told(log: RequestLog) -> None:
    log.save_many([request()] * 2500)
    told: list[tuple[int, int]] = []
    assert log.verify(lambda done, total: told.append((done, total))).events == 2500
    assert told == [(1000, 2500), (2000, 2500)]
