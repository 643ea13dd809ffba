"""The results of a session for the trainer: a table, the scores, what was missed, and files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.paper import Sheet
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.training_words import TrainingWords
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.training.exam import ExamResult
from ccinc_wizard.ui.kit.tables import Cells, TableView, plain_table
from ccinc_wizard.ui.kit.widgets import button, label, row, section, selectable
from ccinc_wizard.ui.training.exercises import read_scenarios
from ccinc_wizard.ui.training.session import TrainingRoom


class Results(TableView):
    """Made anew each time it is opened."""

    chooser_wanted = Signal()

    def __init__(self, services: Services, room: TrainingRoom) -> None:
        texts = services.texts
        heading = texts("training.results.title")
        super().__init__("training_results", heading, "training_status", texts)
        self._services, self._session = services, room.results
        self._words = TrainingWords(texts, services.catalog)
        back = button(texts("training.room.choose"), name="training_choose_button", action=self.chooser_wanted.emit)
        csv = button(texts("training.room.csv"), name="training_csv", action=lambda: self.ask_file("csv"))
        xlsx = button(texts("training.room.xlsx"), name="training_xlsx", action=lambda: self.ask_file("xlsx"))
        self.add(row(back, csv, xlsx), self.status)
        if not room.results.results:
            self.add(label(texts("training.room.no_results"), "muted", name="training_no_results"))
            return
        title = texts("training.room.plot")
        scores = [(name or texts("training.room.nameless"), score) for name, score in room.results.scores()]
        told = "\n".join(texts.pair(name, score) for name, score in scores)
        self.add(
            plain_table("training_table", heading, *self.table()),
            section(title),
            selectable(told, name="training_scores"),
        )
        if misses := room.results.misses():
            named = ((texts(f"training.question.{question}"), count) for question, count in misses.most_common())
            lines = [texts.pair(name, count) for name, count in named]
            self.add(section(texts("training.results.misses")), selectable("\n".join(lines), name="training_misses"))

    def table(self) -> tuple[Sequence[str], Cells]:
        scenarios = read_scenarios(self, self._services).scenarios
        return self._words.result_columns(), self._words.result_cells(self._session, scenarios)


def certificate(texts: Texts, result: ExamResult, today: dt.date) -> Sheet:
    """The certificate of an exam, marked as training."""
    sheet = Sheet(texts.language, texts("training.exam.certificate"))
    sheet.paragraph(texts("app.training_band"), "band")
    sheet.paragraph(
        texts(
            "training.exam.certificate_text",
            trainee=result.trainee or texts("training.room.nameless"),
            score=result.score,
            seed="" if result.seed is None else result.seed,
            count=len(result.grades),
        )
    )
    sheet.paragraph(shown_day(today))
    return sheet
