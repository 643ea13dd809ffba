"""One request being asked: the answers, the page one is on, and what the log knows of the person."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ccinc_wizard.domain import questions
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.worker import Latest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ccinc_wizard.app.services import Services
    from ccinc_wizard.content.wording import Wording
    from ccinc_wizard.domain.findings import EarlierRequest, Finding
    from ccinc_wizard.domain.outcome import Outcome
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.domain.request import AccessRequest
    from ccinc_wizard.requestlog.model import LoggedRequest
    from ccinc_wizard.ui.kit.worker import LogWorker
    from ccinc_wizard.ui.wizard.record import Record


class Session(QObject):
    """Holds the answers and moves along the flow; every page reads and edits them here."""

    edited = Signal()
    moved = Signal(StepId)
    refused = Signal(list)
    """The findings that hold the present page back."""
    looked_up = Signal()
    accompanied = Signal(object)
    """The steps of this `Record` are to be shown beside the browser."""
    mail_wanted = Signal()
    """A mail is to be pasted that answers the questions."""

    def __init__(self, services: Services, worker: LogWorker, answers: Answers | None = None) -> None:
        super().__init__()
        self.services, self._mode = services, services.mode
        self.worker = worker
        self.answers = answers or Answers()
        self.step = StepId.SITUATION
        self._person = PersonLookup(services, worker)
        self._person.answered.connect(self._hear)
        self._record: Record | None = None
        self.unchecked: frozenset[str] = frozenset()
        """Fields that were taken over from a mail and that nobody has looked at yet."""
        self._changing = False
        self._advancing = False

    @property
    def lookup(self) -> LogLookup:
        """How far the log has been asked about the applicant."""
        return self._person.state

    @property
    def unfinished(self) -> bool:
        """Whether there are answers that have neither come to a result yet nor stand in the log."""
        begun = _logged(self.answers) != Answers()
        return begun and self.step is not StepId.RESULT and not self.saved_reference

    @property
    def wording(self) -> Wording:
        """Words in the present language for findings and outcomes."""
        from ccinc_wizard.content.wording import Wording

        return Wording(self.services.texts, self.services.catalog)

    @property
    def saved_reference(self) -> str:
        """What the log calls the present request; empty while it is not saved."""
        return self._record.reference if self._record else ""

    def record(self) -> Record | None:
        """The present request's place in the log; None while the answers make no request."""
        if self._record is None:
            self._record = self._new_record(None)
        return self._record

    def ask_company(self) -> None:
        """Ask for the steps beside the browser."""
        if (record := self.record()) is not None:
            self.accompanied.emit(record)

    def edit(self, **changes: object) -> None:
        """Change answers; what was saved before is then another request."""
        edited = self.answers._replace(**changes)  # type: ignore[arg-type]
        if edited != self.answers:
            self.use(edited)

    def answer(self, field: str, given: str) -> None:
        """Answer one question: with what was typed, or with the id of an option."""
        self.use(questions.answered(field, given, self.answers))

    def use(self, answers: Answers) -> None:
        """Put these answers in the place of the present ones; where they need this page no more, move on."""
        if _logged(answers) != _logged(self.answers):
            self._record = None
        if self.unchecked:
            self._keep_unchecked(answers)
        self.answers = answers
        place = questions.settled(self.step, answers)
        if place is not self.step:
            self._go(place)
        self.edited.emit()

    def correct(self, answers: Answers) -> None:
        """Take a one-click correction over. An organisation under its right name is still the same one."""
        self.use(answers._replace(asked_about=answers.authority_name.strip()))

    def advance(self) -> None:
        """Go on to the next page, or say what holds this one back."""
        if found := self.problems(self.step):
            self.refused.emit(found)
            return
        # Whoever goes on from a page has looked at it.
        self.unchecked -= self._unchecked_on(self.step)
        if self.step is StepId.CHECK and self.lookup is LogLookup.PENDING:
            self._advancing = True
            return
        target = questions.following(self.step, self.answers)
        if self._changing and target is not StepId.RESULT:
            target = self._first_unfinished()
        self._go(target)

    def retreat(self) -> None:
        """Go back a page; from a page that was opened to change one answer, back to the check page."""
        returns = self._changing and StepId.CHECK in questions.path(self.answers)
        self._go(StepId.CHECK if returns else questions.preceding(self.step, self.answers))

    def change(self, field: str) -> None:
        """Open the page of one answer; going on from it returns to the check page."""
        self._changing = True
        self._go(questions.step_of(field))

    def look_again(self) -> None:
        """One comes back from elsewhere, the log perhaps, where something may have changed since."""
        if self.step is StepId.CHECK or (self.step is StepId.RESULT and not self.saved_reference):
            self._look_up()

    def mark_saved(self) -> None:
        """The request stands in the log; an administrator who said so need not be asked again."""
        self.services.remember_administrator(self.answers)
        self.services.save_draft(Answers(), self._mode)

    def restart(
        self, answers: Answers | None = None, at: StepId = StepId.SITUATION, logged: LoggedRequest | None = None
    ) -> None:
        """Begin a new request, or take up one that was answered before; `logged` is its place in the log."""
        self._person.forget()
        self._record = None
        self.unchecked, self._changing = frozenset(), False
        self.use(answers or Answers())
        if logged is not None:
            self._record = self._new_record(logged)
        self._go(at)

    def carry_on(self, other: Session) -> None:
        """Stand where another session on the same answers stood."""
        self.step, self._record, self.unchecked = other.step, other._record, other.unchecked
        self._changing = other._changing
        if other.lookup is LogLookup.ANSWERED:
            self._person.know(other._person.found)
        elif other.lookup is not LogLookup.NOT_NEEDED:
            # An answer that is under way goes to the other session.
            self._look_up()
        if self._record is not None:
            self._watch(self._record)

    def take_over(self, answers: Answers, fields: frozenset[str]) -> None:
        """Go on with what a mail filled in; each of these fields is marked until somebody has looked at it."""
        still = fields | self.unchecked
        self.restart(answers, at=StepId.APPLICANT if answers.situation else StepId.SITUATION)
        self.unchecked = frozenset(field for field in still if questions.held(field, answers))
        self.edited.emit()

    def checked_answers(self) -> Answers:
        """The answers without what nobody has looked at yet."""
        if not self.unchecked:
            return self.answers
        from ccinc_wizard.domain.mail.taking_over import without

        return without(self.answers, self.unchecked)

    def problems(self, step: StepId) -> list[Finding]:
        """The findings that hold this page back."""
        from ccinc_wizard.domain import rules

        return rules.problems(step, self.answers, self.services.circumstances(self._person.found))

    def findings(self) -> list[Finding]:
        """All that the rules say of the answers so far."""
        from ccinc_wizard.domain import rules

        return rules.evaluate(self.answers, self.services.circumstances(self._person.found))

    def outcome(self) -> Outcome | None:
        """What the answers come to, or None while something is unanswered."""
        from ccinc_wizard.domain import outcome

        return outcome.outcome_of(self.answers, self.services.catalog)

    def request(self) -> AccessRequest | None:
        """The complete request, or None (also for a referral)."""
        from ccinc_wizard.domain import rules

        return rules.request_of(self.answers, self.services.circumstances(self._person.found))

    def number(self) -> RegisterNumber | None:
        """The register number when one is asked for and it can be right."""
        from ccinc_wizard.domain import rules

        return rules.number_of(self.answers, self.services.circumstances())

    def _new_record(self, logged: LoggedRequest | None) -> Record | None:
        from ccinc_wizard.ui.wizard.record import Record

        made = Record.of_answers(self.services, self.worker, self.answers, self._person.found, logged)
        if made is not None:
            self._watch(made)
        return made

    def _watch(self, record: Record) -> None:
        # What is saved of an earlier request leaves the draft of the present one alone.
        record.kept.connect(lambda _: self.mark_saved() if record is self._record else None)
        record.failed.connect(lambda error: self._refuse_saving(error) if record is self._record else None)

    def _refuse_saving(self, error: Exception) -> None:
        from ccinc_wizard.requestlog.errors import LogErrorCode

        if getattr(error, "code", None) is LogErrorCode.SECOND_ROLE:
            self._look_up()

    def _go(self, step: StepId) -> None:
        if step is StepId.CHECK:
            self._take_known_administrator()
            self._look_up()
        self._show(step)

    def _show(self, step: StepId) -> None:
        self._advancing = False
        if step is StepId.CHECK:
            self._changing = False
        self.step = step
        self.moved.emit(step)

    def _first_unfinished(self) -> StepId:
        steps = questions.path(self.answers)
        before_check = steps[: steps.index(StepId.CHECK)] if StepId.CHECK in steps else steps[:-1]
        unfinished = (step for step in before_check if self.problems(step) or self._unchecked_on(step))
        return next(unfinished, StepId.CHECK if StepId.CHECK in steps else StepId.RESULT)

    def _unchecked_on(self, step: StepId) -> frozenset[str]:
        if not self.unchecked:
            return self.unchecked
        asked = questions.asked_fields(self.answers)
        return frozenset(field for field in self.unchecked if questions.step_of(field) is step and field in asked)

    def _keep_unchecked(self, answers: Answers) -> None:
        """What is changed has been looked at."""
        held = questions.held
        self.unchecked = frozenset(one for one in self.unchecked if held(one, answers) == held(one, self.answers))

    def _take_known_administrator(self) -> None:
        answers = self.services.with_known_administrator(self.answers)
        if answers != self.answers:
            self.use(answers)

    def _look_up(self) -> None:
        # A request that is taken up again is no earlier one than itself.
        self._person.ask(self.number(), self.saved_reference)

    def _hear(self) -> None:
        """The log has answered, be it late: what it forbids is not left standing as a result."""
        if self.step is StepId.RESULT and not self.saved_reference and self.problems(StepId.CHECK):
            self._show(StepId.CHECK)
        self.looked_up.emit()
        if self._advancing and self.step is StepId.CHECK:
            self.advance()


def _logged(answers: Answers) -> Answers:
    """The part of the answers that the log keeps; whoever changes it has another request."""
    return answers._replace(administrator=None, prechecked=frozenset(), asked_about="")


PATIENCE_MS = 4000
"""How long an answer may wait for the log; a keyring can be slow, and a caller is on the line."""


class LogLookup(Enum):
    """How far the question "does this person already have a role" has come."""

    NOT_NEEDED = auto()
    PENDING = auto()
    ANSWERED = auto()
    UNAVAILABLE = auto()


class PersonLookup(QObject):
    """Asks the log, and waits no longer than one can. An answer that comes later still counts."""

    answered = Signal()

    def __init__(self, services: Services, worker: LogWorker) -> None:
        super().__init__()
        self._services, self._worker = services, worker
        self.state = LogLookup.NOT_NEEDED
        self.found: Sequence[EarlierRequest] = ()
        self._latest = Latest()

    def ask(self, number: RegisterNumber | None, but: str) -> None:
        """Ask anew, since the log may have changed; nothing to ask without a number. The request `but` is left out."""
        wanted = self._begin(LogLookup.PENDING if number else LogLookup.NOT_NEEDED)
        if number is None:
            return
        from ccinc_wizard.app import saving

        self._worker.run(
            lambda log: saving.earlier_requests(log, number, but),
            done=lambda found: self._finish(LogLookup.ANSWERED, found),
            failed=lambda _: self._finish(LogLookup.UNAVAILABLE, ()),
            wanted=wanted,
        )
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._give_up() if wanted() else None)

    def know(self, found: Sequence[EarlierRequest]) -> None:
        """Take over what somebody else has found."""
        self._begin(LogLookup.ANSWERED)
        self.found = found

    def forget(self) -> None:
        """Nobody is asked for any more."""
        self._begin(LogLookup.NOT_NEEDED)

    def _begin(self, state: LogLookup) -> Callable[[], bool]:
        self.state, self.found = state, ()
        return self._latest.ask()

    def _finish(self, state: LogLookup, found: Sequence[EarlierRequest]) -> None:
        self.state, self.found = state, found
        self.answered.emit()

    def _give_up(self) -> None:
        if self.state is LogLookup.PENDING:
            self._finish(LogLookup.UNAVAILABLE, ())
