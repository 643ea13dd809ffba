"""Every finding, step and outcome has words, every placeholder is filled, and no number gets into them."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from ccinc_wizard.content.files import resources_folder
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Administrator, Mode, NoChoice, Role, Situation
from ccinc_wizard.domain.findings import AccessRequest, Case, Circumstances, EarlierRequest, Finding
from ccinc_wizard.domain.municipalities import MatchedBy, Region
from ccinc_wizard.domain.outcome import Outcome, OutcomeKind, decide
from ccinc_wizard.domain.questions import BY_FIELD
from ccinc_wizard.domain.redaction import spans_in
from ccinc_wizard.domain.register_number import MASK, Reason, parse
from tests.domain.numbers import TODAY, make
from tests.domain.test_rules import FOUND, differing
from tests.expected_links import EXPECTED_LINKS

FOLDER = resources_folder() / "texts"
LANGUAGES = [language for language in languages() if (FOLDER / language / "rules.json").is_file()]
NUMBER = parse("85.07.30-033.28", today=TODAY)
CASES = [(Situation(situation), *pair) for situation, pair in product(Situation, EXPECTED_LINKS)]
VARIANTS = {
    "number_wrong": {reason.value for reason in Reason} | {"training"},
    "wrong_region": {region.value for region in Region},
    "not_administrator": {"manual", "task"},
    "municipality_unknown": {"absent", "near"},
    "official_name": {MatchedBy.FORMER.value, MatchedBy.FRENCH.value},
}


@pytest.fixture(params=LANGUAGES)
def wording(request: pytest.FixtureRequest, circumstances: Circumstances) -> Wording:
    return Wording(Texts(request.param), circumstances.catalog)


def is_whole(text: str) -> bool:
    """Whether a text says something, with nothing left to fill in."""
    return bool(text.strip()) and not re.search(r"[{}]|None(?! of these)|StepValue|Role\.", text) and not spans_in(text)


def many_answers() -> Iterator[Answers]:
    numbers = ["", "x", "12", "85.07.30-033.28", "85.07.30-033.29", make(2015, 47, 3, 3), make(1985, 7, 3, 999)]
    names = [
        "",
        "Torhout",
        "Etterbeek",
        "Ixelles",
        "Melle",
        "AGB {x}",
        "Podium vzw",
        "OCMW Gent",
        "Torhoutt",
        "Nergenshuizen",
        "AGB 85073003328",
    ]
    persons = ["", "Lieve Voorbeeldt", "{name}", "Lieve 85.07.30-033.28", "An en Jan {x}"]
    for situation, role, authority, administrator in product(
        [None, *Situation],
        [None, *Role, NoChoice.UNKNOWN],
        [None, "agb", "vlaamse-gemeente", "brusselse-gemeente", "economische-actor", "ocmw", *NoChoice],
        [None, *Administrator],
    ):
        for index, name in enumerate(names):
            yield Answers(
                situation=situation,
                applicant_name=persons[index % len(persons)],
                number_text=numbers[index % len(numbers)],
                number_wanted=index % 2 == 0,
                role=role,
                authority=authority,
                authority_name=name,
                administrator=administrator,
            )


def spoken(finding: Finding, wording: Wording) -> list[str]:
    said = [wording.finding(finding)]
    return [*said, wording.correction(finding)] if finding.corrected else said


def test_every_finding_of_many_answers_has_words_with_every_value_in_them(
    wording: Wording, circumstances: Circumstances
) -> None:
    earlier = [EarlierRequest(role, dt.date(2026, 3, 1), "Torhout") for role in Role]
    seen, count = set(), 0
    for answers in many_answers():
        held = [replace(earlier[0], granted=True)]
        for mode, known in ((Mode.ADMIN, held), (Mode.TRAINING, earlier[:1]), (Mode.HELPDESK, earlier)):
            for finding in rules.evaluate(answers, replace(circumstances, mode=mode, earlier=known)):
                for words in spoken(finding, wording):
                    outside = (answers.authority_name, answers.applicant_name)
                    assert is_whole(re.sub("|".join(map(re.escape, filter(None, outside))) or "$^", "", words)), words
                seen.add((finding.rule, finding.variant))
                count += 1
    rare = {("number_wrong", "future"), ("number_wrong", "birth-date"), ("age_unusual", "")}
    assert seen >= {(rule, variant) for rule, variant, *_ in FOUND} - rare
    assert count > 10_000


@pytest.mark.parametrize(("rule", "variant", "changes", "_silent"), FOUND)
def test_every_finding_of_the_rules_table_has_words(
    rule: str, variant: str, changes: dict[str, object], _silent: object, circumstances: Circumstances, wording: Wording
) -> None:
    answers, here = differing(changes, circumstances)
    [finding] = [finding for finding in rules.evaluate(answers, here) if finding.rule == rule]
    for words in spoken(finding, wording):
        assert is_whole(words)
    for name, value in finding.values.items():
        key = f"rules.{rule}" + (f".{variant}" if variant else "")
        if "{" + name + "}" in wording.texts(key) and name not in ("date", "role", "type"):
            assert value in wording.finding(finding)


def test_a_date_is_said_as_people_write_it(dutch: Wording, circumstances: Circumstances) -> None:
    earlier = [EarlierRequest(Role.RAADPLEGER, dt.date(2026, 3, 1), "Torhout")]
    answers, here = differing({"earlier": earlier}, circumstances)
    [finding] = [finding for finding in rules.evaluate(answers, here) if finding.rule == "one_role"]
    assert "01/03/2026" in dutch.finding(finding)
    assert "Raadpleger" in dutch.finding(finding)
    assert dutch.correction(finding) == "Rol Raadpleger behouden"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_for_rules_are_those_of_the_rules_and_no_others(language: str) -> None:
    words = json.loads((FOLDER / language / "rules.json").read_text(encoding="utf-8"))
    ids = {rule.id for rule in rules.RULES}
    corrected = {
        "one_role",
        "wrong_region",
        "not_administrator",
        "type_against_name",
        "none_fits",
        "municipality_as_other",
        "municipality_unknown",
        "official_name",
    }
    assert set(words) == ids | {f"{rule}_do" for rule in corrected}
    assert {rule: set(said) for rule, said in words.items() if isinstance(said, dict)} == VARIANTS


def _texts(tree: object) -> Iterator[str]:
    if isinstance(tree, dict):
        for node in tree.values():
            yield from _texts(node)
    else:
        yield str(tree)


@pytest.mark.parametrize("path", sorted((FOLDER / "nl").glob("*.json")), ids=lambda path: str(path.stem))
def test_the_dutch_words_neither_blame_nor_apologise(path: Path) -> None:
    for words in _texts(json.loads(path.read_text(encoding="utf-8"))):
        assert words.strip()
        assert not re.search(
            r"ongeldig|verboden|\bsorry\b|\boeps\b|dit veld is verplicht|invalid", words, re.IGNORECASE
        )
        assert not re.search(r"\b(jij|jouw|je)\b", words, re.IGNORECASE), words


def request_of(situation: Situation, authority: str, role: str, *, number: bool = True) -> AccessRequest:
    case = Case(situation, Role(role), authority)
    return AccessRequest(case, "Lieve Voorbeeldt", NUMBER if number else None, "De Kring & Co")


@pytest.mark.parametrize(("situation", "authority", "role"), CASES)
def test_the_steps_carry_this_applicants_values(
    situation: Situation, authority: str, role: str, circumstances: Circumstances, wording: Wording
) -> None:
    request = request_of(situation, authority, role)
    outcome = decide(request.case, circumstances.catalog)
    steps = wording.steps(outcome, Role(role), request)
    assert [step.id for step in steps] == [step.id for step in outcome.steps]
    assert all(is_whole(step.text) for step in steps)
    said = {step.value: (step.text, step.copyable) for step in steps if step.value}
    expected = {
        "link": outcome.link,
        "portal": "https://vo-gebruikersbeheer.vlaanderen.be",
        "number": None,
        "name": "Lieve Voorbeeldt",
        "organisation": "De Kring & Co",
        "right": f"Cultuurmonitor {role.capitalize()}",
        "module": "Cultuurcentra",
        "label": "Cultuurmonitor Afnemer",
    }
    for value, (text, copyable) in said.items():
        assert copyable == expected[value]
        assert (copyable or MASK) in text


@pytest.mark.parametrize(("situation", "authority", "role"), CASES)
def test_steps_for_nobody_in_particular_have_nothing_personal_to_copy(
    situation: Situation, authority: str, role: str, circumstances: Circumstances, wording: Wording
) -> None:
    outcome = decide(Case(situation, Role(role), authority), circumstances.catalog)
    for step in wording.steps(outcome, Role(role)):
        assert is_whole(step.text)
        assert MASK not in step.text
        if step.value in ("name", "organisation", "number"):
            assert step.copyable is None


@pytest.mark.parametrize(("pair", "url"), EXPECTED_LINKS.items())
@pytest.mark.parametrize("name", ["Lieve Voorbeeldt", ""])
def test_the_mail_holds_the_exact_link_on_a_line_of_its_own(
    pair: tuple[str, str], url: str, name: str, circumstances: Circumstances, wording: Wording
) -> None:
    request = replace(request_of(Situation.FORM, *pair), applicant_name=name)
    outcome = decide(request.case, circumstances.catalog)
    subject, body = wording.mail(outcome, request)
    assert body.split("\n").count(url) == 1
    assert body.count("http") == 2  # the form and the application
    assert is_whole(subject)
    assert is_whole(body)
    assert "\n" not in subject
    assert MASK not in body
    assert (name in body.split("\n")[0]) if name else not body.split("\n")[0].endswith(" ")
    assert ("Cultuurmonitor Afnemer" in body) == outcome.label
    for told in ("De Kring & Co", f"Cultuurmonitor {pair[1].capitalize()}", "1700", "02 553 42 26", "Cultuurcentra"):
        assert told in body


@pytest.mark.parametrize("situation", list(Situation))
def test_the_confirmation_is_told_once_with_right_and_centre(
    situation: Situation, circumstances: Circumstances, wording: Wording
) -> None:
    request = request_of(situation, "agb", "raadpleger")
    outcome = decide(request.case, circumstances.catalog)
    told = [*(step.text for step in wording.steps(outcome, Role.RAADPLEGER, request)), *wording.what_next()]
    confirming = [text for text in told if "mail" in text and "Cultuurmonitor Raadpleger" in text]
    assert len(confirming) == 1, confirming


def test_what_comes_next_and_whom_to_call(wording: Wording) -> None:
    contacts, then = "\n".join(wording.contacts()), "\n".join(wording.what_next())
    assert is_whole(contacts)
    assert is_whole(then)
    for told in (
        "1700",
        "02 553 42 26",
        "ccinc@vlaanderen.be",
        "https://kennisportaalccenbib.be/",
        "Infolijn",
    ):
        assert told in contacts
    assert "kennisportaaloccnbib" not in contacts
    assert "www.kennisportaaloccnbib.be" in wording.manual_remark()
    assert len(wording.manual_remark()) < 120
    assert "https://cjsm.be/cultuurmonitor" in then
    assert "https://cjsm.be/ccinc" in then


@pytest.mark.parametrize("referral", ["role_unknown", "authority_unknown", "authority_none"])
def test_every_referral_says_what_to_do(referral: str, wording: Wording) -> None:
    assert is_whole(wording.texts(f"result.referral.{referral}"))
    assert wording.label_notice(Outcome(OutcomeKind.REFERRAL, referral=referral)) == ""


@pytest.mark.parametrize("authority", ["brusselse-gemeente", "economische-actor"])
def test_the_label_notice_names_the_label_and_its_approver(
    authority: str, circumstances: Circumstances, wording: Wording
) -> None:
    notice = wording.label_notice(decide(Case(Situation.TASK, Role.RAADPLEGER, authority), circumstances.catalog))
    assert "Cultuurmonitor Afnemer" in notice
    assert "Doelgroepverantwoordelijke Type Organisatie" in notice


def test_the_check_page_shows_every_answer_and_masks_the_number(wording: Wording) -> None:
    for answers in many_answers():
        if answers.authority == "ocmw":
            continue
        for field in BY_FIELD:
            shown = wording.answer(field, answers)
            assert shown
            if field == "register_number":
                assert shown == (MASK if answers.number_text else wording.texts("wizard.field.empty"))
