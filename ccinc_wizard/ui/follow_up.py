"""What should be followed up, told at the start with one click to act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.services import Services
from ccinc_wizard.ui.log_worker import LogWorker
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import button, label


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


def look_after(services: Services, worker: LogWorker, place: QVBoxLayout, show: Callable[[], object]) -> None:
    """Erase what has been kept long enough, and tell above the last widget of `place` what is due; `show` shows it."""

    def look(log: RequestLog) -> int:
        services.erase_what_is_due(log)
        return sum(entry.due for entry in log.follow_up())

    def tell(count: int) -> None:
        holder = place.parentWidget()
        # What was told before no longer holds.
        for told in holder.findChildren(FollowUpBar) if holder else ():
            told.hide()
            told.deleteLater()
        if count:
            place.insertWidget(place.count() - 1, FollowUpBar(services.texts, count, show))

    worker.run(look, done=tell, failed=lambda _: None)
