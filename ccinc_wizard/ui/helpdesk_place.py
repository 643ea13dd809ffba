"""The helpdesk's place in the main window. Light to load: what it shows comes with the mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.services import Services

if TYPE_CHECKING:
    from ccinc_wizard.ui.helpdesk.call_session import CallSession
    from ccinc_wizard.ui.helpdesk.desk import HelpdeskDesk


class HelpdeskPlace:
    """Outlives the desk: the calls go on when the language or the mode changes."""

    def __init__(self, services: Services, show_title: Callable[[str], None]) -> None:
        self.calls: CallSession | None = None
        self.desk: HelpdeskDesk | None = None
        self._services, self._show_title = services, show_title
        self._views: QStackedWidget | None = None
        self._counting = False

    @property
    def wanted(self) -> bool:
        """Whether the mode is the helpdesk's."""
        return self._services.mode is Mode.HELPDESK

    def begin(self, views: QStackedWidget) -> None:
        """The window is made anew. The place is empty so far: the desk needs the facts, after the first paint."""
        self._counting = self.desk is not None and self.desk.counting
        self._views, self.desk = views, None
        if self.wanted:
            views.setCurrentIndex(views.addWidget(QWidget()))

    def open(self) -> None:
        """Bring the call to the front, where that is the mode."""
        if not self.wanted or self._views is None:
            return
        from ccinc_wizard.ui.helpdesk.call_session import CallSession
        from ccinc_wizard.ui.helpdesk.desk import HelpdeskDesk

        if self.calls is None:
            self.calls = CallSession(self._services)
        if self.desk is None:
            self.desk = HelpdeskDesk(self.calls, self._show_title)
            self._views.addWidget(self.desk)
        self._views.setCurrentWidget(self.desk)
        self.desk.show_call()
        if self._counting:
            self._counting = False
            self.desk.show_counts()

    def next_call(self) -> None:
        """End this call and begin another."""
        self.open()
        if self.calls is not None:
            self.calls.next_call()

    def end(self) -> None:
        """The window closes: count what was begun."""
        if self.calls is not None:
            self.calls.end()
