"""A line in which anything may be typed or pasted, a whole mail too: register numbers in it show as dots."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile

from PySide6.QtWidgets import QLineEdit

from ccinc_wizard.ui.kit.fields import TextField

Spans = list[tuple[int, int]]
NumbersIn = Callable[[str, Spans], Spans]
"""Where a text holds register numbers, mistyped ones too: these known ones and what else it finds, in their order."""

_MOST_SIGNS = 200_001
"""As many as are read of a mail, and one by which the reader knows that it was cut."""
_LIKE_DIGITS = "OolI"
"""Letters by which people write digits; a number with them is one as well."""
_FIRST_MARK, _MARKS = 0xFE00, 16
_MARKED = re.compile(r"([\ufe00-\ufe0f])\1*")
"""Signs that nobody sees (variation selectors): they stand before dots and say whose these are."""


class MaskedLine(QLineEdit):
    """What it shows, undoes and gives to the clipboard holds no number; what was typed is given by `clear_text` only.

    `numbers_in` decides by the form of what stands there so far, so a telephone or enterprise number shows dots from
    its ninth digit to its last one. Of a number taken back sign by sign no digit shows again. What is written as such
    another number in every respect stays readable. Line breaks of what is pasted stay, as a mail is read line by line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.numbers_in: NumbersIn = lambda _, known: known
        self.setMaxLength(_MOST_SIGNS)
        self._numbers: list[tuple[str, bool]] = []
        """What stands under dots, and whether its dots stay whatever becomes of it."""
        self._digits = 0
        # First of all that listen: nobody else hears of a number.
        self.textChanged.connect(self._mask)

    def clear_text(self) -> str:
        """All that was typed or pasted, with its numbers."""
        return self._clear(self.text())[0]

    def _clear(self, text: str) -> tuple[str, dict[tuple[int, int], bool]]:
        """A text with its numbers, where these stand in it, and whether their dots stay."""
        clear, hidden, done = "", {}, 0
        marks = [*_MARKED.finditer(text)]
        ends = [*(mark.start() for mark in marks[1:]), len(text)]
        for mark, end in zip(marks, ends, strict=False):
            place = ord(mark[1]) - _FIRST_MARK + _MARKS * (len(mark[0]) - 1)
            if place >= len(self._numbers):
                continue
            number, stays = self._numbers[place]
            # Who clicks before the dots writes behind their mark; Backspace takes the dots away from behind.
            begin = max(mark.end(), text.find(_dots(number), mark.end(), end))
            pairs = zip(number, _dots(number), text[begin:end], strict=False)
            left = "".join(sign for sign, *_ in takewhile(lambda pair: pair[1] == pair[2], pairs))
            clear += text[done : mark.start()] + text[mark.end() : begin]
            if left:
                hidden[len(clear), len(clear) + len(left)] = stays or left != number
            clear, done = clear + left, begin + len(left)
        return clear + text[done:], hidden

    def _mask(self, text: str) -> None:
        clear, hidden = self._clear(text)
        digits = sum(sign.isdigit() or sign in _LIKE_DIGITS for sign in clear)
        changed, self._digits = digits != self._digits, digits
        if not changed:
            return
        stay = [span for span, stays in hidden.items() if stays]
        found = self.numbers_in(clear, stay)
        if found == list(hidden):
            return
        at = len(self._clear(text[: self.cursorPosition()])[0])
        self._numbers = [(clear[one:end], any(one <= begin < end for begin, _ in stay)) for one, end in found]
        masked = clear
        for place, (start, end) in reversed(list(enumerate(found))):
            mark = chr(_FIRST_MARK + place % _MARKS) * (1 + place // _MARKS)
            masked = masked[:start] + mark + _dots(clear[start:end]) + masked[end:]
            at += len(mark) * (start < at)
        # Not by `insert`: what undo brings back would show the number again.
        self.setText(masked)
        self.setCursorPosition(at)


def _dots(number: str) -> str:
    return "".join("•" if sign.isdigit() or sign in _LIKE_DIGITS else sign for sign in number)


class MaskedField(TextField):
    """Such a line with its title and hint."""

    def __init__(self, name: str, title: str, hint: str, numbers_in: NumbersIn) -> None:
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
