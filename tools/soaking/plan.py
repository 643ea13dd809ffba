"""What happens in each round, decided by the seed alone: the same seed makes the same decisions in the same order."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

DESKS = 3
PEOPLE = 60
"""Few enough that two desks often mean the same person."""
FIRST_DAY, LAST_DAY = dt.date(1945, 1, 1), dt.date(2006, 12, 31)


class Kind(StrEnum):
    """What a desk does."""

    ASK = "ask"
    """The wizard in the terminal, answered to its end."""
    WINDOW = "window"
    """The window's thread: it starts, erases what is due, saves, ticks, changes and notes."""
    LIST = "list"
    """A list of people, saved at once."""
    PURGE = "purge"
    """Erasing in the terminal, which only a clock that is believed may do."""
    BACKUP = "backup"
    RESTORE = "restore"


@dataclass(frozen=True)
class Kill:
    """When a desk is killed: so many milliseconds after so many acknowledgements, of which 0 is its beginning."""

    after: int
    milliseconds: float


@dataclass(frozen=True)
class Job:
    """One desk's part of a round. `jump` is by how many days its clock is wrong; `dice` decides the rest."""

    kind: Kind
    jump: int
    kill: Kill | None
    size: int
    dice: int


@dataclass(frozen=True)
class Round:
    """What happens at once; `days` pass before it, `room` kB are left on the disk, `flip` is a file that is damaged."""

    number: int
    days: int
    jobs: tuple[Job, ...]
    room: int | None
    flip: str


class Person(TypedDict):
    """Someone to save: the attempt names him, the role is what is asked."""

    attempt: int
    digits: str
    role: str


class Change(TypedDict):
    """Something that happens to a request that is there."""

    reference: str
    what: str
    value: str


class Order(TypedDict):
    """What a desk is sent: a job with what its dice cannot decide. `right` says that its user trusts the clock."""

    kind: str
    data: str
    file: str
    days: int
    dice: int
    right: bool
    limit: int
    people: list[Person]
    changes: list[Change]


def plan(seed: int, number: int) -> Round:
    """The decisions of one round."""
    dice = random.Random(f"{seed}/{number}")
    care = dice.choices([None, Kind.BACKUP, Kind.RESTORE, Kind.PURGE], [62, 12, 18, 8])[0]
    kinds = [] if care is None else [care]
    while len(kinds) < DESKS and (not kinds or dice.random() < 0.75):
        kinds.append(dice.choices([Kind.ASK, Kind.WINDOW, Kind.LIST], [3, 5, 2])[0])
    dice.shuffle(kinds)
    room = dice.choice([0, 8, 24, 64, 160]) if dice.random() < 0.12 else None
    flip = dice.choice(["log.head", "log.clock", "log.db"]) if dice.random() < 0.06 else ""
    return Round(number, dice.choice([0, 0, 0, 1, 1, 5]), tuple(_job(dice, kind) for kind in kinds), room, flip)


def _job(dice: random.Random, kind: Kind) -> Job:
    jump = 0
    if dice.random() < 0.2:
        jump = dice.choice([-1, 1]) * int(10 ** dice.uniform(1.9, 4.4))
    kill = None
    if dice.random() < (0.6 if kind is Kind.RESTORE else 0.4):
        kill = Kill(dice.choice([0, 0, 1, 2]), 10 ** dice.uniform(-1, 2))
    # A year before the first has no date.
    return Job(kind, max(jump, -20_000), kill, dice.randrange(1, 9), dice.randrange(2**32))


def people(seed: int) -> list[str]:
    """The register numbers that are used, by eleven digits."""
    dice, made = random.Random(f"{seed}/people"), []
    for _ in range(PEOPLE):
        born = FIRST_DAY + dt.timedelta(dice.randrange((LAST_DAY - FIRST_DAY).days))
        first = f"{born:%y%m%d}{dice.randrange(1, 998):03}"
        made.append(first + f"{97 - int(('2' if born.year >= 2000 else '') + first) % 97:02}")
    return made


def written(dice: random.Random, digits: str) -> str:
    """A number as people write it."""
    parts = digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:]
    form = dice.choice(["{}{}{}{}{}", "{}.{}.{}-{}.{}", "{} {} {} {} {}", "{}{}{}-{}{}", "{}-{}-{}-{}-{}"])
    return form.format(*parts)


def name_of(attempt: int) -> str:
    """A name of its own for each attempt to save, without a digit."""
    letters = ""
    while attempt or len(letters) < 4:
        attempt, place = divmod(attempt, 20)
        letters += "bcdfghjklmnprstvwxza"[place]
    return f"Lieve V{letters}e"
