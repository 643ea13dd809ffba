"""Exports hold what the filter shows, as text, and nothing of the register number."""

from __future__ import annotations

import csv
import datetime as dt
import json
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import exported
from ccinc_wizard.domain.dates import shown_moment
from ccinc_wizard.domain.enums import Status
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.export import EXPORTED, export
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.table_files import write_table
from tests.requestlog.conftest import DIGITS, START, request

FORMULAS = ["=1+1", "+32 2", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")']


def _read(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".json":
        return [{name: str(value) for name, value in row.items()} for row in json.loads(path.read_text("utf-8"))]
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))
    rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    header = next(rows)
    return [dict(zip(header, ["" if value is None else value for value in row], strict=True)) for row in rows]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_the_file_holds_what_the_filter_shows(log: RequestLog, tmp_path: Path, ending: str) -> None:
    for name in ("Lieve Voorbeeldt", "Élise Exemple", 'Jan; "Oefenmans"'):
        log.save(request(name, fingerprint=log.fingerprint(DIGITS)))
    log.change(log.page(search="lise")[0].reference, Status.GRANTED)
    target = tmp_path / f"out.{ending}"
    assert export(log, target) == 3
    assert [row["applicant_name"] for row in _read(target)] == ['Jan; "Oefenmans"', "Élise Exemple", "Lieve Voorbeeldt"]
    assert tuple(_read(target)[0]) == EXPORTED
    assert export(log, target, status=Status.GRANTED, search="exempl") == 1
    assert [row["reference"] for row in _read(target)] == [log.page(status=Status.GRANTED)[0].reference]
    written = dt.datetime.fromisoformat(_read(target)[0]["saved_at"]) if ending == "json" else None
    assert written == START if written else _read(target)[0]["saved_at"] == shown_moment(START)
    mark = log.fingerprint(DIGITS).hex()
    assert not any(mark in str(value) or DIGITS in str(value) for row in _read(target) for value in row.values())


def test_formulas_are_text(log: RequestLog, tmp_path: Path) -> None:
    log.save_many([request(name, note=name) for name in FORMULAS])
    export(log, tmp_path / "out.csv")
    assert all(row["applicant_name"].startswith("'") for row in _read(tmp_path / "out.csv"))
    export(log, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert all(cell.data_type in ("s", "n") for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, min_col=7, max_col=7) for cell in row} == {"s"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_is_read_as_it_was_written(tmp_path: Path, ending: str) -> None:
    """By Excel in Belgium: split at `;`, UTF-8 by its mark, CRLF; no cell a formula."""
    cells = [
        "Gent;=cmd|' /C calc'!A0",
        "=1+1",
        " =1+1",
        "＝1+1",
        'a "b"',
        "x\ny",
        "é ł 😀",
        "_x0041_",
        "\x01",
        "<&>",
        "0123",
    ]
    path = tmp_path / f"out.{ending}"
    assert write_table(path, ["a", "b"], [[cell, 5] for cell in cells]) == len(cells)
    if ending == "csv":
        assert path.read_bytes().startswith(b"\xef\xbb\xbfa;b\r\n")
        with path.open(encoding="utf-8-sig", newline="") as file:
            read = list(csv.reader(file, delimiter=";"))[1:]
        assert [line[1] for line in read] == ["5"] * len(cells)
        assert [line[0].removeprefix("'") for line in read] == cells
        assert not [line for line in read if line[0].lstrip()[0] in "=＝"]
    else:
        sheet = openpyxl.load_workbook(path).active
        read = list(sheet.iter_rows(min_row=2))
        assert [line[0].value.replace("_x005F_", "_").replace("_x0001_", "\x01") for line in read] == cells
        assert {(line[0].data_type, line[1].value) for line in read} == {("s", 5)}
        openpyxl.load_workbook(path, read_only=True)


def test_headings_are_those_of_people_in_a_table_and_of_programs_in_json(log: RequestLog, tmp_path: Path) -> None:
    log.save(request())
    headings = {"reference": "Referentie"}
    for ending in ("csv", "xlsx", "json"):
        export(log, tmp_path / f"out.{ending}", headings=headings)
        assert ("Referentie" in _read(tmp_path / f"out.{ending}")[0]) is (ending != "json")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_an_export_is_the_owners_only(log: RequestLog, tmp_path: Path, ending: str) -> None:
    log.save(request())
    path = tmp_path / f"out.{ending}"
    path.write_text("earlier")
    path.chmod(0o644)
    export(log, path)
    assert path.stat().st_mode & 0o077 == 0


def test_another_ending_is_refused(log: RequestLog, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="txt"):
        export(log, tmp_path / "out.txt")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_file_that_cannot_be_written_is_not_the_logs_fault(log: RequestLog, tmp_path: Path, ending: str) -> None:
    log.save(request())
    with pytest.raises(LogError) as refused:
        export(log, tmp_path / "absent" / f"out.{ending}")
    assert refused.value.code is LogErrorCode.NOT_WRITTEN


@pytest.mark.parametrize(("language", "status", "label"), [("nl", "Aangevraagd", "Ja"), ("fr", "Demandé", "Oui")])
def test_values_are_told_in_the_language_but_in_json(
    language: str, status: str, label: str, log: RequestLog, tmp_path: Path
) -> None:
    log.save(request("Lieve Voorbeeldt", label_due=True))
    told = partial(exported, Texts(language))
    for ending in ("csv", "json"):
        export(log, tmp_path / f"out.{ending}", told=told)
    (row,) = _read(tmp_path / "out.csv")
    assert (row["status"], row["label_due"]) == (status, label)
    assert row["role"] != json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))[0]["role"]
