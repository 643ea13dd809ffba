"""Municipalities as people write them: 304 in 20 spellings each. None gives a wrong region in silence."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from ccinc_wizard.content.facts import load_municipalities
from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Role, Situation
from ccinc_wizard.domain.findings import Circumstances, Severity
from ccinc_wizard.domain.lists import Column, Row, RowVerdict, check
from ccinc_wizard.domain.municipalities import Municipalities, Municipality, Region

ROWS = load_municipalities().rows
TYPES = {Region.VLAANDEREN: "vlaamse-gemeente", Region.BRUSSEL: "brusselse-gemeente"}
Spelling = Callable[[Municipality, random.Random], str]


def _shortened(name: str) -> str:
    return name.replace("Sint-", "St-").replace("Sainte-", "Ste-").replace("Saint-", "St-")


def _with_unseen(name: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(name))
    return name[:place] + chance.choice("\u200b\u00ad\u2060\ufeff") + name[place:]


def _slip(name: str, chance: random.Random) -> str:
    if len(name) < 3:
        return name * 2
    place = chance.randrange(1, len(name) - 1)
    return chance.choice(
        [
            name[:place] + name[place + 1 :],
            name[:place] + name[place] + name[place:],
            name[:place] + name[place + 1] + name[place] + name[place + 2 :],
        ]
    )


def _region(row: Municipality) -> str:
    return "Brussel" if row.region is Region.BRUSSEL else row.province


SPELLINGS: dict[str, Spelling] = {
    "capitals": lambda row, _: row.name.upper(),
    "small": lambda row, _: f"  {row.name.lower()} ",
    "spaces": lambda row, _: row.name.replace("-", " "),
    "joined": lambda row, _: row.name.replace("-", "").replace(" ", ""),
    "saint": lambda row, _: _shortened(row.name),
    "saint with dot": lambda row, _: _shortened(row.name).replace("St-", "St. "),
    "saint with both": lambda row, _: _shortened(row.name).replace("St-", "St.-"),
    "unseen": lambda row, chance: _with_unseen(row.name, chance),
    "hyphens": lambda row, chance: row.name.replace("-", chance.choice("\u2011\u2010\u2013\u00a0")),
    "French": lambda row, _: _shortened(row.name_fr),
    "both languages": lambda row, _: f"{row.name} / {row.name_fr}",
    "commune": lambda row, _: f"Commune {'d’' if row.name_fr[0] in 'AEIOU' else 'de '}{row.name_fr}",
    "gem.": lambda row, _: f"gem. {row.name}",
    "gemeentebestuur": lambda row, chance: f"{chance.choice(['Gemeentebestuur', 'Lokaal bestuur', 'Stad'])} {row.name}",
    "-stad": lambda row, chance: f"{row.name}{chance.choice(['-Stad', ' stad', ' (gemeente)'])}",
    "region": lambda row, chance: f"{row.name}{chance.choice([' ({})', ', {}', ' - {}']).format(_region(row))}",
    "code": lambda row, chance: f"{chance.choice(row.postal_codes)} {row.name}",
    "code after": lambda row, chance: f"{row.name} (B-{chance.choice(row.postal_codes)})",
    "op den": lambda row, _: row.name.replace("-op-den-", " o/d ").replace("-ten-", " t. "),
    "slip": lambda row, chance: _slip(row.name, chance),
}


def verdict(row: Municipality, name: str, region: Region, circumstances: Circumstances) -> RowVerdict:
    """What a list makes of this name as a municipality of this region."""
    cells = {
        Column.NAME: "Lieve Voorbeeldt",
        Column.ROLE: Role.INVOERDER.value,
        Column.AUTHORITY: TYPES[region],
        Column.AUTHORITY_NAME: name,
    }
    vocabulary = {
        Column.ROLE: {"invoerder": "invoerder"},
        Column.AUTHORITY: {kind.replace("-", " "): kind for kind in TYPES.values()},
    }
    [checked] = check([Row(2, cells)], circumstances, vocabulary).rows
    return checked.verdict


def test_304_municipalities_in_20_spellings(circumstances: Circumstances, figures: list[str]) -> None:
    chance, plain, silent, missed = random.Random(304), 0, [], []
    assert len(SPELLINGS) == 20
    for row in ROWS:
        for kind, spelling in SPELLINGS.items():
            name = spelling(row, chance)
            other = next(region for region in Region if region is not row.region)
            if verdict(row, name, other, circumstances) not in (RowVerdict.ERROR, RowVerdict.QUESTION):
                silent.append((name, kind))
            found = verdict(row, name, row.region, circumstances) in (RowVerdict.IN_ORDER, RowVerdict.ADVICE)
            plain += found
            missed += [] if found or kind == "slip" else [(name, kind)]
    total = len(ROWS) * len(SPELLINGS)
    figures.append(f"municipalities in 20 spellings: {plain / total:.1%} of {total} known without a question, 0 wrong")
    assert silent == []
    assert plain >= 0.9 * total, missed


def test_a_slip_of_a_letter_or_two_is_offered(circumstances: Circumstances) -> None:
    chance = random.Random(2)
    for row in ROWS:
        if len(row.name) < 5:
            continue
        name = _slip(row.name, chance)
        offered = [match.municipality for match in circumstances.municipalities.offered(name, 3)]
        assert row in offered, name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("St-Gillis", "Sint-Gillis"),
        ("St. Gilles", "Sint-Gillis"),
        ("St.-Jans-Molenbeek", "Sint-Jans-Molenbeek"),
        ("Brussel-Stad", "Brussel"),
        ("Brussel stad", "Brussel"),
        ("Bruxelles-Ville", "Brussel"),
        ("Ville de Bruxelles", "Brussel"),
        ("1000 Brussel", "Brussel"),
        ("1012 Brussel", "Brussel"),
        ("Elsene (Brussel)", "Elsene"),
        ("Brussel-Elsene", "Elsene"),
        ("Elsene, Brussels Hoofdstedelijk Gewest", "Elsene"),
        ("gem. Elsene", "Elsene"),
        ("Gemeentebestuur Elsene", "Elsene"),
        ("Administration communale d’Ixelles", "Elsene"),
        ("Heist o/d Berg", "Heist-op-den-Berg"),
        ("Heist o.d. Berg", "Heist-op-den-Berg"),
        ("Stad Herk-de-Stad", "Herk-de-Stad"),
        ("Panne", "De Panne"),
        ("Mechelen (prov. Antwerpen)", "Mechelen"),
        ("Antwerpen, Mechelen", "Mechelen"),
        ("Halle (Vlaams-Brabant)", "Halle"),
        ("Oudergem\u200b", "Oudergem"),
        ("Watermaal\u2011Bosvoorde", "Watermaal-Bosvoorde"),
        ("Laken (1020 Brussel)", "Brussel"),
        ("Brusselse gemeente Elsene", "Elsene"),
        ("Gent (Vlaamse gemeente)", "Gent"),
        ("Commune bruxelloise d’Ixelles", "Elsene"),
        ("Gemeentehuis Elsene", "Elsene"),
        ("Gmte Elsene", "Elsene"),
        ("Elsene (Bxl)", "Elsene"),
        ("Gent, Oost-Vl.", "Gent"),
        ("Nieuwerkerken (Limb.)", "Nieuwerkerken"),
        ("B-9000 Gent", "Gent"),
        ("BE 9000 Gent", "Gent"),
        ("Gent b", None),
        # short, partial, older and French names; what several are called for short is nobody's
        ("bxl", "Brussel"),
        ("Bxl ville", "Brussel"),
        ("1000 BXL", "Brussel"),
        ("1070 bxl", None),
        ("Elsene (bxl)", "Elsene"),
        ("Laeken", "Brussel"),
        ("Boitsfort", "Watermaal-Bosvoorde"),
        ("Commune de Boitsfort", "Watermaal-Bosvoorde"),
        ("Watermael", "Watermaal-Bosvoorde"),
        ("gemeente Bosvoorde", "Watermaal-Bosvoorde"),
        ("Watermaal (Brussel)", "Watermaal-Bosvoorde"),
        ("Watermaal-Boschvoorde", "Watermaal-Bosvoorde"),
        ("Molenbeek", "Sint-Jans-Molenbeek"),
        ("St-Josse", "Sint-Joost-ten-Node"),
        ("Crainhem", "Kraainem"),
        ("Rhode-St-Genèse", "Sint-Genesius-Rode"),
        ("1970 Wezembeek", "Wezembeek-Oppem"),
        ("Wesembeek (Vlaamse Rand)", "Wezembeek-Oppem"),
        ("Wesembeek (Brussel)", None),
        ("Leeuw-St-Pierre", "Sint-Pieters-Leeuw"),
        ("Tervueren", "Tervuren"),
        ("Saventhem", "Zaventem"),
        ("Coxyde", "Koksijde"),
        ("Ville de Saint-Nicolas", "Sint-Niklaas"),
        ("Wavre-Ste-Catherine", "Sint-Katelijne-Waver"),
        ("Thourout", "Torhout"),
        ("Woluwe", None),
        ("Berchem", None),
        ("Rhode", None),
        ("Ste Genesius Rode", "Sint-Genesius-Rode"),
        ("Sinte-Katelijne-Waver", "Sint-Katelijne-Waver"),
        ("Gent St", None),
        ("Tor hout", "Torhout"),
        ("Depanne", "De Panne"),
        ("Heistopdenberg", "Heist-op-den-Berg"),
        ("Elsene (Ixelles), Brussel", "Elsene"),
        ("St.-Gillis (Brussel)", "Sint-Gillis"),
        ("Sint-Gillis-Waas (Oost-Vlaanderen)", "Sint-Gillis-Waas"),
        ("Lokaal bestuur van de stad Gent, Oost-Vlaanderen, België", "Gent"),
        ("Het lokaal bestuur van de stad Gent, Oost-Vlaanderen, België", "Gent"),
        (
            "Het gemeentebestuur van de gemeente Sint-Martens-Latem, provincie Oost-Vlaanderen, België",
            "Sint-Martens-Latem",
        ),
        ("L'administration communale de la commune de Wemmel, province du Brabant flamand, Belgique", "Wemmel"),
        ("The municipal administration of the city of Ghent, province of East Flanders, Belgium", "Gent"),
        # So many ways to cut it are left alone, as each keystroke asks.
        ("Tor hout West-Vlaanderen", None),
        ("Elsene, Ixelles, Brussel, België", None),
        ("Wij vragen voor het lokaal bestuur van de stad Gent, Oost-Vlaanderen, België", None),
        ("Vlaamse gemeente", None),
        ("Vorst (Laakdal)", None),
        ("Vorst (Limburg)", None),
        ("Elsene (West-Vlaanderen)", None),
        ("Sint-Gillis (Dendermonde)", None),
        ("Nieuwerkerken, Aalst", None),
        ("1070 Brussel", None),
        ("9000 Torhout", None),
        ("Provincie Antwerpen", None),
        ("OCMW stad Gent", None),
        ("Vlaanderen", None),
        ("Stad", None),
    ],
)
def test_what_people_write_beside_a_name(municipalities: Municipalities, written: str, name: str | None) -> None:
    match = municipalities.recognise(written)
    assert (match and match.municipality.name) == name


PLACES = {
    "Elsene": """Brussel, Bruxelles, Brussels, BXL, Brussels gewest, Brussels Hoofdstedelijk Gewest, BHG, hoofdstedelijk
        gewest, Brussels Capital, Région bruxelloise, Région de Bruxelles, Région de Bruxelles-Capitale,
        Bruxelles-Capitale, Brussels region, Brussels-Capital Region""",
    "Mechelen": "Antwerpen, Anvers, Antwerp, prov. Antwerpen, provincie Antwerpen, province d’Anvers",
    "Genk": "Limburg, Limbourg, Limb., prov. Limburg",
    "Aalst": "Oost-Vlaanderen, Flandre orientale, East Flanders, Oost-Vl., O.-Vl., OVl, province of East Flanders",
    "Halle": "Vlaams-Brabant, Brabant flamand, Flemish Brabant, Vl.-Brabant, Vl. Br.",
    "Torhout": "West-Vlaanderen, Flandre occidentale, West Flanders, West-Vl., W.-Vl., WVl, prov. West-Vlaanderen",
}
FLANDERS = """Vlaanderen, Vlaams Gewest, Vlaamse gewest, Vlaamse Rand, rand, Flandre, Flanders, Région flamande, Flemish
    region"""


@pytest.mark.parametrize("of", PLACES)
def test_each_word_for_a_place_is_known_and_only_beside_what_lies_in_it(
    of: str, municipalities: Municipalities
) -> None:
    for place in PLACES[of].split(","):
        for name in PLACES:
            known = municipalities.recognise(f"{name} ({place})")
            assert (known is not None) is (name == of), (name, place)
    for place in [*FLANDERS.split(","), "België", "Belgique", "Belgium"]:
        known = municipalities.recognise(f"{of}, {place}")
        assert (known is not None) is (of != "Elsene" or place.startswith("Belg")), place


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Torhoud", ["Torhout"]),
        ("Gnet", ["Gent"]),
        ("Essene", ["Elsene", "Essen"]),
        ("Stad Brugghe", ["Brugge"]),
        ("1070 Brussel", ["Brussel", "Anderlecht"]),
        ("9000 Torhout", ["Torhout", "Gent"]),
        ("Molenbeek", ["Sint-Jans-Molenbeek"]),
        ("De Kring vzw", []),
        ("Aals", ["Aalst"]),
        ("Gentt", ["Gent"]),
        ("Gend", ["Genk", "Gent"]),
        ("Xgent", ["Gent"]),
        ("Tarhaut", ["Torhout"]),
        ("Nienve", ["Ninove"]),
        ("Halxx", []),  # two slips are too many for so short a name
        ("Bom", []),
        ("Torhoud (West-Vlaanderen)", ["Torhout"]),
        ("West-Vlaanderen, Torhoud", ["Torhout"]),
        ("Torhoud (Limburg)", []),
        ("Torhoud 9000", ["Torhout", "Gent"]),
        ("Gen", ["Genk", "Gent", "Sint-Genesius-Rode"]),
        ("Torhout", ["Torhout"]),
        ("Woluwe", ["Sint-Lambrechts-Woluwe", "Sint-Pieters-Woluwe"]),
        ("gemeente Woluwe", ["Sint-Lambrechts-Woluwe", "Sint-Pieters-Woluwe"]),
        ("Berchem", ["Sint-Agatha-Berchem", "Bertem", "Merchtem"]),
        ("Rhode", ["Sint-Genesius-Rode"]),
        # whole words of a name, wherever they stand in it, before what is near
        ("op den Berg", ["Heist-op-den-Berg", "Oudenburg"]),
        ("Berg", ["Heist-op-den-Berg"]),
        ("Heist", ["Heist-op-den-Berg", "Knokke-Heist"]),
        ("Waas", ["Beveren-Kruibeke-Zwijndrecht", "Sint-Gillis-Waas"]),
        ("Stad", ["Herk-de-Stad"]),
        ("gemeente Berchem", ["Sint-Agatha-Berchem", "Bertem", "Merchtem"]),
    ],
)
def test_what_is_near_is_offered(municipalities: Municipalities, written: str, names: list[str]) -> None:
    assert [match.municipality.name for match in municipalities.offered(written, 3)] == names


@pytest.mark.parametrize(
    ("written", "names"),
    [("8000 Gent", ["Gent", "Brugge"]), ("Brussels Hoofdstedelijk Gewest", ["Brussel"])],
)
def test_what_is_right_beside_what_is_not_is_near_and_not_known(
    municipalities: Municipalities, written: str, names: list[str]
) -> None:
    assert municipalities.recognise(written) is None
    assert [match.municipality.name for match in municipalities.near(written)] == names


def test_nothing_is_near_a_name_that_is_known(municipalities: Municipalities) -> None:
    assert municipalities.near("Torhout") == []


def test_one_offer_is_a_click_away_and_the_region_is_judged_after_it(circumstances: Circumstances) -> None:
    answers = Answers(
        situation=Situation.FORM,
        applicant_name="Lieve Voorbeeldt",
        role=Role.INVOERDER,
        authority="vlaamse-gemeente",
        authority_name="Elsenne",
    )
    [finding] = [f for f in rules.evaluate(answers, circumstances) if f.rule == "municipality_unknown"]
    assert finding.corrected is not None
    assert finding.corrected.authority_name == "Elsene"
    after = rules.evaluate(finding.corrected, circumstances)
    assert [found.rule for found in after if found.severity is Severity.ERROR] == ["wrong_region"]
