"""The views of the helpdesk: a call on one screen or a page at a time, the count of calls, the quick reference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ccinc_wizard.app.call_book import KeptCalls
from ccinc_wizard.content.helpdesk import HelpdeskWords, Option, ReferenceEntry, search
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain import calls
from ccinc_wizard.domain.calls import Call, CallStep, CountBy, counts
from ccinc_wizard.ui.helpdesk.call_session import CallSession, Tools
from ccinc_wizard.ui.helpdesk.script import CallScript, breakable
from ccinc_wizard.ui.kit.choosing import drop_down
from ccinc_wizard.ui.kit.desktop import copies
from ccinc_wizard.ui.kit.fields import TextField
from ccinc_wizard.ui.kit.screens import Scrolled, SideArea
from ccinc_wizard.ui.kit.spoken import Heading, tab_in_reading_order
from ccinc_wizard.ui.kit.tables import Cells, TableView, plain_table
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE, TARGET, scaled
from ccinc_wizard.ui.kit.widgets import announce, button, card, clear, column, label, reading_width, restyle, row

_CHOICES_WIDTH, _NARROWEST = 34, 56
_LARGER = 1.25
"""How much wider a line is here, as what is read out has larger letters than all else."""


class View(StrEnum):
    """Which view is shown; the value is kept in the settings."""

    PAGES = "pages"
    ONE_SCREEN = "one_screen"


class CallView(QWidget):
    """What both views have in common."""

    script: CallScript

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
        self._groups = [call_choices(session, kind) for kind in Kind]
        body = QWidget()
        body.setLayout(column(*self._groups, gap=SPACE, margins=SPACE))
        self._side = SideArea("call_choices", session.services.texts("helpdesk.title"), _CHOICES_WIDTH)
        self._side.hold(body)
        self.script = CallScript(session, tools)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._side)
        layout.addWidget(_scrolled("call_script", self.script), 1)
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
        texts = session.services.texts
        back = button(texts("wizard.back"), name="call_back_button", action=session.take_back)
        self.script = CallScript(session, tools, self._page_choices)
        self._buttons = buttons = QFrame()
        buttons.setObjectName("button_row")
        line = row(back)
        line.setContentsMargins(SPACE * 3, SPACE, SPACE * 3, SPACE)
        buttons.setLayout(line)
        layout = column(_scrolled("call_page", self.script), gap=0)
        layout.addWidget(buttons)
        self.setLayout(layout)
        self.setMaximumWidth(_widest(self))

    def refresh(self) -> None:
        super().refresh()
        self._buttons.setVisible(self._session.step is not CallStep.CALLER)

    def _page_choices(self, step: CallStep) -> list[QWidget]:
        call = self._session.call
        asked = [] if step is CallStep.RESULT else [call_choices(self._session, Kind(step.value), titled=False)]
        how = [call_choices(self._session, Kind.SITUATION)] if len(calls.situations(call)) > 1 else []
        return [*asked, *how]


def _scrolled(name: str, script: CallScript) -> Scrolled:
    area = Scrolled(name)
    area.read(column(script, margins=SPACE * 3), _widest(area))
    return area


def _widest(widget: QWidget) -> int:
    return round(reading_width(widget, READING_WIDTH) * _LARGER) + SPACE * 6


def kind_of(view: View) -> type[OneScreen | OnePage]:
    """The class of the view."""
    return OneScreen if view is View.ONE_SCREEN else OnePage


def make_view(view: View, session: CallSession, tools: Tools) -> CallView:
    """The view of this kind on the session."""
    made = kind_of(view)(session, tools)
    made.refresh()
    return made


_GAP = SPACE // 4


class Kind(StrEnum):
    """What one chooses, in the order of the screen."""

    CALLER = "caller"
    SITUATION = "situation"
    ROLE = "role"
    AUTHORITY = "authority"


def call_choices(session: CallSession, kind: Kind, *, titled: bool = True) -> Choices:
    """The options of this kind for the present call; a click makes the choice."""
    texts, words = session.services.texts, session.words
    situation = kind is Kind.SITUATION
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

    def __init__(self, kind: Kind, title: str, options: Sequence[Option], texts: Texts | None) -> None:
        super().__init__()
        self._kind, self._texts = kind, texts
        self._showing = False
        self._parts: dict[str, tuple[QPushButton, QLabel, QLabel]] = {}
        heading = label(title)
        heading.setVisible(bool(title))
        scaled(heading, 1.0, bold=True)
        self.setLayout(column(heading, *map(self._choice, options), gap=_GAP))

    def show_call(self, call: Call) -> None:
        """Mark what was chosen, and offer only what can be chosen now."""
        chosen = call.caller if self._kind is Kind.CALLER else getattr(call.answers, self._kind.value)
        if self._kind is Kind.SITUATION:
            self.setVisible(len(calls.situations(call)) > 1)
        self.setEnabled(self._kind is Kind.CALLER or call.caller is not None)
        self._showing = True
        for option, (made, key, words) in self._parts.items():
            on = option == chosen
            made.setChecked(on)
            restyle(key, "state", "chosen" if on else "")
            scaled(words, 1.0, bold=on)
        self._showing = False

    def _choice(self, option: Option) -> QPushButton:
        name = f"call_{self._kind}_{option.id.replace('-', '_')}"
        made = button("", name=name, kind="choice", spoken=option.label)
        made.setCheckable(True)
        # Not `clicked`: screen readers choose without a click.
        made.toggled.connect(lambda _: None if self._showing else self.made.emit(option.id))
        key, words = label(option.letter.upper(), "key"), label(option.label)
        key.setVisible(self._texts is not None)
        if self._texts is not None:
            made.setAccessibleDescription(self._texts("helpdesk.letter", letter=key.text()))
        key.setWordWrap(False)
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


_WIDTH = 44
Copy = Callable[[str, str, str], None]


class ReferenceDrawer(SideArea):
    """Opens in the place of what else is beside the call; the call stays as it is."""

    def __init__(self, words: HelpdeskWords, copy: Copy, close: Callable[[], None]) -> None:
        """`copy` takes a text, what it is called, and the name of the button that answers."""
        texts = words.texts
        super().__init__("reference_drawer", texts("helpdesk.reference"), _WIDTH)
        self._texts, self._entries, self._copy = texts, words.reference(), copy
        self._search = TextField("reference_search", texts("helpdesk.reference_search"), "")
        self._search.typed.connect(self._find)
        self._found = column(gap=SPACE)
        shut = button(texts("helpdesk.close"), name="reference_close", action=close)
        body = QWidget()
        body.setLayout(column(row(shut), self._search, self._found, margins=SPACE * 2))
        self._find("")
        self.hold(body)

    def begin(self) -> None:
        """Show everything, ready to type."""
        self._search.show_text("")
        self._find("")
        self._search.focus_field()

    def _find(self, text: str) -> None:
        clear(self._found)
        found = search(self._entries, text)
        for entry in found:
            self._found.addWidget(self._card(entry))
        if not found:
            nothing = label(self._texts("helpdesk.reference_nothing"), name="reference_nothing")
            self._found.addWidget(nothing)
            announce(self._search, nothing.text())
        tab_in_reading_order(self)

    def _card(self, entry: ReferenceEntry) -> QWidget:
        title = label(entry.title, of=Heading)
        scaled(title, 1.0, bold=True)
        parts: list[QWidget] = [title, label(breakable(entry.text))]
        if entry.copyable:
            spoken = self._texts("result.copy_named", value=entry.title)
            name = f"reference_copy_{entry.id}"
            action = partial(self._copy, entry.copyable, entry.title, name)
            made = button(self._texts("result.copy"), name=name, spoken=spoken, of=copies(self._texts), action=action)
            parts.append(made)
        return card("card", *parts, name=f"reference_{entry.id}")
