"""What the line at the foot of the window offers of a request that went off the screen, and of one left half-way."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ccinc_wizard.app import drafts
from ccinc_wizard.app.saving import unsaved
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.ui.kit.shell import Shell
from ccinc_wizard.ui.kit.undo import Offer, offer
from ccinc_wizard.ui.wizard.record import Record
from ccinc_wizard.ui.wizard.session import Left, Session

Present = Callable[[], Session]
"""The session of the window by the time it is asked: another language makes it anew."""


def offer_back(shell: Shell, present: Present, left: Left) -> None:
    """Offer to bring a request back, and to save one whose answer was used."""

    def back() -> None:
        session = present()
        session.leave(lambda: session.bring_back(left.answers, left.step, left.logged))
        shell.show_wizard()

    told, instead = "undo.new" if left.step is StepId.RESULT else "undo.cleared", None
    if left.replaced:
        told = "undo.replaced"
    if left.unsaved is not None:
        told, instead = "undo.not_saved", ("undo.save", partial(_save, shell, left.unsaved, back))
    offer(shell.frame, Offer(lambda texts: texts(told), back, instead=instead))


def _save(shell: Shell, record: Record, back: Callable[[], None]) -> None:
    def kept(logged: LoggedRequest) -> None:
        offer(shell.frame, Offer(lambda texts: texts("undo.saved", reference=logged.reference), back))

    def failed(error: Exception) -> None:
        offer(shell.frame, Offer(lambda texts: unsaved(texts, "result.not_saved", error), back))

    record.kept.connect(kept)
    record.failed.connect(failed)
    record.save()


def offer_draft(shell: Shell, present: Present) -> None:
    """Offer to go on with the last of what waits half-way."""
    for draft in shell.services.waiting_drafts(in_place=present().draft_waits)[:1]:
        back = partial(go_on_with, shell, present, draft)
        offer(shell.frame, Offer(partial(drafts.when, draft=draft), back, "undo.go_on"))


def go_on_with(shell: Shell, present: Present, draft: drafts.Draft) -> None:
    """Take a draft up in the wizard."""
    present().take_up(draft)
    shell.show_wizard()
