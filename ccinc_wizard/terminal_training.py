"""Training in the terminal: the wizard's own questions on a scenario, then the grade. Reads a pipe too. Knows no Qt."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from ccinc_wizard.console import Console, EndOfInputError, Option, matching
from ccinc_wizard.content.plaintext import result_lines
from ccinc_wizard.content.training_words import TrainingWords
from ccinc_wizard.domain import outcome, rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.domain.training.exam import ExamResult, draw
from ccinc_wizard.domain.training.grading import Attempt, Grade, grade
from ccinc_wizard.domain.training.scenario import Scenario, same_number
from ccinc_wizard.domain.training.terms import YesNo
from ccinc_wizard.own_scenarios import read_scenarios
from ccinc_wizard.terminal import BACK, HELP, TerminalWizard

if TYPE_CHECKING:
    from ccinc_wizard.services import Services

STOP = "."
_SEEDS = 10_000


class CountingConsole(Console):
    """A console that counts the keys of the answers, Enter included."""

    keys = 0

    def ask(self) -> str:
        typed = super().ask()
        self.keys += len(typed) + 1
        return typed

    def ask_secret(self) -> str:
        # A fictional number is no secret; seeing it typed helps in front of a group.
        return self.ask()


class TrainingWizard(TerminalWizard):
    """The wizard on one scenario. Nothing is logged or left as a draft; what the log would know, the scenario tells."""

    def __init__(self, services: Services, console: Console, scenario: Scenario) -> None:
        super().__init__(services, console)
        self._scenario = scenario
        self._answers = Answers()
        self._label_due: bool | None = None
        self._module = ""

    def play(self) -> Attempt:
        """Ask everything. Raises EndOfInputError when the input ended too soon."""
        self._ask_until_done()
        return Attempt(self._answers, self._label_due, self._module)

    def _take(self, field: str, typed: str, options: list[Option]) -> bool:
        taken = super()._take(field, typed, options)
        if field == "register_number" and typed and not taken:
            self._say("asked_again", number=self._scenario.person.number)
        return taken

    def _question(self, field: str, options: list[Option]) -> str:
        question = super()._question(field, options)
        if field != "register_number":
            return question
        person = self._scenario.person
        shown = ("heard", person.number_heard) if person.number_heard else ("terminal.number_on_card", person.number)
        return f"{question}\n{self._texts(f'training.{shown[0]}', number=shown[1])}"

    def _check(self) -> str | None:
        # Before the check page, whose notices would give the answers away.
        if not self._module:
            # An input that ends here leaves the two questions open; the answers before them still count.
            with suppress(EndOfInputError):
                self._ask_beyond(self._services.catalog.label.name, self._services.catalog.names.module)
        return super()._check()

    def _look_up(self) -> None:
        known = same_number(self._answers.number_text, self._scenario.person.number)
        self._earlier = self._scenario.earlier_requests() if known else ()

    def _finish(self) -> int | None:
        decided = outcome.outcome_of(self._answers, self._services.catalog)
        if decided is None:
            raise EndOfInputError
        request = rules.request_of(self._answers, self._services.circumstances(self._earlier))
        self._console.say("")
        self._console.print_result("\n".join(result_lines(self._wording, self._answers, decided, request)))
        return 0

    def _ask_beyond(self, label: str, module: str) -> None:
        choices = [Option(answer, self._texts(f"training.yes_no.{answer}")) for answer in YesNo]
        self._label_due = self._choose("label_question", choices, label=label) == YesNo.YES
        modules = [module, *self._scenario.screen.other_modules]
        if len(modules) == 1:
            modules.append(self._texts("training.module_other"))
        self._module = self._choose("module_question", [Option(name, name) for name in sorted(modules)])

    def _choose(self, key: str, options: list[Option], **values: str) -> str:
        self._console.say("\n" + self._texts(f"training.{key}", **values))
        for number, option in enumerate(options, start=1):
            self._console.say(self._texts("terminal.option", number=number, label=option.label))
        while True:
            chosen = matching(self._console.ask(), options)
            if chosen is not None:
                return chosen
            self._console.say(self._texts("terminal.choose", count=len(options)))

    def _say(self, key: str, **values: str) -> None:
        self._console.say(self._texts(f"training.{key}", **values))


class Training:
    """A run of `train`: one scenario, an exam, or scenarios by choice."""

    def __init__(
        self, services: Services, console: CountingConsole, clock: Callable[[], float] = time.monotonic
    ) -> None:
        services.mode = Mode.TRAINING
        self._services, self._console, self._clock = services, console, clock
        self._texts = services.texts
        self._words = TrainingWords(services.texts, services.catalog)
        self._set = read_scenarios(self._services)

    def run(self, scenario_id: str | None, exam: int | None, seed: int | None) -> int:
        """Play. Returns 0, or 1 when there is no such scenario or the input ended too soon."""
        self._console.say(self._texts("app.training_band"))
        for error in self._set.refused:
            self._say("refused", file=error.file, line=error.line, reason=error.reason)
        try:
            if exam is not None:
                return self._exam(exam, secrets.randbelow(_SEEDS) if seed is None else seed)
            return self._one(scenario_id) if scenario_id is not None else self._by_choice()
        except EndOfInputError:
            self._console.say(self._texts("terminal.ended"))
            return 1

    def _one(self, scenario_id: str) -> int:
        scenario = self._set.find(scenario_id)
        if scenario is None:
            self._say("unknown", id=scenario_id)
            self._list()
            return 1
        self._explain(scenario, self._play(scenario, self._words.of(scenario).title))
        return 0

    def _by_choice(self) -> int:
        if not self._set.scenarios:
            self._say("none")
            return 1
        self._list()
        options = [Option(one.id, self._words.of(one).title) for one in self._set.scenarios]
        while True:
            self._say("again", stop=STOP)
            try:
                typed = self._console.ask()
            except EndOfInputError:
                return 0
            if typed == STOP:
                return 0
            chosen = matching(typed, options) if typed else options[0].id
            if chosen is None:
                self._say("unknown", id=typed)
                continue
            self._one(chosen)
            place = next(number for number, option in enumerate(options) if option.id == chosen)
            options = [*options[place + 1 :], *options[: place + 1]]

    def _exam(self, count: int, seed: int) -> int:
        if count < 1 or not self._set.scenarios:
            self._say("count_wrong" if count < 1 else "none")
            return 1
        drawn, grades = draw(self._set.scenarios, seed, count), []
        for number, scenario in enumerate(drawn, start=1):
            # No title: it often names the trap.
            title = self._texts("training.exam.progress", number=number, total=len(drawn))
            grades.append(self._play(scenario, title))
        result = ExamResult("", seed, tuple(grades))
        for scenario, judged in zip(drawn, grades, strict=True):
            self._console.print_result("\n" + self._words.of(scenario).title)
            self._explain(scenario, judged)
        print_result, texts = self._console.print_result, self._texts
        print_result("\n" + texts("training.exam.score", score=result.score))
        print_result(f"{texts('training.exam.seed')}: {seed}")
        return 0

    def _play(self, scenario: Scenario, title: str) -> Grade:
        words, say, texts = self._words.of(scenario), self._console.say, self._texts
        say("\n" + texts("training.terminal.scenario", title=title))
        say(f"{texts('training.your_role')}: {words.your_role}")
        say(f"{texts(f'training.said.{scenario.channel}')} {words.said}")
        say("\n" + texts("terminal.intro", help=HELP, back=BACK))
        keys, started = self._console.keys, self._clock()
        attempt = TrainingWizard(self._services, self._console, scenario).play()
        measured = Attempt(
            attempt.answers,
            attempt.label_due,
            attempt.module,
            seconds=self._clock() - started,
            keys=self._console.keys - keys,
        )
        return grade(scenario, measured)

    def _explain(self, scenario: Scenario, judged: Grade) -> None:
        result, texts = self._console.print_result, self._texts
        result("\n" + texts("training.results.score", score=judged.score))
        for spoken in self._words.grade(scenario, judged):
            key = "verdict_feedback" if spoken.feedback else "verdict"
            result(
                "  "
                + texts(
                    f"training.terminal.{key}",
                    question=spoken.question,
                    standing=spoken.standing,
                    feedback=spoken.feedback,
                )
            )
        result(f"{texts('training.results.why')}: {self._words.of(scenario).why}")
        result(texts("training.results.time", seconds=round(judged.seconds)))
        result(texts("training.results.keys", keys=judged.keys))
        self._say("no_practice")

    def _list(self) -> None:
        self._say("list")
        for scenario in self._set.scenarios:
            self._say("list_item", id=scenario.id, title=self._words.of(scenario).title)

    def _say(self, key: str, **values: str | int) -> None:
        self._console.say(self._texts(f"training.terminal.{key}", **values))


def train(services: Services, scenario_id: str | None = None, exam: int | None = None, seed: int | None = None) -> int:
    """`ccinc-wizard train [--scenario ID] [--exam N [--seed S]]` on standard input and output. Gives the exit code."""
    return Training(services, CountingConsole.standard()).run(scenario_id, exam, seed)
