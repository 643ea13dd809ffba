"""What the machine gives: its clock, the name of its user, and files that only this user may read."""

from __future__ import annotations

import datetime as dt
import getpass
from typing import TYPE_CHECKING

from ccinc_wizard.requestlog.whole import write_whole

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


def write_private(path: Path, content: str | bytes) -> None:
    """Write a file that only its owner may read, in one go: a killed program leaves the old or the new one.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Not down to the disk: it is written from the window's thread, and the old one is no worse after a power cut.
    write_whole(path, content.encode("utf-8") if isinstance(content, str) else content, lasting=False)
