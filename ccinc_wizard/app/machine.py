"""What the machine gives: its clock, and the name of its user."""

from __future__ import annotations

import datetime as dt
import getpass


def utc_now() -> dt.datetime:
    """The log's clock."""
    return dt.datetime.now(dt.UTC)


def current_user() -> str:
    """The operating system's user name, for the log's events."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
