"""The line at the foot of the window: what was just done, and the way back. It stays until the next action or Escape.

There is no clock in it (WCAG 2.2, 2.2.1), and while the focus is in it nothing but the user takes it away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from ccinc_wizard.ui.kit.actions import Place, listen, offered, spelled_keys
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import announce, button, clear, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccinc_wizard.content.texts import Texts


class Offer(NamedTuple):
    """What was done, what goes back, and under which key the words for that stand; perhaps something to do instead.

    It outlives the views, which are made anew in another language: it holds none of them, and no words.
    """

    told: Callable[[Texts], str]
    back: Callable[[], object]
    words: str = "undo.bring_back"
    instead: tuple[str, Callable[[], object]] | None = None


class UndoBar(QFrame):
    """Empty and hidden until there is something to take back; its keys work while it is shown."""

    filled = Signal(list)
    """Its buttons were made anew, which Qt puts at the end of Tab's round."""

    def __init__(self, texts: Texts, *, with_keys: bool = True) -> None:
        """`with_keys` False where the window has another use for Escape, and Tab soon comes by."""
        super().__init__()
        self.setObjectName("undo_bar")
        self._texts, self._with_keys = texts, with_keys
        self._came_from: QWidget | None = None
        self._line: QHBoxLayout | None = None
        self._made: Offer | None = None
        self.hide()

    @property
    def present(self) -> Offer | None:
        """What is offered now."""
        return None if self.isHidden() else self._made

    def offer(self, offer: Offer) -> None:
        """Show this line in the place of another, and let it be heard."""
        self._made = offer
        if self._line is None:
            self._line = QHBoxLayout(self)
            self._line.setContentsMargins(SPACE * 2, SPACE // 2, SPACE * 2, SPACE // 2)
            if self._with_keys:
                listen(Place.UNDO, self)
        clear(self._line)
        key = spelled_keys(self._texts, next(offered(Place.UNDO)).keys[0])
        told, words, cap = offer.told(self._texts), self._texts(offer.words), label(key, "key", wrap=False)
        self._line.addWidget(label(told, name="undo_said"), 1)
        choices = [words]
        if offer.instead is not None:
            choices.append(self._texts(offer.instead[0]))
            self._add(choices[-1], "undo_instead", offer.instead[1])
        self._add(words, "undo_button", offer.back)
        if self._with_keys:
            self._line.addWidget(cap)
        self.setAccessibleName(told)
        self.filled.emit(self.findChildren(QPushButton))
        for part in self.findChildren(QWidget):
            # In this turn: where the line is in sight already, Qt would show them with the next.
            part.show()
        self.show()
        announce(self, f"{told} {self._texts.pair(key, ', '.join(choices))}")

    def retire(self) -> None:
        """Something else is done now: the way back is over, unless one stands on it."""
        if not self._has_focus():
            self.hide()

    def take_focus(self) -> None:
        """Put the focus on the first button."""
        if not self._has_focus():
            self._came_from = QApplication.focusWidget()
        for name in ("undo_instead", "undo_button"):
            if (made := self.findChild(QWidget, name)) is not None:
                made.setFocus()
                return

    def dismiss(self) -> None:
        """Take the line away; the focus goes back to where it was, if that is still there."""
        back, self._came_from = self._came_from, None
        if self._has_focus() and back is not None and isValid(back) and back.isVisible():
            back.setFocus()
        self.hide()

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _add(self, words: str, name: str, action: Callable[[], object]) -> None:
        def act() -> None:
            # First, as what it does may offer something in turn.
            self.dismiss()
            action()

        if self._line is not None:
            self._line.addWidget(button(words, name=name, kind="link", action=act))


@runtime_checkable
class Around(Protocol):
    """A window with such a line."""

    def undo_bar(self) -> UndoBar:
        """The line."""


def offer(beside: QWidget, made: Offer) -> None:
    """Offer to take back what was done in this part of a window."""
    window = beside.window()
    if isinstance(window, Around):
        window.undo_bar().offer(made)


def retire(beside: QWidget) -> None:
    """Something else was done in this part of a window."""
    for bar in beside.window().findChildren(UndoBar):
        bar.retire()
