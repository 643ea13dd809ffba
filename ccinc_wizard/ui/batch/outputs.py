"""The files that a user asks for: report, example list, mails. Each says how it went, and by which kind of label."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ccinc_wizard.content.batch import Product
from ccinc_wizard.content.batch_words import BatchWords
from ccinc_wizard.domain.batch import Progress
from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.services import Services
from ccinc_wizard.ui.batch.files import write_mails
from ccinc_wizard.ui.tables import write_table

Told = tuple[str, str]


class Outputs:
    """Writes only where the user said, and never a register number."""

    def __init__(self, services: Services, words: BatchWords) -> None:
        self._services, self._words, self._texts = services, words, services.texts

    def report(self, path: Path, cells: list[list[str]]) -> Told:
        """The whole report as a table."""
        return self._told(lambda: self._table(path, "batch.exported", self._words.report_columns(), cells))

    def example(self, path: Path) -> Told:
        """A list to start from."""
        heading, *rows = self._words.example()
        return self._told(lambda: self._table(path, "batch.template_saved", heading, rows))

    def mails(
        self, parent: Path, products: Sequence[Product], references: Mapping[int, str], progress: Progress
    ) -> Told:
        """The mails and links, in a new folder in this one."""
        folder = parent / f"ccinc-mails-{dt.datetime.now():%Y-%m-%d-%H%M%S}"  # noqa: DTZ005
        mark = f"{self._texts('app.training_band')}: " if self._services.mode is Mode.TRAINING else ""

        def write() -> str:
            count = write_mails(folder, products, references, self._texts, progress, mark=mark)
            if count is None:
                return self._texts("batch.mails_stopped")
            return self._texts("batch.mails_saved", count=count, folder=folder.name)

        return self._told(write)

    def _table(self, path: Path, told: str, columns: list[str], cells: list[list[str]]) -> str:
        # What Excel expects in Belgium, in whichever language.
        write_table(path, columns, cells, delimiter=";")
        return self._texts(told, file=path.name)

    def _told(self, write: Callable[[], str]) -> Told:
        try:
            return write(), "good"
        except OSError as error:
            return self._texts("paper.failed", reason=error.strerror or str(error)), "error"
