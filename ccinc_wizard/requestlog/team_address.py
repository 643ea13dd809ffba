"""Where a team's log is, and whether the way there is safe: encrypted, unless it does not leave the machine."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass, field

from psycopg import Error, pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from ccinc_wizard.requestlog.errors import LogError, LogErrorCode

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
