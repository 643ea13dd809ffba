"""How far the steps of a procedure have come: which are ticked off, and which comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, slots=True)
class Progress:
    """The steps in their order, and those that are done. Unchanging: a tick makes a new one."""

    steps: tuple[str, ...]
    ticked: frozenset[str] = frozenset()

    @classmethod
    def of(cls, steps: Iterable[str], ticks: Iterable[str]) -> Self:
        """The progress that these ticks mean; a tick of a step that is no longer asked counts for nothing."""
        asked = tuple(steps)
        return cls(asked, frozenset(ticks) & frozenset(asked))

    @property
    def done(self) -> int:
        """How many steps are ticked off."""
        return len(self.ticked)

    @property
    def complete(self) -> bool:
        """Whether no step is open."""
        return self.done == len(self.steps)

    def place(self, step: str) -> int:
        """Which step it is, counted from one."""
        return self.steps.index(step) + 1

    def with_tick(self, step: str, *, done: bool = True) -> Self:
        """The progress once a step is ticked off, or open again."""
        ticked = self.ticked | {step} if done else self.ticked - {step}
        return replace(self, ticked=ticked & frozenset(self.steps))

    def next_open(self, after: str = "") -> str | None:
        """The first open step after this one, else the first that was left open before it; None when all is done."""
        begin = self.place(after) if after in self.steps else 0
        return next((step for step in self.steps[begin:] + self.steps[:begin] if step not in self.ticked), None)

    def beside(self, step: str, by: int) -> str:
        """The step so many places further or back; the first and the last have nothing beyond them."""
        place = self.steps.index(step) + by
        return self.steps[min(max(place, 0), len(self.steps) - 1)]
