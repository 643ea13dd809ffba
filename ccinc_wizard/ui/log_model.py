"""The log as a table that loads as one scrolls: it holds only what has been looked at."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QAbstractTableModel, QDateTime, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal

from ccinc_wizard.requestlog.model import LoggedRequest, Status
from ccinc_wizard.services import Services
from ccinc_wizard.ui.log_worker import LogWorker

COLUMNS = ("saved_at", "reference", "applicant_name", "authority_name", "role", "situation", "status")
PAGE = 50
Index = QModelIndex | QPersistentModelIndex


class LogModel(QAbstractTableModel):
    """Newest first. A search replaces the rows; answers to an older search are dropped."""

    loaded = Signal()
    failed = Signal(object)

    def __init__(self, services: Services, worker: LogWorker) -> None:
        super().__init__()
        self._services, self._worker = services, worker
        self._rows: list[LoggedRequest] = []
        self._search, self._due = "", False
        self._status: Status | None = None
        self._asked = 0
        self.complete = True
        self.waiting = False

    def show(self, search: str, status: Status | None, *, due: bool = False) -> None:
        """Look for these requests; `due` gives those that should be followed up."""
        self._search, self._status, self._due = search, status, due
        self._ask(None)

    def request(self, row: int) -> LoggedRequest:
        """The request in a row."""
        return self._rows[row]

    def replace(self, request: LoggedRequest) -> None:
        """Show a request that has changed."""
        for row, shown in enumerate(self._rows):
            if shown.id == request.id:
                self._rows[row] = request
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.shown(self._rows[index.row()], COLUMNS[index.column()])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self._services.texts(f"logview.columns.{COLUMNS[section]}")

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self.complete and not self.waiting

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask(self._rows[-1].id)

    def shown(self, request: LoggedRequest, column: str) -> str:
        """One value in words."""
        texts = self._services.texts
        if column == "saved_at":
            return shown_time(request.saved_at, texts.language)
        if column == "status":
            return texts(f"log.status.{request.status}")
        if column == "role":
            return texts(f"choices.role.{request.role}.label")
        if column == "situation":
            return texts(f"choices.situation.{request.situation}.short")
        if column == "applicant_name" and request.names_erased:
            return texts("logview.erased")
        return str(getattr(request, column))

    def _ask(self, before: int | None) -> None:
        self._asked += 1
        asked, search, status, due = self._asked, self._search, self._status, self._due
        self.waiting = True

        def done(rows: list[LoggedRequest] | None) -> None:
            if rows is not None and asked == self._asked:
                self._take(rows, appending=before is not None)

        def failed(error: Exception) -> None:
            self.waiting = False
            self.failed.emit(error)

        def find(log: object) -> list[LoggedRequest] | None:
            from ccinc_wizard.requestlog.log import RequestLog

            # Whoever types on no longer waits for this answer.
            if asked != self._asked or not isinstance(log, RequestLog):
                return None
            if due:
                return [entry.request for entry in log.follow_up()]
            return log.page(search=search, status=status, before=before, limit=PAGE)

        self._worker.run(find, done=done, failed=failed)

    def _take(self, rows: list[LoggedRequest], *, appending: bool) -> None:
        self.waiting = False
        self.complete = self._due or len(rows) < PAGE
        if appending:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        self.loaded.emit()


def shown_time(moment: dt.datetime, language: str) -> str:
    """A moment in local time, as people write it in this language."""
    local = QDateTime.fromSecsSinceEpoch(int(moment.timestamp()))
    return QLocale(language).toString(local, format=QLocale.FormatType.ShortFormat)
