"""The views of the helpdesk: a call on one screen or a page at a time, the count of calls, the quick reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QPushButton, QSizePolicy, QWidget

from ccinc_wizard.app.call_book import KeptCalls
from ccinc_wizard.content.helpdesk import HelpdeskWords, LetteredOption, ReferenceEntry, search
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain import calls
from ccinc_wizard.domain.calls import Call, CallStep, CountBy, counts
from ccinc_wizard.ui.helpdesk.call_session import CallSession, Tools
from ccinc_wizard.ui.helpdesk.script import CallScript
from ccinc_wizard.ui.kit.choosing import drop_down
from ccinc_wizard.ui.kit.desktop import copies
from ccinc_wizard.ui.kit.fields import TextField
from ccinc_wizard.ui.kit.screens import Scrolled, SideArea
from ccinc_wizard.ui.kit.spoken import Heading, tab_in_reading_order
from ccinc_wizard.ui.kit.tables import Cells, TableView, plain_table
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE, TARGET, scaled
from ccinc_wizard.ui.kit.widgets import (
    announce,
    breakable,
    button,
    card,
    clear,
    column,
    label,
    reading_width,
    restyle,
    row,
    section,
)

_CHOICES_WIDTH, _NARROWEST = 34, 56
"""Of the choices at the side, and of the questions beside them, in average characters."""
_LARGER = 1.25
"""How much wider a line is here, as what is read out has larger letters than all else."""


class DeskView(StrEnum):
    """Which view is shown; the value is kept in the settings."""

    PAGES = "pages"
    ONE_SCREEN = "one_screen"


class CallView(QWidget):
    """What both views have in common."""

    script: CallScript
    areas: tuple[Scrolled, ...]
    """What scrolls in it."""

    def refresh(self) -> None:
        """Show the session's call."""
        self.script.refresh()

    def least_width(self) -> int:
        """What it needs for lines that can be read, in pixels."""
        return reading_width(self, _NARROWEST)


class OneScreen(CallView):
    """For who does this all day: every choice at once, and beside them what belongs to the present step."""

    def __init__(self, session: CallSession, tools: Tools) -> None:
        super().__init__()
        self.setObjectName("call_one_screen")
        self._session = session
        self._groups = [call_choices(session, kind) for kind in CallQuestion]
        self._side = SideArea("call_choices", session.services.texts("helpdesk.title"), _CHOICES_WIDTH)
        choices = column(*self._groups)
        self._side.hold(choices, SPACE)
        # At the edge of the bar above.
        choices.setContentsMargins(SPACE * 2, SPACE, SPACE, SPACE)
        self.script = CallScript(session, tools)
        self.areas = self._side, _scrolled("call_script", self.script)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for area, share in zip(self.areas, (0, 1), strict=True):
            layout.addWidget(area, share)
        self.setMaximumWidth(self._side.width() + _widest(self))

    def refresh(self) -> None:
        for group in self._groups:
            group.show_call(self._session.call)
        super().refresh()

    def least_width(self) -> int:
        return self._side.width() + super().least_width()


class OnePage(CallView):
    """For who does this now and then: a page for each question, and Back."""

    def __init__(self, session: CallSession, tools: Tools) -> None:
        super().__init__()
        self.setObjectName("call_one_page")
        self._session = session
        self.script = CallScript(session, tools, self._page_choices)
        self.areas = (_scrolled("call_page", self.script),)
        self.setLayout(column(*self.areas, gap=0))
        self.setMaximumWidth(_widest(self))

    def _page_choices(self, step: CallStep) -> list[QWidget]:
        call = self._session.call
        asked = [] if step is CallStep.RESULT else [call_choices(self._session, CallQuestion(step.value), titled=False)]
        how = [call_choices(self._session, CallQuestion.SITUATION)] if len(calls.situations(call)) > 1 else []
        return [*asked, *how]


def _scrolled(name: str, script: CallScript) -> Scrolled:
    area, body = Scrolled(name), column(script)
    # The bar above leaves room enough, and begins at the same edge.
    body.setContentsMargins(SPACE * 2, SPACE, SPACE * 3, SPACE * 3)
    area.read(body, _widest(area))
    return area


def _widest(widget: QWidget) -> int:
    return round(reading_width(widget, READING_WIDTH) * _LARGER) + SPACE * 6


def kind_of(view: DeskView) -> type[OneScreen | OnePage]:
    """The class of the view."""
    return OneScreen if view is DeskView.ONE_SCREEN else OnePage


def make_view(view: DeskView, session: CallSession, tools: Tools) -> CallView:
    """The view of this kind on the session."""
    made = kind_of(view)(session, tools)
    made.refresh()
    return made


_GAP = SPACE // 4


class CallQuestion(StrEnum):
    """What one chooses, in the order of the screen."""

    CALLER = "caller"
    SITUATION = "situation"
    ROLE = "role"
    AUTHORITY = "authority"


def call_choices(session: CallSession, kind: CallQuestion, *, titled: bool = True) -> Choices:
    """The options of this kind for the present call; a click makes the choice."""
    texts, words = session.services.texts, session.words
    situation = kind is CallQuestion.SITUATION
    options = words.every_situation() if situation else words.options(CallStep(kind.value))
    title = words.title(kind)
    made = Choices(kind, title if titled else "", options, texts if session.services.settings.letters else None)
    made.setAccessibleName(title)
    if situation:
        made.made.connect(session.choose_situation)
    else:
        made.made.connect(lambda option: session.choose(CallStep(kind.value), option))
    made.show_call(session.call)
    return made


class Choices(QWidget):
    """The options of one question; the chosen one is marked. Named `call_<kind>_<option>`.

    With the words for it, each tells the letter that chooses it.
    """

    made = Signal(str)

    def __init__(self, kind: CallQuestion, title: str, options: Sequence[LetteredOption], texts: Texts | None) -> None:
        super().__init__()
        self._kind, self._texts = kind, texts
        self._showing = False
        self._parts: dict[str, tuple[QPushButton, QLabel, QLabel]] = {}
        heading = label(title, bold=True)
        heading.setVisible(bool(title))
        self.setLayout(column(heading, *map(self._choice, options), gap=_GAP))

    def show_call(self, call: Call) -> None:
        """Mark what was chosen, and offer only what can be chosen now."""
        chosen = call.caller if self._kind is CallQuestion.CALLER else getattr(call.answers, self._kind.value)
        if self._kind is CallQuestion.SITUATION:
            self.setVisible(len(calls.situations(call)) > 1)
        self._showing = True
        for option, (made, key, words) in self._parts.items():
            on = option == chosen
            made.setChecked(on)
            restyle(key, "state", "chosen" if on else "")
            scaled(words, 1.0, bold=on)
        self._showing = False

    def _choice(self, option: LetteredOption) -> QPushButton:
        name = f"call_{self._kind}_{option.id.replace('-', '_')}"
        made = button("", name=name, kind="choice", spoken=option.label)
        made.setCheckable(True)
        # Not `clicked`: screen readers choose without a click.
        made.toggled.connect(lambda _: None if self._showing else self.made.emit(option.id))
        key, words = label(option.letter.upper(), "key", wrap=False), label(option.label)
        key.setVisible(self._texts is not None)
        if self._texts is not None:
            made.setAccessibleDescription(self._texts("helpdesk.letter", letter=key.text()))
        least = max(map(key.fontMetrics().horizontalAdvance, ("WW", key.text())))
        key.setMinimumWidth(least + SPACE * 2)
        key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        line = QHBoxLayout(made)
        line.setContentsMargins(SPACE, _GAP, SPACE, _GAP)
        line.addWidget(key)
        line.addWidget(words, 1)
        for part in (key, words):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setMinimumHeight(TARGET)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._parts[option.id] = (made, key, words)
        return made


class CallCounts(TableView):
    """Made anew each time it is opened."""

    call_wanted = Signal()

    def __init__(self, words: HelpdeskWords, kept: KeptCalls) -> None:
        texts = words.texts
        super().__init__("call_counts", texts("helpdesk.counts.title"), "call_counts_status", texts)
        self._words, self._records = words, kept.records
        back = button(texts("helpdesk.counts.back"), name="call_counts_back", action=self.call_wanted.emit)
        self._shown = column()
        if kept.unreadable:
            self.add(label(texts("helpdesk.counts.unreadable", count=kept.unreadable), name="call_counts_unreadable"))
        if not kept.records:
            self.add(row(back), label(texts("helpdesk.counts.empty"), "muted", name="call_counts_empty"))
            return
        export = button(texts("helpdesk.counts.export"), name="call_counts_export", action=lambda: self.ask_file("csv"))
        self.add(row(back, export), self.status, row(self._make_choice()), self._shown)
        self._show(CountBy.DAY)

    def table(self) -> tuple[Sequence[str], Cells]:
        columns, *cells = self._words.csv_rows(self._records)
        return columns, cells

    def _make_choice(self) -> QWidget:
        choice = drop_down("call_counts_by", self.texts("helpdesk.counts.title"))
        for by in CountBy:
            choice.addItem(self.texts(f"helpdesk.counts.by.{by}"), by.value)
        choice.currentIndexChanged.connect(lambda _: self._show(CountBy(str(choice.currentData()))))
        return choice

    def _show(self, by: CountBy) -> None:
        clear(self._shown)
        texts = self.texts
        counted = [(self._words.count_value(by, value), number) for value, number in counts(self._records, by)]
        title = texts(f"helpdesk.counts.by.{by}")
        columns = [texts(f"helpdesk.counts.columns.{by}"), texts("helpdesk.counts.columns.calls")]
        self._shown.addWidget(plain_table("call_counts_table", title, columns, counted))


_WIDTH, _CARD_WIDTH = 44, 64
"""Of the drawer, and of one of two columns of cards, in average characters."""
Copy = Callable[[str, str, str], None]


class ReferenceDrawer(SideArea):
    """Opens in the place of what else is beside the call, or beside that; the call stays as it is."""

    def __init__(self, words: HelpdeskWords, copy: Copy, close: Callable[[], None]) -> None:
        """`copy` takes a text, what it is called, and the name of the button that answers."""
        texts = words.texts
        super().__init__("reference_drawer", texts("helpdesk.reference"), _WIDTH)
        self._texts, self._entries, self._copy = texts, words.reference(), copy
        self._search = TextField("reference_search", texts("helpdesk.reference_search"), "")
        self._search.typed.connect(self._find)
        self._found = QGridLayout()
        self._found.setSpacing(SPACE)
        self._columns = 1
        shut = button(texts("helpdesk.close"), name="reference_close", action=close)
        title = section(texts("helpdesk.reference"))
        title.setWordWrap(False)
        self.hold(column(row(title, shut), self._search, self._found))
        self._find("")
        self._least = self.wanted()

    def wanted(self) -> int:
        """For one column of cards, however many there are."""
        return super().wanted() if self._columns == 1 else self._least

    @property
    def wanted_words(self) -> str:
        """What is looked for."""
        return self._search.input.text()

    def begin(self) -> None:
        """Show everything, ready to type."""
        self.look_for("")
        self._search.focus_field()

    def look_for(self, words: str) -> None:
        """Show what these find."""
        self._search.show_text(words)
        self._find(words)

    def share_of(self, room: int) -> int:
        """How much of this room it takes: wider, its lines would be too long to read, but for two columns of cards."""
        columns = 2 if room >= reading_width(self, _CARD_WIDTH) * 2 else 1
        return min(room, (reading_width(self, READING_WIDTH) + SPACE * 6) * columns)

    def fit(self, *, beside: bool = True, room: int = 0) -> None:
        super().fit(beside=beside, room=room)
        columns = 2 if beside and room >= reading_width(self, _CARD_WIDTH) * 2 else 1
        if columns != self._columns:
            self._columns = columns
            self._find(self._search.input.text())

    def _find(self, text: str) -> None:
        clear(self._found)
        found = search(self._entries, text)
        for place, entry in enumerate(found):
            self._found.addWidget(self._card(entry), *divmod(place, self._columns))
        for place in range(2):
            self._found.setColumnStretch(place, int(place < self._columns))
        if not found:
            nothing = label(self._texts("helpdesk.reference_nothing"), name="reference_nothing")
            self._found.addWidget(nothing, 0, 0)
            announce(self._search, nothing.text())
        tab_in_reading_order(self)

    def _card(self, entry: ReferenceEntry) -> QWidget:
        parts: list[QWidget | QLayout] = [label(entry.title, of=Heading, bold=True), label(breakable(entry.text))]
        if entry.copyable:
            spoken = self._texts("result.copy_named", value=entry.title)
            name = f"reference_copy_{entry.id}"
            action = partial(self._copy, entry.copyable, entry.title, name)
            made = button(self._texts("result.copy"), name=name, spoken=spoken, of=copies(self._texts), action=action)
            parts.append(row(made))
        return card("card", *parts, name=f"reference_{entry.id}")
