"""Grades what a trainee did, on the drawn screens as well; and exams, as a draw that anyone can repeat by its seed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.municipalities import bare_name
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.domain.training.enums import Goal, Graded, LabelState, NumberUse, Slip, YesNo
from ccinc_wizard.domain.training.practice import Decision, Grant, PracticeState, SearchBy
from ccinc_wizard.domain.training.scenario import ASKED, Mistake, Scenario, same_number

NOT_DONE = frozenset({Slip.NOT_GRANTED, Slip.PERSON_NOT_ADDED, Slip.TASK_UNDECIDED})
"""Slips by which the work was left undone rather than done wrong."""


def slips_of(state: PracticeState, scenario: Scenario) -> tuple[Slip, ...]:
    """What is wrong at the end, each slip once, in the order of `Slip`; empty when all is as it must be."""
    slips = _grants(state, scenario) | _label(state, scenario) | _task(state, scenario)
    return tuple(slip for slip in Slip if slip in slips)


def _grants(state: PracticeState, scenario: Scenario) -> set[Slip]:
    if Goal.GRANT not in scenario.goals:
        return {_unwanted(grant, scenario) for grant in state.grants}
    if not state.grants:
        added = Goal.ADD_PERSON not in scenario.goals or state.added
        return {Slip.NOT_GRANTED if added else Slip.PERSON_NOT_ADDED}
    slips: set[Slip] = set()
    for grant in state.grants:
        slips |= _one_grant(grant, scenario)
    if any(bare_name(organisation) != _organisation(scenario) for organisation in state.linked):
        slips.add(Slip.WRONG_ORGANISATION)
    if len(state.grants) > 1:
        roles = {grant.form.role for grant in state.grants}
        slips.add(Slip.SECOND_ROLE if len(roles) > 1 else Slip.GRANTED_TWICE)
        if scenario.right.role in roles:
            slips.discard(Slip.WRONG_ROLE)
    return slips


def _unwanted(grant: Grant, scenario: Scenario) -> Slip:
    held = scenario.before.role
    if held is None or not same_number(grant.person.number, scenario.person.number):
        return Slip.NEEDLESS_GRANT
    return Slip.GRANTED_TWICE if grant.form.role is held else Slip.SECOND_ROLE


def _one_grant(grant: Grant, scenario: Scenario) -> set[Slip]:
    right, form = scenario.right, grant.form
    modules = {normalise(module) for module in form.modules}
    wrong = {
        Slip.SEARCHED_BY_NAME: grant.found_by is SearchBy.NAME,
        Slip.WRONG_PERSON: not same_number(grant.person.number, scenario.person.number),
        Slip.WRONG_ROLE: form.role is not right.role,
        Slip.WRONG_MODULE: normalise(right.module) not in modules,
        Slip.EXTRA_MODULE: len(modules) > 1,
        Slip.WRONG_ORGANISATION: bare_name(form.organisation) != _organisation(scenario),
    }
    return {slip for slip, made in wrong.items() if made}


def _label(state: PracticeState, scenario: Scenario) -> set[Slip]:
    asked = [bare_name(organisation) for organisation in state.label_requests]
    right = asked.count(_organisation(scenario))
    slips = {Slip.LABEL_NEEDLESS} if len(asked) > right else set()
    if Goal.REQUEST_LABEL in scenario.goals:
        if not right:
            slips.add(Slip.LABEL_FORGOTTEN)
        elif right > 1:
            slips.add(Slip.LABEL_AGAIN)
    elif right:
        slips.add(Slip.LABEL_AGAIN if scenario.before.label is not LabelState.NONE else Slip.LABEL_NEEDLESS)
    return slips


def _task(state: PracticeState, scenario: Scenario) -> set[Slip]:
    if not scenario.goals & {Goal.APPROVE, Goal.REJECT}:
        return set()
    if state.decision is None:
        # The official page does not say whether the label or the right comes first, so waiting for it is right as well.
        return set() if scenario.right.may_wait else {Slip.TASK_UNDECIDED}
    if state.decision is Decision.APPROVED:
        return set() if Goal.APPROVE in scenario.goals else {Slip.WRONGLY_APPROVED}
    return set() if Goal.REJECT in scenario.goals else {Slip.WRONGLY_REJECTED}


def _organisation(scenario: Scenario) -> str:
    return bare_name(scenario.right.authority_name)


class Standing(StrEnum):
    """How one question was answered."""

    RIGHT = auto()
    WRONG = auto()
    MISSING = auto()


@dataclass(frozen=True, slots=True)
class Attempt:
    """All that a trainee did on one scenario; the caller measures `seconds` and counts `keys`."""

    answers: Answers
    label_due: bool | None = None
    """The trainee's own answer to "does the organisation need the label?"; None when left open."""
    module: str = ""
    practice: PracticeState | None = None
    """The drawn screens at the end; None where there were none, as in the terminal: then they do not count."""
    seconds: float = 0.0
    keys: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """How one question stands, and by which listed mistake; on the drawn screens one verdict for each slip."""

    question: Graded
    standing: Standing
    mistake: str | None = None
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """The verdicts in the order of the questions. `why` and feedback are words: see content.training_words."""

    scenario: str
    verdicts: tuple[Mark, ...]
    seconds: float
    keys: int

    @property
    def score(self) -> int:
        """0 to 100: the share of questions answered right, rounded down, so that 100 means all of them."""
        asked = {verdict.question for verdict in self.verdicts}
        missed = {verdict.question for verdict in self.verdicts if verdict.standing is not Standing.RIGHT}
        return 100 * (len(asked) - len(missed)) // len(asked) if asked else 0

    @property
    def complete(self) -> bool:
        """Whether nothing that is asked was left open."""
        return all(verdict.standing is not Standing.MISSING for verdict in self.verdicts)

    @property
    def mistakes(self) -> tuple[str, ...]:
        """The ids of the listed mistakes that were made."""
        return tuple(dict.fromkeys(verdict.mistake for verdict in self.verdicts if verdict.mistake))


def grade(scenario: Scenario, attempt: Attempt) -> Grade:
    """Judge an attempt, question by question."""
    verdicts: list[Mark] = []
    for question in scenario.questions():
        if question is Graded.PRACTICE:
            verdicts += _practice(scenario, attempt.practice)
        elif question is Graded.REGISTER_NUMBER:
            verdicts.append(_number(scenario, attempt.answers.number_text))
        else:
            verdicts.append(_answer(scenario, question, _given(attempt, question)))
    return Grade(scenario.id, tuple(verdicts), max(attempt.seconds, 0.0), max(attempt.keys, 0))


def _given(attempt: Attempt, question: Graded) -> str:
    if question is Graded.LABEL_DUE:
        return "" if attempt.label_due is None else YesNo.YES if attempt.label_due else YesNo.NO
    if question is Graded.MODULE:
        return attempt.module
    return str(getattr(attempt.answers, question.value) or "")


def _answer(scenario: Scenario, question: Graded, given: str) -> Mark:
    if not given.strip():
        return Mark(question, Standing.MISSING)
    if bare_name(given) in [bare_name(wanted) for wanted in scenario.right_to(question)]:
        return Mark(question, Standing.RIGHT)
    listed = [mistake for mistake in _listed(scenario, question) if _names(mistake, given)]
    return Mark(question, Standing.WRONG, listed[0].id if listed else None)


def _number(scenario: Scenario, given: str) -> Mark:
    question, wanted = Graded.REGISTER_NUMBER, scenario.right.number is NumberUse.ASKED
    if not given.strip():
        return Mark(question, Standing.MISSING if wanted else Standing.RIGHT)
    if wanted and same_number(given, scenario.person.number):
        return Mark(question, Standing.RIGHT)
    for mistake in _listed(scenario, question):
        if any(answer == ASKED or same_number(answer, given) for answer in mistake.answers):
            return Mark(question, Standing.WRONG, mistake.id)
    return Mark(question, Standing.WRONG)


def _practice(scenario: Scenario, state: PracticeState | None) -> list[Mark]:
    if state is None:
        return []
    verdicts = []
    for slip in slips_of(state, scenario):
        listed = [mistake.id for mistake in _listed(scenario, Graded.PRACTICE) if slip in mistake.answers]
        standing = Standing.MISSING if slip in NOT_DONE else Standing.WRONG
        verdicts.append(Mark(Graded.PRACTICE, standing, listed[0] if listed else None, slip))
    return verdicts or [Mark(Graded.PRACTICE, Standing.RIGHT)]


def _listed(scenario: Scenario, question: Graded) -> list[Mistake]:
    return [mistake for mistake in scenario.mistakes if mistake.question is question]


def _names(mistake: Mistake, given: str) -> bool:
    return bare_name(given) in [bare_name(answer) for answer in mistake.answers]


def draw(scenarios: Iterable[Scenario], seed: int, count: int) -> tuple[Scenario, ...]:
    """`count` scenarios in an order that follows from the seed alone, none twice; all of them when there are fewer.

    A digest decides rather than `random`, whose order may differ between versions of Python: the same seed gives
    the same exam on every machine, whatever the order of the files. Raises ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError("an exam has at least one scenario")
    by_id = {scenario.id: scenario for scenario in scenarios}
    order = sorted(by_id, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())
    return tuple(by_id[one] for one in order[:count])


@dataclass(frozen=True, slots=True)
class ExamResult:
    """What one trainee made of one draw, or of scenarios practised freely when `seed` is None."""

    trainee: str
    seed: int | None
    grades: tuple[Grade, ...]

    @property
    def score(self) -> int:
        """0 to 100: the mean of the scenarios' scores, rounded down, so that 100 means no mistake at all."""
        return sum(grade.score for grade in self.grades) // len(self.grades) if self.grades else 0

    @property
    def seconds(self) -> float:
        """The time over all scenarios."""
        return sum(grade.seconds for grade in self.grades)

    @property
    def keys(self) -> int:
        """The keys over all scenarios."""
        return sum(grade.keys for grade in self.grades)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One scenario of one trainee, as a row for a table, CSV or XLSX; the columns' words stand in `training.json`."""

    trainee: str
    seed: int | None
    position: int
    scenario: str
    score: int
    seconds: int
    keys: int
    wrong: str
    """The questions that were not right, by their names, with a space between."""
    mistakes: str
    """The ids of the listed mistakes, with a space between."""


@dataclass(frozen=True, slots=True)
class SessionResults:
    """The results of a group. Unchanging: `with_result` makes a new one."""

    results: tuple[ExamResult, ...] = ()

    def with_result(self, result: ExamResult) -> SessionResults:
        """One result more. A register number in the trainee's name is masked: names go to CSV and XLSX."""
        named = replace(result, trainee=" ".join(scrub(result.trainee).split()))
        return replace(self, results=(*self.results, named))

    def rows(self) -> list[ResultRow]:
        """All results, a row for each scenario, in the order in which they came in."""
        return [
            ResultRow(
                trainee=result.trainee,
                seed=result.seed,
                position=position,
                scenario=grade.scenario,
                score=grade.score,
                seconds=round(grade.seconds),
                keys=grade.keys,
                wrong=" ".join(_missed(grade)),
                mistakes=" ".join(grade.mistakes),
            )
            for result in self.results
            for position, grade in enumerate(result.grades, start=1)
        ]

    def scores(self) -> list[tuple[str, int]]:
        """Trainee and score of each exam, for the plot."""
        return [(result.trainee, result.score) for result in self.results]

    def misses(self) -> Counter[Graded]:
        """How often each question was missed by the group: what the trainer should explain once more."""
        counts: Counter[Graded] = Counter()
        for result in self.results:
            for grade in result.grades:
                counts.update(_missed(grade))
        return counts


def _missed(grade: Grade) -> list[Graded]:
    missed = [verdict.question for verdict in grade.verdicts if verdict.standing is not Standing.RIGHT]
    return list(dict.fromkeys(missed))
