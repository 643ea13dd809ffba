"""An error that nobody foresaw: one window says what to do, nothing is lost, and no number gets out."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer, qWarning
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.ui.shell.unexpected import TroubleWindow, Unexpected
from tests.running import environment
from tests.ui.conftest import Driver
from tests.ui.test_log_view import DIGITS, FORMS

pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture
def watched(window: Driver) -> Iterator[Driver]:
    """A window whose errors are caught as in a real start."""
    unexpected = Unexpected(window.window)
    unexpected.install()
    yield window
    unexpected.remove()


def troubles(window: Driver) -> list[TroubleWindow]:
    """The windows that tell of an error now."""
    return [found for found in window.window.findChildren(TroubleWindow) if found.isVisible()]


def fail(number: str) -> None:
    """An error with a number in its text, in a variable and in what came before it."""
    held = [number]
    try:
        raise KeyError(number)
    except KeyError as error:
        raise ValueError(f"no right for {held!r}") from error


def fail_soon(window: Driver, *forms: str) -> None:
    """Let a slot fail, as a click would."""
    for form in forms or (DIGITS,):
        QTimer.singleShot(0, window.window, lambda form=form: fail(form))
    window.until(lambda: bool(window.window.errors.counts))


def half_way(window: Driver) -> None:
    """A request with a name and a number, on the page where both are typed."""
    window.click("situation_manual")
    window.next()
    window.type("applicant_name", "Lieve Voorbeeldt")
    window.type("register_number", DIGITS)


def test_no_number_is_in_file_window_or_diagnostics(watched: Driver, services: Services) -> None:
    half_way(watched)
    for form in FORMS:
        QTimer.singleShot(0, watched.window, lambda form=form: fail(form))
        qWarning(f"cannot show {form} of Lieve Voorbeeldt")
    watched.until(lambda: len(troubles(watched)) == 1)
    watched.click("trouble_copy")
    watched.until(lambda: watched.shows("diagnostics_text"))
    shown = [child.text() for child in watched.window.findChildren(QLabel) if child.isVisible() and child.text()]
    copied = QApplication.clipboard().text()
    assert "ValueError, test_unexpected.py" in copied
    written = b"".join(path.read_bytes() for path in services.paths.data.rglob("*") if path.is_file())
    errors = (services.paths.data / "errors.log").read_text("utf-8")
    assert "ValueError: no right for" in errors
    assert "QtWarningMsg: cannot show" in errors
    assert "Voorbeeldt" not in errors
    for form in FORMS:
        assert form not in "\n".join(shown)
        assert form not in copied
        assert form.encode() not in written


def test_what_stands_in_any_field_is_hidden(watched: Driver, services: Services) -> None:
    QLineEdit("Geheime Zoekterm", watched.window)
    fail_soon(watched, "Geheime Zoekterm 12345")
    watched.until(lambda: len(troubles(watched)) == 1)
    errors = (services.paths.data / "errors.log").read_text("utf-8")
    assert "no right for" in errors
    assert "12345" in errors
    assert "Geheime" not in errors
    assert "Zoekterm" not in errors


def test_nothing_is_lost_and_the_program_goes_on(watched: Driver, services: Services) -> None:
    half_way(watched)
    fail_soon(watched)
    watched.until(lambda: len(troubles(watched)) == 1)
    assert services.load_draft().applicant_name == "Lieve Voorbeeldt"
    assert watched.text("trouble_what")
    assert watched.text("trouble_means")
    assert watched.text("trouble_do")
    watched.click("trouble_go_on")
    watched.next()
    assert watched.page == "page_role"
    watched.window.session.retreat()
    assert watched.text("register_number") == "85.07.30-033.28"


def test_a_storm_of_errors_opens_one_window(watched: Driver) -> None:
    fail_soon(watched, *[DIGITS] * 50)
    watched.until(lambda: sum(watched.window.errors.counts.values()) == 50)
    assert len(troubles(watched)) == 1
    watched.click("trouble_go_on")
    fail_soon(watched)
    watched.until(lambda: sum(watched.window.errors.counts.values()) == 51)
    QApplication.processEvents()
    assert troubles(watched) == []


def test_different_errors_at_once_open_one_window_too(watched: Driver) -> None:
    fail_soon(watched)
    QTimer.singleShot(0, watched.window, lambda: {}["nothing"])
    QTimer.singleShot(0, watched.window, lambda: [][1])
    watched.until(lambda: len(watched.window.errors.counts) == 3)
    QApplication.processEvents()
    assert len(watched.window.findChildren(TroubleWindow)) == 1


def test_another_error_after_the_first_window_is_told(watched: Driver) -> None:
    fail_soon(watched)
    watched.until(lambda: len(troubles(watched)) == 1)
    watched.click("trouble_go_on")
    QTimer.singleShot(0, watched.window, lambda: {}["nothing"])
    watched.until(lambda: len(troubles(watched)) == 1)
    assert "KeyError" in watched.text("trouble_fault")


def test_a_window_that_went_with_its_dialog_does_not_silence_the_next(watched: Driver) -> None:
    dialog = QDialog(watched.window)
    dialog.open()
    fail_soon(watched)
    watched.until(lambda: len(troubles(watched)) == 1)
    dialog.deleteLater()
    watched.until(lambda: not troubles(watched))
    QTimer.singleShot(0, watched.window, lambda: {}["nothing"])
    watched.until(lambda: len(troubles(watched)) == 1)


def test_an_error_in_a_thread_is_told_on_the_window(watched: Driver) -> None:
    thread = threading.Thread(target=fail, args=(DIGITS,))
    thread.start()
    thread.join()
    watched.until(lambda: len(troubles(watched)) == 1)
    assert "ValueError" in watched.text("trouble_fault")


class Failing(QWidget):
    """Fails where Qt calls it back."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            fail(DIGITS)
        return super().event(event)


def test_an_error_in_an_event_is_told(watched: Driver) -> None:
    failing = Failing(watched.window)
    QCoreApplication.postEvent(failing, QEvent(QEvent.Type.User))
    watched.until(lambda: len(troubles(watched)) == 1)


def test_stopping_by_keyboard_is_no_error(watched: Driver, capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert watched.window.errors.counts == {}
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_message_of_qt_is_written_once(watched: Driver, services: Services) -> None:
    for _ in range(20):
        qWarning("the same again")
    assert (services.paths.data / "errors.log").read_text("utf-8").count("the same again") == 1


def test_the_reports_are_given_back(window: Driver) -> None:
    unexpected = Unexpected(window.window)
    unexpected.install()
    unexpected.remove()
    assert sys.excepthook is sys.__excepthook__
    assert threading.excepthook is threading.__excepthook__


STARTED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.ui.shell.app import make_app, run_window

services = Services(Paths.choose(Path(sys.argv[1])), language="nl")
app = make_app()
errors = Path(sys.argv[1], "errors.log")

def look():
    open_now = [made.objectName() for made in QApplication.topLevelWidgets() if made.isVisible()]
    if "trouble_window" in open_now:
        print("told", flush=True)
        QApplication.exit(0)
    elif Path(sys.argv[1], "window.lock").exists():
        raise ValueError("85.07.30-033.28")

timer = QTimer(interval=50)
timer.timeout.connect(look)
timer.start()
sys.exit(run_window(services))
"""


def test_a_real_start_watches(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STARTED, str(tmp_path / "data")]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout) == (0, "told\n"), done.stderr
    assert "ValueError" in (tmp_path / "data" / "errors.log").read_text("utf-8")
    assert not (tmp_path / "data" / "window.lock").exists()
