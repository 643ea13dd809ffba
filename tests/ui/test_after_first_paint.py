"""What waits until the first page is on the screen is there from then on."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
import weakref

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import Theme
from ccinc_wizard.ui.kit.actions import MouseKeys
from ccinc_wizard.ui.kit.drawing import program_icon
from ccinc_wizard.ui.kit.theme import from_system, style_sheet
from ccinc_wizard.ui.shell import app as app_module
from ccinc_wizard.ui.shell import second_stage
from ccinc_wizard.ui.shell.app import FirstPaint, make_app
from ccinc_wizard.ui.shell.main_window import MainWindow
from tests.running import environment
from tests.tooling.project import ROOT

ROLES = """
from PySide6.QtGui import QAccessible
from ccinc_wizard.ui.shell.app import make_app
from ccinc_wizard.ui.kit.spoken import give_roles
from ccinc_wizard.ui.kit.fields import ChoiceGroup
from ccinc_wizard.ui.kit.widgets import label, page_title

def told():
    print(*(QAccessible.queryAccessibleInterface(widget).role().name for widget in widgets))

app = make_app()
QAccessible.setActive(True)
widgets = page_title("A question"), ChoiceGroup("role", [("invoerder", "Invoerder", "")], "A question"), label("Words")
told()
give_roles()
told()
"""


def test_the_page_has_its_place_when_the_window_is_shown(qtbot: QtBot, services: Services) -> None:
    """Whichever comes first, a paint or a turn of the loop: the page must not come later, nor jump."""
    window = MainWindow(services, fill_menus=False)
    qtbot.addWidget(window)
    window.show()
    page = window.findChild(QWidget, "page_situation")
    shown = page.geometry()
    assert shown.height() > 100
    for _ in range(3):
        QApplication.processEvents()
    assert page.geometry() == shown


def test_the_menus_are_filled_once(qtbot: QtBot, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module.gc, "freeze", lambda: None)
    monkeypatch.setattr(second_stage, "_guard", lambda *_: True)
    early, whole = MainWindow(services, fill_menus=False), MainWindow(services)
    for window in (early, whole):
        qtbot.addWidget(window)
    assert _titles(early) == _titles(whole)
    assert not [action for action in early.findChildren(QAction) if action.objectName()]
    painted = FirstPaint(early)
    early.installEventFilter(painted)
    early.show()
    qtbot.waitUntil(lambda: _actions(early) == _actions(whole))
    icon = early.windowIcon().pixmap(48, 48)
    assert icon.toImage() == program_icon().pixmap(48, 48).toImage()
    assert early.findChild(MouseKeys) is not None, "a mouse leads back once the window is there"
    early.fill_menus()
    assert _actions(early) == _actions(whole)
    early.close()


def test_who_listens_from_the_start_is_told_the_right_roles() -> None:
    """Before the first paint Qt knows no roles of ours; what it told by then must not stay."""
    done = subprocess.run(
        [sys.executable, "-c", ROLES], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["StaticText Client StaticText", "Heading Grouping StaticText"]


def _titles(window: MainWindow) -> list[str]:
    return [menu.title() for menu in window.menuBar().findChildren(QMenu) if menu.parent() is window.menuBar()]


def _actions(window: MainWindow) -> list[tuple[str, str]]:
    found = [(action.objectName(), action.shortcut().toString()) for action in window.findChildren(QAction)]
    return sorted(action for action in found if action[0])


THEMES = """
import gc
from PySide6.QtCore import Qt
from ccinc_wizard.ui.kit.theme import DARK, LIGHT, Theme, follow_desktop, style_sheet
from ccinc_wizard.ui.shell.app import make_app

app = make_app()
wanted = [Theme.LIGHT]
follow_desktop(app, lambda: wanted[0])
# What was handed out while connecting must not be needed any more.
gc.collect()
hints = app.styleHints()
for theme, signal, value in (
    (Theme.DARK, hints.colorSchemeChanged, Qt.ColorScheme.Dark),
    (Theme.LIGHT, hints.accessibility().contrastPreferenceChanged, Qt.ContrastPreference.NoPreference),
):
    wanted[:] = [theme]
    signal.emit(value)
    print(app.styleSheet() == style_sheet(DARK if theme is Theme.DARK else LIGHT))
"""


def test_the_desktop_is_followed_for_as_long_as_the_window_is_open() -> None:
    done = subprocess.run(
        [sys.executable, "-c", THEMES], cwd=ROOT, env=environment(), capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("True\nTrue\n", "")


def test_a_contrast_theme_outlasts_a_choice_of_colours(
    qtbot: QtBot, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ccinc_wizard.ui.kit.theme._has_contrast_theme", lambda _: True)
    window = MainWindow(services)
    qtbot.addWidget(window)
    window.set_theme(Theme.DARK)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert app.styleSheet() == style_sheet(from_system(app.palette()))
    assert "url(" not in app.styleSheet()


def test_no_other_thread_collects_garbage(qtbot: QtBot) -> None:
    """It would free a widget's Python object that Qt is about to ask for: a crash, once in some forty long walks."""
    app, threads = make_app(), set[str]()

    def seen(*_: object) -> None:
        threads.add(threading.current_thread().name)

    class Ring:
        """Holds itself."""

    ring = Ring()
    ring.held = ring  # type: ignore[attr-defined]
    gone = weakref.ref(ring)
    del ring
    gc.callbacks.append(seen)
    try:
        other = threading.Thread(target=lambda: [[] for _ in range(100_000)])
        other.start()
        other.join()
        assert threads == set()
        kept = [[] for _ in range(1000)]  # type: ignore[var-annotated]
        collector = app.findChild(QTimer, "collector")
        assert collector.isActive()
        collector.timeout.emit()
    finally:
        gc.callbacks.remove(seen)
    assert threads == {threading.main_thread().name}
    assert gone() is None
    assert len(kept) == 1000
