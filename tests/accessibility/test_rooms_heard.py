"""The helpdesk, the log and the training room, walked from another process through AT-SPI."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.register_number import MASK
from tests.accessibility.heard import Room, needs_way_in, walked
from tests.expected_links import EXPECTED_LINKS
from tests.requestlog.conftest import request as logged_request

PEOPLE = (("Lieve Voorbeeldt", "Etterbeek"), ("Joris Oefenmans", "Torhout"), ("Noor Probeersel", "Elsene"))
COLUMNS = {
    "helpdesk": ("call_choices", "call_script", "call_one_page", "call_side", "reference_drawer"),
    "log": ("log_table", "log_details"),
    "training": ("training_exam", "training_panel", "undo_bar"),
}
WALKS = [
    ("helpdesk", "pages", "nl"),
    ("helpdesk", "one_screen", "fr"),
    ("log", "nl", "nl"),
    ("training", "first", "nl"),
]

pytestmark = needs_way_in


def keep(data: Path) -> None:
    """Save a request for each of these people."""
    with Services(Paths.choose(data)).open_log() as log:
        for name, authority in PEOPLE:
            log.save(logged_request(name, authority_name=authority))


@pytest.fixture(scope="module", params=WALKS, ids="-".join)
def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Texts, str, Room]:
    """The words of a language, the room's name, and what was met there."""
    walk, variant, language = request.param
    data, arguments = tmp_path_factory.mktemp(walk), ["--lang", language]
    if walk == "log":
        keep(data)
    else:
        (data / "settings.json").write_text(json.dumps({"view": variant}), encoding="utf-8")
        arguments += ["--mode", walk]
    return Texts(language), walk, Room(walked(walk, variant, data, *arguments), COLUMNS[walk])


Heard = tuple[Texts, str, Room]


def test_every_stop_has_a_name_and_a_role(heard: Heard) -> None:
    assert heard[2].nameless() == []


def test_tab_reaches_every_control(heard: Heard) -> None:
    assert heard[2].unreached() == []


def test_tab_comes_round_as_one_reads(heard: Heard) -> None:
    assert heard[2].astray() == []


def test_the_tree_is_read_as_one_sees_it(heard: Heard) -> None:
    assert heard[2].jumbled() == []


def test_targets_are_large_enough(heard: Heard) -> None:
    assert heard[2].small() == []


def headings(room: Room, place: str) -> set[str]:
    return {node.name for node in room.walk.places[place].of("heading")}


def news(texts: Texts, room: Room, key: str, **values: object) -> bool:
    return texts(key, **values) in room.walk.announced


HELPDESK = pytest.mark.parametrize(
    "heard", [walk for walk in WALKS if walk[0] == "helpdesk"], indirect=True, ids="-".join
)
LOG = pytest.mark.parametrize("heard", [walk for walk in WALKS if walk[0] == "log"], indirect=True, ids="-".join)
TRAINING = pytest.mark.parametrize(
    "heard", [walk for walk in WALKS if walk[0] == "training"], indirect=True, ids="-".join
)


@HELPDESK
def test_a_call_is_led_to_its_link_by_actions_alone(heard: Heard) -> None:
    texts, _, room = heard
    for step in ("caller", "role", "authority"):
        assert texts(f"helpdesk.steps.{step}.title") in headings(room, step)
        groups = [node for node in room.walk.places[step].of("panel") if node.name]
        asked = texts("helpdesk.who") if step == "caller" else texts(f"wizard.field.{step}")
        assert asked in {node.name for node in groups}, step
        choices = [node for node in room.walk.places[step].nodes if node.id.startswith(f"call_{step}_")]
        assert len(choices) >= 3
        assert all(node.description for node in choices), "the letter that chooses it"
    result = room.walk.places["result"]
    assert {node.id for node in result.nodes if "CHECKED" in node.states} >= {"call_situation_form"}
    assert {"call_result", "copy_link_button"} <= {node.id for node in result.nodes}
    stopped = {node.id for node in room.walk.places["stopped"].nodes}
    assert "correct_wrong_region" in stopped
    assert "copy_link_button" not in stopped


@HELPDESK
def test_what_is_said_and_asked_has_headings(heard: Heard) -> None:
    texts, _, room = heard
    wanted = {texts(f"helpdesk.{key}") for key in ("say", "ask", "listen", "mix_ups", "missing.title")}
    assert wanted <= headings(room, "caller")
    assert texts("helpdesk.parked", count=1) in headings(room, "parked")


@HELPDESK
def test_each_step_of_a_call_is_announced(heard: Heard) -> None:
    texts, _, room = heard
    for step in ("role", "authority", "result"):
        title = texts(f"helpdesk.steps.{step}.title")
        assert any(said.startswith(title) for said in room.walk.announced), step
    assert news(texts, room, "result.copied", value=texts("result.form_link"))


@pytest.mark.parametrize("heard", WALKS[:1], indirect=True, ids="-".join)
def test_the_tools_of_the_helpdesk_tell_what_they_find(heard: Heard) -> None:
    texts, _, room = heard
    places = room.walk.places
    assert EXPECTED_LINKS["brusselse-gemeente", "invoerder"] in _labels(room, "reference")
    assert len(places["reference"].of("heading")) > len(places["reference found"].of("heading")) > 0
    assert news(texts, room, "helpdesk.reference_nothing")
    assert news(texts, room, "rules.number_wrong.checksum")
    assert news(texts, room, "wizard.applicant.number_ok")
    refused = next(node for node in places["number refused"].nodes if node.id == "checked_number")
    assert refused.description.startswith(texts("rules.number_wrong.checksum"))
    (table,) = places["counts"].of("table")
    assert table.name == texts("helpdesk.counts.by.day")
    assert texts("helpdesk.counts.title") in headings(room, "counts")


def _labels(room: Room, place: str) -> str:
    return "\n".join(node.name.replace("\u200b", "") for node in room.walk.places[place].of("label"))


@LOG
def test_the_log_tells_how_much_is_found_and_what_became_of_a_change(heard: Heard) -> None:
    texts, _, room = heard
    assert news(texts, room, "logview.found", count=len(PEOPLE))
    assert news(texts, room, "logview.found", count=1)
    assert news(texts, room, "logview.details.note_number", kept=MASK)
    assert news(texts, room, "logview.details.changed", status=texts("log.status.granted"))
    assert room.walk.places["note refused"].focused == "log_note"
    assert room.walk.places["details changed"].focused == "log_note", "and not at the top of the window again"


@LOG
def test_the_log_is_a_table_with_headings_and_its_request_has_some(heard: Heard) -> None:
    texts, _, room = heard
    columns = [node.name for node in room.walk.places["log"].of("table column header")]
    assert columns[0] == texts("logview.columns.saved_at")
    assert len(columns) == 7
    cells = {node.name for node in room.walk.places["log searched"].of("table cell")}
    assert "Joris Oefenmans" in cells
    assert "Lieve Voorbeeldt" not in cells
    assert texts("logview.title") in headings(room, "log")
    assert texts("logview.details.history") in headings(room, "details")


@LOG
def test_the_dialogs_of_the_log_tell_what_they_would_erase(heard: Heard) -> None:
    texts, _, room = heard
    for dialog in ("retention", "forget"):
        assert texts(f"care.{dialog}.title") in headings(room, dialog)
    assert news(texts, room, "care.retention.nothing")
    assert news(texts, room, "care.forget.number_wrong")
    assert news(texts, room, "care.forget.preview", count=1)
    assert room.walk.places["forget refused"].focused == "forget_number"


@TRAINING
def test_an_exercise_is_played_by_actions_alone(heard: Heard) -> None:
    texts, _, room = heard
    assert texts("training.choose") in headings(room, "chooser")
    assert texts("training.your_role") in headings(room, "exercise")
    for screen in ("home", "search", "grant"):
        assert texts(f"training.practice.screen.{screen}") in headings(room, f"drawn {screen}")
        assert any(said.startswith(texts(f"training.practice.screen.{screen}")) for said in room.walk.announced)
    assert texts("training.room.feedback") in headings(room, "feedback")
    assert room.walk.places["feedback"].focused == "training_feedback_title"
    assert {node.name for node in room.walk.places["chooser"].of("list")} == {texts("training.choose")}
    assert len(room.walk.places["chooser"].of("list item")) > 1


@TRAINING
def test_what_training_asks_refuses_and_counts_is_heard(heard: Heard) -> None:
    texts, _, room = heard
    asked = texts("training.room.choose_first")
    refused = room.walk.places["beyond refused"]
    assert refused.focused.startswith("training_label_")
    assert all(node.description.startswith(asked) for node in refused.of("radio button"))
    assert any("84.03.12-999.38" in said for said in room.walk.announced)
    (table,) = room.walk.places["results"].of("table")
    assert table.name == texts("training.results.title")
