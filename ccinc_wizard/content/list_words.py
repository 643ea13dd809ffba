"""The words of lists: which headings and cells are understood, in all languages at once, and how a report is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ccinc_wizard.content.files import ContentError
from ccinc_wizard.content.texts import Texts, languages, system_reason
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import NoChoice
from ccinc_wizard.domain.findings import Severity
from ccinc_wizard.domain.folding import normalise, word_set
from ccinc_wizard.domain.lists import (
    Checked,
    Column,
    Report,
    Row,
    RowFault,
    RowFinding,
    RowVerdict,
    Vocabulary,
    columns,
)
from ccinc_wizard.domain.questions import BY_FIELD, options_of
from ccinc_wizard.domain.redaction import scrub, scrub_name

_OTHER_WORDS = {"situation": "situations", "role": "roles", "authority": "authorities"}
"""Where the words stand that lists use for the options of a question; of others their labels count."""
_ANY_HEADING = word_set(
    """
    verplicht verplichte obligatoire required mandatory optioneel facultatif optional nummer nr n no num numero number
    van de het der den du des la le l d the of en et and ou or in te aub svp uw persoon medewerker aanvrager gebruiker
    personne collaborateur demandeur person user applicant employee
    """
)
"""Words that stand in headings of every kind; one that has no others is known by them."""
_BESIDE = re.compile(r"[/|()\[\]:;+\n–]| - ")
_ROWS_TOLD = 20
_OF_EVERY_ROW = frozenset({"only_this_module"})


class ListWords:
    """What lists may say, whatever their language, and what the program says of them in its own."""

    def __init__(self, texts: Texts, catalog: Catalog) -> None:
        """Raises ContentError when a word stands for two things."""
        self.texts = texts
        self._spoken = [Texts(language) for language in languages()]
        self._columns = self._understood("headings", columns(), _core)
        asked = (column for column in columns() if column in BY_FIELD)
        self._options = {column: found for column in asked if (found := options_of(column, lambda: catalog))}
        self.vocabulary: Vocabulary = {
            column: self._understood(column, options) for column, options in self._options.items()
        }

    def column(self, heading: str) -> str | None:
        """The column that a heading names in any usual spelling, or None.

        What stands beside is passed over ("INSZ-nummer (verplicht)", "Naam / Nom"), unless it names another column.
        """
        if whole := self._columns.get(_core(heading)):
            return whole
        parts = {self._columns.get(_core(part)) for part in _BESIDE.split(heading)} - {None}
        if Column.AUTHORITY_NAME in parts:
            parts.discard(Column.PLACE)
        return parts.pop() if len(parts) == 1 else None

    def heading(self, column: str) -> str:
        """How the program itself calls a column: the first of its words."""
        first = self.texts(f"list.headings.{column}").split("|")[0].strip()
        return first[:1].upper() + first[1:]

    def trouble(self, error: ListError) -> str:
        """Why a list was refused, and what to do."""
        system = error.__cause__
        what = system_reason(self.texts, system) if isinstance(system, OSError) else error.what
        return self.texts(f"list.trouble.{error.trouble}", what=what)

    def notes(self, people: PeopleList) -> list[str]:
        """What one should know of a list as it was read. A heading that nobody understood may be anything."""
        told = []
        if people.guessed_encoding:
            told.append(self.texts("list.encoding", encoding=people.guessed_encoding))
        if people.ignored:
            told.append(self.texts("list.ignored", columns=scrub(", ".join(people.ignored))))
        if people.known_by_content:
            told.append(self.texts("list.known_by_content", columns=scrub(", ".join(people.known_by_content))))
        if people.hidden_columns:
            told.append(self.texts("list.hidden_columns", columns=scrub(", ".join(people.hidden_columns))))
        if people.sheet:
            told.append(self.texts("list.sheet", sheet=scrub(people.sheet)))
        if people.hidden_sheets:
            told.append(self.texts("list.hidden_sheets", sheets=scrub(", ".join(people.hidden_sheets))))
        return told

    def aside(self, report: Report) -> list[str]:
        """How many rows the sheet hides or strikes through, where the user has not said yet whether they count."""
        told = []
        for fault in (RowFault.HIDDEN, RowFault.STRUCK):
            rows = [str(row.row) for row in report.rows if any(found.fault is fault for found in row.faults)]
            shown = ", ".join(rows[:_ROWS_TOLD]) + (" …" if len(rows) > _ROWS_TOLD else "")
            if rows:
                told.append(self.texts(f"list.aside.{fault}", count=len(rows), rows=shown))
        return told

    def lines(self, row: Checked, wording: Wording) -> list[str]:
        """All that was found in a row, gravest first, each a sentence; what holds of every row is left out."""
        told = [self.fault(fault) for fault in row.faults]
        for severity in Severity:
            found = (finding for finding in row.findings if finding.severity is severity)
            told += [wording.finding(finding) for finding in found if finding.rule not in _OF_EVERY_ROW]
        return told

    def fault(self, found: RowFinding) -> str:
        """One fault of a list's row."""
        values = {"column": self.heading(found.column), "words": self._allowed(found.column)}
        return self.texts(f"list.fault.{found.fault}", row=found.other_row, **values)

    def report_columns(self) -> list[str]:
        """The headings of a report."""
        return [self.texts(f"list.columns.{column}") for column in ("row", "name", "verdict", "findings")]

    def report_cells(self, row: Checked, wording: Wording, reference: str = "") -> list[str]:
        """One row of a report; `reference` once it was saved. No register number, in whichever cell one was typed."""
        question = row.verdict is RowVerdict.QUESTION
        verdict = self.texts(f"list.verdict.{'good' if row.good else 'question' if question else 'bad'}")
        if reference:
            verdict = self.texts("list.verdict.saved", reference=reference)
        return [str(row.row), scrub_name(row.name), verdict, scrub(" ".join(self.lines(row, wording)))]

    def example(self) -> list[list[str]]:
        """A list to start from: the headings, and one row about a fictional person without a number."""
        shown = [column for column in columns() if column not in (Column.FIRST_NAME, Column.PLACE)]
        # The number stays empty: an example is somebody's.
        row = ["" if column == Column.NUMBER else self.texts(f"list.example.{column}") for column in shown]
        return [[self.heading(column) for column in shown], row]

    def _allowed(self, column: str) -> str:
        """The words to use in a column that knows only some: the first of each thing's, in the present language."""
        offered = [option for option in self._options.get(column, ()) if option not in list(NoChoice)]
        return ", ".join(self.texts(_key(column, name)).split("|")[0].strip() for name in offered)

    def _understood(self, group: str, names: Iterable[str], key: Callable[[str], str] = normalise) -> dict[str, str]:
        """The words of all languages by which each of these names is meant."""
        found: dict[str, str] = {}
        for name in names:
            words = [name, *(word for texts in self._spoken for word in texts(_key(group, name)).split("|"))]
            for word in filter(None, map(key, words)):
                if found.setdefault(word, name) != name:
                    raise ContentError("list.json", 1, f"{group}: {word} stands for two things")
        return found


def _key(group: str, name: str) -> str:
    """Where the words stand with which a list may say a heading, or an option of a column."""
    if group in BY_FIELD and group not in _OTHER_WORDS:
        return f"choices.{group}.{name}.label"
    return f"list.{_OTHER_WORDS.get(group, group)}.{name}"


def rule_ids(row: Checked) -> list[str]:
    """The ids of all that was found in a row, but of what holds of every row; each once."""
    ids = [fault.fault.value for fault in row.faults]
    ids += [finding.rule for finding in row.findings if finding.rule not in _OF_EVERY_ROW]
    return list(dict.fromkeys(ids))


def _core(heading: str) -> str:
    """What tells a heading from others: its words in whichever order, without those that any heading can have."""
    words = normalise(heading.replace(".", "")).split()
    return " ".join(sorted(set(words) - _ANY_HEADING) or sorted(set(words)))


class ListTrouble(StrEnum):
    """Why a list cannot be read at all; each has its words in `list.trouble`."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_MUCH = "too_much"
    TOO_MANY_ROWS = "too_many_rows"
    NO_SHEET = "no_sheet"
    SEVERAL_SHEETS = "several_sheets"
    OLD_EXCEL = "old_excel"
    PASSWORD = "password"
    STRICT = "strict"
    OTHER_PROGRAM = "other_program"
    UNKNOWN_NUMBERS = "unknown_numbers"
    EMPTY = "empty"
    NO_HEADING = "no_heading"
    TWICE = "twice"
    NOT_TEXT = "not_text"


class ListError(Exception):
    """A list is refused whole: the reason, and a word or number for its sentence. Holds no cell of a person."""

    def __init__(self, trouble: ListTrouble, what: str = "", sheets: tuple[str, ...] = ()) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.what = what
        self.sheets = sheets
        """The sheets to choose from, where several could be meant."""


@dataclass(frozen=True, slots=True)
class PeopleList:
    """A list as read. `encoding` is told when it had to be guessed, `ignored` are headings that nothing uses.

    `sheet` was read where the file has others; `hidden_sheets` were left alone, while `hidden_columns`
    were read.
    """

    rows: tuple[Row, ...] = field(repr=False)
    columns: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    guessed_encoding: str = ""
    known_by_content: tuple[str, ...] = ()
    sheet: str = ""
    hidden_sheets: tuple[str, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    stopped: bool = False
