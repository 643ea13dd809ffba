"""Exams can be repeated by their seed; the results of a group come as plain rows."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.content.facts import load_catalog, load_municipalities
from ccinc_wizard.content.scenarios import ScenarioReader, TrainingWords
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.training.enums import Graded
from ccinc_wizard.domain.training.grading import ExamResult, SessionResults, draw, grade
from ccinc_wizard.domain.training.scenario import Scenario
from tests.training.trainee import mistaken, perfect

SCENARIOS = ScenarioReader(load_catalog(), load_municipalities(), Texts("nl")).read_all().scenarios
FIRST_OF_2026 = ["oude-gemeentenaam", "net-buiten-brussel", "module-in-de-aanvraag"]


@given(st.integers(), st.integers(min_value=1, max_value=60), st.randoms())
def test_a_draw_follows_from_its_seed_and_repeats_nothing(seed: int, count: int, chance: random.Random) -> None:
    shuffled = list(SCENARIOS)
    chance.shuffle(shuffled)
    drawn = draw(SCENARIOS, seed, count)
    assert drawn == draw(shuffled, seed, count)
    assert len({one.id for one in drawn}) == len(drawn) == min(count, len(SCENARIOS))
    assert draw(SCENARIOS, seed, count + 1)[: len(drawn)] == drawn


def test_the_same_seed_means_the_same_exam_on_every_machine() -> None:
    assert [one.id for one in draw(SCENARIOS, 2026, 3)] == FIRST_OF_2026


def test_other_seeds_draw_other_exams() -> None:
    assert len({tuple(one.id for one in draw(SCENARIOS, seed, 5)) for seed in range(50)}) > 40


def test_an_exam_without_scenarios_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        draw(SCENARIOS, 1, 0)


def _result(trainee: str, scenarios: tuple[Scenario, ...], *, wrong: bool) -> ExamResult:
    grades = []
    for scenario in scenarios:
        mistake = scenario.mistakes[0]
        attempt = mistaken(scenario, mistake.question, mistake.answers[0]) if wrong else perfect(scenario)
        grades.append(grade(scenario, attempt))
    return ExamResult(trainee, 2026, tuple(grades))


def test_the_table_of_a_session() -> None:
    drawn = draw(SCENARIOS, 2026, 3)
    session = SessionResults().with_result(_result("Merel", drawn, wrong=False))
    session = session.with_result(_result("Ekster", drawn, wrong=True))
    rows = session.rows()
    assert [(row.trainee, row.position, row.scenario) for row in rows] == [
        (trainee, place, one.id) for trainee in ("Merel", "Ekster") for place, one in enumerate(drawn, start=1)
    ]
    assert {row.score for row in rows[:3]} == {100}
    assert all(row.score < 100 and row.mistakes and row.wrong for row in rows[3:])
    assert session.scores()[0] == ("Merel", 100)
    assert session.scores()[1][1] < 100
    assert sum(session.misses().values()) == 3
    words = TrainingWords(Texts("nl"), load_catalog())
    columns, cells = words.result_columns(), words.result_cells(session, drawn)
    assert columns[0] == "Deelnemer"
    titles = [line[columns.index("Oefening")] for line in cells]
    assert titles == [one.words_in("nl").title for one in (*drawn, *drawn)]
    assert all(len(line) == len(columns) for line in cells)
    assert all(isinstance(cell, str | int) for line in cells for cell in line)


def test_one_slip_in_a_long_exam_is_no_full_score() -> None:
    perfectly = _result("Merel", SCENARIOS, wrong=False)
    slipped = mistaken(SCENARIOS[0], Graded.ROLE, "raadpleger")
    result = ExamResult("Merel", 1, (*perfectly.grades[1:], grade(SCENARIOS[0], slipped)))
    assert perfectly.score == 100
    assert result.score < 100


def test_a_number_typed_as_a_name_is_masked() -> None:
    number = SCENARIOS[0].person.number
    session = SessionResults().with_result(ExamResult(f"Merel {number}", None, ()))
    assert number not in session.scores()[0][0]
    assert session.rows() == []
    assert ExamResult("Merel", None, ()).score == 0
