"""A window manager that does one thing at a time, so that a dialog shows what it makes of all that is told meanwhile.

Prints what is wrong with where a dialog is once all is done. The order is openbox's: a window is put into a frame
without size at 0,0 and mapped there, before it is placed and its frame is told.
"""

from __future__ import annotations

import ctypes
import sys
from collections import deque
from collections.abc import Callable
from ctypes import Structure, Union, byref, c_int, c_long, c_uint, c_ulong, c_void_p
from functools import partial

from PySide6.QtCore import QEvent, QEventLoop, QRect, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ccinc_wizard.ui.kit.dialogs import Dialog, MessageDialog, foot
from ccinc_wizard.ui.kit.widgets import button, label

CONFIGURE_NOTIFY, CONFIGURE_REQUEST, MAP_REQUEST = 22, 23, 20
STRUCTURE_NOTIFY, SUBSTRUCTURE_REDIRECT = 1 << 17, 1 << 20
LEFT, RIGHT, TOP, BOTTOM = 1, 1, 20, 5
NEAR = 80
"""How far from the middle of its parent the middle of a dialog may be, in pixels of the screen."""
STEPS = 60
"""After so many things to do for one window, window and manager are never done with each other."""
LOOKS, LOOK_AGAIN_MS = 20, 100
"""How often it is looked at before something counts as wrong, and what is waited in between."""

_Head = ("type", c_int), ("serial", c_ulong), ("sent", c_int), ("display", c_void_p), ("parent", c_ulong)
_Place = [(name, c_int) for name in ("x", "y", "width", "height", "border")]


class _Request(Structure):
    _fields_ = [*_Head, ("window", c_ulong), *_Place, ("above", c_ulong), ("detail", c_int), ("mask", c_ulong)]


class _Configured(Structure):
    _fields_ = [*_Head, ("window", c_ulong), *_Place, ("above", c_ulong), ("override", c_int)]


class _Event(Union):
    _fields_ = [("request", _Request), ("configured", _Configured), ("room", c_long * 24)]


class Manager:
    """Frames windows and places them where they ask to be; to be asked for each step."""

    def __init__(self) -> None:
        self.x = x = ctypes.CDLL("libX11.so.6")
        for name in ("XOpenDisplay", "XInternAtom", "XCreateSimpleWindow", "XDefaultRootWindow"):
            getattr(x, name).restype = c_void_p if name == "XOpenDisplay" else c_ulong
        self.display = c_void_p(x.XOpenDisplay(None))
        self._on_error = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)(lambda *_: 0)
        x.XSetErrorHandler(self._on_error)
        self.root = c_ulong(x.XDefaultRootWindow(self.display))
        x.XSelectInput(self.display, self.root, c_long(SUBSTRUCTURE_REDIRECT))
        self._steps: deque[Callable[[], object]] = deque()
        self._frames: dict[int, c_ulong] = {}
        self._wanted: dict[int, list[int]] = {}
        """Where the inside of each window is to be: left, top, width, height."""
        own = self._made_window()
        for window in (self.root, own):
            self._tell(window, "_NET_SUPPORTING_WM_CHECK", "WINDOW", own.value)
        self._tell(self.root, "_NET_SUPPORTED", "ATOM", self._atom("_NET_FRAME_EXTENTS"))
        x.XSync(self.display, 0)

    def step(self) -> bool:
        """Do the next thing; False when there is none."""
        if self._steps:
            self._steps.popleft()()
        elif self.x.XPending(self.display):
            event = _Event()
            self.x.XNextEvent(self.display, byref(event))
            self._follow(event.request)
        else:
            return False
        self.x.XSync(self.display, 0)
        return True

    def place(self, window: QWidget) -> QRect:
        """Where a window is with its frame."""
        left, top, width, height = self._wanted[window.winId()]
        return QRect(left - LEFT, top - TOP, width + LEFT + RIGHT, height + TOP + BOTTOM)

    def _follow(self, asked: _Request) -> None:
        window = c_ulong(asked.window)
        if asked.type == MAP_REQUEST:
            steps = self._frame, self._put_inside, self._put, self._show
            self._steps += [partial(step, window) for step in steps]
        elif asked.type == CONFIGURE_REQUEST:
            wanted = self._wanted.setdefault(asked.window, [0, 0, 1, 1])
            for bit, value in enumerate((asked.x, asked.y, asked.width, asked.height)):
                if asked.mask & 1 << bit:
                    wanted[bit] = value
            if asked.window in self._frames:
                self._put(window)
            else:
                self.x.XMoveResizeWindow(self.display, window, *wanted)

    def _frame(self, window: c_ulong) -> None:
        root, place = c_ulong(), [c_int() for _ in range(2)]
        size = [c_uint() for _ in range(4)]
        self.x.XGetGeometry(self.display, window, byref(root), *map(byref, [*place, *size]))
        self._wanted[window.value] = [part.value for part in (*place, *size[:2])]
        self._frames[window.value] = frame = self._made_window()
        self.x.XSelectInput(self.display, frame, c_long(SUBSTRUCTURE_REDIRECT))
        self.x.XReparentWindow(self.display, window, frame, 0, 0)
        self.x.XMapWindow(self.display, window)

    def _put_inside(self, window: c_ulong) -> None:
        self.x.XMoveResizeWindow(self.display, window, LEFT, TOP, *self._wanted[window.value][2:])

    def _put(self, window: c_ulong) -> None:
        left, top, width, height = self._wanted[window.value]
        frame, outer = self._frames[window.value], (width + LEFT + RIGHT, height + TOP + BOTTOM)
        self._tell(window, "_NET_FRAME_EXTENTS", "CARDINAL", LEFT, RIGHT, TOP, BOTTOM)
        self.x.XMoveResizeWindow(self.display, frame, left - LEFT, top - TOP, *outer)
        self._put_inside(window)
        told = _Event()
        told.configured = _Configured(CONFIGURE_NOTIFY, 0, 1, self.display, window, window, left, top, width, height)
        self.x.XSendEvent(self.display, window, 0, c_long(STRUCTURE_NOTIFY), byref(told))

    def _show(self, window: c_ulong) -> None:
        self.x.XMapWindow(self.display, self._frames[window.value])

    def _made_window(self) -> c_ulong:
        return c_ulong(self.x.XCreateSimpleWindow(self.display, self.root, 0, 0, 1, 1, 0, c_ulong(0), c_ulong(0)))

    def _atom(self, name: str) -> int:
        return int(self.x.XInternAtom(self.display, name.encode(), 0))

    def _tell(self, window: c_ulong, name: str, kind: str, *values: int) -> None:
        told, of = (c_ulong * len(values))(*values), c_ulong(self._atom(kind))
        self.x.XChangeProperty(self.display, window, c_ulong(self._atom(name)), of, 32, 0, told, len(values))


def settle(manager: Manager, window: QWidget) -> None:
    """One step after the other; after each, the window lays its parts out again and its keeper looks."""
    QApplication.sync()
    steps = 0
    while manager.step():
        steps += 1
        if steps > STEPS:
            raise SystemExit(f"{window.objectName()} does not come to rest")
        QApplication.sync()
        QApplication.postEvent(window, QEvent(QEvent.Type.LayoutRequest))
        QApplication.sync()
        while any(timer.isActive() for timer in window.findChildren(QTimer)):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        QApplication.sync()


def wrong(manager: Manager, parent: QWidget, shown: Dialog) -> list[str]:
    """What is wrong with where this comes up, and stays so: Qt reads what it is told on a thread of its own."""
    shown.open()
    for _ in range(LOOKS):
        settle(manager, shown)
        if not (found := amiss(manager.place(shown), manager.place(parent), shown)):
            break
        QTest.qWait(LOOK_AGAIN_MS)
    shown.close()
    return [f"{shown.objectName()}: {one}" for one in found]


def amiss(place: QRect, around: QRect, shown: Dialog) -> list[str]:
    """What is wrong with a dialog that stands at this place, over a window there."""
    needed = shown.layout().totalHeightForWidth(shown.width())  # type: ignore[union-attr]
    ratio, room = shown.devicePixelRatioF(), shown.screen().availableGeometry()
    whole = QRect(0, 0, round(room.width() * ratio), round(room.height() * ratio))
    off = place.center() - around.center()
    found = []
    if not whole.contains(place):
        found.append(f"{place} is not within {whole}")
    if max(abs(off.x()), abs(off.y())) > NEAR:
        found.append(f"{place} is not over {around}")
    if place.height() > min((needed + 4) * ratio + TOP + BOTTOM, whole.height()):
        found.append(f"{place} is higher than the {needed} that it needs")
    return found


def main() -> int:
    """Two dialogs: a short question, and one that needs all of the screen."""
    manager = Manager()
    application = QApplication([])
    parent = QWidget()
    parent.setGeometry(20, 40, 600, 300)
    parent.show()
    settle(manager, parent)
    words = "Wie sluit, verliest wat nog niet bewaard is. " * 3
    buttons = [button(f"Knop {line}", name=f"line_{line}") for line in range(10)]
    question = MessageDialog("question", "Sluiten?", words, parent, *buttons[:2])
    tall = Dialog("tall", "Lang", parent)
    tall.lay_out(label(words * 2), *buttons[2:-1], foot(buttons[-1]))
    found = [*wrong(manager, parent, question), *wrong(manager, parent, tall)]
    print("\n".join(found))
    application.processEvents()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
