"""What was left half-way and waits: the draft of an earlier start, and those that made room for other answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from ccinc_wizard.app.machine import utc_now
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.dates import shown_day

_AGO = {0: "today", 1: "yesterday"}


class Draft(NamedTuple):
    """Answers without a register number, and the day on which they were left, by this computer's zone."""

    answers: Answers
    day: dt.date
    path: Path


def waiting(present: Path, load: Callable[[Path], Answers], *, in_place: bool) -> list[Draft]:
    """Those beside the present draft, the newest first; and that one as well, where it is of an earlier start."""
    dated = [(_written(path), path) for path in (*left_beside(present), *([present] if in_place else []))]
    read = (Draft(load(path), moment.date(), path) for moment, path in sorted(dated, reverse=True))
    return [draft for draft in read if draft.answers != Answers()]


def left_beside(present: Path) -> list[Path]:
    """The files in which earlier drafts of the same mode wait."""
    with suppress(OSError):
        return list(present.parent.glob(f"{present.stem}-left-*{present.suffix}"))
    return []


def set_aside(present: Path) -> None:
    """Let the present draft wait beside others, so that the next one does not take its place."""
    numbered = (present.with_stem(f"{present.stem}-left-{number}") for number in count(1))
    with suppress(OSError):
        present.rename(next(path for path in numbered if not path.exists()))


def erase_older(present: Path, days: int) -> None:
    """Erase those that have waited beside the present draft longer than names are kept. Raises OSError."""
    last = utc_now() - dt.timedelta(days=days)
    for path in left_beside(present):
        if _written(path) < last:
            path.unlink(missing_ok=True)


def when(texts: Texts, draft: Draft) -> str:
    """The question whether to go on with it."""
    ago = (utc_now().astimezone().date() - draft.day).days
    return texts(f"undo.draft.{_AGO.get(ago, 'earlier')}", day=shown_day(draft.day))


def _written(path: Path) -> dt.datetime:
    with suppress(OSError):
        return dt.datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return utc_now().astimezone()
