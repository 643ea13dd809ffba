"""A list through the window, by keys alone: errors by row, nothing half done, progress shown, no number anywhere."""

from __future__ import annotations

import csv
import email
import email.policy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QTableView
from shiboken6 import isValid

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.register_number import MASK
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import LoggedRequest, NewRequest
from ccinc_wizard.ui.lists.job import JobStage, ListJob
from ccinc_wizard.ui.lists.view import ListView
from ccinc_wizard.ui.shell.places import show_help, show_list
from tests.expected_links import EXPECTED_LINKS
from tests.running import environment
from tests.ui.conftest import Driver
from tests.ui.keys import ALT, CTRL, Keys
from tests.ui.test_log_view import FORMS

HEADING = ["Naam", "Rijksregisternummer", "Rol", "Soort", "Inrichtende macht", "Situatie"]
LIEVE = ["Lieve Voorbeeldt", "85.07.30-033.28", "Invoerder", "AGB", "AGB De Proefzaal", "manueel"]
GRIET = ["Griet Schijnbaere", "", "Raadpleger", "Brusselse gemeente", "Ukkel", ""]
JAN = ["Jan Peeters", "", "Invoerder", "Vlaamse gemeente", "Torhout", ""]
TWIN = ["Lieve Dubbel", "85073003328", "Raadpleger", "AGB", "AGB De Proefzaal", ""]
WRONG = ["=1+1", "85.07.30-033.29", "iets", "Vlaamse gemeente", "Etterbeek", ""]
IN_NAME = ["Sam 85.07.30-033.28", "", "Invoerder", "AGB", "AGB De Proefzaal", ""]


def write_list(path: Path, *rows: list[str]) -> Path:
    """A list as a spreadsheet writes it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADING, *rows])
    return path


def many(count: int) -> list[list[str]]:
    """So many people without a number."""
    return [[f"Jan Nummer{chr(97 + place // 26 % 26)}{chr(97 + place % 26)}", "", *JAN[2:]] for place in range(count)]


@pytest.fixture
def keys(window: Driver) -> Keys:
    return Keys(window.window)


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes the list that the file dialog will give."""

    def make(*rows: list[str]) -> Path:
        path = write_list(tmp_path / "lijst.csv", *rows)
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        return path

    return make


def check_by_keys(window: Driver, keys: Keys) -> None:
    """Open the view, choose the list, wait for the report."""
    keys.press(Qt.Key.Key_B, CTRL)
    window.until(lambda: window.shows("batch_choose"))
    keys.press(Qt.Key.Key_Space)
    window.until(lambda: window.shows("batch_table"))


def save_by_keys(window: Driver, keys: Keys) -> None:
    """Press the button by its letter, and say yes."""
    keys.press(Qt.Key.Key_W, ALT)
    window.until(lambda: window.shows("batch_question"))
    keys.enter()


def wait_saved(window: Driver) -> None:
    window.until(lambda: "bewaard in het logboek" in window.text("batch_message"))


def rows(window: Driver) -> list[list[str]]:
    """The table as one reads it."""
    table = window.find("batch_table")
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    return [[str(model.index(row, column).data()) for column in range(4)] for row in range(model.rowCount())]


def logged(services: Services) -> list[LoggedRequest]:
    with services.open_log() as log:
        assert log.verify().sound
        return log.page(limit=1000)


def view_of(window: Driver) -> ListView:
    view = window.find("batch_view")
    assert isinstance(view, ListView)
    return view


def job_of(window: Driver) -> ListJob:
    return view_of(window)._job


def test_a_list_is_checked_and_saved_in_few_keys(
    window: Driver, services: Services, keys: Keys, listed: Callable[..., Path], figures: list[str]
) -> None:
    listed(LIEVE, GRIET, JAN)
    check_by_keys(window, keys)
    assert [row[2] for row in rows(window)] == ["in orde"] * 3
    assert logged(services) == []
    save_by_keys(window, keys)
    wait_saved(window)
    figures.append(f"a list, from the wizard to all requests in the log: {keys.count} keys beside the file dialog")
    assert keys.count <= 4
    saved = logged(services)
    assert sorted(request.applicant_name for request in saved) == [
        "Griet Schijnbaere",
        "Jan Peeters",
        "Lieve Voorbeeldt",
    ]
    assert {row[2] for row in rows(window)} == {f"bewaard: {request.reference}" for request in saved}
    assert not window.shows("batch_save")


def test_errors_stand_by_their_rows_and_those_rows_are_passed_over(
    window: Driver, services: Services, keys: Keys, listed: Callable[..., Path]
) -> None:
    listed(LIEVE, TWIN, WRONG, IN_NAME, GRIET)
    check_by_keys(window, keys)
    assert "1 van 5" in window.text("batch_message")
    assert [row[:3] for row in rows(window) if row[2] != "in orde"] == [
        ["2", "Lieve Voorbeeldt", "eerst oplossen"],
        ["3", "Lieve Dubbel", "eerst oplossen"],
        ["4", "=1+1", "eerst oplossen"],
        ["5", f"Sam {MASK}", "eerst oplossen"],
    ]
    window.click("batch_only_bad")
    assert [row[0] for row in rows(window)] == ["2", "3", "4", "5"]
    keys.press(Qt.Key.Key_Down)
    window.until(lambda: window.shows("batch_finding_1"))
    told = window.find("batch_finding_1").findChild(QLabel)
    assert isinstance(told, QLabel)
    assert "rij 3" in told.text()
    save_by_keys(window, keys)
    wait_saved(window)
    assert len(logged(services)) == 1


def test_what_the_log_knows_of_a_person_is_noticed(
    window: Driver, services: Services, keys: Keys, listed: Callable[..., Path]
) -> None:
    listed(LIEVE)
    check_by_keys(window, keys)
    save_by_keys(window, keys)
    wait_saved(window)
    listed(["Lieve Voorbeeldt", LIEVE[1], "Raadpleger", *LIEVE[3:]])
    window.click("batch_choose")
    window.until(lambda: window.shows("batch_table") and rows(window)[0][2] == "eerst oplossen")
    assert "Invoerder" in rows(window)[0][3]
    assert not window.shows("batch_save")


def test_the_same_person_again_and_the_label_are_told_by_their_rows(
    window: Driver, keys: Keys, listed: Callable[..., Path]
) -> None:
    listed(LIEVE, JAN)
    check_by_keys(window, keys)
    assert [row[3] for row in rows(window)] == ["", ""]
    save_by_keys(window, keys)
    wait_saved(window)
    listed(LIEVE, GRIET)
    window.click("batch_choose")
    window.until(lambda: window.shows("batch_table") and len(rows(window)[0][3]) > 0)
    same, label = [row[3] for row in rows(window)]
    assert "AGB De Proefzaal" in same
    assert "Cultuurmonitor Afnemer" in label
    assert [row[2] for row in rows(window)] == ["in orde", "in orde"]


def test_what_changes_in_the_log_after_the_check_is_looked_at_again(
    window: Driver, services: Services, keys: Keys, listed: Callable[..., Path]
) -> None:
    listed(LIEVE, GRIET)
    check_by_keys(window, keys)
    with services.open_log() as log:
        person = log.fingerprint("".join(filter(str.isdigit, LIEVE[1])))
        known = ("admin", "manual", LIEVE[0], person, "raadpleger", "agb", LIEVE[4], False, "manual", "1", "1")
        log.save(NewRequest(*known))
    save_by_keys(window, keys)
    window.until(lambda: "veranderd" in window.text("batch_message"))
    assert [row[2] for row in rows(window)] == ["eerst oplossen", "in orde"]
    assert len(logged(services)) == 1


def test_a_log_that_fails_leaves_nothing_half_done(
    window: Driver, services: Services, keys: Keys, listed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(*many(30))
    check_by_keys(window, keys)
    put, calls = RequestLog._put, []

    def fail_later(log: RequestLog, request: LoggedRequest, *, replacing: bool) -> None:
        calls.append(request)
        if len(calls) == 20:
            raise LogError(LogErrorCode.FULL)
        put(log, request, replacing=replacing)

    monkeypatch.setattr(RequestLog, "_put", fail_later)
    save_by_keys(window, keys)
    window.until(lambda: window.text("batch_message").startswith("Er is niets bewaard."))
    assert len(calls) == 20
    assert logged(services) == []
    monkeypatch.setattr(RequestLog, "_put", put)
    save_by_keys(window, keys)
    wait_saved(window)
    assert len(logged(services)) == 30


@pytest.mark.parametrize("stage", [JobStage.READING, JobStage.CHECKING, JobStage.SAVING])
def test_stopping_at_any_stage_leaves_nothing_half_done(
    window: Driver, services: Services, keys: Keys, listed: Callable[..., Path], stage: JobStage
) -> None:
    listed(*many(450))
    show_list(window.window)
    job, seen = job_of(window), []

    def stop(now: JobStage, done: int, total: int) -> None:
        seen.append((now, done))
        if now is stage and done >= 199:
            job.stop()

    # On the thread itself, so that the stop comes at a known place.
    job.progressed.connect(stop, Qt.ConnectionType.DirectConnection)
    window.click("batch_choose")
    if stage is JobStage.SAVING:
        window.until(lambda: window.shows("batch_table"))
        save_by_keys(window, keys)
    window.until(lambda: window.text("batch_message") == "Gestopt. Er is niets bewaard.")
    # Reading counts lines, of which the headings are one.
    assert (stage, 199 if stage is JobStage.READING else 200) in seen
    assert not window.shows("batch_progress")
    assert logged(services) == []


@pytest.mark.parametrize("change", ["language", "mode"])
def test_a_run_whose_view_goes_ends_without_a_trace_or_an_error(
    window: Driver, services: Services, keys: Keys, listed: Callable[..., Path], change: str
) -> None:
    listed(*many(450))
    check_by_keys(window, keys)
    job, view = job_of(window), view_of(window)
    saving, view_gone, stopped = threading.Event(), threading.Event(), []

    def hold(now: JobStage, done: int, total: int) -> None:
        if now is JobStage.SAVING:
            saving.set()
            view_gone.wait(10)

    job.progressed.connect(hold, Qt.ConnectionType.DirectConnection)
    job.stopped.connect(lambda: stopped.append(True))
    view.save()
    assert saving.wait(10)
    # The window waits a while for what its log is doing.
    threading.Timer(0.2, view_gone.set).start()
    if change == "language":
        window.window.set_language("en")
    else:
        window.window.set_mode(Mode.TRAINING)
    window.until(lambda: not isValid(view))
    view_gone.set()
    window.until(lambda: bool(stopped))
    services.mode = Mode.ADMIN
    assert logged(services) == []


def test_a_second_check_is_not_stopped_by_the_first(window: Driver, keys: Keys, listed: Callable[..., Path]) -> None:
    listed(*many(30))
    check_by_keys(window, keys)
    job_of(window).stop()
    window.click("batch_check")
    window.until(lambda: "30 rijen zijn in orde" in window.text("batch_message"))


KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.ui.shell.app import make_app
from ccinc_wizard.ui.shell.places import show_list
from ccinc_wizard.ui.shell.main_window import MainWindow

services = Services(Paths.choose(Path(sys.argv[1])), language="nl", mode=Mode.ADMIN)
app = make_app()
window = MainWindow(services)
window.show()
view = show_list(window)
put, calls = RequestLog._put, []

def die_later(log, request, *, replacing):
    calls.append(request)
    put(log, request, replacing=replacing)
    if len(calls) == 300:
        os.kill(os.getpid(), signal.SIGKILL)

RequestLog._put = die_later
view._job.checked.connect(lambda _: view.save())
view.check_list(Path(sys.argv[2]))
app.exec()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_program_leaves_nothing_half_done(services: Services, tmp_path: Path) -> None:
    path = write_list(tmp_path / "lijst.csv", *many(450))
    command = [sys.executable, "-c", KILLED, str(services.paths.data), str(path)]
    done = subprocess.run(command, env=environment(), timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    assert logged(services) == []


def test_no_file_holds_a_register_number_but_the_list_itself(
    window: Driver,
    services: Services,
    keys: Keys,
    listed: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    path = listed(LIEVE, TWIN, IN_NAME, GRIET, JAN)
    check_by_keys(window, keys)
    assert window.shows("batch_holds_numbers")
    save_by_keys(window, keys)
    wait_saved(window)
    view = view_of(window)
    view.export_to(tmp_path / "verslag.csv")
    view.export_to(tmp_path / "verslag.xlsx")
    view.save_mails_to(tmp_path)
    window.until(lambda: str(tmp_path / "ccinc-mails-") in window.text("batch_message"))
    window.window.close()
    written = [found for found in tmp_path.rglob("*") if found.is_file() and found != path]
    assert {found.name for found in written} >= {"verslag.csv", "verslag.xlsx", "links.csv", "log.db"}
    for found in written:
        content = _unpacked(found)
        for form in FORMS:
            assert form.encode() not in content, found
            assert form.encode("utf-16-le") not in content, found


def _unpacked(path: Path) -> bytes:
    if path.suffix != ".xlsx":
        return path.read_bytes()
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row).encode()


def test_a_list_without_numbers_needs_no_warning(window: Driver, keys: Keys, listed: Callable[..., Path]) -> None:
    listed(GRIET)
    check_by_keys(window, keys)
    assert not window.shows("batch_holds_numbers")


def test_the_report_is_a_table_that_no_spreadsheet_calculates(
    window: Driver, keys: Keys, listed: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(WRONG, GRIET)
    check_by_keys(window, keys)
    target = tmp_path / "verslag.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    keys.press(Qt.Key.Key_P, ALT)
    window.until(lambda: "verslag.csv" in window.text("batch_message"))
    with target.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.reader(file, delimiter=";"))
    assert written[0] == ["Rij", "Naam", "Oordeel", "Wat er opviel"]
    assert [line[:3] for line in written[1:]] == [["2", "'=1+1", "eerst oplossen"], ["3", GRIET[0], "in orde"]]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "such.csv"), ""))
    window.click("batch_export")
    assert "niet worden bewaard" in window.text("batch_message")


def test_mails_and_links_come_as_a_folder(
    window: Driver,
    services: Services,
    keys: Keys,
    listed: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed(LIEVE, GRIET, JAN)
    check_by_keys(window, keys)
    assert not window.shows("batch_mails")
    save_by_keys(window, keys)
    wait_saved(window)
    (target := tmp_path / "mails").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    keys.press(Qt.Key.Key_M, ALT)
    window.until(lambda: "in de map" in window.text("batch_message"))
    [folder] = target.iterdir()
    assert folder.name in window.text("batch_message")
    assert sorted(path.name for path in folder.iterdir()) == [
        "00003-griet-schijnbaere.eml",
        "00004-jan-peeters.eml",
        "links.csv",
    ]
    link = EXPECTED_LINKS["brusselse-gemeente", "raadpleger"]
    content = (folder / "00003-griet-schijnbaere.eml").read_bytes()
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert mail["X-Unsent"] == "1"
    assert mail.defects == []
    assert link in mail.get_content().splitlines()
    with (folder / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file, delimiter=";"))
    references = {request.applicant_name: request.reference for request in logged(services)}
    assert lines[1] == ["3", GRIET[0], "Raadpleger", "Ukkel", references[GRIET[0]], link]


def test_mails_that_cannot_all_be_written_leave_no_folder(
    window: Driver, keys: Keys, listed: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(GRIET)
    check_by_keys(window, keys)
    save_by_keys(window, keys)
    wait_saved(window)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ccinc_wizard.ui.lists.job.write_table", full)
    (target := tmp_path / "mails").mkdir()
    view_of(window).save_mails_to(target)
    window.until(lambda: "de schijf is vol" in window.text("batch_message"))
    assert list(target.iterdir()) == []


def test_mails_that_are_stopped_leave_no_folder(
    window: Driver, keys: Keys, listed: Callable[..., Path], tmp_path: Path
) -> None:
    listed(*many(220))
    check_by_keys(window, keys)
    save_by_keys(window, keys)
    wait_saved(window)
    (target := tmp_path / "mails").mkdir()
    job = job_of(window)
    job.progressed.connect(lambda _, done, __: job.stop() if done >= 200 else None, Qt.ConnectionType.DirectConnection)
    view_of(window).save_mails_to(target)
    window.until(lambda: window.text("batch_message") == "Gestopt. Er is geen map gemaakt.")
    assert list(target.iterdir()) == []
    assert window.shows("batch_mails")


def test_practice_mails_say_so(
    open_window: Callable[[], Driver], services: Services, listed: Callable[..., Path], tmp_path: Path
) -> None:
    services.mode = Mode.TRAINING
    window = open_window()
    listed(GRIET)
    keys = Keys(window.window)
    check_by_keys(window, keys)
    save_by_keys(window, keys)
    wait_saved(window)
    view_of(window).save_mails_to(tmp_path)
    window.until(lambda: "in de map" in window.text("batch_message"))
    [draft] = tmp_path.glob("ccinc-mails-*/*.eml")
    assert (
        email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)["Subject"]
        .strip()
        .startswith("OEFENMODUS")
    )


def test_each_row_gives_its_link_and_mail_once_it_is_saved(
    window: Driver, keys: Keys, listed: Callable[..., Path]
) -> None:
    listed(GRIET, LIEVE)
    check_by_keys(window, keys)
    assert not window.shows("batch_link")
    save_by_keys(window, keys)
    wait_saved(window)
    link = EXPECTED_LINKS["brusselse-gemeente", "raadpleger"]
    window.until(lambda: window.shows("batch_link"))
    shown = window.find("batch_link")
    # Whole, as in the wizard: in a line of its own only its beginning was seen.
    assert isinstance(shown, QLabel)
    assert shown.text() == link
    window.until(lambda: shown.height() > shown.fontMetrics().lineSpacing())
    keys.press(Qt.Key.Key_O, ALT)
    window.until(lambda: QApplication.clipboard().text() == link)
    keys.press(Qt.Key.Key_I, ALT)
    window.until(lambda: QApplication.clipboard().text() != link)
    assert link in QApplication.clipboard().text()
    assert GRIET[0] in QApplication.clipboard().text()
    window.find("batch_table").setFocus()
    keys.press(Qt.Key.Key_Down)
    window.until(lambda: window.shows("batch_steps"))
    assert not window.shows("batch_link")


def test_the_report_and_what_was_saved_stay_in_another_language(
    window: Driver, services: Services, keys: Keys, listed: Callable[..., Path]
) -> None:
    listed(GRIET, WRONG)
    check_by_keys(window, keys)
    window.window.set_language("en")
    window.until(lambda: window.shows("batch_table"))
    assert [row[2] for row in rows(window)] == ["in order", "solve first"]
    view_of(window).save()
    window.until(lambda: "saved in the log" in window.text("batch_message"))
    window.window.set_language("fr")
    window.until(lambda: window.shows("batch_table"))
    [saved] = logged(services)
    told = [f"enregistré\N{NO-BREAK SPACE}: {saved.reference}", "à résoudre d’abord"]
    assert [row[2] for row in rows(window)] == told
    window.until(lambda: window.shows("batch_link"))
    assert not window.shows("batch_save")


def test_a_list_that_is_none_is_refused_in_words(
    window: Driver, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Naam;Rol\nJan;Invoerder\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    show_list(window.window)
    window.click("batch_choose")
    window.until(lambda: "mist deze kolommen" in window.text("batch_message"))
    assert not window.shows("batch_table")


def test_a_log_that_cannot_be_opened_is_told_and_nothing_is_saved(
    window: Driver, services: Services, listed: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Services) -> RequestLog:
        raise LogError(LogErrorCode.KEYRING)

    monkeypatch.setattr(Services, "open_log", fail)
    listed(GRIET)
    show_list(window.window)
    window.click("batch_choose")
    window.until(lambda: window.text("batch_message").startswith("De lijst is niet nagekeken"))


def choose_situation(window: Driver, key: Qt.Key) -> None:
    """Open the list of situations by a key, and choose what the same key then leads to."""
    choice = window.find("batch_situation")
    assert isinstance(choice, QComboBox)
    choice.setFocus()
    QTest.keyClick(choice, key)
    window.until(choice.view().isVisible)
    QTest.keyClick(choice.view(), key)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    window.until(lambda: not choice.view().isVisible())
    # Without a window manager the list that is gone would go on as the active window, whose keys are heard.
    window.window.activateWindow()
    window.until(lambda: QApplication.activeWindow() is window.window)


def test_the_situation_counts_where_a_row_names_none(
    window: Driver, services: Services, keys: Keys, listed: Callable[..., Path]
) -> None:
    listed(GRIET, LIEVE)
    show_list(window.window)
    choose_situation(window, Qt.Key.Key_End)
    window.click("batch_choose")
    window.until(lambda: window.shows("batch_table"))
    save_by_keys(window, keys)
    wait_saved(window)
    assert {request.applicant_name: request.situation for request in logged(services)} == {
        GRIET[0]: "task",
        LIEVE[0]: "manual",
    }
    # Another situation makes another report.
    choose_situation(window, Qt.Key.Key_Home)
    assert not window.shows("batch_table")
    assert not window.shows("undo_bar")


MISSPELT = ["Jan Peeters", "", "Invoerder", "Vlaamse gemeente", "Torhoutt", ""]


def answer_misspelt(window: Driver, keys: Keys, listed: Callable[..., Path]) -> None:
    """Check a list with a place misspelt and take the place that is proposed, after which the list can be saved."""
    listed(MISSPELT)
    check_by_keys(window, keys)
    window.until(lambda: window.shows("batch_correct_municipality_unknown"))
    window.click("batch_correct_municipality_unknown")
    window.until(lambda: window.shows("batch_save"))


@pytest.mark.parametrize("change", ["", "fr", "letters", "mode"])
def test_what_was_answered_in_a_list_can_be_taken_back(
    window: Driver, keys: Keys, listed: Callable[..., Path], change: str
) -> None:
    answer_misspelt(window, keys, listed)
    texts = window.window.services.texts
    assert window.text("undo_said") == texts("undo.list")
    if change == "fr":
        window.window.show_wizard()
        window.window.set_language("fr")
    elif change == "letters":
        window.window.set_letter_size(125)
    elif change == "mode":
        # It takes no line along, but the list as it was.
        window.window.set_mode(Mode.TRAINING)
        window.window.set_mode(Mode.ADMIN)
        assert not window.shows("undo_bar")
        show_list(window.window)
        window.until(lambda: window.shows("batch_save"))
        return
    window.until(lambda: window.shows("undo_button"))
    window.click("undo_button")
    window.until(lambda: window.shows("batch_correct_municipality_unknown"))
    assert not window.shows("batch_save")


@pytest.mark.parametrize("what", ["list", "again", "situation"])
def test_a_report_that_another_replaces_comes_back_with_its_answers(
    window: Driver, keys: Keys, listed: Callable[..., Path], what: str
) -> None:
    answer_misspelt(window, keys, listed)
    if what == "list":
        listed(LIEVE).rename(view_of(window).place().path.with_name("andere.csv"))  # type: ignore[union-attr]
        view_of(window).check_list(view_of(window).place().path.with_name("andere.csv"))  # type: ignore[union-attr]
        window.until(lambda: window.shows("batch_table"))
    elif what == "again":
        window.click("batch_check")
        window.until(lambda: window.shows("batch_correct_municipality_unknown"))
    else:
        choose_situation(window, Qt.Key.Key_End)
        assert not window.shows("batch_table")
    assert window.text("undo_said") == window.window.services.texts("undo.report")
    window.click("undo_button")
    window.until(lambda: window.shows("batch_save"))
    assert [row[2] for row in rows(window)] == ["in orde"]
    save_by_keys(window, keys)
    wait_saved(window)
    assert not window.shows("undo_bar")


def test_the_example_list_can_be_read_again(window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for ending in ("xlsx", "csv"):
        target = tmp_path / f"voorbeeld.{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, to=target: (str(to), ""))
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, to=target: (str(to), ""))
        show_list(window.window)
        window.click("batch_example")
        window.click("batch_choose")
        window.until(lambda: window.shows("batch_table"))
        assert [row[2] for row in rows(window)] == ["in orde"]


def test_the_window_answers_while_a_long_list_is_done(
    window: Driver, keys: Keys, listed: Callable[..., Path], figures: list[str]
) -> None:
    listed(*many(670))
    gaps, last = [], time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer(window.window, interval=5)
    timer.timeout.connect(tick)
    check_by_keys(window, keys)
    timer.start()
    last = time.perf_counter()
    save_by_keys(window, keys)
    wait_saved(window)
    timer.stop()
    figures.append(f"670 rows saved from the window: {len(gaps)} ticks of 5 ms, longest wait {max(gaps) * 1000:.0f} ms")
    assert len(gaps) > 3


def test_the_view_has_help_of_its_own(window: Driver) -> None:
    show_list(window.window)
    show_help(window.window)
    window.until(lambda: window.shows("help_text"))
    assert window.text("help_text") == window.window.services.texts("app.help.batch.text")


def test_a_list_that_the_log_has_already_is_saved_in_the_other_language_too(
    window: Driver, keys: Keys, listed: Callable[..., Path], services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(JAN)
    check_by_keys(window, keys)
    written, told, real = threading.Event(), threading.Event(), RequestLog.save_many

    def save_slowly(log: RequestLog, entries: Iterator[NewRequest]) -> list[LoggedRequest]:
        saved = real(log, entries)
        written.set()
        told.wait(0.3)
        return saved

    monkeypatch.setattr(RequestLog, "save_many", save_slowly)
    save_by_keys(window, keys)
    assert written.wait(20)
    window.window.set_language("en")
    window.until(lambda: window.shows("batch_mails"))
    assert not window.shows("batch_save"), "it would be saved a second time"
    assert len(logged(services)) == 1
