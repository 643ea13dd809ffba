"""A database whose answer gets lost: what was saved is told as saved, and no dropped connection as an unsafe one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from ccinc_wizard.app import saving
from ccinc_wizard.app.services import Paths, Services
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.terms import Mode, Role, Situation
from ccinc_wizard.requestlog import postgres_store
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.team import TeamLog, open_team
from tests.requestlog.postgres import Server


@pytest.fixture
def store_kind() -> str:
    return "postgres"


class Line:
    """A way to the server that breaks right before or right after the server is told to commit."""

    def __init__(self, port: int) -> None:
        self._server, self.breaks = port, ""
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._server))
            threading.Thread(target=self._pass_on, args=[near, far], daemon=True).start()
            threading.Thread(target=self._pass_back, args=[far, near], daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        while data := _received(near):
            if b"COMMIT" in data and self.breaks:
                if self.breaks == "after":
                    far.settimeout(5)
                    near.shutdown(socket.SHUT_WR)
                    far.sendall(data)
                    self.breaks = ""
                    continue
                self.breaks = ""
                # Shut down and not only closed: another thread reads from both, and the server would never hear of it.
                near.shutdown(socket.SHUT_RDWR)
                far.shutdown(socket.SHUT_RDWR)
                return
            far.sendall(data)

    def _pass_back(self, far: socket.socket, near: socket.socket) -> None:
        while data := _received(far):
            try:
                near.sendall(data)
            except OSError:
                return


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(65536)
    except OSError:
        return b""


@pytest.fixture
def line(server: Server) -> Iterator[Line]:
    made = Line(server.port)
    yield made
    made.close()


@pytest.mark.parametrize("breaks", ["before", "after"])
def test_after_a_lost_answer_the_log_is_asked_before_anything_is_said(
    team: TeamLog, server: Server, line: Line, tmp_path: Path, breaks: str
) -> None:
    services = Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN)
    answers = Answers(
        situation=Situation.FORM, applicant_name="Lieve Voorbeeldt", role=Role.INVOERDER, authority="agb",
        authority_name="AGB De Proefzaal",
    )  # fmt: skip
    through = replace(team, url=team.url.replace(f":{server.port}/", f":{line.port}/"))
    with open_team(through, user="tester") as log:
        saving.save(log, answers, services.circumstances())
        line.breaks = breaks
        try:
            told = saving.save(log, answers, services.circumstances()).reference
        except LogError as error:
            told = error.code.value
    with open_team(team, user="tester") as log:
        kept = [request.reference for request in log.page()]
    assert len(kept) == (2 if breaks == "after" else 1)
    assert told in (kept if breaks == "after" else ["unreachable"])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("consuming input failed: SSL connection has been closed unexpectedly", LogErrorCode.UNREACHABLE),
        ("SSL SYSCALL error: EOF detected", LogErrorCode.UNREACHABLE),
        ("SSL error: unexpected eof while reading", LogErrorCode.UNREACHABLE),
        ("SSL error: certificate verify failed", LogErrorCode.TEAM_UNSAFE),
        ("server does not support SSL, but SSL was required", LogErrorCode.TEAM_UNSAFE),
        ('server certificate for "a" does not match host name "b"', LogErrorCode.TEAM_UNSAFE),
    ],
)
def test_a_dropped_connection_is_no_unsafe_one(words: str, code: LogErrorCode) -> None:
    with pytest.raises(LogError) as refused, postgres_store.translated():
        raise psycopg.OperationalError(words)
    assert refused.value.code is code
