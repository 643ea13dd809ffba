"""What a helpdesk or IT department asks first, and nothing about people: no name, no path, no word of an error."""

from __future__ import annotations

import platform

import PySide6
from PySide6.QtCore import QLibraryInfo, QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from ccinc_wizard import __version__
from ccinc_wizard.app.errorlog import ErrorLog
from ccinc_wizard.app.services import APP_NAME, Paths, Services
from ccinc_wizard.content.files import ContentError
from ccinc_wizard.ui.kit.desktop import copy_text
from ccinc_wizard.ui.kit.dialogs import ReadingWindow
from ccinc_wizard.ui.kit.widgets import announce, button, label, selectable


def diagnostics(services: Services, errors: ErrorLog, log_state: str) -> str:
    """One fact a line, in English and the same in every language, so that a helpdesk can search them."""
    from ccinc_wizard.domain.rules import RULES_VERSION

    settings, policies = services.settings, services.policies
    facts = {
        "program": f"{APP_NAME} {__version__}",
        "facts": _facts(services),
        "rules": RULES_VERSION,
        "language": services.texts.language,
        "mode": services.mode.value,
        "theme": settings.theme,
        "policies": ", ".join(sorted(policies.laid_down())) if policies else "",
        "log": log_state if services.has_log() else "none yet",
        "data": _folder(services.paths),
        "system": f"{QSysInfo.prettyProductName()}, {platform.system()} {platform.release()}, {platform.machine()}",
        "python": platform.python_version(),
        "qt": f"{qVersion()}, PySide6 {PySide6.__version__}, {QGuiApplication.platformName()}",
        "translations": str(_speaks(services.texts.language)),
        "screens": "; ".join(map(_screen, QGuiApplication.screens())),
        "libraries": _libraries(),
        "errors": "; ".join(f"{fault} ({count}x)" for fault, count in errors.counts.items()),
    }
    return "\n".join(f"{name}: {fact or '-'}" for name, fact in facts.items())


def _folder(paths: Paths) -> str:
    try:
        return "usual folder" if paths == Paths.choose() else "another folder"
    except RuntimeError:
        return "another folder, as there is no home"


class DiagnosticsWindow(ReadingWindow):
    """Copies the diagnostics and shows what was copied, so that nobody has to take that on trust."""

    def __init__(self, services: Services, errors: ErrorLog, log_state: str, parent: QWidget | None = None) -> None:
        texts = services.texts
        super().__init__("diagnostics_window", texts("program.diagnostics.title"), parent=parent)
        told = diagnostics(services, errors, log_state)
        copied = label(texts("program.diagnostics.copied"), "good", name="diagnostics_copied")
        self.add(copied, selectable(told, name="diagnostics_text"))
        self.finish(button(texts("program.about.close"), name="diagnostics_close", kind="primary", action=self.accept))
        copy_text(told)
        announce(copied, copied.text())


def _facts(services: Services) -> str:
    try:
        return services.catalog.version
    except (ContentError, FileNotFoundError):
        return "refused"


def _speaks(language: str) -> bool:
    from pathlib import Path

    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return Path(folder, f"qtbase_{language}.qm").is_file()


def _screen(screen: QScreen) -> str:
    size = screen.size()
    return f"{size.width()}x{size.height()} at {screen.devicePixelRatio():g}, {screen.logicalDotsPerInch():.0f} dpi"


def _libraries() -> str:
    from ccinc_wizard.app.installation import shipped_parts

    return ", ".join(f"{part.name} {part.version}".strip() for part in shipped_parts())
