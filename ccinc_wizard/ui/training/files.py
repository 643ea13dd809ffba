"""The results of a session as CSV and XLSX, and a certificate as PDF."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from ccinc_wizard.content.sheets import Sheet
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.training.exam import ExamResult
from ccinc_wizard.requestlog.export import safe_cell

Table = list[list[str | int]]


def write_results(path: Path, columns: list[str], cells: Table) -> None:
    """Write the table by the file's ending, `.xlsx` or else CSV; no cell is ever a formula. Raises OSError."""
    if path.suffix.lower() == ".xlsx":
        _write_xlsx(path, columns, cells)
        return
    # A byte order mark, by which a spreadsheet knows that the file is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([safe_cell(cell) if isinstance(cell, str) else cell for cell in line] for line in cells)


def certificate(texts: Texts, result: ExamResult, today: dt.date) -> Sheet:
    """The certificate of an exam, marked as training."""
    sheet = Sheet(texts.language, texts("training.exam.certificate"))
    sheet.paragraph(texts("app.training_band"), "notice")
    sheet.paragraph(
        texts(
            "training.exam.certificate_text",
            trainee=result.trainee or texts("training.room.nameless"),
            score=result.score,
            seed="" if result.seed is None else result.seed,
            count=len(result.grades),
        )
    )
    sheet.paragraph(today.isoformat())
    return sheet


def _write_xlsx(path: Path, columns: list[str], cells: Table) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet()
    for number, line in enumerate([columns, *cells]):
        sheet.write_row(number, 0, line)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error
