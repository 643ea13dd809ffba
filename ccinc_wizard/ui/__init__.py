"""The window: turns events into answers and shows findings and outcomes. No rule stands here."""

from __future__ import annotations

import builtins
import sys
from types import CodeType

_RARE = {
    f"shibokensupport/signature/{name}.py"
    for name in ("errorhandler", "layout", "parser", "lib/enum_sig", "lib/pyi_generator", "lib/tool")
}
_WHEN_ASKED = """
def __getattr__(name):
    exec(compile({source!r}, {file!r}, "exec"), globals())
    globals().pop("__getattr__", None)
    if name in globals():
        return globals()[name]
    raise AttributeError(name)
"""
_compile = compile


def _compile_rare_later(source: bytes, file: str, *how: str, **more: bool) -> CodeType:
    if file in _RARE:
        source = _WHEN_ASKED.format(source=source, file=file).encode()
    return _compile(source, file, *how, **more)  # type: ignore[call-overload, no-any-return]


# PySide compiles anew at each start what words a complaint of wrong arguments, and what writes type hints for its
# developers: a fifth of a bare start. Here these modules are read once something of them is asked for; a PySide
# without them is left alone.
builtins.compile = _compile_rare_later  # type: ignore[assignment]
try:
    import PySide6.QtCore  # noqa: F401
finally:
    builtins.compile = _compile

# PySide reads the source of every module loaded after it, for fear that one might want snake_case names of Qt's.
# None of ours does, and reading them costs a tenth of a bare start. A PySide that no longer does so is left alone.
_features = vars(sys.modules.get("shibokensupport.feature", sys))
if "_mod_uses_pyside" in _features:
    _features["_mod_uses_pyside"] = lambda _: False
