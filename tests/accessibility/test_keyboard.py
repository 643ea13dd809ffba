"""By keyboard alone: Tab goes everywhere and comes round, and one sees where it is, in every theme."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QRadioButton, QWidget

from ccinc_wizard.app.interview import LogLookup
from ccinc_wizard.ui.kit.theme import palette_of, style_sheet
from tests.accessibility.test_colours import CONTROL, THEMES, contrast
from tests.ui.conftest import Driver

LONGEST_ROUND = 80


def tabbed(window: Driver) -> list[QWidget]:
    """Where Tab stops, from where the focus is until it comes round; fails when it never does."""
    window.window.activateWindow()
    window.until(window.window.isActiveWindow)
    QApplication.processEvents()  # What was just made is shown only then.
    stops: list[QWidget] = []
    while len(stops) < LONGEST_ROUND:
        focused = QApplication.focusWidget()
        assert focused is not None, window.page
        if focused in stops:
            return stops
        stops.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        QApplication.processEvents()
        reached = QApplication.focusWidget()
        assert reached is None or not reached.visibleRegion().isEmpty(), f"{reached.objectName()} is out of sight"
    raise AssertionError("Tab never comes round")


def _group(stop: QWidget) -> str:
    return stop.objectName().partition("_")[0] if isinstance(stop, QRadioButton) else stop.objectName()


def back_tabbed(stops: list[QWidget]) -> list[QWidget]:
    """The same backwards, from the last stop."""
    stops[-1].setFocus()
    walked = [stops[-1]]
    for _ in stops[1:]:
        QTest.keyClick(walked[-1], Qt.Key.Key_Backtab)
        focused = QApplication.focusWidget()
        assert focused is not None
        walked.append(focused)
    return walked


def controls(window: Driver) -> list[QWidget]:
    """What one can press or fill in now; of radio buttons any one of a group."""
    return [
        widget
        for widget in window.window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.objectName()
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget, QRadioButton)
    ]


def pages(window: Driver, situation: str) -> Iterator[str]:
    """Each page as one meets it, refused where something is asked, and filled in."""
    yield "situation"
    window.next()
    yield "situation refused"
    window.click(f"situation_{situation}")
    window.next()
    if window.shows("number_wanted"):
        window.click("number_wanted")
    yield "applicant"
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.type("register_number", "85073003328")
    window.next()
    yield "role"
    window.click("role_invoerder")
    window.next()
    window.click("authority_vlaamse_gemeente")
    window.type("authority_name", "Ixelles")
    window.next()
    window.until(lambda: window.window.session.lookup is not LogLookup.PENDING)
    yield "check"
    window.click("correct_wrong_region")
    if situation != "form":
        window.click("administrator_yes")
    yield "check corrected"
    window.next()
    window.until(lambda: window.page == "page_result")
    yield "result"


@pytest.mark.parametrize("situation", ["form", "manual", "task"])
def test_tab_reaches_every_control_and_comes_round(window: Driver, situation: str) -> None:
    for page in pages(window, situation):
        stops = tabbed(window)
        missed = [control.objectName() for control in controls(window) if control not in stops]
        assert missed == [], page


@pytest.mark.parametrize("situation", ["form", "manual"])
def test_tab_goes_as_one_reads(window: Driver, situation: str) -> None:
    for page in pages(window, situation):
        stops = tabbed(window)
        # Started anywhere, so turned until the first of the page comes first; the row of buttons is last.
        order = [(stop.mapTo(window.window, stop.rect().topLeft()), stop) for stop in stops]
        names = [stop.objectName() for stop in stops]
        turned = order[names.index("next_button") + 1 :] + order[: names.index("next_button") + 1]
        for (before, one), (after, other) in pairwise(turned):
            if one.objectName() == "map_button" or other.objectName() == "back_button":
                continue  # At the side, which comes before the page; and under the page, however far it is scrolled.
            beside = before.x() < after.x() and before.y() < after.y() + other.height()
            assert before.y() + one.height() <= after.y() or beside, (page, one.objectName(), other.objectName())


def test_back_tab_goes_the_same_way_back(window: Driver) -> None:
    for page in pages(window, "manual"):
        stops = [stop for stop in tabbed(window) if stop.focusPolicy() & Qt.FocusPolicy.TabFocus]
        # Into a group of radio buttons one comes from both sides, on the one that is chosen or was left last.
        there = [_group(stop) for stop in stops]
        assert [_group(stop) for stop in back_tabbed(stops)] == there[::-1], page


def seen(widget: QWidget) -> QImage:
    """A control and what is round it."""
    around = widget.parentWidget() or widget
    return around.grab(widget.geometry().adjusted(-4, -4, 4, 4)).toImage()


def standing_out(before: QImage, after: QImage) -> int:
    """How many points changed to a colour that stands out from the one before."""
    known: dict[tuple[int, int], bool] = {}
    count = 0
    for y in range(min(before.height(), after.height())):
        for x in range(min(before.width(), after.width())):
            pair = before.pixel(x, y), after.pixel(x, y)
            if pair not in known:
                known[pair] = contrast(QColor(pair[0]).name(), QColor(pair[1]).name()) >= CONTROL
            count += known[pair]
    return count


@pytest.mark.parametrize("theme", THEMES)
def test_one_sees_where_the_focus_is(theme: str, window: Driver) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setPalette(palette_of(THEMES[theme]))
    app.setStyleSheet(style_sheet(THEMES[theme]))
    hidden = {}
    for page in pages(window, "manual"):
        for stop in tabbed(window):
            window.window.activateWindow()
            stop.setFocus()
            window.until(stop.hasFocus)
            focused = seen(stop)
            stop.clearFocus()
            unfocused = seen(stop)
            stop.setFocus()
            # As much as a line along one side.
            if standing_out(unfocused, focused) < min(stop.width(), stop.height()) and "title" not in stop.objectName():
                hidden[page, stop.objectName()] = standing_out(unfocused, focused)
    assert hidden == {}


class Opened(QObject):
    """Notes what opens as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_page_flashes_a_window(window: Driver, qapp: QApplication) -> None:
    opened = Opened()
    qapp.installEventFilter(opened)
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    qapp.removeEventFilter(opened)
    # The list of municipalities that the field offers.
    assert [name for name in opened.names if not name.startswith("QListView")] == []
