"""The municipalities: what stands in the files, and how a damaged file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccinc_wizard.content.facts import load_municipalities
from ccinc_wizard.content.files import ContentError
from ccinc_wizard.domain.municipalities import MatchedBy, Region

HEADER = "nis_code,name_nl,name_fr,region,province,postal_codes,merged_from_2025\n"
GENT = "44021,Gent,Gand,vlaanderen,Oost-Vlaanderen,9000;9030,\n"
ELSENE = "21009,Elsene,Ixelles,brussel,,1050,\n"
FORMER = "former_name_nl,now_nis_code,now_name_nl,since\n"


def put(folder: Path, municipalities: str | bytes, former: str | bytes = FORMER) -> Path:
    for name, content in (("municipalities.csv", municipalities), ("former_names.csv", former)):
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def test_all_of_flanders_and_brussels_is_there() -> None:
    found = load_municipalities()
    regions = [row.region for row in found.rows]
    assert (regions.count(Region.VLAANDEREN), regions.count(Region.BRUSSEL)) == (285, 19)
    for name, official, by in (
        ("Gent", "Gent", MatchedBy.NAME),
        ("Ixelles", "Elsene", MatchedBy.FRENCH),
        ("Borsbeek", "Antwerpen", MatchedBy.FORMER),
    ):
        match = found.recognise(name)
        assert match is not None
        assert (match.municipality.name, match.by) == (official, by)


def test_a_file_with_windows_line_ends_says_the_same(tmp_path: Path) -> None:
    found = load_municipalities(put(tmp_path, (HEADER + GENT + ELSENE).replace("\n", "\r\n")))
    assert [row.name for row in found.rows] == ["Elsene", "Gent"]
    assert [row.other_names for row in found.rows] == [(), ()], "a column that may be left out"


def test_each_of_its_other_names_names_it(tmp_path: Path) -> None:
    header, gent = (f"{line[:-1]},{further}\n" for line, further in ((HEADER, "other_names"), (GENT, "Ganda;Gandavum")))
    found = load_municipalities(put(tmp_path, header + gent))
    assert found.rows[0].other_names == ("Ganda", "Gandavum")


def test_a_value_between_quotes_may_hold_all_signs(tmp_path: Path) -> None:
    found = load_municipalities(put(tmp_path, HEADER + GENT.replace("Gand", '"Gand,\n""G"""')))
    assert found.rows[0].name_fr == 'Gand,\n"G"'


@pytest.mark.parametrize(
    ("municipalities", "former", "told"),
    [
        ("", FORMER, "municipalities.csv:1: there is no column nis_code"),
        (HEADER.replace("name_fr", "naam"), FORMER, "municipalities.csv:1: there is no column name_fr"),
        (HEADER + GENT + ELSENE.replace("brussel", "x"), FORMER, "municipalities.csv:3: x is no region"),
        (HEADER + GENT.replace("Gand", ""), FORMER, "municipalities.csv:2: name_fr is missing"),
        (HEADER + GENT + "21009,Elsene\n", FORMER, "municipalities.csv:3: has more or fewer"),
        (HEADER + GENT[:-1] + ",more\n", FORMER, "municipalities.csv:2: has more or fewer"),
        (HEADER + GENT + GENT, FORMER, "municipalities.csv:3: 44021 stands twice"),
        (HEADER + GENT.replace("9030", "903O"), FORMER, "municipalities.csv:2: a postal code has four digits"),
        (HEADER + GENT.replace("9030", "90300"), FORMER, "municipalities.csv:2: a postal code has four digits"),
        (HEADER + GENT.replace("9030", "903"), FORMER, "municipalities.csv:2: a postal code has four digits"),
        (HEADER + GENT.replace("9030", "\uff19030"), FORMER, "municipalities.csv:2: a postal code has four digits"),
        (HEADER + GENT.replace("9030", "\u00b2030"), FORMER, "municipalities.csv:2: a postal code has four digits"),
        (HEADER + GENT.replace("Gent", '"Ge"nt'), FORMER, "municipalities.csv:2: "),
        (HEADER.encode() + b"\n44021,Ge\xff", FORMER, "municipalities.csv:3: is not UTF-8 text"),
        (HEADER + GENT, FORMER + "Gentbrugge,99999,Gent,1977\n", "former_names.csv:2: there is no municipality 99999"),
        (HEADER + GENT, FORMER + ",44021,Gent,1977\n", "former_names.csv:2: former_name_nl is missing"),
        (HEADER + GENT, "", "former_names.csv:1: there is no column former_name_nl"),
    ],
)
def test_a_damaged_file_is_refused_with_file_and_line(
    municipalities: str | bytes, former: str | bytes, told: str, tmp_path: Path
) -> None:
    with pytest.raises(ContentError) as refused:
        load_municipalities(put(tmp_path, municipalities, former))
    assert str(refused.value).startswith(told)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as refused:
        load_municipalities(tmp_path)
    assert str(refused.value).startswith("former_names.csv:0: ")
