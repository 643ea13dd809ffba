"""Opens the places of the window, which are its views and dialogs: a function each, which loads what it opens."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ccinc_wizard.app.paths import WINDOW_LOCK
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.ui.kit.worker import LogWorker
from ccinc_wizard.ui.wizard.page import RolePage, SituationPage
from ccinc_wizard.ui.wizard.session import Session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu, QVBoxLayout

    from ccinc_wizard.app.errorlog import ErrorLog
    from ccinc_wizard.app.interview import Logged
    from ccinc_wizard.domain.outcome import Judgement
    from ccinc_wizard.ui.companion.window import CompanionWindow
    from ccinc_wizard.ui.helpdesk.call_session import CallSession
    from ccinc_wizard.ui.helpdesk.view import DeskPlace, HelpdeskView
    from ccinc_wizard.ui.kit.dropping import Dropped
    from ccinc_wizard.ui.kit.shell import Shell
    from ccinc_wizard.ui.kit.undo import Offer, UndoBar
    from ccinc_wizard.ui.lists.view import ListView
    from ccinc_wizard.ui.log.view import LogPlace, LogView
    from ccinc_wizard.ui.shell.closing import CarriedView
    from ccinc_wizard.ui.shell.one_window import OneWindow
    from ccinc_wizard.ui.training.view import TrainingView
    from ccinc_wizard.ui.wizard.page import Page
    from ccinc_wizard.ui.wizard.record import Record
    from ccinc_wizard.ui.wizard.session import Left
    from ccinc_wizard.ui.wizard.waiting import WaitingList


def show_log(shell: Shell, *, due: bool = False, place: LogPlace | None = None, reference: str = "") -> LogView:
    """The request log: what should be followed up, one request, or a place left before."""
    from ccinc_wizard.ui.log.view import LogPlace, LogView

    left = shell.logs.pop(shell.services.mode, None)
    wanted = LogPlace(reference, reference=reference) if reference else place
    if (view := open_log_view(shell)) is None:
        view = LogView(shell)
        # As it was left: within a mode, too, a search stays when one comes back to it.
        wanted = wanted or (left if isinstance(left, LogPlace) and not due else None)
    shell.bring_up(view, "logview.title")
    view.refresh(due=due, place=wanted)
    return view


def open_log_view(shell: Shell) -> LogView | None:
    """The view of the log where it has been opened."""
    from ccinc_wizard.ui.log.view import LogView

    return shell.views.findChild(LogView)


def show_list(shell: Shell) -> ListView:
    """A list of people, as it was left."""
    from ccinc_wizard.ui.lists.job import ListPlace
    from ccinc_wizard.ui.lists.view import ListView

    again = partial(show_list, shell)
    view = shell.views.findChild(ListView) or ListView(shell.services, shell.worker, shell.leave, again)
    shell.bring_up(view, "list.title")
    if isinstance(place := shell.lists.pop(shell.services.mode, None), ListPlace):
        view.restore(place)
    view.focus_first()
    return view


def show_about(shell: Shell) -> None:
    """Versions, licences and whose data the program uses."""
    from ccinc_wizard.ui.shell.help import AboutWindow

    AboutWindow(shell.services, shell.frame).open()


def copy_diagnostics(shell: Shell, parent: QWidget | None = None) -> None:
    """Copy what whoever helps the user needs to know, and show it."""
    from ccinc_wizard.ui.shell.help import DiagnosticsWindow

    DiagnosticsWindow(shell.services, shell.errors, shell.worker.state, parent or shell.frame).open()


def show_help(shell: Shell) -> None:
    """Help on what is shown, in the place of the help that was open."""
    from ccinc_wizard.ui.shell.help import HelpWindow

    for other in shell.frame.findChildren(HelpWindow):
        other.close()
    HelpWindow(shell.services, shell.topic, shell.frame).show()


def show_settings(shell: Shell, part: str = "") -> None:
    """What can be set, as it is now; with the focus on the part of this name."""
    from ccinc_wizard.ui.shell.settings import SettingsView

    for old in shell.views.findChildren(SettingsView):
        # At once: Qt would show a view of another kind until the new one is there.
        old.setParent(None)
        old.deleteLater()
    terms, keys = partial(change_terms, shell), partial(show_shortcuts, shell)
    view = SettingsView(shell, partial(show_settings, shell), {"settings_terms": terms, "settings_shortcuts": keys})
    shell.bring_up(view, "settings.title")
    view.focus_first()
    view.focus_on(part)


def settings_notice(shell: Shell, why: str) -> QWidget:
    """Says that settings were refused, and leads to them."""
    from ccinc_wizard.ui.shell.settings import SettingsBar

    return SettingsBar(shell.services.texts, why, partial(show_settings, shell))


def change_terms(shell: Shell) -> None:
    """How long the log keeps what, asked with a preview of what would be erased."""

    def ask() -> None:
        _maintain_log(shell, "retention")
        show_settings(shell, "settings_terms")

    QTimer.singleShot(0, shell.frame, ask)


def show_shortcuts(shell: Shell) -> None:
    """All keys, by where they work."""
    from ccinc_wizard.ui.shell.help import ShortcutsWindow

    ShortcutsWindow(shell.services, shell.frame).open()


def choose_mode(shell: Shell, mode: str) -> None:
    """Switch to the mode of this name; training opens on what there is to practise."""
    if Mode(mode) is Mode.TRAINING:
        shell.train()
    else:
        shell.set_mode(Mode(mode))


def maintain_log(shell: Shell, what: str) -> None:
    """One of the actions on the whole log.

    A screen reader that chooses it waits for the end of the choosing, and could not read what is asked before.
    """
    QTimer.singleShot(0, shell.frame, partial(_maintain_log, shell, what))


def _maintain_log(shell: Shell, what: str) -> None:
    from ccinc_wizard.ui.log.maintenance import LogMaintenance

    care = LogMaintenance(shell.frame, shell.services, shell.worker, shell.show_log_anew)
    actions: dict[str, Callable[[], object]] = {"verify": shell.verify_log, "backup": care.back_up}
    actions |= {"restore": care.restore, "retention": care.retention, "forget": care.forget}
    actions |= {"new_log": care.begin_anew, "team_key": lambda: care.team_key(shell.show_log)}
    actions[what]()


def fill_recent(shell: Shell, menu: QMenu) -> None:
    """Offer the last requests in this menu."""
    from ccinc_wizard.ui.log.reminders import RecentRequests

    RecentRequests(menu, shell.services, shell.worker, lambda one: shell.show_log(reference=one)).ask()


def paste_mail(
    session: Session, shell: Shell, show_wizard: Callable[[], None], dropped: Dropped | None = None, words: str = ""
) -> None:
    """Read a mail; what is taken over from it shows in the wizard, whichever view was there."""
    from ccinc_wizard.ui.kit.undo import Offer, offer
    from ccinc_wizard.ui.mail.dialog import LeftMail, PasteMailDialog

    def offer_back(left: LeftMail) -> None:
        told = "undo.mail_number" if left.had_number else "undo.mail"
        offer(shell.frame, Offer(lambda texts: texts(told), partial(shell.paste_mail, words=left.words)))

    dialog = PasteMailDialog(session, shell.frame)
    dialog.accepted.connect(show_wizard)
    dialog.left.connect(offer_back)
    dialog.show_words(words)
    dialog.open()
    if dropped is not None:
        dialog.take(dropped)


def watch_mouse(shell: Shell) -> None:
    """Take what is dropped on the shown window, and its side keys' presses, before a field takes them for its own."""
    from ccinc_wizard.ui.kit.actions import listen_to_mouse
    from ccinc_wizard.ui.kit.dropping import Drops

    Drops(shell.frame, partial(open_dropped, shell))
    listen_to_mouse(shell.frame)


def open_dropped(shell: Shell, dropped: Dropped) -> None:
    """Read a mail, or judge a list of people; with anything else, say what may be dropped."""
    from ccinc_wizard.ui.kit.dropping import DroppedKind
    from ccinc_wizard.ui.mail.dialog import PasteMailDialog

    asking = QApplication.activeModalWidget()
    if isinstance(asking, PasteMailDialog):
        asking.take(dropped)
    elif asking is not None:
        return  # what is asked comes first
    elif dropped.kind is DroppedKind.LIST and dropped.path is not None:
        show_list(shell).check_list(dropped.path)
    else:
        shell.paste_mail(dropped)


def waiting_list(shell: Shell, present: Callable[[], Session]) -> WaitingList:
    """What waits, beside the first question."""
    from ccinc_wizard.ui.wizard.waiting import WaitingList, go_on_with

    return WaitingList(present, lambda one: shell.show_log(reference=one), partial(go_on_with, shell, present))


def look_after(shell: Shell, strip: QVBoxLayout) -> None:
    """Erase what has been kept long enough, and say above the views what should be followed up."""
    from ccinc_wizard.ui.log.reminders import look_after

    look_after(shell.services, shell.worker, strip, partial(show_log, shell, due=True))


def make_companion(services: Services, record: Record, offered: Offer | None) -> CompanionWindow:
    """The steps of a request in a window beside the browser, with what can be taken back there."""
    from ccinc_wizard.ui.companion.window import CompanionWindow

    return CompanionWindow(services, record, offered)


def make_record(worker: LogWorker, judgement: Judgement, logged: Logged | None) -> Record | None:
    """The place in the log of the request that the judged answers make, or None when they do not make one."""
    from ccinc_wizard.requestlog.model import LoggedRequest
    from ccinc_wizard.ui.wizard.record import Record

    return Record.of(worker, judgement, logged if isinstance(logged, LoggedRequest) else None)


def error_log(services: Services) -> ErrorLog:
    """What goes wrong in this run."""
    from ccinc_wizard.app.errorlog import ErrorLog

    return ErrorLog(services.paths.data)


def translate_qt(services: Services) -> None:
    """Let Qt's own dialogs speak the language of the window."""
    from ccinc_wizard.ui.kit.desktop import translate_qt

    if (app := QApplication.instance()) is not None:
        translate_qt(app, services.texts.language)


def make_page(step: StepId, session: Session) -> Page:
    """The page of this step."""
    if step in (StepId.APPLICANT, StepId.AUTHORITY):
        from ccinc_wizard.ui.wizard import typed_pages

        return typed_pages.ApplicantPage(session) if step is StepId.APPLICANT else typed_pages.AuthorityPage(session)
    if step is StepId.CHECK:
        from ccinc_wizard.ui.wizard.check import CheckPage

        return CheckPage(session)
    if step is StepId.RESULT:
        from ccinc_wizard.ui.wizard.result import ResultPage

        return ResultPage(session)
    return SituationPage(session) if step is StepId.SITUATION else RolePage(session)


def show_map(session: Session, parent: QWidget) -> None:
    """All ways through the wizard, as a drawing."""
    from ccinc_wizard.ui.wizard.way_map import MapWindow

    MapWindow(session, parent).open()


def ask_to_clear(session: Session, parent: QWidget, then: Callable[[], object]) -> None:
    """Whether what is half answered may go, and what to do then."""
    from ccinc_wizard.ui.kit.dialogs import ask

    texts = session.services.texts
    title, text, leave, stay = (texts(f"wizard.cancel_question.{part}") for part in ("title", "text", "leave", "stay"))
    yes, no = ("cancel_leave", leave), ("cancel_stay", stay)
    ask(parent, "cancel_question", title, text, yes=yes, no=no, then=then, loses=True)


def work_on(services: Services, mode: Mode, claim: OneWindow | None) -> bool:
    """Go back from a window apart for training to the one in which one works; where that is gone, take its place."""
    from ccinc_wizard.ui.shell.one_window import OneWindow, Wish

    only = OneWindow(services.paths.data / WINDOW_LOCK)
    services.apart = not only.is_first(Wish(mode))
    only.release()
    if claim is not None and not services.apart:
        claim.move(services.paths.data / WINDOW_LOCK)
    return services.apart


def make_session(services: Services, worker: LogWorker, answers: Answers, old: Session | None = None) -> Session:
    """A session on these answers; a training session goes on in the room of the old one."""
    if services.mode is not Mode.TRAINING:
        return Session(services, worker, make_record, answers)
    from ccinc_wizard.ui.training.session import TrainingRoom, TrainingSession

    room = old.room if isinstance(old, TrainingSession) else TrainingRoom()
    return TrainingSession(services, worker, make_record, answers, room)


def make_training_view(
    session: Session, views: QStackedWidget, show_wizard: Callable[[], None], show_title: Callable[[str], None]
) -> TrainingView | None:
    """What holds the views in training; None in the other modes."""
    if session.services.mode is not Mode.TRAINING:
        return None
    from ccinc_wizard.ui.training.session import TrainingSession
    from ccinc_wizard.ui.training.view import TrainingView

    if not isinstance(session, TrainingSession):
        raise TypeError(session)
    return TrainingView(session, views, show_wizard, show_title)


class HelpdeskPlace:
    """Outlives the desk: the calls go on when the language or the mode changes."""

    def __init__(self, services: Services, show_title: Callable[[str], None]) -> None:
        self.calls: CallSession | None = None
        self.desk: HelpdeskView | None = None
        self._services, self._show_title = services, show_title
        self._views: QStackedWidget | None = None
        self._left: DeskPlace | None = None

    @property
    def wanted(self) -> bool:
        """Whether the mode is the helpdesk's."""
        return self._services.mode is Mode.HELPDESK

    def begin(self, views: QStackedWidget) -> None:
        """The window is made anew. The place is empty so far: the desk needs the facts, after the first paint."""
        if self.desk is not None:
            self._left = self.desk.leave()
        self._views, self.desk = views, None
        if self.wanted:
            views.setCurrentIndex(views.addWidget(QWidget()))

    def open(self) -> None:
        """Bring the call to the front, where that is the mode."""
        if not self.wanted or self._views is None:
            return
        from ccinc_wizard.ui.helpdesk.call_session import CallSession
        from ccinc_wizard.ui.helpdesk.view import HelpdeskView

        if self.calls is None:
            self.calls = CallSession(self._services)
        if self.desk is None:
            self.desk = HelpdeskView(self.calls, self._show_title)
            self._views.addWidget(self.desk)
        self._views.setCurrentWidget(self.desk)
        self.desk.show_call()
        if (left := self._left) is not None:
            self._left = None
            self.desk.restore(left)

    def next_call(self) -> None:
        """End this call and begin another."""
        self.open()
        if self.calls is not None:
            self.calls.next_call()

    def unsaved(self) -> str:
        """What was typed in a call, which closing would lose."""
        return self.calls.unsaved() if self.calls is not None else ""

    def end(self) -> None:
        """The window closes: count what was begun."""
        if self.calls is not None:
            self.calls.end()


def may_close(shell: Shell, session: Session, holders: list[object]) -> bool:
    """Whether the window closes now; else its user is told why not, or asked."""
    from ccinc_wizard.ui.shell import closing

    return closing.may_close(shell, session, holders)


def when_nothing_stops(shell: Shell, holders: list[object], then: Callable[[], object], *, mode: bool = False) -> None:
    """Do what makes the views anew, in another mode perhaps, once the user says so of what that would stop."""
    from ccinc_wizard.ui.shell import closing

    closing.when_nothing_stops(shell, holders, then, mode=mode)


def keep_views(shell: Shell) -> None:
    """A list and the log are made anew the next time they are opened: keep where one was in them."""
    for view in shell.views.findChildren(QWidget, "batch_view"):
        from ccinc_wizard.ui.lists.view import ListView

        if isinstance(view, ListView):
            shell.lists[shell.services.mode] = view.place()
    if (log := open_log_view(shell)) is not None:
        shell.logs[shell.services.mode] = log.place()


def carried_view(shell: Shell) -> CarriedView:
    """The view that is open, for after the views are made anew."""
    from ccinc_wizard.ui.shell.closing import CarriedView

    show: dict[str, Callable[[Shell], object]] = {"log_view": show_log, "batch_view": show_list}
    keep_views(shell)
    return CarriedView(shell, show | {"settings_view": show_settings, "help_window": show_help})


def make_undo_bar(services: Services) -> UndoBar:
    """The line at the foot of the window."""
    from ccinc_wizard.ui.kit.undo import UndoBar

    return UndoBar(services.texts)


def offer_back(shell: Shell, present: Callable[[], Session], left: Left | None) -> None:
    """Offer at the foot of the window to bring back what is `Left`; without it, what an earlier start left half-way."""
    from ccinc_wizard.ui.wizard.waiting import offer_back, offer_draft

    offer_back(shell, present, left) if left else offer_draft(shell, present)


def offer_to_save(shell: Shell, present: Callable[[], Session], record: Record) -> None:
    """Offer to save a request that was worked on beside the browser only."""
    from ccinc_wizard.ui.wizard.session import Left

    offer_back(shell, present, Left(record.answers, StepId.RESULT, None, record))
