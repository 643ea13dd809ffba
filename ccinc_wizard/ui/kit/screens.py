"""What screens beside the wizard have in common: a title, pieces under it, and room to scroll."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.ui.kit import files
from ccinc_wizard.ui.kit.tables import Cells, write_table
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE
from ccinc_wizard.ui.kit.widgets import (
    clear,
    column,
    fill,
    page_title,
    reading_width,
    say,
    status_line,
)


class TitledView(QScrollArea):
    """A screen of the training room or of the helpdesk."""

    def __init__(self, name: str, title: str, *, wide: bool = False, status: str = "") -> None:
        """`status` names the line in which it says how something went, for a screen that puts it somewhere."""
        super().__init__()
        self.status = status_line(status)
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

    def say(self, text: str) -> None:
        """Show that something was done, and let it be heard."""
        say(self.status, text)


class TableView(TitledView):
    """A screen whose table can be saved."""

    def __init__(self, name: str, title: str, status: str, texts: Texts) -> None:
        super().__init__(name, title, wide=True, status=status)
        self.texts = texts

    def table(self) -> tuple[Sequence[str], Cells]:
        """Headings and lines, as they go to the file."""
        raise NotImplementedError

    def save_to(self, path: Path) -> None:
        """Write the table to this file and say how it went."""
        told, _ = files.save(self.texts, path, lambda: write_table(path, *self.table()))
        self.say(told)

    def ask_file(self, ending: str) -> None:
        """Let the user choose a file with this ending, and write it."""
        if path := files.ask_save_as(self, self.title.text(), ending):
            self.save_to(path)


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
