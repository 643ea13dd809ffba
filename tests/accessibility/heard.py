"""What a screen reader met on a walk, and what holds wherever it goes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tools.screenshots import screen

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
LEAST_TARGET = 24
PATIENCE_SECONDS = 300
"""After which a walk hangs rather than lasts."""
CONTROLS = ("push button", "radio button", "check box", "text", "password text", "menu item")
TABBED = (
    "push button",
    "radio button",
    "check box",
    "text",
    "password text",
    "combo box",
    "spin button",
    "table",
    "list",
)
ITEM_ROLES = ("table cell", "list item")
SAYS_NOTHING = ("filler", "unknown", "invalid", "")


class Node(NamedTuple):
    """What AT-SPI tells of one thing on the screen."""

    id: str
    path: str
    """Which tells it from others of the same id."""
    role: str
    name: str
    description: str
    states: tuple[str, ...]
    place: tuple[int, ...]

    def stands_before(self, other: Node) -> bool:
        """Above it, or to its left in the same row; the side, where the map's button is, comes before the page."""
        (x, y, _, high), (other_x, other_y, _, _) = self.place, other.place
        return self.id == "map_button" or y + high <= other_y or (x < other_x and y < other_y + other.place[3])

    def holds(self, other: Node) -> bool:
        """Whether the other begins within it."""
        (x, y, wide, high), (other_x, other_y, _, _) = self.place, other.place
        return x <= other_x < x + wide and y <= other_y < y + high


class Place(NamedTuple):
    """A page as the reader found it."""

    focused: str
    nodes: tuple[Node, ...]
    round: tuple[Node, ...]
    """Where Tab stops, from where the focus was until it comes round."""

    def stops(self) -> list[Node]:
        """What can have the focus, in the order of the tree."""
        return [node for node in self.nodes if {"FOCUSABLE", "ENABLED"} <= set(node.states)]

    @property
    def tabbed(self) -> tuple[str, ...]:
        """The same by their ids."""
        return tuple(node.id for node in self.round)

    def of(self, *roles: str) -> list[Node]:
        return [node for node in self.nodes if node.role in roles]


class Walk(NamedTuple):
    """All that one walk met and heard."""

    places: dict[str, Place]
    announced: tuple[str, ...]


def lacking() -> list[str]:
    """What this machine needs and has not."""
    tools = [tool for tool in ("Xvfb", "dbus-run-session", "ratpoison") if not shutil.which(tool)]
    if not Path("/usr/libexec/at-spi-bus-launcher").exists():
        tools.append("at-spi2-core")
    binding = "import gi; gi.require_version('Atspi', '2.0')"
    if not shutil.which(SYSTEM_PYTHON) or subprocess.call([SYSTEM_PYTHON, "-c", binding], stderr=subprocess.DEVNULL):
        tools.append("python3-gi with gir1.2-atspi-2.0")
    return tools


needs_way_in = pytest.mark.skipif(bool(lacking()), reason=f"no screen reader's way in here: {', '.join(lacking())}")


def walked(walk: str, variant: str, data: Path, *arguments: str) -> Walk:
    """Walk the program, started with these arguments, from outside."""
    reader = [SYSTEM_PYTHON, "-m", "tests.accessibility.reader", walk, variant]
    program = [sys.executable, "-m", "ccinc_wizard", "--data-dir", str(data), *arguments]
    with screen() as environment:
        done = subprocess.run(
            ["dbus-run-session", "--", *reader, *program],
            env=environment | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.startswith("{"), f"no answer but {done.stdout[:300]!r}: {done.stderr[-3000:]}"
    told = json.loads(done.stdout)
    return Walk({name: _place(place) for name, place in told["places"].items()}, tuple(told["announced"]))


def _place(told: dict[str, Any]) -> Place:
    nodes = tuple(Node(**{**node, "states": tuple(node["states"])}) for node in told["nodes"])
    found = {node.id: node for node in nodes} | {node.path: node for node in nodes}
    # What was made anew when a field was left has another path.
    return Place(told["focused"], nodes, tuple(found.get(path) or found[name] for name, path in told["tabbed"]))


class Room(NamedTuple):
    """What holds of every place of a walk."""

    walk: Walk
    columns: tuple[str, ...]
    """What stands side by side, in the order in which one reads; what is in none of them comes before."""

    def nameless(self) -> list[object]:
        """What can have the focus and does not say what it is."""
        return [
            (name, node.id, node.role)
            for name, place in self.walk.places.items()
            for node in [*_own(place), *place.of("push button", "menu item", "chart", "table")]
            if not (node.name.strip() and _labelled(node)) or node.role in SAYS_NOTHING
        ]

    def unreached(self) -> list[object]:
        """Controls that Tab does not come to; of radio buttons one of a group is enough."""
        missed: list[object] = []
        for name, place in self.walk.places.items():
            reached = {node.id for node in place.round}
            for node in _own(place) if reached else []:
                group = node.id.rpartition("_")[0] if node.role == "radio button" else node.id
                if node.role in TABBED and not any(stop.startswith(group) for stop in reached):
                    missed.append((name, node.id))
        return missed

    def astray(self) -> list[object]:
        """Where Tab does not go as one reads, or never comes round."""
        found: list[object] = []
        for name, place in self.walk.places.items():
            if not place.round:
                continue
            *stops, last = place.round
            first = next((at for at, node in enumerate(stops) if node.id == last.id), None)
            if first is None:
                found.append((name, "never comes round"))
                continue
            turns = [pair for pair in pairwise(place.round[first:]) if not self._reads(place, *pair)]
            # It may begin anywhere; where the round begins again it goes up once.
            turns = turns[1:] + [pair for pair in pairwise(stops[: first + 1]) if not self._reads(place, *pair)]
            found += [(name, before.id, after.id) for before, after in turns]
        return found

    def jumbled(self) -> list[object]:
        """What the tree tells in another order than one sees."""
        return [
            (name, before.id, after.id)
            for name, place in self.walk.places.items()
            for before, after in pairwise(_own(place))
            if not self._reads(place, before, after)
        ]

    def small(self) -> list[object]:
        """Targets of less than 24 by 24."""
        return [
            (name, node.id, *node.place[2:])
            for name, place in self.walk.places.items()
            for node in _own(place)
            if node.role in TABBED and min(node.place[2:]) < LEAST_TARGET
        ]

    def _reads(self, place: Place, before: Node, after: Node) -> bool:
        columns = [self._column(place, node) for node in (before, after)]
        beside = columns[0] < columns[1]
        return beside or (columns[0] == columns[1] and (before.stands_before(after) or before.holds(after)))

    def _column(self, place: Place, node: Node) -> int:
        standing = [one for one in place.nodes if one.id in self.columns and one.place and one.holds(node)]
        return min((self.columns.index(one.id) for one in standing), default=-1)


def _own(place: Place) -> list[Node]:
    """What can have the focus, but what belongs to a table or a list, or to Qt itself."""
    return [
        node for node in place.stops() if node.role not in ITEM_ROLES and not node.id.startswith(("qt_", "QMenuBar"))
    ]


def _labelled(node: Node) -> bool:
    """The name of a drop-down list is what is chosen in it; its description says what that is of."""
    return node.role != "combo box" or bool(node.description)
