"""What is ticked, and what is dropped down to be chosen from; the first page has neither and comes without them."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from ccinc_wizard.ui.kit.widgets import label, plain


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
    made.setView(QtWidgets.QListView(made))
    return made
