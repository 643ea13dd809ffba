"""Reading a link out: nothing is left out, capitals are told, a damaged alphabet is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.content.files import ContentError, resources_folder
from ccinc_wizard.content.helpdesk import load_spelling
from ccinc_wizard.domain.calls import LinkPart, SpokenSign, spelled
from tests.expected_links import EXPECTED_LINKS

SPELLING = load_spelling()


@pytest.mark.parametrize("link", EXPECTED_LINKS.values())
@pytest.mark.parametrize("alphabet", SPELLING.alphabets, ids=lambda alphabet: alphabet.id)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_whole_link_is_said_sign_by_sign(link: str, alphabet: object, language: str) -> None:
    groups = spelled(link, alphabet, SPELLING.languages[language])  # type: ignore[arg-type]
    assert "".join(group.text for group in groups) == link
    assert "".join(sign.sign for group in groups for sign in group.signs) == link
    assert all(sign.said and sign.said != sign.sign for group in groups for sign in group.signs)
    assert max(len(group.text) for group in groups) <= 20
    order = [group.part for group in groups]
    assert order == sorted(order, key=list(LinkPart).index)
    assert set(order) == set(LinkPart)


def test_capitals_are_told_and_small_letters_where_they_begin() -> None:
    groups = spelled("https://a.be/u?ec=CJM_Comp2", SPELLING.alphabet("flemish"), SPELLING.languages["nl"])
    assert [group.text for group in groups] == ["https", "://a", ".be", "/u", "?ec", "=CJM", "_Comp2"]
    assert groups[0].said == "kleine Hendrik, Telefoon, Telefoon, Piano, Sofie"
    assert groups[-1].signs == (
        SpokenSign("_", "liggend streepje"),
        SpokenSign("C", "hoofdletter Carolina"),
        SpokenSign("o", "kleine Oscar"),
        SpokenSign("m", "Maria"),
        SpokenSign("p", "Piano"),
        SpokenSign("2", "twee"),
    )
    assert groups[5].said == "isgelijkteken, hoofdletter Carolina, hoofdletter Jozef, hoofdletter Maria"


def test_a_capital_after_a_small_letter_is_told() -> None:
    [*_, group] = spelled("https://a.be/u?ec=aBc", SPELLING.alphabet("flemish"), SPELLING.languages["nl"])
    assert [sign.said for sign in group.signs][-3:] == ["kleine Arthur", "hoofdletter Brussel", "kleine Carolina"]


def test_the_international_alphabet_is_the_second_choice() -> None:
    assert [alphabet.id for alphabet in SPELLING.alphabets] == ["flemish", "nato"]
    assert SPELLING.alphabet("nato").letters["J"] == "Juliett"
    assert SPELLING.alphabet("unknown").id == "flemish"


@given(st.text(max_size=80))
def test_any_text_is_said_whole(text: str) -> None:
    groups = spelled(text, SPELLING.alphabets[0], SPELLING.languages["nl"])
    said = "".join(group.text for group in groups)
    assert text.startswith(said)
    if text.startswith("https://a/"):
        assert said == text


FIRST, SECOND, WORDS = ("alphabets", 0, "letters"), ("alphabets", 1, "letters"), ("languages", "fr")
ORDER = "must have one word for each of A to Z, in this order"


# where, what stands there instead (nothing where None), the line that must be told, the reason
@pytest.mark.parametrize(
    ("place", "value", "line", "reason"),
    [
        ((*SECOND, "Q"), None, ('"letters"', 1), ORDER),
        ((*FIRST, "\u00c4"), "\u00c4rger", ('"letters"', 0), ORDER),
        ((*SECOND, "C"), "BRAVO", ('"letters"', 1), "two letters share a word"),
        ((*FIRST, "C"), "Dora", ('"letters"', 0), "the word for C begins with another letter: Dora"),
        ((*FIRST, "C"), "", ('"C"', 0), "at least 1 character"),
        ((*FIRST, "C"), "C" * 41, ('"C"', 0), "at most 40 characters"),
        ((*FIRST, "C"), "Carolina ", ('"C"', 0), "match pattern"),
        ((*SECOND, "C"), " Charlie", ('"C"', 1), "match pattern"),
        (("alphabets", 0, "id"), "Flemish", ('"id"', 0), "match pattern"),
        (("alphabets", 0, "id"), "nato", None, "alphabets: two have the same id"),
        (("alphabets",), [], ('"alphabets"', 0), "at least 1 item"),
        (("alphabet",), [], ('"alphabet"', 0), "Extra inputs"),
        (("languages", "nl"), None, None, "languages: nl is missing"),
        ((*WORDS, "capital"), "majuscule", ('"capital"', 1), "match pattern"),
        ((*WORDS, "capital"), "{word} {word}", ('"capital"', 1), "match pattern"),
        ((*WORDS, "small"), "minuscule {mot}", ('"small"', 1), "match pattern"),
        ((*WORDS, "small"), "majuscule {word}", ('"fr"', 0), "capital and small: must differ"),
        ((*WORDS, "digits", "3"), None, ('"fr"', 0), "digits: must have one word for each of 0 to 9"),
        ((*WORDS, "digits", "10"), "dix", ('"fr"', 0), "digits: must have one word for each of 0 to 9"),
        *[((*WORDS, "signs", sign), None, ('"fr"', 0), f"signs: there is no word for {sign}") for sign in ":/.-_?=&"],
    ],
)
def test_a_damaged_file_is_refused_with_its_line(
    place: tuple[str | int, ...], value: object, line: tuple[str, int] | None, reason: str, tmp_path: Path
) -> None:
    path = _with(tmp_path, place, value)
    with pytest.raises(ContentError) as refusal:
        load_spelling(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    told = [number for number, text in enumerate(lines, start=1) if line and line[0] in text][line[1] if line else 0 :]
    assert (refusal.value.file, refusal.value.line) == ("spelling.json", told[0] if line else 1)
    assert reason in refusal.value.reason


def _with(folder: Path, place: tuple[str | int, ...], value: object) -> Path:
    """The real file with another value in a place, or without it, and a line for each name."""
    file = json.loads((resources_folder() / "spelling.json").read_text(encoding="utf-8"))
    *outer, last = place
    holds = file
    for part in outer:
        holds = holds[part]
    if value is None:
        del holds[last]
    else:
        holds[last] = value
    path = folder / "spelling.json"
    path.write_text(json.dumps(file, indent=1, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((*FIRST, "C"), "C"),
        ((*FIRST, "C"), "C" * 40),
        ((*FIRST, "C"), "Carolina Cox"),
        ((*FIRST, "C"), "carolina"),
        ((*WORDS, "signs", "#"), "di\u00e8se"),
        ((*WORDS, "capital"), "{word}"),
        (("alphabets", 1), None),
        (("languages", "fr"), None),
    ],
)
def test_another_file_that_is_whole_is_taken(place: tuple[str | int, ...], value: object, tmp_path: Path) -> None:
    assert load_spelling(_with(tmp_path, place, value)) != SPELLING


def test_a_name_that_stands_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "spelling.json"
    path.write_text('{"alphabets": [], "languages": {}, "alphabets": []}', encoding="utf-8")
    with pytest.raises(ContentError, match=r"^spelling\.json:1: alphabets stands twice$"):
        load_spelling(path)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"alphabets": [], "alphabets": []}', "[" * 100_000])
def test_what_is_no_such_file_is_refused_in_words(content: str, tmp_path: Path) -> None:
    path = tmp_path / "spelling.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ContentError):
        load_spelling(path)
