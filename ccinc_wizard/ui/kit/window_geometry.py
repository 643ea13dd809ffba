"""Where a window stands and how large it is: whole on its screen, with its frame. All windows come here for it."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QMargins, QObject, QRect, QSize, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QScreen, QWindow

USUAL_FRAME = QMargins(8, 40, 8, 8)
"""Taken until a window manager has told its own, which it does once the window is shown; few draw a thicker one."""
_FRAME_TOLD_MS = 150
_NEWS = (QEvent.Type.Expose, QEvent.Type.Move, QEvent.Type.Resize)


def fitted(wanted: QRect, room: QRect, frame: QMargins) -> QRect:
    """Where the inside of a window goes so that its frame is in the room as well, as near to `wanted` as can be.

    In device-independent pixels of the desktop.
    """
    free = room - frame
    width, height = max(min(wanted.width(), free.width()), 1), max(min(wanted.height(), free.height()), 1)
    farthest = free.x() + free.width() - width, free.y() + free.height() - height
    left, top = max(min(wanted.x(), farthest[0]), free.x()), max(min(wanted.y(), farthest[1]), free.y())
    return QRect(left, top, width, height)


def fit(window: QWidget, *, moving: bool = True, least: int = 0) -> None:
    """Let the window be whole on the screen on which it is; one that fills the screen stays as it is.

    It becomes at least so high. Without `moving` only its size changes, and where it comes is for others to say.
    """
    if window.isMaximized() or window.isFullScreen() or window.isMinimized():
        return
    present, room = window.geometry(), window.screen().availableGeometry()
    wanted = QRect(present.topLeft(), present.size().expandedTo(QSize(0, least)))
    place = fitted(wanted, room, _frame(window))
    if place == present:
        return
    if moving:
        window.setGeometry(place)
    else:
        window.resize(place.size())


def restore_place(window: QWidget, stored: str, usual: QSize) -> None:
    """Let the window stand where it stood when this was `stored`; without that it is as large as is `usual`."""
    try:
        known = bool(stored) and window.restoreGeometry(b64decode(stored))
    except ValueError:  # the settings file is anyone's to edit
        known = False
    if not known:
        window.resize(usual)
    fit(window, moving=known)


def ask_size(window: QWidget, width: int, height: int) -> None:
    """Give the window this size, as far as its screen has room: where one that Windows knows is asked for more, Qt puts
    a fault into the log of errors."""
    room = window.screen().availableGeometry() - _frame(window)
    window.resize(QSize(width, height).boundedTo(room.size()))


def placed(window: QWidget) -> bool:
    """Whether the window system has shown it, so that Qt knows where it is and what frame it has.

    On X11 that comes late where the machine is busy. Until then Qt tells of places and sizes that are over or on the
    way (0,0 in a frame without size, or what the window was made with), and a size that is asked for takes the place
    that is told at that moment along.
    """
    handle = window.windowHandle()
    if handle is None or not handle.isExposed():
        return False
    frame = handle.frameMargins()
    return min(frame.left(), frame.top(), frame.right(), frame.bottom()) >= 0


def keep_whole(window: QWidget, needed: Callable[[], int] | None = None) -> None:
    """Fit the window now, once its place and frame are known, and whenever a screen goes or gets another size.

    Where `needed` tells of a height, the window has that at least.
    """
    kept = window.findChild(_Keeper) or _Keeper(window)
    kept.needed = needed or kept.needed
    if not window.isVisible():
        # Where nobody has said where it comes, its place is for Qt or the window manager to choose.
        fit(window, moving=window.testAttribute(QtCore.Qt.WidgetAttribute.WA_Moved))
    elif placed(window):
        kept.fit()
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
        self.needed: Callable[[], int] | None = None
        self._window = window
        self._heard: QWindow | None = None
        self._timer = QTimer(self, singleShot=True, interval=_FRAME_TOLD_MS)
        self._timer.timeout.connect(self._look)
        if isinstance(app := QApplication.instance(), QApplication):
            app.screenRemoved.connect(self.later)
            app.screenAdded.connect(self._watch)
            for screen in app.screens():
                self._watch(screen)

    def later(self, *_: object) -> None:
        """Fit it when frame and place are known: Qt moves the windows of a screen that goes after it has told so."""
        self._hear(self._window.windowHandle())
        self._timer.start()

    def fit(self) -> None:
        """Fit it, if the window system has shown it; else that is still heard of."""
        window = self._window
        if window.isVisible() and placed(window):
            fit(window, least=self.needed() if self.needed is not None else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait until no more news of its place comes. What is painted anew is none, but may have been uncovered."""
        if event.type() in _NEWS or (event.type() == QEvent.Type.Paint and not self._timer.isActive()):
            self._timer.start()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        waits = self._window.isVisible() and not placed(self._window)
        self._hear(self._window.windowHandle() if waits else None)
        self.fit()

    def _hear(self, handle: QWindow | None) -> None:
        """Hear the news of this window alone; of one that is as it should be, none."""
        if handle is self._heard:
            return
        if self._heard is not None and isValid(self._heard):
            self._heard.removeEventFilter(self)
        if handle is not None:
            handle.installEventFilter(self)
        self._heard = handle

    def _watch(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self.later)


def _frame(window: QWidget) -> QMargins:
    """As the window's own handle tells it: what a widget tells may be from before it had one."""
    # Asking for the handle loads its class, which the first page does not need.
    handle = window.windowHandle() if window.internalWinId() else None
    told = handle.frameMargins() if handle is not None else QMargins()
    if told.isNull():
        return USUAL_FRAME
    # At 150 per cent a frame of 20 pixels is told as 13, and a screen of 1,366 as 911.
    return told if float(window.devicePixelRatioF()).is_integer() else told + 1
