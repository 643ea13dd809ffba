"""Whatever is changed behind the log's back is seen, and told by the entry concerned."""

from __future__ import annotations

import hashlib
import os
import random
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from ccinc_wizard.domain.enums import Status
from ccinc_wizard.requestlog.chain import ChainCheck, ChainEntry, HeadFile, Link, Sealed, counted, linked, origin
from ccinc_wizard.requestlog.folder import head_path
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import Damage, ErasurePlan, LogVerdict, Remedy, Stage, Trouble
from ccinc_wizard.requestlog.reader import FIELDS
from tests.requestlog.conftest import BOTH_STORES, request

Change = Callable[[RequestLog, str], None]
KEY = bytes(range(32))


@pytest.fixture(params=BOTH_STORES)
def store_kind(request: pytest.FixtureRequest) -> str:
    """What is told of the chain here holds in both stores."""
    return str(request.param)


@pytest.fixture
def filled(log: RequestLog) -> RequestLog:
    """A log of six events: five requests, the third of which was granted."""
    saved = log.save_many([request(f"Naam {number}") for number in range(5)])
    log.change(saved[2].reference, Status.GRANTED, "klaar")
    return log


ADDED = "INSERT INTO events SELECT 7, request, kind, erased, names_digest, rest_digest, mac FROM events WHERE seq = 6"
SWAPPED = "; ".join(f"UPDATE events SET seq = {to} WHERE seq = {seq}" for seq, to in ((2, 100), (3, 2), (100, 3)))
ROW_ADDED = f"INSERT INTO requests SELECT 77, 'AAA-AAA', {', '.join(FIELDS[2:])} FROM requests WHERE id = 1"
TAMPERING: list[tuple[str, str, Trouble, int]] = [
    ("request", "UPDATE events SET request = 5 WHERE seq = 3", Trouble.CHANGED, 3),
    ("kind", "UPDATE events SET kind = 'note' WHERE seq = 6", Trouble.CHANGED, 6),
    ("names digest", "UPDATE events SET names_digest = {zero} WHERE seq = 2", Trouble.CHANGED, 2),
    ("rest digest", "UPDATE events SET rest_digest = {zero} WHERE seq = 2", Trouble.CHANGED, 2),
    ("mac", "UPDATE events SET mac = {zero} WHERE seq = 4", Trouble.CHANGED, 4),
    ("erased", "UPDATE events SET erased = '{}' WHERE seq = 4", Trouble.CHANGED, 4),
    ("name", "UPDATE contents SET content = replace(content, 'Naam', 'Neen') WHERE seq = 4", Trouble.CHANGED, 4),
    ("salt", "UPDATE contents SET salt = {zero} WHERE seq = 1 AND stage = 'rest'", Trouble.CHANGED, 1),
    ("middle", "DELETE FROM events WHERE seq = 3", Trouble.REMOVED, 3),
    ("first", "DELETE FROM events WHERE seq = 1", Trouble.REMOVED, 1),
    ("tail", "DELETE FROM events WHERE seq = 6", Trouble.CUT, 6),
    ("all", "DELETE FROM events", Trouble.CUT, 1),
    ("content gone", "DELETE FROM contents WHERE seq = 2 AND stage = 'names'", Trouble.REMOVED, 2),
    ("added", ADDED, Trouble.ADDED, 7),
    ("content added", "INSERT INTO contents VALUES (99, 'rest', {zero}, '{}')", Trouble.ADDED, 6),
    ("swapped", SWAPPED, Trouble.CHANGED, 2),
    ("table", "UPDATE requests SET status = 'granted' WHERE id = 1", Trouble.PROJECTION, 1),
    ("row gone", "DELETE FROM requests WHERE id = 4", Trouble.PROJECTION, 4),
    ("row added", ROW_ADDED, Trouble.PROJECTION, 6),
]


@pytest.mark.parametrize(("what", "tamper", "trouble", "sequence"), TAMPERING, ids=[entry[0] for entry in TAMPERING])
def test_tampering_is_seen(
    filled: RequestLog, behind_its_back: Change, what: str, tamper: str, trouble: Trouble, sequence: int
) -> None:
    assert filled.verify().sound
    behind_its_back(filled, tamper)
    verdict = filled.verify()
    assert verdict.findings[0] == Damage(trouble, sequence), what


def test_a_head_that_is_gone_is_seen(filled: RequestLog) -> None:
    head_path(filled.folder).unlink()
    assert [found.trouble for found in filled.verify().findings] == [Trouble.CUT]


def test_a_forged_head_does_not_count(filled: RequestLog) -> None:
    head = head_path(filled.folder)
    head.write_text(head.read_text() + f"9 {'00' * 32} {'00' * 32}\nrubbish\n\n1 2 3 4\n")
    assert filled.verify().sound


ANYBODYS = f"3 {'05' * 32} {'00' * 32}\n".encode("ascii")


@pytest.mark.parametrize(
    ("content", "noted"),
    [(None, False), (b"", False), (b"\xff rubbish\n1 2 3\n", False), (ANYBODYS, True), (b"\xff\n" + ANYBODYS, True)],
)
def test_a_head_under_whichever_key_is_one(tmp_path: Path, content: bytes | None, noted: bool) -> None:
    if content is not None:
        (tmp_path / "head").write_bytes(content)
    assert HeadFile(tmp_path / "head", KEY).has_lines() is noted


LONG = 41_000
"""More bytes than the file of heads keeps, so that each save reads all of it."""


@pytest.mark.parametrize("where", ["count", "first HMAC", "seal", "line end"])
def test_a_flipped_bit_in_the_head_file_fails_no_save(filled: RequestLog, where: str) -> None:
    head = head_path(filled.folder)
    line = head.read_bytes().splitlines(keepends=True)[-1]
    damaged = bytearray(line * (LONG // len(line)))
    at = {"count": 0, "first HMAC": 5, "seal": len(line) - 5, "line end": len(line) - 1}[where]
    for bit in range(8):
        flipped = damaged.copy()
        flipped[at] ^= 1 << bit
        head.write_bytes(flipped)
        saved = filled.save(request(f"Na bit {bit}"))
        assert filled.get(saved.reference) == saved
        assert filled.verify().sound
        assert head.stat().st_size < LONG


def test_whatever_stands_in_the_head_file_fails_no_save(filled: RequestLog) -> None:
    dice, head = random.Random(5), head_path(filled.folder)
    for junk in (b"9" * LONG, b"1 " + b"0" * LONG, dice.randbytes(LONG), b"\xff\n" * LONG):
        head.write_bytes(junk)
        saved = filled.save(request())
        assert filled.get(saved.reference) == saved


UNFINDABLE = {
    "sqlite": ("DELETE FROM search WHERE rowid = 2", "INSERT INTO search(rowid, words) VALUES (99, 'x')"),
    "postgres": ("DELETE FROM search WHERE request = 2", "INSERT INTO search VALUES (99, 'x')"),
}


@pytest.mark.parametrize("which", [0, 1])
def test_a_search_that_lacks_requests_is_told_and_made_anew(
    filled: RequestLog, behind_its_back: Change, store_kind: str, which: int
) -> None:
    behind_its_back(filled, UNFINDABLE[store_kind][which])
    verdict = filled.verify()
    assert [(found.trouble, found.remedy) for found in verdict.findings] == [(Trouble.SEARCH, Remedy.REBUILD)]
    assert verdict.repairable
    before = filled.page()
    filled.rebuild()
    assert filled.verify().sound
    assert filled.page() == before
    assert len(filled.page(search="naam")) == 5


@pytest.mark.parametrize("tamper", [entry[1] for entry in TAMPERING if entry[2] is Trouble.PROJECTION])
def test_a_table_that_is_wrong_is_made_anew(filled: RequestLog, behind_its_back: Change, tamper: str) -> None:
    before = filled.page()
    filled.erase(ErasurePlan(names=(1,), rest=(5,)))
    left = filled.page()
    behind_its_back(filled, tamper)
    assert filled.verify().repairable
    filled.rebuild()
    assert filled.verify().sound
    assert filled.page() == left != before
    assert filled.page(search="naam") == [entry for entry in left if entry.applicant_name]


def test_what_was_tampered_with_cannot_be_made_anew(filled: RequestLog, behind_its_back: Change) -> None:
    behind_its_back(filled, "UPDATE events SET mac = {zero} WHERE seq = 4; DELETE FROM requests WHERE id = 4")
    verdict = filled.verify()
    assert not verdict.repairable
    assert verdict.findings[0].remedy is Remedy.RESTORE


def test_what_earlier_versions_wrote_is_bound_as_they_bound_it(tmp_path: Path) -> None:
    """Another byte in any of these, and every log that exists would be told as forged."""
    assert origin(KEY).hex() == "dcb76e5d6bbea4123d93b063025f61191fc080ae7a3bd8ae1f6a9882c9d120ff"
    link = Link(1, 7, "saved", "", bytes([1]) * 32, bytes([2]) * 32)
    assert link.mac(KEY, origin(KEY)).hex() == "75eb41d36cfbcaa344587c858846da5fa37c50e14e71f6acc165a206d0f9e197"
    HeadFile(tmp_path / "head", KEY).note(3, bytes([5]) * 32)
    seal = "6c8d4f6462ecc81435f250676a9e65fbad6189e2f85a87fb44b034317a4c9d6e"
    assert (tmp_path / "head").read_bytes() == f"3 {'05' * 32} {seal}\n".encode("ascii")
    sealed = Sealed.of({"name": "Zoë", "note": ""})
    assert sealed.content == '{"name": "Zoë", "note": ""}' == Sealed.of({"note": "", "name": "Zoë"}).content
    assert len(sealed.salt) == 16
    assert sealed.digest == hashlib.sha256(sealed.salt + sealed.content.encode()).digest()


def _chain(*contents: str) -> list[ChainEntry]:
    entries, before = [], origin(KEY)
    for seq, content in enumerate(contents, start=1):
        names, rest = Sealed(b"salt", content), Sealed(b"salt", "rest")
        link = Link(seq, seq, "saved", "", names.digest, rest.digest)
        before = link.mac(KEY, before)
        entries.append((link, before, {Stage.NAMES: names, Stage.REST: rest}))
    return entries


def test_another_history_of_the_same_length_is_seen() -> None:
    mine, theirs = _chain("a", "b")[-1][1], _chain("a", "c")
    assert ChainCheck(KEY, (2, theirs[-1][1]), 2).run(theirs) == LogVerdict(2)
    assert ChainCheck(KEY, (2, mine), 2).run(theirs) == LogVerdict(2, (Damage(Trouble.CHANGED, 2),))


@pytest.mark.parametrize("head", [None, (2, bytes(32))])
def test_a_changed_event_is_told_with_and_without_a_head(head: tuple[int, bytes] | None) -> None:
    events = _chain("a", "b")
    events[1] = (events[1][0], bytes(32), events[1][2])
    assert ChainCheck(KEY, head, 2).run(events) == LogVerdict(2, (Damage(Trouble.CHANGED, 2),))


def test_a_content_of_the_first_event_that_is_gone_is_seen() -> None:
    events = _chain("a")
    del events[0][2][Stage.NAMES]
    assert ChainCheck(KEY, (1, events[0][1]), 1).run(events) == LogVerdict(1, (Damage(Trouble.REMOVED, 1),))


def test_killed_between_commit_and_head_is_no_alarm(filled: RequestLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filled, "note_head", lambda: None)
    filled.save(request("Net voor het einde"))
    assert filled.verify().sound


def test_heads_are_only_added_and_no_other_user_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "head"
    for count in (1, 2):
        HeadFile(path, KEY).note(count, bytes([count]) * 32)
    assert [line.split()[0] for line in path.read_text("ascii").splitlines()] == ["1", "2"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_of_heads_that_has_grown_is_replaced_whole_and_can_be_added_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, mac = tmp_path / "head", bytes([5]) * 32
    head = HeadFile(path, KEY)
    head.note(3, mac)
    path.write_bytes(path.read_bytes() * (LONG // path.stat().st_size + 1))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", lambda *_: (tmp_path / "no such file").stat())
        with pytest.raises(OSError, match="no such file"):
            head.tidy()
    assert path.stat().st_size > LONG
    assert list(tmp_path.iterdir()) == [path]
    head.tidy()
    head.note(4, mac)
    assert [line.split()[0] for line in path.read_text("ascii").splitlines()] == ["3", "4"]
    assert head.latest() == (4, mac)


def test_many_saves_keep_the_head_small(log: RequestLog) -> None:
    for number in range(450):
        log.save(request(f"Naam {number}"))
    assert head_path(log.folder).read_bytes().count(b"\n") <= 401
    assert log.verify().sound


def test_progress_is_told(log: RequestLog) -> None:
    log.save_many([request()] * 2500)
    told: list[tuple[int, int]] = []
    assert log.verify(lambda done, total: told.append((done, total))).events == 2500
    assert told == [(1000, 5000), (2000, 5000), (3500, 5000), (4500, 5000)], "the chain, then what the table shows"


@pytest.mark.parametrize(("events", "told"), [(999, []), (1000, [1000]), (2001, [1000, 2000])])
def test_progress_is_told_when_a_thousand_are_done(events: int, told: list[int]) -> None:
    done: list[tuple[int, int]] = []
    entries = _chain("a") * events
    assert list(counted(entries, events, lambda *so_far: done.append(so_far))) == entries
    assert list(counted(entries, events, None)) == entries
    assert done == [(count, events) for count in told]


def test_what_stands_where_bytes_belong_is_none() -> None:
    rows = iter([(1, 7, "saved", "", "names", None, b"mac", None, "content", b"salt", None)])
    assert list(linked(rows)) == [
        (Link(1, 7, "saved", "", b"", b""), b"mac", {Stage.NAMES: Sealed(b"", "content")}),
    ]


def test_what_others_save_meanwhile_is_no_alarm(filled: RequestLog, open_log: Callable[..., RequestLog]) -> None:
    stop, saved = threading.Event(), []

    def save() -> None:
        with open_log(user="collega") as other:
            while not stop.is_set():
                saved.append(other.save(request()))

    saver = threading.Thread(target=save)
    saver.start()
    try:
        verdicts = [filled.verify() for _ in range(20)]
    finally:
        stop.set()
        saver.join()
    assert saved
    assert all(verdict.sound for verdict in verdicts), [verdict for verdict in verdicts if not verdict.sound]
