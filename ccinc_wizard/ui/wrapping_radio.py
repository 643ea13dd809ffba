"""A radio button whose words take as many lines as they need, which Qt's own does not."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QRadioButton

from ccinc_wizard.ui.theme import TARGET

BESIDE = TARGET + 14
"""Where the words begin, so that a hint stands under them."""
_FRAME = 8


class WrappingRadio(QRadioButton):
    """Breaks its words anew whenever it gets another width or other letters."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        # Less than Qt asks for one line, so that a narrow page narrows it instead of being scrolled sideways.
        self.setMinimumWidth(TARGET)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words to the new width."""
        super().resizeEvent(event)
        lines = _in_lines(self._words, self.fontMetrics(), self.width() - BESIDE - _FRAME)
        if lines != self.text():
            self.setText(lines)


def _in_lines(words: str, metrics: QFontMetrics, room: int) -> str:
    if metrics.horizontalAdvance(words) <= room:
        return words
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and metrics.horizontalAdvance(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)
