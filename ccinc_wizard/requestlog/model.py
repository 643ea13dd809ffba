"""What the log keeps and tells: requests, their life, and the events that make it up. No digit of a register number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ccinc_wizard.domain.enums import Status

Progress = Callable[[int, int], object]
"""Is told how much is done and of how much; 0 of 0 where nobody knows."""
A_DAY = dt.timedelta(days=1)
"""So far clocks may differ, and nobody doubts them."""
TRANSITIONS = {
    Status.REQUESTED: (Status.WAITING_FOR_LABEL, Status.GRANTED, Status.REJECTED, Status.WITHDRAWN),
    Status.WAITING_FOR_LABEL: (Status.REQUESTED, Status.GRANTED, Status.REJECTED, Status.WITHDRAWN),
    # A mistaken click is put right by a further event, never by taking one away.
    Status.GRANTED: (Status.REQUESTED, Status.WITHDRAWN),
    Status.REJECTED: (Status.REQUESTED,),
    Status.WITHDRAWN: (Status.REQUESTED,),
}
"""To which states a request may go from each."""


class SortBy(StrEnum):
    """By what requests can be put in order; the value is its column in the table."""

    SAVED = "saved_at"
    REFERENCE = "reference"
    NAME = "applicant_name"
    AUTHORITY = "authority_name"
    ROLE = "role"
    SITUATION = "situation"
    STATUS = "status"


class Order(NamedTuple):
    """How requests are put in order."""

    by: SortBy = SortBy.SAVED
    down: bool = True


NEWEST_FIRST = Order()


class EventKind(StrEnum):
    """What happened."""

    REQUESTED = "requested"
    STATUS = "status"
    NOTE = "note"
    TICK = "tick"
    ERASED = "erased"


class Stage(StrEnum):
    """The two stages of erasure: names and notes first, all else later."""

    NAMES = "names"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request to be logged. All texts are ids of the contract, but names and note."""

    mode: str
    situation: str
    applicant_name: str
    fingerprint: bytes | None
    """Keyed fingerprint of the register number, or None where none was asked."""
    role: str
    authority_type: str
    authority_name: str
    label_due: bool
    outcome: str
    content_version: str
    rules_version: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """A request as it stands now. `id` orders requests by when they were saved; names may have been erased."""

    id: int
    reference: str
    saved_at: dt.datetime
    changed_at: dt.datetime
    status: Status
    mode: str
    situation: str
    applicant_name: str
    fingerprint: bytes | None
    role: str
    authority_type: str
    authority_name: str
    label_due: bool
    outcome: str
    content_version: str
    rules_version: str
    note: str
    ticks: tuple[str, ...]
    names_erased: bool


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a request; `detail` is the new status, the step ticked, or the note."""

    sequence: int
    at: dt.datetime
    user: str
    kind: EventKind
    detail: str
    note: str
    done: bool = True
    """False for a step whose tick was taken away."""
    undone: bool = False
    """Whether it takes the one before back: `detail` and `note` are those of before."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An open request that someone should look at. `due` once it has waited too long or was left half-way."""

    request: LoggedRequest
    waiting_days: int
    due: bool


class Trouble(StrEnum):
    """What a check of the whole log can find."""

    PAGES = "pages"
    """Parts of the file that cannot be read, though perhaps nobody has needed them yet."""
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"
    CUT = "cut"
    PROJECTION = "projection"
    SEARCH = "search"
    """Requests that cannot be found, or words that lead to none."""


class Remedy(StrEnum):
    """What helps."""

    RESTORE = "restore"
    """The last backup: something that was saved is changed or lost."""
    REBUILD = "rebuild"
    """Table and index made anew from the events, which are all there."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One trouble, and the number of the first entry concerned; for pages, how many."""

    trouble: Trouble
    sequence: int = 0

    @property
    def remedy(self) -> Remedy:
        """What helps."""
        return Remedy.REBUILD if self.trouble in (Trouble.PROJECTION, Trouble.SEARCH) else Remedy.RESTORE


@dataclass(frozen=True, slots=True)
class LogVerdict:
    """What the check of so many events found, the worst first."""

    events: int
    findings: tuple[Damage, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def repairable(self) -> bool:
        """Whether table and search made anew put right all that was found."""
        return bool(self.findings) and all(found.remedy is Remedy.REBUILD for found in self.findings)


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What an erasure would take away: the references, and the ids by stage."""

    names: tuple[int, ...] = ()
    rest: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to erase."""
        return not (self.names or self.rest)
