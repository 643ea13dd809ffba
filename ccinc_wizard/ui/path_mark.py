"""The round mark of a step: its number, filled where one is, with a check mark once it is done."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter, QPalette, QPen

CENTRE = 0x84
"""Qt's AlignCenter, by its number: naming Qt's enums would hold the first page up."""
_CHECK = ((0.30, 0.52), (0.45, 0.66), (0.71, 0.36))


class PathState(StrEnum):
    """Where a step lies from where one is; also the last word of its key in the texts."""

    DONE = "done"
    CURRENT = "current"
    COMING = "coming"


def draw_mark(painter: QPainter, palette: QPalette, place: QRectF, state: PathState, number: str) -> None:
    """Draw the mark. Form and sign tell the state; the colour only repeats it."""
    thick = place.height() / 13
    accent, base, faint = palette.highlight(), palette.base(), palette.placeholderText()
    line = accent if state is not PathState.COMING else faint
    painter.setPen(QPen(line.color(), thick))
    painter.setBrush(accent if state is PathState.CURRENT else base)
    painter.drawEllipse(place.adjusted(thick, thick, -thick, -thick))
    if state is PathState.DONE:
        painter.setPen(QPen(line.color(), thick * 1.5))
        side = place.height()
        painter.drawPolyline([place.topLeft() + QPointF(x, y) * side for x, y in _CHECK])
        return
    font = QFont(painter.font())
    font.setPointSizeF(font.pointSizeF() * 0.85)
    font.setBold(state is PathState.CURRENT)
    painter.setFont(font)
    painter.setPen((palette.highlightedText() if state is PathState.CURRENT else palette.windowText()).color())
    painter.drawText(place, CENTRE, number)
