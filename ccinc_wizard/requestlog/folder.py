"""The folder of a log: made whole in one step, readable by its owner only."""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
from pathlib import Path

from ccinc_wizard.requestlog.chain import HeadFile, origin
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.keys import ID_FILE, Keys, known_keys, new_keys
from ccinc_wizard.requestlog.sqlite_store import SqliteStore, translated

DATABASE = "log.db"


def head_path(folder: Path) -> Path:
    """Where the chain's head is kept: beside the folder, so that putting an old folder back is seen."""
    return folder.with_name(f"{folder.name}.head")


def open_folder(folder: Path) -> Keys:
    """The keys of the log in this folder; makes an empty log where there is none.

    Raises LogError; MISSING or KEY_LOST when there was a log of which a part is gone.
    """
    with translated():
        if (folder / ID_FILE).is_file():
            return known_keys(folder)
        if folder.is_dir() and any(folder.iterdir()):
            raise LogError(LogErrorCode.KEY_LOST, ID_FILE)
        if head_path(folder).exists():
            raise LogError(LogErrorCode.MISSING, folder.name)
        return make_folder(folder)


def make_folder(folder: Path) -> Keys:
    """Make an empty log. Two programs may try at once: one of them succeeds and both get its keys. Raises LogError."""
    with translated():
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        beside = folder.with_name(f"{folder.name}.new-{secrets.token_hex(4)}")
        beside.mkdir(mode=0o700)
        try:
            keys = new_keys(beside)
            SqliteStore.create(beside / DATABASE, keys.cipher_key())
            (beside / DATABASE).chmod(0o600)
            if folder.is_dir():
                folder.rmdir()
            beside.rename(folder)
        except (OSError, LogError):
            shutil.rmtree(beside, ignore_errors=True)
            if (folder / ID_FILE).is_file():
                return known_keys(folder)
            raise
        HeadFile(head_path(folder), keys.chain_key()).note(0, origin(keys.chain_key()))
        return keys


def set_aside(folder: Path, when: dt.datetime) -> Path:
    """Move a log that cannot be used out of the way, with its head; returns where it is kept. Raises LogError."""
    with translated():
        kept = folder.with_name(f"{folder.name}-kept-{when:%Y%m%d-%H%M%S}")
        folder.rename(kept)
        if head_path(folder).exists():
            head_path(folder).rename(head_path(kept))
        return kept
