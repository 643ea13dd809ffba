"""Maintenance of the log: backup, restore, retention, forgetting a person, beginning anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ccinc_wizard.app.machine import utc_now
from ccinc_wizard.app.paths import whole
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.wording import log_trouble
from ccinc_wizard.requestlog.backup import back_up, restore
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.folder import set_aside
from ccinc_wizard.requestlog.team import KeyStanding, standing
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.widgets import plain
from ccinc_wizard.ui.kit.worker import LogWorker
from ccinc_wizard.ui.log.dialogs import ForgetDialog, PassphraseDialog, RetentionDialog, TeamKeyDialog

_FILES = "CCinC (*.ccinc)"


class LogMaintenance:
    """What the log menu does. Each action asks what it must and tells how it went."""

    def __init__(self, parent: QWidget, services: Services, worker: LogWorker, changed: Callable[[], object]) -> None:
        """`changed` is called when other requests stand in the log than before."""
        self._parent, self._services, self._worker, self._changed = parent, services, worker, changed

    def back_up(self) -> None:
        """Ask for a passphrase and a file, and write the backup."""
        texts = self._services.texts
        if self._is_of_the_team():
            return
        dialog = PassphraseDialog(texts, new=True, parent=self._parent)
        if not dialog.exec():
            return
        if path := dialogs.ask_save(self._parent, texts("care.action_backup"), "logboek.ccinc", _FILES):
            self.back_up_to(path, dialog.passphrase())

    def back_up_to(self, path: Path, passphrase: str) -> None:
        """Write a backup to this file."""
        told = self._services.texts("care.backed_up", file=whole(path))
        busy, progress = self._busy("care.backing_up"), self._worker.reached.emit
        self._worker.run(
            lambda log: back_up(log, path, passphrase, progress),
            done=busy.then(lambda _: self._tell(told)),
            failed=busy.then(self._tell_failure),
        )

    def restore(self) -> None:
        """Ask for a file and its passphrase, and put the backup in the log's place."""
        texts = self._services.texts
        if self._is_of_the_team():
            return
        path = dialogs.ask_open(self._parent, texts("care.action_restore"), f"{_FILES};;* (*)")
        if path is None:
            return
        dialog = PassphraseDialog(texts, new=False, parent=self._parent)
        if dialog.exec():
            self.restore_from(path, dialog.passphrase())

    def restore_from(self, path: Path, passphrase: str) -> None:
        """Put this backup in the log's place; what was there is kept."""
        texts, own_folder = self._services.texts, self._services.own_log_folder

        def done(kept: Path | None) -> None:
            words = texts("care.restored", folder=whole(kept)) if kept else texts("care.restored_first")
            self._tell_change(words)

        busy, progress = self._busy("care.restoring"), self._worker.reached.emit
        self._worker.run_closed(
            lambda: restore(own_folder(), path, passphrase, utc_now(), progress),
            done=busy.then(done),
            failed=busy.then(self._tell_failure),
        )

    def retention(self) -> None:
        """Show what would be erased, and erase just that once the user says so."""
        services = self._services
        dialog = RetentionDialog(services, self._worker, self._parent)
        if dialog.exec() and dialog.plan is not None:
            plan = dialog.plan
            services.remember(names_days=dialog.names_days(), rest_days=dialog.rest_days())
            told = services.texts("care.erased")
            self._worker.run(
                lambda log: log.erase(plan), done=lambda _: self._tell_change(told), failed=self._tell_failure
            )

    def forget(self) -> None:
        """Ask who, show how much there is, and erase it once the user says so."""
        dialog = ForgetDialog(self._services, self._worker, self._tell_change, self._parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def begin_anew(self) -> None:
        """Set the present log aside and begin an empty one, once the user says so."""
        texts = self._services.texts
        if self._is_of_the_team():
            return
        dialogs.ask(
            self._parent,
            "new_log_question",
            texts("care.new_log.title"),
            texts("care.new_log.text"),
            yes=("new_log_yes", texts("care.new_log.go")),
            no=("new_log_no", plain(texts("care.cancel"))),
            then=self.set_aside,
            loses=True,
        )

    def set_aside(self) -> None:
        """Move the log aside; the next use begins an empty one."""
        texts, own_folder = self._services.texts, self._services.own_log_folder
        self._worker.run_closed(
            lambda: set_aside(own_folder(), utc_now()),
            done=lambda kept: self._tell_change(texts("care.new_log.done", folder=whole(kept))),
            failed=self._tell_failure,
        )

    def team_key(self, taken: Callable[[], object]) -> None:
        """Make, take or show the key of the team's log; `taken` once this desk has been given it."""
        team = self._services.team_log
        if team is None:
            return

        def show(found: KeyStanding) -> None:
            TeamKeyDialog(self._services, self._worker, team, found, taken, self._parent).open()

        self._worker.run_closed(lambda: standing(team), done=show, failed=self._tell_failure)

    def _busy(self, words: str) -> dialogs.Busy:
        busy = dialogs.Busy("log_progress", self._services.texts(words), self._parent)
        self._worker.reached.connect(busy.show_share)
        return busy

    def _is_of_the_team(self) -> bool:
        """Whether the log is a team's, which its database looks after; says so."""
        if self._services.team_log is None:
            return False
        self._tell_failure(LogError(LogErrorCode.TEAM_BACKUP))
        return True

    def _tell_change(self, text: str) -> None:
        self._changed()
        self._tell(text)

    def _tell(self, text: str) -> None:
        texts = self._services.texts
        dialogs.tell(self._parent, "care_told", texts("logview.title"), text, texts("care.close")).open()

    def _tell_failure(self, error: Exception) -> None:
        self._tell(log_trouble(self._services.texts, error))
