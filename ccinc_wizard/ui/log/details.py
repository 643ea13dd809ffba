"""One request of the log: what it is, what happened to it, and what may happen next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from ccinc_wizard.app import saving
from ccinc_wizard.content.wording import log_trouble
from ccinc_wizard.domain import outcome
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.dates import shown_moment
from ccinc_wizard.domain.enums import Mode, Situation, Status
from ccinc_wizard.domain.outcome import Checklist
from ccinc_wizard.domain.questions import QUESTIONS, answered
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.requestlog.errors import LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import TRANSITIONS, Event, EventKind, LoggedRequest
from ccinc_wizard.requestlog.reader import waits_too_long
from ccinc_wizard.ui.kit import desktop
from ccinc_wizard.ui.kit.fields import TextField
from ccinc_wizard.ui.kit.screens import at_top
from ccinc_wizard.ui.kit.shell import Shell
from ccinc_wizard.ui.kit.spoken import ReadingArea, hold_focus_in_sight, tab_in_reading_order
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.undo import offer
from ccinc_wizard.ui.kit.widgets import (
    button,
    chip,
    clear,
    column,
    fill,
    label,
    plain,
    reading_width,
    row,
    section,
    selectable,
)
from ccinc_wizard.ui.kit.worker import Latest
from ccinc_wizard.ui.log.dialogs import SamePersonDialog
from ccinc_wizard.ui.log.model import chip_of
from ccinc_wizard.ui.wizard.save_panel import changed as change_offer

_CHARACTERS, _TITLE_CHARACTERS = 38, 13
LEAST_LINES = 11
"""How high table and details are at least: the view around them scrolls in a lower window."""
Changed = list[tuple["LoggedRequest", "LoggedRequest"]]
"""Requests after and before a change."""
_MOST_NAMED = 20


class LogDetails(ReadingArea):
    """Details at the side of the table."""

    def __init__(self, shell: Shell, changed: Callable[[LoggedRequest], None], say: Callable[[str], None]) -> None:
        services, worker = shell.services, shell.worker
        super().__init__(services.texts("logview.details.none"))
        self.setObjectName("log_details")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._shell, self._services, self._worker, self._changed, self._say = shell, services, worker, changed, say
        self._pick_up, self._show_companion, self._another = shell.pick_up, shell.show_companion_of, shell.begin_another
        self._shown: tuple[LoggedRequest, ...] = ()
        """One request, or the several that are chosen."""
        self._notes = shell.notes
        self._changes: list[QWidget] = []
        self.writing = 0
        """How many changes are on their way to the log."""
        self._history = Latest()
        """With a slow log another request may be shown by the time the history of one comes."""
        self._parts = column(gap=SPACE, margins=SPACE)
        self.setWidget(at_top(self._parts))
        hold_focus_in_sight(self)
        self.show_none()

    def sizeHint(self) -> QSize:
        """Room to read, and no more: the table needs its own."""
        least = self.minimumSizeHint()
        return QSize(max(least.width(), reading_width(self, _CHARACTERS)), least.height())

    def minimumSizeHint(self) -> QSize:
        """Its buttons are whole: beside it the table gives way."""
        held, least = self.widget(), super().minimumSizeHint()
        beside = self.verticalScrollBar().sizeHint().width()
        high = self.fontMetrics().height() * LEAST_LINES
        return least if held is None else QSize(held.minimumSizeHint().width() + beside, high)

    def show_none(self, *, offered: bool = True) -> None:
        """Show that no request is chosen; nothing where none is `offered`, which is told above the table."""
        self._clear()
        none = self._services.texts("logview.details.none")
        self.setAccessibleName(none)
        if offered:
            self._parts.addWidget(label(none, "muted", name="log_details_none"))

    def follow(self, count: int) -> None:
        """Another number of requests stands in the table."""
        if not self._shown:
            self.show_none(offered=count > 0)

    def _clear(self) -> None:
        """Nothing of what was shown acts any more; a note half typed waits until its request is shown again."""
        clear(self._parts)
        self._history.forget()
        self._shown, self._changes = (), []

    def show_several(self, requests: Sequence[LoggedRequest]) -> None:
        """Show what can be done with all of these requests at once."""
        here = self._has_focus()
        self._clear()
        self._shown = tuple(requests)
        title = self._services.texts("logview.details.several", count=len(requests))
        self.setAccessibleName(title)
        self._parts.addWidget(section(title, name="log_several"))
        for request in requests[:_MOST_NAMED]:
            self._parts.addWidget(selectable(self._line(request)))
        if (more := len(requests) - _MOST_NAMED) > 0:
            self._parts.addWidget(label(self._services.texts("logview.details.more", count=more), "muted"))
        allowed = set.intersection(*(set(TRANSITIONS[request.status]) for request in requests))
        self._add_changes([status for status in Status if status in allowed])
        self._come_up(here)

    def show_request(self, request: LoggedRequest) -> None:
        """Show a request; its events follow from the log."""
        here = self._has_focus()
        self._clear()
        self._shown = (request,)
        texts = self._services.texts
        title = texts("logview.details.title", reference=request.reference)
        self.setAccessibleName(title)
        self._parts.addWidget(section(title))
        status = chip(texts(f"log.status.{request.status}"), chip_of(request.status), name="log_status")
        fill(self._parts, [row(status), *(_fact(title, value) for title, value in self._facts(request))])
        for line in self._remarks(request):
            self._parts.addWidget(selectable(line))
        if not request.status.closed:
            self._parts.addWidget(self._companion_button(request))
            again = partial(self._ask_person, request, self._pick_up)
            self._parts.addWidget(button(texts("care.pick_up.button"), name="log_pick_up", action=again))
            words, remind = texts("result.reminder.button"), partial(self._remind, request)
            self._reminder = button(words, name="log_remind", action=remind)
            self._reminder.hide()
            self._parts.addWidget(self._reminder)
        another = partial(self._another, answers_of(request, ""))
        self._parts.addWidget(button(plain(texts("result.another")), name="log_another", kind="link", action=another))
        self._add_changes(TRANSITIONS[request.status])
        self._parts.addWidget(section(texts("logview.details.history")))
        self._come_up(here)
        self._worker.run(
            lambda log: (log.events(request.reference), waits_too_long(request, log.now())),
            done=self._show_past,
            failed=self._tell_failure,
            wanted=self._history.ask(),
        )

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _come_up(self, here: bool) -> None:
        """Take the room that what is shown needs; where the focus was `here`, it stays."""
        # Not before Qt shows what was put in, which it does by itself.
        QTimer.singleShot(0, self, self.updateGeometry)
        tab_in_reading_order(self)
        if here:
            # What had the focus is no more; Qt would begin at the top of the window again.
            self._note.focus_field()

    def show_changed(self, request: LoggedRequest) -> None:
        """Show the request anew if it is the one shown; a note that is being typed is worth more."""
        if self._is_shown(request) and not self._note.input.text():
            self.show_request(request)

    def reference(self) -> str:
        """The reference of the one request shown, if there is one."""
        return self._shown[0].reference if len(self._shown) == 1 else ""

    def references(self) -> set[str]:
        """Those of all requests shown."""
        return {request.reference for request in self._shown}

    def _is_shown(self, request: LoggedRequest) -> bool:
        return [shown.id for shown in self._shown] == [request.id]

    def _add_changes(self, statuses: Sequence[Status]) -> None:
        texts = self._services.texts
        self._note = TextField("log_note", texts("logview.details.note"), texts("logview.details.note_hint"))
        self._note.show_text(self._notes.get(_key(self._shown), ""))
        self._note.typed.connect(self._keep_note)
        self._parts.addWidget(self._note)
        self._changes = [self._change_button(status) for status in (*statuses, None)]
        fill(self._parts, self._changes)

    def _keep_note(self, text: str) -> None:
        self._notes[_key(self._shown)] = text
        self._note.warn(self._held(text))

    def _change_button(self, status: Status | None) -> QWidget:
        """What brings what is shown to a status, or without one adds a note."""
        words = "logview.details.add_note" if status is None else f"logview.details.to.{status}"
        name = "log_add_note" if status is None else f"log_to_{status.value.replace('-', '_')}"
        return button(self._services.texts(words), name=name, action=partial(self._change, self._shown, status))

    def _companion_button(self, request: LoggedRequest) -> QWidget:
        progress, texts = self._progress(request), self._services.texts
        words, following = texts("companion.look_back"), progress.next_open()
        if following is not None:
            place, total = progress.place(following), len(progress.steps)
            words = texts("companion.go_on", number=place, total=total)
        action = partial(self._ask_person, request, self._show_companion)
        return button(words, name="log_companion", kind="primary", action=action)

    def _progress(self, request: LoggedRequest) -> Checklist:
        procedure = self._services.catalog.procedures[Situation(request.situation)]
        steps = outcome.steps_of(procedure, label_due=request.label_due)
        return Checklist.of((step.id for step in steps), request.ticks)

    def _facts(self, request: LoggedRequest) -> list[tuple[str, str]]:
        """What each is called, and what it is."""
        texts = self._services.texts
        name = texts("logview.erased") if request.names_erased else request.applicant_name
        kind = texts(f"choices.authority.{request.authority_type}.label")
        facts = [
            (texts("wizard.field.applicant_name"), name),
            (texts("wizard.authority.step"), f"{request.authority_name}\n{kind}"),
            (texts("wizard.field.role"), texts(f"choices.role.{request.role}.label")),
            (texts("wizard.field.situation"), texts(f"choices.situation.{request.situation}.short")),
        ]
        return [(title, value) for title, value in facts if value]

    def _remarks(self, request: LoggedRequest) -> list[str]:
        texts, lines = self._services.texts, list[str]()
        if request.ticks:
            progress = self._progress(request)
            lines.append(texts("companion.ticked", done=progress.done, total=len(progress.steps)))
        if request.label_due:
            lines.append(texts("logview.details.label_due", label=self._services.catalog.label.name))
        return lines

    def _line(self, request: LoggedRequest) -> str:
        name = self._services.texts("logview.erased") if request.names_erased else request.applicant_name
        return ", ".join(filter(None, (request.reference, name, request.authority_name)))

    def _change(self, requests: tuple[LoggedRequest, ...], status: Status | None) -> None:
        note = self._note.input.text().strip()
        if held := self._held(note):
            self._note.refuse(held)
            return

        def write(log: RequestLog) -> Changed:
            if len(requests) == 1:
                return [_change_of(log, requests[0].reference, status, note)]
            with log.turn():
                return [_change_of(log, request.reference, status, note) for request in requests]

        changes = self._changes
        self._allow_changes(False)

        def failed(error: Exception) -> None:
            self.writing -= 1
            if changes is self._changes:
                self._allow_changes(True)
            self._tell_failure(error)

        def done(changed: Changed) -> None:
            self.writing -= 1
            # First: where these views went meanwhile, the field cannot be told.
            self._notes.pop(_key(requests), None)
            if changes is self._changes:
                self._note.show_text("")
            self._done([after for after, _ in changed])
            self._offer_back(changed)

        self.writing += 1
        self._worker.run(write, done=done, failed=failed)

    def _offer_back(self, changed: Changed) -> None:
        offer(self, change_offer(*changed[0], partial(_take_back, self._shell, changed), len(changed)))

    def take_back(self, changed: Changed) -> None:
        """Bring requests back to what they were before a change."""

        def write(log: RequestLog) -> list[LoggedRequest]:
            with log.turn():
                return [saving.take_back(log, after, before) for after, before in changed]

        def failed(error: Exception) -> None:
            since = getattr(error, "code", None) is LogErrorCode.NOT_ALLOWED
            self._say(self._services.texts("undo.changed_since") if since else log_trouble(self._services.texts, error))

        self._worker.run(write, done=partial(self._done, back=True), failed=failed)

    def _held(self, note: str) -> str:
        """That a note holds what could be a register number, and what; nothing for one that may be kept."""
        kept = scrub(note)
        return self._services.texts("logview.details.note_number", kept=kept) if kept != note else ""

    def _allow_changes(self, allowed: bool) -> None:
        """Not while one is being written: pressed twice, it would be written twice."""
        if any(made.hasFocus() for made in self._changes):
            # One that is off would give the focus to the top of the window.
            self._note.focus_field()
        for made in self._changes:
            made.setEnabled(allowed)

    def _ask_person(self, request: LoggedRequest, go_on: Callable[[Answers, LoggedRequest], None]) -> None:
        if request.fingerprint is None:
            go_on(answers_of(request, ""), request)
            return
        dialog = SamePersonDialog(self._services, self)
        dialog.finished.connect(dialog.deleteLater)
        if not dialog.exec() or dialog.number is None:
            return
        digits = dialog.number.clear_digits()

        def told(same: bool) -> None:
            if same:
                go_on(answers_of(request, digits), request)
            else:
                self._say(self._services.texts("care.pick_up.other"))

        self._worker.run(
            lambda log: log.confirm_person(request.reference, log.fingerprint(digits)),
            done=told,
            failed=self._tell_failure,
        )

    def _remind(self, request: LoggedRequest) -> None:
        """A mail that is ready: to the applicant, or to the team that knows of the label."""
        services, since = self._services, request.changed_at.date()
        label_waits = request.status is Status.WAITING_FOR_LABEL
        subject, body = services.wording.reminder(answers_of(request, ""), since, label_waits=label_waits)
        if services.mode is Mode.TRAINING:
            desktop.show_mail(services.texts, subject, body, self)
        elif not desktop.write_mail(subject, body, services.catalog.contacts.team_mail if label_waits else ""):
            self._say(self._services.texts("result.referral_mail.not_opened"))

    def _done(self, requests: Sequence[LoggedRequest], *, back: bool = False) -> None:
        for request in requests:
            self._changed(request)
        # With a slow log another request may be shown by now, whose note and buttons are its own.
        if [shown.id for shown in self._shown] == [request.id for request in requests]:
            if len(requests) == 1:
                self.show_request(requests[0])
            else:
                self.show_several(requests)
        texts = self._services.texts
        key = "undo.back_status" if back else "logview.details.changed"
        self._say(texts(key, status=texts(f"log.status.{requests[0].status}")))

    def _show_past(self, past: tuple[list[Event], bool]) -> None:
        events, late = past
        if late:
            self._reminder.show()
        self._show_events(events)

    def _show_events(self, events: list[Event]) -> None:
        texts = self._services.texts
        for event in events:
            detail = event.detail
            if event.kind is EventKind.STATUS:
                detail = texts(f"log.status.{event.detail}")
            elif event.kind is EventKind.TICK:
                detail = self._number_of(event.detail)
            kind = f"{event.kind}_undone" if event.undone else event.kind if event.done else "tick_off"
            what = texts(f"logview.details.what.{kind}", detail=detail)
            at = shown_moment(event.at)
            line = texts("logview.details.event", at=at, user=event.user, what=what)
            self._parts.addWidget(selectable(f"{line}\n{event.note}" if event.note and not event.undone else line))

    def _number_of(self, step: str) -> str:
        """The number that the step bears on the screen; the id of one that is no longer asked."""
        if not self._shown or step not in (progress := self._progress(self._shown[0])).steps:
            return step
        return str(progress.place(step))

    def _tell_failure(self, error: Exception) -> None:
        self._say(log_trouble(self._services.texts, error))


def _take_back(shell: Shell, changed: Changed) -> None:
    """In the view of the log that is there by then."""
    if shell.views.findChild(LogDetails) is None:
        shell.show_log()
    if (details := shell.views.findChild(LogDetails)) is not None:
        details.take_back(changed)


def _key(requests: tuple[LoggedRequest, ...]) -> str:
    return " ".join(request.reference for request in requests)


def _change_of(
    log: RequestLog, reference: str, status: Status | None, note: str
) -> tuple[LoggedRequest, LoggedRequest]:
    before = log.get(reference)
    after = log.add_note(reference, note) if status is None else saving.change(log, reference, status, note)
    return after, before


def answers_of(request: LoggedRequest, digits: str) -> Answers:
    """The answers that this request was made from; the number as it was just given again."""
    answers = Answers()
    for question in QUESTIONS:
        if question.logged:
            given = digits if question.field == "register_number" else getattr(request, question.logged)
            answers = answered(question.field, given, answers)
    return answers


def _fact(title: str, value: str) -> QHBoxLayout:
    """What something is, beside what it is called; all such lines under one another have the same two edges."""
    called, told = label(title, "muted"), selectable(value)
    # A longer word is not cut.
    called.setFixedWidth(max(reading_width(called, _TITLE_CHARACTERS), called.minimumSizeHint().width()))
    told.setAccessibleName(f"{title}: {value}")
    line = QHBoxLayout()
    line.setSpacing(SPACE)
    line.addWidget(called, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(told, 1, Qt.AlignmentFlag.AlignTop)
    return line
