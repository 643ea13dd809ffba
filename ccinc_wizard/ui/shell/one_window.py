"""One window a data folder: a second start brings the first one's window forward and ends.

A lock file says who is first; it goes with its process, however that ends. Through a local socket of the same user go a
fixed word and the mode and language that the start asked for, never anything that was typed. For training the first may
answer that a window apart is to be opened. Where no lock can be had, or the first does not answer, a second window is
better than none.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QLockFile, QSysInfo, Qt, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.enums import Mode

SHOW, SHOWN, APART = b"show\n", b"shown\n", b"apart\n"
PATIENCE_SECONDS = 4.0
"""How long the first may take to answer; on its way up it does not listen yet."""
_ANSWER_MS = 1500
_PAUSE_SECONDS = 0.1
_LONGEST = 64


class Wish(NamedTuple):
    """What a further start asks of the window that is open: its mode and language, where it was started with them."""

    mode: Mode | None = None
    language: str = ""

    def sent(self) -> bytes:
        """As it goes through the socket."""
        return " ".join(("show", *filter(None, self))).encode("ascii") + b"\n"

    @classmethod
    def heard(cls, content: bytes) -> Wish | None:
        """The wish that came through the socket; None for anything else."""
        if not (content.endswith(b"\n") and content.isascii()):
            return None
        show, *words = content.decode("ascii").removesuffix("\n").split(" ")
        known: dict[str, dict[str, Mode | str]] = {mode.value: {"mode": mode} for mode in Mode}
        known |= {language: {"language": language} for language in languages()}
        if f"{show}\n".encode() != SHOW or not known.keys() >= set(words):
            return None
        return cls(**{name: value for word in words for name, value in known[word].items()})  # type: ignore[arg-type]


COME_FORWARD = Wish()


class Elsewhere(StrEnum):
    """Where else these data are open, out of sight of who sits here; the words stand under `app.elsewhere`."""

    SESSION = "session"
    COMPUTER = "computer"


class OneWindow:
    """The claim to be the only window on a data folder. Keep it as long as the program runs."""

    def __init__(self, lock: Path, patience: float = PATIENCE_SECONDS) -> None:
        self._path = lock
        self._patience = patience
        self._lock: QLockFile | None = None
        self._server: QLocalServer | None = None
        self._beside: QLocalServer | None = None
        self._first: QLocalSocket | None = None
        self._show: Callable[[Wish], bool] | None = None
        self.elsewhere: Elsewhere | None = None
        """Where the window is that has these data open as well, once `is_first` was asked."""
        self.apart = False
        """Whether the first window, in another mode, asks for a window apart for training."""

    def is_first(self, wish: Wish = COME_FORWARD) -> bool:
        """Claim the folder. False when another window is there and has come forward, or asks for one apart."""
        last = time.monotonic() + self._patience
        while not self._claim():
            if self._ask_to_show(wish):
                return False
            if self.elsewhere:
                return True
            if self._lock is not None and not self._is_of_this_computer():
                # Nobody here will answer for it. Where its holder lives the system does not let it be removed.
                if not self._lock.removeStaleLockFile():
                    self.elsewhere = Elsewhere.COMPUTER
                    return True
                continue
            if self._reaches_first():
                # It is asked once more, as it may have begun to listen just now.
                self.elsewhere = Elsewhere.SESSION
                continue
            if time.monotonic() > last:
                return True
            time.sleep(_PAUSE_SECONDS)
        return True

    def listen(self, show: Callable[[Wish], bool]) -> None:
        """Let `show` bring the window forward when another start asks for it; False lets that start have a window of
        its own. Does nothing without the lock."""
        self._show = show
        held = self._lock is not None and self._lock.isLocked()
        if not held and self.elsewhere is not Elsewhere.SESSION:
            return
        server = self._server = _server()
        server.newConnection.connect(lambda: self._answer(server, show))
        server.listen(self._address)
        if held:
            # Only after the other, so that who is not heard by that one is known to be in another session.
            self._beside = beside = _server()
            beside.newConnection.connect(lambda: _hold(beside))
            beside.listen(self._address_of(""))

    def take_over(self, then: Callable[[], object]) -> None:
        """Become the first when that one, in another session, ends; `then` is called after it."""
        if (first := self._first) is None:
            return

        def ended() -> None:
            if self._first is not first or self._show is None:
                return
            self.release()
            self.is_first()
            self.listen(self._show)
            self.take_over(then)
            then()

        # Later, as the connection may not be taken down while it tells.
        first.disconnected.connect(lambda: QTimer.singleShot(0, ended))

    def move(self, lock: Path) -> None:
        """Claim this lock in the place of the present one, and go on listening."""
        self.release()
        self._path = lock
        if self._claim() and self._show is not None:
            self.listen(self._show)

    def release(self) -> None:
        """Let another start be the first."""
        if self._server is not None:
            self._server.close()
        if self._lock is not None:
            self._lock.unlock()
        # Last: whoever waits in another session for the end of this one claims the lock then.
        self._server = self._lock = self._beside = self._first = self.elsewhere = None

    @property
    def _address(self) -> str:
        # A window in another session of this user, as on a terminal server, would come forward where nobody sees it.
        return self._address_of(_session())

    def _address_of(self, session: str) -> str:
        folder = os.path.normcase(self._path.parent.resolve() / self._path.name)
        told = f"{folder}\n{session}".encode("utf-8", "surrogateescape")
        name = f"ccinc-wizard-{hashlib.sha256(told).hexdigest()[:16]}"
        # Qt would put the socket into the temporary folder, where other users can take the name.
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        return str(Path(runtime, name)) if runtime and Path(runtime).is_dir() else name

    def _claim(self) -> bool:
        if self._lock is None:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError:
                return True
            self._lock = QLockFile(str(self._path))
            # Else a window that has been open for half a minute would count as left from a crash.
            self._lock.setStaleLockTime(0)
        held = self._lock.isLocked() or self._lock.tryLock(0)
        return held or self._lock.error() is not QLockFile.LockError.LockFailedError

    def _is_of_this_computer(self) -> bool:
        """Whether the lock names this computer: an empty one, or one in a copied folder, does not."""
        _, host, _ = self._lock.getLockInfo() if self._lock else (0, "", "")
        return host == QSysInfo.machineHostName()

    def _reaches_first(self) -> bool:
        """Whether the first window lives, in whichever session; the connection lasts as long as that does."""
        self._first = QLocalSocket()
        self._first.connectToServer(self._address_of(""))
        return self._first.waitForConnected(_ANSWER_MS)

    def _ask_to_show(self, wish: Wish) -> bool:
        _let_others_come_forward()
        socket = QLocalSocket()
        socket.connectToServer(self._address)
        if not socket.waitForConnected(_ANSWER_MS):
            return False
        socket.write(wish.sent())
        socket.flush()
        answer = socket.readAll().data() if socket.waitForReadyRead(_ANSWER_MS) else b""
        self.apart = answer == APART
        return answer in (SHOWN, APART)

    @staticmethod
    def _answer(server: QLocalServer, show: Callable[[Wish], bool]) -> None:
        socket = server.nextPendingConnection()
        if socket is None:
            return
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(lambda: _read(socket, show))
        if socket.bytesAvailable():
            _read(socket, show)


def bring_forward(window: QWidget) -> None:
    """Show a window above the others, also when it was minimized."""
    window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()


def _read(socket: QLocalSocket, show: Callable[[Wish], bool]) -> None:
    if (wish := Wish.heard(bytes(socket.read(_LONGEST).data()))) is not None:
        socket.write(SHOWN if show(wish) else APART)
        socket.flush()
    socket.disconnectFromServer()


def _server() -> QLocalServer:
    server = QLocalServer()
    # With these options Qt puts its socket in the place of one that a crash has left.
    server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
    return server


def _hold(server: QLocalServer) -> None:
    """Take a connection on which nothing is said, until the other side ends it."""
    if (socket := server.nextPendingConnection()) is not None:
        socket.disconnected.connect(socket.deleteLater)


def _session() -> str:
    """What tells this session of the user from others on this machine."""
    if sys.platform != "win32":
        return " ".join(os.environ.get(name, "") for name in ("WAYLAND_DISPLAY", "DISPLAY"))
    import ctypes

    found = ctypes.c_ulong()
    ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(found))
    return str(found.value)


def _let_others_come_forward() -> None:
    # Windows lets only the program that was started last decide which window comes to the front.
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)
