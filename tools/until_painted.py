"""Runs a script or module with a window until that window has painted itself, says so on stderr and ends it.

`python tools/until_painted.py SCRIPT.py|MODULE ARGS`: the same measure for any Qt program, whatever it thinks itself.
"""

from __future__ import annotations

import runpy
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication


class FirstPaint(QObject):
    """Waits for the first paint of a top-level widget; its children paint themselves in the same go."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets everything through."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, end)
        return False


def end() -> None:
    """Say that the first page is on the screen and leave the program's loop."""
    print("first page", file=sys.stderr, flush=True)
    QApplication.exit(0)


def execute() -> int:
    """The program's own loop, watched."""
    for widget in QApplication.topLevelWidgets():
        if widget.isVisible():
            widget.installEventFilter(watch)
    return loop()


watch = FirstPaint()
loop = QApplication.exec
QApplication.exec = staticmethod(execute)  # type: ignore[method-assign]
del sys.argv[0]
if sys.argv[0].endswith(".py"):
    runpy.run_path(sys.argv[0], run_name="__main__")
else:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
