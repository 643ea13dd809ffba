"""What a scenario file must agree on with itself. Each check raises ScenarioError at the place of the mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ccinc_wizard.domain.municipalities import normalise
from ccinc_wizard.domain.register_number import spans_in
from ccinc_wizard.domain.terms import NoChoice, Role, Situation
from ccinc_wizard.domain.training.scenario import (
    SOURCE_LANGUAGE,
    Mistake,
    Place,
    Scenario,
    ScenarioError,
    number_fault,
    same_number,
)
from ccinc_wizard.domain.training.terms import Fault, Goal, LabelState, NumberUse, Question, Slip, YesNo

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
_GOAL_FAULTS = {
    Goal.GRANT: Fault.GOAL_GRANT,
    Goal.ADD_PERSON: Fault.GOAL_PERSON,
    Goal.REQUEST_LABEL: Fault.GOAL_LABEL,
}


def check_alone(scenario: Scenario) -> None:
    """Run every check that needs nothing but the file. Raises ScenarioError."""
    _numbers(scenario)
    _texts(scenario)
    _right(scenario)
    _goals(scenario)
    _mistakes(scenario)
    _words(scenario)


def _numbers(scenario: Scenario) -> None:
    person = scenario.person
    if fault := number_fault(person.number, ("person", "number")):
        raise fault
    seen = [person.number]
    for index, namesake in enumerate(scenario.screen.namesakes):
        where: Place = ("screen", "namesakes", index, "number")
        if fault := number_fault(namesake.number, where):
            raise fault
        if any(same_number(namesake.number, other) for other in seen):
            raise ScenarioError(where, Fault.NUMBER_TWICE)
        seen.append(namesake.number)
    if person.number_heard and same_number(person.number, person.number_heard):
        raise ScenarioError(("person", "number_heard"), Fault.HEARD_SAME)


def _texts(scenario: Scenario) -> None:
    """No address, and nothing like a real person's number, in any text of the file."""
    for where, text in _walk(scenario.model_dump(mode="json"), ()):
        if _ADDRESS.search(text):
            raise ScenarioError(where, Fault.ADDRESS)
        for start, end in spans_in(text):
            if fault := number_fault(text[start:end], where):
                raise fault
        for found in _ELEVEN_DIGITS.finditer(text):
            if re.sub(r"\D", "", found.group())[6:9] not in _FICTIONAL_SEQUENCES:
                raise ScenarioError(where, Fault.REAL_NUMBER)


def _walk(node: object, where: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(node, str):
        yield where, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _walk(value, (*where, key))
    elif isinstance(node, list | tuple):
        for index, value in enumerate(node):
            yield from _walk(value, (*where, index))


def _right(scenario: Scenario) -> None:
    right, task = scenario.right, scenario.before.task
    if right.referral:
        if right.authority_name is not None:
            raise ScenarioError(("right", "authority_name"), Fault.AUTHORITY_NAME_NEEDLESS)
    elif right.authority_name is None:
        raise ScenarioError(("right",), Fault.AUTHORITY_NAME_MISSING)
    if (right.label_due is None) is not right.referral:
        raise ScenarioError(("right", "label_due"), Fault.LABEL_UNDECIDED)
    if (right.number is NumberUse.ASKED) is not (right.situation is Situation.MANUAL):
        raise ScenarioError(("right", "number"), Fault.NUMBER_USE)
    if right.situation is Situation.TASK and task is None and not right.referral:
        raise ScenarioError(("right", "situation"), Fault.TASK_MISSING)
    if right.situation is not Situation.TASK and task is not None:
        raise ScenarioError(("before", "task"), Fault.TASK_NEEDLESS)


def _goals(scenario: Scenario) -> None:
    """Name the goal that does not follow from the right answers and the state before; both stand in the file."""
    wanted = expected_goals(scenario)
    odd = next((goal for goal in Goal if (goal in scenario.goals) is not (goal in wanted)), None)
    if odd is None:
        return
    possible = () if scenario.right.referral else _POSSIBLE_GOALS[scenario.right.situation]
    fault = _GOAL_FAULTS.get(odd, Fault.GOAL_TASK) if odd in possible else Fault.GOAL_ROUTE
    raise ScenarioError(("goals",), fault, goal=odd.value)


def expected_goals(scenario: Scenario) -> set[Goal]:
    """What must come of the drawn screens, by the right answers and the state before."""
    right, before = scenario.right, scenario.before
    goals: set[Goal] = set()
    if right.referral or right.situation is Situation.FORM:
        return goals
    if right.situation is Situation.TASK and before.task:
        task = (before.task.role, normalise(before.task.module), normalise(before.task.organisation))
        fits = task == (right.role, normalise(right.module), normalise(right.authority_name or ""))
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
    claimed: set[tuple[Question, str]] = set()
    for index, mistake in enumerate(scenario.mistakes):
        if mistake.id in ids:
            raise ScenarioError(("mistakes", index, "id"), Fault.MISTAKE_TWICE, id=mistake.id)
        ids.add(mistake.id)
        for answer in mistake.answers:
            where, values = ("mistakes", index, "answers"), {"answer": answer, "question": mistake.question.value}
            if not _possible(mistake, answer):
                raise ScenarioError(where, Fault.ANSWER_UNKNOWN, **values)
            if _is_right(scenario, mistake.question, answer):
                raise ScenarioError(where, Fault.ANSWER_RIGHT, **values)
            if (mistake.question, answer) in claimed:
                raise ScenarioError(where, Fault.ANSWER_SHARED, **values)
            claimed.add((mistake.question, answer))


def _possible(mistake: Mistake, answer: str) -> bool:
    choices: dict[Question, list[str]] = {
        Question.SITUATION: [*Situation],
        Question.ROLE: [*Role, NoChoice.UNKNOWN],
        Question.LABEL_DUE: [*YesNo],
        Question.PRACTICE: [*Slip],
    }
    if mistake.question is Question.REGISTER_NUMBER:
        return answer == ASKED or _ELEVEN_DIGITS.search(answer) is not None
    return mistake.question not in choices or answer in choices[mistake.question]


def _is_right(scenario: Scenario, question: Question, answer: str) -> bool:
    right = scenario.right
    if question is Question.REGISTER_NUMBER:
        asked = right.number is NumberUse.ASKED
        return asked and (answer == ASKED or same_number(answer, scenario.person.number))
    if question is Question.LABEL_DUE:
        return answer == (YesNo.YES if right.label_due else YesNo.NO)
    names: dict[Question, list[str]] = {
        Question.SITUATION: [right.situation],
        Question.APPLICANT_NAME: [scenario.person.name],
        Question.ROLE: [right.role],
        Question.AUTHORITY: [right.authority],
        Question.AUTHORITY_NAME: [right.authority_name or "", *right.also_named],
        Question.MODULE: [right.module],
        Question.PRACTICE: [],
    }
    return normalise(answer) in [normalise(name) for name in names[question]]


def _words(scenario: Scenario) -> None:
    if SOURCE_LANGUAGE not in scenario.words:
        raise ScenarioError(("words",), Fault.DUTCH_MISSING)
    ids = {mistake.id for mistake in scenario.mistakes}
    for language, words in scenario.words.items():
        where: Place = ("words", language, "mistakes")
        for missing in sorted(ids - set(words.mistakes)):
            raise ScenarioError(where, Fault.FEEDBACK_MISSING, id=missing, language=language)
        for unknown in sorted(set(words.mistakes) - ids):
            raise ScenarioError((*where, unknown), Fault.FEEDBACK_UNKNOWN, id=unknown, language=language)
