"""Files from outside have limits: what is far too large or too deep costs neither time nor memory, and is told."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count, repeat
from pathlib import Path

import pytest
import xlsxwriter

from ccinc_wizard.app import mail_file
from ccinc_wizard.app.call_book import MAX_BYTES as MOST_OF_CALLS
from ccinc_wizard.app.call_book import CallBook
from ccinc_wizard.app.mail_file import MailFileError, MailTrouble, OpenedMail, opened
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import ReadSettings
from ccinc_wizard.content import files, list_files
from ccinc_wizard.content.files import ContentError, StoppedError, Watch, read_bounded
from ccinc_wizard.content.list_files import ListSheet, SheetLine
from ccinc_wizard.content.list_words import ListError, ListTrouble, ListWords
from ccinc_wizard.content.lists import _people, read_list
from ccinc_wizard.content.scenarios import MAX_BYTES, ScenarioReader
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode


@pytest.fixture
def services(tmp_path: Path) -> Services:
    """A program run on a folder of its own."""
    return Services(Paths.choose(tmp_path / "data"), language="nl", mode=Mode.ADMIN)


@pytest.mark.parametrize("content", ["[" * 200_000, '{"applicant_name": "' + "x" * 2_000_000 + '"}', "{"])
def test_a_draft_that_is_none_is_no_draft(services: Services, content: str) -> None:
    path = services.paths.draft(Mode.ADMIN)
    path.parent.mkdir(parents=True)
    path.write_text(content)
    assert services.load_draft() == Answers()


@pytest.mark.parametrize("content", ["[" * 200_000, '{"language": "' + "x" * 2_000_000 + '"}'])
def test_settings_that_are_none_are_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "settings.json").write_text(content)
    assert ReadSettings.of(tmp_path / "settings.json").unreadable


def test_a_scenario_of_a_million_keys_is_refused_unread(services: Services, tmp_path: Path) -> None:
    (tmp_path / "01-groot.toml").write_text("\n".join(f"k{number} = 1" for number in range(200_000)))
    reader = ScenarioReader(services.catalog, services.municipalities, services.texts)
    [refused] = reader.read_all(tmp_path).refused
    assert refused.reason == services.texts("training.file.too_large", most=MAX_BYTES // 1000)


def test_stop_ends_a_sheet_without_people(services: Services) -> None:
    read = 0

    def lines() -> Iterator[SheetLine]:
        nonlocal read
        yield SheetLine(1, ["naam", "rol", "soort", "inrichtende macht"], ())
        for number in range(2, 1_000_000):
            read += 1
            yield SheetLine(number, ["", "", "", ""], ())

    asked: list[int] = []

    def progress(done: int, total: int) -> bool:
        asked.append(done)
        return len(asked) < 3

    people = _people(ListSheet("", lines), ListWords(services.texts, services.catalog), progress)
    assert people.stopped
    assert read < 1000


HEADING = ("naam", "rol", "soort", "inrichtende macht")
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_SST = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_XF = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
Bomb = tuple[str, bytes, bytes, int, bytes]
BOOKS: dict[str, Bomb] = {
    # where in which part, what, how often, and what ends it
    "a cell of 100 MB": (
        SHEET,
        b"</sheetData>",
        b'<row r="3"><c r="A3" t="inlineStr"><is><t>',
        100,
        b"</t></is></c></row>",
    ),
    "a row of a million cells": (SHEET, b"</sheetData>", b'<row r="3">', 100, b"</row>"),
    "nested 300,000 deep": (SHEET, b"</sheetData>", b'<row r="3">', 100, b"</row>"),
    "merged cells": (SHEET, b"<pageMargins", b"<mergeCells>", 100, b"</mergeCells>"),
    "ten million texts": (STRINGS, b"</sst>", b"", 1000, b""),
    "a million styles": (STYLES, b"</cellXfs>", b"", 100, b""),
    "100,000 sheets": ("xl/workbook.xml", b"</sheets>", b"", 100, b""),
}
PIECES = {
    "a cell of 100 MB": b"x" * 1_000_000,
    "a row of a million cells": b"<c><v>1</v></c>" * 10_000,
    "nested 300,000 deep": b"<x>" * 3_000,
    "merged cells": b'<mergeCell ref="A1:B2"/>' * 4_000,
    "ten million texts": b"<si><t>a</t></si>" * 10_000,
    "a million styles": _XF * 10_000,
    "100,000 sheets": b'<sheet name="S" sheetId="1" r:id="rId1"/>' * 2_000,
}


def _book(path: Path, fill: Callable[[xlsxwriter.Workbook], None] = lambda book: None) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        fill(book)
    return path


def _bomb(path: Path, kind: str) -> Path:
    """A small workbook in which one part unpacks to far more than it should."""
    part, place, begin, times, end = BOOKS[kind]
    whole = zipfile.ZipFile(_book(path.with_suffix(".small.xlsx")))
    with whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        for entry in whole.infolist():
            content = whole.read(entry)
            with bomb.open(entry.filename, "w") as out:
                before, found, after = content.partition(place)
                if entry.filename != part:
                    out.write(content)
                    continue
                assert found, content[-300:]
                out.write(before + begin)
                for _ in range(times):
                    out.write(PIECES[kind])
                out.write(end + found + after)
    return path


@pytest.mark.parametrize("kind", BOOKS)
def test_a_workbook_that_unpacks_to_far_more_is_refused(
    services: Services, tmp_path: Path, kind: str, figures: list[str]
) -> None:
    unpacked = 0
    first = list_files._Part.read

    def counted(part: list_files._Part, size: int | None = -1) -> bytes:
        nonlocal unpacked
        unpacked += len(piece := first(part, size))
        return piece

    path = _bomb(tmp_path / "bomb.xlsx", kind)
    words = ListWords(services.texts, services.catalog)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(list_files._Part, "read", counted)
        with pytest.raises(ListError) as refused:
            read_list(path, words)
    assert refused.value.trouble is ListTrouble.TOO_MUCH
    assert "60" in words.trouble(refused.value)
    assert unpacked < 25_000_000
    figures.append(f"bomb, {kind}: {path.stat().st_size // 1000} kB, refused after {unpacked // 1000} kB of it")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_rows_without_people_stop_at_stop_and_at_the_seconds(services: Services, tmp_path: Path, ending: str) -> None:
    def blank(book: xlsxwriter.Workbook) -> None:
        bold = book.add_format({"bold": True})
        for row in range(1, 100_000):
            book.worksheets()[0].set_row(row, 15, bold)

    path = tmp_path / f"blank.{ending}"
    if ending == "xlsx":
        _book(path, blank)
    else:
        path.write_text(";".join(HEADING) + "\n" * 1_000_000)
    words, asked = ListWords(services.texts, services.catalog), count(1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(files, "_ASK_EVERY", 0.0)
        assert read_list(path, words, lambda done, total: next(asked) < 20).stopped
    assert next(asked) == 21, "it is not asked again"
    with pytest.MonkeyPatch.context() as patched:
        clock = count(step=1)
        patched.setattr(files.time, "monotonic", lambda: next(clock) / 100)
        with pytest.raises(ListError) as refused:
            read_list(path, words)
    assert refused.value.trouble is ListTrouble.TOO_MUCH


def test_a_line_of_a_million_cells_is_read_as_far_as_a_list_goes(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(";".join(HEADING) + "\nLieve Voorbeeldt;invoerder;agb;AGB Leuven;" + "a;" * 1_000_000 + "\n")
    people = read_list(path, ListWords(services.texts, services.catalog))
    assert len(people.rows) == 1


def test_a_file_that_grows_or_tells_no_size_is_read_as_far_as_allowed(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too large"):
        read_bounded(Path("/dev/zero"), 1000)


def test_a_call_book_that_is_none_is_told_and_kept(tmp_path: Path) -> None:
    for content in (b"x" * (MOST_OF_CALLS + 1), b"{}\n" * 200_000):
        (tmp_path / "calls.jsonl").write_bytes(content)
        with pytest.raises(OSError, match="too large"):
            CallBook(tmp_path).read()
        assert (tmp_path / "calls.jsonl").read_bytes() == content


SCENARIO_BOMBS = {
    "23,000 keys": "".join(f"k{number} = 1\n" for number in range(15_000)),
    "lists 90,000 deep": "a = " + "[" * 90_000,
    "a name of 90,000 parts": "[" + ".".join("a" * 90_000) + "]\n",
    "a key of 90,000 parts": ".".join("a" * 90_000) + " = 1\n",
    "a number of 150,000 digits": "a = " + "1" * 150_000,
}


@pytest.mark.parametrize("kind", SCENARIO_BOMBS)
def test_a_scenario_that_is_none_is_refused(services: Services, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "01-bom.toml"
    path.write_text(SCENARIO_BOMBS[kind])
    with pytest.raises(ContentError):
        ScenarioReader(services.catalog, services.municipalities, services.texts).read(path)


def test_a_folder_of_too_many_scenarios_is_read_as_far_as_anyone_waits(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(300):
        (tmp_path / f"{number}-x.toml").write_text("x = 1")
    clock = count()
    monkeypatch.setattr(files.time, "monotonic", lambda: next(clock) / 5)
    found = ScenarioReader(services.catalog, services.municipalities, services.texts).read_all(tmp_path)
    assert 0 < len(found.refused) < 150
    assert found.refused[-1].reason == services.texts("training.file.too_slow")


HEADS = b"From: a@b.be\nMIME-Version: 1.0\n"
MAILS = {
    "a million parts": HEADS + b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\nhallo\n" * 1_000_000,
    "a million headers": HEADS + b"X-A: b\n" * 1_000_000 + b"\nhallo",
    "a million headers in a part": HEADS
    + b'Content-Type: multipart/mixed; boundary="x"\n\n--x\n'
    + b"X-A: b\n" * 1_000_000
    + b"\nhallo",
    "nested 30,000 deep": HEADS
    + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(30_000)
    ),
    "text of 20 MB": HEADS + b"\n" + b"hallo wereld\n" * 1_500_000,
    "HTML of 20 MB": b"<html>" + b"<div>" * 4_000_000,
}


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_that_holds_far_more_than_a_mail_is_refused(kind: str) -> None:
    with pytest.raises(MailFileError) as refused:
        opened(MAILS[kind])
    assert refused.value.trouble is MailTrouble.TOO_BIG


@pytest.mark.parametrize("name", [b"To", b"Subject", b"Content-Type", b"From"])
def test_a_header_of_a_million_signs_is_read_as_far_as_needed(name: bytes) -> None:
    mail = opened(HEADS + name + b": " + b"a@b.be, =?utf-8?q?a?= " * 30_000 + b"\n\nhallo")
    assert mail.text.endswith("hallo")
    assert len(mail.text) < 30_000


@pytest.mark.parametrize("piece", ["<div>", "<a ", "<", "&", "<blockquote>x", "<b>x</b>", "<!--", "<td>", "<![CDATA["])
def test_html_that_is_none_ends(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_file, "SECONDS", 1.0)
    told = OpenedMail("")
    with suppress(MailFileError):
        told = opened(("<html>" + piece * (1_000_000 // len(piece))).encode())
    assert len(told.text) <= mail_file.MAX_SIGNS


def test_reading_a_mail_stops_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_ASK_EVERY", 0.0)
    answers = iter([True, *repeat(False, 3)])
    with pytest.raises(StoppedError):
        opened(HEADS + b"\n" + b"hallo wereld\n" * 100_000, lambda: next(answers))
    assert list(answers) == [False, False]


def test_a_watch_counts() -> None:
    watch = Watch(most=10)
    watch.check(10)
    watch.check()
    with pytest.raises(files.OverLimitError):
        watch.check(1)


def test_a_watch_goes_on_for_its_seconds_and_asks_ten_times_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    now, asked = [1000.0], []
    monkeypatch.setattr(files.time, "monotonic", lambda: now[0])
    watch = Watch(lambda: not asked.append(now[0]), seconds=0.5)
    for now[0] in (1000.0, 1000.0625, 1000.125, 1000.1875, 1000.3, 1000.5):
        watch.check()
    assert asked == [1000.0, 1000.125, 1000.3, 1000.5]
    now[0] = 1000.53125
    with pytest.raises(files.OverLimitError):
        watch.check()


def test_a_file_of_all_that_is_allowed_is_read(tmp_path: Path) -> None:
    (tmp_path / "full").write_bytes(b"x" * 10)
    assert read_bounded(tmp_path / "full", 10) == b"x" * 10
    with pytest.raises(OSError, match="too large"):
        read_bounded(tmp_path / "full", 9)
