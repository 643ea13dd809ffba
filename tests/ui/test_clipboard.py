"""What must not stay on the clipboard: marked for the clipboard managers, and cleared while it is still ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit.desktop import CLEAR_AFTER_SECONDS, SecretClipboard, copied_by_hand, copy_text
from ccinc_wizard.ui.kit.number_field import NumberField, SecretLine

NUMBER = "85.07.30-033.28"


@pytest.fixture
def secret(qapp: QApplication) -> Iterator[SecretClipboard]:
    """A clipboard that was just given a number."""
    made = SecretClipboard()
    made.copy(NUMBER)
    yield made
    made.clear()


def _timer(secret: SecretClipboard) -> QTimer:
    timer = secret.findChild(QTimer)
    assert isinstance(timer, QTimer)
    return timer


@pytest.mark.parametrize(
    "mark",
    [
        "ExcludeClipboardContentFromMonitorProcessing",
        "CanIncludeInClipboardHistory",
        "CanUploadToCloudClipboard",
    ],
)
def test_windows_keeps_it_out_of_history_and_cloud(secret: SecretClipboard, mark: str) -> None:
    data = QApplication.clipboard().mimeData()
    assert data.data(f'application/x-qt-windows-mime;value="{mark}"').data() == b"\0\0\0\0"


def test_kde_keeps_it_out_of_its_history(secret: SecretClipboard) -> None:
    data = QApplication.clipboard().mimeData()
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    assert data.text() == NUMBER


def test_an_ordinary_text_bears_no_marks(qapp: QApplication) -> None:
    copy_text("Stad Gent")
    formats = QApplication.clipboard().mimeData().formats()
    assert not [name for name in formats if "windows-mime" in name or "kde" in name]


def test_it_is_gone_when_the_time_is_over(secret: SecretClipboard) -> None:
    timer = _timer(secret)
    assert timer.isActive()
    assert timer.interval() == CLEAR_AFTER_SECONDS * 1000 == 20_000
    timer.timeout.emit()
    assert QApplication.clipboard().text() == ""
    assert not timer.isActive()


def test_another_copy_starts_the_time_anew(secret: SecretClipboard) -> None:
    timer = _timer(secret)
    timer.stop()
    secret.copy(NUMBER)
    assert timer.isActive()


def test_what_somebody_else_copied_since_stays(secret: SecretClipboard) -> None:
    QApplication.clipboard().setText("iets anders")
    _timer(secret).timeout.emit()
    assert QApplication.clipboard().text() == "iets anders"
    QApplication.clipboard().setText(NUMBER)
    secret.clear()
    assert QApplication.clipboard().text() == NUMBER


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[NumberField]:
    """A number field whose number was revealed."""
    made = NumberField(Texts("nl"), "number", "reveal", "")
    made.show()
    qtbot.waitExposed(made)
    made.input.setFocus()
    made.input.setText(NUMBER)
    made.findChild(QPushButton, "reveal").click()
    made.input.selectAll()
    QApplication.clipboard().clear()
    yield made
    copied_by_hand().clear()
    if isValid(made):
        made.deleteLater()


def _by_key(key: Qt.Key, held: Qt.KeyboardModifier) -> Callable[[SecretLine], None]:
    return lambda line: QTest.keyClick(line, key, held)


def _by_menu(name: str) -> Callable[[SecretLine], None]:
    return lambda line: line.menu().findChild(QAction, name).trigger()


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WAYS = {
    "Ctrl+C": _by_key(Qt.Key.Key_C, CTRL),
    "Ctrl+Insert": _by_key(Qt.Key.Key_Insert, CTRL),
    "Ctrl+X": _by_key(Qt.Key.Key_X, CTRL),
    "Shift+Delete": _by_key(Qt.Key.Key_Delete, SHIFT),
    "copy in the menu": _by_menu("edit-copy"),
    "cut in the menu": _by_menu("edit-cut"),
    "from outside": SecretLine.copy,
}


@pytest.mark.parametrize("way", WAYS)
def test_whatever_the_way_a_number_leaves_its_field_marked_and_is_cleared(field: NumberField, way: str) -> None:
    WAYS[way](field.input)
    data = QApplication.clipboard().mimeData()
    assert data.text() == NUMBER
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    assert any("ExcludeClipboard" in name for name in data.formats())
    assert (field.input.text() == "") is ("X" in way or "Delete" in way or "cut" in way)
    _timer(copied_by_hand()).timeout.emit()
    assert QApplication.clipboard().text() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_U])
def test_deleting_a_line_copies_nothing(field: NumberField, key: Qt.Key) -> None:
    field.input.setCursorPosition(0)
    QTest.keyClick(field.input, key, CTRL)
    assert QApplication.clipboard().text() == ""


def test_a_masked_number_cannot_be_copied(field: NumberField) -> None:
    field.findChild(QPushButton, "reveal").click()
    field.input.selectAll()
    for way in WAYS.values():
        way(field.input)
        assert QApplication.clipboard().text() == ""
    assert field.input.text() == NUMBER


def test_a_number_cannot_be_dragged_out(field: NumberField) -> None:
    assert not field.input.dragEnabled()


def test_the_clock_goes_on_when_the_field_is_gone(field: NumberField) -> None:
    WAYS["Ctrl+C"](field.input)
    field.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert _timer(copied_by_hand()).isActive()


def test_selecting_gives_nothing_to_the_primary_selection(field: NumberField) -> None:
    clipboard = QApplication.clipboard()
    if not clipboard.supportsSelection():
        pytest.skip("this screen has no primary selection: the walks on a real screen try it")
    middle = QPoint(40, field.input.height() // 2)
    primary = QClipboard.Mode.Selection
    clipboard.setText("vroeger", primary)
    for select in (
        lambda: QTest.mouseDClick(field.input, Qt.MouseButton.LeftButton, pos=middle),
        lambda: (QTest.mousePress(field.input, Qt.MouseButton.LeftButton, pos=QPoint(4, middle.y())),
                 QTest.mouseMove(field.input, middle),
                 QTest.mouseRelease(field.input, Qt.MouseButton.LeftButton, pos=middle)),
        lambda: QTest.keyClick(field.input, Qt.Key.Key_A, CTRL),
        lambda: QTest.keyClick(field.input, Qt.Key.Key_Home, SHIFT),
        lambda: QTest.keyClick(field.input, Qt.Key.Key_Left, SHIFT),
        field.input.selectAll,
    ):  # fmt: skip
        field.input.setCursorPosition(len(NUMBER))
        select()
        QApplication.processEvents()
        assert field.input.hasSelectedText()
        assert clipboard.text(primary) == "vroeger"
