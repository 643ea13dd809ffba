"""Walks the window from another process as a screen reader does, and writes what it met to stdout as JSON.

    dbus-run-session -- /usr/bin/python3 reader.py SITUATION COMMAND...

Run by the system's Python, which has `gi`. It reads the tree of AT-SPI only, and acts by Action, EditableText and the
Tab key only; what it cannot reach that way ends it with an error. The judging is the test's.
"""

from __future__ import annotations

import json
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
TAB = 0xFF09
STATES = ("FOCUSABLE", "FOCUSED", "ENABLED", "CHECKED", "EDITABLE")
PAGES = ("situation", "applicant", "role", "authority", "check", "result")
LONGEST_ROUND = 60
"""More Tab keys than any page has places to stop."""


class UnreachableError(Exception):
    """Something that a screen reader would look for in vain."""


class Reader:
    """The program through AT-SPI."""

    def __init__(self) -> None:
        Atspi.init()
        self.announced: list[str] = []
        self._listener = Atspi.EventListener.new(self._hear)
        self._listener.register("object:announcement")
        self._program = self.wait_for("the program", self._find_program)

    def nodes(self) -> Iterator[Atspi.Accessible]:
        """All that shows, in the order of the tree."""
        self._program.clear_cache()
        waiting = [self._program]
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

    def met(self) -> list[dict[str, object]]:
        """What can be read of the page, once it reads the same twice."""
        read: list[list[dict[str, object]]] = [[]]

        def settled() -> list[dict[str, object]]:
            read.append([_told(node) for node in self.nodes()])
            return read[-1] if read[-1] == read[-2] else []

        return self.wait_for("rest", settled)

    def focused(self) -> str:
        """The object name of what has the focus; the innermost, where a window counts as focused too."""
        names = [_name(node) for node in self.nodes() if _has(node, "FOCUSED")]
        return names[-1] if names else ""

    def tabbed(self) -> list[str]:
        """Where the Tab key stops, from where the focus is until it comes round."""
        stops = [self.focused()]
        while len(stops) < LONGEST_ROUND:
            before = stops[-1]
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
        raise UnreachableError(f"{what} did not come")

    def _elsewhere(self, than: str) -> str:
        now = self.focused()
        return "" if now == than else now

    @staticmethod
    def _listen() -> None:
        GLib.timeout_add(20, lambda: False)
        GLib.MainContext.default().iteration(True)

    def _hear(self, event: Atspi.Event) -> None:
        self.announced.append(str(event.any_data))

    @staticmethod
    def _find_program() -> Atspi.Accessible | None:
        desktop = Atspi.get_desktop(0)
        found = (desktop.get_child_at_index(place) for place in range(desktop.get_child_count()))
        return next((program for program in found if program is not None and program.get_child_count()), None)


def _has(node: Atspi.Accessible, state: str) -> bool:
    return node.get_state_set().contains(getattr(Atspi.StateType, state))


def _name(node: Atspi.Accessible) -> str:
    return (node.get_accessible_id() or "").rpartition(".")[2]


def _told(node: Atspi.Accessible) -> dict[str, object]:
    place = Atspi.Component.get_extents(node, Atspi.CoordType.WINDOW) if "Component" in node.get_interfaces() else None
    return {
        "id": _name(node),
        "role": node.get_role_name(),
        "name": node.get_name(),
        "description": node.get_description(),
        "states": [state for state in STATES if _has(node, state)],
        "place": [place.x, place.y, place.width, place.height] if place else [],
    }


def walk(reader: Reader, situation: str) -> dict[str, object]:
    """Each page as it opens, with nothing filled in, and filled in; to the result, which is saved."""
    places: dict[str, object] = {}

    def look(place: str, *, tab: bool = False) -> None:
        met = reader.met()
        places[place] = {"focused": reader.focused(), "nodes": met, "tabbed": reader.tabbed() if tab else []}

    def refused(page: str) -> None:
        look(page, tab=True)
        reader.press("next_button")
        reader.need("error_summary")
        look(f"{page} refused", tab=True)

    reader.wait_for("the focus in the window", reader.focused)
    refused("situation")
    reader.press(f"situation_{situation}")
    reader.go_on("applicant")
    if situation == "manual":
        refused("applicant")
        reader.write("register_number", "85073003328")
    else:
        look("applicant", tab=True)
    reader.write("applicant_name", "Lieve Voorbeeldt")
    reader.go_on("role")
    refused("role")
    reader.press("role_invoerder")
    reader.go_on("authority")
    refused("authority")
    reader.press("authority_brusselse_gemeente")
    reader.write("authority_name", "Etterbeek")
    reader.go_on("check")
    if situation != "form":
        reader.press("administrator_yes")
    look("check", tab=True)
    reader.go_on("result")
    look("result", tab=True)
    reader.press("copy_link_button" if situation == "form" else "copy_portal")
    reader.need("result_status")
    before = len(reader.announced)
    reader.press("save_button")
    # That it is being saved, and that it is.
    reader.wait_for("news of the saving", lambda: len(reader.announced) >= before + 2)
    look("result saved")
    return places


def manages() -> bool:
    """Whether the window manager answers; asked too early, it would never answer that question."""
    command = [WINDOW_MANAGER, "-c", "version"]
    try:
        return subprocess.run(command, capture_output=True, timeout=2, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def main() -> int:
    """Start the program beside this one, walk it, and end it."""
    situation, command = sys.argv[1], sys.argv[2:]
    started = [subprocess.Popen(helper, stdout=sys.stderr) for helper in (BUS, [WINDOW_MANAGER])]
    while not manages():
        if started[1].poll() is not None:
            print("no window manager, so no window would have the focus", file=sys.stderr)
            return 1
    started.append(subprocess.Popen(command, stdout=sys.stderr))
    try:
        reader = Reader()
        places = walk(reader, situation)
        json.dump({"places": places, "announced": reader.announced}, sys.stdout)
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
