"""Backup into one file under a passphrase, and restore from it on any machine.

The copy is made by SQLite's backup interface; SQLCipher then encrypts it anew under a key that it derives from the
passphrase itself (PBKDF2-HMAC-SHA512 with its present number of rounds, 256,000 in version 4). The log's secret
travels inside, so that fingerprints and chain hold on another machine.
"""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlite

from ccinc_wizard.requestlog.atomic_files import whole_file
from ccinc_wizard.requestlog.chain import HeadFile, origin
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.folder import DATABASE, Swap, alone, half_made, head_path, kept_path, mend, swap
from ccinc_wizard.requestlog.keys import Keys, new_keys
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import Progress
from ccinc_wizard.requestlog.schema import SCHEMA_VERSION
from ccinc_wizard.requestlog.sqlite_store import SqliteStore, connect, translated

SHORTEST_PASSPHRASE = 12
"""In characters, of a new one; whoever asks for it says so."""
_PIECE = 8_000_000


def _untold(done: int, total: int) -> None:
    """Nobody waits."""


def back_up(log: RequestLog, path: Path, passphrase: str, progress: Progress = _untold) -> None:
    """Write the whole log to one file that opens with the passphrase alone.

    Raises LogError, WRONG_PASSPHRASE for an empty one, TEAM_BACKUP for a team's log; no half file stays.
    """
    if not isinstance(log.store, SqliteStore):
        raise LogError(LogErrorCode.TEAM_BACKUP)
    if not passphrase.strip():
        raise LogError(LogErrorCode.WRONG_PASSPHRASE, "empty")
    key = log.keys.cipher_key()
    with translated(), whole_file(path) as beside:
        log.store.copy_to(beside, key, progress)
        progress(0, 0)
        with closing(connect(beside, key)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("CREATE TABLE backup_secret (secret BLOB NOT NULL)")
            copy.execute("INSERT INTO backup_secret VALUES (?)", (log.keys.secret,))
            copy.execute(f"PRAGMA rekey = {_quoted(passphrase)}")


def restore(folder: Path, path: Path, passphrase: str, now: dt.datetime, progress: Progress = _untold) -> Path | None:
    """Put a backup in the place of the log; programs that have it open see so and open the other one.

    What was there is kept beside it; returns where, or None when there was nothing.
    Raises LogError: WRONG_PASSPHRASE, NOT_A_BACKUP, NEWER, FULL, LOCKED and the like; what was there is then untouched.
    """
    mend(folder)
    with translated():
        if not path.is_file():
            raise LogError(LogErrorCode.NOT_A_BACKUP, path.name)
        with alone(folder), half_made(folder) as beside:
            keys = _unpack(path, passphrase, beside, progress)
            _note_head(beside, keys)
            there = folder.exists() and any(folder.iterdir())
            kept = kept_path(folder, now) if there else None
            swap(folder, Swap(beside.name, kept.name if kept else ""))
            return kept


def _unpack(path: Path, passphrase: str, beside: Path, progress: Progress) -> Keys:
    # First where it is: what is no backup at all may be far larger than the disk.
    _opened(path, passphrase, "?immutable=1").close()
    copy = beside / DATABASE
    total = path.stat().st_size
    with path.open("rb") as source, copy.open("wb") as target:
        copy.chmod(0o600)
        while piece := source.read(_PIECE):
            target.write(piece)
            progress(target.tell(), total)
    progress(0, 0)
    with closing(_opened(copy, passphrase)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise LogError(LogErrorCode.NEWER, str(version))
        secret = database.execute("SELECT secret FROM backup_secret").fetchone()
        if secret is None:
            raise LogError(LogErrorCode.NOT_A_BACKUP, path.name)
        keys = new_keys(beside, bytes(secret[0]))
        database.execute("DROP TABLE backup_secret")
        database.execute(f"PRAGMA rekey = \"x'{keys.cipher_key().hex()}'\"")
    return keys


def _opened(path: Path, passphrase: str, how: str = "") -> sqlite.Connection:
    database = sqlite.connect(f"{path.absolute().as_uri()}{how}", isolation_level=None, uri=True)
    try:
        database.execute("PRAGMA cipher_log_level = NONE")
        database.execute(f"PRAGMA key = {_quoted(passphrase)}")
        database.execute("SELECT count(*) FROM backup_secret").fetchone()
    except sqlite.DatabaseError as error:
        database.close()
        wrong = "no such table" not in str(error)
        raise LogError(LogErrorCode.WRONG_PASSPHRASE if wrong else LogErrorCode.NOT_A_BACKUP) from error
    return database


def _note_head(folder: Path, keys: Keys) -> None:
    with closing(connect(folder / DATABASE, keys.cipher_key())) as database:
        row = database.execute("SELECT seq, mac FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    head = (int(row[0]), bytes(row[1])) if row else (0, origin(keys.chain_key()))
    HeadFile(head_path(folder), keys.chain_key()).note(*head)


def _quoted(passphrase: str) -> str:
    return "'" + passphrase.replace("'", "''") + "'"
