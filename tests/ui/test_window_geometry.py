"""The window with its frame is whole on its screen, with the buttons of each page in sight."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMargins, QRect
from PySide6.QtWidgets import QApplication, QLabel

from ccinc_wizard.app.services import Services
from ccinc_wizard.ui.kit.theme import BODY_POINTS
from ccinc_wizard.ui.kit.widgets import selectable
from ccinc_wizard.ui.kit.window_geometry import USUAL_FRAME, fitted
from tests.running import environment
from tests.tooling.project import ROOT
from tests.ui.conftest import Driver
from tools.screenshots import REAL, managed_screen, without_frames

LAPTOP = QRect(0, 0, 1366, 768)
SECOND = QRect(1366, 40, 1024, 560)
NONE = QMargins(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("wanted", "room", "frame", "place"),
    [
        (QRect(100, 100, 800, 500), LAPTOP, USUAL_FRAME, QRect(100, 100, 800, 500)),
        (QRect(0, 0, 1530, 768), LAPTOP, USUAL_FRAME, QRect(8, 40, 1350, 720)),
        (QRect(0, 0, 1530, 768), LAPTOP, NONE, QRect(0, 0, 1366, 768)),
        (QRect(900, 500, 800, 500), LAPTOP, QMargins(1, 20, 1, 5), QRect(565, 263, 800, 500)),
        (QRect(-3000, -900, 640, 520), LAPTOP, USUAL_FRAME, QRect(8, 40, 640, 520)),
        (QRect(5000, 4000, 640, 520), SECOND, USUAL_FRAME, QRect(1742, 80, 640, 512)),
        (QRect(0, 0, 640, 520), SECOND, USUAL_FRAME, QRect(1374, 80, 640, 512)),
        (QRect(10, 10, 50, 50), QRect(0, 0, 10, 10), USUAL_FRAME, QRect(8, 40, 1, 1)),
    ],
)
def test_a_window_fits_its_screen_with_its_frame(wanted: QRect, room: QRect, frame: QMargins, place: QRect) -> None:
    assert fitted(wanted, room, frame) == place


def test_the_body_is_14_pixels(window: Driver) -> None:
    assert window.window.font().pointSizeF() >= BODY_POINTS


def test_the_buttons_stand_under_a_short_page(window: Driver) -> None:
    window.window.resize(1600, 1400)
    QApplication.processEvents()
    button = window.find("next_button")
    page = window.window.wizard.session.step
    last = window.find("program_source")
    between = button.mapToGlobal(button.rect().topLeft()).y() - last.mapToGlobal(last.rect().bottomLeft()).y()
    assert between < 50, page
    assert button.mapTo(window.window, button.rect().topLeft()).x() < 400


@pytest.mark.parametrize("stored", [(0, 0, 3000, 2000), (700, 600, 790, 790)])
def test_a_stored_place_is_made_to_fit(
    open_window: Callable[[], Driver], services: Services, stored: tuple[int, int, int, int]
) -> None:
    first = open_window().window
    first.setGeometry(*stored)
    first.close()
    second = open_window().window
    assert QApplication.primaryScreen().availableGeometry().contains(second.geometry())


@pytest.fixture(params=REAL, ids="@".join)
def managed(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """The environment of a screen of this size on which a window manager draws frames."""
    if missing := without_frames():
        pytest.skip(f"{missing}: no screen whose windows have frames")
    size, scale = request.param
    with managed_screen(size) as given:
        yield environment(
            QT_QPA_PLATFORM="xcb",
            DISPLAY=given["DISPLAY"],
            QT_SCALE_FACTOR=scale,
            PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
        )


def test_each_page_is_whole_on_a_real_screen(managed: dict[str, str]) -> None:
    command = [sys.executable, "-m", "tests.ui.walk_fitting"]
    done = subprocess.run(command, cwd=ROOT, env=managed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.split() == ["pages", "32"], done.stdout


@pytest.mark.parametrize("wide", range(120, 480, 12))
def test_a_text_that_breaks_a_long_word_is_as_high_as_it_is_painted(qapp: QApplication, wide: int) -> None:
    """A height reckoned as if every word may break cuts the last line off."""
    words = "Stuur de aanvrager deze link: https://example.org/user/aanvraag?dg=EA&ec=EA_CompEnt_Invoerder. Kijk na."
    shown = selectable(words)
    assert shown.heightForWidth(wide) >= QLabel.heightForWidth(shown, wide)


@pytest.mark.parametrize(("wide", "beside"), [(1400, True), (800, False)])
def test_the_result_stands_in_two_columns_where_there_is_room(window: Driver, wide: int, beside: bool) -> None:
    window.walk("manual", "invoerder", "vlaamse-gemeente", "Gent")
    window.window.resize(wide, 700)
    steps, save, called = (window.find(name) for name in ("manual_steps", "save_button", "contacts"))

    def placed() -> bool:
        tops = {part: part.mapTo(window.window, part.rect().topLeft()) for part in (steps, save, called)}
        right = tops[steps].x() > tops[save].x() + save.width()
        below = tops[called].y() > tops[save].y() if beside else tops[called].y() > tops[steps].y()
        return right is beside and below

    window.until(placed)
