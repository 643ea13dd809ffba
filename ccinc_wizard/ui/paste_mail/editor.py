"""The field for a mail: plain text only, and nothing of it is opened, run or kept."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QPalette, QTextCursor, QTextDocumentFragment
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from ccinc_wizard.domain.mail.found import Span
from ccinc_wizard.domain.reading import MAX_SIGNS

_LINES = 9


class MailEdit(QPlainTextEdit):
    """Takes the words of whatever is pasted or dropped; of an HTML mail only its text."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setTabChangesFocus(True)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhSensitiveData | hints.ImhNoPredictiveText | hints.ImhMultiLine)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasHtml()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert words only, and no more than are read; one sign more lets the reader say that it was cut."""
        text = source.text() or QTextDocumentFragment.fromHtml(source.html()).toPlainText()
        # A picture leaves a sign behind that would be part of a name.
        self.textCursor().insertText(text[: MAX_SIGNS + 1].replace("\ufffc", " "))
        self.ensureCursorVisible()

    def show_places(self, spans: Iterable[Span]) -> None:
        """Mark where the mail says something, and bring the first place into view."""
        text, marks = self.toPlainText(), []
        for span in spans:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document())
            mark.cursor.setPosition(_qt_place(text, span.start))
            mark.cursor.setPosition(_qt_place(text, span.end), QTextCursor.MoveMode.KeepAnchor)
            mark.format.setBackground(self.palette().color(QPalette.ColorRole.Highlight))
            mark.format.setForeground(self.palette().color(QPalette.ColorRole.HighlightedText))
            marks.append(mark)
        self.setExtraSelections(marks)
        if marks:
            self.setTextCursor(_start_of(marks[0].cursor))
            self.ensureCursorVisible()


def _qt_place(text: str, place: int) -> int:
    """Qt counts signs beyond the first 65,536 twice."""
    return len(text[:place].encode("utf-16-le")) // 2


def _start_of(cursor: QTextCursor) -> QTextCursor:
    start = QTextCursor(cursor)
    start.setPosition(cursor.selectionStart())
    return start
