"""What can be done by a menu or a key, in one table: menus, keys, tooltips and the sheet of shortcuts come from it.

It is there before the first paint, so it names what it calls instead of importing it, and keys by Qt's words for them.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6 import QtCore
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QMouseEvent, QShortcut
from PySide6.QtWidgets import QApplication

from ccinc_wizard.ui.kit.widgets import plain

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ccinc_wizard.content.texts import Texts


class Place(StrEnum):
    """Where an action is offered and its keys work."""

    REQUESTS = "requests"
    LOG = "log"
    VIEW = "view"
    HELP = "help"
    WIZARD = "wizard"
    BESIDE = "beside"
    TABLE = "table"
    MAIL = "mail"
    HELPDESK = "helpdesk"
    COMPANION = "companion"
    TRAINING = "training"
    PRESENTER = "presenter"
    UNDO = "undo"


MENUS = {
    Place.REQUESTS: "app.menu.requests",
    Place.LOG: "care.menu",
    Place.VIEW: "app.menu.view",
    Place.HELP: "app.menu.help",
}
"""The titles of the menus, whose keys work wherever the window is in front."""


class Action(NamedTuple):
    """One thing to do."""

    place: Place
    name: str
    """The object name of its entry in a menu or of its button; empty where there is none."""
    words: str
    """The key of its words."""
    keys: tuple[str, ...] = ()
    """Any of them does it."""
    calls: str = ""
    """A method of what offers it, or `module:function` under `ccinc_wizard.ui`, which is given what offers it. Nothing
    where the place reads the keys itself, or Qt does."""
    value: str = ""
    """What is given besides; of a group, what is chosen."""
    group: str = ""
    """Of the actions of a group one is chosen."""
    apart: bool = False
    """A line parts it from the one before."""


_P, _LOG, _MODE = Place, "shell.places:maintain_log", "shell.places:choose_mode"
ACTIONS = (
    Action(_P.REQUESTS, "action_new_request", "app.action_new_request", ("Ctrl+N",), "new_request"),
    Action(_P.REQUESTS, "action_paste_mail", "app.action_paste_mail", ("Ctrl+M",), "paste_mail"),
    Action(_P.REQUESTS, "action_batch", "app.action_batch", ("Ctrl+B",), "shell.places:show_list"),
    Action(_P.REQUESTS, "action_recent", "app.action_recent"),
    Action(_P.REQUESTS, "action_training", "app.action_training", (), "train"),
    Action(_P.REQUESTS, "action_quit", "app.action_quit", ("Ctrl+Q",), "close", apart=True),
    Action(_P.LOG, "action_log", "app.action_log", ("Ctrl+G",), "show_log"),
    Action(_P.LOG, "action_verify", "care.action_verify", (), _LOG, "verify"),
    Action(_P.LOG, "action_backup", "care.action_backup", (), _LOG, "backup"),
    Action(_P.LOG, "action_restore", "care.action_restore", (), _LOG, "restore"),
    Action(_P.LOG, "action_forget", "care.action_forget", (), _LOG, "forget"),
    Action(_P.LOG, "action_new_log", "care.action_new_log", (), _LOG, "new_log"),
    Action(_P.LOG, "action_team_key", "care.action_team_key", (), _LOG, "team_key"),
    Action(_P.VIEW, "action_mode_admin", "app.action_mode_admin", (), _MODE, "admin", "mode"),
    Action(_P.VIEW, "action_mode_helpdesk", "app.action_mode_helpdesk", (), _MODE, "helpdesk", "mode"),
    Action(_P.VIEW, "action_mode_training", "app.action_mode_training", (), _MODE, "training", "mode"),
    Action(_P.VIEW, "action_settings", "app.action_settings", ("Ctrl+,",), "shell.places:show_settings", apart=True),
    Action(_P.HELP, "action_help", "app.action_help", ("F1",), "shell.places:show_help"),
    Action(_P.HELP, "action_shortcuts", "app.action_shortcuts", ("Ctrl+/",), "shell.places:show_shortcuts"),
    Action(_P.HELP, "action_diagnostics", "app.action_diagnostics", (), "shell.places:copy_diagnostics"),
    Action(_P.HELP, "action_about", "app.action_about", (), "shell.places:show_about"),
    Action(_P.WIZARD, "next_button", "shortcuts.does.go_on", ("Return", "Enter"), "press_enter"),
    Action(_P.WIZARD, "back_button", "wizard.back", ("Alt+Left",), "go_back"),
    Action(_P.BESIDE, "", "shortcuts.does.leave_view", ("Alt+Left",), "leave"),
    Action(_P.BESIDE, "", "shortcuts.does.leave_after_line", ("Escape",)),
    Action(_P.TABLE, "", "shortcuts.does.sort_beside", ("Alt+Shift+Right", "Alt+Shift+Left")),
    Action(_P.TABLE, "", "shortcuts.does.sort_turn", ("Alt+Shift+Up", "Alt+Shift+Down")),
    Action(_P.MAIL, "mail_read", "reading.read", ("Ctrl+Return", "Ctrl+Enter"), "read"),
    Action(_P.HELPDESK, "copy_link_button", "helpdesk.copy_link", ("Ctrl+L",), "copy_link"),
    Action(_P.HELPDESK, "spell_button", "helpdesk.spell_link", ("Ctrl+R",), "spell_link"),
    Action(_P.HELPDESK, "copy_ticket_button", "helpdesk.copy_ticket", ("Ctrl+T",), "copy_ticket"),
    Action(_P.HELPDESK, "reference_button", "helpdesk.reference", ("Ctrl+F",), "open_reference"),
    Action(_P.HELPDESK, "check_number_button", "helpdesk.check_number", ("Ctrl+J",), "check_number"),
    Action(_P.HELPDESK, "call_back_button", "shortcuts.does.take_back", ("Backspace",)),
    Action(_P.HELPDESK, "", "shortcuts.does.take_back_anywhere", ("Alt+Left",), "go_back"),
    Action(_P.HELPDESK, "reference_close", "shortcuts.does.leave_field", ("Escape",)),
    Action(_P.HELPDESK, "", "shortcuts.does.press_focused", ("Return", "Enter")),
    Action(_P.COMPANION, "companion_done", "companion.done", ("Space", "Return", "Enter"), "press"),
    Action(_P.COMPANION, "", "shortcuts.does.copy_value", ("Ctrl+C",), "copy_value"),
    Action(_P.COMPANION, "companion_back", "companion.back", ("Alt+Left",), "go_back"),
    Action(_P.COMPANION, "companion_next", "companion.next", ("Alt+Right",), "go_on"),
    Action(_P.COMPANION, "companion_close", "companion.ending.close", ("Escape",), "close"),
    Action(_P.TRAINING, "", "shortcuts.does.press_focused", ("Return", "Enter")),
    Action(_P.TRAINING, "training_presenter_button", "shortcuts.does.show_large", ("F11",), "present"),
    Action(_P.UNDO, "", "shortcuts.does.to_undo", ("F6",), "take_focus"),
    Action(_P.UNDO, "", "shortcuts.does.dismiss", ("Escape",), "dismiss"),
    Action(_P.PRESENTER, "training_slide_next", "training.room.slide_next", ("Right", "PgDown"), "go_on"),
    Action(_P.PRESENTER, "", "shortcuts.does.full_screen", ("F11",), "full_screen"),
    Action(_P.PRESENTER, "training_slide_back", "training.room.slide_back", ("Left", "PgUp"), "go_back"),
)  # fmt: skip
"""The letters of the helpdesk's choices stand beside their words, in `helpdesk.letters`: each language has its own."""

BESIDE = ("log_view", "batch_view", "settings_view")
"""The views beside the work, from which one goes back to it."""
CHOOSING_KEYS = ("123456789", "&é\"'(§è!ç", "&é\"'(-è_ç")
"""Which choice of a page a key makes: the digits, and their keys without Shift on a Belgian and a French keyboard."""
PICK_UP_KEYS = ("12345", "&é\"'(")
"""Which parked call of the helpdesk a key takes up: the digits, and their keys without Shift on a Belgian keyboard."""


def offered(place: Place) -> Iterator[Action]:
    """The actions of a place, in their order."""
    return (action for action in ACTIONS if action.place is place)


def with_keys(texts: "Texts", name: str) -> str:
    """The words of the action of this name and its first keys, as a button tells them."""
    action = next(action for action in ACTIONS if action.name == name)
    return f"{texts(action.words)} ({spelled_keys(texts, action.keys[0])})"


def spelled_keys(texts: "Texts", keys: str) -> str:
    """Keys by the names that stand on the keyboard, such as `Alt+Links`."""
    named = {part: f"shortcuts.key.{part}" for part in keys.split("+")}
    return "+".join(texts(name) if texts.has(name) else part for part, name in named.items())


def all_keys(texts: "Texts", action: Action) -> list[str]:
    """All keys of an action, each once: the two Enter keys have one name."""
    return list(dict.fromkeys(spelled_keys(texts, keys) for keys in action.keys))


def in_a_line(texts: "Texts", actions: Iterable[Action]) -> str:
    """Keys and what they do, for who looks for them where they work."""
    told = (texts.pair(", ".join(all_keys(texts, action)), plain(texts(action.words))) for action in actions)
    return "".join(f"{one}. " for one in told).rstrip()


def tip(texts: "Texts", action: Action) -> str:
    """What a tooltip tells of an action: its words and its keys."""
    words = plain(texts(action.words))
    return f"{words} ({', '.join(all_keys(texts, action))})" if action.keys else words


def doing(action: Action, owner: object) -> Callable[[], object]:
    """What does the action of `owner`. A module is loaded no sooner than it is called."""
    given = (action.value,) if action.value else ()
    module, _, function = action.calls.rpartition(":")
    if not module:
        return partial(getattr(owner, function), *given)

    def run() -> object:
        return getattr(import_module(f"ccinc_wizard.ui.{module}"), function)(owner, *given)

    return run


def listen(place: Place, widget: "QWidget", owner: object = None, *, within: bool = False) -> None:
    """Let the keys of a place work while this widget is shown; `within` it only, not in all its window.

    They call methods of their `owner`, which without one is the widget. A key held down does not run on.
    """
    for action in offered(place):
        for keys in action.keys if action.calls else ():
            # By its properties, as Qt's class of key sequences brings enums that would hold the first page up.
            shortcut = QShortcut(widget)
            shortcut.setProperty("key", keys)
            shortcut.setProperty("autoRepeat", False)
            if within:
                shortcut.setProperty("context", "WidgetWithChildrenShortcut")
            shortcut.activated.connect(doing(action, owner or widget))


def listen_to_mouse(window: "QWidget") -> None:
    """Let the keys at the side of a mouse lead back and forth in a window that is shown, as they do in a browser."""
    if window.findChild(MouseKeys) is None:
        MouseKeys(window)


class MouseKeys(QObject):
    """Each does what the keys do that stand for it."""

    def __init__(self, window: "QWidget") -> None:
        super().__init__(window)
        self._window = window
        # Before all that stands in it: a field or a table would take the press for one of its own.
        if (handle := window.windowHandle()) is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let nothing else have the press."""
        kinds, buttons = QEvent.Type, QtCore.Qt.MouseButton
        if event.type() not in (kinds.MouseButtonPress, kinds.MouseButtonRelease, kinds.MouseButtonDblClick):
            return False
        meant = {buttons.BackButton: "Alt+Left", buttons.ForwardButton: "Alt+Right"}
        if not isinstance(event, QMouseEvent) or event.button() not in meant:
            return False
        # A second press comes as a press and as a double click. A list that is open has it first.
        if event.type() is kinds.MouseButtonPress and QApplication.activePopupWidget() is None:
            self._press(meant[event.button()])
        return True

    def _press(self, keys: str) -> None:
        for shortcut in self._window.findChildren(QShortcut):
            owner = cast("QWidget", shortcut.parent())
            # What has no room here may be shown in a window of its own.
            here = owner.isVisible() and owner.window() is self._window
            if here and shortcut.isEnabled() and shortcut.key().toString() == keys:
                shortcut.activated.emit()
                return
