"""What a list needs to ask: which file, where to write, and whether to save. Each goes on only with an answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.batch import Report

_LISTS = "CSV, Excel (*.csv *.txt *.xlsx);;* (*)"
_TABLES = {".csv": "CSV (*.csv)", ".xlsx": "Excel (*.xlsx)"}
Chosen = Callable[[Path], object]


class Questions:
    """Asks in the name of a view."""

    def __init__(self, parent: QWidget, texts: Texts) -> None:
        self._parent, self._texts = parent, texts

    def which_list(self, chosen: Chosen) -> None:
        """Which list to read."""
        name, _ = QFileDialog.getOpenFileName(self._parent, self._texts("batch.title"), "", _LISTS)
        if name:
            chosen(Path(name))

    def where(self, proposed: str, chosen: Chosen) -> None:
        """Where to write a table; its ending decides the format, the proposed one stands first."""
        formats = sorted(_TABLES, key=lambda ending: not proposed.endswith(ending))
        wanted = ";;".join(_TABLES[ending] for ending in formats)
        name, _ = QFileDialog.getSaveFileName(self._parent, self._texts("batch.title"), proposed, wanted)
        if name:
            chosen(Path(name))

    def which_folder(self, chosen: Chosen) -> None:
        """In which folder to make another."""
        name = QFileDialog.getExistingDirectory(self._parent, self._texts("batch.mails").replace("&", ""))
        if name:
            chosen(Path(name))

    def whether_to_save(self, report: Report, save: Callable[[], object]) -> None:
        """Whether to save the rows in order; says how many rows are passed over."""
        texts, count, bad = self._texts, len(report.good), len(report.bad)
        box = QMessageBox(QMessageBox.Icon.Question, texts("batch.question.title"), "", parent=self._parent)
        box.setObjectName("batch_question")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question = texts("batch.question.text", count=count)
        box.setText(texts("batch.question.text_bad", count=count, bad=bad) if bad else question)
        box.addButton(texts("batch.question.no"), QMessageBox.ButtonRole.RejectRole).setObjectName("batch_no")
        yes = box.addButton(texts("batch.question.yes"), QMessageBox.ButtonRole.AcceptRole)
        yes.setObjectName("batch_yes")
        box.setDefaultButton(yes)
        box.finished.connect(lambda: save() if box.clickedButton() is yes else None)
        box.open()
