"""Print, PDF and accessible web page of a sheet."""

from __future__ import annotations

import base64
from pathlib import Path

from PySide6.QtCore import QBuffer, QMarginsF, QSizeF, QUrl, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ccinc_wizard.app.machine import today
from ccinc_wizard.content.paper import Sheet, SheetKind, make_sheet
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.findings import AccessRequest
from ccinc_wizard.domain.outcome import Outcome
from ccinc_wizard.requestlog.atomic_files import write_whole
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.choosing import WrappingCheck
from ccinc_wizard.ui.kit.dialogs import Dialog, foot
from ccinc_wizard.ui.kit.drawing import qr_png
from ccinc_wizard.ui.kit.fields import ChoiceGroup
from ccinc_wizard.ui.kit.screens import when_low
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import button, column, label, row, say, section, status_line
from ccinc_wizard.ui.wizard.session import Session

_RESOLUTION = 300
_MARGINS = QMarginsF(15, 15, 15, 15)
"""In millimetres: room for a punch, and no printer cuts it off."""
_TYPE_SIZES, _DENSE = (9.0, 8.5, 8.0), (7.5, 7.0)
"""In points, smaller ones where that saves a second page; the smallest for a sheet that must not take one."""


def web_page(sheet: Sheet) -> str:
    """The sheet as one HTML file that needs nothing else."""
    picture = base64.b64encode(qr_png(sheet.link)).decode("ascii") if sheet.link else ""
    return sheet.html(f"data:image/png;base64,{picture}")


def write_pdf(sheet: Sheet, path: Path) -> None:
    """The sheet as PDF on A4. Raises OSError when the file cannot be written."""
    # Into memory first: Qt writes what it can, and fails in silence.
    drawn = QBuffer()
    drawn.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(drawn)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(_MARGINS, QPageLayout.Unit.Millimeter)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(sheet.title)
    _document(sheet, QSizeF(writer.width(), writer.height()), writer).print_(writer)
    write_whole(path, bytes(drawn.data().data()))


def _document(sheet: Sheet, page: QSizeF, device: QPdfWriter | QPrinter) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(device)
    if sheet.link:
        image = QImage.fromData(qr_png(sheet.link))
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl("qr"), image)
    font = document.defaultFont()
    sizes = (*_TYPE_SIZES, *_DENSE) if sheet.one_page else _TYPE_SIZES
    # Where none is small enough, two pages are read more easily in the largest.
    for points in (*sizes, sizes[0]):
        font.setPointSizeF(points)
        document.setDefaultFont(font)
        document.setHtml(sheet.html("qr"))
        document.setPageSize(page)
        if document.pageCount() == 1:
            break
    return document


class PaperDialog(Dialog):
    """Which sheet, and onto paper or into a file."""

    done_with = Signal()
    """It was printed or saved."""

    def __init__(self, session: Session, request: AccessRequest, outcome: Outcome, parent: QWidget) -> None:
        texts = session.services.texts
        super().__init__("paper_dialog", texts("paper.title"), parent)
        self._session, self._request, self._outcome, self._texts = session, request, outcome, texts
        self._kind = SheetKind.APPLICANT if outcome.link else SheetKind.WORKSHEET
        self._with_number = False
        kinds = [kind for kind in SheetKind if kind is not SheetKind.APPLICANT or outcome.link]
        choices = [(str(kind), texts(f"paper.sheet.{kind}.label"), texts(f"paper.sheet.{kind}.hint")) for kind in kinds]
        self._choice = ChoiceGroup("sheet", choices, texts("paper.which"))
        self._choice.choose(self._kind)
        self._choice.chosen.connect(self._choose)
        self._number = WrappingCheck("paper_number", texts("paper.with_number"), False, self._ask_number)
        self._said = status_line("paper_status")
        saving = row(
            button(texts("paper.pdf"), name="paper_pdf", action=lambda: self._save("pdf")),
            button(texts("paper.html"), name="paper_html", action=lambda: self._save("html")),
        )
        ending = foot(
            button(texts("paper.close"), name="paper_close", action=self.accept),
            button(texts("paper.print"), name="paper_print", kind="primary", action=self._print),
        )
        heading, hint = section(texts("paper.title")), label(texts("paper.html_hint"), "muted")
        self._why = label("", "muted")
        parts = column(heading, self._why, self._choice, self._number, hint, saving, gap=SPACE)
        self.lay_out(when_low("paper_scroll", texts("paper.title"), parts), self._said, ending, gap=SPACE)
        self._choose(self._kind)

    def sheet(self) -> Sheet:
        """The chosen sheet as it would be printed now."""
        number = self._request.number if self._with_number and self._kind is SheetKind.WORKSHEET else None
        return make_sheet(
            self._kind,
            self._session.wording,
            today=today(),
            request=self._request,
            outcome=self._outcome,
            number=number.clear_format() if number else "",
            training=self._session.services.mode is Mode.TRAINING,
        )

    def save_to(self, path: Path) -> None:
        """Save as PDF or as a web page, by the file's ending, and say how it went."""

        def write() -> None:
            if path.suffix.lower() == ".pdf":
                write_pdf(self.sheet(), path)
            else:
                write_whole(path, web_page(self.sheet()).encode("utf-8"))
            self._forget_tick()

        say(self._said, *dialogs.save_file(self._texts, path, write))

    def _choose(self, kind: str) -> None:
        self._kind = SheetKind(kind)
        offered = self._kind is SheetKind.WORKSHEET and self._request.number is not None
        self._number.setVisible(offered)
        self._why.setText(self._texts("paper.why_offered" if offered else "paper.why"))

    def _ask_number(self, on: bool) -> None:
        self._with_number = on

    def _forget_tick(self) -> None:
        self.done_with.emit()
        # The number was asked for this one time.
        self._number.box.setChecked(False)

    def _save(self, ending: str) -> None:
        if path := dialogs.ask_save_as(self, self._texts("paper.title"), ending):
            self.save_to(path)

    def _print(self) -> None:
        if not QPrinterInfo.availablePrinterNames():
            # Qt's own dialog would not even open.
            say(self._said, self._texts("paper.no_printer"), "error")
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageMargins(_MARGINS, QPageLayout.Unit.Millimeter)
        if QPrintDialog(printer, self).exec():
            if file := printer.outputFileName():
                self.save_to(Path(file))
                return
            page = printer.pageRect(QPrinter.Unit.DevicePixel).size()
            _document(self.sheet(), page, printer).print_(printer)
            self._forget_tick()
