"""What the window does once its first page is on the screen: all of it may be slow to load."""

from __future__ import annotations

from contextlib import ExitStack

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from ccinc_wizard.app import dumps
from ccinc_wizard.app.errorlog import ErrorLog
from ccinc_wizard.app.services import WINDOW_LOCK, Services
from ccinc_wizard.content.files import ContentError
from ccinc_wizard.ui.kit.dialogs import message
from ccinc_wizard.ui.kit.drawing import program_icon
from ccinc_wizard.ui.kit.spoken import give_roles, keep_focus_in_sight
from ccinc_wizard.ui.kit.theme import apply_theme
from ccinc_wizard.ui.shell import places
from ccinc_wizard.ui.shell.about import DiagnosticsWindow
from ccinc_wizard.ui.shell.main_window import MainWindow
from ccinc_wizard.ui.shell.one_window import OneWindow, bring_forward
from ccinc_wizard.ui.shell.unexpected import TroubleWindow, Unexpected


def go_on(window: MainWindow, guards: ExitStack) -> None:
    """Fill the menus, watch for errors and other starts, load the facts, look after the log."""
    # Before anything can be typed.
    dumps.leave_none()
    give_roles()
    QApplication.setWindowIcon(program_icon())
    window.fill_menus()
    if not _guard(window, guards):
        window.close()
        return
    keep_focus_in_sight(QApplication.instance())
    places.watch_drops(window)
    window.follow_desktop()
    window.translate_qt()
    if _load_facts(window):
        window.helpdesk.open()
    window.look_after_log()


def is_first(services: Services) -> bool:
    """Whether no other window is open on these data; another one is brought forward."""
    only = OneWindow(services.paths.data / WINDOW_LOCK)
    first = only.is_first()
    only.release()
    return first


def _guard(window: MainWindow, guards: ExitStack) -> bool:
    """Watch for errors and further starts. False when another start was quicker."""
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
    services = window.services
    try:
        services.catalog, services.municipalities  # noqa: B018
    except (ContentError, FileNotFoundError) as error:
        refuse(services, str(error))
        QApplication.exit(1)
        return False
    return True


def tell_that_it_stops(app: QApplication, services: Services, error: Exception) -> None:
    """The window could not be made: say why, and what helps."""
    apply_theme(app, services.settings.theme)
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

    texts = services.texts
    title, text = texts("app.refused.title"), texts("app.refused.text", why=why)
    message(QMessageBox.Icon.Critical, "catalog_refused", title, text).exec()
