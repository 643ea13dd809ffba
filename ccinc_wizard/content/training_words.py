"""Scenarios, verdicts and results in words: the same for window, terminal and print."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields, replace
from typing import TYPE_CHECKING

from ccinc_wizard.domain.training.grading import Grade, ResultRow, SessionResults, Standing, Verdict
from ccinc_wizard.domain.training.scenario import Scenario, Words
from ccinc_wizard.domain.training.terms import Question, YesNo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ccinc_wizard.content.texts import Texts
    from ccinc_wizard.domain.catalog import Catalog
    from ccinc_wizard.domain.training.practice import Notice


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """One verdict: the question, how it stands, and what to learn from it (empty when it was right)."""

    question: str
    standing: str
    feedback: str


class TrainingWords:
    """Words in one language for what training shows."""

    def __init__(self, texts: Texts, catalog: Catalog) -> None:
        self._texts = texts
        self._names = {
            "label": catalog.label.name,
            "approver": catalog.label.approver,
            "module": catalog.names.module,
        }

    def of(self, scenario: Scenario) -> Words:
        """Title, role, the applicant's words and why, in the program's language or else in Dutch."""
        return scenario.words_in(self._texts.language)

    def grade(self, scenario: Scenario, grade: Grade) -> list[VerdictWords]:
        """Every verdict in words, in the order of the questions."""
        return [
            VerdictWords(
                self._texts(f"training.question.{verdict.question}"),
                self._texts(f"training.standing.{verdict.standing}"),
                self.feedback(scenario, verdict),
            )
            for verdict in grade.verdicts
        ]

    def feedback(self, scenario: Scenario, verdict: Verdict) -> str:
        """What to learn from a verdict: the scenario's own words for a listed mistake, else the right answer."""
        if verdict.standing is Standing.RIGHT:
            return ""
        if verdict.mistake:
            return scenario.feedback(verdict.mistake, self._texts.language)
        if verdict.slip:
            return self._texts(f"training.slip.{verdict.slip}", **self._names)
        return self._texts(f"training.feedback.{verdict.standing}", right=self.right(scenario, verdict.question))

    def notice(self, notice: Notice) -> str:
        """What a drawn screen says back."""
        return self._texts(f"training.practice.notice.{notice}", **self._names)

    def right(self, scenario: Scenario, question: Question) -> str:
        """The right answer to a question in words; of a number only whether it is needed."""
        right = scenario.right
        if question is Question.REGISTER_NUMBER:
            return self._texts(f"training.number.{right.number}")
        if question is Question.LABEL_DUE:
            return self._texts(f"training.yes_no.{YesNo.YES if right.label_due else YesNo.NO}")
        plain = {
            Question.APPLICANT_NAME: scenario.person.name,
            Question.AUTHORITY_NAME: right.authority_name or "",
            Question.MODULE: right.module,
        }
        if question in plain:
            return plain[question]
        chosen = {Question.SITUATION: right.situation, Question.ROLE: right.role, Question.AUTHORITY: right.authority}
        short = f"choices.{question}.{chosen[question]}.short"
        return self._texts(short if self._texts.has(short) else f"choices.{question}.{chosen[question]}.label")

    def result_columns(self) -> list[str]:
        """The headers of the session's table, for the screen, CSV and XLSX."""
        return [self._texts(f"training.results.column.{column.name}") for column in fields(ResultRow)]

    def result_cells(self, session: SessionResults, scenarios: Iterable[Scenario]) -> list[list[str | int]]:
        """The session's table below its headers, with the scenarios' titles; free practice has no seed to tell."""
        titles = {scenario.id: self.of(scenario).title for scenario in scenarios}
        rows = (self._spoken(row, titles) for row in session.rows())
        return [["" if cell is None else cell for cell in astuple(row)] for row in rows]

    def _spoken(self, row: ResultRow, titles: Mapping[str, str]) -> ResultRow:
        title = titles.get(row.scenario, row.scenario)
        wrong = ", ".join(self._texts(f"training.question.{name}") for name in row.wrong.split())
        return replace(row, scenario=title, wrong=wrong, mistakes=row.mistakes.replace(" ", ", "))
