"""One spelling, every door: a municipality as people call it, in window, list, mail, call and terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.running import run_here
from tests.ui.conftest import Driver
from tests.ui.helpdesk import Desk

FLEMISH, BRUSSELS = "vlaamse-gemeente", "brusselse-gemeente"
BRUSSELS_NAMES = {
    "St.-Gillis": "Sint-Gillis",
    "st gilles": "Sint-Gillis",
    "gem. Elsene": "Elsene",
    "Gemeentebestuur ELSENE": "Elsene",
    "Brusselse gemeente Elsene": "Elsene",
    "Commune d’Ixelles": "Elsene",
    "Elsene (Bxl)": "Elsene",
    "BXL": "Brussel",
    "commune de Boitsfort": "Watermaal-Bosvoorde",
    "1050 Elsene": "Elsene",
    "Ville de Bruxelles": "Brussel",
    "Brussel stad": "Brussel",
    "Ouder\u00adgem\u200b": "Oudergem",
    "Watermaal\u2011Bosvoorde": "Watermaal-Bosvoorde",
    "St-Jans Molenbeek": "Sint-Jans-Molenbeek",
    "Berchem-Sainte-Agathe": "Sint-Agatha-Berchem",
}
FLEMISH_NAMES = {
    "St.-Truiden": "Sint-Truiden",
    "Heist o/d Berg": "Heist-op-den-Berg",
    "stad torhout": "Torhout",
    "Crainhem": "Kraainem",
    "Wezembeek": "Wezembeek-Oppem",
}
NAMES = {**BRUSSELS_NAMES, **FLEMISH_NAMES}


def wrong_type(official: str) -> str:
    return FLEMISH if official in BRUSSELS_NAMES.values() else BRUSSELS


def right_type(official: str) -> str:
    return BRUSSELS if wrong_type(official) == FLEMISH else FLEMISH


def paste(window: Driver, name: str, text: str) -> None:
    """As from the clipboard: no keyboard has all signs."""
    field = window.find(name)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    field.insert(text)
    QApplication.processEvents()


def test_the_window_stops_the_wrong_region(window: Driver) -> None:
    window.walk("form", "invoerder", FLEMISH, "Torhout", to="check")
    for written, official in NAMES.items():
        window.click("change_authority_name")
        window.click(f"authority_{wrong_type(official).replace('-', '_')}")
        paste(window, "authority_name", written)
        window.next()
        assert window.page == "page_check"
        assert window.shows("finding_wrong_region"), written


def test_the_call_desk_stops_the_wrong_region(desk: Desk) -> None:
    desk.choose("applicant", "invoerder", FLEMISH)
    for written, official in NAMES.items():
        desk.find("call_step_title").setFocus()
        desk.choose(wrong_type(official))
        paste(desk, "call_organisation", written)
        assert desk.link == "", written
        assert desk.shows("finding_wrong_region"), written


def test_the_terminal_stops_the_wrong_region(tmp_path: Path) -> None:
    for written, official in NAMES.items():
        answers = ["form", "Lieve Voorbeeldt", "invoerder", wrong_type(official), written]
        _, out, talk = run_here("ask", "--data-dir", str(tmp_path), typed="\n".join(answers) + "\n")
        assert "https://zelfregistratie" not in out, written
        assert right_type(official).replace("-", " ") in talk.casefold(), written


@pytest.mark.parametrize("right", [True, False])
def test_a_list_knows_them(tmp_path: Path, right: bool) -> None:
    path = tmp_path / "list.csv"
    types = [right_type(official) if right else wrong_type(official) for official in NAMES.values()]
    lines = [f"Lieve Voorbeeldt;Invoerder;{kind};{written}" for kind, written in zip(types, NAMES, strict=True)]
    path.write_text("\n".join(["Naam;Rol;Soort;Inrichtende macht", *lines]), "utf-8")
    _, out, _ = run_here("list", "check", str(path), "--json", "--data-dir", str(tmp_path / "data"))
    verdicts = [row["verdict"] for row in json.loads(out)["rows"]]
    assert set(verdicts) <= ({"in-order", "advice"} if right else {"error"}), dict(zip(NAMES, verdicts, strict=True))


def test_a_mail_knows_them(tmp_path: Path) -> None:
    for written, official in NAMES.items():
        mail = f"Naam: Lieve Voorbeeldt\nRol: invoerder\nInrichtende macht: {written}\n"
        _, out, _ = run_here("mail", "--json", "--data-dir", str(tmp_path), typed=mail)
        found = json.loads(out)
        assert (found["authority"]["value"], found["authority_name"]["value"]) == (right_type(official), official)
