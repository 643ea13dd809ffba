"""The register number: what is read, what is refused and why, against a check of the tests' own."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.domain.register_number import (
    NumberKind,
    Reason,
    RegisterNumberError,
    could_be_born,
    format_typed,
    parse,
)
from tests.domain.numbers import SEPARATORS, TODAY, Verdict, born_between, issued, judge, make, written, years_before


def verdict(text: str, today: dt.date = TODAY, *, fictional: bool = False) -> Verdict:
    try:
        number = parse(text, today=today, fictional=fictional)
    except RegisterNumberError as error:
        return error.reason.value
    return "ok", number.kind.value, number.birth.first, number.birth.last


REFUSED: list[tuple[str, Reason]] = [
    ("", Reason.EMPTY),
    (" \t\u00a0\n", Reason.EMPTY),
    (".. -", Reason.EMPTY),
    ("\u200b", Reason.EMPTY),
    ("8507300332", Reason.LENGTH),
    ("850730033280", Reason.LENGTH),
    ("1", Reason.LENGTH),
    ("00000000000000000000000000", Reason.LENGTH),
    ("Lieve", Reason.CHARACTERS),
    ("85.07.30-033.2X", Reason.CHARACTERS),
    ("BE85073003328", Reason.CHARACTERS),
    ("85,07,30,033,28", Reason.CHARACTERS),
    ("+85073003328", Reason.CHARACTERS),
    ("-\u0668\u0665073003328", Reason.CHARACTERS),  # Arabic-Indic digits
    ("8507300332\u00b2", Reason.CHARACTERS),  # superscript two
    ("85.07.30-033.29", Reason.CHECKSUM),
    ("85.07.30-033.00", Reason.CHECKSUM),
    ("00000000000", Reason.CHECKSUM),
    ("99999999999", Reason.CHECKSUM),
    ("79.08.22-999.65", Reason.CHECKSUM),
    (make(1985, 2, 30, 33), Reason.BIRTH_DATE),
    (make(2004, 2, 30, 33), Reason.BIRTH_DATE),
    (make(1985, 4, 31, 33), Reason.BIRTH_DATE),
    (make(1985, 7, 32, 33), Reason.BIRTH_DATE),
    (make(1985, 7, 35, 33), Reason.BIRTH_DATE),
    (make(1985, 7, 99, 33), Reason.BIRTH_DATE),
    (make(1985, 2, 29, 33), Reason.BIRTH_DATE),
    (make(2001, 2, 29, 33), Reason.BIRTH_DATE),
    (make(1985, 42, 29, 33), Reason.BIRTH_DATE),
    (make(1985, 22, 30, 33), Reason.BIRTH_DATE),
    *[(make(1985, month, 15, 33), Reason.BIRTH_DATE) for month in (*range(13, 20), *range(33, 40), *range(53, 100))],
    *[(make(2005, month, 15, 33), Reason.BIRTH_DATE) for month in (*range(13, 20), *range(33, 40), *range(53, 100))],
    (make(1985, 7, 30, 0), Reason.SEQUENCE),
    (make(1985, 7, 30, 999), Reason.SEQUENCE),
    (make(2005, 47, 30, 0), Reason.SEQUENCE),
    (make(2026, 11, 25, 33), Reason.FUTURE),
    (make(2026, 12, 31, 33), Reason.FUTURE),
    (make(2026, 52, 31, 33), Reason.FUTURE),
    (make(2026, 12, 0, 33), Reason.FUTURE),
    (make(2027, 1, 1, 33), Reason.FUTURE),
    (make(2027, 0, 0, 33), Reason.FUTURE),
    (make(2099, 12, 31, 33), Reason.FUTURE),
    (make(1915, 11, 24, 33), Reason.BIRTH_DATE),
    (make(1905, 6, 15, 33), Reason.BIRTH_DATE),
    (make(1914, 0, 0, 33), Reason.BIRTH_DATE),
    (make(1914, 52, 0, 33), Reason.BIRTH_DATE),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_a_text_that_is_no_number_is_refused_with_its_reason(text: str, reason: Reason) -> None:
    assert verdict(text) == reason.value
    with pytest.raises(RegisterNumberError) as refusal:
        parse(text, today=TODAY)
    assert str(refusal.value) == reason.value


@pytest.mark.parametrize(
    "text",
    [
        "85073003328",
        "85.07.30-033.28",
        "85 07 30 033 28",
        "85.07.30 033-28",
        "  85073003328\n",
        "85.07.30-\n033.28",
        "85\t07\t30\t033\t28",
        "85\u00a007\u00a030\u00a0033\u00a028",
        "85\u202f07\u202f30\u202f033\u202f28",
        "85.07.30\u2013033.28",
        "85.07.30\u2011033.28",
        "85.07.30\u2212033.28",
        "85\u00b707\u00b730\u00b7033\u00b728",
        "８５．０７．３０－０３３．２８",
        "８５０７３００３３２８",
        "\ufeff85.07.30-033.28",
        "\u202a85.07.30-033.28\u202c",
        "85.07.30\u200b-033.28",
        "850730\u00ad03328",
        "85/07/30-033/28",
        "85 / 07 / 30 / 033 / 28",
        "85\u204407\u204430\u2215033\uff0f28",
        "- 85 - 07 - 30 . . 033 - 28 -",
    ],
)
def test_every_usual_form_is_the_same_number(text: str) -> None:
    number = parse(text, today=TODAY)
    assert number.clear_digits() == "85073003328"
    assert number.clear_format() == "85.07.30-033.28"
    assert number == parse("85073003328", today=TODAY)
    assert hash(number) == hash(parse("85073003328", today=TODAY))
    assert number != parse(make(1985, 7, 30, 35), today=TODAY)
    assert number != "85073003328"


DAY = dt.date
ACCEPTED: list[tuple[str, NumberKind, dt.date, dt.date, bool]] = [
    (make(1985, 7, 30, 33), NumberKind.REGISTER, DAY(1985, 7, 30), DAY(1985, 7, 30), True),
    (make(1985, 7, 30, 1), NumberKind.REGISTER, DAY(1985, 7, 30), DAY(1985, 7, 30), True),
    (make(1985, 7, 30, 998), NumberKind.REGISTER, DAY(1985, 7, 30), DAY(1985, 7, 30), True),
    (make(2004, 2, 29, 33), NumberKind.REGISTER, DAY(2004, 2, 29), DAY(2004, 2, 29), True),
    (make(1984, 2, 29, 33), NumberKind.REGISTER, DAY(1984, 2, 29), DAY(1984, 2, 29), True),
    (make(2000, 2, 29, 33), NumberKind.REGISTER, DAY(2000, 2, 29), DAY(2000, 2, 29), True),
    (make(2026, 11, 24, 33), NumberKind.REGISTER, DAY(2026, 11, 24), DAY(2026, 11, 24), True),
    (make(2026, 11, 0, 33), NumberKind.REGISTER, DAY(2026, 11, 1), DAY(2026, 11, 30), True),
    (make(2026, 0, 0, 33), NumberKind.REGISTER, DAY(2026, 1, 1), DAY(2026, 12, 31), True),
    (make(1985, 27, 30, 33), NumberKind.BIS, DAY(1985, 7, 30), DAY(1985, 7, 30), True),
    (make(1985, 47, 30, 33), NumberKind.BIS, DAY(1985, 7, 30), DAY(1985, 7, 30), True),
    (make(2005, 32, 31, 33), NumberKind.BIS, DAY(2005, 12, 31), DAY(2005, 12, 31), True),
    (make(2005, 52, 31, 33), NumberKind.BIS, DAY(2005, 12, 31), DAY(2005, 12, 31), True),
    (make(1985, 20, 0, 33), NumberKind.BIS, DAY(1985, 1, 1), DAY(1985, 12, 31), True),
    (make(1985, 40, 0, 33), NumberKind.BIS, DAY(1985, 1, 1), DAY(1985, 12, 31), True),
    (make(1985, 0, 0, 33), NumberKind.REGISTER, DAY(1985, 1, 1), DAY(1985, 12, 31), True),
    (make(1985, 0, 1, 33), NumberKind.REGISTER, DAY(1985, 1, 1), DAY(1985, 12, 31), True),
    (make(1985, 2, 0, 33), NumberKind.REGISTER, DAY(1985, 2, 1), DAY(1985, 2, 28), True),
    (make(1984, 42, 0, 33), NumberKind.BIS, DAY(1984, 2, 1), DAY(1984, 2, 29), True),
    ("00000100166", NumberKind.REGISTER, DAY(1900, 1, 1), DAY(1900, 12, 31), False),
    ("00000100195", NumberKind.REGISTER, DAY(2000, 1, 1), DAY(2000, 12, 31), False),
    (make(1915, 11, 25, 33), NumberKind.REGISTER, DAY(1915, 11, 25), DAY(1915, 11, 25), True),
    (make(1915, 12, 0, 33), NumberKind.REGISTER, DAY(1915, 12, 1), DAY(1915, 12, 31), True),
    (make(1915, 0, 0, 33), NumberKind.REGISTER, DAY(1915, 1, 1), DAY(1915, 12, 31), True),
]


@pytest.mark.parametrize(("digits", "kind", "first", "last", "known"), ACCEPTED)
def test_a_number_that_can_be_right_tells_its_kind_and_birth(
    digits: str, kind: NumberKind, first: dt.date, last: dt.date, known: bool
) -> None:
    number = parse(digits, today=TODAY)
    assert (number.kind, number.birth.first, number.birth.last, number.birth.known) == (kind, first, last, known)


@pytest.mark.parametrize("today", [TODAY, dt.date(2028, 2, 29), dt.date(2027, 2, 28), dt.date(2027, 1, 1)])
def test_older_than_110_is_refused_from_the_111th_birthday(today: dt.date) -> None:
    turns_111 = years_before(today, 111)
    assert verdict(written(make(turns_111.year, turns_111.month, turns_111.day, 5)), today) == "birth-date"
    still_110 = turns_111 + dt.timedelta(days=1)
    assert verdict(written(make(still_110.year, still_110.month, still_110.day, 5)), today)[0] == "ok"


@pytest.mark.parametrize(
    ("born", "unusual"),
    [
        (dt.date(2011, 11, 25), True),  # 15 tomorrow
        (dt.date(2011, 11, 24), False),  # 15 today
        (dt.date(1935, 11, 25), False),  # 91 tomorrow
        (dt.date(1935, 11, 24), True),  # 91 today
        (dt.date(2026, 11, 24), True),
        (dt.date(1985, 7, 30), False),
    ],
)
def test_younger_than_15_and_older_than_90_is_unusual(born: dt.date, unusual: bool) -> None:
    assert parse(make(born.year, born.month, born.day, 33), today=TODAY).unusual_age(TODAY) is unusual


@pytest.mark.parametrize(
    ("digits", "unusual"),
    [
        (make(2011, 0, 0, 33), False),  # may be 15 already
        (make(2012, 0, 0, 33), True),
        (make(1935, 0, 0, 33), False),  # may still be 90
        (make(1934, 0, 0, 33), True),
        (make(2011, 11, 0, 33), False),
        (make(2011, 12, 0, 33), True),
        ("00000100166", False),
        ("00000100195", False),
    ],
)
def test_a_birth_date_known_in_part_is_unusual_only_when_every_day_of_it_would_be(digits: str, unusual: bool) -> None:
    assert parse(digits, today=TODAY).unusual_age(TODAY) is unusual


@pytest.mark.parametrize("sequence", [0, 999])
@pytest.mark.parametrize(("year", "month"), [(1985, 7), (1985, 47), (1985, 27), (2005, 7)])
def test_training_takes_only_numbers_that_are_never_issued(sequence: int, year: int, month: int) -> None:
    fictional, real = make(year, month, 30, sequence), make(year, month, 30, 33)
    assert verdict(fictional, fictional=True)[0] == "ok"
    assert verdict(real, fictional=True) == "sequence"
    assert verdict(fictional) == "sequence"


def _any_text(chance: random.Random) -> str:
    """A number of any kind and in any form, sound or damaged."""
    digits = chance.choice(
        [
            issued(chance, born_between(chance, dt.date(1900, 1, 1), dt.date(2027, 12, 31))),
            issued(chance, born_between(chance, dt.date(1990, 1, 1), dt.date(2026, 12, 31))),
            issued(chance, born_between(chance, TODAY - dt.timedelta(days=5), TODAY + dt.timedelta(days=5))),
            issued(chance, born_between(chance, dt.date(1915, 11, 20), dt.date(1915, 11, 30))),
            make(chance.randint(1900, 2030), chance.randint(0, 99), chance.randint(0, 40), chance.randint(0, 999)),
            make(chance.randint(1930, 2026), chance.randint(1, 12), chance.randint(1, 31), chance.choice((0, 999))),
            "".join(chance.choices("0123456789", k=11)),
            "".join(chance.choices("0123456789", k=chance.randint(0, 14))),
        ]
    )
    if chance.random() < 0.15:
        place = chance.randrange(len(digits) + 1)
        digits = digits[:place] + chance.choice("0123456789Xé/") + digits[place + 1 :]
    if chance.random() < 0.2:
        digits = "".join(
            chr(ord(sign) - ord("0") + 0xFF10) if sign.isascii() and sign.isdigit() else sign for sign in digits
        )
    if chance.random() < 0.5:
        digits = written(digits)
    for _ in range(chance.randint(0, 4)):
        place = chance.randrange(len(digits) + 1)
        digits = digits[:place] + chance.choice(SEPARATORS) + digits[place:]
    return digits


def test_5000_numbers_of_all_kinds_agree_with_a_check_made_from_the_decrees() -> None:
    chance, seen = random.Random(1984_04_03), set()
    for _ in range(5000):
        text, fictional = _any_text(chance), chance.random() < 0.3
        expected = judge(text, TODAY, fictional=fictional)
        assert verdict(text, fictional=fictional) == expected, ascii(text)
        seen.add(expected if isinstance(expected, str) else expected[:2])
    assert seen == {reason.value for reason in Reason} | {("ok", "register"), ("ok", "bis")}


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789.- ")), max_size=40), st.booleans())
def test_any_text_is_read_or_refused_and_never_breaks(text: str, fictional: bool) -> None:
    found = verdict(text, fictional=fictional)
    assert found in set(Reason) or found[0] == "ok"
    assert isinstance(format_typed(text), str)


def test_no_one_digit_error_in_20000_passes_unremarked() -> None:
    """Of those who can be an applicant, 15 to 90 years old: refused, or said to have an unusual age."""
    chance = random.Random(97)
    passed = 0
    for _ in range(20_000):
        right = issued(chance, born_between(chance, dt.date(1936, 12, 31), dt.date(2011, 1, 1)))
        assert verdict(right)[0] == "ok"
        place = chance.randrange(11)
        digit = chance.choice([sign for sign in "0123456789" if sign != right[place]])
        try:
            number = parse(right[:place] + digit + right[place + 1 :], today=TODAY)
        except RegisterNumberError:
            continue
        passed += not number.unusual_age(TODAY)
    assert passed == 0


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("", ""),
        ("8", "8"),
        ("850", "85.0"),
        ("85.0", "85.0"),
        ("850730", "85.07.30"),
        ("8507300", "85.07.30-0"),
        ("85073003328", "85.07.30-033.28"),
        ("85 07 30 033 28", "85.07.30-033.28"),
        ("８５０７３００３３２８", "85.07.30-033.28"),
        ("850730033281", "850730033281"),
        ("85.07.3x", "85.07.3x"),
        ("٨٥٠٧٣", "٨٥٠٧٣"),
        ("Lieve", "Lieve"),
    ],
)
def test_what_is_typed_is_laid_out_as_on_the_card_as_far_as_it_goes(typed: str, shown: str) -> None:
    assert format_typed(typed) == shown
    assert format_typed(shown) == shown


def test_nothing_of_a_number_is_told_but_its_kind() -> None:
    number = parse("85.07.30-033.28", today=TODAY)
    assert str(number) == "••.••.••-•••.••"
    assert repr(number) == "RegisterNumber(register, ••.••.••-•••.••)"
    with pytest.raises(TypeError, match="a register number is never written"):
        number.__reduce__()
    for reason in Reason:
        assert str(RegisterNumberError(reason)) == reason.value


@pytest.mark.parametrize(
    ("digits", "could"),
    [
        ("850730", True),
        ("000229", True),
        ("840229", True),
        ("850229", False),
        ("850431", False),
        ("854730", True),
        ("852730", True),
        ("854000", True),
        ("852000", True),
        ("854001", True),
        ("853430", False),
        ("850000", True),
        ("990101", True),
        ("991301", False),
    ],
)
def test_a_number_can_only_begin_with_a_day_of_either_century(digits: str, could: bool) -> None:
    assert could_be_born(digits) is could


@pytest.mark.parametrize("month", [20, 27, 40, 47])
def test_a_number_whose_month_is_raised_is_a_bis_number_and_says_so(month: int) -> None:
    number = parse(make(1985, month, 0, 3), today=TODAY)
    assert number.kind is NumberKind.BIS
    assert "bis" in repr(number)
