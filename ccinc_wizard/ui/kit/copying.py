"""Copying what a step needs: its value, or the register number, which does not stay on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QPushButton, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import StepWords
from ccinc_wizard.domain.catalog import StepValue
from ccinc_wizard.domain.request import AccessRequest
from ccinc_wizard.ui.kit import desktop
from ccinc_wizard.ui.kit.drawing import PicturedButton
from ccinc_wizard.ui.kit.widgets import announce, button

_SHOWN_MS = 2000


class CopyButton(PicturedButton):
    """Says itself that it has copied, for two seconds, and is wide enough for that beforehand: nothing moves."""

    def __init__(self, texts: Texts, text: str, kind: str = "", told: str = "") -> None:
        super().__init__(text, "copy", kind)
        self._words, self._copied = text, told or texts("result.copied_short")
        self._over = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._over.timeout.connect(self._show_words)

    def answer(self, spoken: str) -> None:
        """Say that it is copied; `spoken` is what a screen reader hears."""
        self.setText(self._copied)
        self.show_picture("tick")
        self._over.start()
        announce(self, spoken)

    def sizeHint(self) -> QSize:
        """Room for either text."""
        hint, metrics = super().sizeHint(), self.fontMetrics()
        flag = Qt.TextFlag.TextShowMnemonic.value
        present, *both = (metrics.size(flag, words).width() for words in (self.text(), self._words, self._copied))
        return hint + QSize(max(both) - present, 0)

    def _show_words(self) -> None:
        self.setText(self._words)
        self.show_picture("copy")


def copies(texts: Texts, kind: str = "", told: str = "") -> Callable[[str], CopyButton]:
    """What makes a button that copies, for `widgets.button`; what it calls lets it answer, by `told` or usual words."""
    return partial(CopyButton, texts, kind=kind, told=told)


def answer_at(owner: QWidget, name: str, spoken: str) -> bool:
    """Let the shown copy button of this name answer; False where there is none to be seen."""
    shown = [made for made in owner.findChildren(CopyButton, name) if made.isVisible()]
    for made in shown:
        made.answer(spoken)
    return bool(shown)


class Copier:
    """Copies the values of one request's steps; the button beside the value says so."""

    def __init__(self, texts: Texts, owner: QWidget, say: Callable[[str], None], copied: Callable[[], object]) -> None:
        """`copied` is told of each copy."""
        self._texts, self._owner, self._say, self._copied = texts, owner, say, copied
        self._clipboard = desktop.SecretClipboard(owner)
        self._clipboard.over.connect(lambda: say(texts("result.number_gone")))

    def can_copy(self, step: StepWords, request: AccessRequest) -> bool:
        """Whether the step has a value that is known."""
        return (step.value is StepValue.NUMBER and request.number is not None) or step.copyable is not None

    def copy(self, step: StepWords, request: AccessRequest, name: str) -> None:
        """Put the step's value on the clipboard, and let the button of this name answer; without a value, nothing."""
        if step.value is StepValue.NUMBER:
            if request.number is not None:
                self._clipboard.copy(request.number.clear_format())
                self._answer(name, self._texts("result.copied_number", count=desktop.CLEAR_AFTER_SECONDS))
        elif step.copyable is not None:
            self.copy_text(step.copyable, self._value(step), name)

    def copy_text(self, text: str, value: str, name: str) -> None:
        """Put an ordinary text on the clipboard; `value` is what it is called, `name` its button's."""
        desktop.copy_text(text)
        self._answer(name, self._texts("result.copied", value=value))

    def button(self, step: StepWords, request: AccessRequest, *, name: str, text: str = "") -> QPushButton:
        """A button that copies the step's value."""
        named = self._texts("result.copy_named", value=self._value(step))
        passing = step.value is StepValue.NUMBER
        told = self._texts("result.copied_for", count=desktop.CLEAR_AFTER_SECONDS) if passing else ""
        action = partial(self.copy, step, request, name)
        return button(text or named, name=name, spoken=named, of=copies(self._texts, told=told), action=action)

    def clear(self) -> None:
        """Take a copied register number off the clipboard, if it is still there."""
        self._clipboard.clear()

    def _answer(self, name: str, told: str) -> None:
        self._copied()
        if not answer_at(self._owner, name, told):
            self._say(told)

    def _value(self, step: StepWords) -> str:
        return self._texts(f"steps.value.{step.value}")
