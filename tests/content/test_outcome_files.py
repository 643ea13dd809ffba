"""What is said to each case stands in files that a review reads; links, rights and labels come from the page itself."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from ccinc_wizard.domain.enums import Situation
from ccinc_wizard.domain.findings import Case
from tests.outcomes import FOLDER, cases, file_of, told
from tests.tooling.project import ROOT

PAGE = (ROOT / "tests/official_page.txt").read_text(encoding="utf-8")
"""The official page as it was printed, word for word."""
TYPES = {
    "VLAAMSE GEMEENTE": "vlaamse-gemeente",
    "BRUSSELSE GEMEENTE": "brusselse-gemeente",
    "AUTONOOM GEMEENTEBEDRIJF (AGB)": "agb",
    "ECONOMISCHE ACTOR (onafhankelijk van een lokaal bestuur)": "economische-actor",
}
CASES = pytest.mark.parametrize("case", cases(), ids=lambda case: file_of(case).stem)


def links_on_the_page() -> dict[tuple[str, str], str]:
    """The eight forms by type and role."""
    heads = [(found.start(), TYPES[found[1]]) for found in re.finditer(r"Inrichtende macht\t(.+)", PAGE)]
    found = {}
    for (start, authority), (end, _) in pairwise([*heads, (len(PAGE), "")]):
        for role, url in re.findall(r"Gebruikersrol (\w+)\t(\S+)", PAGE[start:end]):
            found[authority, role.lower()] = url
    return found


def test_there_is_a_file_for_each_case_and_no_other() -> None:
    assert len(cases()) == 24
    assert sorted(FOLDER.glob("*.md")) == sorted(map(file_of, cases()))


@CASES
def test_a_case_is_told_as_its_file_says(case: Case) -> None:
    """`python -m tests.outcomes` writes them anew; read then what has changed."""
    assert told(case) == file_of(case).read_text(encoding="utf-8")


def test_the_page_has_eight_links() -> None:
    assert len(set(links_on_the_page().values())) == len(links_on_the_page()) == 8


@CASES
def test_link_right_and_label_are_those_of_the_page(case: Case) -> None:
    words, link = file_of(case).read_text(encoding="utf-8"), links_on_the_page()[case.authority, case.role]
    forms = set(re.findall(r"https://zelfregistratie\S+?(?=[.,]?(?:\s|$))", words))
    assert forms == ({link} if case.situation is Situation.FORM else set())
    right = f"Cultuurmonitor {case.role.capitalize()}"
    other = {"Cultuurmonitor Invoerder", "Cultuurmonitor Raadpleger"} - {right}
    assert right in PAGE
    assert right in words
    assert not any(name in words for name in other)
    sentence = next(line for line in PAGE.split("\n") if "bijkomend nog het" in line)
    label, approver = "Cultuurmonitor Afnemer", "Doelgroepverantwoordelijke Type Organisatie"
    assert label in sentence
    assert approver in sentence
    due = case.authority.replace("-", " ") in sentence.lower()
    assert (label in words) is due
    assert (approver in words) is due
    assert "“Cultuurcentra”" in PAGE
    assert "Cultuurcentra" in words
