"""What stands beside a field: its error, and that its answer came from a mail. Plain text."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

PLAIN_TEXT = "PlainText"
"""Given by name, like the other properties that the first page needs: importing Qt's enums would hold it up."""


class Beside(QLabel):
    """Words of one kind, hidden while there are none."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__()
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setWordWrap(True)
        self.setObjectName(name)
        self.setProperty("kind", kind)
        self.hide()

    def show_words(self, text: str) -> None:
        """Show the text, or hide when there is none."""
        self.setText(text)
        self.setVisible(bool(text))


class ErrorLabel(Beside):
    """What is wrong with a field, in `<field>_error`; above it, where there is one, the mark `<field>_found`."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field}_error", "error")
        self._field = field
        self._mark: Beside | None = None

    def show_error(self, text: str) -> None:
        """Show what is wrong, or hide when nothing is."""
        self.show_words(text)

    def show_mark(self, text: str) -> None:
        """Say that the answer is to be checked; nothing for an empty text."""
        if self._mark is None and text:
            self._mark = Beside(f"{self._field}_found", "found")
            _insert_above(self, self._mark)
        if self._mark is not None:
            self._mark.show_words(text)

    def described(self, hint: str) -> str:
        """All that whoever hears the field should hear: error, mark and hint."""
        mark = self._mark.text() if self._mark is not None else ""
        return ". ".join(filter(None, (self.text(), mark, hint)))


def _insert_above(widget: QWidget, new: QWidget) -> None:
    holder = widget.parentWidget()
    layout = holder.layout() if holder is not None else None
    if isinstance(layout, QVBoxLayout):
        layout.insertWidget(layout.indexOf(widget), new)
