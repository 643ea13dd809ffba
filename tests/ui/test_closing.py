"""Closing the window: what is neither saved nor in the draft is named and asked for once; the rest closes at once.

Another mode, language or letter size loses nothing of it; what that would stop is asked for.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QSpinBox, QTableView

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Situation
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.ui.kit.dialogs import MessageDialog
from ccinc_wizard.ui.kit.worker import LogWorker
from ccinc_wizard.ui.lists.view import ListView
from ccinc_wizard.ui.shell import closing
from ccinc_wizard.ui.shell.places import show_list, show_settings
from ccinc_wizard.ui.training.view import TrainingView
from tests.requestlog.conftest import request
from tests.ui.conftest import Driver
from tests.ui.test_list_view import GRIET, JAN, write_list

NUMBER = "85.07.30-033.28"


def type_note(window: Driver, search: str = "") -> None:
    """A note for the one request in the log, which may have been searched for."""
    with window.window.services.open_log() as log:
        log.save(request("An Eerst"))
    window.window.show_log()
    if search:
        window.type("log_search", search)
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 1)
    table.selectRow(0)
    window.until(lambda: window.shows("log_note"))
    window.type("log_note", "belt terug")


def type_note_and_go_elsewhere(window: Driver) -> None:
    type_note(window)
    window.window.set_mode(Mode.HELPDESK)


def type_organisation(window: Driver) -> None:
    show_settings(window.window)
    window.type("settings_organisation", "AGB De Proef")


def type_organisation_and_go_elsewhere(window: Driver) -> None:
    type_organisation(window)
    window.window.leave()


def type_line(window: Driver) -> None:
    window.window.session.line = f"invoerder torhout {NUMBER}"


def train(window: Driver) -> None:
    window.window.train()
    window.until(lambda: window.shows("training_start_exam"))


def begin_exam(window: Driver) -> None:
    train(window)
    window.click("training_start_exam")


def begin_exam_and_go_elsewhere(window: Driver) -> None:
    begin_exam(window)
    window.window.set_mode(Mode.ADMIN)


def answer_in_exercise(window: Driver) -> None:
    train(window)
    window.click("training_play")
    QApplication.processEvents()
    window.click("situation_form")


def ask_in_exercise(window: Driver) -> None:
    train(window)
    window.click("training_play")
    QApplication.processEvents()
    window.click("training_ask_number")


def finish_exercise(window: Driver) -> None:
    train(window)
    window.click("training_play")
    QApplication.processEvents()
    hand_in(window)


def finish_exercise_and_begin_another(window: Driver) -> None:
    finish_exercise(window)
    window.click("training_next_button")


def hand_in(window: Driver) -> None:
    """What is not finished; that is asked first."""
    window.click("training_check")
    window.until(lambda: window.shows("cancel_leave"))
    window.click("cancel_leave")
    QApplication.processEvents()


def finish_exam(window: Driver) -> None:
    begin_exam(window)
    while not window.shows("training_certificate_button"):
        hand_in(window)


def finish_exam_and_look_at_results(window: Driver) -> None:
    finish_exam(window)
    window.click("training_results_button")


def finish_exam_and_choose_another(window: Driver) -> None:
    finish_exam(window)
    desk(window).stop()


def note_call(window: Driver) -> None:
    window.window.set_mode(Mode.HELPDESK)
    calls = window.window.helpdesk.calls
    assert calls is not None
    calls.note("belt morgen terug")
    calls.park()


HELD: dict[str, list[Callable[[Driver], None]]] = {
    "note": [type_note, type_note_and_go_elsewhere],
    "organisation": [type_organisation, type_organisation_and_go_elsewhere],
    "line": [type_line],
    "exam": [begin_exam, begin_exam_and_go_elsewhere],
    "exercise": [answer_in_exercise, ask_in_exercise],
    "results": [finish_exercise, finish_exercise_and_begin_another, finish_exam_and_choose_another],
    "certificate": [finish_exam, finish_exam_and_look_at_results],
    "call": [note_call],
}


def unsaved(window: Driver) -> list[str]:
    return closing.unsaved(window.window, window.window.holders)


def question(window: Driver, name: str = "close") -> MessageDialog | None:
    """What closing asks now, or what would `stop` something."""
    found = window.window.findChildren(MessageDialog, f"{name}_question")
    return next((box for box in found if box.isVisible()), None)


def answer(window: Driver, name: str) -> None:
    box = question(window, name.partition("_")[0])
    assert box is not None
    made = box.findChild(QAbstractButton, name)
    assert isinstance(made, QAbstractButton)
    made.click()


@pytest.mark.parametrize(("what", "do"), [(what, do) for what, doings in HELD.items() for do in doings])
def test_closing_names_what_would_be_lost_and_goes_on_when_told(
    window: Driver, what: str, do: Callable[[Driver], None]
) -> None:
    do(window)
    texts = window.window.services.texts
    for _ in range(2):
        assert not window.window.close()
        box = question(window)
        assert box is not None
        assert texts(f"app.closing.{what}") in box.words
        assert NUMBER not in box.words
        assert "close_no" in box.usual.objectName()
        answer(window, "close_no")
        window.until(lambda: question(window) is None)
        assert window.window.isVisible()
    window.window.close()
    answer(window, "close_yes")
    window.until(lambda: not window.window.isVisible())


def test_all_that_would_be_lost_is_asked_in_one_question(window: Driver) -> None:
    type_note(window)
    type_organisation(window)
    begin_exam(window)
    window.window.close()
    box = question(window)
    assert box is not None
    texts = window.window.services.texts
    assert all(texts(f"app.closing.{what}") in box.words for what in ("note", "organisation", "exam"))


@pytest.fixture
def judged(window: Driver, tmp_path: Path) -> ListView:
    """A list with its report."""
    view = show_list(window.window)
    view.check_list(write_list(tmp_path / "lijst.csv", GRIET, JAN))
    window.until(lambda: window.shows("batch_table") and window.window.findChild(QTableView, "batch_table") is not None)
    window.until(lambda: window.shows("batch_save"))
    return view


@pytest.mark.parametrize("elsewhere", [False, True])
def test_answers_to_a_list_are_asked_for_until_it_is_saved(window: Driver, judged: ListView, elsewhere: bool) -> None:
    assert unsaved(window) == []
    judged._correct(2, "Elsene")
    window.until(lambda: unsaved(window) == ["list"])
    if elsewhere:
        window.window.set_mode(Mode.HELPDESK)
        assert unsaved(window) == ["list"]
        window.window.set_mode(Mode.ADMIN)
        judged = show_list(window.window)
    judged.save()
    window.until(lambda: unsaved(window) == [])


def test_a_list_that_was_read_and_not_answered_closes_at_once(window: Driver, judged: ListView) -> None:
    assert unsaved(window) == []
    assert window.window.close()


@pytest.mark.parametrize("status", ["log_to_granted", "log_add_note"])
def test_a_change_is_asked_for_until_the_log_has_it(
    window: Driver, monkeypatch: pytest.MonkeyPatch, status: str
) -> None:
    type_note(window)
    go_on = threading.Event()
    monkeypatch.setattr(LogWorker, "settle", lambda *_: None)
    window.window.worker.run(lambda _: go_on.wait(), done=lambda _: None, failed=lambda _: None)
    window.click(status)
    assert set(unsaved(window)) == {"note", "change"}
    go_on.set()
    window.until(lambda: unsaved(window) == [])


def test_a_change_that_the_log_refuses_is_no_longer_on_its_way(window: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    type_note(window)

    def refuse(*_: object, **__: object) -> None:
        raise LogError(LogErrorCode.NOT_ALLOWED)

    monkeypatch.setattr("ccinc_wizard.ui.log.details._change_of", refuse)
    window.click("log_to_granted")
    window.until(lambda: unsaved(window) == ["note"])


def begin_mails(window: Driver, judged: ListView, folder: Path) -> threading.Event:
    """Save the list, and let its mails wait to be written until this is set."""
    judged.save()
    window.until(lambda: window.shows("batch_mails"))
    go_on = threading.Event()
    window.window.worker.run(lambda _: go_on.wait(), done=lambda _: None, failed=lambda _: None)
    judged.save_mails_to(folder)
    return go_on


def test_mails_of_a_saved_list_are_asked_for_while_they_are_written(
    window: Driver, judged: ListView, tmp_path: Path
) -> None:
    go_on = begin_mails(window, judged, tmp_path)
    assert unsaved(window) == ["mails"]
    go_on.set()
    window.until(lambda: unsaved(window) == [])


def desk(window: Driver) -> TrainingView:
    assert window.window.training is not None
    return window.window.training


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_results_are_asked_for_until_they_are_in_a_file(window: Driver, tmp_path: Path, ending: str) -> None:
    finish_exercise(window)
    desk(window).show_results().save_to(tmp_path / "no folder" / f"results.{ending}")
    assert unsaved(window) == ["results"]
    desk(window).show_results().save_to(tmp_path / f"results.{ending}")
    assert unsaved(window) == []
    desk(window).show_chooser()
    finish_exercise(window)
    assert unsaved(window) == ["results"]


def test_a_certificate_is_asked_for_until_it_is_in_a_file_and_stands_for_its_exam(
    window: Driver, tmp_path: Path
) -> None:
    finish_exam(window)
    assert unsaved(window) == ["certificate"]
    desk(window).save_certificate(tmp_path / "attest.pdf")
    assert unsaved(window) == []
    desk(window).stop()
    assert unsaved(window) == []


def test_a_table_of_the_results_is_no_certificate(window: Driver, tmp_path: Path) -> None:
    finish_exercise(window)
    finish_exam(window)
    assert unsaved(window) == ["certificate", "results"]
    desk(window).show_results().save_to(tmp_path / "results.csv")
    assert unsaved(window) == ["certificate"]


AWAY = ("mode", "language", "letters")


def go_away(window: Driver, away: str) -> None:
    """Make the views anew."""
    if away == "mode":
        go_through_modes(window)
    elif away == "language":
        window.window.set_language("fr")
    else:
        window.window.set_letter_size(150)
    # What has just come into the window is shown with the next turn.
    QApplication.processEvents()


def go_through_modes(window: Driver) -> None:
    """To each other mode, and back."""
    present = window.window.services.mode
    for mode in (*(mode for mode in Mode if mode is not present), present):
        window.window.train() if mode is Mode.TRAINING else window.window.set_mode(mode)
        QApplication.processEvents()


@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize("do", [do for doings in HELD.values() for do in doings])
def test_what_closing_would_ask_for_waits_where_the_views_are_made_anew(
    window: Driver, do: Callable[[Driver], None], away: str
) -> None:
    do(window)
    before = unsaved(window)
    go_away(window, away)
    assert question(window) is None
    assert unsaved(window) == before
    assert before


@pytest.mark.parametrize("away", AWAY)
def test_seed_and_number_of_an_exam_wait_for_it(window: Driver, away: str) -> None:
    train(window)
    for name, value in (("training_exam_seed", 47), ("training_exam_count", 3)):
        box = window.find(name)
        assert isinstance(box, QSpinBox)
        box.setValue(value)
    show_settings(window.window)
    go_away(window, away)
    window.window.leave()
    QApplication.processEvents()
    boxes = [window.find(name) for name in ("training_exam_seed", "training_exam_count")]
    assert [box.value() for box in boxes if isinstance(box, QSpinBox)] == [47, 3]


def test_results_and_certificate_can_still_be_saved_after_another_mode(window: Driver, tmp_path: Path) -> None:
    finish_exercise(window)
    finish_exam(window)
    go_through_modes(window)
    assert window.shows("training_certificate_button")
    desk(window).save_certificate(tmp_path / "attest.pdf")
    desk(window).show_results().save_to(tmp_path / "results.csv")
    assert len((tmp_path / "results.csv").read_text("utf-8-sig").splitlines()) > 2
    assert unsaved(window) == []


def test_an_exercise_goes_on_where_it_was_left_for_another_mode(window: Driver) -> None:
    answer_in_exercise(window)
    window.next()
    window.type("applicant_name", "Griet Voorbeeld")
    go_through_modes(window)
    assert desk(window).playing
    assert window.text("applicant_name") == "Griet Voorbeeld"
    assert not window.shows("undo_bar")


@pytest.mark.parametrize("mode", list(Mode))
def test_a_request_stays_as_it_is_in_every_mode_with_its_number_and_its_line(window: Driver, mode: Mode) -> None:
    window.window.set_mode(mode)
    window.window.show_wizard()
    QApplication.processEvents()
    window.click("situation_manual")
    window.next()
    window.type("applicant_name", "Griet Voorbeeld")
    window.type("register_number", NUMBER)
    window.window.session.line = "invoerder torhout"
    go_through_modes(window)
    window.window.show_wizard()
    assert window.text("applicant_name") == "Griet Voorbeeld"
    assert window.window.session.answers.number_text == NUMBER
    assert window.window.session.line == "invoerder torhout"


def test_a_line_stays_beside_the_draft_of_an_earlier_start(
    services: Services, open_window: Callable[[], Driver]
) -> None:
    services.save_draft(Answers(situation=Situation.FORM, applicant_name="Griet Voorbeeld"))
    window = open_window()
    type_line(window)
    go_through_modes(window)
    assert NUMBER in window.window.session.line
    assert window.window.session.draft_waits
    assert window.shows("undo_button")


@pytest.mark.parametrize("away", AWAY)
@pytest.mark.parametrize("behind", [False, True])
def test_what_is_searched_in_the_log_is_searched_still(window: Driver, away: str, behind: bool) -> None:
    with window.window.services.open_log() as log:
        log.save(request("An Eerst"))
    window.window.show_log()
    window.type("log_search", "eerst")
    if behind:
        show_settings(window.window)
    go_away(window, away)
    window.window.show_log()
    assert window.text("log_search") == "eerst"
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 1)


@pytest.mark.parametrize("away", AWAY)
def test_what_would_be_stopped_is_named_before_and_goes_on_if_so_wished(
    window: Driver, judged: ListView, tmp_path: Path, away: str
) -> None:
    go_on = begin_mails(window, judged, tmp_path)
    window.window.set_mode(Mode.HELPDESK) if away == "mode" else go_away(window, away)
    texts, box = window.window.services.texts, question(window, "stop")
    assert box is not None
    assert texts("app.closing.mails") in box.words
    assert window.window.services.mode is Mode.ADMIN
    assert present_mode(window) == "action_mode_admin"
    answer(window, "stop_no")
    go_on.set()
    window.until(lambda: unsaved(window) == [])
    assert len(list(tmp_path.glob("ccinc-mails-*/links.csv"))) == 1


def present_mode(window: Driver) -> str:
    """Which mode the menu marks."""
    modes = [action for action in window.window.findChildren(QAction) if action.objectName().startswith("action_mode")]
    return next(action.objectName() for action in modes if action.isChecked())


def test_a_mode_that_is_wished_all_the_same_is_gone_to(window: Driver, judged: ListView, tmp_path: Path) -> None:
    go_on = begin_mails(window, judged, tmp_path)
    window.window.train()
    go_on.set()
    answer(window, "stop_yes")
    QApplication.processEvents()
    assert window.window.services.mode is Mode.TRAINING
    assert window.shows("training_chooser")
    window.window.set_mode(Mode.ADMIN)
    assert show_list(window.window).place().references


@pytest.mark.parametrize("away", AWAY)
def test_a_list_whose_reading_was_stopped_says_so(
    window: Driver, judged: ListView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, away: str
) -> None:
    go_on, settle = threading.Event(), LogWorker.settle
    window.window.worker.run(lambda _: go_on.wait(), done=lambda _: None, failed=lambda _: None)

    def go_on_and_settle(worker: LogWorker, seconds: float = 5.0) -> None:
        go_on.set()
        settle(worker, seconds)

    monkeypatch.setattr(LogWorker, "settle", go_on_and_settle)
    judged._accept(2)
    go_away(window, away)
    show_list(window.window)
    assert window.text("batch_message") == window.window.services.texts("list.stopped")
    assert window.shows("batch_table")


def test_what_the_draft_keeps_and_what_is_gone_again_closes_at_once(window: Driver, services: Services) -> None:
    window.click("situation_form")
    window.next()
    type_note(window)
    window.type("log_note", " ")
    show_settings(window.window)
    assert window.window.close()
    assert services.load_draft().situation is Situation.FORM


@pytest.mark.parametrize("wish", ["again", "session"])
def test_neither_a_second_wish_nor_the_end_of_a_session_waits_for_an_answer(
    window: Driver, services: Services, wish: str
) -> None:
    window.click("situation_form")
    type_note(window)
    if wish == "session":
        closing.end_session(window.window)
    else:
        assert not window.window.close()
    # A program that is ended while its question stands has lost no answers.
    assert services.load_draft() == Answers(situation=Situation.FORM)
    assert window.window.close()
    assert not window.window.isVisible()


def test_an_organisation_half_typed_is_there_when_the_settings_open_again(window: Driver) -> None:
    type_organisation_and_go_elsewhere(window)
    show_settings(window.window)
    assert window.text("settings_organisation") == "AGB De Proef"
    window.click("settings_add")
    window.until(lambda: window.shows("settings_remove_1"))
    assert window.text("settings_organisation") == ""
    assert unsaved(window) == []


@pytest.mark.parametrize("language", languages())
def test_each_loss_has_its_words(language: str) -> None:
    texts = Texts(language)
    assert all(texts(f"app.closing.{what}") for what in (*HELD, "list", "ticks", "change", "mails"))
