"""The folder of a log: made whole in one step, readable by its owner only, and never there by half.

Another log is put in its place by a few renames. What they lead to is written down first, and whoever opens the log
next carries out what a kill has left undone: there is the old log or the new one, never neither.
"""

from __future__ import annotations

import datetime as dt
import glob
import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from sqlcipher3 import dbapi2 as sqlite

from ccinc_wizard.requestlog.atomic_files import sync_folder
from ccinc_wizard.requestlog.chain import HeadFile, origin
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.keys import ID_FILE, Keys, forget, known_keys, new_keys, write_owner_only
from ccinc_wizard.requestlog.sqlite_store import BUSY_SECONDS, SqliteStore, translated

DATABASE = "log.db"


class Mended(StrEnum):
    """What the next start found of a change that was cut short."""

    COMPLETED = "completed"
    """The other log is now in its place, and the one before is kept beside it."""
    UNDONE = "undone"
    """The log from before is back in its place."""
    CLEARED = "cleared"
    """Something half-made stood beside a whole log; it is gone."""


class Swap(NamedTuple):
    """Which folder is to come in the log's place, and under which name the log there is kept: neither need be."""

    new: str = ""
    kept: str = ""


def head_path(folder: Path) -> Path:
    """Where the chain's head is kept: beside the folder, so that putting an old folder back is seen."""
    return folder.with_name(f"{folder.name}.head")


def open_folder(folder: Path) -> Keys:
    """The keys of the log in this folder; makes an empty log where there is none.

    Raises LogError; MISSING or KEY_LOST when there was a log of which a part is gone.
    """
    with translated():
        if not (folder / ID_FILE).is_file():
            with alone(folder):
                if not (folder / ID_FILE).is_file():
                    return _made(folder)
        return known_keys(folder)


def _made(folder: Path) -> Keys:
    if folder.is_dir() and any(folder.iterdir()):
        raise LogError(LogErrorCode.KEY_LOST, ID_FILE)
    if head_path(folder).exists():
        raise LogError(LogErrorCode.MISSING, folder.name)
    with half_made(folder) as beside:
        keys = new_keys(beside)
        SqliteStore.create(beside / DATABASE, keys.cipher_key())
        (beside / DATABASE).chmod(0o600)
        HeadFile(head_path(beside), keys.chain_key()).note(0, origin(keys.chain_key()))
        swap(folder, Swap(beside.name))
    return keys


@contextmanager
def half_made(folder: Path) -> Iterator[Path]:
    """A new folder beside, to be filled and put in the log's place; gone afterwards if it was not. Raises OSError."""
    beside = folder.with_name(f"{folder.name}.new-{secrets.token_hex(4)}")
    beside.mkdir(mode=0o700)
    try:
        yield beside
    finally:
        if not _note(folder).exists():
            _clear(beside)


@contextmanager
def alone(folder: Path, patience: float = BUSY_SECONDS) -> Iterator[None]:
    """One program at a time makes or replaces this log. Raises LogError LOCKED, OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # An empty file that nothing is ever written to: SQLite locks alike on all systems, and a kill frees the lock.
    file = folder.with_name(f"{folder.name}.lock")
    with closing(sqlite.connect(str(file), timeout=patience, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        file.chmod(0o600)
        yield


def unfinished(folder: Path) -> bool:
    """Whether a change of this log was cut short, or is being made at this moment."""
    return _note(folder).exists() or bool(_half_made(folder))


def mend(folder: Path) -> Mended | None:
    """Carry out what a kill has left undone, and clear what it left half-made; says what was found. Raises LogError."""
    with translated():
        if not unfinished(folder):
            return None
        if _note(folder).exists():
            with alone(folder):
                return _carried_on(folder)
        with suppress(LogError, sqlite.OperationalError), alone(folder, patience=0.0):
            # Without the lock somebody is making them at this moment.
            return _tidied(folder)
    return None


def set_aside(folder: Path, when: dt.datetime) -> Path:
    """Move a log that cannot be used out of the way, with its head; returns where it is kept. Raises LogError."""
    with translated(), alone(folder):
        kept = kept_path(folder, when)
        swap(folder, Swap(kept=kept.name))
        return kept


def kept_path(folder: Path, when: dt.datetime) -> Path:
    """A name that is free, for a log that is set aside."""
    kept = folder.with_name(f"{folder.name}-kept-{when:%Y%m%d-%H%M%S}")
    while kept.exists() or head_path(kept).exists():
        kept = kept.with_name(f"{kept.name}-2")
    return kept


def swap(folder: Path, change: Swap) -> None:
    """Put another log in place, or none. Raises OSError, and then all is as it was."""
    note = _note(folder)
    draft = folder.with_name(f"{folder.name}.new-swap")
    write_owner_only(draft, json.dumps(change._asdict()).encode("utf-8"))
    draft.replace(note)
    sync_folder(folder.parent)
    moved: list[tuple[Path, Path]] = []
    try:
        for source, target in _moves(folder, change):
            _move(source, target)
            moved.append((source, target))
    except OSError:
        for source, target in reversed(moved):
            _move(target, source)
        note.unlink()
        raise
    sync_folder(folder.parent)
    note.unlink()


def _note(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.swap")


def _half_made(folder: Path) -> list[Path]:
    return list(folder.parent.glob(f"{glob.escape(folder.name)}.new-*"))


def _moves(folder: Path, change: Swap) -> list[tuple[Path, Path]]:
    """The renames that are left to do: some of them may have been done before a kill."""
    new, kept = (folder.with_name(name) if name else None for name in change)
    moves = []
    if kept and (new is None or new.exists()):
        moves += [(folder, kept), (head_path(folder), head_path(kept))]
    if new:
        moves += [(new, folder), (head_path(new), head_path(folder))]
    return [(source, target) for source, target in moves if source.exists()]


def _move(source: Path, target: Path) -> None:
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    source.replace(target)


def _carried_on(folder: Path) -> Mended | None:
    note = _note(folder)
    if not note.exists():
        return None
    try:
        change = Swap(**json.loads(note.read_bytes()))
        moves = _moves(folder, change)
    except (ValueError, TypeError) as error:
        raise LogError(LogErrorCode.DAMAGED, note.name) from error
    for source, target in moves:
        _move(source, target)
    sync_folder(folder.parent)
    note.unlink()
    return Mended.COMPLETED if change.kept else None


def _tidied(folder: Path) -> Mended | None:
    if not (left := _half_made(folder)):
        return None
    whole = [path for path in left if (path / ID_FILE).is_file()]
    kept = sorted(path for path in folder.parent.glob(f"{glob.escape(folder.name)}-kept-*") if path.is_dir())
    undone = not folder.exists() and bool(whole) and bool(kept)
    if undone:
        # As earlier versions left it when they were killed between two renames.
        swap(folder, Swap(new=kept[-1].name))
    for path in left:
        _clear(path)
    return Mended.UNDONE if undone else Mended.CLEARED


def _clear(beside: Path) -> None:
    """Take away what was half made, with what it has put into the keyring."""
    if beside.is_dir():
        with suppress(LogError):
            forget(known_keys(beside))
        shutil.rmtree(beside, ignore_errors=True)
    for file in (beside, head_path(beside)):
        if file.is_file():
            file.unlink(missing_ok=True)
