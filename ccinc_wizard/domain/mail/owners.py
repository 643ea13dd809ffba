"""Whose a register number in a mail is: name and number are of one message and one person, or the name stays open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ccinc_wizard.domain.folding import normalise, word_set
from ccinc_wizard.domain.mail.names import begins_name, may_be_in_name, names_agree, one_name, words_of
from ccinc_wizard.domain.mail.parts import Line, Mail, Mention, Message, Notice, NoticeKind, Span
from ccinc_wizard.domain.mail.people import DOES, GREETING, PERSON_WORD, authors, find, named, said_in
from ccinc_wizard.domain.mail.roles import OF_ROLE, speaks_of_rights, takes_back
from ccinc_wizard.domain.register_number import RegisterNumber

_NUMBER = r"(?:rijks\w*|nationaal|nummer|nr|insz\w*|rrn?r?|bis\w*|num[ée]ro|n°|niss|nrn|national|number|ssin)\b"
_KIN = (
    r"(?:coll[eè]a?g|medewerk|collabor|employ|stag|vrijwillig|b[ée]n[ée]vol|volunt|vervang|direct(?:eur|rice|or)|"
    r"co[oö]rdinat|voorzitter|pr[ée]sident|chairm|secretaris|secr[ée]taire|diensthoofd|manager|schepen|[ée]chevin|"
    r"assistent|assistant|opvolg|successe|echtgeno|[ée]pou[sx]|partner|(?:man|vrouw|baas|boss|chef|mari|femme|wife|husband)\b)"
    r"\w*"
)
_OWN = re.compile(
    rf"\b(?:mijn|m'n|mon|my)\s+(?!{_KIN})(?:\w+\s+){{0,2}}{_NUMBER}|\b(?:le mien|de mijne|het mijne|is mine)\b",
    re.IGNORECASE,
)
_FOR_SELF = re.compile(
    r"\b(?:ik (?:wil|wens|zou|heb|moet|vraag|ben|word|krijg)|(?:graag|kan|mag|krijg|zou|moet|wil|wens|heb) ik|"
    r"je (?:veux|voudrais|souhaite|dois|demande|suis)|j'ai|j'aimerais|puis-je|"
    r"i (?:want|need|would|am|have|must)|i'd|i'm|may i|can i)\b",
    re.IGNORECASE,
)
_WANTS_SELF = re.compile(
    r"\b(?:ik (?:wil|wens|zou|moet|word|krijg)|(?:kan|mag|krijg|zou|moet|wil|wens) ik|"
    r"je (?:veux|voudrais|souhaite|dois)|j'aimerais|puis-je|i (?:want|need|would|must)|i'd|may i|can i)\b"
    r"(?! (?:(?:u|je|jullie|vous|you|to|like to) )*(?:vragen|demander|ask)\b)|\b(?:"
    r"(?<!niet )(?<!pas )(?<!not )(?:voor (?:mij|mezelf|mijzelf)|pour moi|for me|myself))\b",
    re.IGNORECASE,
)
_OF_OTHER = re.compile(
    r"\b(?:haar|hem|hij|diens|zijn (?:rijks\w*|nummer|nr|gegevens|toegang|insz)|"
    r"son (?:num[ée]ro|accès|niss|n°)|ses données|lui|elle|his|her|him|he|she)\b",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(
    r"\b(?:namens|in opdracht van|in naam van|pour le compte de|au nom de|de la part de|on behalf of)\b|"
    r"\b(?:i\.o\.|p\.o\.|p/o)",
    re.IGNORECASE,
)
_OF_COLLEAGUE = re.compile(rf"\b{_KIN}", re.IGNORECASE)
_WRITER_IS = re.compile(
    r"\b(?:ik ben|wij zijn|je suis|i am|i'm|als|comme|as)\s+"
    rf"(?:(?!(?:voor|aan|dat|pour|à|que|for|that)\b)[\w']+\s+){{0,4}}{_KIN}|\b{_KIN} (?:hier|ici|here)\b",
    re.IGNORECASE,
)
_FOR_OTHER = re.compile(
    rf"\b(?:voor|aan|dat|pour|à|que|for|that)\s+(?:[\w']+\s+){{0,2}}{_KIN}|"
    rf"\b{_KIN}\b(?!(?:\s+[\w']+)?\s+(?:al|reeds|déjà|already)\b)\s+(?:[\w']+\s+){{0,6}}"
    r"(?:toegang|recht|rol|invoer|raadple|nodig|accès|droit|rôle|encod|besoin|access|right|role|need)",
    re.IGNORECASE,
)
_OF_READER = re.compile(rf"\b(?:je|jouw|uw|votre|ton|your)\s+(?:\w+\s+){{0,2}}{_NUMBER}", re.IGNORECASE)
_PASSES_ON = re.compile(
    r"\bzie\s+(?:\w+\s+){0,2}(?:bijlagen?|hieronder|onder|onderstaand\w*)\b|"
    r"\b(?:onderstaande?|bijgevoegde?|bijgaande?|doorgestuurde?)\s+(?:\w+\s+)?(?:vraag|aanvra\w+|mail|bericht|e-mail|ticket)|"
    r"\bstuur\w*\b[^.?!\n]{0,40}\bdoor\b|\bdoorsturen|\bter info\b|\bt\.?k\.?n\b|"
    r"\b(?:kan|kun|kunt|wil|wilt|zou|kunnen|willen)\s+(?:jij|je|u|iemand|jullie)\s+(?:dit|deze)\b[^.?!\n]{0,30}"
    r"\b(?:opnemen|oppikken|overnemen|behandelen|afhandelen)\b|"
    r"\b(?:voir|ci-joint|ci-dessous|en annexe|en pièce jointe|pour info|je (?:vous|te) transf\w+|je fais suivre)\b|"
    r"\b(?:see (?:the )?(?:attach\w+|below)|attached (?:is|you)|fyi|forward\w*|passing (?:this )?on)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"^(?!\W*[\w-]+\s?:)(?!.*\b(?:(?:ik ben|je suis|i am|i'm) (?-i:[A-ZÀ-Þ])|"
    r"mijn naam|ik heet|je m'appelle|mon nom|my name))"
    r"[^\w\n]*(?:[^\W\d_][\w'’-]*[^\w\n]+){2}[^\W\d_]",
    re.IGNORECASE | re.MULTILINE,
)
"""Words that say more than who writes: where these have nothing to do with access, nothing is asked."""
_OWN_REQUEST = re.compile(
    r"\b(?:mijn|m'n|onze|ma|mon|mes|notre|nos|my|our)\s+(?:\w+\s+)?(?:aanvra\w+|vraag|formulier|toegang|rechten|recht|gegevens|rol|"
    r"demande|formulaire|accès|droits?|données|rôle|request|form|access|rights?|details|role)\b",
    re.IGNORECASE,
)
_RELATION = (
    r"(?:(?:de|het|le|la|the|onze|mijn|notre|mon|ma|our|my|een|un|une|a)\s+)?(?:(?:nieuwe|nouvelle|nouveau|new)\s+)?"
    rf"(?:(?:{_KIN}|mevrouw|mevr\.?|mw\.?|meneer|mijnheer|heer|dhr\.?|madame|mme\.?|monsieur|m\.|mr\.?|mrs\.?|ms\.?),?\s+)?"
)
_OF = r"(?:\b(?:van|voor|de|du|pour|of|for)\s+|\bd')"
_NUMBER_OF = re.compile(
    rf"{_NUMBER}(?:\s+(?:de|du|registre|national|register|nummer|number|nr))*\s+{_OF}{_RELATION}$", re.IGNORECASE
)
_ONLY_OF = re.compile(rf"(?:^|[\n,:;(|>\-])\s*(?:{_OF})?{_RELATION}$", re.IGNORECASE)
_FILLER = re.compile(
    rf"(?:[\s,:;()|>'\-]+|{_NUMBER}\.?|s\b|(?:is|est|heeft|a|has|als|het|le|the|met|avec|with|son|haar|zijn|his|her|"
    r"de|du|registre|register|als|volgt)\b)*",
    re.IGNORECASE,
)
_ACCESS = re.compile(
    r"\b(?:toegang|rechten|recht|account|rol|toevoegen|accès|droits?|rôle|ajouter|access|rights?|role|add|nummer|"
    r"rijksregister\w*|num[ée]ro|number|insz|niss)\b",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:schrijft|schreef|mailde|mailt|zegt|zei|liet weten|laat weten|écrit|dit que|m'a dit|says|said|wrote|told)\b",
    re.IGNORECASE,
)
_ASKED_BY = re.compile(
    rf"(?:\b(?:door|par|by|vraag van|verzoek van|demande de|request of)\s+)(?:{_RELATION}|[a-z]+\s)?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'\-]{1,40}")
_FOR_SOMEBODY = re.compile(rf"{_OF}{_RELATION}$|\b(?:namens|chez|met|avec|with)\s+$", re.IGNORECASE)
_NOBODY = word_set(
    """
    mr mrs ms mme mevr dhr mw dr het er hier hieronder alles iedereen wat wie ceci c'est il elle ce cela ça voici voila
    voilà tout qui here this it there that everything everybody what who she he
    """
)
_SENTENCE_END = re.compile(r"[.?!;](?=\s|$)")
_RECEIVER = re.compile(r"\W{0,3}(?:aan|to|à|pour)\W{0,3}:\W{0,4}", re.IGNORECASE)
Nobodys = Callable[[str, int], bool]
"""Whether words at a place belong to an organisation or a municipality, so to nobody's name."""
_MOST_NUMBERS = 20
"""Beside so many one looks for names: who asks for more people sends a list."""
_FAR = 160
"""Within how many signs of a number words say whose it is; a sentence has that many."""
_WRITERS = frozenset(("introduction", "sender", "signature"))
_LABELLED = frozenset(("name_label", "split_label"))
_THIRD = frozenset(("asked_for", "named_beside", "colleague", "name_label", "split_label"))
"""The rules of `people` by which a message names somebody who need not have written it."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who may be named beside a number; with a remark where nobody may be filled in."""

    names: list[Mention[str]]
    notice: Notice | None = None


def of_number(mail: Mail, numbers: Sequence[Mention[RegisterNumber]], nobodys: Nobodys) -> Owner | None:
    """The names that may go with the number; None when the mail has no number. Beside one of several stands somebody.

    Where it is not sure whose it is, each name is a possibility only.
    """
    if not numbers:
        return None
    if len({mention.value for mention in numbers}) > 1:
        beside = (name for one in numbers[:_MOST_NUMBERS] for name in _beside(*_around(mail, one.span)))
        return Owner([*find(mail), *(Mention("near_number", name.value, name.span) for name in beside)])
    at = {mail.message_at(mention.span.start): mention.span for mention in reversed(numbers)}
    every = named(mail)
    found = [settled for place in sorted(at) if (settled := _Case(mail, place, at[place], every, nobodys).settled())]
    if found and all(names_agree(found[0][0].value, mention.value) for settled in found[1:] for mention in settled):
        return Owner([mention for settled in found for mention in settled])
    every = every + [mention for message in mail.messages for mention in authors(message)]
    near = [Mention("near_number", name.value, name.span) for name in every if mail.message_at(name.span.start) in at]
    far = [
        Mention("other_message", name.value, name.span) for name in every if mail.message_at(name.span.start) not in at
    ]
    span = numbers[0].span
    return Owner([*near, *far], Notice(NoticeKind.OWNER_UNSURE if near or not far else NoticeKind.NAME_ELSEWHERE, span))


def without_number(mail: Mail, nobodys: Nobodys) -> list[Mention[str]]:
    """Every person for whom the access may be where no number tells; who writes of somebody else only may be."""
    names = find(mail)
    by_message = {place: list(authors(message)) for place, message in enumerate(mail.messages)}
    wrote = [name for written in by_message.values() for name in written]
    wrote += [name for name in names if name.rule == "introduction"]
    of_another = {place for place in by_message if _writes_of_another(mail, place, wrote, nobodys)}
    return [
        Mention("for_another", name.value, name.span)
        if name.rule in _WRITERS and mail.message_at(name.span.start) in of_another
        else name
        for name in names
    ]


def _writes_of_another(mail: Mail, place: int, wrote: Sequence[Mention[str]], nobodys: Nobodys) -> bool:
    """Whether a message asks for somebody else than its writer, who need not be named."""
    message = mail.messages[place]
    written = _WRITER_IS.sub("", "\n".join(_speaking(message)))
    if any(_ON_BEHALF.search(line.text) for line in message.body) or _FOR_OTHER.search(written):
        return True
    if _WANTS_SELF.search(written):
        return False
    if _only_passes_on(written) or takes_back(written) or (_SENTENCE.search(written) and not speaks_of_rights(written)):
        return True
    others = any(said.search(written) for said in (_OF_OTHER, _OF_COLLEAGUE, PERSON_WORD))
    return others or _strangers(message, wrote, nobodys)


def _only_passes_on(written: str) -> bool:
    """Whether it sends on what another asks, and says nothing of a request of its writer's own."""
    return bool(_PASSES_ON.search(written)) and not _OWN_REQUEST.search(written)


class _Case:
    """One number in one message."""

    def __init__(self, mail: Mail, place: int, span: Span, every: list[Mention[str]], nobodys: Nobodys) -> None:
        self._mail, self._place, self._every, self._nobodys = mail, place, every, nobodys
        self._message = mail.messages[place]
        self._before, self._behind = _around(mail, span)
        self._inside = [name for name in every if mail.message_at(name.span.start) == place]
        self._writers = list(authors(self._message))
        self._writers += [name for name in self._inside if name.rule == "introduction"]

    def settled(self) -> list[Mention[str]]:
        """The names among which the usual rules may choose; none where it is not sure whose the number is."""
        if self._is_own():
            told = _REPORTED.search(self._before.text)
            return self._writers if _one_person(self._writers) and not told else []
        beside = list(_beside(self._before, self._behind))
        if beside:
            return beside if _one_person(beside) else []
        labelled = [name for name in self._inside if name.rule in _LABELLED]
        if labelled:
            return labelled if _one_person(labelled) else []
        if any(name.rule == "colleague" for name in self._inside):
            return [] if any(map(self._has_asked, self._inside)) else [*self._inside, *self._writers]
        unsure = not _one_person(self._writers) or self._of_another()
        return [] if unsure else [*self._inside, *self._writers]

    def _is_own(self) -> bool:
        """Whether the writer calls it "my number", and nobody else's right before it: "not mine, my husband's is"."""
        own = [called.end() for called in _OWN.finditer(self._before.text)]
        between = self._before.text[own[-1] :] if own else ""
        return bool(own or _OWN.search(self._behind.text)) and not _OF_COLLEAGUE.search(between)

    def _has_asked(self, name: Mention[str]) -> bool:
        """Whether this may be who asked for the number: the writer of another message, or named as such."""
        others = (message for place, message in enumerate(self._mail.messages) if place != self._place)
        if any(names_agree(name.value, one.value) for message in others for one in authors(message)):
            return True
        begin = max(0, name.span.start - _FAR)
        return bool(_ASKED_BY.search(self._mail.text[begin : name.span.start]))

    def _of_another(self) -> bool:
        """Whether anything speaks for somebody else than the writer."""
        sentence = self._before.text + self._behind.text
        if "?" in self._behind.text or _OF_READER.search(sentence):
            return True
        if any(not self._is_writer(name) for name in self._in_sentence()):
            return True
        if any(_ON_BEHALF.search(line.text) for line in self._message.body):
            return True
        written = _WRITER_IS.sub("", "\n".join(_speaking(self._message)))
        if _only_passes_on(written) and not _WANTS_SELF.search(written):
            return True
        if any(said.search(written) for said in (_OF_OTHER, _OF_COLLEAGUE, PERSON_WORD)):
            return True
        if any(not self._is_writer(name.value) for name in self._inside):
            return True
        if self._strange(self._message):
            return True
        return not _FOR_SELF.search(written) and self._asked_for_another()

    def _in_sentence(self) -> Iterator[str]:
        """The names of people in the sentence of the number."""
        for part in (self._before, self._behind):
            for span in _names_in(part.text):
                name = part.text[span.start : span.end]
                if not self._nobodys(name, part.start + span.start):
                    yield name

    def _asked_for_another(self) -> bool:
        """Whether the other messages speak of, or to, somebody else."""
        for place, message in enumerate(self._mail.messages):
            if place == self._place:
                continue
            lines = [text for text in _speaking(message) if _ACCESS.search(text)]
            if any(map(_OF_OTHER.search, lines)) or self._strange(message):
                return True
            own = [name.value for name in authors(message)]
            for name in self._every:
                if self._mail.message_at(name.span.start) != place or name.rule not in _THIRD:
                    continue
                if not self._is_writer(name.value) and not any(names_agree(name.value, one) for one in own):
                    return True
        answered = self._mail.messages[self._place + 1 : self._place + 2]
        return any(not self._is_addressed(message) for message in answered)

    def _is_addressed(self, message: Message) -> bool:
        """Whether a message is written to the writer of the number, as far as it says to whom it is."""
        receivers = [text[label.end() :] for line in message.head if (label := _RECEIVER.match(text := line.text))]
        told = set(words_of(" ".join(receivers)))
        if any(map(one_name, receivers, [0] * len(receivers))) and not any(
            set(words_of(writer.value)) <= told for writer in self._writers
        ):
            return False
        greeted = next((line.text for line in message.body if line.text), "")
        greeting = GREETING.match(greeted)
        words = _WORD.findall(greeted[greeting.end() :].partition(",")[0][:60]) if greeting else []
        called = [word for word in words if word[0].isupper() and _may_name(word)]
        return all(map(self._is_writers_word, called))

    def _strange(self, message: Message) -> bool:
        wrote = [*self._writers, *(name for every in self._mail.messages for name in authors(every))]
        return _strangers(message, wrote, self._nobodys)

    def _is_writer(self, name: str) -> bool:
        return any(names_agree(name, writer.value) for writer in self._writers)

    def _is_writers_word(self, word: str) -> bool:
        known = {part for writer in self._writers for part in words_of(writer.value)}
        return bool(set(words_of(word)) & known)


def _strangers(message: Message, wrote: Sequence[Mention[str]], nobodys: Nobodys) -> bool:
    """Whether it names somebody who wrote nothing, if only by first name: in a sentence on access or numbers, as who is
    to get something, or as who does something."""
    known = {word for name in wrote for word in words_of(name.value)}
    for line in said_in(message):
        begin = len(line.text.partition(",")[0]) if GREETING.match(line.text) else 0
        of_access, of_role = _ACCESS.search(line.text), OF_ROLE.search(line.text)
        for word in _WORD.finditer(line.text, begin):
            before, at = line.text[begin : word.start()], line.start + word.start()
            if not word[0][0].isupper() or not _may_name(word[0]):
                continue
            if set(words_of(word[0])) & known or nobodys(word[0], at):
                continue
            does = DOES.match(line.text, word.end())
            if does if _begins_sentence(before) else (of_access or does or _FOR_SOMEBODY.search(before)):
                return True
            if of_role and before.strip() and begins_name(normalise(word[0])):
                return True
    return False


def _around(mail: Mail, span: Span) -> tuple[Line, Line]:
    """The sentence before and behind a number; what is said before it may stand on the two lines above."""
    message, begin = mail.messages[mail.message_at(span.start)], span.start
    lines = [line for line in message.lines if line.text and line.start <= span.start]
    for above, line in enumerate(reversed(lines[-3:])):
        if above and (GREETING.match(line.text) or line in message.head):
            break
        begin = line.start
    text = mail.text[max(begin, span.start - _FAR) : span.start]
    cut = max((end.end() for end in _SENTENCE_END.finditer(text)), default=0)
    behind = mail.text[span.end : span.end + _FAR].partition("\n")[0]
    end = _SENTENCE_END.search(behind)
    return Line(text[cut:], span.start - len(text) + cut), Line(behind[: end.end() if end else None], span.end)


def _beside(before: Line, behind: Line) -> Iterator[Mention[str]]:
    """Who is named as the one whose number it is: "het nummer van ...", "...: 85.07", "85.07 (...)"."""
    for span in _names_in(before.text):
        above, between = before.text[: span.start], before.text[span.end :]
        greeted = GREETING.match(above.rpartition("\n")[2])
        of = _NUMBER_OF.search(above)
        if not greeted and (of or (_ONLY_OF.search(above) and _FILLER.fullmatch(between))):
            yield _mention(before, span)
    for span in _names_in(behind.text):
        between = behind.text[: span.start]
        if _FILLER.fullmatch(between) or _NUMBER_OF.search(between):
            yield _mention(behind, span)


def _names_in(text: str) -> Iterator[Span]:
    for word in _WORD.finditer(text):
        if word[0][0].isupper() and (span := one_name(text, word.start())):
            yield span


def _mention(line: Line, span: Span) -> Mention[str]:
    value = " ".join(line.text[span.start : span.end].split())
    return Mention("beside_number", value, Span(line.start + span.start, line.start + span.end), strong=True)


def _speaking(message: Message) -> list[str]:
    """What it says, line by line: without the greeting and what stands from the closing on."""
    lines = [line.text for line in said_in(message)]
    return [text.partition(",")[2] if GREETING.match(text) else text for text in lines]


def _may_name(word: str) -> bool:
    """Whether a word with a capital may be somebody's name."""
    return word.casefold() not in _NOBODY and may_be_in_name(word)


def _begins_sentence(before: str) -> bool:
    return not before.strip(" -*>\"'(,") or bool(re.search(r"[.?!:]\s*$", before))


def _one_person(mentions: Sequence[Mention[str]]) -> bool:
    return all(names_agree(mentions[0].value, mention.value) for mention in mentions)
