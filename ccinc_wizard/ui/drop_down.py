"""A drop-down list, named for who hears it, whose rows are as large as any other target."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QComboBox, QListView


def drop_down(name: str, spoken: str) -> QComboBox:
    """An empty drop-down list; `spoken` may hold the mark of its mnemonic."""
    made = QComboBox()
    made.setObjectName(name)
    made.setAccessibleName(spoken.replace("&", ""))
    if sys.platform not in ("win32", "darwin"):
        # There Qt tells the chosen row for the name.
        made.setAccessibleDescription(made.accessibleName())
    # Qt's own list of a drop-down does not listen to the height that the style sheet gives rows.
    made.setView(QListView(made))
    return made
