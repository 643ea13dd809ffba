"""What the program's own set covers, and that nothing in it can be real."""

from __future__ import annotations

import itertools
import re
import string
from pathlib import Path

import pytest

from ccinc_wizard.content.facts import load_catalog
from ccinc_wizard.content.files import resources_folder
from ccinc_wizard.content.scenarios import ScenarioReader, ScenarioSet, TrainingWords, scenario_folder
from ccinc_wizard.content.texts import Texts, languages, read_words
from ccinc_wizard.domain.enums import Role, Situation
from ccinc_wizard.domain.register_number import NumberKind, Reason, RegisterNumberError, parse
from ccinc_wizard.domain.training.enums import REFERENCE_DAY, Channel, Graded, LabelState, Slip, Trap
from ccinc_wizard.domain.training.grading import grade
from ccinc_wizard.domain.training.practice import Screen, ScreenNotice
from ccinc_wizard.domain.training.scenario import Scenario, fictional_number
from tests.domain.numbers import make
from tests.training.trainee import mistaken, perfect

LANGUAGES = ("nl", "fr", "en")


def test_no_file_is_refused_and_none_is_twice(scenario_set: ScenarioSet) -> None:
    assert scenario_set.refused == ()
    assert len(scenario_set.scenarios) == len(list(scenario_folder().glob("*.toml"))) >= 16


def test_every_type_with_every_role_by_every_route(scenario_set: ScenarioSet) -> None:
    wanted = set(itertools.product((one.id for one in load_catalog().authorities), Role, Situation))
    found = {(one.right.authority, one.right.role, one.right.situation) for one in scenario_set.scenarios}
    assert wanted <= found
    assert any(one.right.referral for one in scenario_set.scenarios)


def test_every_trap_has_a_scenario(scenario_set: ScenarioSet) -> None:
    assert {trap for one in scenario_set.scenarios for trap in one.traps} == set(Trap)
    assert {one.channel for one in scenario_set.scenarios} == set(Channel)


def test_traps_are_what_they_are_called(scenario_set: ScenarioSet) -> None:
    by_trap = {trap: [one for one in scenario_set.scenarios if trap in one.traps] for trap in Trap}
    numbers = {trap: [fictional_number(one.person.number) for one in by_trap[trap]] for trap in Trap}
    assert all(number.kind is NumberKind.BIS for number in numbers[Trap.BIS_NUMBER])
    assert all(number.birth.first < number.birth.last for number in numbers[Trap.UNKNOWN_BIRTH_DATE])
    assert all(one.before.role for one in by_trap[Trap.OTHER_ROLE_HELD])
    assert all(one.before.label is LabelState.REQUESTED for one in by_trap[Trap.LABEL_PENDING])
    assert all(not one.before.person_known for one in by_trap[Trap.NEW_PERSON])
    assert all(one.person.number_heard for one in by_trap[Trap.MISTYPED_NUMBER])
    assert all(one.right.referral for one in by_trap[Trap.NONE_FITS])


def test_every_scenario_speaks_three_languages_with_all_its_feedback(scenario_set: ScenarioSet) -> None:
    for scenario in scenario_set.scenarios:
        assert tuple(scenario.words) == LANGUAGES, scenario.id
        said = [scenario.words[language].said for language in LANGUAGES]
        assert len(set(said)) == 3, scenario.id


def test_outside_training_every_number_of_the_set_is_refused(scenario_set: ScenarioSet) -> None:
    for scenario in scenario_set.scenarios:
        for number in (scenario.person.number, *(other.number for other in scenario.screen.namesakes)):
            with pytest.raises(RegisterNumberError) as refused:
                parse(number, today=REFERENCE_DAY)
            assert refused.value.reason is Reason.SEQUENCE


def test_a_number_of_training_is_read_as_on_the_first_of_2026_on_every_day() -> None:
    assert fictional_number(make(2026, 1, 1, 999)).kind is NumberKind.REGISTER
    for later in (make(2026, 1, 2, 999), make(2026, 2, 1, 999)):
        with pytest.raises(RegisterNumberError) as refused:
            fictional_number(later)
        assert refused.value.reason is Reason.FUTURE


def test_the_heard_number_holds_a_slip(scenarios: dict[str, Scenario]) -> None:
    heard = scenarios["tikfout"].person.number_heard
    assert heard is not None
    with pytest.raises(RegisterNumberError) as refused:
        parse(heard, today=REFERENCE_DAY, fictional=True)
    assert refused.value.reason is Reason.CHECKSUM


def test_no_link_stands_in_a_scenario() -> None:
    for path in scenario_folder().glob("*.toml"):
        assert not re.search(r"://|www\.|aanvraag\?", path.read_text(encoding="utf-8")), path.name


def _leaves(node: object, where: str = "") -> dict[str, str]:
    if isinstance(node, str):
        return {where: node}
    assert isinstance(node, dict)
    return {key: text for name, part in node.items() for key, text in _leaves(part, f"{where}.{name}").items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_training_are_complete(language: str) -> None:
    folder = resources_folder() / "texts"
    dutch, own = (_leaves(read_words(folder / name / "training.json")) for name in ("nl", language))
    assert set(own) == set(dutch)
    for key, text in own.items():
        fields = [{field for _, field, _, _ in string.Formatter().parse(one) if field} for one in (text, dutch[key])]
        assert fields[0] == fields[1], key


@pytest.mark.parametrize("language", languages())
def test_everything_that_is_named_has_words(language: str) -> None:
    texts = Texts(language)
    keys = {
        "question": Graded,
        "said": Channel,
        "practice.notice": ScreenNotice,
        "practice.screen": Screen,
        "practice.label_state": LabelState,
    }
    for area, names in keys.items():
        assert not [name for name in names if not texts.has(f"training.{area}.{name}")]
    words = TrainingWords(texts, load_catalog())
    assert "{" not in "".join(words.notice(notice) for notice in ScreenNotice)


def test_the_example_for_trainers_can_be_played(reader: ScenarioReader, tmp_path: Path) -> None:
    guide = (scenario_folder() / "README.md").read_text(encoding="utf-8")
    example = guide.partition("```toml\n")[2].partition("```")[0]
    path = tmp_path / "30-mijn-oefening.toml"
    path.write_text(example, encoding="utf-8")
    scenario = reader.read(path)
    assert grade(scenario, perfect(scenario)).score == 100
    for mistake in scenario.mistakes:
        judged = grade(scenario, mistaken(scenario, mistake.question, mistake.answers[0]))
        assert judged.mistakes == (mistake.id,)
    assert all(f"`{slip}`" in guide for slip in Slip)


def test_a_mail_opens_as_a_mail_and_a_caller_is_not_in_the_room(scenario_set: ScenarioSet) -> None:
    for scenario in scenario_set.scenarios:
        for language, words in scenario.words.items():
            opening = words.said.split(",")[0]
            if scenario.channel is Channel.MAIL:
                assert re.match(r"(Beste|Bonjour|Hello|Dear|Cher)\b", opening), (scenario.id, language)
                assert not re.search(r"\b(met|hier|speaking|ici)\b", opening, re.I), (scenario.id, language)
            assert not re.search(r"naast u|à côté de vous|next to you", words.said), (scenario.id, language)
