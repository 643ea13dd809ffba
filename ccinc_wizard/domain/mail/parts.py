"""A mail as lines and messages, and what a rule finds in it, and how surely; each place is one in the pasted text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum, auto
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from ccinc_wizard.domain.mail.quotequail import find_start, header_length

Value = TypeVar("Value")


class Span(NamedTuple):
    """A place in the pasted text: first sign, and the sign after the last."""

    start: int
    end: int


class Sureness(StrEnum):
    """An ambiguous field is never filled in: its candidates are shown instead."""

    CERTAIN = "certain"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Mention(Generic[Value]):
    """One value at one place, found by the rule of that name; `strong` when the mail says outright what it is."""

    rule: str
    value: Value
    span: Span
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Value]):
    """One possible value, with every place and rule that speak for it."""

    value: Value
    spans: tuple[Span, ...]
    rules: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """What the mail says for one field."""

    sureness: Sureness
    candidates: tuple[Candidate[Value], ...]

    @property
    def value(self) -> Value | None:
        """What to fill in, or None when it is ambiguous."""
        return None if self.sureness is Sureness.AMBIGUOUS else self.candidates[0].value


class NoticeKind(StrEnum):
    """What the reader of the mail should know beside the fields."""

    TWO_PEOPLE = "two_people"
    NAME_ELSEWHERE = "name_elsewhere"
    OWNER_UNSURE = "owner_unsure"
    TWO_NUMBERS = "two_numbers"
    TWO_ROLES = "two_roles"
    TWO_AUTHORITIES = "two_authorities"
    NUMBER_WRONG = "number_wrong"
    NOT_INDEPENDENT = "not_independent"
    OFFICIAL_NAME = "official_name"
    OTHER_MODULE = "other_module"
    NO_REQUEST = "no_request"
    CUT = "cut"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Notice:
    """One such remark: where in the text it comes from, the variant of its words, values for them."""

    kind: NoticeKind
    span: Span | None = None
    variant: str = ""
    values: dict[str, str] = field(default_factory=dict)

    @property
    def asks_nothing(self) -> bool:
        """Whether it says why nothing is asked for here."""
        return self.kind is NoticeKind.NO_REQUEST


MAX_SIGNS = 200_000
MAX_LINE = 2_000
"""Longer lines are no people's writing; what stands beyond is not read, which keeps every rule's work bounded."""
_MOST_MESSAGES = 40
_DEEPEST = 8
"""What is quoted deeper than this stays in one piece."""

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2019\u2018\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\r\v\f\u0085\u2028\u2029", "\n"),
    }
)
_QUOTE = re.compile(r"[ >|\t]{0,40}")
_CELL = re.compile(r"(?<=[^\s|])[ ]{0,9}(\t)(?=[ \t]{0,9}[^\s|])")
"""A tab between two cells of a table."""
_CELL_LABEL = (
    r"(?:(?:volledige |full )?na(?:am|me)|(?:voor|familie|achter)naam|naam en voornaam|voornaam en (?:achter)?naam|"
    r"aanvrager|rijksregisternummer|insz(?:-?nummer)?|rr-?n(?:umme)?r|rol|inrichtende macht|gemeente|organisatie|"
    r"nom(?: de famille| et prénom)?|prénom|num[ée]ro (?:de registre )?national|niss|rôle|pouvoir organisateur|commune|"
    r"(?:first|last|family) name|surname|national (?:register )?number|role|organi[sz]ing authority|municipality|"
    r"e-?mail|tel(?:efoon)?|t[ée]l[ée]phone|gsm)[ \t]{0,9}:?[ \t]{0,9}"
)
_CELL_BELOW = re.compile(
    rf"^([ >\t]{{0,9}}{_CELL_LABEL})((?:\n[ >\t]{{0,9}}){{1,3}})(?=[^\s>])(?!{_CELL_LABEL}$)",
    re.IGNORECASE | re.MULTILINE,
)
"""A cell of a table with its value in the line below, as some mail programs write tables."""
_ONLY_DRAWN = re.compile(r"[\s_=*-]*")


class Opening(StrEnum):
    """How a message begins within the pasted text."""

    FIRST = auto()
    FORWARDED = auto()
    QUOTED = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line without quote marks; `start` is where its text begins in the text."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Message:
    """One of the messages in the text: the newest comes first, as mail programs lay them out."""

    opening: Opening
    head: tuple[Line, ...]
    """What its own mail program or that of the answer wrote above it: sender, date, receivers."""
    body: tuple[Line, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Head and body."""
        return self.head + self.body


@dataclass(frozen=True, slots=True)
class Mail:
    """The text with look-alike signs made equal and invisible ones left out, and the messages in it."""

    text: str
    messages: tuple[Message, ...]
    cut: bool
    _places: tuple[int, ...] | None
    _begins: tuple[tuple[int, int, int], ...]
    """Where each line begins and ends and the number of its message, by where it begins: it is asked for each name."""

    @property
    def lines(self) -> list[Line]:
        """All lines of all messages but the empty ones."""
        return [line for message in self.messages for line in message.lines if line.text]

    def pasted(self, span: Span) -> Span:
        """Where a place in this text was in the pasted one."""
        if self._places is None:
            return span
        return Span(self._places[span.start], self._places[span.end - 1] + 1)

    def message_at(self, place: int) -> int:
        """The number of the message in which this place lies."""
        at = bisect_right(self._begins, place, key=itemgetter(0)) - 1
        begin, end, number = self._begins[at] if at >= 0 else (0, 0, 0)
        return number if begin <= place < end else 0


def take_apart(pasted: str) -> Mail:
    """The parts of a pasted text; no more than MAX_SIGNS of it are read."""
    text, places = _visible(pasted[:MAX_SIGNS].translate(_ALIKE))
    text = _CELL.sub(lambda tab: tab[0].replace("\t", "|"), text)
    text = _CELL_BELOW.sub(lambda cell: cell[1] + "|".ljust(len(cell[2])), text)
    messages = tuple(map(_without_marks, _messages(_lines(text), Opening.FIRST, 0)))
    begins = sorted(
        (line.start, line.start + len(line.text), number)
        for number, message in enumerate(messages)
        for line in message.lines
    )
    return Mail(text.replace("\t", " "), messages, len(pasted) > MAX_SIGNS, places, tuple(begins))


def _visible(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Without soft hyphens, word joiners and their like, and each sign's place where any were there."""
    if text.isascii():
        return text, None
    hidden = {sign for sign in set(text) if unicodedata.category(sign) == "Cf"}
    if not hidden:
        return text, None
    places = tuple(place for place, sign in enumerate(text) if sign not in hidden)
    return "".join(text[place] for place in places), places


def _lines(text: str) -> list[Line]:
    found, start = [], 0
    for raw in text.split("\n"):
        found.append(Line(raw[:MAX_LINE].rstrip(), start))
        start += len(raw) + 1
    return found


def _messages(lines: Sequence[Line], opening: Opening, depth: int) -> list[Message]:
    """The messages in these lines. What stands below a quoted part goes on with what stands above it."""
    plain = [_plain(line.text) for line in lines]
    whole: list[Message] = []
    head: list[Line] = []
    body: list[Line] = []
    quoted: list[Message] = []
    place = 0
    while len(whole) + len(quoted) < _MOST_MESSAGES and depth < _DEEPEST:
        start = find_start(plain, place)
        if start is None:
            break
        body += lines[place : start.first]
        begin = _after_head(plain, start.last + 1) if start.kind != "quoted" else start.first
        introduction = list(lines[start.first : begin])
        end = _end_of_quoted(plain, begin)
        if end > begin:
            inner = _messages(list(map(_unquoted, lines[begin:end])), _opening(start.kind), depth + 1)
            quoted += [replace(inner[0], head=(*introduction, *inner[0].head)), *inner[1:]]
        elif _written(body):
            whole += [Message(opening, tuple(head), tuple(body)), *quoted]
            head, body, quoted, opening = introduction, [], [], _opening(start.kind)
        else:
            head, body = [*head, *body, *introduction], []
        place = max(end, begin)
    return [*whole, Message(opening, tuple(head), (*body, *lines[place:])), *quoted]


def _after_head(plain: Sequence[str], place: int) -> int:
    """Where the text of a message begins of which the introduction ends here."""
    first = next((number for number in range(place, len(plain)) if plain[number]), len(plain))
    length = header_length(plain, first)
    return first + length if length else place


def _end_of_quoted(plain: Sequence[str], place: int) -> int:
    """Where the quoted lines end that begin here; the place itself when none do."""
    end = place
    for number in range(place, len(plain)):
        if plain[number].startswith(">"):
            end = number + 1
        elif plain[number]:
            break
    return end


def _unquoted(line: Line) -> Line:
    mark = line.text.find(">") + 1
    return Line(line.text[mark:], line.start + mark)


def _opening(kind: str) -> Opening:
    return Opening.FORWARDED if kind == "forward" else Opening.QUOTED


def _plain(text: str) -> str:
    """A line as quotequail knows it: no bold type, one way to write a colon, no lines drawn."""
    text = text.strip()
    if _ONLY_DRAWN.fullmatch(text):
        return ""
    if not text.startswith(">"):
        text = text.replace("*", "").replace(" :", ":").strip()
    return text.replace("a écrit:", "a écrit :")


def _written(body: Sequence[Line]) -> bool:
    return any(not _ONLY_DRAWN.fullmatch(line.text) for line in body)


def _without_marks(message: Message) -> Message:
    return replace(message, head=tuple(map(_bare, message.head)), body=tuple(map(_bare, message.body)))


def _bare(line: Line) -> Line:
    mark = _QUOTE.match(line.text)
    skipped = mark.end() if mark else 0
    return Line(line.text[skipped:].replace("\t", " "), line.start + skipped)
