"""Fields: a line of text, choices with a sentence each, a box to tick, a list to drop down, and what stands beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QLayout, QLineEdit, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from ccinc_wizard.ui.kit.actions import CHOOSING_KEYS
from ccinc_wizard.ui.kit.theme import SPACE, TARGET, WRAPPED
from ccinc_wizard.ui.kit.widgets import (
    ALONE,
    PLAIN_TEXT,
    Squeezed,
    Words,
    announce,
    column,
    fill,
    label,
    plain,
    reading_width,
    restyle,
)

BESIDE = TARGET + SPACE * 2
"""Where the words of a choice begin, right of its mark."""
_WIDEST, _LEAST = 10_000, 40
"""Room for any words, in pixels; and how narrow a line gets that has a part beside it, in average characters."""
_CODE = 4
"""How many digits a postal code has."""


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
        self.by_digit: Callable[[], bool] = lambda: True
        """Whether a digit alone may choose."""
        self.take_number: Callable[[str, str], object] | None = None
        """What becomes of a number that was pressed here, and of what was chosen before it."""
        self.is_number: Callable[[str], bool] = lambda digits: False
        """Whether four digits that all choose are a number as well."""
        self._pressed: list[tuple[str, str]] = []
        """The digits that were pressed one after the other, each with what was chosen before."""
        self._buttons: dict[str, QRadioButton] = {}
        layout = column(self.error)
        for option, text, hint in options:
            layout.addWidget(self._card(prefix, option, text, hint))
        self.setLayout(layout)

    def choose(self, option: str) -> None:
        """Show this option as chosen; an empty one clears the choice."""
        self._showing, self._pressed = True, []
        self._group.setExclusive(False)
        for name, made in self._buttons.items():
            made.setChecked(name == option)
        self._group.setExclusive(True)
        self._showing = False

    def focus_field(self) -> None:
        """Put the focus on the chosen option, else on the first."""
        chosen = self._group.checkedButton() or next(iter(self._buttons.values()))
        chosen.setFocus()

    def choose_by_user(self, place: int) -> bool:
        """Choose the option at this place, counted from 0, as a click would. False where there is none."""
        if not 0 <= place < len(self._buttons) or not self.isEnabled():
            return False
        made = list(self._buttons.values())[place]
        made.setFocus()
        made.setChecked(True)
        return True

    def take_key(self, event: QKeyEvent) -> bool:
        """Choose by what was pressed elsewhere: an arrow, or the digit of an option. Or take a number's digits."""
        place = digit_of(event)
        if place is not None:
            return self.by_digit() and self._take_digit(event.text(), place)
        steps = {"Key_Up": -1, "Key_Left": -1, "Key_Down": 1, "Key_Right": 1}
        step = steps.get(QtCore.Qt.Key(event.key()).name)
        stops: list[QWidget | None] = list(self._buttons.values())
        focused = self.focusWidget()
        if step is None or focused not in stops:
            return False
        return self.choose_by_user((stops.index(focused) + step) % len(stops))

    def _take_digit(self, sign: str, place: int) -> bool:
        """Choose at once; once it makes a number with those before it, none of them was a choice."""
        pressed = [*self._pressed, (sign, self._chosen())][-_CODE:]
        chose = self.choose_by_user(place - 1)
        if self.take_number is None or not sign.isdecimal():
            return chose
        self._pressed = pressed
        number, before = "".join(digit for digit, _ in pressed), pressed[0][1]
        whole = len(number) == _CODE and (not self._is_choice(number[0]) or self.is_number(number))
        if whole or (len(number) > 1 and not chose):
            self.take_number(number, before)
        # Kept in mind at least: whoever is asked next would take it for a second one.
        return True

    def _is_choice(self, digit: str) -> bool:
        return 1 <= int(digit) <= len(self._buttons)

    def _chosen(self) -> str:
        return next((option for option, made in self._buttons.items() if made.isChecked()), "")

    def show_error(self, text: str) -> None:
        """Show what is wrong above the options, and tell it to who hears the options read."""
        self.error.show_words(text)
        self._describe()

    def show_mark(self, text: str) -> None:
        """Say above the options that the chosen one is to be checked."""
        self.error.show_mark(text)
        self._describe()

    def _describe(self) -> None:
        for made in self._buttons.values():
            made.setAccessibleDescription(self.error.described(str(made.property("hint") or "")))

    def _choose(self, option: str) -> None:
        self._pressed = []
        self.chosen.emit(option)

    def _card(self, prefix: str, option: str, text: str, hint: str) -> QRadioButton:
        made = ChoiceCard(text, hint, self.take_key)
        made.setObjectName(f"{prefix}_{option.replace('-', '_')}")
        made.setAccessibleName(plain(text))
        made.setAccessibleDescription(hint)
        made.setProperty("hint", hint)
        # Not `clicked`: arrow keys and screen readers choose without a click.
        made.toggled.connect(lambda on: self._choose(option) if on and not self._showing else None)
        self._group.addButton(made)
        self._buttons[option] = made
        return made


def digit_of(event: QKeyEvent) -> int | None:
    """The digit that a key press means, those from 1 to 9 also by their keys without Shift; None for any other."""
    modifiers = QtCore.Qt.KeyboardModifier
    content_of = modifiers.ControlModifier | modifiers.AltModifier | modifiers.MetaModifier
    sign = event.text().lower()  # with Caps Lock too
    if event.modifiers() & content_of or len(sign) != 1:
        return None
    return next((row.index(sign) + 1 for row in CHOOSING_KEYS if sign in row), 0 if sign == "0" else None)


def press_digit(view: QWidget, event: QKeyEvent) -> bool:
    """Choose by a digit: in the question one stands in, else in the first one. False where it means nothing."""
    shown = [group for group in view.findChildren(ChoiceGroup) if group.isVisible()]
    # Stable: of those without the focus the first one on the page stays first.
    shown.sort(key=lambda group: not group.isAncestorOf(view.window().focusWidget() or view))
    return digit_of(event) is not None and any(group.take_key(event) for group in shown[:1])


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
        self._title = label(title, bold=True)
        self._title.setBuddy(self.input)
        self.hint_label = label(hint, "muted")
        if not hint:
            self.hint_label.hide()
        self.parts = column(self._title, self.hint_label, self.error, self.input, gap=SPACE // 2)
        self.setLayout(self.parts)
        self._showing = self._refused = False
        self.input.textChanged.connect(self._mend)
        # Not `textEdited`: a screen reader or dictation sets the text without a key, and undo empties a masked field.
        self.input.textChanged.connect(lambda text: None if self._showing else self.typed.emit(text))
        self.show_error("")

    def make_input(self) -> QLineEdit:
        """The line itself."""
        return QLineEdit()

    def stand_beside(self, part: QWidget) -> None:
        """Put something at the right of the line, or under it where both have no room."""
        line = Squeezed(reading_width(self, _LEAST))
        line.setSpacing(SPACE)
        self.input.setProperty(ALONE, True)
        line.addWidget(self.input, 1)
        line.addWidget(part)
        fill(self.parts, [line])

    def show_text(self, text: str) -> None:
        """Show a text that the user did not put there."""
        if self.input.text() != text:
            self._showing = True
            self.input.setText(text)
            self._showing = False
            self.input.setCursorPosition(len(text))

    def show_error(self, text: str) -> None:
        """Show what is wrong, in words and in the frame."""
        self.error.show_words(text)
        restyle(self.input, "wrong", bool(text))
        self.input.setAccessibleDescription(self.error.described(self._hint))

    def show_hint(self, text: str) -> None:
        """Say something else above it."""
        self._hint = text
        self.hint_label.setText(text)
        self.input.setAccessibleDescription(self.error.described(text))

    def warn(self, text: str) -> None:
        """Show what is wrong while one types; it is heard when it comes up."""
        self.error.let_hear(text, self.input)
        self.show_error(text)

    def refuse(self, text: str) -> None:
        """Show what is wrong until it is mended and let it be heard, with the cursor where that is done."""
        self.show_error(text)
        self._refused = True
        self.focus_field()
        announce(self.input, text)

    def _mend(self) -> None:
        if self._refused:
            self._refused = False
            self.show_error("")

    def show_mark(self, text: str) -> None:
        """Say beside it that what stands in it is to be checked."""
        self.error.show_mark(text)
        self.input.setAccessibleDescription(self.error.described(self._hint))

    def focus_field(self) -> None:
        """Put the cursor into the field."""
        self.input.setFocus()

    def take_key(self, event: QKeyEvent) -> bool:
        """Go on with what was typed elsewhere; at the end, so that nothing of what stands there is lost."""
        self.input.setFocus()
        self.input.deselect()
        self.input.end(False)
        return QCoreApplication.sendEvent(self.input, event)


def titled(title: str, field: QWidget) -> QVBoxLayout:
    """A field of any other kind under its title, as a line of text stands under its own; as high as there is room."""
    heading = label(title, bold=True)
    heading.setBuddy(field)
    whole = column(heading, field, gap=SPACE // 2)
    whole.setStretchFactor(field, 1)
    return whole


class _Words(QWidget):
    """Words that break like a label's but are no label: a screen reader has them from what they stand on."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self._heights: dict[int, int] = {}
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(TARGET, TARGET)
        # Else that of a button's letters, on which they stand.
        self.setForegroundRole(self.palette().ColorRole.WindowText)

    def sizeHint(self) -> QSize:
        """On one line."""
        return QSize(self.fontMetrics().horizontalAdvance(self._words), self.heightForWidth(_WIDEST))

    def heightForWidth(self, width: int) -> int:
        """As many lines as they need. Reckoned once: layouts ask it thirty times before the first page is there."""
        if width not in self._heights:
            needed = self.fontMetrics().boundingRect(QRect(0, 0, width, _WIDEST), WRAPPED, self._words)
            self._heights[width] = max(needed.height(), TARGET)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        """Other letters need other lines."""
        self._heights.clear()
        super().changeEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """In the colour of text."""
        # The pen it has from the start: to name another, or the style, loads all of Qt's enums, a tenth of a start.
        painter = QPainter(self)
        painter.drawText(self.rect(), WRAPPED, self._words)
        painter.end()


class ChoiceCard(QRadioButton):
    """A choice that is its whole card: a click on its title, its hint or beside them chooses it."""

    def __init__(self, words: str, hint: str, take_key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(words)
        self._take_key = take_key
        self.setProperty("kind", "card")
        # What a row of its layout does not ask of Qt's own drawing: room for wrapped words.
        parts = column(_Words(words), gap=0)
        parts.setContentsMargins(BESIDE, SPACE, SPACE * 2, SPACE)
        if hint:
            parts.addWidget(label(hint, "muted"))
        self.setLayout(parts)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        # Where more lines are needed than at the width it would like, it is higher than it would like.
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """That of its words, which this draws itself."""
        return self._asked(QLayout.totalSizeHint)

    def minimumSizeHint(self) -> QSize:
        """Narrower than its words on one line, which break."""
        return self._asked(QLayout.totalMinimumSize)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose at once, from the first press on; Qt's own would only walk while nothing is chosen."""
        if not self._take_key(event):
            super().keyPressEvent(event)

    def hitButton(self, _: QtCore.QPoint) -> bool:
        """All of it."""
        return True

    def _asked(self, size: Callable[[QLayout], QSize]) -> QSize:
        layout = self.layout()
        return size(layout) if layout is not None else QSize()


class Beside(Words):
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

    def let_hear(self, text: str, field: QWidget) -> None:
        """Show what is wrong; unless something was before, let it be heard: not with each further key."""
        begins = bool(text) and not self.text()
        self.show_words(text)
        if begins:
            announce(field, text)

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


def named_fields(view: QWidget) -> list[QWidget]:
    """All in which one types or chooses, but for those that Qt made itself."""
    # PySide makes a class when it is first named: the first page does without these.
    qt = QtWidgets
    kinds = (QLineEdit, qt.QPlainTextEdit, qt.QSpinBox, qt.QComboBox, qt.QListWidget)
    named = (field for kind in kinds for field in view.findChildren(kind))
    return [field for field in named if field.objectName() and not field.objectName().startswith("qt_")]


def content_of(field: QWidget) -> str | int:
    """What stands in it: its text, its number, or the row that is chosen."""
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QtWidgets.QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QtWidgets.QSpinBox):
        return field.value()
    if isinstance(field, QtWidgets.QComboBox):
        return field.currentIndex()
    return field.currentRow() if isinstance(field, QtWidgets.QListWidget) else ""


def put_back(field: QWidget, content_of: str | int) -> None:
    """Put back what stood in it."""
    if isinstance(field, QLineEdit) and field.text() != content_of:
        # As if typed, so that whoever listens to the keyboard hears of it.
        field.selectAll()
        field.insert(str(content_of))
    elif isinstance(field, QtWidgets.QPlainTextEdit) and field.toPlainText() != content_of:
        field.setPlainText(str(content_of))
    elif isinstance(field, QtWidgets.QSpinBox):
        field.setValue(int(content_of))
    elif isinstance(field, QtWidgets.QComboBox):
        field.setCurrentIndex(int(content_of))
    elif isinstance(field, QtWidgets.QListWidget):
        field.setCurrentRow(int(content_of))
