"""Small pieces that the pages share. All text is plain text: what was typed is never read as markup."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

from ccinc_wizard.ui.kit.spoken import Heading, UnbrokenLabel, add_layout, laid_out
from ccinc_wizard.ui.kit.theme import SECTION_SCALE, SPACE, TITLE_SCALE, scaled

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

ALONE, PLAIN_TEXT = "alone", "PlainText"
"""Given by name, like the other properties that the first page needs: importing Qt's enums would hold it up."""

_LONG_WORD, _PIECE = r"\S{25,}", r"\S{0,11}[/?&_@](?=\w)|\S{1,12}"
_BREAK = "\u200b"
"""A place at which a line may end; nothing is seen of it."""


def plain(words: str) -> str:
    """Words for a button or a menu, without the mark of their mnemonic; `&&` is an ampersand that is meant."""
    return "&".join(part.replace("&", "") for part in words.split("&&"))


class Words(UnbrokenLabel):
    """A label that reckons once how high it is at a width; layouts ask three hundred times for the first page.

    Its margins and its indent are given before it is shown, and stay.
    """

    def __init__(self) -> None:
        super().__init__()
        self._heights: dict[int, int] = {}

    def setText(self, text: str) -> None:
        """Other words need other lines."""
        self._heights.clear()
        super().setText(text)

    def setWordWrap(self, on: bool) -> None:
        """As many as they need, or one."""
        self._heights.clear()
        super().setWordWrap(on)

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def changeEvent(self, event: QtCore.QEvent) -> None:
        """Other letters need other lines."""
        self._heights.clear()
        super().changeEvent(event)


def label(
    text: str, kind: str = "", *, name: str = "", of: type[QLabel] = Words, wrap: bool = True, bold: bool = False
) -> QLabel:
    """A plain-text label; `kind` picks its colours."""
    made = of()
    made.setProperty("textFormat", PLAIN_TEXT)
    made.setWordWrap(wrap)
    made.setText(text)
    made.setObjectName(name)
    if kind:
        made.setProperty("kind", kind)
    if bold:
        scaled(made, 1.0, bold=True)
    return made


def chip(text: str, state: str, *, name: str = "") -> QLabel:
    """The word for a state on its colour: `good`, `error`, `advice` or `muted`."""
    made = label(text, "chip", name=name, wrap=False)
    made.setProperty("state", state)
    return made


def breakable(text: str) -> str:
    """The same to the eye, but words too long for a narrow column can go on in the next line instead of being cut.

    An address does so after its signs, where it has any.
    """
    return re.sub(_LONG_WORD, lambda word: _BREAK.join(re.findall(_PIECE, word[0])), text)


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


_LEAST_CHARACTERS = 20


def _broken(option: QtGui.QTextOption) -> QtGui.QTextOption:
    option.setWrapMode(QtGui.QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


class Selectable(UnbrokenLabel):
    """A word too long for its width, such as a link, goes on in the next line, and is copied as it is."""

    def minimumSizeHint(self) -> QtCore.QSize:
        least = super().minimumSizeHint()
        return QtCore.QSize(min(least.width(), reading_width(self, _LEAST_CHARACTERS)), least.height())

    def heightForWidth(self, width: int) -> int:
        """Of the text as it is painted: broken between words, and within those that are longer than a line."""
        around = self.size() - self.contentsRect().size()
        room = width - around.width() - self.margin() * 2
        laid = QtGui.QTextLayout(self.shown_text().replace("\n", "\u2028"), self.font())
        laid.setTextOption(_broken(laid.textOption()))
        laid.beginLayout()
        high = 0.0
        while (line := laid.createLine()).isValid():
            line.setLeadingIncluded(True)  # as a document has it
            line.setLineWidth(max(room, 1))
            high += math.ceil(line.height())
        laid.endLayout()
        return int(high) + around.height() + self.margin() * 2

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        """Qt's labels break between words only, and say so anew to their document whenever they lay it out."""
        if (document := self.findChild(QtGui.QTextDocument)) is not None:
            # A document laid out anew asks to be painted: asked while it is painted, it would be so for ever.
            with QtCore.QSignalBlocker(document.documentLayout()):
                super().heightForWidth(self.width())
                document.setDefaultTextOption(_broken(document.defaultTextOption()))
        super().paintEvent(event)


def selectable(text: str, *, name: str = "", tab: bool = False) -> QLabel:
    """A label whose text can be selected; `tab` where no button copies it, so that the keyboard gets there too."""
    made = label(text, name=name, of=Selectable)
    flags = QtCore.Qt.TextInteractionFlag
    made.setIndent(0)
    made.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    if tab:
        made.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
        made.setProperty("tab", tab)
    return made


def button(
    text: str,
    *,
    name: str,
    kind: str = "",
    spoken: str = "",
    of: Callable[[str], QPushButton] | None = None,
    action: Callable[[], object] | None = None,
) -> QPushButton:
    """A push button; `spoken` is its accessible name where the text alone does not say enough.

    One without an action is for what listens to its state; `of` makes a button of another kind, `pictured` for one.
    """
    made = (of or SingleClickButton)(text)
    made.setObjectName(name)
    made.setProperty("kind", kind)
    made.setAccessibleName(spoken or plain(text))
    made.setAutoDefault(False)
    if action is not None:
        made.clicked.connect(lambda: action())
    return made


def rename(made: QAbstractButton, words: str) -> None:
    """Let a button say something else, and be called by it."""
    made.setText(words)
    made.setAccessibleName(plain(words))


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


class WrappingRow(QHBoxLayout):
    """Parts beside each other; those without room go on in the next line, so that no window need be wider for them."""

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all its lines. In one line Qt reckons it: it is asked seventy times before the first page is there."""
        if self._fits(width):
            return self.sizeHint().height()
        around = self.contentsMargins()
        return around.top() + self._height(QtCore.QRect(0, 0, width, 0) - around) + around.bottom()

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def minimumSize(self) -> QtCore.QSize:
        """As wide as the widest part."""
        least = super().minimumSize()
        around = self.contentsMargins()
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QtCore.QSize(min(around.left() + widest + around.right(), least.width()), least.height())

    def setGeometry(self, place: QtCore.QRect) -> None:
        if self._fits(place.width()):
            super().setGeometry(place)
        else:
            QLayout.setGeometry(self, place)
            self._height(place - self.contentsMargins(), move=True)

    def _shown(self) -> list[QLayoutItem]:
        items = (QWidgetItem(part) if isinstance(part, QWidget) else part for part in laid_out(self))
        return [item for item in items if not item.isEmpty()]

    def _fits(self, width: int) -> bool:
        return self.sizeHint().width() <= width

    def _height(self, place: QtCore.QRect, *, move: bool = False) -> int:
        top, lines = place.top(), self._lines(place.width())
        for line in lines:
            left, high = place.left(), max(tall for _, _, tall in line)
            for item, wide, tall in line:
                if move:
                    item.setGeometry(QtCore.QRect(left, top + (high - tall) // 2, wide, tall))
                left += wide + self.spacing()
            top += high + self.spacing()
        return max(top - self.spacing() - place.top(), 0)

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, int, int]]]:
        """The parts, line by line, with the width and height of each."""
        lines: list[list[tuple[QLayoutItem, int, int]]] = []
        left = room + 1
        for item in self._shown():
            # What takes all there is, such as a line to type in, has a line of its own.
            alone = (part := item.widget()) is not None and part.property(ALONE)
            wide = room if alone else min(item.sizeHint().width(), room)
            tall = item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
            if left + wide > room:
                lines.append([])
                left = 0
            lines[-1].append((item, wide, tall))
            left += wide + self.spacing()
        return lines


class Squeezed(WrappingRow):
    """One whose parts get narrower, down to `narrowest` pixels, before one of them goes on in the next line."""

    def __init__(self, narrowest: int) -> None:
        super().__init__()
        self._narrowest = narrowest

    def heightForWidth(self, width: int) -> int:
        """Beside each other, words take as many lines as they need at what is left for them."""
        return QHBoxLayout.heightForWidth(self, width) if self._fits(width) else super().heightForWidth(width)

    def _fits(self, width: int) -> bool:
        if super()._fits(width):
            return True
        shown = self._shown()
        least = [max(item.minimumSize().width(), min(item.sizeHint().width(), self._narrowest)) for item in shown]
        return sum(least) + self.spacing() * (len(least) - 1) <= width


def row(*parts: QWidget | QLayout, gap: int = SPACE) -> WrappingRow:
    """A line whose parts keep to the left."""
    layout = WrappingRow()
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
            add_layout(layout, part)


def group(layout: QLayout, *, name: str = "") -> QWidget:
    """One widget of what is laid out: it is shown, hidden, named and read out as a whole."""
    made = QWidget()
    made.setObjectName(name)
    made.setLayout(layout)
    return made


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
    QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, text))


def status_line(name: str, kind: str = "good") -> QLabel:
    """Where `say` puts news; there is none yet."""
    made = label("", kind, name=name)
    made.hide()
    return made


def say(shown: QLabel, text: str, kind: str | None = None) -> None:
    """Show news where it stands and let it be heard; without any text there is nothing to show."""
    shown.setText(text)
    shown.setVisible(bool(text))
    if kind is not None:
        restyle(shown, "kind", kind)
    if text:
        announce(shown, text)


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at. The first value needs no new look: there has been none yet."""
    before = widget.property(name)
    widget.setProperty(name, value)
    if before is not None and before != value:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        # Else a frame keeps the room for its former border.
        QApplication.sendEvent(widget, QtCore.QEvent(QtCore.QEvent.Type.StyleChange))


def reading_width(widget: QWidget, characters: int) -> int:
    """So many average characters of the present font, in pixels: a width that follows the font."""
    return widget.fontMetrics().averageCharWidth() * characters if QApplication.instance() else 0


_RING, _RING_PLACE = 2, 4
"""How thick the ring of a main button with the focus is, and how far inside it."""


class SingleClickButton(QPushButton):
    """After the first click another page may stand under the mouse, whose button nobody has meant to press."""

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        """A main button with the focus has a ring within, as round as its own corners, which a style sheet cannot."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "primary":
            painter = QtGui.QPainter(self)
            painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
            painter.setPen(QtGui.QPen(QtGui.QGuiApplication.palette().highlightedText().color(), _RING))
            place = QtCore.QRectF(self.rect()).adjusted(_RING_PLACE, _RING_PLACE, -_RING_PLACE, -_RING_PLACE)
            painter.drawRoundedRect(place, _RING, _RING)
            painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click does nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button one stands on, where Qt would press a dialog's default one or none."""
        if event.key() not in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def wrapping_link(
    text: str, *, name: str, kind: str = "link", spoken: str = "", action: Callable[[], object]
) -> QPushButton:
    """A button that looks like a link, or of another kind, and whose words may take several lines."""
    made = button("", name=name, kind=kind, spoken=spoken or text, action=action)
    words = label(text, kind)
    words.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    inside = column(words)
    inside.setContentsMargins(*((2, 6) if kind else (SPACE * 2, SPACE - 1)) * 2)
    if not kind:
        # No wider than its words: across a whole card it would look like a field.
        made.setMaximumWidth(words.fontMetrics().horizontalAdvance(words.text()) + SPACE * 5)
    made.setLayout(inside)
    made.setSizePolicy(QtWidgets.QSizePolicy.Policy.Expanding, QtWidgets.QSizePolicy.Policy.MinimumExpanding)
    return made


def close_suggestions() -> bool:
    """Close a list in which one stands on a suggestion, as Enter should: it is in the field. False without one."""
    popup = QtWidgets.QApplication.activePopupWidget()
    if isinstance(popup, QtWidgets.QAbstractItemView) and popup.selectionModel().hasSelection():
        popup.hide()
        return True
    return False


def press_focused(window: QWidget) -> bool:
    """Press the button that has the focus, as Enter should. False when the focus is elsewhere."""
    focused = window.focusWidget()
    if isinstance(focused, QPushButton | QtWidgets.QToolButton):
        focused.click()
        return True
    return False
