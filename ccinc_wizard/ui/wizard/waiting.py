"""What waits, beside the first question: what should be followed up, and what was asked lately. Names are covered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, clear, column, row, section, wrapping_link
from ccinc_wizard.ui.kit.worker import LogWorker

if TYPE_CHECKING:
    from ccinc_wizard.requestlog.log import RequestLog
    from ccinc_wizard.requestlog.model import FollowUp, LoggedRequest

_MOST = 6
"""As many as one takes in at a glance: what is due first, then the newest."""
Waiting = tuple["list[FollowUp]", "list[LoggedRequest]"]


class WaitingList(QFrame):
    """Hidden while nothing waits. A click on a line opens that request in the log."""

    def __init__(self, services: Services, open_request: Callable[[str], object]) -> None:
        super().__init__()
        self.setObjectName("waiting_list")
        self.setProperty("panel", "card")
        self.setAccessibleName(services.texts("program.waiting.title"))
        self._services, self._texts, self._open = services, services.texts, open_request
        self._waiting: Waiting = ([], [])
        self._covered = True
        self._lines = column(gap=SPACE // 2, margins=SPACE * 2)
        self.setLayout(self._lines)
        self.hide()

    def ask(self, worker: LogWorker) -> None:
        """Ask the log anew; names are covered again. What it cannot tell is not shown."""
        self._covered = True

        def look(log: RequestLog) -> Waiting:
            return [entry for entry in log.follow_up() if entry.due], log.page(limit=_MOST)

        worker.run(look, done=self._show, failed=lambda _: self.hide())

    def _show(self, waiting: Waiting) -> None:
        self._waiting = waiting
        due, recent = waiting
        clear(self._lines)
        self._lines.addWidget(section(self._texts("program.waiting.title")))
        shown = {entry.request.reference: self._due(entry) for entry in due[:_MOST]}
        for request in recent:
            if len(shown) < _MOST:
                shown.setdefault(request.reference, self._recent(request))
        for number, (reference, words) in enumerate(shown.items(), start=1):
            line = wrapping_link(words, name=f"waiting_{number}", action=partial(self._open, reference))
            self._lines.addWidget(line)
        if any(request.applicant_name for request in (*recent, *(entry.request for entry in due))):
            words = self._texts("program.waiting.show_names" if self._covered else "program.waiting.hide_names")
            self._lines.addLayout(row(button(words, name="waiting_names", kind="link", action=self._turn)))
        # One that was replaced meanwhile has no place any more: it would be shown as a window of its own.
        self.setVisible(bool(shown) and self.parentWidget() is not None)

    def _turn(self) -> None:
        self._covered = not self._covered
        self._show(self._waiting)

    def _due(self, entry: FollowUp) -> str:
        return self._texts("program.waiting.due", days=entry.waiting_days, request=self._told(entry.request))

    def _recent(self, request: LoggedRequest) -> str:
        return self._texts("program.waiting.recent", day=shown_day(request.saved_at), request=self._told(request))

    def _told(self, request: LoggedRequest) -> str:
        role = self._texts(f"choices.role.{request.role}.label")
        status = self._texts(f"log.status.{request.status}")
        name = "" if self._covered else request.applicant_name
        return ", ".join(filter(None, (name, role, request.authority_name, status)))
