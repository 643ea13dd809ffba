"""TOML files whose mistakes can be told by file and line."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ccinc_wizard.content.errors import ContentError, read_text
from ccinc_wizard.domain.catalog import FactError

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r'^\s*("[^"]*"|[A-Za-z0-9_.-]+)\s*=')


def load_toml(path: Path, model: type[Model]) -> Model:
    """The file as a model. Raises ContentError with the line of the first mistake."""
    text = read_text(path)
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ContentError(path.name, _line_in(str(error), text), str(error)) from error
    except ValidationError as error:
        place, reason = _first_mistake(error)
        raise ContentError(path.name, line_of(place, text), reason) from error


def line_of(place: Place, text: str) -> int:
    """The line, from 1, of a key given as keys and indexes; of the nearest enclosing table when it has none."""
    best, best_depth = 1, 0
    for line, here in _places(text):
        depth = 0
        for wanted, found in zip(place, here, strict=False):
            if wanted != found:
                break
            depth += 1
        if depth == len(here) and depth > best_depth:
            best, best_depth = line, depth
    return best


def _places(text: str) -> list[tuple[int, Place]]:
    found: list[tuple[int, Place]] = []
    table: Place = ()
    counts: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line):
            name = header[2]
            table = tuple(name.split("."))
            if header[1] == "[[":
                table = (*table, counts[name])
                counts[name] += 1
            found.append((number, table))
        elif key := _KEY.match(line):
            found.append((number, (*table, *key[1].strip('"').split("."))))
    return found


def _first_mistake(error: ValidationError) -> tuple[Place, str]:
    first = error.errors(include_url=False)[0]
    cause = first.get("ctx", {}).get("error")
    place = (*first["loc"], *cause.where) if isinstance(cause, FactError) else first["loc"]
    reason = str(cause) if cause is not None else first["msg"]
    named = ".".join(str(part) for part in place)
    return place, f"{named}: {reason}" if named else reason


def _line_in(message: str, text: str) -> int:
    told = re.search(r"line (\d+)", message)
    return int(told[1]) if told else text.count("\n") + 1
