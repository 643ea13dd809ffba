"""Double clicks, keys pressed twice, wheels that go by and answers that come late change nothing nobody meant."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QTableView, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.calls import Caller
from ccinc_wizard.domain.enums import Mode, Status
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.ui.helpdesk.call_views import DeskView
from ccinc_wizard.ui.kit.choosing import drop_down
from ccinc_wizard.ui.log.dialogs import ForgetDialog, SamePersonDialog
from ccinc_wizard.ui.shell.places import show_settings
from ccinc_wizard.ui.wizard.paper import PaperDialog
from tests.requestlog.conftest import request
from tests.ui.conftest import Driver
from tests.ui.helpdesk import Desk


def double_click(window: Driver, name: str) -> None:
    """Both presses at the same place of the screen, on whatever stands there by then."""
    first = window.find(name)
    place = first.mapTo(window.window, first.rect().center())
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    under = window.window.childAt(place)
    if under is not None:
        QTest.mouseDClick(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(window.window, place))


class Gate:
    """Holds the log's thread up until it is opened."""

    def __init__(self, window: Driver) -> None:
        self._opened = threading.Event()
        window.window.worker.run(lambda _: self._opened.wait(20), done=lambda _: None, failed=lambda _: None)
        self._window = window

    def open(self) -> None:
        """Let everything through that was asked for until now, and wait for it."""
        answered: list[object] = []
        self._window.window.worker.run(lambda _: None, done=answered.append, failed=answered.append)
        self._opened.set()
        self._window.until(lambda: bool(answered))


@pytest.mark.parametrize("situation", ["form", "task"])
def test_a_double_click_on_the_last_next_leaves_the_result_standing(window: Driver, situation: str) -> None:
    window.walk(situation, "invoerder", "agb", "AGB De Proefzaal", to="check")
    if situation == "task":
        window.click("administrator_yes")
    double_click(window, "next_button")
    assert window.page == "page_result"
    assert window.window.session.answers.authority_name == "AGB De Proefzaal"


def test_enter_pressed_twice_leaves_the_result_standing(window: Driver) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal", to="check")
    for _ in range(2):
        focused = window.window.focusWidget()
        assert focused is not None
        window.qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert window.page == "page_result"
    window.click("next_button")
    assert window.page == "page_situation"


def test_a_double_click_answers_one_question_of_a_call(open_desk: Callable[..., Desk]) -> None:
    desk = open_desk("nl", DeskView.PAGES)
    double_click(desk, "call_caller_applicant")
    assert desk.calls.call.caller is Caller.APPLICANT
    assert desk.calls.call.answers.role is None


def test_a_call_that_has_not_begun_is_not_parked(desk: Desk) -> None:
    desk.click("call_park_button")
    assert not desk.calls.parked.calls
    desk.choose("applicant")
    double_click(desk, "call_park_button")
    assert len(desk.calls.parked.calls) == 1


def test_the_wizard_of_the_helpdesk_leads_back_to_the_call(desk: Desk) -> None:
    desk.choose("applicant")
    desk.window.show_wizard()
    desk.window.set_mode(Mode.HELPDESK)
    assert desk.shows("helpdesk_desk")
    desk.window.show_wizard()
    desk.window.new_request()
    assert desk.shows("helpdesk_desk")
    assert desk.calls.call.caller is Caller.APPLICANT, "the call on the line goes on"


def logged(window: Driver, services: Services) -> QTableView:
    """The log with Anna below and Bart above."""
    with services.open_log() as log:
        for name in ("Anna Aerts", "Bart Baert"):
            log.save(request(name))
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 2)
    return table


def test_with_a_slow_log_a_status_is_written_for_the_request_that_is_shown(window: Driver, services: Services) -> None:
    table = logged(window, services)
    table.selectRow(1)
    window.until(lambda: window.shows("log_to_granted"))
    gate = Gate(window)
    window.click("log_to_granted")
    assert not window.find("log_to_rejected").isEnabled(), "one change at a time"
    table.selectRow(0)
    window.until(lambda: window.shows("log_note"))
    window.type("log_note", "Bart belt terug")
    gate.open()
    assert window.text("log_note") == "Bart belt terug"
    window.click("log_to_rejected")
    Gate(window).open()
    with services.open_log() as log:
        found = {entry.applicant_name: entry.status for entry in log.page()}
    assert found == {"Anna Aerts": Status.GRANTED, "Bart Baert": Status.REJECTED}


def test_a_refused_change_can_be_tried_again(
    window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = logged(window, services)
    table.selectRow(0)
    window.until(lambda: window.shows("log_add_note"))

    def refuse(*_: object) -> None:
        raise OSError("the disk is away")

    with monkeypatch.context() as patched:
        patched.setattr(RequestLog, "add_note", refuse)
        window.click("log_add_note")
        Gate(window).open()
    assert window.find("log_add_note").isEnabled()


def test_an_answer_for_the_hidden_wizard_leaves_title_and_focus_to_the_log(window: Driver) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    view = window.window.show_log()
    window.until(lambda: view.isVisible())
    title = window.window.windowTitle()
    search = window.find("log_search")
    search.setFocus()
    window.window.session.moved.emit(window.window.session.step)
    assert window.window.windowTitle() == title
    assert window.window.focusWidget() is search


@pytest.mark.parametrize("focused", [False, True])
def test_a_wheel_that_goes_by_changes_no_choice(window: Driver, focused: bool) -> None:
    choice = drop_down("choice", "Choice")
    choice.setParent(window.window)
    choice.addItems(["one", "two"])
    choice.show()
    if focused:
        choice.setFocus()
    assert choice.hasFocus() is focused
    end = QPointF(5, 5)
    turn = QWheelEvent(
        end, end, QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, turn)
    assert choice.currentText() == "one"
    assert not turn.isAccepted(), "what is around it scrolls"


WALKING = [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_O]


@pytest.mark.parametrize("key", WALKING)
def test_a_key_on_a_closed_list_opens_it_and_chooses_nothing_yet(
    window: Driver, services: Services, key: Qt.Key
) -> None:
    show_settings(window.window)
    QApplication.processEvents()
    choice = window.find("settings_mode")
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    before = services.mode
    QTest.keyClick(choice, key)
    window.until(lambda: choice.view().isVisible())
    assert services.mode is before
    assert choice.currentData() == before
    # A letter looks for what begins with it.
    assert (choice.view().currentIndex().row() == choice.currentIndex()) is (key is not Qt.Key.Key_O)
    QTest.keyClick(choice.view(), Qt.Key.Key_Escape)
    window.until(lambda: not choice.view().isVisible())
    assert window.window.present_view().objectName() == "settings_view"
    assert services.mode is before


def test_the_list_of_modes_chooses_by_enter(window: Driver, services: Services) -> None:
    show_settings(window.window)
    QApplication.processEvents()
    choice = window.find("settings_mode")
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    QTest.keyClick(choice, Qt.Key.Key_Down)
    window.until(lambda: choice.view().isVisible())
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    assert services.mode is Mode.ADMIN
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    window.until(lambda: services.mode is Mode.HELPDESK)


def test_no_closed_dialog_and_no_hidden_page_keeps_a_number(window: Driver, services: Services) -> None:
    for dialog in (
        ForgetDialog(services, window.window.worker, lambda _: None, window.window),
        SamePersonDialog(services, window.window),
    ):
        field = dialog.findChildren(QLineEdit)[-1]
        field.setText("85073003328")
        dialog.reject()
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal", to="check")
    window.window.session.restart()
    kept = [field.objectName() for field in window.window.findChildren(QLineEdit) if "33" in field.text()]
    assert kept == []


@pytest.mark.parametrize(
    ("typed", "written"), [("blad", "blad.pdf"), ("blad v1.2", "blad v1.2.pdf"), ("b.PDF", "b.PDF")]
)
def test_a_pdf_is_a_pdf_whatever_it_is_called(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, written: str
) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click("print_button")
    dialog = window.window.findChild(PaperDialog)
    assert dialog is not None
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / typed), ""))
    pdf = next(part for part in dialog.findChildren(QWidget) if part.objectName() == "paper_pdf")
    pdf.click()  # type: ignore[attr-defined]
    assert (tmp_path / written).read_bytes().startswith(b"%PDF")


def test_a_request_is_judged_in_the_mode_in_which_it_was_made(window: Driver, services: Services) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    record = window.window.session.record()
    assert record is not None
    gate = Gate(window)
    record.save()
    services.mode = Mode.TRAINING
    gate.open()
    services.mode = Mode.ADMIN
    assert record.reference
