"""The drawn form of a right: organisation, right and modules."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.terms import Role
from ccinc_wizard.domain.training.practice_state import GrantForm, World
from ccinc_wizard.ui.theme import SPACE
from ccinc_wizard.ui.widgets import ChoiceGroup, column, section
from ccinc_wizard.ui.wrapping_check import WrappingCheck


class GrantFields(QWidget):
    """Nothing is chosen beforehand."""

    filled = Signal(object)
    """The `GrantForm` after each change, so that a glance elsewhere loses nothing of it."""

    def __init__(self, texts: Texts, catalog: Catalog, world: World, form: GrantForm) -> None:
        super().__init__()
        self._form, self._world = form, world
        title = texts("training.practice.field.organisation")
        places = [(str(place), name, "") for place, name in enumerate(world.organisations)]
        organisations = ChoiceGroup("training_organisation", places, title)
        organisations.chosen.connect(self._take_organisation)
        organisations.choose(str(world.organisations.index(form.organisation)) if form.organisation else "")
        role_title = texts("training.practice.field.role")
        roles = ChoiceGroup("training_role", [(str(role), catalog.names.rights[role], "") for role in Role], role_title)
        roles.chosen.connect(self._take_role)
        roles.choose(form.role or "")
        modules = [self._module(place, name) for place, name in enumerate(world.modules)]
        parts = [section(title), organisations, section(role_title), roles]
        parts += [section(texts("training.practice.field.modules")), *modules]
        self.setLayout(column(*parts, gap=SPACE))
        self.first = organisations.findChildren(QWidget, "training_organisation_0")[0]
        """Where the focus starts."""

    def form(self) -> GrantForm:
        """The form as it is filled in."""
        return self._form

    def _module(self, place: int, name: str) -> WrappingCheck:
        def tick(on: bool) -> None:
            ticked = self._form.modules
            self._fill(modules=ticked | {name} if on else ticked - {name})

        return WrappingCheck(f"training_module_{place}", name, name in self._form.modules, tick)

    def _take_organisation(self, place: str) -> None:
        self._fill(organisation=self._world.organisations[int(place)])

    def _take_role(self, role: str) -> None:
        self._fill(role=Role(role))

    def _fill(self, **changes: object) -> None:
        self._form = replace(self._form, **changes)  # type: ignore[arg-type]
        self.filled.emit(self._form)
