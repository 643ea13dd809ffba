"""The practice screens: VO Gebruikersbeheer's steps, drawn plainly, as a state machine without a screen.

Only what the official page and the public manuals tell of the steps is drawn; how the real screens look is not known,
which is why every drawing must be marked as one. `practice.apply` never raises: what a screen does not allow leaves
the state as it is, with a notice. What the trainee achieved is judged by `practice_check.check`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import ClassVar

from ccinc_wizard.domain.municipalities import normalise
from ccinc_wizard.domain.terms import Role
from ccinc_wizard.domain.training.scenario import Scenario, Task
from ccinc_wizard.domain.training.terms import LabelState


class Screen(StrEnum):
    """A drawn screen."""

    HOME = "home"
    SEARCH = "search"
    NEW_PERSON = "new-person"
    NEW_PERSON_DATA = "new-person-data"
    LINK_ORGANISATION = "link-organisation"
    PERSON = "person"
    GRANT = "grant"
    LABEL = "label"
    TASKS = "tasks"
    TASK = "task"


class SearchBy(StrEnum):
    """How a person was found."""

    NUMBER = "number"
    NAME = "name"


class Notice(StrEnum):
    """What a drawn screen says back; the words stand in `training.json` under `practice.notice`."""

    NOT_HERE = "not-here"
    NOBODY_FOUND = "nobody-found"
    NUMBER_REFUSED = "number-refused"
    REASON_MISSING = "reason-missing"
    INCOMPLETE = "incomplete"
    UNKNOWN_CHOICE = "unknown-choice"
    GRANTED = "granted"
    PERSON_ADDED = "person-added"
    LABEL_REQUESTED = "label-requested"
    APPROVED = "approved"
    REJECTED = "rejected"


class Decision(StrEnum):
    """What was decided on the waiting task."""

    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Known:
    """A fictional person as the drawn screens show one."""

    name: str
    number: str = field(repr=False)
    role: Role | None = None
    """The right that the person already has."""


@dataclass(frozen=True, slots=True)
class World:
    """What does not change while the trainee works: who and what there is to choose from."""

    people: tuple[Known, ...]
    newcomer: Known | None
    """Who is in the register but not yet known here."""
    organisations: tuple[str, ...]
    modules: tuple[str, ...]
    task: Task | None
    task_name: str
    label: LabelState


@dataclass(frozen=True, slots=True)
class GrantForm:
    """A right as far as it is filled in."""

    organisation: str = ""
    role: Role | None = None
    modules: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grant:
    """A right that was granted, and how its holder had been found."""

    person: Known
    found_by: SearchBy
    form: GrantForm


@dataclass(frozen=True, slots=True)
class PracticeState:
    """Everything on the drawn screens; unchanging, an action makes a new one."""

    world: World
    screen: Screen = Screen.HOME
    notice: Notice | None = None
    found: tuple[Known, ...] = ()
    found_by: SearchBy = SearchBy.NUMBER
    person: Known | None = None
    form: GrantForm = GrantForm()
    added: tuple[Known, ...] = ()
    linked: tuple[str, ...] = ()
    """Organisations to which a newly added person was linked."""
    grants: tuple[Grant, ...] = ()
    label_requests: tuple[str, ...] = ()
    decision: Decision | None = None

    @property
    def people(self) -> tuple[Known, ...]:
        """Everybody who can be found now."""
        return (*self.world.people, *self.added)


@dataclass(frozen=True, slots=True)
class Action:
    """Something the trainee does; `screens` are those that offer it."""

    screens: ClassVar[tuple[Screen, ...]] = tuple(Screen)

    def perform(self, state: PracticeState) -> PracticeState:
        """The state after this action, on a screen that offers it."""
        raise NotImplementedError


def start(scenario: Scenario) -> PracticeState:
    """The screens as the scenario finds them."""
    right, before = scenario.right, scenario.before
    person = Known(scenario.person.name, scenario.person.number, before.role)
    namesakes = tuple(Known(other.name, other.number) for other in scenario.screen.namesakes)
    task = before.task
    organisations = [right.authority_name, task.organisation if task else None, *scenario.screen.other_organisations]
    modules = [right.module, task.module if task else None, *scenario.screen.other_modules]
    return PracticeState(
        World(
            people=(*namesakes, person) if before.person_known else namesakes,
            newcomer=None if before.person_known else person,
            organisations=_sorted(organisations),
            modules=_sorted(modules),
            task=task,
            task_name=scenario.person.name if task else "",
            label=before.label,
        )
    )


def home(state: PracticeState) -> PracticeState:
    """Back on the home page, with nothing half filled in."""
    return replace(state, screen=Screen.HOME, found=(), person=None, form=GrantForm())


def _sorted(names: list[str | None]) -> tuple[str, ...]:
    return tuple(sorted({name for name in names if name}, key=normalise))
