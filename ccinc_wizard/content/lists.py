"""Lists of people as CSV or XLSX: read as plain text, and after the user's yes made requests, links and mails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Generic, TypeVar

from ccinc_wizard.content.files import OverLimitError, StoppedError, Watch
from ccinc_wizard.content.list_files import MAX_COLUMNS, ListSheet, SheetLine, read_bytes, sheets_of
from ccinc_wizard.content.list_words import ListError, ListTrouble, ListWords, PeopleList
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.findings import AccessRequest
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.lists import (
    REPORT_EVERY,
    Checked,
    Column,
    GoOn,
    Report,
    Row,
    RowFault,
    RowFinding,
    is_only_title,
)
from ccinc_wizard.domain.outcome import Outcome, OutcomeKind, decide
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.domain.register_number import possible

MAX_CELL = 300
_NEEDED = (Column.NAME, Column.ROLE, Column.AUTHORITY, Column.AUTHORITY_NAME)
_LEAST_HEADINGS = 2
_LOOKED_AT = 200
"""Among so many lines the headings stand, and by so many a column without a known one is judged."""
_OTHER_NUMBERS = re.compile(
    r"tel|gsm|mobiel|mobile|phone|portable|fax|btw|tva|vat|kbo|bce|onderneming|entreprise|enterprise|iban|rekening|compte",
    re.IGNORECASE,
)
_NUMBER_DIGITS, _LEAST_DIGITS = 11, 7
"""Of a register number, and what is left of one whose zeros a spreadsheet took for none."""


class Beginning:
    """The headings of a sheet and where each column stands. Raises ListError when they are not those of a list."""

    def __init__(self, lines: Iterable[SheetLine], words: ListWords) -> None:
        filled = (line for line in lines if any(cell.strip() for cell in line.cells))
        looked_at = list(islice(filled, _LOOKED_AT))
        if not looked_at:
            raise ListError(ListTrouble.EMPTY)
        first = next((place for place, line in enumerate(looked_at) if _is_heading(line, words)), 0)
        self._heading = looked_at[first].cells[:MAX_COLUMNS]
        self._unseen = looked_at[first].unseen
        self._people, self._rest = looked_at[first + 1 :], filled
        self.places = _by_heading(self._heading, words)
        """Where each known column stands, from 0."""
        self._tell_name_from_place(words)
        self.known_by_content: tuple[str, ...] = tuple(self._by_content(words))
        """The headings of columns that nobody would know but by what stands in them."""
        self._numbers: dict[int, tuple[int, int]] = {}
        missing = [column for column in _NEEDED if column not in self.places]
        if missing:
            raise ListError(ListTrouble.NO_HEADING, ", ".join(words.heading(column) for column in missing))
        if not self._people:
            raise ListError(ListTrouble.EMPTY)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings that nothing uses."""
        unknown = self._unknown()
        return tuple(self._title(place) for place in unknown if "".join(self._heading[place : place + 1]).strip())

    @property
    def hidden(self) -> tuple[str, ...]:
        """The headings of the columns that are read although the sheet does not show them."""
        return tuple(self._title(place) for place in sorted(self.places.values()) if place in self._unseen)

    def people(self) -> Iterator[SheetLine]:
        """The lines under the headings."""
        for line in chain(self._people, self._rest):
            for place in self._unknown():
                if cell := _cell(line, place):
                    seen, like = self._numbers.get(place, (0, 0))
                    # Numbers of another kind are so called above them: of these only a right one is told.
                    fits = is_number if _OTHER_NUMBERS.search(self._title(place)) else _is_like_number
                    self._numbers[place] = seen + 1, like + fits(cell)
            yield line

    def refuse_unknown_numbers(self) -> None:
        """Raise ListError where a column that nobody knows is one of register numbers; once all lines were read."""
        for place, (seen, like) in self._numbers.items():
            if like * 2 > seen:
                raise ListError(ListTrouble.UNKNOWN_NUMBERS, self._title(place))

    def _tell_name_from_place(self, words: ListWords) -> None:
        """A municipality is the authority's name where no other column is, or where that one holds only kinds."""
        place = self.places.get(Column.PLACE)
        if place is None:
            return
        name, kinds = self.places.get(Column.AUTHORITY_NAME), words.vocabulary[Column.AUTHORITY]
        untold = name is not None and Column.AUTHORITY not in self.places
        if name is not None and untold and self._all(name, lambda cell: cell in kinds or is_only_title(cell)):
            self.places[Column.AUTHORITY], name = name, None
        if name is None:
            self.places[Column.AUTHORITY_NAME] = self.places.pop(Column.PLACE)

    def _by_content(self, words: ListWords) -> Iterator[str]:
        kinds: list[tuple[str, Callable[[str], bool]]] = [(Column.NUMBER, is_number)]
        kinds += [(column, known.__contains__) for column, known in words.vocabulary.items()]
        for column, fits in kinds:
            found = [place for place in self._unknown() if column not in self.places and self._all(place, fits)]
            if len(found) == 1:
                self.places[column] = found[0]
                yield self._title(found[0])

    def _all(self, place: int, fits: Callable[[str], bool]) -> bool:
        cells = [cell for line in self._people if (cell := _cell(line, place))]
        return bool(cells) and all(fits(cell) or fits(normalise(cell)) for cell in cells)

    def _unknown(self) -> list[int]:
        widest = max((len(line.cells) for line in self._people[:_LOOKED_AT]), default=0)
        places = range(min(max(len(self._heading), widest), MAX_COLUMNS))
        return [place for place in places if place not in self.places.values()]

    def _title(self, place: int) -> str:
        written = self._heading[place].strip() if place < len(self._heading) else ""
        return written[:MAX_CELL] or str(place + 1)


def with_zeros(text: str) -> str:
    """A number that a sheet kept without its leading zeros, with them; those born in 2000 have three and more."""
    return text.zfill(_NUMBER_DIGITS) if text.isdecimal() and len(text) >= _LEAST_DIGITS else text


def _cell(line: SheetLine, place: int) -> str:
    text = line.cells[place].strip()[:MAX_CELL] if place < len(line.cells) else ""
    return with_zeros(text) if place in line.numbers else text


def _is_like_number(cell: str) -> bool:
    """Whether eleven digits stand in a cell, right or wrong; a telephone number from abroad has as many."""
    return sum(map(str.isdecimal, cell)) == _NUMBER_DIGITS and not cell.startswith("+")


def is_number(cell: str) -> bool:
    """Whether a cell can be a register number, whoever could bear it."""
    return _is_like_number(cell) and possible("".join(filter(str.isdecimal, cell)))


def _is_heading(line: SheetLine, words: ListWords) -> bool:
    known = [words.column(cell) for cell in line.cells[:MAX_COLUMNS]]
    return Column.NAME in known and len(known) - known.count(None) >= _LEAST_HEADINGS


def _by_heading(heading: list[str], words: ListWords) -> dict[str, int]:
    """Where each column stands that its heading tells. Raises ListError when one stands twice."""
    places: dict[str, int] = {}
    for place, cell in enumerate(heading):
        column = words.column(cell)
        if column is not None and column in places:
            raise ListError(ListTrouble.TWICE, words.heading(column))
        if column is not None:
            places[column] = place
    return places


MAX_ROWS = 50_000

Entry = TypeVar("Entry")
Saved = TypeVar("Saved")


@dataclass(frozen=True, slots=True)
class Product:
    """What one good row comes to; the link and the mail exist on the form route only."""

    row: int
    request: AccessRequest
    outcome: Outcome
    mail_subject: str = ""
    mail_body: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Carried(Generic[Saved]):
    """What was done: all products with what the log gave back for them, or nothing when it was stopped."""

    products: tuple[Product, ...] = ()
    saved: tuple[Saved, ...] = ()
    stopped: bool = False


def read_list(path: Path, words: ListWords, progress: GoOn | None = None, *, sheet: str = "") -> PeopleList:
    """The rows of a CSV or XLSX file; `sheet` is the one to read where several could be meant.

    Raises ListError when the file cannot be read as a list at all.
    """
    read = 0

    def told(done: int, total: int) -> bool:
        nonlocal read
        read = done
        return progress is None or progress(done, total)

    watch = Watch(lambda: told(read, 0))
    try:
        sheets, guessed = sheets_of(read_bytes(path), watch)
        chosen = _chosen(sheets, words, sheet)
        people = _people(chosen, words, told)
    except StoppedError:
        return PeopleList((), (), stopped=True)
    except OverLimitError as error:
        raise ListError(ListTrouble.TOO_MUCH, str(int(watch.seconds))) from error
    others = [other for other in sheets if other is not chosen]
    hidden = tuple(other.name for other in others if not other.visible)
    return replace(people, guessed_encoding=guessed, sheet=chosen.name if others else "", hidden_sheets=hidden)


def products(report: Report, wording: Wording) -> Iterator[Product]:
    """What each good row comes to. Pure: nothing is saved or sent."""
    for row in report.good:
        if row.request is not None:
            yield _product(row, row.request, wording)


def carry_out(
    report: Report,
    wording: Wording,
    *,
    entry: Callable[[AccessRequest, Outcome], Entry],
    save_many: Callable[[Iterator[Entry]], Sequence[Saved]],
    progress: GoOn | None = None,
) -> Carried[Saved]:
    """Save the requests of all good rows at once, and give their links and mails.

    `save_many` saves all that it is given or nothing: stopping half-way, which reaches it as an exception out of the
    entries, leaves nothing behind. Whatever it raises itself passes through, and then nothing was saved either.
    """
    made: list[Product] = []
    total = len(report.good)

    def entries() -> Iterator[Entry]:
        for product in products(report, wording):
            if progress and len(made) % REPORT_EVERY == 0 and not progress(len(made), total):
                raise StoppedError
            made.append(product)
            yield entry(product.request, product.outcome)

    try:
        saved = save_many(entries()) if total else ()
    except StoppedError:
        return Carried(stopped=True)
    if progress:
        progress(total, total)
    return Carried(tuple(made), tuple(saved))


def _product(row: Checked, request: AccessRequest, wording: Wording) -> Product:
    outcome = decide(request.case, wording.catalog)
    if outcome.kind is not OutcomeKind.LINK:
        return Product(row.row, request, outcome)
    return Product(row.row, request, outcome, *wording.mail(outcome, request))


def _chosen(sheets: Sequence[ListSheet], words: ListWords, name: str) -> ListSheet:
    """The sheet that holds the list: the visible one with its columns. Raises ListError, also when several do."""
    visible = [sheet for sheet in sheets if sheet.visible and (not name or sheet.name == name)]
    if not visible:
        raise ListError(ListTrouble.NO_SHEET)
    found, refused = [], []
    for sheet in visible:
        try:
            Beginning(sheet.lines(), words)
        except ListError as error:
            refused.append(error)
        else:
            found.append(sheet)
    if len(found) > 1:
        names = tuple(sheet.name for sheet in found)
        raise ListError(ListTrouble.SEVERAL_SHEETS, scrub(", ".join(names)), names)
    if not found:
        raise min(refused, key=lambda error: error.trouble in (ListTrouble.EMPTY, ListTrouble.NO_HEADING))
    return found[0]


def _people(sheet: ListSheet, words: ListWords, progress: GoOn | None) -> PeopleList:
    rows: list[Row] = []

    def lines() -> Iterator[SheetLine]:
        # Also where none holds anything: a sheet can be laid out down to its last row.
        for number, line in enumerate(sheet.lines()):
            if progress and number % REPORT_EVERY == 0 and not progress(len(rows), 0):
                raise StoppedError
            yield line

    try:
        beginning = Beginning(lines(), words)
        for line in beginning.people():
            if len(rows) >= MAX_ROWS:
                raise ListError(ListTrouble.TOO_MANY_ROWS, str(MAX_ROWS))
            rows.append(_row(line, beginning.places))
    except StoppedError:
        return PeopleList((), (), stopped=True)
    beginning.refuse_unknown_numbers()
    return PeopleList(
        tuple(rows),
        tuple(beginning.places),
        beginning.ignored,
        known_by_content=beginning.known_by_content,
        hidden_columns=beginning.hidden,
    )


def _row(line: SheetLine, places: Mapping[str, int]) -> Row:
    found: dict[str, str] = {}
    faults = [RowFinding(line.aside, Column.NAME)] if line.aside else []
    for column, place in places.items():
        text = line.cells[place] if place < len(line.cells) else ""
        if place in line.numbers:
            filled = with_zeros(text)
            # In another column only what can be a register number, which must be known for one there as well.
            text = filled if column == Column.NUMBER or is_number(filled) else text
        if place in line.formulas:
            faults.append(RowFinding(RowFault.FORMULA, column))
        if len(text) > MAX_CELL:
            faults.append(RowFinding(RowFault.TOO_LONG, column))
        found[column] = " ".join("".join(sign if sign.isprintable() else " " for sign in text[:MAX_CELL]).split())
    return Row(line.number, found, tuple(faults))
