"""How far a list is, and the button that stops it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.batch.job import Stage
from ccinc_wizard.ui.widgets import button, column, label, row


class ProgressLine(QWidget):
    """Shown while something is being done."""

    def __init__(self, texts: Texts, stop: Callable[[], None]) -> None:
        super().__init__()
        self._texts = texts
        self._words = label("", name="batch_progress_words")
        self._bar = QProgressBar()
        self._bar.setObjectName("batch_progress")
        self._bar.setAccessibleName(texts("batch.title"))
        self._bar.setTextVisible(False)
        self._stop = button(texts("batch.stop"), name="batch_stop", action=stop)
        self.setLayout(column(self._words, self._bar, row(self._stop)))
        self.hide()

    def begin(self) -> None:
        """Show that something is being done; how much is not known yet."""
        self._bar.setRange(0, 0)
        self._words.setText("")
        self.show()
        self._stop.setFocus()

    def show_progress(self, stage: Stage, done: int, total: int) -> None:
        """So much of so much; nobody knows beforehand how many rows a file has."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        words = {"done": done} if stage is Stage.READING else {"done": done, "total": total}
        self._words.setText(self._texts(f"batch.{stage}", **words))

    def end(self) -> None:
        """Nothing is being done any more."""
        self.hide()
