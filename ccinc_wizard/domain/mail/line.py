"""A few words on one line, such as `raadpleger agb kortrijk manueel`: read as a mail is, and by the words themselves.

Nothing is guessed. A bare place says nothing of the type of authority; two of a kind, or a "not", leave a field open;
what is not understood is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement, groupby, pairwise

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import NoChoice, Situation
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.lists import Vocabulary, by_a_slip, parted
from ccinc_wizard.domain.mail import organisations, roles
from ccinc_wizard.domain.mail.names import begins_name, may_be_in_name
from ccinc_wizard.domain.mail.organisations import BESIDE, FILLERS, LEADING, WITHIN
from ccinc_wizard.domain.mail.parts import Candidate, Found, Notice, NoticeKind, Span, Sureness
from ccinc_wizard.domain.mail.reading import Reading, conflicts, is_longer, once, take_over
from ccinc_wizard.domain.municipalities import Match, MatchedBy, Municipalities, Municipality, has_title
from ccinc_wizard.domain.questions import BY_FIELD, without
from ccinc_wizard.domain.redaction import spans_in
from ccinc_wizard.domain.register_number import MASK

_MOST_WORDS = 14
"""A longer line is a sentence out of a mail, whose words mean more than they say one by one."""
_LONGEST = 7
"""So many words of a line are looked up together: the longest names of kinds of authority and of places."""
_TOKEN = re.compile(r"[djl]['’](?=\w)|[^\s,;:()\[\]{}<>\"“”«»|+/\\=_&*•→]+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"[^()]+\([^()]+\)")
_CODE = re.compile(r"(?<!\d)\d{4}(?!\d)")
_FIGURES = re.compile(r"(?:BE)?[\d\W]+", re.IGNORECASE)
_MOST_IN_NAME = 6
"""So many digits are none of a name, such as "Theater 44" has."""
_JOINING = " \"'“”«»-–.&"
"""What may stand between two words of a name."""


@dataclass(frozen=True, slots=True)
class LineReading:
    """What a line says: what a mail could say as well, and how the request came."""

    reading: Reading
    situation: Situation | None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What one should know beside, also of what was not understood."""
        return self.reading.notices

    def onto(self, answers: Answers) -> tuple[Answers, frozenset[str]]:
        """The answers with what the line says, and the fields that somebody should look at.

        It is newer than what was chosen before; a name or number that stands there stays: it may be somebody else's.
        """
        said = {field.value for field, found in self.reading.found().items() if found.value is not None}
        newer = said & {"role", "authority", "authority_name"}
        if newer & {"authority", "authority_name"}:
            newer |= {"authority", "authority_name"}
        if self.situation is not None:
            answers = answers._replace(situation=self.situation)
        taken = take_over(self.reading, without(answers, newer))
        return taken.answers, taken.filled | ({"situation"} if self.situation is not None else frozenset())


def read_line(
    text: str,
    read_mail: Callable[[str], Reading],
    *,
    vocabulary: Vocabulary,
    catalog: Catalog,
    municipalities: Municipalities,
) -> LineReading:
    """What its words add to what `read_mail` finds in it; of several lines, or a long one, they add nothing."""
    words_in = ((match.start(), match[0]) for match in _TOKEN.finditer(text) if normalise(match[0]))
    tokens = [Span(at + one, at + end) for at, word in words_in for one, end in parted(word, vocabulary)]
    if "\n" in text.strip() or len(tokens) > _MOST_WORDS:
        return LineReading(read_mail(text), None)
    if away := roles.turned_down(text):
        return LineReading(Reading(None, None, None, None, None, (away,)), None)
    words = _Words(text, tokens, vocabulary, organisations.Facts(catalog, municipalities))
    reading = read_mail(words.others())
    role = words.one("role") or reading.role
    asked = roles.asked_about(text) if role else []
    kind = words.one("authority") or reading.authority
    name = words.name(reading) if words.places else None
    if name is None and (rest := words.rest(reading)) and is_longer(rest, reading.authority_name):
        name = rest
    number = reading.number
    if number and len(number.candidates) == 1 and not roles.denies(text):
        # Whoever types one number beside a few words means it.
        number = replace(number, sureness=Sureness.LIKELY)
    read = replace(
        reading,
        number=number,
        name=None if _overlaps(reading.name, words.understood) else reading.name,
        role=None if asked else role,  # type: ignore[arg-type]
        authority=kind,
        authority_name=name or reading.authority_name,
    )
    said = words.one("situation")
    situation = Situation(said.value) if said and said.value else None
    kept = (told for told in reading.notices if told.kind not in _ANEW)
    told = [*kept, *asked, *conflicts(read), *words.official(read), *words.unread(read)]
    return LineReading(replace(read, notices=tuple(once(told))), situation)


_ANEW = {
    *(NoticeKind.TWO_ROLES, NoticeKind.TWO_AUTHORITIES, NoticeKind.OFFICIAL_NAME),
    # Whoever types a number beside a few words knows whose it is.
    *(NoticeKind.OWNER_UNSURE, NoticeKind.NAME_ELSEWHERE),
}
"""What the words of a line tell anew, or better."""


class _Words:
    """The words of a line, each with what it means; longer phrases before shorter ones."""

    def __init__(self, text: str, tokens: list[Span], vocabulary: Vocabulary, facts: organisations.Facts) -> None:
        self._numbers = [Span(*span) for span in spans_in(text)]
        self._text = text
        self._tokens = [token for token in tokens if not any(_meet(token, number) for number in self._numbers)]
        self._vocabulary, self._facts = vocabulary, facts
        self._catalog, self._municipalities = facts.catalog, facts.municipalities
        self._said: dict[str, list[tuple[str, Span]]] = {field: [] for field in vocabulary}
        """The options that are named, by field."""
        self.places: list[tuple[Match, Span]] = []
        self.understood: list[Span] = []
        self._open: list[Span] = []
        """What means nothing here."""
        self._titled = False
        """Whether a word such as "gemeente" stands by itself: it tells the type of the one place that is named."""
        self._read()
        self._settle()
        self._persons = self._people()

    def one(self, field: str) -> Found[str] | None:
        """The one option that is named; ambiguous where it is two, or denied."""
        named = self._said[field]
        options = dict.fromkeys(option for option, _ in named)
        if not options:
            return None
        candidates = tuple(
            Candidate(BY_FIELD[field].parse(option), tuple(span for said, span in named if said == option))
            for option in options
        )
        doubtful = len(options) > 1 or roles.denies(self._text)
        return Found(Sureness.AMBIGUOUS if doubtful else Sureness.CERTAIN, candidates)

    def others(self) -> str:
        """The text with a sign for each letter that says how it came or who it is: no part of anybody's name."""
        free = (kind.id for kind in self._catalog.authorities if not self._of_place(kind.id))
        kinds = [span for kind in free for option, span in self._said["authority"] if option == kind]
        text, said = self._text, [one for field, said in self._said.items() if field != "authority" for _, one in said]
        said += self._persons
        for start, end in (*said, *(span for span in kinds if not self._is_mark(span))):
            text = text[:start] + ";" * (end - start) + text[end:]
        return text

    def name(self, reading: Reading) -> Found[str] | None:
        """The name of the authority, where the place that is named is all there is of it."""
        rows = {match.municipality.name: match.municipality for match, _ in self.places}
        spans = tuple(span for _, span in self.places)
        if len(rows) > 1:
            return Found(Sureness.AMBIGUOUS, tuple(Candidate(one, spans) for one in sorted(rows)))
        name = self._named(*rows.values())
        taken = [span for one in (reading.role, reading.name) if one for own in one.candidates for span in own.spans]
        if name is None or _overlaps(reading.name, spans) or any(self._touches(span, taken) for span in spans):
            return None
        return Found(Sureness.CERTAIN, (Candidate(name, spans),))

    def rest(self, reading: Reading) -> Found[str] | None:
        """The words beside the one kind that is named, or beside a legal form: a name that no known place gives."""
        named = {option for option, _ in self._said["authority"]}
        marks = (token for token in self._tokens if self._is_mark(token))
        anchor = next((span for _, span in self._said["authority"]), next(marks, None))
        doubtful = len(named) > 1 or bool(named & set(NoChoice)) or roles.denies(self._text)
        if anchor is None or doubtful or (self.places and any(map(self._of_place, named))):
            return None
        span, before = self._after(anchor, reading), self._before(anchor, reading)
        placed = (
            span
            and self._is_mark(anchor)
            and self._facts.is_placed(self._text[slice(*anchor)], self._text[slice(*span)])
        )
        if (span := before or span if placed else span or before) is None:
            return None
        if self._is_mark(anchor):
            span = Span(min(span.start, anchor.start), max(span.end, anchor.end))
            if not {"(", ")"}.isdisjoint(self._text[span.start : span.end]):
                # "De Werf (vzw)" is a name; the bracket in "asbl (Brussel) De Lijn" parts what may be one.
                if span.end != anchor.end or not _IN_BRACKETS.fullmatch(self._text, span.start, span.end + 1):
                    return None
                span = Span(span.start, span.end + 1)
        if (told := self._text[span.start : span.end])[0] == told[-1] in "'’":
            span = Span(span.start + 1, span.end - 1)
        return Found(Sureness.LIKELY, (Candidate(" ".join(self._text[span.start : span.end].split()), (span,)),))

    def _after(self, anchor: Span, reading: Reading) -> Span | None:
        """The words of a name behind this; a legal form ends it, unless it begins with one."""
        words: list[Span] = []
        last = anchor
        for token in (one for one in self._tokens if one.start >= anchor.end):
            leads = not words and self._folded(token) in LEADING
            beside = self._beside(last, token, within=bool(words))
            # "vzw te Brussel" gives no name, "economische actor van de Brug" does.
            if not beside or (leads and self._is_mark(anchor)) or not (leads or self._in_name(token, reading)):
                break  # No word further on stands beside the last one.
            last = token
            if not leads:
                words.append(token)
            if len(words) > 1 and self._is_mark(token):
                break
        return self._trimmed(words, anchor)

    def _before(self, anchor: Span, reading: Reading) -> Span | None:
        words: list[Span] = []
        for token in reversed([one for one in self._tokens if one.end <= anchor.start]):
            beside = self._beside(token, words[0] if words else anchor, within=bool(words))
            if not beside or not self._in_name(token, reading):
                break  # No word further on stands beside the last one.
            words.insert(0, token)
        while words and self._folded(words[0]) in LEADING:
            words.pop(0)
        forms = [place for place, word in enumerate(words[:-1]) if self._is_mark(word)]
        # "Podium vzw Torhout": a legal form ends the name, and the place is where it lies.
        if any(forms) and self._place(self._text[words[forms[-1] + 1].start : words[-1].end]):
            words = words[: forms[-1] + 1]
        return self._trimmed(words, anchor)

    def _beside(self, one: Span, other: Span, *, within: bool) -> bool:
        """Whether nothing stands between two words; `within` a name no sign that parts them either."""
        gap = self._text[one.end : other.start]
        return not (gap.strip(_JOINING) if within else normalise(gap))

    def _trimmed(self, words: list[Span], anchor: Span) -> Span | None:
        """From the first word to the last one that means something; nothing where none does."""
        several = len(words) > 1
        if several and self._folded(words[0]) == "de" and self._folded(words[1]) in ("la", "le", "les", "l"):
            words = words[1:]
        if words and begins_name(self._folded(words[0])) and not any(map(self._is_mark, (anchor, words[-1]))):
            # A first name by itself is somebody's; where an organisation's name follows one, nothing tells where.
            return None
        while words and self._folded(words[-1]) in WITHIN:
            words.pop()
        small = WITHIN | organisations.OF_ANY
        told = [word for word in words if self._folded(word) not in small and not self._is_mark(word)]
        return Span(words[0].start, words[-1].end) if told else None

    def _people(self) -> list[Span]:
        """Somebody's name right behind that of a place or an organisation, unless a legal form ends both.

        "De Werf Jan Peeters" is an organisation and a person; "zaal Jan Peeters", "vrienden van Jan Peeters" and
        "Sint Jan Berchmans" are names of their own.
        """
        found: list[Span] = []
        for place, token in enumerate(self._tokens[1:-1], start=1):
            before, words = self._tokens[place - 1], [token]
            for other in self._tokens[place + 1 :]:
                means_else = other not in self._open and self._folded(other) not in WITHIN
                if means_else or not self._beside(words[-1], other, within=True):
                    break  # No word further on stands beside the last one.
                words.append(other)
            begins = begins_name(self._folded(token)) and self._beside(before, token, within=True)
            if begins and len(words) > 1 and self._may_end(before) and not self._is_mark(words[-1]):
                found.append(Span(token.start, words[-1].end))
        return found

    def _may_end(self, word: Span) -> bool:
        """Whether the name of a place or organisation can end with a word: none for a kind of house, no small one."""
        plain = self._folded(word)
        known = any(_meet(word, one) for one in (*self._open, *(at for _, at in self.places)))
        return known and plain not in organisations.NO_END and may_be_in_name(plain.capitalize())

    def _in_name(self, token: Span, reading: Reading) -> bool:
        """Whether a word can be one of a name: not one that was understood, nor of somebody's name."""
        said = [*self._persons, *(span for named in self._said.values() for _, span in named)]
        said += [span for one in (reading.role, reading.name) if one for own in one.candidates for span in own.spans]
        return (self._folded(token) not in BESIDE or self._is_mark(token)) and not any(
            _meet(token, other) for other in said
        )

    def _folded(self, token: Span) -> str:
        return normalise(self._text[token.start : token.end])

    def _is_mark(self, span: Span) -> bool:
        phrase = self._text[span.start : span.end]
        return any(kind.marks(phrase) for kind in self._catalog.authorities)

    def _of_place(self, option: str) -> bool:
        """Whether the authorities of this kind are called after places."""
        return any(kind.named_after("x") for kind in self._catalog.authorities if kind.id == option)

    def official(self, reading: Reading) -> list[Notice]:
        """That a place is called otherwise now, or in Dutch, where it is filled in so."""
        named = (reading.authority_name and reading.authority_name.value) or ""
        otherwise = [(match, span) for match, span in self.places if match.by in (MatchedBy.FRENCH, MatchedBy.FORMER)]
        return [
            organisations.told_officially(match, span) for match, span in otherwise if match.municipality.name in named
        ]

    def unread(self, reading: Reading) -> list[Notice]:
        """The words that were not understood, so that nothing is lost in silence. Of a number, its dots only."""
        sure = [candidate for found in reading.found().values() if found.value for candidate in found.candidates]
        taken = [span for candidate in sure for span in candidate.spans]
        taken += filter(None, (told.span for told in reading.notices if told.kind is NoticeKind.NUMBER_WRONG))
        taken += [span for one in (reading.number.candidates if reading.number else ()) for span in one.spans]
        held = {place for span in taken for place in range(*span)}
        left = [one for one in self._open if any(self._text[at].isalnum() and at not in held for at in range(*one))]
        left += [span for span in self._numbers if held.isdisjoint(range(*span))]
        # A place may have told the type and still be named nowhere.
        left += [span for _, span in self.places if not _overlaps(reading.authority_name, [span], sure=True)]
        left.sort()
        if not left:
            return []
        shown = [MASK if span in self._numbers else self._text[span.start : span.end] for span in left]
        gaps = ["", *(self._gap(one, other) for one, other in pairwise(left))]
        return [Notice(NoticeKind.UNREAD, left[0], "", {"name": "".join(map("".join, zip(gaps, shown, strict=True)))})]

    def _gap(self, before: Span, span: Span) -> str:
        """What stands between two words: what was written together, such as an address, is told together."""
        gap = self._text[before.end : span.start]
        return " " if any(sign.isspace() or sign.isalnum() for sign in gap) else gap

    def _read(self) -> None:
        place = 0
        while place < len(self._tokens):
            for count in range(min(_LONGEST, len(self._tokens) - place), 0, -1):
                span = Span(self._tokens[place].start, self._tokens[place + count - 1].end)
                if self._means(span):
                    self.understood.append(span)
                    break
            else:
                count, span = 1, self._tokens[place]
                if normalise(self._text[span.start : span.end]) not in FILLERS:
                    self._open.append(span)
            place += count

    def _means(self, span: Span) -> bool:
        phrase = self._text[span.start : span.end]
        folded, meant = normalise(phrase), False
        if both := roles.both_named(folded):
            self._said["role"] += [(role, span) for role in both]
            return True
        for field, known in self._vocabulary.items():
            option = known.get(folded) or known.get(normalise(phrase.replace(".", ""))) or by_a_slip(folded, known)
            if option and option not in list(NoChoice):
                self._said[field].append((option, span))
                meant = True
        if meant:
            return True
        companies = (kind.id for kind in self._catalog.authorities if kind.before_place and kind.marks(phrase))
        own: str | None = next(companies, None)
        if folded in map(normalise, self._catalog.elsewhere_marks):
            own = NoChoice.NONE_OF_THESE
        if own:
            self._said["authority"].append((own, span))
        elif match := self._place(phrase):
            self.places.append((match, span))
            self._said["authority"] += self._types_in(span)
        elif all(map(has_title, folded.split())):
            self._titled = True
        else:
            return False
        return True

    def _types_in(self, place: Span) -> list[tuple[str, Span]]:
        """The types that are named beside a place, which may be another's: "brusselse gemeente Torhout"."""
        words = [token for token in self._tokens if _meet(token, place)]
        known = self._vocabulary["authority"]
        parts = [Span(one.start, other.end) for one, other in combinations_with_replacement(words, 2)]
        named = ((known.get(normalise(self._text[part.start : part.end])), part) for part in parts)
        return [(option, part) for option, part in named if option]

    def _place(self, phrase: str) -> Match | None:
        if normalise(phrase).split()[-1] in WITHIN:
            return None  # "torhout, de werf": the small word is the next one's.
        if match := self._municipalities.recognise(phrase):
            # A number that is no postal code of it is not of its name.
            return match if set(_CODE.findall(phrase)).issubset(match.municipality.postal_codes) else None
        coded = self._municipalities.with_code(phrase.strip())
        return Match(coded[0], MatchedBy.POSTAL_CODE, phrase.strip()) if len(coded) == 1 else None

    def _settle(self) -> None:
        """Small words that happen to be a place's name are none beside another place; a municipality names its type."""
        large = [(match, span) for match, span in self.places if self._text[span.start : span.end] not in FILLERS]
        self.places = large or self.places
        before_place = {kind.id for kind in self._catalog.authorities if kind.before_place}
        companies = [span for option, span in self._said["authority"] if option in before_place]
        if companies and organisations.offers_either(self._text):
            self._said["authority"] += [(kind.id, companies[0]) for kind in self._catalog.authorities if kind.region]
        for match, span in self.places:
            of_company = any(company.end <= span.start for company in companies)
            kind = self._catalog.type_for_region(match.municipality.region)
            called = self._titled and len(self.places) == 1
            if (called or has_title(self._text[span.start : span.end])) and not of_company and kind:
                self._said["authority"].append((kind.id, span))
        self._settle_regions()

    def _settle_regions(self) -> None:
        """Beside a place of another region the type of a municipality is in doubt: each place says its own."""
        kinds = [(self._catalog.type_for_region(match.municipality.region), span) for match, span in self.places]
        of_places = [(kind.id, span) for kind, span in kinds if kind]
        ids = {option for option, _ in of_places}
        if len(ids) > 1 and any(option in ids for option, _ in self._said["authority"]):
            self._said["authority"] += of_places

    def _named(self, row: Municipality) -> str | None:
        """How the authority of this place is called; None where its place is not its name."""
        kinds = {option for option, _ in self._said["authority"]}
        known = [kind for kind in self._catalog.authorities if kind.id in kinds]
        if not kinds or roles.denies(self._text):
            return row.name
        names = {kind.named_after(row.name) for kind in known}
        return names.pop() if len(kinds) == len(known) and len(names) == 1 else None

    def _figures(self) -> list[Span]:
        """Digits that are no word of a name: a telephone or enterprise number, a date."""
        runs = groupby(self._tokens, lambda token: bool(_FIGURES.fullmatch(self._text, *token)))
        kept = [list(run) for digits, run in runs if digits]
        return [one for run in kept if sum(one.end - one.start for one in run) >= _MOST_IN_NAME for one in run]

    def _touches(self, place: Span, taken: list[Span]) -> bool:
        """Whether a word that was not understood stands right beside a place: it may be part of another name."""
        # "Torhout voor An": behind that word stands for whom it is.
        for_whom = (
            one for one in self._open if normalise(self._text[place.end : one.start]) in ("voor", "pour", "for")
        )
        taken = [*taken, *for_whom, *(one for one in self._persons if one.start >= place.end)]
        aside = [*taken, *self._figures()]
        left = (one for one in self._open if not any(_meet(one, other) for other in aside))
        between = (self._text[min(one.end, place.end) : max(one.start, place.start)] for one in left)
        beside = any(not normalise(gap) or normalise(gap) in FILLERS for gap in between)
        # A "vzw" at a place is not called after it.
        return not has_title(self._text[slice(*place)]) and (beside or any(map(self._is_mark, self._open)))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _overlaps(found: Found[str] | None, spans: Iterable[Span], *, sure: bool = False) -> bool:
    """Whether what was found stands at one of these places; `sure`: and is filled in."""
    every = found.candidates if found and (found.value or not sure) else ()
    return any(_meet(span, other) for one in every for span in one.spans for other in spans)
