"""Walks the window from another process as a screen reader does, and writes what it met to stdout as JSON.

    dbus-run-session -- /usr/bin/python3 -m tests.accessibility.reader WALK VARIANT COMMAND...

A walk is a module `walk_<walk>` beside this one, whose `walk` is given a reader and the variant. Run by the system's
Python, which has `gi`. It reads the tree of AT-SPI only, and acts by Action, EditableText and the Tab key only; what it
cannot reach that way ends it with an error. The judging is the test's.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

BUS = ["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"]
WINDOW_MANAGER = "ratpoison"
"""Without one no window has the focus."""
PATIENCE_SECONDS = 60.0
TAB, ESCAPE = 0xFF09, 0xFF1B
STATES = ("FOCUSABLE", "FOCUSED", "ENABLED", "CHECKED", "EDITABLE")
MENU_ROLES = ("menu", "menu item", "check menu item", "radio menu item")
ITEM_ROLES = ("table cell", "list item")
"""The present one of a table or a list says that it has the focus when its table has lost it, too."""
LONGEST_ROUND = 60
"""More Tab keys than any page has places to stop."""


Stop = tuple[str, str]
"""An object name, and what tells two of the same name apart."""


class UnreachableError(Exception):
    """Something that a screen reader would look for in vain."""


class Reader:
    """The program through AT-SPI."""

    def __init__(self) -> None:
        Atspi.init()
        # Else a press waits 0.8 s for its answer, which a busy machine exceeds.
        Atspi.set_timeout(int(PATIENCE_SECONDS * 1000), int(PATIENCE_SECONDS * 1000))
        self.announced: list[str] = []
        self.places: dict[str, object] = {}
        """What was met at each place that was looked at, by the name that the walk gave it."""
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:announcement")
        self._focus: Stop = ("", "")
        """Where the focus went last, as those who listen are told."""
        self._follower = Atspi.EventListener.new(self._follow)
        self._follower.register("object:state-changed:focused")
        self._program = self.wait_for("the program", self._find_program)

    def look(self, place: str, *, within: str = "", tab: bool = False) -> None:
        """Note what can be read now, of one window where `within` names it; with `tab`, where Tab stops as well."""
        self.rest(within)
        focused, tabbed = self.focused(), self.tabbed() if tab else []
        # Only now, as a table shows more once the focus has been to it.
        nodes = [_told(node) for node in self.nodes(within)]
        self.places[place] = {"focused": focused, "nodes": nodes, "tabbed": tabbed}

    def nodes(self, within: str = "") -> Iterator[Atspi.Accessible]:
        """All that shows, in the order of the tree."""
        self._program.clear_cache()
        waiting = [self.need(within) if within else self._program]
        while waiting:
            node = waiting.pop()
            yield node
            children = (node.get_child_at_index(place) for place in reversed(range(node.get_child_count())))
            waiting += [child for child in children if child is not None and _has(child, "SHOWING")]

    def find(self, name: str) -> Atspi.Accessible | None:
        """The node with this object name, if it shows."""
        return next((node for node in self.nodes() if _name(node) == name), None)

    def need(self, name: str) -> Atspi.Accessible:
        """The same once it shows; raises UnreachableError."""
        return self.wait_for(name, lambda: self.find(name))

    def press(self, name: str) -> None:
        """Do what a control offers first: press, toggle or check."""
        node = self.need(name)
        if "Action" not in node.get_interfaces() or not Atspi.Action.do_action(node, 0):
            raise UnreachableError(f"{name} offers nothing to do")

    def write(self, name: str, text: str) -> None:
        """Put text into a field."""
        node = self.need(name)
        if not _has(node, "EDITABLE") or not Atspi.EditableText.set_text_contents(node, text):
            raise UnreachableError(f"{name} takes no text")

    def page(self) -> str:
        """Which page shows."""
        shown = [_name(node) for node in self.nodes() if _name(node).startswith("page_")]
        if len(shown) != 1:
            raise UnreachableError(f"one page should show, not {shown}")
        return shown[0].removeprefix("page_")

    def go_on(self, to: str) -> None:
        """Press the button that leads on, and wait for the page."""
        self.press("next_button")
        self.wait_for(f"page {to}", lambda: self.find(f"page_{to}"))

    def choose(self, *titles: str) -> None:
        """Open a menu and choose in it, by the words on the screen."""
        for title in titles:
            found = self.wait_for(title, partial(self._find_title, title))
            Atspi.Action.do_action(found, 0)
        # Chosen in this way, Qt leaves the menu open.
        self.wait_for("the end of the menu", self._menu_closed)

    def choose_row(self, table: str, row: int) -> None:
        """Choose a row of a table."""
        if not Atspi.Table.add_row_selection(self.need(table), row):
            raise UnreachableError(f"{table} lets no row be chosen")

    def hear(self, beginning: str) -> None:
        """Wait until something is announced that begins so."""
        self.wait_for(f"news of {beginning}", lambda: any(said.startswith(beginning) for said in self.announced))

    def gone(self, name: str) -> None:
        """Wait until this does not show any more."""
        self.wait_for(f"the end of {name}", lambda: self.find(name) is None)

    def rest(self, within: str = "") -> None:
        """Wait until the same things with the same names are met twice; the clock of a call goes on meanwhile."""
        read: list[list[Stop]] = [[]]

        def settled() -> bool:
            read.append([(re.sub(r"\d", "#", node.get_name()), node.path) for node in self.nodes(within)])
            return bool(read[-1]) and read[-1] == read[-2]

        self.wait_for("rest", settled)

    def focused(self) -> str:
        """The object name of what has the focus; the innermost, where a window counts as focused too."""
        return _stop(self._focused())[0]

    def tabbed(self) -> list[Stop]:
        """Where the Tab key stops, from where the focus is until it comes round."""
        stops = [_stop(self._focused())]
        while len(stops) < LONGEST_ROUND:
            before = self._focus = stops[-1]
            Atspi.generate_keyboard_event(TAB, None, Atspi.KeySynthType.SYM)
            stops.append(self.wait_for(f"Tab to leave {before}", partial(self._elsewhere, before)))
            if stops[-1] in stops[:-1]:
                break
        return stops

    def wait_for(self, what: str, found: Callable[[], object]) -> object:
        """Let events come until there is an answer; raises UnreachableError."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                if answer := found():
                    return answer
            except GLib.Error:
                pass  # Something went away while it was being read.
            self._listen()
        raise UnreachableError(f"{what} did not come; {self._instead()}")

    def _instead(self) -> str:
        """What is there in place of what was waited for."""
        try:
            shown = [name for node in self.nodes() if (name := _name(node))]
            return f"the focus is at {self.focused()!r}, and there are {', '.join(shown)}"
        except (GLib.Error, UnreachableError, AttributeError) as why:
            return f"the tree cannot be read: {why}"

    def _menu_closed(self) -> bool:
        menus = (node for node in self.nodes() if node.get_role_name() in ("popup menu", *MENU_ROLES))
        if not any(node.get_role_name() == "popup menu" or _has(node, "FOCUSED") for node in menus):
            return True
        Atspi.generate_keyboard_event(ESCAPE, None, Atspi.KeySynthType.SYM)
        return False

    def _find_title(self, title: str) -> Atspi.Accessible | None:
        found = (node for node in self.nodes() if node.get_role_name() in MENU_ROLES)
        return next((node for node in found if node.get_name() == title), None)

    def _focused(self) -> Atspi.Accessible | None:
        found = (node for node in self.nodes() if _has(node, "FOCUSED") and node.get_role_name() not in ITEM_ROLES)
        # A field of many lines has a part of Qt's own, which says the same.
        named = [node for node in found if _name(node) and not _name(node).startswith("qt_")]
        return named[-1] if named else None

    def _elsewhere(self, than: Stop) -> Stop | None:
        return None if self._focus == than else self._focus

    @staticmethod
    def _listen() -> None:
        GLib.timeout_add(20, lambda: False)
        GLib.MainContext.default().iteration(True)

    def _hear(self, event: Atspi.Event) -> None:
        self.announced.append(str(event.any_data))

    def _follow(self, event: Atspi.Event) -> None:
        if event.detail1:
            item = event.source.get_role_name() in ITEM_ROLES
            self._focus = _stop(event.source.get_parent() if item else event.source)

    @staticmethod
    def _find_program() -> Atspi.Accessible | None:
        desktop = Atspi.get_desktop(0)
        found = (desktop.get_child_at_index(place) for place in range(desktop.get_child_count()))
        return next((program for program in found if program is not None and program.get_child_count()), None)


def _has(node: Atspi.Accessible, state: str) -> bool:
    return node.get_state_set().contains(getattr(Atspi.StateType, state))


def _name(node: Atspi.Accessible) -> str:
    return (node.get_accessible_id() or "").rpartition(".")[2]


def _stop(node: Atspi.Accessible | None) -> Stop:
    return ("", "") if node is None else (_name(node), node.path)


def _told(node: Atspi.Accessible) -> dict[str, object]:
    place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW) if "Component" in node.get_interfaces() else None
    return {
        "id": _name(node),
        "path": node.path,
        "role": node.get_role_name(),
        "name": node.get_name(),
        "description": node.get_description(),
        "states": [state for state in STATES if _has(node, state)],
        "place": [place.x, place.y, place.width, place.height] if place else [],
    }


def manages() -> bool:
    """Whether the window manager answers; asked too early, it would never answer that question."""
    command = [WINDOW_MANAGER, "-c", "version"]
    try:
        return subprocess.run(command, capture_output=True, timeout=2, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def main() -> int:
    """Start the program beside this one, walk it, and end it."""
    walk, variant, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    # Libraries talk on stdout as well, which is for the answer.
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    started = [subprocess.Popen(helper, stdout=sys.stderr) for helper in (BUS, [WINDOW_MANAGER])]
    while not manages():
        if started[1].poll() is not None:
            print("no window manager, so no window would have the focus", file=sys.stderr)
            return 1
    started.append(subprocess.Popen(command, stdout=sys.stderr))
    try:
        reader = Reader()
        reader.wait_for("the focus in the window", reader.focused)
        importlib.import_module(f"tests.accessibility.walk_{walk}").walk(reader, variant)
        json.dump({"places": reader.places, "announced": reader.announced}, answer)
        answer.close()
    except UnreachableError as what:
        print(f"a screen reader could not go on: {what}", file=sys.stderr)
        return 1
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
