"""What is offered for what was typed of a name: each authority with its type, one's own first."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.municipalities import SUGGESTIONS, Municipalities
from ccinc_wizard.domain.suggestions import Suggestion, each_organisation_once, of_name, suggest

TORHOUT = Suggestion("Torhout", "vlaamse-gemeente")
ITS_COMPANY = Suggestion("AGB Torhout", "agb", "Torhout")
KRING = Suggestion("AGB De Kring", "agb")
HOUSE = Suggestion("Huis Torhout vzw", "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("torh", [TORHOUT, ITS_COMPANY]),
        ("agb torh", [ITS_COMPANY, TORHOUT]),
        ("AGB Torhout", [ITS_COMPANY, TORHOUT]),
        ("Torhout AGB", [ITS_COMPANY, TORHOUT]),
        ("agb de pan", [Suggestion("AGB De Panne", "agb", "De Panne"), Suggestion("De Panne", "vlaamse-gemeente")]),
        ("A.G.B. Torhout", [ITS_COMPANY, TORHOUT]),
        ("autonoom gemeentebedrijf van de stad torhout", [ITS_COMPANY, TORHOUT]),
        ("RCA torh", [ITS_COMPANY, TORHOUT]),
        ("régie communale autonome de Gand", [Suggestion("AGB Gent", "agb", "Gent", "Gand")]),
        ("8820", [TORHOUT._replace(found_by="8820"), ITS_COMPANY._replace(found_by="8820")]),
        ("ixel", [Suggestion("Elsene", "brusselse-gemeente", found_by="Ixelles")]),
        ("", []),
        ("xyzxyz", []),
    ],
)
def test_a_municipality_and_its_company_are_offered_with_their_types(
    typed: str, offered: list[Suggestion], catalog: Catalog, municipalities: Municipalities
) -> None:
    assert suggest(typed, catalog, municipalities)[: max(len(offered), 1)] == offered


def test_what_is_known_comes_first_by_any_of_its_words(catalog: Catalog, municipalities: Municipalities) -> None:
    known = [KRING, HOUSE]
    assert suggest("kring", catalog, municipalities, known)[0] == KRING
    assert suggest("de kri", catalog, municipalities, known)[0] == KRING
    assert suggest("", catalog, municipalities, known) == []
    assert suggest("torh", catalog, municipalities, known) == [HOUSE, TORHOUT, ITS_COMPANY]
    assert KRING not in suggest("ring", catalog, municipalities, known)


def test_municipalities_come_before_companies_and_there_are_no_more_than_one_takes_in(
    catalog: Catalog, municipalities: Municipalities
) -> None:
    offered = suggest("sint", catalog, municipalities)
    assert len(offered) == SUGGESTIONS
    assert not any(one.place for one in offered)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Gent", "vlaamse-gemeente"),
        ("Elsene", "brusselse-gemeente"),
        ("AGB De Kring", "agb"),
        ("Podium vzw", ""),
        ("De Kring", ""),
    ],
)
def test_of_a_name_the_type_is_known_only_where_it_is_certain(
    name: str, kind: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    assert of_name(name, catalog, municipalities) == Suggestion(name, kind)


def test_each_organisation_is_there_once_with_its_type(catalog: Catalog, municipalities: Municipalities) -> None:
    by_other_name, untyped = Suggestion("Gand", ""), KRING._replace(kind="")
    offered = [by_other_name, KRING, Suggestion("Gent", TORHOUT.kind), TORHOUT, untyped, HOUSE]
    once = [by_other_name._replace(kind=TORHOUT.kind), KRING, TORHOUT, HOUSE]
    assert each_organisation_once(offered, catalog, municipalities) == once


@pytest.mark.parametrize(
    ("kind", "called"), [("vlaamse-gemeente", "Gent"), ("agb", "AGB Gent"), ("economische-actor", None)]
)
def test_a_place_says_how_its_authority_is_called(kind: str, called: str | None, catalog: Catalog) -> None:
    [named] = [one for one in catalog.authorities if one.id == kind]
    assert named.named_after("Gent") == called


@pytest.mark.parametrize(
    ("words", "marked"), [("AGB", True), ("A.G.B.", True), ("Régie communale autonome", True), ("AGB Gent", False)]
)
def test_a_mark_is_one_only_by_itself(words: str, marked: bool, catalog: Catalog) -> None:
    [company] = [one for one in catalog.authorities if one.id == "agb"]
    assert company.marks(words) is marked
