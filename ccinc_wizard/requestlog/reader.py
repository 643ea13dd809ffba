"""What the log tells: one request, its events, pages of a search, what waits; and what events add up to."""

from __future__ import annotations

import datetime as dt
import hmac
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace

from ccinc_wizard.domain.enums import Status
from ccinc_wizard.domain.folding import search_words
from ccinc_wizard.requestlog.chain import ChainEntry, linked
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.model import (
    NEWEST_FIRST,
    Event,
    EventKind,
    FollowUp,
    LoggedRequest,
    NewRequest,
    Order,
    SortBy,
    Stage,
)
from ccinc_wizard.requestlog.store import EVERYTHING, SHORT, Source, Store

_NAMES = ("applicant_name", "note")
_TOLD = tuple(entry.name for entry in fields(NewRequest))
FIELDS = tuple(entry.name for entry in fields(LoggedRequest))
REQUEST_COLUMNS = ", ".join(FIELDS)
"""Of the table of requests, as the schema has them."""


def contents_of(new: NewRequest, reference: str) -> tuple[dict[str, object], dict[str, object]]:
    """What the first event of a request says: names and notes, and the rest."""
    told: dict[str, object] = {name: getattr(new, name) for name in _TOLD} | {"reference": reference}
    told["fingerprint"] = new.fingerprint.hex() if new.fingerprint else ""
    return {name: told.pop(name) for name in _NAMES}, told


def applied(
    before: LoggedRequest | None, kind: str, request: int, names: Mapping[str, object], rest: Mapping[str, object]
) -> LoggedRequest:
    """The request after one more event. `names` is empty once it has been erased."""
    at = dt.datetime.fromisoformat(str(rest["at"]))
    if kind == EventKind.REQUESTED:
        return _first(request, at, names, rest)
    if before is None:
        raise ValueError("a request begins with being requested")
    detail, told = str(rest.get("detail", "")), str(names.get("note", ""))
    note = told if rest.get("undone") else told or before.note
    # A note written after the names were erased is again something to erase.
    before = replace(before, names_erased=before.names_erased and not told)
    if kind == EventKind.STATUS:
        return replace(before, status=Status(detail), changed_at=at, note=note)
    if kind == EventKind.TICK:
        ticks = dict.fromkeys(before.ticks)
        if rest.get("done"):
            ticks[detail] = None
        else:
            ticks.pop(detail, None)
        return replace(before, ticks=tuple(ticks))
    return replace(before, note=note)


def to_row(request: LoggedRequest) -> tuple[object, ...]:
    """The request as the table has it, in the order of REQUEST_COLUMNS."""
    values = {name: getattr(request, name) for name in FIELDS}
    values["saved_at"], values["changed_at"] = request.saved_at.isoformat(), request.changed_at.isoformat()
    values["status"], values["ticks"] = request.status.value, " ".join(request.ticks)
    values["label_due"], values["names_erased"] = int(request.label_due), int(request.names_erased)
    return tuple(values[name] for name in FIELDS)


def from_row(row: tuple[object, ...]) -> LoggedRequest:
    """The request that a row of the table tells of."""
    values = dict(zip(FIELDS, row, strict=True))
    for name in ("saved_at", "changed_at"):
        values[name] = dt.datetime.fromisoformat(str(values[name]))
    fingerprint = values["fingerprint"]
    values["fingerprint"] = bytes(fingerprint) if isinstance(fingerprint, bytes | memoryview) else None
    values["status"] = Status(str(values["status"]))
    values["ticks"] = tuple(str(values["ticks"]).split())
    values["label_due"], values["names_erased"] = bool(values["label_due"]), bool(values["names_erased"])
    return LoggedRequest(**values)  # type: ignore[arg-type]


def _first(request: int, at: dt.datetime, names: Mapping[str, object], rest: Mapping[str, object]) -> LoggedRequest:
    told = {name: rest[name] for name in _TOLD if name not in _NAMES}
    told |= {name: names.get(name, "") for name in _NAMES}
    told["fingerprint"] = bytes.fromhex(str(told["fingerprint"])) or None
    return LoggedRequest(
        id=request,
        reference=str(rest["reference"]),
        saved_at=at,
        changed_at=at,
        status=Status.REQUESTED,
        ticks=(),
        names_erased=not names,
        **told,  # type: ignore[arg-type]
    )


def without_names(request: LoggedRequest) -> LoggedRequest:
    """The request once names and notes have been erased."""
    return replace(request, applicant_name="", note="", names_erased=True)


Clock = Callable[[], dt.datetime]
DUE_AFTER_DAYS = 14
_MOST_WAITING = 200
_UNTYPED = dict.fromkeys(range(32), " ")
"""Signs that nobody means to look for, and that mean something to the databases."""
_ALL_COLUMNS = ", ".join(f"r.{name}" for name in FIELDS)
JOINED = (
    "SELECT e.seq, e.request, e.kind, e.erased, e.names_digest, e.rest_digest, e.mac, n.salt, n.content, c.salt, "
    "c.content FROM events e LEFT JOIN contents n ON n.seq = e.seq AND n.stage = 'names' "
    "LEFT JOIN contents c ON c.seq = e.seq AND c.stage = 'rest' "
)


def waits_too_long(request: LoggedRequest, now: dt.datetime) -> bool:
    """Whether a label, or the form whose link was sent, has been waited for so long that one should remind."""
    urgent = request.status is Status.WAITING_FOR_LABEL or request.outcome == "link"
    return urgent and not request.status.closed and (now - request.changed_at).days >= DUE_AFTER_DAYS


class LogReader:
    """Reads an open log. Every answer is of the moment it is asked."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self._clock = clock

    def get(self, reference: str) -> LoggedRequest:
        """One request. Raises LogError UNKNOWN_REQUEST."""
        found = self._chosen("WHERE reference = ?", reference)
        if not found:
            raise LogError(LogErrorCode.UNKNOWN_REQUEST, reference)
        return found[0]

    def with_id(self, number: int) -> LoggedRequest | None:
        """The request of this id, if it is still there. Raises LogError."""
        return next(iter(self._chosen("WHERE id = ?", number)), None)

    def events(self, reference: str) -> list[Event]:
        """What happened to a request, first to last; what was erased is not told."""
        request = self.get(reference)
        rows = self.store.stream(JOINED + "WHERE e.request = ? ORDER BY e.seq", (request.id,))
        return [event for event in map(_event, linked(rows)) if event]

    def requests_of(self, fingerprint: bytes) -> list[LoggedRequest]:
        """All requests for one person, newest first."""
        return self._chosen("WHERE fingerprint = ? ORDER BY id DESC", fingerprint)

    def confirm_person(self, reference: str, fingerprint: bytes) -> bool:
        """Whether this fingerprint is the one of the request's person."""
        known = self.get(reference).fingerprint
        return known is not None and hmac.compare_digest(known, fingerprint)

    def page(
        self,
        *,
        search: str = "",
        status: Status | None = None,
        before: int | None = None,
        limit: int = 50,
        order: Order = NEWEST_FIRST,
    ) -> list[LoggedRequest]:
        """Requests in their order, after the one with the id `before`. Every word of `search` must be found."""
        source = self._found(search, status)
        way, beyond = ("DESC", "<") if order.down else ("ASC", ">")
        # The id parts those that are equal; it is also the order in which they were saved.
        by = [source.key] if order.by is SortBy.SAVED else [f"lower(r.{order.by})", source.key]
        if before is not None and len(by) == 1:
            source = source.narrowed(f"{source.key} {beyond} ?", before)
        elif before is not None:
            last = f"SELECT lower(t.{order.by}), t.id FROM requests t WHERE t.id = ?"  # noqa: S608
            source = source.narrowed(f"({', '.join(by)}) {beyond} ({last})", before)
        sorted_by = ", ".join(f"{part} {way}" for part in by)
        sql = f"SELECT {_ALL_COLUMNS} {source.sql} ORDER BY {sorted_by} LIMIT ?"
        return [from_row(row) for row in self.store.execute(sql, (*source.values, limit))]

    def count(self, *, search: str = "", status: Status | None = None) -> int:
        """How many requests `page` would give in all."""
        source = self._found(search, status)
        ((count,),) = self.store.execute(f"SELECT count(*) {source.sql}", source.values)
        return int(str(count))

    def follow_up(self) -> list[FollowUp]:
        """Open requests, longest waiting first; due after 14 days for a label or a form without a result.

        One whose steps were begun and that nobody has said the end of is due at once, and comes first.
        """
        now = self._clock()
        found = []
        for request in self._waiting():
            days = max((now - request.changed_at).days, 0)
            begun = request.status is Status.REQUESTED and bool(request.ticks)
            found.append(FollowUp(request, days, begun or waits_too_long(request, now)))
        return sorted(found, key=lambda entry: not entry.due)

    def _waiting(self) -> list[LoggedRequest]:
        """Open requests: those begun first, then those that waited longest; no more than anyone looks through."""
        known: dict[int, LoggedRequest] = {}
        # One status at a time is what the indexes give in order; both at once would have to be sorted.
        for status in (status for status in Status if not status.closed):
            for condition in ("ticks <> ''", "TRUE"):
                rest = f"WHERE status = ? AND {condition} ORDER BY changed_at LIMIT {_MOST_WAITING}"
                known |= {request.id: request for request in self._chosen(rest, status.value)}
        ordered = sorted(known.values(), key=lambda request: (not request.ticks, request.changed_at))
        return ordered[:_MOST_WAITING]

    def unchanged_since(self, moment: dt.datetime) -> Iterator[LoggedRequest]:
        """Requests that last changed at this moment or before, one by one."""
        # As texts, times are in order but for parts of a second.
        bound = (moment + dt.timedelta(seconds=1)).isoformat()
        sql = f"SELECT {REQUEST_COLUMNS} FROM requests WHERE status = ? AND changed_at < ? ORDER BY changed_at"  # noqa: S608
        for status in Status:
            for request in map(from_row, self.store.stream(sql, (status.value, bound))):
                if request.changed_at <= moment:
                    yield request

    def now(self) -> dt.datetime:
        """The present by this log's clock: for a team's log its server's."""
        return self._clock()

    def newest(self) -> dt.datetime | None:
        """When a request last changed, as the events tell it; None for an empty log."""
        # One status at a time, as the index has them in order.
        one = "SELECT max(changed_at) FROM requests WHERE status = ?"
        found = [row[0] for status in Status for row in self.store.execute(one, (status.value,))]
        return max((dt.datetime.fromisoformat(str(told)) for told in found if told), default=None)

    def changed_after(self, moment: dt.datetime) -> list[LoggedRequest]:
        """Requests that say they changed after this moment."""
        rest, bound = "WHERE status = ? AND changed_at > ?", moment.isoformat()
        found = (request for status in Status for request in self._chosen(rest, status.value, bound))
        return [request for request in found if request.changed_at > moment]

    def not_before(self, request: LoggedRequest) -> dt.datetime:
        """When a request last changed at the earliest, whatever the clock said: what came before it had its time."""
        sql = JOINED + "WHERE e.request = ? AND e.kind IN (?, ?) ORDER BY e.seq DESC LIMIT 1"
        rows = self.store.execute(sql, (request.id, EventKind.REQUESTED.value, EventKind.STATUS.value))
        for _, _, contents in linked(iter(rows)):
            told = json.loads(contents[Stage.REST].content).get("after") if Stage.REST in contents else None
            if told:
                return max(request.changed_at, dt.datetime.fromisoformat(told))
        return request.changed_at

    def _chosen(self, rest: str, *values: object) -> list[LoggedRequest]:
        """The requests that the rest of a statement chooses."""
        sql = f"SELECT {REQUEST_COLUMNS} FROM requests {rest}"  # noqa: S608
        return [from_row(row) for row in self.store.execute(sql, values)]

    def _found(self, search: str, status: Status | None) -> Source:
        words = _wanted(search)
        source = self.store.matching(words) if words else EVERYTHING
        return source if status is None else source.narrowed("r.status = ?", status.value)


def _wanted(search: str) -> list[str]:
    return search_words(search.translate(_UNTYPED))


def answers(words: Sequence[str], search: str) -> bool:
    """Whether a request with these words is one that the stores would find."""
    joined = " ".join(words)
    return all(
        wanted in joined if len(wanted) >= SHORT else any(word.startswith(wanted) for word in words)
        for wanted in _wanted(search)
    )


def _event(entry: ChainEntry) -> Event | None:
    link, _, contents = entry
    if Stage.REST not in contents:
        return None
    rest = json.loads(contents[Stage.REST].content)
    names = json.loads(contents[Stage.NAMES].content) if Stage.NAMES in contents else {}
    at = dt.datetime.fromisoformat(rest["at"])
    detail, note, done = rest.get("detail", ""), names.get("note", ""), rest.get("done", True)
    return Event(link.seq, at, rest["user"], EventKind(link.kind), detail, note, done, rest.get("undone", False))
