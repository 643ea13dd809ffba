"""Lists of people as CSV or XLSX: read as plain text, and after the user's yes turned into requests, links and mails.

openpyxl reads XLSX row by row (read-only mode), so a large sheet never stands in memory whole.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import openpyxl

from ccinc_wizard.content.decoding import decoded
from ccinc_wizard.content.list_words import BatchWords, ListError, ListTrouble, PeopleList
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.lists import REPORT_EVERY, Checked, Column, Progress, Report, Row, RowFault, RowFinding
from ccinc_wizard.domain.outcome import Outcome, OutcomeKind, decide
from ccinc_wizard.domain.register_number import possible
from ccinc_wizard.domain.request import AccessRequest

MAX_BYTES = 20_000_000
MAX_UNPACKED = 300_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_CELL = 300
_NUMBER_DIGITS, _LEAST_DIGITS = 11, 7

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


def read_list(path: Path, words: BatchWords, progress: Progress | None = None) -> PeopleList:
    """The rows of a CSV or XLSX file. Every cell is text; nothing in it is ever calculated.

    Raises ListError when the file cannot be read as a list at all.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ListError(ListTrouble.TOO_LARGE, str(MAX_BYTES // 1_000_000))
        content = path.read_bytes()
    except OSError as error:
        raise ListError(ListTrouble.UNREADABLE, error.strerror or "") from error
    if content[:4] == b"PK\x03\x04":
        return _from_sheet(content, words, progress)
    text, guessed = _decoded(content)
    return _people(_csv_rows(text), words, progress, guessed_encoding=guessed)


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
                raise _StoppedError
            made.append(product)
            yield entry(product.request, product.outcome)

    try:
        saved = save_many(entries()) if total else ()
    except _StoppedError:
        return Carried(stopped=True)
    if progress:
        progress(total, total)
    return Carried(tuple(made), tuple(saved))


class _StoppedError(Exception):
    """The user had it stopped while it was being saved."""


def _product(row: Checked, request: AccessRequest, wording: Wording) -> Product:
    outcome = decide(request.case, wording.catalog)
    if outcome.kind is not OutcomeKind.LINK:
        return Product(row.row, request, outcome)
    return Product(row.row, request, outcome, *wording.mail(outcome, request))


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        text, guessed = decoded(content)
    except UnicodeDecodeError as error:
        raise ListError(ListTrouble.NOT_TEXT) from error
    if "\0" in text:
        raise ListError(ListTrouble.NOT_TEXT)
    return text, guessed


class _Line(NamedTuple):
    """One line of a list: where it begins, its cells, and which of them are formulas or were kept as numbers."""

    number: int
    cells: list[str]
    formulas: set[int]
    numbers: Collection[int] = ()


def _csv_rows(text: str) -> Iterator[_Line]:
    heading = text.partition("\n")[0]
    delimiter = max(";,\t", key=heading.count)
    # Cells are cut later; csv's own limit would otherwise refuse a whole file for one long cell.
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            yield _Line(begins, cells, {place for place, cell in enumerate(cells) if cell.lstrip()[:1] == "="})
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ListError(ListTrouble.NOT_TEXT) from error


def _from_sheet(content: bytes, words: BatchWords, progress: Progress | None) -> PeopleList:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise ListError(ListTrouble.TOO_LARGE, str(MAX_UNPACKED // 1_000_000))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except ListError:
        raise
    except Exception as error:
        # openpyxl raises whatever its parts do; the file is one of a stranger.
        raise ListError(ListTrouble.UNREADABLE, type(error).__name__) from error
    try:
        if not book.worksheets:
            raise ListError(ListTrouble.NO_SHEET)
        return _people(_sheet_rows(book.worksheets[0]), words, progress, other_sheets=len(book.sheetnames) - 1)
    except ListError:
        raise
    except Exception as error:
        raise ListError(ListTrouble.UNREADABLE, type(error).__name__) from error
    finally:
        book.close()


def _sheet_rows(sheet: object) -> Iterator[_Line]:
    # Whatever size the sheet claims is not believed: programs write it wrong.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1):  # type: ignore[attr-defined]
        texts = [_text(cell) for cell in cells]
        formulas = {place for place, text in enumerate(texts) if text[:1] == "="}
        numbers = {place for place, cell in enumerate(cells) if isinstance(cell, int | float)}
        yield _Line(number, texts, formulas, numbers)


def _text(cell: object) -> str:
    """A cell as the user sees it."""
    if cell is None:
        return ""
    return str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)


def _people(
    lines: Iterable[_Line],
    words: BatchWords,
    progress: Progress | None,
    *,
    guessed_encoding: str = "",
    other_sheets: int = 0,
) -> PeopleList:
    following = iter(lines)
    heading = next((line.cells for line in following if any(cell.strip() for cell in line.cells)), None)
    if heading is None:
        raise ListError(ListTrouble.EMPTY)
    places, ignored = _places(heading, words)
    rows: list[Row] = []
    for line in following:
        if not any(cell.strip() for cell in line.cells):
            continue
        if len(rows) >= MAX_ROWS:
            raise ListError(ListTrouble.TOO_MANY_ROWS, str(MAX_ROWS))
        if progress and len(rows) % REPORT_EVERY == 0 and not progress(len(rows), 0):
            return PeopleList((), tuple(places), stopped=True)
        rows.append(_row(line, places))
    if not rows:
        raise ListError(ListTrouble.EMPTY)
    return PeopleList(tuple(rows), tuple(places), ignored, guessed_encoding, other_sheets)


def _places(heading: list[str], words: BatchWords) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each column stands. Raises ListError when a needed one is missing or one stands twice."""
    places: dict[str, int] = {}
    ignored = []
    for place, cell in enumerate(heading[:MAX_COLUMNS]):
        column = words.column(cell)
        if column is None:
            ignored += [cell.strip()[:MAX_CELL]] if cell.strip() else []
        elif column in places:
            raise ListError(ListTrouble.TWICE, words.heading(column))
        else:
            places[column] = place
    missing = [
        column for column in (Column.NAME, Column.ROLE, Column.AUTHORITY, Column.AUTHORITY_NAME) if column not in places
    ]
    if missing:
        raise ListError(ListTrouble.NO_HEADING, ", ".join(words.heading(column) for column in missing))
    return places, tuple(ignored)


def _row(line: _Line, places: dict[str, int]) -> Row:
    found: dict[str, str] = {}
    faults: list[RowFinding] = []
    for column, place in places.items():
        text = line.cells[place] if place < len(line.cells) else ""
        if place in line.numbers and len(text) >= _LEAST_DIGITS:
            # A sheet that keeps it as a number loses its leading zeros; those born in 2000 have three and more.
            filled = text.zfill(_NUMBER_DIGITS)
            # In another column only what can be a register number, which must be known for one there as well.
            text = filled if column == Column.NUMBER or possible(filled) else text
        if place in line.formulas:
            faults.append(RowFinding(RowFault.FORMULA, column))
        if len(text) > MAX_CELL:
            faults.append(RowFinding(RowFault.TOO_LONG, column))
        found[column] = " ".join("".join(sign if sign.isprintable() else " " for sign in text[:MAX_CELL]).split())
    return Row(line.number, found, tuple(faults))
