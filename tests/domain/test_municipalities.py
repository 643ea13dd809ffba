"""Every municipality is found by any name that people still use, and only one that is meant is recognised."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.content.facts import load_municipalities
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.municipalities import MatchedBy, Municipalities, Municipality, Region, bare_name, has_title

ROWS = load_municipalities().rows


def test_there_are_304_after_the_mergers_of_2025() -> None:
    assert Counter(row.region for row in ROWS) == {Region.VLAANDEREN: 285, Region.BRUSSEL: 19}
    assert len({row.nis_code for row in ROWS}) == 304
    assert len({row.name for row in ROWS}) == 304
    assert all(row.name and row.name_fr and row.postal_codes for row in ROWS)
    assert len({former for row in ROWS for former in row.former_names}) == 38


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.name))
def test_each_is_found_by_each_of_its_names_and_codes(municipalities: Municipalities, row: Municipality) -> None:
    names = [(row.name, MatchedBy.NAME), (row.name_fr, MatchedBy.FRENCH)]
    names += [(former, MatchedBy.FORMER) for former in row.former_names]
    for name, by in names:
        spellings = {name, name.upper(), name.lower(), name.replace("-", " "), f"  {name} ", f"Gemeente {name}"}
        for spelling in spellings | {normalise(name), f"Stad {name}"}:
            match = municipalities.recognise(spelling)
            assert match is not None, spelling
            assert match.municipality is row
            expected = MatchedBy.NAME if normalise(name) == normalise(row.name) else by
            assert match.by is expected
            assert municipalities.search(spelling)[0].municipality is row
    for code in row.postal_codes:
        assert row in [match.municipality for match in municipalities.search(code)]
        assert municipalities.recognise(code) is None


@pytest.mark.parametrize(
    ("typed", "name", "by"),
    [
        ("Vorst", "Vorst", MatchedBy.NAME),  # the one in Brussels; Vorst in Laakdal is no municipality
        ("Sint-Gillis", "Sint-Gillis", MatchedBy.NAME),
        ("sint gillis waas", "Sint-Gillis-Waas", MatchedBy.NAME),
        ("Tielt", "Tielt", MatchedBy.NAME),
        ("Tielt-Winge", "Tielt-Winge", MatchedBy.NAME),
        ("Halle", "Halle", MatchedBy.NAME),
        ("Hal", "Halle", MatchedBy.FRENCH),
        ("Nieuwerkerken", "Nieuwerkerken", MatchedBy.NAME),
        ("Laken", "Brussel", MatchedBy.FORMER),
        ("Haren", "Brussel", MatchedBy.FORMER),
        ("neder over heembeek", "Brussel", MatchedBy.FORMER),
        ("Ixelles", "Elsene", MatchedBy.FRENCH),
        ("Commune d'Ixelles", "Elsene", MatchedBy.FRENCH),
        ("Commune d’Uccle", "Ukkel", MatchedBy.FRENCH),
        ("Ville de Gand", "Gent", MatchedBy.FRENCH),
        ("Antwerp", "Antwerpen", MatchedBy.FRENCH),
        ("City of Antwerp", "Antwerpen", MatchedBy.FRENCH),
        ("9000 Ghent", "Gent", MatchedBy.FRENCH),
        ("Bruges", "Brugge", MatchedBy.FRENCH),
        ("ostend", "Oostende", MatchedBy.FRENCH),
        ("Municipality of Brussels", "Brussel", MatchedBy.FRENCH),
        ("1000 Brussels", "Brussel", MatchedBy.FRENCH),
        ("Ghent (East Flanders)", "Gent", MatchedBy.FRENCH),
        ("Ixelles (Brussels)", "Elsene", MatchedBy.FRENCH),
        ("Tongres", "Tongeren-Borgloon", MatchedBy.FRENCH),
        ("Ville de Looz", "Tongeren-Borgloon", MatchedBy.FRENCH),
        ("Gammerages", "Pajottegem", MatchedBy.FRENCH),
        ("Brussels region", None, None),
        ("9000 Antwerp", None, None),
        ("Ghent University", None, None),
        ("Stad Gent", "Gent", MatchedBy.NAME),
        ("Elsene (Ixelles)", "Elsene", MatchedBy.FRENCH),
        ("Ixelles / Elsene", "Elsene", MatchedBy.FRENCH),
        ("Elsene - Ixelles", "Elsene", MatchedBy.FRENCH),
        ("Pajottegem (Galmaarden)", "Pajottegem", MatchedBy.FORMER),
        ("Gent (9000)", "Gent", MatchedBy.NAME),
        ("Torhout (8820)", "Torhout", MatchedBy.NAME),  # its only code
        ("de stad Gent", "Gent", MatchedBy.NAME),
        ("Gemeente Torhout", "Torhout", MatchedBy.NAME),
        ("Gemeentebestuur van Torhout", "Torhout", MatchedBy.NAME),
        ("8820 Torhout", "Torhout", MatchedBy.NAME),
        ("9090 Gemeente Melle", "Merelbeke-Melle", MatchedBy.FORMER),
        ("Melle", "Merelbeke-Melle", MatchedBy.FORMER),
        ("Moerbeke", "Lokeren", MatchedBy.FORMER),
        ("Neerpelt", "Pelt", MatchedBy.FORMER),
        ("Puurs", "Puurs-Sint-Amands", MatchedBy.FORMER),
        ("St\u00ed\u00ebl\u0331t", None, None),
        ("Lie\u0301ge", None, None),
        ("stad " * 13 + "Gent", "Gent", MatchedBy.NAME),
        ("stad " * 14 + "Gent", None, None),  # too long for a name
        ("Berchem", None, None),  # a part of Antwerp, and half the name of Sint-Agatha-Berchem
        ("Torhout vzw", None, None),
        ("AGB Torhout", None, None),
        ("OCMW Gent", None, None),
        ("OCMW (Gent)", None, None),
        ("Gent / Torhout", None, None),
        ("Gent (8820)", None, None),
        ("De Kring / Gent", None, None),
        ("8820", None, None),
        ("Gemeente", None, None),
        ("Namen", None, None),
        ("", None, None),
        ("...", None, None),
    ],
)
def test_a_whole_name_is_recognised_and_half_a_name_never(
    municipalities: Municipalities, typed: str, name: str | None, by: MatchedBy | None
) -> None:
    match = municipalities.recognise(typed)
    assert (match and match.municipality.name, match and match.by) == (name, by)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("tielt", ["Tielt", "Tielt-Winge"]),
        ("sint-gillis", ["Sint-Gillis", "Sint-Gillis-Waas"]),
        ("hal", ["Halle", "Halen"]),
        ("vorst", ["Vorst"]),
        ("berchem", ["Sint-Agatha-Berchem"]),
        ("genesius", ["Sint-Genesius-Rode"]),
        ("waas", ["Waasmunster", "Sint-Gillis-Waas", "Beveren-Kruibeke-Zwijndrecht"]),  # beginnings before later words
        ("1050", ["Elsene", "Brussel"]),  # both have it; Elsene has no other
        ("105", ["Elsene", "Brussel"]),
        ("9090", ["Merelbeke-Melle"]),
        ("tor", ["Torhout"]),
        ("TÖR", ["Torhout"]),
        ("zwevegem", ["Zwevegem"]),
        ("gnet", ["Gent"]),
        ("st gil", ["Sint-Gillis", "Sint-Gillis-Waas"]),
        ("st", ["Stabroek", "Staden", "Steenokkerzeel", "Stekene", "Dilsen-Stokkem", "Herk-de-Stad"]),
        ("stad", ["Staden", "Herk-de-Stad"]),  # a title alone may be where a name ends
        ("Stad Gen", ["Genk", "Gent", "Sint-Genesius-Rode"]),
        ("Stad van Tor", ["Torhout"]),
        ("de p", ["De Panne", "Nazareth-De Pinte"]),
        ("xyz", []),
        (" ", []),
        ("-", []),
    ],
)
def test_what_is_typed_so_far_offers_whole_names_first(
    municipalities: Municipalities, typed: str, names: list[str]
) -> None:
    assert [match.municipality.name for match in municipalities.search(typed)] == names


def test_a_whole_name_of_before_comes_before_what_begins_so() -> None:
    rows = [
        Municipality(str(place), name, f"{name}-fr", Region.VLAANDEREN, (f"900{place}",), former)
        for place, (name, former) in enumerate([("Zele", ("Aal",)), ("Aal", ()), ("Aalst", ())])
    ]
    assert [match.municipality.name for match in Municipalities(rows).search("aal")] == ["Aal", "Zele", "Aalst"]


@pytest.mark.parametrize(
    ("name", "bare", "titled_so"),
    [
        ("Gemeente Torhout", "torhout", True),
        ("Commune d’Ixelles", "ixelles", True),
        ("Torhout", "torhout", False),
        ("8820 Torhout (Stad)", "torhout", True),
        ("Heist-op-den-Berg", "heist berg", False),
        ("Stad Herk-de-Stad", "herk", True),
        ("Vlaamse gemeente", "vlaamse gemeente", True),
        ("de stad", "stad", True),
        ("De", "de", False),
        ("Gemeentelijk", "gemeentelijk", False),
        ("", "", False),
    ],
)
def test_a_name_compares_without_titles_and_small_words(name: str, bare: str, titled_so: bool) -> None:
    assert bare_name(name) == bare
    assert has_title(name) is titled_so


@pytest.mark.parametrize(
    ("code", "names"), [("1050", ["Brussel", "Elsene"]), ("9090", ["Merelbeke-Melle"]), ("0001", []), ("105", [])]
)
def test_a_postal_code_may_be_that_of_several(municipalities: Municipalities, code: str, names: list[str]) -> None:
    assert [row.name for row in municipalities.with_code(code)] == names


def test_a_search_offers_each_municipality_once_and_no_more_than_asked(municipalities: Municipalities) -> None:
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
        found = municipalities.search(letter, limit=5)
        assert len(found) <= 5
        assert len({match.municipality.nis_code for match in found}) == len(found)
    assert len(municipalities.search("s")) == 8
    assert municipalities.search("s", limit=0) == []


FACILITIES = ("Drogenbos", "Kraainem", "Linkebeek", "Sint-Genesius-Rode", "Wemmel", "Wezembeek-Oppem")


@pytest.mark.parametrize("name", FACILITIES)
def test_the_municipalities_round_brussels_are_flemish(municipalities: Municipalities, name: str) -> None:
    match = municipalities.recognise(name)
    assert match is not None
    assert match.municipality.region is Region.VLAANDEREN


@given(st.text(max_size=60))
def test_any_text_can_be_searched(text: str) -> None:
    municipalities = load_municipalities()
    assert len(municipalities.search(text)) <= 8
    recognised = municipalities.recognise(text)
    if recognised:
        assert recognised.municipality in [match.municipality for match in municipalities.search(text)]
