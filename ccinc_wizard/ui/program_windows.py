"""The windows about the program itself, opened from the help menu and where something went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccinc_wizard.ui.about import AboutWindow
from ccinc_wizard.ui.diagnostics import DiagnosticsWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccinc_wizard.ui.main_window import MainWindow


def show_about(window: MainWindow) -> None:
    """Versions, licences and whose data the program uses."""
    AboutWindow(window.services, window).open()


def copy_diagnostics(window: MainWindow, parent: QWidget | None = None) -> None:
    """Copy what whoever helps the user needs to know, and show it."""
    DiagnosticsWindow(window.services, window.errors, window.worker.state, parent or window).open()


def show_help(window: MainWindow) -> None:
    """Help on what is shown, in the place of the help that was open."""
    from ccinc_wizard.ui.help import HelpWindow

    for other in window.findChildren(HelpWindow):
        other.close()
    view = window.present_view()
    HelpWindow(window.services, window.session.step if view is window.wizard else view.objectName(), window).show()
