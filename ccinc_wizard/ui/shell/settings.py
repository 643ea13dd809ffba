"""The settings page, drawn from the table of settings: what each of them is, what it may be, and what is laid down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLayout, QWidget

from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import DEFAULTS, TABLE, Section
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.redaction import scrub
from ccinc_wizard.ui.kit.choosing import CheckBox, drop_down
from ccinc_wizard.ui.kit.drawing import Drawing
from ccinc_wizard.ui.kit.screens import TitledView
from ccinc_wizard.ui.kit.shell import Shell
from ccinc_wizard.ui.kit.spoken import tab_in_reading_order
from ccinc_wizard.ui.kit.theme import SPACE, TARGET
from ccinc_wizard.ui.kit.undo import Offer, offer, retire
from ccinc_wizard.ui.kit.widgets import (
    button,
    card,
    close_suggestions,
    column,
    fixed_by_policy,
    label,
    plain,
    reading_width,
    row,
    section,
    selectable,
)
from ccinc_wizard.ui.wizard.typed_pages import AuthorityField

_LOCK_LINES = 1.2
_CHOICE_WIDTH = 28
_BUTTONS = {
    Section.LOG: ("settings_terms", "settings.change_terms"),
    Section.KEYS: ("settings_shortcuts", "settings.all_keys"),
}


class SettingsView(TitledView):
    """Made anew each time it is opened. What is chosen counts at once."""

    def __init__(self, shell: Shell, again: Callable[[str], object], windows: dict[str, Callable[[], object]]) -> None:
        """`again` makes it anew with the focus on a part; `windows` are what its buttons open, by their names."""
        self._shell, self._services, self._texts = shell, shell.services, shell.services.texts
        self._again, self._windows = again, windows
        super().__init__("settings_view", self._texts("settings.title"))
        # As from the log and a list.
        words = self._texts(f"logview.back.{self._services.mode}")
        self.put_above(button(words, name="settings_back", kind="link", action=shell.leave))
        if wrong := self._services.settings_trouble():
            self.add(card("advice", label(wrong, name="settings_wrong")))
        for part in Section:
            lines = [self._line(name) for name, setting in TABLE.items() if setting.shown is part and self._has(name)]
            troubles = (self._services.key_trouble(), self._services.share_trouble())
            if part is Section.LOG and (trouble := " ".join(filter(None, troubles))):
                lines.append(column(label(trouble, name="settings_key")))
            shown = column(*lines, *self._buttons(part), gap=SPACE * 2)
            self.add(section(self._texts(f"settings.section.{part}")))
            self.add(card("card", shown, name=f"settings_section_{part}"))
        tab_in_reading_order(self)

    def focus_first(self) -> None:
        """Where one has just chosen something, stay there; else begin at the title, which is read out."""
        self.title.setFocus()

    def focus_on(self, name: str) -> None:
        """Put the focus on the part of this name; without one it stays where it is."""
        # Qt takes an empty name for any: the first part that has none.
        if name and (part := self.findChild(QWidget, name)) is not None:
            part.setFocus()

    def _has(self, name: str) -> bool:
        """Whether there is something to see: a text that is set elsewhere may not be set at all."""
        return not isinstance(self._present(name), str) or bool(self._present(name))

    def _line(self, name: str) -> QLayout:
        """What a setting is, and beside it what it is now."""
        texts = self._texts
        title, hint = label(texts(f"settings.{name}.label"), bold=True), label(texts(f"settings.{name}.hint"), "muted")
        control = self._control(name, title.text())
        control.setAccessibleDescription(hint.text())
        words = column(title, hint, gap=2)
        if self._services.is_fixed(name):
            words.addLayout(self._lock(control))
        if isinstance(control, QLabel | QComboBox):
            title.setBuddy(control)
        if name == "administrator_of":
            return column(words, control)
        line = QHBoxLayout()
        line.setSpacing(SPACE * 3)
        line.addLayout(words, 1)
        # One left edge for all that is chosen or told.
        place = column()
        place.addStrut(reading_width(control, _CHOICE_WIDTH))
        place.addWidget(control, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        line.addLayout(place)
        return line

    def _lock(self, control: QWidget) -> QLayout:
        line = QHBoxLayout()
        line.setSpacing(SPACE // 2)
        line.addWidget(Drawing("lock", _LOCK_LINES), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(fixed_by_policy(control, self._texts("app.policy")), 1)
        return line

    def _control(self, name: str, title: str) -> QWidget:
        default, value = getattr(DEFAULTS, name), self._present(name)
        if name == "administrator_of":
            return self._organisations(name)
        if isinstance(default, bool):
            return self._check(name, title, checked=bool(value))
        options = self._options(name)
        return self._choice(name, title, options, value) if options else self._value(name, title, value)

    def _present(self, name: str) -> object:
        """What counts now; language and mode may have been asked for this once."""
        now = {"language": self._texts.language, "mode": self._services.mode, "rest_days": self._services.rest_days}
        return now.get(name, getattr(self._services.in_force, name))

    def _options(self, name: str) -> list[tuple[object, str]]:
        """The values to choose from with their words; none for what is not chosen from a list."""
        default, only = getattr(DEFAULTS, name), TABLE[name].only
        values: Iterable[object] = type(default) if isinstance(default, StrEnum) else only() if only else ()
        return [(value, option_words(self._texts, name, value)) for value in values]

    def _choice(self, name: str, title: str, options: list[tuple[object, str]], value: object) -> QComboBox:
        made = drop_down(f"settings_{name}", title)
        for one, words in options:
            made.addItem(words, one)
        made.setMinimumWidth(reading_width(made, _CHOICE_WIDTH))
        made.setCurrentIndex([one for one, _ in options].index(value))
        # Not `currentIndexChanged`: what the program itself shows is no choice.
        made.activated.connect(lambda place: self._choose(name, options[place][0]))
        return made

    def _check(self, name: str, title: str, *, checked: bool) -> CheckBox:
        made = CheckBox()
        made.setObjectName(f"settings_{name}")
        made.setAccessibleName(title)
        made.setChecked(checked)
        # Qt leaves room for words that it does not have.
        made.setFixedWidth(TARGET + SPACE)
        made.toggled.connect(partial(self._choose, name))
        return made

    def _value(self, name: str, title: str, value: object) -> QLabel:
        """What is not chosen here."""
        told = self._texts("settings.days", count=value) if isinstance(value, int) else str(value)
        made = selectable(told, name=f"settings_{name}", tab=True)
        made.setAccessibleName(self._texts.pair(title, made.text()))
        made.setWordWrap(False)
        return made

    def _organisations(self, name: str) -> QWidget:
        texts, known = self._texts, self._services.settings.administrator_of
        made = QWidget()
        made.setObjectName(f"settings_{name}")
        lines: list[QWidget | QLayout] = []
        if not known:
            lines.append(label(texts("settings.administrator_of.empty"), "muted", wrap=False))
        for number, organisation in enumerate(known, start=1):
            words, forget = texts("settings.remove"), partial(self._remove, organisation)
            spoken = texts.pair(words, organisation)
            remove = button(words, name=f"settings_remove_{number}", kind="link", spoken=spoken, action=forget)
            lines.append(row(label(organisation), remove))
        title, hint = texts("settings.administrator_of.add"), texts("settings.administrator_of.add_hint")
        field = AuthorityField("settings_organisation", title, hint, self._services)
        field.show_text(self._shell.organisation)
        field.typed.connect(partial(setattr, self._shell, "organisation"))
        add = partial(self._add_organisation, field)
        # As elsewhere, a first Enter takes the suggestion on which one stands.
        field.input.returnPressed.connect(lambda: None if close_suggestions() else add())
        lines += [field, row(button(texts("settings.add"), name="settings_add", action=add))]
        made.setLayout(column(*lines, gap=SPACE // 2))
        made.setFocusProxy(field.input)
        return made

    def _remove(self, organisation: str) -> None:
        known, show = self._services.settings.administrator_of, partial(self._again, "settings_administrator_of")
        self._choose("administrator_of", tuple(one for one in known if one != organisation))
        back = partial(_put_back, self._services, organisation, known.index(organisation), show)
        offer(self, Offer(lambda texts: texts("undo.organisation", name=organisation), back, "undo.undo"))

    def _add_organisation(self, field: AuthorityField) -> None:
        organisation = " ".join(field.input.text().split())
        kept = scrub(organisation)
        if not organisation:
            field.refuse(self._texts("settings.administrator_of.wanted"))
        elif kept != organisation:
            field.refuse(self._texts("rules.authority_name_holds_number", kept=kept))
        elif self._services.is_own(organisation):
            field.refuse(self._texts("settings.administrator_of.known", name=organisation))
        else:
            self._shell.organisation = ""
            self._choose("administrator_of", (*self._services.settings.administrator_of, organisation))

    def _buttons(self, part: Section) -> list[QLayout]:
        """What leads to a window of its own."""
        if part not in _BUTTONS:
            return []
        name, words = _BUTTONS[part]
        return [row(button(self._texts(words), name=name, action=self._windows[name]))]

    def _choose(self, name: str, value: object) -> None:
        anew: dict[str, Callable[..., None]] = {
            "language": self._shell.set_language,
            "mode": self._shell.set_mode,
            "letter_size": self._shell.set_letter_size,
            "theme": self._shell.set_theme,
        }
        retire(self)
        if name not in anew:
            self._services.remember(**{name: value})
        if name in anew or name == "administrator_of":
            # Later: this view goes, and the list in which one has just chosen with it.
            QTimer.singleShot(0, self._shell.frame, partial(self._make_anew, anew.get(name), name, value))

    def _make_anew(self, change: Callable[..., None] | None, name: str, value: object) -> None:
        if change is not None:
            change(value)
        self._again(f"settings_{name}")


def _put_back(services: Services, organisation: str, place: int, show: Callable[[], object]) -> None:
    known = services.settings.administrator_of
    if not services.is_own(organisation):
        services.remember(administrator_of=(*known[:place], organisation, *known[place:]))
    show()


class SettingsBar(QFrame):
    """Says above the views that settings were refused, and leads to them."""

    def __init__(self, texts: Texts, why: str, show: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("settings_notice")
        self.setProperty("panel", "advice")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        layout.addWidget(label(why, name="settings_notice_text"), 1)
        layout.addWidget(button(texts("settings.look_at"), name="settings_notice_button", action=show))


def option_words(texts: Texts, name: str, value: object) -> str:
    """What an option is called; a language in its own words, so that one more needs no line in the files of others."""
    if name == "language":
        return plain(Texts(str(value))("app.language"))
    if name == "letter_size":
        return texts("settings.letter_size.option", percent=str(value))
    return texts(f"settings.{name}.{value}")
