"""docs/automation.md names what can be automated: just what the real windows have, as one walk finds them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QSpacerItem, QWidget, QWidgetItem
from shiboken6 import getAllValidWrappers

from ccinc_wizard.app.call_book import KeptCalls
from ccinc_wizard.app.policies import Policies
from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import TABLE, ReadSettings, Section
from ccinc_wizard.content.helpdesk import HelpdeskWords
from ccinc_wizard.domain.calls import Caller
from ccinc_wizard.domain.catalog import StepValue
from ccinc_wizard.domain.enums import Administrator, Mode, NoChoice, Role, Situation, Status
from ccinc_wizard.domain.mail.parts import NoticeKind
from ccinc_wizard.domain.questions import BY_FIELD, StepId
from ccinc_wizard.domain.rules import RULES
from ccinc_wizard.domain.training.enums import Graded
from ccinc_wizard.domain.training.grading import SessionResults
from ccinc_wizard.requestlog.team import KeyStanding, TeamLog
from ccinc_wizard.ui.helpdesk.call_views import CallCounts
from ccinc_wizard.ui.kit.actions import MENUS, Place
from ccinc_wizard.ui.kit.desktop import show_form
from ccinc_wizard.ui.kit.dialogs import MessageDialog, stoppable
from ccinc_wizard.ui.log.dialogs import RetentionDialog, SamePersonDialog, TeamKeyDialog
from ccinc_wizard.ui.log.maintenance import LogMaintenance
from ccinc_wizard.ui.log.reminders import BroughtOver
from ccinc_wizard.ui.shell.closing import when_nothing_stops
from ccinc_wizard.ui.shell.main_window import MainWindow
from ccinc_wizard.ui.shell.one_window import Wish
from ccinc_wizard.ui.shell.places import show_settings
from ccinc_wizard.ui.shell.second_stage import follow, refuse
from ccinc_wizard.ui.training.practice_view import PracticeView
from ccinc_wizard.ui.training.session import TrainingRun
from tests.tooling.project import ROOT, package_files
from tests.ui.conftest import Driver
from tests.ui.tours import LONG, QuickTour
from tools import screenshots

DOCUMENT = ROOT / "docs" / "automation.md"
DRAWN = ("module-in-de-aanvraag", "nieuwe-collega", "gewone-aanvraag")
"""Exercises that have a task, a new person, and no task."""
PRESSED = ("open_tasks", "open_task", "approve", "go_home", "open_label", "go_home", "open_new_person", "next")
QTS_OWN = re.compile(r"qt_|_q_")
TEAM = TeamLog("postgresql://localhost/ccinc", "", Path("team"))


class NameTour(QuickTour):
    """The tour of the screenshots, which notes names and takes no pictures."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        super().__init__(window, folder)
        self.names: set[str] = set()
        self.items: set[str] = set()

    def picture(self, name: str, of: str = "main_window") -> None:
        """What there is now, seen or hidden."""
        self.find(of)
        self.note()

    def click(self, *names: str) -> None:
        """Each click may show something that the next one takes away."""
        for name in names:
            super().click(name)
            self.note()

    def note(self) -> None:
        """Add the names that there are now in any window."""
        for top in QApplication.topLevelWidgets():
            parts = [top, *top.findChildren(QWidget), *top.findChildren(QAction)]
            self.names |= {name for part in parts if (name := part.objectName()) and not QTS_OWN.match(name)}
        self.items |= {repr(one) for one in getAllValidWrappers() if isinstance(one, QWidgetItem | QSpacerItem)}

    def show(self, shown: QWidget) -> None:
        """Show a window for a moment."""
        shown.show()
        self.note()
        shown.close()
        shown.setParent(None)


class Busy:
    """Holds what a mode would stop."""

    def unsaved(self) -> str:
        """A list whose mails are being written."""
        return "mails"


def walk_dialogs(tour: NameTour) -> None:
    """What opens only with a log that is looked after, or when something went wrong."""
    window, services = tour.window, tour.window.services
    window.show_log().verify()
    tour.note()
    tour.until(lambda: window.findChild(QDialog, "log_progress") is None)
    with stoppable(window, "…", "…"):
        tour.note()
    tour.show(SamePersonDialog(services, window))
    # Else there only until the log has answered.
    tour.show(BroughtOver(services.texts, window.worker))
    for standing in KeyStanding:
        tour.show(TeamKeyDialog(services, window.worker, TEAM, standing, lambda: None, window))
    window.session.edit(applicant_name="Griet Voorbeeld")
    follow(window, Wish(Mode.ADMIN if services.mode is Mode.HELPDESK else Mode.HELPDESK))
    tour.until(lambda: window.findChild(MessageDialog, "follow_question") is not None)
    tour.note()
    tour.click("follow_stay")
    window.session.restart()
    window.notes["-"] = "…"
    for ask, name in ((window.close, "close"), (lambda: when_nothing_stops(window, [Busy()], str, mode=True), "stop")):
        ask()
        tour.until(lambda name=name: window.findChild(MessageDialog, f"{name}_question") is not None)
        tour.note()
        tour.click(f"{name}_no")
    window.notes.clear()
    LogMaintenance(window, services, window.worker, lambda: None).set_aside()
    told = tour.find("care_told")
    assert isinstance(told, MessageDialog)
    tour.note()
    told.close()

    def look() -> None:
        refused = tour.find("catalog_refused")
        assert isinstance(refused, MessageDialog)
        tour.note()
        refused.close()

    # It holds the program up until it is closed.
    QTimer.singleShot(0, look)
    refuse(services, "catalog.toml")


def walk_unsaved(tour: NameTour) -> None:
    """Two results that were used and left, each saved from the foot of the window; then both in the log."""
    for name in ("AGB De Proefzaal", "AGB De Kring"):
        tour.click("situation_form", "next_button", "next_button", "role_invoerder", "next_button", "authority_agb")
        tour.type("authority_name", name)
        tour.click("next_button", "next_button")
        tour.until(lambda: tour.window.session.step == "result")
        tour.click("copy_link_button", "next_button", "undo_instead")
        tour.wait(LONG)
    tour.window.show_log()
    tour.wait(LONG)
    tour.find("log_table").selectAll()  # type: ignore[attr-defined]
    tour.wait(LONG)
    tour.find("log_several")
    tour.note()


def walk_helpdesk(tour: NameTour) -> None:
    """Where nothing is found, and no call counted."""
    desk = tour.window.helpdesk.desk
    assert desk is not None
    desk.show_call()
    tour.click("reference_button")
    tour.type("reference_search", "qqqq")
    tour.note()
    calls = tour.window.helpdesk.calls
    assert calls is not None
    tour.show(CallCounts(calls.words, KeptCalls((), unreadable=1)))


def walk_drawn_screens(tour: NameTour) -> None:
    """The drawn screens that the screenshots leave out: a task, the label, a new person."""
    services = tour.window.services
    for scenario in services.read_scenarios().scenarios:
        if scenario.id not in DRAWN:
            continue
        view = PracticeView(services, TrainingRun(scenario))
        view.show()
        for name in PRESSED:
            for field in view.findChildren(QLineEdit, "training_field_number"):
                field.setText(scenario.person.number)
            for button in view.findChildren(QPushButton, f"training_{name}"):
                button.click()
            tour.note()
        tour.show(view)


def walk_training(tour: NameTour) -> None:
    """What stands in the place of browser and mail, a scenario that is refused, and results that are none."""
    tour.window.set_mode(Mode.TRAINING)
    desk = tour.window.training
    assert desk is not None
    folder = tour.folder / "scenarios"
    folder.mkdir()
    (folder / "wrong.toml").write_text("id = 1", encoding="utf-8")
    desk.use_folder(folder)
    desk.room.results = SessionResults()
    desk.show_results()
    tour.note()
    show_form(tour.window.services.texts, "https://example.org", tour.window)
    shown = tour.find("training_offline")
    assert isinstance(shown, QDialog)
    tour.note()
    shown.close()


def walk_policies(tour: NameTour, anew: Callable[[], Driver]) -> None:
    """What IT has laid down, and a team's log."""
    services = tour.window.services
    services.mode = Mode.ADMIN
    services.policies = Policies(
        {"mode": Mode.ADMIN, "language": "nl", "names_days": 30, "scenario_folder": "x", "open_links": False}
    )
    services.loaded = ReadSettings(refused=("names_days",))
    driver = anew()
    show_settings(driver.window)
    tour.note()
    driver.window.show_wizard()
    driver.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    tour.show(RetentionDialog(services, driver.window.worker, driver.window))
    services.remember(team_log_url=TEAM.url)
    anew()
    tour.note()
    services.mode = Mode.TRAINING
    anew().window.train()
    tour.note()


def signs(services: Services) -> dict[str, list[str]]:
    """What each sign of the document stands for, asked of the program itself."""
    catalog = services.catalog
    kinds = [entry.id.replace("-", "_") for entry in catalog.authorities]
    entries = HelpdeskWords(services.texts, catalog).reference()
    return {
        "page": list(StepId),
        "field": list(BY_FIELD),
        "situation": list(Situation),
        "role": [*Role, NoChoice.UNKNOWN],
        "authority": [*kinds, *NoChoice],
        "administrator": list(Administrator),
        "caller": list(Caller),
        "rule": [rule.id for rule in RULES],
        "precheck": sorted({known for way in catalog.procedures.values() for known in way.prechecks}),
        "step": sorted({step.id for way in catalog.procedures.values() for step in way.steps}),
        "value": list(StepValue),
        "status": [status.replace("-", "_") for status in Status],
        "mode": list(Mode),
        "setting": [name for name, setting in TABLE.items() if setting.shown],
        "section": list(Section),
        "place": ["everywhere", *(place for place in Place if place not in MENUS), "helpdesk_letters"],
        "notice": [*NoticeKind, "attached"],
        "entry": [entry.id for entry in entries],
        "question": list(Graded),
        "scenario": [scenario.id for scenario in services.read_scenarios().scenarios],
    }


def pattern(entry: str, meant: dict[str, list[str]]) -> re.Pattern[str]:
    """What an entry of the document describes."""
    parts = re.split(r"<(\w+)>", entry)
    for place in range(1, len(parts), 2):
        parts[place] = f"(?:{'|'.join(map(re.escape, meant[parts[place]]))})" if parts[place] != "n" else r"\d+"
    return re.compile("".join(part if place % 2 else re.escape(part) for place, part in enumerate(parts)))


@pytest.fixture(scope="module")
def described() -> list[str]:
    """The entries of the tables: names, and patterns with signs in `<>`."""
    tables = DOCUMENT.read_text(encoding="utf-8").split("\n## ")[2:]
    rows = [line.split("|")[2] for table in tables for line in table.splitlines() if line.startswith("| ")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_the_document_names_just_what_the_windows_have(
    services: Services, open_window: Callable[[], Driver], described: list[str], tmp_path: Path
) -> None:
    tour = NameTour(open_window().window, tmp_path)
    walk_unsaved(tour)
    tour.window.show_wizard()
    screenshots.walk(tour)
    for walk in (walk_helpdesk, walk_dialogs, walk_drawn_screens, walk_training):
        walk(tour)
    walk_policies(tour, open_window)
    meant = signs(services)
    patterns = {entry: pattern(entry, meant) for entry in described}
    exact = tour.names & set(described)
    new = sorted(name for name in tour.names if not any(known.fullmatch(name) for known in patterns.values()))
    assert not new, f"not in docs/automation.md: {', '.join(new)}"
    # A name that has an entry of its own proves nothing of a pattern that it happens to fit.
    gone = [entry for entry in described if entry not in exact and not _any(patterns[entry], tour.names - exact)]
    assert not gone, f"in no window: {', '.join(gone)}"
    # What PySide makes of a layout's item outlives it; what comes to stand at its place in memory then ends in a crash.
    assert not tour.items, f"{len(tour.items)} items of layouts kept"


def test_the_signs_stand_for_what_the_program_has(services: Services, described: list[str]) -> None:
    meant = signs(services)
    table = DOCUMENT.read_text(encoding="utf-8").split("\n## ")[1]
    told: set[str] = set()
    for line in table.splitlines()[4:]:
        _, named, words, *_ = line.split("|")
        here = re.findall(r"`<(\w+)>`", named)
        told |= set(here)
        listed, known = set(re.findall(r"`(\w+)`", words)), {value for sign in here for value in meant.get(sign, [])}
        assert listed <= known, line
        # Where nothing but values stands, they are all of them.
        assert listed == known or re.search(r"[a-z]", re.sub(r"`\w+`|\bor\b", "", words)), line
    assert told == {*meant, "n"}
    assert told == {sign for entry in described for sign in re.findall(r"<(\w+)>", entry)}


def test_no_entry_stands_twice(described: list[str]) -> None:
    assert sorted({name for name in described if described.count(name) > 1}) == []


def test_names_that_stand_in_the_code_are_in_the_document(described: list[str]) -> None:
    """For corners that the walk does not reach: what is given as a name, `name=` or `setObjectName`, in `ui/`."""
    new = [name for path in package_files() if "ui" in path.parts for name in _given(path)]
    assert new
    assert sorted({name for name in new if name not in described}) == []


def _given(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        values = [keyword.value for keyword in node.keywords if keyword.arg == "name" and called != "Thread"]
        for value in values + (node.args if called == "setObjectName" else []):
            if isinstance(value, ast.Constant) and value.value:
                yield str(value.value)


def _any(known: re.Pattern[str], names: set[str]) -> bool:
    return any(known.fullmatch(name) for name in names)
