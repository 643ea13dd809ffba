"""Reads an applicant's mail or ticket: what it says for each field, where, and how sure that is.

Offline, by the small named rules of `domain.mail`. A field is filled in only when all that the mail says of it agrees;
else the candidates are shown and nothing is chosen. What was answered before stays. The rule's name beside each value
is explained in `resources/texts/<language>/reading.json`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import Role
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.mail import numbers, organisations, owners, roles
from ccinc_wizard.domain.mail.names import names_agree
from ccinc_wizard.domain.mail.organisations import Facts, TypeChoice
from ccinc_wizard.domain.mail.parts import (
    Candidate,
    Found,
    Mail,
    Mention,
    Notice,
    NoticeKind,
    Sureness,
    Value,
    take_apart,
)
from ccinc_wizard.domain.municipalities import Municipalities, bare_name
from ccinc_wizard.domain.questions import BY_FIELD
from ccinc_wizard.domain.redaction import spans_in
from ccinc_wizard.domain.register_number import RegisterNumber

AnyFound = Found[str] | Found[RegisterNumber] | Found[Role] | Found[TypeChoice]
_MOST_MENTIONS = 400
"""No mail says more of one field; it keeps the comparing of each with each bounded."""
_OTHERS_TOO = frozenset(("asked_for", "named_beside", "older_message", "near_number", "other_message"))
"""The rules by which somebody may be the applicant as well."""
_WEAK_NAME_RULES = _OTHERS_TOO | {"for_another"}


class MailField(StrEnum):
    """The fields that a mail can fill, by their names in the wizard."""

    APPLICANT_NAME = "applicant_name"
    REGISTER_NUMBER = "register_number"
    ROLE = "role"
    AUTHORITY = "authority"
    AUTHORITY_NAME = "authority_name"


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a mail says. It keeps places in the text and values, never the text; numbers mask themselves."""

    name: Found[str] | None
    number: Found[RegisterNumber] | None
    role: Found[Role] | None
    authority: Found[TypeChoice] | None
    authority_name: Found[str] | None
    notices: tuple[Notice, ...]

    def found(self) -> dict[MailField, AnyFound]:
        """The fields that the mail says anything of, in the wizard's order."""
        every = zip(MailField, (self.name, self.number, self.role, self.authority, self.authority_name), strict=True)
        return {field: found for field, found in every if found is not None}


def read_mail(
    text: str, *, today: dt.date, catalog: Catalog, municipalities: Municipalities, fictional: bool = False
) -> Reading:
    """What the mail says. Reads at most MAX_SIGNS signs, in time that grows no faster than the text.

    `fictional` (training) takes only numbers that are never issued, as `register_number.parse` does.
    """
    mail, facts = take_apart(text), Facts(catalog, municipalities)
    found_numbers, notices = numbers.find(mail, today, fictional=fictional)
    found_roles, module_notices = roles.find(mail)
    organised = organisations.find(mail, facts)
    elsewhere = {place for mention in (*organised.names, *organised.types) for place in range(*mention.span)}

    def nobodys(word: str, place: int) -> bool:
        return place in elsewhere or municipalities.recognise(word) is not None

    owner = owners.of_number(mail, found_numbers, nobodys)
    people = owner.names if owner else owners.without_number(mail, nobodys)
    reading = Reading(
        name=_person(_without_numbers(people)),
        number=_one(found_numbers, lambda one, other: one == other),
        role=_one(found_roles, lambda one, other: one is other, weak_is_enough=True),
        authority=_type(organised.types, mail, facts),
        authority_name=_organisation(_without_numbers(organised.names), organised.types, facts),
        notices=(),
    )
    owned = [owner.notice] if owner and owner.notice else []
    cut = [Notice(NoticeKind.CUT)] if mail.cut else []
    # Whose the number is says more than that there are two people.
    against = [told for told in conflicts(reading) if not owned or told.kind is not NoticeKind.TWO_PEOPLE]
    filled = (reading.authority_name and reading.authority_name.value) or ""
    of_names = [told for told in organised.notices if told.values.get("official", filled) == filled]
    told = [*cut, *owned, *against, *notices, *module_notices, *of_names]
    if away := roles.takes_back(mail.text):
        # What goes is read as little as what is asked: only beside a role that is asked do the other answers count.
        reading, told = (reading, [*told, away]) if reading.role else (_nothing_filled(reading), [*cut, away])
    return _as_pasted(replace(reading, notices=tuple(once(told))), mail)


def _nothing_filled(reading: Reading) -> Reading:
    """What was found are possibilities only."""

    def opened(found: Found[Value] | None) -> Found[Value] | None:
        return found and replace(found, sureness=Sureness.AMBIGUOUS)

    return Reading(
        *(opened(reading.name), opened(reading.number), opened(reading.role), opened(reading.authority)),
        *(opened(reading.authority_name), reading.notices),
    )


def _as_pasted(reading: Reading, mail: Mail) -> Reading:
    """With every place as it was in the pasted text."""

    def moved(found: Found[Value] | None) -> Found[Value] | None:
        return found and replace(
            found,
            candidates=tuple(
                replace(candidate, spans=tuple(map(mail.pasted, candidate.spans))) for candidate in found.candidates
            ),
        )

    notices = tuple(replace(told, span=told.span and mail.pasted(told.span)) for told in reading.notices)
    return Reading(
        *(moved(reading.name), moved(reading.number), moved(reading.role), moved(reading.authority)),
        *(moved(reading.authority_name), notices),
    )


def _without_numbers(mentions: list[Mention[str]]) -> list[Mention[str]]:
    """Names that hold no register number: in a name it would be written down."""
    return [mention for mention in mentions if not spans_in(mention.value)]


def _grouped(mentions: list[Mention[Value]], same: Callable[[Value, Value], bool]) -> list[Candidate[Value]]:
    groups: list[list[Mention[Value]]] = []
    for mention in sorted(mentions, key=lambda mention: not mention.strong)[:_MOST_MENTIONS]:
        group = next((group for group in groups if same(group[0].value, mention.value)), None)
        if group is None:
            groups.append([mention])
        else:
            group.append(mention)
    return [
        Candidate(
            group[0].value,
            tuple(sorted({mention.span for mention in group})),
            tuple(dict.fromkeys(mention.rule for mention in group)),
            any(mention.strong for mention in group),
        )
        for group in groups
    ]


def _one(
    mentions: list[Mention[Value]], same: Callable[[Value, Value], bool], *, weak_is_enough: bool = False
) -> Found[Value] | None:
    """The one value that is mentioned; ambiguous when there are two, or when the only one is no more than possible."""
    candidates = _grouped(mentions, same)
    if not candidates:
        return None
    if len(candidates) > 1:
        return Found(Sureness.AMBIGUOUS, tuple(candidates))
    if candidates[0].strong:
        return Found(Sureness.CERTAIN, tuple(candidates))
    return Found(Sureness.LIKELY if weak_is_enough else Sureness.AMBIGUOUS, tuple(candidates))


def _person(mentions: list[Mention[str]]) -> Found[str] | None:
    """The person whom the mail names as applicant, else the sender of the message that asks.

    Certain when two rules agree. A name that only follows "voor" or "aan" may be that of a house.
    """
    candidates = _grouped(mentions, names_agree)
    if not candidates:
        return None
    strong = [candidate for candidate in candidates if candidate.strong]
    if len(strong) == 1 and len(strong[0].rules) > 1:
        candidates = [candidate for candidate in candidates if set(candidate.rules) != {"named_beside"}]
    chosen = strong if len(strong) == 1 and not _speaks_for_itself(strong[0], candidates) else candidates
    if len(chosen) > 1:
        return Found(Sureness.AMBIGUOUS, tuple(candidates))
    if _WEAK_NAME_RULES.issuperset(chosen[0].rules):
        return Found(Sureness.AMBIGUOUS, tuple(candidates))
    others = tuple(candidate for candidate in candidates if candidate is not chosen[0])
    certain = chosen[0].strong and len(chosen[0].rules) > 1 and not others
    return Found(Sureness.CERTAIN if certain else Sureness.LIKELY, (chosen[0], *others))


def _speaks_for_itself(named: Candidate[str], candidates: list[Candidate[str]]) -> bool:
    """Whether somebody else may be the applicant as well: two people are asked for, or "ik ben" was said by a chief."""
    others = [candidate for candidate in candidates if candidate is not named]
    return "introduction" in named.rules or any(_OTHERS_TOO & set(other.rules) for other in others)


def _type(mentions: list[Mention[TypeChoice]], mail: Mail, facts: Facts) -> Found[TypeChoice] | None:
    candidates = _grouped(mentions, lambda one, other: one == other)
    if not candidates:
        return None
    labelled = [candidate for candidate in candidates if candidate.strong]
    # An AGB is often taken for its municipality, never the other way round: who names the AGB as authority is right.
    municipal = {facts.catalog.authority(known.id).id for known in facts.catalog.authorities if known.region}
    others = {candidate.value for candidate in candidates if candidate not in labelled}
    same_town = len(labelled) == 1 and labelled[0].value not in municipal and others <= municipal
    doubtful = organisations.doubtful(candidates[0].value, mail, facts)
    doubtful = doubtful or (not labelled and organisations.offers_either(mail.text))
    if (len(candidates) > 1 and not same_town) or doubtful:
        return Found(Sureness.AMBIGUOUS, tuple(candidates))
    sureness = Sureness.CERTAIN if labelled and len(candidates) == 1 else Sureness.LIKELY
    return Found(sureness, tuple(candidates))


def _organisation(mentions: list[Mention[str]], types: list[Mention[TypeChoice]], facts: Facts) -> Found[str] | None:
    candidates = _grouped(mentions, lambda one, other: bare_name(one) == bare_name(other))
    if not candidates:
        return None
    labelled = [candidate for candidate in candidates if candidate.strong]
    chosen = labelled if len(labelled) == 1 else candidates
    only_place = all(set(candidate.rules) == {"centre_place"} for candidate in chosen)
    # The name found must be that of the type found: "gemeente X" beside "wij zijn een AGB" names the wrong one.
    of_name = facts.type_of(chosen[0].value)
    contradicted = not labelled and any(mention.value != of_name for mention in types)
    if len(chosen) > 1 or only_place or contradicted:
        return Found(Sureness.AMBIGUOUS, tuple(candidates))
    others = tuple(candidate for candidate in candidates if candidate is not chosen[0])
    return Found(Sureness.CERTAIN if labelled and not others else Sureness.LIKELY, (chosen[0], *others))


def conflicts(reading: Reading) -> list[Notice]:
    """That a field has more than one value."""
    kinds = (
        (reading.name, NoticeKind.TWO_PEOPLE),
        (reading.number, NoticeKind.TWO_NUMBERS),
        (reading.role, NoticeKind.TWO_ROLES),
        (reading.authority, NoticeKind.TWO_AUTHORITIES),
    )
    return [
        Notice(kind, found.candidates[0].spans[0])
        for found, kind in kinds
        if found and found.sureness is Sureness.AMBIGUOUS and len(found.candidates) > 1
    ]


def is_longer(found: Found[str], other: Found[str] | None) -> bool:
    """Whether what was found is all that the other one is, and more."""
    if other is None or other.value is None:
        return True
    whole = found.candidates[0].spans[0]
    within = all(whole.start <= span.start and span.end <= whole.end for span in other.candidates[0].spans)
    return within and normalise(str(found.value)) != normalise(other.value)


def once(notices: list[Notice]) -> list[Notice]:
    """Each remark once."""
    kept: dict[tuple[object, ...], Notice] = {}
    for notice in notices:
        kept.setdefault((notice.kind, notice.variant, tuple(notice.values.items())), notice)
    return list(kept.values())


class Fate(StrEnum):
    """What is done with a field that the mail says something of."""

    FILLED = auto()
    OPEN = auto()
    """The mail is not clear: nothing is filled in."""
    SAME = auto()
    KEPT = auto()
    """The user answered something else; that stays."""
    NOT_NEEDED = auto()
    OTHER_PERSON = auto()
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
    return not (named and answers.applicant_name.strip()) or names_agree(named, answers.applicant_name)


def _told(value: object) -> object:
    return value.clear_format() if isinstance(value, RegisterNumber) else value
