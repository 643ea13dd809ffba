"""Questions and answers on a terminal or a pipe: talk to one stream, results to another."""

from __future__ import annotations

import getpass
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self, TextIO

from ccinc_wizard.app.output import need_results, put, say
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.files import Lines
from ccinc_wizard.domain.folding import normalise

# Control signs, and those that turn the direction of writing: a name from outside must not steer the terminal.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


MOMENT = 1.0
"""After how many seconds a long work says so."""
SLOW_SECONDS = 2.0
"""After how long it is told what is waited for."""
_BAR = 40
_LONGEST_NUMBER = 9
UNREADABLE, GUESSED = "unreadable", "encoding"
_MEANINGLESS = ("\ufffd", "\0")
"""What stands where bytes had no meaning, and beside each sign of UTF-16 without its mark."""


class EndOfInputError(Exception):
    """There is no further line to read."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to choose from."""

    id: str
    label: str
    hint: str = ""


class Console:
    """Reads answers a line each. `live` when someone sits at the keyboard."""

    def __init__(self, answers: TextIO | None, results: TextIO | None, talk: TextIO | None) -> None:
        self._answers, self._results, self._talk = answers, results, talk
        self.live = answers is not None and answers.isatty()
        self._lines = Lines(answers) if answers is not None and not self.live else None
        self._doubted = False

    @classmethod
    def standard(cls) -> Self:
        """The one of this program. Raises OutputError when results can go nowhere."""
        return cls(sys.stdin, need_results(), sys.stderr)

    def doubt(self, typed: str) -> str:
        """What is doubtful about this answer: UNREADABLE, or once for all answers that their encoding was GUESSED."""
        if any(sign in typed for sign in _MEANINGLESS):
            return UNREADABLE
        if self._doubted or not (self._lines and self._lines.guessed):
            return ""
        self._doubted = True
        return GUESSED

    def say(self, words: str) -> None:
        """What is no result: questions, hints, what went wrong."""
        if self._talk is not None:
            say(without_steering(words), to=self._talk)

    def print_result(self, words: str) -> None:
        """What was asked for."""
        if self._results is not None:
            put(without_steering(words), flush=True, to=self._results)

    def ask(self) -> str:
        """The next answer without spaces around it. Raises EndOfInputError."""
        if self.live and self._talk is not None:
            say("> ", end="", to=self._talk)
        line = self._next()
        if line is None:
            raise EndOfInputError
        return line.strip()

    def _next(self) -> str | None:
        if self._lines is not None:
            return next(self._lines, None)
        return (self._answers.readline() or None) if self._answers is not None else None

    def ask_secret(self) -> str:
        """The same, not shown on a terminal while it is typed. Raises EndOfInputError."""
        if not self.live:
            return self.ask()
        try:
            return getpass.getpass("> ", stream=self._talk).strip()
        except EOFError as error:
            raise EndOfInputError from error


def matching(typed: str, options: Sequence[Choice], *, initials: bool = False) -> str | None:
    """The id of the option meant by its number from 1, its id, its label, or (`initials`) its first letter."""
    if typed.isdecimal():
        # Python refuses to read thousands of digits as a number.
        number = int(typed) if len(typed) <= _LONGEST_NUMBER else 0
        return options[number - 1].id if 1 <= number <= len(options) else None
    wanted = normalise(typed)
    for option in options:
        known = {normalise(option.id), normalise(option.label)}
        if initials:
            known |= {name[0] for name in known}
        if wanted in known:
            return option.id
    return None


def without_steering(text: str) -> str:
    """The text without signs that steer a terminal; line ends and tabs stay."""
    return _STEERING.sub("", text)


def show_progress(done: int, total: int) -> None:
    """A bar that is written over and over on one line, where somebody looks on."""
    if sys.stderr is not None and sys.stderr.isatty():
        share = done / max(total, 1)
        say(f"\r{'#' * int(share * _BAR):<{_BAR}} {share:4.0%}", end="")


def end_progress() -> None:
    """Leave nothing of the bar."""
    if sys.stderr is not None and sys.stderr.isatty():
        say(f"\r{'':<{_BAR + 5}}\r", end="")


def patiently(words: str) -> Callable[..., bool]:
    """Says these words once, if what asks it whether to go on asks for longer than a moment; Ctrl+C stops that."""
    begun, told = time.monotonic(), False

    def go_on(*_: int) -> bool:
        nonlocal told
        if not told and time.monotonic() - begun >= MOMENT:
            told = True
            say(words)
        return True

    return go_on


@contextmanager
def told_if_slow(services: Services) -> Iterator[None]:
    """Say what is waited for while the log is opened, if that takes long; the wait itself has an end.

    Where a log of an earlier format is brought over, it is that, and how far it is.
    """
    begun = False

    def progress(done: int, total: int) -> None:
        nonlocal begun
        if not begun:
            begun = True
            timer.cancel()
            say(services.texts("log.brought_over", share=100 * done // max(total, 1)))
        show_progress(done, total)

    words = services.texts("log.waits", whom=services.waited_for())
    timer = threading.Timer(SLOW_SECONDS, say, (words,))
    timer.daemon = True
    timer.start()
    services.bringing_over = progress
    try:
        yield
    finally:
        timer.cancel()
        if begun:
            end_progress()
