"""The windows about the program itself: what it is made of, help on what is shown, and what a helpdesk asks first."""

from __future__ import annotations

import platform
from pathlib import Path

import PySide6
from PySide6.QtCore import QLibraryInfo, QSysInfo, Qt, qVersion
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QWidget

from ccinc_wizard import __version__
from ccinc_wizard.app.errorlog import ErrorLog
from ccinc_wizard.app.installation import data_credits, shipped_parts
from ccinc_wizard.app.services import APP_NAME, Paths, Services
from ccinc_wizard.content.files import ContentError
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain import questions
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.rules import RULES_VERSION
from ccinc_wizard.domain.terms import NoChoice
from ccinc_wizard.ui.kit.actions import Place
from ccinc_wizard.ui.kit.desktop import copy_text
from ccinc_wizard.ui.kit.dialogs import ReadingWindow
from ccinc_wizard.ui.kit.tables import plain_table
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import announce, button, label, plain, section, selectable
from ccinc_wizard.ui.shell.shortcuts import ShortcutsWindow, sheet

_COLUMNS = ("part", "part_version", "licence")


class AboutWindow(ReadingWindow):
    """Nothing in it is written by hand: versions and licences are asked of what is installed."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        texts = services.texts
        super().__init__("about_window", texts("program.about.title"), texts("app.title"), parent)
        checked = shown_day(services.catalog.checked_on)
        told = texts("program.about.version", version=__version__, checked=checked)
        self.add(selectable(told, name="about_version"), section(texts("program.about.parts")), _table(texts))
        self.add(section(texts("program.about.data")), selectable(data_credits(), name="about_credits"))
        self.finish(button(texts("program.about.close"), name="about_close", kind="primary", action=self.accept))


def _table(texts: Texts) -> QTableWidget:
    cells = [(part.name, part.version, part.licence) for part in shipped_parts()]
    columns = [texts(f"program.about.{column}") for column in _COLUMNS]
    table = plain_table("about_parts", texts("program.about.parts"), columns, cells)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    # Its window scrolls, and not the table in it as well.
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + table.verticalHeader().length() + SPACE)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    return table


_HINTS = {
    "training": [
        ("training.results.trainee", "training.results.trainee_hint"),
        ("training.exam.seed", "training.exam.seed_hint"),
    ],
}
"""What a view says of its parts, by their titles."""


class HelpWindow(ReadingWindow):
    """The page's own explanations in one window, and whom to call. `view` is a step or the name of another view."""

    def __init__(self, services: Services, view: str, parent: QWidget | None = None) -> None:
        self._services, texts = services, services.texts
        # The views of one room share their help, but where one has words of its own.
        topics = (view, view.partition("_")[0], StepId.SITUATION)
        topic = next(topic for topic in topics if texts.has(f"app.help.{topic}.title"))
        super().__init__("help_window", texts("app.help.title"), texts(f"app.help.{topic}.title"), parent)
        kept = {"names": services.names_days, "rest": services.rest_days}
        terms = {name: texts("settings.days", count=days) for name, days in kept.items()}
        self.add(selectable(texts(f"app.help.{topic}.text", **terms), name="help_text", tab=True))
        hints = [
            (f"choices.{topic}.{option}.label", f"choices.{topic}.{option}.hint")
            for option in self._options(services, topic)
        ]
        for title, text in hints + _HINTS.get(topic, []):
            self.add(section(plain(texts(title))), selectable(texts(text), tab=True))
        self.add(section(texts("result.contact.title")))
        wording = Wording(texts, services.catalog)
        self.add(*(selectable(line, tab=True) for line in (*wording.contacts(), wording.manual_remark())))
        self.add(*sheet(services, _place(view)))
        self.finish(
            button(texts("shortcuts.all"), name="help_shortcuts", action=self._show_all_keys),
            button(texts("program.about.close"), name="help_close", kind="primary", action=self.accept),
        )

    def _show_all_keys(self) -> None:
        ShortcutsWindow(self._services, self).open()

    @staticmethod
    def _options(services: Services, topic: str) -> list[str]:
        asked = questions.options_of(topic, lambda: services.catalog) if topic in questions.BY_FIELD else ()
        return [option for option in asked if option != NoChoice.UNKNOWN]


def _place(view: str) -> Place | None:
    """Where the keys of a view are; None for one that has none of its own."""
    if view in list(StepId):
        return Place.WIZARD
    return next((place for place in (Place.HELPDESK, Place.TRAINING) if view.startswith(place)), None)


def diagnostics(services: Services, errors: ErrorLog, log_state: str) -> str:
    """One fact a line, in English and the same in every language, so that a helpdesk can search them."""
    facts = {
        "program": f"{APP_NAME} {__version__}",
        "facts": _facts(services),
        "rules": RULES_VERSION,
        "language": services.texts.language,
        "mode": services.mode.value,
        "theme": services.settings.theme.value,
        "policies": ", ".join(sorted(services.policies.laid_down())),
        "refused": ", ".join((*services.policies.refused, *services.loaded.refused)),
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
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return Path(folder, f"qtbase_{language}.qm").is_file()


def _screen(screen: QScreen) -> str:
    size = screen.size()
    return f"{size.width()}x{size.height()} at {screen.devicePixelRatio():g}, {screen.logicalDotsPerInch():.0f} dpi"


def _libraries() -> str:
    return ", ".join(f"{part.name} {part.version}".strip() for part in shipped_parts())
