"""Looks at what passes through the program while it trains: counts keys, and marks every window as training."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QVBoxLayout, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.training.room import TrainingRoom
from ccinc_wizard.ui.widgets import label

_MARKED = "training_marked"
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class Watcher(QObject):
    """An event filter of the whole program; idle once its desk is put away."""

    def __init__(self, room: TrainingRoom, texts: Texts, desk: QWidget) -> None:
        super().__init__(desk)
        self._room, self._texts, self._desk = room, texts, desk
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees all and stops nothing."""
        # Each key comes as this first, also those that a shortcut takes and that never become a key press.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            self._count(watched, event)
        elif event.type() == QEvent.Type.Show and isinstance(watched, QDialog) and self._desk.isVisible():
            self._mark(watched)
        return False

    def _count(self, watched: QObject, event: QKeyEvent) -> None:
        if self._room.run is None or event.isAutoRepeat() or event.key() in _HELD:
            return
        if not isinstance(watched, QWidget) or not self._desk.isVisible():
            return
        # A key that nobody takes climbs from widget to widget; it counts where it arrives.
        if watched is watched.window().focusWidget() or watched.windowType() == Qt.WindowType.Popup:
            self._room.run.keys += 1

    def _mark(self, dialog: QDialog) -> None:
        if dialog.property(_MARKED) or isinstance(dialog, QFileDialog):
            return
        dialog.setProperty(_MARKED, "yes")
        words = self._texts("app.training_band")
        dialog.setWindowTitle(f"{words} - {dialog.windowTitle()}")
        layout = dialog.layout()
        if isinstance(layout, QVBoxLayout):
            band = label(words, name="training_band")
            layout.insertWidget(0, band)
            # The dialog's other parts were shown before it asked to be.
            band.show()
