"""What a screen reader is told beyond what Qt tells it by itself, and the order in which the Tab key walks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QScrollArea, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface

_KEPT = "keeps_focus_in_sight"
_ROLES = {
    "Heading": "Heading",
    "ChoiceGroup": "Grouping",
    "Choices": "Grouping",
    "ReadingArea": "Document",
}
"""What Qt calls the role of our classes."""


class Heading(QLabel):
    """A label by which one finds one's way; a screen reader can jump from heading to heading."""

    def setText(self, text: str) -> None:
        """The words are the heading's name as well."""
        super().setText(text)
        self.setAccessibleName(text)


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


def bring_in_sight(part: QWidget) -> None:
    """Scroll what is around a part until it can be seen."""
    around = part.parentWidget()
    # Where a part has just been deleted, PySide may give what was at its place in memory instead of a widget.
    while isinstance(around, QWidget):
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(part, 0, 0)
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
    for place in range(part.count()):
        item = part.itemAt(place)
        found = item.widget() or item.layout() if item is not None else None
        if found is not None:
            yield from _as_read(found)
