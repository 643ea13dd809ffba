"""What a screen reader is told beyond what Qt tells it by itself, and the order in which the Tab key walks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QBoxLayout, QLabel, QLayout, QScrollArea, QWidget
from shiboken6 import invalidate

from ccinc_wizard.ui.kit.theme import WRAPPED

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface, QPaintEvent

_KEPT = "keeps_focus_in_sight"
_ROLES = {"Heading": "Heading", "ChoiceGroup": "Grouping", "Choices": "Grouping", "ReadingArea": "Document"}
"""What Qt calls the role of our classes."""


_NEAR = 4
"""How exact a width is found, in pixels."""
_SPACE_WITHIN, _HYPHEN_WITHIN = r"(?<=[\d)]) (?=\d)", r"(?<![\w-])([0-9A-Z]{3}|[•.]{8})-(?=[0-9A-Z]{3}(?![\w-])|•)"
"""Within a number of several parts, and within a reference of the log or a masked number; a longer code may go on."""
_NO_BREAK_SPACE, _NO_BREAK, _NEXT_LINE = "\u00a0", "\u2060", "\u2029"


class UnbrokenLabel(QLabel):
    """Its lines end within no telephone number and no reference. Whoever asks for its words gets them as given."""

    _given = _shown = ""
    _watches = False

    def setText(self, text: str) -> None:
        """A screen reader is told the words, as no sign of ours would mean anything to it."""
        before, named = self._given, self.accessibleName()
        self._given, self._shown = text, unbroken(text)
        super().setText(self._shown)
        if named in ("", before) and (named or self._shown != text):
            self.setAccessibleName(text)

    def text(self) -> str:
        """The words as given."""
        shown = super().text()
        return self._given if shown == self._shown else shown

    def shown_text(self) -> str:
        """The words as they are laid out."""
        return super().text()

    def selectedText(self) -> str:
        """What is selected of the words as given."""
        return as_given(super().selectedText())

    def focusInEvent(self, event: QtGui.QFocusEvent) -> None:
        """Nothing is selected without the focus, nor copied that is not selected."""
        super().focusInEvent(event)
        if not self._watches:
            self._watches = True
            QtGui.QGuiApplication.clipboard().changed.connect(self._copy_as_given)

    def _copy_as_given(self, kind: QtGui.QClipboard.Mode) -> None:
        """What was copied from here, by key, menu or mouse, has no sign of how it was laid out."""
        board = QtGui.QGuiApplication.clipboard()
        copied = board.text(kind)
        if _NO_BREAK in copied and as_given(copied) == self.selectedText():
            board.setText(as_given(copied), kind)


def unbroken(text: str) -> str:
    """A text as it is laid out: no line ends within a number of several parts, nor within a reference."""
    if " " in text:
        text = re.sub(_SPACE_WITHIN, _NO_BREAK_SPACE, text)
    return re.sub(_HYPHEN_WITHIN, rf"\1-{_NO_BREAK}", text) if "-" in text else text


def as_given(shown: str) -> str:
    """Words as they were before they were laid out. Of a space that does not break Qt copies an ordinary one."""
    return shown.replace(_NO_BREAK_SPACE, " ").replace(_NO_BREAK, "").replace(_NEXT_LINE, "\n")


class Heading(UnbrokenLabel):
    """A label by which one finds one's way; a screen reader can jump from heading to heading."""

    _measured = ("", 0, 0)
    """The font and the width for which it was measured, and the width found."""

    def setText(self, text: str) -> None:
        """The words are the heading's name as well."""
        self._measured = Heading._measured
        super().setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """In lines of about one length: no word stands alone in the last one."""
        if self.fontMetrics().horizontalAdvance(self.shown_text()) <= self.width() or self.property("kind"):
            super().paintEvent(event)
            return
        font, width = self.font().key(), self.width()
        if self._measured[:2] != (font, width):
            self._measured = font, width, self._narrowest()
        painter = QPainter(self)
        painter.drawText(QRect(0, 0, self._measured[2], self.height()), WRAPPED, self.shown_text())
        painter.end()

    def _narrowest(self) -> int:
        """The least width at which it takes no more lines than at its own."""
        enough, high = self.width(), self.heightForWidth(self.width())
        # Narrower than its longest word it would take no more lines either, but lose them.
        least = min(self.minimumSizeHint().width(), enough) - 1
        while enough - least > _NEAR:
            middle = (least + enough) // 2
            least, enough = (middle, enough) if self.heightForWidth(middle) > high else (least, middle)
        return enough


class ReadingArea(QScrollArea):
    """Words that may be longer than their window: it takes the focus, so that the arrow keys scroll."""

    def __init__(self, spoken: str) -> None:
        super().__init__()
        self.setObjectName("reading_area")
        self.setAccessibleName(spoken)
        self.setWidgetResizable(True)


def give_roles() -> None:
    """Let headings and groups be known for what they are; Qt asks only while a screen reader or the like listens.

    Called once the first page is on the screen, which Qt's long lists of roles and states would hold up. Whoever
    has listened from the start was told another role by then, which is taken back.
    """
    accessible = QtGui.QAccessible
    accessible.installFactory(_interface)
    if accessible.isActive():
        for widget in QApplication.allWidgets():
            if type(widget).__name__ in _ROLES:
                told = accessible.queryAccessibleInterface(widget)
                accessible.deleteAccessibleInterface(accessible.uniqueId(told))


def tab_in_reading_order(top: QWidget) -> None:
    """Let Tab go as one reads. Qt puts what is made later at the end of the round, wherever it stands."""
    stops = [widget for widget in _as_read(top) if widget.focusPolicy() != QtCore.Qt.FocusPolicy.NoFocus]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def keep_focus_in_sight(app: QCoreApplication | None) -> None:
    """Scroll to what gets the focus. Qt does so only for steps within an area, not for the one that comes into it."""
    if isinstance(app, QApplication) and not app.property(_KEPT):
        app.setProperty(_KEPT, True)
        app.focusChanged.connect(lambda _, focused: bring_in_sight(focused) if focused is not None else None)


def hold_focus_in_sight(area: QScrollArea) -> None:
    """Scroll to what has the focus also once what is shown anew around it has taken its height."""

    def scroll() -> None:
        focused = QApplication.focusWidget()
        if focused is not None and area.isAncestorOf(focused):
            bring_in_sight(focused)

    area.verticalScrollBar().rangeChanged.connect(scroll)


def bring_in_sight(part: QWidget) -> None:
    """Scroll what is around a part until it can be seen."""
    around = part.parentWidget()
    # Where a part has just been deleted, PySide may give what was at its place in memory instead of a widget.
    while isinstance(around, QWidget):
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part, 0, 0)
            # Of a line in which one types that shows no more than its cursor.
            held = around.widget()
            if held is not None and held.isAncestorOf(part) and part.height() < around.viewport().height():
                middle, half = part.mapTo(held, part.rect().center()), part.height() // 2 + 1
                around.ensureVisible(around.horizontalScrollBar().value() + 1, middle.y(), 0, half)
        around = around.parentWidget()


def _interface(key: str, described: QObject) -> QAccessibleInterface | None:
    """Called with each class of an object, from its own up to QObject."""
    if key not in _ROLES or not isinstance(described, QWidget):
        return None
    return QtWidgets.QAccessibleWidget(described, QtGui.QAccessible.Role[_ROLES[key]])


def _as_read(part: QWidget | QLayout) -> Iterator[QWidget]:
    if isinstance(part, QWidget):
        yield part
        inner = part.widget() if isinstance(part, QScrollArea) else part.layout()
        if inner is not None:
            yield from _as_read(inner)
        return
    for held in laid_out(part):
        yield from _as_read(held)


def laid_out(layout: QLayout) -> list[QWidget | QLayout]:
    """What a layout holds, in its order, without the spaces between.

    The layout is not asked for its items. What PySide makes of an item it keeps as long as the layout, also when Qt has
    deleted the item; and once something else has come to stand at that place in memory, its end is a crash.
    """
    holder = layout.parentWidget()
    near = [*layout.children(), *(holder.children() if holder is not None else ())]
    parts = {layout.indexOf(part): part for part in near if isinstance(part, QWidget | QLayout)}
    return [parts[place] for place in sorted(parts) if place >= 0]


def add_layout(outer: QBoxLayout, inner: QLayout, stretch: int = 0) -> None:
    """Put a layout after what is in another."""
    outer.addLayout(inner, stretch)
    if outer.parentWidget() is not None:
        forget_items(inner)


def forget_items(layout: QLayout) -> None:
    """Let PySide forget the items of a layout that was just put in one on a widget: it made something of each."""
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is not None and (inner := item.layout()) is not None:
            forget_items(inner)
        elif item is not None:
            invalidate(item)
