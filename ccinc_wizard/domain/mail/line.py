"""A few words on one line, such as `raadpleger agb kortrijk manueel`: read as a mail is, and by the words themselves.

Nothing is guessed. A bare place says nothing of the type of authority; two of a kind, or a "not", leave a field open;
what is not understood is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.mail import roles
from ccinc_wizard.domain.mail.parts import Candidate, Found, Mention, Notice, NoticeKind, Span, Sureness
from ccinc_wizard.domain.mail.people import words_in
from ccinc_wizard.domain.mail.reading import Reading, conflicts, once, take_over
from ccinc_wizard.domain.municipalities import Match, MatchedBy, Municipalities, Municipality, titled
from ccinc_wizard.domain.questions import without
from ccinc_wizard.domain.redaction import spans_in
from ccinc_wizard.domain.terms import NoChoice, Role, Situation

Vocabulary = Mapping[str, Mapping[str, str]]
"""For each field that is chosen: its words, folded, and the id of the option that each names."""

_MOST_WORDS = 14
"""A longer line is a sentence out of a mail, whose words mean more than they say one by one."""
_LONGEST = 7
_TOKEN = re.compile(r"[^\s,;:()\"“”|+]+")
_FILLERS = words_in(
    """
    voor van de het der den te ten ter in bij aan als een naar met rol recht rechten toegang aanvraag graag ik wil svp
    pour de la le les l d du des au aux chez en comme un une role droit droits acces demande je veux
    for of the as at a an to by on please i want right rights access request with via per
    """
)


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
    text: str, reading: Reading, *, vocabulary: Vocabulary, catalog: Catalog, municipalities: Municipalities
) -> LineReading:
    """What its words add to what `read_mail` found in it; of several lines, or a long one, they add nothing."""
    tokens = [Span(*match.span()) for match in _TOKEN.finditer(text) if normalise(match[0])]
    if "\n" in text.strip() or len(tokens) > _MOST_WORDS:
        return LineReading(reading, None)
    words = _Words(text, tokens, vocabulary, catalog, municipalities)
    role = words.one("role") or reading.role
    kind = words.one("authority") or reading.authority
    name = words.name() if words.places else reading.authority_name
    number = reading.number
    if number and number.value is None and len(number.candidates) == 1:
        # Whoever types one number beside a few words means it.
        number = replace(number, sureness=Sureness.LIKELY)
    read = replace(
        reading,
        number=number,
        name=None if _overlaps(reading.name, words.understood) else reading.name,
        role=role,  # type: ignore[arg-type]
        authority=kind,
        authority_name=name or reading.authority_name,
    )
    situation = words.one("situation")
    kept = [told for told in reading.notices if told.kind not in _ANEW]
    told = [*kept, *conflicts(read), *words.official(), *words.unread(read)]
    return LineReading(
        replace(read, notices=tuple(once(told))), Situation(situation.value) if situation and situation.value else None
    )


_ANEW = {
    *(NoticeKind.TWO_ROLES, NoticeKind.TWO_AUTHORITIES, NoticeKind.OFFICIAL_NAME),
    # Whoever types a number beside a few words knows whose it is.
    *(NoticeKind.OWNER_UNSURE, NoticeKind.NAME_ELSEWHERE),
}
"""What the words of a line tell anew, or better."""


class _Words:
    """The words of a line, each with what it means; longer phrases before shorter ones."""

    def __init__(
        self,
        text: str,
        tokens: list[Span],
        vocabulary: Vocabulary,
        catalog: Catalog,
        municipalities: Municipalities,
    ) -> None:
        numbers = [Span(*span) for span in spans_in(text)]
        self._text = text
        self._tokens = [token for token in tokens if not any(_meet(token, number) for number in numbers)]
        self._vocabulary, self._catalog, self._municipalities = vocabulary, catalog, municipalities
        self._said: dict[str, list[Mention[str]]] = {field: [] for field in vocabulary}
        self.places: list[tuple[Match, Span]] = []
        self.understood: list[Span] = []
        self._open: list[Span] = []
        """What means nothing here."""
        self._titled = False
        """Whether a word such as "gemeente" stands by itself: it tells the type of the one place that is named."""
        self._read()
        self._settle()

    def one(self, field: str) -> Found[str] | None:
        """The one option that is named; ambiguous where it is two, or denied."""
        named = self._said.get(field, [])
        options = dict.fromkeys(mention.value for mention in named)
        if not options:
            return None
        candidates = tuple(
            Candidate(
                _typed(field, option),
                tuple(mention.span for mention in named if mention.value == option),
                tuple(dict.fromkeys(mention.rule for mention in named if mention.value == option)),
                True,
            )
            for option in options
        )
        doubtful = len(options) > 1 or roles.denies(self._text)
        return Found(Sureness.AMBIGUOUS if doubtful else Sureness.CERTAIN, candidates)

    def name(self) -> Found[str] | None:
        """The name of the authority, where the place that is named is all there is of it."""
        names = {match.municipality.name for match, _ in self.places}
        rows = [self._named(match.municipality) for match, _ in self.places]
        spans = tuple(span for _, span in self.places)
        if len(names) > 1 or None in rows:
            found = tuple(Candidate(one, spans, ("municipality",), False) for one in sorted(names))
            return Found(Sureness.AMBIGUOUS, found) if len(names) > 1 else None
        if any(self._touches(span) for span in spans):
            return None
        return Found(Sureness.CERTAIN, (Candidate(rows[0] or "", spans, ("municipality",), True),))

    def official(self) -> list[Notice]:
        """That a place is called otherwise now, or in Dutch."""
        return [
            Notice(
                NoticeKind.OFFICIAL_NAME,
                span,
                match.by.value,
                {"name": match.matched, "official": match.municipality.name},
            )
            for match, span in self.places
            if match.by in (MatchedBy.FRENCH, MatchedBy.FORMER)
        ]

    def unread(self, reading: Reading) -> list[Notice]:
        """The words that were not understood, so that nothing is lost in silence. Never a number."""
        sure = [candidate for found in reading.found().values() if found.value for candidate in found.candidates]
        taken = [span for candidate in sure for span in candidate.spans]
        named = reading.authority_name and reading.authority_name.value
        lost = [*self._open, *(span for _, span in self.places if not named)]
        left = [span for span in sorted(lost) if not any(_meet(span, other) for other in taken)]
        words = " ".join(self._text[span.start : span.end] for span in left)
        return [Notice(NoticeKind.UNREAD, left[0], "", {"name": words})] if left else []

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
                if normalise(self._text[span.start : span.end]) not in _FILLERS:
                    self._open.append(span)
            place += count

    def _means(self, span: Span) -> bool:
        phrase = self._text[span.start : span.end]
        folded, meant = normalise(phrase), False
        for field, known in self._vocabulary.items():
            option = known.get(folded)
            if option and option not in list(NoChoice):
                self._said[field].append(Mention(_RULES[field], option, span, strong=True))
                meant = True
        if meant:
            return True
        own: str | None = next(
            (kind.id for kind in self._catalog.authorities if kind.before_place and kind.marks(phrase)), None
        )
        if folded in map(normalise, self._catalog.elsewhere_marks):
            own = NoChoice.NONE_OF_THESE
        if own:
            self._said["authority"].append(Mention("type_word", own, span, strong=True))
        elif match := self._place(phrase):
            self.places.append((match, span))
        elif all(map(titled, folded.split())):
            self._titled = True
        else:
            return False
        return True

    def _place(self, phrase: str) -> Match | None:
        if match := self._municipalities.recognise(phrase):
            return match
        coded = self._municipalities.with_code(phrase.strip())
        return Match(coded[0], MatchedBy.POSTAL_CODE, phrase.strip()) if len(coded) == 1 else None

    def _settle(self) -> None:
        """Small words that happen to be a place's name are none beside another place; a municipality names its type."""
        if len(self.places) > 1:
            small = [(match, span) for match, span in self.places if self._text[span.start : span.end] not in _FILLERS]
            self.places = small or self.places
        companies = [mention for mention in self._said.get("authority", []) if self._before_place(mention.value)]
        for match, span in self.places:
            of_company = any(mention.span.end <= span.start for mention in companies)
            kind = self._catalog.type_for_region(match.municipality.region)
            called = self._titled and len(self.places) == 1
            if (called or titled(self._text[span.start : span.end])) and not of_company and kind:
                self._said["authority"].append(Mention("municipality", kind.id, span, strong=True))

    def _named(self, row: Municipality) -> str | None:
        """How the authority of this place is called; None where its place is not its name."""
        kinds = {mention.value for mention in self._said.get("authority", [])}
        known = [kind for kind in self._catalog.authorities if kind.id in kinds]
        if not kinds:
            return row.name
        return known[0].named_after(row.name) if len(kinds) == len(known) == 1 else None

    def _before_place(self, option: str) -> str:
        return next((kind.before_place for kind in self._catalog.authorities if kind.id == option), "")

    def _touches(self, place: Span) -> bool:
        """Whether a word that was not understood stands right beside a place: it may be part of another name."""
        between = (self._text[min(one.end, place.end) : max(one.start, place.start)] for one in self._open)
        bare = not titled(self._text[place.start : place.end])
        return bare and any(not normalise(gap) or normalise(gap) in _FILLERS for gap in between)


_RULES = {"situation": "situation_named", "role": "role_named", "authority": "type_named"}


def _typed(field: str, option: str) -> str:
    return Role(option) if field == "role" else option


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _overlaps(found: Found[str] | None, spans: list[Span]) -> bool:
    return found is not None and any(
        _meet(span, other) for one in found.candidates for span in one.spans for other in spans
    )
