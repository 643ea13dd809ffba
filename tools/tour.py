"""A tour of the real window: drives it by its object names and takes a picture of each place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Tour:
    """Walks the window and takes a picture of each place."""

    def __init__(self, window: object, folder: Path) -> None:
        from ccinc_wizard.ui.shell.main_window import MainWindow

        assert isinstance(window, MainWindow)
        self.window, self.folder = window, folder

    def find(self, name: str) -> object:
        """The visible widget of this name, in whichever window; what the log must answer first is waited for."""
        found: list[QWidget] = []

        def looked() -> bool:
            from PySide6.QtWidgets import QApplication

            found[:] = [one for one in QApplication.allWidgets() if one.objectName() == name and one.isVisible()]
            return bool(found)

        self.until(looked, name)
        return found[0]

    def click(self, *names: str) -> None:
        """Click one after the other."""
        for name in names:
            self.find(name).click()  # type: ignore[attr-defined]
            self.wait(60)

    def type(self, name: str, text: str) -> None:
        """Type key by key."""
        from PySide6.QtTest import QTest

        QTest.keyClicks(self.find(name), text)

    def picture(self, name: str, of: str = "main_window") -> None:
        """A picture of what can be seen now, and one of the whole page where it is longer."""
        self.wait(150)
        self.shown(of).grab().save(str(self.folder / f"{name}.png"))

    def shown(self, of: str) -> QWidget:
        """The window that a picture is of."""
        return self.window if of == "main_window" else self.find(of)  # type: ignore[return-value]

    def until(self, condition: Callable[[], bool], what: str = "") -> None:
        """Wait for what another thread does. Raises TimeoutError with `what` it was."""
        for _ in range(1200):
            if condition():
                return
            self.wait(50)
        raise TimeoutError(what)

    @staticmethod
    def wait(milliseconds: int) -> None:
        """Let the window draw, and the log answer (QTest.qWait would hold other threads up)."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
