"""The facts by which a request is decided: authority types, the eight form links, contacts.

The models are built from `resources/catalog.toml`. What they refuse is a fact that contradicts the
official page, so that a doubtful link can never be shown.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Self
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ccinc_wizard.domain.enums import NoChoice, Role, Situation
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.municipalities import Region

FORM_HOST = "zelfregistratie-gebruikersbeheer.vlaanderen.be"
FORM_PATH = "/user/aanvraag"
BROWSER_HOSTS = frozenset({FORM_HOST, "vo-gebruikersbeheer.vlaanderen.be", "cjsm.be", "kennisportaalccenbib.be"})
"""The only hosts a browser is ever opened for. Fixed here: no file can add one."""

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Where = tuple[str | int, ...]
"""A place in a file, as keys and indexes."""
Text = Annotated[str, Field(min_length=1)]


class TargetGroup(StrEnum):
    """The two target groups (doelgroepen) of VO Gebruikersbeheer that matter here."""

    LB = "LB"
    EA = "EA"


class FactModel(BaseModel):
    """What a file of facts holds: unchanging, and no key that is not known."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
    )


class AuthorityType(FactModel):
    """A kind of organising authority (inrichtende macht)."""

    id: Identifier
    target_group: TargetGroup
    right_suffix: Annotated[str, Field(pattern=r"^(_[A-Za-z]+)?$")] = ""
    """What the names of this type's rights end in."""
    region: Region | None = None
    """Set when the authority is a municipality of that region."""
    name_marks: tuple[Text, ...] = ()
    """Words in an organisation's name that point to this type, in lower case."""
    before_place: str = ""
    """What stands before a municipality's name in that of its own company; empty where the place is not the name."""

    def named_after(self, place: str) -> str | None:
        """How its authority is called in this municipality; None where the place does not say so."""
        if self.region:
            return place
        return f"{self.before_place} {place}" if self.before_place else None

    def marks(self, words: str) -> bool:
        """Whether these words are one of the marks and nothing else."""
        return not {normalise(words), normalise(words.replace(".", ""))}.isdisjoint(map(normalise, self.name_marks))


class FormLink(FactModel):
    """The exact address of one self-registration form."""

    authority: Identifier
    role: Role
    url: str

    @field_validator("url")
    @classmethod
    def _is_the_form(cls, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.netloc != FORM_HOST:
            raise ValueError(f"the link must be https on {FORM_HOST}")
        if parts.path != FORM_PATH or parts.fragment:
            raise ValueError(f"the link's path must be {FORM_PATH}")
        query = parse_qsl(parts.query)
        if [name for name, _ in query] != ["dg", "ec"]:
            raise ValueError("the link must carry dg and ec, in this order, and nothing else")
        if url != f"https://{FORM_HOST}{FORM_PATH}?dg={query[0][1]}&ec={query[1][1]}":
            raise ValueError("the link holds signs that do not belong in it")
        return url

    def disagreement(self, authority: AuthorityType) -> str | None:
        """Why `dg` and `ec` do not fit this type and role, or None when they do."""
        query = dict(parse_qsl(urlsplit(self.url).query))
        group = authority.target_group.value
        right = f"CJM_Cultuurmonitor_{group}_CompEnt_{self.role.value.capitalize()}{authority.right_suffix}"
        if query["dg"] != group:
            return f"dg is {query['dg']}, but {authority.id} belongs to target group {group}"
        return None if query["ec"] == right else f"ec is {query['ec']}, but {authority.id} and {self.role} need {right}"


class Label(FactModel):
    """The extra label that organisations of some target groups need, and who approves it."""

    name: Text
    approver: Text
    target_groups: tuple[TargetGroup, ...]


class Contacts(FactModel):
    """Whom to call, as the official page has it."""

    information_line: Text
    team_phone: Text
    team_mail: Annotated[str, Field(pattern=r"^[^@\s?&]+@[^@\s?&]+$")]


class Places(FactModel):
    """Web addresses other than the forms. `manual_as_printed` is never linked: see the catalog's remark."""

    portal: str
    application: str
    application_old: str
    manual: str
    manual_as_printed: Text

    @field_validator("portal", "application", "application_old", "manual")
    @classmethod
    def _may_be_opened(cls, url: str) -> str:
        if not may_open(url):
            raise ValueError("a link must be https on one of the hosts that the program may open")
        return url


class Names(FactModel):
    """Names that stand literally on the screens of VO Gebruikersbeheer; never translated."""

    application: Text
    module: Text
    rights: dict[Role, Text]


class StepValue(StrEnum):
    """What a step of a procedure needs at hand, to be copied."""

    LINK = "link"
    PORTAL = "portal"
    NUMBER = "number"
    NAME = "name"
    ORGANISATION = "organisation"
    RIGHT = "right"
    MODULE = "module"
    LABEL = "label"


class ProcedureStep(FactModel):
    """One step; its words stand in `resources/texts/<language>/steps.json` under situation and id."""

    id: Identifier
    value: StepValue | None = None


class Procedure(FactModel):
    """The steps of one situation; the one whose value is the label only counts when the label is due."""

    steps: tuple[ProcedureStep, ...]
    prechecks: tuple[Identifier, ...] = ()


class Catalog(FactModel):
    """All facts. Raises ValueError when a pair of type and role has no link or two, or one that does not fit."""

    version: Text
    checked_on: dt.date
    contacts: Contacts
    places: Places
    names: Names
    label: Label
    elsewhere_marks: tuple[Text, ...]
    procedures: dict[Situation, Procedure]
    authorities: tuple[AuthorityType, ...]
    links: tuple[FormLink, ...]

    @model_validator(mode="after")
    def _names_agree(self) -> Self:
        for name, whole, found in (
            ("procedures", set(Situation), set(self.procedures)),
            ("names.rights", set(Role), set(self.names.rights)),
        ):
            if missing := sorted(whole - found):
                raise FactError(tuple(name.split(".")), f"there is none for {missing[0]}")
        ids = [authority.id for authority in self.authorities]
        for index, known in enumerate(ids):
            if known in ids[:index]:
                raise FactError(("authorities", index, "id"), f"{known} stands twice")
            if known in list(NoChoice):
                raise FactError(("authorities", index, "id"), f"{known} is an answer of the wizard's own")
        return self

    @model_validator(mode="after")
    def _links_are_complete(self) -> Self:
        ids = [authority.id for authority in self.authorities]
        seen: set[tuple[str, Role]] = set()
        for index, link in enumerate(self.links):
            pair = (link.authority, link.role)
            if link.authority not in ids:
                raise FactError(("links", index, "authority"), f"there is no authority {link.authority}")
            if pair in seen:
                raise FactError(("links", index), f"{link.authority} and {link.role} have two links")
            if problem := link.disagreement(self.authority(link.authority)):
                raise FactError(("links", index, "url"), problem)
            if link.url in [earlier.url for earlier in self.links[:index]]:
                raise FactError(("links", index, "url"), "another pair has this link already")
            seen.add(pair)
        for index, wanted in enumerate(ids):
            for role in Role:
                if (wanted, role) not in seen:
                    raise FactError(("authorities", index), f"{wanted} and {role} have no link")
        return self

    def authority(self, authority_id: str) -> AuthorityType:
        """The type with this id. Raises KeyError."""
        for authority in self.authorities:
            if authority.id == authority_id:
                return authority
        raise KeyError(authority_id)

    def link(self, authority_id: str, role: Role) -> str:
        """The exact form address of this pair, looked up whole. Raises KeyError."""
        for link in self.links:
            if (link.authority, link.role) == (authority_id, role):
                return link.url
        raise KeyError((authority_id, role))

    def label_due(self, authority_id: str) -> bool:
        """Whether organisations of this type need the label as well."""
        return self.authority(authority_id).target_group in self.label.target_groups

    def type_for_region(self, region: Region) -> AuthorityType | None:
        """The type whose authorities are the municipalities of this region."""
        return next((authority for authority in self.authorities if authority.region is region), None)

    def type_by_mark(self, name: str) -> AuthorityType | None:
        """The type that a word in the organisation's name points to ("AGB De Kring", "Podium vzw")."""
        words = _whole_words(name)
        marked = (known for known in self.authorities if any(mark in words for mark in _marks(known.name_marks)))
        return next(marked, None)


class FactError(ValueError):
    """A fact contradicts another; `where` is its place in the file as keys and indexes."""

    def __init__(self, where: Where, reason: str) -> None:
        super().__init__(reason)
        self.where = where


def has_mark(name: str, marks: tuple[str, ...]) -> bool:
    """Whether one of the marks stands in the name as a whole word."""
    words = _whole_words(name)
    return any(mark in words for mark in _marks(marks))


def _whole_words(name: str) -> str:
    return f" {normalise(name)} | {normalise(name.replace('.', ''))} "


@lru_cache
def _marks(marks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {normalise(mark)} " for mark in marks)


def may_open(url: str) -> bool:
    """Whether the program may open this address in the browser: https, a known host, nothing hidden in it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    clean = url.isascii() and url.isprintable() and " " not in url
    return clean and parts.scheme == "https" and parts.netloc in BROWSER_HOSTS
