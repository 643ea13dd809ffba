"""Loads the catalog and the municipalities."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from ccinc_wizard.content.files import ContentError, read_text, resources_folder
from ccinc_wizard.content.toml_source import load_toml
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.municipalities import Municipalities, Municipality, Region

_COLUMNS = ("nis_code", "name_nl", "name_fr", "region", "province", "postal_codes", "merged_from_2025")
_FORMER_COLUMNS = ("former_name_nl", "now_nis_code")


def load_catalog(path: Path | None = None) -> Catalog:
    """The catalog. Raises ContentError when it contradicts itself or the official page."""
    return load_toml(path or resources_folder() / "catalog.toml", Catalog)


@cache
def load_municipalities(folder: Path | None = None) -> Municipalities:
    """The municipalities with their former names. Raises ContentError."""
    folder = folder or resources_folder()
    former: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    path = folder / "former_names.csv"
    for line, row in _rows(path, _FORMER_COLUMNS):
        former[_value(row, "now_nis_code", path, line)].append((line, _value(row, "former_name_nl", path, line)))
    found: dict[str, Municipality] = {}
    for line, row in _rows(folder / "municipalities.csv", _COLUMNS):
        names = [name for _, name in former.get(row["nis_code"], [])]
        municipality = _municipality(row, names, folder / "municipalities.csv", line)
        if municipality.nis_code in found:
            raise ContentError("municipalities.csv", line, f"{municipality.nis_code} stands twice")
        found[municipality.nis_code] = municipality
    for code, entries in former.items():
        if code not in found:
            raise ContentError(path.name, entries[0][0], f"there is no municipality {code}")
    return Municipalities(found.values())


def _municipality(row: Mapping[str, str], former: list[str], path: Path, line: int) -> Municipality:
    region, name = _value(row, "region", path, line), _value(row, "name_nl", path, line)
    if region not in list(Region):
        raise ContentError(path.name, line, f"{region} is no region")
    codes = _value(row, "postal_codes", path, line).split(";")
    if not all(len(code) == 4 and code.isascii() and code.isdigit() for code in codes):
        raise ContentError(path.name, line, "a postal code has four digits")
    names = [*former, *filter(None, row["merged_from_2025"].split(";"))]
    return Municipality(
        nis_code=_value(row, "nis_code", path, line),
        name=name,
        name_fr=_value(row, "name_fr", path, line),
        region=Region(region),
        postal_codes=tuple(codes),
        former_names=tuple(dict.fromkeys(known for known in names if known != name)),
        province=row["province"],
    )


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(read_text(path).splitlines(keepends=True), strict=True)
    try:
        missing = [name for name in columns if name not in (reader.fieldnames or ())]
        if missing:
            raise ContentError(path.name, 1, f"there is no column {missing[0]}")
        for row in reader:
            if None in row or None in row.values():
                raise ContentError(path.name, reader.line_num, "has more or fewer values than there are columns")
            yield reader.line_num, row
    except csv.Error as error:
        raise ContentError(path.name, reader.reader.line_num, str(error)) from error


def _value(row: Mapping[str, str], name: str, path: Path, line: int) -> str:
    if not row[name]:
        raise ContentError(path.name, line, f"{name} is missing")
    return row[name]
