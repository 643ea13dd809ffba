"""Looks at what passes through the program while it trains: counts keys, and marks every window as training."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QVBoxLayout

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.training.room import TrainingRoom
from ccinc_wizard.ui.widgets import label

_MARKED = "training_marked"


class Watcher(QObject):
    """An event filter of the whole program, gone with its parent."""

    def __init__(self, room: TrainingRoom, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._room, self._texts = room, texts
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees all and stops nothing."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress:
            # A key that nobody takes climbs from widget to widget; only where it arrives does it count.
            if self._room.run is not None and watched is QApplication.focusWidget():
                self._room.run.keys += 1
        elif kind == QEvent.Type.Show and isinstance(watched, QDialog) and not isinstance(watched, QFileDialog):
            self._mark(watched)
        return False

    def _mark(self, dialog: QDialog) -> None:
        if dialog.property(_MARKED):
            return
        dialog.setProperty(_MARKED, "yes")
        band = self._texts("app.training_band")
        dialog.setWindowTitle(f"{band} - {dialog.windowTitle()}")
        layout = dialog.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, label(band, name="training_band"))
