"""One redaction for all doors: what could be most of a register number is taken out, and other numbers pass.

The spellings are made from the layouts that people use and from slips of all kinds, by a seed that a failure prints.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.redaction import holds_number, scrub, scrub_name, spans_in
from ccinc_wizard.domain.register_number import MASK
from tests.domain.numbers import TODAY, born_between, issued

SIGNS = [
    " ",
    ".",
    "-",
    ",",
    ":",
    ";",
    "|",
    "'",
    "+",
    "=",
    "*",
    "/",
    "_",
    "\\",
    "#",
    "&",
    "~",
    "\u00ad",
    "\u00b7",
    "\u2013",
]
SIGNS += [
    ", ",
    " : ",
    "; ",
    " | ",
    " + ",
    " = ",
    " / ",
    " - ",
    "\u00a0",
    "\t",
    "\n",
    "...",
    "--",
    "\u200b",
    "\u2019",
    '"',
]
WORDS = [
    " en ",
    " dan ",
    " punt ",
    " streep ",
    " volgnummer ",
    ", nummer ",
    " et ",
    " puis ",
    " and then ",
    " nr. ",
    " x ",
]
LETTERS = str.maketrans("01", "Ol")
SENTENCES = [
    "{}",
    "nummer {}",
    "Lieve ({}) belt terug",
    "rrn:{}",
    "{}, zie mail",
    "tel. 02 553 42 26, {}",
    "nr {} 8820 Torhout",
]


def _groups(digits: str) -> tuple[str, ...]:
    return tuple(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:])))


def _slip(chance: random.Random, digits: str) -> str:
    place, digit = chance.randrange(len(digits)), chance.choice("0123456789")
    return chance.choice(
        [
            digits,
            digits[:place] + digit + digits[place + 1 :],
            digits[:place] + digits[place + 1 :],
            digits[:place] + digit + digits[place:],
            digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :],
        ]
    )


def _between(chance: random.Random, digits: str) -> str:
    sign = chance.choice(SIGNS)
    return sign.join(_groups(_slip(chance, digits)))


def _mixed(chance: random.Random, digits: str) -> str:
    parts = _groups(_slip(chance, digits))
    return "".join(part + chance.choice(SIGNS) for part in parts).rstrip() if parts else digits


def _single(chance: random.Random, digits: str) -> str:
    return chance.choice(SIGNS).join(_slip(chance, digits))


def _compact(chance: random.Random, digits: str) -> str:
    return _slip(chance, digits)


def _halves(chance: random.Random, digits: str) -> str:
    return digits[:6] + chance.choice(SIGNS + WORDS) + digits[6:9] + chance.choice(SIGNS + WORDS) + digits[9:]


def _brackets(chance: random.Random, digits: str) -> str:
    return chance.choice(
        ["({})({})({})({})({})", "({}.{}.{}) {}-{}", "{}.{}.{}({}){}", "[{}] [{}] [{}] [{}] [{}]"]
    ).format(*_groups(digits))


def _words(chance: random.Random, digits: str) -> str:
    form = "jaar {} maand {} dag {} volgnummer {} controle {}"
    return chance.choice([form.format(*_groups(digits)), chance.choice(WORDS).join(_groups(digits))])


def _stem(chance: random.Random, digits: str) -> str:
    return chance.choice(SIGNS).join(_groups(digits)[:4])


def _born(chance: random.Random, digits: str) -> str:
    year, month, day, sequence, check = _groups(digits)
    month = f"{int(month) % 20 or 1:02}"
    day = "07" if day == "00" else day
    date = chance.choice(
        ["{d}/{m}/{y}", "{d}-{m}-{y}", "{d}.{m}.{y}", "{y}-{m}-{d}", "{d}{m}{y}", "{y}{m}{d}", "{d} {m} {y}"]
    )
    date = date.format(d=day, m=month, y="19" + year)
    link = chance.choice([" ", "-", ", ", " / ", " volgnummer ", ", nummer ", " (", " nr. "])
    tail = chance.choice([sequence, sequence + check, f"{sequence}-{check}", f"{sequence}.{check}"])
    return date + link + tail


def _letters(chance: random.Random, digits: str) -> str:
    return ".".join(_groups(digits)).translate(LETTERS)


def _script(chance: random.Random, digits: str) -> str:
    zero = chance.choice([0xFF10, 0x0660, 0x0966, 0x1D7CE])
    return chance.choice(["", ".", " "]).join(_groups("".join(chr(zero + int(digit)) for digit in digits)))


FORMS: list[Callable[[random.Random, str], str]] = [
    _between, _between, _mixed, _mixed, _single, _compact, _halves, _brackets, _words, _stem, _born, _letters, _script,
]  # fmt: skip


def spellings(count: int, first: int = 1931, last: int = 2010) -> list[tuple[str, str]]:
    """So many spellings of numbers of people born in these years, and each in a sentence."""
    chance, made = random.Random(20261127), []
    while len(made) < count:
        number = issued(chance, born_between(chance, TODAY.replace(year=first), TODAY.replace(year=last, month=12)))
        shown = chance.choice(FORMS)(chance, number)
        if sum(map(str.isdecimal, shown.translate(str.maketrans("Ol", "01")))) >= 9:
            made.append((shown, chance.choice(SENTENCES).format(shown)))
    return made


def left(text: str) -> str:
    plain = re.sub(r"(?<![^\W_])[\dOl]+(?![^\W_])", lambda found: found[0].translate(str.maketrans("Ol", "01")), text)
    return "".join(str(int(sign)) for sign in plain if sign.isdecimal())


@pytest.mark.parametrize(("first", "last"), [(1931, 1999), (2000, 2010)])
def test_3000_spellings_of_a_number_are_taken_out(first: int, last: int) -> None:
    missed = [(shown, text) for shown, text in spellings(3000, first, last) if _leaks(shown, text)]
    assert missed == [], f"{len(missed)} of 3000"


def _leaks(shown: str, text: str) -> bool:
    """Whether a digit more than the sentence's own stands in what was kept."""
    around = len(left(text)) - len(left(shown))
    return len(left(scrub(text, "…"))) > around or not spans_in(shown)


def test_another_1000_numbers_in_their_usual_layouts_pass() -> None:
    false = [text for text in _others(1000) if spans_in(text)]
    print(f"false alarms: {len(false)} of 1000")
    assert false == []


def _others(count: int) -> list[str]:
    chance = random.Random(2026)
    return [chance.choice([_telephone, _enterprise, _account])(chance) for _ in range(count)]


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def _telephone(chance: random.Random) -> str:
    pairs = [_digits(chance, 2) for _ in range(4)]
    zone, three = (
        chance.choice(["50", "51", "56", "16", "14", "11", "89", "53"]),
        chance.choice("2345678") + _digits(chance, 2),
    )
    big, mobile = chance.choice("2349"), "4" + chance.choice("56789") + chance.choice("56789")
    return chance.choice(
        [
            "0{m} {0} {1} {2}", "0{m}/{0}.{1}.{2}", "0{m}/{0} {1} {2}", "0{m}-{0}-{1}-{2}", "0{m}{0}{1}{2}",
            "0{m} {0}{1}{2}", "0{m}.{0}.{1}.{2}", "+32 {m} {0} {1} {2}", "+32{m}{0}{1}{2}", "0032 {m} {0} {1} {2}",
            "+32 (0){m} {0} {1} {2}", "+32 (0) {m} {0} {1} {2}", "tel. 0{m}{0}{1}{2}", "0{b} {t} {0} {1}",
            "0{b}/{t}.{0}.{1}", "(0{b}) {t} {0} {1}", "+32 {b} {t} {0} {1}", "+32 (0){b} {t} {0} {1}",
            "0{z} {0} {1} {2}", "0{z}/{0}.{1}.{2}", "0{z}-{0} {1} {2}", "+32 {z} {0} {1} {2}", "+32{z}{0}{1}{2}",
            "GSM: 0{m}/{0}{1}{2}", "0{m}/{0}.{1}.{2} of 0{b} {t} {0} {1}", "0{m} {0} {1} {2} / 0{b} {t} {0} {1}",
        ]
    ).format(*pairs, m=mobile, b=big, z=zone, t=three)  # fmt: skip


def _enterprise(chance: random.Random) -> str:
    first = f"0{chance.randrange(2_000_000, 7_999_999)}"
    number = first + f"{97 - int(first) % 97:02}"
    form = chance.choice(
        [
            "{0}.{1}.{2}", "{0} {1} {2}", "BE {0}.{1}.{2}", "BE{0}{1}{2}", "BTW BE {0}.{1}.{2}", "KBO {0}.{1}.{2}",
            "KBO: {0}{1}{2}", "BTW-nr. BE{0}{1}{2}", "TVA BE {0}.{1}.{2}", "ondernemingsnummer {0}.{1}.{2}",
            "BE-{0}.{1}.{2}", "BE.{0}.{1}.{2}", "{0}{1}{2}",
        ]
    )  # fmt: skip
    return form.format(number[:4], number[4:7], number[7:])


def _account(chance: random.Random) -> str:
    first = _digits(chance, 10)
    account = first + f"{int(first) % 97 or 97:02}"
    check = f"{98 - int(account + '111400') % 97:02}"
    four = account[:4], account[4:8], account[8:]
    form = chance.choice(
        [
            "BE{c} {0} {1} {2}",
            "BE{c}{0}{1}{2}",
            "IBAN BE{c} {0} {1} {2}",
            "IBAN: BE{c}-{0}-{1}-{2}",
            "be{c} {0} {1} {2}",
            "old",
        ]
    )
    return f"{account[:3]}-{account[3:10]}-{account[10:]}" if form == "old" else form.format(*four, c=check)


@pytest.mark.parametrize(
    "text",
    [
        "Gebeld op 24/11/2026 om 14:30.",
        "24/11/2026 14u30 - 16u30",
        "van 24/11/2026 tot 30/11/2026, 8820 Torhout",
        "geboren 30/07/1985, 8820 Torhout",
        "2026-11-24 10:00:00",
        "2026-11-24T10:00:00.123+01:00",
        "Op 24/11/2026 kwamen 120 mensen.",
        "12 stoelen, 8820 Torhout, 3 dagen, 2026",
        "NL91 ABNA 0417 1643 00",
        "DE89 3704 0044 0532 0130 00",
        "0800 12 345",
        "078 15 15 15",
        "(056) 22 33 44",
        "0485\u201312\u201334\u201356",
        "+32 470 12 34 56",
        "0809 55 123 45",
        "032345678",
        "0499123456",
        "123-4567888-97",
        "051\u221222\u221233\u221244",
        "(02) 553 42 26",
        "rij 7 bel 02 553 42 26",
        "01/01/2016 dossier 123",
        "123 dossier 01/01/2016",
        "tel. 0491659670",
        "1" * 14,
        "1" * 40,
        "",
        "Lieve",
        "Op 24/11/2026 12 mensen.",
        "rij 1 2 3 4, zaal 12345",
        "1234 mensen en 56789 in 12 zalen",
        "8507 stoelen, 3 zalen, 0033 mensen, 29 dagen",
        "1234 mensen, 5678 stoelen, 12 dagen",
        "850730 " + "mensen " * 7 + "033 en 28",
        "096020585",
    ],
)
def test_what_is_written_as_something_else_passes(text: str) -> None:
    assert spans_in(text) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("tel. 85.07.30-033.28", "tel. …"),
        ("KBO 850.730.033.28", "KBO …"),
        ("BE85073003328", "BE…"),
        ("0407 30 03 32 8", "…"),
        ("02 553 42 26 85.07.30-033.28", "02 553 42 26 …"),
        ("85.07.30-033.28 0485 12 34 56", "… 0485 12 34 56"),
        ("30/07/1985 033", "…"),
        ("22071946, nummer 455", "…"),
        ("01/01/2016 123", "…"),
        # Undivided, with more digits before or behind than a number has.
        ("3007198503328", "…"),
        ("99985073003328999", "…"),
        ("99985073003328", "…"),
        ("1234 5678 9123 4567", "…"),
        # In groups with words between them: right, without its check, the day first, or with a slip.
        ("850730 dan 03328", "…"),
        ("85 dan 07 dan 30 dan 033 dan 28 en 5 mensen", "… en 5 mensen"),
        ("85 dan 07 dan 30 dan 033", "…"),
        ("30 dan 07 dan 85 dan 033", "…"),
        ("30 dan 07 dan 85 dan 933", "…"),
        ("850730 dan 033 dan 2 en 5 mensen", "… en 5 mensen"),
        ("8507 dan 3 dan 0033 dan 28", "…"),
        ("859930 dan 033 dan 28", "…"),
        ("85 dan 07 dan 30 dan 033 dan 29", "…"),
        # With one digit missing, as a telephone number has ten.
        ("nummer 0491659670", "nummer …"),
        ("0472889333", "…"),
        ("0147206903", "…"),
        ("024123456", "…"),
        # What nobody can be called by.
        ("189955123", "…"),
        ("1899000000", "…"),
        ("volgnummer 033, geboren 30/07/1985", "volgnummer …"),
        # Who was born later asks for no right: that is a meeting.
        ("31/12/2015 dossier 123", "…"),
        ("123 dossier 31/12/2015", "…"),
        # A group of digits right before is where it began.
        ("12 02 553 42 26", "…"),
        ("7 02 553 42 26", "…"),
        ("32 470 12 34 56", "…"),
        # A sign that stands for several is one sign still.
        ("½ ﬁ 85.07.30-033.28", "½ ﬁ …"),
        # The sign by which the sieve marks what has passed lets nothing pass.
        ("85\x0007\x0030\x00033\x0028", "…"),
    ],
)
def test_where_two_readings_meet_taking_out_wins(text: str, kept: str) -> None:
    assert scrub(text, "…") == kept


@pytest.mark.parametrize(
    "blocks",
    [
        ("85", "07", "30", "033", "28"),
        ("8507", "30", "033", "28"),
        ("85", "0730", "033", "28"),
        ("850730", "033", "28"),
    ],
)
@pytest.mark.parametrize("slip", [lambda block: block[:-1], lambda block: block + "1"])
def test_one_digit_more_or_less_in_any_block_between_words_is_taken_out(
    blocks: tuple[str, ...], slip: Callable[[str], str]
) -> None:
    for place, block in enumerate(blocks):
        shown = " dan ".join([*blocks[:place], slip(block), *blocks[place + 1 :]])
        assert scrub(shown, "…") == "…", shown


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("Lieve 02 553 42 26", True),
        ("Lieve 553 42 26 1", False),
        ("Lieve 85.07.30-033", True),
        ("Lieve 85.O7.3O-O33", True),
        ("Lieve", False),
    ],
)
def test_no_name_has_nine_digits(name: str, holds: bool) -> None:
    assert holds_number(name) is holds


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Lieve 02 553 42 26", "Lieve •• ••• •• ••"),
        ("Lieve 85.07.30-033.28", f"Lieve {MASK}"),
        ("Lieve 553", "Lieve 553"),
    ],
)
def test_a_name_with_nine_digits_shows_none(name: str, shown: str) -> None:
    assert scrub_name(name) == shown


def test_the_same_sieve_stands_before_names_organisations_and_drafts() -> None:
    for _, text in spellings(300):
        draft = Answers(applicant_name=text, authority_name=text, asked_about=text).draft()
        for kept in draft.values():
            assert spans_in(kept) == [], ascii(text)


@pytest.mark.parametrize(
    "text", ["1 " * 3000, "a1" * 3000, "24/11/2026 " * 500, "o" * 9000, "BE12 3456 " * 900, "+32 " * 2000]
)
def test_long_texts_take_no_longer_than_they_are_long(text: str) -> None:
    spans_in(text)
