"""What is found in a mail meets what was answered: the user's own stays, and no number goes to another."""

from __future__ import annotations

import pytest

from ccinc_wizard.content.mail_words import ReadingWords
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.domain.mail.parts import Notice, NoticeKind
from ccinc_wizard.domain.mail.reading import Fate, MailField, take_over
from ccinc_wizard.domain.municipalities import Municipalities
from ccinc_wizard.domain.questions import without
from ccinc_wizard.domain.register_number import MASK, Reason
from tests.mail.test_mails import EXAMPLES, Example, read

NUMBER = "84.03.12-999.38"
MAIL = f"Naam: Jan Peeters\nRijksregisternummer: {NUMBER}\nIk wil graag Invoerder worden.\nInrichtende macht: Stad Gent"
FIELDS = {
    MailField.APPLICANT_NAME: ("applicant_name", "Jan Peeters", "Lieve Eigen"),
    MailField.ROLE: ("role", Role.INVOERDER, Role.RAADPLEGER),
    MailField.AUTHORITY: ("authority", "vlaamse-gemeente", "agb"),
    MailField.AUTHORITY_NAME: ("authority_name", "Gent", "AGB De Kring"),
}


def test_an_empty_request_is_filled(catalog: Catalog, municipalities: Municipalities) -> None:
    taken = take_over(read(MAIL, catalog, municipalities), Answers(situation=Situation.MANUAL))
    assert taken.answers == Answers(
        Situation.MANUAL, "Jan Peeters", NUMBER, False, Role.INVOERDER, *("vlaamse-gemeente", "Gent")
    )
    assert taken.filled == set(MailField)


@pytest.mark.parametrize("field", FIELDS)
def test_what_the_user_answered_stays(field: MailField, catalog: Catalog, municipalities: Municipalities) -> None:
    name, found, own = FIELDS[field]
    reading = read(MAIL, catalog, municipalities)
    for answered, fate in ((own, Fate.KEPT), (found, Fate.SAME)):
        taken = take_over(reading, Answers()._replace(**{name: answered}))
        assert getattr(taken.answers, name) == answered
        assert taken.fates[field] is fate
        assert field not in taken.filled


@pytest.mark.parametrize(
    ("answers", "fate"),
    [
        (Answers(), Fate.FILLED),
        (Answers(situation=Situation.MANUAL), Fate.FILLED),
        (Answers(situation=Situation.FORM), Fate.NOT_NEEDED),
        (Answers(situation=Situation.FORM, number_wanted=True), Fate.FILLED),
        (Answers(situation=Situation.MANUAL, number_text=NUMBER), Fate.SAME),
        (Answers(situation=Situation.MANUAL, number_text="84"), Fate.KEPT),
        (Answers(situation=Situation.MANUAL, applicant_name="Peeters Jan"), Fate.FILLED),
        (Answers(situation=Situation.MANUAL, applicant_name="Lieve Eigen"), Fate.OTHER_PERSON),
    ],
)
def test_a_number_goes_only_where_it_is_asked_and_to_its_person(
    answers: Answers, fate: Fate, catalog: Catalog, municipalities: Municipalities
) -> None:
    taken = take_over(read(MAIL, catalog, municipalities), answers)
    assert taken.fates[MailField.REGISTER_NUMBER] is fate
    assert taken.answers.number_text == (NUMBER if fate is Fate.FILLED else answers.number_text)


def test_nobody_is_chosen_among_two(catalog: Catalog, municipalities: Municipalities) -> None:
    text = "Naam: Jan Peeters\nNaam: An Maes\nGraag toegang."
    taken = take_over(read(text, catalog, municipalities), Answers())
    assert taken.fates[MailField.APPLICANT_NAME] is Fate.OPEN
    assert taken.answers.applicant_name == ""


def test_fields_can_be_taken_out_again() -> None:
    answers = Answers(Situation.MANUAL, "Jan Peeters", NUMBER, False, NoChoice.UNKNOWN, "agb", "Gent")
    assert without(answers, MailField) == Answers(Situation.MANUAL)
    assert without(answers, []) == answers


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_every_line_and_remark_has_words(
    example: Example, language: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    reading, words = read(example.text, catalog, municipalities), ReadingWords(Texts(language), catalog)
    lines = words.lines(reading, take_over(reading, Answers()))
    assert [line.field for line in lines] == list(reading.found())
    for line in lines:
        assert line.name
        assert line.rules
        assert len(line.values) == 1 or line.fate == Texts(language)("reading.fate.open")
        if line.field is MailField.REGISTER_NUMBER:
            assert set(line.values) == {MASK}
    assert all(words.notice(notice) for notice in reading.notices)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_possible_remark_has_words(language: str, catalog: Catalog) -> None:
    words = ReadingWords(Texts(language), catalog)
    variants = {
        NoticeKind.NUMBER_WRONG: list(Reason),
        NoticeKind.OFFICIAL_NAME: ["former", "french"],
        NoticeKind.NO_REQUEST: ["withdrawn", "question"],
    }
    for kind in NoticeKind:
        for variant in variants.get(kind, [""]):
            assert words.notice(Notice(kind, variant=variant, values={"name": "x", "official": "y"}))
