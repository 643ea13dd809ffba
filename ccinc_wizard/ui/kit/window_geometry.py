"""Where a window stands and how large it is: whole on its screen, with its frame. All windows come here for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QObject, QRect, QSize, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen

USUAL_FRAME = QMargins(8, 40, 8, 8)
"""Taken until a window manager has told its own, which it does once the window is shown; few draw a thicker one."""
_FRAME_TOLD_MS = 150


def fitted(wanted: QRect, room: QRect, frame: QMargins) -> QRect:
    """Where the inside of a window goes so that its frame is in the room as well, as near to `wanted` as can be.

    In device-independent pixels of the desktop.
    """
    free = room - frame
    width, height = max(min(wanted.width(), free.width()), 1), max(min(wanted.height(), free.height()), 1)
    farthest = free.x() + free.width() - width, free.y() + free.height() - height
    left, top = max(min(wanted.x(), farthest[0]), free.x()), max(min(wanted.y(), farthest[1]), free.y())
    return QRect(left, top, width, height)


def fit(window: QWidget, *, moving: bool = True) -> None:
    """Let the window be whole on the screen on which it is; one that fills the screen stays as it is.

    Without `moving` only its size changes, and where it comes is for the window manager to say.
    """
    if window.isMaximized() or window.isFullScreen() or window.isMinimized():
        return
    wanted, room = window.geometry(), window.screen().availableGeometry()
    place = fitted(wanted, room, _frame(window))
    if place == wanted:
        return
    if moving:
        window.setGeometry(place)
    else:
        window.resize(place.size())


def keep_whole(window: QWidget) -> None:
    """Fit the window now, once its frame is known, and whenever a screen goes or gets another size."""
    fit(window)
    kept = window.findChild(_Keeper) or _Keeper(window)
    kept.later()


class Views(QStackedWidget):
    """Asks for the room of the view that is shown, where Qt asks for that of all it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()


class _Keeper(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._timer = QTimer(self, singleShot=True, interval=_FRAME_TOLD_MS)
        self._timer.timeout.connect(self._fit)
        if isinstance(app := QApplication.instance(), QApplication):
            app.screenRemoved.connect(self.later)
            app.screenAdded.connect(self._watch)
            for screen in app.screens():
                self._watch(screen)

    def later(self, *_: object) -> None:
        """Fit it when frame and place are known: Qt moves the windows of a screen that goes after it has told so."""
        self._timer.start()

    def _watch(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self.later)

    def _fit(self) -> None:
        window = self.parent()
        if isinstance(window, QWidget) and window.isVisible():
            fit(window)


def _frame(window: QWidget) -> QMargins:
    whole, inside = window.frameGeometry(), window.geometry()
    told = QMargins(
        inside.left() - whole.left(), inside.top() - whole.top(),
        whole.right() - inside.right(), whole.bottom() - inside.bottom(),
    )  # fmt: skip
    return USUAL_FRAME if told.isNull() else told
