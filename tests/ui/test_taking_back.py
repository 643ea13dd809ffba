"""The line at the foot of the window: what was done can be taken back, and nothing goes without a word."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTableView, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Situation, Status
from ccinc_wizard.requestlog.model import EventKind
from ccinc_wizard.ui.kit.dialogs import MessageDialog
from ccinc_wizard.ui.kit.fields import content_of, named_fields
from tests.domain.test_masking import holds_digits
from tests.requestlog.conftest import request
from tests.ui.conftest import Driver
from tests.ui.helpdesk import Desk

NUMBER = "85.07.30-033.28"


def clear_all(window: Driver) -> None:
    """By the button; saying so where a number goes that cannot come back."""
    asked = bool(window.window.session.answers.number_text)
    window.click("cancel_button")
    boxes = [box for box in window.window.findChildren(MessageDialog) if box.isVisible()]
    assert len(boxes) == asked
    if not asked:
        return
    [box] = boxes
    leave = box.findChild(QAbstractButton, "cancel_leave")
    assert isinstance(leave, QAbstractButton)
    leave.click()
    window.until(lambda: not any(box.isVisible() for box in window.window.findChildren(MessageDialog)))


def press(window: Driver, key: Qt.Key) -> None:
    window.window.activateWindow()
    window.until(lambda: QApplication.activeWindow() is window.window)
    QTest.keyClick(window.window.focusWidget() or window.window, key)
    QApplication.processEvents()


def no_number(window: Driver) -> bool:
    """Neither the answers nor any field hold a digit of it."""
    answers = window.window.session.answers
    shown = [str(content_of(field)) for field in named_fields(window.window)]
    return not answers.number_text and not any(holds_digits(text) for text in (*shown, *map(str, answers)))


@pytest.mark.parametrize("name", ["Lieve Voorbeeldt", f"Lieve {NUMBER}"], ids=["name", "number in the name"])
def test_what_was_cleared_comes_back_but_for_the_number(window: Driver, name: str) -> None:
    window.click("situation_manual")
    window.next()
    window.type("applicant_name", name)
    window.type("register_number", NUMBER)
    clear_all(window)
    assert window.window.session.answers == Answers()
    assert window.text("undo_said") == window.window.services.texts("undo.cleared")
    window.click("undo_button")
    assert window.page == "page_applicant"
    assert window.window.session.answers.situation is Situation.MANUAL
    assert window.window.session.answers.applicant_name.startswith("Lieve")
    assert no_number(window)
    assert not window.shows("undo_bar")


def test_the_line_goes_with_the_next_action(window: Driver) -> None:
    window.click("situation_form")
    clear_all(window)
    assert window.shows("undo_bar")
    window.click("situation_task")
    assert not window.shows("undo_bar")


def test_escape_closes_the_line_and_its_key_leads_to_it_and_back(window: Driver) -> None:
    window.click("situation_form")
    clear_all(window)
    before = window.window.focusWidget()
    for _ in range(2):
        press(window, Qt.Key.Key_F6)
        assert window.window.focusWidget() is window.find("undo_button")
    # Who stands on it is not interrupted by what comes from elsewhere.
    window.window.session.edited.emit()
    assert window.shows("undo_bar")
    press(window, Qt.Key.Key_Escape)
    assert not window.shows("undo_bar")
    assert window.window.focusWidget() is before


def test_enter_on_the_line_takes_back(window: Driver) -> None:
    window.click("situation_form")
    clear_all(window)
    press(window, Qt.Key.Key_F6)
    press(window, Qt.Key.Key_Return)
    assert window.window.session.answers.situation is Situation.FORM


def test_clearing_nothing_offers_nothing(window: Driver) -> None:
    clear_all(window)
    assert not window.shows("undo_bar")


def test_a_result_that_was_used_and_not_saved_is_told_and_can_be_saved(window: Driver, services: Services) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.click("copy_right")
    window.click("next_button")
    texts = services.texts
    assert window.text("undo_said") == texts("undo.not_saved")
    assert window.text("undo_instead") == texts("undo.save")
    window.click("undo_instead")
    window.until(lambda: window.shows("undo_said") and "Referentie" in window.text("undo_said"))
    with services.open_log() as log:
        [saved] = log.page()
    assert saved.reference in window.text("undo_said")
    assert saved.fingerprint is not None
    assert window.window.session.answers == Answers()


@pytest.mark.parametrize("use", ["copy_link_button", "open_link_button", "mail_button"])
def test_each_use_of_a_link_counts(window: Driver, monkeypatch: pytest.MonkeyPatch, use: str) -> None:
    monkeypatch.setattr("ccinc_wizard.ui.kit.desktop.open_in_browser", lambda _: True)
    monkeypatch.setattr("ccinc_wizard.ui.kit.desktop.write_mail", lambda *_: True)
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click(use)
    window.click("next_button")
    assert window.shows("undo_instead")
    window.click("undo_button")
    assert window.page == "page_result"
    window.until(lambda: window.shows("form_link"))


def test_who_goes_on_with_somebody_else_of_the_organisation_is_told_what_was_not_saved(window: Driver) -> None:
    texts = window.window.services.texts
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click("another_button")
    assert window.text("undo_said") == texts("undo.new")
    window.click("undo_button")
    window.until(lambda: window.shows("copy_link_button"))
    window.click("copy_link_button")
    window.click("another_button")
    assert window.text("undo_said") == texts("undo.not_saved")
    window.click("undo_button")
    window.until(lambda: window.shows("another_button"))
    # Its answer is still used.
    window.click("another_button")
    assert window.text("undo_said") == texts("undo.not_saved")


@pytest.mark.parametrize("mode", [Mode.HELPDESK, Mode.TRAINING])
def test_who_comes_back_from_another_mode_stands_where_one_was(window: Driver, services: Services, mode: Mode) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.click("copy_right")
    window.window.set_mode(mode)
    assert not window.shows("manual_steps")
    window.window.set_mode(Mode.ADMIN)
    window.until(lambda: window.shows("manual_steps"))
    window.click("next_button")
    assert window.text("undo_said") == services.texts("undo.not_saved")
    window.click("undo_instead")
    with services.open_log() as log:
        window.until(lambda: log.count() == 1)


def test_a_request_that_is_being_saved_when_one_leaves_is_saved_when_one_comes_back(
    window: Driver, services: Services
) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click("save_button")
    window.window.set_mode(Mode.HELPDESK)
    window.window.set_mode(Mode.ADMIN)
    window.until(lambda: window.shows("saved_notice"))
    with services.open_log() as log:
        assert log.page()[0].reference in window.text("saved_notice")


@pytest.mark.parametrize(("way", "shown"), [("form", "form_link"), ("manual", "step_")])
def test_words_that_are_selected_and_copied_count(window: Driver, way: str, shown: str) -> None:
    window.walk(way, "invoerder", "agb", "AGB De Proefzaal")
    window.window.activateWindow()
    window.until(window.window.isActiveWindow)
    page = window.find("page_result")
    names = [made.objectName() for made in page.findChildren(QLabel) if made.isVisible()]
    words = window.find(next(name for name in names if name.startswith(shown)))
    assert isinstance(words, QLabel)
    words.setFocus()
    words.setSelection(0, len(words.text()))
    QTest.keyClick(words, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == words.text()
    window.click("next_button")
    assert window.text("undo_said") == window.window.services.texts("undo.not_saved")


def test_words_beside_the_answer_that_are_copied_are_no_use_of_it(window: Driver) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.window.activateWindow()
    window.until(window.window.isActiveWindow)
    words = window.find("contacts_1")
    assert isinstance(words, QLabel)
    words.setFocus()
    words.setSelection(0, 5)
    QTest.keyClick(words, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    window.click("next_button")
    assert not window.shows("undo_instead")


def test_a_result_that_was_looked_at_only_is_no_loss_to_be_saved(window: Driver) -> None:
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click("next_button")
    assert window.text("undo_said") == window.window.services.texts("undo.new")
    assert not window.shows("undo_instead")


def test_the_draft_is_offered_and_not_slipped_in(open_window: Callable[[], Driver], services: Services) -> None:
    left = Answers(situation=Situation.FORM, applicant_name="Lieve Voorbeeldt")
    services.save_draft(left)
    window = open_window()
    assert window.window.session.answers == Answers()
    assert window.text("undo_said") == services.texts("undo.draft.today")
    window.window.close()
    # Who did nothing lost nothing.
    window = open_window()
    window.click("undo_button")
    assert window.window.session.answers.applicant_name == "Lieve Voorbeeldt"
    assert window.page == "page_role"
    window.window.close()
    assert services.load_draft() == left


def test_another_language_keeps_the_draft_on_offer(open_window: Callable[[], Driver], services: Services) -> None:
    services.save_draft(Answers(situation=Situation.FORM))
    window = open_window()
    window.window.set_language("fr")
    window.until(lambda: window.shows("undo_bar"))
    assert window.text("undo_said") == Texts("fr")("undo.draft.today")
    window.window.set_mode(Mode.TRAINING)
    assert not window.shows("undo_bar")
    window.window.set_mode(Mode.ADMIN)
    window.until(lambda: window.shows("undo_bar"))
    window.click("undo_button")
    assert window.window.session.answers.situation is Situation.FORM


def begun(services: Services, *names: str) -> None:
    """Drafts of earlier starts, the last one in its place."""
    for name in names:
        services.set_draft_aside()
        services.save_draft(Answers(situation=Situation.FORM, applicant_name=name))


def waiting(window: Driver) -> list[str]:
    """The names in what waits."""
    window.until(lambda: window.shows("waiting_names"))
    window.click("waiting_names")
    window.until(lambda: window.shows("waiting_1"))
    shown = [line.text() for line in window.find("waiting_list").findChildren(QLabel) if line.isVisible()]
    return [name for line in shown for name in ("Lieve", "Joris", "An") if name in line]


def test_answering_while_a_draft_is_on_offer_keeps_both(open_window: Callable[[], Driver], services: Services) -> None:
    begun(services, "Lieve Voorbeeldt")
    window = open_window()
    window.click("situation_form")
    window.next()
    window.type("applicant_name", "Joris Oefenmans")
    window.window.close()
    window = open_window()
    window.window.look_after_log()
    assert "Joris" not in window.text("waiting_1") + window.text("waiting_2")
    assert waiting(window) == ["Joris", "Lieve"]
    window.click("waiting_2")
    assert window.page == "page_role"
    assert window.window.session.answers.applicant_name == "Lieve Voorbeeldt"
    window.window.close()
    window = open_window()
    window.window.look_after_log()
    assert waiting(window) == ["Lieve", "Joris"]


def test_who_takes_a_draft_up_leaves_what_was_half_answered_in_its_place(
    open_window: Callable[[], Driver], services: Services
) -> None:
    begun(services, "Lieve Voorbeeldt")
    window = open_window()
    window.window.look_after_log()
    window.click("situation_manual")
    window.next()
    window.type("applicant_name", "An Proefpersoon")
    window.click("back_button")
    assert waiting(window) == ["Lieve"]
    window.click("waiting_1")
    assert window.window.session.answers.applicant_name == "Lieve Voorbeeldt"
    assert not window.shows("undo_bar")
    while window.page != "page_situation":
        window.click("back_button")
    assert waiting(window) == ["An"]


def test_a_request_saved_at_once_leaves_the_draft_on_offer(
    open_window: Callable[[], Driver], services: Services
) -> None:
    begun(services, "Lieve Voorbeeldt")
    window = open_window()
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    window.window.close()
    assert [one.answers.applicant_name for one in services.waiting_drafts(in_place=True)] == ["Lieve Voorbeeldt"]


@pytest.mark.parametrize("mode", [Mode.HELPDESK, Mode.TRAINING])
def test_what_waits_is_shown_to_administrators_alone(
    open_window: Callable[[], Driver], services: Services, mode: Mode
) -> None:
    services.mode = mode
    begun(services, "Lieve Voorbeeldt")
    window = open_window()
    window.window.look_after_log()
    assert not window.window.findChildren(QWidget, "waiting_list")


def anew(window: Driver, change: str) -> str:
    """Another language or letter size; what its line says then."""
    if change == "letters":
        window.window.set_letter_size(125)
    else:
        window.window.set_language("fr")
    window.until(lambda: window.shows("undo_bar"))
    return window.text("undo_said")


CHANGES = pytest.mark.parametrize("change", ["fr", "letters"])


@CHANGES
def test_what_was_cleared_can_still_be_brought_back(window: Driver, change: str) -> None:
    window.click("situation_task")
    clear_all(window)
    told = anew(window, change)
    assert told == Texts("fr" if change == "fr" else "nl")("undo.cleared")
    window.click("undo_button")
    assert window.window.session.answers.situation is Situation.TASK
    assert window.find("situation_task").property("checked")


@CHANGES
def test_a_result_can_still_be_saved(window: Driver, services: Services, change: str) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.click("copy_right")
    window.click("next_button")
    anew(window, change)
    window.click("undo_instead")
    with services.open_log() as log:
        window.until(lambda: log.count() == 1)


@CHANGES
def test_a_status_can_still_be_taken_back_also_from_elsewhere(window: Driver, services: Services, change: str) -> None:
    open_request(window, services)
    for leave in (False, True):
        window.click("log_to_granted")
        window.until(lambda: window.shows("undo_bar"))
        if leave:
            window.window.show_wizard()
        anew(window, change if not leave else "letters")
        window.click("undo_button")
        with services.open_log() as log:
            window.until(lambda: log.page()[0].status is Status.REQUESTED)
        window.until(lambda: window.shows("log_table"))
        if not leave:
            window.until(lambda: window.shows("log_to_granted"))


@CHANGES
def test_a_closed_call_can_still_be_brought_back(desk: Desk, change: str) -> None:
    desk.choose("applicant", "invoerder")
    desk.click("call_next_button")
    anew(desk, change)
    desk.click("undo_button")
    assert desk.calls.call.answers.role == "invoerder"


def test_a_line_that_was_dismissed_stays_away(window: Driver) -> None:
    window.click("situation_task")
    clear_all(window)
    press(window, Qt.Key.Key_Escape)
    window.window.set_language("fr")
    QApplication.processEvents()
    assert not window.shows("undo_bar")


def test_a_dismissed_draft_is_not_offered_again_by_another_language(
    open_window: Callable[[], Driver], services: Services
) -> None:
    begun(services, "Lieve Voorbeeldt")
    window = open_window()
    press(window, Qt.Key.Key_Escape)
    window.window.set_language("fr")
    QApplication.processEvents()
    assert not window.shows("undo_bar")


def test_what_is_copied_beside_the_browser_counts_as_use(window: Driver) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.click("companion_button")
    companion = window.window.companion
    assert companion is not None
    companion._open("choose_right")
    companion.copy_value()
    window.click("next_button")
    assert window.text("undo_said") == window.window.services.texts("undo.not_saved")


def test_what_was_copied_beside_the_browser_after_the_next_request_began_is_told(
    window: Driver, services: Services
) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.click("companion_button")
    window.click("next_button")
    companion = window.window.companion
    assert companion is not None
    assert window.text("undo_said") == services.texts("undo.new")
    companion._open("choose_right")
    companion.copy_value()
    companion.close()
    window.until(lambda: window.shows("undo_instead"))
    assert window.text("undo_said") == services.texts("undo.not_saved")
    window.click("undo_instead")
    with services.open_log() as log:
        window.until(lambda: log.count() == 1)


@pytest.mark.parametrize("begun", ["log_pick_up", "log_another"])
def test_what_a_request_of_the_log_replaces_is_told_as_replaced(window: Driver, services: Services, begun: str) -> None:
    with services.open_log() as log:
        log.save(request("Joris Oefenmans"))
    window.click("situation_task")
    window.next()
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: bool(table.model() and table.model().rowCount()))
    table.selectRow(0)
    window.until(lambda: window.shows(begun))
    window.click(begun)
    window.until(lambda: window.shows("undo_said"))
    assert window.text("undo_said") == services.texts("undo.replaced")
    window.click("undo_button")
    assert window.window.session.answers.applicant_name == "Lieve Voorbeeldt"


def test_what_a_line_replaces_can_be_brought_back(window: Driver) -> None:
    window.click("situation_form")
    window.next()
    window.next()
    window.click("role_invoerder")
    for _ in range(2):
        window.click("back_button")
    window.type("quick_line", "raadpleger")
    window.next()
    assert window.window.session.answers.role == "raadpleger"
    assert window.text("undo_said") == window.window.services.texts("undo.replaced")
    window.click("undo_button")
    assert window.window.session.answers.role == "invoerder"


def test_a_line_that_replaces_nothing_offers_nothing(window: Driver) -> None:
    window.click("situation_form")
    window.type("quick_line", "raadpleger")
    window.next()
    assert window.window.session.answers.role == "raadpleger"
    assert not window.shows("undo_bar")


def test_a_mail_of_somebody_else_leaves_a_way_back(window: Driver) -> None:
    window.click("situation_form")
    window.next()
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.window.session.take_over(Answers(applicant_name="Joris Oefenmans"), frozenset({"applicant_name"}))
    assert window.text("undo_said") == window.window.services.texts("undo.replaced")
    window.click("undo_button")
    assert window.window.session.answers.applicant_name == "Lieve Voorbeeldt"


def log_with(services: Services, *names: str) -> None:
    with services.open_log() as log:
        log.save_many([request(applicant_name=name) for name in names])


def open_log(window: Driver, count: int) -> QTableView:
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == count)
    return table


def open_request(window: Driver, services: Services) -> None:
    log_with(services, "Lieve Voorbeeldt")
    open_log(window, 1).selectRow(0)
    window.until(lambda: window.shows("log_note"))


def test_a_status_and_its_note_are_taken_back_by_an_event(window: Driver, services: Services) -> None:
    open_request(window, services)
    window.type("log_note", "per vergissing")
    window.click("log_to_granted")
    window.until(lambda: window.shows("undo_bar"))
    assert window.text("undo_said") == f"{services.texts('log.status.granted')}."
    window.click("undo_button")
    window.until(lambda: window.shows("log_to_granted"))
    with services.open_log() as log:
        [now] = log.page()
        kinds = [event.kind for event in log.events(now.reference)]
        assert log.verify().sound
    assert (now.status, now.note) == (Status.REQUESTED, "")
    assert kinds == [EventKind.REQUESTED, EventKind.STATUS, EventKind.STATUS]


def test_a_note_is_taken_back(window: Driver, services: Services) -> None:
    open_request(window, services)
    window.type("log_note", "per vergissing")
    window.click("log_add_note")
    window.until(lambda: window.shows("undo_bar"))
    assert window.text("undo_said") == services.texts("undo.note")
    window.click("undo_button")
    with services.open_log() as log:
        window.until(lambda: log.page()[0].note == "")


def test_what_somebody_else_changed_since_is_not_taken_back(window: Driver, services: Services) -> None:
    open_request(window, services)
    window.click("log_to_granted")
    window.until(lambda: window.shows("undo_bar"))
    with services.open_log() as log:
        log.change(log.page()[0].reference, Status.WITHDRAWN)
        window.click("undo_button")
        window.until(lambda: window.text("log_message") == services.texts("undo.changed_since"))
        assert log.page()[0].status is Status.WITHDRAWN


def test_several_requests_are_changed_and_taken_back_at_once(window: Driver, services: Services) -> None:
    log_with(services, "Lieve Voorbeeldt", "Rob Oefenmans", "An Proefpersoon")
    table = open_log(window, 3)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    window.until(lambda: window.shows("log_several"))
    assert window.text("log_several") == services.texts("logview.details.several", count=2)
    window.click("log_to_rejected")
    window.until(lambda: window.shows("undo_bar"))
    with services.open_log() as log:
        assert [one.status for one in log.page()] == [Status.REJECTED, Status.REJECTED, Status.REQUESTED]
        window.click("undo_button")
        window.until(lambda: {one.status for one in log.page()} == {Status.REQUESTED})


def test_a_closed_call_comes_back_and_counts_once(desk: Desk) -> None:
    desk.choose("applicant", "invoerder")
    desk.window.helpdesk.calls.note(f"belt terug, {NUMBER}")  # type: ignore[union-attr]
    desk.click("call_next_button")
    assert desk.text("undo_said") == desk.window.services.texts("undo.call")
    assert len(desk.calls.book.read().records) == 1
    desk.click("undo_button")
    assert desk.calls.call.answers.role == "invoerder"
    assert not holds_digits(desk.calls.call.note)
    assert desk.calls.book.read().records == ()
    desk.click("call_next_button")
    assert len(desk.calls.book.read().records) == 1
    desk.choose("applicant")
    assert not desk.shows("undo_bar")


def test_a_call_that_was_not_begun_leaves_no_line(desk: Desk) -> None:
    desk.click("call_next_button")
    assert not desk.shows("undo_bar")


def test_where_one_came_from_may_be_gone(window: Driver, services: Services) -> None:
    """By its key first, then by the mouse, when the field that had the focus then is no more."""
    open_request(window, services)
    for by_key in (True, False):
        window.click("log_to_granted")
        window.until(lambda: window.shows("undo_bar") and window.shows("log_note"))
        window.find("log_note").setFocus()
        if by_key:
            press(window, Qt.Key.Key_F6)
            press(window, Qt.Key.Key_Return)
        else:
            window.find("undo_button").setFocus()
            window.click("undo_button")
        with services.open_log() as log:
            window.until(lambda: log.page()[0].status is Status.REQUESTED)
        window.until(lambda: window.shows("log_to_granted"))
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not window.shows("undo_bar")
