"""The wizard's session in training, where a scenario stands in for the log, and what it remembers of what is played."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ccinc_wizard.app.drafts import left_beside
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.training import practice
from ccinc_wizard.domain.training.grading import Attempt, ExamResult, Grade, SessionResults, grade
from ccinc_wizard.domain.training.practice import PracticeState
from ccinc_wizard.domain.training.scenario import Scenario, same_number
from ccinc_wizard.requestlog.errors import LogError
from ccinc_wizard.requestlog.keys import forget, known_keys
from ccinc_wizard.ui.wizard.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccinc_wizard.app.services import Services
    from ccinc_wizard.domain.findings import EarlierRequest
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.requestlog.model import LoggedRequest
    from ccinc_wizard.ui.kit.worker import LogWorker
    from ccinc_wizard.ui.wizard.session import MakeRecord


class TrainingRun:
    """One scenario being played: what the wizard does not ask, the drawn screens, the time and the keys."""

    def __init__(self, scenario: Scenario, clock: Callable[[], float] = time.monotonic) -> None:
        self.scenario = scenario
        self.label_due: bool | None = None
        self.module = ""
        self.chosen: dict[str, str] = {}
        """What is chosen of label and module, until one goes on with both."""
        self.practice: PracticeState = practice.start(scenario)
        self.keys = 0
        self.times_asked = 0
        """How often the applicant was asked for the register number."""
        self._clock, self._started = clock, clock()

    @property
    def beyond_answered(self) -> bool:
        """Whether label and module were asked: once, as the check page then tells them."""
        return self.label_due is not None and bool(self.module)

    @property
    def begun(self) -> bool:
        """Whether anything was asked, answered or done besides the wizard's answers."""
        untouched = self.practice == practice.start(self.scenario)
        return bool(self.times_asked or self.label_due is not None or self.module or not untouched)

    def grade(self, answers: Answers) -> Grade:
        """Judge what was done so far."""
        seconds = self._clock() - self._started
        attempt = Attempt(answers, self.label_due, self.module, self.practice, seconds, self.keys)
        return grade(self.scenario, attempt)


@dataclass(slots=True)
class Exam:
    """An exam under way: its draw, and the grades so far."""

    seed: int
    scenarios: tuple[Scenario, ...]
    grades: list[Grade] = field(default_factory=list)

    @property
    def next(self) -> Scenario | None:
        """The scenario to play now, or None at the end."""
        return self.scenarios[len(self.grades)] if len(self.grades) < len(self.scenarios) else None

    @property
    def at_end(self) -> bool:
        """Whether the scenario to play now is the last one."""
        return len(self.grades) + 1 == len(self.scenarios)


@dataclass(slots=True)
class Judged:
    """What the feedback shows: the scenarios that were played, and in an exam its result."""

    played: tuple[tuple[Scenario, Grade], ...]
    result: ExamResult
    exam: bool


Played = tuple["TrainingRun | None", SessionResults, "Exam | None", "Judged | None"]
"""What is played or shown, and the results so far."""


@dataclass(slots=True)
class TrainingRoom:
    """All of one training session, in memory only."""

    trainee: str = ""
    seed: int = 1
    count: int = 5
    """Of the next exam, of which these exercises are drawn."""
    run: TrainingRun | None = None
    exam: Exam | None = None
    judged: Judged | None = None
    results: SessionResults = field(default_factory=SessionResults)
    saved: list[ExamResult] = field(default_factory=list)
    """What stands in a file: in a table, or as a certificate."""
    certified: list[ExamResult] = field(default_factory=list)

    def unsaved(self) -> str:
        """Results that stand in no file; of an exam whose certificate can still be had, that is the loss."""
        due = self.certificate_due
        left = [one for one in self.results.results if one is not due and not _among(self.saved, one)]
        return "results" if left else ""

    @property
    def certificate_due(self) -> ExamResult | None:
        """The exam whose certificate can be had now and was not."""
        judged = self.judged
        return (
            judged.result if judged is not None and judged.exam and not _among(self.certified, judged.result) else None
        )

    def note_table(self) -> None:
        """All results so far were written to a file."""
        self.saved.extend(self.results.results)

    def note_certificate(self) -> None:
        """The certificate of what is shown was written to a file, and with it the result."""
        if self.judged is not None:
            self.saved.append(self.judged.result)
            self.certified.append(self.judged.result)

    def begin(self, scenario: Scenario) -> None:
        """Play a scenario from its beginning."""
        self.run, self.judged = TrainingRun(scenario), None

    def begin_exam(self, seed: int, scenarios: tuple[Scenario, ...]) -> None:
        """Play these scenarios one after the other."""
        self.exam = Exam(seed, scenarios)
        self.begin(scenarios[0])

    def finish(self, answers: Answers) -> bool:
        """Judge the run. True when there is feedback to show, False when the exam goes on with the next scenario."""
        run, exam = self.run, self.exam
        if run is None:
            return False
        judged = run.grade(answers)
        if exam is None:
            self._keep(((run.scenario, judged),), None)
            return True
        exam.grades.append(judged)
        if (following := exam.next) is not None:
            self.begin(following)
            return False
        self._keep(tuple(zip(exam.scenarios, exam.grades, strict=True)), exam.seed)
        return True

    @property
    def played(self) -> Played:
        """What one can go on with as if it had been neither handed in nor left."""
        exam = self.exam and replace(self.exam, grades=[*self.exam.grades])
        return self.run, self.results, exam, self.judged

    @played.setter
    def played(self, played: Played) -> None:
        self.run, self.results, self.exam, self.judged = played

    def leave(self) -> None:
        """Give the present scenario or exam up; the results stay."""
        self.run = self.exam = self.judged = None

    def _keep(self, played: tuple[tuple[Scenario, Grade], ...], seed: int | None) -> None:
        result = ExamResult(self.trainee, seed, tuple(grade for _, grade in played))
        self.leave()
        self.results = self.results.with_result(result)
        self.judged = Judged(played, self.results.results[-1], seed is not None)


class DueCertificate:
    """Tells that the certificate of the exam that is over can still be had."""

    def __init__(self, room: TrainingRoom) -> None:
        self._room = room

    def unsaved(self) -> str:
        """The certificate, until it is in a file."""
        return "certificate" if self._room.certificate_due is not None else ""


def _among(results: list[ExamResult], wanted: ExamResult) -> bool:
    """Whether this very one is there: two exercises may end alike."""
    return any(one is wanted for one in results)


def reset(paths: Paths) -> None:
    """Remove the training log, the ones set aside from it, its key and its drafts; the log must be closed.

    Raises OSError when something cannot be removed.
    """
    folder = paths.log_folder(Mode.TRAINING)
    for log in (folder, *folder.parent.glob(f"{folder.name}-kept-*")):
        if log.is_dir():
            # A key that cannot be read any more cannot be forgotten either.
            with suppress(LogError):
                forget(known_keys(log))
            shutil.rmtree(log)
        log.unlink(missing_ok=True)
    for beside in (*folder.parent.glob(f"{folder.name}.*"), *folder.parent.glob(f"{folder.name}-kept-*.*")):
        shutil.rmtree(beside) if beside.is_dir() else beside.unlink(missing_ok=True)
    draft = paths.draft(Mode.TRAINING)
    for left in (draft, *left_beside(draft)):
        left.unlink(missing_ok=True)


class TrainingSession(Session):
    """The same answers, pages and rules as outside training."""

    beyond_asked = Signal()
    """Label and module are to be asked now, before the check page tells them."""
    completed = Signal()
    """The wizard's last page was left; the drawn screens come next."""

    def __init__(
        self, services: Services, worker: LogWorker, make_record: MakeRecord, answers: Answers, room: TrainingRoom
    ) -> None:
        super().__init__(services, worker, make_record, answers)
        self.room = room
        self._ask_real_log = self.hooks.look_up
        self.hooks.look_up, self.hooks.opens_check = self._ask_scenario, self._beyond_answered

    def unsaved(self) -> str:
        """An exam under way, or an exercise in which something was done."""
        run = self.room.run
        if run is None:
            return super().unsaved()
        return "exam" if self.room.exam is not None else "exercise" if run.begun or self.answers != Answers() else ""

    @property
    def holders(self) -> tuple[object, ...]:
        """With the certificate and the results of its room."""
        return (self, DueCertificate(self.room), self.room)

    @property
    def begun(self) -> bool:
        """In the room things stay as well, be the wizard empty."""
        return self.room != TrainingRoom() or super().begun

    def begin(self) -> None:
        """Empty answers for a scenario that begins."""
        super().restart()

    def restart(
        self, answers: Answers | None = None, at: StepId = StepId.SITUATION, logged: LoggedRequest | None = None
    ) -> None:
        """As outside training; but with a scenario, going on from the result loses nothing."""
        if self.room.run is not None and answers is None and self.step is StepId.RESULT:
            self.completed.emit()
        else:
            super().restart(answers, at, logged)

    def _beyond_answered(self) -> bool:
        if self.room.run is None or self.room.run.beyond_answered:
            return True
        self.beyond_asked.emit()
        return False

    def _ask_scenario(self, number: RegisterNumber | None, but: str) -> Sequence[EarlierRequest] | None:
        asked = self._ask_real_log(None if self.room.run else number, but)
        if self.room.run is None:
            return asked
        scenario = self.room.run.scenario
        return scenario.earlier_requests() if same_number(self.answers.number_text, scenario.person.number) else ()
