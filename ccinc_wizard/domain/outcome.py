"""What a request comes to: a form link, manual steps, a task to approve, or a referral. A pure function of the case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Self

from ccinc_wizard.domain import questions, rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog, Procedure, ProcedureStep, StepValue
from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.domain.findings import AccessRequest, Case, Circumstances, Finding
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.register_number import RegisterNumber


class OutcomeKind(StrEnum):
    """What the result page shows."""

    LINK = "link"
    MANUAL = "manual"
    TASK = "task"
    REFERRAL = "referral"


KINDS = {Situation.FORM: OutcomeKind.LINK, Situation.MANUAL: OutcomeKind.MANUAL, Situation.TASK: OutcomeKind.TASK}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer to one request."""

    kind: OutcomeKind
    steps: tuple[ProcedureStep, ...] = ()
    link: str | None = None
    label: bool = False
    """Whether the label is due as well; it is then among the steps."""
    referral: str = ""
    """Why it is a referral: which question had no answer that leads on."""


def decide(case: Case, catalog: Catalog) -> Outcome:
    """The outcome of a case. Raises KeyError for an authority type that the catalog does not know."""
    due = catalog.label_due(case.authority)
    link = catalog.link(case.authority, case.role) if case.situation is Situation.FORM else None
    return Outcome(
        kind=KINDS[case.situation],
        steps=steps_of(catalog.procedures[case.situation], label_due=due),
        link=link,
        label=due,
    )


def steps_of(procedure: Procedure, *, label_due: bool) -> tuple[ProcedureStep, ...]:
    """The steps of a procedure that count: the one of the label only where it is due."""
    return tuple(step for step in procedure.steps if step.value is not StepValue.LABEL or label_due)


def outcome_of(answers: Answers, catalog: Catalog) -> Outcome | None:
    """The outcome of these answers: a referral for an honest "I don't know", None while something is unanswered."""
    if isinstance(answers.role, NoChoice):
        return Outcome(OutcomeKind.REFERRAL, referral=f"role_{answers.role}")
    if isinstance(answers.authority, NoChoice):
        return Outcome(OutcomeKind.REFERRAL, referral=f"authority_{answers.authority}")
    known = {authority.id for authority in catalog.authorities}
    if answers.situation is None or not isinstance(answers.role, Role) or answers.authority not in known:
        return None
    return decide(Case(answers.situation, answers.role, answers.authority), catalog)


class Judgement:
    """What rules and outcome say of these answers in these circumstances; each is found out once, when first asked."""

    def __init__(self, answers: Answers, circumstances: Circumstances) -> None:
        self.answers, self.circumstances = answers, circumstances

    def again(self, answers: Answers, now: Circumstances) -> Self:
        """The judgement of these answers now: this one, where nothing has changed since."""
        known = self.circumstances
        if (self.answers, known.today, known.earlier) == (answers, now.today, now.earlier):
            return self
        return type(self)(answers, replace(known, today=now.today, earlier=now.earlier))

    @cached_property
    def findings(self) -> list[Finding]:
        """All that the rules find, in their order."""
        return rules.evaluate(self.answers, self.circumstances)

    @property
    def number(self) -> RegisterNumber | None:
        """The register number when one is asked for and it can be right."""
        return rules.number_of(self.answers, self.circumstances)

    def problems(self, step: StepId) -> list[Finding]:
        """The errors that hold this page back; the check page is held back by those of every page."""
        return rules.problems(step, self.answers, self.circumstances, self.findings)

    @cached_property
    def request(self) -> AccessRequest | None:
        """The complete request, or None (also for a referral)."""
        return rules.request_of(self.answers, self.circumstances, self.findings)

    @cached_property
    def outcome(self) -> Outcome | None:
        """What the answers come to, or None while something is unanswered."""
        return outcome_of(self.answers, self.circumstances.catalog)


@dataclass(frozen=True, slots=True)
class Way:
    """The pages of one way, the result last, and what it comes to."""

    steps: tuple[StepId, ...]
    outcome: OutcomeKind
    situation: Situation | None = None
    """The first answer that leads this way; None for an honest "I don't know", which any situation may end in."""


def ways() -> tuple[Way, ...]:
    """Every way that differs from the others, those to a right first."""
    straight = [
        Way(questions.path(Answers(situation=situation)), KINDS[situation], situation) for situation in Situation
    ]
    unsure = (Answers(role=NoChoice.UNKNOWN), Answers(authority=NoChoice.UNKNOWN))
    return (*straight, *(Way(questions.path(answers), OutcomeKind.REFERRAL) for answers in unsure))


@dataclass(frozen=True, slots=True)
class Checklist:
    """The steps in their order, and those that are done. Unchanging: a tick makes a new one."""

    steps: tuple[str, ...]
    ticked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, steps: Iterable[str], ticks: Iterable[str]) -> Self:
        """The progress that these ticks mean; a tick of a step that is no longer asked counts for nothing."""
        asked = tuple(steps)
        return cls(asked, frozenset(ticks) & frozenset(asked))

    @property
    def done(self) -> int:
        """How many steps are ticked off."""
        return len(self.ticked)

    @property
    def complete(self) -> bool:
        """Whether no step is open."""
        return self.done == len(self.steps)

    def place(self, step: str) -> int:
        """Which step it is, counted from one."""
        return self.steps.index(step) + 1

    def with_tick(self, step: str, *, done: bool = True) -> Self:
        """The progress once a step is ticked off, or open again."""
        ticked = self.ticked | {step} if done else self.ticked - {step}
        return replace(self, ticked=ticked & frozenset(self.steps))

    def next_open(self, after: str = "") -> str | None:
        """The first open step after this one, else the first that was left open before it; None when all is done."""
        begin = self.place(after) if after in self.steps else 0
        return next((step for step in self.steps[begin:] + self.steps[:begin] if step not in self.ticked), None)

    def beside(self, step: str, by: int) -> str:
        """The step so many places further or back; the first and the last have nothing beyond them."""
        place = self.steps.index(step) + by
        return self.steps[min(max(place, 0), len(self.steps) - 1)]
