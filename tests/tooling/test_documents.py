"""What the documents name is there: files, folders, and the pages and headings that they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.tooling.project import ROOT, committed_files

DOCUMENTS = [ROOT / "ARCHITECTURE.md", ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BASES = (ROOT, ROOT / "ccinc_wizard", ROOT / "ccinc_wizard" / "ui")
"""Modules of the package are named from its own folder."""
MADE = ("build/", "dist/", "po/", "resources/texts/de")
"""What a command makes, or what a reader is told to make."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_and_folders_that_are_named_exist(document: Path) -> None:
    named = set(_paths(document.read_text(encoding="utf-8")))
    assert sorted(name for name in named if not name.startswith(MADE) and not _exists(name, document)) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    wrong = []
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        name, _, heading = target.partition("#")
        leads_to = document.parent / name if name else document
        if not leads_to.exists() or (heading and heading not in _headings(leads_to)):
            wrong.append(target)
    assert wrong == []


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("in `domain/rules.py`.", ["domain/rules.py"]),
        ("`ui/kit/` | `rules.py`", ["ui/kit/", "rules.py"]),
        ("    python tools/bench.py --log", ["tools/bench.py"]),
        ("`resources/icons/step-<id>.svg`", ["resources/icons/step-*.svg"]),
        ("`Answers`, `https://example.org/a.py`, `%TEMP%/a/`, either/or/", []),
    ],
)
def test_paths_are_seen_where_they_are_named(said: str, named: list[str]) -> None:
    assert list(_paths(said)) == named


def test_a_path_that_went_is_missed() -> None:
    assert not _exists("ui/pages/", DOCUMENTS[0])
    assert not _exists("session.py/", DOCUMENTS[0])
    assert not _exists("no_such_module.py", DOCUMENTS[0])


def _paths(text: str) -> Iterator[str]:
    """Paths in code, among words or in lines of their own; what differs as `*`."""
    for code in re.findall(r"`([^`\n]+)`|^ {4}(.+)$", text, re.MULTILINE):
        for word in "".join(code).split():
            name = re.sub(r"<[\w ]+>", "*", word.strip(",;:()'\""))
            if re.fullmatch(r"[\w.*-]+(?:/[\w.*-]+)*/?", name) and (name.endswith((".py", "/")) or _is_ours(name)):
                yield name


def _is_ours(name: str) -> bool:
    first, slash, _ = name.partition("/")
    return bool(slash) and any((base / first).is_dir() for base in BASES)


def _exists(name: str, document: Path) -> bool:
    if "/" not in name:
        return any(Path(known).match(name) for known in _files())
    files = _files()
    for base in (*BASES, document.parent):
        if not (base / name.rstrip("/")).resolve().is_relative_to(ROOT):
            continue
        wanted = (base / name.rstrip("/")).relative_to(ROOT).as_posix()
        shape = re.compile(re.escape(wanted).replace(r"\*", "[^/]*") + ("/.+" if name.endswith("/") else "(?:/.+)?"))
        if any(shape.fullmatch(known) for known in files):
            return True
    return False


@cache
def _files() -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in committed_files()]


@cache
def _headings(document: Path) -> set[str]:
    """The anchors of a document's headings, as Markdown's readers make them."""
    titles = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
