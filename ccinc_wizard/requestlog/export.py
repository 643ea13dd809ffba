"""Export of what the filter shows, to CSV, XLSX or JSON. A file appears whole or not at all."""

from __future__ import annotations

import datetime as dt
import errno
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from ccinc_wizard.domain.dates import shown_moment
from ccinc_wizard.domain.enums import Status
from ccinc_wizard.requestlog.atomic_files import whole_file
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import LoggedRequest, Progress
from ccinc_wizard.requestlog.sqlite_store import translated
from ccinc_wizard.requestlog.table_files import write_table

EXPORTED = (
    "reference", "saved_at", "changed_at", "status", "mode", "situation", "applicant_name", "role", "authority_type",
    "authority_name", "label_due", "outcome", "content_version", "rules_version", "note",
)  # fmt: skip
_MOMENTS = ("saved_at", "changed_at")
_PAGE = 1000


class ExportFormat(StrEnum):
    """The file formats, by the ending of the file's name."""

    CSV = ".csv"
    XLSX = ".xlsx"
    JSON = ".json"


class ExportCancelledError(Exception):
    """The user stopped the export; no file was left."""


def export(
    log: RequestLog,
    path: Path,
    *,
    search: str = "",
    status: Status | None = None,
    chosen: Collection[str] = (),
    headings: Mapping[str, str] | None = None,
    told: Callable[[str, str], str] = lambda _, value: value,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Write what `page` shows, or of it the `chosen` references only, in the format of the file's ending.

    Returns how many requests.

    `headings` are those of a table's columns, for people, and `told` says a value by its column in their language; a
    JSON file is for programs and keeps its keys and values.
    Neither register number nor fingerprint is among the columns. Raises LogError, ExportCancelledError, and
    ValueError for another ending.
    """
    ending, total = ExportFormat(path.suffix.lower()), len(chosen) or log.count(search=search, status=status)
    rows = _rows(log, search, status, total, progress, cancelled, chosen)
    with translated():
        try:
            if ending is ExportFormat.JSON:
                return _write_json(path, rows)
            columns = [(headings or {}).get(name, name) for name in EXPORTED]
            return write_table(path, columns, (_in_words(values, told) for values in rows))
        except OSError as error:
            code = LogErrorCode.FULL if error.errno == errno.ENOSPC else LogErrorCode.NOT_WRITTEN
            raise LogError(code, error.strerror or "") from error


def _rows(
    log: RequestLog,
    search: str,
    status: Status | None,
    total: int,
    progress: Progress | None,
    cancelled: Callable[[], bool],
    chosen: Collection[str],
) -> Iterator[dict[str, object]]:
    before, done = None, 0
    if chosen:
        yield from (exported_values(log.get(reference)) for reference in chosen)
        return
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
    values: dict[str, object] = {name: getattr(request, name) for name in EXPORTED}
    values["saved_at"], values["changed_at"] = request.saved_at.isoformat(), request.changed_at.isoformat()
    values["status"] = request.status.value
    return values


def _in_words(values: dict[str, object], told: Callable[[str, str], str]) -> list[str]:
    """The values for people, who read days as they see them in the log."""
    moments = {name: shown_moment(dt.datetime.fromisoformat(str(values[name]))) for name in _MOMENTS}
    return [told(name, str(value)) for name, value in (values | moments).items()]


def _write_json(path: Path, rows: Iterator[dict[str, object]]) -> int:
    done = 0
    with whole_file(path) as beside, beside.open("w", encoding="utf-8") as file:
        file.write("[")
        for values in rows:
            file.write(",\n" if done else "\n")
            file.write(json.dumps(values, ensure_ascii=False))
            done += 1
        file.write("\n]\n")
    return done
