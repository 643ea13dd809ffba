"""What one can go back to: drafts, what to follow up, what was asked lately; and what the foot offers of those left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from ccinc_wizard.app import drafts
from ccinc_wizard.app.drafts import Draft
from ccinc_wizard.app.saving import unsaved
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.requestlog.model import FollowUp, LoggedRequest
from ccinc_wizard.ui.kit.shell import Shell
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.undo import Offer, offer
from ccinc_wizard.ui.kit.widgets import button, clear, column, fill, row, section, wrapping_link
from ccinc_wizard.ui.wizard.record import Record
from ccinc_wizard.ui.wizard.session import Left, Session

if TYPE_CHECKING:
    from ccinc_wizard.requestlog.log import RequestLog


_MOST = 6
"""As many as one takes in at a glance: drafts, what is due, then the newest."""
_MOST_DRAFTS = 2
"""More would hide what is due; who takes one up sees the next."""
Waiting = tuple[list[FollowUp], list[LoggedRequest]]


class WaitingList(QFrame):
    """Hidden while nothing waits. A click on a line opens that request in the log, or goes on with a draft."""

    def __init__(
        self, present: Callable[[], Session], open_request: Callable[[str], object], go_on: Callable[[Draft], object]
    ) -> None:
        super().__init__()
        services = present().services
        self.setObjectName("waiting_list")
        self.setProperty("panel", "card")
        self.setAccessibleName(services.texts("program.waiting.title"))
        self._present, self._texts, self._open, self._go_on = present, services.texts, open_request, go_on
        self._drafts: list[Draft] = []
        self._waiting: Waiting = ([], [])
        self._covered = True
        self._lines = column(gap=SPACE // 2, margins=SPACE * 2)
        self.setLayout(self._lines)
        self.hide()

    def ask(self) -> None:
        """Look anew; names are covered again. What the log cannot tell is not shown, and none is made for it."""
        session, self._covered = self._present(), True
        self._drafts = session.services.waiting_drafts(in_place=session.draft_waits)[:_MOST_DRAFTS]
        if not session.services.has_log():
            self._show(([], []))
            return

        def look(log: RequestLog) -> Waiting:
            return [entry for entry in log.follow_up() if entry.due], log.page(limit=_MOST)

        session.worker.run(look, done=self._show, failed=lambda _: self._show(([], [])))

    def _show(self, waiting: Waiting) -> None:
        self._waiting = waiting
        due, recent = waiting
        clear(self._lines)
        self._lines.addWidget(section(self._texts("program.waiting.title")))
        logged = {entry.request.reference: self._due(entry) for entry in due}
        for request in recent:
            logged.setdefault(request.reference, self._recent(request))
        shown = [(self._draft(one), partial(self._go_on, one)) for one in self._drafts]
        shown += [(words, partial(self._open, reference)) for reference, words in logged.items()]
        for number, (words, action) in enumerate(shown[:_MOST], start=1):
            self._lines.addWidget(wrapping_link(words, name=f"waiting_{number}", action=action))
        names = [request.applicant_name for request in (*recent, *(entry.request for entry in due))]
        if any((*names, *(one.answers.applicant_name for one in self._drafts))):
            words = self._texts("program.waiting.show_names" if self._covered else "program.waiting.hide_names")
            fill(self._lines, [row(button(words, name="waiting_names", kind="link", action=self._turn))])
        # One that was replaced meanwhile has no place any more: it would be shown as a window of its own.
        self.setVisible(bool(shown) and self.parentWidget() is not None)

    def _turn(self) -> None:
        self._covered = not self._covered
        self._show(self._waiting)

    def _draft(self, draft: Draft) -> str:
        told = self._answered(draft.answers.applicant_name, draft.answers.role, draft.answers.authority_name)
        return f"{drafts.when(self._texts, draft)} {told}".rstrip()

    def _due(self, entry: FollowUp) -> str:
        return self._texts("program.waiting.due", days=entry.waiting_days, request=self._told(entry.request))

    def _recent(self, request: LoggedRequest) -> str:
        return self._texts("program.waiting.recent", day=shown_day(request.saved_at), request=self._told(request))

    def _told(self, request: LoggedRequest) -> str:
        status = self._texts(f"log.status.{request.status}")
        return self._answered(request.applicant_name, request.role, request.authority_name, status)

    def _answered(self, name: str, role: str | None, *others: str) -> str:
        told = self._texts(f"choices.role.{role}.label") if role else ""
        return ", ".join(filter(None, ("" if self._covered else name, told, *others)))


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
