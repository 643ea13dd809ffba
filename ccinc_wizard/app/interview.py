"""One request being asked, whoever asks: the answers, the page one is on, and what the log knows of the person.

Window, training room and terminal stand on this; what each of them does at its moments are `Hooks`. Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from ccinc_wizard.domain import questions
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Administrator, Mode
from ccinc_wizard.domain.questions import StepId

if TYPE_CHECKING:
    from ccinc_wizard.app.services import Services
    from ccinc_wizard.content.wording import Wording
    from ccinc_wizard.domain.findings import EarlierRequest, Finding
    from ccinc_wizard.domain.mail.parts import Notice
    from ccinc_wizard.domain.outcome import Judgement
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.requestlog.model import LoggedRequest


class LogLookup(Enum):
    """How far the question "does this person already have a role" has come."""

    NOT_NEEDED = auto()
    PENDING = auto()
    ANSWERED = auto()
    UNAVAILABLE = auto()


class Logged(Protocol):
    """A request's place in the log."""

    @property
    def reference(self) -> str:
        """What the log calls it; empty while it is not saved."""


def _nothing(*_: object) -> None:
    return None


class Hooks:
    """What whoever asks does at these moments. No named tuple, which takes ten times as long to make."""

    def __init__(
        self,
        edited: Callable[[], object] = _nothing,
        moved: Callable[[StepId], object] = _nothing,
        refused: Callable[[list[Finding]], object] = _nothing,
        looked_up: Callable[[], object] = _nothing,
        look_up: Callable[[RegisterNumber | None, str], Sequence[EarlierRequest] | None] = _nothing,
        opens_check: Callable[[], bool] = lambda: True,
    ) -> None:
        """The present page is held back by the findings of `refused`; at `looked_up` the log has answered.

        `look_up` gives what is known of the person with this number, without the request of this reference; None while
        the log is asked, which then answers by `Interview.hear`. Without a number nobody is to be asked, and what was
        asked before counts no more. `opens_check` says whether the check page may be opened now; who says no opens it
        later by `Interview.go`.
        """
        self.edited, self.moved, self.refused = edited, moved, refused
        self.looked_up, self.look_up, self.opens_check = looked_up, look_up, opens_check


class Interview:
    """Holds the answers and moves along the flow. What is judged of the answers is kept as long as they stay."""

    def __init__(self, services: Services, answers: Answers, hooks: Hooks) -> None:
        self.services, self.mode = services, services.mode
        self.answers, self.hooks = answers, hooks
        self.step = StepId.SITUATION
        self.lookup = LogLookup.NOT_NEEDED
        """How far the log has been asked about the applicant."""
        self.earlier: Sequence[EarlierRequest] = ()
        """What the log knows of the applicant."""
        self.logged: Logged | None = None
        """The present request's place in the log, once somebody asked for it."""
        self.unchecked: frozenset[str] = frozenset()
        """Fields that were taken over from a mail or a line and that nobody has looked at yet."""
        self.line = ""
        """What stands in the line on the first page; held in memory only, as a number may be in it."""
        self.told: tuple[Notice, ...] = ()
        """What one should know beside of the line that answered."""
        self.ahead = False
        """Whether a line answered, so that pages with nothing left to ask are passed by."""
        self._judgement: Judgement | None = None
        self._changing = False
        self._advancing = False

    # What is judged of the answers

    @property
    def judgement(self) -> Judgement:
        """What rules and outcome say of the present answers, today."""
        self._judgement = self.services.judge(self.answers, self.earlier, self._judgement)
        return self._judgement

    def problems(self, step: StepId) -> list[Finding]:
        """The findings that hold this page back."""
        return self.judgement.problems(step)

    @property
    def wording(self) -> Wording:
        """Words in the present language for findings and outcomes."""
        return self.services.wording

    @property
    def saved_reference(self) -> str:
        """What the log calls the present request; empty while it is not saved."""
        return self.logged.reference if self.logged else ""

    @property
    def unfinished(self) -> bool:
        """Whether there are answers that have neither come to a result yet nor stand in the log."""
        begun = _kept_in_log(self.answers) != Answers()
        return begun and self.step is not StepId.RESULT and not self.saved_reference

    # Answering

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
        if _kept_in_log(answers) != _kept_in_log(self.answers):
            self.logged = None
        if self.unchecked:
            self._keep_unchecked(answers)
        self.answers = answers
        place = questions.settled(self.step, answers)
        if place is not self.step:
            self.go(place)
        self.hooks.edited()

    def correct(self, answers: Answers) -> None:
        """Take a one-click correction over. An organisation under its right name is still the same one."""
        self.use(answers._replace(asked_about=answers.authority_name.strip()))

    def restart(
        self, answers: Answers | None = None, at: StepId = StepId.SITUATION, logged: LoggedRequest | None = None
    ) -> None:
        """Begin a new request, or take up one that was answered before; `logged` is its place in the log."""
        self.hooks.look_up(None, "")
        self.lookup, self.earlier = LogLookup.NOT_NEEDED, ()
        self.logged = None
        self.unchecked, self._changing = frozenset(), False
        self.told, self.ahead = (), False
        self.use(answers or Answers())
        # One that no longer passes the rules is asked anew, and is then another request.
        self.logged = logged if logged is not None and self.judgement.request else None
        self.go(at)

    def begin_another(self, before: Answers) -> None:
        """Begin a request for somebody else of the same organisation: what differs is asked, the role first."""
        same = Answers(before.situation, authority=before.authority, authority_name=before.authority_name)
        self.restart(same, at=StepId.ROLE)
        self.ahead = True

    def take_over(self, answers: Answers, fields: frozenset[str]) -> None:
        """Go on with what a mail filled in; each of these fields is marked until somebody has looked at it."""
        self._take_over(answers, fields, StepId.APPLICANT if answers.situation else StepId.SITUATION)

    def remarks(self) -> list[str]:
        """What one should know of the line that answered, in words."""
        return self.services.remarks(self.told)

    def take_line(self) -> bool:
        """Go on with what the line says: at the first page that still asks something, else at the check page.

        False, and nothing is changed, where it says nothing.
        """
        begun = Answers() if self.saved_reference else self.answers
        read = self.services.read_line(self.line)
        answers, fields = read.onto(begun)
        if not fields:
            return False
        self.line = ""
        self._take_over(answers, fields, self._first_open(answers))
        self.told, self.ahead = read.notices, True
        self.hooks.edited()
        return True

    def why_not_taken(self) -> str:
        """Why a line that was not taken answers nothing."""
        told = [one for one in self.services.read_line(self.line).notices if one.asks_nothing]
        return self.services.remarks(told)[0] if told else self.services.texts("wizard.quick.nothing")

    def _take_over(self, answers: Answers, fields: frozenset[str], at: StepId) -> None:
        still = fields | self.unchecked
        self.restart(answers, at=at)
        self.unchecked = frozenset(field for field in still if questions.held(field, answers))
        self.hooks.edited()

    def bring_back(self, answers: Answers, step: StepId, logged: LoggedRequest | None = None) -> None:
        """Take up answers that were left on a page: there, or on the first page before it that lacks something."""
        judged, steps = self.services.judge(answers), questions.path(answers)
        before = steps[: steps.index(step)] if step in steps else steps
        self.restart(answers, next((page for page in before if judged.problems(page)), step), logged)

    def checked_answers(self) -> Answers:
        """The answers without what nobody has looked at yet."""
        checked = questions.without(self.answers, self.unchecked)
        return checked._replace(asked_about="") if "authority_name" in self.unchecked else checked

    def mark_saved(self) -> None:
        """The request stands in the log; an administrator who said so need not be asked again, but for practice."""
        if self.mode is not Mode.TRAINING:
            answers, services = self.answers, self.services
            if answers.administrator is Administrator.YES and not services.is_own(answers.authority_name):
                known = services.settings.administrator_of
                services.remember(administrator_of=(*known, answers.authority_name.strip()))

    @property
    def asks_administrator(self) -> bool:
        """Whether to ask if the user is administrator of the organisation: only who acts there himself, and once."""
        return self.answers.by_administrator and not self.services.is_own(self.answers.authority_name)

    def _with_known_administrator(self) -> Answers:
        """What was said of this organisation, also before: whether the user is its administrator is asked once."""
        answers = self.answers.for_organisation()
        known = not answers.administrator and self.services.is_own(answers.authority_name)
        return answers._replace(administrator=Administrator.YES) if known else answers

    # Moving

    def advance(self) -> None:
        """Go on to the next page, or say what holds this one back."""
        if found := self.problems(self.step):
            self.hooks.refused(found)
            return
        # Whoever goes on from a page has looked at it.
        self.unchecked -= self._unchecked_on(self.step)
        if self.step is StepId.CHECK:
            if self.lookup is LogLookup.PENDING:
                self._advancing = True
                return
            self.told, self.ahead = (), False
        target = questions.following(self.step, self.answers)
        if (self._changing or self.ahead) and target is not StepId.RESULT:
            target = self._first_open(self.answers) if self.ahead else self._first_unfinished()
        self.go(target)

    def retreat(self) -> None:
        """Go back a page; from a page that was opened to change one answer, back to the check page."""
        returns = self._changing and StepId.CHECK in questions.path(self.answers)
        self.go(StepId.CHECK if returns else questions.preceding(self.step, self.answers))

    def change(self, field: str) -> None:
        """Open the page of one answer; going on from it returns to the check page."""
        self._changing = True
        self.go(questions.step_of(field))

    def go(self, step: StepId) -> None:
        """Open a page. The check page asks the log, and knows what was said of the organisation before."""
        if step is StepId.CHECK:
            if not self.hooks.opens_check():
                return
            answers = self._with_known_administrator()
            if answers != self.answers:
                self.use(answers)
            self.look_up()
        self._show(step)

    def carry_on(self, other: Interview) -> None:
        """Stand where another interview on the same answers stood."""
        self.step, self.logged, self.unchecked = other.step, other.logged, other.unchecked
        self.line, self.told, self.ahead = other.line, other.told, other.ahead
        self._changing = other._changing
        if other.lookup is LogLookup.ANSWERED:
            self.lookup, self.earlier = other.lookup, other.earlier
        elif other.lookup is not LogLookup.NOT_NEEDED:
            # An answer that is under way goes to the other interview.
            self.look_up()

    # What the log knows

    def look_up(self) -> None:
        """Ask anew, since the log may have changed. A request that is taken up again is no earlier one than itself."""
        number = self.judgement.number
        known = self.hooks.look_up(number, self.saved_reference)
        self.lookup, self.earlier = LogLookup.NOT_NEEDED, ()
        if number is not None:
            self.lookup, self.earlier = LogLookup.ANSWERED if known is not None else LogLookup.PENDING, known or ()

    def look_again(self) -> None:
        """One comes back from elsewhere, the log perhaps, where something may have changed since."""
        if self.step is StepId.CHECK or (self.step is StepId.RESULT and not self.saved_reference):
            self.look_up()

    def hear(self, earlier: Sequence[EarlierRequest] | None) -> None:
        """The log has answered, be it late, or cannot (None): what it forbids is not left standing as a result."""
        self.lookup = LogLookup.UNAVAILABLE if earlier is None else LogLookup.ANSWERED
        self.earlier = earlier or ()
        if self.step is StepId.RESULT and not self.saved_reference and self.problems(StepId.CHECK):
            self._show(StepId.CHECK)
        self.hooks.looked_up()
        if self._advancing and self.step is StepId.CHECK:
            self.advance()

    def _show(self, step: StepId) -> None:
        self._advancing = False
        if step is StepId.CHECK:
            self._changing = False
        self.step = step
        self.hooks.moved(step)

    def _first_unfinished(self) -> StepId:
        before_check, after = _asking(self.answers)
        unfinished = (step for step in before_check if self.problems(step) or self._unchecked_on(step))
        return next(unfinished, after)

    def _first_open(self, answers: Answers) -> StepId:
        """The first page that these answers leave something to ask on. Nothing is passed by unseen: else the last."""
        before_check, after = _asking(answers)
        judged = self.services.judge(answers)
        still = (step for step in before_check if judged.problems(step))
        return next(still, after if after is StepId.CHECK else before_check[-1])

    def _unchecked_on(self, step: StepId) -> frozenset[str]:
        if not self.unchecked:
            return self.unchecked
        asked = questions.asked_fields(self.answers)
        shown = frozenset(field for field in self.unchecked if field in asked)
        # The check page shows them all.
        return frozenset(field for field in shown if step in (StepId.CHECK, questions.step_of(field)))

    def _keep_unchecked(self, answers: Answers) -> None:
        """What is changed has been looked at."""
        held = questions.held
        self.unchecked = frozenset(one for one in self.unchecked if held(one, answers) == held(one, self.answers))


def _asking(answers: Answers) -> tuple[Sequence[StepId], StepId]:
    """The pages that ask something, and the one that comes after them."""
    steps = questions.path(answers)
    after = StepId.CHECK if StepId.CHECK in steps else StepId.RESULT
    return steps[: steps.index(after)], after


def _kept_in_log(answers: Answers) -> Answers:
    """The part of the answers that the log keeps; whoever changes it has another request."""
    beside = (question.field for question in questions.QUESTIONS if not question.logged)
    return questions.without(answers, beside)._replace(asked_about="")
