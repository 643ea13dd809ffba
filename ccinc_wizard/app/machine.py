"""What the machine gives: its clock, the name of its user, and files that only this user may read."""

from __future__ import annotations

import datetime as dt
import getpass
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def utc_now() -> dt.datetime:
    """The log's clock."""
    return dt.datetime.now(dt.UTC)


def current_user() -> str:
    """The operating system's user name, for the log's events."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, in one go: a killed program leaves the old or the new one.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
