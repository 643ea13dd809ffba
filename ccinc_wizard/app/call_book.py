"""What is kept of helpdesk calls: a line of ids and a day for each, so that calls can be counted. Knows no Qt.

No name, number, note or link is in it. The file is the owner's only, and lines are only ever added to it until they
have been kept long enough. A line that was cut off when the machine stopped costs that one call.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields, replace
from itertools import zip_longest
from pathlib import Path

from ccinc_wizard.app.retention import ClockMemory, Remembered, started
from ccinc_wizard.content.files import read_bounded
from ccinc_wizard.domain.calls import CallRecord
from ccinc_wizard.requestlog.atomic_files import owner_only, whole_file
from ccinc_wizard.requestlog.model import A_DAY

FILE = "calls.jsonl"
MAX_BYTES, MAX_LINES = 20_000_000, 100_000
"""A busy helpdesk fills some 2 MB a year."""
_LONGEST_LINE = 10_000
Entries = Iterator[CallRecord | None]
_ID = re.compile(r"[a-z_-]{0,40}")
_IDS = tuple(entry.name for entry in fields(CallRecord) if entry.name != "day")


@dataclass(frozen=True, slots=True)
class KeptCalls:
    """The calls in the order they ended, and how many lines could not be read."""

    records: tuple[CallRecord, ...] = ()
    unreadable: int = 0


class CallBook:
    """The file of calls in the data folder."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE
        self._memory = ClockMemory(data / "calls.clock")

    def add(self, record: CallRecord) -> None:
        """Keep a call. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(self._path, "ab+", buffering=0, opener=owner_only) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 1, 0))
            cut_off = file.read(1) not in (b"", b"\n")
            # In one write, so that two programs never mix their lines.
            file.write(b"\n" * cut_off + _line(record))

    def take_back(self, record: CallRecord) -> None:
        """Forget a call that goes on. Raises OSError."""
        stay = list(self.read().records)
        if record in stay:
            del stay[len(stay) - 1 - stay[::-1].index(record)]
            self._keep(lambda _: iter(stay))

    def read(self) -> KeptCalls:
        """All that is kept. Raises OSError."""
        try:
            lines = read_bounded(self._path, MAX_BYTES).splitlines()
        except FileNotFoundError:
            return KeptCalls()
        if len(lines) > MAX_LINES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(self._path))
        records = [_record(line) for line in lines if line.strip()]
        readable = tuple(record for record in records if record)
        return KeptCalls(readable, len(records) - len(readable))

    def erase_older(self, days: int, now: dt.datetime) -> None:
        """Erase what is older than so many days, unless the clock is in doubt. Raises OSError.

        A call dated after the present counts from now; one that says it is older than the one before it, from then.
        """
        if not self._path.exists():
            return
        remembered, certain = started(self._memory.read(), None, now)
        self._memory.write(remembered)
        if not certain:
            return
        today = now.date()

        def young(found: Entries) -> Iterator[CallRecord]:
            known = dt.date.min
            for record in filter(None, found):
                day = today if record.day > today + A_DAY else max(record.day, known)
                known = max(known, day) if record.day == day else known
                if day >= today - dt.timedelta(days=days):
                    yield replace(record, day=day)

        self._keep(young)

    def note_use(self, now: dt.datetime) -> None:
        """Note that the program is used now, where there are calls that could be erased one day."""
        if self._path.exists():
            self._memory.note(None, now)

    def believe(self, now: dt.datetime) -> None:
        """The user has said that the date is right."""
        self._memory.write(Remembered(now))

    def _keep(self, stay: Callable[[Entries], Iterator[CallRecord]]) -> None:
        """Replace the file by what stays of it, where this is not what it says; however large it is, line by line."""
        if all(old == new for old, new in zip_longest(self._entries(), stay(self._entries()))):
            return
        with whole_file(self._path, lasting=False) as beside, beside.open("wb") as file:
            file.writelines(map(_line, stay(self._entries())))

    def _entries(self) -> Entries:
        """What each line holds, None where it cannot be read."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            while line := file.readline(_LONGEST_LINE):
                if line.strip():
                    yield _record(line)


def _line(record: CallRecord) -> bytes:
    return json.dumps(asdict(record) | {"day": record.day.isoformat()}).encode("ascii") + b"\n"


def _record(line: bytes) -> CallRecord | None:
    """The record of a line; None for anything that this program did not write."""
    try:
        found = json.loads(line)
        day = dt.date.fromisoformat(found["day"])
        ids = [found[name] for name in _IDS]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    known = all(isinstance(value, str) and _ID.fullmatch(value) for value in ids)
    return CallRecord(day, *ids) if known else None
