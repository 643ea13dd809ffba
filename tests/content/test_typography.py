"""How the words are set: quotes, apostrophes and the spaces of French, in every text that people read."""

from __future__ import annotations

import re
import tomllib

import pytest

from ccinc_wizard.content.files import resources_folder
from tests.content.test_languages import words

NO_BREAK = "\u00a0"
CODE = re.compile(r'\[(?:"\w+"(?:, )?)+\]|= "\w+"|https?://\S+|\{\w*\}')
"""What is quoted as one types it in a file, addresses and placeholders: no sentence, so no typography."""
WRONG = {
    "nl": {"single or straight quotes": r"‘|(?<!\w)’|\"", "a straight apostrophe": r"'"},
    "en": {"single or straight quotes": r"‘|(?<!\w)’|\"", "a straight apostrophe": r"'"},
    "fr": {
        "quotes that are no guillemets": r"[‘“”\"]|(?<!\w)’",
        "a straight apostrophe": r"'",
        "no no-break space inside guillemets": rf"«(?!{NO_BREAK})|(?<!{NO_BREAK})»",
        "no no-break space before ; ? !": rf"(?<![{NO_BREAK}?!])[;?!]",
        "no no-break space before a colon": rf"(?<!{NO_BREAK}):(?!\d)",
    },
}


def spoken(language: str) -> dict[str, str]:
    """All words of a language by where they stand: texts and exercises."""
    found = dict(words(language))
    for path in sorted((resources_folder() / "scenarios").glob("*.toml")):
        told = tomllib.loads(path.read_text(encoding="utf-8"))["words"][language]
        for name, text in [*told.items(), *told["mistakes"].items()]:
            if isinstance(text, str):
                found[f"{path.stem}.{name}"] = text
    return found


@pytest.mark.parametrize(
    ("language", "what"), [(language, what) for language, kinds in WRONG.items() for what in kinds]
)
def test_words_are_set_as_the_language_sets_them(language: str, what: str) -> None:
    wrong = {
        key: text for key, text in spoken(language).items() if re.search(WRONG[language][what], CODE.sub("", text))
    }
    assert wrong == {}
