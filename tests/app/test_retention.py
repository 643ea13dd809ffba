"""What is erased is gone from every byte, and the chain still holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ccinc_wizard.app import retention
from ccinc_wizard.domain.enums import Status
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import ErasurePlan
from ccinc_wizard.requestlog.sqlite_store import connect
from tests.requestlog.conftest import BOTH_STORES, DIGITS, Clock, database_of, request

Bytes = Callable[[RequestLog], bytes]
FILES = """
SELECT pg_relation_filepath(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE pg_relation_filepath(c.oid) IS NOT NULL AND (n.nspname IN ('ccinc_log', 'pg_toast') OR c.relname = 'pg_statistic')
"""


@pytest.fixture(params=BOTH_STORES)
def store_kind(request: pytest.FixtureRequest) -> str:
    """What is erased is gone from both stores."""
    return str(request.param)


@pytest.fixture
def plain_bytes(store_kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Bytes:
    """Every byte of the database's files: deciphered, or as the server's administrator sees them."""
    if store_kind == "sqlite":
        return lambda log: _deciphered(log, tmp_path)
    server, team = request.getfixturevalue("server"), request.getfixturevalue("team")

    def read(log: RequestLog) -> bytes:
        # A desk may not rewrite tables that are not its own; docs/team-log.md tells their owner to.
        server.owner(database_of(team), "VACUUM FULL")
        server.owner(database_of(team), "CHECKPOINT")
        files = server.owner(database_of(team), FILES)
        return b"".join((server.folder / "data" / str(path)).read_bytes() for (path,) in files)

    return read


def _deciphered(log: RequestLog, tmp_path: Path) -> bytes:
    target = tmp_path / "plain.db"
    target.unlink(missing_ok=True)
    database = connect(log.folder / "log.db", log.keys.cipher_key())
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    free = database.execute("PRAGMA freelist_count").fetchone()[0]
    database.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
    database.execute("SELECT sqlcipher_export('plain')")
    database.close()
    assert free == 0, f"{free} of {pages} pages are free and may hold what was erased"
    return target.read_bytes()


@pytest.mark.parametrize(
    ("days", "status", "names", "rest"),
    [
        (89, Status.GRANTED, 0, 0),
        (90, Status.GRANTED, 1, 0),
        (91, Status.REJECTED, 1, 0),
        (90, Status.WAITING_FOR_LABEL, 0, 0),
        (399, Status.WITHDRAWN, 1, 0),
        (400, Status.GRANTED, 0, 1),
        (399, Status.WAITING_FOR_LABEL, 0, 0),
        (401, Status.WAITING_FOR_LABEL, 0, 1),
    ],
)
def test_two_stages_on_the_day(log: RequestLog, clock: Clock, days: int, status: Status, names: int, rest: int) -> None:
    log.change(log.save(request()).reference, status)
    clock.pass_days(days)
    before = log.page()
    plan = retention.due(log, clock())
    assert (len(plan.names), len(plan.rest)) == (names, rest)
    assert log.page() == before, "a preview erases nothing"


def test_erased_names_are_in_no_byte_and_the_chain_holds(log: RequestLog, clock: Clock, plain_bytes: Bytes) -> None:
    gone = log.save(request("Verdwenen Persoon", note="geheim verhaal"))
    log.change(gone.reference, Status.GRANTED, "nog een geheim")
    log.save(request("Blijvende Persoon"))
    assert b"Verdwenen" in plain_bytes(log)
    clock.pass_days(90)
    log.erase(retention.due(log, clock()))
    content = plain_bytes(log).lower()
    for word in (b"verdwenen", b"geheim", b"ver dwe", b"rdw"):
        assert word not in content
    assert b"blijvende" in content
    assert log.verify().sound
    assert retention.due(log, clock()).empty, "what is gone does not go again"
    left = log.get(gone.reference)
    assert (left.applicant_name, left.note, left.names_erased) == ("", "", True)
    assert (left.role, left.authority_name) == ("invoerder", "AGB De Proefzaal")
    assert log.page(search="verdwenen") == []
    assert [found.reference for found in log.page(search="proefzaal granted")] == [gone.reference]


def test_the_second_stage_leaves_only_digests(log: RequestLog, clock: Clock, plain_bytes: Bytes) -> None:
    mark = log.fingerprint(DIGITS)
    gone = log.save(request(fingerprint=mark, authority_name="Unieke Organisatie"))
    log.change(gone.reference, Status.GRANTED)
    clock.pass_days(400)
    log.erase(retention.due(log, clock()))
    content = plain_bytes(log)
    for left in (mark, mark.hex().encode(), b"Unieke", gone.reference.encode(), b"2026-11-24T12"):
        assert left not in content
    assert log.requests_of(mark) == []
    assert log.count() == 0
    assert log.verify().sound
    assert log.save(request()).id == gone.id + 1, "numbers are not given twice"


def test_forgetting_a_person_by_name_or_number(log: RequestLog) -> None:
    mark = log.fingerprint(DIGITS)
    log.save(request("Lieve Voorbeeldt", fingerprint=mark))
    log.save(request("LIEVE  VOORBEELDT"))
    log.save(request("Lieve Voorbeeldtmans"))
    by_name = retention.of_person(log, "lieve voorbeeldt", None)
    assert by_name == ErasurePlan(rest=(1, 2))
    assert retention.of_person(log, "", mark) == ErasurePlan(rest=(1,))
    assert retention.of_person(log, "", None).empty
    log.erase(by_name)
    assert [left.applicant_name for left in log.page()] == ["Lieve Voorbeeldtmans"]
    assert log.verify().sound


@pytest.mark.parametrize(
    ("logged", "asked"),
    [
        ("Lieve Voorbeeldt", "Voorbeeldt Lieve"),
        ("Ann D’Hondt", "D'HONDT, Ann"),
        ("Łukasz Yıldırım", "lukasz yildirim"),
        ("Иван Петров", "петров иван"),
        ("محمد علي", "علي محمد"),
    ],
)
def test_a_person_is_found_in_either_order_and_any_script(log: RequestLog, logged: str, asked: str) -> None:
    log.save_many([request(logged), request("Иван Иванов"), request("علي")])
    assert retention.of_person(log, asked, None) == ErasurePlan(rest=(1,))


def test_a_note_after_the_erasure_goes_in_the_next_round(log: RequestLog, clock: Clock, plain_bytes: Bytes) -> None:
    saved = log.save(request("Verdwenen Persoon"))
    log.change(saved.reference, Status.GRANTED)
    clock.pass_days(90)
    log.erase(retention.due(log, clock()))
    log.add_note(saved.reference, "latere opmerking")
    assert log.verify().sound
    log.erase(retention.due(log, clock()))
    assert b"latere" not in plain_bytes(log)
    assert log.verify().sound


def test_terms_can_be_set(log: RequestLog, clock: Clock) -> None:
    log.change(log.save(request()).reference, Status.GRANTED)
    clock.pass_days(10)
    assert len(retention.due(log, clock(), names_days=10, rest_days=30).names) == 1
    assert len(retention.due(log, clock(), names_days=5, rest_days=10).rest) == 1
    assert len(retention.unchanged_for(log, clock(), 10).rest) == 1
    assert retention.unchanged_for(log, clock(), 11).empty


def test_erasure_lasts(log: RequestLog, clock: Clock, open_log: Callable[..., RequestLog]) -> None:
    log.change(log.save(request("Verdwenen Persoon")).reference, Status.GRANTED)
    clock.pass_days(90)
    log.erase(retention.due(log, clock()))
    log.close()
    again = open_log()
    assert again.verify().sound
    assert again.page()[0].names_erased
