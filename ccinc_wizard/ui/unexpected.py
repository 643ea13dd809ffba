"""Errors that nobody foresaw, from wherever they come: written down, told in one window, and the program goes on."""

from __future__ import annotations

import sys
import threading
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QThread, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLineEdit

from ccinc_wizard.errorlog import Fault, clean

if TYPE_CHECKING:
    from ccinc_wizard.ui.main_window import MainWindow
    from ccinc_wizard.ui.trouble import TroubleWindow

_MOST_MESSAGES = 100


class Unexpected(QObject):
    """Stands where Python and Qt report what nobody caught. What slots raise comes here, too."""

    _met = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
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
        if (fault := self._window.errors.take(error, self._personal())) is not None:
            if sys.stderr is not None:
                print(f"{fault}: {self._window.errors.path}", file=sys.stderr)
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
            self._window.errors.write(f"{kind.name}: {words}")
        if kind is QtMsgType.QtFatalMsg:
            self._window.wizard.save_draft()

    def _personal(self) -> list[str]:
        answers = self._window.session.answers
        typed = [answers.applicant_name, answers.authority_name]
        if QThread.currentThread() == self.thread():
            fields = (widget for widget in QApplication.allWidgets() if isinstance(widget, QLineEdit))
            typed += [field.text() for field in fields]
        return typed

    @Slot(object)
    def _show(self, fault: Fault) -> None:
        self._window.wizard.save_draft()
        if self._shown is not None:
            return
        from ccinc_wizard.ui.program_windows import copy_diagnostics
        from ccinc_wizard.ui.trouble import TroubleWindow

        parent = QApplication.activeModalWidget() or self._window
        copy = partial(copy_diagnostics, self._window)
        self._shown = TroubleWindow(self._window.services.texts, fault, copy, parent)
        # It may go with the dialog it stands on as well.
        self._shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shown.destroyed.connect(self._forget)
        self._shown.open()

    @Slot()
    def _forget(self) -> None:
        self._shown = None
