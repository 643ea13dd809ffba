"""The helpdesk in the window: the present call in one of two views, its keys, and the tools beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QWidget

from ccinc_wizard.content.files import ContentError
from ccinc_wizard.content.texts import system_reason
from ccinc_wizard.domain.calls import Call
from ccinc_wizard.ui.helpdesk.call_session import CallSession, Tools
from ccinc_wizard.ui.helpdesk.call_side import CallSide
from ccinc_wizard.ui.helpdesk.call_views import CallCounts, DeskView, ReferenceDrawer, kind_of, make_view
from ccinc_wizard.ui.helpdesk.dialogs import NumberCheck, SpelledLink
from ccinc_wizard.ui.kit import desktop
from ccinc_wizard.ui.kit.actions import PICK_UP_KEYS, Place, listen
from ccinc_wizard.ui.kit.desktop import answer_at
from ccinc_wizard.ui.kit.screens import Scrolled
from ccinc_wizard.ui.kit.spoken import add_layout, bring_in_sight
from ccinc_wizard.ui.kit.theme import SECTION_SCALE, SPACE, scaled
from ccinc_wizard.ui.kit.undo import Offer, offer, retire
from ccinc_wizard.ui.kit.widgets import (
    button,
    column,
    group,
    label,
    press_focused,
    reading_width,
    rename,
    say,
    status_line,
)

_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_PLACES = {sign: place for row in PICK_UP_KEYS for place, sign in enumerate(row)}
_SECOND_MS = 1000
_SEPARATOR = "; "
_ROOMY = 165
"""From how many average characters on all choices have room beside the call: about 1,200 pixels."""


_BAR_ROOM = 150
"""From how many average characters on a message has room beside the buttons above the call."""


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """What is open beside the call, for the desk that is made anew. In memory only."""

    counting: bool
    looked_up: bool | None
    wanted_words: str
    checked: str | None = field(repr=False)
    """What stands in the number check; None where it is closed."""


class HelpdeskView(QWidget):
    """Follows the session. Letters choose wherever the focus is, but for fields in which one writes."""

    _unseen: tuple[str, ...] = ()
    """What letters answered besides that has not come on the screen yet: the next one may be quicker."""

    def __init__(self, session: CallSession, show_title: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("helpdesk_desk")
        self._session, self._services, self._texts = session, session.services, session.services.texts
        self._show_title = show_title
        self._tools = Tools(
            self.copy_link,
            self.mail_caller,
            self.spell_link,
            self.copy_ticket,
            self.open_reference,
            self.check_number,
            self.show_counts,
        )
        self._said, self._time = status_line("call_status"), label("", name="call_timer", wrap=False)
        self._back = button(self._texts("wizard.back"), name="call_back_button", action=session.take_back)
        self._switch = button("", name="call_view_button", action=self.switch_view)
        self._view = make_view(self._wanted_view(), session, self._tools)
        self._place = column(self._view, gap=0)
        self._side = CallSide(session, self._tools, self.switch_letters)
        self._drawer = ReferenceDrawer(session.words, self._copy, self.close_reference)
        self._looked_up: bool | None = None
        """Whether the quick reference is to be seen; unless somebody says so, where there is room for it as well."""
        self._roomy, self._said_below = False, False
        self._stack = QStackedWidget()
        self._call_page = self._make_call_page()
        self._stack.addWidget(self._call_page)
        self.setLayout(column(self._stack))
        self._back.setVisible(session.can_take_back)
        self._second = QTimer(self, interval=_SECOND_MS)
        self._second.timeout.connect(self._show_time)
        session.chosen.connect(self._refresh)
        session.troubled.connect(self._say)
        session.answered_besides.connect(self._tell_besides)
        session.typed.connect(self._retire)
        session.closed.connect(self._offer_back)
        session.erase_what_is_due()
        listen(Place.HELPDESK, self, within=True)

    @property
    def counting(self) -> bool:
        """Whether the count of calls is shown, and not the call."""
        return self._stack.currentWidget() is not self._call_page

    def leave(self) -> DeskPlace:
        """What was open beside the call, as this desk goes; its windows go first."""
        checked: str | None = None
        for window in self.findChildren(QDialog):
            if isinstance(window, NumberCheck) and window.isVisible():
                checked = window.typed
            window.close()
        return DeskPlace(self.counting, self._looked_up, self._drawer.wanted_words, checked)

    def restore(self, place: DeskPlace) -> None:
        """Open again what was open in the desk before this one."""
        self._looked_up = place.looked_up
        self._arrange()
        self._drawer.look_for(place.wanted_words)
        if place.counting:
            self.show_counts()
        if place.checked is not None:
            self.check_number(place.checked)

    def show_call(self) -> None:
        """Bring the call to the front; what was counted is counted anew the next time."""
        if (counted := self._stack.widget(1)) is not None:
            self._stack.removeWidget(counted)
            counted.deleteLater()
        self._show_title(self._texts("helpdesk.title"))
        self._view.script.title.setFocus()

    def show_counts(self) -> None:
        """The plot and the table of the calls so far."""
        try:
            kept = self._session.book.read()
        except OSError as error:
            self._say(self._texts("helpdesk.counts.unread", reason=system_reason(self._texts, error)))
            return
        view = CallCounts(self._session.words, kept)
        view.call_wanted.connect(self.show_call)
        self.show_call()
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        self._show_title(view.title.text())
        view.focus_first()

    def copy_link(self) -> None:
        """Copy the link, or say that there is none to give."""
        link = self._session.link
        if link:
            self._copy(link, self._texts("result.form_link"), "copy_link_button")
        else:
            self._say(self._texts("helpdesk.no_link"))

    def mail_caller(self) -> None:
        """A mail that repeats what the caller was told, or say that there is nothing to tell yet."""
        if (mail := self._session.mail()) is None:
            self._say(self._texts("helpdesk.no_advice"))
        elif not desktop.write_mail(*mail):
            self._say(self._texts("result.mail_not_opened"))

    def copy_ticket(self) -> None:
        """Copy the text for the ticket, at any moment of the call."""
        self._copy(self._session.ticket(), self._texts("helpdesk.ticket_text"), "copy_ticket_button")

    def spell_link(self) -> None:
        """The link as it is read out."""
        if not self._session.link:
            self._say(self._texts("helpdesk.no_link"))
            return
        try:
            window = SpelledLink(self._services, self._session.link, self)
        except ContentError as error:
            self._say(str(error))
            return
        # Nobody reads out the link of another choice.
        self._session.chosen.connect(window.close)
        self._show_only(window)

    def open_reference(self) -> None:
        """The quick reference beside the call."""
        if self.counting:
            self.show_call()
        self._looked_up = None if self._roomy else True
        self._arrange()
        self._drawer.begin()

    def close_reference(self) -> None:
        """The side of the call again."""
        self._looked_up = False if self._roomy else None
        self._arrange()
        self._view.script.title.setFocus()

    def check_number(self, typed: str = "") -> None:
        """A window that says whether a number can be right."""
        window = NumberCheck(self._services, self, typed)
        # What one caller gave is gone before the next one is on the line.
        self._session.began.connect(window.close)
        self._show_only(window)

    def go_back(self) -> None:
        """From what was counted to the call; in a call, to before the last choice."""
        if self.counting:
            self.show_call()
        else:
            self._session.take_back()

    def switch_view(self) -> None:
        """The same call in the other view, which is remembered."""
        other = DeskView.PAGES if self._wanted_view() is DeskView.ONE_SCREEN else DeskView.ONE_SCREEN
        self._services.remember(view=other.value)
        self._make_view_anew()
        self._show_switch()
        self._begin()

    def switch_letters(self, wanted: bool) -> None:
        """Let one letter or digit be enough to choose, or not; remembered as well."""
        self._services.remember(letters=wanted)
        self._make_view_anew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose, digits pick up, Backspace takes back, Escape leaves a field, Enter presses a button."""
        if self.counting and event.key() == Qt.Key.Key_Escape:
            self.show_call()
        elif self.counting or event.modifiers() & _MODIFIERS:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            press_focused(self.window())
        elif event.key() == Qt.Key.Key_Backspace:
            self._session.take_back()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_reference()
            event.ignore()
        elif not (self._services.settings.letters and self._press(event.text())):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is painted has been told."""
        if event.type() == QEvent.Type.Paint:
            self._unseen = ()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """The clock runs while it can be seen."""
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the clock any more."""
        self._second.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is beside the call goes below it where the window is too narrow for both."""
        super().resizeEvent(event)
        self._arrange()
        if type(self._view) is not kind_of(self._wanted_view()):
            # Not in the midst of being laid out.
            QTimer.singleShot(0, self, self._follow_room)

    def _follow_room(self) -> None:
        focused = self.window().focusWidget()
        if type(self._view) is kind_of(self._wanted_view()):
            return
        here = focused is not None and self._view.isAncestorOf(focused)
        self._make_view_anew()
        self._show_switch()
        if here:
            self._begin()

    def _begin(self) -> None:
        """At the top of a view that is new, and has its place only after this: what stood there had another height."""
        title = self._view.script.title
        title.setFocus()
        QTimer.singleShot(0, title, partial(bring_in_sight, title))

    def _place_said(self) -> None:
        """In the bar, or in a line of its own where it would be a high column there and move the call."""
        narrow = self.width() < reading_width(self, _BAR_ROOM)
        if narrow is self._said_below:
            return
        self._said_below = narrow
        if narrow:
            self._below_bar.addWidget(self._said)
        else:
            self._bar.insertWidget(self._said_at, self._said, 1)
        around = SPACE * 2 if narrow else 0
        self._below_bar.setContentsMargins(around, 0, around, 0)

    def _arrange(self) -> None:
        self._place_said()
        beside = self.width() >= self._view.least_width() + self._side.wanted()
        left = self.width() - self._view.maximumWidth() - self._side.wanted()
        self._roomy = left >= self._drawer.wanted()
        looked_up = self._roomy if self._looked_up is None else self._looked_up
        self._parts.setDirection(QHBoxLayout.Direction.LeftToRight if beside else QHBoxLayout.Direction.TopToBottom)
        # Below each other, all of it scrolls as one.
        for part in self._view.areas:
            part.unroll(not beside)
        reference = self._drawer.share_of(left) if self._roomy else 0
        self._drawer.fit(beside=beside, room=reference)
        wanted, taken = self._side.wanted(), reference if looked_up else 0
        self._side.fit(beside=beside, room=min(wanted + left - taken, wanted * 3 // 2))
        self._side.setVisible(self._roomy or not looked_up)
        self._drawer.setVisible(looked_up)

    def _make_call_page(self) -> QWidget:
        scrolled, inside = Scrolled("call_scroll"), QWidget()
        self._parts = parts = QHBoxLayout(inside)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(0)
        add_layout(parts, self._place, 1)
        parts.addWidget(self._side)
        parts.addWidget(self._drawer)
        # What is beside the call stays beside it on a wide screen.
        parts.addStretch(0)
        scrolled.setWidget(inside)
        self._bar, self._below_bar = self._make_bar(), column()
        whole = column(self._bar, self._below_bar, gap=0)
        whole.addWidget(scrolled, 1)
        return group(whole)

    def _make_bar(self) -> QHBoxLayout:
        texts, bar = self._texts, QHBoxLayout()
        bar.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        bar.setSpacing(SPACE)
        scaled(self._time, SECTION_SCALE, bold=True)
        self._said.installEventFilter(self)
        bar.addWidget(button(texts("helpdesk.new_call"), name="call_next_button", action=self._session.next_call))
        bar.addWidget(button(texts("helpdesk.park"), name="call_park_button", action=self._session.park))
        bar.addWidget(self._back)
        bar.addWidget(self._time)
        self._said_at = bar.count()
        bar.addWidget(self._said, 1)
        bar.addStretch(0)
        bar.addWidget(self._switch)
        self._show_switch()
        self._show_time()
        return bar

    def _press(self, sign: str) -> bool:
        if sign in _PLACES:
            self._session.pick_up(_PLACES[sign])
            return True
        return sign.isalpha() and self._session.press(sign)

    def _make_view_anew(self) -> None:
        old, self._view = self._view, make_view(self._wanted_view(), self._session, self._tools)
        self._place.replaceWidget(old, self._view)
        self._arrange()
        old.hide()
        old.deleteLater()

    def _wanted_view(self) -> DeskView:
        kept = self._services.settings.view
        if kept in list(DeskView):
            return DeskView(kept)
        # Until one says which, the one for which there is room.
        return DeskView.ONE_SCREEN if self.width() >= reading_width(self, _ROOMY) else DeskView.PAGES

    def _show_switch(self) -> None:
        key = "step_by_step" if self._wanted_view() is DeskView.ONE_SCREEN else "one_screen"
        rename(self._switch, self._texts(f"helpdesk.{key}"))

    def _retire(self) -> None:
        # A method of its own, which Qt lets go with the desk: the session outlives it.
        retire(self)

    def _offer_back(self, ended: Call) -> None:
        offer(self, Offer(lambda texts: texts("undo.call"), partial(self._session.bring_back, ended)))

    def _refresh(self) -> None:
        retire(self)
        focused = self.window().focusWidget()
        self._unseen = tuple(told for told in self._unseen if told in self._session.told.values())
        self._said.setText(_SEPARATOR.join(self._unseen))
        self._said.setVisible(bool(self._unseen))
        self._view.refresh()
        self._side.refresh()
        self._back.setVisible(self._session.can_take_back)
        self._show_time()
        if focused is not self.window().focusWidget():
            self._view.script.title.setFocus()
        self._view.script.announce()

    def _show_only(self, window: QDialog) -> None:
        for other in self.findChildren(QDialog, window.objectName()):
            if other is not window:
                other.close()
        window.show()

    def _show_time(self) -> None:
        minutes, seconds = divmod(self._session.seconds(), 60)
        self._time.setText(f"{minutes:02}:{seconds:02}")
        self._time.setAccessibleName(f"{self._texts('helpdesk.timer')}: {self._time.text()}")

    def _copy(self, text: str, value: str, name: str) -> None:
        desktop.copy_text(text)
        told = self._texts("result.copied", value=value)
        if not answer_at(self, name, told):
            self._say(told)

    def _tell_besides(self, told: str) -> None:
        self._unseen += (told,)
        self._say(_SEPARATOR.join(self._unseen))

    def _say(self, text: str) -> None:
        if self.counting:
            self.show_call()
        say(self._said, text)
