"""The two views of a call: all on one screen, and one page at a time. Both show the same session."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from ccinc_wizard.content.helpdesk import Option
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain import calls
from ccinc_wizard.domain.calls import Call, CallStep
from ccinc_wizard.ui.helpdesk.call_session import CallSession, Tools
from ccinc_wizard.ui.helpdesk.script import CallScript
from ccinc_wizard.ui.kit.screens import Scrolled, SideArea
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE, TARGET, scaled
from ccinc_wizard.ui.kit.widgets import button, column, label, reading_width, restyle, row

_CHOICES_WIDTH = 38


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

    def refresh(self) -> None:
        for group in self._groups:
            group.show_call(self._session.call)
        super().refresh()


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
    area.read(column(script, margins=SPACE * 3), reading_width(area, READING_WIDTH) + SPACE * 6)
    return area


def make_view(view: View, session: CallSession, tools: Tools) -> CallView:
    """The view of this kind on the session."""
    made = OneScreen(session, tools) if view is View.ONE_SCREEN else OnePage(session, tools)
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
    title = texts("helpdesk.who") if kind is Kind.CALLER else texts(f"wizard.field.{kind}")
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
        key.setMinimumWidth(key.fontMetrics().horizontalAdvance("WW"))
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
