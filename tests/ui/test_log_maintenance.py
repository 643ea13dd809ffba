"""The log menu and the life of a request, in the window."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QProgressBar, QSpinBox, QTableView, QWidget

from ccinc_wizard.app import machine
from ccinc_wizard.app.interview import LogLookup
from ccinc_wizard.app.policies import Policies
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode, Status
from ccinc_wizard.requestlog.backup import back_up, restore
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import NewRequest
from ccinc_wizard.ui.kit import worker
from ccinc_wizard.ui.kit.dialogs import MessageDialog
from ccinc_wizard.ui.kit.fields import TextField
from ccinc_wizard.ui.log import maintenance
from ccinc_wizard.ui.log.dialogs import (
    ForgetDialog,
    PassphraseDialog,
    RetentionDialog,
    SamePersonDialog,
)
from ccinc_wizard.ui.log.maintenance import LogMaintenance
from tests.requestlog.conftest import DIGITS, START, request
from tests.ui.conftest import Driver

PASSPHRASE = "vier woorden van betekenis"


@pytest.fixture
def fill(services: Services) -> Callable[..., list[str]]:
    """Puts requests into the log before the window opens; `days_ago` is when they were saved."""

    def put(*requests: NewRequest, days_ago: int = 0, granted: bool = False) -> list[str]:
        moment = dt.datetime.now(dt.UTC) - dt.timedelta(days=days_ago)
        folder = services.paths.log_folder(services.mode)
        with RequestLog.open(folder, clock=lambda: moment, user="tester") as log:
            saved = log.save_many(requests)
            for entry in saved if granted else ():
                log.change(entry.reference, Status.GRANTED)
            return [entry.reference for entry in saved]

    return put


def _told(window: Driver) -> str:
    window.until(lambda: window.window.findChild(MessageDialog, "care_told") is not None)
    box = window.window.findChild(MessageDialog, "care_told")
    assert isinstance(box, MessageDialog)
    text = box.words
    box.close()
    box.setParent(None)
    return text


def _care(window: Driver) -> LogMaintenance:
    return LogMaintenance(window.window, window.window.services, window.window.worker, window.window.show_log_anew)


def kept_beside(services: Services) -> Path:
    """The folder of the log that was there before."""
    [kept] = services.own_log_folder().parent.glob("log-kept-*[0-9]")
    return kept


def test_backup_and_restore(window: Driver, fill: Callable[..., list[str]], services: Services, tmp_path: Path) -> None:
    fill(request("In de back-up"))
    _care(window).back_up_to(tmp_path / "b.ccinc", PASSPHRASE)
    assert str(tmp_path / "b.ccinc") in _told(window)
    fill(request("Daarna"))
    _care(window).restore_from(tmp_path / "b.ccinc", "een andere zin")
    assert services.texts("log.errors.wrong-passphrase.what") in _told(window)
    _care(window).restore_from(tmp_path / "b.ccinc", PASSPHRASE)
    told = _told(window)
    assert str(kept_beside(services)) in told
    window.window.worker.close()
    with services.open_log() as log:
        assert [entry.applicant_name for entry in log.page()] == ["In de back-up"]


@pytest.mark.parametrize("what", ["back_up", "restore"])
def test_a_long_backup_shows_how_far_it_is(
    window: Driver, fill: Callable[..., list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    fill(request("In de back-up"))
    monkeypatch.setattr(worker, "MOMENT", 0.0)
    held, texts = threading.Event(), window.window.services.texts

    def slow(*arguments: object) -> None:
        arguments[-1](30, 120)  # type: ignore[operator]
        held.wait()

    monkeypatch.setattr(maintenance, what, slow)
    does = _care(window).back_up_to if what == "back_up" else _care(window).restore_from
    does(tmp_path / "b.ccinc", PASSPHRASE)
    window.until(lambda: window.shows("progress_bar"))
    bar = window.find("progress_bar")
    assert isinstance(bar, QProgressBar)
    window.until(lambda: bar.isVisible() and (bar.value(), bar.maximum()) == (30, 120))
    assert window.text("progress_words") == texts("care.backing_up" if what == "back_up" else "care.restoring")
    held.set()
    _told(window)
    window.until(lambda: window.window.findChild(QDialog, "log_progress") is None)


def test_a_new_log_keeps_the_old_one(window: Driver, fill: Callable[..., list[str]], services: Services) -> None:
    fill(request())
    _care(window).set_aside()
    told = _told(window)
    assert str(kept_beside(services)) in told
    with services.open_log() as log:
        assert log.count() == 0


def test_a_new_passphrase_is_long_and_typed_twice(window: Driver, services: Services) -> None:
    dialog = PassphraseDialog(services.texts, new=True, parent=window.window)
    first, again = dialog.findChildren(TextField)
    first.input.setText("kort")
    dialog.check()
    assert first.error.text()
    first.input.setText(PASSPHRASE)
    assert not first.error.text(), "what is mended is wrong no more"
    again.input.setText(PASSPHRASE + "x")
    dialog.check()
    assert again.error.text()
    again.input.setText(PASSPHRASE)
    assert not again.error.text()
    dialog.check()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.passphrase() == PASSPHRASE


def test_a_wrong_number_is_told_until_another_is_typed(window: Driver, services: Services) -> None:
    dialog = SamePersonDialog(services, window.window)
    [field] = dialog.findChildren(TextField)
    field.input.setText("85073003327")
    dialog.check()
    assert field.error.text()
    assert field.input.property("wrong")
    field.input.setText("8507300332")
    assert not field.error.text()
    assert not field.input.property("wrong")


def test_what_is_due_is_erased_at_the_start_and_the_rest_followed_up(
    fill: Callable[..., list[str]], open_window: Callable[[], Driver], services: Services
) -> None:
    fill(request("Lang geleden"), days_ago=401, granted=True)
    fill(request("Al even"), days_ago=91, granted=True)
    due = fill(request("Wacht nog"), days_ago=15)
    window = open_window()
    window.window.look_after_log()
    window.until(lambda: window.shows("follow_up_notice"))
    assert window.text("follow_up_text") == services.texts("logview.follow_up.due", count=1)
    window.click("follow_up_button")
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    model = table.model()
    assert model is not None
    window.until(lambda: model.rowCount() == 1)
    assert model.index(0, 1).data() == due[0]
    with services.open_log() as log:
        assert [entry.applicant_name for entry in log.page()] == ["Wacht nog", ""]
        assert log.verify().sound


def test_a_wrong_clock_is_told_and_the_user_decides(
    window: Driver, fill: Callable[..., list[str]], services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(request("Lieve Voorbeeldt"), granted=True)
    with services.open_log() as log:
        used = f"{log.now().astimezone():%d/%m/%Y}"
    monkeypatch.setattr(machine, "utc_now", lambda: dt.datetime(2099, 3, 4, 12, tzinfo=dt.UTC))
    window.window.look_after_log()
    window.until(lambda: window.shows("clock_notice"))
    told = window.text("clock_text")
    assert "04/03/2099" in told
    assert used in told
    assert services.texts("logview.clock.would", names=0, rest=1) in told
    window.click("clock_wrong_button")
    assert not window.shows("clock_notice")
    with services.open_log() as log:
        assert log.count() == 1
    window.window.look_after_log()
    window.until(lambda: window.shows("clock_notice"))
    window.click("clock_right_button")
    window.until(lambda: not window.shows("clock_notice"))
    window.window.look_after_log()
    with services.open_log() as log:
        assert log.count() == 0


def test_after_a_restore_by_another_program_the_window_saves_into_the_log_that_is_there(
    window: Driver, fill: Callable[..., list[str]], services: Services, tmp_path: Path
) -> None:
    fill(request("In de back-up"))
    with services.open_log() as log:
        back_up(log, tmp_path / "backup.ccinc", PASSPHRASE)
    window.walk("form", "invoerder", "agb", "AGB De Proefzaal")
    asked: list[object] = []
    window.window.worker.run(lambda log: log.count(), done=asked.append, failed=asked.append)
    window.until(lambda: asked == [1])
    restore(services.paths.log_folder(services.mode), tmp_path / "backup.ccinc", PASSPHRASE, START)
    window.click("save_button")
    window.until(lambda: window.window.session.saved_reference != "")
    with services.open_log() as log:
        assert log.get(window.window.session.saved_reference).applicant_name == "Lieve Voorbeeldt"
        assert log.verify().sound


def test_what_a_kill_left_is_told_once(window: Driver, fill: Callable[..., list[str]], services: Services) -> None:
    fill(request("Lieve Voorbeeldt"))
    left = services.paths.log_folder(services.mode).with_name("log.new-00112233")
    left.mkdir()
    window.window.look_after_log()
    window.until(lambda: window.shows("mended_notice"))
    assert window.text("mended_text") == services.texts("logview.mended.cleared")
    assert not left.exists()
    window.click("mended_button")
    assert not window.shows("mended_notice")


def test_the_preview_of_the_terms_tells_a_date_that_is_in_doubt(
    window: Driver, fill: Callable[..., list[str]], services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(request("Lieve Voorbeeldt"), granted=True)
    monkeypatch.setattr(machine, "utc_now", lambda: dt.datetime(2099, 3, 4, 12, tzinfo=dt.UTC))
    dialog = RetentionDialog(services, window.window.worker, window.window)
    told = dialog.findChild(QLabel, "retention_preview")
    assert isinstance(told, QLabel)
    window.until(lambda: "04/03/2099" in told.text())
    assert services.texts("care.retention.preview", names=0, rest=1) in told.text()


def test_what_is_due_is_told_once_and_no_longer_than_it_is_due(
    window: Driver, fill: Callable[..., list[str]], services: Services
) -> None:
    due = fill(request("Wacht nog"), request("Wacht ook"), days_ago=15)
    for _ in range(2):
        window.window.look_after_log()
    window.until(lambda: window.shows("follow_up_notice"))
    window.window.look_after_log()
    window.window.worker.close()
    window.until(lambda: window.shows("follow_up_text"))
    assert window.text("follow_up_text") == services.texts("logview.follow_up.due", count=2)
    with services.open_log() as log:
        for reference in due:
            log.change(reference, Status.WITHDRAWN)
    window.window.set_mode(Mode.TRAINING)
    window.window.set_mode(Mode.ADMIN)
    window.window.look_after_log()
    window.until(lambda: not window.shows("follow_up_notice"))


def test_whoever_is_typed_while_the_log_is_searched_is_not_erased_for_another(
    window: Driver, fill: Callable[..., list[str]], services: Services
) -> None:
    fill(request("An Eerst"), request("Bea Daarna"))
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 2)
    told: list[str] = []
    dialog = ForgetDialog(services, window.window.worker, told.append, window.window)
    name = dialog.findChildren(TextField)[0].input
    searches = threading.Event()
    window.window.worker.run(lambda _: searches.wait(20), done=lambda _: None, failed=lambda _: None)
    name.setText("An Eerst")
    dialog.check()
    name.setText("Bea Daarna")
    answered: list[object] = []
    window.window.worker.run(lambda _: None, done=answered.append, failed=answered.append)
    searches.set()
    window.until(lambda: bool(answered))
    found = dialog.findChild(QLabel, "forget_found")
    assert found is not None
    assert found.text() == "", "nobody has looked for this name yet"
    dialog.check()
    window.until(lambda: found.text() != "")
    dialog.check()
    window.until(lambda: bool(told))
    with services.open_log() as log:
        assert [entry.applicant_name for entry in log.page() if entry.applicant_name] == ["An Eerst"]


def test_a_name_that_was_erased_is_gone_from_the_open_log_as_well(
    window: Driver, fill: Callable[..., list[str]]
) -> None:
    fill(request("An Eerst"), request("Bea Daarna"))
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 2)
    table.selectRow(1)
    window.until(lambda: window.shows("log_add_note"))
    care = _care(window)
    care.forget()
    dialog = window.window.findChild(ForgetDialog)
    assert dialog is not None
    dialog.findChildren(TextField)[0].input.setText("An Eerst")
    dialog.check()
    found = dialog.findChild(QLabel, "forget_found")
    assert found is not None
    window.until(lambda: found.text() != "")
    dialog.check()
    assert _told(window)
    window.until(lambda: table.model().rowCount() == 1)
    assert not window.shows("log_add_note"), "the details of somebody who was erased"


def test_looking_after_makes_no_log(window: Driver, services: Services) -> None:
    window.window.look_after_log()
    window.window.worker.close()
    assert not services.has_log()


def test_a_request_is_picked_up_by_the_same_person_only(
    window: Driver, fill: Callable[..., list[str]], services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    with services.open_log() as log:
        mark = log.fingerprint(DIGITS)
    fill(request(fingerprint=mark, situation="manual", outcome="manual"))
    session = window.window.session
    window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 1)
    for number, same in (("87.05.06-003.30", False), ("85.07.30-033.28", True)):

        def answer(dialog: SamePersonDialog, number: str = number) -> bool:
            dialog.findChildren(TextField)[0].input.setText(number)
            dialog.check()
            return dialog.number is not None

        monkeypatch.setattr(SamePersonDialog, "exec", answer)
        table.selectRow(0)
        window.until(lambda: window.shows("log_pick_up"))
        window.click("log_pick_up")
        if same:
            window.until(lambda: window.page == "page_check" and window.shows("answers_summary"))
            assert session.answers.applicant_name == "Lieve Voorbeeldt"
            window.until(lambda: session.lookup is LogLookup.ANSWERED)
            assert "same_role" not in [found.rule for found in session.judgement.findings]
        else:
            window.until(lambda: window.text("log_message") == services.texts("care.pick_up.other"))


def test_forgetting_shows_first_and_erases_then(
    window: Driver, fill: Callable[..., list[str]], services: Services
) -> None:
    fill(request("Lieve Voorbeeldt"), request("Jan Oefenmans"))
    _care(window).forget()
    dialog = window.window.findChild(ForgetDialog)
    assert isinstance(dialog, ForgetDialog)
    name, number = dialog.findChildren(TextField)
    number.input.setText("85.07.30-033.29")
    dialog.check()
    assert number.error.text()
    number.input.setText("")
    name.input.setText("lieve voorbeeldt")
    dialog.check()
    found = dialog.findChild(QWidget, "forget_found")
    window.until(lambda: found.text() == services.texts("care.forget.preview", count=1))  # type: ignore[union-attr]
    dialog.check()
    assert _told(window) == services.texts("care.erased")
    with services.open_log() as log:
        assert [entry.applicant_name for entry in log.page()] == ["Jan Oefenmans"]


def test_terms_laid_down_by_the_organisation_cannot_be_changed(window: Driver, services: Services) -> None:
    services.policies = Policies({"names_days": 30, "rest_days": 60})
    dialog = RetentionDialog(services, window.window.worker, window.window)
    assert (dialog.names_days(), dialog.rest_days()) == (30, 60)
    assert dialog.findChild(QWidget, "retention_policy") is not None
    assert not any(spin.isEnabled() for spin in (dialog._names, dialog._rest))


def test_the_preview_follows_the_terms_and_just_that_is_erased(
    window: Driver, fill: Callable[..., list[str]], services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(request("Lang geleden"), days_ago=50, granted=True)
    fill(request("Onlangs"), days_ago=5, granted=True)
    texts = services.texts

    def answer(dialog: RetentionDialog) -> bool:
        told = dialog.findChild(QLabel, "retention_preview")
        names = dialog.findChild(QSpinBox, "retention_names")
        assert isinstance(told, QLabel)
        assert isinstance(names, QSpinBox)
        window.until(lambda: told.text() == texts("care.retention.nothing"))
        names.setValue(49)
        assert not dialog.go.isEnabled(), "nothing is erased that was not previewed"
        names.setValue(50)
        window.until(lambda: told.text() == texts("care.retention.preview", names=1, rest=0))
        assert dialog.go.isEnabled()
        assert names.minimum() == 1
        return True

    monkeypatch.setattr(RetentionDialog, "exec", answer)
    _care(window).retention()
    assert _told(window) == texts("care.erased")
    assert services.settings.names_days == 50
    with services.open_log() as log:
        assert [entry.applicant_name for entry in log.page()] == ["Onlangs", ""]


def test_a_note_that_is_being_typed_outlives_the_erasing_of_somebody_else(
    window: Driver, fill: Callable[..., list[str]]
) -> None:
    fill(request("An Eerst"), request("Bea Daarna"))
    view = window.window.show_log()
    table = window.find("log_table")
    assert isinstance(table, QTableView)
    window.until(lambda: table.model().rowCount() == 2)
    table.selectRow(0)
    window.until(lambda: window.shows("log_note"))
    window.type("log_note", "belt terug")
    view.show_anew()
    window.until(lambda: window.shows("log_note"))
    assert window.text("log_note") == "belt terug"
