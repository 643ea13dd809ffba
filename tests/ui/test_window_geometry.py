"""The window with its frame is whole on its screen, with the buttons of each page in sight."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from ctypes.util import find_library

import pytest
from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.requestlog import sqlite_store
from ccinc_wizard.requestlog.keys import KeyPlace, Keys
from ccinc_wizard.requestlog.team import TeamLog
from ccinc_wizard.ui.kit.dialogs import Dialog
from ccinc_wizard.ui.kit.spoken import bring_in_sight
from ccinc_wizard.ui.kit.theme import BODY_POINTS
from ccinc_wizard.ui.kit.widgets import section, selectable
from ccinc_wizard.ui.kit.window_geometry import USUAL_FRAME, fitted
from ccinc_wizard.ui.shell.places import show_list, show_settings
from tests.requestlog.conftest import request
from tests.running import environment
from tests.tooling.project import ROOT
from tests.ui.conftest import Driver
from tests.ui.walk_fitting import LOW
from tools.screenshots import REAL, managed_screen, screen, without_frames

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


class Sizes(QObject):
    """The sizes that a window was given while it could be seen."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.seen: list[QSize] = []
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note it."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.seen.append(watched.size())
        return False


def test_training_asks_for_no_more_width_than_the_screen_has(window: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else Qt puts a fault into the log of errors on Windows, though the window is made to fit right after it."""
    asked: list[QSize] = []
    monkeypatch.setattr(type(window.window), "resize", lambda _, *size: asked.append(QSize(*size)))
    window.window.set_mode(Mode.TRAINING)
    window.until(lambda: bool(asked))
    room = QApplication.primaryScreen().availableSize()
    assert [one for one in asked if one != one.boundedTo(room)] == []


def test_a_dialog_of_many_words_asks_for_no_more_height_than_the_screen_has(qtbot: QtBot) -> None:
    dialog = Dialog("tall", "Tall", None)
    words = QLabel("many words " * 2000)
    words.setWordWrap(True)
    QVBoxLayout(dialog).addWidget(words)
    qtbot.addWidget(dialog)
    sizes = Sizes(dialog)
    dialog.open()
    room = QApplication.primaryScreen().availableGeometry()
    assert dialog.height() > room.height() * 0.9
    assert [one for one in sizes.seen if one.height() > room.height()] == []


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
    assert done.stdout.split() == ["pages", "46"], done.stdout


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed: no X screen to manage")
@pytest.mark.skipif(find_library("X11") is None, reason="libX11 is not installed: nothing to manage windows with")
@pytest.mark.parametrize("scale", ["1", "1.25", "1.5"])
def test_a_dialog_comes_up_whole_and_over_its_window_however_late_that_is_managed(scale: str) -> None:
    command = [sys.executable, "-m", "tests.ui.late_manager"]
    with screen("1024x600x24") as given:
        shown = environment(QT_QPA_PLATFORM="xcb", DISPLAY=given["DISPLAY"], QT_SCALE_FACTOR=scale)
        done = subprocess.run(command, cwd=ROOT, env=shown, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]


@pytest.mark.parametrize("wide", range(120, 480, 12))
def test_a_text_that_breaks_a_long_word_is_as_high_as_it_is_painted(qapp: QApplication, wide: int) -> None:
    """A height reckoned as if every word may break cuts the last line off."""
    words = "Stuur de aanvrager deze link: https://example.org/user/aanvraag?dg=EA&ec=EA_CompEnt_Invoerder. Kijk na."
    shown = selectable(words)
    assert shown.heightForWidth(wide) >= QLabel.heightForWidth(shown, wide)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("situation", ["form", "manual"])
def test_what_came_of_saving_comes_in_sight_on_a_small_laptop(window: Driver, situation: str, language: str) -> None:
    """1366 by 768 pixels at 150 per cent, less a frame and a task bar."""
    window.window.resize(894, 460)
    window.window.set_language(language)
    QApplication.processEvents()
    window.walk(situation, "invoerder", "vlaamse-gemeente", "Gent")
    window.until(lambda: window.shows("save_button"))
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    notice = window.find("saved_notice")
    window.until(lambda: notice.visibleRegion().boundingRect() == notice.rect())


@pytest.mark.parametrize(("wide", "beside"), [(1400, True), (800, False)])
def test_the_result_stands_in_two_columns_where_there_is_room(window: Driver, wide: int, beside: bool) -> None:
    window.walk("manual", "invoerder", "vlaamse-gemeente", "Gent")
    window.window.resize(wide, 700)
    window.until(lambda: window.shows("manual_steps"))
    steps, save, called = (window.find(name) for name in ("manual_steps", "save_button", "contacts"))

    def placed() -> bool:
        tops = {part: part.mapTo(window.window, part.rect().topLeft()) for part in (steps, save, called)}
        right = tops[steps].x() > tops[save].x() + save.width()
        below = tops[called].y() > tops[save].y() if beside else tops[called].y() > tops[steps].y()
        return right is beside and below

    window.until(placed)


@pytest.mark.parametrize("situation", ["manual", "task"])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_small_laptop_shows_what_leads_on_without_scrolling(window: Driver, language: str, situation: str) -> None:
    """1366 by 768 pixels at 150 per cent, less a frame and a task bar, where the label takes its room as well."""
    window.walk(situation, "raadpleger", "brusselse-gemeente", "Elsene")
    window.window.set_language(language)
    window.window.resize(894, 440)
    window.until(lambda: window.shows("open_portal_button"))
    first = window.find("open_portal_button")
    window.until(lambda: first.visibleRegion().boundingRect() == first.rect())
    window.click("save_button")
    window.until(lambda: window.shows("saved_notice"))
    assert first.visibleRegion().boundingRect() == first.rect()


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_each_view_is_whole_where_everything_is_twice_as_large(window: Driver, language: str) -> None:
    """1366 by 768 pixels at 200 per cent, less a frame: what one view needs is not asked of the others."""
    shell, room = window.window, QSize(681, 364)
    shell.set_language(language)
    opened: list[Callable[[], object]] = [shell.show_log, lambda: show_list(shell), lambda: show_settings(shell)]
    opened += [shell.train, lambda: window.click("training_play")]
    for show in opened:
        show()
        QApplication.processEvents()
        shell.resize(room)
        QApplication.processEvents()
        assert shell.size() == room, (shell.present_view().objectName(), shell.minimumSizeHint())
    panel, pages, on = window.find("training_panel"), window.find("wizard"), window.find("next_button")
    assert panel.mapTo(shell, QPoint()).y() >= pages.mapTo(shell, pages.rect().bottomLeft()).y()
    assert on.visibleRegion().boundingRect() == on.rect()
    shell.resize(1200, 700)
    window.until(lambda: panel.mapTo(shell, QPoint()).x() >= pages.mapTo(shell, pages.rect().topRight()).x())


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_beside_an_exercise_a_laptop_shows_where_one_begins_and_the_whole_result(window: Driver, language: str) -> None:
    """1366 by 768 pixels at 150 per cent: the focus was below the window's edge, and the result scrolled sideways."""
    shell = window.window
    shell.set_language(language)
    shell.train()
    QApplication.processEvents()
    window.click("training_play")
    shell.resize(911, 470)
    first = window.find("situation_form")
    window.until(lambda: shell.width() == 911 and shell.focusWidget() is first)
    window.until(lambda: first.visibleRegion().boundingRect().height() > shell.fontMetrics().height())
    shell.train()
    QApplication.processEvents()
    window.click("training_to_wizard_button")
    window.walk("manual", "invoerder", "vlaamse-gemeente", "Gent", number="84.03.12-999.38")
    result = window.find("page_result")
    assert isinstance(result, QScrollArea)
    assert result.horizontalScrollBar().maximum() == 0


def test_a_list_that_is_not_chosen_has_nothing_to_scroll_to(window: Driver) -> None:
    """The room of a report that is not there yet was kept, and so the page scrolled over nothing."""
    shell = window.window
    show_list(shell)
    shell.resize(911, 470)
    area, choose = window.find("batch_scroll"), window.find("batch_choose")
    assert isinstance(area, QScrollArea)
    window.until(lambda: shell.width() == 911)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() == 0
    assert choose.mapTo(area, QPoint()).y() < area.height() // 2


_TOLD = {
    "kept": (),
    "file": ("file_key",),
    "team": ("team",),
    "team in a file": ("team", "file_key_team"),
    "network drive": ("share",),
    "file on a network drive": ("file_key", "share"),
}
"""What is told of where the log and its key are."""


@pytest.mark.parametrize(("room", "letters"), [(QSize(681, 364), 100), (QSize(911, 470), 100), (QSize(911, 470), 200)])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_log_is_whole_whatever_is_told_of_its_key(
    window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch, language: str, room: QSize, letters: int
) -> None:
    """1366 by 768 pixels at 200 and at 150 per cent, less a frame; it may scroll."""
    shell = window.window
    with services.open_log() as log:
        log.save(request())
    shell.set_letter_size(letters)
    shell.set_language(language)
    shell.show_log()
    window.until(lambda: window.shows("log_place"))
    view = shell.show_log()
    said, table = view.findChild(QLabel, "log_place"), view.findChild(QTableView, "log_table")
    assert said is not None
    assert table is not None
    for told in _TOLD.values():
        team = TeamLog("postgresql://databank.cultuurhuis.example/ccinc", "desk", services.paths.data)
        monkeypatch.setattr(Services, "team_log", team if "team" in told else None)
        monkeypatch.setattr(sqlite_store, "on_share", lambda _, on="share" in told: on)
        monkeypatch.setattr(Keys, "place", KeyPlace.FILE if {"file_key", "file_key_team"} & {*told} else None)
        words = " ".join(services.texts(f"logview.{one}", host=team.host) for one in told)
        shell.show_log()
        window.until(lambda words=words: said.text() == words)  # type: ignore[misc]
        window.until(lambda: table.model().rowCount() == 1)
        table.selectRow(0)
        window.until(lambda: window.shows("log_to_granted"))
        window.until(lambda: (shell.resize(room), shell.size() == room)[1])
        window.until(lambda: table.viewport().height() >= table.fontMetrics().height() * 6)
        window.until(lambda: view.horizontalScrollBar().maximum() == table.horizontalScrollBar().maximum() == 0)
        parts = [window.find(name) for name in ("log_search", "log_verify_button", "log_details", "log_table")]
        for part in [*parts, *([said] if told else [])]:
            window.until(lambda part=part: _can_be_seen(part, view))  # type: ignore[misc]
        window.until(lambda: said.height() >= said.heightForWidth(said.width()))


def _can_be_seen(part: QWidget, view: QScrollArea | None = None) -> bool:
    """Whether all of it comes in sight, or as much as the view is high."""
    bring_in_sight(part)
    seen = part.visibleRegion().boundingRect()
    return seen == part.rect() or (view is not None and seen.height() == view.viewport().height())


@pytest.mark.parametrize("letters", [150, 175, 200])
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_an_exercise_is_whole_with_large_letters(window: Driver, language: str, letters: int) -> None:
    """1366 by 768 pixels at 150 per cent, less a frame: the pages keep their buttons, and the panel its heading."""
    shell, room = window.window, QSize(911, 464)
    shell.set_letter_size(letters)
    shell.set_language(language)
    shell.train()
    window.until(lambda: window.shows("training_play"))
    window.click("training_play")
    window.until(lambda: window.shows("training_heading"))
    window.until(lambda: (shell.resize(room), shell.size() == room)[1])
    for name in ("next_button", "training_heading"):
        window.until(lambda name=name: _can_be_seen(window.find(name)))  # type: ignore[misc]


def test_a_heading_loses_no_word_where_one_has_no_room(window: Driver) -> None:
    made = section("Oefenscherm VO Gebruikersbeheer")
    window.qtbot.addWidget(made)
    for wide in (60, 90, 150):
        made.resize(wide, 200)
        assert made._narrowest() >= min(wide, made.minimumSizeHint().width())  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("which", LOW)
def test_a_dialog_that_is_too_low_scrolls_its_words_and_cuts_none(
    services: Services, open_window: Callable[[], Driver], which: str, language: str
) -> None:
    """1366 by 768 pixels at 200 per cent leave some 350, and an error takes more."""
    services.texts = Texts(language)
    window = open_window()
    dialog = LOW[which](window.window)
    dialog.open()
    [area] = dialog.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0, "all of it is in sight where there is room"
    for high in (dialog.height(), 260):
        dialog.resize(dialog.width(), high)
        QApplication.processEvents()
        words = [one for one in dialog.findChildren(QLabel) if one.isVisible() and one.text() and one.wordWrap()]
        assert words
        assert [one.text() for one in words if one.height() < one.heightForWidth(one.width())] == []
        below = [one for one in dialog.findChildren(QPushButton) if one.isVisible() and one.parent() is dialog]
        assert below
        assert [one for one in below if one.visibleRegion().boundingRect() != one.rect()] == []
    dialog.close()
