"""Export of what the filter shows, to CSV, XLSX or JSON. A file appears whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from ccinc_wizard.domain.folding import shown_moment
from ccinc_wizard.domain.terms import Status
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.requestlog.sqlite_store import translated

COLUMNS = (
    "reference", "saved_at", "changed_at", "status", "mode", "situation", "applicant_name", "role", "authority_type",
    "authority_name", "label_due", "outcome", "content_version", "rules_version", "note",
)  # fmt: skip
_MOMENTS = ("saved_at", "changed_at")
_PAGE = 1000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class ExportFormat(StrEnum):
    """The file formats, by the ending of the file's name."""

    CSV = ".csv"
    XLSX = ".xlsx"
    JSON = ".json"


class ExportCancelledError(Exception):
    """The user stopped the export; no file was left."""


Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def export(
    log: RequestLog,
    path: Path,
    *,
    search: str = "",
    status: Status | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled = lambda: False,
) -> int:
    """Write what `page` shows, in the format of the file's ending; returns how many requests.

    Neither register number nor fingerprint is among the columns. Raises LogError, ExportCancelledError, and
    ValueError for another ending.
    """
    writer = {ExportFormat.CSV: _write_csv, ExportFormat.XLSX: _write_xlsx, ExportFormat.JSON: _write_json}
    write = writer[ExportFormat(path.suffix.lower())]
    beside = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.new{path.suffix}")
    total = log.count(search=search, status=status)
    rows = _rows(log, search, status, total, progress, cancelled)
    with translated():
        try:
            done = write(beside, rows)
            beside.replace(path)
        except OSError as error:
            code = LogErrorCode.FULL if error.errno == errno.ENOSPC else LogErrorCode.NOT_WRITTEN
            raise LogError(code, error.strerror or "") from error
        finally:
            beside.unlink(missing_ok=True)
    return done


def safe_cell(text: str) -> str:
    """A text that a spreadsheet never takes for a formula (OWASP: a leading apostrophe)."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _rows(
    log: RequestLog, search: str, status: Status | None, total: int, progress: Progress | None, cancelled: Cancelled
) -> Iterator[dict[str, object]]:
    before, done = None, 0
    while page := log.page(search=search, status=status, before=before, limit=_PAGE):
        for request in page:
            yield exported_values(request)
        before, done = page[-1].id, done + len(page)
        if progress:
            progress(done, max(total, done))
        if cancelled():
            raise ExportCancelledError


def exported_values(request: LoggedRequest) -> dict[str, object]:
    """What an export says of a request, by column."""
    values: dict[str, object] = {name: getattr(request, name) for name in COLUMNS}
    values["saved_at"], values["changed_at"] = request.saved_at.isoformat(), request.changed_at.isoformat()
    values["status"] = request.status.value
    return values


def _told(values: dict[str, object]) -> list[str]:
    """The values for people, who read days as they see them in the log."""
    moments = {name: shown_moment(dt.datetime.fromisoformat(str(values[name]))) for name in _MOMENTS}
    return [str(value) for value in (values | moments).values()]


def _write_csv(path: Path, rows: Iterator[dict[str, object]]) -> int:
    done = 0
    # Spreadsheets take the byte order mark for "this is UTF-8".
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for values in rows:
            writer.writerow([safe_cell(text) for text in _told(values)])
            done += 1
    return done


def _write_xlsx(path: Path, rows: Iterator[dict[str, object]]) -> int:
    done = 0
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with written(), xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, COLUMNS)
        for values in rows:
            done += 1
            for column, text in enumerate(_told(values)):
                sheet.write_string(done, column, text)
    return done


@contextmanager
def written() -> Iterator[None]:
    """An XLSX file is written within; what keeps it from that is an OSError again, as with any other file."""
    try:
        yield
    except FileCreateError as error:
        [cause] = error.args
        raise cause from error


def _write_json(path: Path, rows: Iterator[dict[str, object]]) -> int:
    done = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for values in rows:
            file.write(",\n" if done else "\n")
            file.write(json.dumps(values, ensure_ascii=False))
            done += 1
        file.write("\n]\n")
    return done
