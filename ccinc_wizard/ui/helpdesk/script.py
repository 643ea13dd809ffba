"""What the agent reads at the present step: what to say and ask, what to listen for, and in the end what to tell."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QLayout, QWidget

from ccinc_wizard.content.helpdesk import Script
from ccinc_wizard.domain.calls import CallStep
from ccinc_wizard.ui.helpdesk.call_session import CallSession, Tools
from ccinc_wizard.ui.kit.actions import with_keys
from ccinc_wizard.ui.kit.desktop import copies
from ccinc_wizard.ui.kit.spoken import Heading, tab_in_reading_order
from ccinc_wizard.ui.kit.theme import SECTION_SCALE, SPACE, scaled
from ccinc_wizard.ui.kit.widgets import (
    announce,
    button,
    card,
    clear,
    column,
    group,
    label,
    page_title,
    row,
    selectable,
    wrapping_link,
)

_ALOUD = 1.4
"""What is read out is larger than all else on the desk."""


class Chip(QLabel):
    """One line where it has room, more where it has not."""

    def sizeHint(self) -> QSize:
        """As wide as its words: Qt would have a text that may wrap as wide as it is high."""
        usual = super().sizeHint()
        wide = self.fontMetrics().horizontalAdvance(self.text()) + SPACE * 4
        return QSize(wide, self.heightForWidth(wide)) if wide > usual.width() else usual


class CallScript(QWidget):
    """Follows the session. `middle` makes what a view shows between listening and the usual mix-ups."""

    def __init__(
        self, session: CallSession, tools: Tools, middle: Callable[[CallStep], list[QWidget]] = lambda _: []
    ) -> None:
        super().__init__()
        self._session, self._texts = session, session.services.texts
        self._tools, self._middle = tools, middle
        self.title = page_title("", name="call_step_title")
        scaled(self.title, SECTION_SCALE, bold=True)
        self._body = column(gap=SPACE * 2)
        self._advice: list[str] = []
        self.setLayout(column(self.title, self._body, gap=SPACE * 2))
        self.refresh()
        session.typed.connect(self._follow_name)

    def refresh(self) -> None:
        """Show the present step."""
        step = self._session.step
        script = self._session.words.script(step, self._session.call.caller)
        self.title.setText(script.title)
        clear(self._body)
        parts = self._result(script) if step is CallStep.RESULT else self._question(script)
        mix_ups = _near(self._heading("mix_ups"), *(label(f"• {line}") for line in script.mix_ups))
        for part in (*parts, mix_ups):
            self._body.addWidget(part)
        tab_in_reading_order(self)

    def announce(self) -> None:
        """Let a screen reader say what comes now."""
        step = self._session.step
        script = self._session.words.script(step, self._session.call.caller)
        told = self._session.advice() if step is CallStep.RESULT else [script.ask]
        announce(self.title, f"{script.title} {' '.join(told)}")

    def _follow_name(self) -> None:
        """The organisation's name can take the link and the advice away, or give them back."""
        if self._session.step is CallStep.RESULT and [self._session.link, *self._session.advice()] != self._advice:
            self.refresh()
            self.announce()

    def _question(self, script: Script) -> list[QWidget]:
        say, ask = self._part("say", script.say, large=True), self._part("ask", script.ask, large=True)
        listen = _near(*self._part("listen", script.listen))
        return [card("notice", *say, *ask), listen, *self._middle(self._session.step)]

    def _result(self, script: Script) -> list[QWidget]:
        """What was chosen and the link, in sight at once; the advice, a line each; then one lets the caller repeat."""
        link, lines = self._session.link, self._session.advice()
        self._advice = [link, *lines]
        told = [self._aloud(line, f"call_advice_{number}") for number, line in enumerate(lines, start=1)]
        given = [card("good", *self._given(link), name="call_result")] if link else []
        where = [label(self._texts("helpdesk.where_to_find"), "muted")] if link else []
        say = card("notice", *self._part("say", script.say, large=True), *chain.from_iterable(told))
        repeat = _near(*self._part("ask", script.ask, large=True), *self._part("listen", script.listen))
        after = _near(*where, self._mail())
        return [self._chips(), *given, say, after, *self._middle(CallStep.RESULT), repeat]

    def _chips(self) -> QWidget:
        """What was chosen, as many beside each other as there is room for."""
        chosen = self._session.words.chosen(self._session.call)
        chips = [label(told, "chip", name=f"call_chip_{kind}", of=Chip) for kind, told in chosen.items()]
        return group(row(*chips), name="call_chips")

    def _mail(self) -> QWidget:
        words = self._texts("helpdesk.mail_caller")
        return wrapping_link(words, name="mail_caller_button", action=self._tools.mail_caller)

    def _given(self, link: str) -> list[QWidget | QLayout]:
        texts = self._texts
        name, spell_name = "copy_link_button", "spell_button"
        made = copies(texts, "primary")
        copy = button(with_keys(texts, name), name=name, kind="primary", of=made, action=self._tools.copy_link)
        spell = button(with_keys(texts, spell_name), name=spell_name, kind="link", action=self._tools.spell_link)
        # The button first, which is then in sight on the smallest screen as well.
        shown = selectable(link, name="form_link", tab=True)
        shown.setAccessibleDescription(texts("result.form_link"))
        return [row(copy, spell, gap=SPACE * 2), shown]

    def _part(self, key: str, words: str, *, large: bool = False) -> list[QWidget]:
        name = f"call_{key}"
        return [self._heading(key), *(self._aloud(words, name) if large else [selectable(words, name=name)])]

    def _aloud(self, line: str, name: str) -> list[QWidget]:
        """What is read out, and small below it where that comes from: the caller would take it for a part of it."""
        words, marks = self._texts.without_marks(line)
        shown = selectable(words, name=name)
        scaled(shown, _ALOUD)
        return [shown, label(marks, "muted")] if marks else [shown]

    def _heading(self, key: str) -> QWidget:
        return label(self._texts(f"helpdesk.{key}"), "muted", of=Heading)


def _near(*parts: QWidget) -> QWidget:
    return group(column(*parts, gap=SPACE // 2))
