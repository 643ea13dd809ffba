"""Which names are one person's, and how far a name goes in a text."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain.mail.people import begins_name, names_agree


@pytest.mark.parametrize(
    ("one", "other", "right"),
    [
        ("Jan Maes", "MAES Jan", True),
        ("Jan", "Jan Maes", True),
        ("Jan Maes", "Jan", True),
        ("Jan Maes", "Jan Claes", False),
        ("", "Jan", False),
        ("Jan", "...", False),
        ("", "", False),
    ],
)
def test_one_person_is_who_has_all_names_of_the_other(one: str, other: str, right: bool) -> None:
    assert names_agree(one, other) == right


@pytest.mark.parametrize(
    ("word", "right"), [("jan", True), ("marie claire", True), ("palfijn", False), ("palfijn jan", False), ("", False)]
)
def test_a_name_begins_by_a_first_name(word: str, right: bool) -> None:
    assert begins_name(word) == right
