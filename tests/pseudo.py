"""A language nobody speaks: Dutch with longer words, accents and brackets, to see what clips and what is hard-coded."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ccinc_wizard.content.files import resources_folder
from ccinc_wizard.content.texts import Texts, Tree, read_words
from ccinc_wizard.domain.enums import SOURCE_LANGUAGE

LANGUAGE = "qps"
"""Private-use code, so that it can never be taken for a language that somebody reads."""
LONGER = 1.4
_ACCENTED = str.maketrans("aceiklnosuyzACEIKLNOSUYZ", "àçéïķłñôšüýžÀÇÉÏĶŁÑÔŠÜÝŽ")
_WORD = re.compile(r"\{\w*\}|https?://\S+|&?[^\W\d_](?:[^\W\d_]|&(?=[^\W\d_])|[’'-](?=[^\W\d_]))*")


def pseudo(words: str) -> str:
    """Every word 40 % longer (rounded up) and accented, all of it in brackets.

    Placeholders, addresses and line breaks stay, and so does the letter of a mnemonic.
    """
    return f"[{_WORD.sub(lambda found: _longer(found[0]), words)}]" if words.strip() else words


def pseudo_texts(folder: Path) -> Texts:
    """The words in the pseudo-language, written to the folder beside Dutch, which stands in for nothing then."""
    source = resources_folder() / "texts" / SOURCE_LANGUAGE
    for path in source.glob("*.json"):
        for language, tree in ((SOURCE_LANGUAGE, read_words(path)), (LANGUAGE, _translated(read_words(path)))):
            (folder / language).mkdir(parents=True, exist_ok=True)
            (folder / language / path.name).write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    return Texts(LANGUAGE, folder)


def _translated(tree: Tree) -> Tree:
    return {name: _translated(node) if isinstance(node, dict) else pseudo(node) for name, node in tree.items()}


def _longer(word: str) -> str:
    if word.startswith(("{", "http")):
        return word
    letters = word.replace("&", "")
    more = -(-len(letters) * 4 // 10)
    accented = "".join(
        sign if at and word[at - 1] == "&" else sign.translate(_ACCENTED) for at, sign in enumerate(word)
    )
    return accented + (letters[-1].translate(_ACCENTED) * more)
