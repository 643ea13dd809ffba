"""How many calls there were, by day, type, role or outcome: a plot, the same as a table, and a file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ccinc_wizard.app.call_book import KeptCalls
from ccinc_wizard.content.helpdesk import HelpdeskWords
from ccinc_wizard.domain.calls import CountBy, counts
from ccinc_wizard.ui.kit.drawing import BarPlot
from ccinc_wizard.ui.kit.fields import drop_down
from ccinc_wizard.ui.kit.tables import Cells, TableView, plain_table
from ccinc_wizard.ui.kit.widgets import button, clear, column, label, row

_MOST_BARS = 31
"""Days in the plot; the table has them all."""


class CallCounts(TableView):
    """Made anew each time it is opened."""

    call_wanted = Signal()

    def __init__(self, words: HelpdeskWords, kept: KeptCalls) -> None:
        texts = words.texts
        super().__init__("call_counts", texts("helpdesk.counts.title"), "call_counts_status", texts)
        self._words, self._records = words, kept.records
        back = button(texts("helpdesk.counts.back"), name="call_counts_back", action=self.call_wanted.emit)
        self._shown = column()
        if kept.unreadable:
            self.add(label(texts("helpdesk.counts.unreadable", count=kept.unreadable), name="call_counts_unreadable"))
        if not kept.records:
            self.add(row(back), label(texts("helpdesk.counts.empty"), "muted", name="call_counts_empty"))
            return
        export = button(texts("helpdesk.counts.export"), name="call_counts_export", action=lambda: self.ask_file("csv"))
        self.add(row(back, export), self.status, row(self._make_choice()), self._shown)
        self._show(CountBy.DAY)

    def table(self) -> tuple[Sequence[str], Cells]:
        columns, *cells = self._words.csv_rows(self._records)
        return columns, cells

    def _make_choice(self) -> QWidget:
        choice = drop_down("call_counts_by", self.texts("helpdesk.counts.title"))
        for by in CountBy:
            choice.addItem(self.texts(f"helpdesk.counts.by.{by}"), by.value)
        choice.currentIndexChanged.connect(lambda _: self._show(CountBy(str(choice.currentData()))))
        return choice

    def _show(self, by: CountBy) -> None:
        clear(self._shown)
        texts = self.texts
        counted = [(self._words.count_value(by, value), number) for value, number in counts(self._records, by)]
        title = texts(f"helpdesk.counts.by.{by}")
        drawn = counted[-_MOST_BARS:] if by is CountBy.DAY else counted
        if len(drawn) < len(counted):
            self._shown.addWidget(label(texts("helpdesk.counts.last_days", count=_MOST_BARS), "muted"))
        self._shown.addWidget(BarPlot("call_counts_plot", title, drawn, max(number for _, number in drawn)))
        columns = [texts(f"helpdesk.counts.columns.{by}"), texts("helpdesk.counts.columns.calls")]
        self._shown.addWidget(plain_table("call_counts_table", title, columns, counted))
