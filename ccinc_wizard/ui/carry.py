"""What is on the screen beside the answers: carried over when all views are made anew in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QPlainTextEdit, QSpinBox, QWidget

if TYPE_CHECKING:
    from ccinc_wizard.ui.batch.job import BatchPlace
    from ccinc_wizard.ui.log_view import LogPlace
    from ccinc_wizard.ui.main_window import MainWindow


class Carried:
    """Which view was open, what stood in its fields, and whether its help was open. Held in memory only."""

    def __init__(self, window: MainWindow) -> None:
        view = window.present_view()
        self._view = view.objectName()
        self._fields = {} if view is window.wizard else {field.objectName(): _held(field) for field in _fields(view)}
        self._log: LogPlace | None = None
        if self._view == "log_view":
            from ccinc_wizard.ui.log_view import LogView

            self._log = view.place() if isinstance(view, LogView) else None
        self._batch: BatchPlace | None = None
        if self._view == "batch_view":
            from ccinc_wizard.ui.batch.view import BatchView

            self._batch = view.place() if isinstance(view, BatchView) else None
            self._fields = {}
        helps = [shown for shown in window.findChildren(QWidget, "help_window") if shown.isVisible()]
        self._helped = bool(helps)
        for shown in helps:
            shown.close()

    def restore(self, window: MainWindow) -> None:
        """Open the same view again, with the same in its fields."""
        if self._log is not None:
            window.show_log(place=self._log)
        elif self._batch is not None:
            from ccinc_wizard.ui.batch.opening import show_batch

            show_batch(window).restore(self._batch)
        elif window.training is not None:
            window.training.show_again(self._view)
        elif self._view == window.wizard.objectName():
            window.show_wizard()
        for field in _fields(window.present_view()):
            if field.objectName() in self._fields:
                _hold(field, self._fields[field.objectName()])
        if self._helped:
            window.show_help()


def _fields(view: QWidget) -> list[QWidget]:
    kinds = (QLineEdit, QPlainTextEdit, QSpinBox, QComboBox, QListWidget)
    named = (field for kind in kinds for field in view.findChildren(kind))
    return [field for field in named if field.objectName() and not field.objectName().startswith("qt_")]


def _held(field: QWidget) -> str | int:
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QSpinBox):
        return field.value()
    if isinstance(field, QComboBox):
        return field.currentIndex()
    return field.currentRow() if isinstance(field, QListWidget) else ""


def _hold(field: QWidget, held: str | int) -> None:
    if isinstance(field, QLineEdit) and field.text() != held:
        # As if typed, so that whoever listens to the keyboard hears of it.
        field.selectAll()
        field.insert(str(held))
    elif isinstance(field, QPlainTextEdit) and field.toPlainText() != held:
        field.setPlainText(str(held))
    elif isinstance(field, QSpinBox):
        field.setValue(int(held))
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(int(held))
    elif isinstance(field, QListWidget):
        field.setCurrentRow(int(held))
