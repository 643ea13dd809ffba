"""What a list leaves on the disk when the user asks for it: a folder of mails with their links. No register number."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

from ccinc_wizard.content.batch import Product
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.municipalities import normalise
from ccinc_wizard.ui.tables import write_table

LINKS = "links.csv"
_LONGEST = 60


def write_mails(
    folder: Path, products: Sequence[Product], references: Mapping[int, str], texts: Texts, *, mark: str = ""
) -> int:
    """Make this folder with a draft for each mail and one list of all links; says how many mails there are.

    `mark` stands before each subject: mails of the training mode are told from real ones.
    The folder appears whole or not at all. Raises OSError, also when it is there already.
    """
    if folder.exists():
        raise FileExistsError(None, folder.name)
    sent = [product for product in products if product.outcome.link]
    beside = folder.with_name(folder.name + ".new")
    beside.mkdir()
    try:
        for product in sent:
            (beside / _file_name(product)).write_bytes(_draft(product, mark))
        write_table(beside / LINKS, _columns(texts), _links(sent, references, texts), delimiter=";")
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return len(sent)


def _draft(product: Product, mark: str) -> bytes:
    """A mail that mail programs open to be sent: whom to is for the user to fill in."""
    mail = EmailMessage()
    mail["Subject"] = f"{mark}{product.mail_subject}"
    mail["X-Unsent"] = "1"
    mail.set_content(product.mail_body)
    return mail.as_bytes()


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
