"""A window on a folder of its own, driven by the object names of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.kit.spoken import keep_focus_in_sight
from ccinc_wizard.ui.shell.app import make_app
from ccinc_wizard.ui.shell.main_window import MainWindow

if TYPE_CHECKING:
    from tests.ui.helpdesk import Clock, Desk


class Driver:
    """Does to a window what a user does, and reads what a user sees."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot

    def find(self, name: str) -> QWidget:
        """The visible widget of this name; fails when there is none or more than one."""
        found = [widget for widget in self.window.findChildren(QWidget, name) if widget.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} visible on {self.page}"
        return found[0]

    def shows(self, name: str) -> bool:
        """Whether a widget of this name can be seen."""
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def text(self, name: str) -> str:
        """What it says."""
        widget = self.find(name)
        assert isinstance(widget, QLabel | QLineEdit | QAbstractButton)
        return widget.text()

    def click(self, name: str) -> None:
        """A mouse click on a control that is enabled."""
        widget = self.find(name)
        assert widget.isEnabled(), name
        assert isinstance(widget, QAbstractButton)
        widget.click()

    def type(self, name: str, text: str) -> None:
        """Replace what stands in a field, key by key."""
        field = self.find(name)
        assert isinstance(field, QLineEdit)
        field.selectAll()
        self.qtbot.keyClick(field, Qt.Key.Key_Delete)
        self.qtbot.keyClicks(field, text)
        QApplication.processEvents()

    @property
    def page(self) -> str:
        """The object name of the page that is shown."""
        return f"page_{self.window.session.step}"

    def next(self) -> None:
        """Press the next button, which is never disabled."""
        self.click("next_button")

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something that happens on another thread; what is in sight instead tells why it did not come."""
        try:
            self.qtbot.waitUntil(condition, timeout=20_000)
        except QtBot.TimeoutError:
            seen = [one.objectName() for one in self.window.findChildren(QWidget) if one.isVisible()]
            named = ", ".join(name for name in seen if name and not name.startswith("qt_"))
            raise AssertionError(f"it did not come; in sight are {named}") from None

    def walk(
        self, situation: str, role: str, authority: str, name: str, *, number: str = "85073003328", to: str = "result"
    ) -> None:
        """Answer every question and stop on the given page."""
        self.click(f"situation_{situation}")
        self.next()
        self.type("applicant_name", "Lieve Voorbeeldt")
        if situation == "manual":
            self.type("register_number", number)
        self.next()
        self.click(f"role_{role}")
        self.next()
        self.click(f"authority_{authority.replace('-', '_')}")
        self.type("authority_name", name)
        self.next()
        assert self.page == "page_check"
        if to == "result":
            self.next()
            self.until(lambda: self.page == "page_result")


@pytest.fixture(autouse=True)
def no_key_held() -> None:
    """Qt takes Shift and Ctrl to be held until another key says otherwise, in the next test as well, and what is chosen
    by a program is then added to what was chosen."""
    if QApplication.keyboardModifiers() != Qt.KeyboardModifier.NoModifier:
        QTest.keyRelease(QWidget(), Qt.Key.Key_Shift)


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """Services that write only under the test's own folder."""
    return Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN)


@pytest.fixture
def open_window(qtbot: QtBot, services: Services) -> Iterator[Callable[[], Driver]]:
    """Opens windows on the services and closes them after the test."""
    opened: list[MainWindow] = []

    def open_one() -> Driver:
        keep_focus_in_sight(make_app())
        window = MainWindow(services)
        opened.append(window)
        window.show()
        qtbot.waitExposed(window)
        return Driver(window, qtbot)

    yield open_one
    for window in opened:
        window.may_lose = True
        window.close()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def window(open_window: Callable[[], Driver]) -> Driver:
    """One window on its first page."""
    return open_window()


@pytest.fixture
def clock() -> Clock:
    """The clock of the helpdesk's calls; it stands still until it is set on."""
    from tests.ui.helpdesk import Clock

    return Clock()


@pytest.fixture
def open_desk(services: Services, clock: Clock, open_window: Callable[[], Driver]) -> Callable[..., Desk]:
    """Opens the window at the helpdesk, in a language and a view."""
    from ccinc_wizard.ui.helpdesk.call_session import CallSession
    from tests.ui.helpdesk import Desk

    def open_in(language: str = "nl", view: str = "pages") -> Desk:
        services.texts, services.mode = Texts(language), Mode.HELPDESK
        services.remember(view=view)
        driver = open_window()
        driver.window.helpdesk.calls = CallSession(services, clock)
        driver.window.helpdesk.open()
        QApplication.clipboard().clear()
        QApplication.processEvents()
        return Desk(driver.window, driver.qtbot)

    return open_in


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    """The call desk in Dutch, a page at a time."""
    return open_desk()
