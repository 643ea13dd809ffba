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
from PySide6.QtCore import QObject, Signal

from ccinc_wizard.app import saving
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.list_words import ListWords
from ccinc_wizard.content.lists import Carried
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording, log_trouble
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Role, Situation, Status
from ccinc_wizard.requestlog import postgres_store
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.requestlog.team import TeamLog, open_team
from ccinc_wizard.ui.kit.worker import LogWorker, Result
from ccinc_wizard.ui.lists.job import CheckedList, ListJob
from ccinc_wizard.ui.wizard.record import Record
from tests.requestlog.conftest import request, team  # noqa: F401  a fixture
from tests.requestlog.postgres import Server


class Line:
    """A way to the server that breaks right before or right after the server is told to commit, once or for good."""

    def __init__(self, port: int) -> None:
        self._server, self.breaks, self.gone = port, "", False
        self.arrives = threading.Event()
        """Until then what was told "late" is on its way."""
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
                    if "late" in self.breaks:
                        self.arrives.wait()
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
    made.arrives.set()
    made.close()


ANSWERS = Answers(
    situation=Situation.FORM, applicant_name="Lieve Voorbeeldt", role=Role.INVOERDER, authority="agb",
    authority_name="AGB De Proefzaal",
)  # fmt: skip
PEOPLE = "An Een;;Invoerder;Torhout;Vlaamse gemeente", "Bo Twee;;Raadpleger;Gent;Vlaamse gemeente"
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
    services: Services,
    breaks: str,
    write: str,
) -> None:
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


class Window(QObject):
    """The window's thread without one: each job is done at once, on the log that it has open."""

    closing = Signal()

    def __init__(self, log: RequestLog) -> None:
        super().__init__()
        self._log = log

    def run(
        self,
        job: Callable[[RequestLog], Result],
        *,
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do it and tell."""
        try:
            result = job(self._log)
        except LogError as error:
            failed(error)
        else:
            done(result)


@pytest.fixture
def window(team: TeamLog, server: Server, line: Line) -> Window:  # noqa: F811
    """One whose log is reached by the line."""
    through = replace(team, url=team.url.replace(f":{server.port}/", f":{line.port}/"))
    return Window(open_team(through, user="tester"))


def deliver_once_waited_for(server: Server, line: Line) -> None:
    """Let what is on its way arrive when another waits for its turn."""
    while not server.owner("postgres", "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
        if line.arrives.wait(0.02):
            return
    line.arrives.set()


@pytest.mark.parametrize("breaks", ["before, for good", "after, for good", "after, for good, late"])
@pytest.mark.parametrize("ticked", [True, False])
def test_who_saves_again_when_the_line_is_back_has_saved_once(
    team: TeamLog,  # noqa: F811
    server: Server,
    line: Line,
    services: Services,
    window: Window,
    breaks: str,
    ticked: bool,
) -> None:
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
    threading.Thread(target=deliver_once_waited_for, args=[server, line], daemon=True).start()
    if ticked:
        record.tick("open_portal", done=True)
    else:
        record.save()
    with open_team(team, user="tester") as log:
        assert [entry.reference for entry in log.page()] == [record.reference]
        assert log.page()[0].ticks == (("open_portal",) if ticked else ())


@pytest.mark.parametrize("breaks", ["before, for good", "after, for good", "after, for good, late"])
def test_who_saves_a_list_again_when_the_line_is_back_has_saved_it_once(
    team: TeamLog,  # noqa: F811
    server: Server,
    line: Line,
    services: Services,
    window: Window,
    tmp_path: Path,
    breaks: str,
) -> None:
    """Without numbers, as in a list of links: nothing else would tell that they are there already."""
    words = ListWords(services.texts, services.catalog)
    job = ListJob(services, cast(LogWorker, window), words, Wording(services.texts, services.catalog))
    failures, lists, saved = list[LogError](), list[CheckedList](), list[Carried[LoggedRequest]]()
    for told, into in ((job.failed, failures), (job.checked, lists), (job.saved, saved)):
        told.connect(into.append)
    path = tmp_path / "lijst.csv"
    path.write_text("\n".join(["naam;nummer;rol;inrichtende macht;soort", *PEOPLE]), encoding="utf-8")
    job.check(path, Situation.FORM)
    line.breaks = breaks
    job.save(lists[0])
    assert [error.code for error in failures] == [LogErrorCode.UNCERTAIN]
    line.gone = False
    threading.Thread(target=deliver_once_waited_for, args=[server, line], daemon=True).start()
    job.save(lists[0])
    with open_team(team, user="tester") as log:
        assert sorted(entry.reference for entry in log.page()) == sorted(one.reference for one in saved[0].saved)
        assert len(saved[0].products) == len(log.page()) == 2


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
