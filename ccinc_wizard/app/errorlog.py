"""Errors that nobody foresaw: a rotating file that only its owner may read, without numbers, names or home folder.

Everything slow is loaded when the first error comes.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
from collections.abc import Callable, Iterable
from functools import cached_property
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.domain.register_number import MASK
from ccinc_wizard.requestlog.atomic_files import owner_only

FILE_NAME = "errors.log"
QUIET_SECONDS = 60.0
"""How long the same error is only counted: what goes wrong at every tick of a clock is told once."""
_FILE_BYTES, _OLD_FILES = 200_000, 2
_HIDDEN = "…"
_SHORTEST_WORD = 3
_BETWEEN = r"(?:\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\[nrtfv]|%[0-9a-f]{2}|[\W_])"
_LONG_NUMBER = rf"\d(?:{_BETWEEN}{{0,12}}\d){{8,}}"
"""Nine digits or more, also as `repr` and addresses spell what stands between them: a mistyped number is one, too."""


class Fault(NamedTuple):
    """An error by its kind and place in the program; nothing of what it says."""

    kind: str
    place: str

    def __str__(self) -> str:
        return f"{self.kind}, {self.place}"


class ErrorLog:
    """Keeps the errors of this run by kind and place, and writes them to the file in the given folder."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.path = folder / FILE_NAME
        self.counts: dict[Fault, int] = {}
        self._clock = clock
        self._last: dict[Fault, float] = {}

    def take(self, error: BaseException, personal: Iterable[str] = ()) -> Fault | None:
        """Write an error with its traceback, `personal` texts hidden. None when the same one came just before."""
        fault = Fault(type(error).__name__, _place(error.__traceback__))
        now = self._clock()
        self.counts[fault] = self.counts.get(fault, 0) + 1
        if now - self._last.get(fault, -QUIET_SECONDS) < QUIET_SECONDS:
            return None
        self._last[fault] = now
        self.write("".join(traceback.format_exception(error)), personal)
        return fault

    def write(self, text: str, personal: Iterable[str] = ()) -> None:
        """Write a text, scrubbed. A file that cannot be written costs only the record."""
        try:
            self._logger.error(clean(text, personal))
        except OSError:
            return

    @cached_property
    def _logger(self) -> logging.Logger:
        class PrivateFile(RotatingFileHandler):
            def _open(self) -> TextIOWrapper:
                return open(self.baseFilename, "a", encoding="utf-8", opener=owner_only)

            def handleError(self, record: logging.LogRecord) -> None:
                """Python's own would print what could not be written."""

        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = PrivateFile(self.path, maxBytes=_FILE_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        logger = logging.Logger("errors")
        logger.addHandler(handler)
        return logger


def clean(text: str, personal: Iterable[str] = ()) -> str:
    """The text without what is or looks like a register number, these texts and their words, and the home folder."""
    # Numbers first: a field may hold the beginning of one, and the rest alone would not be known for what it is.
    text, shown = _without_numbers(without_home(text)), [_without_numbers(words).strip() for words in personal]
    hidden = {word for words in shown for word in (words, *words.split()) if len(word) >= _SHORTEST_WORD}
    if hidden:
        longest_first = "|".join(map(re.escape, sorted(hidden, key=len, reverse=True)))
        text = re.sub(rf"(?<!\w)(?:{longest_first})(?!\w)", _HIDDEN, text, flags=re.IGNORECASE)
    return text


def _without_numbers(text: str) -> str:
    # This one first: of a number as `repr` spells it the redaction would see, and take out, a part only.
    return scrub(re.sub(_LONG_NUMBER, MASK, text, flags=re.IGNORECASE))


def without_home(text: str) -> str:
    """The text with `~` for the home folder, whose name is often the user's."""
    try:
        home = str(Path.home())
    except RuntimeError:
        return text
    return text.replace(home, "~") if len(home) > 1 else text


def _place(trace: TracebackType | None) -> str:
    place = "?"
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if place == "?" or "ccinc_wizard" in file.parts:
            place = f"{file.name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
