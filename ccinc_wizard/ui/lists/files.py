"""What a list leaves on the disk when the user asks for it: a folder of mails with their links. No register number."""

from __future__ import annotations

import base64
import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from email.header import Header
from pathlib import Path

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.list_words import BatchWords
from ccinc_wizard.content.lists import Product
from ccinc_wizard.content.texts import Texts, system_reason
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.lists import REPORT_EVERY, Progress
from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.requestlog.keys import write_owner_only
from ccinc_wizard.requestlog.table_files import write_table
from ccinc_wizard.ui.kit.files import Told, save

LINKS = "links.csv"
_LONGEST = 60


def write_mails(
    folder: Path,
    products: Sequence[Product],
    references: Mapping[int, str],
    texts: Texts,
    progress: Progress,
    *,
    mark: str = "",
) -> int | None:
    """Make this folder with a draft for each mail and one list of all links; says how many mails, None when stopped.

    `mark` stands before each subject: mails of the training mode are told from real ones.
    The folder appears whole or not at all. Raises OSError, also when it is there already.
    """
    if folder.exists():
        raise FileExistsError(None, folder.name)
    sent = [product for product in products if product.outcome.link]
    beside = folder.with_name(folder.name + ".new")
    beside.mkdir(mode=0o700)
    try:
        for done, product in enumerate(sent):
            if done % REPORT_EVERY == 0 and not progress(done, len(sent)):
                return None
            write_owner_only(beside / _file_name(product), _draft(product, mark))
        write_table(beside / LINKS, _columns(texts), _links(sent, references, texts))
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return len(sent)


def _draft(product: Product, mark: str) -> bytes:
    """A mail that mail programs open to be sent: whom to is for the user to fill in.

    Put together by hand, as email.message takes a hundred times as long over each.
    """
    heads = (
        f"Subject: {Header(mark + product.mail_subject, 'utf-8').encode()}",
        "X-Unsent: 1",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
    )
    body = product.mail_body.replace("\n", "\r\n").encode("utf-8")
    return "\r\n".join([*heads, "", ""]).encode("ascii") + base64.encodebytes(body).replace(b"\n", b"\r\n")


def _file_name(product: Product) -> str:
    name = normalise(product.request.applicant_name).replace(" ", "-")[:_LONGEST]
    return f"{product.row:05}-{name}.eml"


def _columns(texts: Texts) -> list[str]:
    fields = ("applicant_name", "role", "authority_name")
    names = [texts(f"wizard.field.{field}") for field in fields]
    return [texts("batch.columns.row"), *names, texts("logview.columns.reference"), texts("result.form_link")]


def _links(products: Sequence[Product], references: Mapping[int, str], texts: Texts) -> list[list[str]]:
    return [
        [
            str(product.row),
            product.request.applicant_name,
            texts(f"choices.role.{product.request.case.role}.label"),
            product.request.authority_name,
            references.get(product.row, ""),
            product.outcome.link or "",
        ]
        for product in products
    ]


class Outputs:
    """Writes only where the user said, and never a register number."""

    def __init__(self, services: Services, words: BatchWords) -> None:
        self._services, self._words, self._texts = services, words, services.texts

    def report(self, path: Path, cells: list[list[str]]) -> Told:
        """The whole report as a table."""
        return self._table(path, "batch.exported", self._words.report_columns(), cells)

    def example(self, path: Path) -> Told:
        """A list to start from."""
        heading, *rows = self._words.example()
        return self._table(path, "batch.template_saved", heading, rows)

    def mails(
        self, parent: Path, products: Sequence[Product], references: Mapping[int, str], progress: Progress
    ) -> Told:
        """The mails and links, in a new folder in this one."""
        folder = parent / f"ccinc-mails-{dt.datetime.now():%Y-%m-%d-%H%M%S}"  # noqa: DTZ005
        mark = f"{self._texts('app.training_band')}: " if self._services.mode is Mode.TRAINING else ""

        try:
            count = write_mails(folder, products, references, self._texts, progress, mark=mark)
        except OSError as error:
            return self._texts("paper.failed", reason=system_reason(self._texts, error)), "error"
        if count is None:
            return self._texts("batch.mails_stopped"), "good"
        return self._texts("batch.mails_saved", count=count, folder=folder.name), "good"

    def _table(self, path: Path, done: str, columns: list[str], cells: list[list[str]]) -> Told:
        return save(self._texts, path, lambda: write_table(path, columns, cells), done)
