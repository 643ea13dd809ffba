"""Files from outside have limits: what is far too large or too deep costs neither time nor memory, and is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ccinc_wizard.app.services import Paths, Services
from ccinc_wizard.app.settings import ReadSettings
from ccinc_wizard.content.list_files import Line, Sheet
from ccinc_wizard.content.list_words import BatchWords
from ccinc_wizard.content.lists import _people
from ccinc_wizard.content.scenarios import MAX_BYTES, ScenarioReader
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.terms import Mode


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """A program run on a folder of its own."""
    return Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN)


@pytest.mark.parametrize("content", ["[" * 200_000, '{"applicant_name": "' + "x" * 2_000_000 + '"}', "{"])
def test_a_draft_that_is_none_is_no_draft(services: Services, content: str) -> None:
    path = services.paths.draft(Mode.ADMIN)
    path.parent.mkdir(parents=True)
    path.write_text(content)
    assert services.load_draft() == Answers()


@pytest.mark.parametrize("content", ["[" * 200_000, '{"language": "' + "x" * 2_000_000 + '"}'])
def test_settings_that_are_none_are_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.json").write_text(content)
    assert ReadSettings.of(tmp_path / "settings.json").unreadable


def test_a_scenario_of_a_million_keys_is_refused_unread(services: Services, tmp_path: Path) -> None:
    (tmp_path / "01-groot.toml").write_text("\n".join(f"k{number} = 1" for number in range(200_000)))
    reader = ScenarioReader(services.catalog, services.municipalities, services.texts)
    [refused] = reader.read_all(tmp_path).refused
    assert refused.reason == services.texts("training.file.too_large", most=MAX_BYTES // 1000)


def test_stop_ends_a_sheet_without_people(services: Services) -> None:
    read = 0

    def lines() -> Iterator[Line]:
        nonlocal read
        yield Line(1, ["naam", "rol", "soort", "inrichtende macht"], ())
        for number in range(2, 1_000_000):
            read += 1
            yield Line(number, ["", "", "", ""], ())

    asked: list[int] = []

    def progress(done: int, total: int) -> bool:
        asked.append(done)
        return len(asked) < 3

    people = _people(Sheet("", lines), BatchWords(services.texts, services.catalog), progress)
    assert people.stopped
    assert read < 1000
