"""Reading a link out: nothing is left out, capitals are told, a damaged alphabet is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccinc_wizard.content.facts import load_spelling
from ccinc_wizard.content.files import ContentError, resources_folder
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
    assert groups[-1].signs == (
        SpokenSign("_", "liggend streepje"),
        SpokenSign("C", "hoofdletter Carolina"),
        SpokenSign("o", "kleine Oscar"),
        SpokenSign("m", "Maria"),
        SpokenSign("p", "Piano"),
        SpokenSign("2", "twee"),
    )
    assert groups[5].said == "isgelijkteken, hoofdletter Carolina, hoofdletter Jozef, hoofdletter Maria"


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


def _without_letter(file: dict[str, object]) -> None:
    file["alphabets"][1]["letters"].pop("Q")  # type: ignore[index]


def _same_word(file: dict[str, object]) -> None:
    file["alphabets"][0]["letters"]["B"] = "Bart"  # type: ignore[index]
    file["alphabets"][0]["letters"]["C"] = "Bart"  # type: ignore[index]


def _without_sign(file: dict[str, object]) -> None:
    file["languages"]["fr"]["signs"].pop("_")  # type: ignore[index]


def _without_place(file: dict[str, object]) -> None:
    file["languages"]["en"]["capital"] = "capital"  # type: ignore[index]


def _unknown_key(file: dict[str, object]) -> None:
    file["alphabet"] = []


@pytest.mark.parametrize(
    ("damage", "marker"),
    [
        (_without_letter, '"nato"'),
        (_same_word, '"flemish"'),
        (_without_sign, '"fr"'),
        (_without_place, '"en"'),
        (_unknown_key, '"alphabet"'),
    ],
)
def test_a_damaged_file_is_refused_at_its_place(
    damage: Callable[[dict[str, object]], None], marker: str, tmp_path: Path
) -> None:
    file = json.loads((resources_folder() / "spelling.json").read_text(encoding="utf-8"))
    damage(file)
    path = tmp_path / "spelling.json"
    path.write_text(json.dumps(file, indent=1), encoding="utf-8")
    with pytest.raises(ContentError) as refusal:
        load_spelling(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    begins = next(number for number, line in enumerate(lines, start=1) if marker in line)
    assert refusal.value.file == "spelling.json"
    assert begins - 1 <= refusal.value.line <= begins + 45


@pytest.mark.parametrize("content", ["", "{", "[]", '{"alphabets": [], "alphabets": []}', "[" * 100_000])
def test_what_is_no_such_file_is_refused_in_words(content: str, tmp_path: Path) -> None:
    path = tmp_path / "spelling.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ContentError):
        load_spelling(path)
