"""The window: turns events into answers and shows findings and outcomes. No rule stands here."""

import sys

import PySide6.QtCore  # noqa: F401

# PySide reads the source of every module loaded after it, for fear that one might want snake_case names of Qt's.
# None of ours does, and reading them costs a tenth of a bare start. A PySide that no longer does so is left alone.
_features = vars(sys.modules.get("shibokensupport.feature", sys))
if "_mod_uses_pyside" in _features:
    _features["_mod_uses_pyside"] = lambda _: False
