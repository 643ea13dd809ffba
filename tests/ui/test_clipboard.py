"""What must not stay on the clipboard: marked for the clipboard managers, and cleared while it is still ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ccinc_wizard.ui.kit.desktop import CLEAR_AFTER_SECONDS, SecretClipboard, copy_text

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
