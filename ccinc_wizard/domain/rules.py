"""The rules of a request. Each stands once, as one function with an id, a severity and the page it belongs to.

A rule returns None when it has nothing to say, else what it found. Its words stand in
`resources/texts/<language>/rules.json` under its id. The order here is the order in which findings are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ccinc_wizard.domain import redaction, register_number
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.catalog import has_mark
from ccinc_wizard.domain.enums import Administrator, Mode, NoChoice, Role, Situation
from ccinc_wizard.domain.findings import OWN, AccessRequest, Case, Circumstances, EarlierRequest, Finding, Severity
from ccinc_wizard.domain.municipalities import MatchedBy
from ccinc_wizard.domain.questions import StepId, asked_fields, held
from ccinc_wizard.domain.register_number import RegisterNumber

RULES_VERSION = "3"
"""Raised when a rule changes what it finds; each log entry says by which version it was decided."""

_AND = re.compile(r"\s(?:en|et|and|&|\+)\s(?!tot\b)|[;/]", re.IGNORECASE)
"""Between the names of two people; "van en tot Zuylen" is one."""
_OFFERED = 3
"""Among how many municipalities one still chooses at a glance."""


@dataclass(frozen=True, slots=True)
class _Found:
    about: str
    variant: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    corrected: Answers | None = None


Judge = Callable[[Answers, Circumstances], _Found | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its id (also in `finding_<id>`), how grave it is, and the page that it holds back."""

    id: str
    severity: Severity
    step: StepId
    check: Judge


RULES: list[Rule] = []


def _rule(severity: Severity, step: StepId) -> Callable[[Judge], Judge]:
    def register(check: Judge) -> Judge:
        RULES.append(Rule(check.__name__, severity, step, check))
        return check

    return register


def evaluate(answers: Answers, circumstances: Circumstances) -> list[Finding]:
    """All that the rules find, in their order."""
    return [
        Finding(rule.id, rule.severity, rule.step, found.about, found.variant, found.values, found.corrected)
        for rule in RULES
        if (found := rule.check(answers, circumstances))
    ]


def problems(
    step: StepId, answers: Answers, circumstances: Circumstances, found: Sequence[Finding] | None = None
) -> list[Finding]:
    """The errors that hold this page back; the check page is held back by those of every page.

    `found` is what `evaluate` gave, if it ran.
    """
    return [
        finding
        for finding in (evaluate(answers, circumstances) if found is None else found)
        if finding.severity is Severity.ERROR and step in (finding.step, StepId.CHECK)
    ]


def number_of(answers: Answers, circumstances: Circumstances) -> RegisterNumber | None:
    """The register number where one is asked for and can be right, else None."""
    number = circumstances.number(answers) if answers.number_asked else None
    return number if isinstance(number, RegisterNumber) else None


def request_of(
    answers: Answers, circumstances: Circumstances, found: Sequence[Finding] | None = None
) -> AccessRequest | None:
    """The request that complete, error-free answers make, else None. `found` is what `evaluate` gave, if it ran."""
    if problems(StepId.CHECK, answers, circumstances, found):
        return None
    situation, role, authority = answers.situation, answers.role, answers.authority
    if situation is None or not isinstance(role, Role) or authority is None or isinstance(authority, NoChoice):
        return None
    name, organisation = (" ".join(text.split()) for text in (answers.applicant_name, answers.authority_name))
    same = _same(answers, circumstances)
    number, granted = number_of(answers, circumstances), same if same and same.granted else None
    further = tuple((asked, held(asked, answers)) for asked in asked_fields(answers) if asked not in OWN)
    return AccessRequest(Case(situation, role, authority), name, number, organisation, granted, further)


# What each page needs before it lets go on


@_rule(Severity.ERROR, StepId.SITUATION)
def situation_missing(answers: Answers, _: Circumstances) -> _Found | None:
    return None if answers.situation else _Found("situation")


@_rule(Severity.ERROR, StepId.APPLICANT)
def name_missing(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """A person is looked up by name only where a right is granted by hand; lists and exercises name theirs."""
    training = circumstances.mode is Mode.TRAINING
    needed = answers.situation in (None, Situation.MANUAL) or circumstances.names_needed or training
    return _Found("applicant_name") if needed and not answers.applicant_name.strip() else None


@_rule(Severity.ERROR, StepId.APPLICANT)
def name_holds_number(answers: Answers, _: Circumstances) -> _Found | None:
    """A number pasted into the name would end up in the log and in mails."""
    name = answers.applicant_name
    return (
        _Found("applicant_name", values={"kept": redaction.scrub_name(name)}) if redaction.holds_number(name) else None
    )


@_rule(Severity.ERROR, StepId.APPLICANT)
def number_wrong(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """Required for the manual route; elsewhere an empty field is no error even when the check was opened."""
    if not answers.number_asked or (answers.situation is not Situation.MANUAL and not answers.number_text.strip()):
        return None
    reason = circumstances.number(answers)
    if isinstance(reason, RegisterNumber):
        return None
    training = circumstances.mode is Mode.TRAINING and reason is register_number.Reason.SEQUENCE
    return _Found("register_number", "training" if training else reason.value)


@_rule(Severity.ERROR, StepId.ROLE)
def role_missing(answers: Answers, _: Circumstances) -> _Found | None:
    return None if answers.role else _Found("role")


@_rule(Severity.ERROR, StepId.AUTHORITY)
def authority_missing(answers: Answers, circumstances: Circumstances) -> _Found | None:
    chosen = isinstance(answers.authority, NoChoice) or circumstances.chosen_type(answers)
    return None if chosen else _Found("authority")


@_rule(Severity.ERROR, StepId.AUTHORITY)
def authority_name_missing(answers: Answers, _: Circumstances) -> _Found | None:
    if isinstance(answers.authority, NoChoice) or answers.authority_name.strip():
        return None
    return _Found("authority_name")


@_rule(Severity.ERROR, StepId.AUTHORITY)
def authority_name_holds_number(answers: Answers, _: Circumstances) -> _Found | None:
    name = answers.authority_name
    return _Found("authority_name", values={"kept": redaction.scrub(name)}) if redaction.spans_in(name) else None


# What the check page finds


@_rule(Severity.ERROR, StepId.CHECK)
def one_role(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """A user can have only one role (official page, part 2). No click mends it when the log knows both."""
    if not isinstance(answers.role, Role):
        return None
    for earlier in circumstances.earlier:
        if earlier.role is not answers.role:
            both = any(other.role is answers.role for other in circumstances.earlier)
            return _Found("role", values=_of(earlier), corrected=None if both else answers._replace(role=earlier.role))
    return None


@_rule(Severity.ERROR, StepId.CHECK)
def wrong_region(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """A Brussels municipality given as Flemish, or the other way round; where it lies counts, not its language."""
    match, chosen = circumstances.recognise(answers), circumstances.chosen_type(answers)
    right = match and circumstances.catalog.type_for_region(match.municipality.region)
    if not match or not right or not chosen or chosen.region in (None, right.region):
        return None
    values = {"name": match.municipality.name, "type": right.id}
    return _Found("authority", match.municipality.region.value, values, answers._replace(authority=right.id))


@_rule(Severity.ERROR, StepId.CHECK)
def not_administrator(answers: Answers, _: Circumstances) -> _Found | None:
    """Only a (hoofd) lokale beheerder sees the buttons of the manual route and the tasks."""
    if not answers.by_administrator or answers.administrator is not Administrator.NO:
        return None
    # A waiting task is the administrator's; whoever isn't one has no shorter way than to tell him.
    corrected = answers._replace(situation=Situation.FORM) if answers.situation is not Situation.TASK else None
    return _Found("administrator", str(answers.situation), corrected=corrected)


@_rule(Severity.ADVICE, StepId.CHECK)
def administrator_unknown(answers: Answers, _: Circumstances) -> _Found | None:
    unknown = answers.administrator is Administrator.UNKNOWN
    return _Found("administrator") if answers.by_administrator and unknown else None


@_rule(Severity.ADVICE, StepId.CHECK)
def type_against_name(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """ "AGB", "vzw" or "bv" in the name, while another type was chosen."""
    chosen, pointed = circumstances.chosen_type(answers), circumstances.catalog.type_by_mark(answers.authority_name)
    if not chosen or not pointed or pointed is chosen:
        return None
    corrected = answers._replace(authority=pointed.id)
    return _Found("authority", values={"name": answers.authority_name, "type": pointed.id}, corrected=corrected)


@_rule(Severity.ADVICE, StepId.CHECK)
def none_fits(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """An OCMW, a province, the VGC: the official page names four types, and these are none of them."""
    marked = has_mark(answers.authority_name, circumstances.catalog.elsewhere_marks)
    if not marked or not circumstances.chosen_type(answers):
        return None
    corrected = answers._replace(authority=NoChoice.NONE_OF_THESE)
    return _Found("authority", values={"name": answers.authority_name}, corrected=corrected)


@_rule(Severity.ADVICE, StepId.CHECK)
def municipality_as_other(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """The bare name of a municipality, while the type is not a municipality."""
    match, chosen = circumstances.recognise(answers), circumstances.chosen_type(answers)
    if not match or not chosen or chosen.region:
        return None
    right = circumstances.catalog.type_for_region(match.municipality.region)
    corrected = answers._replace(authority=right.id) if right else None
    return _Found("authority", values={"name": match.municipality.name}, corrected=corrected)


@_rule(Severity.ADVICE, StepId.CHECK)
def municipality_unknown(answers: Answers, circumstances: Circumstances) -> _Found | None:
    chosen = circumstances.chosen_type(answers)
    if not chosen or not chosen.region or not answers.authority_name.strip() or circumstances.recognise(answers):
        return None
    if type_against_name(answers, circumstances) or none_fits(answers, circumstances):
        return None
    offered = [
        match.municipality.name for match in circumstances.municipalities.offered(answers.authority_name, _OFFERED)
    ]
    if not offered:
        return _Found("authority_name", "absent", {"name": answers.authority_name})
    corrected = answers._replace(authority_name=offered[0]) if len(offered) == 1 else None
    values = {"name": answers.authority_name, "offered": ", ".join(offered)}
    return _Found("authority_name", "near", values, corrected)


@_rule(Severity.ADVICE, StepId.CHECK)
def official_name(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """A municipality that merged, or its French or English name: the present Dutch one is in VO Gebruikersbeheer."""
    match = circumstances.recognise(answers)
    if not match or match.by is MatchedBy.NAME or not circumstances.chosen_type(answers):
        return None
    values = {"name": match.matched, "official": match.municipality.name}
    return _Found("authority_name", match.by.value, values, answers._replace(authority_name=match.municipality.name))


@_rule(Severity.ADVICE, StepId.CHECK)
def name_unlikely(answers: Answers, _: Circumstances) -> _Found | None:
    """A person's name has a first and a last name and neither digits nor signs of an address."""
    name = answers.applicant_name.strip()
    if not name or redaction.holds_number(name):
        return None
    odd = re.search(r"[\d@_/\\<>{}\[\]|=+*#]", name) or len(name.split()) < 2
    return _Found("applicant_name", values={"name": name}) if odd else None


@_rule(Severity.ADVICE, StepId.CHECK)
def several_people(answers: Answers, _: Circumstances) -> _Found | None:
    """Two people in one request: each has a right, and a number, of their own."""
    name = answers.applicant_name.strip()
    named = [part for part in _AND.split(name) if part.strip()]
    several = len(named) > 1 and not redaction.holds_number(name)
    return _Found("applicant_name", values={"name": name}) if several else None


@_rule(Severity.ADVICE, StepId.CHECK)
def age_unusual(answers: Answers, circumstances: Circumstances) -> _Found | None:
    number = number_of(answers, circumstances)
    return _Found("register_number") if number and number.unusual_age(circumstances.today) else None


@_rule(Severity.NOTICE, StepId.CHECK)
def bis_number(answers: Answers, circumstances: Circumstances) -> _Found | None:
    number = number_of(answers, circumstances)
    return _Found("register_number") if number and number.kind is register_number.NumberKind.BIS else None


@_rule(Severity.NOTICE, StepId.CHECK)
def same_role(answers: Answers, circumstances: Circumstances) -> _Found | None:
    same = _same(answers, circumstances)
    return _Found("role", values=_of(same)) if same and not same.granted else None


@_rule(Severity.NOTICE, StepId.CHECK)
def role_already_granted(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """The log, or the exercise, knows that the person has this very right: there is nothing to grant."""
    same = _same(answers, circumstances)
    return _Found("role", values=_of(same)) if same and same.granted else None


@_rule(Severity.NOTICE, StepId.CHECK)
def only_this_module(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """Rights may be granted for one module only (official page, part 2)."""
    if not isinstance(answers.role, Role):
        return None
    return _Found("role", values={"module": circumstances.catalog.names.module})


@_rule(Severity.NOTICE, StepId.CHECK)
def label_due(answers: Answers, circumstances: Circumstances) -> _Found | None:
    """Organisations of target group EA, Brussels municipalities among them, need the label in every situation."""
    chosen, label = circumstances.chosen_type(answers), circumstances.catalog.label
    if not chosen or chosen.target_group not in label.target_groups:
        return None
    return _Found("authority", values={"label": label.name, "approver": label.approver})


def _same(answers: Answers, circumstances: Circumstances) -> EarlierRequest | None:
    """What is known of the same role for the same person; that it was granted says more than that it was asked."""
    same = [earlier for earlier in circumstances.earlier if earlier.role is answers.role]
    return next((earlier for earlier in same if earlier.granted), same[0] if same else None)


def _of(earlier: EarlierRequest) -> dict[str, str]:
    return {"role": earlier.role.value, "date": earlier.saved_on.isoformat(), "authority": earlier.authority_name}
