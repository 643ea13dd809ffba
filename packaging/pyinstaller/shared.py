"""Runs before all else in either frozen program: both take their modules from one archive beside them."""

import sys

sys._pyinstaller_pyz = f"{sys._MEIPASS}/modules.pyz"  # type: ignore[attr-defined]
