"""Tables of rows, simple ones and those whose columns share the width there is; a click on a heading sorts these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, QRectF, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
)

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.requestlog.table_files import write_table
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.choosing import Headings
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.spoken import unbroken
from ccinc_wizard.ui.kit.theme import SPACE, present
from ccinc_wizard.ui.kit.widgets import announce

Cells = Sequence[Sequence[str | int]]
_LINES = 8


def plain_table(name: str, spoken: str, columns: Sequence[str], cells: Cells, *, whole: bool = False) -> QTableWidget:
    """A table that cannot be edited, and that Tab leaves; a `whole` one leaves all scrolling to what it stands in."""
    table = _Plain(len(cells), len(columns))
    if whole:
        # More than they need: it is never higher than its rows.
        table.lines = len(cells) * 2
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setObjectName(name)
    table.setAccessibleName(spoken)
    table.setHorizontalHeaderLabels(list(columns))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    for line, values in enumerate(cells):
        for place, value in enumerate(values):
            table.setItem(line, place, QTableWidgetItem(str(value)))
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    headings = table.horizontalHeader()
    headings.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    headings.setStretchLastSection(True)
    headings.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table


class _Unbroken(QStyledItemDelegate):
    """Paints no number over two lines; whoever asks for a cell's words, or copies them, gets them as given."""

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        return unbroken(super().displayText(value, locale))


class WordTable(QTableWidget):
    """Measures its words once for each kind of letters, and not at each new width."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__(rows, columns)
        headings = Headings(self)
        headings.breaking = True
        self.setHorizontalHeader(headings)
        self.setItemDelegate(_Unbroken(self))
        self._measured: dict[str, tuple[int, list[int]]] = {}
        for changed in (self.itemChanged, self.model().headerDataChanged, self.model().rowsRemoved):
            changed.connect(self._measured.clear)

    def setHorizontalHeaderLabels(self, labels: Sequence[str]) -> None:
        """A heading is whole in its tooltip."""
        super().setHorizontalHeaderLabels(labels)
        for place, words in enumerate(labels):
            self.model().setHeaderData(place, Qt.Orientation.Horizontal, words, _TIP)

    def wanted(self) -> int:
        """How wide all columns are in one line."""
        return self._measure()[0]

    def shared_by_words(self) -> list[int]:
        """How wide each column is where cells break between words; no word is cut, as far as the table's width goes."""
        whole = self.viewport().width() // max(self.columnCount(), 1)
        return shared([(whole, least) for least in self._measure()[1]], self.viewport().width())

    def _measure(self) -> tuple[int, list[int]]:
        letters = self.font().key()
        if letters not in self._measured:
            headings, places = self.horizontalHeader(), range(self.columnCount())
            wanted = (max(self.sizeHintForColumn(place), headings.sectionSizeHint(place)) for place in places)
            self._measured[letters] = sum(wanted), [self._longest_word(place) for place in places]
        return self._measured[letters]

    def _longest_word(self, place: int) -> int:
        bold = QFont(self.font())
        bold.setBold(True)
        cells = [self.item(row, place) for row in range(self.rowCount())]
        items = [(self.horizontalHeaderItem(place), bold), *((item, self.font()) for item in cells)]
        told = [(word, font) for item, font in items if item for word in re.split("[ \n]", unbroken(item.text()))]
        return max((QFontMetrics(font).horizontalAdvance(word) for word, font in told), default=0) + SPACE * 2


class _Plain(WordTable):
    """No emptiness within its frame: as high as its rows, and with many of them it scrolls."""

    lines = _LINES
    """How many rows it has room for at least, where it has them."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Without room for all columns their cells take more lines."""
        super().resizeEvent(event)
        headings, modes = self.horizontalHeader(), QHeaderView.ResizeMode
        narrow = self.wanted() > self.viewport().width()
        headings.setSectionResizeMode(modes.Fixed if narrow else modes.ResizeToContents)
        for place, width in enumerate(self.shared_by_words() if narrow else ()):
            self.setColumnWidth(place, width)
        self.resizeRowsToContents()
        # Headings of more lines are higher; Qt would see that later, and show bars until then.
        self.updateGeometries()

    def updateGeometries(self) -> None:
        """Whatever shows: a bar at the foot takes from the rows what it is high."""
        super().updateGeometries()
        bar = self.horizontalScrollBar()
        whole = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + SPACE
        whole += bar.sizeHint().height() if bar.maximum() > 0 else 0
        if whole != self.maximumHeight():
            self.setMinimumHeight(min(whole, self.fontMetrics().height() * 2 * self.lines))
            self.setMaximumHeight(whole)


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
        return self._headings[section] if across and role in (Qt.ItemDataRole.DisplayRole, _TIP) else None


class TableView(TitledView):
    """A screen whose table can be saved."""

    def __init__(self, name: str, title: str, status: str, texts: Texts) -> None:
        super().__init__(name, title, wide=True, status=status)
        self.texts = texts

    def table(self) -> tuple[Sequence[str], Cells]:
        """Headings and lines, as they go to the file."""
        raise NotImplementedError

    def save_to(self, path: Path) -> None:
        """Write the table to this file and say how it went."""
        self.say(*dialogs.save_file(self.texts, path, lambda: self.write(path)))

    def write(self, path: Path) -> None:
        """Write the table to this file. Raises OSError."""
        write_table(path, *self.table())

    def ask_file(self, ending: str) -> None:
        """Let the user choose a file with this ending, and write it."""
        if path := dialogs.ask_save_as(self, self.title.text(), ending):
            self.save_to(path)


_SETTLED_MS = 300
_DIGIT = "0"
_BY_KEY = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 0, Qt.Key.Key_Down: 0}


class Width(NamedTuple):
    """What a column asks for, in digits."""

    wanted: int
    least: int
    spare: bool = False
    """Whether it goes where not all have room; the last such column first."""


def shared(widths: Sequence[tuple[int, int]], room: int, pinned: int = -1) -> list[int]:
    """How wide each column is, of (wanted, least) pixels: together as wide as the room, unless the least are wider.

    Those up to the `pinned` one keep what they want, as far as the others have their least.
    """
    found = [max(wanted, least) for wanted, least in widths]
    least = [least for _, least in widths]
    first = pinned + 1 if pinned < len(widths) - 1 else 0
    if first:
        others = sum(found[:pinned]) + sum(least[first:])
        found[pinned] = max(least[pinned], min(found[pinned], room - others))
    spare, free = room - sum(found), range(first, len(widths))
    # Who has more gives more and gets more.
    weights = [found[place] - (least[place] if spare < 0 else 0) for place in free]
    whole = sum(weights)
    for place, weight in zip(free, weights, strict=True):
        found[place] = max(least[place], found[place] + (spare * weight // whole if whole else 0))
    if free:
        found[-1] += max(0, room - sum(found))
    return found


class FittedTable(QTableView):
    """Nothing of it is behind a scroll bar at the side; widths are remembered under its name."""

    def __init__(
        self, name: str, spoken: str, model: Rows, widths: Sequence[Width], services: Services, *, several: bool = False
    ) -> None:
        """`several` rows can be chosen at a time."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self._services, self._widths, self._rows = services, widths, model
        self._fitting = False
        self.setHorizontalHeader(Headings(self))
        self.setModel(model)
        self.setItemDelegate(Chips(self))
        modes = QTableView.SelectionMode
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + SPACE * 2)
        self._kept = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._kept.timeout.connect(self._keep)
        self._wanted = self._remembered()
        self._set_up_headings()
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the new width."""
        super().resizeEvent(event)
        self.fit()

    def fit(self, pinned: int = -1) -> None:
        """Share the width among the columns; without room for all the spare ones go, and come back with it."""
        room = self.viewport().width()
        sign = self.fontMetrics().horizontalAdvance(_DIGIT)
        # The heading that sorts needs room for its arrow as well.
        asked = [*map(max, self._headings, map(self.horizontalHeader().sectionSizeHint, range(len(self._widths))))]
        least = [max(heading, width.least * sign) for heading, width in zip(asked, self._widths, strict=True)]
        shown = list(range(len(self._widths)))
        for place in reversed(shown.copy()):
            if self._widths[place].spare and sum(least[one] for one in shown) > room:
                shown.remove(place)
        pairs = [(self._wanted[place], least[place]) for place in shown]
        if sum(least[place] for place in shown) > room:
            # Cells are shortened before a heading is, whose words nothing else tells.
            whole = max(room, sum(asked[place] for place in shown))
            pairs = [(least[place], asked[place] * room // whole) for place in shown]
        self._fitting = True
        for place, width in zip(
            shown, shared(pairs, room, shown.index(pinned) if pinned in shown else -1), strict=True
        ):
            self.setColumnHidden(place, False)
            self.setColumnWidth(place, width)
        for place in range(len(self._widths)):
            if place not in shown:
                self.setColumnHidden(place, True)
        self._fitting = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and Shift with an arrow sort: by the heading beside, or the other way round."""
        modifiers = Qt.KeyboardModifier
        step = _BY_KEY.get(Qt.Key(event.key()))
        held = event.modifiers() & ~modifiers.KeypadModifier
        if step is None or held != modifiers.AltModifier | modifiers.ShiftModifier or not self.isSortingEnabled():
            if step != 0 or held or not self._choose_first():
                super().keyPressEvent(event)
            return
        headings = self.horizontalHeader()
        order = headings.sortIndicatorOrder()
        place = headings.sortIndicatorSection()
        orders = Qt.SortOrder
        if step == 0:
            up = order == orders.DescendingOrder
            self.sortByColumn(place, orders.AscendingOrder if up else orders.DescendingOrder)
        else:
            shown = [one for one in range(len(self._widths)) if not self.isColumnHidden(one)]
            following = shown[(shown.index(place) + step) % len(shown)] if place in shown else shown[0]
            self.sortByColumn(following, orders.AscendingOrder)

    def _choose_first(self) -> bool:
        """Where no row is chosen an arrow chooses: Qt goes past the first row, or nowhere where there is no other."""
        if self.selectionModel().hasSelection() or not self._rows.count():
            return False
        self.selectRow(max(0, self.currentIndex().row()))
        return True

    def _set_up_headings(self) -> None:
        headings = self.horizontalHeader()
        headings.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        headings.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        headings.setHighlightSections(False)
        headings.setMinimumSectionSize(self.fontMetrics().averageCharWidth() * 2)
        # Headings have letters of their own once the style sheet is applied to them.
        headings.ensurePolished()
        # Asked once, as a hidden one has no size.
        self._headings = [headings.sectionSizeHint(place) for place in range(len(self._widths))]
        headings.sectionResized.connect(self._widen)
        if self._rows.sorts:
            place, order = self._rows.sorted_by()
            headings.setSortIndicator(place, order)
            self.setSortingEnabled(True)
            headings.sortIndicatorChanged.connect(self._tell_order)

    def _tell_order(self, place: int, order: Qt.SortOrder) -> None:
        heading = str(self._rows.headerData(place, Qt.Orientation.Horizontal)).replace("\n", " ")
        way = "up" if order == Qt.SortOrder.AscendingOrder else "down"
        self.fit()
        announce(self, self._services.texts(f"app.sorted.{way}", heading=heading))

    def _widen(self, place: int, _: int, width: int) -> None:
        if self._fitting:
            return
        shown = [self.columnWidth(one) or before for one, before in enumerate(self._wanted)]
        self._wanted = [*shown[:place], width, *shown[place + 1 :]]
        self.fit(pinned=place)
        self._wanted = [self.columnWidth(one) or before for one, before in enumerate(self._wanted)]
        self._kept.start()

    def _keep(self) -> None:
        mine = f"{self.objectName()}={','.join(map(str, self._wanted))}"
        others = [one for one in self._services.settings.column_widths if not one.startswith(f"{self.objectName()}=")]
        self._services.remember(column_widths=(*others, mine))

    def _remembered(self) -> list[int]:
        sign = self.fontMetrics().horizontalAdvance(_DIGIT)
        usual = [width.wanted * sign for width in self._widths]
        for kept in self._services.settings.column_widths:
            name, _, widths = kept.partition("=")
            numbers = [int(one) for one in widths.split(",") if one.isdecimal()]
            if name == self.objectName() and len(numbers) == len(usual):
                # A hidden column has no width of its own: it comes back as wide as it usually is.
                return [one or before for one, before in zip(numbers, usual, strict=True)]
        return usual


class Chips(QStyledItemDelegate):
    """Paints a cell that tells a state as a coloured chip with its word; other cells as usual."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The row's own look, and on it the chip."""
        state = index.data(STATE)
        if not state:
            super().paint(painter, option, index)
            return
        words = str(index.data() or "")
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        shown.text = ""
        table = shown.widget
        table.style().drawControl(table.style().ControlElement.CE_ItemViewItem, shown, painter, table)
        back, ink = present().chip(str(state))
        metrics = shown.fontMetrics
        room = QRectF(shown.rect).adjusted(SPACE - 2, 0, -2, 0)
        wide = min(metrics.horizontalAdvance(words) + SPACE * 2, int(room.width()))
        high = metrics.height() + 6
        place = QRectF(room.left(), room.center().y() - high / 2, wide, high)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ink)
        painter.setBrush(back)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), high / 2, high / 2)
        elided = metrics.elidedText(words, Qt.TextElideMode.ElideRight, wide - SPACE)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, elided)
        painter.restore()
