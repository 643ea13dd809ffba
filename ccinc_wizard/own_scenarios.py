"""The scenarios to train with: the program's, and those that the organisation or a trainer keeps in a folder."""

from __future__ import annotations

from pathlib import Path

from ccinc_wizard.content.scenarios import ScenarioReader, ScenarioSet
from ccinc_wizard.services import Services


def read_scenarios(services: Services) -> ScenarioSet:
    """All of them, in the program's language. A folder that is laid down wins over the trainer's own."""
    reader = ScenarioReader(services.catalog, services.municipalities, services.texts)
    chosen = (services.policies and services.policies.scenario_folder) or services.settings.scenario_folder
    return reader.read_all(*([Path(chosen)] if chosen else []))
