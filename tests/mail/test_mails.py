"""Written mails and traps: whatever is filled in is right, and what a careful reader would leave open stays open."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.mail.parts import Sureness
from ccinc_wizard.domain.mail.reading import MailField, Reading, read_mail
from ccinc_wizard.domain.municipalities import Municipalities
from ccinc_wizard.domain.register_number import RegisterNumber
from tests.domain.numbers import TODAY

FIELDS = {
    "name": MailField.APPLICANT_NAME,
    "number": MailField.REGISTER_NUMBER,
    "role": MailField.ROLE,
    "authority": MailField.AUTHORITY,
    "authority_name": MailField.AUTHORITY_NAME,
}


@dataclass(frozen=True)
class Example:
    """One mail with what a careful reader would fill in."""

    id: str
    text: str
    right: dict[str, str]
    notices: tuple[str, ...]


def examples(*names: str) -> list[Example]:
    found = []
    for path in (Path(__file__).parent / "mails" / f"{name}.toml" for name in names):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mail"]:
            right = {name: entry.pop(name, "") for name in FIELDS}
            found.append(Example(entry.pop("id"), entry.pop("text"), right, tuple(entry.pop("notices", ()))))
            assert not entry, f"{path.name} has a key that nothing reads: {entry}"
    return found


MAILS = examples("en", "fr", "nl", "traps")
EXAMPLES = [*MAILS, *examples("small")]


def read(text: str, catalog: Catalog, municipalities: Municipalities) -> Reading:
    return read_mail(text, today=TODAY, catalog=catalog, municipalities=municipalities, fictional=True)


def filled(reading: Reading) -> dict[str, str]:
    """Every field's value as text, empty where nothing is filled in."""
    found = reading.found()
    values = {}
    for name, field in FIELDS.items():
        value = found[field].value if field in found else None
        values[name] = value.clear_format() if isinstance(value, RegisterNumber) else str(value or "")
    return values


def test_there_are_at_least_forty() -> None:
    assert len(MAILS) >= 40
    assert len({example.id for example in EXAMPLES}) == len(EXAMPLES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_nothing_wrong_is_filled_in(example: Example, catalog: Catalog, municipalities: Municipalities) -> None:
    reading = read(example.text, catalog, municipalities)
    wrong = {name: value for name, value in filled(reading).items() if value and value != example.right[name]}
    assert wrong == {}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_what_must_be_told_is_told(example: Example, catalog: Catalog, municipalities: Municipalities) -> None:
    told = {notice.kind.value for notice in read(example.text, catalog, municipalities).notices}
    assert set(example.notices) <= told


def test_enough_is_found(
    catalog: Catalog, municipalities: Municipalities, record_property: Callable[[str, object], None]
) -> None:
    asked = found = 0
    missed = []
    for example in EXAMPLES:
        values = filled(read(example.text, catalog, municipalities))
        for name, right in example.right.items():
            asked += bool(right)
            found += bool(right) and values[name] == right
            if right and values[name] != right:
                missed.append(f"{example.id}.{name}")
    record_property("recall", f"{found}/{asked}")
    print(f"found {found} of {asked} fields; not found: {', '.join(missed) or 'none'}")
    assert found >= 0.85 * asked, missed


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_every_place_lies_in_the_text(example: Example, catalog: Catalog, municipalities: Municipalities) -> None:
    reading = read(example.text, catalog, municipalities)
    for found in reading.found().values():
        for candidate in found.candidates:
            assert candidate.spans
            for span in candidate.spans:
                shown = example.text[span.start : span.end]
                assert shown.strip()
                if isinstance(candidate.value, RegisterNumber):
                    digits = "".join(filter(str.isdecimal, shown))
                    assert digits.zfill(11) == candidate.value.clear_digits(), "a spreadsheet may drop zeros in front"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_no_digit_of_a_number_shows(example: Example, catalog: Catalog, municipalities: Municipalities) -> None:
    reading = read(example.text, catalog, municipalities)
    shown = repr(reading) + str(reading)
    for candidate in reading.number.candidates if reading.number else ():
        digits = candidate.value.clear_digits()
        assert digits not in shown
        assert candidate.value.clear_format() not in shown
    assert not reading.number or reading.number.sureness is Sureness.AMBIGUOUS or "••" in shown
