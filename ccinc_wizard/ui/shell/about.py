"""About the program: its version, what it is made of under which licences, and whose data it uses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QWidget

from ccinc_wizard import __version__
from ccinc_wizard.app.installation import data_credits, shipped_parts
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit.dialogs import ReadingWindow
from ccinc_wizard.ui.kit.tables import plain_table
from ccinc_wizard.ui.kit.widgets import button, section, selectable

_COLUMNS = ("part", "part_version", "licence")
_SHOWN_ROWS = 9


class AboutWindow(ReadingWindow):
    """Nothing in it is written by hand: versions and licences are asked of what is installed."""

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        texts = services.texts
        super().__init__("about_window", texts("program.about.title"), texts("app.title"), parent)
        checked = services.catalog.checked_on.isoformat()
        told = texts("program.about.version", version=__version__, checked=checked)
        self.add(selectable(told, name="about_version"), section(texts("program.about.parts")), _table(texts))
        self.add(section(texts("program.about.data")), selectable(data_credits(), name="about_credits"))
        self.finish(button(texts("program.about.close"), name="about_close", kind="primary", action=self.accept))


def _table(texts: Texts) -> QTableWidget:
    cells = [(part.name, part.version, part.licence) for part in shipped_parts()]
    columns = [texts(f"program.about.{column}") for column in _COLUMNS]
    table = plain_table("about_parts", texts("program.about.parts"), columns, cells)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.setMinimumHeight(table.verticalHeader().defaultSectionSize() * _SHOWN_ROWS)
    return table
