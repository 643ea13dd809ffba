"""A window to read in: a title, pieces under it with room to scroll, and buttons that stay in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLayout, QPushButton, QWidget

from ccinc_wizard.ui.spoken import ReadingArea
from ccinc_wizard.ui.theme import READING_WIDTH, SPACE
from ccinc_wizard.ui.widgets import column, fill, page_title, reading_width

_LINES = 30


class ReadingWindow(QDialog):
    """Closes with Escape, as every dialog does."""

    def __init__(self, name: str, title: str, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = page_title(heading or title, name=f"{name}_title")
        self._body = column(shown, gap=SPACE * 2)
        self._body.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 3)
        inner = QWidget()
        inner.setLayout(self._body)
        scrolled = ReadingArea(heading or title)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidget(inner)
        self._outer = column(scrolled, gap=0)
        self.setLayout(self._outer)
        self.resize(reading_width(self, READING_WIDTH), self.fontMetrics().height() * _LINES)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put pieces under what is there."""
        fill(self._body, parts)

    def finish(self, *buttons: QPushButton) -> None:
        """Keep the pieces together at the top; the buttons come under them, the last one as the default."""
        self._body.addStretch(1)
        if not buttons:
            return
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE * 2)
        bar.addStretch(1)
        for made in buttons:
            bar.addWidget(made)
        buttons[-1].setDefault(True)
        self._outer.addLayout(bar)
