"""What is erased and when: names and notes 90 days after a request is closed, the rest after 400.

A request that nobody closed counts as closed at its last change once the longer term is over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from ccinc_wizard.domain.folding import same_person
from ccinc_wizard.domain.terms import DAYS, NAMES_DAYS, REST_DAYS
from ccinc_wizard.requestlog.clock import A_DAY, DatedLater
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import ErasurePlan, LoggedRequest


def due(
    log: RequestLog,
    now: dt.datetime,
    names_days: int = NAMES_DAYS,
    rest_days: int = REST_DAYS,
    later: Mapping[int, DatedLater] = MappingProxyType({}),
) -> ErasurePlan:
    """What retention would erase at `now`, if that is the present: see `clock`.

    A request dated after the present counts from when that was first seen. Raises LogError, and ValueError for days
    that cannot be meant.
    """
    _check(names_days, rest_days)
    names, rest = [], []
    for request, age in _aged(log, now, min(names_days, rest_days), later):
        if age >= rest_days:
            rest.append(request.id)
        elif request.status.closed and age >= names_days and not request.names_erased:
            names.append(request.id)
    return ErasurePlan(tuple(names), tuple(rest))


def of_person(log: RequestLog, name: str, fingerprint: bytes | None) -> ErasurePlan:
    """All that is known of a person, found by the number's fingerprint and by the whole name. Raises LogError."""
    found = {request.id for request in log.requests_of(fingerprint)} if fingerprint else set()
    if name.strip():
        found |= {request.id for request in _all(log) if same_person(request.applicant_name, name)}
    return ErasurePlan(rest=tuple(sorted(found)))


def older_than(
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


def _all(log: RequestLog) -> Iterable[LoggedRequest]:
    before: int | None = None
    while page := log.page(before=before, limit=1000):
        yield from page
        before = page[-1].id
