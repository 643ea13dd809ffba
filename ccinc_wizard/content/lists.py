"""Lists of people as CSV or XLSX: read as plain text, and after the user's yes made requests, links and mails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Generic, TypeVar

from ccinc_wizard.content.files import OverLimitError, StoppedError, Watch
from ccinc_wizard.content.list_columns import MAX_CELL, Beginning, is_number, with_zeros
from ccinc_wizard.content.list_files import Line, Sheet, read_bytes, sheets_of
from ccinc_wizard.content.list_words import BatchWords, ListError, ListTrouble, PeopleList
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.lists import REPORT_EVERY, Checked, Column, Progress, Report, Row, RowFault, RowFinding
from ccinc_wizard.domain.outcome import Outcome, OutcomeKind, decide
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.domain.request import AccessRequest

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


def read_list(path: Path, words: BatchWords, progress: Progress | None = None, *, sheet: str = "") -> PeopleList:
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
    progress: Progress | None = None,
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


def _chosen(sheets: Sequence[Sheet], words: BatchWords, name: str) -> Sheet:
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


def _people(sheet: Sheet, words: BatchWords, progress: Progress | None) -> PeopleList:
    rows: list[Row] = []

    def lines() -> Iterator[Line]:
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
        tuple(rows), tuple(beginning.places), beginning.ignored, known_by_content=beginning.known_by_content
    )


def _row(line: Line, places: Mapping[str, int]) -> Row:
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
