"""The drawn screens of VO Gebruikersbeheer. They hold no rule: each control performs an action of the state machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QLineEdit, QPushButton, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.scenarios import TrainingWords
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.catalog import Catalog
from ccinc_wizard.domain.enums import Role
from ccinc_wizard.domain.training import practice
from ccinc_wizard.domain.training.practice import GrantForm, KnownPerson, Screen, ScreenAction, SearchBy, World
from ccinc_wizard.ui.kit.choosing import WrappingCheck
from ccinc_wizard.ui.kit.fields import ChoiceGroup, TextField
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.spoken import hold_focus_in_sight, tab_in_reading_order
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import announce, button, clear, column, fill, group, label, row, section
from ccinc_wizard.ui.training.session import TrainingRun

_DASHED = "QFrame#training_drawing { border: 3px dashed palette(mid); border-radius: 0; }"


class PracticeView(TitledView):
    """Shows the screen on which the run stands, made anew after each action."""

    check_wanted = Signal()

    def __init__(self, services: Services, run: TrainingRun) -> None:
        texts = services.texts
        super().__init__("training_practice", "VO Gebruikersbeheer")
        self._services, self._run, self._texts = services, run, texts
        self._words = TrainingWords(texts, services.catalog)
        marked = label(texts("training.practice.drawing"), name="training_drawing_mark", bold=True)
        self._heading = section("", name="training_screen")
        self._notice = label("", name="training_notice", bold=True)
        self._holder = column()
        frame = QFrame()
        frame.setObjectName("training_drawing")
        frame.setStyleSheet(_DASHED)
        frame.setLayout(column(marked, self._heading, self._notice, self._holder, gap=SPACE * 2, margins=SPACE * 2))
        self.add(frame)
        self._first: QWidget | None = None
        self._inputs: list[QLineEdit] = []
        hold_focus_in_sight(self)
        self.show_screen()

    def focus_first(self) -> None:
        if self._first is not None:
            self._first.setFocus()

    def show_screen(self) -> None:
        """Draw the run's present screen."""
        clear(self._holder)
        self._first = None
        self._inputs.clear()
        self._content = column(gap=SPACE * 2)
        body = group(self._content)
        state, texts = self._run.practice, self._texts
        heading = texts(f"training.practice.screen.{state.screen}")
        self._heading.setText(heading)
        notice = self._words.notice(state.notice) if state.notice else ""
        self._notice.setText(notice)
        self._notice.setVisible(bool(notice))
        self._draw(state.screen)
        if state.screen is not Screen.HOME:
            self._button("go-home", practice.GoHome)
        self._holder.addWidget(body)
        tab_in_reading_order(self)
        # Now rather than with the next layout: only what can be seen takes the focus.
        body.show()
        announce(self._heading, f"{heading}. {notice}" if notice else heading)

    def _draw(self, screen: Screen) -> None:
        {
            Screen.HOME: self._home,
            Screen.SEARCH: self._search,
            Screen.NEW_PERSON: self._new_person,
            Screen.NEW_PERSON_DATA: self._new_person_data,
            Screen.LINK_ORGANISATION: self._link,
            Screen.PERSON: self._person,
            Screen.GRANT: self._grant,
            Screen.LABEL: self._label,
            Screen.TASKS: self._tasks,
            Screen.TASK: self._task,
        }[screen]()

    def _perform(self, *actions: ScreenAction) -> None:
        before, typed = self._run.practice.screen, [field.text() for field in self._inputs]
        for action in actions:
            self._run.practice = practice.apply(self._run.practice, action)
        self.show_screen()
        if self._run.practice.screen is before:
            # Whoever is told to look at it again finds it there, and types over it at once.
            for field, text in zip(self._inputs, typed, strict=True):
                field.setText(text)
                field.selectAll()
        self.focus_first()

    def _home(self) -> None:
        self._button("open-grant", practice.OpenGrant)
        self._button("open-new-person", practice.OpenNewPerson)
        self._button("open-tasks", practice.OpenTasks)
        self._button("open-label", practice.OpenLabel)
        self._put(label(self._texts("training.practice.label_place"), "muted"))

    def _search(self) -> None:
        state = self._run.practice
        for by in SearchBy:
            field = self._field(by.value)
            self._button(f"search-{by}", partial(_search, by, field), field)
        for place, person in enumerate(state.found):
            self._put(self._about(person))
            words = self._texts("training.practice.action.pick", name=person.name)
            spoken = self._texts("training.practice.action.pick", name=f"{person.name}, {person.number}")
            pick = self._made(words, f"training_pick_{place}", partial(practice.Pick, place), spoken)
            self._put(row(pick))
            if place == 0:
                # Who was found stands below the fields, and on a low screen out of sight of them.
                self._first = pick
        self._button("open-new-person", practice.OpenNewPerson)

    def _new_person(self) -> None:
        field = self._field("number")
        self._button("next", lambda: practice.EnterNumber(field.text()), field)

    def _new_person_data(self) -> None:
        self._put(self._about(self._run.practice.person))
        field = self._field("reason")
        self._button("confirm", lambda: practice.ConfirmPerson(field.text()), field)

    def _link(self) -> None:
        self._with_organisation("confirm", practice.LinkOrganisation)

    def _person(self) -> None:
        self._put(self._about(self._run.practice.person))
        self._button("open-grant", practice.OpenGrant)

    def _grant(self) -> None:
        state = self._run.practice
        self._put(self._about(state.person))
        fields = GrantFields(self._texts, self._services.catalog, state.world, state.form)
        fields.filled.connect(self._keep_form)
        self._put(fields)
        self._first = fields.first
        words = self._texts("training.practice.action.confirm")

        def confirm() -> None:
            self._perform(practice.FillIn(fields.form()), practice.ConfirmGrant())

        made = button(words, name="training_confirm", kind="primary", action=confirm)
        fields.last.returnPressed.connect(made.click)
        self._put(row(made))

    def _keep_form(self, form: GrantForm) -> None:
        self._run.practice = practice.apply(self._run.practice, practice.FillIn(form))

    def _label(self) -> None:
        texts, label_name = self._texts, self._services.catalog.label.name
        named = texts("training.practice.field.label", label=label_name)
        state = texts(f"training.practice.label_state.{self._run.practice.world.label}")
        self._put(label(texts.pair(named, state), name="training_label_state"))
        self._with_organisation("request-label", practice.RequestLabel)

    def _tasks(self) -> None:
        state = self._run.practice
        if state.world.task is None or state.decision is not None:
            self._put(label(self._texts("training.practice.tasks_empty"), name="training_tasks_empty"))
            return
        self._put(label(state.world.task_name, name="training_task_name"))
        self._button("open-task", practice.OpenTask)

    def _task(self) -> None:
        world = self._run.practice.world
        if world.task is None:
            return
        rights = self._services.catalog.names.rights
        facts = {
            "name": world.task_name,
            "organisation": world.task.organisation,
            "role": rights[world.task.role],
            "modules": world.task.module,
        }
        for name, value in facts.items():
            title = self._texts(f"training.practice.field.{name}")
            self._put(label(self._texts.pair(title, value), name=f"training_task_{name}"))
        self._button("approve", practice.Approve)
        self._button("reject", practice.Reject)

    def _with_organisation(self, key: str, action: Callable[[str], ScreenAction]) -> None:
        organisations, chosen = self._run.practice.world.organisations, [""]
        options = [(str(place), name, "") for place, name in enumerate(organisations)]
        group = ChoiceGroup("training_organisation", options, self._texts("training.practice.field.organisation"))
        group.chosen.connect(lambda place: chosen.__setitem__(0, organisations[int(place)]))
        self._put(section(self._texts("training.practice.field.organisation")))
        self._put(group)
        self._button(key, lambda: action(chosen[0]))

    def _about(self, person: KnownPerson | None) -> QWidget:
        texts = self._texts
        if person is None:
            return label("")
        right = self._services.catalog.names.rights[Role(person.role)] if person.role else ""
        none = texts("training.practice.field.held_none")
        held = texts("training.practice.field.held", right=right) if right else none
        return label(f"{person.name}\n{person.number}\n{held}", name="training_person")

    def _field(self, key: str) -> QLineEdit:
        made = TextField(f"training_field_{key}", self._texts(f"training.practice.field.{key}"), "")
        self._put(made)
        self._inputs.append(made.input)
        self._first = self._first or made.input
        return made.input

    def _button(self, key: str, action: Callable[[], ScreenAction], field: QLineEdit | None = None) -> None:
        words = self._texts(f"training.practice.action.{key}")
        made = self._made(words, f"training_{key.replace('-', '_')}", action)
        self._put(row(made))
        if field is not None:
            field.returnPressed.connect(made.click)
        self._first = self._first or made

    def _made(self, words: str, name: str, action: Callable[[], ScreenAction], spoken: str = "") -> QPushButton:
        return button(words, name=name, spoken=spoken, action=lambda: self._perform(action()))

    def _put(self, part: QWidget | QLayout) -> None:
        fill(self._content, [part])


def _search(by: SearchBy, field: QLineEdit) -> ScreenAction:
    return practice.Search(by, field.text())


class GrantFields(QWidget):
    """Nothing is chosen beforehand."""

    filled = Signal(object)
    """The `GrantForm` after each change, so that a glance elsewhere loses nothing of it."""

    def __init__(self, texts: Texts, catalog: Catalog, world: World, form: GrantForm) -> None:
        super().__init__()
        self._form = form
        title = texts("training.practice.field.organisation")
        places = [(str(place), name, "") for place, name in enumerate(world.organisations)]
        organisations = ChoiceGroup("training_organisation", places, title)
        organisations.chosen.connect(lambda place: self._fill(organisation=world.organisations[int(place)]))
        organisations.choose(str(world.organisations.index(form.organisation)) if form.organisation else "")
        role_title = texts("training.practice.field.role")
        roles = ChoiceGroup("training_role", [(str(role), catalog.names.rights[role], "") for role in Role], role_title)
        roles.chosen.connect(lambda role: self._fill(role=Role(role)))
        roles.choose(form.role or "")
        modules = [self._module(place, name) for place, name in enumerate(world.modules)]
        parts = [section(title), organisations, section(role_title), roles]
        end_date = TextField("training_field_end_date", texts("training.practice.field.end_date"), "")
        end_date.show_text(form.end_date)
        end_date.typed.connect(lambda text: self._fill(end_date=text))
        parts += [section(texts("training.practice.field.modules")), *modules, end_date]
        self.setLayout(column(*parts, gap=SPACE))
        self.first = organisations.findChildren(QWidget, "training_organisation_0")[0]
        """Where the focus starts."""
        self.last = end_date.input
        """In which Enter confirms, as it does in each field."""

    def form(self) -> GrantForm:
        """The form as it is filled in."""
        return self._form

    def _module(self, place: int, name: str) -> WrappingCheck:
        def tick(on: bool) -> None:
            ticked = self._form.modules
            self._fill(modules=ticked | {name} if on else ticked - {name})

        return WrappingCheck(f"training_module_{place}", name, name in self._form.modules, tick)

    def _fill(self, **changes: object) -> None:
        self._form = replace(self._form, **changes)  # type: ignore[arg-type]
        self.filled.emit(self._form)
