"""What can go wrong with the log. Each has a code; its words stand in `resources/texts/<language>/log.json`."""

from __future__ import annotations

from enum import StrEnum


class LogErrorCode(StrEnum):
    """Why the log did not do what was asked."""

    FULL = "full"
    READ_ONLY = "read-only"
    NO_FOLDER = "no-folder"
    LOCKED = "locked"
    DAMAGED = "damaged"
    MISSING = "missing"
    REPLACED = "replaced"
    NEWER = "newer"
    KEY_LOST = "key-lost"
    KEY_UNAVAILABLE = "key-unavailable"
    KEY_WRONG = "key-wrong"
    WRONG_PASSPHRASE = "wrong-passphrase"
    NOT_A_BACKUP = "not-a-backup"
    UNKNOWN_REQUEST = "unknown-request"
    NOT_ALLOWED = "not-allowed"
    SECOND_ROLE = "second-role"
    NOT_WRITTEN = "not-written"
    UNREACHABLE = "unreachable"
    UNCERTAIN = "uncertain"
    """The answer to what was to be saved got lost, and nobody can be asked."""
    TEAM_ADDRESS = "team-address"
    TEAM_BACKUP = "team-backup"
    TEAM_DRIVER = "team-driver"
    TEAM_KEY_NEW = "team-key-new"
    TEAM_KEY_OTHER = "team-key-other"
    TEAM_KEY_WANTED = "team-key-wanted"
    TEAM_NOT_SET_UP = "team-not-set-up"
    TEAM_OLDER = "team-older"
    TEAM_REFUSED = "team-refused"
    TEAM_UNSAFE = "team-unsafe"
    UNKNOWN = "unknown"


class LogError(Exception):
    """The log could not do what was asked; nothing was half done."""

    def __init__(self, code: LogErrorCode, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code, self.detail = code, detail
