"""The shape of the house: no circles, nothing loose, no crumbs. Figures are printed; rules are held."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.tooling.project import ROOT, committed_files, package_files

PACKAGE = "ccinc_wizard"
CRUMB_LINES, MOST_CRUMBS = 70, 10
"""A module shorter than this that only one other imports is probably cut off from it."""


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def _modules() -> dict[str, Path]:
    return {_name(path): path for path in package_files()}


@cache
def _imports() -> dict[str, frozenset[str]]:
    """What each module imports of the others, late and for types alone included."""
    known = _modules()
    found: dict[str, frozenset[str]] = {}
    for name, path in known.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            inner if (inner := f"{node.module}.{alias.name}") in known else str(node.module)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        found[name] = frozenset(named & known.keys() - {name})
    return found


def _reached(start: str) -> set[str]:
    seen: set[str] = set()
    coming = [start]
    while coming:
        for name in _imports()[coming.pop()] - seen:
            seen.add(name)
            coming.append(name)
    return seen


def test_no_module_imports_itself_by_a_detour() -> None:
    assert sorted(name for name in _modules() if name in _reached(name)) == []


def test_nothing_stands_loose_beside_the_rooms() -> None:
    loose = [
        name
        for name, path in _modules().items()
        if path.parent in (ROOT / PACKAGE, ROOT / PACKAGE / "ui") and path.name not in ("__init__.py", "__main__.py")
    ]
    assert loose == []


def test_few_modules_are_crumbs_of_another() -> None:
    importers: dict[str, set[str]] = defaultdict(set)
    for name, named in _imports().items():
        for other in named:
            importers[other].add(name)
    crumbs = [
        name
        for name, path in _modules().items()
        if path.name != "__init__.py"
        and len(importers[name]) == 1
        and len(path.read_text(encoding="utf-8").splitlines()) < CRUMB_LINES
    ]
    assert len(crumbs) <= MOST_CRUMBS, sorted(crumbs)


def test_no_two_test_files_have_one_name() -> None:
    names = Counter(path.name for path in committed_files() if path.name.startswith("test_") and path.suffix == ".py")
    assert [name for name, count in names.items() if count > 1] == []


def test_figures_of_the_house(figures: list[str]) -> None:
    sources = [path.read_text(encoding="utf-8") for path in _modules().values()]
    late = sum(
        isinstance(node, ast.Import | ast.ImportFrom)
        for source in sources
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
    )
    arrows = sum(map(len, _imports().values()))
    lines = sum(len(source.splitlines()) for source in sources)
    figures.append(f"house: {len(sources)} files, {lines} lines, {arrows} imports of one another, {late} of them late")


def test_no_name_is_given_twice_in_a_module() -> None:
    """The second would silently count for both."""
    twice = []
    for name, path in _modules().items():
        given = Counter(_given(ast.parse(path.read_text(encoding="utf-8"))))
        twice += [f"{name}.{one}" for one, count in given.items() if count > 1]
    assert twice == []


def _given(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
