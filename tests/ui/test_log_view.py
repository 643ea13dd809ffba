"""Saving from the window, and the log view."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QScrollArea,
    QTableView,
    QToolButton,
    QWidget,
)

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.requestlog import log as log_module
from ccinc_wizard.requestlog import schema, sqlite_store
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.model import SortBy
from ccinc_wizard.requestlog.sqlite_store import connect
from ccinc_wizard.ui.kit import worker
from ccinc_wizard.ui.shell.places import show_settings
from tests.requestlog.conftest import request
from tests.traces import files_with, holds
from tests.ui.conftest import Driver

DIGITS = "85073003328"
FORMS = ("85073003328", "85.07.30-033.28", "85 07 30 033 28", "850730 03328", "85.07.30.033.28", "850730-033-28")


def _save(window: Driver) -> str:
    window.click("save_button")
    window.until(lambda: bool(window.window.session.saved_reference))
    return window.window.session.saved_reference


def test_saving_shows_the_reference_and_saves_once(window: Driver, services: Services) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    reference = _save(window)
    assert reference in window.text("saved_notice")
    assert not window.find("save_button").isEnabled()
    window.click("next_button")
    with services.open_log() as log:
        assert [request.reference for request in log.page()] == [reference]
        assert log.page()[0].fingerprint == log.fingerprint(DIGITS)


def test_another_role_for_the_same_person_is_stopped(window: Driver) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    _save(window)
    window.click("next_button")
    window.walk("manual", "raadpleger", "agb", "AGB De Proefzaal", to="check")
    window.until(lambda: window.shows("finding_one_role"))
    window.next()
    assert window.page == "page_check"
    window.click("correct_one_role")
    window.until(lambda: window.shows("finding_same_role"))
    window.next()
    window.until(lambda: window.page == "page_result")


@pytest.mark.parametrize("leave", ["saved", "half-way"])
def test_no_file_holds_the_register_number(
    open_window: Callable[[], Driver], services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    window = open_window()
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal", to="result" if leave == "saved" else "check")
    if leave == "saved":
        _save(window)
    window.window.close()
    assert any(tmp_path.rglob("log.db"))
    assert files_with(tmp_path, DIGITS) == []
    with services.open_log() as log:
        tables = [name for (name,) in log.store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for name in tables for row in log.store.execute(f"SELECT * FROM {name}")]
        assert bool(log.page()) is (leave == "saved")
    assert not holds(repr(rows).encode(), DIGITS)
    if leave == "half-way":
        again = open_window()
        again.click("undo_button")
        assert again.window.session.answers.applicant_name == "Lieve Voorbeeldt"
        assert again.window.session.answers.number_text == ""
    else:
        assert not services.paths.draft(services.mode).exists()


def test_a_log_that_cannot_be_written_does_not_stop_the_answer(
    window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise LogError(LogErrorCode.FULL)

    monkeypatch.setattr(services, "open_log", fail)
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click("save_button")
    window.until(lambda: window.shows("save_copy_button"))
    assert services.texts("log.errors.full.what") in window.text("saved_notice")
    assert window.find("save_button").isEnabled()
    assert window.shows("form_link")


def answer_with(path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the file dialog be answered, as Qt gives paths on each system. Returns the path as this system writes it."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (path.as_posix(), ""))
    return str(path)


def test_whoever_keeps_a_copy_is_told_in_which_folder(
    window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail() -> None:
        raise LogError(LogErrorCode.FULL)

    monkeypatch.setattr(services, "open_log", fail)
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    window.click("save_button")
    window.until(lambda: window.shows("save_copy_button"))
    told = answer_with(tmp_path / "aanvraag.txt", monkeypatch)
    window.click("save_copy_button")
    assert told in window.text("saved_notice")


def test_an_empty_log_offers_no_choice_of_its_requests(window: Driver, services: Services) -> None:
    window.window.show_log()
    window.until(lambda: window.shows("log_message") and bool(window.text("log_message")))
    assert window.text("log_message") == services.texts("logview.empty")
    assert not window.shows("log_details_none")
    window.window.leave()
    window.walk("form", "invoerder", "vlaamse-gemeente", "Gent")
    _save(window)
    window.window.show_log()
    window.until(lambda: window.shows("log_details_none"))
    window.type("log_search", "zeldzaamwoord")
    window.until(lambda: not window.shows("log_details_none"))
    assert window.text("log_message") == services.texts("logview.nothing_found")


def test_the_log_view_lists_newest_first_searches_and_filters(window: Driver) -> None:
    for name in ("Torhout", "Gent"):
        window.walk("form", "invoerder", "vlaamse-gemeente", name)
        _save(window)
        window.click("next_button")
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    window.until(lambda: model.rowCount() == 2)
    assert model.index(0, 3).data() == "Gent"
    window.type("log_search", "torh")
    [cross] = window.find("log_search").findChildren(QToolButton)
    assert cross.toolTip() == "Leegmaken"
    window.until(lambda: model.rowCount() == 1)
    table.selectRow(0)
    window.until(lambda: window.shows("log_to_granted"))
    window.click("log_to_granted")
    window.until(lambda: window.shows("log_to_requested"))
    window.type("log_search", "")
    status = window.find("log_status_filter")
    assert isinstance(status, QComboBox)
    status.setCurrentIndex(status.findData("granted"))
    window.until(lambda: model.rowCount() == 1)
    assert model.index(0, 6).data() == "Toegekend"


def test_the_log_is_exported_and_checked(window: Driver, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    window.walk("form", "invoerder", "vlaamse-gemeente", "Torhout")
    _save(window)
    window.window.show_log()
    told = answer_with(tmp_path / "out.csv", monkeypatch)
    window.click("log_export_button")
    window.until(lambda: told in window.text("log_message"))
    assert "Torhout" in (tmp_path / "out.csv").read_text("utf-8-sig")
    window.click("log_verify_button")
    window.until(lambda: "ongeschonden" in window.text("log_message"))


def test_what_can_be_put_right_is_offered_after_the_check(window: Driver, services: Services) -> None:
    window.walk("form", "invoerder", "vlaamse-gemeente", "Torhout")
    _save(window)
    with services.open_log() as log:
        database = connect(log.folder / "log.db", log.keys.cipher_key())
        database.execute("DELETE FROM search WHERE rowid = 1")
        database.close()
    window.window.show_log()
    window.click("log_verify_button")
    window.until(lambda: window.shows("rebuild_question"))
    assert services.texts("logview.verdict.search") in window.text("log_message")
    assert services.texts("logview.remedy.rebuild") in window.text("log_message")
    window.click("rebuild_yes")
    window.until(lambda: "ongeschonden" in window.text("log_message"))


def test_an_open_window_files_what_an_earlier_program_filed_otherwise(
    window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "FILED_AT_ONCE", 3)
    with services.open_log() as log:
        for entry in log.save_many([request("Yıldırım")] * 20):
            log.store.unindex(entry.id)
            log.store.index(entry.id, ["anders"])
        log.store.unindex(log_module._FILED)
    counted: list[int] = []

    def all_are_filed() -> bool:
        window.window.worker.run(lambda log: log.count(search="yildirim"), done=counted.append, failed=lambda _: None)
        return 20 in counted

    window.until(all_are_filed)
    with services.open_log() as log:
        assert log.renew_index()
        assert log.verify().sound


def test_the_window_tells_how_far_a_log_of_an_earlier_format_is_brought_over(
    window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    with services.open_log() as log:
        log.save_many([request()] * 30)
    monkeypatch.setattr(sqlite_store, "SCHEMA_VERSION", schema.SCHEMA_VERSION + 1)
    monkeypatch.setitem(sqlite_store.MIGRATIONS, schema.SCHEMA_VERSION + 1, "CREATE TABLE more (a TEXT);")
    monkeypatch.setattr(worker, "MOMENT", 0.0)
    told: list[str] = []
    window.window.look_after_log()
    window.window.worker.brought_over.connect(lambda *_: told.append(window.text("brought_over_text")))
    window.until(lambda: services.texts("log.brought_over", share=100) in told)
    window.until(lambda: not window.shows("brought_over_notice"))


def test_the_log_view_tells_how_many_are_to_be_filed_anew(
    window: Driver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "FILED_AT_ONCE", 3)
    monkeypatch.setattr(worker, "MOMENT", 0.0)
    with services.open_log() as log:
        log.save_many([request()] * 30)
        log.store.unindex(log_module._FILED)
    told: list[str] = []
    window.window.show_log()
    window.window.worker.to_file.connect(lambda left: told.append(window.text("log_to_file")) if left else None)
    window.until(lambda: len(told) > 5)
    window.until(lambda: not window.shows("log_to_file"))
    assert services.texts("log.to_file", count=24) in told


def test_a_copied_number_leaves_the_clipboard_with_the_page(window: Driver) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.click("copy_number")
    assert QApplication.clipboard().text() == "85.07.30-033.28"
    window.click("back_button")
    assert QApplication.clipboard().text() == ""
    window.next()
    window.until(lambda: window.page == "page_result")
    window.click("copy_number")
    QApplication.clipboard().setText("iets anders")
    window.click("back_button")
    assert QApplication.clipboard().text() == "iets anders"


def test_a_copied_number_stays_while_the_window_is_put_away_for_the_browser(window: Driver) -> None:
    window.walk("manual", "invoerder", "agb", "AGB De Proefzaal")
    window.click("copy_number")
    window.window.showMinimized()
    QApplication.processEvents()
    assert QApplication.clipboard().text() == "85.07.30-033.28"
    window.window.showNormal()
    window.click("back_button")
    assert QApplication.clipboard().text() == ""


def test_with_a_slow_log_each_request_has_its_own_history(window: Driver, services: Services) -> None:
    with services.open_log() as log:
        for number in range(3):
            log.add_note(log.save(request(f"Persoon {number}")).reference, f"Notitie {number}")
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 3)
    answers = threading.Event()
    window.window.worker.run(lambda _: answers.wait(20), done=lambda _: None, failed=lambda _: None)
    for row in range(3):
        table.selectRow(row)
    answers.set()
    details = window.find("log_details")

    def notes() -> list[str]:
        texts = (line.text() for line in details.findChildren(QLabel) if line.isVisible())
        return [text.rpartition("\n")[2] for text in texts if "Notitie" in text]

    window.until(lambda: bool(notes()))
    answered: list[object] = []
    window.window.worker.run(lambda _: None, done=answered.append, failed=answered.append)
    window.until(lambda: bool(answered))
    assert notes() == ["Notitie 0"]


def test_an_export_that_cannot_be_written_says_why(window: Driver, services: Services, tmp_path: Path) -> None:
    with services.open_log() as log:
        log.save(request())
    view = window.window.show_log()
    view.export_to(tmp_path / "lijst")
    assert window.text("log_message") == services.texts("logview.export_ending", endings=".csv, .xlsx, .json")
    for ending in ("csv", "xlsx", "json"):
        view.export_to(tmp_path / "absent" / f"lijst.{ending}")
        window.until(lambda: services.texts("log.errors.not-written.what") in window.text("log_message"))
        view.say("")
    assert not list(tmp_path.glob("lijst*"))


@pytest.fixture
def chosen(window: Driver, services: Services) -> Callable[[int], QWidget]:
    """Chooses so many of three requests in a low window, and gives the details."""

    def choose(count: int) -> QWidget:
        with services.open_log() as log:
            log.save_many([request(name) for name in ("Lieve Voorbeeldt", "Joris Oefenmans", "Griet Schijnbaere")])
        window.window.resize(1000, 520)
        window.window.show_log()
        table = window.find("log_table")
        assert isinstance(table, QTableView)
        window.until(lambda: table.model().rowCount() == 3)
        for row in range(count):
            kinds = QItemSelectionModel.SelectionFlag
            table.selectionModel().select(table.model().index(row, 0), kinds.Select | kinds.Rows)
        window.until(lambda: window.shows("log_to_granted"))
        window.window.activateWindow()
        window.until(lambda: QApplication.activeWindow() is window.window)
        return window.find("log_details")

    return choose


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("name", ["log_to_granted", "log_add_note"])
def test_who_changes_requests_by_keyboard_stays_in_their_details(
    window: Driver, chosen: Callable[[int], QWidget], count: int, name: str
) -> None:
    details = chosen(count)
    window.type("log_note", "Besproken.")

    def here() -> bool:
        focused = window.window.focusWidget()
        return focused is not None and details.isAncestorOf(focused)

    window.find(name).setFocus()
    window.qtbot.keyClick(window.window.focusWidget(), Qt.Key.Key_Return)
    assert here(), "while it is written"
    window.until(lambda: window.shows("undo_bar") and not window.text("log_note"))
    assert here()
    note = window.find("log_note")
    window.until(lambda: note.visibleRegion().boundingRect() == note.rect())
    told = window.text("log_message")
    window.click("undo_button")
    window.until(lambda: window.text("log_message") != told)
    assert here()


@pytest.mark.parametrize(
    ("searched", "left"),
    [
        ("", {"Griet", "Joris"}),
        ("AGB", {"Griet", "Joris"}),
        ("Joris", {"Joris"}),
        ("Griet", {"Griet"}),
        ("Lieve", set()),
    ],
)
def test_of_several_chosen_those_stay_chosen_that_the_list_still_shows(
    window: Driver, chosen: Callable[[int], QWidget], searched: str, left: set[str]
) -> None:
    details = chosen(2)
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    with window.qtbot.waitSignal(table.model().modelReset):
        if searched:
            window.type("log_search", searched)
        else:
            table.sortByColumn(len(SortBy) - 1, Qt.SortOrder.AscendingOrder)

    def told() -> set[str]:
        words = " ".join(made.text() for made in details.findChildren(QLabel) if made.isVisible())
        return {name for name in ("Griet", "Joris", "Lieve") if name in words}

    window.until(lambda: told() == left)
    assert len(table.selectionModel().selectedRows()) == len(left)
    assert window.shows("log_several") is (len(left) == 2)


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("change", ["mode", "language"])
def test_a_note_half_typed_is_still_there_after_views_were_made_anew(
    window: Driver, chosen: Callable[[int], QWidget], count: int, change: str
) -> None:
    chosen(count)
    window.type("log_note", "Wacht op antwoord")
    if change == "mode":
        window.window.set_mode(Mode.HELPDESK)
        window.window.set_mode(Mode.ADMIN)
    else:
        show_settings(window.window)
        window.window.set_language("fr")
    window.window.show_log()
    window.until(lambda: window.shows("log_table"))
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 3)
    table.selectRow(0)
    if count == 2:
        kinds = QItemSelectionModel.SelectionFlag
        table.selectionModel().select(table.model().index(1, 0), kinds.Select | kinds.Rows)
    window.until(lambda: window.shows("log_note") and window.shows("log_several") is (count == 2))
    assert window.text("log_note") == "Wacht op antwoord"


@pytest.mark.parametrize("count", [1, 3])
def test_the_details_take_their_room_and_what_has_the_focus_is_whole(
    window: Driver, chosen: Callable[[int], QWidget], count: int
) -> None:
    details = chosen(count)
    assert isinstance(details, QScrollArea)
    held, room = details.widget(), details.viewport()
    window.until(lambda: room.width() >= held.minimumSizeHint().width())
    QApplication.processEvents()
    details.setFocus()
    for _ in range(12):
        window.qtbot.keyClick(window.window.focusWidget(), Qt.Key.Key_Tab)
        focused = window.window.focusWidget()
        if not details.isAncestorOf(focused):
            break
        assert focused.visibleRegion().boundingRect() == focused.rect(), focused.objectName()
