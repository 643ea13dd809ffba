"""The room around the scenarios: exams, results, reset, the offline page, and what must never leave or enter it."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QDesktopServices, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QLabel,
    QListWidget,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTableWidget,
    QWidget,
)

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.training.grading import draw
from ccinc_wizard.domain.training.scenario import Scenario
from ccinc_wizard.ui.kit import worker
from ccinc_wizard.ui.kit.dialogs import MessageDialog
from ccinc_wizard.ui.shell.main_window import MainWindow
from ccinc_wizard.ui.shell.places import show_help, show_list, show_settings
from ccinc_wizard.ui.training.panel import Presenter
from ccinc_wizard.ui.training.results import Feedback
from ccinc_wizard.ui.training.session import TrainingRoom, TrainingRun, TrainingSession
from ccinc_wizard.ui.training.view import TrainingView
from tests.training.conftest import reader, scenario_set, scenarios  # noqa: F401
from tests.ui.conftest import Driver
from tests.ui.test_training import Trainee, room

SEED, COUNT = 20, 3


def desk(driver: Driver) -> TrainingView:
    found = driver.window.training
    assert found is not None
    return found


@pytest.fixture
def training(window: Driver) -> Driver:
    window.window.train()
    QApplication.processEvents()
    return window


def start_exam(driver: Driver, trainee: str = "Groene Vink") -> None:
    driver.type("training_trainee", trainee)
    for name, value in (("training_exam_seed", SEED), ("training_exam_count", COUNT)):
        field = driver.find(name)
        assert isinstance(field, QSpinBox)
        field.setValue(value)
    driver.click("training_start_exam")


def play_exam(driver: Driver, scenarios: dict[str, Scenario]) -> None:  # noqa: F811
    for scenario in draw(scenarios.values(), SEED, COUNT):
        Trainee(driver, scenario).play()


def test_training_is_entered_by_its_action_and_shows_what_there_is(window: Driver) -> None:
    window.window.findChildren(QAction, "action_training")[0].trigger()
    QApplication.processEvents()
    assert window.shows("training_band")
    assert window.window.focusWidget() is window.find("training_scenarios")
    window.qtbot.keyClick(window.find("training_scenarios"), Qt.Key.Key_Down)
    window.window.activateWindow()
    window.until(lambda: QApplication.activeWindow() is window.window)
    window.qtbot.keyClick(window.find("training_scenarios"), Qt.Key.Key_Return)
    assert window.text("training_heading") == "De oude gemeentenaam"
    assert window.shows("page_situation")
    assert not window.shows("error_summary")


def test_the_mode_opens_on_the_exercises(window: Driver) -> None:
    window.window.findChildren(QAction, "action_mode_training")[0].trigger()
    QApplication.processEvents()
    assert window.shows("training_scenarios")


@pytest.mark.parametrize("beside", ["settings", "log", "list"])
def test_who_comes_back_from_a_view_beside_it_stands_before_the_exercises(training: Driver, beside: str) -> None:
    views = {"settings": show_settings, "log": lambda shell: shell.show_log(), "list": show_list}
    views[beside](training.window)
    assert not training.shows("training_scenarios")
    training.window.leave()
    assert training.shows("training_scenarios")
    training.click("training_play")
    views[beside](training.window)
    training.window.leave()
    assert training.shows("page_situation")


def test_who_chooses_training_on_the_settings_page_comes_to_the_exercises(window: Driver) -> None:
    show_settings(window.window)
    choice = window.find("settings_mode")
    assert isinstance(choice, QComboBox)
    choice.activated.emit(choice.findData(Mode.TRAINING))
    window.until(lambda: window.shows("training_desk") and window.shows("settings_back"))
    window.click("settings_back")
    assert window.shows("training_scenarios")


def test_handing_in_what_is_not_finished_asks(training: Driver) -> None:
    training.click("training_play")
    training.click("training_check")
    box = training.window.findChild(MessageDialog, "cancel_question")
    assert box is not None
    QTest.mouseClick(box.findChild(QAbstractButton, "cancel_stay"), Qt.MouseButton.LeftButton)
    assert training.shows("page_situation")
    training.click("training_check")
    box = training.window.findChildren(MessageDialog, "cancel_question")[-1]
    QTest.mouseClick(box.findChild(QAbstractButton, "cancel_leave"), Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert training.shows("training_feedback")


def test_what_was_wrong_comes_first_and_what_was_right_in_one_line(
    training: Driver,
    scenarios: dict[str, Scenario],  # noqa: F811
) -> None:
    played = Trainee(training, scenarios["nieuwe-collega"])
    room(training).begin(played.scenario)
    training.window.session.edit(situation=played.scenario.right.situation, role=played.scenario.right.role)
    desk(training).check()
    QApplication.processEvents()
    shown = [made for made in training.window.findChildren(QFrame) if made.property("standing") and made.isVisible()]
    shown.sort(key=lambda made: made.mapTo(training.window, made.rect().topLeft()).y())
    standings = [str(made.property("standing")) for made in shown]
    assert standings == sorted(standings, key=lambda standing: standing == "right")
    right = [made for made in shown if made.property("standing") == "right"]
    assert len(right) == 2
    assert len({made.mapTo(training.window, made.rect().topLeft()).y() for made in right}) == 1
    view = training.find("training_feedback")
    assert isinstance(view, Feedback)
    slides = view.slides()
    assert len(slides) == len(shown) - len(right) + 3, "before a group too: the score, what was right and why"
    assert slides[-2][0] == training.window.services.texts("training.standing.right")
    assert slides[-2][1].count("✓") == len(right)


def test_the_presenter_fills_the_screen_and_is_run_by_a_clicker(training: Driver) -> None:
    training.click("training_play")
    training.click("training_presenter_button")
    shown = training.window.findChild(Presenter)
    assert shown is not None
    assert shown.isFullScreen()
    title = shown.findChild(QLabel, "training_slide_title")
    before = title.text()
    for key, text in ((Qt.Key.Key_PageDown, False), (Qt.Key.Key_PageUp, True)):
        shown.activateWindow()
        training.until(shown.isActiveWindow)
        QTest.keyClick(shown, key)
        assert (title.text() == before) is text
    QTest.keyClick(shown, Qt.Key.Key_F11)
    assert not shown.isFullScreen()
    sizes = []
    for height in (700, 1400):
        shown.setFixedHeight(height)  # A window is else made to fit the screen of the tests, which is lower.
        QApplication.processEvents()
        sizes.append(title.font().pointSizeF())
    assert sizes[1] > 1.5 * sizes[0]
    # It is read from the last row: a line of it takes a twentieth of the height.
    text = shown.findChild(QLabel, "training_slide_text")
    assert QFontMetrics(text.font()).height() >= shown.height() / 20
    shown.close()


@pytest.mark.parametrize("where", ["exercise", "practice", "log", "feedback", "chooser", "results"])
def test_a_key_shows_large_what_is_played_or_judged_and_else_says_why_not(training: Driver, where: str) -> None:
    if where in ("chooser", "results"):
        if where == "results":
            training.click("training_results")
    else:
        training.click("training_play")
        desk(training).check() if where == "feedback" else None
        desk(training).show_practice() if where == "practice" else None
        training.window.show_log() if where == "log" else None
    QApplication.processEvents()
    training.window.activateWindow()
    training.until(lambda: QApplication.activeWindow() is training.window)
    QTest.keyClick(training.window.focusWidget() or training.window, Qt.Key.Key_F11)
    shown = training.window.findChild(Presenter)
    if where in ("chooser", "results"):
        assert shown is None
        assert training.text("training_status") == training.window.services.texts("training.room.none_to_show")
        return
    assert shown is not None
    assert shown.isFullScreen()
    title = shown.findChild(QLabel, "training_slide_title")
    judged = room(training).judged
    assert (judged is not None) is (where == "feedback")
    if judged is None:
        assert title.text() == training.window.services.texts("training.your_role")
    shown.close()


def test_an_exam_follows_from_its_seed_and_shows_no_title_before_the_end(
    training: Driver,
    scenarios: dict[str, Scenario],  # noqa: F811
) -> None:
    start_exam(training)
    drawn = draw(scenarios.values(), SEED, COUNT)
    for number, scenario in enumerate(drawn, start=1):
        assert training.text("training_said") == scenario.words["nl"].said
        assert f"{number} van {COUNT}" in training.text("training_heading")
        seen = [one.text() for one in training.window.findChildren(QLabel) if one.isVisible()]
        assert not [text for text in seen if scenario.words["nl"].title in text]
        assert not training.shows("training_feedback")
        Trainee(training, scenario).play()
    assert "100" in training.text("training_score")
    for scenario in drawn:
        assert training.shows(f"training_title_{scenario.id}")
    assert [row.scenario for row in room(training).results.rows()] == [scenario.id for scenario in drawn]


def test_the_menu_does_not_give_an_exam_up(training: Driver) -> None:
    start_exam(training)
    training.window.train()
    assert room(training).exam is not None
    assert not training.shows("training_chooser")


def test_an_exam_left_half_way_has_no_result(training: Driver) -> None:
    start_exam(training)
    training.click("training_check")
    assert training.text("training_stop_button") == training.window.services.texts("training.room.stop_exam")
    training.click("training_stop_button")
    assert not room(training).results.results
    assert room(training).exam is None


@pytest.mark.parametrize("way", ["button", "menu"])
def test_an_exercise_that_was_stopped_goes_on_where_it_was(training: Driver, way: str) -> None:
    training.click("training_play")
    training.click("situation_manual")
    training.next()
    training.type("applicant_name", "Joris Oefenmans")
    played = room(training).run
    if way == "menu":
        training.window.train()
    else:
        training.click("training_stop_button")
    assert training.shows("training_chooser")
    assert training.text("undo_said") == training.window.services.texts("undo.stopped")
    training.click("undo_button")
    assert room(training).run is played
    assert training.page == "page_applicant"
    assert training.text("applicant_name") == "Joris Oefenmans"


def test_an_exam_that_was_stopped_goes_on_with_its_grades(training: Driver) -> None:
    start_exam(training)
    training.click("training_check")
    training.click("cancel_leave")
    exam = room(training).exam
    assert exam is not None
    assert len(exam.grades) == 1
    training.click("training_stop_button")
    assert room(training).exam is None
    training.click("undo_button")
    assert room(training).exam == exam
    assert training.shows("training_said")


def test_an_exam_asks_once_before_it_is_handed_in_finished_or_not(
    training: Driver,
    scenarios: dict[str, Scenario],  # noqa: F811
) -> None:
    start_exam(training)
    *others, last = draw(scenarios.values(), SEED, COUNT)
    for scenario in others:
        Trainee(training, scenario).play()
    played = Trainee(training, last)
    training.click("training_check")
    box = training.window.findChildren(MessageDialog, "cancel_question")[-1]
    texts = training.window.services.texts
    assert all(texts(f"training.room.{key}.text") in box.words for key in ("hand_in", "hand_in_exam"))
    training.click("cancel_stay")
    played.walk()
    played.practise()
    training.click("training_check")
    box = training.window.findChildren(MessageDialog, "cancel_question")[-1]
    assert box.words == texts("training.room.hand_in_exam.text")
    assert not training.shows("training_feedback")
    training.click("cancel_leave")
    assert training.shows("training_feedback")
    # Who has seen the result hands nothing else in.
    assert not training.shows("undo_bar")


def test_an_exercise_of_an_exam_can_be_taken_back_until_the_exam_is_handed_in(
    training: Driver,
    scenarios: dict[str, Scenario],  # noqa: F811
) -> None:
    start_exam(training)
    first = draw(scenarios.values(), SEED, COUNT)[0]
    Trainee(training, first).play()
    assert training.text("undo_said") == training.window.services.texts("undo.exercise")
    training.click("undo_button")
    run, exam = room(training).run, room(training).exam
    assert run is not None
    assert run.scenario.id == first.id
    assert exam is not None
    assert not exam.grades
    training.click("training_check")
    assert [grade.score for grade in exam.grades] == [100]


@pytest.mark.parametrize("way", ["feedback", "results", "menu"])
def test_an_exams_result_that_was_left_comes_back_with_its_certificate(
    training: Driver,
    scenarios: dict[str, Scenario],  # noqa: F811
    way: str,
) -> None:
    start_exam(training)
    play_exam(training, scenarios)
    judged = room(training).judged
    if way == "results":
        training.click("training_results_button")
    if way == "menu":
        training.window.train()
    else:
        view = training.find("training_results" if way == "results" else "training_feedback")
        [choose] = view.findChildren(QAbstractButton, "training_choose_button")
        choose.click()
    assert training.shows("training_chooser")
    assert training.text("undo_said") == training.window.services.texts("undo.exam")
    training.click("undo_button")
    assert room(training).judged is judged
    assert training.shows("training_certificate_button")


def test_an_exam_goes_on_after_another_mode(training: Driver) -> None:
    start_exam(training)
    training.click("training_check")
    training.click("cancel_leave")
    training.click("situation_manual")
    training.next()
    training.type("applicant_name", "Joris Oefenmans")
    exam = room(training).exam
    training.window.set_mode(Mode.ADMIN)
    assert training.window.session.answers == Answers()
    training.window.set_mode(Mode.TRAINING)
    assert room(training).exam is exam
    assert training.page == "page_applicant"
    training.until(lambda: training.shows("applicant_name"))
    assert training.text("applicant_name") == "Joris Oefenmans"


def test_another_folder_of_exercises_can_be_taken_back(training: Driver, tmp_path: Path) -> None:
    services = training.window.services
    desk(training).use_folder(tmp_path)
    assert training.text("undo_said") == services.texts("undo.folder")
    training.window.set_language("fr")
    training.until(lambda: training.shows("undo_button"))
    training.click("undo_button")
    assert not services.settings.scenario_folder


def test_what_was_not_begun_offers_nothing(training: Driver) -> None:
    training.window.train()
    assert not training.shows("undo_bar")


def test_results_show_as_table_and_text_and_go_to_files_without_formulas(
    training: Driver,
    scenarios: dict[str, Scenario],  # noqa: F811
    tmp_path: Path,
) -> None:
    start_exam(training, "=1+1")
    play_exam(training, scenarios)
    training.click("training_results_button")
    table = training.find("training_table")
    assert isinstance(table, QTableWidget)
    assert table.rowCount() == COUNT
    assert training.text("training_scores") == "=1+1: 100"
    results = desk(training).show_results()
    results.save_to(tmp_path / "uit.csv")
    assert "uit.csv" in training.text("training_status")
    with (tmp_path / "uit.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    assert len(lines) == COUNT + 1
    assert lines[1][0] == "'=1+1"
    results.save_to(tmp_path / "uit.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "uit.xlsx").active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["E2"].value == 100
    results.save_to(tmp_path / "no such folder" / "uit.csv")
    assert "uit.csv" not in training.text("training_status")


def test_a_certificate_is_a_pdf_marked_as_training(
    training: Driver,
    scenarios: dict[str, Scenario],  # noqa: F811
    tmp_path: Path,
) -> None:
    import datetime as dt

    from ccinc_wizard.ui.training.results import certificate

    start_exam(training)
    play_exam(training, scenarios)
    path = tmp_path / "attest.pdf"
    desk(training).save_certificate(path)
    assert path.read_bytes().startswith(b"%PDF-")
    assert training.shows("training_certificate_button")
    judged = room(training).judged
    assert judged is not None
    page = certificate(training.window.services.texts, judged.result, dt.date(2026, 1, 1)).html("")
    for wanted in ("OEFENMODUS", "Groene Vink", "100 op 100", f"reeks {SEED}", f"{COUNT} oefeningen"):
        assert wanted in page


@pytest.mark.parametrize("button_name", ["open_link_button", "mail_button"])
def test_a_link_opens_an_offline_page_and_nothing_else(
    training: Driver,
    scenarios: dict[str, Scenario],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    button_name: str,
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    played = Trainee(training, scenarios["van-de-stad"])
    played.start()
    played.walk()
    training.next()
    training.until(lambda: training.page == "page_result")
    QApplication.processEvents()
    assert not training.shows("qr_code")
    link = training.text("form_link")
    training.click(button_name)
    assert link in training.text("training_offline_shown")
    page = training.find("training_offline")
    assert isinstance(page, QDialog)
    assert "OEFENMODUS" in page.windowTitle()
    assert [band for band in page.findChildren(QLabel, "training_band") if band.isVisible()]
    training.click("training_offline_close")
    assert opened == []


def test_every_dialog_bears_the_band_in_training_and_none_outside(window: Driver) -> None:
    show_help(window.window)
    assert "OEFENMODUS" not in window.find("help_window").windowTitle()
    window.find("help_window").close()
    window.window.train()
    QApplication.processEvents()
    show_help(window.window)
    assert "OEFENMODUS" in window.find("help_window").windowTitle()
    window.find("help_window").close()
    window.window.set_mode(Mode.ADMIN)
    QApplication.processEvents()
    show_help(window.window)
    assert "OEFENMODUS" not in window.find("help_window").windowTitle()


def test_reset_empties_training_and_leaves_the_real_data_alone(window: Driver) -> None:
    services = window.window.services
    window.walk("manual", "invoerder", "vlaamse-gemeente", "Torhout", to="check")
    window.click("administrator_yes")
    window.next()
    window.until(lambda: window.page == "page_result")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    window.window.set_mode(Mode.TRAINING)
    QApplication.processEvents()
    window.walk("form", "raadpleger", "vlaamse-gemeente", "Tielt")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    services.save_draft(Answers(applicant_name="Rob Oefenmans"))
    folder, real = services.paths.log_folder(Mode.TRAINING), services.paths.log_folder(Mode.ADMIN)
    before = {path: path.read_bytes() for path in real.rglob("*") if path.is_file()}
    assert before
    assert folder.is_dir()
    window.window.train()
    QApplication.processEvents()
    window.click("training_reset")
    window.click("cancel_stay")
    assert folder.is_dir()
    window.click("training_reset")
    window.click("cancel_leave")
    window.until(lambda: window.shows("training_status"))
    left = {path.name for path in services.paths.data.iterdir()}
    assert not {name for name in left if "training" in name}, left
    assert {path: path.read_bytes() for path in real.rglob("*") if path.is_file()} == before
    # A log can be begun again at once: it was erased, not lost.
    window.window.new_request()
    window.walk("form", "raadpleger", "vlaamse-gemeente", "Tielt")
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))


def test_nothing_of_training_reaches_the_real_log_or_the_settings(
    training: Driver,
    scenarios: dict[str, Scenario],  # noqa: F811
) -> None:
    played = Trainee(training, scenarios["gewone-aanvraag"])
    played.start()
    played.walk()
    training.click("administrator_yes")
    training.next()
    training.until(lambda: training.page == "page_result")
    QApplication.processEvents()
    training.click("save_button")
    training.until(lambda: bool(training.window.session.saved_reference))
    services = training.window.services
    assert services.settings.administrator_of == ()
    assert not services.paths.log_folder(Mode.ADMIN).exists()
    training.window.set_mode(Mode.ADMIN)
    assert not isinstance(training.window.session, TrainingSession)
    assert training.window.session.answers == Answers()


def test_a_backup_cannot_be_opened_in_training(window: Driver) -> None:
    def restore() -> QAction:
        return window.window.findChildren(QAction, "action_restore")[-1]

    assert restore().isEnabled()
    window.window.set_mode(Mode.TRAINING)
    assert not restore().isEnabled()


def test_a_real_number_is_refused_in_training(training: Driver, scenarios: dict[str, Scenario]) -> None:  # noqa: F811
    played = Trainee(training, scenarios["gewone-aanvraag"])
    played.start()
    training.click("situation_manual")
    training.next()
    training.type("applicant_name", "Rob")
    training.type("register_number", "85073003328")
    training.next()
    assert training.page == "page_applicant"
    assert training.text("register_number_error")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no files that never answer")
def test_a_folder_that_does_not_answer_is_stopped_at_stop(
    training: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read beside the window's thread: a pipe into which nobody writes never lets itself be opened."""
    monkeypatch.setattr(worker, "MOMENT", 0.0)
    own, texts, told = tmp_path / "own", training.window.services.texts, list[str]()
    own.mkdir()
    os.mkfifo(own / "01-pijp.toml")

    def stop() -> None:
        if training.shows("work_progress"):
            told.append(training.text("progress_words"))
            training.click("progress_stop")

    timer = QTimer(timeout=stop)
    timer.start(1)
    desk(training).use_folder(own)
    assert training.text("training_status") == texts("training.room.stopped")
    assert chosen(training).count() > 20, "the program's own exercises are there"
    training.click("training_play")
    timer.stop()
    assert training.page == "page_situation"
    assert set(told) == {texts("training.room.reading")}
    os.close(os.open(own / "01-pijp.toml", os.O_RDWR))


def chosen(training: Driver) -> QListWidget:
    found = training.find("training_scenarios")
    assert isinstance(found, QListWidget)
    return found


def test_refused_files_are_shown_with_line_and_reason(training: Driver, tmp_path: Path) -> None:
    (tmp_path / "kapot.toml").write_text('id = "kapot"\nchannel = "fax"\n', encoding="utf-8")
    desk(training).use_folder(tmp_path)
    QApplication.processEvents()
    assert training.text("training_status") == training.window.services.texts("training.room.skipped", count=1)
    told = training.text("training_refused_1")
    assert "kapot.toml" in told
    assert "regel" in told
    shown = training.find("training_scenarios")
    assert isinstance(shown, QListWidget)
    assert shown.count() > 20


def test_an_own_scenario_is_in_the_list(training: Driver, tmp_path: Path) -> None:
    from ccinc_wizard.content.scenarios import scenario_folder

    source = (scenario_folder() / "01-gewone-aanvraag.toml").read_text(encoding="utf-8")
    own = source.replace('id = "gewone-aanvraag"', 'id = "mijn-eigen"').replace(
        "De gewone aanvraag", "Mijn eigen geval"
    )
    (tmp_path / "mijn-eigen.toml").write_text(own, encoding="utf-8")
    desk(training).use_folder(tmp_path)
    QApplication.processEvents()
    shown = training.find("training_scenarios")
    assert isinstance(shown, QListWidget)
    assert "Mijn eigen geval" in [shown.item(line).text() for line in range(shown.count())]


def test_keys_and_time_are_measured(training: Driver, scenarios: dict[str, Scenario]) -> None:  # noqa: F811
    played = Trainee(training, scenarios["gewone-aanvraag"])
    played.start()
    training.window.activateWindow()
    training.click("situation_form")
    training.next()
    field = training.find("applicant_name")
    field.setFocus()
    run = room(training).run
    assert run is not None
    before = run.keys
    training.qtbot.keyClicks(field, "Rob")
    assert run.keys == before + 3


def test_the_time_is_that_of_the_clock(scenarios: dict[str, Scenario]) -> None:  # noqa: F811
    now = iter([100.0, 142.0])
    run = TrainingRun(scenarios["gewone-aanvraag"], clock=lambda: next(now))
    assert run.grade(Answers()).seconds == 42


def test_enter_on_the_panel_does_what_the_panel_says(training: Driver, scenarios: dict[str, Scenario]) -> None:  # noqa: F811
    Trainee(training, scenarios["gewone-aanvraag"]).start()
    asked = training.find("training_ask_number")
    training.window.activateWindow()
    training.until(lambda: QApplication.activeWindow() is training.window)
    asked.setFocus()
    training.qtbot.keyClick(asked, Qt.Key.Key_Return)
    assert training.text("training_number")
    assert training.page == "page_situation"
    assert not training.shows("error_summary")


def test_the_drawn_screens_are_worked_with_keys_alone(training: Driver, scenarios: dict[str, Scenario]) -> None:  # noqa: F811
    played = Trainee(training, scenarios["gewone-aanvraag"])
    played.start()
    training.click("training_practice_button")
    keys, window = training.qtbot, training.window
    assert "TEKENING" in training.text("training_drawing_mark")
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.objectName() == "training_open_grant"
    keys.keyClick(focused, Qt.Key.Key_Space)
    typed = window.focusWidget()
    assert typed is not None
    assert typed.objectName() == "training_field_number"
    keys.keyClicks(typed, played.scenario.person.number)
    keys.keyClick(typed, Qt.Key.Key_Return)
    assert training.shows("training_practice")
    picked = training.find("training_pick_0")
    assert window.focusWidget() is picked, "what was found has the focus"
    assert played.scenario.person.number in picked.accessibleName()
    assert training.text("training_field_number") == played.scenario.person.number
    keys.keyClick(picked, Qt.Key.Key_Return)
    assert training.shows("training_organisation_0")
    chosen = window.focusWidget()
    assert chosen is training.find("training_organisation_0")
    keys.keyClick(chosen, Qt.Key.Key_Space)
    run = room(training).run
    assert run is not None
    assert run.practice.person is not None
    assert run.practice.person.number == played.scenario.person.number
    training.click("training_module_0")
    filled = run.practice.form
    assert filled.organisation
    assert filled.modules
    training.click("training_to_wizard_button")
    training.click("training_practice_button")
    again = training.find("training_organisation_0")
    assert isinstance(again, QRadioButton)
    assert again.isChecked(), "a glance elsewhere loses nothing"
    assert run.practice.form == filled


def test_who_is_found_or_not_is_seen_where_one_typed(training: Driver, scenarios: dict[str, Scenario]) -> None:  # noqa: F811
    """On a low screen the person stood out of sight below empty fields, and what is to be looked at again was gone."""
    played = Trainee(training, scenarios["gewone-aanvraag"])
    played.start()
    training.window.resize(911, 470)
    training.click("training_practice_button")
    training.click("training_open_grant")
    training.type("training_field_name", "Niemand")
    training.click("training_search_name")
    assert training.shows("training_notice")
    assert training.text("training_field_name") == "Niemand"
    training.type("training_field_number", played.scenario.person.number)
    training.click("training_search_number")
    for name in ("training_pick_0", "training_person"):
        shown = training.find(name)
        training.until(lambda shown=shown: shown.visibleRegion().boundingRect() == shown.rect())
    training.click("training_pick_0")
    training.click("training_organisation_0")
    training.click("training_role_invoerder")
    training.click("training_module_0")
    training.type("training_field_end_date", "31/12/2099")
    training.qtbot.keyClick(training.find("training_field_end_date"), Qt.Key.Key_Return)
    training.until(lambda: training.shows("training_open_tasks"))


def test_the_panel_offers_no_way_to_where_one_is(training: Driver) -> None:
    """What it offers instead comes nearer, above all the button that ends an exercise on a low screen."""
    choose, wizard, drawn = (f"training_{key}_button" for key in ("choose", "to_wizard", "practice"))

    def offered() -> set[str]:
        return {way for way in (choose, wizard, drawn) if training.shows(way)}

    assert offered() == {wizard}
    training.click(wizard)
    assert training.page == "page_situation"
    assert offered() == {choose}
    training.click(choose)
    training.click("training_play")
    assert offered() == {drawn}
    training.click(drawn)
    assert offered() == {wizard}
    show_settings(training.window)
    assert offered() == {wizard, drawn}
    training.click("settings_back")
    training.click("training_check")
    training.click("cancel_leave")
    assert training.shows("training_feedback")
    assert not training.shows("training_panel"), "it has nothing to say, and the results need the room"


def test_the_presenter_shows_one_large_thing_at_a_time(training: Driver, scenarios: dict[str, Scenario]) -> None:  # noqa: F811
    played = Trainee(training, scenarios["gewone-aanvraag"])
    played.start()
    training.click("training_presenter_button")
    first = training.text("training_slide_text")
    assert first == played.scenario.words["nl"].your_role
    training.click("training_slide_next")
    assert training.text("training_slide_text") == played.scenario.words["nl"].said
    shown = training.find("training_slide_text")
    assert shown.font().pointSizeF() >= 1.8 * QApplication.font().pointSizeF()


def test_a_number_in_the_trainees_name_is_masked(scenarios: dict[str, Scenario]) -> None:  # noqa: F811
    kept = TrainingRoom(trainee="Rob 85.07.30-033.28")
    kept.begin(scenarios["gewone-aanvraag"])
    assert kept.finish(Answers())
    assert "033" not in kept.results.rows()[0].trainee


@pytest.mark.parametrize("language", languages())
def test_every_screen_opens_in_every_language(
    open_window: Callable[[], Driver],
    services: Services,
    scenarios: dict[str, Scenario],  # noqa: F811
    language: str,
) -> None:
    driver = open_window()
    driver.window.set_language(language)
    driver.window.train()
    QApplication.processEvents()
    played = Trainee(driver, scenarios["nieuwe-collega"])
    room(driver).begin(played.scenario)
    desk(driver).show_practice()
    for action in played.actions:
        played.act(action)
    desk(driver).check()
    QApplication.processEvents()
    assert driver.shows("training_feedback")
    desk(driver).show_results()
    assert driver.shows("training_scores")
    assert json.loads(services.paths.settings.read_text(encoding="utf-8"))["language"] == language


def test_the_wizard_outside_training_knows_nothing_of_it(window: Driver) -> None:
    assert isinstance(window.window, MainWindow)
    assert window.window.training is None
    named = {widget.objectName() for widget in window.window.findChildren(QWidget)}
    assert not {name for name in named if name.startswith("training_")}


def test_a_dialog_has_room_for_its_band_when_it_comes_up(training: Driver) -> None:
    """What grows once it is seen jumps."""
    tall = MessageDialog("asked", "Vraag", "Woorden", training.window, QPushButton("Nee"))
    tall.open()
    layout = tall.layout()
    assert layout is not None
    assert tall.findChildren(QLabel, "training_band")
    assert tall.height() >= layout.totalHeightForWidth(tall.width())
    tall.close()
