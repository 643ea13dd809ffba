"""The policy files speak of the same values as the program, in every language."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from ccinc_wizard.app.policies import REGISTRY_KEY, parse_policies
from ccinc_wizard.app.settings import DAYS, POLICIES
from tests.packaging.conftest import ROOT

FOLDER = ROOT / "packaging" / "policies"
LANGUAGES = ("en-US", "fr-FR", "nl-NL")
SPACE = {"p": "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"}


def read(path: Path) -> ElementTree.Element:
    return ElementTree.parse(path).getroot()  # noqa: S314 - our own file


@pytest.fixture(scope="module")
def admx() -> ElementTree.Element:
    return read(FOLDER / "ccinc-wizard.admx")


def test_every_value_of_the_program_has_a_policy_and_no_other(admx: ElementTree.Element) -> None:
    names = {element.get("valueName") for element in admx.iter() if element.get("valueName")}
    assert names == set(POLICIES)
    assert {policy.get("key") for policy in admx.iterfind(".//p:policy", SPACE)} == {REGISTRY_KEY}


def test_the_page_for_it_lists_every_value() -> None:
    page = (ROOT / "docs" / "windows.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \| REG_", page, re.MULTILINE) == list(POLICIES)


def test_what_can_be_chosen_is_what_the_program_accepts(admx: ElementTree.Element) -> None:
    for choice in admx.iterfind(".//p:enum", SPACE):
        name = choice.get("valueName") or ""
        values = [value.text for value in choice.iterfind(".//p:string", SPACE)]
        assert len(values) == 3
        for value in values:
            assert parse_policies({name: value}).laid_down() == {name}


def test_the_days_have_the_bounds_of_the_program(admx: ElementTree.Element) -> None:
    bounds = [(box.get("minValue"), box.get("maxValue")) for box in admx.iterfind(".//p:elements/p:decimal", SPACE)]
    assert bounds == [(str(DAYS[0]), str(DAYS[-1]))] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_word_and_no_other(admx: ElementTree.Element, language: str) -> None:
    adml = read(FOLDER / language / "ccinc-wizard.adml")
    text = (FOLDER / "ccinc-wizard.admx").read_text(encoding="utf-8")
    strings = {word.get("id"): word.text for word in adml.iterfind(".//p:string", SPACE)}
    assert set(strings) == set(re.findall(r"\$\(string\.(\w+)\)", text))
    assert all(strings.values())
    shown = {entry.get("id") for entry in adml.iterfind(".//p:presentation", SPACE)}
    assert shown == set(re.findall(r"\$\(presentation\.(\w+)\)", text))
    asked = {element.get("id") for element in admx.iterfind(".//p:elements/*", SPACE)}
    assert {box.get("refId") for box in adml.iter() if box.get("refId")} == asked
