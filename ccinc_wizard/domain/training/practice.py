"""What a trainee can do on the practice screens, and what each action makes of their state."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

from ccinc_wizard.domain.municipalities import normalise
from ccinc_wizard.domain.register_number import RegisterNumberError
from ccinc_wizard.domain.training.practice_state import (
    Action,
    Decision,
    Grant,
    GrantForm,
    Notice,
    PracticeState,
    Screen,
    SearchBy,
    home,
)
from ccinc_wizard.domain.training.scenario import fictional_number, same_number


def apply(state: PracticeState, action: Action) -> PracticeState:
    """The state after an action. What the screen does not offer changes nothing but the notice."""
    if state.screen not in action.screens:
        return replace(state, notice=Notice.NOT_HERE)
    return action.perform(replace(state, notice=None))


@dataclass(frozen=True, slots=True)
class GoHome(Action):
    """Back to the home page; what was half filled in is gone, as on any such page."""

    def perform(self, state: PracticeState) -> PracticeState:
        return home(state)


@dataclass(frozen=True, slots=True)
class OpenGrant(Action):
    """The button "Nieuw recht toekennen": from the home page to search, from a person's page for that person."""

    screens: ClassVar = (Screen.HOME, Screen.PERSON)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(state, screen=Screen.SEARCH if state.screen is Screen.HOME else Screen.GRANT)


@dataclass(frozen=True, slots=True)
class OpenNewPerson(Action):
    """The button "Nieuwe persoon toevoegen"."""

    screens: ClassVar = (Screen.HOME, Screen.SEARCH)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(state, screen=Screen.NEW_PERSON)


@dataclass(frozen=True, slots=True)
class OpenTasks(Action):
    """The page "Mijn taken"."""

    screens: ClassVar = (Screen.HOME,)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(state, screen=Screen.TASKS)


@dataclass(frozen=True, slots=True)
class OpenLabel(Action):
    """The page on which a label is requested; where it really is, no source tells."""

    screens: ClassVar = (Screen.HOME,)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(state, screen=Screen.LABEL)


@dataclass(frozen=True, slots=True)
class Search(Action):
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
        return replace(state, found=found, found_by=self.by, notice=None if found else Notice.NOBODY_FOUND)


@dataclass(frozen=True, slots=True)
class Pick(Action):
    """Choose one of the people found, counted from 0."""

    index: int

    screens: ClassVar = (Screen.SEARCH,)

    def perform(self, state: PracticeState) -> PracticeState:
        if self.index not in range(len(state.found)):
            return replace(state, notice=Notice.UNKNOWN_CHOICE)
        return replace(state, person=state.found[self.index], screen=Screen.GRANT)


@dataclass(frozen=True, slots=True)
class EnterNumber(Action):
    """Give the number of a person to add: one who is known already has a page, which then opens."""

    text: str = field(repr=False)

    screens: ClassVar = (Screen.NEW_PERSON,)

    def perform(self, state: PracticeState) -> PracticeState:
        try:
            fictional_number(self.text)
        except RegisterNumberError:
            return replace(state, notice=Notice.NUMBER_REFUSED)
        state = replace(state, found_by=SearchBy.NUMBER)
        for person in state.people:
            if same_number(person.number, self.text):
                return replace(state, person=person, screen=Screen.PERSON)
        newcomer = state.world.newcomer
        if newcomer and same_number(newcomer.number, self.text):
            return replace(state, person=newcomer, screen=Screen.NEW_PERSON_DATA)
        return replace(state, notice=Notice.NOBODY_FOUND)


@dataclass(frozen=True, slots=True)
class ConfirmPerson(Action):
    """Confirm the data that came from the register; the field "Reden" is obligatory."""

    reason: str

    screens: ClassVar = (Screen.NEW_PERSON_DATA,)

    def perform(self, state: PracticeState) -> PracticeState:
        if not self.reason.strip() or state.person is None:
            return replace(state, notice=Notice.REASON_MISSING)
        return replace(
            state, added=(*state.added, state.person), screen=Screen.LINK_ORGANISATION, notice=Notice.PERSON_ADDED
        )


@dataclass(frozen=True, slots=True)
class LinkOrganisation(Action):
    """ "Koppel gebruiker aan organisatie", which gives the new person a work relation (werkrelatie)."""

    organisation: str

    screens: ClassVar = (Screen.LINK_ORGANISATION,)

    def perform(self, state: PracticeState) -> PracticeState:
        if self.organisation not in state.world.organisations:
            return replace(state, notice=Notice.UNKNOWN_CHOICE)
        return replace(state, linked=(*state.linked, self.organisation), screen=Screen.PERSON)


@dataclass(frozen=True, slots=True)
class FillIn(Action):
    """Choose organisation, role and modules of the right; the whole form at once, as it stands on the screen."""

    form: GrantForm

    screens: ClassVar = (Screen.GRANT,)

    def perform(self, state: PracticeState) -> PracticeState:
        known = self.form.organisation in ("", *state.world.organisations)
        if not known or not self.form.modules <= set(state.world.modules):
            return replace(state, notice=Notice.UNKNOWN_CHOICE)
        return replace(state, form=self.form)


@dataclass(frozen=True, slots=True)
class ConfirmGrant(Action):
    """Grant the right as it is filled in."""

    screens: ClassVar = (Screen.GRANT,)

    def perform(self, state: PracticeState) -> PracticeState:
        form = state.form
        if state.person is None or form.role is None or not form.organisation or not form.modules:
            return replace(state, notice=Notice.INCOMPLETE)
        grant = Grant(state.person, state.found_by, form)
        return replace(home(state), grants=(*state.grants, grant), notice=Notice.GRANTED)


@dataclass(frozen=True, slots=True)
class RequestLabel(Action):
    """Ask the label for an organisation; approving it is up to somebody else."""

    organisation: str

    screens: ClassVar = (Screen.LABEL,)

    def perform(self, state: PracticeState) -> PracticeState:
        if self.organisation not in state.world.organisations:
            return replace(state, notice=Notice.UNKNOWN_CHOICE)
        requests = (*state.label_requests, self.organisation)
        return replace(home(state), label_requests=requests, notice=Notice.LABEL_REQUESTED)


@dataclass(frozen=True, slots=True)
class OpenTask(Action):
    """Open the waiting request."""

    screens: ClassVar = (Screen.TASKS,)

    def perform(self, state: PracticeState) -> PracticeState:
        if state.world.task is None or state.decision is not None:
            return replace(state, notice=Notice.UNKNOWN_CHOICE)
        return replace(state, screen=Screen.TASK)


@dataclass(frozen=True, slots=True)
class Approve(Action):
    """Approve the request that is open."""

    screens: ClassVar = (Screen.TASK,)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(home(state), decision=Decision.APPROVED, notice=Notice.APPROVED)


@dataclass(frozen=True, slots=True)
class Reject(Action):
    """Reject the request that is open."""

    screens: ClassVar = (Screen.TASK,)

    def perform(self, state: PracticeState) -> PracticeState:
        return replace(home(state), decision=Decision.REJECTED, notice=Notice.REJECTED)
