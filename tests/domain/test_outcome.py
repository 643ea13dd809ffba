"""What each case comes to: the exact link, the right steps in their order, the label exactly where it is due."""

from __future__ import annotations

from itertools import product

import pytest

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import BROWSER_HOSTS, Catalog, StepValue, may_open
from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.domain.findings import Case
from ccinc_wizard.domain.municipalities import Region
from ccinc_wizard.domain.outcome import Outcome, OutcomeKind, decide, outcome_of
from tests.expected_links import EXPECTED_LINKS

TYPES = ("vlaamse-gemeente", "brusselse-gemeente", "agb", "economische-actor")
LABELLED = {"brusselse-gemeente", "economische-actor"}
STEPS = {
    Situation.FORM: ["send_link", "applicant_fills_in", "open_tasks", "decide", "label", "confirmation"],
    Situation.MANUAL: [
        "open_portal",
        "search_person",
        "compare_name",
        "choose_organisation",
        "choose_right",
        "choose_module",
        "check_end_date",
        "label",
        "confirmation",
    ],
    Situation.TASK: [
        "open_tasks",
        "compare_name",
        "compare_organisation",
        "compare_right",
        "compare_module",
        "decide",
        "label",
        "confirmation",
    ],
}
KINDS = {Situation.FORM: "link", Situation.MANUAL: "manual", Situation.TASK: "task"}


def test_what_a_case_can_come_to_is_called_as_the_log_keeps_it() -> None:
    assert {kind.value for kind in OutcomeKind} == {*KINDS.values(), "referral"}


def test_the_table_of_links_is_whole() -> None:
    assert set(EXPECTED_LINKS) == {(authority, role.value) for authority, role in product(TYPES, Role)}
    assert len(set(EXPECTED_LINKS.values())) == 8


@pytest.mark.parametrize(("pair", "url"), EXPECTED_LINKS.items())
def test_each_pair_has_the_official_link_byte_for_byte(catalog: Catalog, pair: tuple[str, str], url: str) -> None:
    authority, role = pair
    outcome = decide(Case(Situation.FORM, Role(role), authority), catalog)
    assert outcome.link is not None
    assert outcome.link.encode() == url.encode()
    assert catalog.link(authority, Role(role)) == url
    assert may_open(url)


def test_the_catalog_knows_no_other_link(catalog: Catalog) -> None:
    assert {(link.authority, link.role.value): link.url for link in catalog.links} == EXPECTED_LINKS


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("situation", list(Situation))
@pytest.mark.parametrize("authority", TYPES)
def test_each_type_and_situation_has_its_steps_and_the_label_where_due(
    catalog: Catalog, authority: str, situation: Situation, role: Role
) -> None:
    outcome = decide(Case(situation, role, authority), catalog)
    due = authority in LABELLED
    assert outcome.kind == KINDS[situation]
    assert [step.id for step in outcome.steps] == [step for step in STEPS[situation] if due or step != "label"]
    assert outcome.label == due
    assert (outcome.link is not None) == (situation is Situation.FORM)
    assert outcome.referral == ""


def test_the_label_is_called_and_approved_as_the_official_page_says(catalog: Catalog) -> None:
    assert catalog.label.name == "Cultuurmonitor Afnemer"
    assert catalog.label.approver == "Doelgroepverantwoordelijke Type Organisatie"


def test_the_steps_by_hand_search_by_number_before_they_compare_the_name(catalog: Catalog) -> None:
    values = [step.value for step in catalog.procedures[Situation.MANUAL].steps]
    assert values.index(StepValue.NUMBER) < values.index(StepValue.NAME)


@pytest.mark.parametrize(
    ("answers", "referral"),
    [
        (Answers(role=NoChoice.UNKNOWN), "role_unknown"),
        (Answers(authority=NoChoice.UNKNOWN), "authority_unknown"),
        (Answers(authority=NoChoice.NONE_OF_THESE), "authority_none"),
        (Answers(situation=Situation.TASK, role=NoChoice.UNKNOWN, authority="agb"), "role_unknown"),
    ],
)
def test_an_honest_no_answer_is_a_referral_and_never_a_link(catalog: Catalog, answers: Answers, referral: str) -> None:
    assert outcome_of(answers, catalog) == Outcome(OutcomeKind.REFERRAL, label=False, referral=referral)


COMPLETE = Answers(situation=Situation.FORM, role=Role.INVOERDER, authority="agb")


@pytest.mark.parametrize("gap", [{"situation": None}, {"role": None}, {"authority": None}, {"authority": "ocmw"}])
def test_there_is_no_outcome_while_something_is_unanswered(catalog: Catalog, gap: dict[str, None]) -> None:
    assert outcome_of(COMPLETE, catalog) is not None
    assert outcome_of(COMPLETE._replace(**gap), catalog) is None  # type: ignore[arg-type]


def test_an_unknown_type_has_no_link(catalog: Catalog) -> None:
    with pytest.raises(KeyError):
        catalog.link("ocmw", Role.INVOERDER)
    with pytest.raises(KeyError):
        catalog.authority("ocmw")


@pytest.mark.parametrize(
    ("region", "authority"), [("vlaanderen", "vlaamse-gemeente"), ("brussel", "brusselse-gemeente")]
)
def test_each_region_has_its_type(catalog: Catalog, region: str, authority: str) -> None:
    found = catalog.type_for_region(Region(region))
    assert found is not None
    assert found.id == authority


@pytest.mark.parametrize(
    ("name", "authority"),
    [
        ("AGB De Kring", "agb"),
        ("agb-torhout", "agb"),
        ("A.G.B. De Kring", "agb"),
        ("Autonoom Gemeentebedrijf Lokeren", "agb"),
        ("Autonoom.Gemeentebedrijf Lokeren", "agb"),
        ("Régie communale autonome d'Ixelles", "agb"),
        ("Het Verzonnen Podium vzw", "economische-actor"),
        ("VZW Podium", "economische-actor"),
        ("Podium v.z.w.", "economische-actor"),
        ("Podium (vzw)", "economische-actor"),
        ("Podium BV", "economische-actor"),
        ("Gemeente Torhout", None),
        ("Vzwijn", None),
        ("Podiumvzw", None),
        ("Bvlgari Podium", None),
        ("Ragbol", None),
        ("", None),
    ],
)
def test_a_word_in_the_name_points_to_a_type(catalog: Catalog, name: str, authority: str | None) -> None:
    found = catalog.type_by_mark(name)
    assert (found.id if found else None) == authority


@pytest.mark.parametrize("host", sorted(BROWSER_HOSTS))
def test_the_browser_opens_known_hosts(host: str) -> None:
    assert may_open(f"https://{host}/x?y=z")


FORM = "zelfregistratie-gebruikersbeheer.vlaanderen.be"


@pytest.mark.parametrize(
    "url",
    [
        "",
        f"http://{FORM}/",
        f"https://{FORM}.example/",
        f"https://{FORM}:443/",
        f"https://{FORM}./",
        f"https://{FORM}@evil.example/",
        f"https://evil@{FORM}/",
        f"https://evil.example\\@{FORM}/",
        f"https://evil.example/{FORM}",
        f"//{FORM}/",
        f" https://{FORM}/",
        f"https://{FORM}/\n",
        "https://cjs\tm.be/",
        f"https://{FORM}/\u202e",
        f"https://{FORM}/é",
        f"https://{FORM.replace('a', 'а', 1)}/",
        "https://[",
        "https://[::1]/",
        "https://www.kennisportaaloccnbib.be/ccinc-handleiding-en-tutorials",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:a@b.example",
    ],
)
def test_the_browser_opens_nothing_else(url: str) -> None:
    assert not may_open(url)


def test_every_place_that_is_linked_may_be_opened_and_the_printed_manual_never(catalog: Catalog) -> None:
    places = catalog.places
    assert all(may_open(url) for url in (places.portal, places.application, places.application_old, places.manual))
    assert not may_open(f"https://{places.manual_as_printed}")
    assert (places.portal, places.application) == (
        "https://vo-gebruikersbeheer.vlaanderen.be",
        "https://cjsm.be/cultuurmonitor",
    )
    assert (catalog.contacts.information_line, catalog.contacts.team_phone) == ("1700", "02 553 42 26")
    assert catalog.contacts.team_mail == "ccinc@vlaanderen.be"
