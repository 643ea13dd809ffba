"""The two views of a call: all on one screen, and one page at a time. Both show the same session."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from ccinc_wizard.domain import calls
from ccinc_wizard.domain.calls import CallStep
from ccinc_wizard.ui.helpdesk.call_session import CallSession
from ccinc_wizard.ui.helpdesk.choices import Kind, call_choices
from ccinc_wizard.ui.helpdesk.script import CallScript
from ccinc_wizard.ui.helpdesk.tools import Tools
from ccinc_wizard.ui.side_area import SideArea
from ccinc_wizard.ui.theme import READING_WIDTH, SPACE
from ccinc_wizard.ui.widgets import button, column, reading_width, row

_CHOICES_WIDTH = 38


class View(StrEnum):
    """Which view is shown; the value is kept in the settings."""

    PAGES = "pages"
    ONE_SCREEN = "one_screen"


class CallView(QWidget):
    """What both views have in common."""

    script: CallScript

    def refresh(self) -> None:
        """Show the session's call."""
        self.script.refresh()


class OneScreen(CallView):
    """For who does this all day: every choice at once, and beside them what belongs to the present step."""

    def __init__(self, session: CallSession, tools: Tools) -> None:
        super().__init__()
        self.setObjectName("call_one_screen")
        self._session = session
        self._groups = [call_choices(session, kind) for kind in Kind]
        body = QWidget()
        body.setLayout(column(*self._groups, gap=SPACE, margins=SPACE))
        self._side = SideArea("call_choices", session.services.texts("helpdesk.title"), _CHOICES_WIDTH)
        self._side.hold(body)
        self.script = CallScript(session, tools)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side)
        layout.addWidget(_scrolled("call_script", self.script), 1)

    def refresh(self) -> None:
        for group in self._groups:
            group.show_call(self._session.call)
        super().refresh()


class OnePage(CallView):
    """For who does this now and then: a page for each question, and Back."""

    def __init__(self, session: CallSession, tools: Tools) -> None:
        super().__init__()
        self.setObjectName("call_one_page")
        self._session = session
        texts = session.services.texts
        back = button(texts("wizard.back"), name="call_back_button", action=session.take_back)
        self.script = CallScript(session, tools, self._page_choices)
        self._buttons = buttons = QFrame()
        buttons.setObjectName("button_row")
        line = row(back)
        line.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE)
        buttons.setLayout(line)
        layout = column(_scrolled("call_page", self.script), gap=0)
        layout.addWidget(buttons)
        self.setLayout(layout)

    def refresh(self) -> None:
        super().refresh()
        self._buttons.setVisible(self._session.step is not CallStep.CALLER)

    def _page_choices(self, step: CallStep) -> list[QWidget]:
        call = self._session.call
        asked = [] if step is CallStep.RESULT else [call_choices(self._session, Kind(step.value), titled=False)]
        how = [call_choices(self._session, Kind.SITUATION)] if len(calls.situations(call)) > 1 else []
        return [*asked, *how]


def _scrolled(name: str, inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setObjectName(name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setProperty("focusPolicy", "NoFocus")
    inner.setMaximumWidth(reading_width(area, READING_WIDTH))
    whole = column(inner, margins=SPACE * 3)
    whole.addStretch(1)
    holder, outer = QWidget(), QHBoxLayout()
    # A row, not a column: only a row asks the wrapped text how high it is at the width it really gets.
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addLayout(whole, 1)
    outer.addStretch(0)
    holder.setLayout(outer)
    area.setWidget(holder)
    return area


def make_view(view: View, session: CallSession, tools: Tools) -> CallView:
    """The view of this kind on the session."""
    made = OneScreen(session, tools) if view is View.ONE_SCREEN else OnePage(session, tools)
    made.refresh()
    return made
