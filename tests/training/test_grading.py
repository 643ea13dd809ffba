"""Grading is total: whatever was answered, it judges and never raises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.content.facts import load_catalog, load_municipalities
from ccinc_wizard.content.scenarios import ScenarioReader, TrainingWords
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.domain.training.enums import Graded, Slip
from ccinc_wizard.domain.training.grading import (
    Attempt,
    ExamResult,
    Grade,
    Mark,
    SessionResults,
    Standing,
    grade,
    slips_of,
)
from ccinc_wizard.domain.training.practice import Grant, GrantForm, KnownPerson, SearchBy, start
from ccinc_wizard.domain.training.scenario import Scenario
from tests.training.trainee import perfect

SCENARIOS = ScenarioReader(load_catalog(), load_municipalities(), Texts("nl")).read_all().scenarios
WORDS = TrainingWords(Texts("nl"), load_catalog())

answers = st.builds(
    Answers,
    situation=st.none() | st.sampled_from(Situation),
    applicant_name=st.text(),
    number_text=st.text() | st.text("0123456789.- \uff11\u0661"),
    number_wanted=st.booleans(),
    role=st.none() | st.sampled_from([*Role, *NoChoice]),
    authority=st.none() | st.sampled_from(NoChoice) | st.text() | st.just("agb"),
    authority_name=st.text(),
)
attempts = st.builds(
    Attempt,
    answers=answers,
    label_due=st.none() | st.booleans(),
    module=st.text(),
    seconds=st.floats(allow_nan=False, allow_infinity=False),
    keys=st.integers(),
)


@given(st.sampled_from(SCENARIOS), attempts, st.booleans())
def test_grade_never_raises_and_every_verdict_has_words(scenario: Scenario, attempt: Attempt, practised: bool) -> None:
    judged = grade(scenario, replace(attempt, practice=start(scenario) if practised else None))
    assert 0 <= judged.score <= 100
    assert (judged.score == 100) is all(verdict.standing is Standing.RIGHT for verdict in judged.verdicts)
    assert judged.seconds >= 0
    assert judged.keys >= 0
    asked = [question for question in scenario.questions() if practised or question is not Graded.PRACTICE]
    assert [*dict.fromkeys(verdict.question for verdict in judged.verdicts)] == asked
    words = WORDS.grade(scenario, judged)
    assert all(
        bool(one.feedback) is (v.standing is not Standing.RIGHT) for one, v in zip(words, judged.verdicts, strict=True)
    )


def test_an_attempt_shows_no_number() -> None:
    scenario = next(one for one in SCENARIOS if one.id == "gewone-aanvraag")
    shown = repr(perfect(scenario)) + repr(scenario)
    assert scenario.person.number not in shown
    assert scenario.person.number.replace(".", "").replace("-", "") not in shown


@pytest.mark.parametrize(
    "written", ["Torhout", "torhout", "Gemeente Torhout", "Stad Torhout", "  TORHOUT ", "Commune de Torhout"]
)
def test_a_name_is_right_however_it_is_written(written: str) -> None:
    scenario = next(one for one in SCENARIOS if one.id == "gewone-aanvraag")
    attempt = perfect(scenario)
    assert grade(scenario, replace(attempt, answers=attempt.answers._replace(authority_name=written))).score == 100


@pytest.mark.parametrize("written", ["84.03.12-999.38", "84031299938", "84 03 12 999 38", "８４０３１２９９９３８"])
def test_a_number_is_right_however_it_is_written(written: str) -> None:
    scenario = next(one for one in SCENARIOS if one.id == "gewone-aanvraag")
    attempt = perfect(scenario)
    assert grade(scenario, replace(attempt, answers=attempt.answers._replace(number_text=written))).score == 100


def test_without_drawn_screens_they_do_not_count() -> None:
    scenario = next(one for one in SCENARIOS if one.id == "gewone-aanvraag")
    judged = grade(scenario, replace(perfect(scenario), practice=None))
    assert judged.score == 100
    assert Graded.PRACTICE not in {verdict.question for verdict in judged.verdicts}
    undone = grade(scenario, replace(perfect(scenario), practice=start(scenario)))
    assert [v.standing for v in undone.verdicts if v.question is Graded.PRACTICE] == [Standing.MISSING]


@pytest.mark.parametrize(
    ("own", "role", "slip"),
    [
        (True, Role.INVOERDER, Slip.GRANTED_TWICE),
        (True, Role.RAADPLEGER, Slip.SECOND_ROLE),
        (False, Role.INVOERDER, Slip.NEEDLESS_GRANT),
        (False, Role.RAADPLEGER, Slip.NEEDLESS_GRANT),
    ],
)
def test_a_needless_right_is_a_second_one_only_for_who_has_one(own: bool, role: Role, slip: Slip) -> None:
    scenario = next(one for one in SCENARIOS if one.before.role is Role.INVOERDER)
    known = KnownPerson("Lies Maes", scenario.person.number if own else "84.03.12-999.38")
    grant = Grant(known, SearchBy.NUMBER, GrantForm(role=role))
    assert slips_of(replace(start(scenario), grants=(grant,)), scenario) == (slip,)


def test_an_attempt_begins_empty_and_a_grade_at_nothing() -> None:
    scenario = next(one for one in SCENARIOS if one.id == "gewone-aanvraag")
    attempt = Attempt(Answers())
    assert (attempt.module, attempt.seconds, attempt.keys) == ("", 0, 0)
    judged = grade(scenario, attempt)
    assert (judged.seconds, judged.keys, judged.complete) == (0, 0, False)
    assert {verdict.standing for verdict in judged.verdicts if verdict.question is Graded.LABEL_DUE} == {
        Standing.MISSING
    }
    assert grade(scenario, replace(attempt, keys=-1)).keys == 0
    assert grade(scenario, perfect(scenario)).complete
    assert Grade("none", (), 0, 0).score == 0


@pytest.mark.parametrize("standing", Standing)
def test_every_standing_has_words(standing: Standing) -> None:
    assert Texts("nl").has(f"training.standing.{standing}")


def test_a_session_counts_over_all_scenarios_and_parts_what_was_wrong_by_spaces() -> None:
    wrong = (
        Mark(Graded.ROLE, Standing.WRONG, "one"),
        Mark(Graded.AUTHORITY, Standing.WRONG, "two"),
    )
    result = ExamResult("Lies  Maes", None, (Grade("a", wrong, 20.0, 3), Grade("b", (), 40.0, 4)))
    assert (result.seconds, result.keys) == (60.0, 7)
    row = SessionResults().with_result(result).rows()[0]
    assert (row.trainee, row.wrong, row.mistakes) == ("Lies Maes", "role authority", "one two")


def test_a_number_of_nobody_is_wrong_by_no_listed_mistake() -> None:
    scenario = next(one for one in SCENARIOS if one.id == "gewone-aanvraag")
    judged = grade(scenario, Attempt(Answers(number_text="85.03.30-999.04")))
    [verdict] = [one for one in judged.verdicts if one.question is Graded.REGISTER_NUMBER]
    assert (verdict.standing, verdict.mistake) == (Standing.WRONG, None)
