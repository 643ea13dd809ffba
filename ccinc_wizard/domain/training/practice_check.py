"""Judges what was done on the practice screens, and knows the way of a trainee who makes no mistake."""

from __future__ import annotations

from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.municipalities import bare_name
from ccinc_wizard.domain.terms import Role
from ccinc_wizard.domain.training.practice import (
    Action,
    Approve,
    ConfirmGrant,
    ConfirmPerson,
    Decision,
    EnterNumber,
    FillIn,
    GoHome,
    Grant,
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
    Search,
    SearchBy,
)
from ccinc_wizard.domain.training.scenario import Scenario, same_number
from ccinc_wizard.domain.training.terms import Goal, LabelState, Slip

NOT_DONE = frozenset({Slip.NOT_GRANTED, Slip.PERSON_NOT_ADDED, Slip.TASK_UNDECIDED})
"""Slips by which the work was left undone rather than done wrong."""


def check(state: PracticeState, scenario: Scenario) -> tuple[Slip, ...]:
    """What is wrong at the end, each slip once, in the order of `Slip`; empty when all is as it must be."""
    slips = _grants(state, scenario) | _label(state, scenario) | _task(state, scenario)
    return tuple(slip for slip in Slip if slip in slips)


def solution(scenario: Scenario, *, reason: str = "-") -> tuple[Action, ...]:
    """The shortest right way over the screens; `reason` goes into the field "Reden" of a new person."""
    actions: list[Action] = []
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
    return bare_name(scenario.right.authority_name or "")
