"""What the log knows of the person one asks for: earlier requests that still count."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccinc_wizard.domain.findings import EarlierRequest
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.services import Services
    from ccinc_wizard.ui.log_worker import LogWorker

PATIENCE_MS = 4000
"""How long an answer may wait for the log; a keyring can be slow, and a caller is on the line."""


class LogLookup(Enum):
    """How far the question "does this person already have a role" has come."""

    NOT_NEEDED = auto()
    PENDING = auto()
    ANSWERED = auto()
    UNAVAILABLE = auto()


class PersonLookup(QObject):
    """Asks the log, and waits no longer than one can. An answer that comes later still counts."""

    answered = Signal()

    def __init__(self, services: Services, worker: LogWorker) -> None:
        super().__init__()
        self._services, self._worker = services, worker
        self.state = LogLookup.NOT_NEEDED
        self.found: Sequence[EarlierRequest] = ()
        self._turn = 0

    def ask(self, number: RegisterNumber | None, but: str) -> None:
        """Ask anew, since the log may have changed; nothing to ask without a number. The request `but` is left out."""
        self._begin(LogLookup.PENDING if number else LogLookup.NOT_NEEDED)
        if number is None:
            return
        from ccinc_wizard.app import saving

        turn = self._turn
        self._worker.run(
            lambda log: saving.earlier_requests(log, number, but),
            done=lambda found: self._finish(turn, LogLookup.ANSWERED, found),
            failed=lambda _: self._finish(turn, LogLookup.UNAVAILABLE, ()),
        )
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._give_up(turn))

    def know(self, found: Sequence[EarlierRequest]) -> None:
        """Take over what somebody else has found."""
        self._begin(LogLookup.ANSWERED)
        self.found = found

    def forget(self) -> None:
        """Nobody is asked for any more."""
        self._begin(LogLookup.NOT_NEEDED)

    def _begin(self, state: LogLookup) -> None:
        self._turn += 1
        self.state, self.found = state, ()

    def _finish(self, turn: int, state: LogLookup, found: Sequence[EarlierRequest]) -> None:
        if turn == self._turn:
            self.state, self.found = state, found
            self.answered.emit()

    def _give_up(self, turn: int) -> None:
        if self.state is LogLookup.PENDING:
            self._finish(turn, LogLookup.UNAVAILABLE, ())
