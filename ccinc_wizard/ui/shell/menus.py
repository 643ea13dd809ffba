"""The menus of the main window, drawn from the table of actions, and what a policy fixes in them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtWidgets import QMenu

from ccinc_wizard.domain.enums import Mode
from ccinc_wizard.ui.kit.actions import MENUS, Action, Place, doing, offered, tip
from ccinc_wizard.ui.shell import places

if TYPE_CHECKING:
    from PySide6.QtGui import QActionGroup

    from ccinc_wizard.ui.kit.shell import Shell


class Menus:
    """The menu bar in the present language and mode: its titles at once, what stands under them with `fill`."""

    def __init__(self, shell: Shell) -> None:
        self._shell, self._services = shell, shell.services
        self._texts = shell.services.texts
        self._groups: dict[str, QActionGroup] = {}
        bar = shell.frame.menuBar()
        # A menu that is only taken off the bar would live on with it.
        for old in bar.actions():
            if isinstance(menu := old.menu(), QMenu):
                menu.deleteLater()
        bar.clear()
        self._menus = {place: bar.addMenu(self._texts(title)) for place, title in MENUS.items()}

    def fill(self) -> None:
        """Put the actions under the titles, once; their keys work from now on."""
        if any(menu.actions() for menu in self._menus.values()):
            return
        for place, menu in self._menus.items():
            for action in offered(place):
                if action.name != "action_team_key" or self._services.team_log:
                    self._add(menu, action)
        if self._services.is_fixed("mode"):
            self._tell_fixed(self._menus[Place.VIEW], "mode")

    def show_mode(self) -> None:
        """Mark the present mode: a click marks another, which it need not come to be."""
        for action in self._menus[Place.VIEW].actions():
            if action.objectName() == f"action_mode_{self._services.mode}":
                action.setChecked(True)

    def _add(self, menu: QMenu, action: Action) -> None:
        if action.apart:
            menu.addSeparator()
        if action.name == "action_recent":
            self._add_recent(menu, action)
            return
        made = menu.addAction(self._texts(action.words))
        made.setObjectName(action.name)
        made.setToolTip(tip(self._texts, action))
        run = doing(action, self._shell)
        made.triggered.connect(lambda: run())
        made.setEnabled(self._may(action))
        if action.keys:
            made.setProperty("shortcut", action.keys[0])
        if action.group:
            made.setCheckable(True)
            made.setChecked(action.value == self._services.mode)
            self._group(menu, action.group).addAction(made)

    def _add_recent(self, menu: QMenu, action: Action) -> None:
        recent = menu.addMenu(self._texts(action.words))
        recent.setObjectName(action.name)
        recent.aboutToShow.connect(partial(places.fill_recent, self._shell, recent))

    def _may(self, action: Action) -> bool:
        """Whether it can be done in this mode, and under what the organisation has laid down."""
        training, mode_fixed = self._services.mode is Mode.TRAINING, self._services.is_fixed("mode")
        # A backup may be of the real log, which must not be opened in training.
        if action.name == "action_restore":
            return not training
        # Training is a mode too: one that is laid down may not be left by another door.
        if action.name == "action_training":
            return training or not mode_fixed
        return not (action.group == "mode" and mode_fixed)

    def _group(self, menu: QMenu, name: str) -> QActionGroup:
        if name not in self._groups:
            self._groups[name] = QtGui.QActionGroup(menu)
        return self._groups[name]

    def _tell_fixed(self, menu: QMenu, name: str) -> None:
        """Say in the menu itself that the organisation has made the choice."""
        told = QtGui.QAction(self._texts("app.policy"), menu)
        told.setObjectName(f"policy_{name}")
        told.setEnabled(False)
        menu.insertAction(next(entry for entry in menu.actions() if entry.isSeparator()), told)
