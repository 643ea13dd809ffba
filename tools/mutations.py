"""Small changes to a module's source, one at a time, each of which some test should notice.

Left alone: docstrings, decorators, annotations (but for what pydantic reads in them), what only a type checker runs.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

_SWAPPED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Break: (ast.Continue,),
    ast.Continue: (ast.Break,),
}
_UNREAD = ("annotation", "returns", "decorator_list")


@dataclass(frozen=True)
class Mutation:
    """One change. `lines` are those whose running it needs; `within` says whether a function holds it."""

    line: int
    text: str
    change: str
    lines: frozenset[int]
    within: bool
    _put: Callable[[], None]
    _put_back: Callable[[], None]
    _tree: ast.Module

    def code(self, path: str) -> CodeType:
        """The module with this change."""
        self._put()
        try:
            return compile(self._tree, path, "exec")
        finally:
            self._put_back()


def mutations(source: str) -> list[Mutation]:
    """All changes to this source, from its first line to its last."""
    tree, rows = ast.parse(source), source.splitlines()
    return [
        _mutation(tree, rows, place, new, statement, within)
        for place, statement, within in _places(tree, tree, False)
        for new in _changes(*place)
    ]


Place = tuple[ast.AST, str, int | None]
"""A node's field, and which of it where it holds several."""


def _places(node: ast.AST, statement: ast.AST, within: bool) -> Iterator[tuple[Place, ast.AST, bool]]:
    for name, value in ast.iter_fields(node):
        if name in _UNREAD:
            for read in ast.walk(value) if name == "annotation" and value else ():
                if isinstance(read, ast.Call):
                    yield from _places(read, statement, within)
            continue
        inner = within or (isinstance(node, ast.FunctionDef | ast.Lambda) and name == "body")
        for index, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.AST) and not _unread(child):
                around = child if isinstance(child, ast.stmt) else statement
                yield (node, name, index), around, inner
                yield from _places(child, around, inner)


def _unread(node: ast.AST) -> bool:
    """Docstrings, and what is imported for types alone."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _changes(parent: ast.AST, name: str, index: int | None) -> Iterator[ast.AST]:
    """What may stand in the place instead."""
    node = _held(parent, name, index)
    yield from (other() for other in _SWAPPED.get(type(node), ()))
    match node:
        case ast.BoolOp(values=[first, second]):
            yield from (copy.deepcopy(first), copy.deepcopy(second))
        case ast.BoolOp(op=op, values=values):
            for left_out in values:
                yield ast.BoolOp(op, [copy.deepcopy(value) for value in values if value is not left_out])
        case ast.UnaryOp(op=ast.Not()):
            yield copy.deepcopy(node.operand)
        case ast.Constant(value=bool() | int() | str() | bytes() as value):
            yield ast.Constant(_other(value))
        case ast.Return(value=ast.expr()) if not isinstance(node.value, ast.Constant):
            yield ast.Return(ast.Constant(None))
        case ast.Raise() | ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Delete():
            yield ast.Pass()
    if name in ("test", "ifs") and isinstance(node, ast.Name | ast.Call | ast.Attribute | ast.NamedExpr):
        yield ast.UnaryOp(ast.Not(), copy.deepcopy(node))


def _other(value: bool | int | str | bytes) -> bool | int | str | bytes:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return "" if value else "XX"
    return b"" if value else b"XX"


def _held(parent: ast.AST, name: str, index: int | None) -> ast.AST:
    value = getattr(parent, name)
    return value if index is None else value[index]  # type: ignore[no-any-return]


def _mutation(
    tree: ast.Module, rows: list[str], place: Place, new: ast.AST, statement: ast.AST, within: bool
) -> Mutation:
    parent, name, index = place
    old = _held(*place)
    shown = parent if not isinstance(old, ast.expr | ast.stmt) else old
    line = getattr(shown, "lineno", statement.lineno)  # type: ignore[attr-defined]
    last = getattr(shown, "end_lineno", line) if isinstance(shown, ast.expr) else line
    ast.copy_location(new, shown)
    ast.fix_missing_locations(new)

    def put(node: ast.AST) -> None:
        if index is None:
            setattr(parent, name, node)
        else:
            getattr(parent, name)[index] = node

    before = ast.unparse(shown)
    put(new)
    after = ast.unparse(new if shown is old else parent)
    put(old)
    lines = frozenset({statement.lineno, *range(line, last + 1)})  # type: ignore[attr-defined]
    change = f"{before} -> {after}"
    return Mutation(line, rows[line - 1].strip(), change, lines, within, lambda: put(new), lambda: put(old), tree)
