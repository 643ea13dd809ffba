"""Backup, restore, and keys that are lost or locked: a clear answer, and never a new log in silence."""

from __future__ import annotations

import random
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from ccinc_wizard.requestlog import backup as backup_module
from ccinc_wizard.requestlog import sqlite_store
from ccinc_wizard.requestlog.backup import back_up, restore
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.folder import set_aside
from ccinc_wizard.requestlog.keys import KeyPlace
from ccinc_wizard.requestlog.log import RequestLog
from tests.requestlog.conftest import DIGITS, START, MemoryKeyring, request

Opener = Callable[..., RequestLog]


@pytest.fixture
def backup(log: RequestLog, tmp_path: Path) -> Path:
    """A backup of a log with two requests."""
    log.save(request("Lieve Voorbeeldt", fingerprint=log.fingerprint(DIGITS)))
    log.save(request("Jan Oefenmans"))
    back_up(log, tmp_path / "backup.ccinc", "een goede 'zin' met \"tekens\" é")
    return tmp_path / "backup.ccinc"


PASSPHRASE = "een goede 'zin' met \"tekens\" é"


def test_a_backup_and_its_return_tell_how_far_they_are_though_others_save(
    log: RequestLog, open_log: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        log.save(request(f"Persoon {number}", note="x" * 2000))
    monkeypatch.setattr(sqlite_store, "_PAGES", 4)
    monkeypatch.setattr(backup_module, "_PIECE", 20_000)
    other, told = open_log(), list[tuple[int, int]]()

    def meanwhile(done: int, total: int) -> None:
        told.append((done, total))
        other.save(request(f"Intussen {done}"))

    path = tmp_path / "backup.ccinc"
    back_up(log, path, PASSPHRASE, meanwhile)
    saved = len(told)
    *copied, last = told
    assert last == (0, 0), "encrypting tells nothing"
    assert len(copied) > 5
    assert copied == sorted(copied), "it is not begun anew"
    assert copied[-1][0] == copied[-1][1]
    told.clear()
    restore(tmp_path / "other" / "log", path, PASSPHRASE, START, lambda done, total: told.append((done, total)))
    assert len(told) > 5
    assert told[-2:] == [(path.stat().st_size, path.stat().st_size), (0, 0)]
    restored = open_log(tmp_path / "other" / "log")
    assert restored.count() == 40
    assert restored.verify().sound
    assert log.count() == 40 + saved


def test_restored_on_another_machine(backup: Path, log: RequestLog, open_log: Opener, tmp_path: Path) -> None:
    keyring.set_keyring(MemoryKeyring())
    elsewhere = tmp_path / "elsewhere" / "log"
    assert restore(elsewhere, backup, PASSPHRASE, START) is None
    restored = open_log(elsewhere)
    assert restored.keys.place is KeyPlace.KEYRING
    assert [entry.applicant_name for entry in restored.page()] == ["Jan Oefenmans", "Lieve Voorbeeldt"]
    assert restored.fingerprint(DIGITS) == log.fingerprint(DIGITS)
    assert restored.verify().sound
    assert restored.page(search="oefen")
    restored.save(request("Na het terugzetten"))
    assert restored.verify().sound


def test_restore_keeps_what_was_there(backup: Path, log: RequestLog, folder: Path, open_log: Opener) -> None:
    late = log.save(request("Na de back-up"))
    log.close()
    kept = restore(folder, backup, PASSPHRASE, START)
    assert kept is not None
    assert open_log().count() == 2
    assert open_log(kept).get(late.reference).applicant_name == "Na de back-up"
    assert open_log(kept).verify().sound


def test_a_backup_is_unreadable_without_its_passphrase(backup: Path, log: RequestLog) -> None:
    content = backup.read_bytes()
    for word in (b"SQLite format 3", b"Voorbeeldt", log.keys.secret, log.keys.secret.hex().encode()):
        assert word not in content
    assert backup.stat().st_mode & 0o077 == 0
    assert [path.name for path in backup.parent.glob("backup*")] == ["backup.ccinc"]


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda content: content, LogErrorCode.WRONG_PASSPHRASE),
        (lambda content: b"", LogErrorCode.NOT_A_BACKUP),
        (lambda content: b"just a text", LogErrorCode.NOT_A_BACKUP),
        (lambda content: content[:100], None),
        (lambda content: content[: len(content) // 2], None),
        (lambda content: content[:-4096], None),
        (lambda content: content[:5000] + bytes(50) + content[5050:], None),
    ],
)
def test_a_bad_backup_changes_nothing(
    backup: Path,
    log: RequestLog,
    folder: Path,
    open_log: Opener,
    damage: Callable[[bytes], bytes],
    code: LogErrorCode | None,
) -> None:
    log.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    backup.write_bytes(damage(backup.read_bytes()))
    with pytest.raises(LogError) as refused:
        restore(folder, backup, "een andere zin" if code is LogErrorCode.WRONG_PASSPHRASE else PASSPHRASE, START)
    if code is not None:
        assert refused.value.code in (code, LogErrorCode.WRONG_PASSPHRASE)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir() if "new" in path.name] == []
    assert open_log().count() == 2


def test_an_empty_passphrase_is_refused(log: RequestLog, tmp_path: Path) -> None:
    with pytest.raises(LogError) as refused:
        back_up(log, tmp_path / "b", "  ")
    assert refused.value.code is LogErrorCode.WRONG_PASSPHRASE
    assert not (tmp_path / "b").exists()


def test_a_backup_while_another_program_writes_is_whole(log: RequestLog, open_log: Opener, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with RequestLog.open(log.folder, clock=lambda: START, user="ander") as other:
            while not stop.is_set():
                other.save(request())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            back_up(log, tmp_path / f"b{number}", PASSPHRASE)
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        restore(tmp_path / f"r{number}" / "log", tmp_path / f"b{number}", PASSPHRASE, START)
        assert open_log(tmp_path / f"r{number}" / "log").verify().sound


def test_the_key_goes_to_the_keyring_where_there_is_one(memory_keyring: MemoryKeyring, open_log: Opener) -> None:
    log = open_log()
    assert log.keys.place is KeyPlace.KEYRING
    assert list(memory_keyring.kept.values()) == [log.keys.secret.hex()]
    assert not (log.folder / "log.key").exists()


def test_without_a_keyring_the_key_is_an_owner_only_file(log: RequestLog) -> None:
    assert log.keys.place is KeyPlace.FILE
    assert (log.folder / "log.key").stat().st_mode & 0o777 == 0o600


def _lock(ring: MemoryKeyring, folder: Path) -> None:
    ring.locked = True


def _forget(ring: MemoryKeyring, folder: Path) -> None:
    ring.kept.clear()


def _spoil(ring: MemoryKeyring, folder: Path) -> None:
    ring.kept = dict.fromkeys(ring.kept, "no hexadecimal")


def _another(ring: MemoryKeyring, folder: Path) -> None:
    ring.kept = dict.fromkeys(ring.kept, "00" * 32)


def _no_ring(ring: MemoryKeyring, folder: Path) -> None:
    keyring.set_keyring(NoKeyring())


def _no_id(ring: MemoryKeyring, folder: Path) -> None:
    (folder / "log.id").unlink()


def _bad_id(ring: MemoryKeyring, folder: Path) -> None:
    (folder / "log.id").write_text("{}")


def _no_database(ring: MemoryKeyring, folder: Path) -> None:
    (folder / "log.db").unlink()


def _no_folder(ring: MemoryKeyring, folder: Path) -> None:
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (_lock, LogErrorCode.KEY_UNAVAILABLE),
        (_no_ring, LogErrorCode.KEY_UNAVAILABLE),
        (_forget, LogErrorCode.KEY_LOST),
        (_spoil, LogErrorCode.KEY_LOST),
        (_another, LogErrorCode.KEY_WRONG),
        (_no_id, LogErrorCode.KEY_LOST),
        (_bad_id, LogErrorCode.DAMAGED),
        (_no_database, LogErrorCode.MISSING),
        (_no_folder, LogErrorCode.MISSING),
    ],
)
def test_what_is_lost_is_told_and_never_replaced(
    memory_keyring: MemoryKeyring,
    open_log: Opener,
    folder: Path,
    trouble: Callable[[MemoryKeyring, Path], None],
    code: LogErrorCode,
) -> None:
    log = open_log()
    log.save(request())
    log.close()
    trouble(memory_keyring, folder)
    kept = dict(memory_keyring.kept)
    for _ in range(2):
        with pytest.raises(LogError) as refused:
            open_log()
        assert refused.value.code is code
    assert memory_keyring.kept == kept, "no new key"


def test_a_new_log_after_setting_the_old_aside(log: RequestLog, folder: Path, open_log: Opener) -> None:
    log.save(request("Oud"))
    log.close()
    (folder / "log.db").write_bytes(random.Random(1).randbytes(40960))
    with pytest.raises(LogError):
        open_log()
    kept = set_aside(folder, START)
    assert open_log().count() == 0
    assert (kept / "log.db").stat().st_size == 40960
