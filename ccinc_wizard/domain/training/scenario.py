"""A practice scenario: what the applicant says, the right answers, the usual mistakes and their feedback.

Built from one TOML file each. What a model refuses here a trainer reads with file, line and reason: the faults that
show in the file alone stand in `self_check`, those that show beside the catalog and the rules in `catalog_check`.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, model_validator

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import FactError, Identifier
from ccinc_wizard.domain.findings import EarlierRequest
from ccinc_wizard.domain.flow import asked_fields
from ccinc_wizard.domain.register_number import RegisterNumber, RegisterNumberError, parse
from ccinc_wizard.domain.terms import NoChoice, Role, Situation
from ccinc_wizard.domain.training.terms import (
    REFERENCE_DAY,
    Channel,
    Fault,
    Goal,
    LabelState,
    NumberUse,
    Question,
    Trap,
)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Place = tuple[str | int, ...]
SOURCE_LANGUAGE = "nl"


class ScenarioError(FactError):
    """Why a scenario is refused: the fault, its place in the file, values for its words."""

    def __init__(self, where: Place, fault: Fault, **values: str) -> None:
        super().__init__(where, fault.value)
        self.fault = fault
        self.values = values


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Person(_Part):
    """A fictional person; the number's sequence is 000 or 999, which the National Register never issues."""

    name: Text
    number: Text = Field(repr=False)
    number_heard: Text | None = Field(default=None, repr=False)
    """What the applicant says first when that differs from the identity card."""

    def parsed(self) -> RegisterNumber:
        """The number on the identity card. Raises RegisterNumberError."""
        return fictional_number(self.number)


class RightAnswers(_Part):
    """What a trainee who makes no mistake answers. The link is never among it: `outcome.decide` gives it."""

    situation: Situation
    number: NumberUse
    role: Role | NoChoice
    authority: Identifier
    """The id of an authority type, or one of NoChoice: `authority_choice` tells them apart."""
    authority_name: Text | None = None
    also_named: tuple[Text, ...] = ()
    """Other ways to write the authority's name that are right as well."""
    label_due: StrictBool | None = None
    """None exactly when role or authority is an honest "I don't know" or "none of these"."""
    module: Text

    @property
    def authority_choice(self) -> str | NoChoice:
        """The authority as the wizard's answers hold it."""
        return NoChoice(self.authority) if self.authority in list(NoChoice) else self.authority

    @property
    def referral(self) -> bool:
        """Whether the case leads to help instead of a right."""
        return isinstance(self.role, NoChoice) or isinstance(self.authority_choice, NoChoice)


class Task(_Part):
    """What a request under "Mijn taken" asks, right or wrong."""

    role: Role
    module: Text
    organisation: Text


class Before(_Part):
    """How VO Gebruikersbeheer stands when the trainee begins."""

    person_known: StrictBool = True
    role: Role | None = None
    role_since: dt.date = dt.date(2025, 9, 1)
    task: Task | None = None
    label: LabelState = LabelState.NONE


class Namesake(_Part):
    """Another fictional person of the same or nearly the same name."""

    name: Text
    number: Text = Field(repr=False)


class Screen(_Part):
    """What the drawn screens show beside what is right."""

    other_organisations: tuple[Text, ...] = ()
    other_modules: tuple[Text, ...] = ()
    namesakes: tuple[Namesake, ...] = ()


class Mistake(_Part):
    """A usual mistake: the wrong answers to one question by which it is recognised."""

    id: Identifier
    question: Question
    answers: Annotated[tuple[Text, ...], Field(min_length=1)]


class Words(_Part):
    """A scenario in one language: title, the trainee's role, the applicant's words, why, feedback by mistake."""

    title: Text
    your_role: Text
    said: Text
    why: Text
    mistakes: dict[str, Text] = Field(default_factory=dict)


class Scenario(_Part):
    """One exercise. Raises ScenarioError (within pydantic's ValidationError) when the file contradicts itself."""

    id: Identifier
    channel: Channel
    traps: tuple[Trap, ...] = ()
    person: Person
    right: RightAnswers
    before: Before = Field(default_factory=Before)
    screen: Screen = Field(default_factory=Screen)
    goals: frozenset[Goal] = frozenset()
    mistakes: Annotated[tuple[Mistake, ...], Field(min_length=1)]
    words: dict[LanguageCode, Words]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        from ccinc_wizard.domain.training.self_check import check_alone

        check_alone(self)
        return self

    def words_in(self, language: str) -> Words:
        """The words in this language, else the Dutch ones."""
        return self.words.get(language) or self.words[SOURCE_LANGUAGE]

    def feedback(self, mistake: str, language: str) -> str:
        """The feedback on one of the listed mistakes. Raises KeyError."""
        return self.words_in(language).mistakes[mistake]

    def right_answers(self) -> Answers:
        """The wizard's answers of a trainee who makes no mistake."""
        right = self.right
        return Answers(
            situation=right.situation,
            applicant_name=self.person.name,
            number_text=self.person.number if right.number is NumberUse.ASKED else "",
            role=right.role,
            authority=right.authority_choice,
            authority_name=right.authority_name or "",
        )

    def questions(self) -> tuple[Question, ...]:
        """What is graded here, in the order of the wizard; the practice screens come last."""
        asked = {Question(name) for name in asked_fields(self.right_answers())} | {Question.REGISTER_NUMBER}
        if self.right.authority_name is None:
            asked.discard(Question.AUTHORITY_NAME)
        if not self.right.referral:
            asked |= {Question.LABEL_DUE, Question.MODULE}
        asked.add(Question.PRACTICE)
        return tuple(question for question in Question if question in asked)

    def earlier_requests(self) -> tuple[EarlierRequest, ...]:
        """What the rules should know of the person: the role that is already held, as the log would tell it."""
        if self.before.role is None:
            return ()
        return (EarlierRequest(self.before.role, self.before.role_since, self.right.authority_name or ""),)


def fictional_number(text: str) -> RegisterNumber:
    """A number of training, read as on REFERENCE_DAY. Raises RegisterNumberError, also for a real person's number."""
    return parse(text, today=REFERENCE_DAY, fictional=True)


def same_number(one: str, other: str) -> bool:
    """Whether two texts write the same digits, whatever stands between them."""
    digits = [[unicodedata.decimal(sign) for sign in text if sign.isdecimal()] for text in (one, other)]
    return bool(digits[0]) and digits[0] == digits[1]


def number_fault(text: str, where: Place) -> ScenarioError | None:
    """Why a text is no fictional number, or None."""
    try:
        fictional_number(text)
    except RegisterNumberError as error:
        fault = Fault.REAL_NUMBER if error.reason.value == "sequence" else Fault.NUMBER_WRONG
        return ScenarioError(where, fault, reason=error.reason.value)
    return None
