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
    from collections.abc import Sequence

    from ccinc_wizard.app.services import Services
    from ccinc_wizard.domain.findings import EarlierRequest
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.requestlog.model import LoggedRequest
    from ccinc_wizard.ui.kit.worker import LogWorker
    from ccinc_wizard.ui.wizard.session import MakeRecord


class TrainingSession(Session):
    """The same answers, pages and rules as outside training."""

    beyond_asked = Signal()
    """Label and module are to be asked now, before the check page tells them."""
    completed = Signal()
    """The wizard's last page was left; the drawn screens come next."""

    def __init__(
        self, services: Services, worker: LogWorker, make_record: MakeRecord, answers: Answers, room: TrainingRoom
    ) -> None:
        super().__init__(services, worker, make_record, answers)
        self.room = room
        self._ask_real_log = self.hooks.look_up
        self.hooks = self.hooks._replace(look_up=self._ask_scenario, opens_check=self._beyond_answered)

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

    def _beyond_answered(self) -> bool:
        if self.room.run is None or self.room.run.beyond_answered:
            return True
        self.beyond_asked.emit()
        return False

    def _ask_scenario(self, number: RegisterNumber | None, but: str) -> Sequence[EarlierRequest] | None:
        asked = self._ask_real_log(None if self.room.run else number, but)
        if self.room.run is None:
            return asked
        scenario = self.room.run.scenario
        return scenario.earlier_requests() if same_number(self.answers.number_text, scenario.person.number) else ()
