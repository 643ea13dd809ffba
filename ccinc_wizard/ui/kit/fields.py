"""Fields: a line of text, choices with a sentence each, a box to tick, a list to drop down, and what stands beside."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ccinc_wizard.ui.kit.theme import SPACE, TARGET, scaled
from ccinc_wizard.ui.kit.widgets import PLAIN_TEXT, announce, column, label, plain, restyle

BESIDE = TARGET + 14
"""Where the words begin, so that a hint stands under them."""
_FRAME = 8


class ChoiceGroup(QWidget):
    """Radio buttons with a sentence each; none is chosen beforehand."""

    chosen = Signal(str)

    def __init__(self, prefix: str, options: Iterable[tuple[str, str, str]], spoken: str) -> None:
        """`options` are (id, label, hint); the buttons are named `<prefix>_<id>`."""
        super().__init__()
        self.setAccessibleName(spoken)
        self.error = ErrorLabel(prefix)
        self._group = QButtonGroup(self)
        self._showing = False
        self._buttons: dict[str, QRadioButton] = {}
        layout = column(self.error, gap=0)
        for option, text, hint in options:
            layout.addWidget(self._radio(prefix, option, text, hint))
            if hint:
                hint_label = label(hint, "muted")
                hint_label.setContentsMargins(BESIDE, 0, 0, SPACE + SPACE // 2)
                layout.addWidget(hint_label)
        self.setLayout(layout)

    def choose(self, option: str) -> None:
        """Show this option as chosen; an empty one clears the choice."""
        self._showing = True
        self._group.setExclusive(False)
        for name, made in self._buttons.items():
            made.setChecked(name == option)
        self._group.setExclusive(True)
        self._showing = False

    def focus_field(self) -> None:
        """Put the focus on the chosen option, else on the first."""
        chosen = self._group.checkedButton() or next(iter(self._buttons.values()))
        chosen.setFocus()

    def show_error(self, text: str) -> None:
        """Show what is wrong above the options, and tell it to who hears the options read."""
        self.error.show_error(text)
        self._describe()

    def show_mark(self, text: str) -> None:
        """Say above the options that the chosen one is to be checked."""
        self.error.show_mark(text)
        self._describe()

    def _describe(self) -> None:
        for made in self._buttons.values():
            made.setAccessibleDescription(self.error.described(str(made.property("hint") or "")))

    def _radio(self, prefix: str, option: str, text: str, hint: str) -> QRadioButton:
        made = WrappingRadio(text)
        made.setObjectName(f"{prefix}_{option.replace('-', '_')}")
        made.setAccessibleName(plain(text))
        made.setAccessibleDescription(hint)
        made.setProperty("hint", hint)
        # Not `clicked`: arrow keys and screen readers choose without a click.
        made.toggled.connect(lambda on: self.chosen.emit(option) if on and not self._showing else None)
        self._group.addButton(made)
        self._buttons[option] = made
        return made


class TextField(QWidget):
    """A labelled line of text with a hint above it and its error beside it."""

    typed = Signal(str)

    def __init__(self, name: str, title: str, hint: str) -> None:
        super().__init__()
        self.input = self.make_input()
        self.input.setObjectName(name)
        self.input.setAccessibleName(plain(title))
        self._hint = hint
        self.error = ErrorLabel(name)
        self._title = label(title)
        scaled(self._title, 1.0, bold=True)
        self._title.setBuddy(self.input)
        self.hint_label = label(hint, "muted")
        if not hint:
            self.hint_label.hide()
        self.parts = column(self._title, self.hint_label, self.error, self.input, gap=SPACE // 2)
        self.setLayout(self.parts)
        self._showing = False
        # Not `textEdited`: a screen reader or dictation sets the text without a key, and undo empties a masked field.
        self.input.textChanged.connect(lambda text: None if self._showing else self.typed.emit(text))
        self.show_error("")

    def make_input(self) -> QLineEdit:
        """The line itself."""
        return QLineEdit()

    def show_text(self, text: str) -> None:
        """Show a text that the user did not put there."""
        if self.input.text() != text:
            self._showing = True
            self.input.setText(text)
            self._showing = False
            self.input.setCursorPosition(len(text))

    def show_error(self, text: str) -> None:
        """Show what is wrong, in words and in the frame."""
        self.error.show_error(text)
        restyle(self.input, "wrong", bool(text))
        self.input.setAccessibleDescription(self.error.described(self._hint))

    def refuse(self, text: str) -> None:
        """Show what is wrong and let it be heard, with the cursor where it is to be mended."""
        self.show_error(text)
        self.focus_field()
        announce(self.input, text)

    def show_mark(self, text: str) -> None:
        """Say beside it that what stands in it is to be checked."""
        self.error.show_mark(text)
        self.input.setAccessibleDescription(self.error.described(self._hint))

    def focus_field(self) -> None:
        """Put the cursor into the field."""
        self.input.setFocus()


class WrappingRadio(QRadioButton):
    """Breaks its words anew whenever it gets another width or other letters."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        # Less than Qt asks for one line, so that a narrow page narrows it instead of being scrolled sideways.
        self.setMinimumWidth(TARGET)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words to the new width."""
        super().resizeEvent(event)
        lines = _in_lines(self._words, self.fontMetrics(), self.width() - BESIDE - _FRAME)
        if lines != self.text():
            self.setText(lines)


def _in_lines(words: str, metrics: QFontMetrics, room: int) -> str:
    if metrics.horizontalAdvance(words) <= room:
        return words
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


class WrappingCheck(QWidget):
    """A check box whose text may take several lines, which Qt's own cannot."""

    def __init__(self, name: str, text: str, checked: bool, on_change: Callable[[bool], None]) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setObjectName(name)
        self.box.setAccessibleName(text)
        self.box.setChecked(checked)
        self.box.toggled.connect(on_change)
        self._words = label(text)
        self._words.installEventFilter(self)
        layout = QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        # Beside the first line, however many there are.
        layout.addWidget(self.box, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.setLayout(layout)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the words is a click on the box."""
        if watched is self._words and event.type() == QEvent.Type.MouseButtonRelease:
            self.box.toggle()
            return True
        return super().eventFilter(watched, event)


class DropDown(QComboBox):
    """A wheel that only goes by changes nothing: what hangs on the choice would be gone unseen."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what is around it, unless one is in the list."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def drop_down(name: str, spoken: str) -> QComboBox:
    """An empty drop-down list; `spoken` may hold the mark of its mnemonic."""
    made = DropDown()
    made.setProperty("focusPolicy", "StrongFocus")
    made.setObjectName(name)
    made.setAccessibleName(plain(spoken))
    if sys.platform not in ("win32", "darwin"):
        # There Qt tells the chosen row for the name.
        made.setAccessibleDescription(made.accessibleName())
    # Qt's own list of a drop-down does not listen to the height that the style sheet gives rows.
    made.setView(QListView(made))
    return made


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
