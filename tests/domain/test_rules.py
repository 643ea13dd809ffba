"""Each rule finds what it is for and nothing else, and its one-click correction removes what it found."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import product

import pytest

from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Administrator, Mode, NoChoice, Role, Situation
from ccinc_wizard.domain.findings import Circumstances, EarlierRequest, Finding, Severity
from ccinc_wizard.domain.municipalities import Region
from ccinc_wizard.domain.questions import BY_FIELD, StepId
from tests.domain.numbers import make

FORM, MANUAL, TASK = Situation
GOOD = "85.07.30-033.28"
BASE = Answers(
    situation=MANUAL,
    applicant_name="Lieve Voorbeeldt",
    number_text=GOOD,
    role=Role.INVOERDER,
    authority="vlaamse-gemeente",
    authority_name="Torhout",
    administrator=Administrator.YES,
)
AS_INVOERDER = EarlierRequest(Role.INVOERDER, dt.date(2026, 3, 1), "Torhout")
HAS_INVOERDER = EarlierRequest(Role.INVOERDER, dt.date(2026, 3, 3), "Torhout", granted=True)
AS_RAADPLEGER = EarlierRequest(Role.RAADPLEGER, dt.date(2026, 3, 2), "Gent")
AT_WORK = (Mode.ADMIN, Mode.HELPDESK)
ALWAYS = {"only_this_module"}


def found(answers: Answers, circumstances: Circumstances) -> dict[str, Finding]:
    return {finding.rule: finding for finding in rules.evaluate(answers, circumstances)}


# rule, variant, what the answers or the circumstances differ in when it is found, and in each case when it is not
Changes = dict[str, object]
FOUND: list[tuple[str, str, Changes, list[Changes]]] = [
    ("situation_missing", "", {"situation": None}, [{}, {"situation": FORM}]),
    (
        "name_missing",
        "",
        {"applicant_name": " \t"},
        [
            {},
            *(
                {"applicant_name": "", "situation": way, "mode": mode}
                for way in (FORM, TASK)
                for mode in (Mode.ADMIN, Mode.HELPDESK)
            ),
        ],
    ),
    ("name_missing", "", {"applicant_name": "", "mode": Mode.HELPDESK}, [{"mode": Mode.HELPDESK}]),
    ("name_missing", "", {"applicant_name": "", "situation": FORM, "names_needed": True}, [{"applicant_name": "x"}]),
    ("name_missing", "", {"applicant_name": "", "situation": FORM, "mode": Mode.TRAINING}, []),
    ("name_holds_number", "", {"applicant_name": f"Lieve {GOOD}"}, [{"applicant_name": "Lieve 1234 5678"}]),
    ("name_holds_number", "", {"applicant_name": "Lieve 85.07.30-033.29"}, []),
    ("name_holds_number", "", {"applicant_name": "Lieve 85.07.30-033"}, []),
    ("number_wrong", "empty", {"number_text": ""}, [{}, {"situation": FORM, "number_text": ""}]),
    ("number_wrong", "length", {"number_text": "123"}, [{"situation": TASK, "number_text": "123"}]),
    ("number_wrong", "characters", {"number_text": "x"}, [{"situation": FORM, "number_text": "x"}]),
    (
        "number_wrong",
        "checksum",
        {"situation": FORM, "number_wanted": True, "number_text": "85.07.30-033.29"},
        [{"situation": FORM, "number_wanted": True, "number_text": ""}, {"situation": TASK, "number_wanted": True}],
    ),
    ("number_wrong", "birth-date", {"number_text": make(1985, 2, 30, 33)}, [{"number_text": make(1985, 2, 28, 33)}]),
    ("number_wrong", "sequence", {"number_text": make(1985, 7, 30, 999)}, [{"number_text": make(1985, 7, 30, 998)}]),
    ("number_wrong", "future", {"number_text": make(2026, 11, 25, 3)}, [{"number_text": make(2026, 11, 24, 3)}]),
    (
        "number_wrong",
        "training",
        {"mode": Mode.TRAINING},
        [{"mode": Mode.TRAINING, "number_text": make(1985, 7, 30, 999)}],
    ),
    ("number_wrong", "checksum", {"mode": Mode.TRAINING, "number_text": "85.07.30-033.29"}, []),
    ("role_missing", "", {"role": None}, [{}, {"role": NoChoice.UNKNOWN}]),
    ("authority_missing", "", {"authority": None}, [{}, *({"authority": honest} for honest in NoChoice)]),
    ("authority_missing", "", {"authority": "ocmw"}, [{"authority": "agb"}]),
    (
        "authority_name_missing",
        "",
        {"authority_name": "  "},
        [{}, {"authority": NoChoice.NONE_OF_THESE, "authority_name": ""}],
    ),
    ("authority_name_holds_number", "", {"authority_name": f"AGB {GOOD}"}, [{}, {"authority_name": "0123.456.789"}]),
    (
        "authority_name_holds_number",
        "",
        {"authority_name": "Gent 85.07.30-033.29"},
        [{"authority_name": "De Kring, +32 475 12 34 56"}],
    ),
    (
        "one_role",
        "",
        {"earlier": [AS_RAADPLEGER]},
        [{}, {"earlier": [AS_INVOERDER]}, {"earlier": [AS_RAADPLEGER], "role": NoChoice.UNKNOWN}],
    ),
    ("one_role", "", {"earlier": [AS_INVOERDER], "role": Role.RAADPLEGER}, []),
    ("one_role", "", {"earlier": [AS_INVOERDER, AS_RAADPLEGER]}, []),
    ("same_role", "", {"earlier": [AS_INVOERDER]}, [{}, {"earlier": [AS_RAADPLEGER]}, {"earlier": [HAS_INVOERDER]}]),
    ("role_already_granted", "", {"earlier": [AS_INVOERDER, HAS_INVOERDER]}, [{}, {"earlier": [AS_INVOERDER]}]),
    (
        "wrong_region",
        "brussel",
        {"authority_name": "Etterbeek"},
        [{}, {"authority": "brusselse-gemeente", "authority_name": "Etterbeek"}, {"authority_name": "Wemmel"}],
    ),
    ("wrong_region", "brussel", {"authority_name": "Commune d'Ixelles"}, [{"authority_name": "AGB Etterbeek"}]),
    ("wrong_region", "brussel", {"authority_name": "Laken"}, [{"authority": "agb", "authority_name": "Etterbeek"}]),
    (
        "wrong_region",
        "vlaanderen",
        {"authority": "brusselse-gemeente", "authority_name": "Wemmel"},
        [{"authority": NoChoice.UNKNOWN, "authority_name": "Etterbeek"}],
    ),
    (
        "not_administrator",
        "manual",
        {"administrator": Administrator.NO},
        [
            {},
            {"administrator": Administrator.NO, "situation": FORM},
            {"administrator": Administrator.NO, "situation": None},
            {"administrator": None},
            {"administrator": Administrator.UNKNOWN},
        ],
    ),
    ("not_administrator", "task", {"administrator": Administrator.NO, "situation": TASK}, []),
    (
        "administrator_unknown",
        "",
        {"administrator": Administrator.UNKNOWN},
        [{}, {"administrator": None}, {"administrator": Administrator.UNKNOWN, "situation": FORM}],
    ),
    ("type_against_name", "", {"authority_name": "AGB De Kring"}, [{"authority": "agb", "authority_name": "AGB X"}]),
    ("type_against_name", "", {"authority": "agb", "authority_name": "Podium vzw"}, [{"authority_name": "Torhout"}]),
    (
        "type_against_name",
        "",
        {"authority_name": "Podium BV"},
        [{"authority": NoChoice.UNKNOWN, "authority_name": "x bv"}],
    ),
    ("none_fits", "", {"authority_name": "OCMW Gent"}, [{}, {"authority_name": "Gent"}]),
    ("none_fits", "", {"authority": "brusselse-gemeente", "authority_name": "VGC"}, []),
    ("none_fits", "", {"authority": "agb", "authority_name": "Provincie Antwerpen"}, []),
    (
        "none_fits",
        "",
        {"authority": "economische-actor", "authority_name": "Vlaamse Gemeenschapscommissie vzw"},
        [{"authority": NoChoice.NONE_OF_THESE, "authority_name": "VGC"}],
    ),
    ("municipality_as_other", "", {"authority": "agb"}, [{}, {"authority": "agb", "authority_name": "AGB Torhout"}]),
    ("municipality_as_other", "", {"authority": "economische-actor", "authority_name": "Stad Gent"}, []),
    (
        "municipality_unknown",
        "near",
        {"authority_name": "Torhoutt"},
        [
            {},
            {"authority_name": ""},
            {"authority": "agb", "authority_name": "Torhoutt"},
            {"authority_name": "AGB Torhout"},
            {"authority_name": "OCMW Gent"},
            {"authority_name": "gem. Torhout (West-Vlaanderen)"},
        ],
    ),
    ("municipality_unknown", "near", {"authority_name": "Elsenne"}, []),
    ("municipality_unknown", "absent", {"authority_name": "Nergenshuizen"}, [{"authority_name": "St-Truiden"}]),
    ("official_name", "former", {"authority_name": "Melle"}, [{}, {"authority_name": "Merelbeke-Melle"}]),
    (
        "official_name",
        "french",
        {"authority": "brusselse-gemeente", "authority_name": "Ixelles"},
        [{"authority": "brusselse-gemeente", "authority_name": "Elsene"}],
    ),
    ("name_unlikely", "", {"applicant_name": "Lieve"}, [{}, {"applicant_name": "Jean-Luc d'Hondt"}]),
    (
        "name_unlikely",
        "",
        {"applicant_name": "Lieve_V"},
        [{"applicant_name": " "}, {"applicant_name": f"Lieve {GOOD}"}],
    ),
    ("several_people", "", {"applicant_name": "An Peeters en Jan Maes"}, [{}, {"applicant_name": "Lieve Enterman"}]),
    ("several_people", "", {"applicant_name": "Luc Martin ET Anne"}, [{"applicant_name": "An van en tot Zuylen"}]),
    ("several_people", "", {"applicant_name": "An Peeters; Jan Maes"}, [{"applicant_name": "An Peeters;"}]),
    ("several_people", "", {"applicant_name": "An Peeters / Jan Maes"}, [{"applicant_name": f"An en Jan {GOOD}"}]),
    ("name_unlikely", "", {"applicant_name": "lieve@voorbeeld.be x"}, [{"applicant_name": "Léa Exemplé"}]),
    ("name_unlikely", "", {"applicant_name": "Lieve Voorbeeldt 2"}, [{"applicant_name": "李 明"}]),
    (
        "age_unusual",
        "",
        {"number_text": make(2015, 1, 1, 3)},
        [{}, {"number_text": make(2015, 1, 1, 3), "situation": FORM}, {"number_text": "x"}],
    ),
    ("age_unusual", "", {"number_text": make(1930, 1, 1, 3)}, [{"number_text": make(1937, 1, 1, 3)}]),
    ("bis_number", "", {"number_text": make(1985, 47, 30, 3)}, [{}, {"number_text": make(1985, 67, 30, 3)}]),
    ("bis_number", "", {"number_text": make(1985, 27, 30, 3)}, []),
    ("only_this_module", "", {}, [{"role": None}, {"role": NoChoice.UNKNOWN}]),
    (
        "label_due",
        "",
        {"authority": "brusselse-gemeente", "authority_name": "Etterbeek"},
        [{}, {"authority": "agb"}, {"authority": NoChoice.UNKNOWN}, {"authority": None}, {"authority": "ocmw"}],
    ),
    ("label_due", "", {"authority": "economische-actor", "situation": FORM}, []),
    ("label_due", "", {"authority": "economische-actor", "situation": TASK}, []),
]


def differing(changes: Changes, circumstances: Circumstances) -> tuple[Answers, Circumstances]:
    outer = {name: value for name, value in changes.items() if name in ("mode", "earlier", "names_needed")}
    inner = {name: value for name, value in changes.items() if name not in outer}
    return BASE._replace(**inner), replace(circumstances, **outer)  # type: ignore[arg-type]


@pytest.mark.parametrize(("rule", "variant", "changes", "_silent"), FOUND)
def test_a_rule_finds_what_it_is_for(
    rule: str, variant: str, changes: Changes, _silent: list[Changes], circumstances: Circumstances
) -> None:
    answers, here = differing(changes, circumstances)
    finding = found(answers, here)[rule]
    assert finding.variant == variant
    assert finding.about in BY_FIELD
    if finding.corrected is not None:
        assert finding.corrected != answers
        assert rule not in found(finding.corrected, here)


@pytest.mark.parametrize(("rule", "changes"), [(rule, changes) for rule, _, _, silent in FOUND for changes in silent])
def test_a_rule_is_silent_about_all_else(rule: str, changes: Changes, circumstances: Circumstances) -> None:
    assert rule not in found(*differing(changes, circumstances))


def test_every_rule_stands_in_the_table() -> None:
    assert {rule.id for rule in rules.RULES} == {rule for rule, *_ in FOUND}
    assert len({rule.id for rule in rules.RULES}) == len(rules.RULES)
    assert rules.RULES_VERSION.isdigit()


def test_sound_answers_find_nothing_but_what_always_holds(circumstances: Circumstances) -> None:
    assert set(found(BASE, circumstances)) == ALWAYS
    assert rules.request_of(BASE, circumstances) is not None


CORRECTED = {
    "one_role": {"role"},
    "wrong_region": {"authority"},
    "not_administrator": {"situation"},
    "type_against_name": {"authority"},
    "none_fits": {"authority"},
    "municipality_as_other": {"authority"},
    "municipality_unknown": {"authority_name"},
    "official_name": {"authority_name"},
}


def test_a_correction_changes_the_one_answer_it_is_about(circumstances: Circumstances) -> None:
    offered = set()
    for rule, _, changes, _ in FOUND:
        answers, here = differing(changes, circumstances)
        corrected = found(answers, here)[rule].corrected
        if corrected is not None:
            offered.add(rule)
            differs = {name for name in Answers._fields if getattr(corrected, name) != getattr(answers, name)}
            assert differs == CORRECTED[rule]
    assert offered == set(CORRECTED)


def test_no_click_mends_a_person_who_has_both_roles_in_the_log(circumstances: Circumstances) -> None:
    for role in Role:
        here = replace(circumstances, earlier=[AS_INVOERDER, AS_RAADPLEGER])
        assert found(BASE._replace(role=role), here)["one_role"].corrected is None


def test_whoever_is_no_administrator_of_a_waiting_task_has_no_shorter_way(circumstances: Circumstances) -> None:
    answers = BASE._replace(administrator=Administrator.NO, situation=TASK)
    assert found(answers, circumstances)["not_administrator"].corrected is None


GRAVE = {
    Severity.ERROR: {
        "situation_missing",
        "name_missing",
        "name_holds_number",
        "number_wrong",
        "role_missing",
        "authority_missing",
        "authority_name_missing",
        "authority_name_holds_number",
        "one_role",
        "wrong_region",
        "not_administrator",
    },
    Severity.NOTICE: {"bis_number", "same_role", "role_already_granted", "only_this_module", "label_due"},
}


def test_only_what_cannot_be_right_stops() -> None:
    for rule in rules.RULES:
        expected = next((grave for grave, ids in GRAVE.items() if rule.id in ids), Severity.ADVICE)
        assert rule.severity is expected, rule.id


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"situation": None}, {StepId.SITUATION}),
        ({"applicant_name": ""}, {StepId.APPLICANT}),
        ({"number_text": "x"}, {StepId.APPLICANT}),
        ({"role": None}, {StepId.ROLE}),
        ({"authority": None}, {StepId.AUTHORITY}),
        ({"authority_name": ""}, {StepId.AUTHORITY}),
        ({"authority_name": "Etterbeek"}, set()),
        ({"authority_name": "Torhoutt", "applicant_name": "Lieve"}, set()),
    ],
)
def test_an_error_holds_back_its_own_page_and_the_check_page(
    changes: Changes, held: set[StepId], circumstances: Circumstances
) -> None:
    answers, here = differing(changes, circumstances)
    assert {step for step in StepId if step is not StepId.CHECK and rules.problems(step, answers, here)} == held
    stops = any(finding.severity is Severity.ERROR for finding in rules.evaluate(answers, here))
    assert bool(rules.problems(StepId.CHECK, answers, here)) is stops
    assert (rules.request_of(answers, here) is None) is stops


VALUES: list[tuple[str, Changes, dict[str, str]]] = [
    ("wrong_region", {"authority_name": "Ixelles"}, {"name": "Elsene", "type": "brusselse-gemeente"}),
    ("type_against_name", {"authority_name": "AGB Torhout"}, {"name": "AGB Torhout", "type": "agb"}),
    ("none_fits", {"authority_name": "OCMW Gent"}, {"name": "OCMW Gent"}),
    ("municipality_as_other", {"authority": "agb", "authority_name": "Stad Gent"}, {"name": "Gent"}),
    ("municipality_unknown", {"authority_name": "Torhoutt"}, {"name": "Torhoutt", "offered": "Torhout"}),
    ("municipality_unknown", {"authority_name": "Hale"}, {"name": "Hale", "offered": "Halen, Halle"}),
    ("municipality_unknown", {"authority_name": "Oost"}, {"name": "Oost", "offered": "Oostende, Oosterzele, Oostkamp"}),
    ("municipality_unknown", {"authority_name": "Nergenshuizen"}, {"name": "Nergenshuizen"}),
    ("official_name", {"authority_name": "Gemeente Melle"}, {"name": "Melle", "official": "Merelbeke-Melle"}),
    ("name_unlikely", {"applicant_name": " Lieve "}, {"name": "Lieve"}),
    ("several_people", {"applicant_name": " An en Jan "}, {"name": "An en Jan"}),
    ("name_holds_number", {"applicant_name": f"Lieve {GOOD} V."}, {"kept": "Lieve ••.••.••-•••.•• V."}),
    ("authority_name_holds_number", {"authority_name": f"AGB {GOOD}"}, {"kept": "AGB ••.••.••-•••.••"}),
    ("only_this_module", {}, {"module": "Cultuurcentra"}),
    (
        "label_due",
        {"authority": "economische-actor"},
        {"label": "Cultuurmonitor Afnemer", "approver": "Doelgroepverantwoordelijke Type Organisatie"},
    ),
    ("one_role", {"earlier": [AS_RAADPLEGER]}, {"role": "raadpleger", "date": "2026-03-02", "authority": "Gent"}),
    ("same_role", {"earlier": [AS_INVOERDER]}, {"role": "invoerder", "date": "2026-03-01", "authority": "Torhout"}),
]


@pytest.mark.parametrize(("rule", "changes", "values"), VALUES, ids=[entry[0] for entry in VALUES])
def test_a_finding_brings_what_its_words_name(
    rule: str, changes: Changes, values: dict[str, str], circumstances: Circumstances
) -> None:
    assert found(*differing(changes, circumstances))[rule].values == values


def test_a_name_is_held_against_a_type_only_where_there_is_one(circumstances: Circumstances) -> None:
    for authority in (None, *NoChoice):
        answers = BASE._replace(authority=authority, authority_name="Ixelles")
        assert not {"official_name", "wrong_region"} & found(answers, circumstances).keys()
    flemish = tuple(known for known in circumstances.catalog.authorities if known.region is not Region.BRUSSEL)
    without = replace(circumstances, catalog=circumstances.catalog.model_copy(update={"authorities": flemish}))
    assert "wrong_region" not in found(BASE._replace(authority_name="Ixelles"), without)


@pytest.mark.parametrize("honest", [{"role": NoChoice.UNKNOWN}, *({"authority": honest} for honest in NoChoice)])
def test_an_honest_no_answer_makes_no_request(honest: Changes, circumstances: Circumstances) -> None:
    assert rules.request_of(*differing(honest, circumstances)) is None


def test_the_request_is_tidy_and_holds_the_number_only_where_asked(circumstances: Circumstances) -> None:
    untidy = BASE._replace(applicant_name="  Lieve \t Voorbeeldt\n", authority_name=" Torhout  ")
    request = rules.request_of(untidy, circumstances)
    assert request is not None
    assert (request.applicant_name, request.authority_name) == ("Lieve Voorbeeldt", "Torhout")
    assert request.number is not None
    assert request.further == ()
    for situation, wanted in product((FORM, TASK), (False, True)):
        other = rules.request_of(BASE._replace(situation=situation, number_wanted=wanted), circumstances)
        assert other is not None
        assert (other.number is not None) is wanted


@pytest.mark.parametrize(
    "draft",
    [
        {},
        {"situation": "fax", "role": "none", "administrator": "x", "authority": "ocmw"},
        {"role": "unknown", "authority": "none"},
        {"authority": "ocmw", "authority_name": "Etterbeek", "role": "invoerder", "situation": "manual"},
    ],
)
def test_a_draft_of_another_version_breaks_no_rule(draft: dict[str, str], circumstances: Circumstances) -> None:
    answers = Answers.from_draft(draft)
    rules.evaluate(answers, circumstances)
    assert rules.request_of(answers, circumstances) is None
    assert answers.role is not NoChoice.NONE_OF_THESE


def test_a_draft_brings_all_answers_back_but_the_number() -> None:
    for role, authority in product([*Role, NoChoice.UNKNOWN, None], ["agb", *NoChoice, None]):
        answers = BASE._replace(role=role, authority=authority, number_wanted=True)
        assert Answers.from_draft(answers.draft()) == answers._replace(number_text="")


@pytest.mark.parametrize(("earlier", "held"), [(AS_INVOERDER, None), (HAS_INVOERDER, HAS_INVOERDER)])
def test_a_request_names_the_right_that_is_held_and_not_one_that_was_asked(
    earlier: EarlierRequest, held: EarlierRequest | None, circumstances: Circumstances
) -> None:
    request = rules.request_of(BASE, replace(circumstances, earlier=[earlier]))
    assert request is not None
    assert request.held == held


def test_circumstances_are_what_is_known_and_not_what_was_read_already(circumstances: Circumstances) -> None:
    again = Circumstances(circumstances.today, circumstances.catalog, circumstances.municipalities)
    assert again == circumstances
    assert "_read" not in repr(again)
