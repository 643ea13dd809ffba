"""The windows of the help menu: help on what is shown, all keys, what a helpdesk asks first, what the program is of.

`probe` is the part of the self-test that needs a window.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from pathlib import Path

import PySide6
from PySide6.QtCore import QLibraryInfo, QSysInfo, Qt, QTranslator, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPixmap, QScreen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QGridLayout, QLabel, QTableWidget, QWidget

from ccinc_wizard import __version__
from ccinc_wizard.app import installation
from ccinc_wizard.app.errorlog import ErrorLog
from ccinc_wizard.app.installation import data_credits, shipped_parts
from ccinc_wizard.app.output import put
from ccinc_wizard.app.paths import APP_NAME, Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.files import ContentError
from ccinc_wizard.content.helpdesk import HelpdeskWords
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain import questions
from ccinc_wizard.domain.calls import CallStep
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.enums import NoChoice
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.rules import RULES_VERSION
from ccinc_wizard.ui.kit.actions import BESIDE, CHOOSING_KEYS, MENUS, PICK_UP_KEYS, Place, all_keys, offered
from ccinc_wizard.ui.kit.desktop import copy_text
from ccinc_wizard.ui.kit.dialogs import ReadingWindow
from ccinc_wizard.ui.kit.tables import plain_table
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import announce, button, card, fill, label, plain, row, section, selectable

KeyLine = tuple[list[str], str]
"""Keys, each of which does it, and what it does."""
_LINES, _FREE_LINES = 60, 6
"""How high the window is, and how much of the screen it leaves free."""
_EVERYWHERE, _LETTERS = "everywhere", "helpdesk_letters"


class ShortcutsWindow(ReadingWindow):
    """All keys, wherever one is."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        texts = services.texts
        super().__init__("shortcuts_window", texts("shortcuts.title"), parent=parent)
        self.add(label(texts("shortcuts.lead"), "muted", name="shortcuts_lead"))
        self.add(*sheet(services, *(place for place in Place if place not in MENUS)))
        close = texts("shortcuts.close")
        self.finish(button(close, name="shortcuts_close", kind="primary", action=self.accept))
        room = self.screen().availableSize().height() - self.fontMetrics().height() * _FREE_LINES
        self.resize(self.width(), min(self.fontMetrics().height() * _LINES, room))


def sheet(services: Services, *places: Place | None) -> Iterator[QWidget]:
    """The keys that work everywhere, and those of these places: a heading and a card each."""
    texts = services.texts
    groups = {_EVERYWHERE: [line for menu in MENUS for line in _lines(texts, menu)]}
    for place in filter(None, places):
        groups[place] = list(_lines(texts, place))
        if place is Place.WIZARD:
            groups[place].append(([f"{CHOOSING_KEYS[0][0]} – {CHOOSING_KEYS[0][-1]}"], texts("shortcuts.does.choose")))
        if place is Place.HELPDESK:
            groups[_LETTERS] = list(_letters(services))
    for name, lines in groups.items():
        yield section(texts(f"shortcuts.place.{name}"))
        yield _card(name, lines)


def _lines(texts: Texts, place: Place) -> Iterator[KeyLine]:
    for action in offered(place):
        if action.keys:
            yield all_keys(texts, action), plain(texts(action.words))


def _letters(services: Services) -> Iterator[KeyLine]:
    texts, words = services.texts, HelpdeskWords(services.texts, services.catalog)
    choices = {texts("helpdesk.who"): words.options(CallStep.CALLER)}
    choices |= {texts(f"wizard.field.{step}"): words.options(step) for step in (CallStep.ROLE, CallStep.AUTHORITY)}
    choices |= {texts("wizard.field.situation"): words.every_situation()}
    for title, options in choices.items():
        yield from (([option.letter.upper()], texts.pair(title, option.label)) for option in options)
    yield [f"{PICK_UP_KEYS[0][0]} – {PICK_UP_KEYS[0][-1]}"], texts("shortcuts.does.pick_up")


def _card(name: str, lines: list[KeyLine]) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE * 2)
    grid.setVerticalSpacing(SPACE)
    grid.setColumnStretch(0, 1)
    for number, (named, words) in enumerate(lines):
        caps = [label(one, "key", wrap=False) for one in named]
        shown = label(words)
        shown.setAccessibleName(f"{', '.join(named)}: {words}")
        # As in a menu: what it does begins at one edge, and the keys end at the other.
        grid.addWidget(shown, number, 0)
        keys = row()
        fill(keys, caps)
        grid.addLayout(keys, number, 1, Qt.AlignmentFlag.AlignTop)
    return card("card", grid, name=f"shortcuts_{name}")


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
    table = plain_table("about_parts", texts("program.about.parts"), columns, cells, whole=True)
    table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    return table


_HINTS = {
    "training": [
        ("training.results.trainee", "training.results.trainee_hint"),
        ("training.exam.seed", "training.exam.seed_hint"),
    ]
}
"""What a view says of its parts, by their titles."""


class HelpWindow(ReadingWindow):
    """The page's own explanations in one window, and whom to call. `view` is a step or the name of another view."""

    def __init__(self, services: Services, view: str, parent: QWidget | None = None) -> None:
        texts = services.texts
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
            button(
                texts("shortcuts.all"), name="help_shortcuts", action=lambda: ShortcutsWindow(services, self).open()
            ),
            button(texts("program.about.close"), name="help_close", kind="primary", action=self.accept),
        )

    @staticmethod
    def _options(services: Services, topic: str) -> list[str]:
        asked = questions.options_of(topic, lambda: services.catalog) if topic in questions.BY_FIELD else ()
        return [option for option in asked if option != NoChoice.UNKNOWN]


def _place(view: str) -> Place | None:
    """Where the keys of a view are; None for one that has none of its own."""
    if view in list(StepId):
        return Place.WIZARD
    if view in BESIDE:
        return Place.BESIDE
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
        "libraries": ", ".join(f"{part.name} {part.version}".strip() for part in shipped_parts()),
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
