"""The interview as the window leads it: its moments as Qt's signals, and the log asked on a thread of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ccinc_wizard.app.interview import Hooks, Interview, Logged, LogLookup
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.worker import Latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccinc_wizard.app.drafts import Draft
    from ccinc_wizard.app.services import Services
    from ccinc_wizard.domain.outcome import Judgement
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.requestlog.model import LoggedRequest
    from ccinc_wizard.ui.kit.worker import LogWorker
    from ccinc_wizard.ui.wizard.record import Record

    MakeRecord = Callable[[LogWorker, Judgement, Logged | None], Record | None]


class Left:
    """A request that went off the screen, without its number."""

    def __init__(
        self,
        answers: Answers,
        step: StepId,
        logged: LoggedRequest | None,
        unsaved: Record | None,
        replaced: bool = False,
    ) -> None:
        """`unsaved` is its place in the log, where its result was used and is not saved.

        `replaced` tells whether it went for other answers.
        """
        self.answers, self.step, self.logged = answers, step, logged
        self.unsaved, self.replaced = unsaved, replaced


PATIENCE_MS = 4000
"""How long an answer may wait for the log; a keyring can be slow, and a caller is on the line."""


class Session(Interview, QObject):
    """What every page reads, edits and listens to."""

    edited = Signal()
    moved = Signal(StepId)
    refused = Signal(list)
    """The findings that hold the present page back."""
    looked_up = Signal()
    companion_wanted = Signal(object)
    """The steps of this `Record` are to be shown beside the browser."""
    mail_wanted = Signal()
    """A mail is to be pasted that answers the questions."""
    left = Signal(object)
    """What is `Left` of answers that made room for others."""

    def __init__(
        self, services: Services, worker: LogWorker, make_record: MakeRecord, answers: Answers | None = None
    ) -> None:
        """`make_record` gives the place in the log of a request, and is loaded when it is first asked."""
        QObject.__init__(self)
        told = self.edited.emit, self.moved.emit, self.refused.emit, self.looked_up.emit
        Interview.__init__(self, services, answers or Answers(), Hooks(*told, self._ask_log))
        self.worker = worker
        self._latest = Latest()
        self._make_record = make_record
        self._record: Record | None = None
        self._used: Answers | None = None
        """The answers whose result was copied, opened, mailed or printed."""
        self.draft_waits = False
        """Whether the draft of an earlier start is still to be offered: nothing is no reason to replace it."""

    def record(self) -> Record | None:
        """The present request's place in the log; None while the answers make no request."""
        if self._record is None or self._record is not self.logged:
            self._record = self._make_record(self.worker, self.judgement, self.logged)
            if self._record is not None:
                self._watch(self._record)
        return self._record

    def unsaved(self) -> str:
        """What was typed on the first page and not led on from, or ticked and not taken by the log."""
        return "line" if self.line.strip() else self._record.unsaved() if self._record is not None else ""

    @property
    def holders(self) -> tuple[object, ...]:
        """Whatever of it may hold what is neither saved nor in the draft."""
        return (self,)

    @property
    def begun(self) -> bool:
        """Whether there is anything to come back to from another mode."""
        return self.answers != Answers() or bool(self.line.strip())

    def saving(self) -> bool:
        """Whether a request is still on its way to the log."""
        return self._record is not None and self._record.pending > 0

    def ask_for_companion(self) -> None:
        """Ask for the steps beside the browser."""
        if (record := self.record()) is not None:
            self.companion_wanted.emit(record)

    def note_use(self) -> None:
        """The result was copied, opened, mailed or printed."""
        self._used = self.answers

    def take_over(self, answers: Answers, fields: frozenset[str]) -> None:
        """Go on with what a mail filled in, and tell what made room for it."""
        self.leave(lambda: super(Session, self).take_over(answers, fields), replaced=True)

    def take_line(self) -> bool:
        """Go on with what the line says, and tell what made room for it."""
        taken: list[bool] = []
        self.leave(lambda: taken.append(super(Session, self).take_line()), replaced=True)
        return taken[0]

    def leave(self, begin: Callable[[], object], *, replaced: bool = False) -> None:
        """Begin something else, and tell what of the answers went for it; never the number."""
        before, step = self.answers, self.step
        record = self._record if self._record is self.logged else None
        saved = record.logged if record is not None else None
        used = self._used is not None and self._used == before and not self.saved_reference
        unsaved = self.record() if used else None
        begin()
        kept = before.draft()
        if any(held != self.answers.draft().get(name) for name, held in kept.items()):
            instead = step is not StepId.RESULT and self.answers != Answers()
            self.left.emit(Left(Answers.from_draft(kept), step, saved, unsaved, replaced or instead))

    def keep_draft(self) -> None:
        """Keep the answers but the register number for the next start; a saved request leaves no draft."""
        answers = self.checked_answers()
        if self.saved_reference or (self.draft_waits and not answers.draft()):
            return
        self._let_draft_wait()
        self.services.save_draft(answers)

    def take_up(self, draft: Draft) -> None:
        """Go on with a draft; what is half answered now waits in its place."""

        def begin() -> None:
            self.bring_back(draft.answers, StepId.CHECK)

        self._let_draft_wait()
        if self.unfinished and self.checked_answers().draft():
            self.services.save_draft(self.checked_answers())
            self.services.set_draft_aside()
            begin()
        else:
            self.leave(begin)
        self.keep_draft()
        self.services.forget_draft(draft)

    def _let_draft_wait(self) -> None:
        """The draft of an earlier start makes room, and is not lost."""
        if self.draft_waits:
            self.services.set_draft_aside()
            self.draft_waits = False

    def carry_on(self, other: Interview) -> None:
        """Stand where another session on the same answers stood."""
        super().carry_on(other)
        if isinstance(other, Session):
            self.draft_waits, self._used = other.draft_waits, other._used
        if isinstance(other, Session) and other._record is not None and other._record is self.logged:
            self._record = other._record
            self._watch(self._record)

    def come_back(self, other: Session) -> None:
        """Stand where another session stood whose log was closed: its place in the log is looked for anew."""
        super().carry_on(other)
        self.draft_waits, self._used = other.draft_waits, other._used
        if other._record is not None and other._record is self.logged:
            self.logged = other._record.logged

    def mark_saved(self) -> None:
        """The request stands in the log, and leaves no draft."""
        super().mark_saved()
        if not self.draft_waits:
            self.services.save_draft(Answers(), self.mode)

    def _watch(self, record: Record) -> None:
        self.logged = record
        record.used.connect(lambda: self.note_use() if record is self.logged else None)
        # What is saved of an earlier request leaves the draft of the present one alone.
        record.kept.connect(lambda _: self.mark_saved() if record is self.logged else None)
        record.failed.connect(lambda error: self._refuse_saving(error) if record is self.logged else None)

    def _refuse_saving(self, error: Exception) -> None:
        from ccinc_wizard.requestlog.errors import LogErrorCode

        if getattr(error, "code", None) is LogErrorCode.SECOND_ROLE:
            self.look_up()

    def _ask_log(self, number: RegisterNumber | None, but: str) -> None:
        """Ask, and wait no longer than one can. An answer that comes later still counts."""
        wanted = self._latest.ask()
        if number is None:
            return
        self.worker.run(
            lambda log: self.services.earlier_requests(log, number, but),
            done=self.hear,
            failed=lambda _: self.hear(None),
            wanted=wanted,
        )
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._give_up() if wanted() else None)

    def _give_up(self) -> None:
        if self.lookup is LogLookup.PENDING:
            self.hear(None)
