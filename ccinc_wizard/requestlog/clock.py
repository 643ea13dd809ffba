"""Whether the computer's clock can be believed, before anything is erased by it. Reads no clock and no file itself.

A clock that was set wrong would erase everything, or nothing for years. So the time at which the program last ran is
remembered. A clock that stands before it, or long after it, is in doubt: nothing is erased until the user says that
the date is right. A long absence is ordinary for a yearly registration: it ends the doubt once the program has been
started on three different days. A clock that goes back never does, as time cannot.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

A_DAY = dt.timedelta(days=1)
LONGEST_ABSENCE = dt.timedelta(days=45)
STARTS = 3
"""On how many different days an absence must be seen to be one."""


class DatedLater(NamedTuple):
    """When a request says it last changed, and when it was first seen that this lay after the present."""

    told: dt.datetime
    first_seen: dt.datetime


class Remembered(NamedTuple):
    """What is remembered between two starts."""

    last: dt.datetime | None = None
    """When the program last ran by a clock that was believed."""
    starts: tuple[dt.date, ...] = ()
    """The days on which it was started since the clock is in doubt."""
    settled: dt.datetime | None = None
    """Up to when a date after the present is known to be wrong, so that it raises no doubt."""
    later: Mapping[int, DatedLater] = MappingProxyType({})
    """Requests dated after the present, by id."""

    def trusting(self, newest: dt.datetime | None, now: dt.datetime) -> Remembered:
        """The same once the date is known to be right."""
        wrong = newest if newest is not None and newest > now else self.settled
        return self._replace(last=now, starts=(), settled=wrong)


def noted(before: Remembered, newest: dt.datetime | None, now: dt.datetime) -> Remembered:
    """What is to be remembered when the program is used at `now`; `newest` is the time of the log's last event."""
    if believed(before, newest, now):
        return before._replace(last=max(now, before.last or now))
    unknown = before.last is None and newest is not None and newest < now
    return before._replace(last=newest) if unknown else before


def believed(before: Remembered, newest: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether the clock stands where it may be expected to."""
    if newest is not None and before.settled is not None and newest <= before.settled:
        newest = min(newest, now)
    known = before.last or newest
    if known is None:
        return True
    return max(known, newest or known) - A_DAY <= now <= known + LONGEST_ABSENCE


def started(before: Remembered, newest: dt.datetime | None, now: dt.datetime) -> tuple[Remembered, bool]:
    """What is to be remembered after a start at `now`, and whether the clock is believed now."""
    if believed(before, newest, now):
        return noted(before, newest, now)._replace(starts=()), True
    if before.last is not None and now < before.last - A_DAY:
        return before._replace(starts=()), False
    today, days = now.date(), before.starts
    if not days or not dt.timedelta() <= today - days[-1] <= LONGEST_ABSENCE:
        days = ()
    days = days if today in days else (*days, today)
    if len(days) >= STARTS:
        return before.trusting(newest, now), True
    return noted(before, newest, now)._replace(starts=days), False
