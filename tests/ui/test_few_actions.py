"""How few actions an answer takes. Every click, text, Enter and digit counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

from tests.expected_links import EXPECTED_LINKS
from tests.ui.conftest import Driver
from tests.ui.keys import Keys

NUMBER = "85.07.30-033.28"


class Counted:
    """A user with a mouse, whose clicks and texts count. A text goes where the focus is, so a click may come first."""

    def __init__(self, window: Driver) -> None:
        self.window, self.clicks, self.texts = window, 0, 0

    def click(self, name: str) -> None:
        self.clicks += 1
        self.window.click(name)
        QApplication.processEvents()

    def write(self, name: str, text: str) -> None:
        self.texts += 1
        if not self.window.find(name).hasFocus():
            self.clicks += 1
            self.window.find(name).setFocus()
        self.window.qtbot.keyClicks(self.window.find(name), text)

    def pick(self, row: int = 0) -> None:
        """A click on a suggestion."""
        self.clicks += 1
        popup = popup_of(self.window)
        place = popup.visualRect(popup.model().index(row, 0)).center()
        QTest.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=place)


def popup_of(window: Driver) -> QAbstractItemView:
    field = window.find("authority_name")
    assert isinstance(field, QLineEdit)
    popup = field.completer().popup()
    assert popup is not None
    window.until(lambda: popup.isVisible() and popup.model().rowCount() > 0)
    return popup


@pytest.fixture
def counted(window: Driver) -> Counted:
    window.window.activateWindow()
    return Counted(window)


def to_check(counted: Counted, situation: str) -> None:
    counted.click(f"situation_{situation}")
    counted.click("next_button")
    if situation == "manual":
        counted.write("applicant_name", "Lieve Voorbeeldt")
        counted.write("register_number", NUMBER)
    counted.click("next_button")
    counted.click("role_raadpleger")
    counted.click("next_button")
    counted.write("authority_name", "torhout")
    counted.pick()
    counted.click("next_button")
    assert counted.window.page == "page_check"


def finish(counted: Counted) -> None:
    counted.click("next_button")
    counted.window.until(lambda: counted.window.page == "page_result")


def test_page_by_page_to_the_copied_link(counted: Counted, figures: list[str]) -> None:
    to_check(counted, "form")
    finish(counted)
    counted.click("copy_link_button")
    assert QApplication.clipboard().text() == EXPECTED_LINKS["vlaamse-gemeente", "raadpleger"]
    figures.append(f"page by page to the copied link: {counted.clicks} clicks, {counted.texts} texts")
    assert (counted.clicks, counted.texts) <= (9, 1)


def test_page_by_page_to_the_first_manual_step(counted: Counted, figures: list[str]) -> None:
    to_check(counted, "manual")
    finish(counted)
    assert counted.window.shows("step_open_portal")
    figures.append(f"page by page to the first manual step: {counted.clicks} clicks, {counted.texts} texts")
    assert counted.clicks <= 9
    assert counted.texts <= 3


def test_page_by_page_to_the_checked_task(counted: Counted, figures: list[str]) -> None:
    to_check(counted, "task")
    finish(counted)
    figures.append(f"page by page to the checked task: {counted.clicks} clicks, {counted.texts} texts")
    assert counted.clicks <= 8
    assert counted.texts <= 1


def test_a_line_to_the_copied_link(window: Driver, figures: list[str]) -> None:
    keys = Keys(window.window)
    window.qtbot.keyClick(window.window.focusWidget(), "f")
    window.qtbot.keyClicks(window.window.focusWidget(), "ormulier raadpleger gemeente torhout")
    actions = 1
    keys.enter()
    assert window.page == "page_check"
    keys.enter()
    window.until(lambda: window.page == "page_result")
    window.click("copy_link_button")
    actions += keys.count + 1
    assert QApplication.clipboard().text() == EXPECTED_LINKS["vlaamse-gemeente", "raadpleger"]
    figures.append(f"a line to the copied link: {actions} actions")
    assert actions <= 4


def test_what_the_line_left_open_has_the_focus(window: Driver, figures: list[str]) -> None:
    """The name is there, so the kind of authority is what a digit answers."""
    keys = Keys(window.window)
    window.type("quick_line", "invoerder torhout")
    window.find("quick_line").setFocus()
    keys.enter()
    for _ in range(2):
        keys.press(Qt.Key.Key_1)
        keys.enter()
    assert window.page == "page_check"
    assert window.window.session.answers.authority_name == "Torhout"
    figures.append(f"a role and a place on the line, without route and kind, to the check page: {keys.count} keys")


def test_a_page_that_is_all_answered_begins_where_it_begins(window: Driver) -> None:
    window.walk("form", "invoerder", "vlaamse-gemeente", "Torhout", to="check")
    window.click("back_button")
    assert window.page == "page_authority"
    assert window.find("authority_name").hasFocus()
