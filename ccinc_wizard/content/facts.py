"""Loads the catalog and the municipalities."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

from ccinc_wizard.content.resources import resources_folder
from ccinc_wizard.content.toml_source import ContentError, load_toml
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.municipalities import Municipalities, Municipality, Region


def load_catalog(path: Path | None = None) -> Catalog:
    """The catalog. Raises ContentError when it contradicts itself or the official page."""
    return load_toml(path or resources_folder() / "catalog.toml", Catalog)


@cache
def load_municipalities(folder: Path | None = None) -> Municipalities:
    """The municipalities with their former names. Raises ContentError."""
    folder = folder or resources_folder()
    former = defaultdict(list)
    for line, row in _rows(folder / "former_names.csv"):
        former[_column(row, "now_nis_code", "former_names.csv", line)].append(row["former_name_nl"])
    found = []
    for line, row in _rows(folder / "municipalities.csv"):
        code = _column(row, "nis_code", "municipalities.csv", line)
        region = _column(row, "region", "municipalities.csv", line)
        if region not in list(Region):
            raise ContentError("municipalities.csv", line, f"{region} is no region")
        names = [*former[code], *filter(None, row["merged_from_2025"].split(";"))]
        found.append(
            Municipality(
                nis_code=code,
                name=_column(row, "name_nl", "municipalities.csv", line),
                name_fr=row["name_fr"],
                region=Region(region),
                postal_codes=tuple(row["postal_codes"].split(";")),
                former_names=tuple(dict.fromkeys(name for name in names if name != row["name_nl"])),
            )
        )
    return Municipalities(found)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return [(reader.line_num, row) for row in reader]


def _column(row: dict[str, str], name: str, file: str, line: int) -> str:
    value = row.get(name)
    if not value:
        raise ContentError(file, line, f"{name} is missing")
    return value
