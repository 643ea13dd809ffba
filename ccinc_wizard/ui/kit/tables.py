"""A table to read on the screen, and the same table as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.requestlog.tables import write_table
from ccinc_wizard.ui.kit import files
from ccinc_wizard.ui.kit.screens import TitledView

Cells = Sequence[Sequence[str | int]]
_LINES = 8


def plain_table(name: str, spoken: str, columns: Sequence[str], cells: Cells) -> QTableWidget:
    """A table that cannot be edited, and that Tab leaves."""
    table = QTableWidget(len(cells), len(columns))
    table.setObjectName(name)
    table.setAccessibleName(spoken)
    table.setHorizontalHeaderLabels(list(columns))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    for line, values in enumerate(cells):
        for place, value in enumerate(values):
            table.setItem(line, place, QTableWidgetItem(str(value)))
    table.resizeColumnsToContents()
    table.setMinimumHeight(table.fontMetrics().height() * 2 * min(len(cells) + 2, _LINES))
    return table


Index = QModelIndex | QPersistentModelIndex
_SHOWN = frozenset((Qt.ItemDataRole.DisplayRole.value, Qt.ItemDataRole.AccessibleTextRole.value))
"""The roles that are answered. Most calls ask for another, and looking up Qt's enums takes longer than the answer."""
STATE = Qt.ItemDataRole.UserRole.value
"""The role of what a cell tells, if it is painted as a chip: `good`, `error`, `advice` or `muted`."""
_TIP = Qt.ItemDataRole.ToolTipRole.value


class Rows(QAbstractTableModel):
    """Words under headings, made only for the rows that can be seen."""

    sorts = False
    """Whether it can be put in order by a column."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self._headings = headings

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def cell(self, row: int, column: int) -> str:
        """What stands there."""
        raise NotImplementedError

    def state(self, row: int, column: int) -> str:
        """What the cell tells, where it is painted as a chip."""
        return ""

    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """The column that gives the order, and which way."""
        return 0, Qt.SortOrder.AscendingOrder

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.count()

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role in _SHOWN or role == _TIP:
            return self.cell(index.row(), index.column())
        return self.state(index.row(), index.column()) if role == STATE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        across = orientation == Qt.Orientation.Horizontal
        return self._headings[section] if across and role == Qt.ItemDataRole.DisplayRole else None


class TableView(TitledView):
    """A screen whose table can be saved."""

    def __init__(self, name: str, title: str, status: str, texts: Texts) -> None:
        super().__init__(name, title, columns=0, status=status)
        self.texts = texts

    def table(self) -> tuple[Sequence[str], Cells]:
        """Headings and lines, as they go to the file."""
        raise NotImplementedError

    def save_to(self, path: Path) -> None:
        """Write the table to this file and say how it went."""
        self.say(*files.save(self.texts, path, lambda: write_table(path, *self.table())))

    def ask_file(self, ending: str) -> None:
        """Let the user choose a file with this ending, and write it."""
        if path := files.ask_save_as(self, self.title.text(), ending):
            self.save_to(path)
