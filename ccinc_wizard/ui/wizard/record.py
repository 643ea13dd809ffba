"""One request's place in the log: not there yet, or under its reference, with the steps ticked off so far."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Signal

from ccinc_wizard.app import saving
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode

if TYPE_CHECKING:
    from ccinc_wizard.domain.enums import Status
    from ccinc_wizard.domain.findings import AccessRequest
    from ccinc_wizard.domain.outcome import Judgement, Outcome
    from ccinc_wizard.requestlog.log import RequestLog
    from ccinc_wizard.requestlog.model import LoggedRequest
    from ccinc_wizard.ui.kit.worker import LogWorker


class Record(QObject):
    """Writes what happens to a request, and is shared by all that show it: saved once, whoever asks first."""

    kept = Signal(object)
    """The `LoggedRequest` as it stands in the log now."""
    changed = Signal(object, object)
    """The `LoggedRequest` after and before a change of its status."""
    used = Signal()
    """Something of it was copied beside the browser."""
    failed = Signal(object)
    """The exception for which nothing was written. What was ticked is tried again with the next tick."""

    def __init__(
        self,
        worker: LogWorker,
        judgement: Judgement,
        request: AccessRequest,
        outcome: Outcome,
        logged: LoggedRequest | None = None,
    ) -> None:
        super().__init__()
        self.request, self.outcome, self.logged = request, outcome, logged
        self._answers, self._circumstances = judgement.answers, judgement.circumstances
        self.ticks = frozenset(logged.ticks if logged else ())
        """The steps that are ticked off here, whether or not the log could keep them."""
        self._worker = worker
        self.in_use = False
        """Whether something of it was copied beside the browser, and is worth saving."""
        self.pending = 0
        """How many writings still wait for their answer."""
        # Filled by the window's thread, emptied by the log's: what is left is what the log has not taken.
        self._unwritten: deque[tuple[str, bool]] = deque()
        self._reference = self.reference
        self._doubtful = ""
        """Under which reference it may have been saved, where the answer got lost."""

    @classmethod
    def of(cls, worker: LogWorker, judgement: Judgement, logged: LoggedRequest | None = None) -> Self | None:
        """The place of the request that the judged answers make, or None when they do not make one."""
        request, decided = judgement.request, judgement.outcome
        return cls(worker, judgement, request, decided, logged) if request and decided else None

    @property
    def reference(self) -> str:
        """What the log calls the request; empty while it is not saved."""
        return self.logged.reference if self.logged else ""

    @property
    def answers(self) -> Answers:
        """The answers that made the request, without the number."""
        return Answers.from_draft(self._answers.draft())

    def note_use(self) -> None:
        """Something of it was copied beside the browser."""
        self.in_use = True
        self.used.emit()

    def unsaved(self) -> str:
        """Steps that were ticked off and that the log did not take."""
        return "ticks" if self._unwritten and not self.pending else ""

    def save(self) -> None:
        """Put the request into the log, if it is not there yet."""
        self._write(lambda log: log.get(self._saved(log)))

    def tick(self, step: str, *, done: bool) -> None:
        """Tick a step off, or open it again; the first tick saves the request."""
        self.ticks = self.ticks | {step} if done else self.ticks - {step}
        self._unwritten.append((step, done))
        self._write(self._with_ticks)

    def change(self, status: Status) -> None:
        """Bring the request to another status."""

        def change(log: RequestLog) -> tuple[LoggedRequest, LoggedRequest]:
            before = self._with_ticks(log)
            return saving.change(log, self._reference, status), before

        def done(after_and_before: tuple[LoggedRequest, LoggedRequest]) -> None:
            self._done(after_and_before[0])
            self.changed.emit(*after_and_before)

        self.pending += 1
        self._worker.run(change, done=done, failed=self._failed)

    def take_back(self, after: LoggedRequest, before: LoggedRequest) -> None:
        """Bring the request back to what it was before a change."""
        self._write(lambda log: saving.take_back(log, after, before))

    def _write(self, work: Callable[[RequestLog], LoggedRequest]) -> None:
        self.pending += 1
        self._worker.run(work, done=self._done, failed=self._failed)

    def _failed(self, error: Exception) -> None:
        self.pending -= 1
        self.failed.emit(error)

    def _with_ticks(self, log: RequestLog) -> LoggedRequest:
        reference = self._saved(log)
        while self._unwritten:
            step, done = self._unwritten[0]
            log.tick(reference, step, done=done)
            self._unwritten.popleft()
        return log.get(reference)

    def _saved(self, log: RequestLog) -> str:
        if not self._reference and self._doubtful and saving.stands(log, self._doubtful):
            self._reference = self._doubtful
        if not self._reference:
            try:
                self._reference = saving.save(log, self._answers, self._circumstances).reference
            except LogError as error:
                self._doubtful = error.detail if error.code is LogErrorCode.UNCERTAIN else ""
                raise
        return self._reference

    def _done(self, logged: LoggedRequest) -> None:
        self.pending -= 1
        self.logged = logged
        self.kept.emit(logged)
