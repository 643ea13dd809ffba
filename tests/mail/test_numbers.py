"""Which digits of a mail are a register number, by what rule, and which are called one and are none."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain.mail.numbers import find
from ccinc_wizard.domain.mail.parts import take_apart
from tests.domain.numbers import TODAY

NUMBER = "85.07.30-033.28"
LABELLED, WRITTEN = "labelled_number", "written_number"


@pytest.mark.parametrize(
    ("text", "found", "wrong"),
    [
        (NUMBER, [(WRITTEN, True)], []),
        ("85073003328", [(WRITTEN, False)], []),
        ("85073003329", [], []),
        ("rrn 85073003328", [(LABELLED, True)], []),
        ("rrn 85073003329", [], ["checksum"]),
        ("85.07.30-033.29", [], ["checksum"]),
        ("rrn 85.07.30-•••.28", [], ["characters"]),
        ("rrn 85.07.30", [], []),
        ("rrn 850730", [], ["length"]),
        ("rrn 85073", [], []),
        ("rrn 12:30", [], []),
        ("insz 850730033281", [], ["length"]),
        # What is called something else is none, and stops nothing that follows.
        (f"gsm {NUMBER}", [], []),
        (f"gsm {NUMBER} rrn 93.05.18-223.61", [(LABELLED, True)], []),
        (f"85073003329 {NUMBER}", [(WRITTEN, True)], []),
        ("rrn gsm 850730", [], []),
        ("rrn: 850730\nrrn: 8507301", [], ["length", "length"]),
        # What the first words of all deny.
        (f"Niet {NUMBER} is mijn nummer.", [(WRITTEN, False)], []),
        # The zeros in front that a spreadsheet drops, of which there are three at most.
        ("rrn 30500193", [(LABELLED, True)], []),
        ("rrn 1200156", [], ["length"]),
    ],
)
def test_what_is_a_number_and_what_is_called_one(text: str, found: list[tuple[str, bool]], wrong: list[str]) -> None:
    numbers, notices = find(take_apart(text), TODAY, fictional=False)
    assert [(number.rule, number.strong) for number in numbers] == found
    assert [notice.variant for notice in notices] == wrong
