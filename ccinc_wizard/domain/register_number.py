"""The Belgian National Register number and the BIS number.

Eleven digits: two each of birth year, month and day, three of sequence, two of check
(royal decree of 3 April 1984; BIS: royal decree of 8 February 1991, months raised by 20 or 40).
"""

from __future__ import annotations

import calendar
import datetime as dt
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Never

from stdnum.be import nn

MASK = "••.••.••-•••.••"
OLDEST_AGE = 110
USUAL_AGES = range(15, 91)
_FICTIONAL_SEQUENCES = (0, 999)


class NumberKind(StrEnum):
    """What sort of number it is."""

    REGISTER = "register"
    BIS = "bis"


class Reason(StrEnum):
    """Why a text is no register number; the values are the contract's reason codes."""

    EMPTY = "empty"
    LENGTH = "length"
    CHARACTERS = "characters"
    CHECKSUM = "checksum"
    BIRTH_DATE = "birth-date"
    SEQUENCE = "sequence"
    FUTURE = "future"


class RegisterNumberError(ValueError):
    """A text is no register number. Carries the reason, never the text."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class BirthRange:
    """First and last day on which the holder can have been born: one day where all of it is known."""

    first: dt.date
    last: dt.date
    known: bool = True


class RegisterNumber:
    """A number that can be right. `str` and `repr` are masked; it can be neither pickled nor copied out."""

    __slots__ = ("_digits", "birth", "kind")

    def __init__(self, digits: str, kind: NumberKind, birth: BirthRange) -> None:
        self._digits = digits
        self.kind = kind
        self.birth = birth

    def clear_digits(self) -> str:
        """The eleven digits in clear. Never write them anywhere."""
        return self._digits

    def clear_format(self) -> str:
        """The digits as on the identity card, `85.07.30-033.28`, in clear. Never write them anywhere."""
        return str(nn.format(self._digits))

    def unusual_age(self, today: dt.date) -> bool:
        """Whether the holder would be under 15 or over 90: a reason to look twice, not to refuse.

        A one-digit error in a number of someone born from 2000 can pass as one from the 1900s.
        """
        if not self.birth.known:
            return False
        return not (_age(self.birth.last, today) <= USUAL_AGES[-1] and _age(self.birth.first, today) >= USUAL_AGES[0])

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return f"RegisterNumber({self.kind.value}, {MASK})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RegisterNumber) and other._digits == self._digits

    def __hash__(self) -> int:
        return hash(self._digits)

    def __reduce__(self) -> Never:
        raise TypeError("a register number is never written")


def parse(text: str, *, today: dt.date, fictional: bool = False) -> RegisterNumber:
    """Read a number typed or pasted in any usual form.

    `fictional` (training) accepts only the sequences 000 and 999, which are never issued;
    otherwise exactly those are refused. `today` decides what lies in the future: python-stdnum reads the
    machine's clock and lets a birthday later this year pass, so the date rules stand here.

    Raises RegisterNumberError with the first reason that applies.
    """
    try:
        return _read(text, today=today, fictional=fictional)
    except RegisterNumberError as error:
        reason = error.reason
    # Raised anew, away from the digits: a report that shows the local variables of each frame must not show them.
    del text
    raise RegisterNumberError(reason)


def format_typed(text: str) -> str:
    """Lay digits out as `85.07.30-033.28` as far as they go; any other text comes back unchanged."""
    digits = _compact(text)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 11:
        return text
    groups = (digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:])
    return "".join(sign + group for sign, group in zip(("", ".", ".", "-", "."), groups, strict=True) if group)


def possible(digits: str) -> bool:
    """Whether eleven digits have a date and a check that can be right, whoever could bear them."""
    try:
        return bool(_birth(digits, _century(digits)))
    except RegisterNumberError:
        return False


def could_be_born(digits: str) -> bool:
    """Whether a number can begin with these digits: the first six count. Each day of the last century is one of this
    century too."""
    try:
        return bool(_birth(digits, 2000))
    except RegisterNumberError:
        return False


def _read(text: str, *, today: dt.date, fictional: bool) -> RegisterNumber:
    digits = _compact(text)
    if not digits:
        raise RegisterNumberError(Reason.EMPTY)
    if not (digits.isascii() and digits.isdigit()):
        raise RegisterNumberError(Reason.CHARACTERS)
    if len(digits) != 11:
        raise RegisterNumberError(Reason.LENGTH)
    birth = _birth(digits, _century(digits))
    if birth.first > today:
        raise RegisterNumberError(Reason.FUTURE)
    if birth.known and _age(birth.last, today) > OLDEST_AGE:
        raise RegisterNumberError(Reason.BIRTH_DATE)
    if (int(digits[6:9]) in _FICTIONAL_SEQUENCES) != fictional:
        raise RegisterNumberError(Reason.SEQUENCE)
    kind = NumberKind.BIS if int(digits[2:4]) >= 20 else NumberKind.REGISTER
    return RegisterNumber(digits, kind, birth)


def _compact(text: str) -> str:
    """Without what people and programs put between digits: python-stdnum knows dashes and dots of all kinds, but
    neither slashes, tabs, line ends nor the invisible signs that come along with a paste."""
    seen = (sign for sign in text if not sign.isspace() and unicodedata.category(sign) != "Cf")
    # It brings slashes of all kinds into one form, and leaves that there.
    return str(nn.compact("".join(seen))).replace("/", "")


def _checks(digits: str, prefix: str) -> bool:
    return 97 - int(prefix + digits[:9]) % 97 == int(digits[9:])


def _century(digits: str) -> int:
    if _checks(digits, ""):
        return 1900
    if _checks(digits, "2"):
        return 2000
    raise RegisterNumberError(Reason.CHECKSUM)


def _birth(digits: str, century: int) -> BirthRange:
    year, coded_month, day = century + int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    month = coded_month - 40 if coded_month >= 40 else coded_month - 20 if coded_month >= 20 else coded_month
    if month > 12:
        raise RegisterNumberError(Reason.BIRTH_DATE)
    if month == 0:
        # The day then only counts on when the sequences of a year have run out.
        known = year not in (1900, 2000)
        return BirthRange(dt.date(year, 1, 1), dt.date(year, 12, 31), known)
    last_day = calendar.monthrange(year, month)[1]
    if day > last_day:
        raise RegisterNumberError(Reason.BIRTH_DATE)
    return BirthRange(dt.date(year, month, day or 1), dt.date(year, month, day or last_day))


def _age(born: dt.date, today: dt.date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
