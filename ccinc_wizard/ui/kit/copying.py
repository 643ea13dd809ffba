"""Copying what a step needs: its value, or the register number, which does not stay on the clipboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import StepWords
from ccinc_wizard.domain.catalog import StepValue
from ccinc_wizard.domain.request import AccessRequest
from ccinc_wizard.ui.kit import desktop
from ccinc_wizard.ui.kit.widgets import button


class Copier:
    """Copies the values of one request's steps, and says so."""

    def __init__(self, texts: Texts, owner: QWidget, say: Callable[[str], None]) -> None:
        self._texts, self._say = texts, say
        self._clipboard = desktop.SecretClipboard(owner)
        self._clipboard.over.connect(lambda: say(texts("result.number_gone")))

    def can_copy(self, step: StepWords, request: AccessRequest) -> bool:
        """Whether the step has a value that is known."""
        return (step.value is StepValue.NUMBER and request.number is not None) or step.copyable is not None

    def copy(self, step: StepWords, request: AccessRequest) -> None:
        """Put the step's value on the clipboard; a step without one leaves the clipboard alone."""
        if step.value is StepValue.NUMBER:
            if request.number is not None:
                self._clipboard.copy(request.number.clear_format())
                self._say(self._texts("result.copied_number", count=desktop.CLEAR_AFTER_SECONDS))
        elif step.copyable is not None:
            self.copy_text(step.copyable, self._value(step))

    def copy_text(self, text: str, value: str) -> None:
        """Put an ordinary text on the clipboard; `value` is what it is called."""
        desktop.copy_text(text)
        self._say(self._texts("result.copied", value=value))

    def named(self, step: StepWords) -> str:
        """What the button that copies the step's value does, in words."""
        return self._texts("result.copy_named", value=self._value(step))

    def button(self, step: StepWords, request: AccessRequest, *, name: str, text: str = "") -> QPushButton:
        """A button that copies the step's value."""
        named = self.named(step)
        return button(text or named, name=name, spoken=named, action=lambda: self.copy(step, request))

    def clear(self) -> None:
        """Take a copied register number off the clipboard, if it is still there."""
        self._clipboard.clear()

    def _value(self, step: StepWords) -> str:
        return self._texts(f"steps.value.{step.value}")
