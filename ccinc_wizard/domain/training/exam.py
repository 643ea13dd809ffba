"""Exams: a draw that anyone can repeat by its seed, and the results of a session for the trainer."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.domain.training.grading import Grade, Standing
from ccinc_wizard.domain.training.scenario import Scenario
from ccinc_wizard.domain.training.terms import Question


def draw(scenarios: Iterable[Scenario], seed: int, count: int) -> tuple[Scenario, ...]:
    """`count` scenarios in an order that follows from the seed alone, none twice; all of them when there are fewer.

    A digest decides rather than `random`, whose order may differ between versions of Python: the same seed gives
    the same exam on every machine, whatever the order of the files. Raises ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError("an exam has at least one scenario")
    by_id = {scenario.id: scenario for scenario in scenarios}
    order = sorted(by_id, key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())
    return tuple(by_id[one] for one in order[:count])


@dataclass(frozen=True, slots=True)
class ExamResult:
    """What one trainee made of one draw, or of scenarios practised freely when `seed` is None."""

    trainee: str
    seed: int | None
    grades: tuple[Grade, ...]

    @property
    def score(self) -> int:
        """0 to 100: the mean of the scenarios' scores, rounded down, so that 100 means no mistake at all."""
        return sum(grade.score for grade in self.grades) // len(self.grades) if self.grades else 0

    @property
    def seconds(self) -> float:
        """The time over all scenarios."""
        return sum(grade.seconds for grade in self.grades)

    @property
    def keys(self) -> int:
        """The keys over all scenarios."""
        return sum(grade.keys for grade in self.grades)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One scenario of one trainee, as a row for a table, CSV or XLSX; the columns' words stand in `training.json`."""

    trainee: str
    seed: int | None
    position: int
    scenario: str
    score: int
    seconds: int
    keys: int
    wrong: str
    """The questions that were not right, by their names, with a space between."""
    mistakes: str
    """The ids of the listed mistakes, with a space between."""


@dataclass(frozen=True, slots=True)
class SessionResults:
    """The results of a group. Unchanging: `with_result` makes a new one."""

    results: tuple[ExamResult, ...] = ()

    def with_result(self, result: ExamResult) -> SessionResults:
        """One result more. A register number in the trainee's name is masked: names go to CSV and XLSX."""
        named = replace(result, trainee=" ".join(scrub(result.trainee).split()))
        return replace(self, results=(*self.results, named))

    def rows(self) -> list[ResultRow]:
        """All results, a row for each scenario, in the order in which they came in."""
        return [
            ResultRow(
                trainee=result.trainee,
                seed=result.seed,
                position=position,
                scenario=grade.scenario,
                score=grade.score,
                seconds=round(grade.seconds),
                keys=grade.keys,
                wrong=" ".join(_missed(grade)),
                mistakes=" ".join(grade.mistakes),
            )
            for result in self.results
            for position, grade in enumerate(result.grades, start=1)
        ]

    def scores(self) -> list[tuple[str, int]]:
        """Trainee and score of each exam, for the plot."""
        return [(result.trainee, result.score) for result in self.results]

    def misses(self) -> Counter[Question]:
        """How often each question was missed by the group: what the trainer should explain once more."""
        counts: Counter[Question] = Counter()
        for result in self.results:
            for grade in result.grades:
                counts.update(_missed(grade))
        return counts


def _missed(grade: Grade) -> list[Question]:
    missed = [verdict.question for verdict in grade.verdicts if verdict.standing is not Standing.RIGHT]
    return list(dict.fromkeys(missed))
