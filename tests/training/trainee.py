"""A trainee who does everything right, and one who makes one given mistake and nothing else wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.domain.training.enums import Goal, Graded, Slip
from ccinc_wizard.domain.training.grading import Attempt
from ccinc_wizard.domain.training.practice import (
    Approve,
    ConfirmGrant,
    ConfirmPerson,
    EnterNumber,
    FillIn,
    GoHome,
    GrantForm,
    LinkOrganisation,
    OpenGrant,
    OpenLabel,
    OpenNewPerson,
    OpenTask,
    OpenTasks,
    Pick,
    PracticeState,
    Reject,
    RequestLabel,
    ScreenAction,
    Search,
    SearchBy,
    apply,
    start,
)
from ccinc_wizard.domain.training.scenario import Scenario

CHOSEN = {
    Graded.SITUATION: Situation,
    Graded.ROLE: lambda answer: NoChoice(answer) if answer in list(NoChoice) else Role(answer),
    Graded.AUTHORITY: lambda answer: NoChoice(answer) if answer in list(NoChoice) else answer,
    Graded.APPLICANT_NAME: str,
    Graded.AUTHORITY_NAME: str,
}


def solution(scenario: Scenario, *, reason: str = "-") -> tuple[ScreenAction, ...]:
    """The shortest right way over the screens; `reason` goes into the field "Reden" of a new person."""
    actions: list[ScreenAction] = []
    goals, number, organisation = scenario.goals, scenario.person.number, scenario.right.authority_name or ""
    if Goal.ADD_PERSON in goals:
        actions += [OpenNewPerson(), EnterNumber(number), ConfirmPerson(reason), LinkOrganisation(organisation)]
        actions += [OpenGrant()]
    elif Goal.GRANT in goals:
        actions += [OpenGrant(), Search(SearchBy.NUMBER, number), Pick(0)]
    if Goal.GRANT in goals:
        role = scenario.right.role if isinstance(scenario.right.role, Role) else None
        actions += [FillIn(GrantForm(organisation, role, frozenset({scenario.right.module}))), ConfirmGrant()]
    if goals & {Goal.APPROVE, Goal.REJECT}:
        actions += [OpenTasks(), OpenTask(), Approve() if Goal.APPROVE in goals else Reject()]
    if Goal.REQUEST_LABEL in goals:
        actions += [GoHome(), OpenLabel(), RequestLabel(organisation)]
    return tuple(actions)


def perform(scenario: Scenario, actions: Iterable[ScreenAction]) -> PracticeState:
    """The drawn screens after these actions."""
    state = start(scenario)
    for action in actions:
        state = apply(state, action)
    return state


def perfect(scenario: Scenario) -> Attempt:
    """No mistake at all."""
    return Attempt(
        answers=scenario.right_answers(),
        label_due=scenario.right.label_due,
        module=scenario.right.module,
        practice=perform(scenario, solution(scenario)),
        seconds=60.0,
        keys=40,
    )


def mistaken(scenario: Scenario, question: Graded, answer: str) -> Attempt:
    """Perfect but for this one wrong answer, or this one slip on the drawn screens."""
    attempt = perfect(scenario)
    if question is Graded.PRACTICE:
        return replace(attempt, practice=perform(scenario, SLIPS[Slip(answer)](scenario)))
    if question is Graded.LABEL_DUE:
        return replace(attempt, label_due=answer == "yes")
    if question is Graded.MODULE:
        return replace(attempt, module=answer)
    if question is Graded.REGISTER_NUMBER:
        typed = scenario.person.number if answer == "asked" else answer
        return replace(attempt, answers=attempt.answers._replace(number_text=typed))
    return replace(attempt, answers=attempt.answers._replace(**{question.value: CHOSEN[question](answer)}))


def grant(
    scenario: Scenario, *, by: SearchBy = SearchBy.NUMBER, text: str = "", **changes: object
) -> list[ScreenAction]:
    """Grant the right from the home page, with what is changed about it."""
    person = scenario.person
    wanted = text or (person.number if by is SearchBy.NUMBER else person.name)
    found = perform(scenario, [OpenGrant(), Search(by, wanted)]).found
    index = next((place for place, one in enumerate(found) if one.number == person.number), 0)
    role = scenario.right.role if isinstance(scenario.right.role, Role) else None
    form = replace(
        GrantForm(scenario.right.authority_name or "", role, frozenset({scenario.right.module})),
        **changes,
    )
    return [GoHome(), OpenGrant(), Search(by, wanted), Pick(index), FillIn(form), ConfirmGrant(), GoHome()]


def label(scenario: Scenario) -> list[ScreenAction]:
    return [GoHome(), OpenLabel(), RequestLabel(scenario.right.authority_name or "")]


def without(scenario: Scenario, *kinds: type[ScreenAction]) -> list[ScreenAction]:
    """The perfect way without these actions."""
    return [action for action in solution(scenario) if not isinstance(action, kinds)]


def instead(scenario: Scenario, actions: list[ScreenAction]) -> list[ScreenAction]:
    """These actions in place of the perfect grant, and the label where it is due."""
    due = [action for action in solution(scenario) if isinstance(action, RequestLabel)]
    return [*actions, *(label(scenario) if due else [])]


def other(role: object) -> Role:
    return Role.RAADPLEGER if role is Role.INVOERDER else Role.INVOERDER


def decoy(names: tuple[str, ...], right: str | None) -> str:
    return next(name for name in names if name != right)


SLIPS: dict[Slip, Callable[[Scenario], list[ScreenAction]]] = {
    Slip.SEARCHED_BY_NAME: lambda one: instead(one, grant(one, by=SearchBy.NAME)),
    Slip.NOT_GRANTED: lambda one: without(one, ConfirmGrant),
    Slip.NEEDLESS_GRANT: lambda one: [*grant(one), *solution(one)],
    Slip.GRANTED_TWICE: lambda one: [*grant(one), *solution(one)],
    Slip.SECOND_ROLE: lambda one: [*solution(one), *grant(one, role=other(one.right.role))],
    Slip.WRONG_PERSON: lambda one: instead(one, grant(one, text=one.screen.namesakes[0].number)),
    Slip.WRONG_ROLE: lambda one: instead(one, grant(one, role=other(one.right.role))),
    Slip.WRONG_MODULE: lambda one: instead(one, grant(one, modules=frozenset(one.screen.other_modules))),
    Slip.EXTRA_MODULE: lambda one: instead(
        one, grant(one, modules=frozenset({one.right.module, *one.screen.other_modules}))
    ),
    Slip.WRONG_ORGANISATION: lambda one: instead(
        one, grant(one, organisation=decoy(start(one).world.organisations, one.right.authority_name))
    ),
    Slip.PERSON_NOT_ADDED: lambda one: [],
    Slip.LABEL_FORGOTTEN: lambda one: without(one, RequestLabel),
    Slip.LABEL_NEEDLESS: lambda one: [*solution(one), *label(one)],
    Slip.LABEL_AGAIN: lambda one: [*solution(one), *label(one)],
    Slip.TASK_UNDECIDED: lambda one: without(one, Approve, Reject),
    Slip.WRONGLY_APPROVED: lambda one: [Approve() if isinstance(a, Reject) else a for a in solution(one)],
    Slip.WRONGLY_REJECTED: lambda one: [Reject() if isinstance(a, Approve) else a for a in solution(one)],
}
