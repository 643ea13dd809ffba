"""The quick reference: the links, whom to call, the types explained, the label rule; found as one types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ccinc_wizard.content.helpdesk import HelpdeskWords, ReferenceEntry, search
from ccinc_wizard.ui.helpdesk.script import breakable
from ccinc_wizard.ui.kit.fields import TextField
from ccinc_wizard.ui.kit.screens import SideArea
from ccinc_wizard.ui.kit.spoken import Heading, tab_in_reading_order
from ccinc_wizard.ui.kit.theme import SPACE, scaled
from ccinc_wizard.ui.kit.widgets import announce, button, card, clear, column, label, row

_WIDTH = 44
Copy = Callable[[str, str], None]


class ReferenceDrawer(SideArea):
    """Opens in the place of what else is beside the call; the call stays as it is."""

    def __init__(self, words: HelpdeskWords, copy: Copy, close: Callable[[], None]) -> None:
        """`copy` takes a text and what it is called."""
        texts = words.texts
        super().__init__("reference_drawer", texts("helpdesk.reference"), _WIDTH)
        self._texts, self._entries, self._copy = texts, words.reference(), copy
        self._search = TextField("reference_search", texts("helpdesk.reference_search"), "")
        self._search.typed.connect(self._find)
        self._found = column(gap=SPACE)
        shut = button(texts("helpdesk.close"), name="reference_close", kind="link", action=close)
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
            action = partial(self._copy, entry.copyable, entry.title)
            name = f"reference_copy_{entry.id}"
            parts.append(button(self._texts("result.copy"), name=name, spoken=spoken, action=action))
        return card("card", *parts, name=f"reference_{entry.id}")
