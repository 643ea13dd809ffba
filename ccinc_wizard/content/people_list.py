"""A list of people as it was read, or why it was refused whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ccinc_wizard.domain.batch import Column, Row


class ListTrouble(StrEnum):
    """Why a list cannot be read at all; each has its words in `batch.trouble`."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    NO_SHEET = "no_sheet"
    EMPTY = "empty"
    NO_HEADING = "no_heading"
    TWICE = "twice"
    NOT_TEXT = "not_text"


class ListError(Exception):
    """A list is refused whole: the reason, and a word or number for its sentence. Holds no cell of a person."""

    def __init__(self, trouble: ListTrouble, what: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.what = what


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list as read. `encoding` is told when it had to be guessed, `ignored` are headings that nothing uses."""

    rows: tuple[Row, ...] = field(repr=False)
    columns: tuple[Column, ...]
    ignored: tuple[str, ...] = ()
    guessed_encoding: str = ""
    other_sheets: int = 0
    stopped: bool = False
