"""What the window promises beside the walks: nothing opens by itself, nothing is lost, nothing doubtful is shown."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.facts import load_catalog
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.requestlog.errors import LogError
from ccinc_wizard.ui.kit import desktop
from ccinc_wizard.ui.kit.dialogs import MessageDialog
from ccinc_wizard.ui.kit.worker import LogWorker
from ccinc_wizard.ui.shell import second_stage
from tests.expected_links import EXPECTED_LINKS
from tests.running import environment
from tests.traces import files_with
from tests.ui.conftest import Driver
from tests.ui.test_log_view import DIGITS
from tools.screenshots import screen

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that the program gave to the desktop."""
    addresses: list[str] = []

    def open_url(url: QUrl) -> bool:
        addresses.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return addresses


def test_browser_and_mail_open_on_a_click_only(window: Driver, opened: list[str]) -> None:
    window.walk("form", "invoerder", "brusselse-gemeente", "Elsene")
    assert opened == []
    window.click("open_link_button")
    link = EXPECTED_LINKS["brusselse-gemeente", "invoerder"]
    assert opened == [link]
    window.click("mail_button")
    mail = urlsplit(opened[1])
    body = parse_qs(mail.query)["body"][0]
    assert mail.scheme == "mailto"
    assert link in body.splitlines()
    assert "Cultuurmonitor Afnemer" in body
    assert "Lieve Voorbeeldt" in body
    assert "{" not in body


@pytest.mark.parametrize(
    "address",
    [
        "http://cjsm.be/ccinc",
        "https://cjsm.be.example.org/",
        "https://user@cjsm.be/",
        "https://cjsm.be:8443/",
        "file:///etc/passwd",
    ],
)
def test_other_hosts_are_never_opened(opened: list[str], address: str, qtbot: object) -> None:
    assert not desktop.open_in_browser(address)
    assert opened == []


def test_every_address_of_the_catalog_may_be_opened(opened: list[str], qtbot: object) -> None:
    catalog = load_catalog()
    places = catalog.places
    for address in (places.portal, places.application, places.application_old, places.manual):
        assert desktop.open_in_browser(address)
    assert "kennisportaaloccnbib" not in "".join(opened)


def test_the_link_is_copied_byte_for_byte(window: Driver) -> None:
    window.walk("form", "raadpleger", "economische-actor", "Het Verzonnen Podium vzw")
    window.click("copy_link_button")
    assert QApplication.clipboard().text() == EXPECTED_LINKS["economische-actor", "raadpleger"]


def test_text_from_outside_is_never_read_as_markup(window: Driver) -> None:
    window.walk("form", "invoerder", "agb", "<b>AGB</b> <img src='x'>", to="check")
    assert window.text("answer_authority_name") == "<b>AGB</b> <img src='x'>"
    for shown in window.window.findChildren(QLabel):
        assert shown.textFormat().name == "PlainText", shown.objectName()


def test_a_doubtful_catalog_ends_the_program(
    open_window: Callable[[], Driver], services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "catalog.toml"
    facts = (ROOT / "resources" / "catalog.toml").read_text("utf-8")
    broken.write_text(facts.replace("LB_CompEnt_Invoerder_AGB", "EA_CompEnt_Invoerder_AGB"), "utf-8")
    monkeypatch.setattr("ccinc_wizard.content.facts.load_catalog", lambda: load_catalog(broken))
    said: list[str] = []
    ended: list[int] = []
    monkeypatch.setattr(MessageDialog, "exec", lambda box: said.append(box.words))
    monkeypatch.setattr(QApplication, "exit", ended.append)
    window = open_window()
    second_stage._load_facts(window.window)
    line = facts[: facts.index("LB_CompEnt_Invoerder_AGB")].count("\n") + 1
    assert f"catalog.toml:{line}:" in said[0]
    assert ended == [1]


def test_every_control_has_a_name_on_every_page(window: Driver) -> None:
    def check() -> None:
        for widget in window.window.findChildren(QWidget):
            if widget.isVisible() and isinstance(widget, QAbstractButton | QLineEdit | QTableView):
                internal = widget.objectName().startswith("qt_") or not widget.objectName()
                assert internal or widget.accessibleName(), widget.objectName()

    check()
    window.walk("manual", "invoerder", "brusselse-gemeente", "Elsene", to="check")
    check()
    window.next()
    window.until(lambda: window.page == "page_result")
    check()
    window.window.show_log()
    check()


def test_clearing_asks_where_a_number_would_be_lost_and_staying_is_the_default(window: Driver) -> None:
    window.click("situation_manual")
    window.next()
    window.type("register_number", "85073003328")
    window.click("cancel_button")
    window.until(lambda: window.window.findChild(MessageDialog, "cancel_question") is not None)
    box = window.window.findChild(MessageDialog, "cancel_question")
    assert isinstance(box, MessageDialog)
    stay = box.usual
    assert stay is not None
    stay.click()
    assert window.window.session.answers.number_text
    window.click("cancel_button")
    window.click("cancel_leave")
    assert window.window.session.answers.situation is None


KILLED = """
import os, sys
from pathlib import Path
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.ui.shell.app import make_app
from ccinc_wizard.ui.shell.main_window import MainWindow

services = Services(Paths.choose(Path(sys.argv[1])), language="nl")
app = make_app()
window = MainWindow(services)
window.show()
find = lambda name: window.findChild(QWidget, name)
find("situation_manual").click()
find("next_button").click()
QTest.keyClicks(find("applicant_name"), "Lieve Voorbeeldt 85.07.30-033.28")
QTest.keyClicks(find("register_number"), "85073003328")
QTest.qWait(700)
print("typed", flush=True)
app.exec()
"""


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_killed_half_way_the_number_is_nowhere(tmp_path: Path, platform: str) -> None:
    if platform == "xcb" and shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed, so nothing can be shown on a real X screen")
    with screen() if platform == "xcb" else nullcontext({}) as shown:
        given = environment(**{**shown, "QT_QPA_PLATFORM": platform, "TMPDIR": str(tmp_path)})
        command = [sys.executable, "-c", KILLED, str(tmp_path / "data")]
        process = subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        assert process.stdout.readline() == b"typed\n"
        process.kill()
        process.wait()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.name == "draft.json" for path in written)
    assert files_with(tmp_path, DIGITS) == []


def test_a_job_that_waited_until_the_mode_changed_reaches_no_log(qtbot: QtBot, services: Services) -> None:
    worker = LogWorker(services)
    told: list[Exception] = []
    services.mode = Mode.TRAINING
    worker.run(lambda _: None, done=lambda _: None, failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    worker.close()
    assert isinstance(told[0], LogError)
    assert not services.paths.log_folder(Mode.TRAINING).exists()
    assert not services.paths.log_folder(Mode.ADMIN).exists()
