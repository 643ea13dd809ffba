"""The request log: save, change, find, follow up, check. Append-only; one durable transaction a save."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Self

from ccinc_wizard.domain.dates import shown_moment
from ccinc_wizard.domain.enums import Status
from ccinc_wizard.domain.folding import index_words
from ccinc_wizard.requestlog.chain import ChainCheck, ChainEntry, HeadFile, Link, Sealed, counted, linked, origin
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.folder import DATABASE, Mended, head_path, mend, open_folder
from ccinc_wizard.requestlog.keys import Keys
from ccinc_wizard.requestlog.model import (
    A_DAY,
    TRANSITIONS,
    Damage,
    ErasurePlan,
    EventKind,
    LoggedRequest,
    LogVerdict,
    NewRequest,
    Progress,
    Stage,
    Trouble,
)
from ccinc_wizard.requestlog.reader import (
    FIELDS,
    JOINED,
    REQUEST_COLUMNS,
    Clock,
    LogReader,
    answers,
    applied,
    contents_of,
    to_row,
    without_names,
)
from ccinc_wizard.requestlog.sqlite_store import SqliteStore
from ccinc_wizard.requestlog.store import Store

_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Signs that are not mistaken for one another on the phone: neither O and 0 nor I and 1."""
_FILED = -2
"""Stands in the index as if it were a request, once it holds the words of `index_words` for all others.

Until then a number as far below it stands there as the id down to which they are.
"""
FILED_AT_ONCE = 100
"""How many requests are filed anew before others get their turn."""
_ALL = 2**62
"""Above every id."""
_PAGE = 1000
_TRACES = "traces"
"""Stands in the folder while the file may still hold what was erased."""
_PLACES = ", ".join("?" for _ in FIELDS)


class RequestLog(LogReader):
    """One open log. Not for use from several threads at once; several programs may have it open."""

    def __init__(
        self, store: Store, keys: Keys, folder: Path, *, clock: Clock, user: str, vocabulary: Mapping[str, str]
    ) -> None:
        super().__init__(store, clock)
        self.keys = keys
        self.folder = folder
        self._user = user
        self._vocabulary = vocabulary
        self._head = HeadFile(head_path(folder), keys.chain_key())
        self._in_turn = False
        self._appended: tuple[int, bytes] | None = None
        """The last event of the present turn."""
        self.last_seen: dt.datetime | None = None
        """When the program is known to have run before."""
        self._after: dt.datetime | None = None
        self.to_file = 0
        """How many requests, about, are still found by an earlier program's words only: `renew_index` counts them."""
        self.mended: Mended | None = None
        """What was cut short before, and has been put right by opening this log."""

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock,
        user: str,
        vocabulary: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Open the log in this folder, or make one where there is none yet.

        `clock` gives aware UTC times; `vocabulary` adds words by which an id (a status, a role) is found. A log of an
        earlier format is brought over, which takes minutes for a million requests; `progress` is told how far that is.
        Raises LogError: an existing log whose key or file is missing, damaged or newer is never replaced.
        """
        mended, keys = mend(folder), open_folder(folder)
        try:
            store = SqliteStore(folder / DATABASE, keys.cipher_key(), progress)
        except LogError as error:
            # With a wrong key a sound file looks damaged; the head beside it knows its key, and is another file.
            head = HeadFile(head_path(folder), keys.chain_key())
            if error.code is LogErrorCode.DAMAGED and head.latest() is None and head.has_lines():
                raise LogError(LogErrorCode.KEY_WRONG) from error
            raise
        log = cls(store, keys, folder, clock=clock, user=user, vocabulary=vocabulary or {})
        log.mended = mended or (Mended.CLEARED if store.cleared else None)
        log.renew_index()
        if (folder / _TRACES).exists():
            log._clean()
        return log

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the files back."""
        self.store.close()

    def renew_index(self) -> bool:
        """File the next requests anew, the newest first, where an earlier program filed them by other words.

        Whether there is nothing left to do; until then what is left is found by the words it was filed by.
        """
        try:
            return self.store.indexed(_FILED) or self._file_anew()
        except LogError:  # what cannot be written can still be read
            return True

    def all_found(self, search: str = "", status: Status | None = None) -> Iterator[LoggedRequest]:
        """All that `page` would give by the present words, also while an earlier program's are left in the index.

        Then each request is looked at, as whoever asks once cannot wait until all are filed. Raises LogError.
        """
        filed = not search or self.store.indexed(_FILED)
        before: int | None = None
        while page := self.page(search=search if filed else "", status=status, before=before, limit=_PAGE):
            yield from (request for request in page if filed or answers(self._words(request), search))
            before = page[-1].id

    def _file_anew(self) -> bool:
        with self.store.writing():
            marks = f"SELECT id FROM ({self.store.filed()}) AS f WHERE id < ?"  # noqa: S608
            done = [int(str(row[0])) for row in self.store.execute(marks, (_FILED,))]
            before = min((_FILED - mark for mark in done), default=_ALL)
            requests = self._chosen(f"WHERE id < ? ORDER BY id DESC LIMIT {FILED_AT_ONCE}", before)
            for request in requests:
                self.store.unindex(request.id)
                self.store.index(request.id, self._words(request))
            for mark in done:
                self.store.unindex(mark)
            finished = len(requests) < FILED_AT_ONCE
            self.to_file = 0 if finished else requests[-1].id - 1
            self.store.index(_FILED if finished else _FILED - requests[-1].id, ())
        return finished

    def fingerprint(self, digits: str) -> bytes:
        """The keyed fingerprint of eleven clear digits."""
        return self.keys.fingerprint(digits)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One durable transaction among all programs: what is looked up in it still holds when it is saved in it.

        Turns may stand within one another; whatever goes wrong in one, nothing of that one stays. Raises LogError:
        UNCERTAIN where the answer got lost and the log cannot be asked whether it stands there.
        """
        if self._in_turn:
            with self._savepoint():
                yield
            return
        self._appended = None
        try:
            with self.store.writing():
                self._in_turn = True
                self._after = max((told for told in (self.newest(), self.last_seen) if told), default=None)
                try:
                    yield
                finally:
                    self._in_turn = False
        except LogError as error:
            if error.code is not LogErrorCode.UNCERTAIN:
                raise
            self._look_again()
        self.note_head()

    def _look_again(self) -> None:
        """After a lost answer: come back where all stands in the log. Raises LogError, UNCERTAIN if nobody can tell."""
        seq, mac = self._appended or (0, b"")
        try:
            # In a turn of its own: by then the one whose answer got lost has come to its end.
            with self.store.writing():
                stands = self.store.execute("SELECT 1 FROM events WHERE seq = ? AND mac = ?", (seq, mac))
        except LogError as error:
            raise LogError(LogErrorCode.UNCERTAIN) from error
        if not stands:
            raise LogError(LogErrorCode.UNREACHABLE if self._appended else LogErrorCode.UNCERTAIN)

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        appended = self._appended
        self.store.execute("SAVEPOINT inner_turn")
        try:
            yield
        except BaseException:
            self._appended = appended
            self.store.execute("ROLLBACK TO SAVEPOINT inner_turn")
            raise
        finally:
            self.store.execute("RELEASE SAVEPOINT inner_turn")

    def save(self, new: NewRequest) -> LoggedRequest:
        """Log a request; it is on the disk when this returns. Raises LogError, and then nothing was logged."""
        return self.save_many([new])[0]

    def save_many(self, requests: Iterable[NewRequest]) -> list[LoggedRequest]:
        """Log requests in one transaction: all of them or none. Raises LogError."""
        saved = []
        with self.turn():
            following = self._last_request() + 1
            for number, new in enumerate(requests, start=following):
                names, rest = contents_of(new, self._new_reference())
                request = applied(None, EventKind.REQUESTED, number, names, rest := rest | self._dated())
                self._append(number, EventKind.REQUESTED, names, rest)
                self._put(request, replacing=False)
                saved.append(request)
        return saved

    def change(self, reference: str, status: Status, note: str = "") -> LoggedRequest:
        """Bring a request to another status. Raises LogError NOT_ALLOWED for a step that its life does not know."""
        return self._happened(reference, EventKind.STATUS, {"detail": status.value}, note, to=status)

    def add_note(self, reference: str, note: str) -> LoggedRequest:
        """Add a note. Raises LogError."""
        return self._happened(reference, EventKind.NOTE, {}, note)

    def take_back(self, changed: LoggedRequest, before: LoggedRequest) -> LoggedRequest:
        """Give a request the status and the note it had before a change, by an event of its own: none is taken away.

        Raises LogError NOT_ALLOWED where it is no longer as that change left it.
        """
        kind = EventKind.NOTE if changed.status is before.status else EventKind.STATUS
        detail: dict[str, object] = {} if kind is EventKind.NOTE else {"detail": before.status.value}
        with self.turn():
            now = self.get(changed.reference)
            if (now.status, now.note) != (changed.status, changed.note):
                raise LogError(LogErrorCode.NOT_ALLOWED, f"{now.status} -> {before.status}")
            return self._happened(changed.reference, kind, detail | {"undone": True}, before.note)

    def tick(self, reference: str, step: str, *, done: bool = True) -> LoggedRequest:
        """Tick a step of the procedure off, or on again. Raises LogError."""
        return self._happened(reference, EventKind.TICK, {"detail": step, "done": done}, "")

    def verify(self, progress: Progress | None = None) -> LogVerdict:
        """Check all that a save needs: the file, the chain, its head kept outside, what table and search make of it."""
        # The head first: what other programs add meanwhile may be ahead of it, never behind.
        head = self._head.latest()
        damage = self.store.damage()
        if damage and damage[0].trouble is Trouble.PAGES:
            return LogVerdict(0, damage)
        with self.store.reading():
            verdict = self._check(head, progress)
            if damage or self._unfindable():
                verdict = replace(verdict, findings=(*verdict.findings, Damage(Trouble.SEARCH)))
            if verdict.sound:
                self.note_head()
        return verdict

    def _check(self, head: tuple[int, bytes] | None, progress: Progress | None) -> LogVerdict:
        ((total,),) = self.store.execute("SELECT count(*) FROM events")
        both_rounds = 2 * int(str(total))
        check = ChainCheck(self.keys.chain_key(), head, both_rounds, progress)
        verdict = check.run(linked(self.store.stream(JOINED + "ORDER BY e.seq")))
        if not verdict.sound:
            return verdict
        ((contents,),) = self.store.execute("SELECT count(*) FROM contents")
        if contents != check.contents:
            return LogVerdict(verdict.events, (Damage(Trouble.ADDED, verdict.events),))
        told = (lambda done, _: progress(verdict.events + done, both_rounds)) if progress else None
        return self._check_projection(verdict, told)

    def _unfindable(self) -> bool:
        """Whether the search lacks requests, or holds some that are no more."""
        filed = self.store.filed()
        lacking = f"SELECT id FROM requests WHERE id NOT IN ({filed}) LIMIT 1"  # noqa: S608
        beyond = f"SELECT id FROM ({filed}) AS f WHERE id NOT IN (SELECT id FROM requests) AND id > 0 LIMIT 1"  # noqa: S608
        return bool(self.store.execute(lacking) or self.store.execute(beyond))

    def rebuild(self) -> None:
        """Make the table of requests and the search anew from the events, or leave all as it is. Raises LogError."""
        with self.turn():
            self.store.execute("DELETE FROM requests")
            self.store.empty_index()
            for _, request in _folded(
                linked(self.store.stream(JOINED + "WHERE e.request > 0 ORDER BY e.request, e.seq"))
            ):
                self._put(request, replacing=False)
            self.store.index(_FILED, ())
        self.to_file = 0

    def erase(self, plan: ErasurePlan) -> None:
        """Erase for good what the plan names, in file, index and free pages; the chain still verifies."""
        if plan.empty:
            return
        # Beforehand: on a full disk nothing could be noted afterwards.
        with suppress(OSError):
            (self.folder / _TRACES).touch(mode=0o600)
        everything, names = set(plan.rest), set(plan.names) | set(plan.rest)
        told = json.dumps({Stage.NAMES: sorted(names), Stage.REST: sorted(everything)})
        with self.turn():
            for request in names:
                stages = "" if request in everything else "AND stage = 'names'"
                self.store.execute(
                    f"DELETE FROM contents WHERE seq IN (SELECT seq FROM events WHERE request = ?) {stages}",  # noqa: S608
                    (request,),
                )
                self._unput(request, wholly=request in everything)
            self._append(0, EventKind.ERASED, {}, self._dated(), told)
        self._clean()

    def _clean(self) -> None:
        """Clean the file of what was erased. Where that fails, it was erased all the same: the next start goes on."""
        left = self.folder / _TRACES
        with suppress(LogError):
            self.store.purge_traces()
            left.unlink(missing_ok=True)

    def _happened(
        self, reference: str, kind: EventKind, rest: dict[str, object], note: str, *, to: Status | None = None
    ) -> LoggedRequest:
        with self.turn():
            before = self.get(reference)
            if to is not None and to not in TRANSITIONS[before.status]:
                raise LogError(LogErrorCode.NOT_ALLOWED, f"{before.status} -> {to}")
            names: dict[str, object] = {"note": note} if note else {}
            rest = rest | self._dated()
            after = applied(before, kind, before.id, names, rest)
            self._append(before.id, kind, names, rest)
            self._put(after, replacing=True)
        return after

    def _append(
        self, request: int, kind: EventKind, names: dict[str, object], rest: dict[str, object], erased: str = ""
    ) -> None:
        sealed = {Stage.NAMES: Sealed.of(names), Stage.REST: Sealed.of(rest | {"user": self._user})}
        seq, before = self._last_event()
        digests = sealed[Stage.NAMES].digest, sealed[Stage.REST].digest
        link = Link(seq + 1, request, kind.value, erased, *digests)
        mac = link.mac(self.keys.chain_key(), before)
        self.store.execute(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", (link.seq, request, kind.value, erased, *digests, mac)
        )
        self._appended = link.seq, mac
        for stage, part in sealed.items():
            self.store.execute(
                "INSERT INTO contents VALUES (?, ?, ?, ?)", (link.seq, stage.value, part.salt, part.content)
            )

    def _put(self, request: LoggedRequest, *, replacing: bool) -> None:
        if replacing:
            self._unput(request.id, wholly=True)
        self.store.execute(f"INSERT INTO requests VALUES ({_PLACES})", to_row(request))  # noqa: S608
        self.store.index(request.id, self._words(request))

    def _unput(self, request: int, *, wholly: bool) -> None:
        self.store.unindex(request)
        if wholly:
            self.store.execute("DELETE FROM requests WHERE id = ?", (request,))
            return
        self.store.execute(
            "UPDATE requests SET applicant_name = '', note = '', names_erased = 1 WHERE id = ?", (request,)
        )
        if (left := self.with_id(request)) is not None:
            self.store.index(request, self._words(left))

    def _words(self, request: LoggedRequest) -> list[str]:
        ids = (request.status.value, request.role, request.authority_type)
        said = [self._vocabulary.get(name, "") for name in ids]
        parts = (request.reference, request.applicant_name, request.authority_name, request.note, *ids, *said)
        return index_words(" ".join([*filter(None, parts), shown_moment(request.saved_at)]))

    def _check_projection(self, verdict: LogVerdict, progress: Progress | None) -> LogVerdict:
        shown = {row[0]: row for row in self.store.stream(f"SELECT {REQUEST_COLUMNS} FROM requests")}  # noqa: S608
        events = self.store.stream(JOINED + "WHERE e.request > 0 ORDER BY e.request, e.seq")
        for seq, request in _folded(counted(linked(events), verdict.events, progress)):
            row = shown.pop(request.id, None)
            if row is None or tuple(row) != to_row(request):
                return LogVerdict(verdict.events, (Damage(Trouble.PROJECTION, seq),))
        return replace(verdict, findings=(Damage(Trouble.PROJECTION, verdict.events),)) if shown else verdict

    def _last_event(self) -> tuple[int, bytes]:
        rows = self.store.execute("SELECT seq, mac FROM events ORDER BY seq DESC LIMIT 1")
        return (int(str(rows[0][0])), bytes(rows[0][1])) if rows else (0, origin(self.keys.chain_key()))  # type: ignore[call-overload]

    def _last_request(self) -> int:
        rows = self.store.execute("SELECT request FROM events ORDER BY request DESC LIMIT 1")
        return int(str(rows[0][0])) if rows else 0

    def _new_reference(self) -> str:
        while True:
            chosen = secrets.token_bytes(6)
            signs = "".join(_SIGNS[byte % len(_SIGNS)] for byte in chosen)
            reference = f"{signs[:3]}-{signs[3:]}"
            if not self.store.execute("SELECT 1 FROM requests WHERE reference = ?", (reference,)):
                return reference

    def note_head(self) -> None:
        """Keep the present head outside the database."""
        # The request is safely logged; a head that lags behind is caught up by the next one.
        with suppress(OSError):
            self._head.note(*self._last_event())
            self._head.tidy()

    def _dated(self) -> dict[str, object]:
        """The present; and what it comes after, where the clock says less."""
        now, after = self._clock(), self._after
        told: dict[str, object] = {"at": now.isoformat()}
        if after is not None and now < after - A_DAY:
            told["after"] = after.isoformat()
        return told


def _folded(events: Iterator[ChainEntry]) -> Iterator[tuple[int, LoggedRequest]]:
    request: LoggedRequest | None = None
    seq = 0
    for link, _, contents in events:
        if Stage.REST not in contents:
            continue
        if request is not None and request.id != link.request:
            yield seq, request
            request = None
        rest = json.loads(contents[Stage.REST].content)
        erased = Stage.NAMES not in contents
        names = {} if erased else json.loads(contents[Stage.NAMES].content)
        request, seq = applied(request, link.kind, link.request, names, rest), link.seq
        if erased:
            request = without_names(request)
    if request is not None:
        yield seq, request
