"""The whole set played twice: by a perfect trainee, and by one who makes every listed mistake in turn."""

from __future__ import annotations

import pytest

from ccinc_wizard.content.facts import load_catalog
from ccinc_wizard.content.scenarios import TrainingWords, scenario_folder
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.findings import Circumstances, Severity
from ccinc_wizard.domain.outcome import OutcomeKind, outcome_of
from ccinc_wizard.domain.rules import evaluate, request_of
from ccinc_wizard.domain.training.enums import REFERENCE_DAY, Graded, Slip
from ccinc_wizard.domain.training.grading import Standing, grade
from ccinc_wizard.domain.training.scenario import Scenario
from tests.training.trainee import SLIPS, mistaken, perfect

IDS = [path.stem.partition("-")[2] for path in sorted(scenario_folder().glob("*.toml"))]


@pytest.mark.parametrize("scenario_id", IDS)
def test_a_perfect_trainee_has_everything_right(scenarios: dict[str, Scenario], scenario_id: str) -> None:
    scenario = scenarios[scenario_id]
    judged = grade(scenario, perfect(scenario))
    assert judged.score == 100
    assert {verdict.standing for verdict in judged.verdicts} == {Standing.RIGHT}
    assert [verdict.question for verdict in judged.verdicts] == list(scenario.questions())
    assert judged.mistakes == ()


@pytest.mark.parametrize("scenario_id", IDS)
def test_the_wizard_itself_leads_on_from_the_right_answers(scenarios: dict[str, Scenario], scenario_id: str) -> None:
    from ccinc_wizard.content.facts import load_municipalities

    scenario, catalog = scenarios[scenario_id], load_catalog()
    earlier = scenario.earlier_requests()
    around = Circumstances(REFERENCE_DAY, catalog, load_municipalities(), Mode.TRAINING, earlier)
    answers = scenario.right_answers()
    outcome = outcome_of(answers, catalog)
    assert outcome is not None
    assert not [found for found in evaluate(answers, around) if found.severity is Severity.ERROR]
    assert (outcome.kind is OutcomeKind.REFERRAL) is scenario.right.referral
    if not scenario.right.referral:
        assert request_of(answers, around) is not None
        assert outcome.label is scenario.right.label_due


@pytest.mark.parametrize("scenario_id", IDS)
def test_every_listed_mistake_is_found_alone_and_explained(scenarios: dict[str, Scenario], scenario_id: str) -> None:
    scenario = scenarios[scenario_id]
    for mistake in scenario.mistakes:
        for answer in mistake.answers:
            judged = grade(scenario, mistaken(scenario, mistake.question, answer))
            assert judged.mistakes == (mistake.id,), answer
            assert judged.score < 100
            made = next(verdict for verdict in judged.verdicts if verdict.mistake)
            for language in languages():
                words = TrainingWords(Texts(language), load_catalog())
                assert words.feedback(scenario, made) == scenario.words[language].mistakes[mistake.id]


@pytest.mark.parametrize("scenario_id", IDS)
def test_a_trainee_who_does_nothing_hears_what_was_missing(scenarios: dict[str, Scenario], scenario_id: str) -> None:
    from ccinc_wizard.domain.answers import Answers
    from ccinc_wizard.domain.training.grading import Attempt

    scenario, words = scenarios[scenario_id], TrainingWords(Texts("nl"), load_catalog())
    judged = grade(scenario, Attempt(Answers()))
    missing = {verdict.question for verdict in judged.verdicts if verdict.standing is Standing.MISSING}
    assert {
        Graded.SITUATION,
        Graded.ROLE,
        Graded.AUTHORITY,
        Graded.APPLICANT_NAME,
    } <= missing
    for spoken in words.grade(scenario, judged):
        assert spoken.question
        assert spoken.standing
        assert bool(spoken.feedback) is (spoken.standing != "Juist")


def test_every_slip_can_be_made_and_has_general_words(scenarios: dict[str, Scenario]) -> None:
    """Each slip shows on a scenario that lists it or not, so that a trainer's own scenario can rely on it."""
    from ccinc_wizard.domain.training.grading import slips_of
    from tests.training.trainee import perform

    stage = {
        Slip.SEARCHED_BY_NAME: "gewone-aanvraag",
        Slip.NOT_GRANTED: "gewone-aanvraag",
        Slip.NEEDLESS_GRANT: "formulier-al-ingevuld",
        Slip.GRANTED_TWICE: "gewone-aanvraag",
        Slip.SECOND_ROLE: "gewone-aanvraag",
        Slip.WRONG_PERSON: "gewone-aanvraag",
        Slip.WRONG_ROLE: "gewone-aanvraag",
        Slip.WRONG_MODULE: "gewone-aanvraag",
        Slip.EXTRA_MODULE: "gewone-aanvraag",
        Slip.WRONG_ORGANISATION: "gewone-aanvraag",
        Slip.PERSON_NOT_ADDED: "nieuwe-collega",
        Slip.LABEL_FORGOTTEN: "bis-nummer",
        Slip.LABEL_NEEDLESS: "gewone-aanvraag",
        Slip.LABEL_AGAIN: "bis-nummer",
        Slip.TASK_UNDECIDED: "bericht-zonder-vragen",
        Slip.WRONGLY_APPROVED: "module-in-de-aanvraag",
        Slip.WRONGLY_REJECTED: "formulier-al-ingevuld",
    }
    assert set(stage) == set(Slip) == set(SLIPS)
    for slip, scenario_id in stage.items():
        scenario = scenarios[scenario_id]
        assert slips_of(perform(scenario, SLIPS[slip](scenario)), scenario) == (slip,)
        for language in languages():
            assert Texts(language)(f"training.slip.{slip}", module="M", label="L")
