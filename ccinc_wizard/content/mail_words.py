"""What was found in a mail, in words: a line for each field, and remarks. A register number stays masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import Role
from ccinc_wizard.domain.mail.organisations import TypeChoice
from ccinc_wizard.domain.mail.parts import MAX_SIGNS, Candidate, Notice, NoticeKind, Span
from ccinc_wizard.domain.mail.reading import AnyFound, MailField, Reading, TakenOver
from ccinc_wizard.domain.questions import BY_FIELD
from ccinc_wizard.domain.register_number import RegisterNumber

_WHY_OPEN = {
    MailField.APPLICANT_NAME: (NoticeKind.OWNER_UNSURE, NoticeKind.NAME_ELSEWHERE, NoticeKind.TWO_PEOPLE),
    MailField.REGISTER_NUMBER: (NoticeKind.TWO_NUMBERS,),
    MailField.ROLE: (NoticeKind.TWO_ROLES, NoticeKind.NO_REQUEST),
    MailField.AUTHORITY: (NoticeKind.NOT_INDEPENDENT, NoticeKind.TWO_AUTHORITIES),
}


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One field in words; `spans` are the places in the mail that speak of it."""

    field: MailField
    name: str
    values: tuple[str, ...]
    sureness: str
    rules: tuple[str, ...]
    fate: str
    spans: tuple[Span, ...]


class ReadingWords:
    """Words in one language for what a mail says."""

    def __init__(self, texts: Texts, catalog: Catalog) -> None:
        self._texts = texts
        self._wording = Wording(texts, catalog)

    def lines(self, reading: Reading, taken: TakenOver) -> list[FoundLine]:
        """The fields that the mail says anything of, in the wizard's order."""
        lines = []
        for field, found in reading.found().items():
            candidates = _shown(found)
            lines.append(
                FoundLine(
                    field,
                    self._texts(f"reading.field.{field}"),
                    tuple(self._value(field, candidate.value) for candidate in candidates),
                    self._texts(f"reading.sureness.{found.sureness}"),
                    self._rules(found),
                    self._texts(f"reading.fate.{taken.fates[field]}"),
                    tuple(sorted(span for candidate in candidates for span in candidate.spans)),
                )
            )
        return lines

    def notice(self, notice: Notice) -> str:
        """One remark, and what to do about it."""
        key = f"reading.notice.{notice.kind}" + (f".{notice.variant}" if notice.variant else "")
        limit = {"count": MAX_SIGNS} if notice.kind is NoticeKind.CUT else {}
        return self._texts(key, **notice.values, **limit)

    def why(self, found: AnyFound) -> str:
        """Why a value was found, in one line."""
        return "; ".join(self._rules(found))

    def why_open(self, field: MailField, reading: Reading) -> str:
        """Why a field stays open: the remark on it, else what speaks for each of the possible values."""
        kinds = _WHY_OPEN.get(field, ())
        told = [self.notice(notice) for notice in reading.notices if notice.kind in kinds]
        return told[0] if told else self.why(reading.found()[field])

    def _rules(self, found: AnyFound) -> tuple[str, ...]:
        rules = dict.fromkeys(rule for candidate in _shown(found) for rule in candidate.rules)
        return tuple(self._texts(f"reading.rule.{rule}") for rule in rules)

    def _value(self, field: MailField, value: object) -> str:
        told = str(value) if isinstance(value, RegisterNumber) else value
        return self._wording.answer(field, Answers(**{BY_FIELD[field].attribute: told}))  # type: ignore[arg-type]


def _shown(
    found: AnyFound,
) -> Sequence[Candidate[str] | Candidate[RegisterNumber] | Candidate[Role] | Candidate[TypeChoice]]:
    """What was chosen, else all that it may be."""
    return found.candidates if found.value is None else found.candidates[:1]
