"""The complete request that valid answers make."""

from __future__ import annotations

from dataclasses import dataclass, field

from ccinc_wizard.domain.enums import Role, Situation
from ccinc_wizard.domain.findings import EarlierRequest
from ccinc_wizard.domain.register_number import RegisterNumber


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
