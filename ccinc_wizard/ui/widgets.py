"""Small pieces that the pages share. All text is plain text: what was typed is never read as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ccinc_wizard.ui.beside import PLAIN_TEXT, ErrorLabel
from ccinc_wizard.ui.theme import SECTION_SCALE, SPACE, scaled

_LINE_CHARACTERS = 70
_UNDER_LABEL = 34
"""Where the words of a radio button begin, so that its hint stands under them."""


def label(text: str, kind: str = "", *, name: str = "", parent: QWidget | None = None) -> QLabel:
    """A wrapping plain-text label; `kind` picks its colours."""
    made = QLabel(parent)
    made.setProperty("textFormat", PLAIN_TEXT)
    made.setWordWrap(True)
    made.setText(text)
    made.setObjectName(name)
    if kind:
        made.setProperty("kind", kind)
    return made


def section(text: str, *, name: str = "") -> QLabel:
    """A heading within a page."""
    made = label(text, name=name)
    scaled(made, SECTION_SCALE, bold=True)
    return made


def selectable(text: str, *, name: str = "", kind: str = "") -> QLabel:
    """A label whose text can be selected with mouse and keyboard."""
    made = label(text, kind, name=name)
    from PySide6.QtCore import Qt

    flags = Qt.TextInteractionFlag
    made.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    return made


def button(text: str, *, name: str, kind: str = "", spoken: str = "", action: Callable[[], object]) -> QPushButton:
    """A push button; `spoken` is its accessible name where the text alone does not say enough."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("kind", kind)
    made.setAccessibleName(spoken or text.replace("&", ""))
    made.setAutoDefault(False)
    made.clicked.connect(lambda: action())
    return made


def fixed_by_policy(control: QWidget, words: str) -> QLabel:
    """Grey out what the organisation has laid down. Returns the sentence that says so, to stand beside it."""
    control.setEnabled(False)
    control.setAccessibleDescription(words)
    return label(words, "muted", name=f"policy_{control.objectName()}")


def column(*parts: QWidget | QLayout, gap: int = SPACE, margins: int = 0) -> QVBoxLayout:
    """A vertical layout of widgets and layouts."""
    layout = QVBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(margins, margins, margins, margins)
    fill(layout, parts)
    return layout


def row(*parts: QWidget | QLayout, gap: int = SPACE) -> QHBoxLayout:
    """A horizontal layout whose parts keep to the left."""
    layout = QHBoxLayout()
    layout.setSpacing(gap)
    layout.setContentsMargins(0, 0, 0, 0)
    fill(layout, parts)
    layout.addStretch(1)
    return layout


def fill(layout: QHBoxLayout | QVBoxLayout, parts: Iterable[QWidget | QLayout]) -> None:
    """Put widgets and layouts after what is there."""
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)


def card(panel: str, *parts: QWidget | QLayout, name: str = "") -> QFrame:
    """A framed group."""
    frame = QFrame()
    frame.setObjectName(name)
    frame.setProperty("panel", panel)
    frame.setLayout(column(*parts, margins=SPACE + 4))
    return frame


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            # One that was just put in is still to be shown: without its parent it would be a window.
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say this now: "copied", "saved", an error."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at. The first value needs no new look: there has been none yet."""
    before = widget.property(name)
    widget.setProperty(name, value)
    if before is not None and before != value:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class ChoiceGroup(QWidget):
    """Radio buttons with a sentence each; none is chosen beforehand."""

    chosen = Signal(str)

    def __init__(self, prefix: str, options: Iterable[tuple[str, str, str]], spoken: str) -> None:
        """`options` are (id, label, hint); the buttons are named `<prefix>_<id>`."""
        super().__init__()
        self.setAccessibleName(spoken)
        self.error = ErrorLabel(prefix)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        layout = column(self.error, gap=0)
        for option, text, hint in options:
            layout.addWidget(self._radio(prefix, option, text, hint))
            if hint:
                hint_label = label(hint, "muted")
                hint_label.setContentsMargins(_UNDER_LABEL, 0, 0, SPACE + SPACE // 2)
                layout.addWidget(hint_label)
        self.setLayout(layout)

    def choose(self, option: str) -> None:
        """Show this option as chosen; an empty one clears the choice."""
        self._group.setExclusive(False)
        for name, made in self._buttons.items():
            made.setChecked(name == option)
        self._group.setExclusive(True)

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
        made = QRadioButton(_in_lines(text))
        made.setObjectName(f"{prefix}_{option.replace('-', '_')}")
        made.setAccessibleName(text.replace("&", ""))
        made.setAccessibleDescription(hint)
        made.setProperty("hint", hint)
        made.clicked.connect(lambda: self.chosen.emit(option))
        # Arrow keys choose without a click.
        made.toggled.connect(lambda on: self.chosen.emit(option) if on and made.hasFocus() else None)
        self._group.addButton(made)
        self._buttons[option] = made
        return made


class TextField(QWidget):
    """A labelled line of text with a hint above it and its error beside it."""

    typed = Signal(str)

    def __init__(self, name: str, title: str, hint: str) -> None:
        super().__init__()
        self.input = QLineEdit()
        self.input.setObjectName(name)
        self.input.setAccessibleName(title.replace("&", ""))
        self._hint = hint
        self.error = ErrorLabel(name)
        self._title = label(title)
        scaled(self._title, 1.0, bold=True)
        self._title.setBuddy(self.input)
        self.hint_label = label(hint, "muted")
        self.hint_label.setVisible(bool(hint))
        self.parts = column(self._title, self.hint_label, self.error, self.input, gap=SPACE // 2)
        self.setLayout(self.parts)
        self.input.textEdited.connect(self.typed)
        self.input.textChanged.connect(self._notice_emptying)
        self._showing = False
        self.show_error("")

    def show_text(self, text: str) -> None:
        """Show a text that did not come from the keyboard."""
        if self.input.text() != text:
            self._showing = True
            self.input.setText(text)
            self._showing = False
            self.input.setCursorPosition(len(text))

    def _notice_emptying(self, text: str) -> None:
        # Undo empties a masked field, which Qt does not call an edit.
        if not text and not self._showing and self.input.echoMode() is not QLineEdit.EchoMode.Normal:
            self.typed.emit(text)

    def show_error(self, text: str) -> None:
        """Show what is wrong, in words and in the frame."""
        self.error.show_error(text)
        restyle(self.input, "wrong", bool(text))
        self.input.setAccessibleDescription(self.error.described(self._hint))

    def show_mark(self, text: str) -> None:
        """Say beside it that what stands in it is to be checked."""
        self.error.show_mark(text)
        self.input.setAccessibleDescription(self.error.described(self._hint))

    def focus_field(self) -> None:
        """Put the cursor into the field."""
        self.input.setFocus()


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
        from PySide6.QtCore import Qt

        layout = QHBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        # Beside the first line, however many there are.
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.setLayout(layout)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the words is a click on the box."""
        if watched is self._words and event.type() == QEvent.Type.MouseButtonRelease:
            self.box.toggle()
            return True
        return super().eventFilter(watched, event)


def _in_lines(text: str) -> str:
    """The text with line breaks, which a radio button does not make itself."""
    if len(text) <= _LINE_CHARACTERS:
        return text
    import textwrap

    return textwrap.fill(text, _LINE_CHARACTERS, break_long_words=False)


def reading_width(widget: QWidget, characters: int) -> int:
    """So many average characters of the present font, in pixels: a width that follows the font."""
    return widget.fontMetrics().averageCharWidth() * characters if QApplication.instance() else 0
