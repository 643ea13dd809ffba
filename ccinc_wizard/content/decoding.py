"""Text from people's files and pipes, as Windows writes it: UTF-8, UTF-16 with its mark (Notepad), Windows-1252."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterator
from itertools import chain
from typing import IO, BinaryIO

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
    if argument.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in argument):
        return argument
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
