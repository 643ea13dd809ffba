"""A mail as lines and messages. Every place refers to the text as it was pasted, sign by sign."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

MAX_SIGNS = 200_000
MAX_LINE = 2_000
"""Longer lines are no people's writing; what stands beyond is not read, which keeps every rule's work bounded."""

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u2009\u2007\t\u200b\u200e\u200f\ufeff", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("\u2019\u2018\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\r\v\f\u0085\u2028\u2029", "\n"),
    }
)
_QUOTE = re.compile(r"[ >|]{0,40}")
_FORWARDED = re.compile(
    r"-{2,}\s?(?:oorspronkelijk|doorgestuurd|original|forwarded|message|begin)\b|begin (?:van )?doorgestuurd bericht|"
    r"begin forwarded message|début du message (?:transféré|réexpédié)|doorgestuurd bericht",
    re.IGNORECASE,
)
_WROTE = re.compile(r"(?:op|le|on|il)\b.{4,160}\b(?:schreef|a écrit|wrote)\b.{0,120}:$", re.IGNORECASE)
_SENDER = re.compile(r"(?:van|from|de|expéditeur|afzender)\s{0,2}:\s", re.IGNORECASE)
_REST_OF_HEADER = re.compile(
    r"(?:verzonden|datum|sent|date|envoyé|aan|to|à|cc|onderwerp|subject|objet)\s{0,3}:", re.IGNORECASE
)


class Opening(StrEnum):
    """How a message begins within the pasted text."""

    FIRST = "first"
    FORWARDED = "forwarded"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Line:
    """One line without quote marks; `start` is where its text begins in the pasted text."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Message:
    """One of the messages in the text: the newest comes first, as mail programs lay them out."""

    opening: Opening
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """Where it begins in the pasted text."""
        return self.lines[0].start if self.lines else 0


@dataclass(frozen=True, slots=True)
class Mail:
    """The text with look-alike signs made equal, each in its place, and the messages in it."""

    text: str
    messages: tuple[Message, ...]
    cut: bool

    @property
    def lines(self) -> list[Line]:
        """All lines of all messages but the empty ones."""
        return [line for message in self.messages for line in message.lines if line.text]


def take_apart(pasted: str) -> Mail:
    """The parts of a pasted text; no more than MAX_SIGNS of it are read."""
    text = pasted[:MAX_SIGNS].translate(_ALIKE)
    lines = _lines(text)
    groups: list[tuple[Opening, list[Line]]] = [(Opening.FIRST, [])]
    written = False
    for index, line in enumerate(lines):
        opening = _opening(line.text, lines[index + 1].text if index + 1 < len(lines) else "")
        if opening and written:
            groups.append((opening, []))
            written = False
        groups[-1][1].append(line)
        written = written or _is_body(line.text)
    return Mail(text, tuple(Message(opening, tuple(part)) for opening, part in groups), len(pasted) > MAX_SIGNS)


def _lines(text: str) -> list[Line]:
    found, start = [], 0
    for raw in text.split("\n"):
        mark = _QUOTE.match(raw)
        skipped = mark.end() if mark else 0
        found.append(Line(raw[skipped : skipped + MAX_LINE].rstrip(), start + skipped))
        start += len(raw) + 1
    return found


def _opening(line: str, following: str) -> Opening | None:
    if _FORWARDED.match(line):
        return Opening.FORWARDED
    if _WROTE.match(line):
        return Opening.QUOTED
    if _SENDER.match(line) and _REST_OF_HEADER.match(following):
        return Opening.QUOTED
    return None


def _is_body(line: str) -> bool:
    """Whether a line is something written, not part of a header."""
    header = _FORWARDED.match(line) or _SENDER.match(line) or _REST_OF_HEADER.match(line) or _WROTE.match(line)
    return bool(line.strip(" -_=*")) and not header
