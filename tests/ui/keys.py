"""Drives whatever has the focus by keys alone, and counts them. A chord such as Ctrl+M counts once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Keys:
    """A keyboard on an open window."""

    def __init__(self, window: QWidget) -> None:
        self.count = 0
        self._window = window

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = _NONE) -> None:
        """One key, with what is held beside it."""
        self.count += 1
        QTest.keyClick(self._focused(), key, held)
        QApplication.processEvents()

    def enter(self, held: Qt.KeyboardModifier = _NONE) -> None:
        """The Enter key."""
        self.press(Qt.Key.Key_Return, held)

    def paste(self, text: str) -> None:
        """Ctrl+V of a text that another program copied."""
        QApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CTRL)

    def _focused(self) -> QWidget:
        """Where keys go: in the dialog on top, else in the window."""
        top = QApplication.activeModalWidget() or self._window
        top.activateWindow()
        assert QTest.qWaitForWindowActive(top)
        return top.focusWidget() or top
