"""The questions in their order, and which of them the answers so far make necessary.

The window, the terminal, the training and the tests read this one declaration.
"""

from __future__ import annotations

from enum import StrEnum

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.terms import NoChoice


class StepId(StrEnum):
    """A page of the wizard; also its object name, `page_<id>`."""

    SITUATION = "situation"
    APPLICANT = "applicant"
    ROLE = "role"
    AUTHORITY = "authority"
    CHECK = "check"
    RESULT = "result"


FIELD_STEPS = {
    "situation": StepId.SITUATION,
    "applicant_name": StepId.APPLICANT,
    "register_number": StepId.APPLICANT,
    "role": StepId.ROLE,
    "authority": StepId.AUTHORITY,
    "authority_name": StepId.AUTHORITY,
    "administrator": StepId.CHECK,
}
"""On which page each field is asked, in the order of the questions."""


def path(answers: Answers) -> tuple[StepId, ...]:
    """The pages to walk, first to last. An honest "I don't know" goes straight to the result, which then helps."""
    steps = tuple(StepId)
    if isinstance(answers.role, NoChoice):
        return (*steps[: steps.index(StepId.ROLE) + 1], StepId.RESULT)
    if isinstance(answers.authority, NoChoice):
        return (*steps[: steps.index(StepId.AUTHORITY) + 1], StepId.RESULT)
    return steps


def following(step: StepId, answers: Answers) -> StepId:
    """The page after this one; the last page follows itself. A page off the path counts by its place among all."""
    steps, order = path(answers), list(StepId)
    return next((later for later in steps if order.index(later) > order.index(step)), steps[-1])


def preceding(step: StepId, answers: Answers) -> StepId:
    """The page before this one; the first page precedes itself. A page off the path counts by its place among all."""
    steps, order = path(answers), list(StepId)
    return next((earlier for earlier in reversed(steps) if order.index(earlier) < order.index(step)), steps[0])


def settled(step: StepId, answers: Answers) -> StepId:
    """The page itself while these answers ask for it, else the one that comes instead."""
    return step if step in path(answers) else following(step, answers)


def asked_fields(answers: Answers) -> list[str]:
    """The fields that these answers make the wizard ask, in order."""
    walked = path(answers)
    unneeded = set() if answers.number_asked else {"register_number"}
    if isinstance(answers.authority, NoChoice):
        unneeded.add("authority_name")
    return [
        name
        for name, step in FIELD_STEPS.items()
        if step in walked and step is not StepId.CHECK and name not in unneeded
    ]
