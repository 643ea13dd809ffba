"""The map's ways are the ways one can go: each ends in a result, and every outcome is on it."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain import questions
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import NoChoice, Situation
from ccinc_wizard.domain.outcome import OutcomeKind, Way, ways
from ccinc_wizard.domain.questions import StepId


@pytest.mark.parametrize("way", ways(), ids=lambda way: f"{way.situation}-{len(way.steps)}")
def test_a_way_goes_from_the_first_question_to_the_result(way: Way) -> None:
    order = list(StepId)
    assert way.steps[0] is StepId.SITUATION
    assert way.steps[-1] is StepId.RESULT
    assert list(way.steps) == sorted(way.steps, key=order.index)


def test_every_outcome_and_every_situation_is_on_the_map() -> None:
    assert {way.outcome for way in ways()} == set(OutcomeKind)
    assert [way.situation for way in ways() if way.situation] == list(Situation)


@pytest.mark.parametrize(
    "answers",
    [
        *(Answers(situation=situation) for situation in Situation),
        *(Answers(role=choice) for choice in NoChoice),
        *(Answers(authority=choice) for choice in NoChoice),
    ],
)
def test_no_path_is_missing(answers: Answers) -> None:
    assert questions.path(answers) in {way.steps for way in ways()}
