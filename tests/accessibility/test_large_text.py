"""Letters twice as large, or the whole screen: nothing is cut off, and what does not fit is scrolled down to."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.ui.kit.theme import BODY_POINTS, use_letters
from tests.accessibility.test_keyboard import pages
from tests.running import environment
from tests.tooling.project import ROOT, package_files
from tests.ui.conftest import Driver
from tests.ui.test_longer_words import cut_off, too_wide

SCREEN = (1280, 720)
"""A small laptop's screen, which the window must not ask more of than it has."""


@pytest.fixture
def twice_as_large(qapp: QApplication) -> Iterator[None]:
    """The letters at 200 %, as a desktop's own setting makes them."""
    before = QFont(qapp.font())
    larger = QFont(before)
    # Of the program's own letters, whether or not a window has been opened before.
    larger.setPointSizeF(BODY_POINTS * 2)
    qapp.setFont(larger)
    yield
    qapp.setFont(before)


def test_a_window_opens_in_the_letters_that_were_chosen(services: Services, open_window: Callable[[], Driver]) -> None:
    """All of it: what is in a window that was there before its letters keeps the usual ones."""
    services.remember(letter_size=200)
    try:
        window = open_window().window
        window.train()
        QApplication.processEvents()
        shown = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton), window.menuBar()]
        small = {part.objectName() for part in shown if part.font().pointSizeF() < BODY_POINTS * 2}
        assert small == set()
    finally:
        use_letters(100)


@pytest.mark.usefixtures("twice_as_large")
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("situation", ["form", "manual"])
def test_letters_at_200_percent_lose_nothing(
    language: str, situation: str, services: Services, open_window: Callable[[], Driver]
) -> None:
    services.texts = Texts(language)
    window = open_window()
    window.window.resize(*SCREEN)
    lost = {}
    for page in pages(window, situation):
        for _ in range(3):
            QApplication.processEvents()  # Words that break anew ask for another height.
        wide, high = window.window.width(), window.window.height()
        found = cut_off(window)
        if not window.shows("form_link"):
            # An address stays in one piece, so that one may have to scroll sideways beside it.
            found += too_wide(window)
        if (wide, high) > SCREEN:
            found.append(f"the window grew to {wide} x {high}")
        if found:
            lost[page] = found
    assert lost == {}


def test_a_screen_at_200_percent_loses_nothing(tmp_path: Path) -> None:
    # The pages alone: at this scale the offscreen platform's screen is smaller than any dialog.
    tests = ["tests/ui/test_longer_words.py", "-k", "every_page and nl"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
    given = environment(QT_SCALE_FACTOR="2", QT_QPA_PLATFORM="offscreen")
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "3 passed" in done.stdout


def test_nothing_moves_by_itself() -> None:
    """No animation of our own, so that who asked the desktop for less motion gets none."""
    moving = ("QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QMovie", "QSequentialAnimationGroup")
    named = {
        (path.name, node.id if isinstance(node, ast.Name) else node.attr)
        for path in package_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    assert [use for use in named if use[1] in moving] == []
