"""What looks like somebody's name, and how far it goes in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ccinc_wizard.domain.folding import normalise, word_set
from ccinc_wizard.domain.mail.parts import Span

_TOKEN = re.compile(r"[^\W\d_][\w'\u0300-\u036f.\-]{0,40}")
PARTICLES = word_set(
    "van de der den ter ten vande vanden vander te het 't la le du des d' el al ben bin da di von zu y e"
)
_BEFORE_PARTICLE = word_set("op in onder")
"""With a capital the beginning of a surname that goes on: "Op de Beeck"."""
_FIRST_NAMES_TOO = word_set("ben al y e")
_NO_NAME = word_set(
    """
    ik wij we u uw je jij hij zij mijn onze ons dit dat deze die een geen en of maar met voor aan bij als ook nog wel
    niet alleen graag toegang recht rechten rol aanvraag invoerder raadpleger beheerder hoofd lokale administrator
    medewerker medewerkster collega directeur directrice coordinator coordinatrice voorzitter secretaris
    verantwoordelijke stafmedewerker diensthoofd dienst team helpdesk afdeling departement cultuur cultuurcentrum
    gemeenschapscentrum cultuurhuis theater schouwburg concertzaal centrum podium gemeente gemeentebestuur stad
    stadsbestuur provincie ocmw agb vzw asbl bv nv cv bvba stichting vgc autonoom gemeentebedrijf bestuur vrije tijd
    cc gc jeugd sport bibliotheek zaal huis inrichtende macht vlaamse vlaams brusselse brussels vlaanderen belgie ccinc
    cultuurmonitor cultuurcentra gebruikersbeheer taken webformulier beste dag geachte hallo goedemorgen goedemiddag
    groeten groetjes grtz groet bedankt dank vriendelijke hartelijke mvg maandag dinsdag woensdag donderdag vrijdag
    zaterdag zondag januari februari maart april mei juni juli augustus september oktober november december onbekend
    nieuw nieuwe oud oude tel gsm mail email e-mail nr nummer kbo btw rijksregisternummer rijksregister insz niss rrn
    rr ssin nrn registre nationaal personeel personeelsdienst
    informatica communicatie secretariaat onthaal boekhouding suis nous vous mon notre votre un une bonjour merci
    cordialement madame monsieur responsable service commune ville centre culturel culturelle culture maison
    communautaire equipe acces droit droits employe employee charge chargee administratrice administrateur
    collaborateur collaboratrice encodeur lecteur region flamande bruxelles pouvoir lundi mardi mercredi jeudi vendredi
    samedi dimanche janvier fevrier mars avril mai juin juillet aout octobre i you my our the a hello hi dear kind
    best regards thanks manager director head office cultural community house arts theatre access right rights user
    data entry read only new working looking writing municipality city monday tuesday wednesday thursday friday
    saturday sunday january february march june july august october responsible sent from verzonden vanaf envoye depuis
    iphone android outlook am pm telecharger get download kan kunnen mogen zou zouden moet moeten
    """
)
_ORGANISATION_BEGINNINGS = ("cultuur", "gemeente", "stads", "theater", "gemeenschaps", "concert", "muziek", "kunsten")
_ARTICLES = frozenset(("de", "het", "la", "le", "les"))
_FIRST_NAMES = word_set(
    """
    aaron adam adriaan agnes ahmed aisha alain alex alexander alexandre alfons alice aline amber amelie amina an andre
    andrea andy anja ann anna anne annelies annick anouk anton antoine antoon arne arno arnaud arthur astrid aurelie
    axelle bart bas beatrice ben benjamin benoit bernadette bernard bert bjorn bram brecht brigitte bruno camille
    carine carla carlos carmen caroline catherine cecile cedric celine chantal charles charlotte chloe chris christel
    christian christiane christine christophe claire claude claudia colette corinne cynthia dave david davy denis
    diane didier dieter dimitri dirk dominique dorien edith eddy elena eline elise elke ellen els elisabeth emile
    emilie emily emma eric erik erika ernst esther eva eveline evelien evi ewout fabienne fatima filip fien florian
    francis francois francoise frank franky frans frederic frederik freya fried geert georges gerard gerda gert gilles
    greet gregory griet guido guillaume guy hanna hanne hannah hans hassan heidi helene hendrik henk herman hilde
    hugo ibrahim ilse ine inge ingrid isabel isabelle ivan jaak jacqueline jacques james jan jana jasper jean jeanne
    jef jelle jennifer jeroen jessica jo joachim joanna johan johanna johanne john jolien jonas joost joris jos jose
    josee josephine jozef judith jules julie julien jurgen kaat karel karen karim karin karolien kathleen kathy katia
    katrien kelly kenny kevin khalid kim kimberly klaas koen kris kristel kristien kristof kurt lars laura laurence
    laurent laurette leen lena leo leon lien lies liesbet liesbeth lieselot lieve lies linda lisa lise lode lotte
    louis louise luc luca lucas lucie lucien lut lynn maarten mohamed mohammed manon marc marcel margot maria marianne
    marie marieke marijke marina mario marjan mark marleen martin martine mary mathias mathieu mathilde matthias
    maxime melanie melissa mia michael michel michele michelle mieke mike mila mireille mohammed monique muriel mustapha
    myriam nadia nadine nancy natacha nathalie nele nick nico nicolas nicole nina noa noah noor olivier omar pascal
    pascale patricia patrick paul paula peggy peter petra philippe piet pierre pieter rachid raf raphael rebecca
    rik rita rob robert robin roel roger roland romain ronny rosa rosette rudi rudy ruben ruth sabine sam samira
    samuel sandra sara sarah sebastien serge severine sien sigrid simon simone sofia sofie sonia sophie stefaan
    stefan stefanie steven stephane stephanie stijn susan suzanne sven sylvain sylvie tamara tania tatiana thibault
    thierry thomas tim tine tinne tom tony ulrike ute valerie vanessa veerle veronique vincent virginie walter
    werner wendy willem william willy wim wouter xavier yannick yasmina yolande youssef yves yvette yvonne zoe
    """
)
_STAND_IN = word_set(
    """
    volgt idem nvt zie nog niets niemand anoniem geheim unknown inconnu inconnue tbd tba zelfde dezelfde hetzelfde same
    meme hieronder bijlage onder boven volgende below above attached studio plan club groep box lokaal blok gebouw zone
    vraag vragen bel bellen mail contacteer contact cf via navragen check ask call see voir demander demandez appeler
    appelez contactez pas not wellicht misschien vermoedelijk waarschijnlijk maybe perhaps probably in op om door uit
    naar sinds dans sur avec chez
    """
)
"""What stands before or in place of a name that is not known, and what has a letter of its own."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,4}|[A-ZÀ-Þ](?:-[A-ZÀ-Þ])?")
_WORD = re.compile(r"[^\W\d_][^\W\d_.'’\-]*(?:[.'’\-]{1,2}[^\W\d_]+)*\.?(?<!\w\w\.)")
_LABELLED = re.compile(
    r"(?P<last>[^\W\d_][^,;|(/•*·<\t]{0,50}?)(?:,\s{0,3}(?P<first>[^\W\d_][^,;|(/•*·<\t]{0,30}?))?\s*(?=$|[,;|(/•*·<\t]|\s-\s|\s{3})"
)
_SECOND = re.compile(r"\s{1,2}[-–]\s{1,2}(?=(?:van|vande[nr]?|von)\s)", re.IGNORECASE)
"""Before the second half of a surname, which only begins so where it is no place and no house."""
_SHORT = 4
"""What has fewer letters, all of them capitals, may be an abbreviation."""
_MOST = 6
_TITLE = re.compile(r"(?:dr|ir|ing|drs|prof|mr|mevr|dhr|mme|mrs|ms)\.?\s{1,2}", re.IGNORECASE)


def one_name(text: str, start: int, *, reversed_too: bool = False) -> Span | None:
    """The name of at least two words that begins here, as far as it goes; None when none does.

    `reversed_too` takes "Peeters, Jan" as well. What begins with an article may be a house: that is no name here.
    """
    quoted = start + (text[start : start + 1] in ('"', "'"))
    title = _TITLE.match(text, quoted)
    tokens = _tokens(text, title.end() if title else quoted, commas=reversed_too)
    if not tokens or text[tokens[0].start : tokens[0].end].casefold() in _ARTICLES:
        return None
    return _spanned(text, tokens, fewest=2)


def whole_name(text: str, start: int, *, fewest: int = 2) -> Span | None:
    """The name that fills the rest of the line, but for what follows a comma, bar, dash or bracket."""
    title = _TITLE.match(text, start)
    tokens = _tokens(text, title.end() if title else start)
    if not tokens or not re.match(r"\s*(?:[,|;(/•*·<]|-\s|$)|\s+-", text[tokens[-1].end :]):
        return None
    return _spanned(text, tokens, fewest)


def labelled_name(text: str, start: int, *, sure: bool) -> Span | None:
    """The name behind a label that says so: initials count too, and small letters where the label is `sure`."""
    if span := whole_name(text, start):
        second = _SECOND.match(text, span.end)
        other = whole_name(text, second.end(), fewest=1) if second else None
        return Span(span.start, other.end) if other and not text[other.end :].strip() else span
    title = _TITLE.match(text, start)
    found = _LABELLED.match(text, title.end() if title else start)
    if not found:
        return None
    last, first = found["last"].split(), (found["first"] or "").split()
    reversed_order = first and not any(map(_INITIALS.fullmatch, last)) and not begins_name(normalise(last[0]))
    reversed_order = reversed_order and (all(map(_INITIALS.fullmatch, first)) or begins_name(normalise(first[0])))
    if reversed_order and _is_name([*first, *last], sure=sure):
        return Span(found.start(), found.end("first"))
    return Span(*found.span("last")) if _is_name(last, sure=sure) else None


def one_word(text: str, start: int) -> Span | None:
    """A first or last name of small letters, or an initial, alone behind its label."""
    found = _WORD.match(text, start)
    if not found or text[found.end() :].strip() or normalise(found[0]) in _STAND_IN:
        return None
    return Span(*found.span()) if may_be_in_name(found[0].capitalize()) else None


def _is_name(words: Sequence[str], *, sure: bool) -> bool:
    """Whether words behind a label are somebody's: with initials, or by a common first name at an end."""
    initials = [word for word in words if _INITIALS.fullmatch(word)]
    particles = PARTICLES - _FIRST_NAMES_TOO
    written = [word for word in words if word not in initials]
    real = [word for word in written if word.casefold() not in particles]
    allowed = all(map(_WORD.fullmatch, words)) and all(may_be_in_name(word.capitalize()) for word in written)
    # "M Dupont" is a gentleman, whose name may begin by another letter.
    if not real or not allowed or words[0] == "M" or any(normalise(word) in _STAND_IN for word in real):
        return False
    capitals = all(word[0].isupper() for word in real)
    if initials:
        small = sure and "." in initials[0] and words[-1:] == real
        short = len(real) == 1 and len(real[0]) < _SHORT and real[0].isupper()
        return (capitals or small) and not short
    known = begins_name(normalise(words[0])) or begins_name(normalise(words[-1]))
    return known and len(real) == 2 and (sure or capitals) and _FIRST_NAMES_TOO.isdisjoint(words)


def names_agree(one: str, other: str) -> bool:
    """Whether one name holds all words of the other, in whatever order."""
    first, second = set(words_of(one)), set(words_of(other))
    return bool(first and second) and (first <= second or second <= first)


def words_of(name: str) -> list[str]:
    """The words of a name as they compare."""
    return normalise(name).split()


def _tokens(text: str, start: int, *, commas: bool = False) -> list[Span]:
    found: list[Span] = []
    position = start
    while len(found) < _MOST:
        gap = re.compile(r" {0,3},? {0,3}" if commas else r" {0,3}").match(text, position)
        token = _TOKEN.match(text, gap.end() if gap else position)
        if token is None:
            break
        word = token[0].rstrip(".'") if len(token[0]) > 2 else token[0]
        end = token.start() + len(word)
        # "Jan Peeters van Torhout": once first and last name stand there, a small "van" tells where he is from.
        last = normalise(text[found[-1].start : found[-1].end]) if found else ""
        complete = _capitals(text, found) > 1 and last not in _BEFORE_PARTICLE
        ends = not may_be_in_name(word) or (word in PARTICLES and complete)
        if ends or (not found and normalise(word) in _STAND_IN):
            break
        found.append(Span(token.start(), end))
        position = token.end()
        if end != token.end():
            break
    while found and text[found[-1].start : found[-1].end].casefold() in PARTICLES:
        found.pop()
    return found


def may_be_in_name(word: str) -> bool:
    """Whether a word can be part of a person's name: no usual word of a mail, no kind of organisation."""
    plain = normalise(word)
    if word.casefold() in PARTICLES:
        return True
    parts = [part for part in plain.split() if part in _NO_NAME]
    begins = any(plain.startswith(beginning) for beginning in _ORGANISATION_BEGINNINGS)
    return word[0].isupper() and not parts and not begins


def begins_name(word: str) -> bool:
    """Whether a folded word is a first name that is common in Belgium, or one of two ("marie claire")."""
    return not _FIRST_NAMES.isdisjoint(word.split()[:1])


def _spanned(text: str, tokens: list[Span], fewest: int) -> Span | None:
    return Span(tokens[0].start, tokens[-1].end) if _capitals(text, tokens) >= fewest else None


def _capitals(text: str, tokens: list[Span]) -> int:
    """How many real words with a capital there are: neither initials nor particles."""
    names = [text[token.start : token.end] for token in tokens]
    particles = PARTICLES - _FIRST_NAMES_TOO
    return sum(name[0].isupper() and name.casefold() not in particles and len(name) > 1 for name in names)
