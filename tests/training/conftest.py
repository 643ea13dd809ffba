"""The program's own scenarios, read once."""

from __future__ import annotations

import pytest

from ccinc_wizard.content.facts import load_catalog, load_municipalities
from ccinc_wizard.content.scenarios import ScenarioReader, ScenarioSet
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.training.scenario import Scenario


@pytest.fixture(scope="session")
def reader() -> ScenarioReader:
    return ScenarioReader(load_catalog(), load_municipalities(), Texts("nl"))


@pytest.fixture(scope="session")
def scenario_set(reader: ScenarioReader) -> ScenarioSet:
    return reader.read_all()


@pytest.fixture(scope="session")
def scenarios(scenario_set: ScenarioSet) -> dict[str, Scenario]:
    return {scenario.id: scenario for scenario in scenario_set.scenarios}
