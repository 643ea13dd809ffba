"""The enums of the field: what can be answered, and where a request stands. Values are promised to other programs."""

from __future__ import annotations

from enum import StrEnum

SOURCE_LANGUAGE = "nl"
"""The language that every text has, and from which the others are translated."""


class Mode(StrEnum):
    """Who uses the program: an administrator, a helpdesk agent with a caller, a trainee."""

    ADMIN = "admin"
    HELPDESK = "helpdesk"
    TRAINING = "training"


class Situation(StrEnum):
    """How the request reached the administrator; each has its own route to the right."""

    FORM = "form"
    MANUAL = "manual"
    TASK = "task"

    @property
    def by_administrator(self) -> bool:
        """Whether only a (hoofd) lokale beheerder can do it: only there is asked whether one is."""
        return self is not Situation.FORM


class Role(StrEnum):
    """The right in the Cultuurmonitor. A person can have only one."""

    INVOERDER = "invoerder"
    RAADPLEGER = "raadpleger"


class NoChoice(StrEnum):
    """Honest answers that lead to help instead of a link."""

    UNKNOWN = "unknown"
    NONE_OF_THESE = "none"


class Administrator(StrEnum):
    """Whether the user is (hoofd) lokale beheerder of the organisation."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    WAITING_FOR_LABEL = "waiting-for-label"
    GRANTED = "granted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"

    @property
    def closed(self) -> bool:
        """Whether nothing more is to be done."""
        return self in (Status.GRANTED, Status.REJECTED, Status.WITHDRAWN)
