"""How the words are set: quotes, apostrophes and the spaces of French, in every text that people read."""

from __future__ import annotations

import re
import tomllib

import pytest

from ccinc_wizard.content.files import resources_folder
from tests.content.test_languages import words
from tests.tooling.project import ROOT

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


def refused_terms() -> dict[str, list[str]]:
    """What the glossary in docs/translating.md refuses, by language."""
    rows = re.findall(r"^\|(.+)\|$", (ROOT / "docs/translating.md").read_text(encoding="utf-8"), re.MULTILINE)
    cells = [[cell.strip() for cell in row.split("|")] for row in rows if row.count("|") == 6]
    heads = cells[0]
    refused: dict[str, list[str]] = {}
    for place, language in enumerate(heads):
        if language in WRONG:
            told = [term.strip() for row in cells[2:] for term in row[place + 1].split(";")]
            refused[language] = [term for term in told if term]
    return refused


@pytest.mark.parametrize("language", WRONG)
def test_no_term_is_used_that_the_glossary_refuses(language: str) -> None:
    terms = refused_terms()[language]
    assert terms
    term = re.compile(rf"(?<![\w{{&.-])(?:{'|'.join(map(re.escape, terms))})(?![\w}}])", re.IGNORECASE)
    read = ("list.headings.", "list.roles.", "list.authorities.", "list.situations.")
    said = {key: text for key, text in spoken(language).items() if not key.startswith(read)}
    assert {key: term.findall(text) for key, text in said.items() if term.search(text)} == {}
