"""Standard output and standard error: results arrive or the command has failed, talk may get lost."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TextIO

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class OutputError(Exception):
    """Results cannot be written. `trouble` is `full`, `closed` or `other`, as its words in `cli.output` are called.

    What the system said is its cause.
    """

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def set_streams() -> None:
    """Make the standard streams fit for every sign, and what is closed harmless."""
    if os.name == "posix":
        _fill_closed()
    if sys.stderr is None:
        # Nothing may take its place: `print` to no stream at all would write among the results.
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if sys.platform == "win32":
                reconfigure(encoding="utf-8", newline="\n" if stream is sys.stdout else None)
            reconfigure(errors="replace")


def need_results() -> TextIO:
    """Where results go. Raises OutputError when that is closed."""
    if sys.stdout is None:
        raise OutputError("closed")
    return sys.stdout


def put(words: str, *, end: str = "\n", flush: bool = False, to: TextIO | None = None) -> None:
    """Write results. Raises OutputError, and BrokenPipeError when whoever read them has gone."""
    stream = to or need_results()
    try:
        print(words, end=end, file=stream, flush=flush)
    except OSError as error:
        raise _translated(error) from error


def flush() -> None:
    """Have all results written. Raises as `put` does."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        raise _translated(error) from error


def say(words: str, *, end: str = "\n", to: TextIO | None = None) -> None:
    """Write what is no result; where that is not possible, nobody is there to hear it."""
    with suppress(OSError):
        print(words, end=end, file=to or sys.stderr, flush=True)


def let_go() -> None:
    """Leave nothing that Python would try to write once more when it ends, with noise and an exit code of its own."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fill_closed() -> None:
    """Keep the places of closed streams from the files that are opened next: what is said would end up in these."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _translated(error: OSError) -> Exception:
    # Windows has no word of its own for a reader that has gone.
    if isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL):
        return BrokenPipeError()
    return OutputError("full" if error.errno in _FULL else "other")
