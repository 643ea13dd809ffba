"""Files from outside: why one is refused, how much it may take, and its text as Windows writes it.

That is UTF-8, UTF-16 with its mark (Notepad), or Windows-1252.
"""

from __future__ import annotations

import codecs
import errno
import io
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO, BinaryIO


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
        raise ContentError(path.name, 0, str(error.strerror)) from error
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
    # By no pattern, which would have to be made first.
    day = facts.partition("\nchecked_on = ")[2][:10].split("-")
    return "/".join(reversed(day)) if all(map(str.isdigit, day)) else ""


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


_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_FALLBACK = "cp1252"


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a whole file without its mark, and the encoding where it was guessed. Raises UnicodeDecodeError."""
    for mark, encoding in _WIDE.items():
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding), ""
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return content.decode(_FALLBACK), _FALLBACK


def readable(argument: str) -> str:
    """An argument of the command line, with what Python could not read in it read as in a file."""
    return _line(argument.encode("utf-8", "replace" if sys.platform == "win32" else "surrogateescape"))[0]


class Lines(Iterator[str]):
    """The lines of a stream without their ends, each as soon as it is there. What has no meaning becomes U+FFFD.

    The stream's first bytes say whether it is in UTF-16; what else is not in UTF-8 is guessed a line at a time.
    """

    def __init__(self, stream: IO[str]) -> None:
        self.guessed = ""
        """The encoding that was guessed for one of the lines so far, if there was one."""
        self._stream = stream  # whose bytes are gone once it is
        binary = getattr(stream, "buffer", None)
        self._lines = self._read(binary or io.BytesIO(stream.read().encode()))

    def __next__(self) -> str:
        return next(self._lines)

    def _read(self, stream: BinaryIO) -> Iterator[str]:
        first = stream.readline()
        if first.startswith(tuple(_WIDE)):
            yield from _wide_lines(first, stream)
        elif first:
            for line in chain([first.removeprefix(codecs.BOM_UTF8)], stream):
                text, guessed = _line(line)
                self.guessed = guessed or self.guessed
                yield text.rstrip("\r\n")


def _line(line: bytes) -> tuple[str, str]:
    try:
        return line.decode(), ""
    except UnicodeDecodeError:
        return line.decode(_FALLBACK, "replace"), _FALLBACK


def _wide_lines(first: bytes, stream: BinaryIO) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(_WIDE[first[:2]])("replace")
    piece, text = first[2:], ""
    while piece:
        if len(piece) % 2:
            # Half a sign: what looked like a line end to the stream was its first byte.
            piece += stream.read(1)
        *whole, text = (text + decoder.decode(piece)).split("\n")
        yield from (line.rstrip("\r") for line in whole)
        piece = stream.readline()
    text += decoder.decode(b"", final=True)
    if text:
        yield text
