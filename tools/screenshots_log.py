"""Pictures of the log, its help and its dialogs, a team's among them."""

from __future__ import annotations

from pathlib import Path

from tools.tour import Tour


def walk(tour: Tour) -> None:
    """The log with a request open, then each dialog of its menu."""
    from PySide6.QtWidgets import QComboBox, QTableView

    from ccinc_wizard.app.machine import utc_now
    from ccinc_wizard.app.retention import Doubt
    from ccinc_wizard.requestlog.folder import Mended
    from ccinc_wizard.requestlog.model import ErasurePlan
    from ccinc_wizard.requestlog.team import KeyStanding, TeamLog
    from ccinc_wizard.ui.log.dialogs import ForgetDialog, PassphraseDialog, RetentionDialog, TeamKeyDialog
    from ccinc_wizard.ui.log.reminders import clock_notice, elsewhere_notice, mended_notice
    from ccinc_wizard.ui.shell.places import show_help

    window = tour.window
    services, worker = window.services, window.worker
    window.show_log()
    statuses = tour.find("log_status_filter")
    assert isinstance(statuses, QComboBox)
    statuses.setCurrentIndex(0)
    tour.wait(600)
    table = tour.find("log_table")
    assert isinstance(table, QTableView)
    table.selectRow(0)
    tour.wait(400)
    tour.picture("7-log")
    show_help(window)
    tour.picture("7-log-help", "help_window")
    tour.find("help_window").close()  # type: ignore[attr-defined]
    team = TeamLog("postgresql://log.example/ccinc", "", Path("team"))
    now = utc_now()
    dialogs = [
        clock_notice(services.texts, Doubt(now, now, ErasurePlan(names=(1, 2), rest=(3,))), lambda: None),
        mended_notice(services.texts, Mended.COMPLETED),
        PassphraseDialog(services.texts, new=True, parent=window),
        RetentionDialog(services, worker, window),
        ForgetDialog(services, worker, lambda _: None, window),
        *(TeamKeyDialog(services, worker, team, standing, lambda: None, window) for standing in KeyStanding),
        elsewhere_notice(services.texts, "session"),
    ]
    for number, dialog in enumerate(dialogs, start=1):
        dialog.show()
        tour.wait(100)
        tour.picture(f"7-log-{number}-{dialog.objectName()}", dialog.objectName())
        dialog.close()
        dialog.setParent(None)
    window.show_log().jobs.ask_to_rebuild()
    tour.picture("7-log-rebuild", "rebuild_question")
    tour.find("rebuild_question").close()  # type: ignore[attr-defined]
