"""Choosing what to practise: a scenario or an exam, whose results, and which files were refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.files import StoppedError
from ccinc_wizard.content.scenarios import ScenarioSet, TrainingWords
from ccinc_wizard.domain.training.enums import YesNo
from ccinc_wizard.ui.kit.choosing import NumberBox
from ccinc_wizard.ui.kit.dialogs import apart
from ccinc_wizard.ui.kit.fields import ChoiceGroup, TextField
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE, TARGET
from ccinc_wizard.ui.kit.widgets import (
    button,
    card,
    column,
    fixed_by_policy,
    label,
    reading_width,
    row,
    section,
    selectable,
)
from ccinc_wizard.ui.training.session import TrainingRoom, TrainingRun

_ID = Qt.ItemDataRole.UserRole
_FEWEST, _AROUND = 6, 19
"""How many exercises can be seen at least, and how many lines of the window are for what stands around them."""
_LAST_SEED = 999_999


class Chooser(TitledView):
    """Emits what was chosen; who plays it is not its business."""

    chosen = Signal(str)
    """The id of a scenario."""
    free_wanted = Signal()
    """The wizard without an exercise."""
    exam_wanted = Signal(int, int)
    """Seed and number of scenarios."""
    results_wanted = Signal()
    reset_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, services: Services, room: TrainingRoom, found: ScenarioSet) -> None:
        texts = services.texts
        super().__init__("training_chooser", texts("training.choose"), status="training_status")
        self._services, self._room, self._found = services, room, found
        hint = texts("training.results.trainee_hint")
        trainee = TextField("training_trainee", texts("training.results.trainee"), hint)
        trainee.show_text(room.trainee)
        trainee.typed.connect(self._name_trainee)
        self.add(self.status, trainee, self._scenarios())
        exam = self._exam()
        exam.setMaximumWidth(reading_width(self, READING_WIDTH))
        self.stand_beside(exam)
        self.add(*self._refused(), self._rest())
        if found.refused:
            # They stand below the exercises, out of the sight of who looks for one of them.
            self.say(texts("training.room.skipped", count=len(found.refused)), "error")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list takes the height that the window has, as far as it has exercises."""
        super().resizeEvent(event)
        line = self._list.sizeHintForRow(0) if self._list.count() else 0
        wanted = line * self._list.count() + SPACE
        room = self.viewport().height() - self.fontMetrics().height() * _AROUND
        self._list.setFixedHeight(max(line * _FEWEST + SPACE, min(wanted, room)))

    def focus_first(self) -> None:
        self._list.setFocus()

    def _name_trainee(self, text: str) -> None:
        self._room.trainee = text

    def _scenarios(self) -> QWidget:
        texts, words = self._services.texts, TrainingWords(self._services.texts, self._services.catalog)
        self._list = QListWidget()
        self._list.setObjectName("training_scenarios")
        self._list.setAccessibleName(texts("training.choose"))
        for scenario in self._found.scenarios:
            item = QListWidgetItem(words.of(scenario).title)
            item.setData(_ID, scenario.id)
            item.setSizeHint(QSize(TARGET, max(TARGET, self.fontMetrics().height() * 3 // 2)))
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(lambda _: self._play())
        play = button(texts("training.room.play"), name="training_play", kind="primary", action=self._play)
        play.setEnabled(bool(self._found.scenarios))
        told, free = texts("training.room.free"), self.free_wanted.emit
        freely = button(told, name="training_to_wizard_button", kind="link", action=free)
        return card("card", section(texts("training.room.scenarios")), self._list, row(play, freely, gap=SPACE * 2))

    def _play(self) -> None:
        if (item := self._list.currentItem()) is not None:
            self.chosen.emit(str(item.data(_ID)))

    def _exam(self) -> QWidget:
        texts, total = self._services.texts, len(self._found.scenarios)
        room, numbers, most = self._room, range(_LAST_SEED + 1), max(total, 1)
        self._seed = NumberBox("training_exam_seed", texts("training.exam.seed"), numbers, room.seed)
        self._count = NumberBox(
            "training_exam_count", texts("training.exam.count"), range(1, most + 1), min(most, room.count)
        )
        self._seed.valueChanged.connect(partial(setattr, room, "seed"))
        self._count.valueChanged.connect(partial(setattr, room, "count"))
        start = button(
            texts("training.room.start_exam"),
            name="training_start_exam",
            action=lambda: self.exam_wanted.emit(self._seed.value(), self._count.value()),
        )
        start.setEnabled(total > 0)
        seed = _titled(texts("training.exam.seed"), self._seed)
        count = _titled(texts("training.exam.count"), self._count)
        fields = row(*seed, *count)
        hint = label(texts("training.exam.seed_hint"), "muted")
        parts = section(texts("training.exam.title")), hint, fields, row(start)
        return card("card", *parts, name="training_exam")

    def _refused(self) -> list[QWidget]:
        texts, refused = self._services.texts, self._found.refused
        if not refused:
            return []
        told = [
            texts("training.room.refused_line", file=error.file, line=error.line, reason=error.reason)
            for error in refused
        ]
        lines = [selectable(line, name=f"training_refused_{number}") for number, line in enumerate(told, start=1)]
        return [card("advice", section(texts("training.room.refused")), *lines, name="training_refused")]

    def _rest(self) -> QVBoxLayout:
        def made(key: str, action: Callable[[], None]) -> QWidget:
            return button(self._services.texts(f"training.room.{key}"), name=f"training_{key}", action=action)

        folder = made("folder", self.folder_wanted.emit)
        erase = made("reset", self.reset_wanted.emit)
        rest = column(row(made("results", self.results_wanted.emit), erase), row(folder))
        if self._services.is_fixed("scenario_folder"):
            rest.addWidget(fixed_by_policy(folder, self._services.texts("app.policy")))
        return rest


def _titled(title: str, field: QWidget) -> tuple[QWidget, QWidget]:
    heading = label(title, wrap=False, bold=True)
    heading.setBuddy(field)
    return heading, field


class Beyond(TitledView):
    """Asked before the check page, whose notices would tell both."""

    answered = Signal()
    back_wanted = Signal()

    def __init__(self, services: Services, run: TrainingRun) -> None:
        texts, catalog, scenario = services.texts, services.catalog, run.scenario
        super().__init__("training_beyond", texts("training.room.beyond"))
        self._run, self._texts = run, texts
        self._label_due = run.chosen.get("label", "")
        asked = texts("training.label_question", label=catalog.label.name)
        yes_no = [(str(answer), texts(f"training.yes_no.{answer}"), "") for answer in YesNo]
        self._label_group = ChoiceGroup("training_label", yes_no, asked)
        self._label_group.chosen.connect(self._take_label)
        self._modules = sorted({catalog.names.module, *scenario.screen.other_modules})
        if len(self._modules) == 1:
            self._modules.append(texts("training.module_other"))
        asked_module = texts("training.module_question")
        options = [(str(number), name, "") for number, name in enumerate(self._modules)]
        self._module_group = ChoiceGroup("training_module", options, asked_module)
        self._module_group.chosen.connect(self._take_module)
        on = button(texts("wizard.next"), name="training_beyond_next", kind="primary", action=self.go_on)
        back = button(texts("wizard.back"), name="training_beyond_back", action=self.back_wanted.emit)
        self._label_group.choose(self._label_due)
        # In another language one of them has other words.
        self._module = run.chosen.get("module", "") if run.chosen.get("module") in self._modules else ""
        self._module_group.choose(str(self._modules.index(self._module)) if self._module else "")
        questions = ((asked, self._label_group), (asked_module, self._module_group))
        self.add(*(column(section(title), choices, gap=SPACE) for title, choices in questions), row(back, on))

    def focus_first(self) -> None:
        self._label_group.focus_field()

    def _take_label(self, answer: str) -> None:
        self._label_due = self._run.chosen["label"] = answer
        self._label_group.show_error("")

    def _take_module(self, place: str) -> None:
        self._module = self._run.chosen["module"] = self._modules[int(place)]
        self._module_group.show_error("")

    def go_on(self) -> None:
        """Take both answers, or say which one is open."""
        for group, answer in ((self._module_group, self._module), (self._label_group, self._label_due)):
            group.show_error("" if answer else self._texts("training.room.choose_first"))
            if not answer:
                group.focus_field()
        if self._label_due and self._module:
            self._run.label_due, self._run.module = self._label_due == YesNo.YES, self._module
            self.answered.emit()


def read_scenarios(parent: QWidget, services: Services) -> ScenarioSet:
    """All scenarios; the program's alone where the user stops the reading."""
    texts = services.texts
    try:
        return apart(parent, texts("training.room.reading"), texts("list.stop"), services.read_scenarios)
    except StoppedError:
        return ScenarioSet(services.read_scenarios(own=False).scenarios, stopped=True)
