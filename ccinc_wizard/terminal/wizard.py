"""The wizard in the terminal: the same questions, rules and outcome as the window. Reads a pipe too. Knows no Qt."""

from __future__ import annotations

from contextlib import ExitStack
from enum import Enum, auto
from typing import TYPE_CHECKING

from ccinc_wizard.app import drafts, machine, saving
from ccinc_wizard.app.interview import Hooks, Interview
from ccinc_wizard.content.wording import result_lines
from ccinc_wizard.domain import questions, register_number
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Situation
from ccinc_wizard.domain.findings import Severity
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.requestlog.errors import LogErrorCode
from ccinc_wizard.terminal.console import UNREADABLE, Choice, Console, EndOfInputError, matching, told_if_slow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccinc_wizard.app.services import Services
    from ccinc_wizard.domain.findings import EarlierRequest, Finding
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.requestlog.log import RequestLog

HELP, BACK, CORRECT = "?", "<", "+"


class _Move(Enum):
    ON = auto()
    BACK = auto()
    CHECK_AGAIN = auto()


class TerminalWizard:
    """One request asked from the first question to the log."""

    def __init__(self, services: Services, console: Console) -> None:
        self._services, self._console, self._texts = services, console, services.texts
        # Only someone at the keyboard left something half-way; a pipe gives all its answers anew.
        self._draft = next(iter(services.waiting_drafts(in_place=True)), None) if console.live else None
        """What an earlier start left half-way, while it is on offer: Enter takes it up, a choice begins anew."""
        answers = self._draft.answers if self._draft else Answers()
        self._interview = Interview(services, answers, Hooks(look_up=self._look_up))
        self._wording = self._interview.wording
        self._offer: Finding | None = None
        self._told: set[str] = set()
        self._log: RequestLog | None = None
        self._log_failure: Exception | None = None
        self._closing = ExitStack()

    def run(self) -> int:
        """Ask, answer and save. Returns 0, or 1 when the input ended too soon or the log could not be written."""
        if self._services.mode is Mode.TRAINING:
            self._console.say(self._texts("app.training_band"))
        self._console.say(self._texts("terminal.intro", help=HELP, back=BACK))
        with self._closing:
            try:
                return self._ask_until_done()
            except EndOfInputError:
                self._console.say(self._texts("terminal.ended"))
                return 1
            finally:
                if self._console.live and self._draft is None:
                    self._services.save_draft(self._answers)

    @property
    def _answers(self) -> Answers:
        return self._interview.answers

    def _ask_until_done(self) -> int:
        field: str | None = "situation"
        changing = False
        while True:
            self._walk(field, changing=changing)
            changing = True
            field = self._check() if StepId.CHECK in questions.path(self._answers) else None
            if field is None:
                result = self._finish()
                if isinstance(result, int):
                    return result
                field = questions.asked_fields(self._answers)[-1] if result is _Move.BACK else None

    def _walk(self, field: str | None, *, changing: bool) -> None:
        """Ask from this field on; after a change of one answer, only what is still unfinished."""
        self._told.clear()
        while field is not None:
            back = self._ask(field) is _Move.BACK
            changing = changing and not back
            fields = questions.asked_fields(self._answers)
            place = fields.index(field) + (-1 if back else 1)
            if place < 0:
                self._console.say(self._texts("terminal.first"))
            coming = fields[max(place, 0) :]
            field = next((name for name in coming if not changing or self._errors_about(name)), None)

    # One question

    def _ask(self, field: str) -> _Move:
        options = self._options(field)
        if self._draft is not None:
            offered = drafts.when(self._texts, self._draft)
            self._console.say("\n" + self._texts("terminal.draft", question=offered))
        self._console.say("\n" + self._question(field, options))
        while True:
            typed = self._console.ask_secret() if field == "register_number" else self._console.ask()
            if doubt := self._console.doubt(typed):
                self._console.say(self._texts(f"terminal.{doubt}"))
            if doubt == UNREADABLE:
                continue
            if typed == HELP:
                self._console.say(self._texts(f"app.help.{questions.step_of(field)}.text"))
            elif typed == BACK:
                self._offer = None
                return _Move.BACK
            elif self._take(field, typed, options):
                self._offer = None
                return _Move.ON

    def _options(self, field: str) -> list[Choice]:
        """What one can choose from, with its words; nothing for a field that is typed."""
        ids = questions.options_of(field, lambda: self._services.catalog)
        return [Choice(option, *self._texts.choice(field, option)) for option in ids]

    def _take(self, field: str, typed: str, options: list[Choice]) -> bool:
        offer = self._offer
        if typed == CORRECT and offer is not None and offer.corrected is not None:
            self._interview.correct(offer.corrected)
            return True
        given = matching(typed, options) if typed and options else typed
        if given is None:
            self._console.say(self._texts("terminal.choose", count=len(options)))
            return False
        self._settle_draft(begin_anew=bool(given))
        if given:
            self._interview.answer(field, given)
        problems = self._errors_about(field)
        for finding in problems[:1]:
            self._offer = finding
            self._console.say(self._with_offer(finding))
        if not problems and typed:
            self._remark(field)
        return not problems

    def _settle_draft(self, *, begin_anew: bool) -> None:
        """What is offered is taken up, or waits beside what is begun now."""
        offered, self._draft = self._draft, None
        if offered is None:
            return
        # In the place of the present draft either way.
        self._services.set_draft_aside()
        if begin_anew:
            self._interview.restart()
        else:
            self._services.save_draft(self._answers)
            self._services.forget_draft(offered)

    def _question(self, field: str, options: list[Choice]) -> str:
        texts, answers = self._texts, self._answers
        lines = [texts(f"terminal.question.{field}", name=" ".join(answers.authority_name.split()))]
        if field == "register_number" and self._services.mode is Mode.TRAINING:
            lines = [texts("terminal.question.register_number_training")]
        for number, option in enumerate(options, start=1):
            lines.append(texts("terminal.option", number=number, label=option.label))
            if option.hint:
                lines.append(f"     {option.hint}")
        held = questions.held(field, answers)
        if held and not self._errors_about(field):
            lines.append(texts("terminal.keep", value=self._wording.answer(field, answers)))
        elif field == "administrator":
            lines.append(texts("terminal.optional"))
        return "\n".join(lines)

    def _remark(self, field: str) -> None:
        if field == "register_number":
            number = self._interview.judgement.number
            bis = number is not None and number.kind is register_number.NumberKind.BIS
            self._console.say(self._texts(f"wizard.applicant.number_ok{'_bis' if bis else ''}"))
        elif field == "authority_name" and not self._interview.judgement.circumstances.recognise(self._answers):
            authority = next((a for a in self._services.catalog.authorities if a.id == self._answers.authority), None)
            found = self._services.municipalities.search(self._answers.authority_name, limit=5)
            if found and authority is not None and authority.region:
                names = ", ".join(match.municipality.name for match in found)
                self._console.say(self._texts("terminal.suggestions", names=names, back=BACK))

    # The check page

    def _check(self) -> str | None:
        """The field to go back to, or None when nothing holds the result back."""
        self._interview.go(StepId.CHECK)
        self._show_answers()
        asked = not self._interview.asks_administrator
        while True:
            self._show_findings()
            errors = self._interview.problems(StepId.CHECK)
            if not errors and asked:
                return None
            self._offer = errors[0] if errors else None
            field = errors[0].about if errors else "administrator"
            if field != "administrator":
                return field
            asked = True
            try:
                move = self._ask(field)
            except EndOfInputError:
                if errors:
                    raise
                continue
            if move is _Move.BACK:
                return questions.asked_fields(self._answers)[-1]
            if StepId.CHECK not in questions.path(self._answers):
                return None

    def _show_answers(self) -> None:
        texts, say = self._texts, self._console.say
        say("\n" + texts("wizard.check.answers"))
        for field in questions.asked_fields(self._answers):
            told = texts.pair(texts(f"wizard.field.{field}"), self._wording.answer(field, self._answers))
            say(f"  {told}")
        prechecks = self._services.catalog.procedures[self._answers.situation or Situation.FORM].prechecks
        if prechecks:
            say("\n" + texts("wizard.check.prechecks"))
        for check in prechecks:
            say(f"  - {texts(f'wizard.precheck.{check}')}")

    def _show_findings(self) -> None:
        found = self._interview.judgement.findings
        for severity in Severity:
            for finding in (finding for finding in found if finding.severity is severity):
                grave = self._texts(f"wizard.check.severity.{severity}")
                words = self._texts.pair(grave, self._with_offer(finding))
                if words not in self._told:
                    self._told.add(words)
                    self._console.say("\n" + words)

    def _with_offer(self, finding: Finding) -> str:
        words = self._wording.finding(finding)
        if finding.severity is not Severity.ERROR or finding.corrected is None:
            return words
        return f"{words}\n" + self._texts("terminal.correct", sign=CORRECT, what=self._wording.correction(finding))

    def _errors_about(self, field: str) -> list[Finding]:
        found = self._interview.problems(questions.step_of(field))
        return [finding for finding in found if finding.about == field]

    def _look_up(self, number: RegisterNumber | None, but: str) -> Sequence[EarlierRequest]:
        if number is None:
            return ()
        known: Sequence[EarlierRequest] = ()
        log = self._opened()
        try:
            known = saving.earlier_requests(log, number, but) if log else ()
        except Exception as error:  # whatever the log does, the answer must still come
            self._log_failure = error
        if self._log_failure:
            self._console.say(self._texts("wizard.check.log_unavailable"))
        return known

    def _opened(self) -> RequestLog | None:
        if self._log is None:
            try:
                with told_if_slow(self._services):
                    self._log = self._closing.enter_context(self._services.open_log())
                self._log_failure = None
            except Exception as error:  # a library that is missing counts as well
                self._log_failure = error
        return self._log

    # The result

    def _finish(self) -> int | _Move:
        """Show the result and save it: the exit code, or where to when it did not end there."""
        judged = self._interview.judgement
        request, decided = judged.request, judged.outcome
        if decided is None:
            return _Move.BACK
        self._console.say("")
        self._console.print_result("\n".join(result_lines(self._wording, self._answers, decided, request)))
        if request is None:
            self._done()
            return 0
        options = [Choice(choice, self._texts(f"terminal.{choice}")) for choice in ("yes", "no")]
        wanted = self._wants_saving(options)
        return _Move.BACK if wanted is None else self._save() if wanted else self._done()

    def _wants_saving(self, options: list[Choice]) -> bool | None:
        self._console.say("\n" + self._texts("terminal.save"))
        while True:
            try:
                typed = self._console.ask()
            except EndOfInputError:
                return True
            if typed == BACK:
                return None
            chosen = matching(typed, options, initials=True) if typed else "yes"
            if chosen is not None:
                return chosen == "yes"
            self._console.say(self._texts("terminal.choose", count=len(options)))

    def _save(self) -> int | _Move:
        log = self._opened()
        try:
            if log is None:
                raise self._log_failure or RuntimeError
            logged = saving.save(log, self._answers, self._interview.judgement.circumstances)
        except Exception as error:  # whatever the log does, the user hears that nothing was logged
            self._console.say(saving.unsaved(self._texts, "result.not_saved", error))
            # Somebody else has saved meanwhile: the check page now says whom and what.
            return _Move.CHECK_AGAIN if getattr(error, "code", None) is LogErrorCode.SECOND_ROLE else 1
        self._interview.mark_saved()
        self._console.print_result("\n" + self._texts("result.saved", reference=logged.reference))
        return self._done()

    def _done(self) -> int:
        self._interview.restart()
        return 0


def ask(services: Services) -> int:
    """Run the wizard on standard input and output. Returns the exit code."""
    machine.leave_no_dumps()
    return TerminalWizard(services, Console.standard()).run()
