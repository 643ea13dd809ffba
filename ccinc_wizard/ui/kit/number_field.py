"""Where a register number is typed: laid out in its groups, and masked until one asks to see it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QHideEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QMenu

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.register_number import NumberKind, RegisterNumber, format_typed
from ccinc_wizard.ui.kit.desktop import copied_by_hand
from ccinc_wizard.ui.kit.fields import TextField
from ccinc_wizard.ui.kit.widgets import announce, button, fill, label, row

_DIGITS = 11
_SEPARATORS = ".-"
_WORDWISE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class SecretLine(QLineEdit):
    """What is selected in it leaves it as by the copy button only: marked, and cleared after a while.

    Qt itself would copy in the open at its keys and in its menu, and on X11 each selection at once.
    """

    def copy(self) -> None:
        """Copy what is selected, unless it is masked."""
        if self.hasSelectedText() and self.echoMode() is QLineEdit.EchoMode.Normal:
            copied_by_hand().copy(self.selectedText())

    def cut(self) -> None:
        """Copy what is selected, and take it out."""
        if self.echoMode() is QLineEdit.EchoMode.Normal:
            self.copy()
            self.insert("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that copy: with some, Qt copies what it deletes, and on X11 what it selects."""
        keys = QKeySequence.StandardKey
        selecting: dict[QKeySequence.StandardKey, Callable[[], None]] = {
            keys.SelectAll: self.selectAll,
            keys.SelectNextChar: lambda: self.cursorForward(True),
            keys.SelectPreviousChar: lambda: self.cursorBackward(True),
            keys.SelectNextWord: lambda: self.cursorWordForward(True),
            keys.SelectPreviousWord: lambda: self.cursorWordBackward(True),
            keys.SelectStartOfLine: lambda: self.home(True),
            keys.SelectEndOfLine: lambda: self.end(True),
            keys.SelectStartOfBlock: lambda: self.home(True),
            keys.SelectEndOfBlock: lambda: self.end(True),
        }
        for key, select in selecting.items():
            if event.matches(key):
                select()
                return
        if event.matches(keys.Copy):
            self.copy()
        elif event.matches(keys.Cut):
            self.cut()
        elif event.matches(keys.DeleteEndOfLine) or event.matches(keys.DeleteCompleteLine):
            self.setSelection(self.cursorPosition() if event.matches(keys.DeleteEndOfLine) else 0, len(self.text()))
            self.insert("")
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own menu, with our copying."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """The menu of the right mouse button."""
        menu = self.createStandardContextMenu()
        for name, action in (("edit-copy", self.copy), ("edit-cut", self.cut)):
            for offered in menu.findChildren(QAction, name):
                offered.triggered.disconnect()
                offered.triggered.connect(action)
        return menu

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep what was selected with the mouse from X11's primary selection, which every program reads."""
        start, length = self.selectionStart(), len(self.selectedText())
        backwards = self.cursorPosition() == start
        self.deselect()
        super().mouseReleaseEvent(event)
        if length:
            self.setSelection(start + length * backwards, -length if backwards else length)


class NumberLine(SecretLine):
    """Its separators are put in by the layout, so a key that deletes passes over them to a digit."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace right after a separator and Delete right before one take the digit beyond it."""
        text, at = self.text(), self.cursorPosition()
        if not (text.strip(_SEPARATORS + "0123456789") or self.hasSelectedText()):
            if event.matches(QKeySequence.StandardKey.Delete):
                self.setCursorPosition(at + len(text[at:]) - len(text[at:].lstrip(_SEPARATORS)))
            elif event.key() == Qt.Key.Key_Backspace and not event.modifiers() & _WORDWISE:
                self.setCursorPosition(len(text[:at].rstrip(_SEPARATORS)))
        super().keyPressEvent(event)


class NumberField(TextField):
    """Says nothing of the number itself: whoever holds it judges it, and shows the verdict here."""

    laid_out = Signal(str)
    """What was typed, in its groups."""

    def __init__(self, texts: Texts, name: str, reveal: str, hint: str) -> None:
        super().__init__(name, texts("wizard.applicant.number"), hint)
        self._texts = texts
        self.input.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self._verdict = label("", "good", name=f"{name}_verdict", wrap=False)
        self._reveal = button("", name=reveal, action=self._toggle_mask)
        fill(self.parts, [row(self._reveal, self._verdict)])
        self.typed.connect(self._lay_out)
        self._mask(True)

    def make_input(self) -> QLineEdit:
        """A line out of which nothing gets in the open."""
        return NumberLine()

    @property
    def complete(self) -> bool:
        """Whether there are digits enough to judge."""
        return sum(sign.isdigit() for sign in self.input.text()) >= _DIGITS

    def show_verdict(self, number: RegisterNumber | None) -> None:
        """Say that the number can be right; nothing where there is none."""
        key = "number_ok_bis" if number and number.kind is NumberKind.BIS else "number_ok"
        words = self._texts(f"wizard.applicant.{key}") if number else ""
        if words and words != self._verdict.text():
            announce(self._verdict, words)
        self._verdict.setText(words)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves the field's page leaves the number masked."""
        self._mask(True)
        super().hideEvent(event)

    def _lay_out(self, text: str) -> None:
        field = self.input
        laid_out = format_typed(text)
        if field.isRedoAvailable():
            # What undo brings back stays as it was, as laying it out anew would undo the undoing; Qt selects it whole.
            field.deselect()
        elif laid_out != text:
            digits_before = sum(sign.isdigit() for sign in text[: field.cursorPosition()])
            # As if typed, which comes here again: `setText` would leave nothing to undo.
            field.selectAll()
            field.insert(laid_out)
            field.setCursorPosition(_after_digits(laid_out, digits_before))
            return
        self.show_error("")
        self.laid_out.emit(text)

    def _toggle_mask(self) -> None:
        self._mask(self.input.echoMode() is QLineEdit.EchoMode.Normal)
        self.focus_field()

    def _mask(self, masked: bool) -> None:
        self.input.setEchoMode(QLineEdit.EchoMode.Password if masked else QLineEdit.EchoMode.Normal)
        word = "reveal" if masked else "hide"
        self._reveal.setText(self._texts(f"wizard.applicant.{word}"))
        self._reveal.setAccessibleName(self._texts(f"wizard.applicant.{word}_name"))


def _after_digits(text: str, count: int) -> int:
    for position, sign in enumerate(text):
        if count == 0:
            return position
        count -= sign.isdigit()
    return len(text)
