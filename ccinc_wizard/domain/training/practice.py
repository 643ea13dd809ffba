"""What a trainee can do on the practice screens, and what each action makes of their state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from enum import Enum, StrEnum, auto
from typing import ClassVar

from ccinc_wizard.domain.enums import Role
from ccinc_wizard.domain.folding import normalise, search_words
from ccinc_wizard.domain.register_number import RegisterNumberError
from ccinc_wizard.domain.training.enums import REFERENCE_DAY, LabelState
from ccinc_wizard.domain.training.scenario import Scenario, Task, fictional_number, same_number


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

    NUMBER = auto()
    NAME = auto()


class ScreenNotice(StrEnum):
    """What a drawn screen says back; the words stand in `training.json` under `practice.notice`."""

    NOT_HERE = "not-here"
    NOBODY_FOUND = "nobody-found"
    NUMBER_REFUSED = "number-refused"
    REASON_MISSING = "reason-missing"
    INCOMPLETE = "incomplete"
    END_DATE_REFUSED = "end-date-refused"
    UNKNOWN_CHOICE = "unknown-choice"
    GRANTED = "granted"
    PERSON_ADDED = "person-added"
    LABEL_REQUESTED = "label-requested"
    APPROVED = "approved"
    REJECTED = "rejected"


END_DATE = "31/12/2030"
"""What a drawn screen proposes as the end of a right; one looks it over before one confirms."""


class Decision(Enum):
    """What was decided on the waiting task."""

    APPROVED = auto()
    REJECTED = auto()


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A fictional person as the drawn screens show one."""

    name: str
    number: str = field(repr=False)
    role: Role | None = None
    """The right that the person already has."""


@dataclass(frozen=True, slots=True)
class World:
    """What does not change while the trainee works: who and what there is to choose from."""

    people: tuple[KnownPerson, ...]
    newcomer: KnownPerson | None
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
    end_date: str = END_DATE


@dataclass(frozen=True, slots=True)
class Grant:
    """A right that was granted, and how its holder had been found."""

    person: KnownPerson
    found_by: SearchBy
    form: GrantForm


@dataclass(frozen=True, slots=True)
class PracticeState:
    """Everything on the drawn screens; unchanging, an action makes a new one."""

    world: World
    screen: Screen = Screen.HOME
    notice: ScreenNotice | None = None
    found: tuple[KnownPerson, ...] = ()
    found_by: SearchBy = SearchBy.NUMBER
    person: KnownPerson | None = None
    form: GrantForm = GrantForm()
    added: tuple[KnownPerson, ...] = ()
    linked: tuple[str, ...] = ()
    """Organisations to which a newly added person was linked."""
    grants: tuple[Grant, ...] = ()
    label_requests: tuple[str, ...] = ()
    decision: Decision | None = None

    @property
    def people(self) -> tuple[KnownPerson, ...]:
        """Everybody who can be found now."""
        return (*self.world.people, *self.added)


@dataclass(frozen=True, slots=True)
class ScreenAction:
    """Something the trainee does; `screens` are those that offer it."""

    screens: ClassVar[tuple[Screen, ...]] = tuple(Screen)

    def perform(self, state: PracticeState) -> PracticeState:
        """The state after this action, on a screen that offers it."""
        raise NotImplementedError


def start(scenario: Scenario) -> PracticeState:
    """The screens as the scenario finds them."""
    right, before = scenario.right, scenario.before
    person = KnownPerson(scenario.person.name, scenario.person.number, before.role)
    namesakes = tuple(KnownPerson(other.name, other.number) for other in scenario.screen.namesakes)
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


def apply(state: PracticeState, action: ScreenAction) -> PracticeState:
    """The state after an action. What the screen does not offer changes nothing but the notice."""
    if state.screen not in action.screens:
        return replace(state, notice=ScreenNotice.NOT_HERE)
    return action.perform(replace(state, notice=None))


@dataclass(frozen=True, slots=True)
class GoHome(ScreenAction):
    """Back to the home page; what was half filled in is gone, as on any such page."""

    def perform(self, state: PracticeState) -> PracticeState:
        return home(state)


@dataclass(frozen=True, slots=True)
class OpenGrant(ScreenAction):
    """The button "Nieuw recht toekennen": from the home page to search, from a person's page for that person."""

    screens: ClassVar = (Screen.HOME, Screen.PERSON)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(state, screen=Screen.SEARCH if state.screen is Screen.HOME else Screen.GRANT)


@dataclass(frozen=True, slots=True)
class OpenNewPerson(ScreenAction):
    """The button "Nieuwe persoon toevoegen"."""

    screens: ClassVar = (Screen.HOME, Screen.SEARCH)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(state, screen=Screen.NEW_PERSON)


@dataclass(frozen=True, slots=True)
class OpenTasks(ScreenAction):
    """The page "Mijn taken"."""

    screens: ClassVar = (Screen.HOME,)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(state, screen=Screen.TASKS)


@dataclass(frozen=True, slots=True)
class OpenLabel(ScreenAction):
    """The page on which a label is requested; where it really is, no source tells."""

    screens: ClassVar = (Screen.HOME,)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(state, screen=Screen.LABEL)


@dataclass(frozen=True, slots=True)
class Search(ScreenAction):
    """Look a person up, by number (unique) or by name (not)."""

    by: SearchBy
    text: str = field(repr=False)

    screens: ClassVar = (Screen.SEARCH,)

    def perform(self, state: PracticeState) -> PracticeState:
        wanted = normalise(self.text)
        if self.by is SearchBy.NUMBER:
            found = tuple(person for person in state.people if same_number(person.number, self.text))
        else:
            found = tuple(person for person in state.people if wanted and wanted in normalise(person.name))
        return replace(state, found=found, found_by=self.by, notice=None if found else ScreenNotice.NOBODY_FOUND)


@dataclass(frozen=True, slots=True)
class Pick(ScreenAction):
    """Choose one of the people found, counted from 0."""

    index: int

    screens: ClassVar = (Screen.SEARCH,)

    def perform(self, state: PracticeState) -> PracticeState:
        if self.index not in range(len(state.found)):
            return replace(state, notice=ScreenNotice.UNKNOWN_CHOICE)
        return replace(state, person=state.found[self.index], screen=Screen.GRANT)


@dataclass(frozen=True, slots=True)
class EnterNumber(ScreenAction):
    """Give the number of a person to add: one who is known already has a page, which then opens."""

    text: str = field(repr=False)

    screens: ClassVar = (Screen.NEW_PERSON,)

    def perform(self, state: PracticeState) -> PracticeState:
        try:
            fictional_number(self.text)
        except RegisterNumberError:
            return replace(state, notice=ScreenNotice.NUMBER_REFUSED)
        state = replace(state, found_by=SearchBy.NUMBER)
        for person in state.people:
            if same_number(person.number, self.text):
                return replace(state, person=person, screen=Screen.PERSON)
        newcomer = state.world.newcomer
        if newcomer and same_number(newcomer.number, self.text):
            return replace(state, person=newcomer, screen=Screen.NEW_PERSON_DATA)
        return replace(state, notice=ScreenNotice.NOBODY_FOUND)


@dataclass(frozen=True, slots=True)
class ConfirmPerson(ScreenAction):
    """Confirm the data that came from the register; the field "Reden" is obligatory."""

    reason: str

    screens: ClassVar = (Screen.NEW_PERSON_DATA,)

    def perform(self, state: PracticeState) -> PracticeState:
        if not self.reason.strip() or state.person is None:
            return replace(state, notice=ScreenNotice.REASON_MISSING)
        return replace(
            state, added=(*state.added, state.person), screen=Screen.LINK_ORGANISATION, notice=ScreenNotice.PERSON_ADDED
        )


@dataclass(frozen=True, slots=True)
class LinkOrganisation(ScreenAction):
    """ "Koppel gebruiker aan organisatie", which gives the new person a work relation (werkrelatie)."""

    organisation: str

    screens: ClassVar = (Screen.LINK_ORGANISATION,)

    def perform(self, state: PracticeState) -> PracticeState:
        if self.organisation not in state.world.organisations:
            return replace(state, notice=ScreenNotice.UNKNOWN_CHOICE)
        return replace(state, linked=(*state.linked, self.organisation), screen=Screen.PERSON)


@dataclass(frozen=True, slots=True)
class FillIn(ScreenAction):
    """Choose organisation, role, modules and end of the right; the whole form at once, as it stands on the screen."""

    form: GrantForm

    screens: ClassVar = (Screen.GRANT,)

    def perform(self, state: PracticeState) -> PracticeState:
        known = self.form.organisation in ("", *state.world.organisations)
        if not known or not self.form.modules <= set(state.world.modules):
            return replace(state, notice=ScreenNotice.UNKNOWN_CHOICE)
        return replace(state, form=self.form)


@dataclass(frozen=True, slots=True)
class ConfirmGrant(ScreenAction):
    """Grant the right as it is filled in."""

    screens: ClassVar = (Screen.GRANT,)

    def perform(self, state: PracticeState) -> PracticeState:
        form = state.form
        chosen = form.organisation and form.modules and form.end_date.strip()
        if state.person is None or form.role is None or not chosen:
            return replace(state, notice=ScreenNotice.INCOMPLETE)
        if not _is_to_come(form.end_date):
            return replace(state, notice=ScreenNotice.END_DATE_REFUSED)
        grant = Grant(state.person, state.found_by, form)
        return replace(home(state), grants=(*state.grants, grant), notice=ScreenNotice.GRANTED)


def _is_to_come(text: str) -> bool:
    """Whether the text is a day after REFERENCE_DAY, however it is written."""
    try:
        [written] = search_words(text)
        day = dt.datetime.strptime(written, "%d/%m/%Y").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return False
    return day > REFERENCE_DAY


@dataclass(frozen=True, slots=True)
class RequestLabel(ScreenAction):
    """Ask the label for an organisation; approving it is up to somebody else."""

    organisation: str

    screens: ClassVar = (Screen.LABEL,)

    def perform(self, state: PracticeState) -> PracticeState:
        if self.organisation not in state.world.organisations:
            return replace(state, notice=ScreenNotice.UNKNOWN_CHOICE)
        requests = (*state.label_requests, self.organisation)
        return replace(home(state), label_requests=requests, notice=ScreenNotice.LABEL_REQUESTED)


@dataclass(frozen=True, slots=True)
class OpenTask(ScreenAction):
    """Open the waiting request."""

    screens: ClassVar = (Screen.TASKS,)

    def perform(self, state: PracticeState) -> PracticeState:
        if state.world.task is None or state.decision is not None:
            return replace(state, notice=ScreenNotice.UNKNOWN_CHOICE)
        return replace(state, screen=Screen.TASK)


@dataclass(frozen=True, slots=True)
class Approve(ScreenAction):
    """Approve the request that is open."""

    screens: ClassVar = (Screen.TASK,)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(home(state), decision=Decision.APPROVED, notice=ScreenNotice.APPROVED)


@dataclass(frozen=True, slots=True)
class Reject(ScreenAction):
    """Reject the request that is open."""

    screens: ClassVar = (Screen.TASK,)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(home(state), decision=Decision.REJECTED, notice=ScreenNotice.REJECTED)
