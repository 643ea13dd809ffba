"""The sheets, read back by other programs: zbar for the QR code, poppler for the PDF."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QRadioButton

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.paper import SheetKind, make_sheet
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.kit.drawing import QrCode, qr_png
from ccinc_wizard.ui.wizard.paper import PaperDialog, web_page, write_pdf
from tests.expected_links import EXPECTED_LINKS
from tests.pseudo import LANGUAGE, pseudo_texts
from tests.ui.conftest import Driver
from tests.ui.test_log_view import FORMS

FICTIONAL, TODAY = "85073099932", dt.date(2026, 11, 24)
NAMES = {"vlaamse-gemeente": "Torhout", "brusselse-gemeente": "Elsene"}


def _needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


@pytest.fixture
def paper(window: Driver) -> Callable[..., PaperDialog]:
    """Opens the dialog for a walk to the result."""

    def opened(situation: str, role: str, authority: str, name: str = "De Proefzaal") -> PaperDialog:
        window.walk(situation, role, authority, NAMES.get(authority, name))
        window.click("print_button")
        dialog = window.window.findChild(PaperDialog)
        assert isinstance(dialog, PaperDialog)
        return dialog

    return opened


@pytest.mark.parametrize("high", [330, 420, 700])
def test_a_screen_that_is_too_low_scrolls_the_words_and_cuts_none(paper: Callable[..., PaperDialog], high: int) -> None:
    """1366 by 768 pixels at 200 per cent leave 340."""
    dialog = paper("form", "invoerder", "vlaamse-gemeente")
    dialog.resize(dialog.width(), high)
    QApplication.processEvents()
    words = [one for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert len(words) == 6
    assert [one.text() for one in words if one.height() < one.heightForWidth(one.width())] == []
    printing = dialog.findChild(QPushButton, "paper_print")
    assert printing is not None
    assert printing.visibleRegion().boundingRect() == printing.rect()


@_needs("zbarimg")
@pytest.mark.parametrize(("authority", "role"), sorted(EXPECTED_LINKS))
def test_a_real_decoder_reads_the_exact_link(tmp_path: Path, authority: str, role: str, qapp: object) -> None:
    (tmp_path / "qr.png").write_bytes(qr_png(EXPECTED_LINKS[authority, role]))
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", str(tmp_path / "qr.png")], capture_output=True, text=True, check=True
    )
    assert read.stdout == EXPECTED_LINKS[authority, role] + "\n"


@_needs("zbarimg")
def test_the_code_on_the_screen_can_be_read(window: Driver, tmp_path: Path) -> None:
    window.walk("form", "raadpleger", "brusselse-gemeente", "Elsene")
    window.click("show_qr_button")
    shown = window.find("qr_code")
    assert isinstance(shown, QLabel)
    shown.grab().save(str(tmp_path / "screen.png"))
    command = ["zbarimg", "-q", "--raw", str(tmp_path / "screen.png")]
    read = subprocess.run(command, capture_output=True, text=True, check=True)
    assert read.stdout.strip() == EXPECTED_LINKS["brusselse-gemeente", "raadpleger"]


@_needs("zbarimg")
def test_the_code_is_sharp_on_each_screen_it_comes_to(
    tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[QPixmap] = []
    monkeypatch.setattr(QrCode, "setPixmap", lambda _, pixmap: drawn.append(pixmap))
    shown = QrCode(EXPECTED_LINKS["agb", "invoerder"], "QR")
    before = drawn[0]
    for ratio in (1.25, 1.5, 2.0, 3.0):
        monkeypatch.setattr(shown, "devicePixelRatioF", lambda ratio=ratio: ratio)
        QApplication.sendEvent(shown, QEvent(QEvent.Type.DevicePixelRatioChange))
        after = drawn[-1]
        assert after.devicePixelRatio() == ratio
        modules = before.width() // 3
        assert after.width() % modules == 0
        assert abs(after.deviceIndependentSize().width() - before.width()) <= modules / 2 / ratio
        after.save(str(tmp_path / "code.png"))
        command = ["zbarimg", "-q", "--raw", str(tmp_path / "code.png")]
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == shown._address


@_needs("pdftotext")
@pytest.mark.parametrize("situation", ["form", "manual", "task"])
def test_the_pdf_says_what_the_web_page_says(paper: Callable[..., PaperDialog], tmp_path: Path, situation: str) -> None:
    dialog = paper(situation, "invoerder", "brusselse-gemeente")
    dialog.save_to(tmp_path / "sheet.pdf")
    dialog.save_to(tmp_path / "sheet.html")
    command = ["pdftotext", "-layout", str(tmp_path / "sheet.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    # pdftotext leaves a hyphen at the end of a line out, and gives ligatures as one sign.
    joined = "".join(unicodedata.normalize("NFKC", text).replace("-", "").split())
    for word in _Words.of((tmp_path / "sheet.html").read_text("utf-8")):
        assert "".join(word.replace("-", "").split()) in joined, word
    assert "CultuurmonitorAfnemer" in joined
    for form in FORMS:
        assert form not in text


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._skipping = False

    @classmethod
    def of(cls, page: str) -> list[str]:
        parser = cls()
        parser.feed(page)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._skipping = tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._skipping = False

    def handle_data(self, data: str) -> None:
        if not self._skipping and data.strip():
            self.found.append(data.replace("☐ ", ""))


def test_the_web_page_is_accessible(paper: Callable[..., PaperDialog], tmp_path: Path) -> None:
    paper("form", "invoerder", "agb", "<script>alert(1)</script> AGB").save_to(tmp_path / "sheet.html")
    page = _Words()
    page.feed((tmp_path / "sheet.html").read_text("utf-8"))
    tags = [tag for tag, _ in page.tags]
    assert dict(page.tags)["html"]["lang"] == "nl"
    assert tags.count("h1") == 1
    assert tags.index("main") < tags.index("h1") < tags.index("h2")
    assert all(attributes.get("alt") for tag, attributes in page.tags if tag == "img")
    assert "script" not in tags


@_needs("tidy")
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", SheetKind)
def test_the_web_page_is_valid(
    open_window: Callable[[], Driver], services: Services, tmp_path: Path, language: str, kind: SheetKind
) -> None:
    services.texts = Texts(language)
    window = open_window()
    window.walk("manual", "invoerder", "brusselse-gemeente", '<Ukkel> & "Co" {qr} {0}', to="check")
    request, outcome = window.window.session.judgement.request, window.window.session.judgement.outcome
    assert request is not None
    assert outcome is not None
    sheet = make_sheet(kind, window.window.session.wording, today=TODAY, request=request, outcome=outcome)
    (tmp_path / "sheet.html").write_text(web_page(sheet), "utf-8")
    told = subprocess.run(["tidy", "-e", "-q", "-utf8", str(tmp_path / "sheet.html")], capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (0, "")
    page = _Words()
    page.feed(web_page(sheet))
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3")]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    assert dict(page.tags)["html"]["lang"] == language
    heads = [attributes for tag, attributes in page.tags if tag == "th"]
    assert all(attributes.get("scope") in ("col", "row") for attributes in heads)
    assert [tag for tag, _ in page.tags].count("table") == (kind is SheetKind.REFERENCE)
    assert kind is SheetKind.REFERENCE or "{qr} {0}" in "".join(page.found)


@_needs("pdftotext")
@pytest.mark.parametrize("language", [*languages(), LANGUAGE])
def test_the_reference_is_one_page_with_all_links(
    open_window: Callable[[], Driver], services: Services, tmp_path: Path, language: str
) -> None:
    services.texts = pseudo_texts(tmp_path / "texts") if language == LANGUAGE else Texts(language)
    sheet = make_sheet(SheetKind.REFERENCE, open_window().window.session.wording, today=TODAY)
    write_pdf(sheet, tmp_path / "sheet.pdf")
    text = subprocess.run(["pdftotext", str(tmp_path / "sheet.pdf"), "-"], capture_output=True, text=True, check=True)
    assert text.stdout.count("\f") == 1
    joined = "".join(text.stdout.split())
    assert [link for link in EXPECTED_LINKS.values() if link not in joined] == []


@_needs("pdftotext")
@pytest.mark.parametrize("kind", SheetKind)
def test_what_is_printed_in_training_says_so(
    open_window: Callable[[], Driver], services: Services, tmp_path: Path, kind: SheetKind
) -> None:
    services.mode = Mode.TRAINING
    window = open_window()
    window.walk("manual", "invoerder", "brusselse-gemeente", "Ukkel", number=FICTIONAL)
    window.click("print_button")
    dialog = window.window.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    dialog._choose(kind)
    dialog.save_to(tmp_path / "sheet.pdf")
    dialog.save_to(tmp_path / "sheet.html")
    text = subprocess.run(["pdftotext", str(tmp_path / "sheet.pdf"), "-"], capture_output=True, text=True, check=True)
    band = services.texts("app.training_band")
    assert band in text.stdout
    assert f'<p class="band">{band}</p>' in (tmp_path / "sheet.html").read_text("utf-8")


@_needs("pdftotext")
@pytest.mark.parametrize("kind", ["sheet_applicant", "sheet_worksheet"])
def test_what_one_gives_or_ticks_is_one_page(paper: Callable[..., PaperDialog], tmp_path: Path, kind: str) -> None:
    """With the label's notice, which makes it longest; a code that stands in too high a line leaves a hole."""
    dialog = paper("form", "invoerder", "brusselse-gemeente", "Elsene")
    choice = dialog.findChild(QRadioButton, kind)
    assert choice is not None
    choice.click()
    dialog.save_to(tmp_path / "sheet.pdf")
    text = subprocess.run(["pdftotext", str(tmp_path / "sheet.pdf"), "-"], capture_output=True, text=True, check=True)
    assert text.stdout.count("\f") == 1


@_needs("pdftotext")
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("situation", ["manual", "task"])
def test_a_worksheet_with_the_label_leaves_no_line_for_a_second_page(
    open_window: Callable[[], Driver], services: Services, tmp_path: Path, situation: str, language: str
) -> None:
    services.texts = Texts(language)
    window = open_window()
    window.walk(situation, "invoerder", "economische-actor", "De Proefzaal")
    window.click("print_button")
    dialog = window.window.findChild(PaperDialog)
    assert isinstance(dialog, PaperDialog)
    dialog.save_to(tmp_path / "sheet.pdf")
    text = subprocess.run(["pdftotext", str(tmp_path / "sheet.pdf"), "-"], capture_output=True, text=True, check=True)
    assert text.stdout.count("\f") == 1


@_needs("pdftotext")
def test_the_tick_for_the_number_holds_for_one_time(paper: Callable[..., PaperDialog], tmp_path: Path) -> None:
    dialog = paper("manual", "invoerder", "agb")
    texts = []
    for ticked in (False, True, False):
        if ticked:
            dialog._number.box.setChecked(True)
        dialog.save_to(tmp_path / "sheet.pdf")
        command = ["pdftotext", "-layout", str(tmp_path / "sheet.pdf"), "-"]
        texts.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    dialog.save_to(tmp_path / "sheet.html")
    assert ["85.07.30-033.28" in text for text in texts] == [False, True, False]
    assert not [form for form in FORMS if form in (tmp_path / "sheet.html").read_text("utf-8")]


def test_the_number_is_printed_only_when_ticked(paper: Callable[..., PaperDialog]) -> None:
    dialog = paper("manual", "invoerder", "agb")
    assert dialog._kind is SheetKind.WORKSHEET
    assert "85.07.30-033.28" not in dialog.sheet().html("")
    dialog._number.box.setChecked(True)
    assert "85.07.30-033.28" in dialog.sheet().html("")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_no_line_of_a_sheet_ends_within_a_number_and_what_is_copied_of_it_is_plain(
    window: Driver, language: str
) -> None:
    window.window.set_language(language)
    session = window.window.session
    page = make_sheet(SheetKind.REFERENCE, session.wording, today=TODAY).html("qr")
    numbers = [number for line in session.wording.contacts() for number in re.findall(r"\d[\d ]+ [\d ]*\d", line)]
    assert numbers
    assert all(number in re.sub(r"<[^>]*>", "", page) for number in numbers)
    ends = set()
    for width in range(150, 400, 10):
        document = QTextDocument()
        document.setHtml(page)
        document.setTextWidth(width)
        document.size()
        block = document.begin()
        while block.isValid():
            laid, text = block.layout(), block.text()
            lines = [laid.lineAt(number) for number in range(laid.lineCount() - 1)]
            ends |= {text[(at := line.textStart() + line.textLength()) - 6 : at + 4] for line in lines}
            block = block.next()
    assert ends
    assert [end for end in ends if re.search(r"\d[ \xa0]\d", end[4:8])] == []


def test_all_eight_links_are_on_the_reference(paper: Callable[..., PaperDialog]) -> None:
    dialog = paper("form", "invoerder", "agb")
    dialog._choose(SheetKind.REFERENCE)
    words = _Words.of(dialog.sheet().html(""))
    assert [word for word in words if word.startswith("https://zelf")] == [
        EXPECTED_LINKS[authority, role]
        for authority in ("vlaamse-gemeente", "brusselse-gemeente", "agb", "economische-actor")
        for role in ("invoerder", "raadpleger")
    ]


def test_a_file_that_cannot_be_written_is_told(paper: Callable[..., PaperDialog], tmp_path: Path) -> None:
    dialog = paper("form", "invoerder", "agb")
    for ending in ("pdf", "html"):
        dialog.save_to(tmp_path / "missing" / f"sheet.{ending}")
        assert dialog._said.text().startswith("Het bestand kon niet worden bewaard")
        assert dialog._said.property("kind") == "error", "it looked like the green of success"


def test_without_a_printer_the_pdf_is_offered(
    paper: Callable[..., PaperDialog], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt's own dialog does not even open then, on Windows."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: pytest.fail("there is nothing to choose from"))
    dialog = paper("form", "invoerder", "vlaamse-gemeente")
    dialog.findChild(QPushButton, "paper_print").click()  # type: ignore[union-attr]
    assert dialog._said.text() == Texts("nl")("paper.no_printer")
    assert "PDF" in dialog._said.text()
