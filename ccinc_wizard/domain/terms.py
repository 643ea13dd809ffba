"""The words of the field as types. Their values are the contract's names for automation."""

from __future__ import annotations

from enum import StrEnum

NAMES_DAYS, REST_DAYS = 90, 400
"""After how many days the log erases names and notes of a closed request, and after how many all of it.

Ninety days cover questions about a right just granted; four hundred cover one yearly round of registration and a
margin. Both can be set.
"""
DAYS = range(1, 3651)
"""How long the log may keep something: a day to ten years."""


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
