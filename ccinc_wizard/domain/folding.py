"""How texts compare: one folding for whatever is looked up, found or compared, whoever typed it and on what keyboard.

Days and moments are shown in one form everywhere, so that what one sees is what a search finds.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

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
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])[/.-](0?[1-9]|1[0-2])(?:[/.-](\d{1,4}))?")
_CENTURY = "20"


def normalise(text: str) -> str:
    """Small letters and digits of any script, single spaces between: no accents, no signs, nothing unseen."""
    if text.isascii():
        return _OTHER_ASCII.sub(" ", text.lower()).strip()
    apart = unicodedata.normalize("NFKD", _UNSEEN.sub("", unicodedata.normalize("NFKD", text)).casefold())
    plain = (sign for sign in apart.translate(_LETTERS) if not unicodedata.combining(sign))
    return " ".join("".join(sign if _in_word(sign) else " " for sign in plain).split())


def search_words(text: str) -> list[str]:
    """The words that a question looks for. A day is one, however it is written; signs count where all is signs."""
    words = [word for part in text.split() for word in (_day(part) or normalise(part)).split()]
    return words or text.casefold().split()


def index_words(text: str) -> list[str]:
    """The words by which a text is found: as a question has them, also where signs part them or stand alone."""
    alone = (part.casefold() for part in text.split() if not normalise(part))
    joined = normalise(_JOINERS.sub("", text)).split()
    return list(dict.fromkeys([*search_words(text), *normalise(text).split(), *joined, *alone]))


def same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: the same words in whichever order and spelling."""
    return bool(_forms(one) & _forms(other))


def shown_day(day: dt.date) -> str:
    """A day as Belgium writes it, in whichever language: `27/11/2026`."""
    return f"{day:%d/%m/%Y}"


def shown_moment(moment: dt.datetime) -> str:
    """An aware moment in this machine's time, or one that is so already: `27/11/2026 14:05`."""
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{shown_day(local)} {local:%H:%M}"


def _in_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in _WORD_KINDS or sign == _UNREAD


def _forms(name: str) -> set[tuple[str, ...]]:
    forms = (normalise(name), normalise(_JOINERS.sub("", name)))
    return {tuple(sorted(form.split())) for form in forms if form}


def _day(part: str) -> str:
    """`3-5-2026`, `03.05.26` and `2026-05-03` as `03/05/2026`, also half typed; nothing for what is no day."""
    part = part.strip(",;()")
    if iso := _ISO_DAY.fullmatch(part):
        return f"{iso[3]}/{iso[2]}/{iso[1]}"
    if not (day := _DAY.fullmatch(part)):
        return ""
    year = day[3] or ""
    if len(year) == len(_CENTURY) and year != _CENTURY:
        year = _CENTURY + year
    return "/".join(filter(None, (f"{int(day[1]):02}", f"{int(day[2]):02}", year)))
