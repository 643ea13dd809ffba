"""The chain of events and its check.

Each event is bound to its predecessor by an HMAC. What may be erased later is bound by a salted digest: once salt
and content are gone, nobody can guess the content from the digest, and the chain still holds.
The head (how many events, and the last HMAC) is kept a second time outside the database, so that an end cut off or
an old file put back is seen. Whoever holds the key and both files can still forge everything.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ccinc_wizard.requestlog.atomic_files import write_whole
from ccinc_wizard.requestlog.keys import write_owner_only
from ccinc_wizard.requestlog.model import Damage, EventKind, LogVerdict, Progress, Stage, Trouble

_HEAD_BYTES = 40_000
"""How large the file of heads may grow: some 300 lines. Each save looks at the size only, never at all lines."""
_LINE = re.compile(r"(?P<count>[0-9]{1,19}) (?P<mac>[0-9a-f]{64}) (?P<seal>[0-9a-f]{64})")
"""A line that nothing has damaged: whatever else may stand in the file is no head, and no error either."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A content that may be erased, with the salt of its digest."""

    salt: bytes
    content: str

    @classmethod
    def of(cls, values: dict[str, object]) -> Sealed:
        """Seal these values under a new salt."""
        return cls(secrets.token_bytes(16), json.dumps(values, ensure_ascii=False, sort_keys=True))

    @property
    def digest(self) -> bytes:
        """SHA-256 over salt and content."""
        return hashlib.sha256(self.salt + self.content.encode("utf-8")).digest()


@dataclass(frozen=True, slots=True)
class Link:
    """One event as the chain sees it."""

    seq: int
    request: int
    kind: str
    erased: str
    names_digest: bytes
    rest_digest: bytes

    def mac(self, key: bytes, before: bytes) -> bytes:
        """The event's HMAC after the one before it."""
        parts = [str(self.seq), str(self.request), self.kind, self.erased]
        told = json.dumps(parts).encode("utf-8") + self.names_digest + self.rest_digest
        return hmac.digest(key, before + told, hashlib.sha256)


ChainEntry = tuple[Link, bytes, dict[Stage, Sealed]]
"""An event, its stored HMAC, and what is left of its contents."""


def origin(key: bytes) -> bytes:
    """What the first event follows."""
    return hmac.digest(key, b"origin", hashlib.sha256)


class HeadFile:
    """The head outside the database: lines of count, HMAC and a seal. Lines are only added, so two programs may write.

    Written after the commit: a program killed in between leaves a head that is behind, never one that is ahead.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key

    def note(self, count: int, mac: bytes) -> None:
        """Add the present head. Raises OSError."""
        line = f"{count} {mac.hex()} {self._seal(count, mac)}\n".encode("ascii")
        if not self._path.exists():
            write_owner_only(self._path, line)
            return
        with self._path.open("ab", buffering=0) as file:
            file.write(line)

    def has_lines(self) -> bool:
        """Whether a head was noted at all, under whichever key."""
        return bool(self._lines())

    def latest(self) -> tuple[int, bytes] | None:
        """The furthest head noted with a seal that holds, or None."""
        heads = [((int(line["count"]), bytes.fromhex(line["mac"])), line["seal"]) for line in self._lines()]
        return max((head for head, seal in heads if hmac.compare_digest(self._seal(*head), seal)), default=None)

    def tidy(self) -> None:
        """Keep only the furthest head once the file has grown. Raises OSError."""
        if self._path.stat().st_size <= _HEAD_BYTES:
            return
        if (head := self.latest()) is not None:
            write_whole(self._path, f"{head[0]} {head[1].hex()} {self._seal(*head)}\n".encode("ascii"))

    def _lines(self) -> list[re.Match[str]]:
        try:
            lines = self._path.read_text("ascii", errors="replace").splitlines()
        except OSError:
            return []
        return [line for line in map(_LINE.fullmatch, lines) if line]

    def _seal(self, count: int, mac: bytes) -> str:
        return hmac.new(self._key, b"head" + str(count).encode("ascii") + mac, hashlib.sha256).hexdigest()


@dataclass(slots=True)
class ChainCheck:
    """Goes along the events once and says where the chain breaks first."""

    key: bytes
    head: tuple[int, bytes] | None
    total: int
    progress: Progress | None = None
    contents: int = 0
    _missing: dict[tuple[int, str], int] = field(default_factory=dict)
    _erased: dict[tuple[int, str], int] = field(default_factory=dict)

    def run(self, events: Iterable[ChainEntry]) -> LogVerdict:
        """Check all events with their stored HMAC and what of their contents is left."""
        before, place = origin(self.key), 0
        for link, mac, contents in counted(events, self.total, self.progress):
            place += 1
            if link.seq != place:
                return LogVerdict(place, (Damage(Trouble.REMOVED, place),))
            if not hmac.compare_digest(link.mac(self.key, before), mac):
                added = self.head is not None and place > self.head[0]
                return LogVerdict(place, (Damage(Trouble.ADDED if added else Trouble.CHANGED, place),))
            if self.head is not None and place == self.head[0] and self.head[1] != mac:
                return LogVerdict(place, (Damage(Trouble.CHANGED, place),))
            if not self._contents_hold(link, contents):
                return LogVerdict(place, (Damage(Trouble.CHANGED, place),))
            self._note_erasure(link)
            before = mac
        if self.head is None or self.head[0] > place:
            # Without any head the end cannot be vouched for; an empty log has a head of zero.
            return LogVerdict(place, (Damage(Trouble.CUT, place + 1),))
        return self._unexplained(place)

    def _contents_hold(self, link: Link, contents: dict[Stage, Sealed]) -> bool:
        self.contents += len(contents)
        for stage, digest in ((Stage.NAMES, link.names_digest), (Stage.REST, link.rest_digest)):
            sealed = contents.get(stage)
            if sealed is None:
                self._missing[link.request, stage] = link.seq
            elif sealed.digest != digest:
                return False
        return True

    def _note_erasure(self, link: Link) -> None:
        if link.kind == EventKind.ERASED:
            told = json.loads(link.erased)
            for stage in (Stage.NAMES, Stage.REST):
                for request in told.get(stage, ()):
                    self._erased[request, stage] = link.seq

    def _unexplained(self, place: int) -> LogVerdict:
        gone = [seq for what, seq in self._missing.items() if self._erased.get(what, 0) < seq]
        return LogVerdict(place, (Damage(Trouble.REMOVED, min(gone)),) if gone else ())


def counted(events: Iterable[ChainEntry], total: int, progress: Progress | None) -> Iterator[ChainEntry]:
    """The same events; tells how far it is, by the thousand."""
    for done, event in enumerate(events, start=1):
        yield event
        if progress and done % 1000 == 0:
            progress(done, total)


def linked(rows: Iterator[tuple[object, ...]]) -> Iterator[ChainEntry]:
    """Rows of events joined with both stages of contents, as the check wants them."""
    for seq, request, kind, erased, names, rest, mac, names_salt, names_content, rest_salt, rest_content in rows:
        link = Link(int(str(seq)), int(str(request)), str(kind), str(erased), _bytes(names), _bytes(rest))
        contents = {}
        if names_content is not None:
            contents[Stage.NAMES] = Sealed(_bytes(names_salt), str(names_content))
        if rest_content is not None:
            contents[Stage.REST] = Sealed(_bytes(rest_salt), str(rest_content))
        yield link, _bytes(mac), contents


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""
