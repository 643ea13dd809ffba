"""What asks for nothing: who takes back or refuses, who asks what a role is, who passes on what another wrote."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.mail.reading import Reading, read_mail, take_over
from ccinc_wizard.domain.municipalities import Municipalities
from tests.domain.numbers import TODAY
from tests.mail.test_line import said

TAKEN_BACK = """
    invoerder torhout annuleren | annuleer invoerder torhout | invoerder torhout geannuleerd | raadpleger gent annulatie
    invoerder torhout intrekken | trek invoerder torhout in | ingetrokken: raadpleger agb kortrijk
    toegang invoerder torhout stopzetten | invoerder torhout stoppen | recht invoerder gent schrappen
    invoerder torhout wissen | invoerder torhout verwijderen | invoerder torhout afzeggen | invoerder torhout blokkeren
    invoerder torhout mag weg | invoerder torhout afsluiten | invoerder torhout deactiveren | invoerder gent afnemen
    invoerder torhout beëindigen | invoerder torhout beeindigen | invoerder torhout opzeggen | raadpleger lier weghalen
    invoerder torhout ongedaan maken | weiger invoerder torhout | invoerder torhout afwijzen | afkeuren invoerder gent
    invoerder torhout uit dienst | raadpleger gent vertrokken | recht ontnemen invoerder gent
    annuler encodeur commune d'Ixelles | encodeur Ixelles annulation | supprimer lecteur Gand | retirer encodeur Gand
    encodeur Ixelles résilier | encodeur Ixelles resilier | désactiver lecteur Gand | arrêter encodeur Ixelles
    refuser encodeur Ixelles | bloquer lecteur Gand | révoquer encodeur Ixelles | retrait lecteur Ixelles
    cancel data entry Elsene | data entry Ghent cancelled | revoke viewer Ghent | withdraw data entry Ghent
    withdrawn data entry Ghent | remove viewer Ghent | delete viewer Ghent | deactivate viewer Ghent | stop viewer Ghent
    reject data entry Ghent | terminate viewer Ghent | undo data entry Ghent
"""
ASKED_ABOUT = """
    kan ik als raadpleger ook invullen? | kan ik als raadpleger ook invullen | mag een raadpleger invoeren?
    wat is een raadpleger? | wat mag een invoerder | wat doet een invoerder? | verschil invoerder raadpleger
    is invoerder nodig? | volstaat raadpleger? | waarom raadpleger torhout? | invoerder? torhout | ben ik invoerder?
    moet ik invoerder zijn om te kijken? | heeft een raadpleger toegang tot de cijfers? | welke rol, raadpleger?
    un lecteur peut-il encoder ? | est-ce que le lecteur peut aussi encoder ? | qu'est-ce qu'un lecteur ?
    quelle est la différence entre encodeur et lecteur | pourquoi lecteur ? | encodeur est-il nécessaire ?
    can a viewer also enter data? | what is data entry? | is read-only enough? | why viewer? | difference viewer reader
    does a viewer see the figures? | do you know if a viewer has access to the figures?
    un lecteur peut-il avoir accès aux chiffres ? | welke rechten heeft een raadpleger
    what can a viewer do with this access
"""
ASKED_FOR = {
    "kan ik invoerder worden torhout?": "invoerder",
    "mag ik toegang als raadpleger?": "raadpleger",
    "hoe word ik invoerder torhout?": "invoerder",
    "kan je mij invoerder maken?": "invoerder",
    "link voor invoerder torhout?": "invoerder",
    "invoerder torhout?": "invoerder",
    "puis-je avoir le rôle lecteur ?": "raadpleger",
    "pouvez-vous ajouter un encodeur ?": "invoerder",
    "can I get viewer access?": "raadpleger",
    "can you add a viewer?": "raadpleger",
    "please send the viewer link?": "raadpleger",
    "voor gent is raadpleger genoeg": "raadpleger",
    "raadpleger vzw De Proeflezer?": "raadpleger",
    "qui encode? lecteur Ixelles": "raadpleger",
    "La Ferme l'acteur économique lecteur": "raadpleger",
    "economische actor De Weg raadpleger": "raadpleger",
}

CALLED_SO = """
    invoerder An De Block torhout | raadpleger Jan Blok gent | invoerder Deletter torhout | invoerder AGB De Blokfluit
    invoerder Wim Schrapen leuven | An Blockx invoerder Gent | invoerder Els Stoppelaere | lecteur Lies Retirel Gand
    invoerder Jan Weigers gent | raadpleger Els Cancellier gent | viewer Tom Removens Ghent | invoerder Blokland gent
"""
"""People and houses whose names begin as a word of refusal does."""


def _each(rows: str) -> list[str]:
    return [one.strip() for line in rows.strip().splitlines() for one in line.split("|")]


def _told(reading: Reading) -> list[str]:
    return [notice.variant for notice in reading.notices if notice.kind == "no_request"]


def _read(text: str, catalog: Catalog, municipalities: Municipalities) -> Reading:
    return read_mail(text, today=TODAY, catalog=catalog, municipalities=municipalities)


@pytest.mark.parametrize("line", _each(TAKEN_BACK))
def test_a_line_that_takes_back_answers_nothing(line: str, catalog: Catalog, municipalities: Municipalities) -> None:
    read = said(line, catalog, municipalities)
    assert read.onto(Answers()) == (Answers(), frozenset())
    assert _told(read.reading) == ["withdrawn"]


@pytest.mark.parametrize("line", _each(CALLED_SO))
def test_a_name_takes_nothing_back(line: str, catalog: Catalog, municipalities: Municipalities) -> None:
    read = said(line, catalog, municipalities)
    assert read.onto(Answers())[0].role is not None
    assert _told(read.reading) == []


@pytest.mark.parametrize("line", _each(ASKED_ABOUT))
def test_a_question_about_a_role_is_no_answer(line: str, catalog: Catalog, municipalities: Municipalities) -> None:
    read = said(line, catalog, municipalities)
    assert read.onto(Answers())[0].role is None
    assert _told(read.reading) == ["question"]


@pytest.mark.parametrize(("line", "role"), ASKED_FOR.items())
def test_who_asks_for_a_role_may_do_so_in_a_question(
    line: str, role: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    read = said(line, catalog, municipalities)
    assert read.onto(Answers())[0].role == role
    assert _told(read.reading) == []


# what is filled in of a mail: role, authority's name, applicant; and the remark
MAILS = {
    "Kan ik als raadpleger ook invullen? Wij zijn Stad Gent.\n\nJan Claes": ("", "Gent", "Jan Claes", "question"),
    "Wat is het verschil tussen een invoerder en een raadpleger?\n\nGroeten\nJan Claes": (
        "",
        "",
        "Jan Claes",
        "question",
    ),
    "Est-ce que le lecteur voit les chiffres ?\n\nCordialement\nLuc Martin": ("", "", "Luc Martin", "question"),
    "Is data entry enough?\n\nRegards\nJohn Peters": ("", "", "John Peters", "question"),
    "Mag ik raadpleger worden? Wat doet een invoerder?\n\nGroeten\nJan Claes": ("raadpleger", "", "Jan Claes", ""),
    "Pourrais-je avoir le rôle de lecteur ?\n\nCordialement\nLuc Martin": ("raadpleger", "", "Luc Martin", ""),
    "Can I get read-only access?\n\nRegards\nJohn Peters": ("raadpleger", "", "John Peters", ""),
    # taken back: nothing is filled in, unless a role is asked for besides
    "Gelieve de aanvraag als invoerder voor stad Gent te annuleren.\n\nGroeten\nJan Claes": ("", "", "", "withdrawn"),
    "Mijn aanvraag voor raadpleger mag geannuleerd worden.\n\nGroeten\nJan Claes": ("", "", "", "withdrawn"),
    "Trek de aanvraag als raadpleger maar in.\n\nGroeten\nJan Claes": ("", "", "", "withdrawn"),
    "Merci de supprimer l'accès de la commune d'Ixelles.\n\nCordialement\nLuc Martin": ("", "", "", "withdrawn"),
    "Please cancel my request for the city of Ghent.\n\nRegards\nJohn Peters": ("", "", "", "withdrawn"),
    "Trek mijn rol in bij stad Gent. Ik word raadpleger.\n\nGroeten\nJan Claes": (
        "raadpleger",
        "Gent",
        "Jan Claes",
        "withdrawn",
    ),
    "Ik word raadpleger bij stad Gent, de rol van invoerder mag weg.\n\nGroeten\nJan Claes": (
        "raadpleger",
        "Gent",
        "Jan Claes",
        "withdrawn",
    ),
    "Ik wil toegang als invoerder.\n\nGroeten\nJan Claes\n\nKreeg u dit per vergissing, dan is elke toegang verboden: "
    "gelieve hem te verwijderen.": ("invoerder", "", "Jan Claes", ""),
    "I want data entry access.\n\nRegards\nJohn Peters\n\nIf you are not the recipient, any access is forbidden, "
    "please delete it.": ("invoerder", "", "John Peters", ""),
    "Gelieve mij uit de nieuwsbrief te verwijderen. Graag toegang als raadpleger.\n\nGroeten\nJan Claes": (
        "raadpleger",
        "",
        "Jan Claes",
        "",
    ),
    # who somebody is says nothing of anybody else; that a colleague gets access does, whatever one wishes oneself
    "Dag,\n\nIk ben medewerker bij Gent.\n\nGroeten\nJan Claes": ("", "", "Jan Claes", ""),
    "Hello,\n\nI am an employee of Ghent.\n\nRegards\nJohn Peters": ("", "", "John Peters", ""),
    "Ik zou het fijn vinden mocht mijn collega toegang krijgen.\n\nGroeten\nJan Claes": ("", "", "", ""),
    "I would be glad if my colleague had access.\n\nRegards\nJohn Peters": ("", "", "", ""),
    "Graag toegang voor mijn\ncollega.\n\nGroeten\nJan Claes": ("", "", "", ""),
    "Please give read-only access to my\ncolleague.\n\nRegards\nJohn Peters": ("raadpleger", "", "", ""),
    "In opdracht van de burgemeester zou ik toegang willen als invoerder.\n\nGroeten\nJan Claes": (
        "invoerder",
        "",
        "",
        "",
    ),
    "On behalf of the mayor I would like data entry access.\n\nRegards\nJohn Peters": ("invoerder", "", "", ""),
    "Hij begint morgen bij stad Gent. Graag toegang als raadpleger.\n\nGroeten\nJan Claes": (
        "raadpleger",
        "Gent",
        "",
        "",
    ),
    "Elle commence lundi. Merci de donner un accès lecteur.\n\nCordialement\nLuc Martin": ("raadpleger", "", "", ""),
    # "Ben" is a first name too
    "Ben invoerder bij stad Gent.\n\nGroeten\nJan Claes": ("invoerder", "Gent", "Jan Claes", ""),
    # of the figures alone
    "Vanaf volgende maand vullen wij de cijfers in voor stad Gent.\n\nGroeten\nJan Claes": (
        "",
        "Gent",
        "Jan Claes",
        "",
    ),
    "Nous introduirons les chiffres dès janvier.\n\nCordialement\nLuc Martin": ("", "", "Luc Martin", ""),
    "Tot morgen op de vergadering in Gent.\n\nGroeten\nJan Claes": ("", "", "", ""),
    # passed on: who sends it is nobody's applicant
    "Zie bijlage, kan jij dit doen?\n\nGroeten\nJan Claes": ("", "", "", ""),
    "Zie bijlage voor de toegang als invoerder, kan jij dit doen?\n\nGroeten\nJan Claes\nStad Gent": (
        "invoerder",
        "Gent",
        "",
        "",
    ),
    "FYI\n\nGroeten\nJan Claes": ("", "", "", ""),
    "Ter info.\n\nMvg\nJan Claes": ("", "", "", ""),
    "Wil jij dit ticket opnemen? Iemand van het centrum vraagt raadpleger.\n\nMvg\nJan Claes": (
        "raadpleger",
        "",
        "",
        "",
    ),
    "Ik stuur deze vraag over raadpleger even door.\n\nMvg\nJan Claes": ("raadpleger", "", "", ""),
    "Kan je hier even naar kijken?\n\nMvg\nJan Claes": ("", "", "", ""),
    "Voir pièce jointe, tu peux t'en charger ?\n\nCordialement\nLuc Martin": ("", "", "", ""),
    "Je te transfère la demande d'accès (lecteur).\n\nCordialement\nLuc Martin": ("raadpleger", "", "", ""),
    "See attached, can you handle this?\n\nRegards\nJohn Peters": ("", "", "", ""),
    "Forwarding this request for data entry.\n\nRegards\nJohn Peters": ("invoerder", "", "", ""),
    # asked for another: "as ... for my colleague" does not say what the writer is
    "Graag toegang als raadpleger voor mijn collega.\n\nGroeten\nJan Claes": ("raadpleger", "", "", ""),
    "Graag het recht als invoerder aan onze nieuwe medewerker geven.\n\nGroeten\nJan Claes": ("invoerder", "", "", ""),
    "Accès comme lecteur pour ma collègue svp.\n\nCordialement\nLuc Martin": ("raadpleger", "", "", ""),
    "Read-only access as viewer for my colleague please.\n\nRegards\nJohn Peters": ("raadpleger", "", "", ""),
    "Als medewerker van het centrum wil ik raadpleger worden.\n\nMvg\nJan Claes": ("raadpleger", "", "Jan Claes", ""),
    # a request of one's own, however it is sent
    "In bijlage mijn aanvraag voor toegang. Kan jij dit in orde brengen?\n\nMvg\nJan Claes": ("", "", "Jan Claes", ""),
    "Ik moet de cijfers invoeren in CCinC. Kan jij dit doen?\n\nMvg\nJan Claes": ("invoerder", "", "Jan Claes", ""),
    "Graag toegang als raadpleger. Kan jij dit in orde brengen?\n\nMvg\nJan Claes": ("raadpleger", "", "Jan Claes", ""),
    "Accès lecteur svp. Tu peux t'en charger ?\n\nCordialement\nLuc Martin": ("raadpleger", "", "Luc Martin", ""),
    "Viewer access please. Can you handle this?\n\nRegards\nJohn Peters": ("", "", "John Peters", ""),
    "Graag de beide rollen.\n\nMvg\nJan Claes": ("", "", "Jan Claes", ""),
    "Kan jij mij toegang geven tot CCinC?\n\nMvg\nJan Claes": ("", "", "Jan Claes", ""),
    "Ci-joint ma demande d'accès.\n\nCordialement\nLuc Martin": ("", "", "Luc Martin", ""),
}


@pytest.mark.parametrize(("text", "right"), MAILS.items())
def test_a_mail_that_asks_for_nothing_fills_in_nothing(
    text: str, right: tuple[str, ...], catalog: Catalog, municipalities: Municipalities
) -> None:
    reading = _read(text, catalog, municipalities)
    answers = take_over(reading, Answers()).answers
    told = (*_told(reading), "")[0]
    assert (str(answers.role or ""), answers.authority_name, answers.applicant_name, told) == right


def test_a_number_beside_what_is_taken_back_or_passed_on_is_nobodys(
    catalog: Catalog, municipalities: Municipalities
) -> None:
    number = "85.07.30-033.28"
    away = f"Gelieve de toegang van Jan Claes ({number}) als invoerder te verwijderen."
    assert take_over(_read(away, catalog, municipalities), Answers()).answers == Answers()
    for own in ("Zie bijlage, ik wens toegang als invoerder.", "See attached: I need data entry access."):
        text = f"{own} Rijksregisternummer {number}.\n\nGroeten\nJan Claes"
        assert take_over(_read(text, catalog, municipalities), Answers()).answers.applicant_name == "Jan Claes"
    for passed in ("Zie bijlage, kan jij dit doen?", "Voir ci-joint.", "See below."):
        text = f"{passed} Rijksregisternummer {number}.\n\nGroeten\nJan Claes"
        assert take_over(_read(text, catalog, municipalities), Answers()).answers.applicant_name == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dag,\nWij zijn stad Gent. Gelieve de aanvraag als invoerder te annuleren.\n\nJan Claes", "annuleren"),
        ("Bonjour,\nNous sommes à Ixelles. Merci de retirer mes droits.\n\nLuc Martin", "retirer"),
        ("Hello,\nWe are in Ghent. Please revoke my access today.\n\nJohn Peters", "revoke"),
    ],
)
def test_the_words_that_take_back_are_told_where_they_stand(
    text: str, words: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    (told,) = [notice for notice in _read(text, catalog, municipalities).notices if notice.kind == "no_request"]
    assert told.span
    assert (text[told.span.start : told.span.end], told.values) == (words, {"name": words})


def test_the_words_of_a_line_that_take_back_are_told_where_they_stand(
    catalog: Catalog, municipalities: Municipalities
) -> None:
    line = "raadpleger gent annuleren"
    (told,) = said(line, catalog, municipalities).notices
    assert told.span
    assert line[told.span.start : told.span.end] == "annuleren"
