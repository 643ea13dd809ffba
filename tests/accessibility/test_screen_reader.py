"""A screen reader reaches, names and does everything: the wizard walked from another process through AT-SPI."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from ccinc_wizard.content.texts import Texts, languages
from tests.expected_links import EXPECTED_LINKS
from tools.screenshots import screen

READER = Path(__file__).with_name("reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
SITUATIONS = ("form", "manual", "task")
LEAST_TARGET = 24
PATIENCE_SECONDS = 300
"""After which a walk hangs rather than lasts."""
CONTROLS = ("push button", "radio button", "check box", "text", "password text", "menu item")
SAYS_NOTHING = ("filler", "unknown", "invalid", "")


class Node(NamedTuple):
    """What AT-SPI tells of one thing on the screen."""

    id: str
    role: str
    name: str
    description: str
    states: tuple[str, ...]
    place: tuple[int, ...]

    def stands_before(self, other: Node) -> bool:
        """Above it, or to its left in the same row; the side, where the map's button is, comes before the page."""
        (x, y, _, high), (other_x, other_y, _, _) = self.place, other.place
        return self.id == "map_button" or y + high <= other_y or (x < other_x and y < other_y + other.place[3])


class Place(NamedTuple):
    """A page as the reader found it."""

    focused: str
    nodes: tuple[Node, ...]
    tabbed: tuple[str, ...]

    def stops(self) -> list[Node]:
        """What can have the focus, in the order of the tree."""
        return [node for node in self.nodes if {"FOCUSABLE", "ENABLED"} <= set(node.states)]

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


pytestmark = pytest.mark.skipif(bool(lacking()), reason=f"no screen reader's way in here: {', '.join(lacking())}")


@cache
def walked(language: str, situation: str, data: Path) -> Walk:
    program = [sys.executable, "-m", "ccinc_wizard", "--data-dir", str(data), "--lang", language]
    with screen() as environment:
        done = subprocess.run(
            ["dbus-run-session", "--", SYSTEM_PYTHON, str(READER), situation, *program],
            env=environment | {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "PYTHONPATH": str(READER.parents[2])},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_SECONDS,
        )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    return Walk(
        {
            name: Place(
                place["focused"],
                tuple(Node(**{**node, "states": tuple(node["states"])}) for node in place["nodes"]),
                tuple(place["tabbed"]),
            )
            for name, place in told["places"].items()
        },
        tuple(told["announced"]),
    )


WALKS = [(language, situation) for language in languages() for situation in SITUATIONS]


@pytest.fixture(scope="module", params=WALKS, ids="-".join)
def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Texts, str, Walk]:
    """The words of a language, a situation, and what was met on the way to its result."""
    language, situation = request.param
    return Texts(language), situation, walked(language, situation, tmp_path_factory.mktemp(situation) / "data")


Heard = tuple[Texts, str, Walk]


def test_all_pages_are_reached_and_say_where_one_is(heard: Heard) -> None:
    texts, _, walk = heard
    for page in ("situation", "applicant", "role", "authority", "check"):
        headings = [node.name for node in walk.places[page].of("heading")]
        assert texts(f"wizard.{page}.title") in headings, page
    assert walk.places["result"].of("heading")


def test_the_result_is_read_whole(heard: Heard) -> None:
    texts, situation, walk = heard
    nodes = {node.id: node for node in walk.places["result"].nodes}
    assert texts("result.label.title") in {node.name for node in walk.places["result"].nodes}
    if situation == "form":
        assert nodes["form_link"].name == EXPECTED_LINKS["brusselse-gemeente", "invoerder"]
        assert nodes["qr_code"].name
    else:
        assert len([name for name in nodes if name.startswith("step_")]) >= 8


def test_every_stop_has_a_name_and_a_role(heard: Heard) -> None:
    nameless = [
        (place, node.id, node.role)
        for place, found in heard[2].places.items()
        for node in [*found.stops(), *found.of("menu item")]
        if not node.name.strip() or node.role in SAYS_NOTHING
    ]
    assert nameless == []


def test_questions_are_groups_with_the_question_as_their_name(heard: Heard) -> None:
    texts, _, walk = heard
    for page in ("situation", "role", "authority"):
        groups = [node.name for node in walk.places[page].of("panel") if node.name]
        assert texts(f"wizard.{page}.title") in groups


def test_hints_are_descriptions(heard: Heard) -> None:
    for page in ("situation", "applicant", "role", "authority"):
        asked = heard[2].places[page].of("radio button", "text", "password text")
        assert asked
        assert [node.id for node in asked if not node.description] == []


def test_a_refusal_is_focused_and_bound_to_its_fields(heard: Heard) -> None:
    refused = {name: place for name, place in heard[2].places.items() if name.endswith("refused")}
    assert len(refused) >= 3
    for name, place in refused.items():
        nodes = {node.id: node for node in place.nodes}
        errors = [node.name for node in place.nodes if node.id.startswith("error_line_")]
        described = [node.description for node in place.of("radio button", "text", "password text")]
        assert errors, name
        assert place.focused == "error_summary"
        for error in errors:
            assert error in nodes["error_summary"].name
            assert any(told.startswith(error) for told in described), (name, error)


def test_errors_saved_and_copied_are_announced(heard: Heard) -> None:
    texts, situation, walk = heard
    said = list(walk.announced)
    refused = [name for name in walk.places if name.endswith("refused")]
    assert sum(line.startswith(texts("wizard.error_summary.title")) for line in said) == len(refused)
    value = texts("result.form_link" if situation == "form" else "steps.value.portal")
    assert texts("result.copied", value=value) in said
    before, after = texts("result.saved", reference="\0").split("\0")
    assert any(line.startswith(before) and line.endswith(after) for line in said)


def test_tab_goes_as_one_reads_and_reaches_everything(heard: Heard) -> None:
    for name, place in heard[2].places.items():
        if not place.tabbed:
            continue
        nodes = {node.id: node for node in place.nodes}
        *stops, last = place.tabbed
        assert last in stops, f"{name}: Tab never comes round"
        # The focus may begin below the top; the row of buttons ends the round.
        end = stops.index("next_button") + 1
        for before, after in pairwise(stops[end:] + stops[:end]):
            assert nodes[before].stands_before(nodes[after]), f"{name}: {before} before {after}"
        groups = {node.id.split("_")[0] for node in place.of("radio button")}
        wanted = {node.id for node in place.stops() if node.role in CONTROLS and node.role != "radio button"}
        assert wanted <= set(stops), name
        assert all(any(stop.startswith(group) for stop in stops) for group in groups), name


def test_the_tree_is_read_as_one_sees_it(heard: Heard) -> None:
    for name, place in heard[2].places.items():
        for before, after in pairwise(place.stops()):
            assert before.stands_before(after) or _holds(before, after), f"{name}: {before.id} before {after.id}"


def test_targets_are_large_enough(heard: Heard) -> None:
    small = {
        (place, node.id, *node.place[2:])
        for place, found in heard[2].places.items()
        for node in found.of(*CONTROLS)
        if min(node.place[2:]) < LEAST_TARGET and node.role != "menu item"
    }
    assert small == set()


def _holds(outer: Node, inner: Node) -> bool:
    (x, y, wide, high), (inner_x, inner_y, _, _) = outer.place, inner.place
    return x <= inner_x < x + wide and y <= inner_y < y + high
