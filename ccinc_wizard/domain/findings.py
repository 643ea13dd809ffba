"""What a rule may know, what it can find, and the complete request that answers without errors make."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

from ccinc_wizard.domain import register_number
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.enums import Mode, Role, Situation
from ccinc_wizard.domain.municipalities import Match, Municipalities
from ccinc_wizard.domain.questions import StepId
from ccinc_wizard.domain.register_number import Reason, RegisterNumber

if TYPE_CHECKING:
    # Pydantic models take long to import; the first page needs none.
    from ccinc_wizard.domain.catalog import AuthorityType, Catalog


class Severity(StrEnum):
    """An error stops; advice explains and lets go on; a notice is only worth knowing."""

    ERROR = auto()
    ADVICE = auto()
    NOTICE = auto()


@dataclass(frozen=True, slots=True)
class EarlierRequest:
    """What the log knows of an earlier request for the same person."""

    role: Role
    saved_on: dt.date
    authority_name: str
    granted: bool = False
    """Whether the right is known to be held, not only asked for."""


def _read_number(text: str, today: dt.date, fictional: bool) -> RegisterNumber | Reason:
    try:
        return register_number.parse(text, today=today, fictional=fictional)
    except register_number.RegisterNumberError as error:
        return error.reason


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What rules may know beside the answers; all of it is passed in."""

    today: dt.date
    catalog: Catalog
    municipalities: Municipalities
    mode: Mode = Mode.ADMIN
    earlier: Sequence[EarlierRequest] = ()
    names_needed: bool = False
    """Whether an applicant without a name is an error in whichever situation."""
    _read: Callable[[str, dt.date, bool], RegisterNumber | Reason] = field(
        default_factory=lambda: lru_cache(maxsize=1)(_read_number), repr=False, compare=False
    )
    """Several rules ask for the number, one after the other; what `dataclasses.replace` makes knows it as well."""

    def number(self, answers: Answers) -> RegisterNumber | Reason:
        """The register number that was typed, or why it is none; training takes only numbers that nobody bears."""
        return self._read(answers.number_text, self.today, self.mode is Mode.TRAINING)

    def chosen_type(self, answers: Answers) -> AuthorityType | None:
        """The chosen type while the catalog knows it (a draft can be older), or None."""
        return next((known for known in self.catalog.authorities if known.id == answers.authority), None)

    def recognise(self, answers: Answers) -> Match | None:
        """The municipality that the authority's name names, or None."""
        return self.municipalities.recognise(answers.authority_name)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: the field it is about, the variant of its words, values for them, a correction."""

    rule: str
    severity: Severity
    step: StepId
    about: str
    variant: str
    values: Mapping[str, str]
    corrected: Answers | None
    """The answers after the one-click correction, when there is one."""


@dataclass(frozen=True, slots=True)
class Case:
    """What decides the outcome: situation, role and the id of the authority type."""

    situation: Situation
    role: Role
    authority: str


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """A complete request; `domain.rules.request_of` is the only maker, from answers that passed every rule."""

    case: Case
    applicant_name: str
    number: RegisterNumber | None
    authority_name: str
    held: EarlierRequest | None = None
    """The right that the person is known to have already: there is nothing to grant then."""
    further: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """What was answered to any other question of its pages: field, and what was typed or the id of the option."""


OWN = {"situation", "applicant_name", "register_number", "role", "authority", "authority_name"}
"""The questions whose answers have a place of their own in it."""
