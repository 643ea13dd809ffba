"""Redacts free texts: takes out whatever could be most of a register number, typed right or wrong.

Layout decides, as a number with a slip in it has nothing else left to be known by. What is written as a telephone,
enterprise or account number, as a date or as a postal code passes; where two readings meet, taking out wins.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from operator import sub

from stdnum.be import vat
from stdnum.iso7064 import mod_97_10

from ccinc_wizard.domain.register_number import MASK, could_be_born, possible

Spans = list[tuple[int, int]]
_MANY_DIGITS = 9
"""A register number without its check digits, which follow from the others."""
_LONGEST = 13
"""A birth date with all four digits of its year, the sequence and the check; one digit too many of a number is 12."""
_PASSED = "\x00"
_SIGN = r"[^\w\x00]|_"
_GAP = rf"(?:{_SIGN}){{0,12}}"
_WORDS = r"[^\d\x00]{1,40}?"
_ALIKE = re.compile(r"(?<![^\W_])(?:[OolI]{1,3}|[\dOolI]*\d[\dOolI]*)(?![^\W_])")
# Looks ahead only, so that digits before a number ("room 12, 85.07...") cannot swallow its beginning.
# A Belgian mobile number in international form also counts eleven digits.
_ELEVEN = re.compile(rf"(?<!\d)(?<!\+(?=32{_GAP}(?:0{_GAP})?4))(?=(\d(?:{_GAP}\d){{10}})(?!\d))")
_CHAIN = re.compile(rf"\d(?:{_GAP}\d)*")
_GROUP = re.compile(r"\d+")

_TO = r"[ ./\-]{1,3}"
_ALONE, _ENDS = r"(?<![^\W_])", r"(?![^\W_]|[.\-/]\d)"
_ZONE = r"(?:1[0-69]|5\d|6[0-57-9]|7[0189]|8[0-9])"
_BEGUN = re.compile(rf"(?<!\d)\d{{1,3}}{_TO}$")
"""A group of digits right before: what follows is part of what it began."""
_PAIRS = rf"\d\d{_TO}\d\d{_TO}\d\d"
_SUBSCRIBER = (
    rf"(?:4\d\d{_TO}(?:{_PAIRS}|\d{{3}}{_TO}\d{{3}}|\d{{6}})|[2349]{_TO}\d{{3}}{_TO}(?:\d\d{_TO}\d\d|\d{{4}})|"
    rf"[2349]{_TO}\d{{7}}|{_ZONE}{_TO}(?:{_PAIRS}|\d{{6}})|[789]0\d?{_TO}\d\d{_TO}\d\d\d?(?:{_TO}\d\d)?)"
)
_CALLED_SO = (
    r"\b(?:btw|tva|vat|kbo|bce|cbe|ondernemingsn(?:umme)?r|num[ée]ro d.entreprise|enterprise number|be)"
    r"(?:[^\w\x00]{0,4}(?:nr|nummer|no|num[ée]ro|number|be)\b)?"
)
_PASSING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # An account, before what its groups could be taken for.
        rf"{_ALONE}BE[ ]?\d\d(?:[ .\-]?\d{{4}}){{3}}{_ENDS}",
        # Telephone numbers: abroad form, with the zero, and what is called one.
        rf"(?<![^\W_])(?:\+|00)[ ]?32(?:{_TO}(?:\(0\)[ ]?)?{_SUBSCRIBER}|(?:4\d{{8}}|[1-9]\d{{7}})){_ENDS}",
        rf"{_ALONE}\(?0\)?(?:{_SUBSCRIBER}|{_ZONE}\){_TO}{_PAIRS}|[2349]\){_TO}\d{{3}}{_TO}\d\d{_TO}\d\d){_ENDS}",
        rf"\b(?:tel|tél|gsm|fax|mobiel|telefoon\w*|téléphone|phone|mobile)\b[^\w\x00]{{0,4}}0\d{{8,9}}{_ENDS}",
        # Enterprise numbers: in their groups, or called so.
        rf"{_ALONE}(?:BE)?[ .]?[01]\d{{3}}[. ]\d{{3}}[. ]\d{{3}}{_ENDS}",
        rf"{_CALLED_SO}[^\w\x00]{{0,4}}(?:be ?)?[01]\d{{9}}{_ENDS}",
    )
)
_ACCOUNT_ABROAD = re.compile(rf"{_ALONE}[A-Z]{{2}}\d\d(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?{_ENDS}")
_FORMER_ACCOUNT = re.compile(rf"{_ALONE}\d{{3}}-\d{{7}}-\d\d{_ENDS}")
_UNDIVIDED = re.compile(rf"{_ALONE}[01]\d{{8,9}}{_ENDS}")

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_TWO_DAY, _TWO_MONTH = r"(?:0[1-9]|[12]\d|3[01])", r"(?:0[1-9]|1[0-2])"
_DATE = rf"(?<!\d)(?:{_DAY}(?P<a>[./\- ]{{1,2}}){_MONTH}(?P=a){_YEAR}|{_YEAR}(?P<b>[./\-]){_MONTH}(?P=b){_DAY})(?!\d)"
_DATED = re.compile(_DATE)
_BIRTH = re.compile(rf"{_DATE}|(?<!\d)(?:{_YEAR}{_TWO_MONTH}{_TWO_DAY}|{_TWO_DAY}{_TWO_MONTH}{_YEAR})(?!\d)")
_DATE_AND_TIME = re.compile(
    rf"{_DATE}(?:[T,]?[ ]{{0,2}}(?:om |à |at )?[012]?\d[:hu][0-5]\d(?::[0-5]\d(?:[.,]\d{{1,6}})?)?"
    r"(?:[ ]?-[ ]?[012]?\d[:hu][0-5]\d|[+\-]\d\d:\d\d|Z)?)(?!\d)"
)
_POSTAL = re.compile(r"(?<!\d)(?:[BF]-)?[1-9]\d{3}(?= [A-Z][a-zà-ÿ])(?<!\d[.\-/]\d{4})")
_BORN_BEFORE = 2016
"""Whoever asks for a right is older; a later date with a number after some words is a meeting."""
_REACH = 80
"""How many signs from a birth date its sequence can stand."""
_SEQUENCE = rf"\d{{3}}(?:{_GAP}\d\d)?(?!\d)"

_DIVISIONS = ((6, 3, 2), (2, 4, 3, 2), (4, 2, 3, 2), (2, 2, 2, 3, 2))
"""The ways to write a number in groups: the birth date whole or in part, then sequence and check."""


def spans_in(text: str) -> Spans:
    """Where a free text holds what could be most of a register or BIS number, whatever stands between its digits.

    Whoever could bear it, it counts: neither age nor sequence is looked at, as this guards what must never be written.
    """
    plain = _normal(text)
    if sum(map(str.isdecimal, plain)) < _MANY_DIGITS:
        return []
    found = right_in(text)
    rest = _without_others(plain, found)
    found += _with_birth_date(rest)
    rest = _without(rest, (match.span() for match in _DATED.finditer(rest)))
    rest = _without(rest, (match.span() for match in _POSTAL.finditer(rest)))
    found += [match.span() for match in _CHAIN.finditer(rest) if _too_like(match[0])]
    found += _between_words(rest)
    return merged(found)


def scrub(text: str, replacement: str = MASK) -> str:
    """The text with everything taken out that could be most of a register number."""
    for start, end in reversed(spans_in(text)):
        text = text[:start] + replacement + text[end:]
    return text


def holds_number(name: str) -> bool:
    """Whether a person's name holds a register number, be it mistyped or half typed: no name has nine digits."""
    return sum(map(str.isdecimal, name)) >= _MANY_DIGITS or bool(spans_in(name))


def scrub_name(name: str) -> str:
    """A person's name with a register number masked, be it mistyped or half typed."""
    return re.sub(r"\d", "•", scrub(name)) if holds_number(name) else name


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    """One sign as its plain like: digits of any script, dashes and blanks of any kind, full-width signs."""
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    if sign.isspace():
        return " "
    if sign == "\u2212" or unicodedata.category(sign) == "Pd":
        return "-"
    wide = unicodedata.normalize("NFKC", sign)
    return wide if len(wide) == 1 and wide != _PASSED else "_"


def _normal(text: str) -> str:
    """The text sign by sign in plain signs; letters that stand for digits among digits are those digits."""
    plain = "".join(map(_plain, text))
    return _ALIKE.sub(lambda found: found[0].translate(str.maketrans("OolI", "0011")), plain)


def right_in(text: str) -> Spans:
    """Where a text holds eleven digits whose date and check are right, even where they are written as a telephone."""
    # As written as well: a letter right before or after a number is none of its digits.
    return merged([*_right(_normal(text)), *_right("".join(map(_plain, text)))])


def _right(plain: str) -> Iterator[tuple[int, int]]:
    """Eleven digits whose date and check are right, wherever they stand."""
    for match in _ELEVEN.finditer(plain):
        if possible("".join(_GROUP.findall(match[1]))):
            yield match.span(1)


def _without_others(plain: str, found: Spans) -> str:
    """The text without what is written as something else, unless that meets a right number or is part of eleven."""
    eleven = (match.span() for match in _CHAIN.finditer(plain) if _eleven(match[0]))
    kept = [*found, *(span for span in eleven if plain[span[0] - 1 : span[0]] != "+")]
    meeting = {place for span in kept for place in range(*span)}
    passed = _without(plain, found)
    for begin, end in sorted(_written_otherwise(plain)):
        begun = _BEGUN.search(passed[max(0, begin - 8) : begin])
        if not begun and meeting.isdisjoint(range(begin, end)):
            plain, passed = _without(plain, [(begin, end)]), _without(passed, [(begin, end)])
    return plain


def _eleven(chain: str) -> bool:
    digits = "".join(_GROUP.findall(chain))
    return len(digits) == 11 and could_be_born(digits)


def _written_otherwise(plain: str) -> Iterator[tuple[int, int]]:
    for pattern in _PASSING:
        yield from (match.span() for match in pattern.finditer(plain))
    for match in _ACCOUNT_ABROAD.finditer(plain):
        account = match[0].replace(" ", "")
        if mod_97_10.is_valid(account[4:] + account[:4]):
            yield match.span()
    for match in _FORMER_ACCOUNT.finditer(plain):
        digits = match[0].replace("-", "")
        if int(digits[10:]) == (int(digits[:10]) % 97 or 97):
            yield match.span()
    for match in _UNDIVIDED.finditer(plain):
        # No enterprise number begins with 00 or 01.
        if (match[0] >= "02" and vat.is_valid(match[0])) or _dialled(match[0]):
            yield match.span()
    for match in _DATE_AND_TIME.finditer(plain):
        yield match.span()


def _dialled(digits: str) -> bool:
    """Whether undivided digits are a telephone number, and neither begin with a birth date nor lack one digit only."""
    pattern = r"04\d{8}" if len(digits) == 10 else rf"0(?:[239]\d{{7}}|4\d{{7}}|{_ZONE}\d{{6}})"
    return bool(re.fullmatch(pattern, digits)) and not could_be_born(digits) and not _lacks_one(digits)


def _lacks_one(digits: str) -> bool:
    """Whether one digit more makes ten digits a number with the right check."""
    return len(digits) == 10 and any(
        possible(digits[:place] + digit + digits[place:]) for place in range(11) for digit in string.digits
    )


def _with_birth_date(rest: str) -> Spans:
    """A birth date with its year written out, and the sequence after or before it."""
    found = []
    for match in _BIRTH.finditer(rest):
        start, end = match.span()
        years = [int(year) for year in re.findall(rf"(?=({_YEAR}))", match[0])]
        following = rest[end : end + _REACH]
        others = (*_DATED.finditer(following), *_POSTAL.finditer(following))
        after = _without(following, (other.span() for other in others))
        close = re.match(_GAP + _CHAIN.pattern, after)
        if close and sum(map(str.isdecimal, close[0])) >= 3:
            found.append((start, end + close.end()))
        wide = rf"{_WORDS}(?:\d{{3}}{_GAP}\d\d|\d{{5}})(?!\d)"
        loose = re.match(rf"{_WORDS}{_SEQUENCE}" if min(years) < _BORN_BEFORE else wide, after)
        if loose:
            found.append((start, end + loose.end()))
        before = re.search(rf"(?<!\d)\d{{3}}(?:{_GAP}\d\d)?{_WORDS}$", rest[max(0, start - _REACH) : start])
        if before and min(years) < _BORN_BEFORE:
            found.append((start - len(before[0]), end))
    return found


def _too_like(chain: str) -> bool:
    """Whether a chain of digits with only signs between them could be most of a number."""
    digits = "".join(_GROUP.findall(chain))
    if digits == chain and len(digits) > _LONGEST:
        return any(possible(digits[place : place + 11]) for place in range(len(digits) - 10))
    return len(digits) >= _MANY_DIGITS


def _between_words(rest: str) -> Spans:
    """Groups of digits with words between them that are laid out as those of a number."""
    groups, found = list(_GROUP.finditer(rest)), []
    for first in range(len(groups)):
        for last in range(first + 1, min(first + 11, len(groups))):
            if not re.fullmatch(_WORDS, rest[groups[last - 1].end() : groups[last].start()]):
                break
            parts = [group[0] for group in groups[first : last + 1]]
            if _laid_out(parts):
                found.append((groups[first].start(), groups[last].end()))
    return found


def _laid_out(parts: list[str]) -> bool:
    """Whether groups of digits are those of a number, with a digit too many or too few in one at most."""
    digits = "".join(parts)
    if len(digits) < _MANY_DIGITS:
        return False
    if len(digits) == 11 and possible(digits):
        return True
    ends = set(accumulate(map(len, parts)))
    if ends <= {2, 4, 6, 9, 11}:
        return could_be_born(digits) or could_be_born(digits[4:6] + digits[2:4] + digits) or {6, 9, 11} <= ends
    return any(
        len(parts) == len(sizes) and sum(map(abs, map(sub, map(len, parts), sizes))) == 1 for sizes in _DIVISIONS
    )


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these spans out of the way, at the same places."""
    for start, end in spans:
        text = text[:start] + _PASSED * (end - start) + text[end:]
    return text


def merged(spans: Spans) -> Spans:
    """Spans in their order, those that meet as one."""
    apart: Spans = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            start, end = apart[-1][0], max(end, apart.pop()[1])
        apart.append((start, end))
    return apart
