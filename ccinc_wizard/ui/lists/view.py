"""The view of a list: choose it, read the report, save all that is in order, send the mails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QPushButton, QSplitter, QWidget

from ccinc_wizard.app import saving
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.list_words import ListError, ListWords
from ccinc_wizard.content.lists import Carried, Product, products
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.enums import Situation
from ccinc_wizard.domain.lists import Column
from ccinc_wizard.domain.questions import options_of
from ccinc_wizard.ui.kit import dialogs
from ccinc_wizard.ui.kit.choosing import CheckBox, drop_down
from ccinc_wizard.ui.kit.dialogs import ask
from ccinc_wizard.ui.kit.screens import Scrolled
from ccinc_wizard.ui.kit.tables import FittedTable, Width
from ccinc_wizard.ui.kit.theme import SPACE, TITLE_SCALE, scaled
from ccinc_wizard.ui.kit.undo import Offer, offer, retire
from ccinc_wizard.ui.kit.widgets import button, card, column, fill, group, label, plain, rename, restyle, row, say
from ccinc_wizard.ui.kit.worker import LogWorker
from ccinc_wizard.ui.lists.details import AsideCard, ReportModel, RowDetails
from ccinc_wizard.ui.lists.job import CheckedList, JobStage, ListJob, ListPlace, Outputs

if TYPE_CHECKING:
    from ccinc_wizard.requestlog.model import LoggedRequest


_WIDTHS = (Width(6, 5), Width(24, 14), Width(20, 18), Width(40, 16, spare=True))
_LOWEST_ROWS = 7
_LISTS = "CSV, Excel (*.csv *.txt *.xlsx);;* (*)"
_TABLES = {".csv": "CSV (*.csv)", ".xlsx": "Excel (*.xlsx)"}


class ListView(QWidget):
    """Nothing is written before the user says yes; then all rows in order are saved, or none.

    Its object names still say `batch`, as names are promised.
    """

    def __init__(
        self, services: Services, worker: LogWorker, leave: Callable[[], None], again: Callable[[], ListView]
    ) -> None:
        """`again` brings the view to the front, be it made anew by then."""
        super().__init__()
        self._show_again = again
        self.setObjectName("batch_view")
        self._services, self._texts = services, services.texts
        words, wording = ListWords(services.texts, services.catalog), Wording(services.texts, services.catalog)
        self._words, self._wording = words, wording
        self._model = ReportModel(words, wording)
        self._details = RowDetails(words, wording, self._accept, self._correct)
        self._aside = AsideCard(words, self._count_aside, self._leave_aside_out)
        self._outputs = Outputs(services, words)
        self._job = ListJob(services, worker, words, wording)
        self._path: Path | None = None
        self._stopped = False
        self._checked: CheckedList | None = None
        self._before: CheckedList | None = None
        self._products: dict[int, Product] = {}
        self._references: dict[int, str] = {}
        self._progress = ProgressLine(services.texts, self._job.stop)
        self._said, self._notes = label("", name="batch_message"), label("", "muted", name="batch_notes")
        self._warning = card("advice", label(self._texts("list.holds_numbers")), name="batch_holds_numbers")
        self._warning.setAccessibleName(self._texts("list.holds_numbers"))
        self._make_buttons()
        self._lay_out(leave)
        self._job.progressed.connect(self._progress.show_progress)
        self._job.checked.connect(self._show_checked)
        self._job.changed.connect(self._show_changed)
        self._job.saved.connect(self._show_saved)
        self._job.stopped.connect(self._show_stopped)
        self._job.written.connect(self._end)
        self._job.failed.connect(self._show_failure)
        self._forget()

    def focus_first(self) -> None:
        """Begin where a list is chosen."""
        self._choose.setFocus()

    def place(self) -> ListPlace:
        """What is shown now. A run under way is ended first, as its answer would find nobody."""
        if not self._progress.isHidden():
            self._job.end()
        asked = self._checked.situation.value if self._checked is not None else self._situation.currentData()
        return ListPlace(self._path, self._situation.findData(asked), self._checked, self._references, self._stopped)

    def unsaved(self) -> str:
        """Answers to a list that is not in the log, or mails of one that is, which are being written."""
        writes = bool(self._references) and not self._progress.isHidden()
        return "mails" if writes else ListPlace(self._path, 0, self._checked, self._references).unsaved()

    def restore(self, place: ListPlace) -> None:
        """Show what another view showed."""
        self._path = place.path
        with QSignalBlocker(self._situation):
            self._situation.setCurrentIndex(place.situation)
        self._arrange()
        if place.checked is not None:
            self._show_checked(place.checked)
            if place.references:
                self._show_in_log(place.checked, place.references)
        if place.stopped:
            self._show_stopped()

    def check_list(self, path: Path, sheet: str = "") -> None:
        """Read and judge this list; the report follows."""
        if path != self._path:
            self._sheets.clear()
            self._before = None
        back = self._way_back("undo.report", "undo.bring_back")
        self._path = path
        self._forget()
        self._begin(back)
        self._job.check(path, Situation(self._situation.currentData()), sheet, self._before)

    def save(self) -> None:
        """Save all rows in order at once; the answer follows."""
        if self._checked is not None:
            self._begin()
            self._checked = replace(self._checked, answered=True)
            self._job.save(self._checked)

    def export_to(self, path: Path) -> None:
        """Write the whole report to this file."""
        say(self._said, *self._outputs.report(path, self._model.cells()))

    def save_mails_to(self, parent: Path) -> None:
        """Write the mails and links into a new folder in this one."""
        mails, references = tuple(self._products.values()), self._references
        self._begin()
        self._job.write(lambda progress: self._outputs.mails(parent, mails, references, progress))

    def _make_buttons(self) -> None:
        def made(name: str, words: str, action: Callable[[], object], kind: str = "") -> QPushButton:
            return button(words and self._texts(words), name=name, kind=kind, action=action)

        self._choose = made("batch_choose", "list.choose", self._ask_list, "primary")
        self._again = made("batch_check", "list.check", self._check_again)
        example = partial(self._ask_table, ".xlsx", lambda path: say(self._said, *self._outputs.example(path)))
        self._example = made("batch_example", "list.template", example)
        self._export = made("batch_export", "list.export", lambda: self._ask_table(".csv", self.export_to))
        self._save = made("batch_save", "", self._ask_to_save, "primary")
        self._mails = made("batch_mails", "list.mails", self._ask_folder, "primary")
        self._make_choices()

    def _make_choices(self) -> None:
        texts = self._texts
        self._only_bad = CheckBox(texts("list.only_bad"))
        self._only_bad.setObjectName("batch_only_bad")
        self._only_bad.setAccessibleName(plain(self._only_bad.text()))
        self._only_bad.toggled.connect(self._model.show_only_bad)
        self._situation = drop_down("batch_situation", texts("list.situation"))
        for option in options_of("situation", lambda: self._services.catalog):
            self._situation.addItem(texts(f"choices.situation.{option}.short"), option)
        self._situation.currentIndexChanged.connect(self._change_situation)
        self._sheets = drop_down("batch_sheet", texts("list.which_sheet"))
        self._sheets.activated.connect(self._check_again)
        self._which = label(texts("list.which_sheet"), wrap=False)
        self._which.setBuddy(self._sheets)

    def _lay_out(self, leave: Callable[[], None]) -> None:
        texts = self._texts
        words = texts(f"logview.back.{self._services.mode}")
        back = button(words, name="batch_back", kind="link", action=leave)
        title = label(texts("list.title"))
        scaled(title, TITLE_SCALE, bold=True)
        asked = label(texts("list.situation"), wrap=False)
        asked.setBuddy(self._situation)
        lists = row(self._choose, self._again, self._example, self._which, self._sheets)
        self._why = label(texts("list.why"), "muted")
        layout = column(row(back), title, self._why, row(row(asked, self._situation), lists), margins=SPACE * 2)
        fill(layout, (self._progress, self._said, self._aside))
        layout.addWidget(self._make_report(), 1)
        # What is known of the list stands under what one is to read and answer.
        fill(layout, (self._warning, self._notes))
        # Without a report the rest keeps to the top, and there is nothing to scroll to.
        layout.addStretch(0)
        # The buttons stay in sight where the rest does not fit.
        self._scrolled = Scrolled("batch_scroll")
        self._scrolled.setWidget(group(layout))
        foot = row(self._save, self._mails)
        foot.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        whole = column(self._scrolled, gap=0)
        whole.addLayout(foot)
        self.setLayout(whole)

    def _make_report(self) -> QWidget:
        self._table = FittedTable("batch_table", self._texts("list.title"), self._model, _WIDTHS, self._services)
        self._table.setMinimumHeight(self.fontMetrics().height() * 2 * _LOWEST_ROWS)
        self._table.selectionModel().currentRowChanged.connect(self._show_row)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.addWidget(self._table)
        parts.addWidget(self._details)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        self._report = QWidget()
        whole = column(row(self._only_bad, self._export))
        whole.addWidget(parts, 1)
        self._report.setLayout(whole)
        return self._report

    def _forget(self) -> None:
        """The report no longer holds: another list, or another situation."""
        self._checked, self._products, self._references = None, {}, {}
        for part in (self._report, self._aside, self._warning, self._notes):
            part.hide()
        self._why.show()
        say(self._said, "", "")
        self._arrange()

    def _change_situation(self) -> None:
        back = self._way_back("undo.report", "undo.bring_back")
        self._forget()
        self._offer(back)

    def _way_back(self, told: str, words: str) -> Offer | None:
        """What brings the present report back; the log alone says what became of one that is saved."""
        if self._checked is None or self._references:
            return None
        again, place = self._show_again, self.place()
        return Offer(lambda texts: texts(told), lambda: again().restore(place), words)

    def _offer(self, back: Offer | None) -> None:
        retire(self)
        if back is not None:
            offer(self, back)

    def _begin(self, back: Offer | None = None) -> None:
        self._offer(back)
        self._stopped = False
        for widget in (self._choose, self._again, self._situation, self._save, self._mails):
            widget.setEnabled(False)
        say(self._said, "", "")
        self._progress.begin()

    def _end(self, told: str, kind: str = "") -> None:
        self._progress.end()
        self._arrange()
        say(self._said, told, kind)
        # What had the focus was the button that stops.
        self._focus(self._save if self._save.isVisibleTo(self) else self._choose)

    def _arrange(self) -> None:
        """Show what can be done now."""
        good = len(self._checked.report.good) if self._checked is not None else 0
        for widget in (self._choose, self._situation, self._save, self._mails):
            widget.setEnabled(True)
        self._again.setEnabled(self._path is not None)
        self._which.setVisible(self._sheets.count() > 0)
        self._sheets.setVisible(self._sheets.count() > 0)
        rename(self._save, self._texts("list.carry_out", count=good))
        self._save.setVisible(good > 0 and not self._products)
        self._mails.setVisible(any(product.outcome.link for product in self._products.values()))
        restyle(self._choose, "kind", "" if good else "primary")

    def _show_checked(self, checked: CheckedList) -> None:
        self._checked = self._before = checked
        report = checked.report
        self._model.show(report)
        self._details.forget()
        self._why.hide()
        self._report.show()
        self._show_notes(checked)
        self._aside.show_report(report)
        texts, total = self._texts, len(report.rows)
        if report.bad:
            skipped = texts("list.skipped", count=len(report.bad))
            self._end(f"{texts('list.summary', good=len(report.good), total=total)} {skipped}")
        else:
            self._end(texts("list.summary_all_good", count=total), "good")
        self._begin_reading()

    def _begin_reading(self) -> None:
        self._table.selectRow(0)
        self._focus(self._table)
        # Once all of it has its place, what the report says in a line comes to the top, and its rows under it.
        QTimer.singleShot(0, self, lambda: self._scrolled.verticalScrollBar().setValue(self._said.y() - SPACE))

    def _focus(self, part: QWidget) -> None:
        # A list that is done in the background leaves the focus to the view in front.
        if self.isVisible():
            part.setFocus()

    def _show_stopped(self) -> None:
        self._stopped = True
        self._end(self._texts("list.stopped"))

    def _show_changed(self, checked: CheckedList) -> None:
        self._show_checked(checked)
        say(self._said, self._texts("list.changed"), "error")

    def _show_saved(self, done: Carried[LoggedRequest]) -> None:
        if self._checked is not None:
            pairs = zip(done.products, done.saved, strict=True)
            self._show_in_log(self._checked, {product.row: logged.reference for product, logged in pairs})

    def _show_in_log(self, checked: CheckedList, references: dict[int, str]) -> None:
        self._references = references
        self._products = {product.row: product for product in products(checked.report, self._wording)}
        self._model.show(checked.report, references)
        self._end(self._texts("list.done", count=len(references)), "good")
        self._begin_reading()

    def _show_failure(self, error: Exception) -> None:
        if isinstance(error, ListError):
            self._offer_sheets(error.sheets)
            self._end(self._words.trouble(error), "error")
            return
        unfinished = "list.not_checked" if self._checked is None else "list.not_saved"
        self._end(saving.unsaved(self._texts, "paper.failed" if self._products else unfinished, error), "error")

    def _show_notes(self, checked: CheckedList) -> None:
        file = [self._texts("list.file", file=self._path.name)] if self._path is not None else []
        self._notes.setText("\n".join(file + self._words.notes(checked.people)))
        self._notes.show()
        self._warning.setVisible(any(found.cells.get(Column.NUMBER) for found in checked.people.rows))

    def _show_row(self, current: QModelIndex) -> None:
        if current.isValid():
            checked = self._model.checked(current.row())
            self._details.show_row(checked, self._products.get(checked.row))
        else:
            self._details.forget()

    def _check_again(self) -> None:
        if self._path is not None:
            self.check_list(self._path, self._sheets.currentText())

    def _offer_sheets(self, sheets: tuple[str, ...]) -> None:
        """Let the user choose, where several sheets can be the list."""
        if sheets:
            self._sheets.clear()
            self._sheets.addItems(sheets)
            self._sheets.setCurrentIndex(-1)

    def _accept(self, row: int) -> None:
        """The user says that this row is right."""
        if self._checked is not None:
            self._judge(replace(self._checked, accepted=self._checked.accepted | {row}))

    def _correct(self, row: int, name: str) -> None:
        """The user takes the name over that is offered for this row's authority; the file stays as it is."""
        if self._checked is not None:
            people = self._checked.people
            rows = tuple(
                replace(found, cells={**found.cells, Column.AUTHORITY_NAME: name}) if found.number == row else found
                for found in people.rows
            )
            self._judge(replace(self._checked, people=replace(people, rows=rows)))

    def _count_aside(self) -> None:
        if self._checked is not None:
            self._judge(replace(self._checked, accepted=self._checked.accepted | self._checked.report.aside))

    def _leave_aside_out(self) -> None:
        if self._checked is not None:
            aside, people = self._checked.report.aside, self._checked.people
            rows = tuple(found for found in people.rows if found.number not in aside)
            self._judge(replace(self._checked, people=replace(people, rows=rows)))

    def _judge(self, answered: CheckedList) -> None:
        self._begin(self._way_back("undo.list", "undo.undo"))
        self._job.judge(replace(answered, answered=True))

    def _ask_list(self) -> None:
        if path := dialogs.ask_open(self, self._texts("list.title"), _LISTS):
            self.check_list(path)

    def _ask_table(self, first: str, chosen: Callable[[Path], object]) -> None:
        """Where to write a table; its ending decides the format, this one is proposed."""
        kinds = ";;".join(_TABLES[ending] for ending in sorted(_TABLES, key=lambda ending: ending != first))
        if path := dialogs.ask_save(self, self._texts("list.title"), f"ccinc{first}", kinds):
            chosen(path)

    def _ask_folder(self) -> None:
        if folder := dialogs.ask_folder(self, self._texts("list.mails")):
            self.save_mails_to(folder)

    def _ask_to_save(self) -> None:
        """Says how many rows are skipped."""
        if self._checked is None:
            return
        texts, report = self._texts, self._checked.report
        told = [texts("list.question.text", count=len(report.good))]
        told += [texts("list.skipped", count=len(report.bad))] if report.bad else []
        ask(
            self,
            "batch_question",
            texts("list.question.title"),
            " ".join(told),
            yes=("batch_yes", texts("list.question.yes")),
            no=("batch_no", texts("list.question.no")),
            then=self.save,
        )


class ProgressLine(QWidget):
    """Shown while something is being done."""

    def __init__(self, texts: Texts, stop: Callable[[], None]) -> None:
        super().__init__()
        self._texts = texts
        self._words = label("", name="batch_progress_words")
        self._bar = QProgressBar()
        self._bar.setObjectName("batch_progress")
        self._bar.setAccessibleName(texts("list.title"))
        self._bar.setTextVisible(False)
        self._stop = button(texts("list.stop"), name="batch_stop", action=stop)
        self.setLayout(column(self._words, self._bar, row(self._stop)))
        self.hide()

    def begin(self) -> None:
        """Show that something is being done; how much is not known yet."""
        self._bar.setRange(0, 0)
        self._words.setText("")
        self.show()
        self._stop.setFocus()

    def show_progress(self, stage: JobStage, done: int, total: int) -> None:
        """So much of so much; nobody knows beforehand how many rows a file has."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        words = {"count": done} if stage is JobStage.READING else {"done": done, "total": total}
        self._words.setText(self._texts(f"list.{stage}", **words))

    def end(self) -> None:
        """Nothing is being done any more."""
        self.hide()
