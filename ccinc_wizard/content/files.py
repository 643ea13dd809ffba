"""Why a file of facts or words is refused, and how much any file from outside may take."""

from __future__ import annotations

import errno
import json
import os
import re
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path


class ContentError(Exception):
    """A file under `resources/`, or one that a trainer made, is refused: which, where (lines from 1) and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


SECONDS = 60.0
"""What reading one file from outside may take."""
_ASK_EVERY = 0.1


class OverLimitError(Exception):
    """A file from outside holds more than any file of its kind, or takes longer than anyone waits."""


class StoppedError(Exception):
    """The user had it stopped while it was being read or saved."""


class Watch:
    """Whoever reads a file from outside asks it now and then whether to go on.

    It counts seconds and whatever else can be too many, and asks whoever shows the progress, who may stop it.
    """

    def __init__(
        self, go_on: Callable[[], bool] = lambda: True, *, seconds: float = SECONDS, most: float = float("inf")
    ) -> None:
        self.seconds = seconds
        self._go_on, self._left = go_on, most
        self._end = time.monotonic() + seconds
        self._asked = 0.0

    def check(self, more: int = 0) -> None:
        """So many more of what is counted were met. Raises OverLimitError, StoppedError."""
        self._left -= more
        now = time.monotonic()
        if self._left < 0 or now > self._end:
            raise OverLimitError
        if now - self._asked >= _ASK_EVERY:
            self._asked = now
            if not self._go_on():
                raise StoppedError


def read_bounded(path: Path, most: int) -> bytes:
    """The whole file, which has at most so many bytes. Raises OSError, EFBIG for one that has more."""
    # What it says of its size is not believed: a device says nothing, and a file may grow meanwhile.
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return content


def read_text(path: Path) -> str:
    """The file's text. Raises ContentError when it cannot be read or is not UTF-8."""
    try:
        content = path.read_bytes()
        return content.decode().removeprefix("\ufeff")  # Windows editors put a mark before it
    except OSError as error:
        raise ContentError(path.name, 0, error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise ContentError(path.name, content.count(b"\n", 0, error.start) + 1, "is not UTF-8 text") from error


@cache
def resources_folder() -> Path:
    """The folder of facts and words. Raises FileNotFoundError when the installation is incomplete."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "resources", package.parent / "resources"):
        if (folder / "catalog.toml").is_file():
            return folder
    raise FileNotFoundError("resources")


def checked_on() -> str:
    """The day on which the facts were checked, as days are shown; empty where the facts have none and are refused.

    Before the facts themselves are read, which the first page does not wait for.
    """
    facts = (resources_folder() / "catalog.toml").read_text("utf-8", "replace")
    found = re.search(r"^checked_on = (\d+)-(\d+)-(\d+)", facts, re.MULTILINE)
    return "/".join(reversed(found.groups())) if found else ""


def read_json(name: str, text: str, take_pairs: Callable[[list[tuple[str, object]]], object] | None = None) -> object:
    """What the text of this file holds; `take_pairs` makes its objects. Raises ContentError, ValueErrors of it too."""
    try:
        return json.loads(text, object_pairs_hook=take_pairs)
    except json.JSONDecodeError as error:
        raise ContentError(name, _line_of(error), error.msg) from error
    except (ValueError, RecursionError) as error:
        raise ContentError(name, 1, str(error)) from error


def _line_of(error: json.JSONDecodeError) -> int:
    place = error.pos
    if error.msg.startswith("Illegal trailing comma"):
        # From Python 3.13 on this is told at the comma, earlier at what follows it, which is where it goes wrong.
        place = len(error.doc) - len(error.doc[place + 1 :].lstrip())
    return error.doc.count("\n", 0, place) + 1
