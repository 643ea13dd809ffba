"""The request log on a thread of its own: a slow keyring or disk never holds the window up."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

if TYPE_CHECKING:
    import queue

    from ccinc_wizard.app.services import Services
    from ccinc_wizard.requestlog.log import RequestLog

    Jobs = queue.SimpleQueue[Callable[[], None] | None]
    Asked = tuple[Callable[[Any], None], Callable[[Exception], None], Callable[[], bool]]

Result = TypeVar("Result")
MOMENT = 1.0
"""After how many seconds a long work tells how far it is, and how often."""


def after(seconds: float, tell: Callable[..., object]) -> Callable[..., None]:
    """Tells at most once in so many seconds, and not before so many have passed."""
    last = time.monotonic()

    def told(*values: object) -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            tell(*values)

    return told


class Latest:
    """Which of several questions still waits for its answer: the last one, unless it was forgotten."""

    def __init__(self) -> None:
        self._present = object()

    def ask(self) -> Callable[[], bool]:
        """From now on no earlier question counts; tells whether this one still does."""
        mine = self._present = object()
        return lambda: mine is self._present

    forget = ask


class LogWorker(QObject):
    """Runs jobs on the log one after another and calls back on the window's thread.

    The thread begins with the first job, which opens the log; each job tries anew while it cannot be opened.
    It is a daemon: a keyring that never answers does not keep the program from ending.
    """

    closing = Signal()
    """Whoever has a long job under way had better stop it now."""
    brought_over = Signal(int, int)
    """How far bringing over a log of an earlier format is, and of how much, once that takes longer than a moment."""
    reached = Signal(int, int)
    """How far the present long job is, and of how much."""
    to_file = Signal(int)
    """How many requests are still to be filed by the words of this program."""
    _finished = Signal(int, object, object)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services
        self._mode = services.mode
        self._jobs: Jobs | None = None
        self._asked: dict[int, Asked] = {}
        self._numbers = itertools.count()
        self._log: RequestLog | None = None
        self.state = "not opened"
        """How the last try to open the log went: `open`, a LogErrorCode, or the kind of another error."""
        self._thread: threading.Thread | None = None
        self._finished.connect(self._answer)

    def run(
        self,
        job: Callable[[RequestLog], Result],
        *,
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Queue a job; afterwards `done` or `failed` runs on the window's thread.

        What is no longer `wanted` by its turn is left undone, and an answer that comes too late is not told.
        """
        self._queue(lambda: job(self._opened()), done, failed, wanted)

    def run_closed(
        self, job: Callable[[], Result], *, done: Callable[[Result], None], failed: Callable[[Exception], None]
    ) -> None:
        """Queue a job that needs the log closed, such as putting another in its place."""

        def closed() -> Result:
            if self._log is not None:
                self._log.close()
                self._log = None
            return job()

        self._queue(closed, done, failed)

    def settle(self, seconds: float = 5.0) -> None:
        """Wait for what is queued, at most so long, and tell whoever asked for it."""
        if self._jobs is not None:
            passed = threading.Event()
            self._jobs.put(passed.set)
            passed.wait(seconds)
            QCoreApplication.sendPostedEvents(self)

    def close(self, seconds: float = 2.0) -> None:
        """Finish what is queued, at most so long, tell whoever asked for it, and close the log."""
        self.closing.emit()
        if self._jobs is not None and self._thread is not None:
            self._jobs.put(None)
            self._thread.join(seconds)
            QCoreApplication.sendPostedEvents(self)

    def _queue(
        self,
        job: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        # Known on the window's thread alone, which lets go of it: the other would free widgets that Qt still asks for.
        number = next(self._numbers)
        self._asked[number] = (done, failed, wanted)

        def work() -> None:
            result, error = None, None
            try:
                if wanted():
                    result = job()
            except Exception as met:
                # Whatever the log meets, the wizard still gives its answer.
                error = met
            self._finished.emit(number, result, error)

        self._begun().put(work)

    def _begun(self) -> Jobs:
        if self._jobs is None:
            import queue

            self._jobs = queue.SimpleQueue()
            self._thread = threading.Thread(target=self._work, args=[self._jobs], name="request log", daemon=True)
            self._thread.start()
        return self._jobs

    @Slot(int, object, object)
    def _answer(self, number: int, result: object, error: Exception | None) -> None:
        done, failed, wanted = self._asked.pop(number)
        try:
            if not wanted():
                return
            if error is None:
                done(result)
            else:
                failed(error)
        except RuntimeError as gone:
            # Whoever asked has gone since, as all views do when the language changes.
            if "already deleted" not in str(gone):
                raise

    def _check_mode(self) -> None:
        """A job that waited for a slow keyring until the mode changed must not reach the other mode's log."""
        if self._services.mode is not self._mode:
            from ccinc_wizard.requestlog.errors import LogError, LogErrorCode

            raise LogError(LogErrorCode.LOCKED, self._mode)

    def _opened(self) -> RequestLog:
        if self._log is not None and not self._log.store.in_place():
            # Another log was put in its place, by a restore in the terminal for one.
            self._log.close()
            self._log = None
        if self._log is None:
            try:
                self._check_mode()
                self._services.bringing_over = after(MOMENT, self.brought_over.emit)
                self._log = self._services.open_log()
            except Exception as error:
                self.state = str(getattr(error, "code", type(error).__name__))
                raise
            self.state = "open"
        return self._log

    def _work(self, jobs: Jobs) -> None:
        while (job := self._next(jobs)) is not None:
            job()
        if self._log is not None:
            self._log.close()

    def _next(self, jobs: Jobs) -> Callable[[], None] | None:
        """The next job; while there is none, what an earlier program filed is filed anew, a piece at a time."""
        told = after(MOMENT, self.to_file.emit)
        while jobs.empty() and self._log is not None and self._log.to_file and not self._log.renew_index():
            told(self._log.to_file)
        if self._log is not None and not self._log.to_file:
            self.to_file.emit(0)
        return jobs.get()
