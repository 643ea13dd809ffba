"""After a scenario or an exam: what was right, what not and why, the time and the keys."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.training_words import TrainingWords, VerdictWords
from ccinc_wizard.domain.training.grading import Grade, Standing
from ccinc_wizard.domain.training.scenario import Scenario
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.theme import scaled
from ccinc_wizard.ui.kit.widgets import button, card, column, label, row, section, selectable
from ccinc_wizard.ui.training.session import Judged

_SIGNS = {Standing.RIGHT: "✓", Standing.WRONG: "✗", Standing.MISSING: "–"}
_PANELS = {Standing.RIGHT: "good", Standing.WRONG: "error", Standing.MISSING: "advice"}


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
            spoken = self._words.grade(scenario, graded)
            slides += [(self._texts.pair(said.question, said.standing), said.feedback) for said in spoken]
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
        whole = QWidget()
        second = row(made("choose", "chooser_wanted"), made("results", "results_wanted"))
        # Three beside each other have no room in a longer language.
        whole.setLayout(column(row(*first), second, row(made("presenter", "presenter_wanted"))))
        return whole

    def _one(self, scenario: Scenario, graded: Grade) -> list[QWidget]:
        texts, words = self._texts, self._words.of(scenario)
        heading = section(words.title, name=f"training_title_{scenario.id}")
        measured = (
            f"{texts('training.results.score', score=graded.score)}. "
            f"{texts('training.results.time', count=round(graded.seconds))}. "
            f"{texts('training.results.keys', keys=graded.keys)}."
        )
        spoken = zip(graded.verdicts, self._words.grade(scenario, graded), strict=True)
        told = [(verdict.standing, said, f"training_verdict_{verdict.question}") for verdict, said in spoken]
        wrong = [self._verdict(*one) for one in told if one[0] is not Standing.RIGHT]
        right = [self._right(said, name) for standing, said, name in told if standing is Standing.RIGHT]
        line = QWidget()
        line.setLayout(row(*right))
        verdicts = [*wrong, *([line] if right else [])]
        why = card("notice", section(texts("training.results.why")), selectable(words.why, name="training_why"))
        return [heading, label(measured, "muted", name="training_measured"), *verdicts, why]

    def _right(self, spoken: VerdictWords, name: str) -> QWidget:
        """What was right needs no more than its name."""
        words = label(f"{_SIGNS[Standing.RIGHT]} {spoken.question}", "good")
        words.setWordWrap(False)
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
