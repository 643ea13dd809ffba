"""The dialog for the key of a team's log: made by the first desk, given once to each other one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ccinc_wizard.machine import utc_now
from ccinc_wizard.requestlog.team import Standing, TeamLog, code_of_key, make_key, take_key
from ccinc_wizard.services import Services
from ccinc_wizard.ui.care_dialogs import Asking
from ccinc_wizard.ui.saving import reason
from ccinc_wizard.ui.widgets import TextField, label, say_in, selectable

if TYPE_CHECKING:
    from ccinc_wizard.ui.log_worker import LogWorker


class TeamKeyDialog(Asking):
    """Makes the key, takes its code, or shows it, by how this desk stands towards it."""

    def __init__(
        self,
        services: Services,
        worker: LogWorker,
        team: TeamLog,
        standing: Standing,
        taken: Callable[[], object],
        parent: QWidget | None,
    ) -> None:
        texts = services.texts
        super().__init__(texts, texts("care.team_key.title"), texts(f"care.team_key.why_{standing}"), parent)
        self.setObjectName("team_key_dialog")
        self._worker, self._team, self._standing, self._taken = worker, team, standing, taken
        self._field = TextField("team_key", texts("care.team_key.field"), texts("care.team_key.hint"))
        self._field.setVisible(standing is Standing.WANTED)
        self._code = selectable("", name="team_key_code")
        self._told = label("", name="team_key_told")
        self.finish(self._field, self._code, self._told)
        self.go.setText(texts(f"care.team_key.go_{standing}"))

    def check(self) -> None:
        """Do what the button says."""
        self.go.setEnabled(False)
        team, typed = self._team, self._field.input.text()

        def job() -> str:
            if self._standing is Standing.NEW:
                make_key(team, utc_now())
            elif self._standing is Standing.WANTED:
                take_key(team, typed, utc_now())
            return code_of_key(team)

        self._worker.run_closed(job, done=self._done, failed=self._failed)

    def _done(self, code: str) -> None:
        if self._standing is Standing.WANTED:
            self.accept()
            self._taken()
            return
        self._code.setText(code)
        self._tell(self.texts("care.team_key.keep"))
        self.go.hide()
        self.leave.setText(self.texts("care.close"))
        self.leave.setFocus()

    def done(self, result: int) -> None:
        """Closed in whatever way, it keeps no key."""
        super().done(result)
        self._field.input.clear()
        self._code.setText("")

    def _failed(self, error: Exception) -> None:
        self.go.setEnabled(True)
        self._tell(reason(self.texts, error))

    def _tell(self, text: str) -> None:
        say_in(self._told, text)
