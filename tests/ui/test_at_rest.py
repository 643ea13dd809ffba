"""A window that nobody touches does nothing: it paints no part of itself again and again."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ccinc_wizard.domain.enums import Mode
from tests.ui.conftest import Driver

ROUNDS = 30
"""Turns of the event loop; a caret that blinks paints once in many."""


class Painted(QObject):
    """Counts what is painted, by object name."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of every widget of the program."""
        if event.type() == QEvent.Type.Paint:
            self.parts[watched.objectName() or type(watched).__name__] += 1
        return False


def restless(qapp: QApplication) -> list[str]:
    """What goes on painting itself once the page stands."""
    for _ in range(ROUNDS):
        qapp.processEvents()
    painted = Painted()
    qapp.installEventFilter(painted)
    for _ in range(ROUNDS):
        qapp.processEvents()
    qapp.removeEventFilter(painted)
    return [name for name, times in painted.parts.items() if times > ROUNDS // 3]


@pytest.mark.parametrize("situation", ["form", "manual", "task"])
def test_no_page_of_the_wizard_paints_without_end(window: Driver, qapp: QApplication, situation: str) -> None:
    assert restless(qapp) == []
    window.walk(situation, "invoerder", "brusselse-gemeente", "Elsene", to="check")
    assert restless(qapp) == []
    window.next()
    window.until(lambda: window.page == "page_result")
    assert restless(qapp) == []


def test_no_page_beside_the_wizard_does(window: Driver, qapp: QApplication) -> None:
    window.window.show_log()
    assert restless(qapp) == []
    window.window.set_mode(Mode.HELPDESK)
    for answer in ("call_caller_administrator", "call_role_invoerder", "call_authority_agb"):
        window.until(lambda answer=answer: window.shows(answer))  # type: ignore[misc]
        window.click(answer)
        assert restless(qapp) == []
    window.window.train()
    assert restless(qapp) == []
