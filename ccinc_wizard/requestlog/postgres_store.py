"""A team's store: one PostgreSQL database for several desks, reached encrypted unless it is on the same machine.

Writers take turns by an advisory lock, so that the chain never forks; `events.seq` is a primary key, which would refuse
a fork even so. Search is by pg_trgm over words that are folded before.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import TypeVar

import psycopg
from psycopg import Error, pq
from psycopg import sql as quoting
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.model import Damage
from ccinc_wizard.requestlog.schema import TEAM_SCHEMA, TEAM_SCHEMA_VERSION, TURN
from ccinc_wizard.requestlog.store import SHORT, DbRow, Source

SAFE_MODES = ("require", "verify-ca", "verify-full")
_SECONDS = {"connect_timeout": "5", "keepalives_idle": "30", "tcp_user_timeout": "20000"}


@dataclass(frozen=True, slots=True)
class Route:
    """What libpq is told, and whether the connection must be encrypted."""

    conninfo: str = field(repr=False)
    encrypted: bool


def route_to(url: str) -> Route:
    """How to reach this address.

    Where another machine is named and nothing is said of certificates, the server's must be valid for its name.
    Raises LogError: TEAM_ADDRESS for what is no address of PostgreSQL, TEAM_UNSAFE for one without encryption.
    """
    _forget_environment()
    try:
        given = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    except Error as error:
        raise LogError(LogErrorCode.TEAM_ADDRESS) from error
    if "service" in given:
        # A service file could name another machine than the one looked at here.
        raise LogError(LogErrorCode.TEAM_ADDRESS, "service")
    given = {**_SECONDS, "application_name": "ccinc-wizard", **given, "client_encoding": "utf8"}
    if all(map(is_local, _hosts(given))):
        return Route(make_conninfo("", **given), encrypted=False)
    mode = given.setdefault("sslmode", "verify-full")
    if mode not in SAFE_MODES:
        raise LogError(LogErrorCode.TEAM_UNSAFE, mode)
    if mode == "verify-full":
        given.setdefault("sslrootcert", "system")
    # libpq would else prefer Kerberos' own encryption, whose strength nobody has set.
    return Route(make_conninfo("", **{**given, "gssencmode": "disable"}), encrypted=True)


def _forget_environment() -> None:
    """Take away what libpq would add of its own: PGSERVICE, say, could name another machine than the one set."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]


def is_local(host: str) -> bool:
    """Whether this host is the machine itself: a socket or a loopback address."""
    if not host or host[0] in "/@" or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _hosts(given: dict[str, str]) -> list[str]:
    """Every name and number that libpq would connect to; what is not given is libpq's own."""
    usual = {option.keyword.decode(): (option.val or b"").decode() for option in pq.Conninfo.get_defaults()}
    named = [given.get(name) or usual.get(name, "") for name in ("host", "hostaddr")]
    return [host.strip() for hosts in named for host in hosts.split(",")]


LOCK_SECONDS = 10
SILENT_SECONDS = 30.0
"""How long one statement may take; longer than whoever waits for a lock."""
_LOOK_EVERY = 0.1
Waited = TypeVar("Waited")
_BEGIN = b"BEGIN"
_BEGIN_READING = b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_DROPPED = re.compile(r"closed unexpectedly|SYSCALL|EOF|eof|Connection reset|Broken pipe|does not answer")
"""What libpq says of an encrypted connection that is gone, which is no word about its safety."""
_CODES = {
    "22023": LogErrorCode.TEAM_REFUSED,  # no such role
    "25006": LogErrorCode.READ_ONLY,
    "28000": LogErrorCode.TEAM_REFUSED,
    "28P01": LogErrorCode.TEAM_REFUSED,
    "3F000": LogErrorCode.TEAM_NOT_SET_UP,
    "40P01": LogErrorCode.LOCKED,
    "42501": LogErrorCode.TEAM_REFUSED,
    "42P01": LogErrorCode.TEAM_NOT_SET_UP,
    "53100": LogErrorCode.FULL,
    "55P03": LogErrorCode.LOCKED,
    "XX001": LogErrorCode.DAMAGED,
    "XX002": LogErrorCode.DAMAGED,
}
"""PostgreSQL's error codes."""


class PatientConnection(psycopg.Connection[DbRow]):
    """Gives up on a server that is there and never answers, which neither TCP nor libpq notices."""

    patience: float | None = SILENT_SECONDS

    def wait(self, gen: PQGen[Waited], interval: float = _LOOK_EVERY, timeout: float | None = None) -> Waited:
        """As psycopg's own, which every statement and every row comes through."""
        return super().wait(self._limited(gen), interval=interval, timeout=timeout)

    def _limited(self, gen: PQGen[Waited]) -> PQGen[Waited]:
        begun = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if not ready and self.patience is not None and time.monotonic() - begun > self.patience:
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not answer")
                wanted = gen.send(ready)
        except StopIteration as end:
            answer: Waited = end.value
            return answer


class PostgresStore:
    """Runs the log's SQL on PostgreSQL and turns its errors into LogError. `Store` says what each method does.

    A connection that died while nothing was asked of it is made anew in silence; one that dies in the midst is told.
    """

    def __init__(self, url: str, role: str = "") -> None:
        """Connect. Raises LogError; a newer or an older schema is refused before anything is written."""
        self._route, self._role = route_to(url), role
        self._within = False
        with translated():
            self._connection = self._connect()
        try:
            self._check_version()
        except BaseException:
            self.close()
            raise

    def _check_version(self) -> None:
        # Named in full: whoever may not look into the schema is then told so, not that the table is absent.
        ((told,),) = self.execute(f"SELECT version FROM {TEAM_SCHEMA}.schema_version")  # noqa: S608
        version = int(str(told))
        if version != TEAM_SCHEMA_VERSION:
            newer = version > TEAM_SCHEMA_VERSION
            raise LogError(LogErrorCode.NEWER if newer else LogErrorCode.TEAM_OLDER, str(version))

    def in_place(self) -> bool:
        """A server always answers for what is at its address."""
        return True

    def now(self) -> dt.datetime:
        """The present in UTC by the server's clock. Raises LogError."""
        ((told,),) = self.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        return dt.datetime.fromtimestamp(float(str(told)), dt.UTC)

    def close(self) -> None:
        with suppress(psycopg.Error):
            self._connection.close()

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[DbRow]:
        with translated():
            cursor = self._started(_placed(sql), values)
            return cursor.fetchall() if cursor.description else []

    def stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[DbRow]:
        """The rows one by one, fetched by the thousand. Raises LogError."""
        moment = nullcontext() if self._within else self.reading()
        with translated(), moment, self._connection.cursor(name="log") as cursor:
            cursor.itersize = 1000
            cursor.execute(_placed(sql), values)
            yield from cursor

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One durable transaction, in turn with the other desks.

        Raises LogError, UNCERTAIN where the answer to all of it got lost.
        """
        with self._transaction(_BEGIN):
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (TURN,))
            # Its owner may have brought it over since it was opened.
            self._check_version()
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._transaction(_BEGIN_READING):
            yield

    def index(self, request: int, words: Sequence[str]) -> None:
        self.execute("INSERT INTO search VALUES (?, ?)", (request, " ".join(words)))

    def indexed(self, request: int) -> bool:
        return bool(self.execute("SELECT 1 FROM search WHERE request = ?", (request,)))

    def unindex(self, request: int) -> None:
        self.execute("DELETE FROM search WHERE request = ?", (request,))

    def matching(self, words: Sequence[str]) -> Source:
        source = Source("FROM search s JOIN requests r ON r.id = s.request WHERE TRUE", (), "s.request")
        for word in words:
            if len(word) >= SHORT:
                source = source.narrowed("s.words LIKE ?", f"%{_escaped(word, '%_')}%")
            else:
                source = source.narrowed("s.words ~ ?", "(^| )" + _escaped(word, ".*+?()[]{}|^$-"))
        return source

    def damage(self) -> tuple[Damage, ...]:
        """None: its pages are the server's to check, with its own tools."""
        return ()

    def filed(self) -> str:
        return "SELECT request AS id FROM search"

    def empty_index(self) -> None:
        self.execute("DELETE FROM search")

    def purge_traces(self) -> None:
        """Let the database clean its pages. Where only the owner may, it says so and its autovacuum does it."""
        self._connection.patience = None
        try:
            self.execute("VACUUM contents, requests, search")
        finally:
            self._connection.patience = SILENT_SECONDS

    def _connect(self) -> PatientConnection:
        connection = PatientConnection.connect(self._route.conninfo, autocommit=True)
        try:
            if self._route.encrypted and not connection.pgconn.ssl_in_use:
                raise LogError(LogErrorCode.TEAM_UNSAFE)
            if self._role:
                connection.execute(quoting.SQL("SET ROLE {}").format(quoting.Identifier(self._role)))
            settings = {"search_path": TEAM_SCHEMA, "synchronous_commit": "on", "lock_timeout": f"{LOCK_SECONDS}s"}
            for name, value in settings.items():
                connection.execute("SELECT set_config(%s, %s, false)", (name, value))
        except BaseException:
            connection.close()
            raise
        return connection

    def _started(self, sql: bytes, values: Sequence[object] = ()) -> psycopg.Cursor[DbRow]:
        try:
            return self._connection.execute(sql, values)
        except psycopg.OperationalError:
            if self._within or not self._connection.closed:
                raise
        self._connection = self._connect()
        return self._connection.execute(sql, values)

    @contextmanager
    def _transaction(self, begin: bytes) -> Iterator[None]:
        with translated():
            self._started(begin)
            self._within = True
            try:
                yield
                self._commit(lasting=begin is _BEGIN)
            except BaseException:
                with suppress(psycopg.Error):
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._within = False

    def _commit(self, *, lasting: bool) -> None:
        try:
            self._connection.execute("COMMIT")
        except psycopg.Error as error:
            if lasting and _code(error) is LogErrorCode.UNREACHABLE:
                raise LogError(LogErrorCode.UNCERTAIN, str(error)) from error
            raise


@contextmanager
def translated() -> Iterator[None]:
    """PostgreSQL's errors as LogError."""
    try:
        yield
    except psycopg.Error as error:
        raise LogError(_code(error), str(error)) from error


def _code(error: psycopg.Error) -> LogErrorCode:
    if error.sqlstate in _CODES:
        return _CODES[error.sqlstate]
    if not isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return LogErrorCode.UNKNOWN
    # A connection that was never made has no code, only words; libpq's are English.
    told = "" if error.sqlstate or _DROPPED.search(str(error)) else str(error)
    unsafe = any(word in told for word in ("SSL", "certificate"))
    return LogErrorCode.TEAM_UNSAFE if unsafe else LogErrorCode.UNREACHABLE


def _placed(sql: str) -> bytes:
    """`?` as psycopg writes it."""
    return sql.replace("%", "%%").replace("?", "%s").encode("utf-8")


def _escaped(word: str, special: str) -> str:
    return "".join(f"\\{sign}" if sign in special + "\\" else sign for sign in word)
