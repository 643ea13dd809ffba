"""The log as a table that loads as one scrolls.

It keeps the pages looked at last, and of all others only where they begin; so its memory stays flat however far one
scrolls. A row that was let go is asked for again when it comes back into view.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal

from ccinc_wizard.app.services import Services
from ccinc_wizard.domain.dates import shown_moment
from ccinc_wizard.domain.enums import Status
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import NEWEST_FIRST, LoggedRequest, Order, SortBy
from ccinc_wizard.ui.kit.tables import Index, Rows
from ccinc_wizard.ui.kit.worker import Latest, LogWorker

COLUMNS = tuple(SortBy)
_CHIPS = {
    Status.GRANTED: "good",
    Status.REJECTED: "error",
    Status.WAITING_FOR_LABEL: "advice",
    Status.REQUESTED: "advice",
    Status.WITHDRAWN: "muted",
}
"""What a status tells at a glance; its word stands on it."""
PAGE = 50
KEPT_PAGES = 20


class LogModel(Rows):
    """Newest first, until a heading says else. A search replaces the rows; answers to an older search are dropped."""

    loaded = Signal()
    failed = Signal(object)
    sorts = True

    def __init__(self, services: Services, worker: LogWorker) -> None:
        # A translation in brackets has a line of its own, so that a long one does not push other columns out of sight.
        super().__init__([services.texts(f"logview.columns.{column}").replace(" (", "\n(") for column in COLUMNS])
        self._services, self._worker = services, worker
        self._pages: OrderedDict[int, list[LoggedRequest]] = OrderedDict()
        """By number, the one looked at last at the end."""
        self._begins: list[int | None] = [None]
        """The id that each page comes before."""
        self._count = 0
        self._search, self._due, self._order = "", False, NEWEST_FIRST
        self._status: Status | None = None
        self._searches = Latest()
        self._wanted = self._searches.ask()
        """Whether the search that was the present one when this was looked up still is."""
        self._searching = False
        """Whether what is shown is still of the search before."""
        self._coming: set[int] = set()
        self.complete = True

    def show(self, search: str, status: Status | None, *, due: bool = False) -> None:
        """Look for these requests; `due` gives those that should be followed up."""
        self._search, self._status, self._due = search, status, due
        self._wanted = self._searches.ask()
        self._searching = True
        self._coming.clear()
        self._ask(0, None, self._begin)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the requests in the order of a column; the log does it, which has more of them than are here."""
        wanted = Order(COLUMNS[column], order == Qt.SortOrder.DescendingOrder)
        if wanted != self._order:
            self._order = wanted
            self.show(self._search, self._status, due=self._due)

    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        orders = Qt.SortOrder
        return COLUMNS.index(self._order.by), orders.DescendingOrder if self._order.down else orders.AscendingOrder

    def request(self, row: int) -> LoggedRequest | None:
        """The request in a row, or None while its page is fetched again."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            if not self._searching:
                self._ask(number, self._begins[number], partial(self._put_back, number))
            return None
        self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def replace(self, request: LoggedRequest) -> None:
        """Show a request that has changed."""
        for number, page in self._pages.items():
            for place, shown in enumerate(page):
                if shown.id == request.id:
                    page[place] = request
                    self._tell_changed(number * PAGE + place, 1)

    def count(self) -> int:
        return self._count

    def cell(self, row: int, column: int) -> str:
        request = self.request(row)
        return self.shown(request, COLUMNS[column]) if request else ""

    def state(self, row: int, column: int) -> str:
        request = self.request(row) if COLUMNS[column] is SortBy.STATUS else None
        return chip_of(request.status) if request else ""

    def canFetchMore(self, parent: Index) -> bool:
        return not (parent.isValid() or self.complete or self._searching) and len(self._begins) - 1 not in self._coming

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._ask(len(self._begins) - 1, self._begins[-1], self._append)

    def shown(self, request: LoggedRequest, column: str) -> str:
        """One value in words."""
        texts = self._services.texts
        if column == "saved_at":
            return shown_moment(request.saved_at)
        if column == "status":
            return texts(f"log.status.{request.status}")
        if column == "role":
            return texts(f"choices.role.{request.role}.label")
        if column == "situation":
            return texts(f"choices.situation.{request.situation}.short")
        if column == "applicant_name" and request.names_erased:
            return texts("logview.erased")
        return str(getattr(request, column))

    def _ask(self, number: int, before: int | None, take: Callable[[list[LoggedRequest]], None]) -> None:
        if number in self._coming:
            return
        self._coming.add(number)
        search, status, due, order = self._search, self._status, self._due, self._order

        def done(rows: list[LoggedRequest]) -> None:
            self._coming.discard(number)
            take(rows)

        def failed(error: Exception) -> None:
            self._coming.discard(number)
            self.failed.emit(error)

        def find(log: RequestLog) -> list[LoggedRequest]:
            if due:
                waiting = [entry.request for entry in log.follow_up()]
                key = lambda request: self.shown(request, order.by).casefold()  # noqa: E731
                return waiting if order == NEWEST_FIRST else sorted(waiting, key=key, reverse=order.down)
            return log.page(search=search, status=status, before=before, limit=PAGE, order=order)

        # Whoever types on no longer waits for this answer.
        self._worker.run(find, done=done, failed=failed, wanted=self._wanted)

    def _begin(self, rows: list[LoggedRequest]) -> None:
        """Show the first page of another search, or all that is due."""
        self.beginResetModel()
        self._searching = False
        self._pages.clear()
        self._begins, self._count = [None], len(rows)
        for start in range(0, len(rows), PAGE):
            self._keep(len(self._begins) - 1, rows[start : start + PAGE])
            self._begins.append(rows[start : start + PAGE][-1].id)
        self.complete = self._due or len(rows) < PAGE
        self.endResetModel()
        self.loaded.emit()

    def _append(self, rows: list[LoggedRequest]) -> None:
        self.complete = len(rows) < PAGE
        if rows:
            self.beginInsertRows(QModelIndex(), self._count, self._count + len(rows) - 1)
            self._keep(len(self._begins) - 1, rows)
            self._begins.append(rows[-1].id)
            self._count += len(rows)
            self.endInsertRows()
        self.loaded.emit()

    def _put_back(self, number: int, rows: list[LoggedRequest]) -> None:
        self._keep(number, rows)
        self._tell_changed(number * PAGE, len(rows))

    def _keep(self, number: int, rows: list[LoggedRequest]) -> None:
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)

    def _tell_changed(self, first: int, count: int) -> None:
        if count:
            self.dataChanged.emit(self.index(first, 0), self.index(first + count - 1, len(COLUMNS) - 1))


def chip_of(status: Status) -> str:
    """The state that a chip with this status tells."""
    return _CHIPS[status]
