"""What the line at the foot of the window offers of a request that went off the screen, and of one left half-way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from ccinc_wizard.app.saving import unsaved
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.ui.kit.shell import Shell
from ccinc_wizard.ui.kit.undo import Offer, offer
from ccinc_wizard.ui.wizard.record import Record
from ccinc_wizard.ui.wizard.session import Left, Session


def offer_back(shell: Shell, session: Session, left: Left) -> None:
    """Offer to bring a request back, and to save one whose answer was used."""
    texts = shell.services.texts

    def back() -> None:
        session.leave(lambda: session.bring_back(left.answers, left.step, left.logged))
        shell.show_wizard()

    told, instead = texts("undo.new" if left.step is StepId.RESULT else "undo.cleared"), None
    if left.unsaved is not None:
        told, instead = texts("undo.not_saved"), (texts("undo.save"), partial(_save, shell, left.unsaved, back))
    offer(shell.frame, Offer(told, texts("undo.bring_back"), back, instead))


def _save(shell: Shell, record: Record, back: Callable[[], None]) -> None:
    texts = shell.services.texts

    def again(told: str) -> None:
        offer(shell.frame, Offer(told, texts("undo.bring_back"), back))

    def kept(logged: LoggedRequest) -> None:
        again(texts("undo.saved", reference=logged.reference))

    record.kept.connect(kept)
    record.failed.connect(lambda error: again(unsaved(texts, "result.not_saved", error)))
    record.save()


def offer_draft(shell: Shell, session: Session) -> None:
    """Offer to go on with what an earlier start left half-way."""
    texts, today = shell.services.texts, dt.datetime.now().astimezone().date()
    day = _written(shell.services.paths.draft(shell.services.mode)) or today
    ago = (today - day).days
    when = {0: "today", 1: "yesterday"}.get(ago, "earlier")
    told = texts(f"undo.draft.{when}", day=shown_day(day))

    def go_on() -> None:
        session.draft_waits = False
        session.leave(lambda: session.bring_back(shell.services.load_draft(), StepId.CHECK))
        shell.show_wizard()

    offer(shell.frame, Offer(told, texts("undo.go_on"), go_on))


def _written(draft: Path) -> dt.date | None:
    """The day on which a file was written, by this computer's zone."""
    with suppress(OSError):
        return dt.datetime.fromtimestamp(draft.stat().st_mtime).astimezone().date()
    return None
