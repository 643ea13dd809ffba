"""What goes on paper: the applicant's sheet, the administrator's worksheet, everything on one page.

A sheet is made once, as accessible HTML (language, headings, lists, a text for each picture); print and PDF show the
same. Everything that was typed is escaped. The register number is on it only when it is handed in.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape

from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.findings import AccessRequest
from ccinc_wizard.domain.outcome import Outcome
from ccinc_wizard.domain.redaction import scrub

_STYLE = (
    "body{font-family:sans-serif;line-height:1.45;max-width:46em;margin:2em auto;padding:0 1em;color:#111}"
    "h1{font-size:1.6em}h2{font-size:1.15em;margin-top:1.2em}li{margin:.2em 0}"
    ".notice{border-left:6px solid #7a4a00;padding:.4em 1em;background:#fff5dc}.link{word-break:break-all}"
    ".code{line-height:1}.whole{white-space:nowrap}"
    ".band{background:#5b2a86;color:#fff;font-weight:bold;padding:.4em 1em}"
    "table{border-collapse:collapse;border:1px solid #85837b}"
    "th,td{border:1px solid #85837b;padding:3px;text-align:left;vertical-align:top;font-size:.8em;line-height:1.2}"
)
_PARTS = re.compile(r"[^\s<>]*\d\)?(?: \(?\d[^\s<>]*)+")
"""A number of several parts, such as that of a telephone: marked, not joined by signs, which would be copied along."""
_PICTURE = "\0"
"""Stands for the address of the QR code's image: a sign that no field lets through."""


class SheetKind(StrEnum):
    """Which sheet."""

    APPLICANT = "applicant"
    WORKSHEET = "worksheet"
    REFERENCE = "reference"


@dataclass(slots=True)
class Sheet:
    """A sheet in the making: its title and the pieces of its HTML body."""

    language: str
    title: str
    body: list[str] = field(default_factory=list)
    link: str = ""
    """The address that its QR code leads to, if it has one; the code's image is named `qr`."""
    one_page: bool = False
    """Whether very small type is better than a second page."""

    def heading(self, text: str) -> None:
        """A second-level heading."""
        self.body.append(f"<h2>{_shown(text)}</h2>")

    def paragraph(self, text: str, css: str = "") -> None:
        """A paragraph of plain text."""
        shown = _shown(text).replace("\n", "<br>")
        self.body.append(f'<p class="{css}">{shown}</p>' if css else f"<p>{shown}</p>")

    def listing(self, lines: list[str], *, ordered: bool = False) -> None:
        """A list of plain texts."""
        tag = "ol" if ordered else "ul"
        self.body.append(f"<{tag}>{''.join(f'<li>{_shown(line)}</li>' for line in lines)}</{tag}>")

    def table(self, spoken: str, heads: list[str], rows: list[list[str]]) -> None:
        """A named table of plain texts; the first of each row is its heading, and an address becomes a link."""
        head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
        body = "".join(
            f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{_linked(text)}</td>" for text in rest)}</tr>'
            for first, *rest in rows
        )
        table = f'<table aria-label="{escape(spoken)}">'
        self.body.append(f"{table}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")

    def picture(self, link: str, described: str) -> None:
        """The QR code of an address."""
        self.link = link
        self.body.append(
            f'<p class="code"><img src="{_PICTURE}" width="180" height="180" alt="{escape(described)}"></p>'
        )

    def html(self, picture: str) -> str:
        """The whole page; `picture` is where the QR code's image is, such as a data address."""
        body = "".join(self.body).replace(_PICTURE, picture)
        return (
            f'<!DOCTYPE html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{escape(self.title)}</title><style>{_STYLE}</style></head>"
            f"<body><main><h1>{escape(self.title)}</h1>{body}</main></body></html>"
        )


def make_sheet(
    kind: SheetKind,
    wording: Wording,
    *,
    today: dt.date,
    request: AccessRequest | None = None,
    outcome: Outcome | None = None,
    number: str = "",
    training: bool = False,
) -> Sheet:
    """A sheet of this kind. The first two need a request and its outcome; `number` is shown when given."""
    texts = wording.texts
    sheet = Sheet(texts.language, texts(f"paper.heading.{kind}"))
    if training:
        sheet.paragraph(texts("app.training_band"), "band")
    if kind is SheetKind.REFERENCE or request is None or outcome is None:
        _reference(sheet, wording)
    elif kind is SheetKind.APPLICANT:
        _applicant(sheet, wording, request, outcome)
    else:
        _worksheet(sheet, wording, request, outcome, number)
    sheet.heading(texts("result.contact.title"))
    if kind is SheetKind.APPLICANT:
        # The manual is one for administrators.
        line, team, _ = wording.contacts()
        who = texts("result.applicant.administrator", phone=wording.catalog.contacts.information_line)
        sheet.listing([who, line, team])
    else:
        sheet.listing(wording.contacts())
    checked = shown_day(wording.catalog.checked_on)
    sheet.paragraph(texts("paper.made", date=shown_day(today), checked=checked))
    return sheet


def _applicant(sheet: Sheet, wording: Wording, request: AccessRequest, outcome: Outcome) -> None:
    texts = wording.texts
    _answers(sheet, wording, request, texts("paper.answers_applicant"))
    if outcome.link:
        sheet.heading(texts("paper.link"))
        sheet.body.append(f'<p class="link">{_linked(outcome.link)}</p>')
        sheet.picture(outcome.link, texts("paper.qr"))
    sheet.heading(texts("result.applicant.title"))
    steps, beyond = wording.for_applicant(outcome, request)
    sheet.listing(steps, ordered=True)
    if beyond:
        sheet.paragraph(beyond)
    if notice := wording.label_for_applicant(outcome):
        sheet.paragraph(notice, "notice")


def _worksheet(sheet: Sheet, wording: Wording, request: AccessRequest, outcome: Outcome, number: str) -> None:
    texts = wording.texts
    _answers(sheet, wording, request, texts("paper.answers"))
    if held := wording.held_notice(request):
        sheet.paragraph(held, "notice")
    if number:
        sheet.paragraph(texts.pair(texts("wizard.field.register_number"), number))
    if notice := wording.label_notice(outcome):
        sheet.paragraph(notice, "notice")
    sheet.heading(texts("result.steps_form" if outcome.link else "result.steps"))
    sheet.listing([f"☐ {step.text}" for step in wording.steps(outcome, request.case.role, request)], ordered=True)
    sheet.paragraph(texts("paper.done_by"))


def _reference(sheet: Sheet, wording: Wording) -> None:
    texts, catalog = wording.texts, wording.catalog
    sheet.one_page = True
    sheet.heading(texts("paper.types"))
    labels = {entry.id: texts(f"choices.authority.{entry.id}.label") for entry in catalog.authorities}
    sheet.listing([texts.pair(name, texts(f"choices.authority.{entry}.hint")) for entry, name in labels.items()])
    due = [name for entry, name in labels.items() if catalog.label_due(entry)]
    sheet.paragraph(texts.pair(", ".join(due), wording.label_text()), "notice")
    sheet.heading(texts("paper.links"))
    sheet.table(
        texts("paper.links"),
        [f"{texts('wizard.field.authority')}, {texts('wizard.field.role')}", texts("paper.address")],
        [[f"{labels[link.authority]}, {texts(f'choices.role.{link.role}.label')}", link.url] for link in catalog.links],
    )


def _answers(sheet: Sheet, wording: Wording, request: AccessRequest, title: str) -> None:
    texts = wording.texts
    pairs = (
        ("applicant_name", request.applicant_name),
        ("authority_name", request.authority_name),
        ("authority", texts(f"choices.authority.{request.case.authority}.label")),
        ("role", wording.catalog.names.rights[request.case.role]),
        *((asked, wording.said(asked, scrub(value))) for asked, value in request.further if value.strip()),
    )
    sheet.heading(title)
    sheet.listing([texts.pair(texts(f"wizard.field.{name}"), value) for name, value in pairs if value])


def _linked(text: str) -> str:
    link = escape(text)
    return f'<a href="{link}">{link}</a>' if text.startswith("https://") else _shown(text)


def _shown(text: str) -> str:
    return _PARTS.sub(r'<span class="whole">\g<0></span>', escape(text))
