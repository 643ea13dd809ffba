"""Runs a script or module with a window until that window has painted itself, says so on stderr and ends it.

`python tools/until_painted.py SCRIPT.py|MODULE ARGS`: the same measure for any Qt program, whatever it thinks itself.
Qt is loaded by the program and not before it, as what a program does until then counts as well.
"""

from __future__ import annotations

import runpy
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

WATCHED = "PySide6.QtWidgets"


class Watch:
    """Finds the module with Qt's loop for whoever imports it first, and watches the loop from then on."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Leaves all other modules alone. Loads this one by its own name, which is why it steps aside first."""
        if name != WATCHED:
            return None
        sys.meta_path.remove(self)  # type: ignore[arg-type]
        watch_loop()
        return ModuleSpec(name, self)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module that has been loaded."""
        return sys.modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """It has been."""


def watch_loop() -> None:
    """Let the program's loop end after the first paint of a window; its children paint themselves in the same go."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, end)
            return False

    def end() -> None:
        print("first page", file=sys.stderr, flush=True)
        QApplication.exit(0)

    def execute() -> int:
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible():
                widget.installEventFilter(watch)
        return loop()

    watch, loop = FirstPaint(), QApplication.exec
    QApplication.exec = staticmethod(execute)  # type: ignore[method-assign]


sys.meta_path.insert(0, Watch())  # type: ignore[arg-type]
del sys.argv[0]
if sys.argv[0].endswith(".py"):
    runpy.run_path(sys.argv[0], run_name="__main__")
else:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
