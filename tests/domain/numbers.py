"""Register numbers for the tests: made and judged from the decrees' text alone, without the program's own code.

Royal decree of 3 April 1984: two digits each of year, month and day, three of sequence (men 001-997, women 002-998),
two of check: 97 minus the rest of the first nine by 97, with a 2 before them for births from 2000.
Royal decree of 8 February 1991 (BIS): the month raised by 20, or by 40.
"""

from __future__ import annotations

import datetime as dt
import random

TODAY = dt.date(2026, 11, 24)
SEPARATORS = " .-/\t\n\u00a0\u202f\u2013\u2011\u2212"

Verdict = tuple[str, str, dt.date, dt.date] | str
"""The reason for a refusal; or "ok", the kind and the first and last day of birth that the number leaves open."""


def check_digits(first_nine: str, century: int) -> str:
    """The two check digits that the decree asks for."""
    base = int(first_nine) if century == 1900 else 2_000_000_000 + int(first_nine)
    return str(97 - base % 97).zfill(2)


def make(year: int, month: int, day: int, sequence: int) -> str:
    """Eleven digits with the right check; `month` as it stands in the number, so raised for BIS."""
    first_nine = f"{year % 100:02}{month:02}{day:02}{sequence:03}"
    return first_nine + check_digits(first_nine, 1900 if year < 2000 else 2000)


def written(digits: str) -> str:
    """As on the identity card."""
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"


def judge(text: str, today: dt.date, *, fictional: bool = False) -> Verdict:
    """What a careful clerk would say of a text."""
    digits = ""
    for sign in text:
        if sign in SEPARATORS:
            continue
        digits += chr(ord(sign) - 0xFF10 + ord("0")) if "\uff10" <= sign <= "\uff19" else sign
    if digits == "":
        return "empty"
    if any(sign not in "0123456789" for sign in digits):
        return "characters"
    if len(digits) != 11:
        return "length"
    centuries = [century for century in (1900, 2000) if check_digits(digits[:9], century) == digits[9:]]
    if not centuries:
        return "checksum"
    return _judge_date(digits, centuries[0], today, fictional=fictional)


def _judge_date(digits: str, century: int, today: dt.date, *, fictional: bool) -> Verdict:
    year, month, day, sequence = century + int(digits[:2]), int(digits[2:4]), int(digits[4:6]), int(digits[6:9])
    kind = "register"
    for raised in (40, 20):
        if raised <= month <= raised + 12:
            kind, month = "bis", month - raised
            break
    if month > 12:
        return "birth-date"
    if month == 0:
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    elif day == 0:
        first = dt.date(year, month, 1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    else:
        try:
            first = last = dt.date(year, month, day)
        except ValueError:
            return "birth-date"
    if first > today:
        return "future"
    nothing_known = month == 0 and year in (1900, 2000)
    if not nothing_known and last <= years_before(today, 111):
        return "birth-date"
    if (sequence in (0, 999)) is not fictional:
        return "sequence"
    return "ok", kind, first, last


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years ago; 28 February where the 29th does not exist."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return dt.date(day.year - years, 2, 28)


def issued(chance: random.Random, born: dt.date) -> str:
    """A number that can have been issued: register, BIS with either raise, or a birth date known in part."""
    raised = chance.choice((0, 0, 20, 40))
    month, day = chance.choice(((born.month, born.day), (born.month, born.day), (born.month, 0), (0, 0), (0, 1)))
    return make(born.year, month + raised, day, chance.randint(1, 998))


def born_between(chance: random.Random, first: dt.date, last: dt.date) -> dt.date:
    """Any day of the two or between them."""
    return first + dt.timedelta(days=chance.randint(0, (last - first).days))
