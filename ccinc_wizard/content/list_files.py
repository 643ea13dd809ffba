"""What stands in a file of people, line by line: CSV in the encodings of Windows, and the sheets of a workbook.

openpyxl reads a sheet row by row, so a large one never stands in memory whole. Nothing in a cell is ever calculated.
"""

from __future__ import annotations

import csv
import datetime as dt
import errno
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple, cast

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import WorkSheetParser

from ccinc_wizard.content.files import OverLimitError, StoppedError, Watch, decoded, read_bounded
from ccinc_wizard.content.list_words import ListError, ListTrouble
from ccinc_wizard.domain.dates import shown_day, shown_moment
from ccinc_wizard.domain.lists import RowFault

MAX_BYTES = 20_000_000
MAX_UNPACKED = 300_000_000
MAX_COLUMNS = 100
MAX_PART, MAX_MARKS = 5_000_000, 200_000
"""Bytes and marks of a row, or of a part other than sheets and the texts of all cells: a wide row has 65,000 marks."""
_ALL_TEXTS = (100_000_000, 3_000_000)
"""The same of the texts of all cells, which stand in memory together."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How an Excel file of before 2007 begins, and one under a password."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"http://purl.oclc.org/ooxml/"
_LOOKED_AT, _LINES_LOOKED_AT = 50_000, 20
"""So many signs and lines tell by what cells are parted."""
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_YES = ("1", "true")

warnings.filterwarnings("ignore", module="openpyxl")  # what it leaves out is nothing that a list needs


class SheetLine(NamedTuple):
    """One line of a list: its number as the sheet shows it, its cells, which are formulas and which numbers."""

    number: int
    cells: list[str]
    formulas: Collection[int]
    numbers: Collection[int] = ()
    aside: RowFault | None = None
    """Why it may not count: the sheet hides it or strikes it through."""
    unseen: Collection[int] = ()
    """The columns that the sheet does not show."""


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet of a file; a CSV is one without a name. `lines` reads it from its beginning."""

    name: str
    lines: Callable[[], Iterator[SheetLine]]
    visible: bool = True


def read_bytes(path: Path) -> bytes:
    """The whole file. Raises ListError."""
    try:
        return read_bounded(path, MAX_BYTES)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise ListError(ListTrouble.TOO_LARGE, str(MAX_BYTES // 1_000_000)) from error
        raise ListError(ListTrouble.UNREADABLE, error.strerror or "") from error


def sheets_of(content: bytes, watch: Watch) -> tuple[list[ListSheet], str]:
    """The sheets of a file, and its encoding where that was guessed.

    Raises ListError and what the watch raises, as reading their lines does.
    """
    if content.startswith(_ZIP):
        return _workbook(content, watch), ""
    if content.startswith(_OLE):
        raise ListError(ListTrouble.PASSWORD if _ENCRYPTED in content else ListTrouble.OLD_EXCEL)
    try:
        text, guessed = decoded(content)
    except UnicodeDecodeError as error:
        raise ListError(ListTrouble.NOT_TEXT) from error
    if "\0" in text:
        raise ListError(ListTrouble.NOT_TEXT)
    if text.lstrip().startswith(("<", "{\\rtf")):
        # A page of the web or XML, which programs like to call .xls.
        raise ListError(ListTrouble.OLD_EXCEL)
    return [ListSheet("", lambda: _csv_lines(text, watch))], guessed


def _csv_lines(text: str, watch: Watch) -> Iterator[SheetLine]:
    first, _, rest = text.partition("\n")
    if told := _SEPARATOR_LINE.fullmatch(first.strip()):
        # Excel reads this line and does not show it: its rows begin after it.
        text, delimiter = rest, told[1]
    else:
        delimiter = _delimiter(text)
    # Cells are cut later; csv's own limit would otherwise refuse a whole file for one long cell.
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        # Counted as a spreadsheet shows them: a line break within a cell begins no row.
        for number, whole in enumerate(reader, start=1):
            watch.check()
            cells = whole[:MAX_COLUMNS]
            yield SheetLine(number, cells, {place for place, cell in enumerate(cells) if cell.lstrip()[:1] == "="})
    except csv.Error as error:
        raise ListError(ListTrouble.NOT_TEXT) from error


def _delimiter(text: str) -> str:
    """What parts the cells: it stands equally often in most of the first lines; a title above them may have others."""
    lines = [line for line in text[:_LOOKED_AT].splitlines()[:_LINES_LOOKED_AT] if line.strip()]

    def steadiness(sign: str) -> tuple[int, int]:
        counts = Counter(count for line in lines if (count := line.count(sign)))
        return max(((lines, count) for count, lines in counts.items()), default=(0, 0))

    return max(";,\t|", key=steadiness)


class _Reader(ExcelReader):  # type: ignore[misc]
    def read_chartsheet(self, *_: object) -> None:
        """A chart holds no people, and openpyxl breaks on one where it reads row by row."""


class _Part(io.BufferedIOBase):
    """One part of a workbook as it is unpacked, under watch; what of it stands in memory at a time has a limit.

    That is a row of a sheet, as the parser lets go of each, and all of any other part.
    """

    def __init__(self, packed: IO[bytes], watch: Watch, most: int, marks: int) -> None:
        self._packed, self._watch, self._most, self._marks = packed, watch, most, marks
        self.forget()

    def forget(self) -> None:
        """Nothing of what was read so far stands in memory any more."""
        self._bytes = self._met = 0

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes. Raises what the watch raises."""
        piece = self._packed.read(-1 if size is None else size)
        self._bytes += len(piece)
        self._met += piece.count(b"<")
        if self._bytes > self._most or self._met > self._marks:
            raise OverLimitError
        self._watch.check()
        return piece

    def close(self) -> None:
        """Give the part back."""
        self._packed.close()
        super().close()


class _Package(zipfile.ZipFile):
    """A workbook's parts, each under watch."""

    def __init__(self, content: bytes, watch: Watch) -> None:
        super().__init__(io.BytesIO(content))
        self.watch = watch

    def open(self, name: str | zipfile.ZipInfo, *_: object, **__: object) -> IO[bytes]:
        """One part, to be read. Raises what the watch raises."""
        told = name if isinstance(name, str) else name.filename
        most, marks = _ALL_TEXTS if "sharedStrings" in told else (MAX_PART, MAX_MARKS)
        if "worksheets" not in told and self.getinfo(told).file_size > most:
            raise OverLimitError
        return cast(IO[bytes], _Part(super().open(name), self.watch, most, marks))


def _workbook(content: bytes, watch: Watch) -> list[ListSheet]:
    _refuse_other_packages(content)
    try:
        reader = _Reader(io.BytesIO(content), read_only=True, keep_links=False)
        reader.archive = _Package(content, watch)
        reader.read()
    except (OverLimitError, StoppedError):
        raise
    except Exception as error:
        # openpyxl raises whatever its parts do; the file is one of a stranger.
        raise ListError(ListTrouble.UNREADABLE, type(error).__name__) from error
    return [
        ListSheet(str(sheet.title), _lines_of(sheet), sheet.sheet_state == "visible") for sheet in reader.wb.worksheets
    ]


def _refuse_other_packages(content: bytes) -> None:
    """Raises ListError for what is no workbook that openpyxl can read: each kind has a way out of its own."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise ListError(ListTrouble.TOO_LARGE, str(MAX_UNPACKED // 1_000_000))
            books = [name for name in packed.namelist() if name.endswith("workbook.xml")]
            if not books:
                raise ListError(ListTrouble.OTHER_PROGRAM)
            with packed.open(books[0]) as book:
                beginning = book.read(MAX_PART)
            if _STRICT in beginning:
                raise ListError(ListTrouble.STRICT)
    except ListError:
        raise
    except Exception as error:
        raise ListError(ListTrouble.UNREADABLE, type(error).__name__) from error


def _lines_of(sheet: object) -> Callable[[], Iterator[SheetLine]]:
    def lines() -> Iterator[SheetLine]:
        try:
            yield from _sheet_lines(sheet)
        except (OverLimitError, StoppedError):
            raise
        except Exception as error:
            raise ListError(ListTrouble.UNREADABLE, type(error).__name__) from error

    return lines


def _sheet_lines(sheet) -> Iterator[SheetLine]:  # type: ignore[no-untyped-def]
    # Of its own, openpyxl's read-only sheets do not tell which rows are hidden; their parser does.
    book = sheet.parent
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        unseen: set[int] | None = None
        for number, cells in parser.parse():
            source.forget()
            book._archive.watch.check()
            # They stand before the first row.
            unseen = _unseen(parser.column_dimensions.values()) if unseen is None else unseen
            hidden = parser.row_dimensions.pop(str(number), {}).get("hidden") in _YES
            told = [cell for cell in cells if cell["value"] is not None and cell["column"] <= MAX_COLUMNS]
            texts = [""] * max((cell["column"] for cell in told), default=0)
            for cell in told:
                texts[cell["column"] - 1] = _text(cell["value"])
            yield SheetLine(
                number,
                texts,
                {cell["column"] - 1 for cell in told if cell["data_type"] == "f"},
                {cell["column"] - 1 for cell in told if cell["data_type"] == "n"},
                RowFault.HIDDEN if hidden else RowFault.STRUCK if _struck(told, book) else None,
                unseen,
            )


def _unseen(columns: Iterable[Mapping[str, str]]) -> set[int]:
    hidden = [known for known in columns if known.get("hidden") in _YES]
    spans = (range(int(known["min"]) - 1, min(int(known["max"]), MAX_COLUMNS)) for known in hidden)
    return {place for span in spans for place in span}


def _struck(cells, book) -> bool:  # type: ignore[no-untyped-def]
    """Whether most of what stands in a row is struck through."""
    struck = sum(bool(book._fonts[book._cell_styles[cell["style_id"]].fontId].strike) for cell in cells)
    return struck * 2 > len(cells)


def _text(value: object) -> str:
    """A cell as the user sees it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return shown_moment(value) if value.time() != dt.time() else shown_day(value)
    return shown_day(value) if isinstance(value, dt.date) else str(value)
