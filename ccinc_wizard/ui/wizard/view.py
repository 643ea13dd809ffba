"""The wizard: the list of steps at the side, one page at a time, and the row of buttons."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.spoken import add_layout
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, close_suggestions, press_focused, reading_width, rename, restyle, row
from ccinc_wizard.ui.wizard.page import Page
from ccinc_wizard.ui.wizard.path_list import PathList
from ccinc_wizard.ui.wizard.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

    from ccinc_wizard.ui.wizard.waiting import WaitingList

_DRAFT_DELAY_MS = 400
_BESIDE, _LYING = 84, 4
"""The least width at which the steps stand beside the page, in average characters."""


class WizardView(QWidget):
    """Shows the session's page and turns the buttons into moves. Pages are made when first shown."""

    titled = Signal(str)
    backed_out = Signal()
    """Back was wished on the first page."""

    def __init__(
        self,
        session: Session,
        make_page: Callable[[StepId, Session], Page],
        show_map: Callable[[Session, QWidget], None],
        may_clear: Callable[[Session, QWidget, Callable[[], object]], None],
    ) -> None:
        """Pages, the map of all ways and what asks come from outside: each is loaded when it is first shown."""
        super().__init__()
        self._make_page, self._show_map, self._may_clear = make_page, show_map, may_clear
        self.setObjectName("wizard")
        self.session = session
        texts = session.services.texts
        self._pages: dict[StepId, Page] = {}
        self._waiting: WaitingList | None = None
        self._narrow, self._upright = False, 0
        self._stack = QStackedWidget()
        self._steps = PathList(session)
        self._steps.map_wanted.connect(lambda: self._show_map(session, self.window()))
        self._back = button(texts("wizard.back"), name="back_button", action=self.go_back)
        self._next = button(texts("wizard.next"), name="next_button", kind="primary", action=self.go_on)
        self._cancel = button(texts("wizard.cancel"), name="cancel_button", kind="link", action=self.ask_to_clear)
        self._next.setDefault(True)
        self._lay_out()
        # Not at once: in the midst of being laid out Qt would not see that a part asks for another height.
        self._growing = QTimer(self, singleShot=True, interval=0)
        self._growing.timeout.connect(self._place_foot)
        self._draft = QTimer(self, singleShot=True, interval=_DRAFT_DELAY_MS)
        self._draft.timeout.connect(session.keep_draft)
        session.edited.connect(self._draft.start)
        session.edited.connect(self._steps.refresh)
        session.edited.connect(lambda: self._page(session.step).show_marks())
        session.moved.connect(self.show_step)
        session.refused.connect(lambda found: self._page(session.step).show_problems(found))

    def show_step(self, step: StepId) -> None:
        """Open a page on the present answers, with the focus on its first question."""
        page = self._page(step)
        page.show_problems([])
        page.show_answers()
        page.show_marks()
        self._stack.setCurrentWidget(page)
        self._place_foot()
        page.ensureVisible(0, 0)
        self._back.setVisible(step is not StepId.SITUATION)
        rename(self._next, page.next_text())
        # A result has a main button of its own.
        restyle(self._next, "kind", "" if step is StepId.RESULT else "primary")
        self._steps.refresh()
        if step is StepId.SITUATION:
            self._ask_what_waits()
        # What another view hides takes neither its title nor its focus: the log may be in front when it answers.
        if self.isVisible() or not self.window().isVisible():
            self.titled.emit(page.title.text())
            page.focus_first()

    def show_waiting(self, waiting: WaitingList) -> None:
        """Show from now on beside the first question what waits."""
        if self._waiting is not None:
            self._waiting.setParent(None)
            self._waiting.deleteLater()
        self._waiting = waiting
        self._page(StepId.SITUATION).stand_beside(waiting)
        self._ask_what_waits()

    def _ask_what_waits(self) -> None:
        if self._waiting is not None:
            self._waiting.ask()

    def settle(self) -> None:
        """Once in the window, which is when Qt puts Tab's round in order: put the focus where one starts."""
        self.end_round([])
        self._page(self.session.step).focus_first()

    def end_round(self, foot: list[QWidget]) -> None:
        """What stands at the foot of the window is last; then steps and map, where Tab's round begins again.

        One begins at the question.
        """
        for before, after in pairwise([self._next, *foot, self._steps.map_button]):
            QWidget.setTabOrder(before, after)
        self._steps.order_tabs()

    def go_back(self) -> None:
        """Back to the page before."""
        if self.session.step is StepId.SITUATION:
            self.backed_out.emit()
        else:
            self.session.retreat()

    def go_on(self) -> None:
        """Next; on the last page, a new request."""
        if self.session.step is StepId.RESULT:
            self.session.leave(self.session.restart)
        elif not self._page(self.session.step).press_enter():
            self.session.advance()

    def ask_to_clear(self, then: Callable[[], object] | None = None) -> None:
        """Empty everything, or do something else with the wizard; what cannot be brought back goes once one says so."""
        leave = partial(self.session.leave, then or self.session.restart)
        if self.session.answers.number_text:
            self._may_clear(self.session, self, leave)
        else:
            leave()

    def _page(self, step: StepId) -> Page:
        if step not in self._pages:
            self._pages[step] = self._make_page(step, self.session)
            self._stack.addWidget(self._pages[step])
            self._pages[step].grown.connect(self._growing.start)
        return self._pages[step]

    def _place_foot(self) -> None:
        """The buttons stand under a short page, and under the window's edge of one that scrolls."""
        # Before it is shown no part of it has its width, and the first paint would come with a page of no height.
        if self.isVisible() and isinstance(page := self._stack.currentWidget(), Page):
            height = max(page.whole_height(self._stack.width()), 1)
            if height != self._stack.maximumHeight():
                self._stack.setMaximumHeight(height)
                # In this turn, so that the buttons are seen in no place between.
                QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def showEvent(self, event: QShowEvent) -> None:
        """All within it has been laid out by now."""
        super().showEvent(event)
        self._place_foot()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses, wherever the focus is but in a field in which one writes."""
        if not self._page(self.session.step).press_digit(event):
            super().keyPressEvent(event)

    def press_enter(self) -> None:
        """Take the suggestion or press the button that has the focus, else go on."""
        pressed = close_suggestions() or press_focused(self.window())
        # On the last page a second Enter would leave a result that nobody has looked at.
        if not pressed and self.session.step is not StepId.RESULT:
            self.go_on()

    def _lay_out(self) -> None:
        buttons = QFrame()
        buttons.setObjectName("button_row")
        bar = row(self._back, self._cancel, self._next)
        bar.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE)
        buttons.setLayout(bar)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(buttons)
        right.addStretch(0)
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self._steps)
        add_layout(self._whole, right, 1)

    def minimumSizeHint(self) -> QSize:
        """That of the page with the steps above it, which they are where it gets too low for them."""
        least = super().minimumSizeHint()
        lying = self._stack.minimumSizeHint().height() + self._next.sizeHint().height() * _LYING
        return least if self._narrow else QSize(least.width(), min(least.height(), lying))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the steps would leave the page too little room beside them, or have too little, they lie above it."""
        super().resizeEvent(event)
        if not self._narrow:
            self._upright = self._steps.minimumSizeHint().height()
        narrow = self.width() < reading_width(self, _BESIDE) or self.height() < self._upright
        if narrow is not self._narrow:
            self._narrow = narrow
            way = self._whole.Direction
            # Never all steps above the page, for which the window would grow.
            self._whole.setDirection(way.LeftToRight)
            self._steps.lie(narrow)
            self._whole.setDirection(way.TopToBottom if narrow else way.LeftToRight)
            # Qt has laid out the parts for this size already, in the former way.
            self._whole.invalidate()
            self._whole.activate()
