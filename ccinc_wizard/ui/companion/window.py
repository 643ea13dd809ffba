"""The companion: the steps of one request beside the browser, ticked off as one goes."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QBoxLayout, QFrame, QPushButton, QWidget

from ccinc_wizard.app import saving
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import StepWords, Wording
from ccinc_wizard.domain.enums import Mode, Status
from ccinc_wizard.domain.outcome import Checklist
from ccinc_wizard.requestlog.model import TRANSITIONS, LoggedRequest
from ccinc_wizard.ui.kit.actions import Place, in_a_line, listen, listen_to_mouse, offered
from ccinc_wizard.ui.kit.choosing import WrappingCheck
from ccinc_wizard.ui.kit.desktop import Copier
from ccinc_wizard.ui.kit.screens import Scrolled, at_top
from ccinc_wizard.ui.kit.spoken import tab_in_reading_order
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.undo import Offer, UndoBar
from ccinc_wizard.ui.kit.widgets import (
    announce,
    button,
    card,
    column,
    group,
    label,
    reading_width,
    rename,
    restyle,
    row,
    say,
    section,
    status_line,
)
from ccinc_wizard.ui.kit.window_geometry import keep_whole
from ccinc_wizard.ui.wizard.record import Record
from ccinc_wizard.ui.wizard.save_panel import changed


class StepsShown(StrEnum):
    """How much is shown; the values stand in the settings."""

    ONE = "one"
    ALL = "all"


class StepCard(QFrame):
    """One step: a box to tick with its sentence, and a button for what is to be copied."""

    ticked = Signal(bool)
    """The user ticked it off, or opened it again."""

    def __init__(self, number: int, step: StepWords, copy: QPushButton | None) -> None:
        super().__init__()
        self.setProperty("panel", "card")
        self._check = WrappingCheck(f"companion_step_{step.id}", f"{number}. {step.text}", False, self.ticked.emit)
        self.box, self._copy, self._place = self._check.box, copy, row()
        layout = column(self._check, gap=SPACE, margins=SPACE + 4)
        layout.addLayout(self._place)
        self.setLayout(layout)

    def put_copy(self, elsewhere: QBoxLayout | None) -> QPushButton | None:
        """The button that copies stands with the step, or elsewhere."""
        if self._copy is not None:
            (elsewhere or self._place).insertWidget(0, self._copy)
        return self._copy

    def show_state(self, *, done: bool, current: bool) -> None:
        """Show whether it is ticked off and whether it is the one to do now."""
        self.box.blockSignals(True)
        self.box.setChecked(done)
        self.box.blockSignals(False)
        restyle(self, "panel", "notice" if current else "card")


class StepCards(Scrolled):
    """All cards, of which one or all are shown."""

    ticked = Signal(str, bool)

    def __init__(self, name: str) -> None:
        super().__init__("companion_steps", name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cards: dict[str, StepCard] = {}
        self._column = column(gap=SPACE)
        self.below = column()
        """Under all cards."""
        self._holder = at_top(column(self._column, self.below, gap=SPACE))
        self.setWidget(self._holder)

    def put_copies(self, elsewhere: QBoxLayout | None) -> dict[str, QPushButton]:
        """Let the buttons that copy stand with their steps, or elsewhere; by the steps that have one."""
        put = {step: shown.put_copy(elsewhere) for step, shown in self._cards.items()}
        return {step: copy for step, copy in put.items() if copy is not None}

    def add(self, step: StepWords, copy: QPushButton | None) -> None:
        """Put a step under the others."""
        made = StepCard(len(self._cards) + 1, step, copy)
        made.ticked.connect(lambda done: self.ticked.emit(step.id, done))
        self._cards[step.id] = made
        self._column.addWidget(made)

    def show_progress(self, progress: Checklist, current: str, view: StepsShown) -> None:
        """Show what is done; whoever ticks from box to box finds the focus on the box of the present step."""
        focused = QApplication.focusWidget()
        follow = any(shown.box is focused for shown in self._cards.values())
        for step, shown in self._cards.items():
            shown.show_state(done=step in progress.ticked, current=step == current)
            shown.setVisible(view is StepsShown.ALL or step == current)
        # That of the widest, so that the window keeps its width from step to step.
        widest = max(shown.minimumSizeHint().width() for shown in self._cards.values())
        self.setMinimumWidth(widest + self.verticalScrollBar().sizeHint().width())
        if follow:
            self._cards[current].box.setFocus()
        self.ensureWidgetVisible(self._cards[current], 0, SPACE)

    def toggle(self, step: str) -> None:
        """Tick a step off, or open it again."""
        self._cards[step].box.toggle()


_CHARACTERS, _LINES, _LOW = 54, 44, 36
"""How wide and high it is when it is opened for the first time, in characters and lines of the present font."""


class CompanionWindow(QWidget):
    """Stays on top of other windows. It has no parent that would take it along when minimised, and no global keys."""

    kept = Signal(object)
    """The log has the request as this `LoggedRequest` now."""
    closed = Signal()

    def __init__(self, services: Services, record: Record, offered: Offer | None = None) -> None:
        """`offered` is what the window before this one offered to take back."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("companion_window")
        self.record = record
        self._services, self._texts, request = services, services.texts, record.request
        words = Wording(services.texts, services.catalog).steps(record.outcome, request.case.role, request)
        self._steps = {step.id: step for step in words}
        self._progress = Checklist.of(self._steps, record.ticks)
        self._current = self._progress.next_open() or self._progress.steps[-1]
        remembered = services.settings.companion_view
        self._view = StepsShown(remembered) if remembered in list(StepsShown) else StepsShown.ONE
        self._said = status_line("companion_status")
        self._copier = Copier(self._texts, self, partial(say, self._said), record.note_use)
        self._ending = Ending(self._texts, record, self.close)
        self._high: bool = True
        """Whether there is room for all, as on most screens."""
        self._lay_out()
        self._listen()
        self._refresh()
        self._focus_action()
        if offered is not None:
            self._undo.offer(offered)

    @property
    def carried(self) -> tuple[Record, Offer | None]:
        """What it shows and what it offers, for the window that comes in its place in another language."""
        return self.record, self._undo.present

    def show_beside(self, other: QWidget) -> None:
        """Appear where it stood before; the first time at the right edge of the screen of another window."""
        stored = self._services.settings.companion_geometry
        if not (stored and self.restoreGeometry(QByteArray.fromBase64(stored.encode("ascii")))):
            room = other.screen().availableGeometry()
            self.resize(reading_width(self, _CHARACTERS), self.fontMetrics().height() * _LINES)
            self.move(room.right() - self.width() - SPACE * 2, room.top() + SPACE * 4)
        keep_whole(self)
        self.show()
        listen_to_mouse(self)
        self.raise_()
        self.activateWindow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the step has the room of the keys, which stand on the sheet of shortcuts as well.

        What is said of the log comes below the step, where it scrolls with it.
        """
        super().resizeEvent(event)
        high = self.height() >= self.fontMetrics().height() * _LOW
        self._keys.setVisible(high)
        if high is not self._high:
            self._high = high
            self._place_notice()
            self._place_copies()
        # What the window system did not ask for was done by a step or the ending that need more room.
        if self.isVisible() and not event.spontaneous():
            keep_whole(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """A copied number does not outlive the window; where the window stood is remembered."""
        self._copier.clear()
        self._services.remember(companion_geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        super().closeEvent(event)
        self.closed.emit()

    def _lay_out(self) -> None:
        texts = self._texts
        self.setWindowTitle(texts("companion.window"))
        self._count = section("", name="companion_count")
        self._done = button("", name="companion_done", kind="primary", action=self._tick_off)
        self._back = button(texts("companion.back"), name="companion_back", action=self.go_back)
        self._next = button(texts("companion.next"), name="companion_next", action=self.go_on)
        self._toggle = button("", name="companion_view", kind="link", action=self._change_view)
        self._cards = self._make_cards()
        self._undo = UndoBar(texts, with_keys=False)
        whole = column(self._count, label(self._whom(), "muted", name="companion_whom"), margins=SPACE * 2)
        if self._services.mode is Mode.TRAINING:
            whole.insertWidget(0, label(texts("app.training_band"), name="training_band"))
        whole.addWidget(self._cards, 1)
        self._copy_place = row()
        self._beside_done = group(self._copy_place)
        for part in (self._beside_done, self._said, self._ending, self._done):
            whole.addWidget(part)
        whole.addLayout(row(self._back, self._next, self._toggle))
        self._notice, self._foot = KeepingNotice(texts, self.record), column()
        self._foot.addWidget(self._notice)
        whole.addLayout(self._foot)
        self._keys: QWidget = label(in_a_line(texts, offered(Place.COMPANION)), "muted")
        whole.addWidget(self._keys)
        whole.addWidget(self._undo)
        self.setLayout(whole)

    def _make_cards(self) -> StepCards:
        cards = StepCards(self._texts("companion.window"))
        request = self.record.request
        for step in self._steps.values():
            known = self._copier.can_copy(step, request)
            cards.add(step, self._copier.button(step, request, name=_copies(step)) if known else None)
        cards.ticked.connect(self._tick)
        return cards

    def _listen(self) -> None:
        # After the notice, which was made before.
        self.record.kept.connect(self._place_notice)
        self.record.failed.connect(self._place_notice)
        self.record.kept.connect(self._show_ending)
        self.record.kept.connect(self.kept)
        self.record.changed.connect(self._offer_back)
        listen(Place.COMPANION, self)

    def _offer_back(self, after: LoggedRequest, before: LoggedRequest) -> None:
        self._undo.offer(changed(after, before, partial(self.record.take_back, after, before)))

    def _whom(self) -> str:
        request = self.record.request
        role = self._texts(f"choices.role.{request.case.role}.label")
        return ", ".join(filter(None, (request.applicant_name, role, request.authority_name)))

    def press(self) -> None:
        """Press the button that has the focus, else tick the step off."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractButton) and focused.isVisible():
            focused.click()
        else:
            self._tick_off()

    def _tick_off(self) -> None:
        if self._current not in self._progress.ticked:
            self._cards.toggle(self._current)
        elif (following := self._progress.next_open(self._current)) is not None:
            self._open(following)

    def _tick(self, step: str, done: bool) -> None:
        self._undo.retire()
        self._progress = self._progress.with_tick(step, done=done)
        self.record.tick(step, done=done)
        self._open((self._progress.next_open(step) or step) if done else step)
        if self._progress.complete:
            self._focus_action()

    def go_back(self) -> None:
        """The step before."""
        self._open(self._progress.beside(self._current, -1))

    def go_on(self) -> None:
        """The next step, ticked off or not."""
        self._open(self._progress.beside(self._current, 1))

    def _open(self, step: str) -> None:
        self._current = step
        say(self._said, "")
        self._refresh()
        announce(self._count, f"{self._count.text()}. {self._steps[step].text}")

    def copy_value(self) -> None:
        """Copy what the present step has to copy."""
        step = self._steps[self._current]
        self._copier.copy(step, self.record.request, _copies(step))

    def _change_view(self) -> None:
        self._view = StepsShown.ONE if self._view is StepsShown.ALL else StepsShown.ALL
        self._services.remember(companion_view=self._view.value)
        self._refresh()

    def _refresh(self) -> None:
        texts, progress, place = self._texts, self._progress, self._progress.place(self._current)
        self._count.setText(texts("companion.count", number=place, total=len(progress.steps), done=progress.done))
        self._place_copies()
        self._cards.show_progress(progress, self._current, self._view)
        last = progress.next_open(self._current) in (None, self._current)
        rename(self._done, texts("companion.finish" if last else "companion.done"))
        rename(self._toggle, texts("companion.one" if self._view is StepsShown.ALL else "companion.all"))
        self._back.setEnabled(place > 1)
        self._next.setEnabled(place < len(progress.steps))
        for made in (self._back, self._next):
            made.setVisible(self._view is StepsShown.ONE)
        self._show_ending()

    def _place_notice(self) -> None:
        """What went wrong stays in sight."""
        stays = self._high or self._notice.property("panel") == "error"
        (self._foot if stays else self._cards.below).addWidget(self._notice)

    def _place_copies(self) -> None:
        """On a low screen the present step's button stands below what scrolls: under a long step it is out of sight."""
        below, focused = self._view is StepsShown.ONE and not self._high, self.focusWidget()
        copies = self._cards.put_copies(self._copy_place if below else None)
        for step, copy in copies.items():
            copy.setVisible(not below or step == self._current)
        self._beside_done.setVisible(below and self._current in copies)
        if focused in copies.values() and not focused.isVisibleTo(self):
            self._done.setFocus()
        tab_in_reading_order(self)

    def _show_ending(self) -> None:
        within = self._ending.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._ending.refresh()
        self._ending.setVisible(self._progress.complete)
        self._done.setVisible(not self._progress.complete)
        if within:
            self._focus_action()

    def _focus_action(self) -> None:
        if self._progress.complete:
            self._ending.focus_first()
        else:
            self._done.setFocus()


def _copies(step: StepWords) -> str:
    return f"companion_copy_{step.value}"


class KeepingNotice(QFrame):
    """Follows the request's record."""

    def __init__(self, texts: Texts, record: Record) -> None:
        super().__init__()
        self._texts = texts
        self._words = label("", name="companion_kept")
        self._layout = column(self._words)
        self.setLayout(self._layout)
        if record.logged is None:
            self._show("plain", texts("companion.kept.not_yet"))
        else:
            self._show_kept(record.logged)
        record.kept.connect(self._show_kept)
        record.failed.connect(self._show_failure)

    def _show_kept(self, logged: LoggedRequest) -> None:
        self._show("plain", self._texts("companion.kept.saved", reference=logged.reference))

    def _show_failure(self, error: Exception) -> None:
        self._show("error", saving.unsaved(self._texts, "companion.kept.failed", error))
        announce(self._words, self._words.text())

    def _show(self, panel: str, text: str) -> None:
        self._words.setText(text)
        restyle(self, "panel", panel)
        restyle(self._words, "kind", "muted" if panel == "plain" else "")
        margin = 0 if panel == "plain" else SPACE
        self._layout.setContentsMargins(margin, margin, margin, margin)


class Ending(QFrame):
    """Offers the states that the request may come to now, or tells which one it came to."""

    def __init__(self, texts: Texts, record: Record, close: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("companion_ending")
        self._texts, self._record = texts, record
        heading = label(texts("companion.ending.title"), bold=True)
        self._words = label("", name="companion_outcome")
        self._offers = {status: self._offer(status) for status in self._wanted()}
        self._close = button(texts("companion.ending.close"), name="companion_close", action=close)
        lines = [row(offer) for offer in self._offers.values()]
        self.setLayout(column(card("good", heading, self._words, *lines, row(self._close))))

    def refresh(self) -> None:
        """Show what may still be said of the request."""
        logged = self._record.logged
        status = logged.status if logged else Status.REQUESTED
        for wanted, offer in self._offers.items():
            offer.setVisible(wanted in TRANSITIONS[status])
        said = self._texts("companion.ending.why")
        if status is not Status.REQUESTED:
            said = self._texts("companion.ending.marked", status=self._texts(f"log.status.{status}"))
        self._words.setText(said)

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be done."""
        offered = [offer for offer in self._offers.values() if not offer.isHidden()]
        next(iter(offered), self._close).setFocus()

    def _wanted(self) -> tuple[Status, ...]:
        return (Status.GRANTED, Status.WAITING_FOR_LABEL) if self._record.outcome.label else (Status.GRANTED,)

    def _offer(self, status: Status) -> QPushButton:
        name = f"companion_to_{status.value.replace('-', '_')}"
        kind = "primary" if status is Status.GRANTED else ""
        words = self._texts(f"logview.details.to.{status}")
        return button(words, name=name, kind=kind, action=partial(self._record.change, status))
