"""The about box and the diagnostics: complete, from what is installed, and nothing about people in them."""

from __future__ import annotations

import json
import platform
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QTableWidget

from ccinc_wizard import __version__
from ccinc_wizard.app import installation
from ccinc_wizard.app.errorlog import ErrorLog
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.actions import BESIDE
from ccinc_wizard.ui.shell.help import HelpWindow, diagnostics
from tests.tooling.project import ROOT
from tests.ui.conftest import Driver
from tests.ui.test_log_view import FORMS

KEPT_OUT = ("Lieve", "Voorbeeldt", "De Geheime Kring", "erna", "verhelst", "Wacht op moeder")


def trigger(window: Driver, name: str) -> None:
    """Choose in a menu."""
    [action] = [made for made in window.window.findChildren(QAction, name) if made.isEnabled()]
    action.trigger()


def test_the_about_box_names_every_library_that_is_needed(window: Driver) -> None:
    trigger(window, "action_about")
    table = window.find("about_parts")
    assert isinstance(table, QTableWidget)
    rows = [
        [cell.text() for column in range(3) if (cell := table.item(row, column))] for row in range(table.rowCount())
    ]
    shown = {installation._plain(name): version for name, version, _ in rows}
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]:
        name = installation._plain(installation._NAME.match(line)[0])  # type: ignore[index]
        assert shown[name] == metadata.version(name)
    assert shown["python"] == platform.python_version()
    assert "typing-extensions" in shown
    assert "pytest" not in shown
    assert [name for name, _, licence in rows if not licence] == []
    assert __version__ in window.text("about_version")
    assert "Statbel" in window.text("about_credits")
    assert "CC BY 4.0" in window.text("about_credits")


def test_the_about_box_scrolls_as_a_whole(window: Driver) -> None:
    trigger(window, "action_about")
    areas = window.find("about_window").findChildren(QAbstractScrollArea)
    window.until(lambda: [one.objectName() for one in areas if one.verticalScrollBar().isVisible()] == ["reading_area"])
    table = window.find("about_parts")
    assert isinstance(table, QTableWidget)
    # Nothing of it is beyond a frame that does not scroll.
    assert table.verticalHeader().length() <= table.viewport().height()


@pytest.mark.parametrize(
    ("action", "dialog", "closes", "last"),
    [
        ("action_about", "about_window", "about_close", "about_close"),
        ("action_help", "help_window", "help_close", "help_close"),
        ("action_paste_mail", "paste_mail_dialog", "mail_close", "mail_take_over"),
    ],
)
def test_what_closes_a_dialog_stands_in_its_corner(
    window: Driver, action: str, dialog: str, closes: str, last: str
) -> None:
    trigger(window, action)
    shown, button, corner = (window.find(name) for name in (dialog, closes, last))
    far = corner.mapTo(shown, corner.rect().bottomRight())
    assert button.property("kind") != "link"
    assert button.mapTo(shown, button.rect().topLeft()).x() > shown.width() / 2
    assert shown.width() - far.x() < 50
    assert shown.height() - far.y() < 50


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_first_page_says_where_its_facts_come_from(window: Driver, language: str) -> None:
    window.window.set_language(language)
    window.until(lambda: window.shows("program_source"))
    told = window.text("program_source")
    assert shown_day(window.window.services.catalog.checked_on) in told
    assert "Hoe verleen ik toegangsrechten voor CCinC" in told


def test_a_packaged_program_reads_its_bill_of_materials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bill = {
        "components": [
            {"name": "Qt", "version": "6", "licenses": [{"expression": "LGPL-3.0-only"}]},
            {"name": "Microsoft runtime", "licenses": [{"license": {"name": "Microsoft's own"}}]},
        ]
    }
    (tmp_path / "bom.json").write_text(json.dumps(bill), "utf-8")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "ccinc-wizardw.exe"))
    assert installation.shipped_parts() == [
        installation.Part("Microsoft runtime", "", "Microsoft's own"),
        installation.Part("Qt", "6", "LGPL-3.0-only"),
    ]


def test_nothing_about_people_is_in_the_diagnostics(
    window: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("USER", "erna.verhelst")
    monkeypatch.setenv("HOME", str(tmp_path / "erna.verhelst"))
    window.walk("manual", "invoerder", "agb", "AGB De Geheime Kring")
    window.click("save_button")
    window.until(lambda: window.window.session.saved_reference != "")
    try:
        raise ValueError(f"Lieve Voorbeeldt {FORMS[1]}")
    except ValueError as error:
        window.window.errors.take(error)
    trigger(window, "action_diagnostics")
    told = QApplication.clipboard().text()
    assert window.text("diagnostics_text") == told
    assert window.shows("diagnostics_copied")
    machine = platform.node() or "no name"
    for kept_out in (*KEPT_OUT, *FORMS, str(Path.home()), machine, window.window.session.saved_reference):
        assert kept_out not in told, kept_out
    facts = dict(line.split(": ", 1) for line in told.splitlines())
    assert facts["program"] == f"ccinc-wizard {__version__}"
    assert (facts["language"], facts["mode"], facts["log"]) == ("nl", "admin", "open")
    assert facts["errors"].startswith("ValueError, test_help_windows.py:")
    assert facts["errors"].endswith("(1x)")
    assert platform.python_version() in facts["python"]
    assert [name for name, fact in facts.items() if fact == "-"] == ["policies", "refused"]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_diagnostics_read_the_same_in_every_language(language: str, tmp_path: Path, qapp: object) -> None:
    services = Services(Paths.choose(tmp_path), language=language)
    names = [line.partition(":")[0] for line in diagnostics(services, ErrorLog(tmp_path), "open").splitlines()]
    assert names[:3] == ["program", "facts", "rules"]
    assert f"language: {language}" in diagnostics(services, ErrorLog(tmp_path), "open")
    assert "log: none yet" in diagnostics(services, ErrorLog(tmp_path), "open")


@pytest.mark.parametrize("view", [*BESIDE, *StepId, "helpdesk_desk", "training_chooser", "training_practice"])
def test_every_view_has_help_of_its_own(window: Driver, view: str) -> None:
    shown = HelpWindow(window.window.services, view, window.window)
    told = {made.text() for made in shown.findChildren(QLabel, "help_text")}
    first = window.window.services.texts("app.help.situation.text")
    assert (first in told) is (view == StepId.SITUATION), "help on the first page stood in for help on the settings"
