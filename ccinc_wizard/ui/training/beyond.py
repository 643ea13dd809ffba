"""The two questions that the wizard answers itself and a trainee must know: the label and the module."""

from __future__ import annotations

from PySide6.QtCore import Signal

from ccinc_wizard.domain.training.terms import YesNo
from ccinc_wizard.services import Services
from ccinc_wizard.ui.titled_view import TitledView
from ccinc_wizard.ui.training.room import TrainingRun
from ccinc_wizard.ui.widgets import ChoiceGroup, button, row, section


class Beyond(TitledView):
    """Asked before the check page, whose notices would tell both."""

    answered = Signal()
    back_wanted = Signal()

    def __init__(self, services: Services, run: TrainingRun) -> None:
        texts, catalog, scenario = services.texts, services.catalog, run.scenario
        super().__init__("training_beyond", texts("training.room.beyond"))
        self._run, self._texts = run, texts
        self._label_due, self._module = "", ""
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
        on = button(texts("wizard.next"), name="training_beyond_next", kind="primary", action=self._go_on)
        back = button(texts("wizard.back"), name="training_beyond_back", action=self.back_wanted.emit)
        self.add(section(asked), self._label_group, section(asked_module), self._module_group, row(back, on))

    def focus_first(self) -> None:
        self._label_group.focus_field()

    def _take_label(self, answer: str) -> None:
        self._label_due = answer
        self._label_group.show_error("")

    def _take_module(self, place: str) -> None:
        self._module = self._modules[int(place)]
        self._module_group.show_error("")

    def _go_on(self) -> None:
        for group, answer in ((self._module_group, self._module), (self._label_group, self._label_due)):
            group.show_error("" if answer else self._texts("training.room.choose_first"))
            if not answer:
                group.focus_field()
        if self._label_due and self._module:
            self._run.label_due, self._run.module = self._label_due == YesNo.YES, self._module
            self.answered.emit()
