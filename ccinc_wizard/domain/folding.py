"""How texts compare: one folding for whatever is looked up or found, whoever typed it and on what keyboard."""

from __future__ import annotations

import re
import unicodedata

from ccinc_wizard.domain.dates import written_day

_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "œ": "oe", "æ": "ae", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n", "ŧ": "t"}
)
"""Letters that Unicode does not take apart, as those write them who have none on their keyboard."""
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""What Unicode calls ignorable by default: it comes along with a paste, and nobody sees it."""
_OTHER_ASCII = re.compile(r"[^0-9a-z]+")
_WORD_KINDS = frozenset("LNM")
_UNREAD = "\ufffd"
"""Stands for what could not be read: it is some letter, and no other finds it."""
_JOINERS = re.compile(r"(?<=\w)[.'’‘ʼ`´-]+(?=\w)")


def normalise(text: str) -> str:
    """Small letters and digits of any script, single spaces between: no accents, no signs, nothing unseen."""
    if text.isascii():
        return _OTHER_ASCII.sub(" ", text.lower()).strip()
    apart = unicodedata.normalize("NFKD", _UNSEEN.sub("", unicodedata.normalize("NFKD", text)).casefold())
    plain = (sign for sign in apart.translate(_LETTERS) if not unicodedata.combining(sign))
    return " ".join("".join(sign if _in_word(sign) else " " for sign in plain).split())


def word_set(words: str) -> frozenset[str]:
    """A list of words, written as one text."""
    return frozenset(words.split())


def search_words(text: str) -> list[str]:
    """The words that a question looks for. A day is one, however it is written; signs count where all is signs."""
    words = [word for part in text.split() for word in (written_day(part) or normalise(part)).split()]
    return words or text.casefold().split()


def index_words(text: str) -> list[str]:
    """The words by which a text is found: as a question has them, also where signs part them or stand alone."""
    alone = (part.casefold() for part in text.split() if not normalise(part))
    joined = normalise(_JOINERS.sub("", text)).split()
    return list(dict.fromkeys([*search_words(text), *normalise(text).split(), *joined, *alone]))


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: the same words in whichever order and spelling."""
    return bool(_forms(one) & _forms(other))


def _in_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in _WORD_KINDS or sign == _UNREAD


def _forms(name: str) -> set[tuple[str, ...]]:
    forms = (normalise(name), normalise(_JOINERS.sub("", name)))
    return {tuple(sorted(form.split())) for form in forms if form}
