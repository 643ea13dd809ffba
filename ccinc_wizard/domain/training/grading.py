"""Grades what a trainee did. A pure function: the same for window, terminal and tests. It never raises."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.municipalities import bare_name
from ccinc_wizard.domain.training.practice import PracticeState
from ccinc_wizard.domain.training.practice_check import NOT_DONE, check
from ccinc_wizard.domain.training.scenario import ASKED, Mistake, Scenario, same_number
from ccinc_wizard.domain.training.terms import NumberUse, Question, Slip, YesNo


class Standing(StrEnum):
    """How one question was answered."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"


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
class Verdict:
    """How one question stands, and by which listed mistake; on the drawn screens one verdict for each slip."""

    question: Question
    standing: Standing
    mistake: str | None = None
    slip: Slip | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """The verdicts in the order of the questions. `why` and feedback are words: see content.training_words."""

    scenario: str
    verdicts: tuple[Verdict, ...]
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
    verdicts: list[Verdict] = []
    for question in scenario.questions():
        if question is Question.PRACTICE:
            verdicts += _practice(scenario, attempt.practice)
        elif question is Question.REGISTER_NUMBER:
            verdicts.append(_number(scenario, attempt.answers.number_text))
        else:
            verdicts.append(_answer(scenario, question, _given(attempt, question)))
    return Grade(scenario.id, tuple(verdicts), max(attempt.seconds, 0.0), max(attempt.keys, 0))


def _given(attempt: Attempt, question: Question) -> str:
    if question is Question.LABEL_DUE:
        return "" if attempt.label_due is None else YesNo.YES if attempt.label_due else YesNo.NO
    if question is Question.MODULE:
        return attempt.module
    return str(getattr(attempt.answers, question.value) or "")


def _wanted(scenario: Scenario, question: Question) -> tuple[str, ...]:
    right = scenario.right
    return {
        Question.SITUATION: (right.situation.value,),
        Question.APPLICANT_NAME: (scenario.person.name,),
        Question.ROLE: (right.role.value,),
        Question.AUTHORITY: (str(right.authority),),
        Question.AUTHORITY_NAME: (right.authority_name or "", *right.also_named),
        Question.LABEL_DUE: (YesNo.YES if right.label_due else YesNo.NO,),
        Question.MODULE: (right.module,),
    }[question]


def _answer(scenario: Scenario, question: Question, given: str) -> Verdict:
    if not given.strip():
        return Verdict(question, Standing.MISSING)
    if bare_name(given) in [bare_name(wanted) for wanted in _wanted(scenario, question)]:
        return Verdict(question, Standing.RIGHT)
    listed = [mistake for mistake in _listed(scenario, question) if _names(mistake, given)]
    return Verdict(question, Standing.WRONG, listed[0].id if listed else None)


def _number(scenario: Scenario, given: str) -> Verdict:
    question, wanted = Question.REGISTER_NUMBER, scenario.right.number is NumberUse.ASKED
    if not given.strip():
        return Verdict(question, Standing.MISSING if wanted else Standing.RIGHT)
    if wanted and same_number(given, scenario.person.number):
        return Verdict(question, Standing.RIGHT)
    for mistake in _listed(scenario, question):
        if any(same_number(answer, given) or (answer == ASKED and not wanted) for answer in mistake.answers):
            return Verdict(question, Standing.WRONG, mistake.id)
    return Verdict(question, Standing.WRONG)


def _practice(scenario: Scenario, state: PracticeState | None) -> list[Verdict]:
    if state is None:
        return []
    verdicts = []
    for slip in check(state, scenario):
        listed = [mistake.id for mistake in _listed(scenario, Question.PRACTICE) if slip in mistake.answers]
        standing = Standing.MISSING if slip in NOT_DONE else Standing.WRONG
        verdicts.append(Verdict(Question.PRACTICE, standing, listed[0] if listed else None, slip))
    return verdicts or [Verdict(Question.PRACTICE, Standing.RIGHT)]


def _listed(scenario: Scenario, question: Question) -> list[Mistake]:
    return [mistake for mistake in scenario.mistakes if mistake.question is question]


def _names(mistake: Mistake, given: str) -> bool:
    return bare_name(given) in [bare_name(answer) for answer in mistake.answers]
