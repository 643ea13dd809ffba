"""A bar for each exam, painted by hand: one small picture needs no plotting library."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_FULL = 100
_NAME_SHARE = 0.3


class ScorePlot(QWidget):
    """Scores of 0 to 100 as horizontal bars with their numbers; a screen reader gets them as text."""

    def __init__(self, title: str, scores: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self.setObjectName("training_plot")
        self._scores = tuple(scores)
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(f"{name}: {score}" for name, score in self._scores))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as its bars."""
        return QSize(400, self._line() * max(len(self._scores), 1))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Name, bar and number on a line each, in the theme's colours."""
        painter, palette, line = QPainter(self), self.palette(), self._line()
        names = self.width() * _NAME_SHARE
        number_room = self.fontMetrics().horizontalAdvance(f" {_FULL} ")
        room = self.width() - names - number_room
        for place, (name, score) in enumerate(self._scores):
            top, gap = place * line, line * 0.2
            painter.setPen(palette.windowText().color())
            shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(names) - line // 2)
            painter.drawText(QRectF(0, top, names, line), Qt.AlignmentFlag.AlignVCenter, shown)
            length = room * score / _FULL
            painter.fillRect(QRectF(names, top + gap, length, line - 2 * gap), palette.highlight())
            painter.drawRect(QRectF(names, top + gap, room, line - 2 * gap))
            number = QRectF(names + room, top, number_room, line)
            painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(score))
        painter.end()

    def _line(self) -> int:
        return self.fontMetrics().height() * 2
