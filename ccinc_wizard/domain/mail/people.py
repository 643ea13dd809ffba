"""What looks like a name, and whose access a mail asks for: after labels and phrases, under the closing, on top."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ccinc_wizard.domain.folding import normalise, word_set
from ccinc_wizard.domain.mail.parts import Line, Mail, Mention, Message, Opening, Span

_TOKEN = re.compile(r"[^\W\d_][\w'\u0300-\u036f.\-]{0,40}")
_PARTICLES = word_set(
    "van de der den ter ten vande vanden vander te het 't la le du des d' el al ben bin da di von zu y e"
)
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
    """
)
"""What stands where a name is not known, and what has a letter of its own."""
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


def _is_name(words: Sequence[str], *, sure: bool) -> bool:
    """Whether words behind a label are somebody's: with initials, or by a common first name at an end."""
    initials = [word for word in words if _INITIALS.fullmatch(word)]
    particles = _PARTICLES - _FIRST_NAMES_TOO
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
    return word[0].isupper() and not parts and not begins


def begins_name(word: str) -> bool:
    """Whether a folded word is a first name that is common in Belgium, or one of two ("marie claire")."""
    return not _FIRST_NAMES.isdisjoint(word.split()[:1])


def _spanned(text: str, tokens: list[Span], fewest: int) -> Span | None:
    return Span(tokens[0].start, tokens[-1].end) if _capitals(text, tokens) >= fewest else None


def _capitals(text: str, tokens: list[Span]) -> int:
    """How many real words with a capital there are: neither initials nor particles."""
    names = [text[token.start : token.end] for token in tokens]
    particles = _PARTICLES - _FIRST_NAMES_TOO
    return sum(name[0].isupper() and name.casefold() not in particles and len(name) > 1 for name in names)


_NAME_LABELS = (
    r"\W{0,4}(?:(?:volledige |de )?naam(?: en voornaam| \+ voornaam|, voornaam)?|voornaam en (?:familie|achter)?naam|"
    r"voor- en (?:familie|achter)?naam|naam (?:van de )?(?:aanvrager|medewerker|medewerkster|persoon|gebruiker)|"
    r"aanvrager|aanvraagster|gebruiker|persoon|medewerker|medewerkster|persoonsnaam|"
    r"nom(?: complet| et prénom| du demandeur| de la personne| de l'utilisateur)?|prénom et nom|demandeu(?:r|se)|"
    r"name(?: of (?:the )?applicant| of (?:the )?user)?|full name|applicant|user)"
)
_LINK = r"(?:\s{0,3}[:=|]\s{0,3}|\s{2,40})"
_SAYS_SO = re.compile(r"[:=|]")
_FULL_LABEL = re.compile(_NAME_LABELS + _LINK, re.IGNORECASE)
_FIRST_LABEL = re.compile(r"\W{0,4}(?:voornaam|prénom|first name|given name)" + _LINK, re.IGNORECASE)
_LAST_LABEL = re.compile(
    r"\W{0,4}(?:naam|familienaam|achternaam|nom|nom de famille|last name|surname|family name)" + _LINK,
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    r"(?:\bmijn naam is|\bik heet|\bik ben|(?:^|[,.!]\s?)(?:hier )?met|\bje m'appelle|\bje suis|\bmon nom est|\bici|"
    r"\bmy name is|\bi am|\bi'm|\bthis is)\s{1,2}",
    re.IGNORECASE,
)
PERSON_WORD = re.compile(
    r"\b(?:collega|medewerker|medewerkster|collaborateur|collaboratrice|collègue|colleague|stagiair|stagiaire|vrijwilliger|"
    r"vrijwilligster|bénévole|volunteer|assistent|assistente|mevrouw|mevr\.?|mw\.?|mijnheer|meneer|de heer|dhr\.?|"
    r"madame|mme\.?|monsieur|mr\.?|mrs\.?|ms\.?)(?: (?:mevrouw|mevr\.?|de heer|madame|monsieur))?,?\s{1,2}",
    re.IGNORECASE,
)
_GETS = re.compile(
    r"\b(?:toevoegen|toegang|recht(?:en)?|rol|toekennen|geven|aanmaken|heeft|ajouter|donner|accès|droits?|rôle|"
    r"add|give|grant|access|rights?|needs|has|wants|wil)\b",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"\W{0,3}(?:beste|dag|geachte|hallo|hoi|goede|bonjour|cher|chère|dear|hi|hello|good)\b", re.IGNORECASE
)
_NEEDS = re.compile(
    r"\b(?:toegang|recht(?:en)?|gebruikersrecht(?:en)?|rol|account|aanvraag|invoerder|raadpleger|accès|droits?|rôle|access|"
    r"rights?|role)\b[^.!?\n]{0,60}",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\W{0,3}(?:met\s+(?:\w+\s+)?groet(?:en|jes)?|(?:vriendelijke|hartelijke|beste|warme)\s+groet(?:en|jes)?|"
    r"groet(?:en|jes)?|"
    r"mvg|m\.v\.g|hoogachtend|"
    r"alvast (?:hartelijk |heel erg )?(?:bedankt|dank)|bedankt|dank (?:u|je)|"
    r"bien à (?:vous|toi)|cordialement|bien cordialement|sincères|salutations|cdlt|d'avance merci|merci|"
    r"kind regards|best regards|warm regards|regards|"
    r"best wishes|many thanks|thanks|thank you|yours|sincerely)\b",
    re.IGNORECASE,
)
_SENDER = re.compile(r"[*\s]{0,3}(?:van|from|de|expéditeur|afzender)[*\s]{0,3}:[*\s]{0,4}", re.IGNORECASE)
_WROTE = re.compile(
    r"(?:schreef|wrote|heeft|\d)\s{1,2}(?=(?-i:[A-ZÀ-Þ])[^\d<>]{3,60}(?:<|$|:|\sheeft|\sschreef))|"
    r",\s(?=[^,<>]{3,60}(?:<[^<>]{0,80}>)?\s(?:a écrit|wrote|schreef))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"([\w.+\-]{1,64})@")
_ASKS = re.compile(
    r"\b(?:ik|wij|we|je|nous|i|mijn|onze|ma|mon|my|our)\b[^.?!\n]{0,100}"
    r"\b(?:toegang|recht|rechten|invoer\w{0,5}|raadple\w{0,5}|invullen|ingeven|bekijken|kijken|"
    r"accès|droits?|encod\w{0,4}|consult\w{0,6}|access|rights?|data entry|view|enter)\b",
    re.IGNORECASE,
)
_OF_ROLE = re.compile(
    r"\b(?:invoer\w{0,5}|raadple\w{0,5}|"
    r"encod\w{0,4}|lect(?:eur|rice)|consult\w{0,6}|read-only|data entry)\b",
    re.IGNORECASE,
)
_ASKS_YOU = re.compile(r"(?:\b(?:u|uw|vous|votre|you|your|jij|jouw)\b|-vous\b)[^?\n]{0,160}\?", re.IGNORECASE)
_AS_WELL = re.compile(
    r"\b(?:en ik|ikzelf|ook|eveneens|zowel|allebei|beide|beiden|et moi|moi aussi|aussi|également|tous les deux|"
    r"and i|and me|as well|both|also|too|myself)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.?!])\s")
_SENTENCE = re.compile(r"[^.?!]{1,400}")
_LATER_CAPITAL = re.compile(r"(?<=[a-zà-ÿ,:] )[A-ZÀ-Þ]")
_AFTER_CLOSING = 3
_LONGEST_CLOSING = 40
_DRAWN = re.compile(r"[\s_=*\-]*")


def find(mail: Mail) -> list[Mention[str]]:
    """Every person for whom the access may be, by rule.

    Strong are those whom the mail names as applicant: after a label, as "my name is", as a colleague who needs it.
    """
    found = named(mail)
    senders = [(message, list(authors(message))) for message in mail.messages]
    asking = [(message, names) for message, names in senders if names and _asks(message)]
    # Whoever sent the only message that asks is the applicant; the others passed it on or answered.
    chosen = asking if len(asking) == 1 else senders
    unsigned, asks = not senders[0][1], _asks(mail.messages[0])
    for message, names in chosen:
        # The sender of an older message is only a possibility when the newest one asks and nobody signed it.
        sure = not unsigned or (message.opening is Opening.FORWARDED and not asks)
        found += names if sure else [Mention("older_message", name.value, name.span) for name in names]
    return found


def named(mail: Mail) -> list[Mention[str]]:
    """Every person whom the mail names, but for who wrote it."""
    rules = (_labelled, _introduced, _asked_for, _named_beside)
    found = [mention for line in mail.lines for rule in rules for mention in rule(line)]
    return found + _split_label(mail)


def _labelled(line: Line) -> Iterator[Mention[str]]:
    label = _FULL_LABEL.match(line.text)
    if label and (span := labelled_name(line.text, label.end(), sure=bool(_SAYS_SO.search(label[0])))):
        yield _mention("name_label", line, span, strong=True)


def _split_label(mail: Mail) -> list[Mention[str]]:
    """First and last name on two lines; only when each stands once."""
    parts: list[list[Span]] = []
    for pattern in (_FIRST_LABEL, _LAST_LABEL):
        found = []
        for line in mail.lines:
            label = pattern.match(line.text)
            if label and (span := whole_name(line.text, label.end(), fewest=1) or _one_word(line.text, label.end())):
                found.append(Span(line.start + span.start, line.start + span.end))
        parts.append(found)
    if [len(found) for found in parts] != [1, 1]:
        return []
    (first,), (last,) = parts
    texts = [mail.text[span.start : span.end] for span in (first, last)]
    if len(words_of(texts[1])) > 1 and names_agree(*texts):
        return []
    value = " ".join(" ".join(texts).split())
    return [Mention("split_label", value, span, strong=True) for span in (first, last)]


def _one_word(text: str, start: int) -> Span | None:
    """A first or last name of small letters, or an initial, alone behind its label."""
    found = _WORD.match(text, start)
    if not found or text[found.end() :].strip() or normalise(found[0]) in _STAND_IN:
        return None
    return Span(*found.span()) if may_be_in_name(found[0].capitalize()) else None


def _introduced(line: Line) -> Iterator[Mention[str]]:
    for cue in _INTRODUCTION.finditer(line.text):
        if span := one_name(line.text, cue.end()):
            yield _mention("introduction", line, span, strong=True)


def _asked_for(line: Line) -> Iterator[Mention[str]]:
    """A colleague or "mevrouw", where the line speaks of access; after "voor" or "aan" only as a possibility."""
    if GREETING.match(line.text):
        return
    for cue in PERSON_WORD.finditer(line.text):
        if span := one_name(line.text, cue.end()):
            # "My colleague and I both": then nobody is chosen.
            alone = not _AS_WELL.search(line.text)
            yield _mention("colleague" if alone else "asked_for", line, span, strong=alone)
    for phrase in _NEEDS.finditer(line.text):
        for cue in re.finditer(r"\b(?:voor|aan|pour|à|for|to)\s{1,2}", phrase[0]):
            if span := one_name(line.text, phrase.start() + cue.end()):
                yield _mention("asked_for", line, span)


def _named_beside(line: Line) -> Iterator[Mention[str]]:
    """A full name within a sentence on access: perhaps the person who is to get it, so the sender is no longer sure."""
    for match in _SENTENCE.finditer(line.text):
        if not _GETS.search(match[0]):
            continue
        for word in _LATER_CAPITAL.finditer(match[0]):
            if span := one_name(line.text[: match.end()], match.start() + word.start()):
                yield _mention("named_beside", line, span)
                break


def authors(message: Message) -> Iterator[Mention[str]]:
    """Who wrote a message: its sender, if the address fits the name, and who signed it."""
    for line in message.head or message.lines:
        cue = _SENDER.match(line.text) or _WROTE.search(line.text)
        if cue and (span := one_name(line.text, cue.end(), reversed_too=True)):
            address = _ADDRESS.search(line.text, span.end)
            told = {word for word in words_of(line.text[span.start : span.end]) if len(word) > 2}
            if any(word in "".join(words_of(address[1])) for word in told) if address else message.head:
                yield _mention("sender", line, span)
    yield from _signed(message.body)


def _signed(lines: tuple[Line, ...]) -> Iterator[Mention[str]]:
    said = [line for line in lines if not _DRAWN.fullmatch(line.text)]
    found = [
        signature
        for index, line in enumerate(said)
        if (signature := _below_closing(line, said[index + 1 : index + 1 + _AFTER_CLOSING]))
    ]
    yield from found or _alone_at_the_end(lines)


def _below_closing(line: Line, below: list[Line]) -> Mention[str] | None:
    closing = _CLOSING.match(line.text)
    if not closing:
        return None
    rest = re.match(r"[^,]{0,25},\s{0,2}", line.text[closing.end() :])
    if rest and (span := whole_name(line.text, closing.end() + rest.end())):
        return _mention("signature", line, span)
    first = whole_name(below[0].text, 0, fewest=1) if below else None
    for known in below:
        span = whole_name(known.text, 0)
        if span and first and names_agree(known.text[: span.end], below[0].text[: first.end]):
            return _mention("signature", known, span)
    return None


def _alone_at_the_end(lines: tuple[Line, ...]) -> list[Mention[str]]:
    """A name on a line of its own below what is said, where no closing words stand above it."""
    parted = [number for number, line in enumerate(lines) if _DRAWN.fullmatch(line.text)]
    for number in parted[-_AFTER_CLOSING:]:
        below = next((line for line in lines[number:] if not _DRAWN.fullmatch(line.text)), None)
        said = any(not _DRAWN.fullmatch(line.text) and not GREETING.match(line.text) for line in lines[:number])
        if said and below and (span := whole_name(below.text, 0)):
            return [_mention("signature", below, span)]
    return []


def said_in(message: Message) -> list[Line]:
    """The lines in which a message says something: those before its closing words or its signature."""
    signed = {signature.span.start for signature in _signed(message.body)}
    closed = (len(line.text) < _LONGEST_CLOSING and bool(_CLOSING.match(line.text)) for line in message.body)
    ends = (n for n, closes in enumerate(closed) if closes or message.body[n].start in signed)
    return [line for line in message.body[: next(ends, None)] if line.text]


def _asks(message: Message) -> bool:
    """Whether it asks for access or names a role, other than in a question to the reader."""
    return any(
        (_ASKS.search(sentence) or _OF_ROLE.search(sentence)) and not _ASKS_YOU.search(sentence)
        for line in message.lines
        for sentence in _SENTENCE_END.split(line.text)
    )


def _mention(rule: str, line: Line, span: Span, *, strong: bool = False) -> Mention[str]:
    value = " ".join(line.text[span.start : span.end].split())
    if "," in value:
        last, _, first = value.partition(",")
        value = f"{first.strip()} {last.strip()}"
    return Mention(rule, value, Span(line.start + span.start, line.start + span.end), strong)
