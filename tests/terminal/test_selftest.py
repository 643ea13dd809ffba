"""`selftest`: a line for each check, and real faults are found."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import tomllib
from pathlib import Path

import keyring
import keyring.backend
import pytest
from sqlcipher3 import dbapi2 as sqlite

from ccinc_wizard.app import installation
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import first_mistake, languages
from ccinc_wizard.requestlog import sqlite_store
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.terminal.selftest import SelfTest
from tests.running import ROOT, copy_of_the_program, run, text

CHECKS = [
    "modules", "catalog", "links", "municipalities", "texts", "scenarios", "spelling",
    "qt", "window", "fonts", "translations", "data-folder", "log-encryption", "keyring",
]  # fmt: skip


def verdicts(*, root: Path = ROOT, data: Path | None = None, **changes: str) -> tuple[int, dict[str, list[str]]]:
    done = run("selftest", *(["--data-dir", str(data)] if data else []), root=root, **changes)
    lines = [line.split("\t") for line in text(done.stdout).splitlines()]
    return done.returncode, {name: [verdict, *rest] for verdict, name, *rest in lines}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return copy_of_the_program(tmp_path)


@pytest.fixture
def stub(tmp_path: Path) -> Path:
    (tmp_path / "stub").mkdir()
    return tmp_path / "stub"


def test_a_sound_installation_passes_every_check(tmp_path: Path) -> None:
    code, told = verdicts(TMPDIR=str(tmp_path), TEMP=str(tmp_path))
    assert list(told) == CHECKS
    assert {name: told[name][0] for name in CHECKS} == dict.fromkeys(CHECKS, "ok") | {"keyring": "notice"}
    assert told["links"] == ["ok", "8"]
    assert told["translations"][1].split() == languages()
    assert code == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("ccinc")] == []


@pytest.mark.parametrize(
    ("platform", "screen", "tried"),
    [("offscreen", "", "offscreen"), ("minimal", "", "minimal"), ("", "", "offscreen"), ("", ":nosuch", "offscreen")],
)
def test_qt_is_tried_as_the_window_would_be_opened(platform: str, screen: str, tried: str) -> None:
    _, told = verdicts(QT_QPA_PLATFORM=platform, DISPLAY=screen)
    assert told["qt"][0] == "ok"
    assert told["qt"][1].endswith(f", {tried}")


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    taken = tmp_path / "file" / "data"
    code, told = verdicts(data=taken)
    assert code == 1
    assert told["data-folder"][0] == "error"
    assert told["data-folder"][1].startswith(f"In de map {taken} kan niets worden bewaard (")
    assert told["log-encryption"][0] == "ok"
    fresh = tmp_path / "not" / "yet"
    assert verdicts(data=fresh)[1]["data-folder"] == ["ok"]
    assert not (tmp_path / "not").exists()


@pytest.mark.skipif(not Path("/proc/version").exists(), reason="this system has no folder in which nobody may write")
def test_a_folder_in_which_nobody_may_write_is_told() -> None:
    assert verdicts(data=Path("/proc/data"))[1]["data-folder"][0] == "error"


def test_a_doubtful_catalog_fails_with_its_line(copied: Path) -> None:
    catalog = copied / "resources" / "catalog.toml"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("https://zelf", "http://zelf", 1), encoding="utf-8")
    code, told = verdicts(root=copied)
    assert code == 1
    assert told["catalog"][0] == told["links"][0] == "error"
    assert "catalog.toml:" in told["catalog"][1]
    assert told["log-encryption"][0] == "ok"


def test_a_broken_qt_is_one_failed_check_and_not_the_end(stub: Path) -> None:
    (stub / "PySide6").mkdir()
    (stub / "PySide6" / "__init__.py").write_text("raise ImportError('libEGL.so.1')", encoding="utf-8")
    code, told = verdicts(PYTHONPATH=os.pathsep.join((str(stub), str(ROOT))))
    assert code == 1
    assert {told[name][0] for name in ("qt", "window", "fonts", "translations")} == {"error"}
    assert told["qt"][1].startswith("Het venster kan niet open: ImportError: libEGL.so.1. Installeer")
    assert told["catalog"][0] == "ok"


HOLDER = """
import subprocess, sys
if "--qt-probe" in sys.orig_argv:
    wait = "import socket; socket.create_connection(('127.0.0.1', {port})).recv(1)"
    subprocess.Popen([sys.executable, "-S", "-c", wait])
"""
"""Has Qt's child start a program that keeps its output open, as Wine's desktop does, until this test has ended."""


def test_what_qt_leaves_running_is_not_waited_for(stub: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as goes_on:
        (stub / "sitecustomize.py").write_text(HOLDER.format(port=goes_on.getsockname()[1]), encoding="utf-8")
        code, told = verdicts(PYTHONPATH=os.pathsep.join((str(stub), str(ROOT))))
        goes_on.accept()[0].close()
    assert told["qt"][0] == "ok"
    assert code == 0


def test_a_module_that_cannot_be_imported_is_found(copied: Path) -> None:
    for lost, check in (("requestlog/reader.py", "modules"), ("ui/log/details.py", "window")):
        module = copied / "ccinc_wizard" / lost
        content = module.read_bytes()
        module.unlink()
        code, told = verdicts(root=copied)
        assert code == 1
        assert told[check][0] == "error"
        assert module.stem in told[check][1]
        module.write_bytes(content)


def test_a_library_that_only_one_button_needs_is_missed(stub: Path) -> None:
    (stub / "segno.py").write_text("raise ImportError('segno is gone')", encoding="utf-8")
    _, told = verdicts(PYTHONPATH=os.pathsep.join((str(stub), str(ROOT))))
    assert told["modules"] == ["error", "segno is gone"]


def test_the_libraries_tried_are_those_that_the_program_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[>=<!~ ]", line)[0].lower().removeprefix("python-") for line in asked}
    assert names == {*installation.LIBRARIES, "pyside6-essentials"}


def test_icons_and_scenarios_are_read(copied: Path) -> None:
    (copied / "resources" / "icons" / "check-dark.svg").write_text("<svg", encoding="utf-8")
    next((copied / "resources" / "scenarios").glob("01-*.toml")).write_text("no scenario", encoding="utf-8")
    code, told = verdicts(root=copied)
    assert code == 1
    assert (told["qt"][0], told["scenarios"][0]) == ("error", "error")
    assert "check-dark.svg" in told["qt"][1]
    assert "01-" in told["scenarios"][1]


def test_shipped_files_that_are_lost_or_changed_are_named(tmp_path: Path) -> None:
    kept, changed = tmp_path / "kept.txt", tmp_path / "changed.txt"
    for path in (kept, changed):
        path.write_text("as shipped", encoding="utf-8")
    digest = hashlib.sha256(b"as shipped").hexdigest()
    shipped = tmp_path / installation.SHIPPED
    shipped.parent.mkdir()
    shipped.write_text("".join(f"{digest}  {name}\n" for name in ("kept.txt", "changed.txt", "lost.txt")))
    changed.write_text("otherwise", encoding="utf-8")
    assert installation.damaged(tmp_path, installation.shipped_files(tmp_path)) == ["changed.txt", "lost.txt"]


def test_a_log_that_is_not_encrypted_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def without_key(path: Path, key: bytes) -> sqlite.Connection:
        return sqlite.connect(str(path), isolation_level=None)

    monkeypatch.setattr(sqlite_store, "connect", without_key)
    assert SelfTest(Services(Paths.choose(tmp_path / "data"))).run() == 1
    assert "\nerror\tlog-encryption\tHet logboek is niet versleuteld." in capsys.readouterr().out


def test_a_log_that_cannot_be_made_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(path: Path, key: bytes) -> sqlite.Connection:
        raise LogError(LogErrorCode.FULL)

    monkeypatch.setattr(sqlite_store, "connect", full)
    assert SelfTest(Services(Paths.choose(tmp_path / "data"))).run() == 1
    assert "\nerror\tlog-encryption\tDe schijf is vol" in capsys.readouterr().out


class _Memory(keyring.backend.KeyringBackend):
    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.ever = 0

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.ever += 1
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_nothing_stays_in_the_keyring(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, memory = keyring.get_keyring(), _Memory()
    keyring.set_keyring(memory)
    try:
        SelfTest(Services(Paths.choose(tmp_path / "data"))).run()
    finally:
        keyring.set_keyring(before)
    assert "\nok\tkeyring\t" in capsys.readouterr().out
    assert (memory.ever, memory.kept) == (1, {})
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("file", "words", "told"),
    [
        ("fr/a.json", '{"one": "{x}"}', "fr/a.json:0: two is missing"),
        ("fr/a.json", '{"one": "{y}", "two": "2"}', "fr/a.json:0: one: other placeholders"),
        ("fr/a.json", '{"one": "{x}", "two": "2", "three": "3"}', "fr/a.json:0: three is not among"),
        ("fr/a.json", None, "fr/a.json:0: is missing"),
        ("fr/a.json", '{"one": "{x}", "two": "2"}', None),
    ],
)
def test_words_are_complete_in_every_language(file: str, words: str | None, told: str | None, tmp_path: Path) -> None:
    for language in ("nl", "fr"):
        (tmp_path / language).mkdir()
    (tmp_path / "nl" / "a.json").write_text('{"one": "{x}", "two": "2"}', encoding="utf-8")
    if words is not None:
        (tmp_path / file).write_text(words, encoding="utf-8")
    found = first_mistake(tmp_path)
    assert (str(found)[: len(told)] if told else found) == told
