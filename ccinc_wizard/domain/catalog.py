"""The facts by which a request is decided: authority types, the eight form links, contacts.

The models are built from `resources/catalog.toml`. What they refuse is a fact that contradicts the
official page, so that a doubtful link can never be shown.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, Self
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from ccinc_wizard.domain.municipalities import Region, normalise
from ccinc_wizard.domain.terms import Role, Situation

FORM_HOST = "zelfregistratie-gebruikersbeheer.vlaanderen.be"
FORM_PATH = "/user/aanvraag"
BROWSER_HOSTS = frozenset({FORM_HOST, "vo-gebruikersbeheer.vlaanderen.be", "cjsm.be", "kennisportaalccenbib.be"})
"""The only hosts a browser is ever opened for. Fixed here: no file can add one."""

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
Text = Annotated[str, Field(min_length=1)]


class TargetGroup(StrEnum):
    """The two target groups (doelgroepen) of VO Gebruikersbeheer that matter here."""

    LB = "LB"
    EA = "EA"


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class AuthorityType(_Fact):
    """A kind of organising authority (inrichtende macht)."""

    id: Identifier
    target_group: TargetGroup
    right_suffix: Literal["", "_AGB", "_Gemeente"] = ""
    region: Region | None = None
    """Set when the authority is a municipality of that region."""
    name_marks: tuple[str, ...] = ()
    """Words in an organisation's name that point to this type, in lower case."""


class FormLink(_Fact):
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
        names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
        if names != ["dg", "ec"]:
            raise ValueError("the link must carry dg and ec, in this order, and nothing else")
        return url

    def disagreement(self, authority: AuthorityType) -> str | None:
        """Why `dg` and `ec` do not fit this type and role, or None when they do."""
        query = dict(parse_qsl(urlsplit(self.url).query))
        group = authority.target_group.value
        right = f"CJM_Cultuurmonitor_{group}_CompEnt_{self.role.value.capitalize()}{authority.right_suffix}"
        if query["dg"] != group:
            return f"dg is {query['dg']}, but {authority.id} belongs to target group {group}"
        return None if query["ec"] == right else f"ec is {query['ec']}, but {authority.id} and {self.role} need {right}"


class Label(_Fact):
    """The extra label that organisations of some target groups need, and who approves it."""

    name: Text
    approver: Text
    target_groups: tuple[TargetGroup, ...]


class Contacts(_Fact):
    """Whom to call, as the official page has it."""

    information_line: Text
    team_phone: Text
    team_mail: Annotated[str, Field(pattern=r"^[^@\s?&]+@[^@\s?&]+$")]


class Places(_Fact):
    """Web addresses other than the forms. `manual_as_printed` is never linked: see the catalog's remark."""

    portal: str
    application: str
    application_old: str
    manual: str
    manual_as_printed: str

    @field_validator("portal", "application", "application_old", "manual")
    @classmethod
    def _may_be_opened(cls, url: str) -> str:
        if not may_open(url):
            raise ValueError("a link must be https on one of the hosts that the program may open")
        return url


class Names(_Fact):
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


class ProcedureStep(_Fact):
    """One step; its words stand in `resources/texts/<language>/steps.json` under situation and id."""

    id: Identifier
    value: StepValue | None = None
    beyond_page: bool = False
    """Known from elsewhere than the official page, and shown as such."""


class Procedure(_Fact):
    """The steps of one situation; the one whose value is the label only counts when the label is due."""

    steps: tuple[ProcedureStep, ...]
    prechecks: tuple[Identifier, ...] = ()


class Catalog(_Fact):
    """All facts. Raises ValueError when a pair of type and role has no link or two, or one that does not fit."""

    version: Text
    checked_on: dt.date
    contacts: Contacts
    places: Places
    names: Names
    label: Label
    elsewhere_marks: tuple[str, ...]
    procedures: dict[Situation, Procedure]
    authorities: tuple[AuthorityType, ...]
    links: tuple[FormLink, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        ids = [authority.id for authority in self.authorities]
        if len(set(ids)) != len(ids) or not ids:
            raise ValueError("authorities: every id must stand exactly once")
        if set(self.procedures) != set(Situation) or set(self.names.rights) != set(Role):
            raise ValueError("procedures and names.rights: one for each situation and role")
        pairs = [(link.authority, link.role) for link in self.links]
        for wanted in [(authority, role) for authority in ids for role in Role]:
            if pairs.count(wanted) != 1:
                raise LinkCountError(*wanted, count=pairs.count(wanted))
        for index, link in enumerate(self.links):
            if link.authority not in ids:
                raise FactError(("links", index), f"there is no authority {link.authority}")
            if problem := link.disagreement(self.authority(link.authority)):
                raise FactError(("links", index, "url"), problem)
        if len({link.url for link in self.links}) != len(self.links):
            raise ValueError("links: two pairs share one link")
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
        return next((authority for authority in self.authorities if has_mark(name, authority.name_marks)), None)


class FactError(ValueError):
    """A fact contradicts another; `where` is its place in the file as keys and indexes."""

    def __init__(self, where: tuple[str | int, ...], reason: str) -> None:
        super().__init__(reason)
        self.where = where


class LinkCountError(FactError):
    """A pair of type and role has no link, or more than one."""

    def __init__(self, authority: str, role: Role, *, count: int) -> None:
        super().__init__(("links",), f"{authority} and {role.value} have {count} links; there must be exactly one")


def has_mark(name: str, marks: tuple[str, ...]) -> bool:
    """Whether one of the marks stands in the name as a whole word."""
    words = f" {normalise(name)} "
    return any(f" {normalise(mark)} " in words for mark in marks)


def may_open(url: str) -> bool:
    """Whether the program may open this address in the browser: https, a known host, nothing hidden in it."""
    parts = urlsplit(url)
    return parts.scheme == "https" and parts.netloc in BROWSER_HOSTS
