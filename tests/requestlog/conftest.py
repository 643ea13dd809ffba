"""Logs on folders of their own, a clock that tests move, and figures printed at the end of the run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import NewRequest
from ccinc_wizard.requestlog.schema import DESK_ROLE
from ccinc_wizard.requestlog.sqlite_store import SqliteStore, connect
from ccinc_wizard.requestlog.team import TeamLog, make_key, open_team
from tests.requestlog.postgres import Server

DIGITS = "85073003328"
START = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
BOTH_STORES = ("sqlite", "postgres")


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_days(self, days: float) -> None:
        """Let time pass, or go back."""
        self.now += dt.timedelta(days=days)


class MemoryKeyring(KeyringBackend):
    """A keyring in memory, which can be locked."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        del self.kept[service, username]

    def _answer(self) -> None:
        if self.locked:
            raise RuntimeError("locked")


def request(name: str = "Lieve Voorbeeldt", **changes: object) -> NewRequest:
    """A request to log, with what a test wants different."""
    values: dict[str, object] = {
        "mode": "admin",
        "situation": "form",
        "applicant_name": name,
        "fingerprint": None,
        "role": "invoerder",
        "authority_type": "agb",
        "authority_name": "AGB De Proefzaal",
        "label_due": False,
        "outcome": "link",
        "content_version": "2026.1",
        "rules_version": "1",
        "note": "",
    }
    return NewRequest(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def clock() -> Clock:
    """The clock of the logs that a test opens."""
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the log is."""
    return tmp_path / "data" / "log"


@pytest.fixture
def team(server: Server, tmp_path: Path) -> TeamLog:
    """An empty team log of which this desk has made the key."""
    made = TeamLog(server.url(server.database()), DESK_ROLE, tmp_path / "desk" / "team")
    make_key(made, START)
    return made


def database_of(team: TeamLog) -> str:
    """The name of its database."""
    return team.url.rpartition("/")[2].partition("?")[0]


@pytest.fixture
def store_kind() -> str:
    """Which store the logs of a test are in. Modules whose tests hold for both override this."""
    return "sqlite"


@pytest.fixture
def open_log(
    folder: Path, clock: Clock, store_kind: str, request: pytest.FixtureRequest
) -> Iterator[Callable[..., RequestLog]]:
    """Opens logs and closes them after the test."""
    opened: list[RequestLog] = []
    team = request.getfixturevalue("team") if store_kind == "postgres" else None

    def open_one(where: Path = folder, user: str = "tester") -> RequestLog:
        words = {"granted": "Toegekend"}
        if isinstance(team, TeamLog):
            log = open_team(team, clock=clock, user=user, vocabulary=words)
        else:
            log = RequestLog.open(where, clock=clock, user=user, vocabulary=words)
        opened.append(log)
        return log

    yield open_one
    for log in opened:
        log.close()


@pytest.fixture
def behind_its_back(request: pytest.FixtureRequest) -> Callable[[RequestLog, str], None]:
    """Changes a log's database as whoever owns it could: without triggers. `{zero}` is 32 bytes of nothing."""

    def change(log: RequestLog, statements: str) -> None:
        if isinstance(log.store, SqliteStore):
            database = connect(log.store.path, log.keys.cipher_key())
            drops = "DROP TRIGGER events_stay; DROP TRIGGER events_remain; DROP TRIGGER contents_stay;"
            database.executescript(drops + statements.replace("{zero}", "zeroblob(32)"))
            database.close()
            return
        server, team = request.getfixturevalue("server"), request.getfixturevalue("team")
        tables = "".join(f"ALTER TABLE {name} DISABLE TRIGGER USER;" for name in ("events", "contents"))
        zero = "decode(repeat('00', 32), 'hex')"
        begin = "SET search_path = ccinc_log;" + tables
        server.owner(database_of(team), begin + statements.replace("{zero}", zero))

    return change


@pytest.fixture
def log(open_log: Callable[..., RequestLog]) -> RequestLog:
    """An empty log."""
    return open_log()


@pytest.fixture(autouse=True)
def _no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def memory_keyring() -> MemoryKeyring:
    """A keyring that works, in the place of the machine's."""
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    return ring
