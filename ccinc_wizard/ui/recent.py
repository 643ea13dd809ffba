"""The menu of recent requests: asked of the log each time the menu opens, as the log shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from ccinc_wizard.services import Services
from ccinc_wizard.ui.log_worker import LogWorker

if TYPE_CHECKING:
    from ccinc_wizard.requestlog.model import LoggedRequest

HOW_MANY = 8


class RecentRequests:
    """Fills an opened menu with the last requests, newest first; choosing one opens the log there."""

    def __init__(self, menu: QMenu, services: Services, worker: LogWorker, open_log: Callable[[str], object]) -> None:
        self._menu, self._services, self._worker, self._open_log = menu, services, worker, open_log

    def ask(self) -> None:
        """Ask the log; until it answers the menu says so."""
        if not self._services.has_log():
            self._tell("program.recent.none")
            return
        self._tell("logview.loading")
        self._worker.run(
            lambda log: log.page(limit=HOW_MANY),
            done=self._offer,
            failed=lambda _: self._tell("program.recent.unreadable"),
        )

    def _tell(self, key: str) -> None:
        self._menu.clear()
        self._menu.addAction(self._services.texts(key)).setEnabled(False)

    def _offer(self, requests: list[LoggedRequest]) -> None:
        if not requests:
            self._tell("program.recent.none")
            return
        self._menu.clear()
        for number, request in enumerate(requests, start=1):
            made = self._menu.addAction(self._words(request).replace("&", "&&"))
            made.setObjectName(f"recent_{number}")
            made.triggered.connect(lambda _=False, reference=request.reference: self._open_log(reference))

    def _words(self, request: LoggedRequest) -> str:
        from ccinc_wizard.ui.log_model import shown_time

        texts = self._services.texts
        told = {"reference": request.reference, "date": shown_time(request.saved_at, texts.language)}
        if request.names_erased:
            return texts("program.recent.entry", **told, name=texts("logview.erased"))
        if request.applicant_name:
            return texts("program.recent.entry", **told, name=request.applicant_name)
        return texts("program.recent.entry_nameless", **told)
