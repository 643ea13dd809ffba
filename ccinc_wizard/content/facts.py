"""Loads the catalog and the municipalities. A mistake in a TOML file is told by its line."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ccinc_wizard.content.files import ContentError, read_text, resources_folder
from ccinc_wizard.domain.catalog import Catalog, FactError, Where
from ccinc_wizard.domain.municipalities import Municipalities, Municipality, Region

_DEEPEST = 300
"""How many dots a line may have before its equals sign: a name of thousands of parts takes the library minutes."""
_TOO_DEEP = "holds lists too deep or numbers too long to be read"
_JUDGED = 50
"""How many mistakes of a file are looked for, each of them in all of its text."""
Model = TypeVar("Model", bound=BaseModel)

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r'^\s*("[^"]*"|[A-Za-z0-9_.-]+)\s*=')
_PLAIN = {
    "missing": "is missing",
    "extra_forbidden": "is not known here; is it spelt right?",
    "string_type": "must be a text between quotes",
    "string_too_short": "must not be empty",
    "string_pattern_mismatch": "is not written as it must be",
    "enum": "must be one of {expected}",
    "literal_error": "must be one of {expected}",
    "tuple_type": "must be a list between [ and ]",
    "list_type": "must be a list between [ and ]",
    "dict_type": "must be a table with names and values",
    "model_type": "must be a table with names and values",
    "date": "must be a date such as 2026-11-24",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
}
"""Pydantic's kinds of mistakes in words for whoever keeps the file."""


def load_toml(path: Path, model: type[Model]) -> Model:
    """The file as a model. Raises ContentError with the line of the first mistake."""
    text = read_text(path)
    if any(line.partition("=")[0].count(".") > _DEEPEST for line in text.splitlines()):
        raise ContentError(path.name, 1, _TOO_DEEP)
    try:
        return model.model_validate(tomllib.loads(text))
    except ValidationError as error:
        line, reason = _first_mistake(error, text)
        raise ContentError(path.name, line, reason) from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError(path.name, _line_in(str(error), text), f"is not sound TOML: {error}") from error
    except (RecursionError, ValueError) as error:
        raise ContentError(path.name, 1, _TOO_DEEP) from error


def line_of(place: Where, text: str) -> int:
    """The line, from 1, of a key given as keys and indexes.

    Of the nearest enclosing table where the text has no such key, of the first thing within where it has no such table.
    """

    def near(found: tuple[int, Where]) -> tuple[int, bool]:
        shared = 0
        while shared < min(len(place), len(found[1])) and place[shared] == found[1][shared]:
            shared += 1
        return shared, shared == len(found[1])

    return max(_places(text), key=near)[0]


def _places(text: str) -> list[tuple[int, Where]]:
    table: Where = ()
    last_key: Where = ()
    found = [(1, table)]
    counts: Counter[str] = Counter()
    items, fence = count(), ""
    for number, line in enumerate(text.split("\n"), start=1):
        if fence:
            fence = "" if fence in line else fence
        elif line.lstrip().startswith("{"):
            found.append((number, (*last_key, next(items))))
        elif header := _TABLE.match(line):
            table, last_key = _table(header[2], counts, is_item=header[1] == "[["), ()
            found.append((number, table))
        elif key := _KEY.match(line):
            last_key, items = (*table, *key[1].strip('"').split(".")), count()
            found.append((number, last_key))
            fence = next((mark for mark in ('"""', "'''") if line.count(mark) == 1), "")
    return found


def _table(name: str, counts: Counter[str], *, is_item: bool) -> Where:
    """The place of a table header; `counts` holds how often each [[name]] was seen in its present parent."""
    if is_item:
        counts[name] += 1
        for within in [known for known in counts if known.startswith(f"{name}.")]:
            del counts[within]
    place: Where = ()
    parts = name.split(".")
    for depth, part in enumerate(parts, start=1):
        seen = counts[".".join(parts[:depth])]
        place = (*place, part.strip('"'), *((seen - 1,) if seen else ()))
    return place


def _first_mistake(error: ValidationError, text: str) -> tuple[int, str]:
    """The first in the file; what is missing comes last, as it is often only misspelt."""
    found = []
    for details in error.errors()[:_JUDGED]:
        place, reason = _mistake(details)
        found.append((details["type"] == "missing", line_of(place, text), reason))
    _, line, reason = min(found, key=lambda mistake: mistake[:2])
    return line, reason


def _mistake(details: ErrorDetails) -> tuple[Where, str]:
    context = details.get("ctx", {})
    cause = context.get("error")
    place = tuple(part for part in details["loc"] if part != "[key]")
    if isinstance(cause, FactError):
        place = (*place, *cause.where)
    kind = "date" if details["type"].startswith("date") else details["type"]
    if isinstance(cause, ValueError):
        reason = str(cause)
    else:
        reason = _PLAIN[kind].format(**context) if kind in _PLAIN else details["msg"]
    named = ", ".join(_spoken(place))
    return place, f"{named}: {reason}" if named else reason


def _spoken(place: Where) -> list[str]:
    """`links 3`, `url`: people count from one."""
    spoken: list[str] = []
    for part in place:
        if isinstance(part, int):
            spoken[-1] += f" {part + 1}"
        else:
            spoken.append(str(part))
    return spoken


def _line_in(message: str, text: str) -> int:
    told = re.search(r"line (\d+)", message)
    return int(told[1]) if told else text.count("\n") + 1


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
        other_names=tuple(filter(None, row.get("other_names", "").split(";"))),
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
