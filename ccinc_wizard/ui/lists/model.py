"""The report of a list as a table."""

from __future__ import annotations

from collections.abc import Mapping

from ccinc_wizard.content.list_words import BatchWords
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.lists import Checked, Report
from ccinc_wizard.ui.kit.tables import Rows


class ReportModel(Rows):
    """All rows, or those alone that ask for attention first."""

    def __init__(self, words: BatchWords, wording: Wording) -> None:
        super().__init__(words.report_columns())
        self._words, self._wording = words, wording
        self._report = Report(())
        self._rows: tuple[Checked, ...] = ()
        self._only_bad = False
        self._references: Mapping[int, str] = {}

    def show(self, report: Report, references: Mapping[int, str] | None = None) -> None:
        """Show this report; `references` are those in the log, by row."""
        self.beginResetModel()
        self._report, self._references = report, references or {}
        self._rows = report.bad if self._only_bad else report.rows
        self.endResetModel()

    def show_only_bad(self, only: bool) -> None:
        """Leave the rows in order out, or show them again."""
        self._only_bad = only
        self.show(self._report, self._references)

    def checked(self, row: int) -> Checked:
        """The row of the list that stands in this row of the table."""
        return self._rows[row]

    def cells(self) -> list[list[str]]:
        """The whole report in words, whatever is shown of it."""
        return [self._cells(row) for row in self._report.rows]

    def count(self) -> int:
        return len(self._rows)

    def cell(self, row: int, column: int) -> str:
        return self._cells(self._rows[row])[column]

    def _cells(self, row: Checked) -> list[str]:
        return self._words.report_cells(row, self._wording, self._references.get(row.row, ""))
