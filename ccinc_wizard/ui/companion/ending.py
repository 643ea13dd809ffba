"""What is left to say once all steps are ticked off: how the request ended, in one click."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.requestlog.model import TRANSITIONS, Status
from ccinc_wizard.ui.record import Record
from ccinc_wizard.ui.theme import scaled
from ccinc_wizard.ui.widgets import button, card, column, label, row


class Ending(QFrame):
    """Offers the states that the request may come to now, or tells which one it came to."""

    def __init__(self, texts: Texts, record: Record, close: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("companion_ending")
        self._texts, self._record = texts, record
        heading = label(texts("companion.ending.title"))
        scaled(heading, 1.0, bold=True)
        self._words = label("", name="companion_outcome")
        self._offers = {status: self._offer(status) for status in self._wanted()}
        self._close = button(texts("companion.ending.close"), name="companion_close", action=close)
        lines = [row(offer) for offer in self._offers.values()]
        self.setLayout(column(card("good", heading, self._words, *lines, row(self._close))))

    def refresh(self) -> None:
        """Show what may still be said of the request."""
        logged = self._record.logged
        status = logged.status if logged else Status.REQUESTED
        for wanted, offer in self._offers.items():
            offer.setVisible(wanted in TRANSITIONS[status])
        said = self._texts("companion.ending.why")
        if status is not Status.REQUESTED:
            said = self._texts("companion.ending.marked", status=self._texts(f"log.status.{status}"))
        self._words.setText(said)

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be done."""
        offered = [offer for offer in self._offers.values() if not offer.isHidden()]
        next(iter(offered), self._close).setFocus()

    def _wanted(self) -> tuple[Status, ...]:
        return (Status.GRANTED, Status.WAITING_FOR_LABEL) if self._record.outcome.label else (Status.GRANTED,)

    def _offer(self, status: Status) -> QPushButton:
        name = f"companion_to_{status.value.replace('-', '_')}"
        kind = "primary" if status is Status.GRANTED else ""
        words = self._texts(f"logview.details.to.{status}")
        return button(words, name=name, kind=kind, action=partial(self._record.change, status))
