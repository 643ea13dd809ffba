"""A few words on one line: what each says, in three languages; what is not plain stays open, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest

from ccinc_wizard.content.list_words import ListWords
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import Role, Situation
from ccinc_wizard.domain.mail.line import LineReading, read_line
from ccinc_wizard.domain.mail.reading import read_mail
from ccinc_wizard.domain.municipalities import Municipalities
from ccinc_wizard.domain.register_number import MASK

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
    # a name beside a kind, and what is none: a small word, a legal form by itself, what a comma parts from it
    "brusselse gemeente De Kring raadpleger": ("", "raadpleger", "brusselse-gemeente", "De Kring"),
    "economische actor ? De Werf aan Torhout": ("", "", "economische-actor", "De Werf"),
    "les Zaal autonoom gemeentebedrijf vzw": ("", "", "agb", "les Zaal autonoom gemeentebedrijf"),
    "De Lijn , vlaamse gemeente Zwin": ("", "", "vlaamse-gemeente", "Zwin"),
    "asbl vlaamse gemeente inrichtende macht zaal De Kring": ("", "", "vlaamse-gemeente", "zaal De Kring"),
    "vlaamse gemeente De Kring Nieuwe AGB": ("", "", "", ""),
    "manueel les brusselse gemeente": ("manual", "", "brusselse-gemeente", ""),
    "vzw ; van de vlaamse gemeente La": ("", "", "vlaamse-gemeente", ""),
    "autonoom gemeentebedrijf vzw": ("", "", "agb", ""),
    "'t AGB La vzw": ("", "", "agb", ""),
    "De Kring Els vrienden De Lijn agb": ("", "", "agb", ""),
    "agb 8820 graag": ("", "", "agb", "AGB Torhout"),
    "ea podium denkbeeld, kortrijk": ("", "", "economische-actor", "podium denkbeeld"),
    "kortrijk, podium denkbeeld economische actor": ("", "", "economische-actor", "podium denkbeeld"),
    "ea podium vzw torhout": ("", "", "economische-actor", "podium vzw"),
    "La Ferme l'acteur économique lecteur": ("", "raadpleger", "economische-actor", "La Ferme"),
    "wil de cijfers kunnen bekijken economische actor": ("", "raadpleger", "economische-actor", ""),
    # a legal form in brackets ends a name, a place in them parts it from what may be its end
    "De Werf (vzw) raadpleger": ("", "raadpleger", "", "De Werf (vzw)"),
    "raadpleger De Kring (AGB), form": ("form", "raadpleger", "agb", "De Kring (AGB)"),
    "asbl (Brussel) De Lijn graag": ("", "", "", ""),
    "(De Werf) vzw": ("", "", "", ""),
    "(De Werf) (vzw)": ("", "", "", ""),
    "(De Werf vzw)": ("", "", "", "De Werf vzw"),
    "De Werf (vzw": ("", "", "", ""),
    # as people write it: with signs between, in capitals, with dots, with a greeting, with words for what one may do
    "raadpleger/agb/kortrijk/manueel": ("manual", "raadpleger", "agb", "AGB Kortrijk"),
    "invoerder=torhout": ("", "invoerder", "", "Torhout"),
    "raadpleger_agb_kortrijk": ("", "raadpleger", "agb", "AGB Kortrijk"),
    "RAADPLEGER A.G.B. KORTRIJK": ("", "raadpleger", "agb", "AGB Kortrijk"),
    "lecteur R.C.A. Courtrai": ("", "raadpleger", "agb", "AGB Kortrijk"),
    "invoerders torhout": ("", "invoerder", "", "Torhout"),
    "dag, invoerder torhout aub, groeten": ("", "invoerder", "", "Torhout"),
    "bonjour, envoyez le lien encodeur Ixelles, merci": ("form", "invoerder", "", "Elsene"),
    "please send the link for a viewer of Bruges, thanks": ("form", "raadpleger", "", "Brugge"),
    "ik wil invoerder worden voor torhout": ("", "invoerder", "", "Torhout"),
    "rol: invoerder, organisatie: AGB Torhout": ("", "invoerder", "agb", "AGB Torhout"),
    "cijfers invullen torhout formulier": ("form", "invoerder", "", "Torhout"),
    "leesrechten stad brugge formulier": ("form", "raadpleger", "vlaamse-gemeente", "Brugge"),
    "droit d’encodage ville de Gand": ("", "invoerder", "vlaamse-gemeente", "Gent"),
    "lecture seule Gand, j’attribue moi-même": ("manual", "raadpleger", "", "Gent"),
    "view only bruges, grant it myself": ("manual", "raadpleger", "", "Brugge"),
    "ea raadpleger link": ("form", "raadpleger", "economische-actor", ""),
    "invoerder vl. gemeente torhout": ("", "invoerder", "vlaamse-gemeente", "Torhout"),
    "lecteur commune de Molenbeek": ("", "raadpleger", "brusselse-gemeente", "Sint-Jans-Molenbeek"),
    "encodeur commune de Boitsfort": ("", "invoerder", "brusselse-gemeente", "Watermaal-Bosvoorde"),
    "lecteur bxl ville": ("", "raadpleger", "brusselse-gemeente", "Brussel"),
    "invoerder bxl": ("", "invoerder", "", "Brussel"),
    "encodeur Crainhem commune": ("", "invoerder", "vlaamse-gemeente", "Kraainem"),
    "lecteur commune de Woluwe": ("", "raadpleger", "", ""),
    "faciliteitengemeente kraainem invoerder": ("", "invoerder", "vlaamse-gemeente", "Kraainem"),
    # as the choices themselves say it, and what one is about to do
    "Ik ken het recht zelf toe, raadpleger stad gent": ("manual", "raadpleger", "vlaamse-gemeente", "Gent"),
    "J’attribue le droit moi-même, lecteur ville de Gand": ("manual", "raadpleger", "vlaamse-gemeente", "Gent"),
    "I grant the right myself, viewer city of Ghent": ("manual", "raadpleger", "vlaamse-gemeente", "Gent"),
    "goedkeuren: CCinC invoerder gemeente schaarbeek": ("task", "invoerder", "brusselse-gemeente", "Schaarbeek"),
    "à approuver, lecteur ville de Gand": ("task", "raadpleger", "vlaamse-gemeente", "Gent"),
    "approve viewer city of Ghent": ("task", "raadpleger", "vlaamse-gemeente", "Gent"),
    # an organisation's own name, and not the words beside it
    "Raadpleger De Werf Vzw Formulier": ("form", "raadpleger", "", "De Werf Vzw"),
    "RAADPLEGER VZW DE WERF FORMULIER": ("form", "raadpleger", "", "VZW DE WERF"),
    "AGB De Kring Raadpleger Link": ("form", "raadpleger", "agb", "AGB De Kring"),
    "INVOERDER AGB": ("", "invoerder", "agb", ""),
    # joined by a hyphen, and with a slip in a long word
    "invoerder-torhout": ("", "invoerder", "", "Torhout"),
    "invoerder-sint-niklaas": ("", "invoerder", "", "Sint-Niklaas"),
    "raadpleger-agb-kortrijk-manueel": ("manual", "raadpleger", "agb", "AGB Kortrijk"),
    "raadpleger\\gent": ("", "raadpleger", "", "Gent"),
    "invoeder torhout": ("", "invoerder", "", "Torhout"),
    "raadplger stad gent": ("", "raadpleger", "vlaamse-gemeente", "Gent"),
    "encodeurr ixelles": ("", "invoerder", "", "Elsene"),
    "fomulier handmatg": ("", "", "", ""),
    "goedkeurn raadpleger gent": ("task", "raadpleger", "", "Gent"),
    # two slips are another word, and so is one in two words
    "invoering torhout": ("", "", "", ""),
    "encadreur Ixelles": ("", "", "", ""),
    "mijn zaken raadpleger gent": ("", "raadpleger", "", "Gent"),
    # a hyphen parts only what is known by itself
    "raadpleger ea Aan-de-Leie": ("", "raadpleger", "economische-actor", "Aan-de-Leie"),
    "raadpleger agb kring-jan-peeters": ("", "raadpleger", "agb", "agb kring-jan-peeters"),
    # a place behind a legal form is where it lies, also a company's that is written apart
    "economische actor Podium vzw Torhout": ("", "", "economische-actor", "Podium vzw"),
    "acteur économique La Ferme asbl Ixelles lecteur": ("", "raadpleger", "economische-actor", "La Ferme asbl"),
    "La Ferme asbl Ixelles acteur économique": ("", "", "economische-actor", "La Ferme asbl"),
    "economic actor The Mill vzw Ghent viewer": ("", "raadpleger", "economische-actor", "The Mill vzw"),
    "de werf vzw gent raadpleger": ("", "raadpleger", "", "de werf vzw"),
    "raadpleger de werf vzw, 9000 gent": ("", "raadpleger", "", "de werf vzw"),
    "De Werf vzw An Peeters raadpleger": ("", "raadpleger", "", "De Werf vzw"),
    "Directeur AGB Torhout": ("", "", "agb", "AGB Torhout"),
    "autonoom gemeente bedrijf torhout": ("", "", "agb", "AGB Torhout"),
    "torhout, de werf economische actor": ("", "", "economische-actor", "de werf"),
    # a number beside a place, which is no word of its name
    "invoerder torhout 0470 12 34 56": ("", "invoerder", "", "Torhout"),
    "invoerder torhout gsm +32 470 12 34 56": ("", "invoerder", "", "Torhout"),
    "invoerder torhout KBO 0207.494.678": ("", "invoerder", "", "Torhout"),
    "raadpleger agb lier BE0207.500.321": ("", "raadpleger", "agb", "AGB Lier"),
    "raadpleger torhout BE 0207.500.321": ("", "raadpleger", "", "Torhout"),
    "invoerder torhout tot 31.12.2027": ("", "invoerder", "", "Torhout"),
    "invoerder theater 44 gent": ("", "invoerder", "", ""),
    "invoerder torhout voor an de smet": ("", "invoerder", "", "Torhout"),
    "encodeur ixelles pour luc martin": ("", "invoerder", "", "Elsene"),
    "warande voor torhout invoerder": ("", "invoerder", "", ""),
    # both, either, none, and what is to be taken away
    "invoerder allebei torhout": ("", "", "", "Torhout"),
    "beide rollen stad gent": ("", "", "vlaamse-gemeente", "Gent"),
    "lecteur les deux rôles ixelles": ("", "", "", "Elsene"),
    "both roles, city of ghent": ("", "", "vlaamse-gemeente", "Gent"),
    "gemeente of agb torhout invoerder": ("", "invoerder", "", ""),
    "agb of stad lier invoerder": ("", "invoerder", "", ""),
    "commune ou rca d'ixelles": ("", "", "", ""),
    "brusselse vzw invoerder": ("", "invoerder", "", ""),
    "vzw invoerder torhout": ("", "invoerder", "", ""),
    "recht intrekken invoerder torhout": ("", "", "", ""),
    "brussels hoofdstedelijk gewest invoerder": ("", "invoerder", "", ""),
    # nothing is guessed
    "brusselse gemeente torhout raadpleger": ("", "raadpleger", "", "Torhout"),
    "commune flamande d'Ixelles lecteur": ("", "raadpleger", "", "Elsene"),
    "agb elsene vlaamse gemeente": ("", "", "", ""),
    "geen agb gemeente torhout invoerder": ("", "", "", "Torhout"),
    "invoerder niet voor agb maar gemeente torhout": ("", "", "", "Torhout"),
    "invoerder/raadpleger torhout": ("", "", "", "Torhout"),
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
    "gemeente invoerder torhout kortrijk": ("", "invoerder", "", ""),
    "warande in turnhout invoerder": ("", "invoerder", "", ""),
    "gemeente torhout kortrijk invoerder": ("", "invoerder", "vlaamse-gemeente", ""),
    "OCMW gemeente torhout raadpleger": ("", "raadpleger", "", ""),
    "naam: Jan Gent raadpleger": ("", "raadpleger", "", ""),
    # by what only a mail says
    "wil de cijfers kunnen bekijken torhout": ("", "raadpleger", "", "Torhout"),
    "Inrichtende macht: Gent": ("", "", "vlaamse-gemeente", "Gent"),
    "Inrichtende macht: OCMW Genk": ("", "", "none", "OCMW Genk"),
    "warande gemeente torhout invoerder": ("", "invoerder", "vlaamse-gemeente", "Torhout"),
    "vlaamse gemeente agb torhout": ("", "", "", ""),
    # small words and dots
    "invoerder as": ("", "invoerder", "", "As"),
    "e.a. raadpleger link": ("form", "raadpleger", "economische-actor", ""),
    "mijn.taken raadpleger torhout": ("task", "raadpleger", "", "Torhout"),
    "invoerder vl.gemeente torhout": ("", "invoerder", "vlaamse-gemeente", "Torhout"),
    "vzw Podium Torhout raadpleger": ("", "raadpleger", "", "vzw Podium Torhout"),
    "economische actor de werf vzw": ("", "", "economische-actor", "de werf vzw"),
    "ECONOMISCHE ACTOR DE WERF VZW": ("", "", "economische-actor", "DE WERF VZW"),
    "economische actor: De Werf": ("", "", "economische-actor", "De Werf"),
    "economische actor 'De Werf' raadpleger": ("", "raadpleger", "economische-actor", "De Werf"),
    "raadpleger voor economische actor van de brug": ("", "raadpleger", "economische-actor", "de brug"),
    "vzw de werf economische actor": ("", "", "economische-actor", "vzw de werf"),
    "E.A. v.z.w. de werf": ("", "", "economische-actor", "v.z.w. de werf"),
    "invoerder, ea, de werf": ("", "invoerder", "economische-actor", "de werf"),
    "invoerder ea de werf vzw aub": ("", "invoerder", "economische-actor", "de werf vzw"),
    "ea podium lier vzw": ("", "", "economische-actor", "podium lier vzw"),
    "economische actor Podium Lier vzw.": ("", "", "economische-actor", "Podium Lier vzw"),
    "raadpleger ea 't gasthuis manueel": ("manual", "raadpleger", "economische-actor", "'t gasthuis"),
    "acteur économique de la ferme asbl encodeur": ("", "invoerder", "economische-actor", "la ferme asbl"),
    "asbl la ferme acteur economique": ("", "", "economische-actor", "asbl la ferme"),
    "reader economic actor the old mill": ("", "raadpleger", "economische-actor", "the old mill"),
    "het gasthuis vzw": ("", "", "", "het gasthuis vzw"),
    "agb de werf raadpleger": ("", "raadpleger", "agb", "agb de werf"),
    "brusselse gemeente elsene": ("", "", "brusselse-gemeente", "Elsene"),
    "vlaamse gemeente nieuwstad": ("", "", "vlaamse-gemeente", "nieuwstad"),
    "agb lier": ("", "", "agb", "AGB Lier"),
    "wij zijn een vzw": ("", "", "", ""),
    "vzw te brussel": ("", "", "", ""),
    "geen economische actor de werf": ("", "", "", ""),
    "ea raadpleger jan peeters": ("", "raadpleger", "economische-actor", ""),
    "ea ocmw de werf": ("", "", "", ""),
    # a place or an organisation and somebody's name: the one is taken, the other told
    "ea de werf jan peeters": ("", "", "economische-actor", "de werf"),
    "invoerder ea de werf jan peeters": ("", "invoerder", "economische-actor", "de werf"),
    "Invoerder EA vzw De Werf Jan Peeters": ("", "invoerder", "economische-actor", "vzw De Werf"),
    "agb de kring marie dubois": ("", "", "agb", "agb de kring"),
    "acteur économique la ferme marie dubois encodeur": ("", "invoerder", "economische-actor", "la ferme"),
    "economic actor the old mill john smith reader": ("", "raadpleger", "economische-actor", "the old mill"),
    "raadpleger agb kortrijk jean-pierre dupont": ("", "raadpleger", "agb", "AGB Kortrijk"),
    "raadpleger gent els van den berg": ("", "raadpleger", "", "Gent"),
    "jan peeters de werf ea": ("", "", "economische-actor", ""),
    "jan peeters ea raadpleger": ("", "raadpleger", "economische-actor", ""),
    "de werf jan peeters torhout raadpleger": ("", "raadpleger", "", ""),
    "De Werf Jan Peeters, ea De Brug Els Maes": ("", "", "economische-actor", "De Brug"),
    "De Werf Jan Peeters, De Brug ea raadpleger": ("", "raadpleger", "economische-actor", "De Brug"),
    "jan vzw de werf economische actor raadpleger": ("", "raadpleger", "economische-actor", ""),
    "brusselse gemeente Jan form": ("form", "", "brusselse-gemeente", ""),
    "viewer as jan peeters": ("", "raadpleger", "", ""),
    # names of their own, with somebody's in them
    "ea zaal jan palfijn": ("", "", "economische-actor", "zaal jan palfijn"),
    "ea vrienden van jan peeters": ("", "", "economische-actor", "vrienden van jan peeters"),
    "ea centrum sint jan berchmans": ("", "", "economische-actor", "centrum sint jan berchmans"),
    "ea vrienden and jan peeters": ("", "", "economische-actor", "vrienden and jan peeters"),
    "ea De Zwarte Jan raadpleger": ("", "raadpleger", "economische-actor", "De Zwarte Jan"),
    "vzw jan palfijn raadpleger": ("", "raadpleger", "", "vzw jan palfijn"),
    "manueel jan palfijn agb": ("manual", "", "agb", "jan palfijn agb"),
    "De Brug, Jan Palfijn AGB raadpleger": ("", "raadpleger", "agb", "Jan Palfijn AGB"),
    "ea de werf jan peeters vzw": ("", "", "economische-actor", "de werf jan peeters vzw"),
    # two places of two regions leave the type open too
    "commune d'Ixelles ville de Courtrai lecteur": ("", "raadpleger", "", ""),
    "ville de Courtrai Ixelles lecteur": ("", "raadpleger", "", ""),
    "gemeente Elsene stad Kortrijk raadpleger": ("", "raadpleger", "", ""),
    "municipality of Ixelles city of Ghent viewer": ("", "raadpleger", "", ""),
    "brusselse gemeente elsene gemeente kortrijk": ("", "", "", ""),
    "gemeente elsene 8500 raadpleger": ("", "raadpleger", "", ""),
}
LOST = {
    "Ik stuur de aanvrager de link naar het webformulier, raadpleger": "",
    "Une demande attend dans « Mijn taken » (mes tâches), lecteur": "",
    "type: AGB, plaats: Kortrijk, situatie: manueel": "",
    "role: viewer; type: AGB; place: Kortrijk; situation: manual": "",
    # a number that is not taken over is told without a digit
    "85.07.30-033.2 raadpleger manueel": MASK,
    "850730033281 raadpleger manueel": MASK,
    "8 5 0 7 3 0 0 3 3 2 8 raadpleger": MASK,
    "rrn 85.07.30-033.2 raadpleger": "",
    f"{NUMBER} en 93.05.18-223.61 raadpleger": "",
    "invoerder torhout kortrijk": "torhout kortrijk",
    "De Lijn , vlaamse gemeente Zwin": "Lijn",
    "les Zaal autonoom gemeentebedrijf vzw": "vzw",
    "De Kring Els vrienden De Lijn agb": "Kring Els vrienden Lijn",
    "invoerder de warande turnhout": "warande turnhout",
    "raadpleger torhuot": "torhuot",
    "lecteur Woluwe": "Woluwe",
    "invoerder torhout 24/11/2026": "24/11/2026",
    "https://www.voorbeeld.be invoerder": "https://www.voorbeeld.be",
    f"lieve voorbeeldt raadpleger gemeente torhout {NUMBER}": "lieve voorbeeldt",
    "invoerder torhout, kortrijk": "torhout kortrijk",
    "jansens/invoerder/pietersen": "jansens pietersen",
    "naam: Jan Gent raadpleger": "Jan Gent",
    "Ik wil ook een tweede module": "ook tweede module",
    "economische actor de werf vzw torhout": "torhout",
    "an vraagt invoerder agb lier": "an vraagt",
    "torhout, de werf economische actor": "torhout",
    "de werf vzw gent raadpleger": "gent",
    "invoerder gemeente torhout en lier": "gemeente torhout en lier",
    "raadpleger.gent": "raadpleger.gent",
    "invoerder torhout 0470 12 34 56": "0470 12 34 56",
    "raadpleger agb kortrijk manueel": "",
    "DE WERF VZW RAADPLEGER": "",
    "invoerder ea de werf jan peeters": "jan peeters",
    "raadpleger agb kortrijk marie dubois": "marie dubois",
    "jan peeters ea raadpleger": "jan peeters",
    "brusselse gemeente Jan form": "Jan",
    "De Werf (vzw) raadpleger": "",
    "weet ik niet raadpleger": "weet niet",
    "vlaamse gemeente, invoerder torhout kortrijk": "torhout kortrijk",
    "commune d'Ixelles ville de Courtrai lecteur": "commune d'Ixelles ville de Courtrai",
    f"naam: Lieve Voorbeeldt, rrn: {NUMBER}, rol: invoerder, gemeente torhout": "",
}


def said(text: str, catalog: Catalog, municipalities: Municipalities) -> LineReading:
    words = ListWords(Texts("nl"), catalog).vocabulary
    read = partial(read_mail, today=TODAY, catalog=catalog, municipalities=municipalities)
    return read_line(text, read, vocabulary=words, catalog=catalog, municipalities=municipalities)


@pytest.mark.parametrize(("text", "right"), SAID.items())
def test_a_line_says_what_its_words_say_and_no_more(
    text: str, right: tuple[str, ...], catalog: Catalog, municipalities: Municipalities
) -> None:
    answers, fields = said(text, catalog, municipalities).onto(Answers())
    found = (answers.situation, answers.role, answers.authority, answers.authority_name)
    assert tuple(str(value or "") for value in found) == right
    assert answers.role is None or isinstance(answers.role, Role)
    assert answers.applicant_name == ""
    names = ("situation", "role", "authority", "authority_name")
    assert fields == {name for name, value in zip(names, right, strict=True) if value}


def test_a_line_says_nothing_outright(catalog: Catalog, municipalities: Municipalities) -> None:
    """That counts between what rules of reading found; words of a line are all of one kind."""
    fields = said("invoerder AGB Torhout", catalog, municipalities).reading.found()
    assert len(fields) == 3
    assert not any(candidate.strong for found in fields.values() for candidate in found.candidates)


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
    for written in ("tel 0470 12 34 56", f"{NUMBER} 93.05.18-223.61", f"niet {NUMBER}"):
        answers, _ = said(f"manueel stad gent {written}", catalog, municipalities).onto(Answers())
        assert answers.number_text == ""


def test_of_several_lines_the_words_alone_say_nothing(catalog: Catalog, municipalities: Municipalities) -> None:
    read = said("torhout\nraadpleger manueel", catalog, municipalities)
    assert read.situation is None
    assert read.reading.authority_name is None


@pytest.mark.parametrize(
    "text",
    [
        "Inrichtende macht: stad Gent, stad Brugge",
        "Inrichtende macht: gemeentebestuur van Elsene en stad Kortrijk",
        "Pouvoir organisateur: commune d'Ixelles, ville de Courtrai",
        "Organising authority: municipality of Ixelles, city of Ghent",
        "Werkgever: gemeente Torhout / gemeente Lier",
        "Inrichtende macht: stad Gent; inrichtende macht: AGB Torhout",
        "Inrichtende macht: stad Gent, werkgever: vzw De Lindeboom",
    ],
)
def test_two_places_that_a_mail_calls_the_authority_leave_it_open(
    text: str, catalog: Catalog, municipalities: Municipalities
) -> None:
    read = read_mail(f"Dag,\n{text}\n", today=TODAY, catalog=catalog, municipalities=municipalities)
    assert read.authority_name is not None
    assert read.authority_name.value is None
    assert len(read.authority_name.candidates) == 2


def test_a_line_is_newer_than_what_was_chosen_but_not_than_a_person(
    catalog: Catalog, municipalities: Municipalities
) -> None:
    before = Answers(Situation.FORM, "Jan Anders", role=Role.INVOERDER, authority="agb", authority_name="AGB X")
    answers, fields = said(f"manueel raadpleger torhout {NUMBER}", catalog, municipalities).onto(before)
    assert (answers.situation, answers.role) == (Situation.MANUAL, Role.RAADPLEGER)
    assert (answers.applicant_name, answers.authority, answers.authority_name) == ("Jan Anders", None, "Torhout")
    assert "applicant_name" not in fields
    answers, fields = said("raadpleger", catalog, municipalities).onto(before)
    assert (answers.authority, answers.authority_name, fields) == ("agb", "AGB X", {"role"})
    answers, fields = said("kortrijk", catalog, municipalities).onto(before)
    assert (answers.situation, answers.role, answers.authority_name) == (Situation.FORM, Role.INVOERDER, "Kortrijk")
    answers, fields = said("economische actor", catalog, municipalities).onto(before)
    assert (answers.authority, answers.authority_name, fields) == ("economische-actor", "", {"authority"})


def test_a_line_of_more_than_14_words_is_a_sentence(catalog: Catalog, municipalities: Municipalities) -> None:
    line = "manueel torhout " + "graag " * 12
    assert said(line, catalog, municipalities).situation is Situation.MANUAL
    assert said(f"{line} graag", catalog, municipalities).situation is None
    line = line.replace("manueel", "web-formulier")
    assert said(line, catalog, municipalities).situation is Situation.FORM


@pytest.mark.parametrize(
    ("text", "notices"),
    [
        ("invoerder torhout", []),
        ("La Ferme asbl, Ixelles", [("unread", "", 15, {"name": "Ixelles"})]),
        ("invoerder Ixelles", [("official_name", "french", 10, {"name": "Ixelles", "official": "Elsene"})]),
        ("invoerder of raadpleger torhout", [("two_roles", "", 0, {})]),
        ("elsene kortrijk raadpleger", [("unread", "", 0, {"name": "elsene kortrijk"})]),
        ("agb ocmw torhout", [("two_authorities", "", 0, {}), ("unread", "", 9, {"name": "torhout"})]),
        ("invoerder torhuot", [("unread", "", 10, {"name": "torhuot"})]),
    ],
)
def test_what_one_should_know_of_a_line_is_told_once(
    text: str, notices: list[object], catalog: Catalog, municipalities: Municipalities
) -> None:
    found = said(text, catalog, municipalities).notices
    told = [(one.kind.value, one.variant, one.span.start if one.span else None, dict(one.values)) for one in found]
    assert told == notices
