"""All ways through the questions, from the first to an outcome: what the map of the whole way draws.

Made from `flow` and `outcome`, so the map cannot show a way that one cannot go.
"""

from __future__ import annotations

from dataclasses import dataclass

from ccinc_wizard.domain import flow
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.flow import StepId
from ccinc_wizard.domain.outcome import KINDS, OutcomeKind
from ccinc_wizard.domain.terms import NoChoice, Situation


@dataclass(frozen=True, slots=True)
class Way:
    """The pages of one way, the result last, and what it comes to."""

    steps: tuple[StepId, ...]
    outcome: OutcomeKind
    situation: Situation | None = None
    """The first answer that leads this way; None for an honest "I don't know", which any situation may end in."""


def ways() -> tuple[Way, ...]:
    """Every way that differs from the others, those to a right first."""
    straight = [Way(flow.path(Answers(situation=situation)), KINDS[situation], situation) for situation in Situation]
    unsure = (Answers(role=NoChoice.UNKNOWN), Answers(authority=NoChoice.UNKNOWN))
    return (*straight, *(Way(flow.path(answers), OutcomeKind.REFERRAL) for answers in unsure))
