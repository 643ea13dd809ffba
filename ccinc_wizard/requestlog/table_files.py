"""Tables as files: the one place that knows how Excel reads them in Belgium, and what it must never run."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from ccinc_wizard.requestlog.atomic_files import whole_file

TableRow = Sequence[str | int]
_DELIMITER = ";"
"""What Excel splits at in Belgium, whichever language it speaks."""
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠|%")
_SHEET = "xl/worksheets/sheet1.xml"
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_CELL = 32_767


def write_table(path: Path, columns: Sequence[str], lines: Iterable[TableRow]) -> int:
    """Write the table by the file's ending, `.xlsx` or else CSV, whole or not at all; returns how many lines.

    No cell is ever a formula. Raises OSError, and whatever `lines` raises; what was there then stays.
    """
    with whole_file(path) as beside:
        return (_write_xlsx if path.suffix.lower() == ".xlsx" else _write_csv)(beside, columns, lines)


def safe_cell(text: str) -> str:
    """A text that a spreadsheet never takes for a formula (OWASP: a leading apostrophe)."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_STARTS) else text


def _write_csv(path: Path, columns: Sequence[str], lines: Iterable[TableRow]) -> int:
    done = 0
    # The mark by which a spreadsheet knows that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=_DELIMITER)
        writer.writerow(columns)
        for line in lines:
            writer.writerow([safe_cell(cell) if isinstance(cell, str) else cell for cell in line])
            done += 1
    return done


def _write_xlsx(path: Path, columns: Sequence[str], lines: Iterable[TableRow]) -> int:
    """XlsxWriter makes the book around the sheet; the lines go straight into the packed file.

    Itself it would keep them in memory, or in the open in the folder for temporary files, where a kill leaves them.
    """
    made, done = BytesIO(), 0
    with Workbook(made, {"in_memory": True}) as book:
        book.add_worksheet()
    with ZipFile(made) as empty, ZipFile(path, "w", compression=ZIP_DEFLATED) as packed:
        for name in empty.namelist():
            if name != _SHEET:
                packed.writestr(name, empty.read(name))
        before, after = re.sub(r"<dimension [^>]*/>", "", empty.read(_SHEET).decode()).split("<sheetData/>")
        with packed.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(f"{before}<sheetData>{_row(1, columns)}".encode())
            for done, line in enumerate(lines, start=1):
                sheet.write(_row(done + 1, line).encode())
            sheet.write(f"</sheetData>{after}".encode())
    return done


def _row(number: int, line: TableRow) -> str:
    cells = "".join(_cell(f"{xl_col_to_name(place)}{number}", cell) for place, cell in enumerate(line))
    return f'<row r="{number}">{cells}</row>'


def _cell(where: str, cell: str | int) -> str:
    if isinstance(cell, int):
        return f'<c r="{where}"><v>{int(cell)}</v></c>'
    text = _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", cell[:_LONGEST_CELL])
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
