"""The wizard's session in training: the scenario stands in for the log, and two questions come before the check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.training.scenario import same_number
from ccinc_wizard.ui.training.room import TrainingRoom
from ccinc_wizard.ui.wizard.session import Session

if TYPE_CHECKING:
    from ccinc_wizard.app.services import Services
    from ccinc_wizard.requestlog.model import LoggedRequest
    from ccinc_wizard.ui.kit.worker import LogWorker


class TrainingSession(Session):
    """The same answers, pages and rules as outside training."""

    beyond_asked = Signal()
    """Label and module are to be asked now, before the check page tells them."""
    completed = Signal()
    """The wizard's last page was left; the drawn screens come next."""

    def __init__(self, services: Services, worker: LogWorker, answers: Answers, room: TrainingRoom) -> None:
        super().__init__(services, worker, answers)
        self.room = room

    def begin(self) -> None:
        """Empty answers for a scenario that begins."""
        super().restart()

    def restart(
        self, answers: Answers | None = None, at: StepId = StepId.SITUATION, logged: LoggedRequest | None = None
    ) -> None:
        """As outside training; but with a scenario, going on from the result loses nothing."""
        if self.room.run is not None and answers is None and self.step is StepId.RESULT:
            self.completed.emit()
        else:
            super().restart(answers, at, logged)

    def go_to_check(self) -> None:
        """Open the check page once label and module are answered."""
        self._go(StepId.CHECK)

    def mark_saved(self) -> None:
        """The practised request stands in the training log; the real settings learn nothing from it."""
        self.services.save_draft(Answers(), self._mode)

    def _go(self, step: StepId) -> None:
        run = self.room.run
        if step is StepId.CHECK and run is not None and not run.beyond_answered:
            self.beyond_asked.emit()
        else:
            super()._go(step)

    def _look_up(self) -> None:
        if self.room.run is None:
            super()._look_up()
            return
        scenario = self.room.run.scenario
        typed = self.answers.number_text if self.number() else ""
        if typed:
            known = same_number(typed, scenario.person.number)
            self._person.know(scenario.earlier_requests() if known else ())
        else:
            self._person.forget()
