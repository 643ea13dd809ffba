"""The window's place and size: kept, and never on a screen that is gone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from ccinc_wizard.app.services import Services
from tests.ui.conftest import Driver


def test_place_and_size_are_remembered(open_window: Callable[[], Driver], services: Services) -> None:
    first = open_window().window
    first.setGeometry(60, 50, 640, 520)
    first.close()
    assert services.settings.geometry
    second = open_window().window
    assert second.geometry().getRect() == (60, 50, 640, 520)


@pytest.mark.parametrize("place", [QPoint(5000, 4000), QPoint(-3000, 100), QPoint(100, -2500)])
def test_a_screen_that_is_gone_loses_no_window(
    open_window: Callable[[], Driver], services: Services, place: QPoint
) -> None:
    first = open_window().window
    first.resize(640, 520)
    first.move(place)
    first.close()
    second = open_window().window
    screen = QApplication.primaryScreen().availableGeometry()
    assert screen.contains(second.geometry().topLeft())
    assert screen.intersected(second.geometry()).width() >= 300


@pytest.mark.parametrize("stored", ["", "AAAA", "not base64 at all", "é"])
def test_a_place_that_cannot_be_read_gives_the_usual_one(
    open_window: Callable[[], Driver], services: Services, stored: str
) -> None:
    services.remember(geometry=stored)
    assert open_window().window.width() > 300
