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


LATE = {
    # Which of window, terminal and command line is wanted, and which command.
    "ccinc_wizard.__main__": "ccinc_wizard",
    "ccinc_wizard.terminal.cli": "ccinc_wizard",
    # The second stage: each place of the window when it is opened, facts and log when they are asked.
    "ccinc_wizard.ui.shell.places": "ccinc_wizard",
    "ccinc_wizard.ui.shell.app": "ccinc_wizard.ui.shell.second_stage",
    "ccinc_wizard.app.services": ("ccinc_wizard", "platformdirs"),
    "ccinc_wizard.domain.answers": "ccinc_wizard.domain.sieve",
    # What the first job needs, which comes after the first page.
    "ccinc_wizard.ui.kit.worker": "queue",
    # What may be broken, which is then one failed check.
    "ccinc_wizard.terminal.selftest": "",
    # What only a mail out of Outlook needs.
    "ccinc_wizard.app.mail_file": "olefile",
    # What is not on every machine.
    "ccinc_wizard.app.policies": "winreg",
    "ccinc_wizard.requestlog.keys": "keyring",
    "ccinc_wizard.requestlog.team": "ccinc_wizard.requestlog.postgres_store",
    "ccinc_wizard.terminal.display": "ctypes",
    "ccinc_wizard.ui.shell.one_window": "ctypes",
}
"""The only modules that may import within a function, and what: all else is loaded with its module."""


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


def _late_imports() -> Iterator[tuple[str, str]]:
    for name, path in _modules().items():
        functions = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        inner = {node for part in functions if isinstance(part, ast.FunctionDef) for node in ast.walk(part)}
        for node in inner:
            if isinstance(node, ast.ImportFrom):
                yield from ((name, f"{node.module}.{alias.name}") for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)


def test_only_what_waits_for_its_place_is_imported_late() -> None:
    late = list(_late_imports())
    assert [(name, what) for name, what in late if not (name in LATE and what.startswith(LATE[name]))] == []
    assert {name for name, _ in late} == LATE.keys()


def test_figures_of_the_house(figures: list[str]) -> None:
    late = len(list(_late_imports()))
    arrows = sum(map(len, _imports().values()))
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in _modules().values())
    figures.append(
        f"house: {len(_modules())} files, {lines} lines, {arrows} imports of one another, {late} of them late"
    )


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
