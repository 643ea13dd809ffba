"""A button that takes a double click for one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class SingleClickButton(QPushButton):
    """After the first click another page may stand under the mouse, whose button nobody has meant to press."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second press of a double click does nothing."""
