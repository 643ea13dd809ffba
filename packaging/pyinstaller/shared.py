"""Runs before all else in either frozen program: both take their modules from one archive beside them.

It also says what that holds: PyInstaller would load `pkgutil` at each start, before the window, to teach it the same.
The same goes for `ctypes.util`, by which it would look in the program's folder for libraries that only Windows has.
"""

import sys

import pyimod02_importers as importers
import pyimod03_ctypes

sys._pyinstaller_pyz = f"{sys._MEIPASS}/modules.pyz"  # type: ignore[attr-defined]


def iter_modules(finder, prefix=""):
    """What stands in the archive below a finder's folder, as `pkgutil` asks each finder for it."""
    held = importers.get_pyz_toc_tree()
    for part in filter(None, finder._pyz_entry_prefix.split(".")):
        held = held[part]
    for name, below in held.items():
        yield prefix + name, isinstance(below, dict)


importers.PyiFrozenFinder.iter_modules = iter_modules
pyimod03_ctypes.install = lambda: None
