"""Many requests at once: every row of a list judged by the wizard's own rules. Pure; knows no file and no words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.domain.findings import AccessRequest, Circumstances, EarlierRequest, Finding, Severity
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.municipalities import distance, has_title
from ccinc_wizard.domain.questions import BY_FIELD, QUESTIONS, StepId, answered, held
from ccinc_wizard.domain.register_number import RegisterNumber
from ccinc_wizard.domain.suggestions import identity

REPORT_EVERY = 200
EarlierOf = Callable[[RegisterNumber], Sequence[EarlierRequest]]
GoOn = Callable[[int, int], bool]
"""Is told how many rows of how many are done, and answers whether to go on."""


class Column(StrEnum):
    """The columns that lists treat in their own way."""

    NAME = "applicant_name"
    FIRST_NAME = "first_name"
    NUMBER = "register_number"
    ROLE = "role"
    AUTHORITY = "authority"
    AUTHORITY_NAME = "authority_name"
    PLACE = "place"
    """The municipality where the authority is, beside its name; where no column has names, it is the name."""
    SITUATION = "situation"


def columns() -> tuple[str, ...]:
    """What a list can hold of each person: what every request is asked, first names, and where the authority is."""
    asked = (question.field for question in QUESTIONS if question.step is not StepId.CHECK)
    return tuple(dict.fromkeys((*map(str, Column), *asked)))


class RowVerdict(StrEnum):
    """What a row comes to, the worst of all that was found in it."""

    IN_ORDER = "in-order"
    ADVICE = "advice"
    QUESTION = "question"
    """It can be carried out once the user has answered for it."""
    ERROR = "error"


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
    OTHER_PLACE = "other_place"
    """The name of the authority is that of another municipality than the one that stands beside it."""
    NO_TEXT = "no_text"
    """What a sheet shows for a mistake (`#N/A`), a yes or no, or a date where a name belongs."""
    HIDDEN = "hidden"
    STRUCK = "struck"
    """The sheet shows the row not at all, or struck through: whether it counts is for the user to say."""

    @property
    def verdict(self) -> RowVerdict:
        """What it makes of the row."""
        return _OF_FAULTS.get(self, RowVerdict.ERROR)


_OF_FAULTS = {
    RowFault.SAME_NAME: RowVerdict.ADVICE,
    RowFault.REFERRAL: RowVerdict.QUESTION,
    RowFault.OTHER_PLACE: RowVerdict.QUESTION,
    RowFault.HIDDEN: RowVerdict.QUESTION,
    RowFault.STRUCK: RowVerdict.QUESTION,
}
ANSWERED_BY_USER = frozenset((RowFault.HIDDEN, RowFault.STRUCK))
_ASKED = frozenset(("municipality_unknown", "several_people"))
"""Rules that only advise who looks at one request; in a list nobody would have looked."""
_NAMES = (Column.NAME, Column.FIRST_NAME, Column.AUTHORITY_NAME)
_NO_TEXT = re.compile(
    r"#[A-ZÀ-Ý0-9/]{2,12}[!?]?|true|false|waar|onwaar|vrai|faux|"
    r"\d{1,4}([/.-])\d{1,2}\1\d{1,4}( \d{1,2}:\d{2}(:\d{2})?)?",
    re.IGNORECASE,
)


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
"""The ids of options by the words, normalised, with which a list or a line may name them; by the field they answer."""


_PART = re.compile(r"[^\-‑–]+")
_LEAST_SLIP = 8
"""A word of so many letters is known with a slip in it too."""


def by_a_slip(word: str, known: Mapping[str, str]) -> str | None:
    """The option whose word was typed with one slip: "invoeder"."""
    if len(word) < _LEAST_SLIP or " " in word:
        return None
    near = (other for other in known if abs(len(other) - len(word)) < 2)
    meant = {known[other] for other in near if distance(word, other) < 2}
    return meant.pop() if len(meant) == 1 else None


def is_only_title(text: str) -> bool:
    """Whether it says that a municipality is meant, and not which one: "Stadsbestuur"."""
    words = normalise(text).split()
    return bool(words) and all(map(has_title, words))


def parted(word: str, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """From where to where the words of "invoerder-torhout" go: a hyphen parts them where one is known by itself."""

    def known(part: str) -> bool:
        return any(normalise(part) in options for options in vocabulary.values())

    parts = [match.span() for match in _PART.finditer(word)]
    return parts if not known(word) and any(known(word[one:end]) for one, end in parts) else [(0, len(word))]


@dataclass(frozen=True, slots=True)
class Checked:
    """One row with all that was found; `request` is there exactly when nothing stops it."""

    row: int
    name: str
    answers: Answers = field(repr=False)
    findings: tuple[Finding, ...] = ()
    faults: tuple[RowFinding, ...] = ()
    request: AccessRequest | None = None
    accepted: bool = False
    """Whether the user answered for what is asked of it."""

    @property
    def verdict(self) -> RowVerdict:
        """The worst of all that was found."""
        worst = [fault.fault.verdict for fault in self.faults]
        worst += [verdict for finding in self.findings if (verdict := _of_finding(finding, self.accepted))]
        return max(worst, key=list(RowVerdict).index, default=RowVerdict.IN_ORDER)

    @property
    def answerable(self) -> bool:
        """Whether it waits for nothing but the user's word that it is right."""
        asks = [fault.fault in ANSWERED_BY_USER for fault in self.faults if fault.fault.verdict is RowVerdict.QUESTION]
        return self.verdict is RowVerdict.QUESTION and all(asks)

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
    def aside(self) -> frozenset[int]:
        """The rows that the sheet hides or strikes through, and of which the user has not said whether they count."""
        return frozenset(row.row for row in self.rows if any(found.fault in ANSWERED_BY_USER for found in row.faults))

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
    accepted: Collection[int] = (),
    earlier_of: EarlierOf | None = None,
    progress: GoOn | None = None,
) -> Report:
    """Judge every row by the wizard's rules and against the other rows.

    `situation` counts where a row names none. `accepted` are the rows for which the user answered what is asked of
    them. `earlier_of` gives what the log knows of a person.
    """
    named = replace(circumstances, names_needed=True)
    checker = _Checker(named, vocabulary, situation, frozenset(accepted), earlier_of)
    checked: list[Checked] = []
    for done, row in enumerate(rows):
        if progress and done % REPORT_EVERY == 0 and not progress(done, len(rows)):
            return Report(tuple(checked), stopped=True)
        checked.append(checker.check(row))
    if progress:
        progress(len(rows), len(rows))
    return Report(tuple(map(checker.with_later, checked)))


_READ_APART = (Column.NAME, Column.NUMBER)


class _Checker:
    def __init__(
        self,
        circumstances: Circumstances,
        vocabulary: Vocabulary,
        situation: Situation,
        accepted: frozenset[int],
        earlier_of: EarlierOf | None,
    ) -> None:
        self._circumstances = circumstances
        self._vocabulary = vocabulary
        self._situation = situation
        self._accepted = accepted
        self._earlier_of = earlier_of
        self._later: dict[int, RowFinding] = {}
        """What a later row says of an earlier one."""
        self._by_number: dict[RegisterNumber, tuple[int, Role | NoChoice | None]] = {}
        self._by_name: dict[tuple[str, str], int] = {}

    def check(self, row: Row) -> Checked:
        answers, faults = self._answers(row)
        circumstances = self._circumstances
        number = rules.number_of(answers, circumstances)
        if number and self._earlier_of:
            circumstances = replace(circumstances, earlier=self._earlier_of(number))
        # What became of the cell is told: that its answer is missing would be the same once more.
        told = {fault.column for fault in faults if fault.fault.verdict is RowVerdict.ERROR}
        empty = {column for column in told if column in BY_FIELD and not held(column, answers)}
        findings = tuple(one for one in rules.evaluate(answers, circumstances) if one.about not in empty)
        if not any(fault.fault in ANSWERED_BY_USER for fault in faults):
            faults += self._against_others(row.number, answers, number)
        accepted = row.number in self._accepted
        checked = Checked(row.number, answers.applicant_name, answers, findings, tuple(faults), None, accepted)
        if checked.verdict in (RowVerdict.QUESTION, RowVerdict.ERROR):
            return checked
        if request := rules.request_of(answers, circumstances, findings):
            return replace(checked, request=request)
        open_field = Column.ROLE if isinstance(answers.role, NoChoice) else Column.AUTHORITY
        return replace(checked, faults=(*faults, RowFinding(RowFault.REFERRAL, open_field)))

    def with_later(self, checked: Checked) -> Checked:
        """The row with what later ones say of it."""
        later = self._later.get(checked.row)
        return replace(checked, faults=(*checked.faults, later), request=None) if later else checked

    def _answers(self, row: Row) -> tuple[Answers, list[RowFinding]]:
        faults = [
            fault for fault in row.faults if not (fault.fault in ANSWERED_BY_USER and row.number in self._accepted)
        ]
        cells = {column: row.cells.get(column, "").strip() for column in columns()}
        faults += self._with_place(cells)
        answers = Answers(
            situation=self._situation,
            applicant_name=" ".join(f"{cells[Column.FIRST_NAME]} {cells[Column.NAME]}".split()),
            number_text=cells[Column.NUMBER],
            # A number that stands in the list is checked, whether the situation needs it or not.
            number_wanted=bool(cells[Column.NUMBER]),
        )
        faults += [RowFinding(RowFault.NO_TEXT, column) for column in _NAMES if _NO_TEXT.fullmatch(cells[column])]
        for question in QUESTIONS:
            column = question.field
            known, text = self._vocabulary.get(column), cells.get(column)
            given = self._word(known, column, cells, faults) if known else text if question.options is None else None
            if given and column not in _READ_APART:
                answers = answered(column, given, answers)
        return answers, faults

    def _word(
        self, known: Mapping[str, str], column: str, cells: Mapping[str, str], faults: list[RowFinding]
    ) -> str | None:
        text = cells[column]
        option = known.get(normalise(text)) if text else None
        if option is None and column == Column.AUTHORITY:
            option = self._of_region(text, cells[Column.AUTHORITY_NAME])
        if text and option is None and not any(fault.column == column for fault in faults):
            faults.append(RowFinding(RowFault.NOT_UNDERSTOOD, column))
        return option

    def _with_place(self, cells: dict[str, str]) -> list[RowFinding]:
        """Put the place in for a name that only says of which kind the authority is; told where the two differ."""
        facts, name, place = self._circumstances, cells[Column.AUTHORITY_NAME], cells[Column.PLACE]
        if not (where := facts.municipalities.recognise(place)):
            return []
        companies = [kind for kind in facts.catalog.authorities if kind.before_place]
        called = [kind for kind in companies if normalise(name) in map(normalise, kind.name_marks)]
        if called:
            cells[Column.AUTHORITY_NAME] = called[0].named_after(where.municipality.name) or name
        elif is_only_title(name) if name else self._is_municipal(cells[Column.AUTHORITY]):
            cells[Column.AUTHORITY_NAME] = place
        else:
            _, owner = identity(name, facts.catalog, facts.municipalities)
            if owner.isdecimal() and owner != where.municipality.nis_code:
                return [RowFinding(RowFault.OTHER_PLACE, Column.AUTHORITY_NAME)]
        return []

    def _is_municipal(self, text: str) -> bool:
        """Whether a kind of authority, as a list names it, is that of municipalities."""
        option = self._vocabulary[Column.AUTHORITY].get(normalise(text))
        regional = {kind.id for kind in self._circumstances.catalog.authorities if kind.region}
        return option in regional or is_only_title(text)

    def _of_region(self, text: str, name: str) -> str | None:
        """What is called a municipality and no more is one of the region of the municipality that the name names."""
        match = self._circumstances.municipalities.recognise(name)
        if match is None or not is_only_title(text):
            return None
        kind = self._circumstances.catalog.type_for_region(match.municipality.region)
        return kind.id if kind else None

    def _against_others(self, row: int, answers: Answers, number: RegisterNumber | None) -> list[RowFinding]:
        if number is not None:
            before = self._by_number.setdefault(number, (row, answers.role))
            if before[0] != row:
                fault = RowFault.SAME_AGAIN if before[1] is answers.role else RowFault.OTHER_ROLE
                if fault is RowFault.OTHER_ROLE:
                    # Which of the two is right is not for the order of the rows to say.
                    self._later.setdefault(before[0], RowFinding(fault, Column.NUMBER, row))
                return [RowFinding(fault, Column.NUMBER, before[0])]
        key = normalise(answers.applicant_name), normalise(answers.authority_name)
        first = self._by_name.setdefault(key, row) if key[0] else row
        known = number is not None
        return [] if first == row or known else [RowFinding(RowFault.SAME_NAME, Column.NAME, first)]


def _of_finding(finding: Finding, accepted: bool) -> RowVerdict | None:
    if finding.severity is Severity.ERROR:
        return RowVerdict.ERROR
    if finding.rule in _ASKED and not accepted:
        return RowVerdict.QUESTION
    return RowVerdict.ADVICE if finding.severity is Severity.ADVICE else None
