"""A link as it is read out on the phone: in groups, sign by sign, capitals told from small letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_PARTS = re.compile(r"(?P<scheme>[^:/]+)?(?P<host>://[^/?]+)?(?P<path>/[^?]*)?(?P<parameters>\?.*)?", re.DOTALL)
_GROUP = re.compile(r"[^0-9A-Za-z]*[0-9A-Za-z]*", re.DOTALL)


class LinkPart(StrEnum):
    """Which part of the link a group belongs to."""

    SCHEME = "scheme"
    HOST = "host"
    PATH = "path"
    PARAMETERS = "parameters"


@dataclass(frozen=True, slots=True)
class SpellingWords:
    """How one language says digits, signs and letters; `capital` and `small` hold `{word}`."""

    capital: str
    small: str
    digits: Mapping[str, str]
    signs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Alphabet:
    """A spelling alphabet: a word for each of A to Z."""

    id: str
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """All that `resources/spelling.json` holds: the alphabets in the order to offer them, words by language."""

    alphabets: tuple[Alphabet, ...]
    languages: Mapping[str, SpellingWords]

    def alphabet(self, alphabet_id: str) -> Alphabet:
        """The alphabet with this id; the first one where there is none."""
        return next((known for known in self.alphabets if known.id == alphabet_id), self.alphabets[0])


@dataclass(frozen=True, slots=True)
class SpokenSign:
    """One sign and what is said for it."""

    sign: str
    said: str


@dataclass(frozen=True, slots=True)
class SpokenGroup:
    """A stretch of the link that is said in one breath: a separator and the word after it."""

    part: LinkPart
    text: str
    signs: tuple[SpokenSign, ...]

    @property
    def said(self) -> str:
        """What is said for the whole group."""
        return ", ".join(sign.said for sign in self.signs)


def spelled(link: str, alphabet: Alphabet, words: SpellingWords) -> list[SpokenGroup]:
    """The link in groups; their texts joined are the link again.

    A capital is always told. A small letter is called small at the beginning of a group and after a capital: between
    small letters it goes without saying. A sign without a word is said as itself.
    """
    groups: list[SpokenGroup] = []
    parts = _PARTS.match(link)
    for part in LinkPart:
        text = parts[part.value] if parts else ""
        pieces = filter(None, _GROUP.findall(text or ""))
        groups += [SpokenGroup(part, piece, tuple(_signs(piece, alphabet, words))) for piece in pieces]
    return groups


def _signs(group: str, alphabet: Alphabet, words: SpellingWords) -> list[SpokenSign]:
    spoken, small_before = [], False
    for sign in group:
        word = alphabet.letters.get(sign.upper())
        if word is None:
            spoken.append(SpokenSign(sign, words.digits.get(sign) or words.signs.get(sign, sign)))
            small_before = False
            continue
        small = sign.islower()
        said = word if small and small_before else (words.small if small else words.capital).format(word=word)
        spoken.append(SpokenSign(sign, said))
        small_before = small
    return spoken
