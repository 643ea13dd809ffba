"""The default store: one SQLite file, encrypted by SQLCipher from its first byte.

Write-ahead logging with synchronous=FULL: one sync to disk a save, and what was acknowledged survives a power cut.
The folder belongs on a local disk, as platformdirs gives it. On a share, which write-ahead logging does not bear,
SQLite keeps a journal for each save, and locks the file as well as the share lets it.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlcipher3 import dbapi2 as sqlite

from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.model import Damage, Progress, Trouble
from ccinc_wizard.requestlog.schema import MIGRATIONS, SCHEMA_VERSION, SEARCH_TABLE, SQLITE_SCHEMA
from ccinc_wizard.requestlog.store import SHORT, DbRow, Source

_PLAIN = ("nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "ncpfs", "afs", "ceph", "9p", "lustre", "gpfs", "beegfs")
_FUSE = ("sshfs", "smbnetfs", "davfs", "glusterfs", "rclone", "gvfsd-fuse")
_KINDS = frozenset((*_PLAIN, *(f"fuse.{name}" for name in _FUSE)))
"""File systems of Linux that other computers write to as well."""
_REMOTE = 4
"""What Windows calls a drive of another computer (DRIVE_REMOTE)."""
MOUNTS = Path("/proc/self/mounts")


def on_share(path: Path) -> bool:
    """Whether this path lies on another computer, as far as the system tells; where it tells nothing, it does not."""
    try:
        whole = path.resolve()
        return _is_remote(whole) if sys.platform == "win32" else _kind(whole) in _KINDS
    except (OSError, ValueError):
        return False


def _kind(path: Path) -> str:
    """The file system that the path is on: that of the longest mount point above it, the last one if there are two."""
    found = (0, "")
    for line in MOUNTS.read_text("utf-8", "surrogateescape").splitlines():
        _, point, kind, *_ = line.split(" ")
        # Blanks and backslashes in names are written as octal numbers.
        mounted = Path(point.encode("latin-1", "surrogateescape").decode("unicode_escape"))
        if path.is_relative_to(mounted) and len(mounted.parts) >= found[0]:
            found = (len(mounted.parts), kind)
    return found[1]


def _is_remote(path: Path) -> bool:
    if sys.platform != "win32":
        return False
    anchor = path.anchor.removeprefix("\\\\?\\")
    return anchor.startswith((os.sep * 2, "UNC")) or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _REMOTE


BUSY_SECONDS = 10.0
_BEFORE_SCHEMA = "before-schema-{}.db"
"""The copy kept from before a change of the schema, until something is erased, which must not live on in it."""
_PAGES = 2_000
"""How many pages of a copy are made before its progress is told."""
_START = "\1\1"
"""Stands in the index before the first letters of each word, so that these make trigrams too."""
_CODES = {
    5: LogErrorCode.LOCKED,
    6: LogErrorCode.LOCKED,
    8: LogErrorCode.READ_ONLY,
    10: LogErrorCode.FULL,
    11: LogErrorCode.DAMAGED,
    13: LogErrorCode.FULL,
    14: LogErrorCode.READ_ONLY,
    26: LogErrorCode.DAMAGED,
}
"""SQLite's primary result codes. An I/O error (10) is what a full disk gives once its log cannot grow."""


class SqliteStore:
    """Runs the log's SQL, with `?` for values, and turns SQLite's errors into LogError. `Store` says what each does."""

    def __init__(self, path: Path, key: bytes, progress: Progress | None = None) -> None:
        """Open an existing file; one of an earlier schema is brought over, and `progress` told how far that is.

        Raises LogError; a newer schema is refused before anything is written.
        """
        self.path = path
        self.cleared = False
        """Whether what a kill had left of bringing it over was found and taken away."""
        self._key = key
        self._copy: TemporaryDirectory[str] | None = None
        self.read_only = False
        """Whether the folder can only be read, so that nothing can be saved but all else works."""
        if not path.is_file():
            raise LogError(LogErrorCode.MISSING, path.name)
        with translated():
            self._connection = self._connected()
            try:
                self._check_version()
                self._choose_journal()
                self._connection.execute("PRAGMA secure_delete = ON")
                self._connection.execute("PRAGMA temp_store = MEMORY")
                self._bring_over(progress or (lambda done, total: None))
                # What is read makes the write-ahead log's file, which then stays until the last program closes.
                self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                self._opened = self._files()
            except BaseException:
                self._connection.close()
                raise

    def _connected(self) -> sqlite.Connection:
        try:
            return connect(self.path, self._key)
        except sqlite.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite.SQLITE_CANTOPEN or not os.access(self.path, os.R_OK):
                raise
        # SQLite wants to make two files beside a log, even if it only reads it.
        self.read_only = True
        written_last = self.path.with_name(f"{self.path.name}-wal")
        if not written_last.is_file() or not written_last.stat().st_size:
            return connect(self.path, self._key, "?immutable=1")
        # What was saved last stands there only, and is read from a copy: as encrypted as the log, and its owner's only.
        self._copy = TemporaryDirectory(prefix="ccinc-")
        for file in (self.path, written_last):
            shutil.copyfile(file, Path(self._copy.name, file.name))
        return connect(Path(self._copy.name, self.path.name), self._key)

    @staticmethod
    def create(path: Path, key: bytes) -> None:
        """Make a new, empty file. Raises LogError."""
        with translated():
            connection = connect(path, key)
            try:
                connection.executescript(f"BEGIN; {SQLITE_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
            finally:
                connection.close()

    def close(self) -> None:
        if not self.in_place():
            # SQLite would take away the write-ahead log by its name, and that may by now be another log's.
            _ABANDONED.append(self._connection)
            return
        with suppress(sqlite.Error):
            self._connection.close()
        if self._copy is not None:
            self._copy.cleanup()

    def in_place(self) -> bool:
        """Whether the open files are still those at their path, so that what is saved will be found there."""
        return self._files() == self._opened

    def _files(self) -> list[tuple[int, int] | None]:
        return [_identity(path) for path in (self.path, self.path.with_name(f"{self.path.name}-wal"))]

    def _check_place(self) -> None:
        if not self.in_place():
            raise LogError(LogErrorCode.REPLACED, self.path.name)

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[DbRow]:
        with translated():
            return list(self._connection.execute(sql, values))

    def stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[DbRow]:
        """The rows one by one, for what does not fit the memory. Raises LogError."""
        with translated():
            yield from self._connection.execute(sql, values)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One durable transaction; whatever goes wrong in it, nothing of it stays. Raises LogError."""
        if self.read_only:
            raise LogError(LogErrorCode.READ_ONLY, self.path.name)
        self._check_place()
        with self._transaction("BEGIN IMMEDIATE"):
            # A newer program may have brought it over since it was opened.
            self._check_version()
            yield
        # Once more: another log may have come in its place meanwhile.
        self._check_place()

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with translated():
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def index(self, request: int, words: Sequence[str]) -> None:
        starts = "".join(_START + word[: SHORT - 1] for word in words)
        self.execute("INSERT INTO search(rowid, words) VALUES (?, ?)", (request, f"{' '.join(words)} {starts}"))

    def indexed(self, request: int) -> bool:
        return bool(self.execute("SELECT rowid FROM search WHERE rowid = ?", (request,)))

    def unindex(self, request: int) -> None:
        self.execute("DELETE FROM search WHERE rowid = ?", (request,))

    def matching(self, words: Sequence[str]) -> Source:
        wanted = [word if len(word) >= SHORT else _START + word for word in words]
        quoted = " ".join('"' + word.replace('"', '""') + '"' for word in wanted)
        # FTS5 gives its matches by rowid without sorting them.
        return Source("FROM search s JOIN requests r ON r.id = s.rowid WHERE search MATCH ?", (quoted,), "s.rowid")

    def damage(self) -> tuple[Damage, ...]:
        """Pages that SQLCipher or SQLite find damaged, in tables, indexes and free space, and a search that is."""
        with suppress(sqlite.OperationalError):
            # Pages that stand in the write-ahead log only have no place in the file yet.
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        # On a connection of its own: what this one remembers of the search may be older than the file.
        with translated(), nullcontext(self._connection) if self.read_only else closing(self._connected()) as fresh:
            # Twice: the file is read without a lock, and what another program was writing is whole by then.
            pages = [fresh.execute("PRAGMA cipher_integrity_check").fetchall() for _ in range(2)]
            if all(pages):
                return (Damage(Trouble.PAGES, len(pages[-1])),)
            told = [str(row[0]) for row in fresh.execute("PRAGMA integrity_check") if row[0] != "ok"]
        search = [line for line in told if "fts5" in line.lower()]
        others = len(told) - len(search)
        return (Damage(Trouble.PAGES, others),) * (others > 0) + (Damage(Trouble.SEARCH),) * bool(search)

    def filed(self) -> str:
        return "SELECT id FROM search_docsize"

    def empty_index(self) -> None:
        self.execute("DROP TABLE search")
        self.execute(SEARCH_TABLE)

    def purge_traces(self) -> None:
        """Rewrite the file so that nothing of what was erased stays in free pages, index or write-ahead log."""
        with translated():
            self._connection.execute("INSERT INTO search(search) VALUES ('optimize')")
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            for copy in self._copies_before():
                copy.unlink()

    def copy_to(self, path: Path, key: bytes, progress: Progress) -> None:
        """A consistent copy of the live database under the same key, by SQLite's backup interface; tells its pages."""
        with translated(), closing(connect(path, key)) as target:

            def told(_: int, left: int, total: int) -> None:
                progress(total - left, total)

            # In one reading: SQLite begins anew where somebody saves between two pieces of the copy.
            self._connection.execute("BEGIN")
            try:
                self._connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                self._connection.backup(target, pages=_PAGES, progress=told)
            finally:
                self._connection.execute("ROLLBACK")

    def _choose_journal(self) -> None:
        """A write-ahead log, but on a share, where other computers would not see it; one sync a save either way."""
        if self.read_only:
            return
        mode, safety = ("delete", "EXTRA") if on_share(self.path.parent) else ("wal", "FULL")
        ((found,),) = self._connection.execute(f"PRAGMA journal_mode = {mode}").fetchall()
        if mode == "delete" and found != mode:  # another program holds it open
            raise LogError(LogErrorCode.LOCKED, found)
        self._connection.execute(f"PRAGMA synchronous = {safety}")

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _check_version(self) -> None:
        version = self._version()
        if version > SCHEMA_VERSION:
            raise LogError(LogErrorCode.NEWER, str(version))
        if version == 0:
            raise LogError(LogErrorCode.DAMAGED, "no schema")

    def _bring_over(self, progress: Progress) -> None:
        """Change an earlier schema into this one, in one transaction: a kill leaves the one or the other."""
        if self._version() == SCHEMA_VERSION:
            return
        with self._transaction("BEGIN IMMEDIATE"):
            # Another program may have done it while this one waited for its turn.
            if not (steps := _steps(self._version())):
                return
            pages = self._keep_copy(self.path.with_name(_BEFORE_SCHEMA.format(self._version() + 1)), progress)
            for done, statement in enumerate(steps):
                progress(pages + pages * done // len(steps), 2 * pages)
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        progress(2 * pages, 2 * pages)

    def _keep_copy(self, keep: Path, progress: Progress) -> int:
        """Keep the file as it is, whole or not at all under this name; tells how many pages it has."""
        for left in self._copies_before():
            self.cleared = self.cleared or left.name.startswith(keep.stem)
            left.unlink()
        part, pages = keep.with_suffix(".part"), 0

        def told(_: int, left: int, total: int) -> None:
            nonlocal pages
            pages = total
            progress(total - left, 2 * total)

        # By a connection of its own: SQLite copies nothing for one that writes.
        with closing(self._connected()) as source, closing(connect(part, self._key)) as target:
            source.backup(target, pages=_PAGES, progress=told)
        part.replace(keep)
        return pages

    def _copies_before(self) -> list[Path]:
        return list(self.path.parent.glob(Path(_BEFORE_SCHEMA.format("*")).stem + ".*"))


_ABANDONED: list[sqlite.Connection] = []
"""Connections to files that are no longer at their path."""


def _steps(version: int) -> list[str]:
    """The statements that lead from this version of the schema to the present one."""
    steps = [""]
    for piece in "".join(MIGRATIONS[number] for number in range(version + 1, SCHEMA_VERSION + 1)).split(";"):
        steps[-1] += f"{piece};"
        if sqlite.complete_statement(steps[-1]):
            steps.append("")
    return [step for step in steps if step.strip("; \n")]


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def connect(path: Path, key: bytes, how: str = "") -> sqlite.Connection:
    """A connection with the raw key set; transactions are begun by hand. Raises sqlite errors.

    `how` is what SQLite's addresses have at their end, such as `?immutable=1`.
    """
    place = f"{path.absolute().as_uri()}{how}" if how else str(path)
    connection = sqlite.connect(place, timeout=BUSY_SECONDS, isolation_level=None, uri=bool(how))
    try:
        # SQLCipher otherwise talks to stderr about files that it cannot open.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def translated() -> Iterator[None]:
    """SQLite's errors as LogError."""
    try:
        yield
    except sqlite.Error as error:
        code = _CODES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, LogErrorCode.UNKNOWN)
        if isinstance(error, sqlite.DatabaseError) and code is LogErrorCode.UNKNOWN:
            code = LogErrorCode.DAMAGED if "malformed" in str(error) else code
        raise LogError(code, str(error)) from error
    except OSError as error:
        raise LogError(LogErrorCode.READ_ONLY, error.strerror or "") from error
