"""A team's log: the address that IT has set, and the key that all desks share.

The first desk makes the key; it is shown as a code of 32 signs, which the team keeps where it keeps its passwords and
which each further desk is given once. Then it is in that desk's keyring. The database never has it: it only has a check
value, so that another code is refused. Whoever may read the database reads names and notes, but no register number
follows from it.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hmac
import secrets
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.folder import head_path, set_aside
from ccinc_wizard.requestlog.keys import ID_FILE, Keys, derived, known_keys, new_keys
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.reader import Clock
from ccinc_wizard.requestlog.sqlite_store import translated

if TYPE_CHECKING:
    from ccinc_wizard.requestlog.postgres_store import PostgresStore

_SECRET_BYTES = 20
"""160 bits, which are 32 signs of five bits."""
_GROUP = 4


@dataclass(frozen=True, slots=True)
class TeamLog:
    """Where the team's log is, the role to work under, and the folder for this desk's key and head."""

    url: str
    role: str
    folder: Path

    @property
    def host(self) -> str:
        """The machine's name for people, without user or password."""
        try:
            return urlsplit(self.url).hostname or ""
        except ValueError:
            return ""


class KeyStanding(StrEnum):
    """How this desk stands towards the team's key."""

    NEW = "new"
    """Nobody has made a key yet."""
    WANTED = "wanted"
    """The team has a key and this desk has not, or has another one."""
    HELD = "held"


def open_team(
    team: TeamLog, *, clock: Clock | None = None, user: str, vocabulary: Mapping[str, str] | None = None
) -> RequestLog:
    """Open the team's log. Its server's clock decides, unless another is given: a desk's may be wrong.

    Raises LogError: UNREACHABLE and the like, TEAM_KEY_NEW, TEAM_KEY_WANTED or TEAM_KEY_OTHER for want of the key.
    """
    store = _connected(team)
    try:
        keys = _held_keys(team)
        check = _key_check(store)
        if check is None:
            raise LogError(LogErrorCode.TEAM_KEY_NEW)
        if keys is None:
            raise LogError(LogErrorCode.TEAM_KEY_WANTED)
        if not _fits(keys.secret, check):
            raise LogError(LogErrorCode.TEAM_KEY_OTHER)
    except BaseException:
        store.close()
        raise
    log = RequestLog(store, keys, team.folder, clock=clock or store.now, user=user, vocabulary=vocabulary or {})
    log.renew_index()
    return log


def standing(team: TeamLog) -> KeyStanding:
    """Whether this desk has the key, should be given it, or is to make it. Raises LogError."""
    with closing(_connected(team)) as store:
        check, keys = _key_check(store), _held_keys(team)
    if check is None:
        return KeyStanding.NEW
    held = keys is not None and _fits(keys.secret, check)
    return KeyStanding.HELD if held else KeyStanding.WANTED


def make_key(team: TeamLog, now: dt.datetime) -> None:
    """Make the team's key, as its first desk. Raises LogError, TEAM_KEY_WANTED when there is one already."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    with closing(_connected(team)) as store, store.writing():
        if _key_check(store) is not None:
            raise LogError(LogErrorCode.TEAM_KEY_WANTED)
        _keep(team, secret, store, now)
        store.execute("INSERT INTO team_key(key_check) VALUES (?)", (_check_of(secret),))


def take_key(team: TeamLog, code: str, now: dt.datetime) -> None:
    """Keep the team's key on this desk, from its code. Raises LogError, TEAM_KEY_OTHER for another code."""
    try:
        secret = base64.b32decode("".join(code.split()).replace("-", ""), casefold=True, map01="I")
    except (binascii.Error, ValueError) as error:
        raise LogError(LogErrorCode.TEAM_KEY_OTHER) from error
    with closing(_connected(team)) as store:
        check = _key_check(store)
        if check is None:
            raise LogError(LogErrorCode.TEAM_KEY_NEW)
        if not _fits(secret, check):
            raise LogError(LogErrorCode.TEAM_KEY_OTHER)
        _keep(team, secret, store, now)


def code_of_key(team: TeamLog) -> str:
    """The key this desk has, as the code for the next desk. Raises LogError."""
    signs = base64.b32encode(known_keys(team.folder).secret).decode("ascii")
    return "-".join(signs[place : place + _GROUP] for place in range(0, len(signs), _GROUP))


def _connected(team: TeamLog) -> PostgresStore:
    try:
        from ccinc_wizard.requestlog.postgres_store import PostgresStore
    except ImportError as error:
        raise LogError(LogErrorCode.TEAM_DRIVER) from error
    return PostgresStore(team.url, team.role)


def _held_keys(team: TeamLog) -> Keys | None:
    if not (team.folder / ID_FILE).is_file():
        return None
    try:
        return known_keys(team.folder)
    except LogError as error:
        # One's own log would be lost with its key; the team's is asked for again.
        if error.code is LogErrorCode.KEY_LOST:
            return None
        raise


def _check_of(secret: bytes) -> bytes:
    """What the database keeps to know the key again; the key does not follow from it."""
    return derived(secret, b"team check")


def _fits(secret: bytes, check: bytes) -> bool:
    return hmac.compare_digest(_check_of(secret), check)


def _key_check(store: PostgresStore) -> bytes | None:
    rows = store.execute("SELECT key_check FROM team_key")
    return bytes(rows[0][0]) if rows and isinstance(rows[0][0], bytes) else None


def _keep(team: TeamLog, secret: bytes, store: PostgresStore, now: dt.datetime) -> None:
    """Keep the key, and the head as it is now; what was kept for another team log is set aside."""
    with translated():
        if team.folder.exists():
            set_aside(team.folder, now)
        team.folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        team.folder.mkdir(mode=0o700)
        keys = new_keys(team.folder, secret)
        head_path(team.folder).unlink(missing_ok=True)
        RequestLog(store, keys, team.folder, clock=lambda: now, user="", vocabulary={}).note_head()
