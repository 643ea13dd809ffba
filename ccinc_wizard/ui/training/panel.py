"""The scenario: who you are and what the applicant says, beside the wizard or in large type for a whole room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QVBoxLayout, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.scenarios import TrainingWords
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit.actions import Place, listen
from ccinc_wizard.ui.kit.dialogs import Dialog
from ccinc_wizard.ui.kit.screens import SideArea, at_top
from ccinc_wizard.ui.kit.spoken import Heading, ReadingArea
from ccinc_wizard.ui.kit.theme import SPACE, scaled
from ccinc_wizard.ui.kit.widgets import (
    announce,
    button,
    card,
    column,
    fill,
    label,
    plain,
    rename,
    row,
    section,
    selectable,
)
from ccinc_wizard.ui.training.session import TrainingRoom

_WIDTH = 44


class SidePanel(SideArea):
    """Shows the room's present scenario; without one, the way to choose one."""

    chooser_wanted = Signal()
    wizard_wanted = Signal()
    practice_wanted = Signal()
    presenter_wanted = Signal()
    check_wanted = Signal()

    def __init__(self, services: Services, room: TrainingRoom) -> None:
        super().__init__("training_panel", services.texts("training.title"), _WIDTH)
        self._services, self._room, self._texts = services, room, services.texts
        self._words = TrainingWords(services.texts, services.catalog)
        self._lowest, self._front = 0, ""
        self._ways: dict[str, QWidget] = {}
        self.refresh()

    def refresh(self) -> None:
        """Show the present scenario from its beginning."""
        body, self._parts = QWidget(), column()
        self._ways.clear()
        # What is hidden or shown while it has no parent would be a window.
        body.setLayout(self._parts)
        self._fill()
        self.follow(self._front)
        self.hold(self._parts)
        self.stand(self._lowest)

    def follow(self, front: str) -> None:
        """Offer no way to the view of this name, which is in front."""
        self._front = front
        for view, way in self._ways.items():
            way.setHidden(view == front)

    def stand(self, lowest: int = 0) -> None:
        """Beside the pages, as wide as its words need; or below them, at least so high, and scroll."""
        self._lowest = lowest
        self.fit(beside=not lowest)
        self.unroll(whole=False)
        self.setMinimumHeight(lowest)

    def _fill(self) -> None:
        run, texts = self._room.run, self._texts
        heading = label(self._heading(), name="training_heading", of=Heading)
        scaled(heading, 1.2, bold=True)
        self._parts.addWidget(heading)
        if run is None:
            self._parts.addWidget(label(texts("training.room.none_chosen"), "muted"))
            self._add("choose", "chooser_wanted")
            return
        words = self._words.of(run.scenario)
        said = selectable(words.said, name="training_said")
        self._parts.addWidget(_part(texts("training.your_role")))
        self._parts.addWidget(label(words.your_role, name="training_role_words"))
        self._parts.addWidget(card("notice", _part(texts(f"training.said.{run.scenario.channel}")), said))
        self._number = selectable("", name="training_number")
        self._ask = button("", name="training_ask_number", action=self._ask_number)
        self._parts.addWidget(self._number)
        self._parts.addWidget(self._ask)
        self._show_number()
        self._ways["wizard"] = self._add("to_wizard", "wizard_wanted")
        self._ways["training_practice"] = self._add("practice", "practice_wanted")
        self._add("next_exercise" if self._room.exam else "check", "check_wanted", name="training_check")
        # Of an exam it stops all, not only the exercise that is shown.
        ends = "stop_exam" if self._room.exam else "stop"
        stop = self._made(ends, "chooser_wanted", "link", name="training_stop_button")
        larger = self._made("presenter", "presenter_wanted", "link")
        fill(self._parts, [row(larger, stop, gap=SPACE * 2)])

    def _heading(self) -> str:
        run, exam = self._room.run, self._room.exam
        if run is None:
            return self._texts("training.title")
        if exam is not None:
            # No title: it often names the trap.
            total = len(exam.scenarios)
            return self._texts("training.exam.progress", number=len(exam.grades) + 1, total=total)
        return self._words.of(run.scenario).title

    def _add(self, key: str, signal: str, *, name: str = "") -> QWidget:
        """A button that is never the main one, which is on the screen beside the panel."""
        made = self._made(key, signal, name=name)
        self._parts.addWidget(made)
        return made

    def _made(self, key: str, signal: str, kind: str = "", *, name: str = "") -> QWidget:
        emit, words = getattr(self, signal).emit, self._texts(f"training.room.{key}")
        return button(words, name=name or f"training_{key}_button", kind=kind, action=emit)

    def _ask_number(self) -> None:
        if self._room.run is not None:
            self._room.run.times_asked += 1
            self._show_number()
            announce(self._number, self._number.text())

    def _show_number(self) -> None:
        run, texts = self._room.run, self._texts
        if run is None:
            return
        person, asked = run.scenario.person, run.times_asked
        told = ""
        if asked == 1 and person.number_heard:
            told = texts("training.heard", number=person.number_heard)
        elif asked == 1:
            told = texts("training.card", name=person.name, number=person.number)
        elif asked > 1:
            told = texts("training.asked_again", number=person.number)
        self._number.setText(told)
        self._number.setVisible(bool(told))
        rename(self._ask, texts("training.ask_again" if asked else "training.room.ask"))


def _part(text: str) -> QLabel:
    """A heading below that of the exercise."""
    made = section(text)
    scaled(made, 1.0, bold=True)
    return made


_MARKED = "training_marked"
_HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class Watcher(QObject):
    """An event filter of the whole program; idle once its desk is put away."""

    def __init__(self, room: TrainingRoom, texts: Texts, desk: QWidget) -> None:
        super().__init__(desk)
        self._room, self._texts, self._desk = room, texts, desk
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees all and stops nothing."""
        # Each key comes as this first, also those that a shortcut takes and that never become a key press.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            self._count(watched, event)
        elif event.type() == QEvent.Type.Show and isinstance(watched, QDialog) and self._desk.isVisible():
            self._mark(watched)
        return False

    def _count(self, watched: QObject, event: QKeyEvent) -> None:
        if self._room.run is None or event.isAutoRepeat() or event.key() in _HELD:
            return
        if not isinstance(watched, QWidget) or not self._desk.isVisible():
            return
        # A key that nobody takes climbs from widget to widget; it counts where it arrives.
        if watched is watched.window().focusWidget() or watched.windowType() == Qt.WindowType.Popup:
            self._room.run.keys += 1

    def _mark(self, dialog: QDialog) -> None:
        if dialog.property(_MARKED) or isinstance(dialog, QFileDialog):
            return
        dialog.setProperty(_MARKED, "yes")
        words = self._texts("app.training_band")
        dialog.setWindowTitle(f"{words} - {dialog.windowTitle()}")
        layout = dialog.layout()
        if isinstance(layout, QVBoxLayout):
            band = label(words, name="training_band")
            layout.insertWidget(0, band)
            # The dialog's other parts were shown before it asked to be.
            band.show()


_TITLE, _TEXT = 3.4, 2.8
"""In letters of the window, where the screen is as high as so many lines."""
_LINES, _LOWEST = 48, 0.72
"""On a screen of less than this part of them the letters stay as they are on that."""


class Presenter(Dialog):
    """Slides of a title and a text, on the whole screen; arrows and a clicker's keys turn them."""

    def __init__(self, texts: Texts, slides: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__("training_presenter", plain(texts("training.room.presenter")), parent)
        self._texts, self._slides, self._place = texts, tuple(slides), 0
        self._title = label("", name="training_slide_title", of=Heading)
        scaled(self._title, _TITLE, bold=True)
        self._text = label("", name="training_slide_text")
        scaled(self._text, _TEXT)
        self._count = label("", "muted", name="training_slide_count")
        words = {step: texts(f"training.room.slide_{step}") for step in ("back", "next")}
        self._back = button(words["back"], name="training_slide_back", action=self.go_back)
        self._next = button(words["next"], name="training_slide_next", action=self.go_on)
        shut = texts("training.offline.close")
        close = button(shut, name="training_presenter_close", kind="link", action=self.accept)
        scrolled = ReadingArea(self.windowTitle())
        scrolled.setWidget(at_top(column(self._title, self._text, gap=SPACE * 4, margins=SPACE * 6)))
        whole = column(gap=SPACE, margins=SPACE * 2)
        whole.addWidget(scrolled, 1)
        whole.addLayout(row(self._back, self._next, self._count, close))
        self.setLayout(whole)
        listen(Place.PRESENTER, self)
        self.resize(parent.window().size())
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self._turn(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The letters grow with the wall that they are shown on."""
        super().resizeEvent(event)
        usual = QApplication.font()
        room = max(self.height() / (QFontMetrics(usual).height() * _LINES), _LOWEST)
        for shown, factor in ((self._title, _TITLE), (self._text, _TEXT)):
            scaled(shown, factor * room, bold=shown is self._title)

    def full_screen(self) -> None:
        """Fill the screen, or stand in a window again."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def go_on(self) -> None:
        """The next slide."""
        self._turn(1)

    def go_back(self) -> None:
        """The slide before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        last = len(self._slides) - 1
        self._place = min(max(self._place + step, 0), last)
        title, text = self._slides[self._place]
        self._title.setText(title)
        self._text.setText(text)
        self._count.setText(self._texts("training.room.slide_count", number=self._place + 1, total=last + 1))
        self._back.setEnabled(self._place > 0)
        self._next.setEnabled(self._place < last)
        announce(self._text, f"{title}. {text}")
