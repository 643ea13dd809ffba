"""The log: search as one types, a table that grows as one scrolls, details, export and check."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QSplitter, QTableView, QWidget

from ccinc_wizard.app.paths import whole
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.wording import exported, log_trouble
from ccinc_wizard.domain.enums import Status
from ccinc_wizard.requestlog.export import EXPORTED, ExportCancelledError, ExportFormat, export
from ccinc_wizard.requestlog.keys import KeyPlace
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import LoggedRequest, LogVerdict
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.choosing import drop_down
from ccinc_wizard.ui.kit.screens import Scrolled
from ccinc_wizard.ui.kit.shell import Shell
from ccinc_wizard.ui.kit.tables import FittedTable, Width
from ccinc_wizard.ui.kit.theme import READING_WIDTH, SPACE
from ccinc_wizard.ui.kit.widgets import (
    WrappingRow,
    button,
    column,
    fill,
    group,
    label,
    page_title,
    plain,
    reading_width,
    rename,
    row,
    say,
)
from ccinc_wizard.ui.kit.worker import LogWorker, Result
from ccinc_wizard.ui.log.details import LEAST_LINES, LogDetails
from ccinc_wizard.ui.log.model import PAGE, LogModel

_DUE = "due"
_WIDTHS = (
    Width(18, 18, spare=True), Width(11, 10, spare=True), Width(22, 12), Width(20, 12),
    Width(22, 12), Width(18, 12, spare=True), Width(18, 17),
)  # fmt: skip
"""Who it is, the role and where it stands are always in sight; the rest is in the details too."""


_BESIDE = 118
"""From how many average characters on the details stand beside the table."""
_HEAD_LINES = 6
"""What tells whose details they are: their title and the first facts."""


class LogPlace(NamedTuple):
    """Where one is in the log: what is searched, and which request is open."""

    search: str = ""
    status: int = 0
    reference: str = ""


class LogView(Scrolled):
    """One's own requests, newest first. It scrolls where what stands above the table would leave that no height."""

    def __init__(self, shell: Shell) -> None:
        services, worker = shell.services, shell.worker
        super().__init__("log_view", services.texts("logview.title"))
        self._services, self._worker, texts = services, worker, services.texts
        self._model = LogModel(services, worker)
        self._wanted: LogPlace | None = None
        """The request to be opened once it is found; without a reference whichever comes first."""
        self._counting = True
        """Whether the line above the table tells how much was found: a message stays until the next search."""
        self._late = False
        """Whether the chosen row is still being fetched again."""
        self._model.loaded.connect(self._show_count)
        self._model.loaded.connect(self._open_wanted)
        self._model.dataChanged.connect(self._show_late)
        self._model.failed.connect(lambda error: self.say(log_trouble(services.texts, error)))
        self.jobs = LogJobs(services, worker, self, self.say)
        self._title = page_title(texts("logview.title"))
        self._back = button(
            texts(f"logview.back.{services.mode}"), name="log_back_button", kind="link", action=shell.leave
        )
        self._said = label("", "muted", name="log_message")
        self._place = label("", "muted", name="log_place")
        self._place.setMaximumWidth(reading_width(self._place, READING_WIDTH))
        self._to_file = label("", "muted", name="log_to_file")
        self._show_to_file(0)
        worker.to_file.connect(self._show_to_file)
        self._show_place(None)
        self._table = self._make_table()
        self._details = LogDetails(shell, self._model.replace, self.say)
        self._parts = self._beside_each_other()
        self.setWidget(self._laid_out())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The details go below the table where the window is too narrow for both."""
        super().resizeEvent(event)
        beside = self.width() >= reading_width(self, _BESIDE)
        self._parts.setOrientation(Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the search, Enter and the arrow down go to the first request that it finds."""
        if self._search.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._wanted = LogPlace()
            self._find()
        else:
            super().keyPressEvent(event)

    def refresh(self, *, due: bool = False, place: LogPlace | None = None) -> None:
        """Search anew and put the cursor into the search field; with a place, return to it."""
        self._wanted = place if place and place.reference else LogPlace() if due else None
        if due:
            self._status.setCurrentIndex(self._status.findData(_DUE))
        elif self._status.currentData() == _DUE:
            # Whoever opens the log expects all of it; what is due has a way in of its own.
            self._status.setCurrentIndex(0)
        if place:
            self._status.setCurrentIndex(place.status)
            self._search.setText(place.search)
        self._find()
        self._worker.run(lambda log: log.keys.place, done=self._show_place, failed=lambda _: self._show_place(None))
        self._search.setFocus()

    def show_anew(self) -> None:
        """Search again after what changed the whole log; a request that is still there stays open, with its note."""
        place = self.place()
        self._details.show_none()
        self._wanted = place if place.reference else None
        self._find()

    def show_changed(self, request: LoggedRequest) -> None:
        """Show a request that was changed elsewhere."""
        self._model.replace(request)
        self._details.show_changed(request)

    def place(self) -> LogPlace:
        """Where one is now."""
        status = self._status.currentIndex()
        return LogPlace(self._search.text(), status, self._details.reference())

    def unsaved(self) -> str:
        """A change that is still on its way to the log after a moment."""
        if self._details.writing:
            self._worker.settle(2.0)
        return "change" if self._details.writing else ""

    def say(self, text: str) -> None:
        """Show a message above the table, and let it be heard."""
        self._counting = False
        say(self._said, text)

    def export(self) -> None:
        """Write what is shown to a file of the user's choice."""
        title, kinds = self._services.texts("logview.export"), "CSV (*.csv);;Excel (*.xlsx);;JSON (*.json)"
        if path := dialogs.ask_save(self, title, "ccinc.csv", kinds):
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write what is shown to this file, with progress and a way to stop."""
        several = [request.reference for request in self._chosen() or () if request is not None]
        chosen = several if len(several) > 1 else []
        self.jobs.export(path, self._search.text(), self._chosen_status(), chosen)

    def verify(self) -> None:
        """Check the whole log and say what was found."""
        self.jobs.verify()

    def _beside_each_other(self) -> QSplitter:
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self._table)
        parts.addWidget(self._details)
        # Qt puts what is added later in front, where a screen reader would meet the details before the table.
        self._table.lower()
        parts.setStretchFactor(0, 1)
        return parts

    def _laid_out(self) -> QWidget:
        above = (row(self._back), self._title, self._make_bar(), self._to_file, self._said)
        layout = column(*above, gap=SPACE, margins=SPACE * 2)
        layout.addWidget(self._parts, 1)
        # A row, as a column would reckon the height of its lines at the whole width.
        foot = QHBoxLayout()
        foot.addWidget(self._place, 1)
        foot.addStretch(0)
        fill(layout, [foot])
        return group(layout)

    def _show_place(self, key: KeyPlace | None) -> None:
        """Tell who else reads this log, and when its key is in a file; else there is nothing to tell."""
        texts, team, told = self._services.texts, self._services.team_log, []
        if team is not None:
            told.append(texts("logview.team", host=team.host or texts("logview.team_host")))
        if key is KeyPlace.FILE:
            told.append(texts("logview.file_key" if team is None else "logview.file_key_team"))
        if share := self._services.share_trouble():
            told.append(share)
        self._place.setText(" ".join(told))
        self._place.setVisible(bool(told))

    def _show_to_file(self, count: int) -> None:
        """Tell how many requests the search does not know by this program's words yet."""
        self._to_file.setText(self._services.texts("log.to_file", count=count) if count else "")
        self._to_file.setVisible(bool(count))

    def _make_bar(self) -> WrappingRow:
        texts = self._services.texts
        search_title = label(texts("logview.search"), wrap=False)
        self._search = QLineEdit()
        self._search.setObjectName("log_search")
        self._search.setAccessibleName(plain(texts("logview.search")))
        self._search.setAccessibleDescription(texts("logview.search_hint"))
        self._search.setPlaceholderText(texts("logview.search_hint"))
        self._search.setClearButtonEnabled(True)
        for cross in self._search.findChildren(QAbstractButton):
            cross.setAccessibleName(plain(texts("reading.clear")))
            cross.setToolTip(cross.accessibleName())
        self._search.textChanged.connect(self._find)
        self._search.textEdited.connect(self._stay)
        search_title.setBuddy(self._search)
        self._status = drop_down("log_status_filter", texts("logview.status_filter"))
        self._status.addItem(texts("logview.all"), None)
        self._status.addItem(texts("logview.due"), _DUE)
        for status in Status:
            self._status.addItem(texts(f"log.status.{status}"), status.value)
        self._status.currentIndexChanged.connect(self._find)
        self._export = button(texts("logview.export"), name="log_export_button", action=self.export)
        verify = button(texts("logview.verify"), name="log_verify_button", action=self.verify)
        bar = WrappingRow()
        bar.setSpacing(SPACE)
        fill(bar, (search_title, self._search, self._status, self._export, verify))
        bar.setStretch(1, 1)
        return bar

    def _make_table(self) -> QTableView:
        table = FittedTable(
            "log_table", self._services.texts("logview.title"), self._model, _WIDTHS, self._services, several=True
        )
        table.setMinimumHeight(table.fontMetrics().height() * LEAST_LINES)
        # After the table's own, which chooses nothing any more.
        self._model.modelReset.connect(self._follow_list)
        table.selectionModel().selectionChanged.connect(self._go_to_selected)
        # Whoever walks through the rows by arrows looks at them; a click or Enter asks for what is in one.
        table.selectionModel().currentChanged.connect(self._keep_row_in_sight)
        table.clicked.connect(self._bring_details_in_sight)
        table.activated.connect(self._bring_details_in_sight)
        return table

    def _keep_row_in_sight(self) -> None:
        """Scroll to the row one has walked to, which the table alone does within itself only."""
        if self._table.hasFocus():
            top, high = self._row()
            self.ensureVisible(self.horizontalScrollBar().value() + 1, top + high // 2, 0, high // 2 + 1)

    def _bring_details_in_sight(self) -> None:
        """Where they stand below the table: as much of them as leaves the row in sight, but their head at least."""
        if self._parts.orientation() is not Qt.Orientation.Vertical or not self._details.reference():
            return
        bar, high = self.verticalScrollBar(), self.viewport().height()
        top = self._details.mapTo(self.viewport(), QPoint()).y() + bar.value()
        head = self._details.fontMetrics().height() * _HEAD_LINES
        bar.setValue(max(bar.value(), min(top + self._details.height() - high, self._row()[0]), top + head - high))

    def _row(self) -> tuple[int, int]:
        """Where the present row begins in what scrolls, and how high it is."""
        place = self._table.visualRect(self._table.currentIndex())
        top = self._table.viewport().mapTo(self.viewport(), place.topLeft()).y()
        return top + self.verticalScrollBar().value(), place.height()

    def _chosen_status(self) -> Status | None:
        chosen = self._status.currentData()
        return Status(chosen) if chosen in list(Status) else None

    def _stay(self) -> None:
        """Whoever types on is not taken away to what was wanted before."""
        self._wanted = None

    def _find(self) -> None:
        self._counting = True
        self._model.show(self._search.text(), self._chosen_status(), due=self._status.currentData() == _DUE)

    def _show_count(self) -> None:
        if not self._counting:
            return
        texts, count = self._services.texts, self._model.rowCount()
        searched = self._search.text().strip() or self._status.currentData()
        if count == 0:
            words = texts("logview.nothing_found" if searched else "logview.empty")
        else:
            words = texts("logview.found" if self._model.complete else "logview.found_more", count=count)
        if words != self._said.text():
            say(self._said, words)
            self._details.follow(count)

    def _open_wanted(self) -> None:
        wanted = self._wanted
        if wanted is not None and self._select({wanted.reference} - {""}):
            self._wanted = None
            self._table.setFocus()

    def _select(self, references: set[str]) -> bool:
        """Choose these requests, or without any the first one. False where none of them is on the first page."""
        places = range(min(self._model.rowCount(), PAGE))
        found = [place for place in places if (one := self._model.request(place)) and one.reference in references]
        rows, kinds = QItemSelection(), QItemSelectionModel.SelectionFlag
        for place in found if references else places[:1]:
            rows.select(self._model.index(place, 0), self._model.index(place, 0))
        if not rows.isEmpty():
            self._table.selectionModel().select(rows, kinds.ClearAndSelect | kinds.Rows)
        return not rows.isEmpty()

    def _go_to_selected(self) -> None:
        """A screen reader selects a row without going there; and several rows are shown together."""
        chosen = self._table.selectionModel()
        rows = chosen.selectedRows()
        if len(rows) == 1 and rows[0].row() != chosen.currentIndex().row():
            chosen.setCurrentIndex(rows[0], QItemSelectionModel.SelectionFlag.NoUpdate)
        self._show_details()

    def _chosen(self) -> list[LoggedRequest | None]:
        """The requests of the rows that are selected, from the top; None for one that is being fetched again."""
        rows = sorted(index.row() for index in self._table.selectionModel().selectedRows())
        return [self._model.request(row) for row in rows]

    def _follow_list(self) -> None:
        """What the list shows no more is not in the details either; what it still shows stays chosen."""
        chosen = self._details.references()
        if not (chosen and self._select(chosen)):
            self._show_details()

    def _show_details(self) -> None:
        """Show the row that is selected, or what can be done with several; nothing where there is none."""
        found = self._chosen()
        chosen = [request for request in found if request is not None]
        self._late = len(chosen) < len(found)
        several = len(chosen) > 1 and not self._late
        key = "logview.export_chosen" if several else "logview.export"
        rename(self._export, self._services.texts(key, count=len(chosen)))
        if self._late or not chosen:
            self._details.show_none()
        elif several:
            self._details.show_several(chosen)
        else:
            self._details.show_request(chosen[0])

    def _show_late(self) -> None:
        """Show the chosen request once its page is back."""
        if self._late:
            self._show_details()


class LogJobs(QObject):
    """Runs one long job after another and says in words what came of it."""

    progressed = Signal(int, int)

    def __init__(self, services: Services, worker: LogWorker, view: QWidget, say: Callable[[str], None]) -> None:
        super().__init__(view)
        self._services, self._worker, self._view, self._say = services, worker, view, say

    def export(self, path: Path, search: str, status: Status | None, chosen: Sequence[str] = ()) -> None:
        """Write what this search shows, or what is chosen of it, to a file; where the user stops it there is none."""
        texts, stop = self._services.texts, threading.Event()
        if path.suffix.lower() not in list(ExportFormat):
            self._say(texts("logview.export_ending", endings=", ".join(ExportFormat)))
            return

        headings = {column: texts(f"logview.export_columns.{column}") for column in EXPORTED}

        def write(log: RequestLog) -> int:
            words = partial(exported, texts)
            return export(
                log,
                path,
                search=search,
                status=status,
                chosen=chosen,
                headings=headings,
                told=words,
                progress=self.progressed.emit,
                cancelled=stop.is_set,
            )

        def failed(error: Exception) -> str:
            stopped = isinstance(error, ExportCancelledError)
            return texts("logview.export_cancelled") if stopped else log_trouble(texts, error)

        busy = dialogs.Busy("log_progress", texts("logview.exporting"), self._view, stop=texts("logview.cancel"))
        busy.stopped.connect(stop.set)
        self._run(busy, write, lambda count: texts("logview.exported", count=count, file=whole(path)), failed)

    def verify(self) -> None:
        """Check the whole log, and offer to put right what can be."""
        texts = self._services.texts

        def in_words(verdict: LogVerdict) -> str:
            limits = "limits" if self._services.team_log is None else "limits_team"
            words = [texts("logview.verdict.sound", count=verdict.events)] if verdict.sound else []
            for found in verdict.findings:
                words += [texts(f"logview.verdict.{found.trouble}", sequence=found.sequence)]
                words += [texts(f"logview.remedy.{found.remedy}")]
            if verdict.repairable:
                self.ask_to_rebuild()
            words += filter(None, (self._services.key_trouble(), self._services.share_trouble()))
            return " ".join([*words, texts(f"logview.verdict.{limits}")])

        busy = dialogs.Busy("log_progress", texts("logview.verifying"), self._view)
        self._run(busy, lambda log: log.verify(self.progressed.emit), in_words, lambda error: log_trouble(texts, error))

    def ask_to_rebuild(self) -> None:
        """Offer to make table and search anew from the events, and then to check again."""
        texts = self._services.texts

        def rebuild() -> None:
            failed: Callable[[Exception], None] = lambda error: self._say(log_trouble(texts, error))  # noqa: E731
            self._worker.run(lambda log: log.rebuild(), done=lambda _: self.verify(), failed=failed)

        title, text = texts("logview.rebuild.title"), texts("logview.rebuild.text")
        yes = ("rebuild_yes", texts("logview.rebuild.yes"))
        dialogs.ask(
            self._view,
            "rebuild_question",
            title,
            text,
            yes=yes,
            no=("rebuild_no", plain(texts("care.cancel"))),
            then=rebuild,
        )

    def _run(
        self,
        busy: dialogs.Busy,
        job: Callable[[RequestLog], Result],
        done: Callable[[Result], str],
        failed: Callable[[Exception], str],
    ) -> None:
        def over(text: str) -> None:
            busy.go()
            self._say(text)

        self.progressed.connect(busy.show_share)
        self._worker.run(job, done=lambda result: over(done(result)), failed=lambda error: over(failed(error)))
