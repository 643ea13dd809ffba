"""Dialogs: what each is made on, one to read, and those that ask or tell one thing, or for a file and how it went."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

from PySide6 import QtCore
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ccinc_wizard.app.paths import whole
from ccinc_wizard.content.files import StoppedError
from ccinc_wizard.content.texts import Texts, system_reason
from ccinc_wizard.ui.kit import worker
from ccinc_wizard.ui.kit.screens import at_top
from ccinc_wizard.ui.kit.spoken import ReadingArea
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE
from ccinc_wizard.ui.kit.widgets import (
    announce,
    button,
    column,
    fill,
    label,
    page_title,
    plain,
    reading_width,
    restyle,
    section,
)
from ccinc_wizard.ui.kit.window_geometry import ask_size, fit, keep_whole
from ccinc_wizard.ui.kit.worker import Result

_WIDTH, _LINES = 70, 30
_PAUSE = 0.02


@contextmanager
def stoppable(parent: QWidget, words: str, stop: str, *, begun: float | None = None) -> Iterator[Callable[[], bool]]:
    """For work on the window's thread that is seldom long: what it gives is called now and then.

    After a moment that shows the words and a button to stop; it answers whether to go on.
    """
    begun = time.monotonic() if begun is None else begun
    shown = Busy("work_progress", words, parent, stop=stop)

    def go_on() -> bool:
        if not shown.was_stopped and time.monotonic() - begun >= worker.MOMENT:
            shown.show()
            QtCore.QCoreApplication.processEvents()
        return not shown.was_stopped

    try:
        yield go_on
    finally:
        shown.go()


def apart(parent: QWidget, words: str, stop: str, work: Callable[[Callable[[], bool]], Result]) -> Result:
    """What work gives that may wait for a disk: on a thread of its own, while this one waits or shows the words.

    `work` is given what tells whether to go on. Raises StoppedError at once when the user stops it, and what it raises.
    """
    stopped = threading.Event()
    answer: Future[Result] = Future()

    def run() -> None:
        try:
            answer.set_result(work(lambda: not stopped.is_set()))
        except Exception as error:
            answer.set_exception(error)

    # A drive that never answers does not keep the program from ending.
    thread = threading.Thread(target=run, name="reading", daemon=True)
    thread.start()
    thread.join(worker.MOMENT)
    with stoppable(parent, words, stop, begun=float("-inf")) as go_on:
        while not answer.done():
            if not go_on():
                stopped.set()
                raise StoppedError
            thread.join(_PAUSE)
    return answer.result()


def foot(*buttons: QPushButton) -> QHBoxLayout:
    """The buttons of a dialog, in the same corner in each of them; the main one comes last."""
    bar = QHBoxLayout()
    bar.setSpacing(SPACE)
    bar.addStretch(1)
    fill(bar, buttons)
    return bar


class Dialog(QDialog):
    """A window that stands on another; Escape closes it, and then it is gone."""

    def __init__(self, name: str, title: str, parent: QWidget | None, *, lasting: bool = False) -> None:
        """A `lasting` one can still be asked what was answered once it is closed."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_DeleteOnClose, not lasting)

    def setVisible(self, visible: bool) -> None:
        """Has its size before the window system hears of it, and whoever centres it knows it."""
        if visible and not self.isVisible():
            self._take_size()
        super().setVisible(visible)

    def showEvent(self, event: QShowEvent) -> None:
        """Whole on the screen, with its buttons, and with what is put in as it comes up, as the band of training."""
        if not event.spontaneous():
            self._take_size()
        super().showEvent(event)
        keep_whole(self, self._needed)

    def event(self, event: QtCore.QEvent) -> bool:
        """Grows with what comes up in it, such as an error."""
        done = super().event(event)
        if event.type() == QtCore.QEvent.Type.LayoutRequest and self.isVisible() and self._needed() > self.height():
            keep_whole(self, self._needed)
        return done

    def hasHeightForWidth(self) -> bool:
        """Not as a window: on Windows, and nowhere else, Qt would let it be no lower than all that scrolls in it."""
        return False

    def _take_size(self) -> None:
        self.ensurePolished()
        if not (sized := self.testAttribute(QtCore.Qt.WidgetAttribute.WA_Resized)):
            self.adjustSize()
        # Qt asks words that wrap how wide they would like to be, and not how high they are then.
        if (high := self._needed()) > 0 and (high > self.height() or not sized):
            ask_size(self, self.width(), high)
        fit(self, moving=False)

    def _needed(self) -> int:
        """How high it must be at its present width; nothing where all of it scrolls."""
        layout = self.layout()
        return layout.totalHeightForWidth(self.width()) if layout is not None else -1

    def lay_out(self, *parts: QWidget | QLayout, gap: int = SPACE * 2) -> QVBoxLayout:
        """Put the parts under one another."""
        layout = column(*parts, gap=gap, margins=SPACE * 3)
        if isinstance(parts[-1], QLayout) and not layout.expandingDirections() & QtCore.Qt.Orientation.Vertical:
            # What an error needed and leaves behind goes above the buttons: the words stay where they are.
            layout.insertStretch(len(parts) - 1, 1)
        # Not a least width of the dialog, which would let it be narrower than its buttons.
        layout.addStrut(reading_width(self, _WIDTH))
        self.setLayout(layout)
        return layout


class Busy(Dialog):
    """How far a job is; to be seen once it takes longer than a moment. With words for it, it can be stopped."""

    stopped = QtCore.Signal()

    def __init__(self, name: str, words: str, parent: QWidget, *, stop: str = "") -> None:
        super().__init__(name, words, parent, lasting=True)
        self.setWindowModality(QtCore.Qt.WindowModality.WindowModal)
        self.was_stopped, self._can_stop = False, bool(stop)
        self.bar = QProgressBar()
        self.bar.setObjectName("progress_bar")
        self.bar.setAccessibleName(words)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        stops = [button(plain(stop), name="progress_stop", action=self.reject)] if stop else []
        self.lay_out(label(words, name="progress_words"), self.bar, foot(*stops))
        self._later = QtCore.QTimer(self, singleShot=True)
        self._later.timeout.connect(self.show)
        self._later.start(int(worker.MOMENT * 1000))

    def show_share(self, done: int, total: int) -> None:
        """So much of so much is done; 0 of 0 where nobody knows."""
        self.bar.setMaximum(total)
        self.bar.setValue(done)

    def reject(self) -> None:
        """Stop the job, by button or Escape, if that can be."""
        if self._can_stop:
            self.was_stopped = True
            self._later.stop()
            self.stopped.emit()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A desktop whose session ends is not held up."""
        self.reject()
        event.accept()

    def go(self) -> None:
        """The job is over."""
        self._later.stop()
        self.hide()
        self.deleteLater()

    def then(self, act: Callable[[Result], object]) -> Callable[[Result], None]:
        """The same act, before which this goes."""

        def over(result: Result) -> None:
            self.go()
            act(result)

        return over


class ReadingWindow(Dialog):
    """Words that may be longer than the window, and perhaps buttons under them."""

    def __init__(self, name: str, title: str, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        shown = page_title(heading or title, name=f"{name}_title")
        self._body = column(shown, gap=SPACE * 2)
        self._body.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 3)
        scrolled = ReadingArea(heading or title)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidget(at_top(self._body))
        self._outer = column(scrolled, gap=0)
        self.setLayout(self._outer)
        self.resize(reading_width(self, READING_WIDTH) + SPACE * 8, self.fontMetrics().height() * _LINES)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put pieces under what is there."""
        fill(self._body, parts)

    def finish(self, *buttons: QPushButton) -> None:
        """Put the buttons under the pieces, the last one as the default."""
        bar = foot(*buttons)
        bar.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE * 2)
        buttons[-1].setDefault(True)
        fill(self._outer, [bar])


class MessageDialog(Dialog):
    """Asks or tells one thing, and is heard when it comes up. Enter presses the last of its buttons."""

    def __init__(self, name: str, title: str, words: str, parent: QWidget | None, *buttons: QPushButton) -> None:
        """`words` are never read as markup."""
        super().__init__(name, title, parent)
        self.words = words
        self.usual = buttons[-1]
        restyle(self.usual, "kind", "primary")
        self.usual.setDefault(True)
        self.lay_out(section(title), label(words, name="message_words"), foot(*buttons))
        self.usual.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Let it be heard."""
        super().showEvent(event)
        announce(self, f"{self.windowTitle()}. {self.words}")


def ask(
    parent: QWidget,
    name: str,
    title: str,
    text: str,
    *,
    yes: tuple[str, str],
    no: tuple[str, str],
    then: Callable[[], object],
    loses: bool = False,
) -> None:
    """Ask whether to do something, and do it when the answer is yes. `yes` and `no` are a button's name and words.

    Enter says yes, but no to what `loses` something; so does Escape.
    """
    refused, agreed = (button(words, name=called) for called, words in (no, yes))
    box = MessageDialog(name, title, text, parent, *((agreed, refused) if loses else (refused, agreed)))
    refused.clicked.connect(box.reject)
    agreed.clicked.connect(box.accept)
    box.accepted.connect(then)
    box.open()


def tell(parent: QWidget | None, name: str, title: str, text: str, close: str) -> MessageDialog:
    """What is to be acknowledged by a button with the words `close`; to be opened."""
    shut = button(close, name="message_close")
    box = MessageDialog(name, title, text, parent, shut)
    shut.clicked.connect(box.accept)
    return box


_DOCUMENTS = QStandardPaths.StandardLocation.DocumentsLocation
_used: list[Path] = []
"""The folder of the file that was asked for last in this run."""

Told = tuple[str, str]
"""How something went, in words, and the kind of words they are: `good` or `error`."""


def ask_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Which file to read; None when the user would rather not."""
    return _path(QFileDialog.getOpenFileName(parent, plain(title), str(_folder()), kinds)[0])


def ask_save(parent: QWidget, title: str, proposed: str, kinds: str) -> Path | None:
    """Where to write; None when the user would rather not."""
    return _path(QFileDialog.getSaveFileName(parent, plain(title), str(_folder() / proposed), kinds)[0])


def ask_save_as(parent: QWidget, title: str, ending: str) -> Path | None:
    """Where to write a file with this ending, which decides what is written: not every file dialog adds it itself."""
    path = ask_save(parent, title, f"ccinc.{ending}", f"*.{ending}")
    if path is None or path.suffix.lower() == f".{ending}":
        return path
    return path.with_name(f"{path.name}.{ending}")


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """In which folder; None when the user would rather not."""
    folder = QFileDialog.getExistingDirectory(parent, plain(title), str(_folder()))
    _used[:] = [Path(folder)] if folder else _used
    return Path(folder) if folder else None


def save_file(
    texts: Texts, path: Path, write: Callable[[], object], done: str = "paper.saved", failed: str = "paper.failed"
) -> Told:
    """Write the file and tell how it went; `done` and `failed` are the keys of the words."""
    try:
        write()
    except OSError as error:
        return texts(failed, reason=system_reason(texts, error)), "error"
    return texts(done, file=whole(path)), "good"


def _folder() -> Path:
    """Where to begin: in the folder used last, else in the user's documents. Never in the program's own folder."""
    folder = _used[-1] if _used else Path(QStandardPaths.writableLocation(_DOCUMENTS))
    return folder if folder.is_dir() else Path.home()


def _path(name: str) -> Path | None:
    if not name:
        return None
    _used[:] = [Path(name).parent]
    return Path(name)
