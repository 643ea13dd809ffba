"""What becomes of each thing found in a mail, once it meets the answers that are there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.mail.names import same_person
from ccinc_wizard.domain.mail.reading import MailField, Reading
from ccinc_wizard.domain.questions import BY_FIELD
from ccinc_wizard.domain.register_number import RegisterNumber


class Fate(StrEnum):
    """What is done with a field that the mail says something of."""

    FILLED = "filled"
    OPEN = "open"
    """The mail is not clear: nothing is filled in."""
    SAME = "same"
    KEPT = "kept"
    """The user answered something else; that stays."""
    NOT_NEEDED = "not_needed"
    OTHER_PERSON = "other_person"
    """A number beside the name of somebody else than was answered."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The answers with what the mail fills in, and what became of each field."""

    answers: Answers
    fates: Mapping[MailField, Fate]

    @property
    def filled(self) -> frozenset[str]:
        """The fields that somebody should check, by their names in the wizard."""
        return frozenset(field.value for field, fate in self.fates.items() if fate is Fate.FILLED)


def take_over(reading: Reading, answers: Answers) -> TakenOver:
    """Fill in what was found and is not ambiguous, where nothing was answered yet.

    A register number is left out where the situation does not ask for it. While the situation is open it goes along:
    it is used only once a situation asks for it.
    """
    fates = {field: _fate(field, reading, answers) for field in reading.found()}
    filled = {
        BY_FIELD[field].attribute: _told(found.value)
        for field, found in reading.found().items()
        if fates[field] is Fate.FILLED
    }
    return TakenOver(answers._replace(**filled), fates)  # type: ignore[arg-type]


def _fate(field: MailField, reading: Reading, answers: Answers) -> Fate:
    value = reading.found()[field].value
    present = getattr(answers, BY_FIELD[field].attribute)
    if value is None:
        return Fate.OPEN
    if field is MailField.REGISTER_NUMBER and not _number_fits(reading, answers):
        return Fate.OTHER_PERSON
    if present:
        return Fate.SAME if present == _told(value) else Fate.KEPT
    if field is MailField.REGISTER_NUMBER and answers.situation is not None and not answers.number_asked:
        return Fate.NOT_NEEDED
    return Fate.FILLED


def _number_fits(reading: Reading, answers: Answers) -> bool:
    named = reading.name.value if reading.name else None
    return not (named and answers.applicant_name.strip()) or same_person(named, answers.applicant_name)


def _told(value: object) -> object:
    return value.clear_format() if isinstance(value, RegisterNumber) else value
