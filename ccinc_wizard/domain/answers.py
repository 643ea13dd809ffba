"""What has been answered so far, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, Self, TypeVar

from ccinc_wizard.domain.terms import Administrator, NoChoice, Role, Situation

Choice = TypeVar("Choice", bound=StrEnum)


class Answers(NamedTuple):
    """Everything typed or chosen, right or wrong. Unchanging: an edit makes a new one, by `_replace`.

    `number_text` is what was typed, kept so that Back loses nothing; it shows in no repr and in no draft.
    A tuple and no dataclass, as the first page waits for this class to be made.
    """

    situation: Situation | None = None
    applicant_name: str = ""
    number_text: str = ""
    number_wanted: bool = False
    """The user opened "also check the number" where the number is not needed."""
    role: Role | NoChoice | None = None
    authority: str | NoChoice | None = None
    """The id of an authority type, or an honest "none of these" or "I don't know"."""
    authority_name: str = ""
    administrator: Administrator | None = None
    prechecked: frozenset[str] = frozenset()
    asked_about: str = ""
    """The organisation of which these two were asked; empty before."""

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self._asdict().items() if name != "number_text")
        return f"Answers({', '.join(shown)})"

    @property
    def number_asked(self) -> bool:
        """Whether the register number is asked for: only the manual route needs it (data minimisation)."""
        return self.situation is Situation.MANUAL or (self.situation is not None and self.number_wanted)

    def for_organisation(self) -> Self:
        """Without what was said of another organisation than the present one."""
        name = self.authority_name.strip()
        if self.asked_about in ("", name):
            return self._replace(asked_about=name)
        return self._replace(asked_about=name, administrator=None, prechecked=frozenset())

    def draft(self) -> dict[str, str]:
        """The answers as plain texts for the next start; never a register number, wherever it was typed."""
        # Late, as everything here: the first page is on the screen sooner without it.
        from ccinc_wizard.domain.register_number import scrub, scrub_name, scrub_organisation

        kept = {
            "situation": self.situation,
            "applicant_name": scrub_name(self.applicant_name),
            "role": self.role,
            "authority": self.authority,
            "authority_name": scrub_organisation(self.authority_name),
            "administrator": self.administrator,
            "number_wanted": "yes" if self.number_wanted else "",
            "prechecked": " ".join(sorted(self.prechecked)),
            "asked_about": scrub_organisation(self.asked_about),
        }
        return {name: scrub(str(value)) for name, value in kept.items() if value}

    @classmethod
    def from_draft(cls, draft: Mapping[str, str]) -> Self:
        """The answers of an earlier `draft`; what is not understood is left unanswered."""
        authority = draft.get("authority", "")
        return cls(
            situation=_member(Situation, draft.get("situation")),
            applicant_name=draft.get("applicant_name", ""),
            role=_member(Role, draft.get("role")) or (NoChoice.UNKNOWN if draft.get("role") == "unknown" else None),
            authority=_member(NoChoice, authority) or authority or None,
            authority_name=draft.get("authority_name", ""),
            administrator=_member(Administrator, draft.get("administrator")),
            number_wanted=draft.get("number_wanted") == "yes",
            prechecked=frozenset(draft.get("prechecked", "").split()),
            asked_about=draft.get("asked_about", ""),
        )


def _member(choices: type[Choice], value: str | None) -> Choice | None:
    return choices(value) if value in list(choices) else None
