"""What must be there after all that was acknowledged, and what is wrong with what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field

from soaking.plan import name_of

NAMES_DAYS, REST_DAYS = 90, 400
CLOSED = ("granted", "rejected", "withdrawn")
NOT_COUNTED = ("rejected", "withdrawn")


@dataclass
class Row:
    """A request as a log tells it."""

    name: str
    role: str
    status: str
    ticks: list[str]
    note: str
    names_erased: bool

    @property
    def nameless(self) -> bool:
        """Whether its names are gone; a note that came afterwards may be there."""
        return self.names_erased or not self.name


@dataclass
class Entry:
    """A request that must be there. Several statuses and notes where something may or may not have happened to it."""

    attempt: int
    changed: int
    """The day on which it last changed at the earliest, by the true clock, as it stood at the last look."""
    statuses: set[str] = field(default_factory=lambda: {"requested"})
    notes: set[str] = field(default_factory=lambda: {""})
    ticks: set[str] = field(default_factory=set)
    nameless: bool = False
    """Whether its names were erased before, in time."""
    closed: bool = False
    """Whether it was at the last look."""
    changing: int | None = None
    """The day of a change since the last look: what was due may have been erased before it."""

    def faults(self, row: Row, day: int) -> Iterable[str]:
        """What is wrong with the row that is there for it."""
        age = day - self.changed
        if row.nameless:
            closed = self.closed or row.status in CLOSED
            early = age < NAMES_DAYS or (not closed and age < REST_DAYS)
            if early and not self.nameless:
                yield "its names were erased too early"
            self.nameless = True
        elif row.name != name_of(self.attempt):
            yield "it has another name"
        elif row.note not in self.notes:
            yield "an acknowledged note is missing"
        if row.status not in self.statuses:
            yield "it has another status"
        if not self.ticks <= set(row.ticks):
            yield "an acknowledged tick is missing"


@dataclass
class Attempt:
    """Someone who was to be saved: whom (a place in the pool) and as what."""

    person: int
    role: str


Expected = dict[str, Entry]
Found = dict[str, Row]


class Model:
    """The log's entries by reference, every attempt so far, and what each backup holds."""

    def __init__(self) -> None:
        self.entries: Expected = {}
        self.attempts: dict[int, Attempt] = {}
        self.backups: dict[str, Expected] = {}
        self.day = self.used = 0
        """Today, and the last day on which a desk with a right clock was at work."""
        self.figures: Counter[str] = Counter()
        self.faults: list[str] = []

    def new_attempt(self, person: int, role: str) -> int:
        """A number for someone who is now to be saved."""
        self.attempts[len(self.attempts) + 1] = Attempt(person, role)
        return len(self.attempts)

    def begin(self, changes: Iterable[tuple[str, str, str]]) -> Expected:
        """What must be there whatever comes of these changes, which may happen or not; a copy for a backup."""
        for reference, what, value in changes:
            entry = self.entries[reference]
            (entry.statuses if what == "status" else entry.notes).add(value)
        return deepcopy(self.entries)

    def saved(self, reference: str, attempt: int, ticks: Iterable[str] = ()) -> None:
        """It was acknowledged that this attempt stands under this reference."""
        self.figures["acknowledged"] += reference not in self.entries
        entry = self.entries.setdefault(reference, Entry(attempt, min(self.day, self.used)))
        entry.ticks |= set(ticks)

    def changed(self, reference: str, what: str, value: str) -> None:
        """It was acknowledged that this happened to a request."""
        self.figures["acknowledged"] += 1
        if (entry := self.entries.get(reference)) is None:
            return
        if what == "status":
            entry.changing = min(self.day, self.used)
            entry.statuses = {value}
        else:
            entry.notes = {value}

    def check(self, found: Found, kept: Found | None, restored: str) -> None:
        """Compare with what is there: `kept` is the log that a restore of the backup `restored` has set aside."""
        if kept is None:
            self._compare(self.entries, found)
        else:
            wanted, before = deepcopy(self.backups[restored]), self.entries
            new = {reference: entry for reference, entry in before.items() if reference not in wanted}
            for reference in set(wanted) & set(before):
                # Acknowledged in this round, it stands in the one log or in the other.
                wanted[reference].statuses |= before[reference].statuses
                wanted[reference].notes |= before[reference].notes
                before[reference].statuses |= wanted[reference].statuses
                before[reference].notes |= wanted[reference].notes
            self.entries = wanted | {reference: entry for reference, entry in new.items() if reference in found}
            away = {reference: entry for reference, entry in before.items() if reference not in found}
            self._compare(away, kept, "the log that was set aside")
            self._compare(self.entries, found)
        self._adopt(found)
        self._one_role_each(found)

    def _compare(self, expected: Expected, found: Found, where: str = "the log") -> None:
        for reference, entry in list(expected.items()):
            row = found.get(reference)
            if row is None:
                if self.day - entry.changed >= REST_DAYS:
                    self.figures["erased in time"] += 1
                else:
                    self.figures["acknowledged and missing"] += 1
                    self.faults.append(f"{reference} (attempt {entry.attempt}) was acknowledged and is not in {where}")
                del expected[reference]
                continue
            for fault in entry.faults(row, self.day):
                self.figures["acknowledged and missing"] += 1
                self.faults.append(f"{reference} (attempt {entry.attempt}): {fault}: {row}, wanted {entry}")
            entry.statuses, entry.notes, entry.closed = {row.status}, {row.note}, row.status in CLOSED
            entry.changed, entry.changing = entry.changed if entry.changing is None else entry.changing, None

    def _adopt(self, found: Found) -> None:
        """What nobody acknowledged may be there as well, but once, and nothing else."""
        known = {name_of(number): number for number in self.attempts}
        there = {entry.attempt for entry in self.entries.values()}
        for reference, row in found.items():
            if reference in self.entries:
                continue
            attempt = known.get(row.name)
            if attempt is None or attempt in there:
                self.faults.append(f"{reference} is there {'twice' if attempt else 'and nobody saved it'}: {row}")
                continue
            self.figures["saved without an acknowledgement"] += 1
            there.add(attempt)
            entry = Entry(attempt, min(self.day, self.used), {row.status}, {row.note}, set(row.ticks), row.nameless)
            self.entries[reference] = entry

    def _one_role_each(self, found: Found) -> None:
        roles: dict[int, set[str]] = {}
        for reference, row in found.items():
            if row.status not in NOT_COUNTED and reference in self.entries:
                person = self.attempts[self.entries[reference].attempt].person
                roles.setdefault(person, set()).add(row.role)
        self.faults += [f"person {person} has two roles" for person, held in roles.items() if len(held) > 1]
