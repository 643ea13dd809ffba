"""A screen reader reaches, names and does everything: the wizard walked from another process through AT-SPI."""

from __future__ import annotations

import pytest

from ccinc_wizard.content.texts import Texts, languages
from tests.accessibility.heard import CONTROLS, LEAST_TARGET, SAYS_NOTHING, Room, Walk, needs_way_in, walked
from tests.expected_links import EXPECTED_LINKS

SITUATIONS = ("form", "manual", "task")
COLUMNS = ("form_steps", "manual_steps", "waiting_list", "button_row", "undo_bar")
"""What stands right of a page, and what stands under it."""
pytestmark = needs_way_in
WALKS = [(language, situation) for language in languages() for situation in SITUATIONS]


@pytest.fixture(scope="module", params=WALKS, ids="-".join)
def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Texts, str, Walk]:
    """The words of a language, a situation, and what was met on the way to its result."""
    language, situation = request.param
    data = tmp_path_factory.mktemp(situation) / "data"
    return Texts(language), situation, walked("wizard", situation, data, "--lang", language)


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


def test_what_is_done_says_that_it_leads_back(heard: Heard) -> None:
    texts, situation, walk = heard
    told = {node.id: node.name for node in walk.places["check"].of("push button")}
    for page in ("situation", "applicant", "role", "authority"):
        assert told[f"steps_{page}_back"] == texts("wizard.step_back", step=texts(f"wizard.{page}.step")), situation
    assert "steps_check_back" not in told


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
        # Below the name of the authority only its type is a choice.
        question = "wizard.field.authority" if page == "authority" else f"wizard.{page}.title"
        assert texts(question) in [node.name for node in walk.places[page].of("panel")]


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
    assert Room(heard[2], COLUMNS).astray() == []
    for name, place in heard[2].places.items():
        groups = {node.id.split("_")[0] for node in place.of("radio button")}
        wanted = {node.id for node in place.stops() if node.role in CONTROLS and node.role != "radio button"}
        assert not place.tabbed or wanted <= set(place.tabbed), name
        assert not place.tabbed or all(any(stop.startswith(group) for stop in place.tabbed) for group in groups), name


def test_the_tree_is_read_as_one_sees_it(heard: Heard) -> None:
    assert Room(heard[2], COLUMNS).jumbled() == []


def test_targets_are_large_enough(heard: Heard) -> None:
    small = {
        (place, node.id, *node.place[2:])
        for place, found in heard[2].places.items()
        for node in found.of(*CONTROLS)
        if min(node.place[2:]) < LEAST_TARGET and node.role != "menu item"
    }
    assert small == set()
