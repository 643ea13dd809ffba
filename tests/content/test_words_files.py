"""Words files: a damaged one is refused with file, line and reason, and never half understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccinc_wizard.content.files import ContentError
from ccinc_wizard.content.texts import MissingTextError, Texts


def words(folder: Path, content: bytes, language: str = "nl") -> Texts:
    (folder / language).mkdir(exist_ok=True)
    (folder / language / "area.json").write_bytes(content)
    return Texts(language, folder)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b'{\n "a": "x",\n}', 3),
        (b'{\n "a": "x"\n "b": "y"}', 3),
        (b'{"a": {\n "c": "x"\n,\n}\n}', 4),
        (b'{"a": [1,\n\n]}', 3),
        (b"{\n,}", 2),
        pytest.param(b'{"a": ' + b"9" * 5000 + b"}", 1, id="a number too long"),
        pytest.param(b'{"a": ' * 100_000, 1, id="too deep"),
        (b'{\n "a": "\xff"}', 2),
        (b'{"a": "x",\n\n "b": 3}', 3),
        (b'{"a": "x",\n "b": ["y"]}', 2),
        (b'{"a": {"c": "x",\n "b": null}}', 2),
        (b"[]", 1),
        (b'"a"', 1),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(content: bytes, line: int, tmp_path: Path) -> None:
    texts = words(tmp_path, content)
    with pytest.raises(ContentError) as refused:
        texts("area.a")
    assert (refused.value.file, refused.value.line) == ("area.json", line)
    assert refused.value.reason


@pytest.mark.parametrize("broken", ["{name", "{other}", "{name.x}", "{name[0]}{", "{0}"])
def test_placeholders_that_do_not_fit_are_told_with_their_line(broken: str, tmp_path: Path) -> None:
    texts = words(tmp_path, f'{{\n "fine": "{{name}}",\n "hurt": "{broken}"}}'.encode())
    assert texts("area.fine", name="Lieve") == "Lieve"
    with pytest.raises(ContentError) as refused:
        texts("area.hurt", name="Lieve")
    assert (refused.value.file, refused.value.line) == ("area.json", 3)


def test_words_without_values_are_taken_as_they_are(tmp_path: Path) -> None:
    assert words(tmp_path, b'{"a": "50 { percent"}')("area.a") == "50 { percent"


def test_dutch_stands_in_for_what_a_language_lacks(tmp_path: Path) -> None:
    words(tmp_path, '{"a": "één", "b": "twee"}'.encode())
    texts = words(tmp_path, b'{"a": "one"}', "en")
    assert [texts("area.a"), texts("area.b")] == ["one", "twee"]
    assert texts.has("area.b")
    assert not texts.has("area.c")
    for key in ("area.c", "area", "other.a", "area.a.b"):
        with pytest.raises(MissingTextError):
            texts(key)
