"""The sheet of shortcuts: every key of the table of actions and every letter of the helpdesk, by where it works."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.helpdesk import HelpdeskWords
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.calls import CallStep
from ccinc_wizard.ui.kit.actions import CHOOSING_KEYS, MENUS, PICK_UP_KEYS, Place, all_keys, offered
from ccinc_wizard.ui.kit.dialogs import ReadingWindow
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, card, label, plain, reading_width, row, section

Line = tuple[list[str], str]
"""Keys, each of which does it, and what it does."""
_KEYS_WIDTH = 30
"""How wide the keys may be, in average characters: what they do begins at one line."""
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


def _lines(texts: Texts, place: Place) -> Iterator[Line]:
    for action in offered(place):
        if action.keys:
            yield all_keys(texts, action), plain(texts(action.words))


def _letters(services: Services) -> Iterator[Line]:
    texts, words = services.texts, HelpdeskWords(services.texts, services.catalog)
    choices = {texts("helpdesk.who"): words.options(CallStep.CALLER)}
    choices |= {texts(f"wizard.field.{step}"): words.options(step) for step in (CallStep.ROLE, CallStep.AUTHORITY)}
    choices |= {texts("wizard.field.situation"): words.every_situation()}
    for title, options in choices.items():
        yield from (([option.letter.upper()], texts.pair(title, option.label)) for option in options)
    yield [f"{PICK_UP_KEYS[0][0]} – {PICK_UP_KEYS[0][-1]}"], texts("shortcuts.does.pick_up")


def _card(name: str, lines: list[Line]) -> QWidget:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE * 2)
    grid.setVerticalSpacing(SPACE)
    grid.setColumnStretch(1, 1)
    for number, (keys, words) in enumerate(lines):
        caps = [label(one, "key") for one in keys]
        for cap in caps:
            cap.setWordWrap(False)
        shown = label(words)
        shown.setAccessibleName(f"{', '.join(keys)}: {words}")
        grid.addLayout(row(*caps), number, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown, number, 1)
    made = card("card", grid, name=f"shortcuts_{name}")
    grid.setColumnMinimumWidth(0, reading_width(made, _KEYS_WIDTH))
    return made
