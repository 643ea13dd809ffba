"""The request log's part of `bench`: each against sqlcipher3 alone, with the same file, pragmas and query."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from ccinc_wizard.app.machine import utc_now
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import NewRequest
from ccinc_wizard.requestlog.sqlite_store import connect

BATCH = 20_000
PAGE = 50
RARE = "Zeldzaam"
FIRST_NAMES = ("Lieve", "Jan", "An", "Peter", "Fatima", "Marc", "Els", "Youssef", "Griet", "Tom", "Ilse", "Bart")
LAST_NAMES = ("Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Willems", "Claes", "Goossens", "Wouters", "De Smet")
PLACES = ("Gent", "Leuven", "Hasselt", "Brugge", "Aalst", "Mechelen", "Turnhout", "Genk", "Kortrijk", "Sint-Niklaas")


@dataclass(frozen=True)
class Figure:
    """Seconds of floor and program, turn by turn."""

    name: str
    floor: list[float]
    program: list[float]


def measure_saving(folder: Path, turns: int) -> Figure:
    """One durable save against one durable commit of a row of the same length."""
    log = RequestLog.open(folder / "log", clock=utc_now, user="bench")
    with log, closing(raw(folder / "raw.db", log.keys.cipher_key())) as floor:
        floor.execute("CREATE TABLE requests (id INTEGER PRIMARY KEY, words TEXT)")
        requests = made_up(turns + 1)

        def commit() -> None:
            floor.execute("BEGIN IMMEDIATE")
            floor.execute("INSERT INTO requests(words) VALUES (?)", ("x" * 300,))
            floor.execute("COMMIT")

        return in_turns("save, against a durable commit", commit, lambda: log.save(next(requests)), turns)


def measure_rows(folder: Path, rows: int, runs: int, progress: Callable[[str], None]) -> Iterator[Figure]:
    """Opening, paging and searching a full log."""
    log_folder = folder / "log"
    with RequestLog.open(log_folder, clock=utc_now, user="bench") as log:
        fill(log, rows, progress)
        database, key = log.store.path, log.keys.cipher_key()
    turns = runs * 5
    named = f" of {rows:,}"

    def open_raw() -> None:
        with closing(raw(database, key)) as connection:
            connection.execute(f"SELECT * FROM requests ORDER BY id DESC LIMIT {PAGE}").fetchall()  # noqa: S608

    def open_log() -> None:
        with RequestLog.open(log_folder, clock=utc_now, user="bench") as opened:
            opened.page(limit=PAGE)

    yield in_turns(f"open and first page{named}", open_raw, open_log, runs)
    with RequestLog.open(log_folder, clock=utc_now, user="bench") as log, closing(raw(database, key)) as connection:

        def page_raw(before: int) -> None:
            sql = f"SELECT * FROM requests WHERE id < ? ORDER BY id DESC LIMIT {PAGE}"  # noqa: S608
            connection.execute(sql, (before,)).fetchall()

        def search_raw(words: str) -> None:
            sql = (
                "SELECT r.* FROM search s JOIN requests r ON r.id = s.rowid WHERE search MATCH ? "  # noqa: S608
                f"ORDER BY s.rowid DESC LIMIT {PAGE}"
            )
            connection.execute(sql, (" ".join(f'"{word}"' for word in words.split()),)).fetchall()

        for place, before in (("newest page", rows + 1), ("page in the middle", rows // 2)):
            yield in_turns(place + named, partial(page_raw, before), partial(log.page, before=before), turns)
        for kind, words in (("common word", "Peeters"), ("two words", "Fatima Genk"), ("rare word", RARE)):
            name = f"search, {kind}{named}"
            yield in_turns(name, partial(search_raw, words), partial(log.page, search=words), turns)


def fill(log: RequestLog, rows: int, progress: Callable[[str], None]) -> None:
    """Save made-up requests until there are so many."""
    have = log.count()
    start = time.perf_counter()
    while have < rows:
        log.save_many(made_up(min(BATCH, rows - have), first=have))
        have = min(have + BATCH, rows)
        if have % (10 * BATCH) == 0 or have == rows:
            progress(f"{have:,} requests saved after {time.perf_counter() - start:.0f} s")


def made_up(count: int, first: int = 0) -> Iterator[NewRequest]:
    """Requests of people who do not exist; every 100,000th has a rare name."""
    chosen = random.Random(first)
    for number in range(first, first + count):
        last = RARE if number % 100_000 == 50 else chosen.choice(LAST_NAMES)
        yield NewRequest(
            mode="admin",
            situation="manual",
            applicant_name=f"{chosen.choice(FIRST_NAMES)} {last}",
            fingerprint=chosen.randbytes(32),
            role=chosen.choice(("invoerder", "raadpleger")),
            authority_type="vlaamse-gemeente",
            authority_name=f"Stad {chosen.choice(PLACES)}",
            label_due=False,
            outcome="steps",
            content_version="1",
            rules_version="1",
        )


def raw(path: Path, key: bytes) -> sqlite.Connection:
    """A connection of sqlcipher3 with the log's own pragmas and nothing of its code."""
    connection = connect(path, key)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def in_turns(name: str, floor: Callable[[], object], program: Callable[[], object], turns: int) -> Figure:
    """Let both take turns; the first of each fills caches and is not counted. A turn may give its own seconds."""
    seconds: dict[bool, list[float]] = {False: [], True: []}
    for number in range(turns + 1):
        for ours in (number % 2 == 0, number % 2 == 1):
            start = time.perf_counter()
            told = (program if ours else floor)()
            seconds[ours].append(told if isinstance(told, float) else time.perf_counter() - start)
    return Figure(name, seconds[False][1:], seconds[True][1:])
