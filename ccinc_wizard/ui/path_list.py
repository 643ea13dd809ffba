"""The drawn path at the side: where one is, what is done and what comes. A list to read, not to click."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain import flow
from ccinc_wizard.domain.flow import StepId
from ccinc_wizard.ui.beside import PLAIN_TEXT
from ccinc_wizard.ui.path_mark import PathState, draw_mark
from ccinc_wizard.ui.session import Session
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import button, column, label, restyle

_HEIGHT, _MARK = 2.3, 1.7
"""Of a step and of its mark, in lines of text."""
_LINE = 1.5
"""How wide the line between two marks is."""


class PathStep(QLabel):
    """The name of a step, with its mark and the pieces of the line to its neighbours."""

    def __init__(self, step: StepId) -> None:
        super().__init__()
        self.setObjectName(f"steps_{step}")
        self.setProperty("textFormat", PLAIN_TEXT)
        self._state, self._number, self._last = PathState.COMING, 1, False
        line = self.fontMetrics().height()
        self._mark = line * _MARK
        self.setMinimumHeight(round(line * _HEIGHT))
        self.setIndent(round(self._mark + line * 0.8))

    def show_place(self, texts: Texts, name: str, state: PathState, number: int, *, last: bool) -> None:
        """Show the step in its state; the room is that of the present step's bold letters, so nothing moves."""
        self._state, self._number, self._last = state, number, last
        self.setText(name)
        self.setAccessibleName(f"{name}: {texts(f'wizard.step_state.{state}')}")
        bold = QFont(self.font())
        bold.setBold(True)
        self.setMinimumWidth(self.indent() + QFontMetrics(bold).horizontalAdvance(name) + SPACE * 2)
        restyle(self, "state", state.value)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words are the label's own; the mark stands before them."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(SPACE / 2, (self.height() - self._mark) / 2, self._mark, self._mark)
        middle = place.center().x()
        line, left = QPainterPath(), middle - _LINE / 2
        if self._number > 1:
            line.addRect(QRectF(left, 0, _LINE, place.top()))
        if not self._last:
            line.addRect(QRectF(left, place.bottom(), _LINE, self.height() - place.bottom()))
        painter.fillPath(line, self.palette().placeholderText())
        draw_mark(painter, self.palette(), place, self._state, str(self._number))
        painter.end()


class PathList(QFrame):
    """The steps of the present path under how far one is, and the way to the map of all ways."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("steps")
        self._session = session
        self._heading = label("", "muted", name="step_count")
        self._steps = {step: PathStep(step) for step in StepId}
        words = session.services.texts("wizard.map.button")
        self.map_button = button(words, name="map_button", kind="link", action=self._show_map)
        steps = column(*self._steps.values(), gap=0)
        layout = column(self._heading, steps, self.map_button, gap=SPACE, margins=SPACE * 2)
        layout.addStretch(1)
        self.setLayout(layout)

    def refresh(self) -> None:
        """Show the present place on the present path."""
        texts, here = self._session.services.texts, self._session.step
        steps = flow.path(self._session.answers)
        place = steps.index(here)
        self._heading.setText(texts("wizard.step_of", number=place + 1, total=len(steps)))
        for step, shown in self._steps.items():
            shown.setVisible(step in steps)
            if step in steps:
                number = steps.index(step)
                state = _state(number - place)
                shown.show_place(texts, step_name(texts, step), state, number + 1, last=number + 1 == len(steps))

    def _show_map(self) -> None:
        from ccinc_wizard.ui.way_map import MapWindow

        MapWindow(self._session, self.window()).open()


def step_name(texts: Texts, step: StepId) -> str:
    """What a step is called in the list at the side and on the map."""
    return texts(f"wizard.{step}.step")


def _state(ahead: int) -> PathState:
    return PathState.CURRENT if ahead == 0 else PathState.DONE if ahead < 0 else PathState.COMING
