"""A second start on the same data brings the first window forward and ends; a crash leaves nothing in its way."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from ccinc_wizard.app.paths import TRAINING_LOCK, WINDOW_LOCK
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.shell import one_window, second_stage
from ccinc_wizard.ui.shell.app import EXIT_AFTER_PAINT
from ccinc_wizard.ui.shell.one_window import SHOW, Elsewhere, OneWindow, Wish
from ccinc_wizard.ui.shell.second_stage import follow, go_on
from tests.running import environment
from tests.tooling.project import ROOT
from tests.ui.conftest import Driver

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program itself on a data folder."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(folder: Path, *arguments: str, until_painted: bool = False, **changes: str) -> subprocess.Popen[bytes]:
        given = environment(**changes, **({EXIT_AFTER_PAINT: "1"} if until_painted else {}))
        command = [sys.executable, "-m", "ccinc_wizard", "--data-dir", str(folder), *arguments]
        process = subprocess.Popen(
            command, cwd=ROOT, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def first(window: Driver, services: Services) -> Iterator[Driver]:
    """The window of this process, as the first on its data."""
    only = OneWindow(services.paths.data / WINDOW_LOCK)
    assert only.is_first()
    only.listen(partial(follow, window.window))
    yield window
    only.release()


def ended(window: Driver, process: subprocess.Popen[bytes]) -> tuple[int, bytes, bytes]:
    """Exit code and output, once the process has ended; meanwhile this one answers."""
    window.until(lambda: process.poll() is not None)
    out, err = process.communicate()
    return process.returncode, out, err


def test_a_second_start_brings_the_first_forward(first: Driver, services: Services, start: Start) -> None:
    first.window.showMinimized()
    assert first.window.isMinimized()
    assert ended(first, start(services.paths.data)) == (0, b"", b"")
    assert not first.window.isMinimized()
    assert first.window.isVisible()


def test_the_open_window_follows_the_language_and_the_mode_of_a_second_start(
    first: Driver, services: Services, start: Start
) -> None:
    first.window.session.edit(applicant_name="Griet Schijnbaere")
    assert ended(first, start(services.paths.data, "--lang", "fr")) == (0, b"", b"")
    first.until(lambda: first.window.services.texts.language == "fr")
    assert first.window.session.answers.applicant_name == "Griet Schijnbaere"
    first.window.session.restart()
    assert ended(first, start(services.paths.data, "--mode", "helpdesk", "--lang", "nl")) == (0, b"", b"")
    first.until(lambda: first.window.services.mode is Mode.HELPDESK)
    assert first.window.services.texts.language == "nl"


@pytest.mark.parametrize(("answer", "mode"), [("follow_stay", Mode.ADMIN), ("follow_switch", Mode.HELPDESK)])
def test_where_something_would_be_lost_the_open_window_asks(
    first: Driver, services: Services, start: Start, answer: str, mode: Mode
) -> None:
    first.window.session.edit(applicant_name="Griet Schijnbaere")
    assert ended(first, start(services.paths.data, "--mode", "helpdesk"))[0] == 0
    first.until(lambda: first.shows("follow_question"))
    assert first.window.services.mode is Mode.ADMIN
    first.click(answer)
    first.until(lambda: not first.shows("follow_question"))
    assert first.window.services.mode is mode
    if mode is Mode.ADMIN:
        assert first.window.session.answers.applicant_name == "Griet Schijnbaere"


def test_a_dialog_that_is_open_is_answered_first(first: Driver) -> None:
    first.window.paste_mail()
    assert follow(first.window, Wish(Mode.HELPDESK, "fr"))
    QApplication.processEvents()
    assert first.window.services.texts.language != "fr"
    first.click("mail_close")
    first.until(lambda: first.window.services.mode is Mode.HELPDESK)
    assert first.window.services.texts.language == "fr"


def test_training_beside_the_open_window_is_a_window_apart(first: Driver, services: Services, start: Start) -> None:
    code, _, err = ended(first, start(services.paths.data, "--mode", "training", until_painted=True))
    assert (code, b"first page" in err) == (0, True)
    assert first.window.services.mode is Mode.ADMIN


def test_a_second_start_for_training_brings_the_window_apart_forward(
    first: Driver, services: Services, start: Start
) -> None:
    apart = OneWindow(services.paths.data / TRAINING_LOCK)
    assert apart.is_first()
    heard: list[Wish] = []

    def show(wish: Wish) -> bool:
        heard.append(wish)
        return True

    apart.listen(show)
    assert ended(first, start(services.paths.data, "--mode", "training", "--lang", "fr")) == (0, b"", b"")
    assert heard == [Wish(language="fr")]
    assert first.window.services.texts.language != "fr"
    apart.release()


LED_BACK = """
import sys
from pathlib import Path
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.shell.places import work_on

services = Services(Paths.choose(Path(sys.argv[1])), mode=Mode.TRAINING)
services.apart = True
print(work_on(services, Mode.HELPDESK, None))
"""


def test_from_the_window_apart_another_mode_leads_back_to_the_first(first: Driver, services: Services) -> None:
    command = [sys.executable, "-c", LED_BACK, str(services.paths.data)]
    apart = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert ended(first, apart) == (0, b"True\n", b"")
    first.until(lambda: first.window.services.mode is Mode.HELPDESK)


def test_where_the_first_is_gone_the_window_apart_takes_its_place(
    window: Driver, services: Services, start: Start
) -> None:
    data = services.paths.data
    claim = OneWindow(data / TRAINING_LOCK)
    assert claim.is_first()
    claim.listen(partial(follow, window.window))
    window.window.set_mode(Mode.TRAINING)
    services.apart, window.window.claim = True, claim
    window.window.set_mode(Mode.HELPDESK)
    assert not services.apart
    assert not (data / TRAINING_LOCK).exists()
    assert ended(window, start(data, "--lang", "fr")) == (0, b"", b"")
    window.until(lambda: services.texts.language == "fr")
    claim.release()


def test_a_window_on_other_data_is_another_one(first: Driver, services: Services, start: Start, tmp_path: Path) -> None:
    assert services.paths.data != tmp_path / "other"
    code, _, err = ended(first, start(tmp_path / "other", until_painted=True))
    assert code == 0
    assert b"first page" in err


@pytest.mark.parametrize(
    ("arguments", "sent"),
    [([], SHOW), (["--lang", "fr"], b"show fr\n"), (["--mode=helpdesk", "--lang=nl"], b"show helpdesk nl\n")],
)
def test_only_fixed_words_go_over_the_socket(
    window: Driver, services: Services, start: Start, arguments: list[str], sent: bytes
) -> None:
    only = OneWindow(services.paths.data / WINDOW_LOCK)
    assert only.is_first()
    heard: list[bytes] = []
    server = QLocalServer()
    assert server.listen(only._address)

    def listen() -> None:
        socket = server.nextPendingConnection()
        assert socket is not None
        socket.readyRead.connect(lambda: (heard.append(socket.readAll().data()), socket.write(b"shown\n")))

    server.newConnection.connect(listen)
    assert ended(window, start(services.paths.data, *arguments))[0] == 0
    assert heard == [sent]
    server.close()
    only.release()


@pytest.mark.parametrize(
    "sent", [b"", b"\0", b"show", b"open /etc/passwd\n", b"show admin /etc/passwd\n", b"x" * 1_000_000]
)
def test_anything_else_is_not_listened_to(first: Driver, services: Services, sent: bytes) -> None:
    first.window.showMinimized()
    socket = QLocalSocket()
    socket.connectToServer(OneWindow(services.paths.data / WINDOW_LOCK)._address)
    assert socket.waitForConnected(5000)
    socket.write(sent)
    socket.flush()
    if sent:
        first.until(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState)
    else:
        socket.disconnectFromServer()
    assert first.window.isMinimized()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes a pipe away with its process")
def test_what_a_killed_program_leaves_does_not_block(
    window: Driver, services: Services, start: Start, tmp_path: Path
) -> None:
    killed = start(services.paths.data)
    lock, address = services.paths.data / WINDOW_LOCK, OneWindow(services.paths.data / WINDOW_LOCK)._address
    window.until(lock.exists)
    probe = QLocalSocket()

    def listens() -> bool:
        probe.abort()
        probe.connectToServer(address)
        return probe.waitForConnected(100)

    window.until(listens)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert lock.exists()
    code, _, err = ended(window, start(services.paths.data, until_painted=True))
    assert (code, b"first page" in err) == (0, True)
    only = OneWindow(services.paths.data / WINDOW_LOCK)
    assert only.is_first()
    only.listen(lambda _: True)
    assert listens()
    only.release()


def test_a_first_window_that_does_not_answer_does_not_block(tmp_path: Path, qapp: object) -> None:
    held = QLockFile(str(tmp_path / WINDOW_LOCK))
    assert held.tryLock(0)
    only = OneWindow(tmp_path / WINDOW_LOCK, patience=0.2)
    assert only.is_first()
    only.listen(lambda _: True)
    assert only._server is None
    held.unlock()


def test_a_lock_that_is_let_go_meanwhile_is_taken(tmp_path: Path, qapp: object) -> None:
    held = OneWindow(tmp_path / WINDOW_LOCK)
    assert held.is_first()
    held.release()
    assert not (tmp_path / WINDOW_LOCK).exists()
    assert OneWindow(tmp_path / WINDOW_LOCK, patience=0).is_first()


def test_a_folder_that_cannot_be_written_does_not_block(tmp_path: Path, qapp: object) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    only = OneWindow(tmp_path / "file" / "data" / WINDOW_LOCK)
    assert only.is_first()
    only.listen(lambda _: True)
    only.release()


def test_the_lock_names_nobody(tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "erna.verhelst")
    only = OneWindow(tmp_path / WINDOW_LOCK)
    assert only.is_first()
    assert b"erna" not in (tmp_path / WINDOW_LOCK).read_bytes()
    assert "erna" not in only._address
    only.release()


def _never(_: float) -> None:
    raise AssertionError("it waits")


@pytest.mark.parametrize("left", [b"", b"4242\nccinc-wizard\nanother-computer\n", b"\0" * 40, b"no lock at all"])
def test_a_lock_of_another_computer_or_an_empty_one_costs_no_waiting(
    tmp_path: Path, left: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_window.time, "sleep", _never)
    lock = tmp_path / "window.lock"
    lock.write_bytes(left)
    for _ in range(2):
        only = OneWindow(lock)
        assert only.is_first()
        assert lock.read_bytes() not in (b"", left), "it is ours now"
        only.release()


def test_a_lock_that_is_held_is_not_taken_whatever_stands_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_window.time, "sleep", _never)
    lock = tmp_path / "window.lock"
    holder = QLockFile(str(lock))
    assert holder.tryLock(0)
    lock.write_bytes(b"4242\nccinc-wizard\nanother-computer\n")
    only = OneWindow(lock)
    assert only.is_first(), "a second window is better than none"
    assert only.elsewhere is Elsewhere.COMPUTER
    assert lock.read_bytes() == b"4242\nccinc-wizard\nanother-computer\n"
    only.release()
    holder.unlock()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells sessions by numbers that no test can change")
def test_a_start_in_another_session_has_a_window_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal server one user can have two, and would not see a window that comes forward in the other."""
    only = OneWindow(tmp_path / "window.lock")
    addresses = set()
    for display in (":1", ":2", ":1"):
        monkeypatch.setenv("DISPLAY", display)
        addresses.add(only._address)
    assert len(addresses) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells sessions by numbers that no test can change")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_another_session_with_the_same_data_is_told_until_it_ends(
    window: Driver, services: Services, start: Start, end: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first window is a process of its own, on another display of the same user."""
    monkeypatch.setattr(one_window.time, "sleep", _never)
    lock, shared = services.paths.data / WINDOW_LOCK, OneWindow(services.paths.data / WINDOW_LOCK)
    other = start(services.paths.data, DISPLAY=":1")
    window.until(shared._reaches_first)
    shared.release()
    monkeypatch.setenv("DISPLAY", ":2")
    with ExitStack() as guards:
        assert second_stage.is_first(services)
        go_on(window.window, guards)
        window.until(lambda: window.shows("elsewhere_notice"))
        for language in languages():
            window.window.set_language(language)
            window.until(lambda: window.shows("elsewhere_notice"))
            assert window.text("elsewhere_text") == services.texts("app.elsewhere.session")
        third = start(services.paths.data, "--lang", "fr", DISPLAY=":2")
        assert ended(window, third) == (0, b"", b""), "each session has one window"
        other.send_signal(end)
        window.until(lambda: other.poll() is not None)
        window.until(lambda: not window.shows("elsewhere_notice"))
        assert QLockFile(str(lock)).tryLock(0) is False, "the lock is ours now"
        fourth = start(services.paths.data, DISPLAY=":3", until_painted=True)
        assert ended(window, fourth)[0] == 0
