"""Reads what there is to practise: a trainer's own folder may be slow to answer, or hold too much."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.files import StoppedError
from ccinc_wizard.content.scenarios import ScenarioSet
from ccinc_wizard.ui.kit.dialogs import apart


def read_scenarios(parent: QWidget, services: Services) -> ScenarioSet:
    """All scenarios; the program's alone where the user stops the reading."""
    texts = services.texts
    try:
        return apart(parent, texts("training.room.reading"), texts("batch.stop"), services.read_scenarios)
    except StoppedError:
        return ScenarioSet(services.read_scenarios(own=False).scenarios, stopped=True)
