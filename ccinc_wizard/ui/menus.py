"""The menus of the main window: what stands in them, its keys, and what a policy of the organisation fixes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu

from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.terms import Mode
from ccinc_wizard.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from ccinc_wizard.ui.main_window import MainWindow

_TITLES = ("app.menu.requests", "care.menu", "app.menu.view", "app.menu.help")
Options = dict[str, tuple[str, str]]
"""The value that an action chooses and the present one, by the action's name."""


class Menus:
    """The menu bar in the present language and mode: its titles at once, what stands under them with `fill`."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._services = window, window.services
        self._texts = window.services.texts
        # A menu that is only taken off the bar would live on with it.
        for old in window.menuBar().findChildren(QMenu):
            old.deleteLater()
        window.menuBar().clear()
        self._titles = [window.menuBar().addMenu(self._texts(key)) for key in _TITLES]

    def fill(self) -> None:
        """Put the actions under the titles, once; their keys work from now on."""
        if self._titles[0].actions():
            return
        for menu, add in zip(
            self._titles, (self._add_requests, self._add_log, self._add_view, self._add_help), strict=True
        ):
            add(menu)

    def _add_requests(self, menu: QMenu) -> None:
        window = self._window
        self._action(menu, "action_new_request", window.new_request, "Ctrl+N")
        self._action(menu, "action_log", window.show_log, "Ctrl+G")
        self._action(menu, "action_paste_mail", self._paste_mail, "Ctrl+M")
        self._action(menu, "action_batch", self._show_batch, "Ctrl+B")
        recent = menu.addMenu(self._texts("app.action_recent"))
        recent.setObjectName("action_recent")
        recent.aboutToShow.connect(lambda: self._ask_recent(recent))
        training = self._action(menu, "action_training", window.train)
        laid_down = self._services.policies
        # Training is a mode too: one that is laid down may not be left by another door.
        training.setEnabled(not (laid_down and laid_down.mode) or self._services.mode is Mode.TRAINING)
        menu.addSeparator()
        self._action(menu, "action_quit", window.close, "Ctrl+Q")

    def _add_log(self, menu: QMenu) -> None:
        for name in ("verify", "backup", "restore", "retention", "forget", "new_log"):
            made = self._action(menu, f"action_{name}", partial(self._care_soon, name), area="care")
            # A backup may be of the real log, which must not be opened in training.
            made.setEnabled(name != "restore" or self._services.mode is not Mode.TRAINING)
        if self._services.team_log:
            self._action(menu, "action_team_key", partial(self._care_soon, "team_key"), area="care")

    def _add_view(self, menu: QMenu) -> None:
        window, services, laid_down = self._window, self._services, self._services.policies
        modes = {f"action_mode_{mode}": (mode.value, services.mode.value) for mode in Mode}
        self._choices(menu, modes, lambda mode: window.set_mode(Mode(mode)))
        if laid_down and laid_down.mode:
            self._fix(menu, "mode", modes)
        menu.addSeparator()
        words = {f"action_language_{name}": (name, self._texts.language) for name in languages()}
        self._choices(menu, words, window.set_language)
        if laid_down and laid_down.language:
            self._fix(menu, "language", words)
        menu.addSeparator()
        themes = {f"action_theme_{theme}": (theme.value, services.settings.theme) for theme in Theme}
        self._choices(menu, themes, lambda theme: window.set_theme(Theme(theme)))

    def _add_help(self, menu: QMenu) -> None:
        self._action(menu, "action_help", self._window.show_help, "F1")
        self._action(menu, "action_diagnostics", self._copy_diagnostics)
        self._action(menu, "action_about", self._show_about)

    def _show_about(self) -> None:
        from ccinc_wizard.ui.program_windows import show_about

        show_about(self._window)

    def _copy_diagnostics(self) -> None:
        from ccinc_wizard.ui.program_windows import copy_diagnostics

        copy_diagnostics(self._window)

    def _ask_recent(self, menu: QMenu) -> None:
        from ccinc_wizard.ui.recent import RecentRequests

        window = self._window
        RecentRequests(menu, self._services, window.worker, lambda one: window.show_log(reference=one)).ask()

    def _paste_mail(self) -> None:
        from ccinc_wizard.ui.paste_mail.dialog import paste_mail

        paste_mail(self._window)

    def _show_batch(self) -> None:
        from ccinc_wizard.ui.batch.opening import show_batch

        show_batch(self._window)

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
        QTimer.singleShot(0, self._window, partial(self._care, what))

    def _care(self, what: str) -> None:
        from ccinc_wizard.ui.log_care import LogCare

        window = self._window
        care = LogCare(window, self._services, window.worker, window.show_log_anew)
        if what == "verify":
            window.show_log().verify()
            return
        actions: dict[str, Callable[[], object]] = {
            "backup": care.back_up,
            "restore": care.restore,
            "retention": care.retention,
            "forget": care.forget,
            "new_log": care.begin_anew,
            "team_key": partial(care.team_key, window.show_log),
        }
        actions[what]()
