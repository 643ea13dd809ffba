"""What has been kept long enough is erased: names and notes 90 days after a request is closed, the rest after 400.

A request that nobody closed counts as closed at its last change once the longer term is over. Nothing goes while the
clock that says so is in doubt: one that was set wrong would erase everything, or nothing for years. So the time at
which the program last ran is remembered, and a clock that stands before it, or long after it, is in doubt until the
user says that the date is right. A long absence is ordinary for a yearly registration: it ends the doubt once the
program has been started on three different days. A clock that goes back never does, as time cannot. Knows no Qt.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ccinc_wizard.app.settings import DAYS, NAMES_DAYS, REST_DAYS
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.folding import same_person
from ccinc_wizard.requestlog.atomic_files import write_private
from ccinc_wizard.requestlog.errors import LogError
from ccinc_wizard.requestlog.model import A_DAY, ErasurePlan

if TYPE_CHECKING:
    from ccinc_wizard.content.texts import Texts
    from ccinc_wizard.requestlog.log import RequestLog
    from ccinc_wizard.requestlog.model import LoggedRequest


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


class Doubt(NamedTuple):
    """Nothing was erased, as the clock is in doubt; the user decides."""

    now: dt.datetime
    """What the clock says."""
    last: dt.datetime
    """When the log was last used, as far as is known."""
    plan: ErasurePlan
    """What would go."""


class ClockMemory:
    """The file beside a log that remembers when the program last ran: dates and ids, nothing of a person."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, log: RequestLog) -> ClockMemory:
        """The memory of this log; a team's is each desk's own."""
        return cls(log.folder.with_name(f"{log.folder.name}.clock"))

    def read(self) -> Remembered:
        """What is remembered; nothing, where the file is missing or unreadable."""
        try:
            told = json.loads(self._path.read_bytes())
            later = {int(number): DatedLater(*map(_moment, pair)) for number, pair in told["later"].items()}
            starts = tuple(map(dt.date.fromisoformat, told["starts"]))
            last, settled = (told[name] and _moment(told[name]) for name in ("last", "settled"))
            return Remembered(last, starts, settled, later)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Remembered()

    def write(self, remembered: Remembered) -> None:
        """Remember this. Where it cannot be written the clock is only the longer in doubt."""
        told = {
            "last": remembered.last and remembered.last.isoformat(),
            "settled": remembered.settled and remembered.settled.isoformat(),
            "starts": [day.isoformat() for day in remembered.starts],
            "later": {number: [moment.isoformat() for moment in pair] for number, pair in remembered.later.items()},
        }
        with suppress(OSError):
            write_private(self._path, json.dumps(told))

    def note(self, newest: dt.datetime | None, now: dt.datetime) -> Remembered:
        """Note that the program is used now, if the clock is believed; what is remembered then."""
        before = self.read()
        remembered = noted(before, newest, now)
        if remembered != before:
            self.write(remembered)
        return remembered


def note_use(log: RequestLog) -> None:
    """Note that the log is used now, and let its events know what they come after."""
    # A log that cannot be read is told of by whoever reads it.
    with suppress(LogError):
        log.last_seen = ClockMemory.of(log).note(log.newest(), log.now()).last


def erase_what_is_due(log: RequestLog, names_days: int, rest_days: int, *, date_is_right: bool) -> Doubt | None:
    """Erase what has been kept long enough; where the clock is in doubt, tell what would go instead.

    `date_is_right` is what a user says who was told. Raises LogError.
    """
    memory, now, newest = ClockMemory.of(log), log.now(), log.newest()
    before = memory.read()
    remembered, certain = started(before, newest, now)
    if date_is_right:
        remembered, certain = before.trusting(newest, now), True
    if remembered.last and believed(remembered, None, now):
        later = dated_later(log, now, remembered.later, min(names_days, rest_days))
        remembered = remembered._replace(later=later)
    memory.write(remembered)
    plan = due(log, now, names_days, rest_days, remembered.later)
    if not certain:
        return Doubt(now, remembered.last or newest or now, plan)
    log.erase(plan)
    return None


def preview(log: RequestLog, names_days: int, rest_days: int) -> tuple[ErasurePlan, Doubt | None]:
    """What would be erased now under these terms, and the doubt about the clock, if there is one. Raises LogError."""
    plan = due(log, log.now(), names_days, rest_days, ClockMemory.of(log).read().later)
    return plan, doubted(log, plan)


def older_than(log: RequestLog, days: int) -> tuple[ErasurePlan, Doubt | None]:
    """All that has not changed for so many days, and the doubt about the clock, if there is one. Raises LogError."""
    plan = unchanged_for(log, log.now(), days, ClockMemory.of(log).read().later)
    return plan, doubted(log, plan)


def doubted(log: RequestLog, plan: ErasurePlan) -> Doubt | None:
    """The doubt about the clock by which this plan was made, if there is one. Raises LogError."""
    remembered, now, newest = ClockMemory.of(log).read(), log.now(), log.newest()
    if believed(remembered, newest, now):
        return None
    return Doubt(now, remembered.last or newest or now, plan)


def doubt_in_words(texts: Texts, doubt: Doubt) -> str:
    """Which date the clock tells, since when it is in doubt, and what would go."""
    now, last = (shown_day(moment.astimezone()) for moment in (doubt.now, doubt.last))
    counts = {"names": len(doubt.plan.names), "rest": len(doubt.plan.rest)}
    would = texts("logview.clock.nothing" if doubt.plan.empty else "logview.clock.would", **counts)
    return f"{texts('logview.clock.doubt', now=now, last=last)} {would}"


def due(
    log: RequestLog,
    now: dt.datetime,
    names_days: int = NAMES_DAYS,
    rest_days: int = REST_DAYS,
    later: Mapping[int, DatedLater] = MappingProxyType({}),
) -> ErasurePlan:
    """What would be erased at `now`, if that is the present: see `app/retention.py`.

    A request dated after the present counts from when that was first seen. Raises LogError, and ValueError for days
    that cannot be meant.
    """
    _check(names_days, rest_days)
    names, rest = [], []
    for request, age in _aged(log, now, min(names_days, rest_days), later):
        if age >= rest_days:
            rest.append(request.id)
        elif request.status.closed and not request.names_erased:
            names.append(request.id)
    return ErasurePlan(tuple(names), tuple(rest))


def of_person(log: RequestLog, name: str, fingerprint: bytes | None) -> ErasurePlan:
    """All that is known of a person, found by the number's fingerprint and by the whole name. Raises LogError."""
    found = {request.id for request in log.requests_of(fingerprint)} if fingerprint else set()
    if name.strip():
        found |= {request.id for request in log.all_found() if same_person(request.applicant_name, name)}
    return ErasurePlan(rest=tuple(sorted(found)))


def unchanged_for(
    log: RequestLog, now: dt.datetime, days: int, later: Mapping[int, DatedLater] = MappingProxyType({})
) -> ErasurePlan:
    """All requests that have not changed for so many days. Raises LogError, and ValueError for impossible days."""
    _check(days)
    return ErasurePlan(rest=tuple(request.id for request, _ in _aged(log, now, days, later)))


def dated_later(
    log: RequestLog, now: dt.datetime, known: Mapping[int, DatedLater], days: int = NAMES_DAYS
) -> dict[int, DatedLater]:
    """The requests dated after the present, and when each was first seen so; `known` is how that was before.

    One that came after such a request counts as well, where it says itself that it is more than `days` old: its own
    date is as wrong. One that has changed since, or is no longer there, is left out. Raises LogError.
    """
    found = {request.id: DatedLater(request.changed_at, now) for request in log.changed_after(now + A_DAY)}
    if found or known:
        old = log.unchanged_since(now - dt.timedelta(days=days))
        found |= {request.id: DatedLater(request.changed_at, now) for request in old if log.not_before(request) > now}
    told = {request.id: request.changed_at for request in map(log.with_id, known) if request is not None}
    return found | {number: before for number, before in known.items() if told.get(number) == before.told}


def _check(*terms: int) -> None:
    if impossible := [days for days in terms if days not in DAYS]:
        raise ValueError(f"{impossible[0]} days")


def _aged(
    log: RequestLog, now: dt.datetime, days: int, later: Mapping[int, DatedLater]
) -> Iterator[tuple[LoggedRequest, int]]:
    """Requests that have not changed for so many days, and for how many they have not."""
    bound = now - dt.timedelta(days=days)
    for request in log.unchanged_since(bound):
        # What came after something dated later than the present is no older than that, or stands in `later`.
        changed = log.not_before(request)
        if changed <= bound and request.id not in later:
            yield request, (now - changed).days
    for number, seen in later.items():
        request_then = log.with_id(number)
        if request_then is not None and seen.first_seen <= bound:
            yield request_then, (now - seen.first_seen).days


def _moment(told: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise ValueError(told)
    return moment
