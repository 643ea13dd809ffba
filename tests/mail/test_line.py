"""A few words on one line: what each says, in three languages; what is not plain stays open, and nothing is lost."""

from __future__ import annotations

import datetime as dt

import pytest

from ccinc_wizard.content.list_words import BatchWords
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.mail.line import LineReading, read_line
from ccinc_wizard.domain.mail.reading import read_mail
from ccinc_wizard.domain.municipalities import Municipalities
from ccinc_wizard.domain.terms import Role, Situation

TODAY = dt.date(2026, 11, 24)
NUMBER = "85.07.30-033.28"
# the line: situation, role, type and name (an empty one stays open)
SAID = {
    "invoerder torhout": ("", "invoerder", "", "Torhout"),
    "INVOERDER TORHOUT": ("", "invoerder", "", "Torhout"),
    "raadpleger agb kortrijk manueel": ("manual", "raadpleger", "agb", "AGB Kortrijk"),
    "Raadpleger AGB Kortrijk Manueel": ("manual", "raadpleger", "agb", "AGB Kortrijk"),
    "formulier, invoerder, gemeente torhout": ("form", "invoerder", "vlaamse-gemeente", "Torhout"),
    "stad gent link raadplegen": ("form", "raadpleger", "vlaamse-gemeente", "Gent"),
    "mijn taken raadpleger stad brugge": ("task", "raadpleger", "vlaamse-gemeente", "Brugge"),
    "raadpleger 8820 gemeente": ("", "raadpleger", "vlaamse-gemeente", "Torhout"),
    "raadpleger 8820 Torhout": ("", "raadpleger", "", "Torhout"),
    "raadpleger sint niklaas manueel": ("manual", "raadpleger", "", "Sint-Niklaas"),
    "link voor invoerder Heist o/d Berg": ("form", "invoerder", "", "Heist-op-den-Berg"),
    "as invoerder torhout": ("", "invoerder", "", "Torhout"),
    # other languages, Brussels, and what is called otherwise now
    "formulaire encodeur commune d'Ixelles": ("form", "invoerder", "brusselse-gemeente", "Elsene"),
    "lecteur bruxelles ville manuel": ("manual", "raadpleger", "brusselse-gemeente", "Brussel"),
    "mes tâches encodeuse régie communale autonome de Courtrai": ("task", "invoerder", "agb", "AGB Kortrijk"),
    "viewer brussels municipality Elsene": ("", "raadpleger", "brusselse-gemeente", "Elsene"),
    "my tasks read-only flemish municipality Halle": ("task", "raadpleger", "vlaamse-gemeente", "Halle"),
    "data entry autonomous municipal company Torhout manually": ("manual", "invoerder", "agb", "AGB Torhout"),
    "invoerder Puurs gemeente": ("", "invoerder", "vlaamse-gemeente", "Puurs-Sint-Amands"),
    "raadpleger St.-Gillis (Brussel) gemeente": ("", "raadpleger", "brusselse-gemeente", "Sint-Gillis"),
    # an organisation under a name of its own
    "AGB De Kring raadpleger": ("", "raadpleger", "agb", "AGB De Kring"),
    "agb van de stad torhout invoerder form": ("form", "invoerder", "agb", "AGB Torhout"),
    "economische actor invoerder form": ("form", "invoerder", "economische-actor", ""),
    "vzw Podium Denkbeeld raadpleger manueel": ("manual", "raadpleger", "", "vzw Podium Denkbeeld"),
    "OCMW torhout raadpleger": ("", "raadpleger", "none", ""),
    # nothing is guessed
    "Torhout": ("", "", "", "Torhout"),
    "agb": ("", "", "agb", ""),
    "gemeente": ("", "", "", ""),
    "invoerder of raadpleger torhout": ("", "", "", "Torhout"),
    "geen raadpleger torhout": ("", "", "", "Torhout"),
    "invoerder torhout kortrijk": ("", "invoerder", "", ""),
    "formulier manueel torhout": ("", "", "", "Torhout"),
    "agb ocmw torhout": ("", "", "", ""),
    "invoerder de warande turnhout": ("", "invoerder", "", ""),
    "raadpleger agb sport kortrijk": ("", "raadpleger", "agb", ""),
    "raadpleger torhuot": ("", "raadpleger", "", ""),
    "weet ik niet": ("", "", "", ""),
}
LOST = {
    "invoerder torhout kortrijk": "torhout kortrijk",
    "invoerder de warande turnhout": "warande turnhout",
    "raadpleger torhuot": "torhuot",
    f"lieve voorbeeldt raadpleger gemeente torhout {NUMBER}": "lieve voorbeeldt",
    "raadpleger agb kortrijk manueel": "",
}


def said(text: str, catalog: Catalog, municipalities: Municipalities) -> LineReading:
    words = BatchWords(Texts("nl"), catalog).vocabulary
    reading = read_mail(text, today=TODAY, catalog=catalog, municipalities=municipalities)
    return read_line(text, reading, vocabulary=words, catalog=catalog, municipalities=municipalities)


@pytest.mark.parametrize(("text", "right"), SAID.items())
def test_a_line_says_what_its_words_say_and_no_more(
    text: str, right: tuple[str, ...], catalog: Catalog, municipalities: Municipalities
) -> None:
    answers, fields = said(text, catalog, municipalities).onto(Answers())
    found = (answers.situation, answers.role, answers.authority, answers.authority_name)
    assert tuple(str(value or "") for value in found) == right
    names = ("situation", "role", "authority", "authority_name")
    assert fields == {name for name, value in zip(names, right, strict=True) if value}


@pytest.mark.parametrize(("text", "lost"), LOST.items())
def test_what_is_not_understood_is_told_but_never_a_number(
    text: str, lost: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    told = [notice.values["name"] for notice in said(text, catalog, municipalities).notices if notice.kind == "unread"]
    assert told == ([lost] if lost else [])


def test_a_number_beside_a_few_words_is_meant(catalog: Catalog, municipalities: Municipalities) -> None:
    for written in (NUMBER, "85073003328", "85 07 30 033 28"):
        answers, _ = said(f"manueel stad gent {written}", catalog, municipalities).onto(Answers())
        assert answers.number_text == NUMBER
    answers, _ = said("manueel stad gent tel 0470 12 34 56", catalog, municipalities).onto(Answers())
    assert answers.number_text == ""


def test_of_several_lines_the_words_alone_say_nothing(catalog: Catalog, municipalities: Municipalities) -> None:
    read = said("torhout\nraadpleger manueel", catalog, municipalities)
    assert read.situation is None
    assert read.reading.authority_name is None


def test_a_line_is_newer_than_what_was_chosen_but_not_than_a_person(
    catalog: Catalog, municipalities: Municipalities
) -> None:
    before = Answers(Situation.FORM, "Jan Anders", role=Role.INVOERDER, authority="agb", authority_name="AGB X")
    answers, fields = said(f"manueel raadpleger torhout {NUMBER}", catalog, municipalities).onto(before)
    assert (answers.situation, answers.role) == (Situation.MANUAL, Role.RAADPLEGER)
    assert (answers.applicant_name, answers.authority, answers.authority_name) == ("Jan Anders", None, "Torhout")
    assert "applicant_name" not in fields
