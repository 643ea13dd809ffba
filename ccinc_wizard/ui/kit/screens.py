"""What may be longer than its place, and so scrolls: a screen under its title, and what stands at the side."""

from __future__ import annotations

from PySide6 import QtCore
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QWidget

from ccinc_wizard.ui.kit.spoken import laid_out, tab_in_reading_order
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE
from ccinc_wizard.ui.kit.widgets import clear, column, fill, group, page_title, reading_width, say, status_line


def at_top(*parts: QWidget | QLayout) -> QWidget:
    """A widget whose parts keep to the top, however high it is."""
    layout = column(*parts)
    layout.addStretch(1)
    return group(layout)


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
    _unrolled = False

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
        if self._unrolled and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def unroll(self, whole: bool) -> None:
        """Be as high as what it holds, within something else that scrolls; or scroll by itself again."""
        self._unrolled = whole
        policy = self.sizePolicy()
        policy.setHeightForWidth(whole)
        self.setSizePolicy(policy)
        self.setProperty("verticalScrollBarPolicy", "ScrollBarAlwaysOff" if whole else "ScrollBarAsNeeded")

    def heightForWidth(self, width: int) -> int:
        """All of it, where that is wanted."""
        return self.whole_height(width) if self._unrolled else super().heightForWidth(width)

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


def when_low(name: str, spoken: str, parts: QLayout) -> Scrolled:
    """What a dialog says and asks: as high as the parts, and scrolls only where the screen has no room for that."""
    area = Scrolled(name, spoken)
    area.read(parts)
    area.unroll(whole=True)
    area.setProperty("verticalScrollBarPolicy", "ScrollBarAsNeeded")
    return area


class TitledView(Scrolled):
    """A title and what belongs to it: a page of the wizard, or a screen of the training room or the helpdesk."""

    beside_from = 150
    """In average characters: from this width on a part has room beside the rest."""

    def __init__(self, name: str, title: str, *, heading: str = "", wide: bool = False, status: str = "") -> None:
        """`heading` names the title, `status` the line for news, where the screen puts it somewhere.

        It is as wide as a line is read well at most; a `wide` one as there is room.
        """
        self._beside: QWidget | None = None
        self._in_two: bool | None = None
        super().__init__(name, title)
        self.title = page_title(title, name=heading or f"{name}_title")
        self.status = status_line(status)
        self._body = column(self.title, gap=SPACE * 2)
        self._body.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        self.read(self._body, 0 if wide else reading_width(self, READING_WIDTH) + SPACE * 6)

    def add(self, *parts: QWidget | QLayout) -> None:
        """Put pieces under what is there."""
        fill(self._body, parts)

    def put_above(self, part: QWidget) -> None:
        """Put a part above the title; whoever hears the view comes by it first as well."""
        self._body.insertWidget(0, part, 0, QtCore.Qt.AlignmentFlag.AlignLeft)
        part.lower()

    def stand_beside(self, part: QWidget) -> None:
        """Let a part stand beside the page where there is room, else here, under what is there by now.

        It comes in the place of a former one.
        """
        if self._beside is None:
            self._side = column(margins=SPACE * 3)
            if (across := self._across()) is not None:
                across.insertLayout(1, self._side)
            self._side.addStretch(1)
        last = laid_out(self._body)[-1]
        self._above: QWidget = last if isinstance(last, QWidget) else self.title
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
        wide = self.width() >= reading_width(self, self.beside_from)
        if wide is not self._in_two:
            self._in_two = wide
            around = SPACE * 3 if wide else 0
            self._side.setContentsMargins(0, around, around, around)
            here = self._body.indexOf(self._above) + 1
            self._side.insertWidget(0, self._beside) if wide else self._body.insertWidget(here, self._beside)
            # Read out in the order in which they stand.
            later = [] if wide else [part for part in laid_out(self._body) if self._body.indexOf(part) > here]
            for part in [self._beside, *later]:
                if isinstance(part, QWidget):
                    part.raise_()
            if (across := self._across()) is not None:
                across.setStretchFactor(self._side, 1 if wide else 0)
            tab_in_reading_order(self)

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

    def hold(self, body: QLayout, margin: int = SPACE * 2) -> None:
        """Show this body, and no other; it may be a widget's already."""
        around = body.parentWidget()
        clear(self._holder)
        self._body = around or QWidget()
        body.setContentsMargins(margin, SPACE, margin, margin)
        if around is None:
            self._body.setLayout(body)
        self._holder.addWidget(self._body)
        self._body.show()
        self.fit()

    def wanted(self) -> int:
        """How wide it is beside something. A longer language has longer buttons, which do not wrap."""
        return max(self._least, self._body.minimumSizeHint().width() + _SCROLL_BAR if self._body else 0)

    def fit(self, *, beside: bool = True, room: int = 0) -> None:
        """Be so wide, or as wide as this room; or stand below instead, as wide as there is room."""
        if beside:
            self.setFixedWidth(max(self.wanted(), room))
        else:
            self.setMinimumWidth(0)
            self.setMaximumWidth(_ANY)
        self.unroll(not beside)
