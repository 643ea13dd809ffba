"""The menus of the main window: what stands in them, its keys, and what a policy of the organisation fixes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.ui.kit.theme import Theme
from ccinc_wizard.ui.shell import places

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ccinc_wizard.ui.kit.shell import Shell

_TITLES = ("app.menu.requests", "care.menu", "app.menu.view", "app.menu.help")
Options = dict[str, tuple[str, str]]
"""The value that an action chooses and the present one, by the action's name."""


class Menus:
    """The menu bar in the present language and mode: its titles at once, what stands under them with `fill`."""

    def __init__(self, shell: Shell) -> None:
        self._shell, self._services = shell, shell.services
        self._texts = shell.services.texts
        bar = shell.frame.menuBar()
        # A menu that is only taken off the bar would live on with it.
        for old in bar.findChildren(QMenu):
            old.deleteLater()
        bar.clear()
        self._titles = [bar.addMenu(self._texts(key)) for key in _TITLES]

    def fill(self) -> None:
        """Put the actions under the titles, once; their keys work from now on."""
        if self._titles[0].actions():
            return
        for menu, add in zip(
            self._titles, (self._add_requests, self._add_log, self._add_view, self._add_help), strict=True
        ):
            add(menu)

    def _add_requests(self, menu: QMenu) -> None:
        shell = self._shell
        self._action(menu, "action_new_request", shell.new_request, "Ctrl+N")
        self._action(menu, "action_log", shell.show_log, "Ctrl+G")
        self._action(menu, "action_paste_mail", shell.paste_mail, "Ctrl+M")
        self._action(menu, "action_batch", partial(places.show_list, shell), "Ctrl+B")
        recent = menu.addMenu(self._texts("app.action_recent"))
        recent.setObjectName("action_recent")
        recent.aboutToShow.connect(partial(places.fill_recent, shell, recent))
        training = self._action(menu, "action_training", shell.train)
        laid_down = self._services.policies
        # Training is a mode too: one that is laid down may not be left by another door.
        training.setEnabled(not (laid_down and laid_down.mode) or self._services.mode is Mode.TRAINING)
        menu.addSeparator()
        self._action(menu, "action_quit", shell.close, "Ctrl+Q")

    def _add_log(self, menu: QMenu) -> None:
        for name in ("verify", "backup", "restore", "retention", "forget", "new_log"):
            made = self._action(menu, f"action_{name}", partial(self._care_soon, name), area="care")
            # A backup may be of the real log, which must not be opened in training.
            made.setEnabled(name != "restore" or self._services.mode is not Mode.TRAINING)
        if self._services.team_log:
            self._action(menu, "action_team_key", partial(self._care_soon, "team_key"), area="care")

    def _add_view(self, menu: QMenu) -> None:
        shell, services, laid_down = self._shell, self._services, self._services.policies
        modes = {f"action_mode_{mode}": (mode.value, services.mode.value) for mode in Mode}
        self._choices(menu, modes, lambda mode: shell.set_mode(Mode(mode)))
        if laid_down and laid_down.mode:
            self._fix(menu, "mode", modes)
        menu.addSeparator()
        words = {f"action_language_{name}": (name, self._texts.language) for name in languages()}
        self._choices(menu, words, shell.set_language)
        if laid_down and laid_down.language:
            self._fix(menu, "language", words)
        menu.addSeparator()
        themes = {f"action_theme_{theme}": (theme.value, services.settings.theme) for theme in Theme}
        self._choices(menu, themes, lambda theme: shell.set_theme(Theme(theme)))

    def _add_help(self, menu: QMenu) -> None:
        self._action(menu, "action_help", partial(places.show_help, self._shell), "F1")
        self._action(menu, "action_diagnostics", partial(places.copy_diagnostics, self._shell))
        self._action(menu, "action_about", partial(places.show_about, self._shell))

    def _action(self, menu: QMenu, name: str, run: Callable[[], object], keys: str = "", area: str = "app") -> QAction:
        made = menu.addAction(self._words(f"{area}.{name}"))
        made.setObjectName(name)
        made.triggered.connect(lambda: run())
        if keys:
            made.setProperty("shortcut", keys)
        return made

    def _words(self, key: str) -> str:
        """A language is offered in its own words, so that one more needs no line in the files of the others."""
        language = key.removeprefix("app.action_language_")
        return self._texts(key) if language == key else Texts(language)("app.language")

    def _choices(self, menu: QMenu, options: Options, chosen: Callable[[str], None]) -> None:
        from PySide6.QtGui import QActionGroup

        group = QActionGroup(menu)
        for name, (value, current) in options.items():
            made = self._action(menu, name, partial(chosen, value))
            made.setCheckable(True)
            made.setChecked(value == current)
            group.addAction(made)

    def _fix(self, menu: QMenu, name: str, options: Options) -> None:
        """Grey these choices out, and say in the menu itself that the organisation has made the choice."""
        for made in menu.actions():
            if made.objectName() in options:
                made.setEnabled(False)
        told = menu.addAction(self._texts("app.policy"))
        told.setObjectName(f"policy_{name}")
        told.setEnabled(False)

    def _care_soon(self, what: str) -> None:
        """A screen reader that chooses here waits for the end of the choosing, and could not read what is asked."""
        QTimer.singleShot(0, self._shell.frame, partial(places.take_care, self._shell, what))
