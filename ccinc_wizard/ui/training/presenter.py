"""The presenter's view: large type, one thing at a time, for a room that looks at a wall."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit.actions import Place, listen
from ccinc_wizard.ui.kit.dialogs import Dialog
from ccinc_wizard.ui.kit.screens import at_top
from ccinc_wizard.ui.kit.spoken import Heading, ReadingArea
from ccinc_wizard.ui.kit.theme import SPACE, scaled
from ccinc_wizard.ui.kit.widgets import announce, button, column, label, plain, row

_TITLE, _TEXT = 2.4, 2.0
"""In letters of the window, where the screen is no higher than so many lines."""
_LINES = 48


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
        room = self.height() / (QFontMetrics(usual).height() * _LINES)
        for shown, factor in ((self._title, _TITLE), (self._text, _TEXT)):
            scaled(shown, max(factor, factor * room), bold=shown is self._title)

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
