"""What people's programs write is read as it was meant, or the guess is told; a line is there as soon as it is sent."""

from __future__ import annotations

import io

import pytest

from ccinc_wizard.content.files import Lines, decoded, readable

TEXT = "José\r\n\r\nĀ ਊ 𝄞\n"
READ = ["José", "", "Ā ਊ 𝄞"]


def lines_of(content: bytes) -> list[str]:
    return list(Lines(io.TextIOWrapper(io.BytesIO(content), encoding="ascii")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    assert lines_of(TEXT.encode(encoding)) == READ
    assert decoded(TEXT.encode(encoding)) == (TEXT, "")


def test_both_orders_of_bytes_are_read() -> None:
    for mark, order in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert lines_of(mark + TEXT.encode(order)) == READ
        assert lines_of(mark + TEXT.rstrip().encode(order)) == READ
        assert lines_of(mark + "\na\n".encode(order)) == ["", "a"]
        assert lines_of(mark) == []


def test_a_line_that_is_not_utf_8_is_guessed_and_no_other() -> None:
    content = "José\n".encode() + "Zoë € \u2019\n".encode("cp1252") + "Chloé".encode()
    lines = Lines(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
    assert (next(lines), lines.guessed) == ("José", "")
    assert (next(lines), lines.guessed) == ("Zoë € ’", "cp1252")
    assert list(lines) == ["Chloé"]
    assert decoded("Zoë".encode("cp1252")) == ("Zoë", "cp1252")


def test_bytes_without_a_meaning_are_marked() -> None:
    assert lines_of(b"a\x81\xe9\n") == ["a\ufffdé"]
    assert lines_of(b"\xff\xfea\0b") == ["a\ufffd"]
    assert lines_of(b"\xff\xfe\0\xd8\n\0") == ["\ufffd"]
    for content in (b"\x81", b"\xff\xfea"):
        with pytest.raises(UnicodeDecodeError):
            decoded(content)


def test_a_stream_of_text_alone_has_lines_too() -> None:
    assert list(Lines(io.StringIO("é\nb"))) == ["é", "b"]


def test_an_argument_is_read_as_a_file_would_be() -> None:
    assert readable("Élise") == "Élise"
    assert readable("\udce9lise") == "élise"
    assert readable("\udcc3\udca9lise") == "élise"
