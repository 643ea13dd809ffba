"""Which organising authority a mail names, and of what type it is by the catalog's own marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from ccinc_wizard.domain.catalog import Catalog, has_mark
from ccinc_wizard.domain.enums import NoChoice
from ccinc_wizard.domain.folding import normalise, word_set
from ccinc_wizard.domain.mail.names import begins_name
from ccinc_wizard.domain.mail.parts import Line, Mail, Mention, Notice, NoticeKind, Span
from ccinc_wizard.domain.municipalities import Match, MatchedBy, Municipalities, Region

TypeChoice = str | NoChoice

_LABEL = re.compile(
    r"\b(?:(?:naam (?:van de )?)?inrichtende macht|inrichtend bestuur|inrichtende overheid|werkgever|"
    r"(?:nom du )?pouvoir organisateur|employeur|organi[sz]ing authority|employer)\b"
    r"(?P<link>\s{0,2}(?:[:=|]|is\b|zijn\b|est\b|c'est\b)\s{0,2})",
    re.IGNORECASE,
)
_MUNICIPALITY = re.compile(
    r"\b(?:gemeentebestuur|stadsbestuur|gemeente|gem\.|stad|commune|ville|municipality|city|administration communale)"
    r"(?: van| de| d'| of|\s?:)?\s{0,2}(?=[A-Z0-9À-Ý\"'])",
    re.IGNORECASE,
)
_CENTRE = re.compile(
    r"\b(?:cultuurcentrum|gemeenschapscentrum|cultuurhuis|ccc?|gc|centre culturel|centre communautaire|"
    r"(?:cultural|community) centre)(?: van| in| te| uit| de| à| d'| of)?\s{1,2}(?=[A-ZÀ-Ý])",
    re.IGNORECASE,
)
_ACTOR = re.compile(r"\beconomische actor\b|\bacteur économique\b|\beconomic actor\b", re.IGNORECASE)
_NAMED_TYPES = {
    Region.VLAANDEREN: re.compile(r"\bvlaamse gemeente\b|\bcommune flamande\b|\bflemish municipality\b", re.IGNORECASE),
    Region.BRUSSEL: re.compile(
        r"\bbrusselse gemeente\b|\bcommune bruxelloise\b|\bbrussels municipality\b", re.IGNORECASE
    ),
    None: _ACTOR,
}
_INDEPENDENT = re.compile(
    r"\b(?:onafhankelijk|zelfstandig|los van)\b|\bindépendante?s?\b|\bindependent\b|geen enkel bestuur|"
    r"aucun lien avec|staat los",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    r"\bniet (?:volledig |helemaal )?onafhankelijk|\bgemeentelijke vzw|\bstedelijke vzw|\bafhankelijk van|\beva\b|"
    r"\bpas indépendant|\bnot independent|\basbl communale|\bdépend(?:ons|ante?)? de",
    re.IGNORECASE,
)
_WORD = re.compile(r"\b[ld]'(?=\w)|[\w&'][\w&'.\-]{0,40}", re.IGNORECASE)
_CONNECTORS = word_set("en de het van voor der den te ten ter & et du la le les des pour of and the in op aan 't l' d'")
SENTENCE_OPENERS = word_set(
    """
    ik wij we voor bij van namens vanuit als dag beste met onze ons mijn uit door graag aanvraag hallo maar en of is
    rol vzw asbl agb tel mail naam organisatie werkgever dienst medewerker collega pour chez notre au avec
    depuis nous je bonjour pouvoir for at from our with the on behalf
    """
)
"""Words before a name that are none of it, with a capital where a sentence begins."""
FILLERS = word_set(
    """
    voor van de het der den te ten ter in bij aan als een naar met rol recht rechten toegang aanvraag graag ik wil svp
    dag hallo beste goedemorgen goeiemorgen groeten groetjes dank u bedankt alvast aub dringend kan mag krijgen nodig
    stuur sturen verstuur versturen doorsturen mail mailen geef geven worden wordt ben is nieuwe medewerker collega
    naam rijksregisternummer rrn rr insz nn kbo btw bce tva tel gsm tot vanaf be organisatie inrichtende macht type
    soort situatie plaats er wacht gebruiker user utilisateur aanvrager demandeur applicant cultuurmonitor ccinc
    cijfers gegevens pour de la le les l d j du des au aux chez en comme un une role droit droits acces demande je veux
    bonjour merci salutations urgent envoyer envoyez envoie devenir suis besoin nouveau nouvelle collaborateur collegue
    nom niss numero registre national organisation pouvoir organisateur situation lieu vers dans attend chiffres donnees
    for of the as at a to by on please i want right rights access request with via per
    hello hi dear thanks thank you send need become am new colleague
    name number register organising organizing authority place waiting figures data
    """
)
"""What a line of a few words may hold beside what it says."""
WITHIN = word_set("de het den der van te ten ter en t l d la le les du des the of and et")
"""Small words that stand in names of organisations as well."""
LEADING = (FILLERS - WITHIN) | word_set("van der te ten ter en du des of and et")
"""Those that no name begins with."""
BESIDE = (FILLERS | SENTENCE_OPENERS) - WITHIN
"""Those that stand beside a name and not in it."""
NO_END = FILLERS | WITHIN | word_set("sint st saint sainte")
"""Those with which no name ends."""
OF_ANY = word_set(
    """
    brusselse vlaamse lokale plaatselijke gemeentelijke stedelijke onafhankelijke zelfstandige kleine onze geen
    bruxelloise flamande locale communale independante notre local flemish brussels independent our
    """
)
"""Words beside a legal form that say which kind of one it is, and not how it is called."""
_EITHER = re.compile(
    r"\b(?:agb|rca|gemeentebedrijf|autonome) (?:of|ou|or) (?:de |la |the )?(?:gemeente|stad|commune|ville|city)|"
    r"\b(?:gemeente|stad|commune|ville|city|municipality) (?:of|ou|or) (?:een |une |an )?(?:agb|rca|auto|regie)"
)
_LONGEST_NAME = 8
"""So many words on one side of a legal form can be of the name."""
_UNKNOWN = re.compile(
    r"\?|onbekend|weet|geen idee|inconnu|sais pas|unknown|don't know|niet zeker|te bepalen|\bik\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Facts:
    """What is known of organisations."""

    catalog: Catalog
    municipalities: Municipalities

    @cached_property
    def marks(self) -> frozenset[str]:
        """The catalog's legal forms as they compare, in one word."""
        marks = (mark for authority in self.catalog.authorities for mark in authority.name_marks)
        return frozenset(normalise(mark).replace(" ", "") for mark in marks)

    def type_of(self, name: str) -> TypeChoice | None:
        """The type that a name points to: by a municipality's name, or by the marks in the catalog."""
        if has_mark(name, self.catalog.elsewhere_marks):
            return NoChoice.NONE_OF_THESE
        marked = self.catalog.type_by_mark(name)
        if marked:
            return marked.id
        match = self.municipalities.recognise(name)
        pointed = self.catalog.type_for_region(match.municipality.region) if match else None
        return pointed.id if pointed else None

    def is_placed(self, form: str, name: str) -> bool:
        """Whether behind a legal form stands where it is, or who is there; "AGB Torhout" is called after a town."""
        after_place = any(kind.before_place and kind.marks(form) for kind in self.catalog.authorities)
        place = self.municipalities.recognise(name) or self.municipalities.recognise(name.partition(",")[2])
        return not after_place and bool(place or begins_name(normalise(name)))

    @property
    def economic_actor(self) -> str:
        """The type of organisations that carry a legal form such as vzw in their name."""
        marked = self.catalog.type_by_mark("vzw")
        return marked.id if marked else ""


@dataclass(frozen=True, slots=True)
class Organisations:
    """What the mail says of the authority: its name, its type, and what to tell beside."""

    names: list[Mention[str]]
    types: list[Mention[TypeChoice]]
    notices: list[Notice]


def find(mail: Mail, facts: Facts) -> Organisations:
    """All organisations that can be the authority. Strong are those that the mail calls authority or employer.

    A vzw or asbl is an economic actor only when independent of any local government; where the mail does not say so,
    its type is a possibility and no more.
    """
    names = [mention for line in mail.lines for mention in (*_after_label(line, facts), *_in_line(line, facts))]
    centres = [mention for line in mail.lines for mention in _of_centre(line, facts)] if not names else []
    types = [
        Mention(mention.rule, kind, mention.span, mention.strong and not doubtful(kind, mail, facts))
        for mention in names
        if (kind := facts.type_of(mention.value))
    ]
    types += _named_types(mail, facts) + _marks(mail, facts)
    notices = [notice for mention in names if (notice := _official(mention, facts))]
    named = [_officially(mention, facts) for mention in names]
    if _DEPENDENT.search(mail.text) and any(mention.value == facts.economic_actor for mention in types):
        span = next(Span(*match.span()) for match in _DEPENDENT.finditer(mail.text))
        types.append(Mention("not_independent", NoChoice.NONE_OF_THESE, span))
        notices.append(Notice(NoticeKind.NOT_INDEPENDENT, span))
    return Organisations([*named, *centres], types, notices)


def doubtful(kind: TypeChoice, mail: Mail, facts: Facts) -> bool:
    """Whether a type stays a possibility even when nothing contradicts it."""
    if kind != facts.economic_actor or _ACTOR.search(mail.text):
        return False
    return bool(_DEPENDENT.search(mail.text)) or not _INDEPENDENT.search(mail.text)


def _after_label(line: Line, facts: Facts) -> Iterator[Mention[str]]:
    for label in _LABEL.finditer(line.text):
        after = [m for m in _in_line(line, facts) if m.span.start - line.start >= label.end()]
        # "Gemeente X, stad Y": which of two places runs it is not said. Places come first, so the first is one as well.
        both = [m for m in after[1:] if m.rule == "municipality"]
        called = both and _MUNICIPALITY.match(line.text, label.end())
        if called or (after and after[0].span.start - line.start - label.end() <= 12):
            yield from (Mention("authority_label", m.value, m.span, strong=True) for m in (after[0], *both))
            continue
        if not any(sign in label["link"] for sign in ":=|"):
            continue
        if known := _municipality_of_all(line.text[label.end() :], facts.municipalities):
            begin = line.start + label.end()
            yield Mention("authority_label", known[0].matched, Span(begin, begin + known[1]), strong=True)
            continue
        rest = re.match(r"[^,.;(\n|]{2,80}", line.text[label.end() :])
        if rest and rest[0][:1].isupper() and not _UNKNOWN.search(line.text[label.end() :]):
            value = rest[0].strip()
            span = Span(line.start + label.end(), line.start + label.end() + len(rest[0].rstrip()))
            yield Mention("authority_label", value, span, strong=True)


def _municipality_of_all(text: str, municipalities: Municipalities) -> tuple[Match, int] | None:
    """The municipality that all of it names, or all before a comma or semicolon; and how long that is."""
    forms = (text, text.partition(";")[0], text.partition(",")[0])
    return next(((match, len(form)) for form in forms if (match := municipalities.recognise(form))), None)


def _in_line(line: Line, facts: Facts) -> Iterator[Mention[str]]:
    for cue in _MUNICIPALITY.finditer(line.text):
        if known := _municipality_at(line, cue.end(), facts.municipalities):
            yield Mention("municipality", known[0].matched, known[1])
    yield from _marked(line, facts)


def _of_centre(line: Line, facts: Facts) -> Iterator[Mention[str]]:
    """The place of the centre: where it lies says nothing certain of who runs it."""
    for cue in _CENTRE.finditer(line.text):
        if known := _municipality_at(line, cue.end(), facts.municipalities):
            yield Mention("centre_place", known[0].municipality.name, known[1])


def _municipality_at(line: Line, start: int, municipalities: Municipalities) -> tuple[Match, Span] | None:
    """The longest name of a municipality that begins here, after a postal code or not; and its place."""
    words = list(islice(_WORD.finditer(line.text, start), 5))
    if words and words[0][0].isdigit():
        words = words[1:]
    for last in reversed(words):
        begin, end = words[0].start(), last.end()
        if match := municipalities.recognise(line.text[begin:end]):
            # "Aalst. Op": small words behind the name were looked at too.
            return match, Span(line.start + begin, line.start + min(end, begin + len(match.matched)))
    return None


def _marked(line: Line, facts: Facts) -> Iterator[Mention[str]]:
    """Names with a legal form before or after them: "AGB De Kring", "Podium Denkbeeld vzw"."""
    words = list(_WORD.finditer(line.text))
    last_end = 0
    for index, word in enumerate(words):
        if word.start() < last_end:
            continue
        forms = (
            last
            for last in reversed(range(index, min(index + 3, len(words))))
            if normalise(line.text[word.start() : words[last].end()]).replace(" ", "") in facts.marks
        )
        last = next(forms, None)
        if last is not None and (name := _around(line.text, words, index, last, facts)):
            last_end = name.end
            told = line.text[name.start : name.end].rstrip(" .,-")
            value = " ".join(told.split())
            if facts.type_of(value):
                yield Mention("legal_form", value, Span(line.start + name.start, line.start + name.start + len(told)))


def _around(text: str, words: list[re.Match[str]], first: int, last: int, facts: Facts) -> Span | None:
    """The capitalised words that belong to a legal form: those after it, else those before it.

    "Podium vzw Torhout" is Podium vzw at Torhout, while "AGB Torhout" is called after its town.
    """
    end = last
    for index in range(last + 1, min(last + 1 + _LONGEST_NAME, len(words))):
        if not _joined(text, words[index - 1], words[index]) or not _in_name(words[index][0]):
            break
        # "vzw te Brussel": a name begins with a capital.
        if index == last + 1 and not words[index][0][0].isupper():
            break
        end = index
    while words[end][0] in _CONNECTORS:
        end -= 1
    behind = Span(words[first].start(), words[end].end()) if end > last else None
    if behind and not facts.is_placed(
        text[words[first].start() : words[last].end()], text[words[last].end() : behind.end]
    ):
        return behind
    begin = first
    for index in range(first - 1, max(-1, first - 1 - _LONGEST_NAME), -1):
        if not _joined(text, words[index], words[index + 1]) or not _in_name(words[index][0]):
            break
        begin = index
    while begin < first and (words[begin][0] in _CONNECTORS or words[begin][0].casefold() in SENTENCE_OPENERS):
        begin += 1
    return Span(words[begin].start(), words[last].end()) if begin < first else behind


def _joined(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return not text[one.end() : other.start()].strip(' "-') and not one[0].endswith(".")


def _in_name(word: str) -> bool:
    return word[0].isupper() or word in _CONNECTORS


def _named_types(mail: Mail, facts: Facts) -> list[Mention[TypeChoice]]:
    found: list[Mention[TypeChoice]] = []
    for region, pattern in _NAMED_TYPES.items():
        known = facts.catalog.type_for_region(region) if region else None
        kind = known.id if known else facts.economic_actor
        found += [Mention("type_named", kind, Span(*match.span())) for match in pattern.finditer(mail.text)]
    return found


def _marks(mail: Mail, facts: Facts) -> list[Mention[TypeChoice]]:
    """The bare words of the catalog ("een AGB", "onze vzw", "OCMW"); two-letter forms stand for too much else."""
    kinds: list[tuple[str, TypeChoice]] = [(mark, NoChoice.NONE_OF_THESE) for mark in facts.catalog.elsewhere_marks]
    kinds += [(mark, kind.id) for kind in facts.catalog.authorities for mark in kind.name_marks if len(mark) > 2]
    found: list[Mention[TypeChoice]] = []
    for mark, kind in kinds:
        pattern = re.compile(r"\b" + re.escape(mark).replace(r"\ ", r"\s") + r"(?:'s)?\b", re.IGNORECASE)
        found += [Mention("type_word", kind, Span(*match.span())) for match in pattern.finditer(mail.text)]
    return found


def _official(mention: Mention[str], facts: Facts) -> Notice | None:
    match = facts.municipalities.recognise(mention.value)
    if not match or match.by is MatchedBy.NAME:
        return None
    return told_officially(match, mention.span)


def offers_either(text: str) -> bool:
    """Whether it leaves open if a municipality or its company is meant: "AGB of gemeente Torhout"."""
    return bool(_EITHER.search(normalise(text)))


def told_officially(match: Match, span: Span) -> Notice:
    """That a municipality has another name now, or in Dutch."""
    values = {"name": match.matched, "official": match.municipality.name}
    return Notice(NoticeKind.OFFICIAL_NAME, span, match.by.value, values)


def _officially(mention: Mention[str], facts: Facts) -> Mention[str]:
    """A municipality by its present Dutch name, as VO Gebruikersbeheer knows it."""
    match = facts.municipalities.recognise(mention.value)
    value = match.municipality.name if match else mention.value
    return Mention(mention.rule, value, mention.span, mention.strong)
