"""What people's programs write is read as it was meant, or the guess is told; a line is there as soon as it is sent."""

from __future__ import annotations

import io
import json

import pytest

from ccinc_wizard.content.files import ContentError, Lines, decoded, read_json, readable

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
    assert (list(lines), lines.guessed) == (["Chloé"], "cp1252")
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


def test_an_argument_of_windows_may_hold_half_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert readable("\ud835lise") == "?lise"


# what Python says, of which text, how many signs from its begin, the line
@pytest.mark.parametrize(
    ("said", "text", "place", "line"),
    [
        ("Illegal trailing comma before end of object", '{\n"a": 1,\n\n}', 8, 4),
        ("Illegal trailing comma before end of object", '{"a": 1,}\n\n]', 7, 1),
        ("Expecting value", "[1,\n\n]", 2, 1),
        ("Expecting value", "[1,\n\n]", 5, 3),
        ("Expecting value", "\n[1,\n]", 5, 3),
    ],
)
def test_the_line_is_where_it_goes_wrong(
    said: str, text: str, place: int, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise json.JSONDecodeError(said, text, place)

    monkeypatch.setattr(json, "loads", refuse)
    with pytest.raises(ContentError) as refused:
        read_json("words.json", text)
    assert (refused.value.line, refused.value.reason) == (line, said)


def test_what_is_too_deep_is_refused_at_its_first_line() -> None:
    with pytest.raises(ContentError) as refused:
        read_json("words.json", "[" * 200_000)
    assert (refused.value.file, refused.value.line) == ("words.json", 1)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line", ["a", "ab", "abc"])
def test_no_more_is_read_than_a_line_needs(line: str, order: str) -> None:
    first = f"\ufeff{line}\n".encode(order)
    stream = io.BytesIO(first + "z\n".encode(order))
    assert next(Lines(io.TextIOWrapper(stream, encoding="ascii"))) == line
    assert stream.tell() == len(first)
