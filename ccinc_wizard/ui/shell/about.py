"""About the program: its version, what it is made of under which licences, and whose data it uses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ccinc_wizard import __version__
from ccinc_wizard.app.installation import data_credits, shipped_parts
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit.dialogs import ReadingWindow
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
    parts = shipped_parts()
    table = QTableWidget(len(parts), len(_COLUMNS))
    table.setObjectName("about_parts")
    table.setAccessibleName(texts("program.about.parts"))
    table.setHorizontalHeaderLabels([texts(f"program.about.{column}") for column in _COLUMNS])
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setStretchLastSection(True)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for row, part in enumerate(parts):
        for column, text in enumerate((part.name, part.version, part.licence)):
            table.setItem(row, column, QTableWidgetItem(text))
    table.setMinimumHeight(table.verticalHeader().defaultSectionSize() * _SHOWN_ROWS)
    return table
