"""How long a long list takes, from file to log, beside the floor of the same work without any thought.

The floor reads the same file with csv and saves each row raw: one insert a row, one transaction, in a file encrypted
by the same library under the same settings.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench_log import Figure
from sqlcipher3 import dbapi2 as sqlite

from ccinc_wizard.app import saving
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.list_words import ListWords
from ccinc_wizard.content.lists import carry_out, read_list
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.lists import check

ROWS = 10_000


@dataclass(frozen=True)
class ListFigures:
    """Seconds of the floor and of each stage."""

    floor: float
    read: float
    judged: float
    saved: float

    @property
    def whole(self) -> float:
        return self.read + self.judged + self.saved


def measure_list(folder: Path, turns: int, tell: Callable[[str], None]) -> Figure:
    """Reading, judging and saving a long list against reading and saving its rows raw; tells each stage's seconds."""
    figures = [measure(ROWS, folder / str(turn)) for turn in range(turns)]
    for done in figures:
        tell(f"{ROWS} rows: read {done.read:.2f} s, judged {done.judged:.2f} s, saved {done.saved:.2f} s")
    name = f"list of {ROWS:,}, against raw rows"
    return Figure(name, [done.floor for done in figures], [done.whole for done in figures])


def write_list(path: Path, rows: int) -> None:
    """A list of fictional people for the form and the manual route, half of them with a number."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Naam", "Rijksregisternummer", "Rol", "Soort", "Inrichtende macht", "Situatie"])
        for row in range(rows):
            name = f"Voornaam{chr(97 + row % 26)} Naam{''.join(chr(97 + int(digit)) for digit in str(row))}"
            number = fictional(row) if row % 2 else ""
            kind, authority = chance.choice((("AGB", "AGB De Proefzaal"), ("Vlaamse gemeente", "Gent")))
            writer.writerow([name, number, chance.choice(("Invoerder", "Raadpleger")), kind, authority, ""])


def fictional(place: int) -> str:
    """A number that is never issued: sequence 999, another day for each place."""
    day = dt.date(1940, 1, 1) + dt.timedelta(days=place)
    first_nine = f"{day:%y%m%d}999"
    return f"{first_nine}{97 - int(first_nine) % 97:02}"


def measure(rows: int, folder: Path) -> ListFigures:
    """Read, judge and save a list of so many rows, and the floor, in one run. `folder` is made."""
    folder.mkdir(parents=True)
    path = folder / "list.csv"
    write_list(path, rows)
    floor = _floor(path, folder / "floor.db")
    services = Services(Paths.choose(folder / "data"), mode=Mode.TRAINING)
    words, wording = ListWords(services.texts, services.catalog), Wording(services.texts, services.catalog)
    with services.open_log() as log:
        begun = time.perf_counter()
        people = read_list(path, words)
        read = time.perf_counter()
        circumstances = services.circumstances()
        report = check(
            people.rows,
            circumstances,
            words.vocabulary,
            earlier_of=lambda number: saving.earlier_requests(log, number),
        )
        judged = time.perf_counter()
        done = carry_out(
            report,
            wording,
            entry=lambda request, outcome: saving.entry_of(log, request, outcome, circumstances),
            save_many=log.save_many,
        )
        end = time.perf_counter()
    if len(done.saved) != rows:
        raise ValueError(f"{len(done.saved)} of {rows} rows were saved")
    return ListFigures(floor, read - begun, judged - read, end - judged)


def _floor(path: Path, database: Path) -> float:
    begun = time.perf_counter()
    connection = sqlite.connect(str(database), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{os.urandom(32).hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE raw (a, b, c, d, e, f)")
    connection.execute("BEGIN")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            connection.execute("INSERT INTO raw VALUES (?, ?, ?, ?, ?, ?)", row)
    connection.execute("COMMIT")
    connection.close()
    return time.perf_counter() - begun
