"""What may be longer than its place, and so scrolls: a screen under its title, and what stands at the side."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QWidget

from ccinc_wizard.ui.kit.spoken import tab_in_reading_order
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE
from ccinc_wizard.ui.kit.widgets import clear, column, fill, page_title, reading_width, say, status_line

_TWO_COLUMNS = 150
"""In average characters: from here on a part has room beside the page."""


def at_top(*parts: QWidget | QLayout) -> QWidget:
    """A widget whose parts keep to the top, however high it is."""
    made = QWidget()
    layout = column(*parts)
    layout.addStretch(1)
    made.setLayout(layout)
    return made


_GROWING = (QEvent.Type.LayoutRequest, QEvent.Type.Resize)


class _Held(QWidget):
    """Tells when what it holds has grown or shrunk."""

    grown = Signal()

    def event(self, event: QEvent) -> bool:
        """Lets everything through."""
        taken = super().event(event)
        if event.type() in _GROWING:
            self.grown.emit()
        return taken


class Scrolled(QScrollArea):
    """Tab passes it by: it scrolls to whatever in it gets the focus."""

    grown = Signal()
    """What it holds asks for another height."""

    def __init__(self, name: str, spoken: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("focusPolicy", "NoFocus")

    def event(self, event: QEvent) -> bool:
        """Before it is shown Qt would lay out all that it holds, at a width that it does not get."""
        if event.type() == QEvent.Type.StyleChange and not self.isVisible():
            return True
        return super().event(event)

    def whole_height(self, width: int) -> int:
        """How high it must be to show everything without scrolling, where it is so wide."""
        held = self.widget()
        if held is None:
            return 0
        layout = held.layout()
        return layout.totalHeightForWidth(width) if layout is not None else held.height()

    def read(self, body: QLayout, widest: int = 0) -> None:
        """Scroll this body, whose lines are so wide at most."""
        inner, holder = at_top(body), _Held()
        holder.grown.connect(self.grown)
        if widest:
            inner.setMaximumWidth(widest)
        # A row, not a column: only a row asks the wrapped text how high it is at the width it really gets.
        outer = QHBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(inner, 1)
        outer.addStretch(0)
        self.setWidget(holder)


_COLUMN = 56
"""The least width at which something stands beside something else, in average characters."""


class Columns(QWidget):
    """What one acts on at the left and what belongs to it at the right where both have room, else one column."""

    def __init__(self) -> None:
        super().__init__()
        # Boxes, not a grid: a grid gives wrapped text less height than it needs.
        self._left, self._right = column(gap=SPACE * 2), column(gap=SPACE * 2)
        self._across = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(SPACE * 2)
        self._across.addLayout(self._left, 1)
        self._across.addLayout(self._right, 1)
        self._below, self._beside = QWidget(), QWidget()
        self._two = False

    def hold(self, left: QLayout, right: QLayout, below: QLayout) -> None:
        """Show these instead of what was there; `below` goes on at the left, or comes last in one column."""
        clear(self._left)
        clear(self._right)
        self._below, self._beside = at_top(below), at_top(right)
        self._left.addWidget(at_top(left))
        self._right.addWidget(self._beside)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """From one column to two and back."""
        super().resizeEvent(event)
        two = self.width() >= reading_width(self, _COLUMN) * 2 + SPACE * 2
        if two != self._two:
            self._two = two
            self._arrange()

    def _arrange(self) -> None:
        direction = QBoxLayout.Direction
        self._across.setDirection(direction.LeftToRight if self._two else direction.TopToBottom)
        column_of = self._left if self._two else self._right
        column_of.addWidget(self._below, 1)
        # Read out and tabbed in the order in which they stand.
        (self._beside if self._two else self._below).raise_()
        tab_in_reading_order(self)


class TitledView(Scrolled):
    """A title and what belongs to it: a page of the wizard, or a screen of the training room or the helpdesk."""

    def __init__(self, name: str, title: str, *, heading: str = "", columns: int = 1, status: str = "") -> None:
        """`heading` names the title, `status` the line for news, where the screen puts it somewhere.

        Each of its `columns` is as wide as a line is read well at most; 0 for as wide as there is room.
        """
        self._beside: QWidget | None = None
        self._in_two: bool | None = None
        super().__init__(name, title)
        self.title = page_title(title, name=heading or f"{name}_title")
        self.status = status_line(status)
        self._body = column(self.title, gap=SPACE * 2)
        self._body.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        self.read(self._body, (reading_width(self, READING_WIDTH) * columns + SPACE * 6) if columns else 0)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put pieces under what is there."""
        fill(self._body, parts)

    def stand_beside(self, part: QWidget) -> None:
        """Let a part stand beside what is there where there is room, else under it; in the place of a former one."""
        if self._beside is None:
            self._side = column(margins=SPACE * 3)
            self._side.addStretch(1)
            if (across := self._across()) is not None:
                across.insertLayout(1, self._side)
        self._beside, self._in_two = part, None
        self._place_beside()

    def _across(self) -> QHBoxLayout | None:
        holder = self.widget()
        layout = holder.layout() if holder is not None else None
        return layout if isinstance(layout, QHBoxLayout) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_beside()

    def _place_beside(self) -> None:
        if self._beside is None:
            return
        wide = self.width() >= reading_width(self, _TWO_COLUMNS)
        if wide is not self._in_two:
            self._in_two = wide
            self._side.setContentsMargins(*[SPACE * 3 if wide else 0] * 4)
            self._side.insertWidget(0, self._beside) if wide else self._body.addWidget(self._beside)
            if (across := self._across()) is not None:
                across.setStretchFactor(self._side, 1 if wide else 0)

    def focus_first(self) -> None:
        """Put the focus where one starts: where nothing is asked, on the title, which is then read out."""
        self.title.setFocus()

    def say(self, text: str, kind: str = "good") -> None:
        """Show how something went, and let it be heard."""
        say(self.status, text, kind)


_SCROLL_BAR = 16
_ANY = (1 << 24) - 1
"""As wide as there is room (QWIDGETSIZE_MAX)."""


class SideArea(Scrolled):
    """Holds one body, which can be replaced."""

    def __init__(self, name: str, spoken: str, characters: int) -> None:
        """`characters` is the least width, in average characters."""
        super().__init__(name, spoken)
        self._least = reading_width(self, characters) + SPACE * 4
        self._body: QWidget | None = None
        self._holder = column()
        self.setWidget(at_top(self._holder))

    def hold(self, body: QWidget) -> None:
        """Show this body, and no other."""
        clear(self._holder)
        self._holder.addWidget(body)
        self._body = body
        body.show()
        self.fit()

    def wanted(self) -> int:
        """How wide it is beside something. A longer language has longer buttons, which do not wrap."""
        return max(self._least, self._body.minimumSizeHint().width() + _SCROLL_BAR if self._body else 0)

    def fit(self, *, beside: bool = True) -> None:
        """Be so wide; or stand below instead, as wide as there is room."""
        if beside:
            self.setFixedWidth(self.wanted())
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_ANY)
