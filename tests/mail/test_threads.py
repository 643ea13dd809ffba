"""Reply threads: the number is found, and the name beside it is its owner's or stays open."""

from __future__ import annotations

import json
import random
from pathlib import Path
from textwrap import indent

import pytest

from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.mail.parts import NoticeKind
from ccinc_wizard.domain.mail.reading import read_mail
from ccinc_wizard.domain.municipalities import Municipalities
from tests.domain.numbers import TODAY
from tests.mail.test_mails import filled, read
from tests.mail.threads import PROGRAMS, threads

FOLDER = Path(__file__).parent / "samples"
SAMPLES = json.loads((FOLDER / "mails.json").read_text(encoding="utf-8"))
WHY_OPEN = (NoticeKind.OWNER_UNSURE, NoticeKind.NAME_ELSEWHERE, NoticeKind.TWO_PEOPLE)
COUNT = 500
ENOUGH = 0.8


def _number(chance: random.Random) -> str:
    """A number as the identity card shows it, of the sequence that is for training only."""
    born = f"{chance.randint(50, 99)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    check = 97 - int(born + "999") % 97
    return f"{born[:2]}.{born[2:4]}.{born[4:]}-999.{check:02}"


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_thread_gives_a_name_that_is_not_the_owners(
    program: str, catalog: Catalog, municipalities: Municipalities, figures: list[str]
) -> None:
    wrong, missed = [], []
    asked = hits = numbers = 0
    written = [thread for thread in threads(COUNT, _number) if thread.program == program]
    for thread in written:
        values = filled(read(thread.text, catalog, municipalities))
        found, right = values["name"].casefold(), thread.right.casefold()
        told = f"{thread.kind}, {thread.language}: {found!r}, right {right!r}\n{thread.text}"
        if found not in ("", right):
            wrong.append(told)
        numbers += values["number"] == thread.number
        if thread.signed:
            asked += 1
            hits += found == right
            missed += [told] if found != right else []
    figures.append(
        f"threads of {program}: names found where one signature stands with the number {hits}/{asked}, "
        f"numbers {numbers}/{len(written)}"
    )
    assert wrong == [], "\n".join(wrong[:3])
    assert numbers == len(written) > 0
    assert hits >= ENOUGH * asked, "\n".join(missed[:3])


@pytest.mark.parametrize("name", SAMPLES)
def test_each_sample_gives_the_answer_beside_it(name: str, catalog: Catalog, municipalities: Municipalities) -> None:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    reading = read_mail(text, today=TODAY, catalog=catalog, municipalities=municipalities)
    values = filled(reading)
    assert (values["name"] or None) in SAMPLES[name]["applicant_name"]
    assert values["number"] == SAMPLES[name]["register_number"]
    assert values["name"] or any(told.kind in WHY_OPEN for told in reading.notices)


NUMBER = "85.03.30-999.04"
CLEANED = {
    "em and en space": "85\u200303\u200230\u2003999\u200204",
    "soft hyphen": "85.03.30\u00ad-999.04",
    "word joiner": "85.03.30\u2060-\u2060999.04",
    "middle dot": "85·03·30·999·04",
    "slashes": "85/03/30-999/04",
    "line break": "85.03.30-\n999.04",
    "line break before the dash": "85.03.30\n-999.04",
    "digits only": "85033099904",
}


@pytest.mark.parametrize("written", CLEANED.values(), ids=list(CLEANED))
@pytest.mark.parametrize("mark", ["", "> "])
def test_a_number_is_cleaned_as_in_its_field(
    mark: str, written: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    said = indent(f"Mijn rijksregisternummer is {written}.\n\nGroeten\nJan Peeters", mark, lambda _: True)
    assert filled(read(said, catalog, municipalities))["number"] == NUMBER


@pytest.mark.parametrize(("short", "right"), [("1070199940", "01.07.01-999.40"), ("70199919", "00.07.01-999.19")])
def test_a_leading_zero_that_a_spreadsheet_dropped_comes_back_after_a_label(
    short: str, right: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    assert filled(read(f"INSZ: {short}", catalog, municipalities))["number"] == right
    assert filled(read(f"Ticket {short}", catalog, municipalities))["number"] == ""


def test_four_zeros_in_front_are_none_that_a_spreadsheet_dropped(
    catalog: Catalog, municipalities: Municipalities
) -> None:
    assert read("INSZ: 1099988", catalog, municipalities).number is None


@pytest.mark.parametrize(("gap", "found"), [(63, False), (64, True)])
def test_a_label_reaches_seventy_signs(gap: int, found: bool, catalog: Catalog, municipalities: Municipalities) -> None:
    reading = read(f"dossier{' ' * gap}84031299938", catalog, municipalities)
    assert (reading.number is not None) == found


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("85.03.30-999", "length"),
        ("85.03.30-999.044", "length"),
        ("85.03.3O-999.04", "characters"),
        ("85.03.30-***.**", "characters"),
        ("85.03.30-999.05", "checksum"),
    ],
)
def test_what_cannot_be_read_after_a_label_is_told(
    written: str, reason: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    reading = read(f"Rijksregisternummer:\n{written}\nGroeten\nJan Peeters", catalog, municipalities)
    assert reading.number is None
    assert [(told.kind, told.variant) for told in reading.notices] == [(NoticeKind.NUMBER_WRONG, reason)]


@pytest.mark.parametrize("said", ["bezorg ik op 25/11/2026", "volgt, tel. 02 555 01 23", "(11 cijfers) volgt"])
def test_a_date_or_telephone_after_a_label_is_no_number_that_cannot_be_read(
    said: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    assert read(f"Mijn rijksregisternummer {said}", catalog, municipalities).notices == ()


TABLE = (
    ("Naam", "Jan Peeters"),
    ("Rijksregisternummer", NUMBER),
    ("Rol", "Invoerder"),
    ("Inrichtende macht", "Stad Gent"),
)


@pytest.mark.parametrize("between", ["\t", ":\t", "\n", "\n\n", " | ", "      "], ids=repr)
def test_a_table_is_read_whatever_stands_between_its_cells(
    between: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    text = "\n".join(between.join(row) for row in TABLE)
    assert filled(read(text, catalog, municipalities)) == {
        "name": "Jan Peeters",
        "number": NUMBER,
        "role": "invoerder",
        "authority": "vlaamse-gemeente",
        "authority_name": "Gent",
    }


def test_a_first_and_a_last_name_in_cells_are_one_name(catalog: Catalog, municipalities: Municipalities) -> None:
    text = f"Voornaam\nJan\nNaam\nPeeters\nINSZ\n{NUMBER}"
    assert filled(read(text, catalog, municipalities))["name"] == "Jan Peeters"


@pytest.mark.parametrize(
    "said",
    [
        f"De directeur vraagt toegang. Rijksregisternummer: {NUMBER}.",
        f"Voici le numéro national de notre directrice : {NUMBER}",
        f"The director's national number is {NUMBER}.",
        f"Klopt het nummer {NUMBER}?",
        f"Graag toegang voor Lies: {NUMBER}",
        f"Lies is met verlof, hier is het nummer: {NUMBER}",
        f"Ik antwoord voor Lies.\n\n{NUMBER}",
        f"Lies schrijft me: mijn rijksregisternummer is {NUMBER}",
        f"Op vraag van mevrouw An Dewael bezorg ik het rijksregisternummer: {NUMBER}",
    ],
)
def test_who_writes_of_another_is_not_taken_for_the_owner(
    said: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    reading = read(f"Beste,\n\n{said}\n\nGroeten\nJan Peeters", catalog, municipalities)
    assert filled(reading)["name"] == ""
    assert any(told.kind in WHY_OPEN for told in reading.notices)


ASKED = """
Van: An Dewael [mailto:an.dewael@voorbeeld.example]
Verzonden: woensdag 25 november 2026 10:11
Aan: {to}
Onderwerp: RE: CCinC

{hello}

{asked}

Groeten
An Dewael
"""


@pytest.mark.parametrize(
    ("said", "to", "hello", "asked", "right"),
    [
        ("Dank je An,\n\n{n}", "Jan Peeters", "Dag Jan,", "Wat is je rijksregisternummer?", True),
        (
            "Bedankt voor je mail An. Hier: {n}",
            "Jan Peeters; Info",
            "Beste Jan Peeters,",
            "Je rijksregisternummer?",
            True,
        ),
        ("Ik word Invoerder voor Gent.\nRRN: {n}", "Jan Peeters", "Dag mevrouw Peeters,", "Graag je nummer.", True),
        ("{n}", "Lies Maes", "Beste,", "Wat is je rijksregisternummer?", False),
        ("{n}", "Jan Peeters", "Dag Lies,", "Wat is je rijksregisternummer?", False),
        ("{n}", "Jan Peeters", "Dag Jan en Lies,", "Wat is het rijksregisternummer?", False),
        ("{n}", "Jan Peeters", "Dag Jan,", "Ik wil Lies toegang geven. Heb je het rijksregisternummer?", False),
        ("{n}", "Jan Peeters", "Dag Jan,", "Ik heb haar rijksregisternummer nodig.", False),
    ],
)
def test_a_bare_answer_is_the_writers_only_where_the_writer_was_asked(
    said: str, to: str, hello: str, asked: str, right: bool, catalog: Catalog, municipalities: Municipalities
) -> None:
    answer = f"Dag An,\n\n{said.format(n=NUMBER)}\n\nGroeten\nJan Peeters\n"
    values = filled(read(answer + ASKED.format(to=to, hello=hello, asked=asked), catalog, municipalities))
    assert values["name"] == ("Jan Peeters" if right else "")
    assert values["number"] == NUMBER
