"""One table has every action and every key: it leads somewhere, no two clash, and menus, windows and sheet agree."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.helpdesk import HelpdeskWords
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.calls import CallStep
from ccinc_wizard.ui.companion.window import CompanionWindow
from ccinc_wizard.ui.helpdesk.view import HelpdeskView
from ccinc_wizard.ui.kit.actions import ACTIONS, MENUS, PICK_UP_KEYS, Action, Place, all_keys, offered, tip, with_keys
from ccinc_wizard.ui.kit.undo import UndoBar
from ccinc_wizard.ui.kit.widgets import plain
from ccinc_wizard.ui.mail.dialog import PasteMailDialog
from ccinc_wizard.ui.shell.main_window import MainWindow
from ccinc_wizard.ui.shell.places import show_shortcuts
from ccinc_wizard.ui.training.panel import Presenter
from ccinc_wizard.ui.training.view import TrainingView
from ccinc_wizard.ui.wizard.view import WizardView
from tests.tooling.project import ROOT, package_files
from tests.ui.conftest import Driver
from tests.ui.helpdesk import Desk

OWNERS: dict[Place, type[QWidget]] = {
    **dict.fromkeys(MENUS, MainWindow),
    Place.WIZARD: WizardView,
    Place.BESIDE: MainWindow,
    Place.MAIL: PasteMailDialog,
    Place.HELPDESK: HelpdeskView,
    Place.COMPANION: CompanionWindow,
    Place.PRESENTER: Presenter,
    Place.TRAINING: TrainingView,
    Place.UNDO: UndoBar,
}
WITHIN_THE_WINDOW = (Place.WIZARD, Place.BESIDE, Place.HELPDESK, Place.TRAINING)
"""Where the keys of the menus work as well: the other places have windows of their own."""
TABLE = ROOT / "ccinc_wizard" / "ui" / "kit" / "actions.py"


def keys(*places: Place) -> list[str]:
    """All keys of these places in one form, in which two that are the same read the same."""
    found = [keys for place in places for action in offered(place) for keys in action.keys]
    return [QKeySequence(one).toString() for one in found]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.place}-{action.words}-{action.value}")
def test_each_action_leads_somewhere(action: Action) -> None:
    module, _, function = action.calls.rpartition(":")
    if module:
        assert callable(getattr(import_module(f"ccinc_wizard.ui.{module}"), function))
    elif function:
        assert callable(getattr(OWNERS[action.place], function))
    for language in languages():
        assert Texts(language)(action.words)


@pytest.mark.parametrize("place", [None, *WITHIN_THE_WINDOW])
def test_no_two_keys_clash_in_the_window(place: Place | None) -> None:
    found = keys(*MENUS, *([place] if place else []))
    assert "" not in found
    assert [one for one, count in Counter(found).items() if count > 1] == []


@pytest.mark.parametrize("place", [place for place in Place if place not in (*MENUS, *WITHIN_THE_WINDOW)])
def test_no_two_keys_clash_in_a_window_of_its_own(place: Place) -> None:
    found = keys(place)
    assert found
    assert [one for one, count in Counter(found).items() if count > 1] == []


def test_a_clash_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    twice = Action(Place.HELPDESK, "", "app.title", ("ctrl+n",))
    monkeypatch.setattr("ccinc_wizard.ui.kit.actions.ACTIONS", (*ACTIONS, twice))
    assert Counter(keys(*MENUS, Place.HELPDESK))["Ctrl+N"] == 2


@pytest.mark.parametrize("language", languages())
def test_no_two_letters_of_the_helpdesk_clash(language: str, services: Services) -> None:
    words = HelpdeskWords(Texts(language), services.catalog)
    options = [option for step in CallStep if step is not CallStep.RESULT for option in words.options(step)]
    letters = [option.letter.upper() for option in (*options, *words.every_situation())]
    signs = [*letters, *"".join(PICK_UP_KEYS).upper(), *keys(Place.HELPDESK)]
    assert [one for one, count in Counter(signs).items() if count > 1] == []


def test_no_name_stands_twice() -> None:
    names = Counter(action.name for action in ACTIONS if action.name)
    assert [name for name, count in names.items() if count > 1] == []


def test_no_key_is_given_beside_the_table() -> None:
    """Neither a shortcut nor a sequence of keys is made anywhere else."""
    made = []
    for path in package_files():
        calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        called = {node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in calls}
        if called & {"QShortcut", "QKeySequence", "setShortcut", "setShortcuts", "setKey", "setKeys"}:
            made.append(path)
    assert made == [TABLE]


@pytest.mark.parametrize("language", languages())
def test_the_menus_are_those_of_the_table(language: str, services: Services, open_window: Callable[[], Driver]) -> None:
    services.texts = Texts(language)
    window = open_window().window
    entries = {entry.objectName(): entry for entry in window.findChildren(QAction) if entry.objectName()}
    submenus = {menu.objectName(): menu.title() for menu in window.findChildren(QMenu) if menu.objectName()}
    for action in ACTIONS:
        if action.place not in MENUS or action.name == "action_team_key":
            continue
        if action.name in submenus:
            assert submenus[action.name] == services.texts(action.words)
            continue
        entry = entries[action.name]
        assert entry.text() == services.texts(action.words)
        assert entry.toolTip() == tip(services.texts, action)
        assert entry.shortcut() == QKeySequence(*action.keys)


@pytest.mark.parametrize("language", languages())
def test_every_key_of_the_window_is_on_the_sheet(language: str, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(language)
    show_shortcuts(desk.window)
    shown = [made.accessibleName() for made in desk.find("shortcuts_window").findChildren(QLabel)]
    texts = Texts(language)
    for action in ACTIONS:
        if action.keys:
            assert f"{', '.join(all_keys(texts, action))}: {plain(texts(action.words))}" in shown, action
    words = HelpdeskWords(texts, desk.window.services.catalog)
    for step in (CallStep.CALLER, CallStep.ROLE, CallStep.AUTHORITY):
        for option in words.options(step):
            assert any(one.startswith(f"{option.letter.upper()}: ") and one.endswith(option.label) for one in shown)
    listened = {one.key().toString() for one in desk.window.findChildren(QShortcut)}
    assert listened == set(keys(Place.WIZARD, Place.HELPDESK)) - {"Backspace", "Esc"}


def press(window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    from PySide6.QtTest import QTest

    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    QTest.keyClick(window, key, held)
    QApplication.processEvents()


def test_the_sheet_opens_by_its_key_and_closes_by_escape(window: Driver) -> None:
    press(window.window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    shown = window.find("shortcuts_window")
    press(shown, Qt.Key.Key_Escape)
    assert not window.shows("shortcuts_window")


def test_help_tells_the_keys_that_work_here_and_leads_to_all(window: Driver) -> None:
    press(window.window, Qt.Key.Key_F1)
    assert window.shows("shortcuts_everywhere")
    assert window.shows("shortcuts_wizard")
    assert not window.shows("shortcuts_helpdesk")
    window.click("help_shortcuts")
    assert window.shows("shortcuts_helpdesk")


def test_a_button_tells_its_keys() -> None:
    assert with_keys(Texts("fr"), "copy_link_button").endswith(" (Ctrl+L)")
    [back] = [action for action in offered(Place.WIZARD) if action.name == "back_button"]
    assert tip(Texts("nl"), back).endswith(" (Alt+Pijl links)")
