"""`log`: what scripts rely on, with wrong passphrases, wrong folders and a log that someone tampered with."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import shutil
from pathlib import Path

import openpyxl
import pytest

from ccinc_wizard.app import machine
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.requestlog import log as log_module
from ccinc_wizard.requestlog import schema, sqlite_store
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.keys import known_keys
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.sqlite_store import connect
from tests.requestlog.conftest import request
from tests.requestlog.test_share import LINUX, shared  # noqa: F401  a fixture
from tests.running import run_here

PASSPHRASE = "drie losse woorden\n"


class Log:
    """The log of one data folder, by its commands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *arguments: str, typed: str = "") -> tuple[int, str, str]:
        return run_here("log", *arguments, "--data-dir", str(self.folder), typed=typed)

    def add(self, name: str, authority: str = "AGB Leuven") -> None:
        typed = f"form\n{name}\ninvoerder\nagb\n{authority}\nja\n"
        assert run_here("ask", "--data-dir", str(self.folder), typed=typed)[0] == 0

    def names(self, *arguments: str) -> list[str]:
        code, out, _ = self("list", "--json", *arguments)
        assert code == 0
        return [request["applicant_name"] for request in json.loads(out)]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "data")


@pytest.fixture
def filled(log: Log) -> Log:
    for name in ("Lieve Voorbeeldt", "Émile D'Hondt", "=cmd|' /C calc'!A0 Evil"):
        log.add(name)
    return log


def test_an_empty_log_says_so_and_is_no_failure(log: Log) -> None:
    assert log("list") == (0, "", "Er zijn geen aanvragen gevonden.\n")
    code, out, _ = log("list", "--json")
    assert (code, json.loads(out)) == (0, [])


def test_the_newest_comes_first_and_search_and_status_narrow(filled: Log) -> None:
    assert [name.split()[0] for name in filled.names()] == ["=cmd|'", "Émile", "Lieve"]
    assert filled.names("--search", "emile hondt") == ["Émile D'Hondt"]
    assert filled.names("--search", "emile voorbeeldt") == []
    assert len(filled.names("--status", "requested")) == 3
    assert filled.names("--status", "granted") == []
    _, out, _ = filled("list", "--search", "Lieve")
    cells = out.rstrip("\n").split("\t")
    assert cells[2:] == ["Aangevraagd", "Invoerder", "Lieve Voorbeeldt", "AGB Leuven"]


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx", ".CSV"])
def test_export_writes_every_request_and_no_formula(ending: str, filled: Log, tmp_path: Path) -> None:
    path = tmp_path / f"all{ending}"
    code, out, told = filled("export", str(path))
    assert (code, out, told) == (0, "", "3 aanvragen geëxporteerd.\n")
    if ending.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        assert rows[0]["Naam"].startswith("'=")
    elif ending == ".json":
        rows = json.loads(path.read_text(encoding="utf-8"))
    else:
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
        rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == 3
    assert [name.name for name in tmp_path.iterdir() if ".new" in name.name] == []


@pytest.mark.parametrize("command", ["export", "backup"])
def test_a_folder_that_does_not_exist_is_named(command: str, filled: Log, tmp_path: Path) -> None:
    code, out, told = filled(command, str(tmp_path / "nowhere" / "file.csv"), typed=PASSPHRASE)
    assert (code, out) == (1, "")
    assert "nowhere" in told
    assert len(told.splitlines()) == 1


def test_a_backup_comes_back_on_another_computer(filled: Log, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    assert filled("backup", str(backup), typed=PASSPHRASE)[0] == 0
    assert b"Voorbeeldt" not in backup.read_bytes()
    other = Log(tmp_path / "other")
    other.add("Iemand Anders")
    code, _, told = other("restore", str(backup), typed=PASSPHRASE)
    assert code == 0
    assert "Het vorige logboek staat nog in" in told
    assert other.names() == filled.names()
    assert other("verify")[0] == 0


def test_a_wrong_passphrase_changes_nothing(filled: Log, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    assert filled("backup", str(backup), typed=PASSPHRASE)[0] == 0
    before = filled.names()
    for typed in ("drie losse woorde\n", "", "\n"):
        code, _, told = filled("restore", str(backup), typed=typed)
        assert code == 1
        assert told.startswith("Met deze wachtwoordzin gaat de back-up niet open.")
    assert filled.names() == before


@pytest.mark.parametrize("typed", ["", "\n", "kort\n"])
def test_a_backup_wants_a_passphrase_worth_the_name(typed: str, filled: Log, tmp_path: Path) -> None:
    code, _, told = filled("backup", str(tmp_path / "backup"), typed=typed)
    assert code == 1
    assert "minder dan 12 tekens" in told
    assert not (tmp_path / "backup").exists()


def test_what_is_no_backup_is_refused(filled: Log, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("no backup", encoding="utf-8")
    for path in (tmp_path / "note.txt", tmp_path / "missing", tmp_path):
        code, _, told = filled("restore", str(path), typed=PASSPHRASE)
        assert code == 1
        assert len(told.splitlines()) == 1
    assert len(filled.names()) == 3


def test_purge_by_a_clock_in_doubt_asks_first(filled: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    assert filled("list")[0] == 0
    monkeypatch.setattr(machine, "utc_now", lambda: dt.datetime(2099, 3, 4, 12, tzinfo=dt.UTC))
    code, out, told = filled("purge", "--older-than", "1")
    assert (code, out) == (1, "")
    for part in ("04/03/2099", Texts("nl")("logview.clock.would", names=0, rest=3), "--date-is-right"):
        assert part in told
    assert len(filled.names()) == 3
    assert filled("purge", "--older-than", "1", "--date-is-right")[0] == 0
    assert filled.names() == []


def test_purge_leaves_what_changed_since(filled: Log) -> None:
    assert filled("purge", "--older-than", "1") == (
        0, "", "0 aanvragen gewist die minstens 1 dag niet waren gewijzigd.\n",
    )  # fmt: skip
    assert len(filled.names()) == 3


def test_verify_puts_right_what_can_be(filled: Log) -> None:
    folder = filled.folder / "log"
    database = connect(folder / "log.db", known_keys(folder).cipher_key())
    database.execute("DELETE FROM search WHERE rowid = 1")
    database.execute("UPDATE requests SET role = 'raadpleger' WHERE id = 2")
    database.close()
    for _ in range(2):
        code, out, told = filled("verify")
        assert (code, out) == (1, "")
        assert "Niet alle aanvragen zijn te vinden" in told
        assert told.count("zoekindex opnieuw maken") == 2
    assert filled("verify", "--repair")[:2] == (0, "Het logboek is ongeschonden: 3 gebeurtenissen nagekeken.\n")
    assert filled("verify")[0] == 0
    assert len(filled.names("--search", "voorbeeldt")) == 1


def test_verify_finds_an_old_log_put_back(log: Log, tmp_path: Path) -> None:
    log.add("Lieve Voorbeeldt")
    assert log("verify")[1] == "Het logboek is ongeschonden: 1 gebeurtenis nagekeken.\n"
    shutil.copytree(log.folder / "log", tmp_path / "old")
    log.add("Émile D'Hondt")
    shutil.rmtree(log.folder / "log")
    shutil.copytree(tmp_path / "old", log.folder / "log")
    code, out, told = log("verify")
    assert (code, out) == (1, "")
    assert "Het einde van het logboek ontbreekt" in told


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda folder: (folder / "log.db").write_bytes(os.urandom(8192)), "beschadigd"),
        (lambda folder: (folder / "log.key").unlink(), "sleutel"),
        (lambda folder: shutil.rmtree(folder), "verdwenen"),
    ],
    ids=["damaged", "key lost", "missing"],
)
@pytest.mark.parametrize("command", ["list", "verify"])
def test_a_log_that_cannot_be_read_is_never_replaced(command: str, damage, told: str, filled: Log) -> None:  # type: ignore[no-untyped-def]
    folder = filled.folder / "log"
    damage(folder)
    before = sorted(path.name for path in folder.iterdir()) if folder.exists() else None
    code, out, said = filled(command)
    assert (code, out) == (1, "")
    assert told in said
    assert "Traceback" not in said
    assert (sorted(path.name for path in folder.iterdir()) if folder.exists() else None) == before


def test_a_search_that_is_not_utf_8_finds_what_was_meant(filled: Log) -> None:
    assert filled.names("--search", "\udcc9mile") == ["Émile D'Hondt"]
    code, out, told = filled("list", "--search", "\udce9\udc81")
    assert (code, out, told) == (0, "", "Er zijn geen aanvragen gevonden.\n")


def test_a_log_of_an_earlier_format_is_brought_over_and_says_so(filled: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_store, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
    monkeypatch.setitem(sqlite_store.MIGRATIONS, schema.SCHEMA_VERSION + 1, "CREATE TABLE more (a TEXT);")
    code, out, said = filled("list")
    assert (code, bool(out)) == (0, True)
    assert Texts("nl")("log.brought_over", share="").partition(":")[0] in said
    assert filled("list") == (0, out, ""), "it is told once"


@pytest.mark.parametrize("writable", [True, False])
def test_a_search_is_right_where_only_the_terminal_opens_a_log_of_an_earlier_program(
    log: Log, monkeypatch: pytest.MonkeyPatch, writable: bool
) -> None:
    """Each opening files some requests anew, and no window does the rest."""
    monkeypatch.setattr(log_module, "FILED_AT_ONCE", 3)
    with Services(Paths.choose(log.folder), mode=Mode.ADMIN).open_log() as there:
        names = ("An", "Bo", "Cis", "Do", "Els", "Joséfien", "Go", "Hu", "Jan")
        there.save_many([request(f"{name} Yıldırım") for name in names])
        for found in there.page():  # as it was filed before
            there.store.unindex(found.id)
            there.store.index(found.id, ["yıldırım"])
        there.store.unindex(log_module._FILED)
    if not writable:
        monkeypatch.setattr(RequestLog, "_file_anew", _refusing)
    assert len(log.names("--search", "yildirim")) == 9
    assert log.names("--search", "ldir josef", "--status", "granted") == []
    assert log.names("--search", "niemand") == []
    if writable:
        assert log("verify", "--repair")[0] == 0
    assert log.names("--search", "josef yildir") == ["Joséfien Yıldırım"]


@LINUX
def test_that_a_log_lies_on_a_share_is_told(shared: None, log: Log) -> None:  # noqa: F811
    services = Services(Paths.choose(log.folder), language="nl", mode=Mode.ADMIN)
    words = services.texts("logview.share")
    assert services.share_trouble() == words
    assert words in log("verify")[2]


def _refusing(_: RequestLog) -> bool:
    raise LogError(LogErrorCode.READ_ONLY)
