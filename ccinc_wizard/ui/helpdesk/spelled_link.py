"""The link as it is read out: in groups, with a spelling alphabet of one's choice, and where else to find it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from ccinc_wizard.content.spelling import load_spelling
from ccinc_wizard.content.texts import SOURCE_LANGUAGE
from ccinc_wizard.domain.spelling import LinkPart, SpokenGroup, spelled
from ccinc_wizard.services import Services
from ccinc_wizard.ui.drop_down import drop_down
from ccinc_wizard.ui.spoken import ReadingArea
from ccinc_wizard.ui.theme import SECTION_SCALE, SPACE, scaled
from ccinc_wizard.ui.widgets import button, clear, column, label, reading_width, row

_CHARACTERS, _LINES = 90, 34


class SpelledLink(QDialog):
    """Made anew for each link. The alphabet is remembered."""

    def __init__(self, services: Services, link: str, parent: QWidget) -> None:
        """Raises ContentError when the alphabets, which one may edit, are refused."""
        super().__init__(parent)
        self._services, self._texts, self._link = services, services.texts, link
        self._spelling = load_spelling()
        texts = self._texts
        self.setObjectName("spelled_link")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("helpdesk.spelling.title"))
        self._alphabet = drop_down("spelling_alphabet", texts("helpdesk.spelling.alphabet"))
        for alphabet in self._spelling.alphabets:
            self._alphabet.addItem(self._named(alphabet.id), alphabet.id)
        self._alphabet.setCurrentIndex(max(self._alphabet.findData(services.settings.alphabet), 0))
        self._alphabet.currentIndexChanged.connect(self._choose)
        title = label(texts("helpdesk.spelling.alphabet"))
        title.setWordWrap(False)
        title.setBuddy(self._alphabet)
        self._groups = QGridLayout()
        self._groups.setColumnStretch(2, 1)
        self._groups.setHorizontalSpacing(SPACE * 2)
        close = button(texts("paper.close"), name="spelled_link_close", action=self.accept)
        where = label(texts("helpdesk.where_to_find"), "muted", name="where_to_find")
        whole = column(row(title, self._alphabet), gap=SPACE, margins=SPACE * 2)
        whole.addWidget(self._scrolled(), 1)
        whole.addWidget(where)
        whole.addLayout(row(close))
        self.setLayout(whole)
        self.resize(reading_width(self, _CHARACTERS), self.fontMetrics().height() * _LINES)
        self._show_groups()

    def _scrolled(self) -> ReadingArea:
        holder = QWidget()
        inner = column(self._groups)
        inner.addStretch(1)
        holder.setLayout(inner)
        area = ReadingArea(self._texts("helpdesk.spelling.title"))
        area.setWidget(holder)
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
        text, said = label(group.text, name=f"spelled_{line + 1}"), label(group.said, name=f"said_{line + 1}")
        text.setWordWrap(False)
        scaled(text, SECTION_SCALE, bold=True)
        for column_, made in enumerate((label(heading, "muted"), text, said)):
            made.setAlignment(Qt.AlignmentFlag.AlignTop)
            self._groups.addWidget(made, line, column_)
