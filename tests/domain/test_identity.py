"""When two names are those of one organisation: as the municipality or the company that they name, not by letters."""

from __future__ import annotations

import pytest

from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.municipalities import Municipalities
from ccinc_wizard.domain.suggestions import identity

SAME = [
    ("Gent", "gent"),
    ("Gent", "Stad Gent"),
    ("Gent", "Gand"),
    ("Gent", "9000 Gent"),
    ("Galmaarden", "Pajottegem"),
    ("Elsene", "Commune d’Ixelles"),
    ("AGB Gent", "agb  gent"),
    ("AGB Gent", "A.G.B. Gent"),
    ("AGB Gent", "Autonoom gemeentebedrijf Gent"),
    ("AGB De Panne", "AGB de panne"),
    ("RCA Ixelles", "AGB Elsene"),
    ("AGB De Kring", "Autonoom gemeentebedrijf De Kring"),
    ("De Kring AGB Torhout", "AGB De Kring Torhout"),
    ("Podium Voorbeeld vzw", "podium voorbeeld VZW"),
]
OTHER = [
    ("Gent", "AGB Gent"),
    ("Gent", "Aalst"),
    ("AGB Gent", "AGB Aalst"),
    ("AGB De Kring", "De Kring vzw"),
    ("AGB De Kring", "AGB De Spil"),
    ("AGB Spilagb", "AGB Spil"),
    ("AGB Agbeek", "AGB Eek"),
    ("Gent vzw", "Gand vzw"),
    ("Podium vzw", "Podium bv"),
    ("Gent", "Podium Gent vzw"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_of_one_organisation(one: str, other: str, catalog: Catalog, municipalities: Municipalities) -> None:
    assert identity(one, catalog, municipalities) == identity(other, catalog, municipalities)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_names_of_two_organisations(one: str, other: str, catalog: Catalog, municipalities: Municipalities) -> None:
    assert identity(one, catalog, municipalities) != identity(other, catalog, municipalities)
