"""Thirteen telephone calls: what was said, what is right, and what the rules say of the usual mistake.

All persons and organisations are made up; the numbers' sequences 000 and 999 are never issued.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from ccinc_wizard.content.facts import load_catalog, load_municipalities
from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Administrator, Mode, NoChoice, Role, Situation
from ccinc_wizard.domain.findings import Circumstances
from ccinc_wizard.domain.outcome import OutcomeKind, outcome_of
from ccinc_wizard.domain.register_number import NumberKind, parse
from tests.domain.numbers import TODAY, judge
from tests.expected_links import EXPECTED_LINKS

FORM, MANUAL, TASK = Situation
INVOERDER, RAADPLEGER = Role
FLEMISH, BRUSSELS, AGB, EA = "vlaamse-gemeente", "brusselse-gemeente", "agb", "economische-actor"


@dataclass(frozen=True)
class Call:
    """One call: the right answers, and the findings beside those that always come with its type."""

    person: str
    number: str
    organisation: str
    authority: str | NoChoice
    role: Role
    situation: Situation
    label: bool
    also: frozenset[str] = frozenset()
    mistake: dict[str, object] = field(default_factory=dict)
    """What is usually answered instead."""
    found: str = ""
    """The rule that finds that mistake; none where only knowledge helps."""
    mended: bool = False
    """Whether its correction leads to the right answers."""


CALLS = {
    1: Call("Joris Oefenmans", "84.03.12-999.38", "Gemeente Torhout", FLEMISH, INVOERDER, MANUAL, False),
    2: Call(
        "Fien Voorbeeldt", "91.07.25-000.46", "Merelbeke-Melle", FLEMISH, RAADPLEGER, FORM, False,
        mistake={"authority_name": "Melle"}, found="official_name", mended=True,
    ),
    3: Call(
        "Wannes Testaert", "77.04.18-999.09", "AGB Cultuur en Vrije Tijd", AGB, INVOERDER, FORM, False,
        mistake={"authority": FLEMISH}, found="type_against_name", mended=True,
    ),
    4: Call(
        "Griet Schijnbaere", "88.09.30-000.41", "AGB De Proefzaal", AGB, RAADPLEGER, MANUAL, False,
        mistake={"authority": FLEMISH}, found="type_against_name", mended=True,
    ),
    5: Call(
        "Pieter-Jan Fictief", "69.02.03-999.83", "Gemeente Etterbeek", BRUSSELS, INVOERDER, MANUAL, True,
        mistake={"authority": FLEMISH}, found="wrong_region", mended=True,
    ),
    6: Call("Noor Verzinne", "95.06.11-000.58", "Gemeente Jette", BRUSSELS, RAADPLEGER, FORM, True),
    7: Call(
        "Bram Leerling", "82.05.27-999.45", "Het Verzonnen Podium vzw", EA, INVOERDER, FORM, True,
        mistake={"authority": FLEMISH}, found="type_against_name", mended=True,
    ),
    8: Call(
        "Léa Exemple", "90.47.14-000.53", "Atelier Denkbeeld vzw", EA, RAADPLEGER, MANUAL, True,
        also=frozenset({"bis_number"}), mistake={"number_text": "90.07.14-000.53"}, found="number_wrong",
    ),
    9: Call(
        "Ilse Stelvoor", "86.01.09-000.88", "Gemeente Pajottegem", FLEMISH, INVOERDER, FORM, False,
        mistake={"situation": MANUAL, "administrator": Administrator.NO}, found="not_administrator",
    ),
    10: Call(
        "Daan Probeersel", "79.08.22-999.56", "AGB Oefenhal", AGB, INVOERDER, MANUAL, False,
        mistake={"number_text": "79.08.22-999.65"}, found="number_wrong",
    ),
    11: Call("Karel Denkbeeld", "73.11.04-999.06", "Het Verzonnen Podium vzw", EA, INVOERDER, TASK, True),
    12: Call(
        "Hanne Nergens", "93.02.17-000.02", "Gemeente Wemmel", FLEMISH, RAADPLEGER, MANUAL, False,
        mistake={"authority": BRUSSELS}, found="wrong_region", mended=True,
    ),
    13: Call(
        "Sam Grensgeval", "01.05.16-000.90", "Gemeenschapscentrum van de VGC vzw", NoChoice.NONE_OF_THESE, RAADPLEGER,
        FORM, False, mistake={"authority": EA}, found="none_fits", mended=True,
    ),
}  # fmt: skip
TRAINING = Circumstances(TODAY, load_catalog(), load_municipalities(), Mode.TRAINING)


def right_answers(call: Call) -> Answers:
    return Answers(
        situation=call.situation,
        applicant_name=call.person,
        number_text=call.number if call.situation is MANUAL else "",
        role=call.role,
        authority=call.authority,
        authority_name=call.organisation,
        administrator=Administrator.YES,
    )


def found_in(answers: Answers) -> set[str]:
    return {finding.rule for finding in rules.evaluate(answers, TRAINING)}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_right_answers_lead_to_the_right_outcome(call: Call) -> None:
    answers = right_answers(call)
    outcome = outcome_of(answers, TRAINING.catalog)
    assert outcome is not None
    if isinstance(call.authority, NoChoice):
        assert (outcome.kind, outcome.link, outcome.steps) == (OutcomeKind.REFERRAL, None, ())
        return
    kinds = {FORM: OutcomeKind.LINK, MANUAL: OutcomeKind.MANUAL, TASK: OutcomeKind.TASK}
    assert outcome.kind is kinds[call.situation]
    assert outcome.link == (EXPECTED_LINKS[call.authority, call.role.value] if call.situation is FORM else None)
    assert outcome.label is call.label
    assert found_in(answers) == {"only_this_module", *call.also} | ({"label_due"} if call.label else set())
    request = rules.request_of(answers, TRAINING)
    assert request is not None
    assert (request.number is not None) is (call.situation is MANUAL)


@pytest.mark.parametrize("call", [call for call in CALLS.values() if call.found], ids=lambda call: str(call.person))
def test_the_usual_mistake_is_found_and_where_a_click_can_mend_it_it_does(call: Call) -> None:
    mistaken = right_answers(call)._replace(**call.mistake)  # type: ignore[arg-type]
    findings = {finding.rule: finding for finding in rules.evaluate(mistaken, TRAINING)}
    assert call.found in findings
    assert call.found not in found_in(right_answers(call))
    if call.mended:
        assert findings[call.found].corrected == right_answers(call)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_numbers_are_sound_fictional_ones_that_only_training_takes(call: Call) -> None:
    assert judge(call.number, TODAY, fictional=True)[0] == "ok"
    assert judge(call.number, TODAY) == "sequence"
    number = parse(call.number, today=TODAY, fictional=True)
    assert number.clear_format() == call.number
    assert number.kind is (NumberKind.BIS if call.person == "Léa Exemple" else NumberKind.REGISTER)
    real = replace(TRAINING, mode=Mode.ADMIN)
    by_hand = right_answers(call)._replace(situation=MANUAL, number_text=call.number, authority=AGB)
    assert "number_wrong" in {finding.rule for finding in rules.evaluate(by_hand, real)}


def test_whoever_is_no_administrator_is_led_to_the_form() -> None:
    call = CALLS[9]
    mistaken = right_answers(call)._replace(**call.mistake, number_text=call.number)  # type: ignore[arg-type]
    [finding] = [finding for finding in rules.evaluate(mistaken, TRAINING) if finding.rule == call.found]
    assert finding.corrected is not None
    outcome = outcome_of(finding.corrected, TRAINING.catalog)
    assert outcome is not None
    assert outcome.link == EXPECTED_LINKS[FLEMISH, "invoerder"]


def test_the_calls_cover_every_type_with_every_role_and_all_three_routes() -> None:
    assert {(call.authority, call.role.value) for call in CALLS.values()} >= set(EXPECTED_LINKS)
    assert {call.situation for call in CALLS.values()} == set(Situation)
