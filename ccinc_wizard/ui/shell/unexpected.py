"""Errors that nobody foresaw, from wherever they come: written down, told in one window, and the program goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from functools import partial
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QThread, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ccinc_wizard.app.errorlog import Fault, clean
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit.dialogs import Dialog, foot
from ccinc_wizard.ui.kit.screens import when_low
from ccinc_wizard.ui.kit.shell import Shell
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import announce, button, card, column, label, section
from ccinc_wizard.ui.shell.places import copy_diagnostics

_MOST_MESSAGES = 100


class Unexpected(QObject):
    """Stands where Python and Qt report what nobody caught. What slots raise comes here, too."""

    _met = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.frame)
        self._shell = shell
        self._shown: TroubleWindow | None = None
        self._told: set[str] = set()
        self._met.connect(self._show)

    def install(self) -> None:
        """Take Python's and Qt's reports from now on; after the first paint, as scrubbing loads what must wait."""
        sys.excepthook = self._raised
        threading.excepthook = self._raised_in_thread
        qInstallMessageHandler(self._said_by_qt)

    @staticmethod
    def remove() -> None:
        """Give the reports back to Python and Qt."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def _raised(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        # Only kind and place go on from here: the error itself holds on to every variable on its way.
        if (fault := self._shell.errors.take(error, self._personal())) is not None:
            if sys.stderr is not None:
                print(f"{fault}: {self._shell.errors.path}", file=sys.stderr)
            self._met.emit(fault)

    def _raised_in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self._raised(told.exc_type, told.exc_value, told.exc_traceback)

    def _said_by_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        words = clean(message, self._personal())
        if sys.stderr is not None:
            print(words, file=sys.stderr)
        harmless = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if not harmless and words not in self._told and len(self._told) < _MOST_MESSAGES:
            self._told.add(words)
            self._shell.errors.write(f"{kind.name}: {words}")
        if kind is QtMsgType.QtFatalMsg:
            self._shell.save_draft()

    def _personal(self) -> list[str]:
        answers = self._shell.answers
        typed = [answers.applicant_name, answers.authority_name]
        if QThread.currentThread() == self.thread():
            fields = (widget for widget in QApplication.allWidgets() if isinstance(widget, QLineEdit))
            typed += [field.text() for field in fields]
        return typed

    @Slot(object)
    def _show(self, fault: Fault) -> None:
        self._shell.save_draft()
        if self._shown is not None:
            return
        parent = QApplication.activeModalWidget() or self._shell.frame
        copy = partial(copy_diagnostics, self._shell)
        self._shown = TroubleWindow(self._shell.services.texts, fault, copy, parent)
        # It may go with the dialog it stands on as well.
        self._shown.destroyed.connect(self._forget)
        self._shown.open()

    @Slot()
    def _forget(self) -> None:
        self._shown = None


CopyDiagnostics = Callable[[QWidget], object]


class TroubleWindow(Dialog):
    """Shows an error by its kind and place only: what the error itself says may hold what was typed."""

    def __init__(
        self, texts: Texts, fault: Fault, copy: CopyDiagnostics, parent: QWidget | None, *, starting: bool = False
    ) -> None:
        super().__init__("trouble_window", texts("program.trouble.title"), parent)
        what = label(texts("program.trouble.what"), name="trouble_what")
        told = ["stops"] if starting else ["means", "do"]
        parts = [label(texts(f"program.trouble.{part}"), name=f"trouble_{part}") for part in told]
        fault_line = label(texts("program.trouble.fault", fault=str(fault)), "muted", name="trouble_fault")
        copying = button(texts("program.diagnostics.copy"), name="trouble_copy", action=lambda: copy(self))
        going_on = button(
            texts("program.trouble.close" if starting else "program.trouble.go_on"),
            name="trouble_go_on",
            kind="primary",
            action=self.accept,
        )
        going_on.setDefault(True)
        title = section(texts("program.trouble.title"))
        told_of = column(title, card("error", what), *parts, fault_line, gap=SPACE * 2)
        self.lay_out(when_low("trouble_scroll", self.windowTitle(), told_of), foot(copying, going_on))
        self._spoken = " ".join([what.text(), *(part.text() for part in parts)])
        going_on.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Let it be heard."""
        super().showEvent(event)
        announce(self, self._spoken)
