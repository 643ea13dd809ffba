"""What is kept of calls: ids and a day, whole lines only, no longer than is laid down."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
from pathlib import Path

import pytest

from ccinc_wizard.app.call_book import FILE, MAX_BYTES, MAX_LINES, CallBook, KeptCalls
from ccinc_wizard.domain.calls import CallRecord

DAY = dt.date(2026, 11, 24)
LINK = CallRecord(DAY, "applicant", "form", "agb", "invoerder", "link")
WHOLE = {"day": "2026-11-24", "caller": "", "situation": "", "authority": "", "role": "", "outcome": ""}
OTHER = CallRecord(DAY + dt.timedelta(days=1), "someone_else", "form", "", "", "referral")


def erase_before(book: CallBook, day: dt.date) -> None:
    book.erase_older((OTHER.day - day).days, dt.datetime.combine(OTHER.day, dt.time(12), dt.UTC))


@pytest.fixture
def book(tmp_path: Path) -> CallBook:
    return CallBook(tmp_path / "data")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / FILE


def test_reading_makes_no_file(book: CallBook, file: Path) -> None:
    assert book.read() == KeptCalls()
    erase_before(book, DAY)
    assert not file.parent.exists()


def test_what_was_added_is_read_in_its_order(book: CallBook, file: Path) -> None:
    book.add(LINK)
    book.add(OTHER)
    assert CallBook(file.parent).read() == KeptCalls((LINK, OTHER))
    assert [sorted(json.loads(line)) for line in file.read_text(encoding="ascii").splitlines()] == [
        ["authority", "caller", "day", "outcome", "role", "situation"]
    ] * 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits: the folder is the user's own there")
def test_the_file_is_its_owners_only(book: CallBook, file: Path) -> None:
    book.add(LINK)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    book.add(OTHER)
    erase_before(book, OTHER.day)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("left", [1, 20, 60])
def test_a_line_cut_off_costs_that_one_call(book: CallBook, file: Path, left: int) -> None:
    book.add(LINK)
    whole = file.read_bytes()
    book.add(OTHER)
    file.write_bytes(file.read_bytes()[: len(whole) + left])
    assert book.read() == KeptCalls((LINK,), 1)
    book.add(OTHER)
    assert book.read() == KeptCalls((LINK, OTHER), 1)


@pytest.mark.parametrize(
    "line",
    [
        *(b"{}", b"[]", b"null", b"\xff\xfe", b"1", b"[" * 5000),
        *(json.dumps(WHOLE | wrong).encode() for wrong in ({"day": "x"}, {"caller": "=1+1"}, {"role": 1})),
        json.dumps({name: value for name, value in WHOLE.items() if name != "outcome"}).encode(),
    ],
    ids=range(10),
)
def test_a_line_that_the_program_did_not_write_is_told_and_left_out(book: CallBook, file: Path, line: bytes) -> None:
    book.add(LINK)
    file.write_bytes(line + b"\n" + file.read_bytes())
    assert book.read() == KeptCalls((LINK,), 1)


def test_calls_are_erased_once_they_were_kept_long_enough(book: CallBook, file: Path) -> None:
    book.add(LINK)
    book.add(OTHER)
    before = file.stat().st_mtime_ns
    erase_before(book, DAY)
    assert (book.read().records, file.stat().st_mtime_ns) == ((LINK, OTHER), before)
    erase_before(book, OTHER.day)
    assert book.read() == KeptCalls((OTHER,))
    assert b"agb" not in file.read_bytes()
    assert {path.name for path in file.parent.iterdir()} == {FILE, "calls.clock"}


@pytest.mark.parametrize("limit", ["bytes", "lines"])
def test_old_calls_of_a_book_over_its_limit_are_erased_all_the_same(book: CallBook, file: Path, limit: str) -> None:
    book.add(OTHER)
    young = file.read_bytes()
    old = json.dumps(WHOLE).encode() + b"\n"
    file.write_bytes(old * 3 + (b"x" * (MAX_BYTES + 1) + b"\n" if limit == "bytes" else old * MAX_LINES) + young)
    with pytest.raises(OSError, match="too large"):
        book.read()
    erase_before(book, OTHER.day)
    assert file.read_bytes() == young
    assert book.read() == KeptCalls((OTHER,))
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    with pytest.raises(OSError, match="data"):
        CallBook(tmp_path / "data").add(LINK)
