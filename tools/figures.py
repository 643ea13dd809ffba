"""The figures of the house, printed by `python3 run.py lint`; `tests/tooling/test_rooms.py` holds those with a bound.

How often a request typed and saved runs the rules is counted in `tests/app/test_interview.py`, what a start loads in
`tests/tooling/test_start.py`; how long it takes is for `python3 run.py bench start`.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "ccinc_wizard"
QUESTIONS = "domain.questions"
"""Where what can be answered stands. The enums that it takes from `domain.enums` say what these answers are."""
ENUMS = f"{PACKAGE}.domain.enums"
ANYBODYS = {"yes", "no"}
"""Ids that any dialog has too."""
CRUMB_LINES = 70
"""A module shorter than this that only one other imports is probably cut off from it."""


def main() -> None:
    """Print them."""
    files, lines = len(modules()), sum(map(line_count, modules().values()))
    print(f"house: {files} files, {lines:,} lines, {lines // files} a file")
    arrows, late = sum(map(len, imports().values())), len(list(late_imports()))
    print(f"imports of one another: {arrows}, {late} of them late; {len(circles())} modules in circles")
    print(f"loose at the top: {len(loose())}; under {CRUMB_LINES} lines and imported by one other: {len(crumbs())}")
    print(f"options listed: in {QUESTIONS}, and for other ends in {len(options_listed())} places")


@cache
def modules() -> dict[str, Path]:
    """The program's own, by their dotted names."""
    return {_name(path): path for path in sorted((ROOT / PACKAGE).rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(name: str) -> ast.Module:
    """The code of a module."""
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


def line_count(path: Path) -> int:
    """How many lines it has."""
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def imports() -> dict[str, frozenset[str]]:
    """What each module imports of the others, late and for types alone included."""
    known = modules()
    found: dict[str, frozenset[str]] = {}
    for name in known:
        named = {
            inner if (inner := f"{node.module}.{alias.name}") in known else str(node.module)
            for node in ast.walk(tree(name))
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        found[name] = frozenset(named & known.keys() - {name})
    return found


def circles() -> list[str]:
    """Modules that import themselves by a detour."""
    return sorted(name for name in modules() if name in _reached(name))


def _reached(start: str) -> set[str]:
    seen: set[str] = set()
    coming = [start]
    while coming:
        for name in imports()[coming.pop()] - seen:
            seen.add(name)
            coming.append(name)
    return seen


def loose() -> list[str]:
    """Modules that stand beside the rooms and not in one."""
    halls = (ROOT / PACKAGE, ROOT / PACKAGE / "ui")
    doors = ("__init__.py", "__main__.py")
    return [name for name, path in modules().items() if path.parent in halls and path.name not in doors]


def crumbs() -> list[str]:
    """Short modules that only one other imports."""
    importers: dict[str, set[str]] = defaultdict(set)
    for name, named in imports().items():
        for other in named:
            importers[other].add(name)
    return [
        name
        for name, path in modules().items()
        if path.name != "__init__.py" and len(importers[name]) == 1 and line_count(path) < CRUMB_LINES
    ]


def late_imports() -> Iterator[tuple[str, str]]:
    """Each import within a function: the module, and what it imports."""
    for name in modules():
        inner = {node for part in ast.walk(tree(name)) if isinstance(part, ast.FunctionDef) for node in ast.walk(part)}
        for node in inner:
            if isinstance(node, ast.ImportFrom):
                yield from ((name, f"{node.module}.{alias.name}") for alias in node.names)
            elif isinstance(node, ast.Import):
                yield from ((name, alias.name) for alias in node.names)


def options_listed() -> list[str]:
    """Where else answers are listed: two of one question by name or by id, or all of them in turn."""
    return [
        f"{name.removeprefix(f'{PACKAGE}.')}:{place}"
        for name in modules()
        if name not in (f"{PACKAGE}.{QUESTIONS}", ENUMS)
        for place, nodes in places(tree(name))
        if lists_options(nodes)
    ]


@cache
def _answers() -> dict[str, frozenset[str]]:
    """The enums of the answers: the ids of each."""
    taken = {
        alias.name
        for node in tree(f"{PACKAGE}.{QUESTIONS}").body
        if isinstance(node, ast.ImportFrom) and node.module == ENUMS
        for alias in node.names
    }
    return {
        node.name: frozenset(
            str(line.value.value)
            for line in node.body
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
        )
        for node in tree(ENUMS).body
        if isinstance(node, ast.ClassDef) and node.name in taken
    }


def places(module: ast.Module) -> Iterator[tuple[str, list[ast.AST]]]:
    """Each function and each table of a module, with all that stands in it."""
    for node in module.body:
        parts = node.body if isinstance(node, ast.ClassDef) else [node]
        for part in parts:
            inner = list(ast.walk(part))
            named = [one.id for one in inner if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
            yield part.name if isinstance(part, ast.FunctionDef) else next(iter(named), ""), inner


def lists_options(nodes: list[ast.AST]) -> bool:
    """Whether two answers to one question are named in it, or all answers gone through."""
    named: dict[str, set[str]] = defaultdict(set)
    asked = [other for other in nodes if isinstance(other, ast.Compare | ast.BinOp)]
    looked_up = {id(node) for other in asked for node in ast.walk(other)}
    for node in nodes:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in _answers():
            named[node.value.id].add(node.attr)
        elif isinstance(node, ast.Constant):
            for enum, ids in _answers().items():
                if node.value in ids - ANYBODYS:
                    named[f"ids of {enum}"].add(str(node.value))
        elif _all_in_turn(node) and id(node) not in looked_up:
            return True
    return any(len(members) > 1 for members in named.values())


def _all_in_turn(node: ast.AST) -> bool:
    """`for role in Role`, `*Role`, `tuple(Role)`, `map(str, Role)`."""
    match node:
        case ast.For(iter=ast.Name(id=name)) | ast.comprehension(iter=ast.Name(id=name)):
            return name in _answers()
        case ast.Starred(value=ast.Name(id=name)):
            return name in _answers()
        case ast.Call(func=ast.Name(id="isinstance")):
            return False
        case ast.Call(args=args):
            return any(isinstance(one, ast.Name) and one.id in _answers() for one in args)
    return False


if __name__ == "__main__":
    main()
