"""No digit of a register number gets out of the domain but by the method that says so, or stays in a free text."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import random
import re
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Role, Situation
from ccinc_wizard.domain.findings import AccessRequest, Case, Circumstances
from ccinc_wizard.domain.redaction import scrub, spans_in
from ccinc_wizard.domain.register_number import MASK, RegisterNumberError, parse
from tests.domain.numbers import TODAY, born_between, issued, make, written

DIGITS = "85073003328"
NUMBER = parse(DIGITS, today=TODAY)


def holds_digits(text: str) -> bool:
    """Whether three digits of the number or more stand in a row in a text, separators aside."""
    run = re.sub(r"[.\-\s]", "", text)
    return any(DIGITS[start : start + 3] in run for start in range(9))


@pytest.mark.parametrize(
    "shown",
    [
        str(NUMBER),
        repr(NUMBER),
        f"{NUMBER}",
        f"{NUMBER!r:>40}",
        "%s %r" % (NUMBER, NUMBER),  # noqa: UP031
        "{0} {0!r} {0!s}".format(NUMBER),  # noqa: UP032
        repr([NUMBER]),
        repr({NUMBER: NUMBER}),
        repr(Answers(situation=Situation.MANUAL, number_text=DIGITS)),
        str(Answers(number_text=written(DIGITS))),
        repr(AccessRequest(Case(Situation.MANUAL, Role.INVOERDER, "agb"), "Lieve", NUMBER, "AGB De Kring")),
        str(Answers()._replace(number_text=DIGITS)),
    ],
)
def test_whatever_shows_an_object_shows_no_digit(shown: str) -> None:
    assert not holds_digits(shown)


def test_the_guard_of_these_tests_can_fail() -> None:
    assert holds_digits(NUMBER.clear_format())
    assert holds_digits(repr(DIGITS))


@pytest.mark.parametrize("write", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps])
@pytest.mark.parametrize("value", [NUMBER, [NUMBER]])
def test_a_number_can_be_neither_written_nor_copied_out(write: object, value: object) -> None:
    if write is copy.copy and isinstance(value, list):
        value = value[0]
    with pytest.raises(TypeError) as refusal:
        write(value)  # type: ignore[operator]
    assert not holds_digits(str(refusal.value))


def test_a_number_has_no_attributes_to_be_listed() -> None:
    with pytest.raises(TypeError):
        vars(NUMBER)


@pytest.mark.parametrize(
    "wrong",
    [
        "85.07.30-033.29",
        "85.07.30-033.2",
        "85.07.30-033.28x",
        written(make(1985, 7, 30, 0)),
        written(make(1985, 7, 32, 33)),
        written(make(2027, 7, 30, 33)),
    ],
)
def test_a_report_of_a_refusal_with_all_local_variables_shows_no_digit(wrong: str) -> None:
    answers = Answers(situation=Situation.MANUAL, number_text=wrong)
    with pytest.raises(RegisterNumberError) as refusal:
        parse(answers.number_text, today=TODAY)
    report = "".join(traceback.TracebackException.from_exception(refusal.value, capture_locals=True).format())
    assert (refusal.value.__context__, refusal.value.__cause__) == (None, None)
    frames = report[report.index("answers = ") :].replace(f"wrong = {wrong!r}", "")
    assert not re.search(r"\d\d\.?\d\d\.?\d\d", frames)


def test_a_draft_holds_no_number_wherever_it_was_typed() -> None:
    answers = Answers(
        situation=Situation.MANUAL,
        applicant_name=f"Lieve {written(DIGITS)}",
        number_text=DIGITS,
        authority_name=f"AGB {DIGITS} Kring",
    )
    draft = answers.draft()
    assert not holds_digits(repr(draft))
    assert draft["applicant_name"] == f"Lieve {MASK}"
    assert "number_text" not in draft
    assert Answers.from_draft(draft).number_text == ""


FORMS = [
    "{0}{1}{2}{3}{4}",
    "{0}.{1}.{2}-{3}.{4}",
    "{0} {1} {2} {3} {4}",
    "{0}{1}{2} {3} {4}",
    "{0}{1}{2}-{3}.{4}",
    "{0}/{1}/{2}-{3}/{4}",
    "{0}-{1}-{2}-{3}-{4}",
    "{0}_{1}_{2}_{3}_{4}",
    "{0}.{1}.{2} - {3}.{4}",
    "{0} . {1} . {2}  -  {3} . {4}",
    "{0}\u00a0{1}\u00a0{2}\u00a0{3}\u00a0{4}",
    "{0}.{1}.{2}\u2013{3}.{4}",
    "{0}.{1}.{2}\u2011{3}.{4}",
    "{0}.{1}.{2}\u2014{3}.{4}",
    "{0}.{1}.{2}\u2212{3}.{4}",
    "{0}\u00b7{1}\u00b7{2}-{3}\u00b7{4}",
    "{0}.{1}.{2}-\n{3}.{4}",
    "{0}\t{1}\t{2}\t{3}\t{4}",
    "{0}.{1}.{2}\u200b-{3}.{4}",
    "\u202a{0}.{1}.{2}-{3}.{4}\u202c",
]


def in_form(digits: str, form: str, *, wide: bool) -> str:
    text = form.format(digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:])
    return re.sub(r"\d", lambda found: chr(ord(found[0]) - ord("0") + 0xFF10), text) if wide else text


def digits_of(text: str) -> str:
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


@pytest.mark.parametrize("text", ["O{}", "{}O", "l{}", "{}I", "nr.O{}"])
@pytest.mark.parametrize("number", ["90 00 01 399 06", "85.07.30-033.28", "85073003328"])
def test_a_letter_that_looks_like_a_digit_hides_no_number_that_it_touches(text: str, number: str) -> None:
    assert MASK in scrub(text.format(number))
    assert "399" not in scrub(text.format(number))
    assert "033" not in scrub(text.format(number))


@given(
    seed=st.integers(0, 10**6),
    form=st.sampled_from(FORMS),
    wide=st.booleans(),
    before=st.text(max_size=30),
    after=st.text(max_size=30),
)
def test_a_number_in_any_usual_form_is_taken_out_of_any_text(
    seed: int, form: str, wide: bool, before: str, after: str
) -> None:
    chance = random.Random(seed)
    number = issued(chance, born_between(chance, TODAY.replace(year=1916), TODAY.replace(year=2026)))
    before = before + "|" if before[-1:].isdecimal() or before.endswith(("+3", "+32")) else before
    after = "|" + after if after[:1].isdecimal() else after
    shown = in_form(number, form, wide=wide)
    scrubbed = scrub(before + shown + after)
    assert MASK in scrubbed
    assert number not in digits_of(scrubbed) or number in digits_of(before) + "|" + digits_of(after)
    assert spans_in(scrubbed) == [] or spans_in(before) or spans_in(after)


@pytest.mark.parametrize(
    "before", ["02 553 42 26 ", "02 553 42 26\n", "zaal 12 ", "1234 567 ", "0123.456.789 / ", "1 2 3 "]
)
@pytest.mark.parametrize("after", ["", " 12", "\n02 553 42 26", " 8820 Torhout", " - 3"])
@pytest.mark.parametrize("form", ["{0}.{1}.{2}-{3}.{4}", "{0}{1}{2}{3}{4}"])
def test_digits_that_stand_beside_a_number_do_not_hide_it(before: str, after: str, form: str) -> None:
    scrubbed = scrub(before + in_form(DIGITS, form, wide=False) + after)
    assert DIGITS not in digits_of(scrubbed)
    assert not holds_digits(scrubbed.replace(before, "").replace(after, ""))


@pytest.mark.parametrize("form", FORMS)
def test_whatever_can_be_read_as_a_number_is_found(form: str) -> None:
    text = in_form(DIGITS, form, wide=False)
    [(start, end)] = spans_in(f"nummer: {text}!")
    assert digits_of(f"nummer: {text}!"[start:end]) == DIGITS


@pytest.mark.parametrize("zero", [0xFF10, 0x0660, 0x06F0, 0x0966, 0x1D7CE])
def test_the_digits_of_any_script_are_found(zero: int) -> None:
    text = "".join(chr(zero + int(digit)) for digit in DIGITS)
    assert scrub(f"nr {text}.") == f"nr {MASK}."


def test_two_numbers_are_both_taken_out() -> None:
    other = make(2004, 47, 3, 12)
    assert scrub(f"{DIGITS} en {written(other)}") == f"{MASK} en {MASK}"
    assert scrub(f"{DIGITS} {written(other)}").replace(MASK, "").strip() == ""


def test_two_readings_of_the_same_digits_are_taken_out_whole() -> None:
    """Twelve digits of which the first eleven can be a number, and the last eleven as well."""
    spaced = " ".join("544060479085")
    assert spans_in(spaced) == [(0, len(spaced))]


def test_other_numbers_stay() -> None:
    """Telephone, enterprise and account numbers of all sorts, many of each: those are needed in notes."""
    chance = random.Random(3)
    for _ in range(3000):
        pair = [f"{chance.randrange(100):02}" for _ in range(8)]
        three = [f"{chance.randrange(1000):03}" for _ in range(4)]
        four = [f"{chance.randrange(10_000):04}" for _ in range(4)]
        for text in (
            f"04{pair[0]} {pair[1]} {pair[2]} {pair[3]}",
            f"04{pair[0]}/{pair[1]}.{pair[2]}.{pair[3]}",
            f"+32 4{pair[0]} {pair[1]} {pair[2]} {pair[3]}",
            f"+324{pair[0]}{pair[1]}{pair[2]}{pair[3]}",
            f"0032 4{pair[0]} {pair[1]} {pair[2]} {pair[3]}",
            f"00324{pair[0]}{pair[1]}{pair[2]}{pair[3]}",
            f"02 {three[0]} {pair[0]} {pair[1]}",
            f"+32 2 {three[0]} {pair[0]} {pair[1]}",
            f"0{three[0]}.{three[1]}.{three[2]}",
            f"BE 0{three[0]}.{three[1]}.{three[2]}",
            f"BE0{three[0]}{three[1]}{three[2]}",
            f"BE{pair[0]} {four[0]} {four[1]} {four[2]}",
            f"BE{pair[0]}{four[0]}{four[1]}{four[2]}",
        ):
            assert scrub(text) == text


def test_what_cannot_be_a_number_stays() -> None:
    for text in ("1" * 40, "", "Lieve", "24/11/2026", "85.07.30-03"):
        assert scrub(text) == text


def test_a_number_with_a_slip_in_it_is_taken_out_too() -> None:
    for text in ("85.07.30-033.29", "85.07.30-033.2", make(1985, 7, 32, 33), make(1985, 77, 3, 33)):
        assert scrub(text) == MASK


@given(st.text(max_size=200))
def test_scrubbing_any_text_never_breaks_and_a_second_time_changes_nothing(text: str) -> None:
    assert scrub(scrub(text)) == scrub(text)


@pytest.mark.parametrize("mode", list(Mode))
def test_findings_show_no_digit(mode: Mode, circumstances: Circumstances) -> None:
    answers = Answers(situation=Situation.MANUAL, applicant_name="Lieve", number_text=DIGITS, authority_name="Gent")
    found = rules.evaluate(answers, dataclasses.replace(circumstances, mode=mode))
    assert found
    assert not holds_digits(repr(found))


@pytest.mark.parametrize("typed", ["85.07.30-033.29", "85.07.30-033.2", "850730033", "８５.07.30-033.29"])
def test_a_draft_holds_no_mistyped_or_half_typed_number_beside_the_name(typed: str) -> None:
    kept = Answers(applicant_name=f"Lieve {typed}").draft()["applicant_name"]
    assert kept.startswith("Lieve ")
    assert not any(map(str.isdecimal, kept))


def test_a_draft_keeps_the_few_digits_that_a_name_may_have() -> None:
    assert Answers(applicant_name="Lieve Voorbeeldt 2").draft()["applicant_name"] == "Lieve Voorbeeldt 2"
