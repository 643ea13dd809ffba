"""A panel at the side of the window: as wide as its words need, and scrolled when it is longer than the window."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import clear, column, reading_width

_SCROLL_BAR = 16


class SideArea(QScrollArea):
    """Holds one body, which can be replaced."""

    def __init__(self, name: str, spoken: str, characters: int) -> None:
        """`characters` is the least width, in average characters."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusPolicy", "NoFocus")
        self._least = reading_width(self, characters) + SPACE * 4
        self._body: QWidget | None = None
        self._holder = column()
        holder = QWidget()
        whole = column(self._holder)
        whole.addStretch(1)
        holder.setLayout(whole)
        self.setWidget(holder)

    def hold(self, body: QWidget) -> None:
        """Show this body, and no other."""
        clear(self._holder)
        self._holder.addWidget(body)
        self._body = body
        body.show()
        self.fit()

    def fit(self) -> None:
        """A longer language has longer buttons, which do not wrap: be wide enough for them."""
        if self._body is not None:
            self.setFixedWidth(max(self._least, self._body.minimumSizeHint().width() + _SCROLL_BAR))
