"""Reads the practice scenarios, the program's own and those in a trainer's folder, and puts them and verdicts in words.

A trainer is no programmer: what is wrong with a file is said in the language of the program, with file and line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ccinc_wizard.content.facts import line_of, load_toml
from ccinc_wizard.content.files import ContentError, OverLimitError, Watch, read_text, resources_folder
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain import questions
from ccinc_wizard.domain.catalog import Catalog, Where
from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.domain.findings import Circumstances, Finding, Severity
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.municipalities import Municipalities
from ccinc_wizard.domain.questions import BY_FIELD, options_of
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.domain.rules import evaluate
from ccinc_wizard.domain.training.enums import REFERENCE_DAY, Graded, ScenarioFault
from ccinc_wizard.domain.training.grading import Grade, Mark, ResultRow, SessionResults, Standing
from ccinc_wizard.domain.training.practice import ScreenNotice
from ccinc_wizard.domain.training.scenario import Scenario, ScenarioError, ScenarioWords

_REASONS = {
    "missing": "missing",
    "extra_forbidden": "unknown-key",
    "enum": "choice",
    "literal_error": "choice",
    "string_type": "text",
    "bool_type": "yes-no",
    "string_too_short": "empty",
    "too_short": "empty",
    "string_pattern_mismatch": "pattern",
    "tuple_type": "list",
    "frozen_set_type": "list",
    "model_type": "table",
    "model_attributes_type": "table",
    "dict_type": "table",
    "date_type": "date",
    "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date",
    "date_parsing": "date",
}
"""pydantic's kinds of error and the words for them in `training.json` under `file`."""


MAX_BYTES = 200_000
"""Of a scenario's file, which has some thousands."""
_JUDGED = 50
"""Among how many mistakes of a file the first is looked for."""
FOLDER_SECONDS = 20.0
"""What reading all scenarios may take."""


@dataclass(frozen=True, slots=True)
class ScenarioSet:
    """The scenarios that can be played, in the order of their files, and the files that were refused."""

    scenarios: tuple[Scenario, ...]
    refused: tuple[ContentError, ...] = ()
    stopped: bool = False
    """Whether the user stopped the reading, so that only the program's own are there."""

    def find(self, scenario_id: str) -> Scenario | None:
        """The scenario with this id, or None."""
        return next((scenario for scenario in self.scenarios if scenario.id == scenario_id), None)


class ScenarioReader:
    """Reads scenario files beside the facts that they must agree with."""

    def __init__(self, catalog: Catalog, municipalities: Municipalities, texts: Texts) -> None:
        self._catalog = catalog
        self._municipalities = municipalities
        self._texts = texts
        self._wording = Wording(texts, catalog)

    def read(self, path: Path) -> Scenario:
        """One file. Raises ContentError with the line and, in the program's language, the reason."""
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise ContentError(path.name, 1, self._texts("training.file.too_large", most=MAX_BYTES // 1000))
        try:
            scenario = load_toml(path, Scenario)
        except ContentError as error:
            # The cause holds the file's values, which a trainer may have typed a real number among.
            raise ContentError(error.file, error.line, self._reason(path, error)) from None
        try:
            if not re.fullmatch(rf"(\d+-)?{re.escape(scenario.id)}", path.stem):
                raise ScenarioError(("id",), ScenarioFault.FILE_NAME, id=scenario.id)
            check_beside(scenario, self._catalog, self._municipalities)
        except ScenarioError as error:
            line = line_of(error.where, read_text(path))
            raise ContentError(path.name, line, self._fault(error)) from None
        return scenario

    def read_all(self, *folders: Path, go_on: Callable[[], bool] = lambda: True) -> ScenarioSet:
        """The program's own scenarios and those in these folders; a refused file stops no other.

        `go_on` is asked now and then, and ends it by False. Raises StoppedError.
        """
        found: dict[str, Scenario] = {}
        refused: list[ContentError] = []
        watch = Watch(go_on, seconds=FOLDER_SECONDS)
        for path in (path for folder in (scenario_folder(), *folders) for path in sorted(folder.glob("*.toml"))):
            try:
                watch.check()
            except OverLimitError:
                refused.append(ContentError(path.name, 1, self._texts("training.file.too_slow")))
                break
            try:
                scenario = self.read(path)
                if scenario.id in found:
                    twice = ScenarioError(("id",), ScenarioFault.ID_TWICE, id=scenario.id)
                    line = line_of(twice.where, read_text(path))
                    raise ContentError(path.name, line, self._fault(twice))
                found[scenario.id] = scenario
            except ContentError as error:
                refused.append(error)
        return ScenarioSet(tuple(found.values()), tuple(refused))

    def _reason(self, path: Path, error: ContentError) -> str:
        cause = error.__cause__
        if isinstance(cause, ValidationError):
            data = tomllib.loads(read_text(path))
            return scrub(self._form(cause.errors(include_url=False)[:_JUDGED], data))
        if isinstance(cause, tomllib.TOMLDecodeError):
            return self._texts("training.file.toml", said=re.sub(r" \(at .*\)$", "", str(cause)))
        return self._texts("training.file.utf-8" if isinstance(cause, UnicodeDecodeError) else "training.file.unread")

    def _form(self, errors: Sequence[ErrorDetails], data: Mapping[str, object]) -> str:
        first = errors[0]
        cause = first.get("ctx", {}).get("error")
        if isinstance(cause, ScenarioError):
            return self._fault(cause)
        place = _known_part(first, data)
        allowed = [
            choice
            for error in errors
            if _known_part(error, data) == place
            for choice in re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        ]
        return self._texts(
            f"training.file.{_REASONS.get(first['type'], 'other')}",
            field=_dotted(place),
            given=str(first["input"]) if isinstance(first["input"], str | int | float) else "…",
            allowed=", ".join(allowed),
            said=first["msg"],
        )

    def _fault(self, error: ScenarioError) -> str:
        values = dict(error.values)
        if isinstance(error, RuleError):
            values["said"] = self._wording.finding(error.finding)
        if "question" in values:
            values["question"] = self._texts(f"training.question.{values['question']}")
        return scrub(self._texts(f"training.file.{error.fault}", field=_dotted(error.where), **values))


def scenario_folder() -> Path:
    """Where the program's own scenarios stand."""
    return resources_folder() / "scenarios"


def _known_part(error: ErrorDetails, data: Mapping[str, object]) -> Where:
    """The place in the file, without the names that pydantic adds for the members of a union."""
    node: object = data
    place: list[str | int] = []
    for part in error["loc"]:
        in_table = isinstance(node, dict) and part in node
        in_list = isinstance(node, list) and isinstance(part, int) and part < len(node)
        if in_table or in_list:
            node = node[part]  # type: ignore[index]
        elif error["type"] != "missing":
            break
        place.append(part)
    return tuple(place)


def _dotted(place: Where) -> str:
    """Keys with dots; what stands in a list is counted from 1, as people do."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


class RuleError(ScenarioError):
    """The wizard would object to the answers that the file calls right."""

    def __init__(self, finding: Finding) -> None:
        field = finding.about if finding.about in ("situation", "role", "authority", "authority_name") else ""
        where = {"applicant_name": ("person", "name"), "register_number": ("person", "number")}
        super().__init__(where.get(finding.about, ("right", field) if field else ("right",)), ScenarioFault.RULE)
        self.finding = finding


def check_beside(scenario: Scenario, catalog: Catalog, municipalities: Municipalities) -> None:
    """Check the right answers by the facts and the rules. Raises ScenarioError."""
    right = scenario.right
    _check_option(("right", "authority"), Graded.AUTHORITY, right.authority, catalog)
    for index, mistake in enumerate(scenario.mistakes):
        for answer in mistake.answers:
            _check_option(("mistakes", index, "answers"), mistake.question, answer, catalog)
    if normalise(right.module) != normalise(catalog.names.module):
        raise ScenarioError(("right", "module"), ScenarioFault.MODULE_WRONG, module=catalog.names.module)
    if not right.referral:
        due = catalog.label_due(right.authority)
        if right.label_due is not due:
            raise ScenarioError(("right", "label_due"), ScenarioFault.LABEL_WRONG, label=catalog.label.name)
    around = Circumstances(REFERENCE_DAY, catalog, municipalities, Mode.TRAINING, scenario.earlier_requests())
    answers = scenario.right_answers()
    for finding in evaluate(answers, around):
        if finding.severity is not Severity.NOTICE and finding.step in questions.path(answers):
            raise RuleError(finding)


def _check_option(where: Where, question: Graded, answer: str, catalog: Catalog) -> None:
    options = options_of(question, lambda: catalog) if question in BY_FIELD else ()
    if options and answer not in options:
        fault = ScenarioFault.AUTHORITY_UNKNOWN if question is Graded.AUTHORITY else ScenarioFault.ANSWER_UNKNOWN
        raise ScenarioError(where, fault, answer=answer, authority=answer, question=question.value)


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
        self._names = {"label": catalog.label.name, "approver": catalog.label.approver, "module": catalog.names.module}

    def of(self, scenario: Scenario) -> ScenarioWords:
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

    def feedback(self, scenario: Scenario, verdict: Mark) -> str:
        """What to learn from a verdict: the scenario's own words for a listed mistake, else the right answer."""
        if verdict.standing is Standing.RIGHT:
            return ""
        if verdict.mistake:
            return scenario.feedback(verdict.mistake, self._texts.language)
        if verdict.slip:
            return self._texts(f"training.slip.{verdict.slip}", **self._names)
        return self._texts(f"training.feedback.{verdict.standing}", right=self.right(scenario, verdict.question))

    def notice(self, notice: ScreenNotice) -> str:
        """What a drawn screen says back."""
        return self._texts(f"training.practice.notice.{notice}", **self._names)

    def right(self, scenario: Scenario, question: Graded) -> str:
        """The right answer to a question in words; of a number only whether it is needed."""
        if question is Graded.REGISTER_NUMBER:
            return self._texts(f"training.number.{scenario.right.number}")
        told = scenario.right_to(question)[0]
        if question is Graded.LABEL_DUE:
            return self._texts(f"training.yes_no.{told}")
        return self._texts.short(question, told) if self._texts.has(f"choices.{question}.{told}.label") else told

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
