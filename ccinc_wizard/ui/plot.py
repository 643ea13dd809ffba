"""Horizontal bars, painted by hand: one small picture needs no plotting library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_NAME_SHARE = 0.3


class BarPlot(QWidget):
    """Counts or scores as bars with their numbers; a screen reader gets them as text."""

    def __init__(self, name: str, title: str, bars: Sequence[tuple[str, int]], full: int) -> None:
        """`full` is the number that a whole bar stands for."""
        super().__init__()
        self.setObjectName(name)
        self._bars, self._full = tuple(bars), max(full, 1)
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(f"{words}: {number}" for words, number in self._bars))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as its bars."""
        return QSize(400, self._line() * max(len(self._bars), 1))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Name, bar and number on a line each, in the theme's colours."""
        painter, palette, line = QPainter(self), self.palette(), self._line()
        names = self.width() * _NAME_SHARE
        number_room = self.fontMetrics().horizontalAdvance(f" {self._full} ")
        room = self.width() - names - number_room
        for place, (words, number) in enumerate(self._bars):
            top, gap = place * line, line * 0.2
            painter.setPen(palette.windowText().color())
            shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(names) - line // 2)
            painter.drawText(QRectF(0, top, names, line), Qt.AlignmentFlag.AlignVCenter, shown)
            length = room * number / self._full
            painter.fillRect(QRectF(names, top + gap, length, line - 2 * gap), palette.highlight())
            painter.drawRect(QRectF(names, top + gap, room, line - 2 * gap))
            beside = QRectF(names + room, top, number_room, line)
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(number))
        painter.end()

    def _line(self) -> int:
        return self.fontMetrics().height() * 2
