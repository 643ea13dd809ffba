"""The words: every language has the same keys with the same placeholders, and the code asks for what is there."""

from __future__ import annotations

import ast
import json
import re
import string
from functools import cache

import pytest

from tests.tooling.project import ROOT, package_files

TEXTS = ROOT / "resources" / "texts"
SOURCE = "nl"
OTHERS = sorted({path.name for path in TEXTS.iterdir() if path.is_dir()} - {SOURCE})
AREAS = sorted(path.stem for path in (TEXTS / SOURCE).glob("*.json"))
TERMS = (
    *(
        "VO Gebruikersbeheer",
        "Status",
        "S&tatus",
        "Nieuw recht toekennen",
        "Nieuwe persoon toevoegen",
        "Mijn taken",
        "Cultuurcentra",
    ),
    *("Cultuurmonitor", "Afnemer", "Invoerder", "Raadpleger", "CCinC", "AGB", "Stad Gent", "Lieve Peeters"),
    *("&Help", "CSV", "Excel", "JSON", "Label", "Module", "Score", "Examen"),
    *("Helpdesk", "Contact", "De Proefzaal"),
    *("Enter", "Esc", "Backspace", "Shift"),
)
"""What rightly reads the same in another language: names, official terms, words of both languages."""
_ANY = "\0"
_FORM = re.compile(r"_(one|other)$")
"""The end of a key whose words count: `rows_one` and `rows_other` are both asked for as `rows`."""


@cache
def words(language: str, area: str) -> dict[str, str]:
    """The words of an area by their full keys; none where the file is missing."""
    path = TEXTS / language / f"{area}.json"
    if not path.is_file():
        return {}
    found: dict[str, str] = {}
    groups = [(area, json.loads(path.read_text(encoding="utf-8")))]
    for prefix, group in groups:
        for name, node in group.items():
            if isinstance(node, dict):
                groups.append((f"{prefix}.{name}", node))
            else:
                found[f"{prefix}.{name}"] = node
    return found


def all_keys() -> set[str]:
    return {key for area in AREAS for key in words(SOURCE, area)}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def given(text: str) -> set[str]:
    """The placeholders that the code fills in: marks fill themselves in."""
    return placeholders(text) - {"beyond_page", "manuals"}


@pytest.mark.parametrize("language", [SOURCE, *OTHERS])
@pytest.mark.parametrize("area", AREAS)
def test_no_words_stand_twice(language: str, area: str) -> None:
    """JSON lets the last of two win in silence."""
    twice: list[str] = []

    def note(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        twice.extend({name for name in names if names.count(name) > 1})
        return dict(pairs)

    path = TEXTS / language / f"{area}.json"
    if path.is_file():
        json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=note)
    assert twice == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_has_an_area_of_its_own(language: str) -> None:
    assert {path.stem for path in (TEXTS / language).glob("*.json")} <= set(AREAS)


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("area", AREAS)
def test_a_translation_has_the_same_keys(language: str, area: str) -> None:
    if not (TEXTS / language / f"{area}.json").is_file():
        pytest.skip(f"no words in {language} for {area}: Dutch is shown")
    assert sorted(words(language, area)) == sorted(words(SOURCE, area))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("area", AREAS)
def test_a_translation_has_the_same_placeholders(language: str, area: str) -> None:
    source, translated = words(SOURCE, area), words(language, area)
    both = source.keys() & translated.keys()
    assert {key: placeholders(translated[key]) for key in both} == {key: placeholders(source[key]) for key in both}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("area", AREAS)
def test_nothing_is_left_untranslated(language: str, area: str) -> None:
    source, translated = words(SOURCE, area), words(language, area)
    same = [key for key in source.keys() & translated.keys() if source[key] == translated[key]]
    assert sorted(key for key in same if _says_more_than_terms(source[key])) == []


@pytest.mark.parametrize("language", [SOURCE, *OTHERS])
@pytest.mark.parametrize("area", AREAS)
def test_every_text_says_something(language: str, area: str) -> None:
    assert [key for key, text in words(language, area).items() if not text.strip()] == []


def test_the_code_asks_only_for_words_that_are_there() -> None:
    missing, keys = [], all_keys() | {_FORM.sub("", key) for key in all_keys()}
    for asked, _, where in _asked():
        if not any(_pattern(asked).fullmatch(key) for key in keys):
            missing.append(f"{where}: {asked.replace(_ANY, '{}')}")
    assert missing == []


def test_the_code_fills_in_just_the_placeholders_there_are() -> None:
    wrong = []
    for asked, filled, where in _asked():
        dutch = words(SOURCE, asked.partition(".")[0])
        text = dutch.get(asked) or dutch.get(f"{asked}_other")
        if filled is None or _ANY in asked or text is None:
            continue
        if filled != given(text):
            wrong.append(f"{where}: {asked} has {sorted(given(text))}, given {sorted(filled)}")
    assert wrong == []


def test_no_words_are_kept_that_nothing_asks_for() -> None:
    said = {text for path in package_files() for text in _literals(ast.parse(path.read_text(encoding="utf-8")))}
    keys = [_pattern(text) for text in said if "." in text and not text.startswith(_ANY)]
    # The end of a key, where its beginning comes from elsewhere: `texts(f"{area}.{name}")`.
    ends = [_pattern(text) for text in said if re.match(r"\w{4}", text)]
    unused = [
        key
        for key in all_keys()
        if not any(pattern.fullmatch(name) for pattern in keys for name in (key, _FORM.sub("", key)))
        and not any(pattern.fullmatch(_FORM.sub("", key).rpartition(".")[2]) for pattern in ends)
    ]
    assert sorted(unused) == []


def _asked() -> list[tuple[str, set[str] | None, str]]:
    """Calls `texts(key, name=value)`: the key, the names given (None when they are not all told), and where."""
    found = []
    for path in package_files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            asked = _literal(node.args[0])
            if called.strip("_") == "texts" and asked and "." in asked.partition(_ANY)[0]:
                names = [keyword.arg for keyword in node.keywords]
                given = None if None in names else {str(name) for name in names}
                found.append((asked, given, f"{path.relative_to(ROOT)}:{node.lineno}"))
    return found


def _literals(tree: ast.AST) -> set[str]:
    """Every text constant and f-string that could be a key or a part of one."""
    texts = {_literal(node) for node in ast.walk(tree) if isinstance(node, ast.expr)}
    return {text for text in texts if re.fullmatch(rf"[\w.{_ANY}-]+", text)}


def _literal(node: ast.expr) -> str:
    """A text constant; an f-string with a sign for each part that is filled in; else nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else _ANY for part in node.values)
    return ""


def _pattern(asked: str) -> re.Pattern[str]:
    return re.compile(re.escape(asked).replace(re.escape(_ANY), r"[\w.-]+"))


def _says_more_than_terms(text: str) -> bool:
    rest = re.sub(r"\{\w+\}", "", text)
    for term in TERMS:
        rest = rest.replace(term, "")
    # A single letter is a key to press, which two languages may share.
    return re.search(r"[^\W\d_]{2}", rest) is not None
