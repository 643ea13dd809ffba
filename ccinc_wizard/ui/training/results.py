"""The results of a session for the trainer: a table, a plot with its text, what was missed, and files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ccinc_wizard.content.training_words import TrainingWords
from ccinc_wizard.services import Services
from ccinc_wizard.ui.plot import BarPlot
from ccinc_wizard.ui.tables import plain_table, write_table
from ccinc_wizard.ui.titled_view import TitledView
from ccinc_wizard.ui.training.room import TrainingRoom
from ccinc_wizard.ui.widgets import announce, button, label, row, section, selectable

_FULL_SCORE = 100


class Results(TitledView):
    """Made anew each time it is opened."""

    chooser_wanted = Signal()

    def __init__(self, services: Services, room: TrainingRoom) -> None:
        texts = services.texts
        super().__init__("training_results", texts("training.results.title"), wide=True)
        self._texts, self._session = texts, room.results
        self._words = TrainingWords(texts, services.catalog)
        self._said = label("", "good", name="training_status")
        self._said.hide()
        back = button(texts("training.room.choose"), name="training_choose_button", action=self.chooser_wanted.emit)
        csv = button(texts("training.room.csv"), name="training_csv", action=lambda: self._ask_file("csv"))
        xlsx = button(texts("training.room.xlsx"), name="training_xlsx", action=lambda: self._ask_file("xlsx"))
        self.add(row(back, csv, xlsx), self._said)
        if not room.results.results:
            self.add(label(texts("training.room.no_results"), "muted", name="training_no_results"))
            return
        title = texts("training.room.plot")
        scores = [(name or texts("training.room.nameless"), score) for name, score in room.results.scores()]
        told = "\n".join(f"{name}: {score}" for name, score in scores)
        self.add(
            self._table(),
            section(title),
            BarPlot("training_plot", title, scores, _FULL_SCORE),
            selectable(told, name="training_plot_text"),
        )
        if misses := room.results.misses():
            lines = [f"{texts(f'training.question.{question}')}: {count}" for question, count in misses.most_common()]
            self.add(section(texts("training.results.misses")), selectable("\n".join(lines), name="training_misses"))

    def save_to(self, path: Path) -> None:
        """Write the table to this file and say how it went."""
        try:
            write_table(path, self._words.result_columns(), self._words.result_cells(self._session))
        except OSError as error:
            self._say(self._texts("paper.failed", reason=error.strerror or str(error)))
        else:
            self._say(self._texts("paper.saved", file=path.name))

    def _table(self) -> QWidget:
        columns, cells = self._words.result_columns(), self._words.result_cells(self._session)
        return plain_table("training_table", self._texts("training.results.title"), columns, cells)

    def _ask_file(self, ending: str) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.title.text(), f"ccinc.{ending}", f"*.{ending}")
        if name:
            self.save_to(Path(name))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        self._said.show()
        announce(self._said, text)
