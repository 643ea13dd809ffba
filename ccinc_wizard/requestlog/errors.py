"""What can go wrong with the log. Each has a code; its words stand in `resources/texts/<language>/log.json`."""

from __future__ import annotations

from enum import StrEnum


class LogErrorCode(StrEnum):
    """Why the log did not do what was asked."""

    FULL = "full"
    READ_ONLY = "read-only"
    LOCKED = "locked"
    DAMAGED = "damaged"
    MISSING = "missing"
    NEWER = "newer"
    KEY_LOST = "key-lost"
    KEY_UNAVAILABLE = "key-unavailable"
    WRONG_PASSPHRASE = "wrong-passphrase"
    NOT_A_BACKUP = "not-a-backup"
    UNKNOWN_REQUEST = "unknown-request"
    NOT_ALLOWED = "not-allowed"
    UNREACHABLE = "unreachable"
    TEAM_BACKUP = "team-backup"
    UNKNOWN = "unknown"


class LogError(Exception):
    """The log could not do what was asked; nothing was half done."""

    def __init__(self, code: LogErrorCode, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
