"""Loads the catalog, the municipalities and the spelling alphabets, and refuses those that will not do."""

from __future__ import annotations

import csv
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from ccinc_wizard.content.files import ContentError, read_json, read_text, resources_folder
from ccinc_wizard.content.texts import SOURCE_LANGUAGE
from ccinc_wizard.content.toml_source import load_toml
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.municipalities import Municipalities, Municipality, Region
from ccinc_wizard.domain.spelling import Alphabet, Spelling, SpellingWords

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


SIGNS_OF_LINKS = ":/.-_?=&"
Word = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S(.*\S)?$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Alphabet(_Part):
    id: Annotated[str, Field(pattern=r"^[a-z]+$")]
    letters: dict[str, Word]

    @field_validator("letters")
    @classmethod
    def _whole(cls, letters: dict[str, str]) -> dict[str, str]:
        if list(letters) != list(string.ascii_uppercase):
            raise ValueError("must have one word for each of A to Z, in this order")
        if len({word.casefold() for word in letters.values()}) != len(letters):
            raise ValueError("two letters share a word")
        for letter, word in letters.items():
            if word[0].upper() != letter:
                raise ValueError(f"the word for {letter} begins with another letter: {word}")
        return letters


class _Words(_Part):
    capital: Annotated[str, Field(pattern=r"^[^{}]*\{word\}[^{}]*$")]
    small: Annotated[str, Field(pattern=r"^[^{}]*\{word\}[^{}]*$")]
    digits: dict[str, Word]
    signs: dict[str, Word]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if set(self.digits) != set(string.digits):
            raise ValueError("digits: must have one word for each of 0 to 9")
        if missing := [sign for sign in SIGNS_OF_LINKS if sign not in self.signs]:
            raise ValueError(f"signs: there is no word for {missing[0]}")
        if self.capital == self.small:
            raise ValueError("capital and small: must differ")
        return self


class _File(_Part):
    alphabets: Annotated[list[_Alphabet], Field(min_length=1)]
    languages: dict[str, _Words]

    @model_validator(mode="after")
    def _has_source_language(self) -> Self:
        if SOURCE_LANGUAGE not in self.languages:
            raise ValueError(f"languages: {SOURCE_LANGUAGE} is missing")
        if len({alphabet.id for alphabet in self.alphabets}) != len(self.alphabets):
            raise ValueError("alphabets: two have the same id")
        return self


def load_spelling(path: Path | None = None) -> Spelling:
    """The alphabets and words. Raises ContentError with file, line and reason."""
    path = path or resources_folder() / "spelling.json"
    text = read_text(path)
    try:
        file = _File.model_validate(read_json(path.name, text, _once))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ContentError(path.name, _line_of(first["loc"], text), first["msg"]) from error
    return Spelling(
        tuple(Alphabet(alphabet.id, alphabet.letters) for alphabet in file.alphabets),
        {name: SpellingWords(**words.model_dump()) for name, words in file.languages.items()},
    )


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which no name stands twice. Raises ValueError."""
    names = [name for name, _ in pairs]
    if doubled := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"{doubled[0]} stands twice")
    return dict(pairs)


def _line_of(place: tuple[int | str, ...], text: str) -> int:
    """The line of the last name of a place that the text has, each sought after the one before it."""
    position = 0
    for part in place:
        if isinstance(part, int):
            for _ in range(part + 1):
                position = max(text.find("{", position + 1), position)
        else:
            position = max(text.find(f'"{part}"', position), position)
    return text.count("\n", 0, position) + 1
