"""Starts the window."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import ExitStack

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ccinc_wizard import __version__
from ccinc_wizard.app.services import APP_NAME, Services
from ccinc_wizard.ui.kit.spoken import give_roles, keep_focus_in_sight
from ccinc_wizard.ui.kit.theme import apply_theme, theme_of
from ccinc_wizard.ui.shell.main_window import MainWindow

EXIT_AFTER_PAINT = "CCINC_WIZARD_EXIT_AFTER_PAINT"
"""Set to measure the start: the program ends once its first page is on the screen."""

WINDOW_LOCK = "window.lock"
"""The file in the data folder that says that a window is open on these data."""

_STYLE = "fusion"
"""The one of Qt's styles that a style sheet and a palette colour alike on every system."""


def run_window(services: Services) -> int:
    """Show the window until it is closed. Returns the exit code."""
    # One look at the disk; without a lock there is no need to load what asks another window.
    if (services.paths.data / WINDOW_LOCK).exists() and not _is_first(services):
        return 0
    app = make_app()
    try:
        window = MainWindow(services, fill_menus=False)
    except Exception as error:
        _tell_that_it_stops(app, services, error)
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
    return app


def _after_first_paint(window: MainWindow, guards: ExitStack) -> None:
    # Off since the start, and what the start made need never be looked through.
    gc.freeze()
    gc.enable()
    if os.environ.get(EXIT_AFTER_PAINT):
        print("first page", file=sys.stderr)
        QApplication.exit(0)
        return
    give_roles()
    window.fill_menus()
    if not _guard(window, guards):
        window.close()
        return
    keep_focus_in_sight(QApplication.instance())
    window.follow_desktop()
    window.translate_qt()
    if _load_facts(window):
        window.helpdesk.open()
    window.look_after_log()


def _is_first(services: Services) -> bool:
    from ccinc_wizard.ui.shell.one_window import OneWindow

    only = OneWindow(services.paths.data / WINDOW_LOCK)
    first = only.is_first()
    only.release()
    return first


def _guard(window: MainWindow, guards: ExitStack) -> bool:
    """Watch for errors and further starts. False when another start was quicker."""
    from ccinc_wizard.ui.shell.one_window import OneWindow, bring_forward
    from ccinc_wizard.ui.shell.unexpected import Unexpected

    # A window that did not answer before the first paint is not waited for again.
    only, unexpected = OneWindow(window.services.paths.data / WINDOW_LOCK, patience=0), Unexpected(window)
    if not only.is_first():
        return False
    guards.callback(only.release)
    only.listen(lambda: bring_forward(window))
    guards.callback(unexpected.remove)
    unexpected.install()
    return True


def _load_facts(window: MainWindow) -> bool:
    """Whether the facts are there; if they are refused, the program ends."""
    from ccinc_wizard.content.files import ContentError

    services = window.services
    try:
        services.catalog, services.municipalities  # noqa: B018
    except (ContentError, FileNotFoundError) as error:
        refuse(services, str(error))
        QApplication.exit(1)
        return False
    return True


def _tell_that_it_stops(app: QApplication, services: Services, error: Exception) -> None:
    from ccinc_wizard.app.errorlog import ErrorLog
    from ccinc_wizard.content.files import ContentError
    from ccinc_wizard.ui.shell.about import DiagnosticsWindow
    from ccinc_wizard.ui.shell.unexpected import TroubleWindow

    apply_theme(app, theme_of(services.settings.theme))
    if isinstance(error, ContentError | FileNotFoundError):
        refuse(services, str(error))
        return
    errors = ErrorLog(services.paths.data)
    if (fault := errors.take(error)) is not None:

        def copy(parent: QWidget) -> None:
            DiagnosticsWindow(services, errors, "not opened", parent).open()

        TroubleWindow(services.texts, fault, copy, None, starting=True).exec()


def refuse(services: Services, why: str) -> None:
    """Say that the facts are damaged: the program shows no doubtful link."""
    from PySide6.QtWidgets import QMessageBox

    from ccinc_wizard.ui.kit.dialogs import message

    texts = services.texts
    title, text = texts("app.refused.title"), texts("app.refused.text", why=why)
    message(QMessageBox.Icon.Critical, "catalog_refused", title, text).exec()
