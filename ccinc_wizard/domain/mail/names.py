"""What looks like a person's name, and when two names are one person's."""

from __future__ import annotations

import re

from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.mail.found import Span

_TOKEN = re.compile(r"[^\W\d_][\w'\u0300-\u036f.\-]{0,40}")


def words_in(words: str) -> frozenset[str]:
    """A word list, written as one text."""
    return frozenset(words.split())


_PARTICLES = words_in(
    "van de der den ter ten vande vanden vander te het 't la le du des d' el al ben bin da di von zu y e"
)
_FIRST_NAMES_TOO = words_in("ben al y e")
_NO_NAME = words_in(
    """
    ik wij we u uw je jij hij zij mijn onze ons dit dat deze die een geen en of maar met voor aan bij als ook nog wel
    niet alleen graag toegang recht rechten rol aanvraag invoerder raadpleger beheerder hoofd lokale administrator
    medewerker medewerkster collega directeur directrice coordinator coordinatrice voorzitter secretaris
    verantwoordelijke stafmedewerker diensthoofd dienst team helpdesk afdeling departement cultuur cultuurcentrum
    gemeenschapscentrum cultuurhuis theater schouwburg concertzaal centrum podium gemeente gemeentebestuur stad
    stadsbestuur provincie ocmw agb vzw asbl bv nv cv bvba stichting vgc autonoom gemeentebedrijf bestuur vrije tijd
    jeugd sport bibliotheek zaal huis inrichtende macht vlaamse vlaams brusselse brussels vlaanderen belgie ccinc
    cultuurmonitor cultuurcentra gebruikersbeheer taken webformulier beste dag geachte hallo goedemorgen goedemiddag
    groeten groet bedankt dank vriendelijke hartelijke mvg maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    januari februari maart april mei juni juli augustus september oktober november december onbekend nieuw nieuwe oud
    oude tel gsm mail email e-mail nr nummer kbo btw rijksregisternummer nationaal personeel personeelsdienst
    informatica communicatie secretariaat onthaal boekhouding suis nous vous mon notre votre un une bonjour merci
    cordialement madame monsieur responsable service commune ville centre culturel culturelle culture maison
    communautaire equipe acces droit droits employe employee charge chargee administratrice administrateur
    collaborateur collaboratrice encodeur lecteur region flamande bruxelles pouvoir lundi mardi mercredi jeudi vendredi
    samedi dimanche janvier fevrier mars avril mai juin juillet aout octobre i you my our the a hello hi dear kind
    best regards thanks manager director head office cultural community house arts theatre access right rights user
    data entry read only new working looking writing municipality city monday tuesday wednesday thursday friday
    saturday sunday january february march june july august october responsible sent from verzonden vanaf envoye depuis
    iphone android outlook am pm telecharger get download
    """
)
_ORGANISATION_BEGINNINGS = ("cultuur", "gemeente", "stads", "theater", "gemeenschaps", "concert", "muziek", "kunsten")
_ARTICLES = frozenset(("de", "het", "la", "le", "les", "the", "een", "'t"))
_MOST = 6
_TITLE = re.compile(r"(?:dr|ir|ing|drs|prof|mr|mevr|dhr|mme|mrs|ms)\.?\s{1,2}", re.IGNORECASE)


def one_name(text: str, start: int, *, fewest: int = 2, reversed_too: bool = False) -> Span | None:
    """The name of at least so many words that begins here, as far as it goes; None when none does.

    `reversed_too` takes "Peeters, Jan" as well. What begins with an article may be a house: that is no name here.
    """
    quoted = start + (text[start : start + 1] in ('"', "'"))
    title = _TITLE.match(text, quoted)
    tokens = _tokens(text, title.end() if title else quoted, commas=reversed_too)
    if not tokens or text[tokens[0].start : tokens[0].end].casefold() in _ARTICLES:
        return None
    return _spanned(text, tokens, fewest)


def whole_name(text: str, start: int, *, fewest: int = 2) -> Span | None:
    """The name that fills the rest of the line, but for what follows a comma, bar, dash or bracket."""
    title = _TITLE.match(text, start)
    tokens = _tokens(text, title.end() if title else start)
    if not tokens or not re.match(r"\s*(?:[,|;(/•*·<]|-\s|$)|\s+-", text[tokens[-1].end :]):
        return None
    return _spanned(text, tokens, fewest)


def same_person(one: str, other: str) -> bool:
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
        gap = re.compile(r" {0,3},? {0,3}" if commas and found else r" {0,3}").match(text, position)
        token = _TOKEN.match(text, gap.end() if gap else position)
        if token is None:
            break
        word = token[0].rstrip(".") if len(token[0]) > 2 else token[0]
        end = token.start() + len(word)
        # "Jan Peeters van Torhout": once first and last name stand there, a small "van" tells where he is from.
        if not may_be_in_name(word) or (word in _PARTICLES and _capitals(text, found) > 1):
            break
        found.append(Span(token.start(), end))
        position = token.end()
        if end != token.end():
            break
    while found and text[found[-1].start : found[-1].end].casefold() in _PARTICLES:
        found.pop()
    return found


def may_be_in_name(word: str) -> bool:
    """Whether a word can be part of a person's name: no usual word of a mail, no kind of organisation."""
    plain = normalise(word)
    if word.casefold() in _PARTICLES:
        return True
    parts = [part for part in plain.split() if part in _NO_NAME]
    begins = any(plain.startswith(beginning) for beginning in _ORGANISATION_BEGINNINGS)
    return bool(plain) and word[0].isupper() and not parts and not begins


def _spanned(text: str, tokens: list[Span], fewest: int) -> Span | None:
    return Span(tokens[0].start, tokens[-1].end) if _capitals(text, tokens) >= fewest else None


def _capitals(text: str, tokens: list[Span]) -> int:
    """How many real words with a capital there are: neither initials nor particles."""
    names = [text[token.start : token.end] for token in tokens]
    particles = _PARTICLES - _FIRST_NAMES_TOO
    return sum(name[0].isupper() and name.casefold() not in particles and len(name) > 1 for name in names)
