"""The main window: menus, the training band, and one view at a time (wizard, call, log, list or training)."""

from __future__ import annotations

from base64 import b64encode
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import Theme
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.actions import BESIDE, Place, listen
from ccinc_wizard.ui.kit.theme import apply_theme, dress, follow_desktop, use_letters
from ccinc_wizard.ui.kit.widgets import label, reading_width
from ccinc_wizard.ui.kit.window_geometry import Views, keep_whole, restore_place
from ccinc_wizard.ui.kit.worker import LogWorker
from ccinc_wizard.ui.shell import places
from ccinc_wizard.ui.shell.menus import Menus
from ccinc_wizard.ui.shell.places import HelpdeskPlace, make_session, make_training_view
from ccinc_wizard.ui.wizard.view import WizardView

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QKeyEvent

    from ccinc_wizard.app.errorlog import ErrorLog
    from ccinc_wizard.requestlog.model import LoggedRequest
    from ccinc_wizard.ui.companion.window import CompanionWindow
    from ccinc_wizard.ui.kit.dropping import Dropped
    from ccinc_wizard.ui.kit.undo import Offer, UndoBar
    from ccinc_wizard.ui.log.view import LogPlace, LogView
    from ccinc_wizard.ui.shell.one_window import OneWindow
    from ccinc_wizard.ui.wizard.record import Record
    from ccinc_wizard.ui.wizard.session import Session

_START_CHARACTERS = (150, 50)
"""How wide and high the window first is, in the font's measure: the question with most answers shows all its fields."""


class MainWindow(QMainWindow):
    """Everything in it is made anew when the language or the mode changes; the answers stay.

    What is said of a method in `Shell` is not said again here.
    """

    filled = Signal()
    """The menus and the notices were made, or made anew."""

    def __init__(self, services: Services, *, fill_menus: bool = True) -> None:
        """`fill_menus` False leaves that to whoever shows the window: the first page comes sooner without it."""
        # First: what is in a window that is there already keeps its letters under a style sheet.
        use_letters(services.settings.letter_size)
        super().__init__()
        self.services = services
        self.setObjectName("main_window")
        self.worker = LogWorker(services)
        self.companion: CompanionWindow | None = None
        self.claim: OneWindow | None = None
        self.told_of_saving = False
        self.may_lose = False
        self._undo: UndoBar | None = None
        self._offers_draft = False
        self._own_drafts: set[Path] = set()
        """Those that were written or taken up since the window opened."""
        self._left: dict[Mode, Session] = {}
        """Where one stood in the wizard, or in an exercise, when one went to another mode."""
        self.notes: dict[str, str] = {}
        self.organisation = ""
        self.lists: dict[Mode, object] = {}
        self.logs: dict[Mode, object] = {}
        self.session = self._begin_session()
        self.helpdesk = HelpdeskPlace(services, self._show_title)
        self._build(fill_menus=fill_menus)
        wide, high = _START_CHARACTERS
        usual = QSize(reading_width(self, wide), self.fontMetrics().height() * high)
        restore_place(self, services.settings.geometry, usual)
        # Last: under a style sheet each part is styled anew whenever it is put into another.
        self._dress()

    @cached_property
    def errors(self) -> ErrorLog:
        return places.error_log(self.services)

    @property
    def frame(self) -> QMainWindow:
        return self

    @property
    def views(self) -> QWidget:
        return self._views

    @property
    def answers(self) -> Answers:
        return self.session.answers

    @property
    def topic(self) -> str:
        view = self.present_view()
        return self.session.step if view is self.wizard else view.objectName()

    def save_draft(self) -> None:
        self.session.keep_draft()

    def show_wizard(self) -> None:
        self._views.setCurrentWidget(self.wizard)
        self.session.look_again()
        self.wizard.show_step(self.session.step)

    def leave(self) -> None:
        work = self.helpdesk.open if self.helpdesk.wanted else self.show_wizard
        (self.training.come_back if self.training is not None else work)()

    def new_request(self) -> None:
        if self.helpdesk.wanted and self.present_view() is self.wizard:
            self.helpdesk.open()
        elif self.helpdesk.wanted:
            self.helpdesk.next_call()
        else:
            self._when_free(self.session.restart)

    def present_view(self) -> QWidget:
        return self._views.currentWidget() or self.wizard

    def show_log(self, *, due: bool = False, reference: str = "", place: LogPlace | None = None) -> LogView:
        """Bring the request log to the front: what should be followed up, one request, or a place left before."""
        return places.show_log(self, due=due, reference=reference, place=place)

    def verify_log(self) -> None:
        self.show_log().verify()

    def paste_mail(self, dropped: Dropped | None = None, words: str = "") -> None:
        places.paste_mail(self.session, self, self.show_wizard, dropped, words)

    def show_again(self, view: str) -> None:
        if self.training is not None:
            self.training.show_again(view)
        elif view == self.wizard.objectName():
            self.show_wizard()

    def pick_up(self, answers: Answers, logged: LoggedRequest | None = None) -> None:
        self._when_free(partial(self.session.restart, answers, StepId.CHECK, logged))

    def begin_another(self, answers: Answers) -> None:
        self._when_free(partial(self.session.begin_another, answers))

    def show_companion(self, record: Record, offered: Offer | None = None) -> None:
        """Show the steps of a request beside the browser; of one request at a time, with what can be taken back."""
        if self.companion is not None and self.companion.record is not record:
            self.companion.close()
        if self.companion is None:
            self.companion = places.make_companion(self.services, record, offered)
            self.companion.kept.connect(self._show_kept)
            self.companion.closed.connect(self._forget_companion)
        self.companion.show_beside(self)

    def show_companion_of(self, answers: Answers, logged: LoggedRequest) -> None:
        """Show the steps of a logged request; one that no longer passes the rules goes by the check page."""
        shown = [self.companion.record] if self.companion else []
        asked = [self.session.record()] if self.session.saved_reference else []
        known = [record for record in shown + asked if record and record.reference == logged.reference]
        record = known[0] if known else places.make_record(self.worker, self.services.judge(answers), logged)
        if record is None:
            self.pick_up(answers, logged)
        else:
            self.show_companion(record)

    def set_language(self, language: str) -> None:

        def switch() -> None:
            self.services.texts = Texts(language)
            self.services.remember(language=language)
            self.translate_qt()

        places.when_nothing_stops(self, self.holders, partial(self._make_anew, switch))

    def set_letter_size(self, percent: int) -> None:
        """Set everything in letters of another size, so many per cent of the system's; all stays as it is."""

        def switch() -> None:
            self.services.remember(letter_size=percent)
            use_letters(percent)
            # It outlives the views, and with a style sheet Qt lets what is there keep its letters.
            self.menuBar().setFont(QApplication.font())

        # Sizes are measured when a view is made.
        places.when_nothing_stops(self, self.holders, partial(self._make_anew, switch))

    def _make_anew(self, switch: Callable[[], None]) -> None:
        self.session.keep_draft()
        carried = places.carried_view(self)
        switch()
        offered = self._undo.present if self._undo else None
        companion = self.companion.carried if self.companion else None
        self._close_companion()
        self._rebuild_session()
        carried.restore(self)
        if companion is not None:
            self.show_companion(*companion)
        self.look_after_log()
        if offered is not None:
            self.undo_bar().offer(offered)
        keep_whole(self)

    def set_mode(self, mode: Mode, then: Callable[[], object] = lambda: None) -> None:
        """Switch the mode, and do `then` in it."""
        if mode is self.services.mode:
            # From the wizard or the log it is the way back to the call.
            self.helpdesk.open()
            then()
            return
        if self.services.apart and places.work_on(self.services, mode, self.claim):
            self.close()
            return
        # Until it is another one.
        self._menus.show_mode()
        places.when_nothing_stops(self, self.holders, partial(self._switch_mode, mode, then), mode=True)

    def _switch_mode(self, mode: Mode, then: Callable[[], object]) -> None:
        """Training has its own log and draft, so the worker is another one."""
        self.worker.close()
        self._leave_session()
        places.keep_views(self)
        self._close_companion()
        self.services.mode = mode
        self.services.remember(mode=mode.value)
        self.worker = LogWorker(self.services)
        self.session = self._begin_session()
        self._build()
        self.helpdesk.open()
        then()

    def _leave_session(self) -> None:
        """Where one stands waits for when one comes back to this mode, or the window closes."""
        session, mode = self.session, self.services.mode
        session.keep_draft()
        if session.begun:
            self._left[mode] = session
        elif session.draft_waits:
            self._own_drafts.discard(self.services.paths.draft(mode))

    def offer_exercises(self, *, arriving: bool = False) -> None:
        """Show what there is to practise, where one practises."""
        if self.training is not None:
            self.training.offer(arriving=arriving)

    def _begin_session(self) -> Session:
        """Where one was before in this window; what an earlier one left half-way is offered, not slipped in."""
        if (left := self._left.pop(self.services.mode, None)) is not None:
            session = make_session(self.services, self.worker, left.answers, left)
            session.come_back(left)
            self._offers_draft = session.draft_waits
            return session
        draft, path = self.services.load_draft(), self.services.paths.draft(self.services.mode)
        own = path in self._own_drafts
        self._own_drafts.add(path)
        session = make_session(self.services, self.worker, draft if own else Answers())
        session.draft_waits = not own and draft != Answers()
        self._offers_draft = not own
        return session

    def train(self) -> None:
        self.set_mode(Mode.TRAINING, partial(self.offer_exercises, arriving=self.training is None))

    def set_theme(self, theme: Theme) -> None:
        self.services.remember(theme=theme.value)
        if isinstance(app := QApplication.instance(), QApplication):
            dress(app, theme)

    def follow_desktop(self) -> None:
        """Follow the desktop's light, dark and contrast themes from now on."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            follow_desktop(app, self._theme)

    def translate_qt(self) -> None:
        """Let Qt's own dialogs speak the language of the window."""
        places.translate_qt(self.services)

    def _theme(self) -> Theme:
        return self.services.settings.theme

    def _dress(self) -> None:
        if isinstance(app := QApplication.instance(), QApplication):
            apply_theme(app, self._theme())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With the focus nowhere, or in the menus, a key is meant for what is shown."""
        focused, view = self.focusWidget(), self.present_view()
        event.ignore()
        if focused is None or not view.isAncestorOf(focused):
            for shown in filter(None, (view, self.training)):
                if not event.isAccepted():
                    event.accept()
                    shown.keyPressEvent(event)
        # What has another use for it has had it by now: a list that is open, the line at the foot, a field of a call.
        beside = view.objectName() in BESIDE or (view is self.wizard and self.helpdesk.wanted)
        if beside and not event.isAccepted() and event.key() == QtCore.Qt.Key.Key_Escape:
            self.leave()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaving the wizard half-way asks nothing and loses nothing but the register number."""
        if not places.may_close(self, self.session, self.holders):
            event.ignore()
            return
        # First, so that a request that is just being saved leaves no draft of itself.
        self.worker.close()
        self.session.keep_draft()
        self.services.remember(geometry=b64encode(self.saveGeometry().data()).decode("ascii"))
        self.helpdesk.end()
        self._close_companion()
        super().closeEvent(event)

    @property
    def holders(self) -> list[object]:
        """Whatever may hold something that was typed or answered: those that can say so are `Holder`s."""
        behind = [part for session in (self.session, *self._left.values()) for part in session.holders]
        record = self.companion and self.companion.record
        return [*behind, self.helpdesk, record, *self.lists.values(), *self._views.children()]

    def show_log_anew(self) -> None:
        """What changed the whole log is seen where the log has been opened."""
        if (view := places.open_log_view(self)) is not None:
            view.show_anew()

    def _show_kept(self, logged: LoggedRequest) -> None:
        if (view := places.open_log_view(self)) is not None:
            view.show_changed(logged)

    def _close_companion(self) -> None:
        if self.companion is not None:
            self.companion.close()

    def _forget_companion(self) -> None:
        if self.companion is not None:
            record = self.companion.record
            self.companion.deleteLater()
            self.companion = None
            if record.in_use and not record.reference and record is not self.session.logged:
                places.offer_to_save(self, self._present, record)
        self.look_after_log()

    def _rebuild_session(self) -> None:
        old = self.session
        self.session = make_session(self.services, self.worker, old.answers, old)
        self.session.carry_on(old)
        self._build()
        self.helpdesk.open()

    def fill_menus(self) -> None:
        """Put the actions into the menus, let the wizard's keys work, and say what was not there before the paint."""
        self._menus.fill()
        listen(Place.WIZARD, self.wizard)
        if why := self.services.settings_trouble():
            self._whole.insertWidget(self._whole.count() - 1, places.settings_notice(self, why))
        if self._offers_draft and not self.helpdesk.wanted:
            self._offers_draft = False
            places.offer_back(self, self._present, None)
        self.filled.emit()

    @property
    def above(self) -> QVBoxLayout:
        """Where notices stand, before its last widget."""
        return self._whole

    def _present(self) -> Session:
        return self.session

    def undo_bar(self) -> UndoBar:
        """The line at the foot, hung there when there is first something to take back."""
        if self._undo is None:
            self._undo = places.make_undo_bar(self.services)
            self._foot.addWidget(self._undo)
            self._undo.filled.connect(self.wizard.end_round)
        return self._undo

    def _retire(self) -> None:
        if self._undo is not None:
            self._undo.retire()

    def _build(self, *, fill_menus: bool = True) -> None:
        self.session.companion_wanted.connect(self.show_companion)
        self.session.mail_wanted.connect(lambda: self.paste_mail())
        self._undo = None
        self.session.edited.connect(self._retire)
        self.session.moved.connect(lambda _: self._retire())
        self.session.left.connect(lambda left: places.offer_back(self, self._present, left))
        self.wizard = WizardView(self.session, places.make_page, places.show_map, places.ask_to_clear)
        self.wizard.titled.connect(self._show_title)
        self.wizard.backed_out.connect(self.helpdesk.open)
        # Before it gets a parent, and with it its style: else every label would be styled twice.
        self.wizard.show_step(self.session.step)
        self._views = Views()
        self._views.addWidget(self.wizard)
        self.helpdesk.begin(self._views)
        whole = QWidget()
        self._foot, self._whole = QVBoxLayout(whole), QVBoxLayout()
        for layout in (self._foot, self._whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._foot.addLayout(self._whole, 1)
        if self.services.mode is Mode.TRAINING:
            layout.addWidget(label(self.services.texts("app.training_band"), name="training_band"))
        self.training = make_training_view(self.session, self._views, self.show_wizard, self._show_title)
        layout.addWidget(self.training or self._views, 1)
        self.setCentralWidget(whole)
        # Again, as a page that is not in a window yet cannot keep the focus.
        self.wizard.settle()
        self._menus = Menus(self)
        if fill_menus:
            self.fill_menus()

    def look_after_log(self) -> None:
        """Erase what has been kept long enough, and say what should be followed up."""
        if self.services.mode is Mode.ADMIN:
            self.wizard.show_waiting(places.waiting_list(self, self._present))
        if self.services.has_log():
            places.look_after(self, self._whole)

    def _when_free(self, begin: Callable[[], object]) -> None:
        """Begin something else in the wizard; what is half answered there can be brought back, or the user is asked."""
        if self.session.unfinished:
            self.show_wizard()
            self.wizard.ask_to_clear(begin)
        else:
            self.session.leave(begin)
            self.show_wizard()

    def bring_up(self, view: QWidget, title: str) -> None:
        if self._views.indexOf(view) < 0:
            self._views.addWidget(view)
            listen(Place.BESIDE, view, self)
        self._views.setCurrentWidget(view)
        self._show_title(self.services.texts(title))

    def _show_title(self, title: str) -> None:
        self.setWindowTitle(f"{title} - {self.services.texts('app.title')}")
