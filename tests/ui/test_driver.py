"""What one test of a window leaves behind does not reach the next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Driver


@pytest.mark.parametrize("time", ["first", "second"])
def test_no_key_is_held_that_a_test_before_pressed(window: Driver, time: str) -> None:
    assert QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier, time
    QTest.keyPress(window.window, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
