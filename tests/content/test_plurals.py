"""Wherever a number stands before what it counts, the words follow the number: one mechanism, in every language."""

from __future__ import annotations

import re

import pytest

from ccinc_wizard.content.texts import Texts, languages, plural_form
from tests.content.test_languages import words

FORM = re.compile(r"_(one|other)$")
NUMBERS = "count|done|total|good|bad|seconds|events|limit|most|found|wanted|score|keys"
COUNTED = re.compile(
    rf"\{{(?:{NUMBERS})\}} (?!(?:van|of|sur|op|out|in plaats|instead|au lieu|afgevinkt|ticked|kB|ko|MB|Mo)\b)\w"
)
"""A number, and then the word for what there is so much of."""
FORMS = {"nl": ["other", "one", "other"], "en": ["other", "one", "other"], "fr": ["one", "one", "other"]}
COUNTING = sorted(key.removesuffix("_one") for key in words("nl") if key.endswith("_one"))


@pytest.mark.parametrize("language", languages())
def test_no_number_stands_before_words_for_another_number(language: str) -> None:
    fixed = {key: text for key, text in words(language).items() if COUNTED.search(text) and not FORM.search(key)}
    assert fixed == {}


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("key", COUNTING)
def test_none_one_and_two_are_said_as_the_language_says_them(key: str, language: str) -> None:
    here, texts = words(language), Texts(language)
    assert {f"{key}_one", f"{key}_other"} <= here.keys()
    names = set(re.findall(r"\{(\w+)\}", here[f"{key}_one"] + here[f"{key}_other"])) - {"count"}
    for count, form in enumerate(FORMS[language]):
        said = texts(key, count=count, **dict.fromkeys(names, "x"))
        assert said == re.sub(r"\{\w+\}", "x", here[f"{key}_{form}"].replace("{count}", str(count)))


def test_there_are_words_that_count() -> None:
    assert len(COUNTING) >= 25


def test_a_language_may_have_more_forms_than_two(monkeypatch: pytest.MonkeyPatch) -> None:
    polish = "n == 1 ? one : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 10 || n % 100 >= 20) ? few : many"
    rules = {"pl": polish, "nl": "n == 1 ? one : other"}
    monkeypatch.setattr("ccinc_wizard.content.texts._plural_rules", lambda: rules)
    plural_form.cache_clear()
    assert [plural_form("pl", count) for count in (0, 1, 2, 5, 12, 22)] == ["many", "one", "few", "many", "many", "few"]
    assert plural_form("de", 2) == "other"
    plural_form.cache_clear()
