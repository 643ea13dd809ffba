"""A practice scenario: what the applicant says, the right answers, the usual mistakes and their feedback.

Built from one TOML file each. What a model refuses here a trainer reads with file, line and reason: the faults that
show in the file alone stand here, those that show beside the catalog and the rules in `content/scenarios.py`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, StrictBool, StringConstraints, model_validator

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import FactError, FactModel, Identifier, Where
from ccinc_wizard.domain.enums import SOURCE_LANGUAGE, NoChoice, Role, Situation
from ccinc_wizard.domain.findings import EarlierRequest
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.questions import BY_FIELD, asked_fields
from ccinc_wizard.domain.redaction import right_in
from ccinc_wizard.domain.register_number import Reason, RegisterNumber, RegisterNumberError, parse
from ccinc_wizard.domain.training.enums import (
    REFERENCE_DAY,
    Channel,
    Goal,
    Graded,
    LabelState,
    NumberUse,
    ScenarioFault,
    Slip,
    Trap,
    YesNo,
)

Stripped = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]


class ScenarioError(FactError):
    """Why a scenario is refused: the fault, its place in the file, values for its words."""

    def __init__(self, where: Where, fault: ScenarioFault, **values: str) -> None:
        super().__init__(where, fault.value)
        self.fault = fault
        self.values = values


class Person(FactModel):
    """A fictional person; the number's sequence is 000 or 999, which the National Register never issues."""

    name: Stripped
    number: Stripped = Field(repr=False)
    number_heard: Stripped | None = Field(default=None, repr=False)
    """What the applicant says first when that differs from the identity card."""


class RightAnswers(FactModel):
    """What a trainee who makes no mistake answers. The link is never among it: `outcome.decide` gives it."""

    situation: Situation
    number: NumberUse
    role: Role | NoChoice
    authority: Identifier
    """The id of an authority type, or one of NoChoice: `authority_choice` tells them apart."""
    authority_name: Stripped = ""
    also_named: tuple[Stripped, ...] = ()
    """Other ways to write the authority's name that are right as well."""
    label_due: StrictBool | None = None
    """None exactly when role or authority is an honest "I don't know" or "none of these"."""
    may_wait: StrictBool = False
    """Whether letting the task wait for the label is as right as deciding: the official page gives no order."""
    module: Stripped

    @property
    def authority_choice(self) -> str | NoChoice:
        """The authority as the wizard's answers hold it."""
        return BY_FIELD["authority"].parse(self.authority)

    @property
    def referral(self) -> bool:
        """Whether the case leads to help instead of a right."""
        return isinstance(self.role, NoChoice) or isinstance(self.authority_choice, NoChoice)


class Task(FactModel):
    """What a request under "Mijn taken" asks, right or wrong."""

    role: Role
    module: Stripped
    organisation: Stripped


class Before(FactModel):
    """How VO Gebruikersbeheer stands when the trainee begins."""

    person_known: StrictBool = True
    role: Role | None = None
    role_since: dt.date = dt.date(2025, 9, 1)
    task: Task | None = None
    label: LabelState = LabelState.NONE


class Namesake(FactModel):
    """Another fictional person of the same or nearly the same name."""

    name: Stripped
    number: Stripped = Field(repr=False)


class ScreenExtras(FactModel):
    """What the drawn screens show beside what is right."""

    other_organisations: tuple[Stripped, ...] = ()
    other_modules: tuple[Stripped, ...] = ()
    namesakes: tuple[Namesake, ...] = ()


class Mistake(FactModel):
    """A usual mistake: the wrong answers to one question by which it is recognised."""

    id: Identifier
    question: Graded
    answers: Annotated[tuple[Stripped, ...], Field(min_length=1)]


class ScenarioWords(FactModel):
    """A scenario in one language: title, the trainee's role, the applicant's words, why, feedback by mistake."""

    title: Stripped
    your_role: Stripped
    said: Stripped
    why: Stripped
    mistakes: dict[str, Stripped] = Field(default_factory=dict)


class Scenario(FactModel):
    """One exercise. Raises ScenarioError (within pydantic's ValidationError) when the file contradicts itself."""

    id: Identifier
    channel: Channel
    traps: tuple[Trap, ...] = ()
    person: Person
    right: RightAnswers
    before: Before = Field(default_factory=Before)
    screen: ScreenExtras = Field(default_factory=ScreenExtras)
    goals: frozenset[Goal] = frozenset()
    mistakes: Annotated[tuple[Mistake, ...], Field(min_length=1)]
    words: dict[LanguageCode, ScenarioWords]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for check in (_numbers, _texts, _right, _goals, _mistakes, _words):
            check(self)
        return self

    def words_in(self, language: str) -> ScenarioWords:
        """The words in this language, else the Dutch ones."""
        return self.words.get(language) or self.words[SOURCE_LANGUAGE]

    def feedback(self, mistake: str, language: str) -> str:
        """The feedback on one of the listed mistakes. Raises KeyError."""
        return self.words_in(language).mistakes[mistake]

    def right_answers(self) -> Answers:
        """The wizard's answers of a trainee who makes no mistake."""
        right = self.right
        return Answers(
            situation=right.situation,
            applicant_name=self.person.name,
            number_text=self.person.number if right.number is NumberUse.ASKED else "",
            role=NoChoice.UNKNOWN if isinstance(right.role, NoChoice) else right.role,
            authority=right.authority_choice,
            authority_name=right.authority_name,
        )

    def questions(self) -> tuple[Graded, ...]:
        """What is graded here, in the order of the wizard; the practice screens come last."""
        asked = {Graded(name) for name in asked_fields(self.right_answers())} | {Graded.REGISTER_NUMBER}
        if not self.right.referral:
            asked |= {Graded.LABEL_DUE, Graded.MODULE}
        asked.add(Graded.PRACTICE)
        return tuple(question for question in Graded if question in asked)

    def right_to(self, question: Graded) -> tuple[str, ...]:
        """What answers a question rightly, the usual way first; of numbers and drawn screens nothing, which differ."""
        right = self.right
        answers: dict[Graded, tuple[str, ...]] = {
            Graded.SITUATION: (right.situation,),
            Graded.APPLICANT_NAME: (self.person.name,),
            Graded.ROLE: (right.role,),
            Graded.AUTHORITY: (right.authority,),
            Graded.AUTHORITY_NAME: (right.authority_name, *right.also_named),
            Graded.LABEL_DUE: (YesNo.YES if right.label_due else YesNo.NO,),
            Graded.MODULE: (right.module,),
        }
        return answers.get(question, ())

    def earlier_requests(self) -> tuple[EarlierRequest, ...]:
        """What the rules should know of the person: the role that is already held, as the log would tell it."""
        if self.before.role is None:
            return ()
        return (EarlierRequest(self.before.role, self.before.role_since, self.right.authority_name, granted=True),)


def fictional_number(text: str) -> RegisterNumber:
    """A number of training, read as on REFERENCE_DAY. Raises RegisterNumberError, also for a real person's number."""
    return parse(text, today=REFERENCE_DAY, fictional=True)


def same_number(one: str, other: str) -> bool:
    """Whether two texts write the same digits, whatever stands between them."""
    first, second = ([unicodedata.decimal(sign) for sign in text if sign.isdecimal()] for text in (one, other))
    return first == second != []


def number_fault(text: str, where: Where) -> ScenarioError | None:
    """Why a text is no fictional number, or None."""
    try:
        fictional_number(text)
    except RegisterNumberError as error:
        fault = ScenarioFault.REAL_NUMBER if error.reason is Reason.SEQUENCE else ScenarioFault.NUMBER_WRONG
        return ScenarioError(where, fault, reason=error.reason.value)
    return None


ASKED = "asked"
"""How a mistake says that the number was asked where the route does not need it."""

_ADDRESS = re.compile(r"://|\bwww\.|aanvraag\?", re.IGNORECASE)
_ELEVEN_DIGITS = re.compile(r"(?<![\d+])\d(?:[\s.\-/_]{0,3}\d){10}(?!\d)")
_FICTIONAL_SEQUENCES = ("000", "999")
_POSSIBLE_GOALS = {
    Situation.FORM: (),
    Situation.MANUAL: (Goal.ADD_PERSON, Goal.GRANT, Goal.REQUEST_LABEL),
    Situation.TASK: (Goal.APPROVE, Goal.REJECT, Goal.REQUEST_LABEL),
}
_CHOICES: dict[Graded, list[str]] = {Graded.LABEL_DUE: [*YesNo], Graded.PRACTICE: [*Slip]}
_GOAL_FAULTS = {
    Goal.GRANT: ScenarioFault.GOAL_GRANT,
    Goal.ADD_PERSON: ScenarioFault.GOAL_PERSON,
    Goal.REQUEST_LABEL: ScenarioFault.GOAL_LABEL,
}


def _numbers(scenario: Scenario) -> None:
    person = scenario.person
    if fault := number_fault(person.number, ("person", "number")):
        raise fault
    seen = [person.number]
    for index, namesake in enumerate(scenario.screen.namesakes):
        where: Where = ("screen", "namesakes", index, "number")
        if fault := number_fault(namesake.number, where):
            raise fault
        if any(same_number(namesake.number, other) for other in seen):
            raise ScenarioError(where, ScenarioFault.NUMBER_TWICE)
        seen.append(namesake.number)
    if person.number_heard and same_number(person.number, person.number_heard):
        raise ScenarioError(("person", "number_heard"), ScenarioFault.HEARD_SAME)


def _texts(scenario: Scenario) -> None:
    """No address, and nothing like a real person's number, in any text of the file."""
    for where, text in _walk(scenario.model_dump(), ()):
        if _ADDRESS.search(text):
            raise ScenarioError(where, ScenarioFault.ADDRESS)
        for start, end in right_in(text):
            if fault := number_fault(text[start:end], where):
                raise fault
        for found in _ELEVEN_DIGITS.finditer(text):
            if re.sub(r"\D", "", found.group())[6:9] not in _FICTIONAL_SEQUENCES:
                raise ScenarioError(where, ScenarioFault.REAL_NUMBER)


def _walk(node: object, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _walk(value, (*where, key))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from _walk(value, (*where, index))


def _right(scenario: Scenario) -> None:
    right, task = scenario.right, scenario.before.task
    if right.referral:
        if right.authority_name:
            raise ScenarioError(("right", "authority_name"), ScenarioFault.AUTHORITY_NAME_NEEDLESS)
    elif not right.authority_name:
        raise ScenarioError(("right",), ScenarioFault.AUTHORITY_NAME_MISSING)
    if (right.label_due is None) is not right.referral:
        raise ScenarioError(("right", "label_due"), ScenarioFault.LABEL_UNDECIDED)
    if (right.number is NumberUse.ASKED) is not (right.situation is Situation.MANUAL):
        raise ScenarioError(("right", "number"), ScenarioFault.NUMBER_USE)
    if right.situation is Situation.TASK and task is None and not right.referral:
        raise ScenarioError(("right", "situation"), ScenarioFault.TASK_MISSING)
    if right.situation is not Situation.TASK and task is not None:
        raise ScenarioError(("before", "task"), ScenarioFault.TASK_NEEDLESS)


def _goals(scenario: Scenario) -> None:
    """Name the goal that does not follow from the right answers and the state before; both stand in the file."""
    wanted = expected_goals(scenario)
    odd = next((goal for goal in Goal if (goal in scenario.goals) is not (goal in wanted)), None)
    if odd is None:
        return
    possible = () if scenario.right.referral else _POSSIBLE_GOALS[scenario.right.situation]
    fault = _GOAL_FAULTS.get(odd, ScenarioFault.GOAL_TASK) if odd in possible else ScenarioFault.GOAL_ROUTE
    raise ScenarioError(("goals",), fault, goal=odd.value)


def expected_goals(scenario: Scenario) -> set[Goal]:
    """What must come of the drawn screens, by the right answers and the state before."""
    right, before = scenario.right, scenario.before
    goals: set[Goal] = set()
    if right.referral or right.situation is Situation.FORM:
        return goals
    if before.task:
        task = (before.task.role, normalise(before.task.module), normalise(before.task.organisation))
        fits = task == (right.role, normalise(right.module), normalise(right.authority_name))
        goals.add(Goal.APPROVE if fits else Goal.REJECT)
    elif before.role is None:
        goals.add(Goal.GRANT)
        if not before.person_known:
            goals.add(Goal.ADD_PERSON)
    if right.label_due and before.label is LabelState.NONE and goals & {Goal.GRANT, Goal.APPROVE}:
        goals.add(Goal.REQUEST_LABEL)
    return goals


def _mistakes(scenario: Scenario) -> None:
    ids: set[str] = set()
    claimed: set[tuple[Graded, str]] = set()
    for index, mistake in enumerate(scenario.mistakes):
        if mistake.id in ids:
            raise ScenarioError(("mistakes", index, "id"), ScenarioFault.MISTAKE_TWICE, id=mistake.id)
        ids.add(mistake.id)
        for answer in mistake.answers:
            where, values = ("mistakes", index, "answers"), {"answer": answer, "question": mistake.question.value}
            if not _possible(mistake, answer):
                raise ScenarioError(where, ScenarioFault.ANSWER_UNKNOWN, **values)
            if _is_right(scenario, mistake.question, answer):
                raise ScenarioError(where, ScenarioFault.ANSWER_RIGHT, **values)
            if (mistake.question, answer) in claimed:
                raise ScenarioError(where, ScenarioFault.ANSWER_SHARED, **values)
            claimed.add((mistake.question, answer))


def _possible(mistake: Mistake, answer: str) -> bool:
    """Whether it can be answered to a question of training; `check_beside` looks at the wizard's own."""
    if mistake.question is Graded.REGISTER_NUMBER:
        return answer == ASKED or _ELEVEN_DIGITS.search(answer) is not None
    return mistake.question not in _CHOICES or answer in _CHOICES[mistake.question]


def _is_right(scenario: Scenario, question: Graded, answer: str) -> bool:
    if question is Graded.REGISTER_NUMBER:
        asked = scenario.right.number is NumberUse.ASKED
        return asked and (answer == ASKED or same_number(answer, scenario.person.number))
    return normalise(answer) in map(normalise, scenario.right_to(question))


def _words(scenario: Scenario) -> None:
    if SOURCE_LANGUAGE not in scenario.words:
        raise ScenarioError(("words",), ScenarioFault.DUTCH_MISSING)
    ids = {mistake.id for mistake in scenario.mistakes}
    for language, words in scenario.words.items():
        where: Where = ("words", language, "mistakes")
        for missing in sorted(ids - set(words.mistakes)):
            raise ScenarioError(where, ScenarioFault.FEEDBACK_MISSING, id=missing, language=language)
        for unknown in sorted(set(words.mistakes) - ids):
            raise ScenarioError((*where, unknown), ScenarioFault.FEEDBACK_UNKNOWN, id=unknown, language=language)
