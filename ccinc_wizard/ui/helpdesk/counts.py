"""How many calls there were, by day, type, role or outcome: a plot, the same as a table, and a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from ccinc_wizard.call_book import KeptCalls
from ccinc_wizard.content.helpdesk import HelpdeskWords
from ccinc_wizard.domain.calls import CountBy, counts
from ccinc_wizard.ui.plot import BarPlot
from ccinc_wizard.ui.tables import plain_table, write_table
from ccinc_wizard.ui.titled_view import TitledView
from ccinc_wizard.ui.widgets import announce, button, clear, column, label, row

_MOST_BARS = 31
"""Days in the plot; the table has them all."""


class CallCounts(TitledView):
    """Made anew each time it is opened."""

    call_wanted = Signal()

    def __init__(self, words: HelpdeskWords, kept: KeptCalls) -> None:
        texts = words.texts
        super().__init__("call_counts", texts("helpdesk.counts.title"), wide=True)
        self._words, self._texts, self._records = words, texts, kept.records
        back = button(texts("helpdesk.counts.back"), name="call_counts_back", action=self.call_wanted.emit)
        self._said = label("", "good", name="call_counts_status")
        self._said.hide()
        self._shown = column()
        if not kept.records:
            self.add(row(back), label(texts("helpdesk.counts.empty"), "muted", name="call_counts_empty"))
            return
        export = button(texts("helpdesk.counts.export"), name="call_counts_export", action=self._ask_file)
        self.add(row(back, export), self._said, row(self._make_choice()), self._shown)
        if kept.unreadable:
            self.add(label(texts("helpdesk.counts.unreadable", count=kept.unreadable), name="call_counts_unreadable"))
        self._show(CountBy.DAY)

    def save_to(self, path: Path) -> None:
        """Write all counts to this file and say how it went."""
        columns, *cells = self._words.csv_rows(self._records)
        try:
            write_table(path, columns, cells)
        except OSError as error:
            self._say(self._texts("paper.failed", reason=error.strerror or str(error)))
        else:
            self._say(self._texts("paper.saved", file=path.name))

    def _make_choice(self) -> QWidget:
        choice = QComboBox()
        choice.setObjectName("call_counts_by")
        choice.setAccessibleName(self._texts("helpdesk.counts.title"))
        for by in CountBy:
            choice.addItem(self._texts(f"helpdesk.counts.by.{by}"), by.value)
        choice.currentIndexChanged.connect(lambda _: self._show(CountBy(str(choice.currentData()))))
        return choice

    def _show(self, by: CountBy) -> None:
        clear(self._shown)
        texts = self._texts
        counted = [(self._words.count_value(by, value), number) for value, number in counts(self._records, by)]
        title = texts(f"helpdesk.counts.by.{by}")
        drawn = counted[-_MOST_BARS:] if by is CountBy.DAY else counted
        if len(drawn) < len(counted):
            self._shown.addWidget(label(texts("helpdesk.counts.last_days", count=_MOST_BARS), "muted"))
        self._shown.addWidget(BarPlot("call_counts_plot", title, drawn, max(number for _, number in drawn)))
        columns = [texts(f"helpdesk.counts.columns.{by}"), texts("helpdesk.counts.columns.calls")]
        self._shown.addWidget(plain_table("call_counts_table", title, columns, counted))

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.title.text(), "ccinc.csv", "*.csv")
        if name:
            self.save_to(Path(name))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
        announce(self._said, text)
