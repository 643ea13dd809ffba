"""The municipalities of Flanders and Brussels, found by any name that people still use, as people write it.

Facts: Statbel's list after the mergers of 1 January 2025 (see resources/CREDITS.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations, pairwise

from ccinc_wizard.domain.folding import normalise, word_set

SUGGESTIONS = 8
"""How many a search offers: as many as one takes in at a glance."""


class Region(StrEnum):
    """The two regions whose municipalities can run a cultural centre."""

    VLAANDEREN = "vlaanderen"
    BRUSSEL = "brussel"


_TITLES = word_set(
    """
    gemeente faciliteitengemeente gem gemte gmte gemeentebestuur gemeentehuis gemeenteraad stad stadsbestuur stadhuis
    bestuur lokaal vlaamse brusselse commune ville administration communale flamande bruxelloise municipality municipal
    council city town flemish
    """
)
"""What stands before or after the name in addresses and official letters."""
_LINKS = word_set("de den der het t ten ter te la le les l d du des van op o en et a aan of the")
"""Small words after a title ("Commune d'Ixelles"), and those in a name that people shorten ("Heist o/d Berg")."""
_SAINTS = word_set("st ste sinte saint sainte")
_SAINT = "sint"
_PLACES = {
    Region.BRUSSEL.value: """brussel | bruxelles | brussels | bxl | brussels gewest | brussels hoofdstedelijk gewest |
        bhg | hoofdstedelijk gewest | brussels capital | region bruxelloise | region bruxelles |
        region bruxelles capitale | bruxelles capitale | brussels region | brussels capital region""",
    Region.VLAANDEREN.value: """vlaanderen | vlaams gewest | vlaamse gewest | vlaamse rand | rand | flandre | flanders |
        region flamande | flemish region""",
    "Antwerpen": "antwerpen | anvers | antwerp",
    "Limburg": "limburg | limbourg | limb",
    "Oost-Vlaanderen": "oost vlaanderen | flandre orientale | east flanders | oost vl | o vl | ovl",
    "Vlaams-Brabant": "vlaams brabant | brabant flamand | flemish brabant | vl brabant | vl br",
    "West-Vlaanderen": "west vlaanderen | flandre occidentale | west flanders | west vl | w vl | wvl",
    "": "belgie | belgique | belgium",
}
"""What people write beside a municipality, in three languages: its region, its province, the country."""
_PROVINCE = word_set("prov provincie province")
_CODE = re.compile(r"[0-9]{4}")
_BEFORE_CODE = word_set("b be")
_MOST_WORDS = 14
"""A longer text is no name, and would have too many parts to try."""
_MOST_CUTS = 2
"""A text names one municipality in at most so many parts and one more: "Elsene (Ixelles), Brussel"."""
_LEAST_NEAR, _SHORT = 4, 5
"""Names of so many letters have no near miss, and none but by one letter; longer ones by two."""


class MatchedBy(StrEnum):
    """By which of its names a municipality was found."""

    NAME = "name"
    FRENCH = "french"
    """Or in English, or short: there is no more to say about that."""
    FORMER = "former"
    POSTAL_CODE = "postal-code"


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality; `former_names` are those that merged into it or that it bore before.

    `other_names` are English, short, or French ones of those that merged into it.
    """

    nis_code: str
    name: str
    name_fr: str
    region: Region
    postal_codes: tuple[str, ...]
    former_names: tuple[str, ...] = ()
    province: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A municipality and the name, code or former name by which it was found."""

    municipality: Municipality
    by: MatchedBy
    matched: str


def bare_name(name: str) -> str:
    """The name as it compares: without postal code, "Gemeente" or "Stad" about it, and small words.

    What is nothing but such words ("Vlaamse gemeente") is left whole.
    """
    words, _ = _read(name)
    bare = _bare(words) or words
    return " ".join([word for word in bare if word not in _LINKS] or bare)


def has_title(name: str) -> bool:
    """Whether it is called a municipality: "gemeente Torhout", "commune d'Ixelles", "municipality"."""
    return any(word in _TITLES for word in _words(name))


class Municipalities:
    """A searchable list. Its order is the order of the official names."""

    def __init__(self, rows: Iterable[Municipality]) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: normalise(row.name)))

    @cached_property
    def _names(self) -> tuple[tuple[str, Match], ...]:
        names: list[tuple[str, Match]] = []
        for row in self.rows:
            known = [(row.name, MatchedBy.NAME), (row.name_fr, MatchedBy.FRENCH)]
            known += [(name, MatchedBy.FRENCH) for name in row.other_names]
            known += [(former, MatchedBy.FORMER) for former in row.former_names]
            known += [(code, MatchedBy.POSTAL_CODE) for code in row.postal_codes]
            names += [(" ".join(_words(text)), Match(row, by, text)) for text, by in known]
        return tuple(names)

    @cached_property
    def _by_key(self) -> dict[str, Match]:
        """The best match of each whole name: the present one before the French one before a former one."""
        best: dict[str, Match] = {}
        ordered = sorted(self._names, key=lambda entry: list(MatchedBy).index(entry[1].by))
        for key_of in (_joined, _shortened):
            for name, match in ordered:
                if match.by is not MatchedBy.POSTAL_CODE:
                    best.setdefault(key_of(name.split()), match)
        return best

    @cached_property
    def _known_words(self) -> frozenset[str]:
        """All words that can stand in what names a municipality."""
        words = {word for name, _ in self._names for word in name.split()} | set(self._by_key)
        places = {word for names in _PLACES.values() for word in normalise(names).split()}
        return frozenset(words | places | _PROVINCE | _TITLES | _LINKS)

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(code for row in self.rows for code in row.postal_codes)

    @cached_property
    def _letters(self) -> tuple[tuple[str, frozenset[str]], ...]:
        return tuple((key, frozenset(key)) for key in self._by_key)

    def search(self, text: str, limit: int = SUGGESTIONS) -> list[Match]:
        """The best matches for what has been typed so far: whole names, beginnings, words; else near misses."""
        words, codes = _read(text)
        wanted = " ".join(_bare(words) or words or codes)
        if not wanted:
            return []
        ranked = []
        for position, (key, match) in enumerate(self._names):
            rank = _rank(key, wanted)
            if rank is not None:
                # A code shared by several is first of all that of the one with the fewest codes.
                shared = len(match.municipality.postal_codes) if match.by is MatchedBy.POSTAL_CODE else 0
                ranked.append((rank, list(MatchedBy).index(match.by), shared, position, match))
        found = [*filter(None, [self.recognise(text)]), *(match for *_, match in sorted(ranked, key=lambda e: e[:4]))]
        return _each_once(found or self.near(text))[:limit]

    def with_code(self, code: str) -> list[Municipality]:
        """The municipalities with this postal code."""
        return [row for row in self.rows if code in row.postal_codes]

    def recognise(self, text: str) -> Match | None:
        """The municipality that the whole text names, or None.

        Titles, its region and its postal code may stand beside ("Stad Gent", "St.-Gillis (Brussel)", "9000 Gent"), and
        another of its names ("Elsene (Ixelles)"); nothing else, nor a region or code that is another's.
        """
        words, codes = _read(text)
        known = all(word in self._known_words for word in words)
        # "Brussels Hoofdstedelijk Gewest" is no part of it and the region besides.
        known = known and _shortened(words) not in _PLACE_BY_KEY
        for cuts in range(_MOST_CUTS + 1 if known else 1):
            told = (self._told_by(parts, codes) for parts in _parts(words, cuts))
            found = {match.municipality.nis_code: match for match in told if match}
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def near(self, text: str) -> list[Match]:
        """The municipalities that a text naming none may mean: by a slip or two, nearest first, and by its code."""
        if self.recognise(text):
            return []
        words, codes = _read(text)
        ranked: list[tuple[int, Match]] = []
        for cuts in range(_MOST_CUTS):
            for parts in _parts(words, cuts):
                for place, part in enumerate(parts):
                    beside = [*parts[:place], *parts[place + 1 :]]
                    ranked += [
                        (far, match)
                        for far, match in self._near_key(_joined(_bare(part)))
                        if all(_is_place_of(other, match.municipality) for other in beside)
                    ]
        by_code = [match for name, match in self._names if match.by is MatchedBy.POSTAL_CODE and name in codes]
        least = min((far for far, _ in ranked), default=0)
        # A name that is right beside a code or a place that is not is the only one meant.
        meant = [entry for entry in ranked if least or not entry[0]]
        return _each_once([*(match for _, match in sorted(meant, key=lambda entry: entry[0])), *by_code])

    def offered(self, text: str, limit: int) -> list[Match]:
        """What to offer for a text that names none: of which it is a word, then near misses, else what it begins."""
        words, _ = _read(text)
        wanted = f" {' '.join(_bare(words) or words)} "
        holding = (match for name, match in self._names if wanted in f" {name} ") if words else ()
        return _each_once([*holding, *self.near(text)])[:limit] or self.search(text, limit)

    def _near_key(self, key: str) -> Iterator[tuple[int, Match]]:
        allowed = 0 if len(key) < _LEAST_NEAR else 1 if len(key) <= _SHORT else 2
        letters = frozenset(key)
        for name, others in self._letters if allowed else ():
            # What one slip can change at most, since this is looked at much faster than the slips themselves.
            if abs(len(name) - len(key)) > allowed or len(letters ^ others) > 2 * allowed:
                continue
            if (far := distance(key, name)) <= allowed:
                yield far, self._by_key[name]

    def _told_by(self, parts: Sequence[Sequence[str]], codes: Sequence[str]) -> Match | None:
        """The municipality of which every part is a name or a place that it lies in, by its least official name."""
        named = [self._named(part) for part in parts]
        for match in sorted(filter(None, named), key=lambda match: list(MatchedBy).index(match.by), reverse=True):
            row = match.municipality
            beside = zip(parts, named, strict=True)
            fits = all((one and one.municipality is row) or _is_place_of(part, row) for part, one in beside)
            if fits and not any(code in self._codes and code not in row.postal_codes for code in codes):
                # The name that is not the present one is what there is something to say about.
                return match
        return None

    def _named(self, words: Sequence[str]) -> Match | None:
        first, last = _name_in(words)
        for form in (words, words[first:], words[:last], words[first:last]):
            if match := self._by_key.get(_joined(form)) or self._by_key.get(_shortened(form)):
                return match
        return None


def _read(text: str) -> tuple[list[str], list[str]]:
    """The words of a text as names compare, and the postal codes in it."""
    words: list[str] = []
    codes = []
    for word in _words(text):
        if not _CODE.fullmatch(word):
            words.append(word)
            continue
        codes.append(word)
        if words and words[-1] in _BEFORE_CODE:
            words.pop()
    return words, codes


def _words(text: str) -> list[str]:
    words = normalise(text).split()
    # The last may still be being typed: "Staden" begins with "St" as well.
    return [_SAINT if word in _SAINTS and place + 1 < len(words) else word for place, word in enumerate(words)]


def _name_in(words: Sequence[str]) -> tuple[int, int]:
    """From where to where the name stands between titles."""
    first, last = 0, len(words)
    for place, word in enumerate(words):
        if word in _TITLES:
            first = place + 1
        elif word not in _LINKS:
            break
    while last > first and words[last - 1] in _TITLES:
        last -= 1
    return first, last


def _bare(words: Sequence[str]) -> Sequence[str]:
    """Without titles and the small words after them; a name without title keeps its article ("De Panne")."""
    first, last = _name_in(words)
    while 0 < first < last and words[first] in _LINKS:
        first += 1
    return words[first:last]


def _joined(words: Sequence[str]) -> str:
    return "".join(words)


def _shortened(words: Sequence[str]) -> str:
    return "".join(word for word in words if word not in _LINKS)


_PLACE_BY_KEY = {_shortened(name.split()): place for place, names in _PLACES.items() for name in names.split("|")}


def _is_place_of(words: Sequence[str], municipality: Municipality) -> bool:
    place = _PLACE_BY_KEY.get(_shortened([word for word in words if word not in _PROVINCE]))
    return place in ("", municipality.region.value, municipality.province)


def _parts(words: Sequence[str], cuts: int) -> Iterator[list[Sequence[str]]]:
    """The words in so many parts and one more, in every way; nothing of what is too long for a name."""
    if words and len(words) <= _MOST_WORDS:
        for places in combinations(range(1, len(words)), cuts):
            yield [words[one:other] for one, other in pairwise((0, *places, len(words)))]


def distance(one: str, other: str) -> int:
    """How many letters to change, add, leave out or swap with the next one (optimal string alignment)."""
    earlier: list[int] = []
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one):
        earlier, before, row = before, row, [i + 1]
        for j, wanted in enumerate(other):
            far = min(before[j + 1] + 1, row[j] + 1, before[j] + (sign != wanted))
            if i and j and sign == other[j - 1] and one[i - 1] == wanted:
                far = min(far, earlier[j - 1] + 1)
            row.append(far)
    return row[-1]


def _each_once(matches: Iterable[Match]) -> list[Match]:
    found: dict[str, Match] = {}
    for match in matches:
        found.setdefault(match.municipality.nis_code, match)
    return list(found.values())


def _rank(key: str, wanted: str) -> int | None:
    if key == wanted:
        return 0
    if key.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in key else None
