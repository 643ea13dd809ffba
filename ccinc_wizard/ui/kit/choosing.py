"""What is ticked, counted, dropped down or sorted by to be chosen from; the first page has none of it.

With a contrast theme the style sheet may bring no picture, so what a picture shows is painted here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QStyleOptionHeader,
    QTableView,
    QWidget,
)

from ccinc_wizard.ui.kit.theme import SPACE, TARGET, present
from ccinc_wizard.ui.kit.widgets import label, plain

_TICK = ((0.22, 0.52), (0.43, 0.73), (0.8, 0.3))
"""The corners of a tick, in parts of its box."""


class CheckBox(QCheckBox):
    """A box with a tick in every theme: a full box alone does not say whether it is on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if present().ink or not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(present().on_accent), box.width() / 9))
        corners = [QtCore.QPointF(box.x() + box.width() * x, box.y() + box.height() * y) for x, y in _TICK]
        painter.drawPolyline(QPolygonF(corners))
        painter.end()


class NumberBox(QSpinBox):
    """A number with arrows. Qt draws them only where the frame is its own, which a contrast theme does not show."""

    def __init__(self, name: str, spoken: str, bounds: range, value: int) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setMinimumHeight(TARGET + SPACE)
        # Qt gives the field within no room from a style sheet.
        self.lineEdit().setTextMargins(SPACE, 0, SPACE, 0)
        self.setRange(bounds.start, bounds.stop - 1)
        self.setValue(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = present()
        if not colours.ink:
            thick = 2 if self.hasFocus() else 1
            painter = QPainter(self)
            painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.border), thick))
            painter.drawRect(QtCore.QRectF(self.rect()).adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2))
            painter.end()


class WrappingCheck(QWidget):
    """A check box whose text may take several lines, which Qt's own cannot."""

    def __init__(self, name: str, text: str, checked: bool, on_change: Callable[[bool], None]) -> None:
        super().__init__()
        self.box = CheckBox()
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
    """While its list is closed nothing chooses in it: what hangs on a choice would be done by each key on the way."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll what is around it: an open list has a wheel of its own."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that walk through the list, and letters that look in it, open it; Enter then chooses in it."""
        keys, held = QtCore.Qt.Key, QtCore.Qt.KeyboardModifier
        walking = (keys.Key_Up, keys.Key_Down, keys.Key_PageUp, keys.Key_PageDown, keys.Key_Home, keys.Key_End)
        walks = event.key() in walking
        looks = event.text().isalnum() and not event.modifiers() & (held.ControlModifier | held.AltModifier)
        if not (walks or looks):
            super().keyPressEvent(event)
            return
        self.showPopup()
        if looks:
            self.view().keyboardSearch(event.text())


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
    made.setView(QtWidgets.QListView(made))
    return made


class Headings(QHeaderView):
    """What has no room in a heading ends with dots and is whole in its tooltip; some break between words first.

    Qt measures a heading by the letters of the table, which are narrower than the bold ones it is painted in.
    """

    breaking = False
    """Whether one takes as many lines as its words need."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(QtCore.Qt.Orientation.Horizontal, table)
        self.setSectionsClickable(True)
        self.setTextElideMode(QtCore.Qt.TextElideMode.ElideNone)

    def initStyleOptionForIndex(self, option: QStyleOptionHeader, place: int) -> None:
        """Each line as far as it goes."""
        super().initStyleOptionForIndex(option, place)
        # Qt gives it the place only afterwards.
        option.rect.setWidth(self.sectionSize(place))
        parts, style = QStyle.SubElement, self.style()
        words, arrow = (
            style.subElementRect(part, option, self) for part in (parts.SE_HeaderLabel, parts.SE_HeaderArrow)
        )
        sorts = option.sortIndicator != QStyleOptionHeader.SortIndicator.None_
        room = min(words.width(), arrow.left() - words.left()) if sorts else words.width()
        option.text = "\n".join(_in_lines(option.text, self.letters(), room, breaking=self.breaking))

    def sizeHint(self) -> QtCore.QSize:
        """As high as the one with the most lines."""
        usual = super().sizeHint()
        if self.breaking:
            most = 0
            for place in range(self.count()):
                option = QStyleOptionHeader()
                self.initStyleOption(option)
                self.initStyleOptionForIndex(option, place)
                given = str(self.model().headerData(place, QtCore.Qt.Orientation.Horizontal) or "")
                most = max(most, option.text.count("\n") - given.count("\n"))
            usual.setHeight(usual.height() + most * self.letters().lineSpacing())
        return usual

    def letters(self) -> QFontMetrics:
        """Those in which headings are painted."""
        made = QFont(self.font())
        made.setBold(True)
        return QFontMetrics(made)


def _in_lines(text: str, letters: QFontMetrics, room: int, *, breaking: bool) -> Iterator[str]:
    """The lines of a heading, none of them wider than this; a word that alone would be ends with dots."""
    for line in text.split("\n"):
        begun = ""
        for word in line.split(" ") if breaking else [line]:
            longer = f"{begun} {word}".lstrip()
            if begun and letters.horizontalAdvance(longer) > room:
                yield begun
                longer = word
            begun = letters.elidedText(longer, QtCore.Qt.TextElideMode.ElideRight, room)
        yield begun
