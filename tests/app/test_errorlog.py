"""The file of errors: what it must never hold, how large it grows, who may read it."""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from ccinc_wizard.app.errorlog import ErrorLog, Fault, clean

DIGITS = "85073003328"
MISTYPED = "85073003329"
NAME = "Lieve Van D'Hondt-Peeters"
WRITTEN = (
    *("{0}{1}{2}{3}{4}", "{0}.{1}.{2}-{3}.{4}", "{0} {1} {2} {3} {4}", "{0}\u00a0{1}\u00a0{2}\u2013{3}\u00a0{4}"),
    *("{0}\t{1}\n{2}/{3}\u2011{4}", "{0}\u200b{1}\u202f{2}_{3} . {4}"),
)


class Clock:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def raised(text: str) -> ValueError:
    """An error that came from a function which held the text in a variable, after another error with it."""

    def inner(held: str) -> None:
        try:
            raise KeyError(held)
        except KeyError as first:
            first.add_note(f"typed: {held}")
            raise ValueError(f"cannot read {held!r} of {NAME}", [held], {"number": held}) from first

    try:
        inner(text)
    except ValueError as error:
        return error
    raise AssertionError


def digits_left(text: str, digits: str = DIGITS) -> bool:
    """Whether four digits of the number stand in a row in what was written, whatever is between them."""
    run = "".join(sign for sign in text.replace("\\xa0", "").replace("\\u2013", "") if sign.isdigit())
    return any(digits[start : start + 4] in run for start in range(8))


@pytest.mark.parametrize("digits", [DIGITS, MISTYPED])
@pytest.mark.parametrize("form", WRITTEN)
def test_no_number_gets_into_the_file(tmp_path: Path, form: str, digits: str) -> None:
    written = form.format(digits[:2], digits[2:4], digits[4:6], digits[6:9], digits[9:])
    log = ErrorLog(tmp_path)
    assert log.take(raised(written), [NAME]) is not None
    log.write(f"qt: mailto:x?body={quote(written)} {written!r} {written!a} {list(written)}", [NAME])
    content = (tmp_path / "errors.log").read_text("utf-8")
    assert "ValueError" in content
    assert "KeyError" in content
    assert "raised" in content
    # The clock's own digits, with what stands next to them, can be four of the number's by chance.
    timeless = re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} ", "", content, flags=re.MULTILINE)
    assert timeless.count("\n") == content.count("\n")
    assert len(timeless) == len(content) - 2 * len("2026-11-25 16:06:17,003 "), "two entries"
    assert not digits_left(timeless, digits)
    assert "Hondt" not in content
    assert "Lieve" not in content


def test_the_guard_of_these_tests_can_fail() -> None:
    assert digits_left("'85.07.30-033.28'")
    assert digits_left(repr("85\u00a007\u00a030\u2013033"))


def test_the_home_folder_is_hidden_and_the_rest_stays() -> None:
    told = f'File "{Path.home() / "x" / "check.py"}", line 120, in show: 14 of 26, 1a2b, version 6.11.1'
    assert clean(told) == 'File "~/x/check.py", line 120, in show: 14 of 26, 1a2b, version 6.11.1'.replace(
        "/", "\\" if sys.platform == "win32" else "/"
    )


def test_a_word_of_a_name_goes_wherever_it_stands_alone() -> None:
    assert clean("JAN in January, Jan.", ["Jan Ik"]) == "… in January, …."


def test_the_same_error_is_told_once_a_minute_and_always_counted(tmp_path: Path) -> None:
    clock = Clock()
    log = ErrorLog(tmp_path, clock)
    error = raised("x")
    first = log.take(error)
    assert first == Fault("ValueError", f"{Path(__file__).name}:{first.place.partition(':')[2] if first else ''}")
    size = log.path.stat().st_size
    for clock.now in range(1, 59):
        assert log.take(error) is None
    assert log.path.stat().st_size == size
    assert log.counts == {first: 59}
    clock.now = 61
    assert log.take(error) == first
    assert log.path.stat().st_size > size


def test_the_file_turns_over(tmp_path: Path) -> None:
    log = ErrorLog(tmp_path)
    for _ in range(60):
        log.write("a" * 20_000)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert set(sizes) == {"errors.log", "errors.log.1", "errors.log.2"}
    assert max(sizes.values()) <= 200_000


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's files apart by folder")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    log = ErrorLog(tmp_path / "data")
    for _ in range(12):
        log.write("a" * 20_000)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert modes == {"errors.log": 0o600, "errors.log.1": 0o600}


def test_a_folder_that_cannot_be_written_costs_only_the_record(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    log = ErrorLog(tmp_path / "file" / "data")
    assert log.take(raised(DIGITS)) is not None
    (tmp_path / "errors.log").mkdir()
    ErrorLog(tmp_path).write(DIGITS)
    assert capfd.readouterr() == ("", "")


def test_nothing_is_made_before_the_first_error(tmp_path: Path) -> None:
    ErrorLog(tmp_path / "data")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("begun", ["85.07", "85 07 30", "850730", "Jo 85.07", "Jo 85.07.30-033.28"])
@pytest.mark.parametrize("form", ["85.07.30-033.28", "85 07 30 033 28", "850730-033 28", "85073003328"])
def test_a_field_with_the_beginning_of_a_number_does_not_save_its_end(begun: str, form: str) -> None:
    said = clean(f"ValueError: {form!r} of {begun}", [begun])
    assert not any(end in said for end in ("033", "28", "Jo"))
