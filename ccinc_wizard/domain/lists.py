"""Many requests at once: every row of a list judged by the wizard's own rules. Pure; knows no file and no words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.findings import Circumstances, EarlierRequest, Finding, Severity
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.questions import QUESTIONS, StepId, answered
from ccinc_wizard.domain.register_number import RegisterNumber
from ccinc_wizard.domain.request import AccessRequest
from ccinc_wizard.domain.terms import NoChoice, Role, Situation

Value = TypeVar("Value")
REPORT_EVERY = 200
EarlierOf = Callable[[RegisterNumber], Sequence[EarlierRequest]]
Progress = Callable[[int, int], bool]
"""Told how many rows of how many are done; answers whether to go on."""


class Column(StrEnum):
    """The columns that lists treat in their own way."""

    NAME = "applicant_name"
    FIRST_NAME = "first_name"
    NUMBER = "register_number"
    ROLE = "role"
    AUTHORITY = "authority"
    AUTHORITY_NAME = "authority_name"
    SITUATION = "situation"


def columns() -> tuple[str, ...]:
    """What a list can hold of each person: the fields of the questions that every request asks, and first names."""
    asked = (question.field for question in QUESTIONS if question.step is not StepId.CHECK)
    return tuple(dict.fromkeys((*map(str, Column), *asked)))


class RowFault(StrEnum):
    """What only a list can have wrong."""

    NOT_UNDERSTOOD = "not_understood"
    """A role, type or situation that is none of the known words."""
    FORMULA = "formula"
    TOO_LONG = "too_long"
    OTHER_ROLE = "other_role"
    """The same person stands in an earlier row with the other role."""
    SAME_AGAIN = "same_again"
    """The same person and role stand in an earlier row: one of the two is too many."""
    SAME_NAME = "same_name"
    """The same name and authority, but nothing tells whether it is one person."""
    REFERRAL = "referral"
    """An honest "I don't know" in the list gives no link."""

    @property
    def stops(self) -> bool:
        """Whether the row cannot be carried out."""
        return self is not RowFault.SAME_NAME


@dataclass(frozen=True, slots=True)
class RowFinding:
    """One fault of a list's row: the column, and the number of the other row where there is one."""

    fault: RowFault
    column: str
    other_row: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read; `number` is the row's number in the file, from 1. Cells show in no repr."""

    number: int
    cells: Mapping[str, str] = field(repr=False)
    faults: tuple[RowFinding, ...] = ()


Vocabulary = Mapping[str, Mapping[str, str]]
"""The ids of options by the words, normalised, with which a list may name them; for each column that is a choice."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One row with all that was found; `request` is there exactly when nothing stops it."""

    row: int
    name: str
    answers: Answers = field(repr=False)
    findings: tuple[Finding, ...] = ()
    faults: tuple[RowFinding, ...] = ()
    request: AccessRequest | None = None

    @property
    def good(self) -> bool:
        """Whether it can be carried out."""
        return self.request is not None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole list judged; nothing has been done with it yet. `stopped` when the user had it stopped half-way."""

    rows: tuple[Checked, ...]
    stopped: bool = False

    @property
    def good(self) -> tuple[Checked, ...]:
        """The rows that can be carried out."""
        return tuple(row for row in self.rows if row.good)

    @property
    def bad(self) -> tuple[Checked, ...]:
        """The rows that something stops."""
        return tuple(row for row in self.rows if not row.good)


def check(
    rows: Sequence[Row],
    circumstances: Circumstances,
    vocabulary: Vocabulary,
    *,
    situation: Situation = Situation.FORM,
    earlier_of: EarlierOf | None = None,
    progress: Progress | None = None,
) -> Report:
    """Judge every row by the wizard's rules and against the rows before it.

    `situation` counts where a row names none. `earlier_of` gives what the log knows of a person.
    """
    checker = _Checker(circumstances, vocabulary, situation, earlier_of)
    checked: list[Checked] = []
    for done, row in enumerate(rows):
        if progress and done % REPORT_EVERY == 0 and not progress(done, len(rows)):
            return Report(tuple(checked), stopped=True)
        checked.append(checker.check(row))
    if progress:
        progress(len(rows), len(rows))
    return Report(tuple(checked))


_READ_APART = (Column.NAME, Column.NUMBER)


class _Checker:
    def __init__(
        self, circumstances: Circumstances, vocabulary: Vocabulary, situation: Situation, earlier_of: EarlierOf | None
    ) -> None:
        self._circumstances = circumstances
        self._vocabulary = vocabulary
        self._situation = situation
        self._earlier_of = earlier_of
        self._by_number: dict[RegisterNumber, tuple[int, Role | NoChoice | None]] = {}
        self._by_name: dict[tuple[str, str], int] = {}

    def check(self, row: Row) -> Checked:
        answers, faults = self._answers(row)
        circumstances = self._circumstances
        number = rules.number_of(answers, circumstances)
        if number and self._earlier_of:
            circumstances = replace(circumstances, earlier=self._earlier_of(number))
        findings = tuple(rules.evaluate(answers, circumstances))
        faults += self._against_others(row.number, answers, number)
        stopped = any(fault.fault.stops for fault in faults) or any(f.severity is Severity.ERROR for f in findings)
        request = None if stopped else rules.request_of(answers, circumstances, findings)
        if request is None and not stopped:
            faults.append(RowFinding(RowFault.REFERRAL, Column.ROLE if _open(answers.role) else Column.AUTHORITY))
        return Checked(row.number, answers.applicant_name, answers, findings, tuple(faults), request)

    def _answers(self, row: Row) -> tuple[Answers, list[RowFinding]]:
        faults = list(row.faults)
        cells = {column: row.cells.get(column, "").strip() for column in columns()}
        answers = Answers(
            situation=self._situation,
            applicant_name=" ".join(f"{cells[Column.FIRST_NAME]} {cells[Column.NAME]}".split()),
            number_text=cells[Column.NUMBER],
            # A number that stands in the list is checked, whether the situation needs it or not.
            number_wanted=bool(cells[Column.NUMBER]),
        )
        for question in QUESTIONS:
            column = question.field
            known, text = self._vocabulary.get(column), cells.get(column)
            given = _word(known, column, cells, faults) if known else text if question.options is None else None
            if given and column not in _READ_APART:
                answers = answered(column, given, answers)
        return answers, faults

    def _against_others(self, row: int, answers: Answers, number: RegisterNumber | None) -> list[RowFinding]:
        if number is not None:
            before = self._by_number.setdefault(number, (row, answers.role))
            if before[0] != row:
                fault = RowFault.SAME_AGAIN if before[1] is answers.role else RowFault.OTHER_ROLE
                return [RowFinding(fault, Column.NUMBER, before[0])]
        key = normalise(answers.applicant_name), normalise(answers.authority_name)
        first = self._by_name.setdefault(key, row) if key[0] else row
        known = number is not None
        return [] if first == row or known else [RowFinding(RowFault.SAME_NAME, Column.NAME, first)]


def _word(known: Mapping[str, str], column: str, cells: Mapping[str, str], faults: list[RowFinding]) -> str | None:
    text = cells[column]
    option = known.get(normalise(text)) if text else None
    if text and option is None and not any(fault.column == column for fault in faults):
        faults.append(RowFinding(RowFault.NOT_UNDERSTOOD, column))
    return option


def _open(choice: object) -> bool:
    return isinstance(choice, NoChoice)
