"""A helpdesk call: who calls, what is answered and still missing, what to tell, and how a link is read out.

The questions and rules are those of the wizard (`questions`, `rules`, `outcome`); here stands only what a call adds.
An applicant is sent to the form and to the own administrator, and is never told whether somebody has a right.
Knows no words and no clock.
"""

from __future__ import annotations

import datetime as dt
import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum, auto
from typing import Annotated, Self

from pydantic import Field, field_validator, model_validator

from ccinc_wizard.domain import rules
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog, FactModel
from ccinc_wizard.domain.enums import SOURCE_LANGUAGE, Situation
from ccinc_wizard.domain.findings import Circumstances, Finding, Severity
from ccinc_wizard.domain.outcome import Outcome, OutcomeKind, outcome_of
from ccinc_wizard.domain.questions import StepId, answered, asked_fields, options_of, path

MOST_PARKED = 5


class Caller(StrEnum):
    """Who is on the line."""

    ADMINISTRATOR = "administrator"
    APPLICANT = "applicant"
    SOMEONE_ELSE = "someone_else"


class CallStep(StrEnum):
    """What the agent asks now. The situation is asked of nobody: it is the form until an administrator says else."""

    CALLER = "caller"
    ROLE = "role"
    AUTHORITY = "authority"
    RESULT = "result"


class Advice(StrEnum):
    """What the caller is told in the end."""

    FILL_IN_FORM = auto()
    OWN_ADMINISTRATOR = auto()
    SEND_FORM = auto()
    GRANT = auto()
    DECIDE_TASK = auto()
    LABEL = auto()
    FIND_ADMINISTRATOR = auto()
    ASK_TEAM = auto()
    FIND_OUT_ROLE = auto()
    FIND_OUT_AUTHORITY = auto()
    SET_RIGHT = auto()


_KEPT = ("applicant_name", "register_number")
_ORGANISATION_NAME = "authority_name"
_ORGANISATION = ("authority", _ORGANISATION_NAME)
_ADVICE = {
    OutcomeKind.LINK: (Advice.SEND_FORM,),
    OutcomeKind.MANUAL: (Advice.GRANT,),
    OutcomeKind.TASK: (Advice.DECIDE_TASK,),
}
_REFERRALS = {
    "role_unknown": Advice.FIND_OUT_ROLE,
    "authority_unknown": Advice.FIND_OUT_AUTHORITY,
    "authority_none": Advice.ASK_TEAM,
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call in memory; `started` is local time. Of persons it holds only the note, which shows in no repr."""

    started: dt.datetime
    caller: Caller | None = None
    answers: Answers = field(default_factory=Answers)
    note: str = field(default="", repr=False)

    @property
    def chosen(self) -> bool:
        """Whether anything was chosen; who calls need not be the first of it."""
        given = self.answers
        return any((self.caller, given.situation, given.role, given.authority))


@dataclass(frozen=True, slots=True)
class Missing:
    """A field the caller still has to give. `kept` is not told on the phone: the caller only has it at hand."""

    field: str
    kept: bool


def options(step: CallStep, catalog: Catalog) -> tuple[str, ...]:
    """The ids one can choose from at a step, in their order."""
    if step is CallStep.CALLER:
        return tuple(Caller)
    return () if step is CallStep.RESULT else options_of(step.value, lambda: catalog)


def situations(call: Call) -> tuple[Situation, ...]:
    """How the caller may want to go about it: only an administrator has a choice, at any moment of the call."""
    if call.caller is Caller.ADMINISTRATOR:
        return tuple(Situation)
    return (Situation.FORM,) if call.caller is Caller.APPLICANT else ()


def choose(call: Call, step: CallStep, option: str) -> Call:
    """The call after one choice. Raises ValueError for a caller or role that does not exist."""
    if step is CallStep.CALLER:
        known = replace(call, caller=Caller(option))
        said = call.answers.situation if call.caller is None else None
        way = said if said in situations(known) else Situation.FORM
        return replace(known, answers=call.answers._replace(situation=way))
    if step is CallStep.RESULT:
        raise ValueError(step)
    return replace(call, answers=answered(step.value, option, call.answers))


def choose_situation(call: Call, situation: Situation) -> Call:
    """The call after the administrator said how. Raises ValueError where the caller has no such choice.

    It can be said before the caller is known: it counts once that is an administrator.
    """
    if call.caller is not None and situation not in situations(call):
        raise ValueError(situation)
    return replace(call, answers=call.answers._replace(situation=situation))


def asked_now(call: Call) -> CallStep:
    """What to ask now: the first of the wizard's pages that is unanswered; someone else is told at once."""
    if call.caller is None:
        return CallStep.CALLER
    if call.caller is Caller.SOMEONE_ELSE:
        return CallStep.RESULT
    given = {StepId.ROLE: call.answers.role, StepId.AUTHORITY: call.answers.authority}
    for step in path(call.answers):
        if step in given and given[step] is None:
            return CallStep(step.value)
    return CallStep.RESULT


def missing(call: Call, circumstances: Circumstances) -> list[Missing]:
    """What the caller still has to give, by the wizard's own rules.

    Name and register number are never asked on the phone: a manual grant only needs them in the administrator's hands.
    """
    if call.caller is None or call.caller is Caller.SOMEONE_ELSE:
        return []
    found = rules.evaluate(call.answers, circumstances)
    lacking = {one.about for one in found if one.step is not StepId.CHECK}
    if call.answers.situation is Situation.FORM:
        # The link is the same whatever the authority is called.
        lacking.discard(_ORGANISATION_NAME)
    return [Missing(name, name in _KEPT) for name in asked_fields(call.answers) if name in lacking]


def doubts(call: Call, circumstances: Circumstances) -> list[Finding]:
    """What the wizard's rules find in the organisation's name: a Brussels one taken for a Flemish one, an AGB."""
    if not call.answers.authority_name.strip():
        return []
    return [
        found
        for found in rules.evaluate(call.answers, circumstances)
        if found.step is StepId.CHECK and found.severity is not Severity.NOTICE and found.about in _ORGANISATION
    ]


def stops(found: Iterable[Finding]) -> list[Finding]:
    """What of the doubts holds the wizard up: then the call has no link either."""
    return [finding for finding in found if finding.severity is Severity.ERROR]


def outcome(call: Call, catalog: Catalog, found: Sequence[Finding] = ()) -> Outcome | None:
    """The wizard's outcome for this call; None while something is unanswered and for someone else.

    `found` is what `doubts` gave: with an error among it there is no outcome.
    """
    if call.caller is None or call.caller is Caller.SOMEONE_ELSE or stops(found):
        return None
    return outcome_of(call.answers, catalog)


def advice(call: Call, catalog: Catalog, found: Sequence[Finding] = ()) -> tuple[Advice, ...]:
    """What to tell the caller, in order; nothing while something is unanswered. `found` is what `doubts` gave."""
    if call.caller is Caller.SOMEONE_ELSE:
        return (Advice.FIND_ADMINISTRATOR,)
    if stops(found) and outcome(call, catalog):
        return (Advice.SET_RIGHT,)
    decided = outcome(call, catalog)
    if decided is None:
        return ()
    if decided.kind is OutcomeKind.REFERRAL:
        return (_REFERRALS[decided.referral],)
    told = (Advice.FILL_IN_FORM, Advice.OWN_ADMINISTRATOR) if call.caller is Caller.APPLICANT else _ADVICE[decided.kind]
    return (*told, *((Advice.LABEL,) if decided.label else ()))


@dataclass(frozen=True, slots=True)
class ParkedCalls:
    """Calls put aside, oldest first; in memory only, and never more than MOST_PARKED."""

    calls: tuple[Call, ...] = ()

    @property
    def full(self) -> bool:
        """Whether no further call can be put aside."""
        return len(self.calls) >= MOST_PARKED

    def park(self, call: Call) -> ParkedCalls:
        """With this call put aside as well. Raises ValueError when there are MOST_PARKED already."""
        if self.full:
            raise ValueError(MOST_PARKED)
        return ParkedCalls((*self.calls, call))

    def pick_up(self, place: int) -> tuple[Call, ParkedCalls]:
        """The call at this place, from 0, and the others. Raises IndexError."""
        if place < 0:
            raise IndexError(place)
        return self.calls[place], ParkedCalls(self.calls[:place] + self.calls[place + 1 :])


@dataclass(frozen=True, slots=True)
class CallRecord:
    """What is logged of a call: ids and the day, nothing of a person. Empty where nothing was chosen."""

    day: dt.date
    caller: str
    situation: str
    authority: str
    role: str
    outcome: str


def record_of(call: Call, catalog: Catalog, found: Sequence[Finding] = ()) -> CallRecord:
    """The record of a finished call, on the day it began. `found` is what `doubts` gave."""
    decided, answers = outcome(call, catalog, found), call.answers
    referred = OutcomeKind.REFERRAL if advice(call, catalog, found) else None
    kind = decided.kind if decided else referred
    chosen = (call.caller, answers.situation, answers.authority, answers.role, kind)
    return CallRecord(call.started.date(), *(str(value or "") for value in chosen))


class CountBy(StrEnum):
    """By what calls are counted; as columns of a table in this order."""

    DAY = "day"
    AUTHORITY = "authority"
    ROLE = "role"
    OUTCOME = "outcome"


def counts(records: Iterable[CallRecord], by: CountBy) -> list[tuple[str, int]]:
    """How many calls for each value: days in their order, all else most frequent first. For the plot."""
    found = Counter(str(getattr(record, by)) for record in records)
    if by is CountBy.DAY:
        return sorted(found.items())
    return sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))


def csv_rows(records: Sequence[CallRecord]) -> list[tuple[str, ...]]:
    """The counts as rows of ids with a heading: day, type, role, outcome, how many."""
    found = Counter(tuple(str(getattr(record, by)) for by in CountBy) for record in records)
    return [(*CountBy, "calls"), *((*key, str(count)) for key, count in sorted(found.items()))]


_PARTS = re.compile(r"(?P<scheme>[^:/]*)(?P<host>(://[^/?]+)?)(?P<path>(/[^?]*)?)(?P<parameters>(\?.*)?)", re.DOTALL)
_GROUP = re.compile(r"[^0-9A-Za-z]*[0-9A-Za-z]+|[^0-9A-Za-z]+")


class LinkPart(StrEnum):
    """Which part of the link a group belongs to."""

    SCHEME = "scheme"
    HOST = "host"
    PATH = "path"
    PARAMETERS = "parameters"


_SIGNS_OF_LINKS = ":/.-_?=&"
_Word = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S(.*\S)?$")]
_Called = Annotated[str, Field(pattern=r"^[^{}]*\{word\}[^{}]*$")]


class SpellingWords(FactModel):
    """How one language says digits, signs and letters; `capital` and `small` hold `{word}`."""

    capital: _Called
    small: _Called
    digits: dict[str, _Word]
    signs: dict[str, _Word]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if set(self.digits) != set(string.digits):
            raise ValueError("digits: must have one word for each of 0 to 9")
        if missing := [sign for sign in _SIGNS_OF_LINKS if sign not in self.signs]:
            raise ValueError(f"signs: there is no word for {missing[0]}")
        if self.capital == self.small:
            raise ValueError("capital and small: must differ")
        return self


class Alphabet(FactModel):
    """A spelling alphabet: a word for each of A to Z."""

    id: Annotated[str, Field(pattern=r"^[a-z]+$")]
    letters: dict[str, _Word]

    @field_validator("letters")
    @classmethod
    def _whole(cls, letters: dict[str, str]) -> dict[str, str]:
        if list(letters) != list(string.ascii_uppercase):
            raise ValueError("must have one word for each of A to Z, in this order")
        if len({word.casefold() for word in letters.values()}) != len(letters):
            raise ValueError("two letters share a word")
        for letter, word in letters.items():
            if word[0].upper() != letter:
                raise ValueError(f"the word for {letter} begins with another letter: {word}")
        return letters


class Spelling(FactModel):
    """All that `resources/spelling.json` holds: the alphabets in the order to offer them, words by language."""

    alphabets: Annotated[tuple[Alphabet, ...], Field(min_length=1)]
    languages: dict[str, SpellingWords]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if SOURCE_LANGUAGE not in self.languages:
            raise ValueError(f"languages: {SOURCE_LANGUAGE} is missing")
        if len({alphabet.id for alphabet in self.alphabets}) != len(self.alphabets):
            raise ValueError("alphabets: two have the same id")
        return self

    def alphabet(self, alphabet_id: str) -> Alphabet:
        """The alphabet with this id; the first one where there is none."""
        return next((known for known in self.alphabets if known.id == alphabet_id), self.alphabets[0])


@dataclass(frozen=True, slots=True)
class SpokenSign:
    """One sign and what is said for it."""

    sign: str
    said: str


@dataclass(frozen=True, slots=True)
class SpokenGroup:
    """A stretch of the link that is said in one breath: a separator and the word after it."""

    part: LinkPart
    text: str
    signs: tuple[SpokenSign, ...]

    @property
    def said(self) -> str:
        """What is said for the whole group."""
        return ", ".join(sign.said for sign in self.signs)


def spelled(link: str, alphabet: Alphabet, words: SpellingWords) -> list[SpokenGroup]:
    """The link in groups; their texts joined are the link again.

    A capital is always told. A small letter is called small at the beginning of a group and after a capital: between
    small letters it goes without saying. A sign without a word is said as itself.
    """
    groups: list[SpokenGroup] = []
    parts = next(_PARTS.finditer(link))
    for part in LinkPart:
        pieces = _GROUP.findall(parts[part.value])
        groups += [SpokenGroup(part, piece, tuple(_signs(piece, alphabet, words))) for piece in pieces]
    return groups


def _signs(group: str, alphabet: Alphabet, words: SpellingWords) -> list[SpokenSign]:
    spoken, small_before = [], False
    for sign in group:
        word = alphabet.letters.get(sign.upper())
        if word is None:
            spoken.append(SpokenSign(sign, words.digits.get(sign) or words.signs.get(sign, sign)))
            small_before = False
            continue
        small = sign.islower()
        said = word if small and small_before else (words.small if small else words.capital).format(word=word)
        spoken.append(SpokenSign(sign, said))
        small_before = small
    return spoken
