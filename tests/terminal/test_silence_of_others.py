"""A keyring or database that never answers: the wait has an end, and says what it waits for."""

from __future__ import annotations

import io
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Role, Situation
from ccinc_wizard.requestlog import keys, postgres_store
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.postgres_store import PatientConnection
from ccinc_wizard.terminal import cli, cli_log, console
from ccinc_wizard.terminal.console import Console
from ccinc_wizard.terminal.wizard import TerminalWizard
from tests.requestlog.conftest import MemoryKeyring, request
from tests.requestlog.postgres import Server

ANSWERS = Answers(
    situation=Situation.FORM, applicant_name="Lieve Voorbeeldt", role=Role.INVOERDER, authority="agb",
    authority_name="AGB De Proefzaal",
)  # fmt: skip


class SilentKeyring(KeyringBackend):
    """Never answers until it is let go."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.go.wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.go.wait()


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN)


@pytest.fixture
def silent(services: Services, monkeypatch: pytest.MonkeyPatch) -> Iterator[SilentKeyring]:
    """A log whose keyring fell silent after it was made."""
    before, made = keyring.get_keyring(), SilentKeyring()
    keyring.set_keyring(MemoryKeyring())
    with services.open_log() as log:
        log.save(request())
    keyring.set_keyring(made)
    monkeypatch.setattr(keys, "KEYRING_SECONDS", 0.5)
    monkeypatch.setattr(console, "SLOW_SECONDS", 0.01)
    yield made
    made.go.set()
    keyring.set_keyring(before)


def test_log_list_ends_and_says_what_it_waited_for(
    silent: SilentKeyring, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = cli.build_parser(services, ["log", "list"]).parse_args(["log", "list"])
    assert cli_log.run(chosen, services) == 1
    told = capsys.readouterr().err
    assert services.texts("log.waits", whom=services.texts("log.waits_for.keyring")) in told
    assert services.texts("log.errors.key-unavailable.what") in told


def test_the_terminal_gives_its_answer_all_the_same(silent: SilentKeyring, services: Services) -> None:
    results, talk = io.StringIO(), io.StringIO()
    typed = io.StringIO("1\nLieve Voorbeeldt\n\n1\n3\nAGB De Proefzaal\n\n\n\n")
    TerminalWizard(services, Console(typed, results, talk)).run()
    assert "https://" in results.getvalue()


def test_a_new_log_is_not_given_a_key_in_the_open_because_the_keyring_is_slow(
    silent: SilentKeyring, services: Services
) -> None:
    other = services.paths.data / "other"
    with pytest.raises(LogError) as refused:
        RequestLog.open(other, clock=lambda: request and None, user="")  # type: ignore[arg-type, return-value]
    assert refused.value.code is LogErrorCode.KEY_UNAVAILABLE
    assert not list(services.paths.data.rglob("log.key"))


def test_a_frozen_server_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = PatientConnection.connect(server.url("postgres"), autocommit=True)
    connection.patience = 0.5
    ((process,),) = connection.execute("SELECT pg_backend_pid()").fetchall()
    os.kill(int(str(process)), signal.SIGSTOP)
    try:
        with pytest.raises(LogError) as refused, postgres_store.translated():
            connection.execute("SELECT 1")
        assert refused.value.code is LogErrorCode.UNREACHABLE
        assert connection.closed
    finally:
        os.kill(int(str(process)), signal.SIGCONT)
