"""Whether every language has all words, each with the placeholders of the Dutch ones."""

from __future__ import annotations

import string
from pathlib import Path

from ccinc_wizard.content.errors import ContentError
from ccinc_wizard.content.resources import resources_folder
from ccinc_wizard.content.texts import SOURCE_LANGUAGE, Tree, languages, read_words


def first_mistake(folder: Path | None = None) -> ContentError | None:
    """The first key that a language lacks, has too many, or fills in otherwise than Dutch does; None when all is well.

    Raises ContentError for a file that is no words file.
    """
    folder = folder or resources_folder() / "texts"
    source = {path.name: _flat(read_words(path)) for path in sorted((folder / SOURCE_LANGUAGE).glob("*.json"))}
    for language in languages(folder):
        for name, expected in source.items():
            path = folder / language / name
            if not path.is_file():
                return ContentError(f"{language}/{name}", 0, "is missing")
            found = _flat(read_words(path))
            for key in sorted(expected.keys() ^ found.keys()):
                reason = "is missing" if key in expected else "is not among the Dutch words"
                return ContentError(f"{language}/{name}", 0, f"{key} {reason}")
            for key, words in found.items():
                if _placeholders(words) != _placeholders(expected[key]):
                    return ContentError(f"{language}/{name}", 0, f"{key}: other placeholders than in Dutch")
    return None


def _flat(tree: Tree, prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, node in tree.items():
        found |= _flat(node, f"{prefix}{name}.") if isinstance(node, dict) else {prefix + name: node}
    return found


def _placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
