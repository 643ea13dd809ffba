"""What is erased and when: names and notes 90 days after a request is closed, the rest after 400.

A request that nobody closed counts as closed at its last change once the longer term is over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ccinc_wizard.domain.folding import same_person
from ccinc_wizard.domain.terms import NAMES_DAYS, REST_DAYS
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import ErasurePlan, LoggedRequest


def due(log: RequestLog, now: dt.datetime, names_days: int = NAMES_DAYS, rest_days: int = REST_DAYS) -> ErasurePlan:
    """What retention would erase now. Raises LogError."""
    names, rest = [], []
    for request in log.unchanged_since(now - dt.timedelta(days=min(names_days, rest_days))):
        age = (now - request.changed_at).days
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


def older_than(log: RequestLog, now: dt.datetime, days: int) -> ErasurePlan:
    """All requests that have not changed for so many days. Raises LogError."""
    return ErasurePlan(rest=tuple(request.id for request in log.unchanged_since(now - dt.timedelta(days=days))))


def _all(log: RequestLog) -> Iterable[LoggedRequest]:
    before: int | None = None
    while page := log.page(before=before, limit=1000):
        yield from page
        before = page[-1].id
