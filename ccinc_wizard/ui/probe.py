"""Tries Qt in a process of its own, for `selftest`: a crash of Qt then is one failed check."""

from __future__ import annotations

import json

from PySide6.QtCore import QLibraryInfo, QTranslator, qVersion
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel

from ccinc_wizard.content.texts import languages
from ccinc_wizard.services import APP_NAME


def probe() -> int:
    """Open and draw a widget, then print Qt's version, the number of fonts and the languages that Qt speaks."""
    app = QApplication([APP_NAME])
    drawn = QLabel("Ée€ß")
    drawn.show()
    app.processEvents()
    drawn.grab()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    spoken = [language for language in languages() if QTranslator().load(f"qtbase_{language}", folder)]
    told = {"version": qVersion(), "fonts": len(QFontDatabase.families()), "translations": " ".join(spoken)}
    print(json.dumps(told))
    return 0
