"""The round mark of a step: its number, filled where one is, with a check mark once it is done."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPainterPathStroker, QPalette

_CHECK = ((0.30, 0.52), (0.45, 0.66), (0.71, 0.36))


class PathState(StrEnum):
    """Where a step lies from where one is; also the last word of its key in the texts."""

    DONE = "done"
    CURRENT = "current"
    COMING = "coming"


def draw_mark(painter: QPainter, palette: QPalette, place: QRectF, state: PathState, number: str) -> None:
    """Draw the mark. Form and sign tell the state; the colour only repeats it.

    All of it is filled and nothing drawn with a pen: to give a painter one loads all of Qt's enums, a tenth of a start.
    """
    thick = place.height() / 13
    accent, base = palette.highlight(), palette.base()
    line = palette.placeholderText() if state is PathState.COMING else accent
    painter.fillPath(_disc(place, thick * 0.5), line)
    painter.fillPath(_disc(place, thick * 1.5), accent if state is PathState.CURRENT else base)
    if state is PathState.DONE:
        painter.fillPath(_check(place, thick * 1.5), line)
        return
    text = palette.highlightedText() if state is PathState.CURRENT else palette.windowText()
    painter.fillPath(_written(number, place, painter.font(), bold=state is PathState.CURRENT), text)


def _disc(place: QRectF, within: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(place.adjusted(within, within, -within, -within))
    return path


def _check(place: QRectF, width: float) -> QPainterPath:
    first, *others = (place.topLeft() + QPointF(x, y) * place.height() for x, y in _CHECK)
    path = QPainterPath(first)
    for point in others:
        path.lineTo(point)
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    return stroker.createStroke(path)


def _written(number: str, place: QRectF, like: QFont, *, bold: bool) -> QPainterPath:
    font = QFont(like)
    font.setPointSizeF(font.pointSizeF() * 0.85)
    font.setBold(bold)
    path = QPainterPath()
    path.addText(QPointF(), font, number)
    middle = place.center() - path.boundingRect().center()
    path.translate(middle)
    return path
