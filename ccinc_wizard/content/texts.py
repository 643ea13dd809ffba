"""The words of the program: one folder per language, one JSON file per area, found by dotted keys.

JSON, nested, is what translators' tools (Weblate, Poedit, Lokalise) edit, and what loads fastest. Words that count have
a key for each plural form of the language (`rows_one`, `rows_other`), by the names that CLDR gives the forms.
"""

from __future__ import annotations

import errno
import re
import string
from collections.abc import Iterable
from functools import cache
from gettext import c2py
from pathlib import Path

from ccinc_wizard.content.files import ContentError, read_json, read_text, resources_folder
from ccinc_wizard.domain.enums import SOURCE_LANGUAGE

Tree = dict[str, "str | Tree"]
MARKS = ("beyond_page", "manuals")
"""Placeholders that every text may hold: that a fact is not on the official page, and where it comes from instead."""
_FORM = r"_(zero|one|two|few|many|other)$"


class MissingTextError(KeyError):
    """A key has no words in this language nor in Dutch."""


class Texts:
    """Words in one language. An area (`wizard` in `wizard.title`) is read when it is first needed."""

    def __init__(self, language: str, folder: Path | None = None) -> None:
        self.language = language
        self._folder = folder or resources_folder() / "texts"
        self._areas: dict[tuple[str, str], Tree] = {}

    def __call__(self, key: str, **values: str | int) -> str:
        """The words at a key such as `wizard.situation.title`, with `{placeholders}` filled in.

        `count` chooses the plural form as well. Falls back to Dutch. Raises MissingTextError when Dutch has none
        either, and ContentError for a file that is no words file or words whose placeholders do not fit.
        """
        count = values.get("count")
        for language in dict.fromkeys((self.language, SOURCE_LANGUAGE)):
            words = self._find(language, key)
            if words is None and isinstance(count, int):
                words = self._find(language, f"{key}_{plural_form(language, count)}")
            if words is not None:
                words = self._marked(words)
                return self._filled(words, values, language, key) if values else words
        raise MissingTextError(key)

    def without_marks(self, words: str) -> tuple[str, str]:
        """Words as they are read out to somebody, and the marks that stood in them."""
        marks = [mark for name in MARKS if (mark := self(f"app.mark.{name}")) in words]
        for mark in marks:
            words = words.replace(f" {mark}", "")
        return words, " ".join(marks)

    def with_signs(self, lines: Iterable[str]) -> tuple[list[str], str]:
        """Lines as a stranger reads them, with a sign in the place of each mark; and what it means, if there is one."""
        given = list(lines)
        signed = given
        for mark in (self(f"app.mark.{name}") for name in MARKS):
            signed = [line.replace(f" {mark}", "*") for line in signed]
        return signed, self("result.mail_text.beyond") if signed != given else ""

    def pair(self, name: str, value: str | int) -> str:
        """A name and what belongs to it, with the colon as the language sets it."""
        return self("app.pair", name=name, value=value)

    def choice(self, field: str, option: str) -> tuple[str, str]:
        """What an option of a question is called, and its hint; empty where it has none."""
        key = f"choices.{field}.{option}"
        return self(f"{key}.label"), self(f"{key}.hint") if self.has(f"{key}.hint") else ""

    def short(self, field: str, option: str) -> str:
        """What an option is called where there is little room."""
        key = f"choices.{field}.{option}"
        return self(f"{key}.short" if self.has(f"{key}.short") else f"{key}.label")

    def has(self, key: str) -> bool:
        """Whether there are words at this key."""
        return self._find(self.language, key) is not None or self._find(SOURCE_LANGUAGE, key) is not None

    def _find(self, language: str, key: str) -> str | None:
        area, *rest = key.split(".")
        node: str | Tree = self._area(language, area)
        for part in rest:
            if not isinstance(node, dict) or part not in node:
                return None
            node = node[part]
        return node if isinstance(node, str) else None

    def _marked(self, words: str) -> str:
        for mark in MARKS:
            if f"{{{mark}}}" in words:
                words = words.replace(f"{{{mark}}}", self(f"app.mark.{mark}"))
        return words

    def _filled(self, words: str, values: dict[str, str | int], language: str, key: str) -> str:
        try:
            return words.format_map(values)
        except (KeyError, ValueError, IndexError, AttributeError) as error:
            path = self._folder / language / f"{key.partition('.')[0]}.json"
            name = key.rpartition(".")[2]
            raise ContentError(path.name, _line_of(name, read_text(path)), f"{key}: placeholder {error}") from error

    def _area(self, language: str, area: str) -> Tree:
        if (language, area) not in self._areas:
            path = self._folder / language / f"{area}.json"
            self._areas[language, area] = read_words(path) if path.is_file() else {}
        return self._areas[language, area]


def read_words(path: Path) -> Tree:
    """One words file. Raises ContentError when it is no JSON of texts and groups of texts."""
    text = read_text(path)
    tree = read_json(path.name, text)
    if not isinstance(tree, dict):
        raise ContentError(path.name, 1, "must be an object")
    groups = [tree]
    for group in groups:
        for name, node in group.items():
            if isinstance(node, dict):
                groups.append(node)
            elif not isinstance(node, str):
                raise ContentError(path.name, _line_of(name, text), f"{name} must be a text")
    return tree


def _line_of(name: str, text: str) -> int:
    return text.count("\n", 0, max(text.find(f'"{name}"'), 0)) + 1


_OF_SYSTEM = {
    errno.ENOENT: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
    errno.EISDIR: "folder",
    errno.ENOTDIR: "missing",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
}


def system_reason(texts: Texts, error: OSError) -> str:
    """What the system says of a file, without its path; in the language where that is something usual."""
    name = _OF_SYSTEM.get(error.errno or 0)
    return texts(f"program.system.{name}") if name else error.strerror or str(error)


def languages(folder: Path | None = None) -> list[str]:
    """The languages there are words for, Dutch first."""
    found = sorted(path.name for path in (folder or resources_folder() / "texts").iterdir() if path.is_dir())
    return sorted(found, key=lambda name: name != SOURCE_LANGUAGE)


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
            ours, theirs = ({re.sub(_FORM, "", key) for key in keys} for keys in (expected, found))
            for key in sorted(ours ^ theirs):
                reason = "is missing" if key in ours else "is not among the Dutch words"
                return ContentError(f"{language}/{name}", 0, f"{key} {reason}")
            for key, words in found.items():
                dutch = expected.get(key) or expected[re.sub(_FORM, "_other", key)]
                # A form for one number only may leave the number out.
                spared = {"count"} if re.search(_FORM, key) else set()
                if (_placeholders(words) ^ _placeholders(dutch)) - spared:
                    return ContentError(f"{language}/{name}", 0, f"{key}: other placeholders than in Dutch")
    return None


@cache
def _plural_rules() -> Tree:
    return read_words(resources_folder() / "plurals.json")


@cache
def plural_form(language: str, count: int) -> str:
    """The CLDR name of the form that a number takes: `one`, `other`, and in some languages more."""
    rules = _plural_rules()
    rule = str(rules.get(language, rules[SOURCE_LANGUAGE]))
    names: list[str] = re.findall(r"[a-z]{3,}", rule)
    for place, name in enumerate(names):
        rule = rule.replace(name, str(place), 1)
    return names[c2py(rule)(count)]


def _flat(tree: Tree, prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, node in tree.items():
        found |= _flat(node, f"{prefix}{name}.") if isinstance(node, dict) else {prefix + name: node}
    return found


def _placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}
