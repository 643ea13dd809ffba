"""The log's one secret and where it is kept: the operating system's keyring, else an owner-only file.

From the secret come three keys: for the cipher, for fingerprints and for the chain. A log's folder names its secret
(`log.id`), so a lost secret is told and never silently replaced.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from ccinc_wizard.requestlog.errors import LogError, LogErrorCode

ID_FILE = "log.id"
KEY_FILE = "log.key"
SERVICE = "ccinc-wizard"
KEYRING_SECONDS = 30.0
"""How long the keyring may take: it may be asking for its password."""
Answer = TypeVar("Answer")


class KeyPlace(StrEnum):
    """Where the secret is kept."""

    KEYRING = "keyring"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one log; shown in no repr."""

    log_id: str
    place: KeyPlace
    secret: bytes = field(repr=False)
    _made: dict[bytes, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was derived so far: a long list asks for the same two keys thousands of times."""

    def cipher_key(self) -> bytes:
        """32 bytes for the database."""
        return self._derived(b"cipher")

    def chain_key(self) -> bytes:
        """32 bytes for the chain of events."""
        return self._derived(b"chain")

    def fingerprint(self, digits: str) -> bytes:
        """HMAC-SHA-256 of the eleven clear digits: the same for the same person, of no use without the key."""
        return hmac.digest(self._derived(b"fingerprint"), digits.encode("ascii"), hashlib.sha256)

    def _derived(self, purpose: bytes) -> bytes:
        if purpose not in self._made:
            self._made[purpose] = derived(self.secret, purpose)
        return self._made[purpose]


def derived(secret: bytes, purpose: bytes) -> bytes:
    """The key for one purpose."""
    return hmac.digest(secret, b"ccinc-wizard log 1 " + purpose, hashlib.sha256)


def new_keys(folder: Path, secret: bytes | None = None) -> Keys:
    """Make keys for a new log in this folder and keep their secret. Raises OSError."""
    log_id, secret = secrets.token_hex(8), secret or secrets.token_bytes(32)
    place = KeyPlace.KEYRING if _store_in_keyring(log_id, secret) else KeyPlace.FILE
    if place is KeyPlace.FILE:
        write_owner_only(folder / KEY_FILE, secret.hex().encode("ascii"))
    write_owner_only(folder / ID_FILE, json.dumps({"id": log_id, "key": place.value}).encode("ascii"))
    return Keys(log_id, place, secret)


def known_keys(folder: Path) -> Keys:
    """The keys of the log in this folder.

    Raises LogError: KEY_UNAVAILABLE when the keyring does not answer, KEY_LOST when it has no such key,
    DAMAGED when the folder does not say which key it needs.
    """
    try:
        told = json.loads((folder / ID_FILE).read_bytes())
        log_id, place = str(told["id"]), KeyPlace(told["key"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LogError(LogErrorCode.DAMAGED, ID_FILE) from error
    if place is KeyPlace.KEYRING:
        return Keys(log_id, place, _read_from_keyring(log_id))
    try:
        return Keys(log_id, place, bytes.fromhex((folder / KEY_FILE).read_text("ascii")))
    except (OSError, ValueError) as error:
        raise LogError(LogErrorCode.KEY_LOST, KEY_FILE) from error


def forget(keys: Keys) -> None:
    """Take a secret out of the keyring, once its log is gone for good; what the keyring answers does not matter."""
    if keys.place is not KeyPlace.KEYRING:
        return

    def delete() -> None:
        import keyring

        keyring.delete_password(SERVICE, keys.log_id)

    with suppress(Exception):
        _answered(delete)


def write_owner_only(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read, down to the disk. Raises OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _store_in_keyring(log_id: str, secret: bytes) -> bool:
    def store() -> bool:
        import keyring

        keyring.set_password(SERVICE, log_id, secret.hex())
        return keyring.get_password(SERVICE, log_id) == secret.hex()

    try:
        return _answered(store)
    except TimeoutError as error:
        # Not a file: a keyring that is only waiting for its password would be passed over for good.
        raise LogError(LogErrorCode.KEY_UNAVAILABLE, "silent") from error
    except Exception:  # keyring backends raise whatever their system raises; a file serves then
        return False


def _answered(ask: Callable[[], Answer]) -> Answer:
    """What the keyring answers, on a thread of its own: some never do. Raises TimeoutError, and what it raises."""
    answer: Future[Answer] = Future()

    def work() -> None:
        try:
            answer.set_result(ask())
        except Exception as error:
            answer.set_exception(error)

    # No pool of threads, which would keep the program from ending.
    threading.Thread(target=work, name="keyring", daemon=True).start()
    return answer.result(timeout=KEYRING_SECONDS)


def _read_from_keyring(log_id: str) -> bytes:
    def read() -> str | None:
        import keyring

        return keyring.get_password(SERVICE, log_id)

    try:
        stored = _answered(read)
    except Exception as error:
        raise LogError(LogErrorCode.KEY_UNAVAILABLE) from error
    if stored is None:
        raise LogError(LogErrorCode.KEY_LOST)
    try:
        return bytes.fromhex(stored)
    except ValueError as error:
        raise LogError(LogErrorCode.KEY_LOST) from error
