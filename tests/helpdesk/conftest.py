"""The real facts, on a fixed day."""

from __future__ import annotations

import pytest

from ccinc_wizard.content.facts import load_catalog, load_municipalities
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.findings import Circumstances
from ccinc_wizard.domain.municipalities import Municipalities
from tests.domain.numbers import TODAY


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


@pytest.fixture(scope="session")
def municipalities() -> Municipalities:
    return load_municipalities()


@pytest.fixture(scope="session")
def circumstances(catalog: Catalog, municipalities: Municipalities) -> Circumstances:
    """An administrator on a fixed day, with nothing in the log."""
    return Circumstances(TODAY, catalog, municipalities)
