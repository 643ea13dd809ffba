"""Words are data: found by dotted keys, in Dutch where a language has none, refused with file and line when damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccinc_wizard.content.files import ContentError
from ccinc_wizard.content.texts import MissingTextError, Texts, languages

DUTCH = {"greet": {"one": "Dag {name}", "all": "Dag iedereen"}, "only": "Alleen hier"}
FRENCH = {"greet": {"one": "Bonjour {name}", "all": "Bonjour {nom}"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for language, words in (("nl", DUTCH), ("fr", FRENCH), ("en", {})):
        (tmp_path / language).mkdir()
        (tmp_path / language / "area.json").write_text(json.dumps(words, indent=1), encoding="utf-8")
    return tmp_path


def test_dutch_comes_first_among_the_languages(folder: Path) -> None:
    assert languages(folder) == ["nl", "en", "fr"]
    assert languages()[0] == "nl"


@pytest.mark.parametrize(
    ("language", "key", "words"),
    [
        ("nl", "area.greet.one", "Dag {x}"),
        ("fr", "area.greet.one", "Bonjour {x}"),
        ("en", "area.greet.one", "Dag {x}"),
        ("fr", "area.only", "Alleen hier"),
        ("de", "area.only", "Alleen hier"),
    ],
)
def test_words_are_filled_in_and_dutch_where_there_are_none(folder: Path, language: str, key: str, words: str) -> None:
    assert Texts(language, folder)(key, name="{x}") == words


@pytest.mark.parametrize("key", ["area.nothing", "area.greet", "area.greet.one.more", "area", "nowhere.at.all", ""])
def test_a_key_without_words_is_told_to_the_programmer(folder: Path, key: str) -> None:
    texts = Texts("fr", folder)
    assert not texts.has(key)
    with pytest.raises(MissingTextError):
        texts(key)


def test_words_with_another_placeholder_are_refused_with_their_line(folder: Path) -> None:
    with pytest.raises(ContentError) as refusal:
        Texts("fr", folder)("area.greet.all", name="Lieve")
    assert (refusal.value.file, refusal.value.line) == ("area.json", 4)
    assert "nom" in refusal.value.reason


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b'{"a": "b",\n}', 2, "Expecting|Illegal"),
        (b'["a"]', 1, "must be an object"),
        (b'{"a": "b",\n "c": 3}', 2, "c must be a text"),
        (b'{"a": {\n"x": null}}', 2, "x must be a text"),
        (b'{"a":\n "\xff"}', 2, "is not UTF-8 text"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(folder: Path, content: bytes, line: int, reason: str) -> None:
    (folder / "nl" / "area.json").write_bytes(content)
    with pytest.raises(ContentError, match=reason) as refusal:
        Texts("nl", folder)("area.only")
    assert refusal.value.line == line
