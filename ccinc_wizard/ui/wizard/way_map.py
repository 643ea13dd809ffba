"""The map of the whole way: every question, where one can turn off, and what it comes to. Drawn, and in words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.outcome import OutcomeKind, Way, ways
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.dialogs import ReadingWindow
from ccinc_wizard.ui.kit.widgets import button, label, reading_width, section, selectable
from ccinc_wizard.ui.wizard.path_list import PathState, draw_mark, state_at, step_name
from ccinc_wizard.ui.wizard.session import Session

_WIDTH, _LINES = 78, 48
_ROW = 2.3
_BOX_GAP = 1.2
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


class MapWindow(ReadingWindow):
    """Opens beside the present page and shows where one is."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        texts = session.services.texts
        super().__init__("map_window", texts("wizard.map.title"), parent=parent)
        outcome = session.judgement.outcome
        here = session.step
        self.add(label(texts("wizard.map.here", step=step_name(texts, here)), name="map_here"))
        self.add(WayMap(texts, here, outcome.kind if outcome else _towards(session)))
        self.add(section(texts("wizard.map.in_words")))
        for number, way in enumerate(ways(), start=1):
            self.add(selectable(way_in_words(texts, way), name=f"map_way_{number}", tab=True))
        self.resize(self.width(), self.fontMetrics().height() * _LINES)
        self.finish(button(texts("wizard.map.close"), name="map_close", kind="primary", action=self.accept))


class WayMap(QWidget):
    """The drawing. What it shows stands in words beside it, so a screen reader passes it by."""

    def __init__(self, texts: Texts, here: StepId, towards: OutcomeKind | None) -> None:
        super().__init__()
        self.setObjectName("way_map")
        self._texts, self._here, self._towards = texts, here, towards
        self._ways = [way for way in ways() if way.situation is not None]
        self._asides = [way for way in ways() if way.situation is None]
        self._trunk: list[StepId] = [step for step in StepId if step is not StepId.RESULT]
        self.setMinimumWidth(reading_width(self, _WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the words in the boxes need at this width."""
        self.setFixedHeight(round(self._boxes()[0].bottom() + self._unit() / 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line of questions, the ways that turn off it, and the boxes they end in."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_asides(painter)
        self._draw_ends(painter)
        self._draw_trunk(painter)
        painter.end()

    def _draw_trunk(self, painter: QPainter) -> None:
        unit, order = self._unit(), list(StepId)
        painter.setPen(QPen(self._faint(), unit * 0.15))
        painter.drawLine(self._node(0), self._node(len(self._trunk) - 1))
        for number, step in enumerate(self._trunk):
            at = self._node(number)
            state = state_at(order.index(step) - order.index(self._here))
            painter.setFont(self._font())
            painter.setPen(self._ink())
            draw_mark(painter, self.palette(), QRectF(at.x() - unit * 0.8, at.y() - unit * 0.8, unit * 1.6, unit * 1.6),
                      state, str(number + 1))  # fmt: skip
            painter.setFont(self._font(bold=state is PathState.CURRENT))
            words = QRectF(at.x() + unit * 1.3, at.y() - unit, self.width() * 0.5, unit * 2)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, step_name(self._texts, step))

    def _draw_asides(self, painter: QPainter) -> None:
        """From each question that takes an honest "I don't know" to the help with it."""
        box, unit = self._aside_box(), self._unit()
        chosen = self._towards is OutcomeKind.REFERRAL
        for way in self._asides:
            at = self._node(self._trunk.index(way.steps[-2]))
            bold = QFontMetrics(self._font(bold=True))
            words = bold.horizontalAdvance(step_name(self._texts, way.steps[-2]))
            start = QPointF(at.x() + unit * 2 + words, at.y())
            painter.setPen(self._line(chosen, dashed=True))
            painter.drawLine(start, QPointF(box.left(), at.y()))
        self._draw_box(painter, box, self._texts("choices.role.unknown.label"), OutcomeKind.REFERRAL)

    def _draw_ends(self, painter: QPainter) -> None:
        unit, start = self._unit(), self._node(len(self._trunk) - 1)
        boxes = dict(zip(self._ways, self._boxes(), strict=True))
        # The way that is gone comes last, over the others.
        for way in sorted(self._ways, key=lambda way: way.outcome is self._towards):
            box, turn = boxes[way], start.y() + unit * 1.7
            path = QPainterPath(start)
            path.lineTo(start.x(), turn)
            path.lineTo(box.left() + unit * 1.5, turn)
            path.lineTo(box.left() + unit * 1.5, box.top())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._line(way.outcome is self._towards))
            painter.drawPath(path)
        for way, box in boxes.items():
            self._draw_box(painter, box, self._texts(f"choices.situation.{way.situation}.short"), way.outcome)

    def _draw_box(self, painter: QPainter, box: QRectF, why: str, outcome: OutcomeKind) -> None:
        chosen, unit, palette = outcome is self._towards, self._unit(), self.palette()
        there = chosen and self._here is StepId.RESULT
        painter.setBrush(palette.highlight() if there else palette.alternateBase())
        painter.setPen(self._line(chosen))
        painter.drawRoundedRect(box, unit * 0.4, unit * 0.4)
        painter.setPen(palette.highlightedText().color() if there else self._ink())
        inner = box.adjusted(unit * 0.6, unit * 0.5, -unit * 0.6, -unit * 0.5)
        painter.setFont(self._font())
        used = painter.drawText(inner, _WRAP, why)
        painter.setFont(self._font(bold=True))
        title = self._texts(f"result.title.{outcome}")
        painter.drawText(inner.adjusted(0, used.height() + unit * 0.3, 0, 0), _WRAP, title)

    def _boxes(self) -> list[QRectF]:
        """The places of the three ends, all as high as the fullest."""
        unit, count = self._unit(), len(self._ways)
        wide = (self.width() - unit * _BOX_GAP * (count - 1) - 2) / count
        top = self._node(len(self._trunk) - 1).y() + unit * 2.8
        words = {way: self._texts(f"choices.situation.{way.situation}.short") for way in self._ways}
        high = max(self._needed(wide, why, way) for way, why in words.items())
        return [QRectF(1 + place * (wide + unit * _BOX_GAP), top, wide, high) for place in range(count)]

    def _aside_box(self) -> QRectF:
        unit = self._unit()
        first, last = (self._node(self._trunk.index(way.steps[-2])) for way in (self._asides[0], self._asides[-1]))
        left = self.width() * 0.62
        wide = self.width() - left - 1
        high = max(self._needed(wide, self._texts("choices.role.unknown.label"), self._asides[0]), last.y() - first.y())
        middle = (first.y() + last.y()) / 2
        return QRectF(left, middle - high / 2 - unit * 0.2, wide, high + unit * 0.4)

    def _needed(self, wide: float, why: str, way: Way) -> float:
        unit, room = self._unit(), QRectF(0, 0, wide - self._unit() * 1.2, 10_000).toRect()
        title = self._texts(f"result.title.{way.outcome}")
        lines = self.fontMetrics().boundingRect(room, _WRAP, why).height()
        return lines + QFontMetrics(self._font(bold=True)).boundingRect(room, _WRAP, title).height() + unit * 1.4

    def _node(self, number: int) -> QPointF:
        unit = self._unit()
        return QPointF(unit * 1.5, unit * (1.1 + number * _ROW))

    def _unit(self) -> float:
        return float(self.fontMetrics().height())

    def _font(self, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setBold(bold)
        return font

    def _line(self, chosen: bool, *, dashed: bool = False) -> QPen:
        """The way one goes is thicker as well as in the accent's colour."""
        colour, thick = (self.palette().highlight().color(), 0.2) if chosen else (self._faint(), 0.1)
        pen = QPen(colour, self._unit() * thick)
        pen.setStyle(Qt.PenStyle.DashLine if dashed and not chosen else Qt.PenStyle.SolidLine)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _ink(self) -> QColor:
        return self.palette().windowText().color()

    def _faint(self) -> QColor:
        return self.palette().color(QPalette.ColorRole.PlaceholderText)


def way_in_words(texts: Texts, way: Way) -> str:
    """One way as a sentence, for who does not see the map."""
    first = texts(f"choices.situation.{way.situation}.label") if way.situation else texts("wizard.map.unsure")
    names = [step_name(texts, step) for step in way.steps if step is not StepId.RESULT]
    return texts("wizard.map.way", first=first, steps=" → ".join([*names, texts(f"result.title.{way.outcome}")]))


def _towards(session: Session) -> OutcomeKind | None:
    """Where the answers so far lead, if they go on as usual."""
    situation = session.answers.situation
    return next((way.outcome for way in ways() if situation is not None and way.situation is situation), None)
