"""The enums of training. Their values stand in the scenario files and are keys of `training.json`."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

REFERENCE_DAY = dt.date(2026, 1, 1)
"""The day by which fictional numbers are read, so that a scenario means the same on every machine and day."""


class Channel(StrEnum):
    """How the applicant reaches the trainee."""

    CALL = "call"
    MAIL = "mail"


class NumberUse(StrEnum):
    """Whether the route needs the register number; where it does not, asking for it is a mistake."""

    ASKED = "asked"
    NOT_ASKED = "not-asked"


class YesNo(StrEnum):
    """An answer to "is the label due?" as a scenario's mistake names it."""

    YES = "yes"
    NO = "no"


class LabelState(StrEnum):
    """How far the organisation is with its label before the trainee begins."""

    NONE = "none"
    REQUESTED = "requested"
    APPROVED = "approved"


class Goal(StrEnum):
    """What must have been done on the drawn screens at the end; how, is checked against the right answers."""

    ADD_PERSON = "add-person"
    GRANT = "grant"
    APPROVE = "approve"
    REJECT = "reject"
    REQUEST_LABEL = "request-label"


class Graded(StrEnum):
    """What is graded. The values up to AUTHORITY_NAME are the wizard's fields, in the order of its questions."""

    SITUATION = "situation"
    APPLICANT_NAME = "applicant_name"
    REGISTER_NUMBER = "register_number"
    ROLE = "role"
    AUTHORITY = "authority"
    AUTHORITY_NAME = "authority_name"
    LABEL_DUE = "label_due"
    MODULE = "module"
    PRACTICE = "practice"


class Slip(StrEnum):
    """What can be wrong at the end on the drawn screens."""

    SEARCHED_BY_NAME = "searched-by-name"
    NOT_GRANTED = "not-granted"
    NEEDLESS_GRANT = "needless-grant"
    GRANTED_TWICE = "granted-twice"
    SECOND_ROLE = "second-role"
    WRONG_PERSON = "wrong-person"
    WRONG_ROLE = "wrong-role"
    WRONG_MODULE = "wrong-module"
    EXTRA_MODULE = "extra-module"
    WRONG_ORGANISATION = "wrong-organisation"
    PERSON_NOT_ADDED = "person-not-added"
    LABEL_FORGOTTEN = "label-forgotten"
    LABEL_NEEDLESS = "label-needless"
    LABEL_AGAIN = "label-again"
    TASK_UNDECIDED = "task-undecided"
    WRONGLY_APPROVED = "wrongly-approved"
    WRONGLY_REJECTED = "wrongly-rejected"


class Trap(StrEnum):
    """What a scenario is made to practise; a trainer chooses by it."""

    BOTH_ROLES = "both-roles"
    OTHER_MODULE = "other-module"
    AGB_AS_CITY = "agb-as-city"
    BRUSSELS_AS_FLEMISH = "brussels-as-flemish"
    FLEMISH_AS_BRUSSELS = "flemish-as-brussels"
    VZW = "vzw"
    MERGED_MUNICIPALITY = "merged-municipality"
    FRENCH_NAME = "french-name"
    NOT_ADMINISTRATOR = "not-administrator"
    MISTYPED_NUMBER = "mistyped-number"
    BIS_NUMBER = "bis-number"
    UNKNOWN_BIRTH_DATE = "unknown-birth-date"
    OTHER_ROLE_HELD = "other-role-held"
    LABEL_PENDING = "label-pending"
    NAMESAKE = "namesake"
    NEW_PERSON = "new-person"
    HIGHER_FUNCTION = "higher-function"
    WAITING_TASK = "waiting-task"
    WRONG_TASK = "wrong-task"
    NEEDLESS_NUMBER = "needless-number"
    NONE_FITS = "none-fits"


class ScenarioFault(StrEnum):
    """Why a scenario file is refused beyond its form; the words stand in `training.json` under `file`."""

    DUTCH_MISSING = "dutch-missing"
    ADDRESS = "address"
    REAL_NUMBER = "real-number"
    NUMBER_WRONG = "number-wrong"
    HEARD_SAME = "heard-same"
    NUMBER_TWICE = "number-twice"
    AUTHORITY_NAME_MISSING = "authority-name-missing"
    AUTHORITY_NAME_NEEDLESS = "authority-name-needless"
    NUMBER_USE = "number-use"
    LABEL_UNDECIDED = "label-undecided"
    FEEDBACK_MISSING = "feedback-missing"
    FEEDBACK_UNKNOWN = "feedback-unknown"
    MISTAKE_TWICE = "mistake-twice"
    ANSWER_UNKNOWN = "answer-unknown"
    ANSWER_RIGHT = "answer-right"
    ANSWER_SHARED = "answer-shared"
    GOAL_ROUTE = "goal-route"
    GOAL_GRANT = "goal-grant"
    GOAL_PERSON = "goal-person"
    GOAL_LABEL = "goal-label"
    GOAL_TASK = "goal-task"
    TASK_MISSING = "task-missing"
    TASK_NEEDLESS = "task-needless"
    AUTHORITY_UNKNOWN = "authority-unknown"
    LABEL_WRONG = "label-wrong"
    MODULE_WRONG = "module-wrong"
    RULE = "rule"
    FILE_NAME = "file-name"
    ID_TWICE = "id-twice"
