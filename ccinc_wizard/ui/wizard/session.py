"""The interview as the window leads it: its moments as Qt's signals, and the log asked on a thread of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ccinc_wizard.app.interview import Hooks, Interview, LogLookup
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.worker import Latest

if TYPE_CHECKING:
    from ccinc_wizard.app.services import Services
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.ui.kit.worker import LogWorker
    from ccinc_wizard.ui.wizard.record import Record

PATIENCE_MS = 4000
"""How long an answer may wait for the log; a keyring can be slow, and a caller is on the line."""


class Session(Interview, QObject):
    """What every page reads, edits and listens to."""

    edited = Signal()
    moved = Signal(StepId)
    refused = Signal(list)
    """The findings that hold the present page back."""
    looked_up = Signal()
    accompanied = Signal(object)
    """The steps of this `Record` are to be shown beside the browser."""
    mail_wanted = Signal()
    """A mail is to be pasted that answers the questions."""

    def __init__(self, services: Services, worker: LogWorker, answers: Answers | None = None) -> None:
        QObject.__init__(self)
        told = self.edited.emit, self.moved.emit, self.refused.emit, self.looked_up.emit
        Interview.__init__(self, services, answers or Answers(), Hooks(*told, self._ask_log))
        self.worker = worker
        self._latest = Latest()

    def record(self) -> Record | None:
        """The present request's place in the log; None while the answers make no request."""
        from ccinc_wizard.requestlog.model import LoggedRequest
        from ccinc_wizard.ui.wizard.record import Record

        if isinstance(self.logged, Record):
            return self.logged
        logged = self.logged if isinstance(self.logged, LoggedRequest) else None
        made = Record.of(self.worker, self.judgement, logged)
        if made is not None:
            self._watch(made)
        return made

    def ask_company(self) -> None:
        """Ask for the steps beside the browser."""
        if (record := self.record()) is not None:
            self.accompanied.emit(record)

    def carry_on(self, other: Interview) -> None:
        """Stand where another session on the same answers stood."""
        from ccinc_wizard.ui.wizard.record import Record

        super().carry_on(other)
        if isinstance(self.logged, Record):
            self._watch(self.logged)

    def mark_saved(self) -> None:
        """The request stands in the log, and leaves no draft."""
        super().mark_saved()
        self.services.save_draft(Answers(), self.mode)

    def _watch(self, record: Record) -> None:
        self.logged = record
        # What is saved of an earlier request leaves the draft of the present one alone.
        record.kept.connect(lambda _: self.mark_saved() if record is self.logged else None)
        record.failed.connect(lambda error: self._refuse_saving(error) if record is self.logged else None)

    def _refuse_saving(self, error: Exception) -> None:
        from ccinc_wizard.requestlog.errors import LogErrorCode

        if getattr(error, "code", None) is LogErrorCode.SECOND_ROLE:
            self.look_up()

    def _ask_log(self, number: RegisterNumber | None, but: str) -> None:
        """Ask, and wait no longer than one can. An answer that comes later still counts."""
        wanted = self._latest.ask()
        if number is None:
            return
        from ccinc_wizard.app import saving

        self.worker.run(
            lambda log: saving.earlier_requests(log, number, but),
            done=self.hear,
            failed=lambda _: self.hear(None),
            wanted=wanted,
        )
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._give_up() if wanted() else None)

    def _give_up(self) -> None:
        if self.lookup is LogLookup.PENDING:
            self.hear(None)
