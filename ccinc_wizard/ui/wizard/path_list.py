"""The drawn path at the side: where one is, what is done and what comes. One goes back there to what is done."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain import questions
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import PLAIN_TEXT, Words, button, column, label, restyle
from ccinc_wizard.ui.wizard.session import Session

_HEIGHT, _MARK = 2.3, 1.7
"""Of a step and of its mark, in lines of text."""
_NUMBER = 0.85
"""Of the number in a mark, in letters of its step."""
_WIDEST = 20
"""Of a step's name, in average characters: a longer one takes two lines, and leaves the page its room."""
_MIDDLE = 0x84
"""Of a place, by the number of Qt's flag, whose list would hold the first page up."""
_LINE = 1.5
"""How wide the line between two marks is."""


class PathStep(Words):
    """The name of a step, with its mark and the pieces of the line to its neighbours."""

    chosen = Signal()
    """It is done, and was clicked, or pressed by keyboard or screen reader."""
    opened = Signal()
    """It is done for the first time, so that Tab comes by."""

    def __init__(self, step: StepId) -> None:
        super().__init__()
        self.setObjectName(f"steps_{step}")
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setWordWrap(True)
        self._state, self._number, self._last, self._flat = PathState.COMING, 1, False, False
        self.way_back: QPushButton | None = None
        """Lies over the whole step once it is done; to the mouse the step itself answers."""
        line = self.fontMetrics().height()
        self._mark = line * _MARK
        self.setMinimumHeight(round(line * _HEIGHT))
        self.setIndent(round(self._mark + line * 0.8))

    def show_place(self, texts: Texts, name: str, state: PathState, number: int, *, last: bool, flat: bool) -> None:
        """Show the step in its state; the room is that of the present step's bold letters, so nothing moves.

        In a `flat` row it is its mark alone, and tells its name when one points at it.
        """
        self._state, self._number, self._last, self._flat = state, number, last, flat
        self.setText("" if flat else name)
        self.setToolTip(name if flat else "")
        self.setAccessibleName(f"{name}: {texts(f'wizard.step_state.{state}')}")
        bold = QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        longest = max(map(metrics.horizontalAdvance, name.split()), default=0)
        words = max(min(metrics.horizontalAdvance(name), metrics.averageCharWidth() * _WIDEST), longest)
        self.setFixedWidth(round(self._mark) + SPACE if flat else self.indent() + words + SPACE * 2)
        restyle(self, "state", state.value)
        if state is PathState.DONE:
            self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()
        self._offer_way_back(texts("wizard.step_back", step=name))
        self.update()

    def _offer_way_back(self, spoken: str) -> None:
        done = self._state is PathState.DONE
        if done and self.way_back is None:
            made = button("", name=f"{self.objectName()}_back", kind="link", action=self.chosen.emit)
            made.setParent(self)
            made.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            made.resize(self.size())
            self.way_back = made
            self.opened.emit()
        if self.way_back is not None:
            self.way_back.setAccessibleName(spoken)
            self.way_back.setVisible(done)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.way_back is not None:
            self.way_back.resize(self.size())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """What is done can be opened again."""
        if self._state is PathState.DONE and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def minimumSizeHint(self) -> QSize:
        """Qt takes a label whose words are indented for one that cannot wrap."""
        return QSize(self.minimumWidth(), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words are the label's own; the mark stands before them."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(SPACE / 2, (self.height() - self._mark) / 2, self._mark, self._mark)
        line, left, top = QPainterPath(), place.center().x() - _LINE / 2, place.center().y() - _LINE / 2
        right, below = self.width() - place.right(), self.height() - place.bottom()
        if self._number > 1:
            line.addRect(*((0, top, place.left(), _LINE) if self._flat else (left, 0, _LINE, place.top())))
        if not self._last:
            line.addRect(*((place.right(), top, right, _LINE) if self._flat else (left, place.bottom(), _LINE, below)))
        painter.fillPath(line, self.palette().placeholderText())
        draw_mark(painter, self.palette(), place, self._state, str(self._number))
        painter.end()


class PathList(QFrame):
    """The steps of the present path under how far one is, and the way to the map of all ways."""

    map_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("steps")
        self._session, self._flat = session, False
        self._heading = label("", "muted", name="step_count")
        self._steps = {step: PathStep(step) for step in StepId}
        for step, shown in self._steps.items():
            shown.chosen.connect(partial(session.go, step))
            shown.opened.connect(self.order_tabs)
        words = session.services.texts("wizard.map.button")
        self.map_button = button(words, name="map_button", kind="link", action=self.map_wanted.emit)
        self._line = column(*self._steps.values(), gap=0)
        self._parts = column(self._heading, self._line, self.map_button, gap=SPACE, margins=SPACE * 2)
        self._parts.addStretch(1)
        self.setLayout(self._parts)

    def order_tabs(self) -> None:
        """Let Tab come by the steps that are done before it comes to the map."""
        for shown in self._steps.values():
            before = self.map_button.previousInFocusChain()
            if shown.way_back is not None and before is not None:
                QWidget.setTabOrder(before, shown.way_back)

    def lie(self, flat: bool) -> None:
        """Lie above the page, each step as its mark; or stand beside it, each with its name."""
        self._flat = flat
        self._heading.setWordWrap(not flat)
        for parts in (self._parts, self._line):
            parts.setDirection(parts.Direction.LeftToRight if flat else parts.Direction.TopToBottom)
        self.refresh()

    def refresh(self) -> None:
        """Show the present place on the present path."""
        texts, here = self._session.services.texts, self._session.step
        steps = questions.path(self._session.answers)
        place = steps.index(here)
        self._heading.setText(texts("wizard.step_of", number=place + 1, total=len(steps)))
        for step, shown in self._steps.items():
            shown.setVisible(step in steps)
            if step in steps:
                number = steps.index(step)
                state = state_at(number - place)
                name, last = step_name(texts, step), number + 1 == len(steps)
                shown.show_place(texts, name, state, number + 1, last=last, flat=self._flat)
        # At once: the page beside it would else move by a few pixels in the next turn.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def step_name(texts: Texts, step: StepId) -> str:
    """What a step is called in the list at the side and on the map."""
    return texts(f"wizard.{step}.step")


def state_at(ahead: int) -> PathState:
    """That of a step so many further on than where one is."""
    return PathState.CURRENT if ahead == 0 else PathState.DONE if ahead < 0 else PathState.COMING


_CHECK = ((0.30, 0.52), (0.45, 0.66), (0.71, 0.36))


class PathState(StrEnum):
    """Where a step lies from where one is; also the last word of its key in the texts."""

    DONE = "done"
    CURRENT = "current"
    COMING = "coming"


def draw_mark(painter: QPainter, palette: QPalette, place: QRectF, state: PathState, number: str) -> None:
    """Draw the mark. Form and sign tell the state; the colour only repeats it.

    A number to come is in the painter's letters and pen. All else is filled: to give a painter a pen loads all of Qt's
    enums, a tenth of a start.
    """
    thick = place.height() / 13
    accent, base = palette.highlight(), palette.base()
    line = palette.placeholderText() if state is PathState.COMING else accent
    painter.fillPath(_disc(place, thick * 0.5), line)
    painter.fillPath(_disc(place, thick * 1.5), accent if state is PathState.CURRENT else base)
    if state is PathState.DONE:
        painter.fillPath(_check(place, thick * 1.5), line)
        return
    painter.save()
    # Letters of a further size would have to be looked for among all that there are.
    painter.translate(place.center())
    painter.scale(_NUMBER, _NUMBER)
    if state is PathState.CURRENT:
        painter.fillPath(_written(number, painter.font()), palette.highlightedText())
    else:
        painter.drawText(place.translated(-place.center()), _MIDDLE, number)
    painter.restore()


def _disc(place: QRectF, within: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(place.adjusted(within, within, -within, -within))
    return path


def _check(place: QRectF, width: float) -> QPainterPath:
    first, *others = (place.topLeft() + QPointF(x, y) * place.height() for x, y in _CHECK)
    path = QPainterPath(first)
    for point in others:
        path.lineTo(point)
    stroker = QtGui.QPainterPathStroker()
    stroker.setWidth(width)
    return stroker.createStroke(path)


def _written(number: str, like: QFont) -> QPainterPath:
    """In bold letters, with its middle at the origin."""
    font = QFont(like)
    font.setBold(True)
    path = QPainterPath()
    path.addText(QPointF(), font, number)
    path.translate(-path.boundingRect().center())
    return path
