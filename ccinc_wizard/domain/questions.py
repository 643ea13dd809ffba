"""The questions in their order, what can be answered, and which of them the answers so far make necessary.

Window, terminal, lists, calls, mail, training and tests read this one declaration. A new question is one entry here,
its typed field in `Answers`, its words, and a migration where the log keeps its answer.
"""

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Administrator, NoChoice, Role, Situation

if TYPE_CHECKING:
    from ccinc_wizard.domain.catalog import Catalog


class StepId(StrEnum):
    """A page of the wizard; also its object name, `page_<id>`."""

    SITUATION = "situation"
    APPLICANT = "applicant"
    ROLE = "role"
    AUTHORITY = "authority"
    CHECK = "check"
    RESULT = "result"


LoadCatalog = Callable[[], "Catalog"]
"""Gives the facts. Most questions need none, and the first page is on the screen before they are read."""


class Question(NamedTuple):
    """One question: the field it fills, the page that asks it, where its answer stands in `Answers`.

    `logged` is the field of the log's `NewRequest` that keeps the answer; empty where the log keeps none. One that is
    typed has no options. `parse` makes the answer of an option's id, and raises ValueError for another.
    A named tuple, as the first page waits for this class to be made.
    """

    field: str
    step: StepId
    attribute: str
    logged: str = ""
    options: Callable[[LoadCatalog], Sequence[str]] | None = None
    parse: Callable[[str], str] = str
    asked: Callable[[Answers], bool] = lambda _: True


def _types(facts: LoadCatalog) -> Sequence[str]:
    return (*(known.id for known in facts().authorities), NoChoice.NONE_OF_THESE, NoChoice.UNKNOWN)


def _role(option: str) -> str:
    return NoChoice.UNKNOWN if option == NoChoice.UNKNOWN else Role(option)


def _type(option: str) -> str:
    return NoChoice(option) if option in list(NoChoice) else option


QUESTIONS = (
    Question("situation", StepId.SITUATION, "situation", "situation", lambda _: tuple(Situation), Situation),
    Question("applicant_name", StepId.APPLICANT, "applicant_name", "applicant_name"),
    Question(
        "register_number", StepId.APPLICANT, "number_text", "fingerprint", asked=lambda answers: answers.number_asked
    ),
    Question("role", StepId.ROLE, "role", "role", lambda _: (*Role, NoChoice.UNKNOWN), _role),
    Question("authority", StepId.AUTHORITY, "authority", "authority_type", _types, _type),
    Question(
        "authority_name",
        StepId.AUTHORITY,
        "authority_name",
        "authority_name",
        asked=lambda answers: not isinstance(answers.authority, NoChoice),
    ),
    Question(
        "administrator", StepId.CHECK, "administrator", options=lambda _: tuple(Administrator), parse=Administrator
    ),
)
"""All questions, in the order in which window, terminal and paper ask and show them."""

BY_FIELD = {question.field: question for question in QUESTIONS}


def step_of(field: str) -> StepId:
    """The page that asks this field."""
    return BY_FIELD[field].step


def options_of(field: str, facts: LoadCatalog) -> tuple[str, ...]:
    """The ids one can choose from, in their order; none for a field that is typed."""
    listed = BY_FIELD[field].options
    return tuple(map(str, listed(facts))) if listed else ()


def held(field: str, answers: Answers) -> str:
    """What the answers hold for this field: what was typed, or the id that was chosen; empty while there is none."""
    return str(getattr(answers, BY_FIELD[field].attribute) or "")


def answered(field: str, given: str, answers: Answers) -> Answers:
    """The answers with this one: what was typed, or the id of an option. Raises ValueError for no option."""
    question = BY_FIELD[field]
    return answers._replace(**{question.attribute: question.parse(given)})  # type: ignore[arg-type]


def without(answers: Answers, fields: Iterable[str]) -> Answers:
    """The answers with these fields unanswered."""
    blank = Answers()
    names = [BY_FIELD[field].attribute for field in fields]
    return answers._replace(**{name: getattr(blank, name) for name in names})


def path(answers: Answers) -> tuple[StepId, ...]:
    """The pages to walk, first to last. An honest "I don't know" goes straight to the result, which then helps."""
    steps = tuple(StepId)
    if isinstance(answers.role, NoChoice):
        return (*steps[: steps.index(StepId.ROLE) + 1], StepId.RESULT)
    if isinstance(answers.authority, NoChoice):
        return (*steps[: steps.index(StepId.AUTHORITY) + 1], StepId.RESULT)
    return steps


def following(step: StepId, answers: Answers) -> StepId:
    """The page after this one; the last page follows itself. A page off the path counts by its place among all."""
    steps, order = path(answers), list(StepId)
    return next((later for later in steps if order.index(later) > order.index(step)), steps[-1])


def preceding(step: StepId, answers: Answers) -> StepId:
    """The page before this one; the first page precedes itself. A page off the path counts by its place among all."""
    steps, order = path(answers), list(StepId)
    return next((earlier for earlier in reversed(steps) if order.index(earlier) < order.index(step)), steps[0])


def settled(step: StepId, answers: Answers) -> StepId:
    """The page itself while these answers ask for it, else the one that comes instead."""
    return step if step in path(answers) else following(step, answers)


def asked_fields(answers: Answers) -> list[str]:
    """The fields that these answers make the wizard ask, in order."""
    walked = path(answers)
    return [
        question.field
        for question in QUESTIONS
        if question.step in walked and question.step is not StepId.CHECK and question.asked(answers)
    ]
