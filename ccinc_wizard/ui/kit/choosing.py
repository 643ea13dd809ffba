"""What is ticked, counted or dropped down to be chosen from; the first page has none of it and comes without.

With a contrast theme the style sheet may bring no picture, so what a picture shows is painted here.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSpinBox, QStyle, QStyleOptionButton, QWidget

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
    made.setView(QtWidgets.QListView(made))
    return made
