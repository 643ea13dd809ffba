"""What the log's own files give away, and to whom: nothing, and nobody but their owner."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import Trouble
from ccinc_wizard.requestlog.sqlite_store import connect
from tests.requestlog.conftest import DIGITS, request


@pytest.fixture
def filled(log: RequestLog) -> RequestLog:
    """A log of two requests."""
    log.save_many([request("Een"), request("Twee")])
    return log


def test_events_cannot_be_changed_by_plain_sql(filled: RequestLog) -> None:
    database = connect(filled.folder / "log.db", filled.keys.cipher_key())
    for statement in ("UPDATE events SET kind = 'x'", "DELETE FROM events", "UPDATE contents SET content = ''"):
        with pytest.raises(sqlite.DatabaseError):
            database.execute(statement)
    database.close()


def test_an_old_folder_put_back_is_seen(
    filled: RequestLog, open_log: Callable[..., RequestLog], tmp_path: Path
) -> None:
    filled.close()
    shutil.copytree(filled.folder, tmp_path / "yesterday")
    log = open_log()
    log.save(request("Vandaag"))
    log.close()
    shutil.rmtree(filled.folder)
    shutil.copytree(tmp_path / "yesterday", filled.folder)
    assert open_log().verify().findings[0].trouble is Trouble.CUT


def test_nothing_readable_is_in_any_file(log: RequestLog, folder: Path) -> None:
    log.save(request("Lieve Voorbeeldt", fingerprint=log.fingerprint(DIGITS), note="geheime notitie"))

    def check() -> None:
        files = [path for path in folder.parent.rglob("*") if path.is_file()]
        assert any(path.name == "log.db" for path in files)
        for path in files:
            content = path.read_bytes()
            assert not content.startswith(b"SQLite format 3")
            for word in (b"Voorbeeldt", b"geheime", b"Proefzaal", DIGITS.encode(), b"85.07.30", b"CREATE TABLE"):
                assert word not in content, path

    check()
    log.close()
    check()
    assert "secret" not in repr(log.keys)
    assert log.keys.secret.hex() not in repr(log.keys)


def test_only_the_owner_may_read(log: RequestLog, folder: Path, figures: list[str]) -> None:
    log.save(request())
    assert folder.stat().st_mode & 0o777 == 0o700
    files = [*folder.iterdir(), folder.with_name("log.head")]
    for path in files:
        assert path.stat().st_mode & 0o077 == 0, path
    figures.append(f"rights: the folder and {len(files)} files are their owner's only")
