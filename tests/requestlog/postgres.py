"""A PostgreSQL server of one's own for the tests, from the system's packages, reachable on this machine only."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from ccinc_wizard.requestlog.schema import DESK_ROLE, setup_sql

OWNER, DESK = "owner", "anna"
NAME = "log.example"
"""What the server's certificate calls it; its number is the loopback address all the same."""
_TEMPLATE = "team_template"
_PLACES = "/usr/lib/postgresql/*/bin"


class Server:
    """One running server; `database` gives an empty team log."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self._made = 0

    def url(self, database: str, user: str = DESK, host: str = "127.0.0.1", **more: str) -> str:
        """The address of a database, as IT would set it."""
        options = "&".join(f"{name}={value}" for name, value in more.items())
        return f"postgresql://{user}@{host}:{self.port}/{database}?{options}"

    def database(self) -> str:
        """A new database with an empty team log, by name."""
        self._made += 1
        name = f"team_{self._made}"
        self.owner("postgres", f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return name

    def owner(self, database: str, statements: str) -> list[tuple[object, ...]]:
        """Run statements as the database's owner; the rows of the last one."""
        # By its socket, which is reached from any space of networks.
        way = {"host": str(self.folder), "port": self.port, "user": OWNER, "dbname": database}
        with psycopg.connect(**way, autocommit=True) as connection:  # type: ignore[arg-type]
            cursor = connection.execute(statements.encode())
            return cursor.fetchall() if cursor.description else []

    def prepare(self) -> None:
        """Make the desks' role, one desk, and the empty log that tests are given copies of."""
        self.owner("postgres", f"CREATE ROLE {DESK_ROLE} NOLOGIN; CREATE ROLE stranger LOGIN")
        self.owner("postgres", f"CREATE ROLE {DESK} LOGIN NOINHERIT IN ROLE {DESK_ROLE}")
        self.owner("postgres", f"CREATE DATABASE {_TEMPLATE}")
        self.owner(_TEMPLATE, setup_sql())

    def switch_tls(self, *, on: bool) -> None:
        """Let the server speak TLS under its self-signed certificate, or not."""
        self.owner("postgres", f"ALTER SYSTEM SET ssl = {'on' if on else 'off'}")
        self.owner("postgres", "SELECT pg_reload_conf()")


@contextmanager
def running(*within: str) -> Iterator[Server]:
    """Start a server and stop it afterwards; skips where there is none to start.

    `within` is what starts a program in another space of networks, as root.
    """
    found = sorted(Path("/").glob(f"{_PLACES[1:]}/initdb"))
    if not found:
        pytest.skip(f"no PostgreSQL server under {_PLACES}: apt-get install postgresql")
    tools = found[-1].parent
    # Not in pytest's own folder, which is closed to the user that the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="ccinc-postgres-"))
    server = Server(folder, _free_port())
    try:
        made = ["-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync", "-D", "data"]
        _run_as_server(folder, *within, tools / "initdb", *made)
        _make_certificate(folder / "data")
        options = f"-p {server.port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _run_as_server(folder, *within, tools / "pg_ctl", "-D", "data", "-l", "log", "-o", options, "-w", "start")
        try:
            server.prepare()
            yield server
        finally:
            _run_as_server(folder, tools / "pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _run_as_server(folder: Path, *command: str | Path) -> None:
    """PostgreSQL refuses to run as root; then the unprivileged user of every system does it."""
    if os.geteuid() == 0:
        for path in (folder, *(folder / "data").glob("server.*")):
            shutil.chown(path, "nobody", "nogroup")
        place = next(number for number, word in enumerate(command) if isinstance(word, Path))
        other = ("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups")
        command = (*command[:place], *other, *command[place:])
    with (folder / "told").open("wb") as told:
        done = subprocess.run(command, cwd=folder, stdout=told, stderr=told, check=False)
    assert done.returncode == 0, (folder / "told").read_text()


def _make_certificate(folder: Path) -> None:
    files = ["-keyout", str(folder / "server.key"), "-out", str(folder / "server.crt")]
    names = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *files, *names],
        check=False,
        capture_output=True,
    )
    assert made.returncode == 0, made.stderr.decode()
    (folder / "server.key").chmod(0o600)
    (folder / "server.crt").chmod(0o644)
