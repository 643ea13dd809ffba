"""The list's part of the screenshots: empty, the report with a row that is wrong, and what was saved."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from tools.tour import Tour

ROWS = (
    ("Naam", "Rijksregisternummer", "Rol", "Soort", "Inrichtende macht", "Situatie"),
    ("Lieve Voorbeeldt", "85.07.30-033.28", "Invoerder", "AGB", "AGB De Proefzaal", "manueel"),
    ("Griet Schijnbaere", "", "Raadpleger", "Brusselse gemeente", "Ukkel", ""),
    ("Sam Grensgeval", "85.07.30-033.29", "Invoerder", "Economische actor", "Het Verzonnen Podium vzw", ""),
    ("Jan Dubbelganger", "85.07.30-033.28", "Raadpleger", "AGB", "AGB De Proefzaal", "manueel"),
    ("An Maes", "", "iets", "Vlaamse gemeente", "Gent", ""),
    ("Youssef Peeters", "", "Invoerder", "Vlaamse gemeente", "Torhout", ""),
    ("Bo Voorbeeld", "85.07.30-031.30", "Invoerder", "AGB", "AGB De Proefzaal", "manueel"),
    ("Eva Grens", "", "Invoerder", "Vlaamse gemeente", "Torhoutt", ""),
)


def walk(tour: Tour) -> None:
    """Check a list, look at a row, save, look at its mail."""
    from PySide6.QtWidgets import QPushButton, QTableView

    from ccinc_wizard.ui.shell.places import show_list

    window = tour.window
    show_list(window)
    tour.picture("b-list-empty")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lijst.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(ROWS)
        tour.find("batch_view").check_list(path)  # type: ignore[attr-defined]
        tour.until(window.findChild(QTableView, "batch_table").isVisible)
        tour.find("batch_table").selectRow(3)  # type: ignore[attr-defined]
        tour.picture("b-list-report")
        tour.find("batch_table").selectRow(7)  # type: ignore[attr-defined]
        tour.picture("b-list-unknown")
        tour.find("batch_save").click()  # type: ignore[attr-defined]
        tour.picture("b-list-question", "batch_question")
        tour.find("batch_yes").click()  # type: ignore[attr-defined]
        tour.until(window.findChild(QPushButton, "batch_mails").isVisible)
        tour.find("batch_table").selectRow(1)  # type: ignore[attr-defined]
        tour.picture("b-list-saved")
        tour.find("batch_table").selectRow(6)  # type: ignore[attr-defined]
        tour.picture("b-list-steps")
    window.show_wizard()
