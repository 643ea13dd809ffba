"""Whose access a mail asks for: who is named after labels and phrases, who signed below the closing or sent it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ccinc_wizard.domain.mail.names import (
    PARTICLES,
    begins_name,
    labelled_name,
    names_agree,
    one_name,
    one_word,
    whole_name,
    words_of,
)
from ccinc_wizard.domain.mail.parts import Line, Mail, Mention, Message, Opening, Span
from ccinc_wizard.domain.mail.roles import OF_ROLE, asks

_NAME_LABELS = (
    r"\W{0,4}(?:(?:volledige |de )?naam(?: en voornaam| \+ voornaam|, voornaam)?|voornaam en (?:familie|achter)?naam|"
    r"voor- en (?:familie|achter)?naam|naam (?:van de )?(?:aanvrager|medewerker|medewerkster|persoon|gebruiker)|"
    r"aanvrager|aanvraagster|gebruiker|persoon|medewerker|medewerkster|persoonsnaam|"
    r"nom(?: complet| et prénom| du demandeur| de la personne| de l'utilisateur)?|prénom et nom|demandeu(?:r|se)|"
    r"name(?: of (?:the )?applicant| of (?:the )?user)?|full name|applicant|user)"
)
_LINK = r"(?:\s{0,3}[:=|]{1,2}\s{0,3}|\s{2,40})"
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
DOES = re.compile(
    r"\s+(?:is|heeft|had|wil|wenst|kan|mag|moet|krijgt|werkt|vraagt|vroeg|zit|was|wordt|zal|gaat|est|a|veut|souhaite|doit|"
    r"travaille|demande|devient|has|becomes|wants|needs|works|would|asked|can|will)\b"
)
"""Behind a name at the beginning of a sentence: who does something is a person."""
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
    r"mvg|m\.v\.g|(?:(?:m|met)\.? ?)?(?:vr\.? ?)?gr(?:ts|tn|tz|tjs)?|bav|rgds|hoogachtend|"
    r"alvast (?:hartelijk |heel erg )?(?:bedankt|dank)|bedankt|dank (?:u|je)|"
    r"bien à (?:vous|toi)|cordialement|bien cordialement|sincères|salutations|cdlt|d'avance merci|merci|"
    r"kind regards|best regards|warm regards|regards|"
    r"best wishes|many thanks|thanks|thank you|yours|sincerely)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(r"\W{0,3}(?:alvast|bedankt|dank|d'avance|merci|many|thank)", re.IGNORECASE)
"""Behind these without a comma may stand who is thanked."""
_SENDER = re.compile(r"[*\s]{0,3}(?:van|from|de|expéditeur|afzender)[*\s]{0,3}:[*\s]{0,4}", re.IGNORECASE)
_WROTE = re.compile(
    r"(?:schreef|wrote|heeft|\d)\s{1,2}(?=(?-i:[A-ZÀ-Þ])[^\d<>]{3,60}(?:<|$|:|\sheeft|\sschreef))|"
    r",\s(?=[^,<>]{3,60}(?:<[^<>]{0,80}>)?\s(?:a écrit|wrote|schreef))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"([\w.+\-]{1,64})@")
_AS_WELL = re.compile(
    r"\b(?:en ik|ikzelf|ook|eveneens|zowel|allebei|beide|beiden|et moi|moi aussi|aussi|également|tous les deux|"
    r"and i|and me|as well|both|also|too|myself)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.?!]{1,400}")
_LATER_CAPITAL = re.compile(r"(?<=[a-zà-ÿ,:] )[A-ZÀ-Þ]")
_BULLETS = " -–•*·>.\t0123456789)"
_ITEM = re.compile(r"(?:[-–•*·]|\d{1,2}[.)])\s{0,3}")
_AFTER_CLOSING = 3
_LONGEST_CLOSING = 40
_DRAWN = re.compile(r"[\s_=*\-]*")
_SAID = re.compile(r"[.?!]\s*$")
"""The end of a line that ends what is said."""


def find(mail: Mail) -> list[Mention[str]]:
    """Every person for whom the access may be, by rule.

    Strong are those whom the mail names as applicant: after a label, as "my name is", as a colleague who needs it.
    """
    found = named(mail)
    senders = [(message, list(authors(message))) for message in mail.messages]
    asking = [(message, names) for message, names in senders if asks(message)]
    # Whoever sent the only message that asks is the applicant; the others passed it on or answered.
    nobodys = any(not names for _, names in asking)
    chosen = asking if len(asking) == 1 and not nobodys else senders
    for message, names in chosen:
        # Who sent another message than the one that asks, and that nobody signed, is only a possibility; and so is who
        # sent an older one that was not passed on.
        sure = not nobodys and (bool(senders[0][1]) or message.opening is Opening.FORWARDED)
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
            if label and (span := whole_name(line.text, label.end(), fewest=1) or one_word(line.text, label.end())):
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
    listed = _ITEM.match(line.text)
    if listed and (whole := whole_name(line.text, listed.end())):
        yield _mention("named_beside", line, whole)
    for match in _SENTENCE.finditer(line.text):
        first = one_name(line.text, match.start() + len(match[0]) - len(match[0].lstrip(_BULLETS)))
        if first and (DOES.match(line.text, first.end) or OF_ROLE.search(match[0])):
            yield _mention("named_beside", line, first)
            continue
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
            told = words_of(line.text[span.start : span.end])
            if _is_address_of(address[1], told) if address else message.head:
                yield _mention("sender", line, span)
    yield from _signed(message.body)


def _is_address_of(address: str, name: list[str]) -> bool:
    words = words_of(address)
    whole = any(word in words for word in name if word not in PARTICLES)
    return whole or any(word in "".join(words) for word in name if len(word) > 2)


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
    rest = re.match(r"[^,]{0,25},\s{0,2}" + ("" if _THANKS.match(line.text) else r"|\s+"), line.text[closing.end() :])
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
    begun = [
        place
        for place, (above, line) in enumerate(pairwise(lines), start=1)
        if not _DRAWN.fullmatch(line.text) and (_DRAWN.fullmatch(above.text) or _ends_before(above, line))
    ]
    for place in begun[-_AFTER_CLOSING:]:
        if any(map(_says_more, lines[:place])) and (span := whole_name(lines[place].text, 0)):
            return [_mention("signature", lines[place], span)]
    return []


def _ends_before(above: Line, line: Line) -> bool:
    """Whether what is said ends with the line above somebody's name."""
    words = words_of(line.text)
    return bool(_SAID.search(above.text) and words) and (begins_name(words[0]) or begins_name(words[-1]))


def _says_more(line: Line) -> bool:
    """Whether a line says more than whom it greets."""
    return not _DRAWN.fullmatch(line.text.partition(",")[2] if GREETING.match(line.text) else line.text)


def said_in(message: Message) -> list[Line]:
    """The lines in which a message says something: those before its closing words or its signature."""
    signed = {signature.span.start for signature in _signed(message.body)}
    closed = (len(line.text) < _LONGEST_CLOSING and bool(_CLOSING.match(line.text)) for line in message.body)
    ends = (n for n, closes in enumerate(closed) if closes or message.body[n].start in signed)
    return [line for line in message.body[: next(ends, None)] if line.text]


def _mention(rule: str, line: Line, span: Span, *, strong: bool = False) -> Mention[str]:
    value = " ".join(line.text[span.start : span.end].split())
    if "," in value:
        last, _, first = value.partition(",")
        value = f"{first.strip()} {last.strip()}"
    return Mention(rule, value, Span(line.start + span.start, line.start + span.end), strong)
