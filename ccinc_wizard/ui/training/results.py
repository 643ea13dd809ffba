"""What was right and what not, after a scenario or an exam; and the results of a session for the trainer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.paper import Sheet
from ccinc_wizard.content.scenarios import TrainingWords, VerdictWords
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.dates import shown_day
from ccinc_wizard.domain.training.grading import ExamResult, Grade, Standing
from ccinc_wizard.domain.training.scenario import Scenario
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.tables import Cells, TableView, plain_table
from ccinc_wizard.ui.kit.theme import scaled
from ccinc_wizard.ui.kit.widgets import button, card, column, group, label, row, section, selectable
from ccinc_wizard.ui.training.exercises import read_scenarios
from ccinc_wizard.ui.training.session import Judged, TrainingRoom

_SIGNS = {Standing.RIGHT: "✓", Standing.WRONG: "✗", Standing.MISSING: "–"}
_PANELS = {Standing.RIGHT: "good", Standing.WRONG: "error", Standing.MISSING: "advice"}

_Told = tuple[Standing, VerdictWords, str]
"""How an answer stands, in which words, and the name of where they are told."""


class Feedback(TitledView):
    """One scenario, or all those of an exam with their titles."""

    again_wanted = Signal()
    next_wanted = Signal()
    chooser_wanted = Signal()
    results_wanted = Signal()
    certificate_wanted = Signal()
    presenter_wanted = Signal()

    def __init__(self, services: Services, judged: Judged) -> None:
        self._texts = services.texts
        self._words = TrainingWords(services.texts, services.catalog)
        title = "training.exam.title" if judged.exam else "training.room.feedback"
        super().__init__("training_feedback", services.texts(title), status="training_status")
        self._judged = judged
        key = "training.exam.score" if judged.exam else "training.results.score"
        score = label(self._texts(key, score=judged.result.score), name="training_score")
        scaled(score, 1.5, bold=True)
        self.add(score, self._buttons(), self.status)
        for scenario, graded in judged.played:
            self.add(*self._one(scenario, graded))

    def slides(self) -> list[tuple[str, str]]:
        """The same, one thing at a time, for the presenter."""
        slides = []
        for scenario, graded in self._judged.played:
            title = self._words.of(scenario).title
            slides.append((title, self._texts("training.results.score", score=graded.score)))
            wrong, right = self._told(scenario, graded)
            slides += [(self._texts.pair(said.question, said.standing), said.feedback) for _, said, _ in wrong]
            if right:
                named = "   ".join(f"{_SIGNS[Standing.RIGHT]}\N{NO-BREAK SPACE}{said.question}" for _, said, _ in right)
                slides.append((right[0][1].standing, named))
            slides.append((self._texts("training.results.why"), self._words.of(scenario).why))
        return slides

    def _buttons(self) -> QWidget:
        def made(key: str, signal: str, *, primary: bool = False) -> QWidget:
            kind = "primary" if primary else ""
            return button(
                self._texts(f"training.room.{key}"),
                name=f"training_{key}_button",
                kind=kind,
                action=getattr(self, signal).emit,
            )

        exam = self._judged.exam
        first = (
            [made("certificate", "certificate_wanted", primary=True)]
            if exam
            else [made("next", "next_wanted", primary=True), made("again", "again_wanted")]
        )
        rest = [made("choose", "chooser_wanted"), made("results", "results_wanted")]
        return group(row(*first, *rest, made("presenter", "presenter_wanted")))

    def _one(self, scenario: Scenario, graded: Grade) -> list[QWidget]:
        texts, words = self._texts, self._words.of(scenario)
        heading = section(words.title, name=f"training_title_{scenario.id}")
        measured = [
            texts("training.results.time", count=round(graded.seconds)),
            texts("training.results.keys", keys=graded.keys),
        ]
        if self._judged.exam:
            # Of one exercise it stands on top.
            measured.insert(0, texts("training.results.score", score=graded.score))
        missed, met = self._told(scenario, graded)
        wrong = [self._verdict(*one) for one in missed]
        right = [self._right(said, name) for _, said, name in met]
        verdicts = [*wrong, *([group(row(*right))] if right else [])]
        why = card("notice", section(texts("training.results.why")), selectable(words.why, name="training_why"))
        return [heading, label(f"{'. '.join(measured)}.", "muted", name="training_measured"), *verdicts, why]

    def _told(self, scenario: Scenario, graded: Grade) -> tuple[list[_Told], list[_Told]]:
        """What was wrong or missing, and what was right."""
        spoken = zip(graded.verdicts, self._words.grade(scenario, graded), strict=True)
        told = [(verdict.standing, said, f"training_verdict_{verdict.question}") for verdict, said in spoken]
        right = [one for one in told if one[0] is Standing.RIGHT]
        return [one for one in told if one not in right], right

    def _right(self, spoken: VerdictWords, name: str) -> QWidget:
        """What was right needs no more than its name."""
        words = label(f"{_SIGNS[Standing.RIGHT]} {spoken.question}", "good", wrap=False)
        made = QFrame()
        made.setObjectName(name)
        made.setLayout(column(words))
        made.setAccessibleName(self._texts.pair(spoken.question, spoken.standing))
        made.setProperty("standing", Standing.RIGHT.value)
        return made

    def _verdict(self, standing: Standing, spoken: VerdictWords, name: str) -> QWidget:
        told = self._texts.pair(spoken.question, spoken.standing)
        head = label(f"{_SIGNS[standing]}  {told}")
        scaled(head, 1.0, bold=standing is not Standing.RIGHT)
        parts = [head, *([selectable(spoken.feedback)] if spoken.feedback else [])]
        made = card(_PANELS[standing], *parts, name=name)
        made.setAccessibleName(f"{told}. {spoken.feedback}".strip())
        made.setProperty("standing", standing.value)
        return made


class Results(TableView):
    """Made anew each time it is opened."""

    chooser_wanted = Signal()

    def __init__(self, services: Services, room: TrainingRoom) -> None:
        texts = services.texts
        heading = texts("training.results.title")
        super().__init__("training_results", heading, "training_status", texts)
        self._services, self._room, self._session = services, room, room.results
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
            plain_table("training_table", heading, *_filled(*self.table())),
            section(title),
            selectable(told, name="training_scores"),
        )
        if misses := room.results.misses():
            named = ((texts(f"training.question.{question}"), count) for question, count in misses.most_common())
            lines = [texts.pair(name, count) for name, count in named]
            self.add(section(texts("training.results.misses")), selectable("\n".join(lines), name="training_misses"))

    def write(self, path: Path) -> None:
        super().write(path)
        self._room.note_table()

    def table(self) -> tuple[Sequence[str], Cells]:
        scenarios = read_scenarios(self, self._services).scenarios
        return self._words.result_columns(), self._words.result_cells(self._session, scenarios)


def _filled(columns: Sequence[str], cells: Cells) -> tuple[Sequence[str], Cells]:
    """What has something in it: a column that is empty in each row only takes the room of the others."""
    kept = [place for place in range(len(columns)) if any(line[place] != "" for line in cells)]
    return [columns[place] for place in kept], [[line[place] for place in kept] for line in cells]


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
