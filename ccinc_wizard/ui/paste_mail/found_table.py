"""What was found in a mail, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from ccinc_wizard.content.reading_words import FoundLine
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.theme import SPACE

_BEYOND = 100_000
COLUMNS = ("field", "value", "sureness", "rule", "fate")


class FoundTable(QTableWidget):
    """As high as its rows, since the window around it scrolls."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(0, len(COLUMNS))
        self.setObjectName("mail_found")
        self.setAccessibleName(texts("reading.found"))
        self.setHorizontalHeaderLabels([texts(f"reading.columns.{column}") for column in COLUMNS])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        at = Qt.AlignmentFlag
        self.horizontalHeader().setDefaultAlignment(at.AlignLeft | at.AlignVCenter | Qt.TextFlag.TextWordWrap)
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)

    def show_lines(self, lines: Sequence[FoundLine]) -> None:
        """Show these lines in the place of the present ones."""
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            cells = (line.name, "\n".join(line.values), line.sureness, "\n".join(line.rules), line.fate)
            for column, cell in enumerate(cells):
                self.setItem(row, column, QTableWidgetItem(cell))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for row in range(self.rowCount()):
            self.setRowHeight(row, max(map(partial(self._height, row), range(len(COLUMNS)))))
        high = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 2 * self.frameWidth()
        self.setFixedHeight(high)

    def _height(self, row: int, column: int) -> int:
        """How high a cell must be. Qt's own estimate leaves out the padding of the style sheet."""
        item = self.item(row, column)
        room = QRect(0, 0, self.columnWidth(column) - 4 * SPACE, _BEYOND)
        needed = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, item.text() if item else "")
        return needed.height() + 2 * SPACE
