"""The lists of municipalities: refused with file, line and reason when something is wrong with them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ccinc_wizard.content.errors import ContentError
from ccinc_wizard.content.facts import load_municipalities
from ccinc_wizard.content.resources import resources_folder

FILES = {name: (resources_folder() / name).read_bytes() for name in ("municipalities.csv", "former_names.csv")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_a_copy_is_read_as_the_original(folder: Path) -> None:
    path = folder / "municipalities.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n"))
    assert load_municipalities(folder).rows == load_municipalities().rows


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "reason"),
    [
        ("municipalities.csv", b"21009,Elsene,Ixelles,brussel", b"21009,Elsene,Ixelles,brussels", 4, "no region"),
        ("municipalities.csv", b"21009,Elsene,", b"21009,,", 4, "name_nl is missing"),
        ("municipalities.csv", b"21009,Elsene,Ixelles", b"21009,Elsene,", 4, "name_fr is missing"),
        ("municipalities.csv", b"21009,", b",", 4, "nis_code is missing"),
        ("municipalities.csv", b"21009,Elsene,", b"21009,Elsene,Ixelles,", 4, "more or fewer values"),
        ("municipalities.csv", b"21009,Elsene,Ixelles,brussel,,1050,", b"21009,Elsene", 4, "more or fewer values"),
        ("municipalities.csv", b"brussel,,1050,", b"brussel,,105,", 4, "postal code has four digits"),
        ("municipalities.csv", b"brussel,,1050,", b"brussel,,,", 4, "postal_codes is missing"),
        ("municipalities.csv", b"21009,", b"21004,", 4, "21004 stands twice"),
        ("municipalities.csv", b"nis_code,name_nl", b"nis,name_nl", 1, "no column nis_code"),
        ("municipalities.csv", b"21009,Elsene", b"21009,\xeblsene", 4, "is not UTF-8 text"),
        ("municipalities.csv", b"21009,Elsene", b'21009,"Elsene', None, ""),
        ("former_names.csv", b"Galmaarden,23106", b"Galmaarden,99999", 3, "no municipality 99999"),
        ("former_names.csv", b"Galmaarden,23106", b",23106", 3, "former_name_nl is missing"),
        ("former_names.csv", b"Galmaarden,23106", b"Galmaarden,", 3, "now_nis_code is missing"),
    ],
)
def test_a_mistake_is_refused_with_its_line(
    folder: Path, name: str, old: bytes, new: bytes, line: int | None, reason: str
) -> None:
    assert FILES[name].count(old) == 1
    (folder / name).write_bytes(FILES[name].replace(old, new))
    with pytest.raises(ContentError) as refusal:
        load_municipalities(folder)
    assert refusal.value.file == name
    assert re.search(reason, refusal.value.reason)
    assert line is None or refusal.value.line == line


@pytest.mark.parametrize("name", list(FILES))
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ContentError, match=name):
        load_municipalities(folder)
