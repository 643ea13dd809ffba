"""The steps as cards: one at a time or all, each with its tick and the button that copies its value."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QPushButton

from ccinc_wizard.content.wording import StepWords
from ccinc_wizard.domain.progress import Progress
from ccinc_wizard.ui.kit.choosing import WrappingCheck
from ccinc_wizard.ui.kit.screens import Scrolled, at_top
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import column, restyle, row


class View(StrEnum):
    """How much is shown; the values stand in the settings."""

    ONE = "one"
    ALL = "all"


class StepCard(QFrame):
    """One step: a box to tick with its sentence, and a button for what is to be copied."""

    ticked = Signal(bool)
    """The user ticked it off, or opened it again."""

    def __init__(self, number: int, step: StepWords, copy: QPushButton | None) -> None:
        super().__init__()
        self.setProperty("panel", "card")
        self._check = WrappingCheck(f"companion_step_{step.id}", f"{number}. {step.text}", False, self.ticked.emit)
        self.box = self._check.box
        layout = column(self._check, gap=SPACE, margins=SPACE + 4)
        if copy is not None:
            layout.addLayout(row(copy))
        self.setLayout(layout)

    def show_state(self, *, done: bool, current: bool) -> None:
        """Show whether it is ticked off and whether it is the one to do now."""
        self.box.blockSignals(True)
        self.box.setChecked(done)
        self.box.blockSignals(False)
        restyle(self, "panel", "notice" if current else "card")


class StepCards(Scrolled):
    """All cards, of which one or all are shown."""

    ticked = Signal(str, bool)

    def __init__(self, name: str) -> None:
        super().__init__("companion_steps", name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cards: dict[str, StepCard] = {}
        self._column = column(gap=SPACE)
        self._holder = at_top(self._column)
        self.setWidget(self._holder)

    def add(self, step: StepWords, copy: QPushButton | None) -> None:
        """Put a step under the others."""
        made = StepCard(len(self._cards) + 1, step, copy)
        made.ticked.connect(lambda done: self.ticked.emit(step.id, done))
        self._cards[step.id] = made
        self._column.addWidget(made)

    def show_progress(self, progress: Progress, current: str, view: View) -> None:
        """Show what is done; whoever ticks from box to box finds the focus on the box of the present step."""
        focused = QApplication.focusWidget()
        follow = any(card.box is focused for card in self._cards.values())
        for step, card in self._cards.items():
            card.show_state(done=step in progress.ticked, current=step == current)
            card.setVisible(view is View.ALL or step == current)
        self.setMinimumWidth(self._holder.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())
        if follow:
            self._cards[current].box.setFocus()
        self.ensureWidgetVisible(self._cards[current], 0, SPACE)

    def toggle(self, step: str) -> None:
        """Tick a step off, or open it again."""
        self._cards[step].box.toggle()
