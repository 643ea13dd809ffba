"""Small pieces that the pages share. All text is plain text: what was typed is never read as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
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
from ccinc_wizard.ui.single_click import SingleClickButton
from ccinc_wizard.ui.spoken import Heading
from ccinc_wizard.ui.theme import SECTION_SCALE, SPACE, TITLE_SCALE, scaled
from ccinc_wizard.ui.wrapping_radio import BESIDE, WrappingRadio


def label(text: str, kind: str = "", *, name: str = "", of: type[QLabel] = QLabel) -> QLabel:
    """A wrapping plain-text label; `kind` picks its colours."""
    made = of()
    made.setProperty("textFormat", PLAIN_TEXT)
    made.setWordWrap(True)
    made.setText(text)
    made.setObjectName(name)
    if kind:
        made.setProperty("kind", kind)
    return made


def section(text: str, *, name: str = "") -> QLabel:
    """A heading within a page."""
    made = label(text, name=name, of=Heading)
    scaled(made, SECTION_SCALE, bold=True)
    return made


def page_title(text: str, *, name: str = "") -> QLabel:
    """The heading of a page or a window. It can be given the focus, but Tab passes it by."""
    made = label(text, name=name, of=Heading)
    made.setProperty("focusPolicy", "ClickFocus")
    scaled(made, TITLE_SCALE, bold=True)
    return made


def selectable(text: str, *, name: str = "", kind: str = "", tab: bool = False) -> QLabel:
    """A label whose text can be selected; `tab` where no button copies it, so that the keyboard gets there too."""
    made = label(text, kind, name=name)
    from PySide6.QtCore import Qt

    flags = Qt.TextInteractionFlag
    made.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    if tab:
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setProperty("tab", tab)
    return made


def button(
    text: str,
    *,
    name: str,
    kind: str = "",
    spoken: str = "",
    picture: str = "",
    action: Callable[[], object] | None = None,
) -> QPushButton:
    """A push button; `spoken` is its accessible name where the text alone does not say enough.

    One without an action is for what listens to its state.
    """
    made = _pictured(text, picture, kind) if picture else SingleClickButton(text)
    made.setObjectName(name)
    made.setProperty("kind", kind)
    made.setAccessibleName(spoken or text.replace("&", ""))
    made.setAutoDefault(False)
    if action is not None:
        made.clicked.connect(lambda: action())
    return made


def _pictured(text: str, picture: str, kind: str) -> QPushButton:
    # Not before it is wanted: the first page has no pictures.
    from ccinc_wizard.ui.drawn import PicturedButton

    return PicturedButton(text, picture, kind)


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


def say_in(shown: QLabel, text: str) -> None:
    """Put news where it stands, and let it be heard."""
    shown.setText(text)
    announce(shown, text)


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
        made.setAccessibleName(text.replace("&", ""))
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
        self.input = QLineEdit()
        self.input.setObjectName(name)
        self.input.setAccessibleName(title.replace("&", ""))
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


def reading_width(widget: QWidget, characters: int) -> int:
    """So many average characters of the present font, in pixels: a width that follows the font."""
    return widget.fontMetrics().averageCharWidth() * characters if QApplication.instance() else 0
