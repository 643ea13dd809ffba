"""The municipalities of Flanders and Brussels, found by any name that people still use.

Facts: Statbel's list after the mergers of 1 January 2025 (see resources/CREDITS.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ccinc_wizard.domain.folding import normalise

_PREFIX = re.compile(
    r"([0-9]{4} (?=[a-z]))?((de |het )?(gemeente|stad|gemeentebestuur|stadsbestuur)( van)? "
    r"|(la )?(commune|ville) (de |d )|(municipality|city) of )?"
)
"""What stands before the name in addresses and official letters, in normalised text."""

_BETWEEN = re.compile(r"[()/]| [-–] ")
"""What stands between two names of one municipality, or between its name and its postal code."""

SUGGESTIONS = 8
"""How many a search offers: as many as one takes in at a glance."""


class Region(StrEnum):
    """The two regions whose municipalities can run a cultural centre."""

    VLAANDEREN = "vlaanderen"
    BRUSSEL = "brussel"


class MatchedBy(StrEnum):
    """By which of its names a municipality was found."""

    NAME = "name"
    FRENCH = "french"
    FORMER = "former"
    POSTAL_CODE = "postal-code"


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality; `former_names` are those that merged into it or that it bore before."""

    nis_code: str
    name: str
    name_fr: str
    region: Region
    postal_codes: tuple[str, ...]
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A municipality and the name, code or former name by which it was found."""

    municipality: Municipality
    by: MatchedBy
    matched: str


def bare_name(name: str) -> str:
    """The name as it compares: normalised, without "Gemeente" or "Stad" before it."""
    return _without_prefix(normalise(name))


class Municipalities:
    """A searchable list. Its order is the order of the official names."""

    def __init__(self, rows: Iterable[Municipality]) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: normalise(row.name)))

    @cached_property
    def _names(self) -> tuple[tuple[str, Match], ...]:
        names = []
        for row in self.rows:
            known = [(row.name, MatchedBy.NAME), (row.name_fr, MatchedBy.FRENCH)]
            known += [(former, MatchedBy.FORMER) for former in row.former_names]
            known += [(code, MatchedBy.POSTAL_CODE) for code in row.postal_codes]
            seen: set[str] = set()
            for text, by in known:
                key = normalise(text)
                if key not in seen:
                    seen.add(key)
                    names.append((key, Match(row, by, text)))
        return tuple(names)

    @cached_property
    def _by_name(self) -> dict[str, Match]:
        """The best match of each whole name: the present one before the French one before a former one."""
        best: dict[str, Match] = {}
        for key, match in sorted(self._names, key=lambda entry: list(MatchedBy).index(entry[1].by)):
            if match.by is not MatchedBy.POSTAL_CODE:
                best.setdefault(key, match)
        return best

    def search(self, text: str, limit: int = SUGGESTIONS) -> list[Match]:
        """The best matches for what has been typed so far: whole names first, then beginnings, then words."""
        wanted = bare_name(text)
        if not wanted:
            return []
        ranked = []
        for position, (key, match) in enumerate(self._names):
            rank = _rank(key, wanted)
            if rank is not None:
                # A code shared by several is first of all that of the one with the fewest codes.
                shared = len(match.municipality.postal_codes) if match.by is MatchedBy.POSTAL_CODE else 0
                ranked.append((rank, list(MatchedBy).index(match.by), shared, position, match))
        found: dict[str, Match] = {}
        for *_, match in sorted(ranked, key=lambda entry: entry[:4]):
            found.setdefault(match.municipality.nis_code, match)
        return list(found.values())[:limit]

    def recognise(self, text: str) -> Match | None:
        """The municipality that the whole text names ("Stad Gent", "Ixelles", "Elsene (Ixelles)", "Gent / 9000")."""
        if whole := self._by_name.get(bare_name(text)):
            return whole
        named = {part: self._by_name.get(part) for part in map(bare_name, _BETWEEN.split(text)) if part}
        found = [match for match in named.values() if match]
        # The name that is not the present one is what there is something to say about.
        told = max(found, key=lambda match: list(MatchedBy).index(match.by), default=None)
        if told is None or any(match.municipality is not told.municipality for match in found):
            return None
        unknown = {part for part, match in named.items() if match is None}
        return told if unknown <= set(told.municipality.postal_codes) else None


def _without_prefix(name: str) -> str:
    return _PREFIX.sub("", name, count=1)


def _rank(key: str, wanted: str) -> int | None:
    if key == wanted:
        return 0
    if key.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in key else None
