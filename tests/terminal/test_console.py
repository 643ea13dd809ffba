"""What is meant by a typed line, and what may reach a terminal."""

from __future__ import annotations

import pytest

from ccinc_wizard.terminal.console import Choice, Console, EndOfInputError, matching, without_steering


@pytest.fixture
def options() -> list[Choice]:
    return [Choice("yes", "Ja"), Choice("no", "Nee"), Choice("unknown", "Weet ik niet")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1", "yes"),
        ("٢", "no"),
        ("NEE", "no"),
        ("weet-ik niet", "unknown"),
        ("j", None),
        ("4", None),
        ("99999", None),
        ("1" * 5000, None),
        ("²", None),
    ],
)
def test_what_is_meant(typed: str, meant: str | None, options: list[Choice]) -> None:
    assert matching(typed, options) == meant


def test_a_first_letter_counts_only_where_it_may(options: list[Choice]) -> None:
    assert [matching(sign, options[:2], initials=True) for sign in "jJynN"] == ["yes", "yes", "yes", "no", "no"]


def test_a_program_without_streams_ends_the_questions() -> None:
    console = Console(None, None, None)
    console.say("nobody hears this")
    console.print_result("nor this")
    with pytest.raises(EndOfInputError):
        console.ask_secret()


def test_plain_text_keeps_what_people_read() -> None:
    assert without_steering("Élise d’Août\u00a0–\tÇa va\n") == "Élise d’Août\u00a0–\tÇa va\n"
