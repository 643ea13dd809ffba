"""What the log view does that takes a while: exporting and checking, with a progress bar."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from ccinc_wizard.requestlog.model import Status, Verdict
from ccinc_wizard.services import Services
from ccinc_wizard.ui.log_worker import LogWorker, Result
from ccinc_wizard.ui.saving import reason

if TYPE_CHECKING:
    from ccinc_wizard.requestlog.log import RequestLog

_PATIENCE = 400
"""After how many milliseconds a progress bar is worth showing."""


class LogJobs(QObject):
    """Runs one long job after another and says in words what came of it."""

    progressed = Signal(int, int)

    def __init__(self, services: Services, worker: LogWorker, view: QWidget, say: Callable[[str], None]) -> None:
        super().__init__(view)
        self._services, self._worker, self._view, self._say = services, worker, view, say

    def export(self, path: Path, search: str, status: Status | None) -> None:
        """Write what this search shows to a file; the user may stop it, and then there is no file."""
        from ccinc_wizard.requestlog.export import ExportCancelledError, ExportFormat, export

        texts, stop = self._services.texts, threading.Event()
        if path.suffix.lower() not in list(ExportFormat):
            self._say(texts("logview.export_ending", endings=", ".join(ExportFormat)))
            return

        def write(log: RequestLog) -> int:
            told, stopped = self.progressed.emit, stop.is_set
            return export(log, path, search=search, status=status, progress=told, cancelled=stopped)

        def failed(error: Exception) -> str:
            stopped = isinstance(error, ExportCancelledError)
            return texts("logview.export_cancelled") if stopped else reason(texts, error)

        dialog = self._dialog(texts("logview.exporting"))
        dialog.canceled.connect(stop.set)
        self._run(dialog, write, lambda count: texts("logview.exported", count=count), failed)

    def verify(self) -> None:
        """Check the whole chain."""
        texts = self._services.texts

        def in_words(verdict: Verdict) -> str:
            found = verdict.trouble or "sound"
            words = texts(f"logview.verdict.{found}", events=verdict.events, sequence=verdict.sequence)
            limits = "limits" if self._services.team_log is None else "limits_team"
            return f"{words} {texts(f'logview.verdict.{limits}')}"

        dialog = self._dialog(texts("logview.verifying"))
        dialog.setCancelButton(None)
        self._run(dialog, lambda log: log.verify(self.progressed.emit), in_words, lambda error: reason(texts, error))

    def _dialog(self, words: str) -> QProgressDialog:
        dialog = QProgressDialog(words, self._services.texts("logview.cancel"), 0, 0, self._view)
        dialog.setObjectName("log_progress")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumDuration(_PATIENCE)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        return dialog

    def _run(
        self,
        dialog: QProgressDialog,
        job: Callable[[RequestLog], Result],
        done: Callable[[Result], str],
        failed: Callable[[Exception], str],
    ) -> None:
        def show(done: int, total: int) -> None:
            dialog.setMaximum(total)
            dialog.setValue(done)

        def over(text: str) -> None:
            # Else a later job would bring this dialog back.
            self.progressed.disconnect(show)
            dialog.close()
            dialog.deleteLater()
            self._say(text)

        self.progressed.connect(show)
        self._worker.run(job, done=lambda result: over(done(result)), failed=lambda error: over(failed(error)))
