"""Undo in fields: also where the program lays out what is typed, and never so that the answers are left behind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ccinc_wizard.app.services import Services
from ccinc_wizard.ui.log.dialogs import ForgetDialog
from tests.ui.conftest import Driver


@pytest.fixture
def number(window: Driver) -> QLineEdit:
    """The empty field of the register number."""
    window.click("situation_manual")
    window.next()
    field = window.find("register_number")
    assert isinstance(field, QLineEdit)
    return field


def undo(window: Driver, field: QLineEdit) -> None:
    """Press Ctrl+Z."""
    window.qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_each_step_of_a_shown_number_can_be_undone_and_redone(window: Driver, number: QLineEdit) -> None:
    window.click("reveal_button")
    window.type("register_number", "85073003328")
    assert number.text() == "85.07.30-033.28"
    seen = [number.text()]
    while number.text():
        undo(window, number)
        assert number.text() != seen[-1]
        assert window.window.session.answers.number_text == number.text()
        seen.append(number.text())
    assert len(seen) > 3
    while number.isRedoAvailable():
        number.redo()
    assert number.text() == "85.07.30-033.28"
    assert window.window.session.answers.number_text == "85.07.30-033.28"


def test_undo_empties_a_masked_number_and_its_answer(window: Driver, number: QLineEdit) -> None:
    window.type("register_number", "85073003328")
    undo(window, number)
    assert number.text() == ""
    assert window.window.session.answers.number_text == ""
    window.qtbot.keyClicks(number, "850730")
    assert number.text() == "85.07.30"


def test_what_is_typed_after_an_undo_is_laid_out(window: Driver, number: QLineEdit) -> None:
    window.click("reveal_button")
    window.type("register_number", "850730")
    undo(window, number)
    left = "".join(sign for sign in number.text() if sign.isdigit())
    window.qtbot.keyClicks(number, "99033")
    digits = f"{left}99033"
    assert number.text().replace(".", "").replace("-", "") == digits
    assert number.text().startswith(f"{digits[:2]}.{digits[2:4]}.")


def test_typing_in_the_middle_keeps_the_cursor_there(window: Driver, number: QLineEdit) -> None:
    window.type("register_number", "850730")
    number.setCursorPosition(2)
    window.qtbot.keyClicks(number, "99")
    assert (number.text(), number.cursorPosition()) == ("85.99.07-30", 5)


def test_a_name_can_be_undone(window: Driver, number: QLineEdit) -> None:
    window.type("applicant_name", "Lieve")
    field = window.find("applicant_name")
    assert isinstance(field, QLineEdit)
    undo(window, field)
    assert window.window.session.answers.applicant_name == field.text() != "Lieve"


def test_undoing_a_searched_number_undoes_what_was_found(window: Driver, services: Services) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Kring")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    dialog = ForgetDialog(services, window.window.worker, lambda _: None, window.window)
    dialog.show()
    window.type("forget_number", "85073003328")
    dialog.check()
    window.until(lambda: dialog._plan is not None)
    field = window.find("forget_number")
    assert isinstance(field, QLineEdit)
    undo(window, field)
    assert field.text() == ""
    assert dialog._plan is None
    dialog.close()
