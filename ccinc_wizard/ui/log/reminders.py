"""What should be followed up, told at the start with one click to act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from ccinc_wizard.app.erasing import in_words
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.folding import shown_moment
from ccinc_wizard.requestlog.errors import LogError
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, label, row
from ccinc_wizard.ui.kit.worker import LogWorker

if TYPE_CHECKING:
    from ccinc_wizard.app.erasing import Doubt
    from ccinc_wizard.requestlog.model import LoggedRequest


class FollowUpBar(QFrame):
    """How many requests are due."""

    def __init__(self, texts: Texts, count: int, show: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("follow_up_notice")
        self.setProperty("panel", "advice")
        key = "logview.follow_up.one" if count == 1 else "logview.follow_up.many"
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        layout.addWidget(label(texts(key, count=count), name="follow_up_text"), 1)
        layout.addWidget(button(texts("logview.follow_up.show"), name="follow_up_button", action=show))


class ClockBar(QFrame):
    """That the clock is in doubt: which date it tells, what would be erased by it, and the user's say."""

    def __init__(self, texts: Texts, doubt: Doubt, right: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("clock_notice")
        self.setProperty("panel", "advice")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        layout.addWidget(label(in_words(texts, doubt), name="clock_text"))
        go = button(texts("logview.clock.right"), name="clock_right_button", action=right)
        stay = button(texts("logview.clock.wrong"), name="clock_wrong_button", action=self.hide)
        layout.addLayout(row(go, stay))


def look_after(services: Services, worker: LogWorker, place: QVBoxLayout, show: Callable[[], object]) -> None:
    """Erase what has been kept long enough, and tell above the last widget of `place` what is due; `show` shows it."""

    def look(log: RequestLog, *, date_is_right: bool = False) -> tuple[Doubt | None, int]:
        try:
            doubt = services.erase_what_is_due(log, date_is_right=date_is_right)
        except LogError:
            # What cannot be erased now is erased later; what is due is told all the same.
            doubt = None
        return doubt, sum(entry.due for entry in log.follow_up())

    def put(bar: QFrame) -> None:
        place.insertWidget(place.count() - 1, bar)

    def erase() -> None:
        worker.run(partial(look, date_is_right=True), done=tell, failed=lambda _: None)

    def tell(found: tuple[Doubt | None, int]) -> None:
        doubt, count = found
        holder = place.parentWidget()
        # What was told before no longer holds.
        for told in holder.findChildren(QFrame) if holder else ():
            if isinstance(told, FollowUpBar | ClockBar):
                told.hide()
                told.deleteLater()
        if doubt is not None:
            put(ClockBar(services.texts, doubt, erase))
        if count:
            put(FollowUpBar(services.texts, count, show))

    worker.run(look, done=tell, failed=lambda _: None)


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
        texts = self._services.texts
        told = {"reference": request.reference, "date": shown_moment(request.saved_at)}
        if request.names_erased:
            return texts("program.recent.entry", **told, name=texts("logview.erased"))
        if request.applicant_name:
            return texts("program.recent.entry", **told, name=request.applicant_name)
        return texts("program.recent.entry_nameless", **told)
