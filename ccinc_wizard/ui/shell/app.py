"""Starts the window."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import ExitStack

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ccinc_wizard import __version__
from ccinc_wizard.app.paths import APP_NAME, LOCKS
from ccinc_wizard.app.services import Services
from ccinc_wizard.ui.kit.theme import use_body_letters
from ccinc_wizard.ui.shell.main_window import MainWindow

EXIT_AFTER_PAINT = "CCINC_WIZARD_EXIT_AFTER_PAINT"
"""Set to measure the start: the program ends once its first page is on the screen."""

_COLLECTOR, _COLLECTING_MS = "collector", 2000
_STYLE = "fusion"
"""The one of Qt's styles that a style sheet and a palette colour alike on every system."""


def run_window(services: Services) -> int:
    """Show the window until it is closed. Returns the exit code."""
    # One look at the disk; without a lock there is no need to load what asks another window.
    if any((services.paths.data / lock).exists() for lock in LOCKS) and not _is_first(services):
        return 0
    app = make_app()
    try:
        window = MainWindow(services, fill_menus=False)
    except Exception as error:
        from ccinc_wizard.ui.shell import second_stage

        second_stage.tell_that_it_stops(app, services, error)
        raise
    # A timer of zero alone would go off before the paint, and the page would wait for the facts.
    painted = FirstPaint(window)
    window.installEventFilter(painted)
    window.show()
    try:
        return app.exec()
    finally:
        painted.clear_up()


class FirstPaint(QObject):
    """Waits for the window's first paint; what is slow and can wait comes after it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._guards = ExitStack()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets everything through."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, lambda: _after_first_paint(self._window, self._guards))
        return False

    def clear_up(self) -> None:
        """Give back what was taken for as long as the window is open."""
        self._guards.close()


def make_app() -> QApplication:
    """The application in its style; the window gives it its theme."""
    existing = QApplication.instance()
    # Said as an argument, since asking for the style names all that Qt's styles can draw, which holds the start up.
    app = existing if isinstance(existing, QApplication) else QApplication([APP_NAME, "-style", _STYLE])
    app.setApplicationName(APP_NAME)
    app.setApplicationVersion(__version__)
    app.setDesktopFileName(APP_NAME)
    use_body_letters(app)
    _collect_here_alone(app)
    return app


def _collect_here_alone(app: QApplication) -> None:
    """Look for garbage on this thread and no other.

    Qt takes a widget's Python object before it waits for Python to go on: one that another thread collects meanwhile is
    gone, which ends the program.
    """
    gc.disable()
    if app.findChild(QTimer, _COLLECTOR) is None:
        timer = QTimer(app, interval=_COLLECTING_MS)
        timer.setObjectName(_COLLECTOR)
        timer.timeout.connect(_collect)
        timer.start()


def _collect() -> None:
    limits = zip(gc.get_count(), gc.get_threshold(), strict=True)
    if due := [generation for generation, (count, most) in enumerate(limits) if count > most]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect(due[-1])


def _after_first_paint(window: MainWindow, guards: ExitStack) -> None:
    # What the start made need never be looked through.
    gc.freeze()
    if os.environ.get(EXIT_AFTER_PAINT):
        print("first page", file=sys.stderr)
        QApplication.exit(0)
        return
    from ccinc_wizard.ui.shell import second_stage

    second_stage.go_on(window, guards)


def _is_first(services: Services) -> bool:
    from ccinc_wizard.ui.shell import second_stage

    return second_stage.is_first(services)
