"""The program opens no network connection of its own: the kernel is asked, not the program."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT, environment

WALK = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.ui.shell.app import FirstPaint, make_app
from ccinc_wizard.ui.shell.main_window import MainWindow

def wait(milliseconds):
    # QTest's own would hold the log's thread up.
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

def find(name):
    return next(one for one in window.findChildren(QWidget, name) if one.isVisible())

def click(*names):
    for name in names:
        find(name).click()
        wait(50)

app = make_app()
window = MainWindow(Services(Paths.choose(Path(sys.argv[1])), language="nl"))
painted = FirstPaint(window)
window.installEventFilter(painted)
window.show()
wait(500)
click("situation_form", "next_button", "number_wanted")
QTest.keyClicks(find("applicant_name"), "Lieve Voorbeeldt")
QTest.keyClicks(find("register_number"), "85073003328")
click("next_button", "role_invoerder", "next_button", "authority_agb")
QTest.keyClicks(find("authority_name"), "AGB De Proefzaal")
click("next_button", "next_button")
while window.session.step != "result":
    wait(50)
click("copy_link_button", "save_button")
while not window.session.saved_reference:
    wait(50)
window.show_log()
wait(300)
print(window.session.saved_reference, flush=True)
window.close()
painted.clear_up()
"""
"""From the first page to the log."""

ASKED = b"form\nLieve Voorbeeldt\ninvoerder\nagb\nAGB De Proefzaal\nja\n"


def traced(folder: Path, *arguments: str, typed: bytes = b"") -> tuple[str, str]:
    """What the program printed, and its calls of the kernel that have to do with a network."""
    calls = folder / "calls.txt"
    program = [sys.executable, *arguments]
    strace = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=socket,connect,sendto,sendmsg", "-o", str(calls)]
    done = subprocess.run(
        [*strace, *program],
        input=typed,
        capture_output=True,
        cwd=ROOT,
        env=environment(QT_QPA_PLATFORM="offscreen"),
        timeout=120,
        check=False,
    )
    if not calls.is_file() or b"PTRACE" in done.stderr:
        pytest.skip("this machine lets no program be traced")
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(), calls.read_text()


def reaching_out(calls: str) -> list[str]:
    """The calls that concern another machine; sockets of this one carry the keyring, the screen and D-Bus."""
    return [line for line in calls.splitlines() if re.search(r"AF_(?!UNIX|UNSPEC|NETLINK)[A-Z0-9]+", line)]


@pytest.fixture(autouse=True)
def _strace() -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed, so nobody can say what the kernel was asked for")


def test_the_window_reaches_out_to_nobody(tmp_path: Path) -> None:
    printed, calls = traced(tmp_path, "-c", WALK, str(tmp_path / "data"))
    assert re.search(r"^\w{3}-\w{3}$", printed, re.MULTILINE)
    assert reaching_out(calls) == []


def test_the_terminal_reaches_out_to_nobody(tmp_path: Path) -> None:
    printed, calls = traced(tmp_path, "-m", "ccinc_wizard", "ask", "--data-dir", str(tmp_path / "data"), typed=ASKED)
    assert "https://zelfregistratie-gebruikersbeheer.vlaanderen.be/user/aanvraag" in printed
    assert reaching_out(calls) == []


def test_whoever_reaches_out_is_seen(tmp_path: Path) -> None:
    knock = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    _, calls = traced(tmp_path, "-c", knock)
    assert reaching_out(calls)
