"""A drop-down list, named for who hears it, whose rows are as large as any other target."""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView


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
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setObjectName(name)
    made.setAccessibleName(spoken.replace("&", ""))
    if sys.platform not in ("win32", "darwin"):
        # There Qt tells the chosen row for the name.
        made.setAccessibleDescription(made.accessibleName())
    # Qt's own list of a drop-down does not listen to the height that the style sheet gives rows.
    made.setView(QListView(made))
    return made
