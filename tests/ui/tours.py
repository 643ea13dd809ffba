"""The tours of the pictures, walked by tests."""

from __future__ import annotations

from tools.tour import Tour

LONG = 300
"""Milliseconds: from here on the tour waits for an answer."""


class QuickTour(Tour):
    """Goes on as soon as what it waits for is there, where the tour itself waits for somebody who looks."""

    def wait(self, milliseconds: int) -> None:  # type: ignore[override]
        """Long waits are for the log's thread, which answers in order; short ones for somebody who looks."""
        super().wait(min(milliseconds, 5))
        for _ in range(2 if milliseconds >= LONG else 0):
            answered: list[object] = []
            self.window.worker.run(lambda _: None, done=answered.append, failed=answered.append)
            self.until(lambda answered=answered: bool(answered))  # type: ignore[misc]
