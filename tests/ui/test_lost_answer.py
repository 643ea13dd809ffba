"""A database whose answer gets lost: what was saved is told as saved, and no dropped connection as an unsafe one."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import psycopg
import pytest

from ccinc_wizard.app import saving
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import log_trouble
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Role, Situation, Status
from ccinc_wizard.requestlog import postgres_store
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.requestlog.team import TeamLog, open_team
from ccinc_wizard.ui.kit.worker import LogWorker
from ccinc_wizard.ui.wizard.record import Record
from tests.requestlog.conftest import request, team  # noqa: F401  a fixture
from tests.requestlog.postgres import Server


class Line:
    """A way to the server that breaks right before or right after the server is told to commit, once or for good."""

    def __init__(self, port: int) -> None:
        self._server, self.breaks, self.gone = port, "", False
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
            if self.gone:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._server))
            threading.Thread(target=self._pass_on, args=[near, far], daemon=True).start()
            threading.Thread(target=self._pass_back, args=[far, near], daemon=True).start()

    def _pass_on(self, near: socket.socket, far: socket.socket) -> None:
        while data := _received(near):
            if b"COMMIT" in data and self.breaks:
                self.gone = "for good" in self.breaks
                if "after" in self.breaks:
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


ANSWERS = Answers(
    situation=Situation.FORM, applicant_name="Lieve Voorbeeldt", role=Role.INVOERDER, authority="agb",
    authority_name="AGB De Proefzaal",
)  # fmt: skip
Write = Callable[[RequestLog, Services, str], object]
WRITES: dict[str, Write] = {
    "a request": lambda log, services, _: saving.save(log, ANSWERS, services.circumstances()),
    "a list": lambda log, *_: log.save_many([request("Een"), request("Twee")]),
    "a tick": lambda log, _, known: log.tick(known, "open_portal"),
    "a status": lambda log, _, known: saving.change(log, known, Status.GRANTED),
    "a note": lambda log, _, known: log.add_note(known, "belt terug"),
}
"""Whatever is written, and through whichever door."""


@pytest.mark.parametrize("breaks", ["before", "after", "before, for good", "after, for good"])
@pytest.mark.parametrize("write", WRITES)
def test_after_a_lost_answer_the_log_is_asked_before_anything_is_said(
    team: TeamLog,  # noqa: F811
    server: Server,
    line: Line,
    tmp_path: Path,
    breaks: str,
    write: str,
) -> None:
    services = Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN)
    through = replace(team, url=team.url.replace(f":{server.port}/", f":{line.port}/"))
    told = "saved"
    with open_team(through, user="tester") as log:
        known = saving.save(log, ANSWERS, services.circumstances()).reference
        line.breaks = breaks
        try:
            WRITES[write](log, services, known)
        except LogError as error:
            told = error.code.value
    with open_team(team, user="tester") as log:
        ((events,),) = log.store.execute("SELECT count(*) FROM events")
        assert log.verify().sound
    assert (events == 1) is ("before" in breaks)
    assert told == {"before": "unreachable", "after": "saved"}.get(breaks, "uncertain")


class Window:
    """The window's thread without one: each job is done at once, on the log that it has open."""

    def __init__(self, log: RequestLog) -> None:
        self._log = log

    def run(
        self,
        job: Callable[[RequestLog], LoggedRequest],
        *,
        done: Callable[[LoggedRequest], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do it and tell."""
        try:
            result = job(self._log)
        except LogError as error:
            failed(error)
        else:
            done(result)


@pytest.mark.parametrize("breaks", ["before, for good", "after, for good"])
@pytest.mark.parametrize("ticked", [True, False])
def test_who_saves_again_when_the_line_is_back_has_saved_once(
    team: TeamLog,  # noqa: F811
    server: Server,
    line: Line,
    tmp_path: Path,
    breaks: str,
    ticked: bool,
) -> None:
    services = Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN)
    through = replace(team, url=team.url.replace(f":{server.port}/", f":{line.port}/"))
    window = Window(open_team(through, user="tester"))
    record = Record.of(cast(LogWorker, window), services.judge(ANSWERS))
    assert record is not None
    failures: list[LogError] = []
    record.failed.connect(failures.append)
    line.breaks = breaks
    record.save()
    assert [error.code for error in failures] == [LogErrorCode.UNCERTAIN]
    record.save()
    assert failures[-1].code is LogErrorCode.UNREACHABLE
    line.gone = False
    if ticked:
        record.tick("open_portal", done=True)
    else:
        record.save()
    with open_team(team, user="tester") as log:
        assert [entry.reference for entry in log.page()] == [record.reference]
        assert log.page()[0].ticks == (("open_portal",) if ticked else ())


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("key", ["result.not_saved", "list.not_saved", "companion.kept.failed"])
def test_what_nobody_knows_is_not_told_as_unsaved(language: str, key: str) -> None:
    texts = Texts(language)
    unknown = saving.unsaved(texts, key, LogError(LogErrorCode.UNCERTAIN))
    assert unknown == log_trouble(texts, LogError(LogErrorCode.UNCERTAIN))
    nothing = texts(key, reason="").strip()
    assert nothing not in unknown
    assert saving.unsaved(texts, key, LogError(LogErrorCode.UNREACHABLE)).startswith(nothing.split(".")[0])


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
