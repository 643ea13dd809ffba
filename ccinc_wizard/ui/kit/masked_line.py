"""A line in which anything may be typed or pasted, a whole mail too: register numbers in it show as dots."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit

from ccinc_wizard.ui.kit.fields import TextField

_MOST_SIGNS = 200_001
"""As many as are read of a mail, and one by which the reader knows that it was cut."""
_MANY_DIGITS = 11
_FIRST_MARK, _MARKS = 0xFE00, 16
"""Signs that nobody sees (variation selectors): each stands after its dots and says whose they are."""


class MaskedLine(QLineEdit):
    """What it shows, undoes and gives to the clipboard holds no number; what was typed is given by `clear_text` only.

    Line breaks of what is pasted stay, as a mail is read line by line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.numbers_in: Callable[[str], list[tuple[int, int]]] = lambda _: []
        """Where a text holds a register number."""
        self.setMaxLength(_MOST_SIGNS)
        self._numbers: list[str] = []
        self._digits = 0
        # First of all that listen: nobody else hears of a number.
        self.textChanged.connect(self._mask)

    def clear_text(self) -> str:
        """All that was typed or pasted, with its numbers."""
        text = self.text()
        for place, number in enumerate(self._numbers):
            text = text.replace(_dots(number, place), number)
        return text

    def _mask(self, text: str) -> None:
        if not text:
            self._numbers.clear()
        digits = sum(map(str.isdecimal, text))
        changed, self._digits = digits != self._digits, digits
        if digits < _MANY_DIGITS or not changed:
            return
        # One that is being typed is masked once it is whole; whoever is not at its end types it no more.
        found = [span for span in self.numbers_in(text) if self._whole(text, *span)]
        masked, at = text, self.cursorPosition()
        for start, end in reversed(found):
            self._numbers.append(text[start:end])
            dots = _dots(text[start:end], len(self._numbers) - 1)
            masked = masked[:start] + dots + masked[end:]
            at += (len(dots) - (end - start)) * (end <= at)
        if found:
            # Not by `insert`: what undo brings back would show the number again.
            self.setText(masked)
            self.setCursorPosition(at)

    def _whole(self, text: str, start: int, end: int) -> bool:
        return sum(map(str.isdecimal, text[start:end])) >= _MANY_DIGITS or end != self.cursorPosition()


def _dots(number: str, place: int) -> str:
    return re.sub(r"\d", "•", number) + chr(_FIRST_MARK + place % _MARKS) * (1 + place // _MARKS)


class MaskedField(TextField):
    """Such a line with its title and hint."""

    def __init__(self, name: str, title: str, hint: str, numbers_in: Callable[[str], list[tuple[int, int]]]) -> None:
        super().__init__(name, title, hint)
        self.line.numbers_in = numbers_in

    def make_input(self) -> QLineEdit:
        """The line itself."""
        self.line = MaskedLine()
        return self.line

    def show_text(self, text: str) -> None:
        """Show what was typed before."""
        if self.line.clear_text() != text:
            super().show_text(text)
