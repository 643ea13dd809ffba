"""Tries Qt in a process of its own, for `selftest`: a crash of Qt then is one failed check."""

from __future__ import annotations

import json

from PySide6.QtCore import QLibraryInfo, Qt, QTranslator, qVersion
from PySide6.QtGui import QFontDatabase, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from ccinc_wizard.app import installation
from ccinc_wizard.app.output import put
from ccinc_wizard.app.services import APP_NAME
from ccinc_wizard.content.texts import languages


def probe() -> int:
    """Open and draw a widget, import the whole window and read its icons, then print what Qt has and speaks.

    Raises ImportError or RuntimeError when something is missing.
    """
    app = QApplication([APP_NAME])
    count = installation.import_all(window=True)
    _read_icons()
    drawn = QLabel("Ée€ß")
    drawn.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    drawn.show()
    app.processEvents()
    drawn.grab()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    spoken = [language for language in languages() if QTranslator().load(f"qtbase_{language}", folder)]
    told = {
        "version": f"{qVersion()}, {QApplication.platformName()}",
        "modules": count,
        "fonts": len(QFontDatabase.families()),
        "translations": " ".join(spoken),
    }
    put(json.dumps(told))
    return 0


def _read_icons() -> None:
    """As the window does: through the plugin for images, which a build may have forgotten."""
    for path in installation.drawings():
        if QPixmap(str(path)).isNull():
            raise RuntimeError(path.name)
