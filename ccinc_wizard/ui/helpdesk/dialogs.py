"""The dialogs beside a call: the link spelled out, and a register number checked and forgotten."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.content.helpdesk import load_spelling
from ccinc_wizard.domain.calls import LinkPart, SpokenGroup, spelled
from ccinc_wizard.domain.enums import SOURCE_LANGUAGE
from ccinc_wizard.domain.register_number import RegisterNumberError, parse
from ccinc_wizard.ui.kit.choosing import drop_down
from ccinc_wizard.ui.kit.dialogs import Dialog, foot
from ccinc_wizard.ui.kit.number_field import NumberField
from ccinc_wizard.ui.kit.screens import at_top, when_low
from ccinc_wizard.ui.kit.spoken import ReadingArea
from ccinc_wizard.ui.kit.theme import SECTION_SCALE, SPACE, scaled
from ccinc_wizard.ui.kit.widgets import announce, button, clear, column, label, reading_width, row, section

_CHARACTERS, _LINES = 90, 34


class SpelledLink(Dialog):
    """Made anew for each link. The alphabet is remembered."""

    def __init__(self, services: Services, link: str, parent: QWidget) -> None:
        """Raises ContentError when the alphabets, which one may edit, are refused."""
        texts = services.texts
        super().__init__("spelled_link", texts("helpdesk.spelling.title"), parent)
        self._services, self._texts, self._link = services, texts, link
        self._spelling = load_spelling()
        self._alphabet = drop_down("spelling_alphabet", texts("helpdesk.spelling.alphabet"))
        for alphabet in self._spelling.alphabets:
            self._alphabet.addItem(self._named(alphabet.id), alphabet.id)
        self._alphabet.setCurrentIndex(max(self._alphabet.findData(services.settings.alphabet), 0))
        self._alphabet.currentIndexChanged.connect(self._choose)
        title = label(texts("helpdesk.spelling.alphabet"), wrap=False)
        title.setBuddy(self._alphabet)
        self._groups = QGridLayout()
        self._groups.setColumnStretch(2, 1)
        self._groups.setHorizontalSpacing(SPACE * 2)
        close = button(texts("paper.close"), name="spelled_link_close", kind="primary", action=self.accept)
        where = label(texts("helpdesk.where_to_find"), "muted", name="where_to_find")
        heading = section(texts("helpdesk.spelling.title"))
        whole = column(heading, row(title, self._alphabet), gap=SPACE * 2, margins=SPACE * 3)
        whole.addWidget(self._scrolled(), 1)
        whole.addWidget(where)
        whole.addLayout(foot(close))
        self.setLayout(whole)
        self.resize(reading_width(self, _CHARACTERS), self.fontMetrics().height() * _LINES)
        self._show_groups()

    def _scrolled(self) -> ReadingArea:
        area = ReadingArea(self._texts("helpdesk.spelling.title"))
        area.setWidget(at_top(self._groups))
        return area

    def _named(self, alphabet: str) -> str:
        """Whoever adds an alphabet of his own need not add words for it."""
        key = f"helpdesk.spelling.{alphabet}"
        return self._texts(key) if self._texts.has(key) else alphabet

    def _choose(self) -> None:
        self._services.remember(alphabet=str(self._alphabet.currentData()))
        self._show_groups()

    def _show_groups(self) -> None:
        clear(self._groups)
        languages = self._spelling.languages
        words = languages.get(self._texts.language) or languages[SOURCE_LANGUAGE]
        alphabet = self._spelling.alphabet(self._services.settings.alphabet)
        part: LinkPart | None = None
        for line, group in enumerate(spelled(self._link, alphabet, words)):
            heading = self._texts(f"helpdesk.spelling.part.{group.part}") if group.part is not part else ""
            part = group.part
            self._add(line, heading, group)

    def _add(self, line: int, heading: str, group: SpokenGroup) -> None:
        text = label(group.text, name=f"spelled_{line + 1}", wrap=False)
        said = label(group.said, name=f"said_{line + 1}")
        scaled(text, SECTION_SCALE, bold=True)
        for column_, made in enumerate((label(heading, "muted"), text, said)):
            made.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._groups.addWidget(made, line, column_)


class NumberCheck(Dialog):
    """Beside the call, which never asks for the number."""

    def __init__(self, services: Services, parent: QWidget, typed: str = "") -> None:
        texts = services.texts
        super().__init__("number_check", texts("helpdesk.check_number"), parent)
        self._services = services
        self._field = NumberField(
            texts, "checked_number", "checked_number_reveal", texts("wizard.applicant.number_hint")
        )
        self._field.laid_out.connect(lambda _: self._judge(finished=self._field.complete))
        self._field.input.returnPressed.connect(lambda: self._judge(finished=True))
        close = button(texts("paper.close"), name="number_check_close", kind="primary", action=self.accept)
        why = label(texts("helpdesk.check_number_why"), "muted")
        parts = column(section(texts("helpdesk.check_number")), why, self._field, gap=SPACE * 2)
        self.lay_out(when_low("number_check_scroll", self.windowTitle(), parts), foot(close))
        self._field.focus_field()
        self._field.input.setText(typed)

    @property
    def typed(self) -> str:
        """What stands in it, as it was typed."""
        return self._field.input.text()

    def hideEvent(self, event: QHideEvent) -> None:
        """However it is closed, nothing is left of what was typed, nor can it be undone back."""
        self._field.input.setText("")
        self._field.show_verdict(None)
        super().hideEvent(event)

    def _judge(self, *, finished: bool) -> None:
        """Nobody is told of a mistake before he is done."""
        number, error = None, ""
        try:
            number = parse(self._field.input.text(), today=self._services.circumstances().today)
        except RegisterNumberError as found:
            error = self._services.texts(f"rules.number_wrong.{found.reason}") if finished else ""
        self._field.show_error(error)
        if error:
            announce(self._field, error)
        self._field.show_verdict(number)
