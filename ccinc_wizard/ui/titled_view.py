"""What screens beside the wizard have in common: a title, pieces under it, and room to scroll."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QWidget

from ccinc_wizard.ui.theme import READING_WIDTH, SPACE
from ccinc_wizard.ui.widgets import column, fill, page_title, reading_width


class TitledView(QScrollArea):
    """A screen of the training room or of the helpdesk."""

    def __init__(self, name: str, title: str, *, wide: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusPolicy", "NoFocus")
        self.setAccessibleName(title)
        self.title = page_title(title, name=f"{name}_title")
        self._body = column(self.title, gap=SPACE * 2)
        self._body.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        inner, holder = QWidget(), QWidget()
        whole = column(self._body)
        whole.addStretch(1)
        inner.setLayout(whole)
        if not wide:
            inner.setMaximumWidth(reading_width(self, READING_WIDTH) + SPACE * 8)
        # A row, not a column: only a row asks the wrapped text how high it is at the width it really gets.
        outer = QHBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inner, 1)
        outer.addStretch(0)
        self.setWidget(holder)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put pieces under what is there."""
        fill(self._body, parts)

    def focus_first(self) -> None:
        """Put the focus where one starts: where nothing is asked, on the title, which is then read out."""
        self.title.setFocus()
