"""An agent at the call desk, for the tests of the helpdesk."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from ccinc_wizard.ui.helpdesk.call_session import CallSession
from tests.ui.conftest import Driver

BEGAN = dt.datetime(2026, 11, 24, 10, 30, tzinfo=dt.UTC)


class Clock:
    """A clock that stands still until it is set on."""

    def __init__(self) -> None:
        self.now = BEGAN

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_by(self, seconds: int) -> None:
        self.now += dt.timedelta(seconds=seconds)


class Desk(Driver):
    """An agent at the keyboard."""

    keys = 0

    def press(self, key: str | Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the focus is."""
        self.keys += 1
        focused = self.window.focusWidget()
        assert focused is not None
        self.qtbot.keyClick(focused, key, modifier)
        QApplication.processEvents()

    def click(self, name: str) -> None:
        """What appears by it is there only once the window has laid itself out."""
        super().click(name)
        QApplication.processEvents()

    def ctrl(self, letter: str) -> None:
        """A shortcut, which Qt gives to the active window only."""
        self.window.activateWindow()
        self.until(lambda: QApplication.activeWindow() is self.window)
        self.press(letter, Qt.KeyboardModifier.ControlModifier)

    def choose(self, *options: str) -> None:
        """Choose by the letters on the buttons' own keys."""
        for option in options:
            self.press(self.letter(option))

    def letter(self, option: str) -> str:
        """The letter of a choice, as the words of the language lay it down."""
        kinds = ("caller", "situation", "authority", "role")
        keys = [f"helpdesk.letters.{kind}.{option}" for kind in kinds]
        texts = self.window.services.texts
        return next(texts(key) for key in keys if texts.has(key))

    @property
    def calls(self) -> CallSession:
        assert self.window.helpdesk.calls is not None
        return self.window.helpdesk.calls

    @property
    def link(self) -> str:
        """The link on the screen, or nothing."""
        return self.text("form_link") if self.shows("form_link") else ""

    @property
    def said(self) -> list[str]:
        """All words that can be seen, without the places at which a long one may be broken."""
        return [made.text().replace("\u200b", "") for made in self.window.findChildren(QLabel) if made.isVisible()]


def clipboard() -> str:
    return QApplication.clipboard().text()
