"""What has been answered so far, right or wrong."""

from collections.abc import Mapping
from enum import EnumMeta
from typing import Literal, NamedTuple, Self, get_args, get_origin, get_type_hints

from ccinc_wizard.domain.enums import Administrator, NoChoice, Role, Situation


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
    role: Role | Literal[NoChoice.UNKNOWN] | None = None
    authority: str | NoChoice | None = None
    """The id of an authority type, or an honest "none of these" or "I don't know"."""
    authority_name: str = ""
    administrator: Administrator | None = None
    asked_about: str = ""
    """The organisation of which that was asked; empty before."""

    def __repr__(self) -> str:
        shown = (f"{name}={value!r}" for name, value in self._asdict().items() if name not in _SECRET)
        return f"Answers({', '.join(shown)})"

    @property
    def number_asked(self) -> bool:
        """Whether the register number is asked for: only the manual route needs it (data minimisation)."""
        return self.situation is Situation.MANUAL or (self.situation is not None and self.number_wanted)

    @property
    def by_administrator(self) -> bool:
        """Whether the situation is one that only an administrator can carry out; not while it is open."""
        return self.situation is not None and self.situation.by_administrator

    def for_organisation(self) -> Self:
        """Without what was said of another organisation than the present one."""
        name = self.authority_name.strip()
        if self.asked_about in ("", name):
            return self._replace(asked_about=name)
        return self._replace(asked_about=name, administrator=None)

    def draft(self) -> dict[str, str]:
        """The answers as plain texts for the next start; never a register number, wherever it was typed."""
        # Late, as everything here: the first page is on the screen sooner without it.
        from ccinc_wizard.domain.redaction import scrub, scrub_name

        names = {"applicant_name": scrub_name}
        kept = {name: value for name, value in self._asdict().items() if value and name not in _SECRET}
        return {name: names.get(name, scrub)("yes" if value is True else str(value)) for name, value in kept.items()}

    @classmethod
    def from_draft(cls, draft: Mapping[str, str]) -> Self:
        """The answers of an earlier `draft`; what is not understood is left unanswered."""
        kinds = {name: kind for name, kind in get_type_hints(cls).items() if name in draft and name not in _SECRET}
        return cls(**{name: _value(kind, draft[name]) for name, kind in kinds.items()})  # type: ignore[arg-type]


_SECRET = frozenset({"number_text"})
"""What is held in memory only."""


def _value(kind: object, text: str) -> object:
    """The text as a value of the type that a field has; None where it is none."""
    if kind is bool:
        return text == "yes"
    kinds = get_args(kind) or (kind,)
    for one in kinds:
        options = get_args(one) if get_origin(one) is Literal else one if isinstance(one, EnumMeta) else ()
        if (found := next((option for option in options if option == text), None)) is not None:
            return found
    return text if str in kinds else None
