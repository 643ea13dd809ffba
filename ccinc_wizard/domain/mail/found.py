"""What a rule finds in a mail, and how sure the reading as a whole is of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

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
    rules: tuple[str, ...]
    strong: bool


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
    CUT = "cut"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Notice:
    """One such remark: where in the text it comes from, the variant of its words, values for them."""

    kind: NoticeKind
    span: Span | None = None
    variant: str = ""
    values: dict[str, str] = field(default_factory=dict)
