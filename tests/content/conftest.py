"""The real facts and words."""

from __future__ import annotations

import pytest

from ccinc_wizard.content.facts import load_catalog, load_municipalities
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.findings import Circumstances
from tests.domain.numbers import TODAY


@pytest.fixture(scope="session")
def circumstances() -> Circumstances:
    """An administrator on a fixed day, with nothing in the log."""
    return Circumstances(TODAY, load_catalog(), load_municipalities())


@pytest.fixture(scope="session")
def dutch() -> Wording:
    """The words of the source language."""
    return Wording(Texts("nl"), load_catalog())
