"""Reading, judging and saving a list, and writing its mails, with progress; stopping leaves nothing behind."""

from __future__ import annotations

import base64
import datetime as dt
import shutil
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from email.header import Header
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ccinc_wizard.app import saving
from ccinc_wizard.app.paths import whole
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.list_words import ListWords, PeopleList
from ccinc_wizard.content.lists import Carried, Product, read_list
from ccinc_wizard.content.texts import Texts, system_reason
from ccinc_wizard.content.wording import Wording
from ccinc_wizard.domain.enums import Mode, Situation
from ccinc_wizard.domain.findings import Circumstances
from ccinc_wizard.domain.folding import normalise
from ccinc_wizard.domain.lists import REPORT_EVERY, GoOn, Report, Row, check
from ccinc_wizard.requestlog.keys import write_owner_only
from ccinc_wizard.requestlog.table_files import write_table
from ccinc_wizard.ui.kit.dialogs import Told, save_file
from ccinc_wizard.ui.kit.worker import LogWorker

if TYPE_CHECKING:
    from ccinc_wizard.requestlog.log import RequestLog
    from ccinc_wizard.requestlog.model import LoggedRequest


class JobStage(StrEnum):
    """What is being done; each has its words in `list`."""

    READING = "reading"
    CHECKING = "checking"
    SAVING = "saving"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class CheckedList:
    """A list and what was found in it; `situation` counted where a row named none.

    `accepted` are the rows for which the user answered what is asked of them. `answered` is whether anything was
    answered that only saving keeps, which that it be saved is as well.
    """

    people: PeopleList
    situation: Situation
    report: Report
    accepted: frozenset[int] = frozenset()
    answered: bool = False

    def still_accepted(self, people: PeopleList) -> frozenset[int]:
        """The rows of the list read anew that stand there as they did when the user answered for them."""
        answered = {_content(row) for row in self.people.rows if row.number in self.accepted}
        return frozenset(row.number for row in people.rows if answered and _content(row) in answered)


def _content(row: Row) -> tuple[object, ...]:
    # Not its number, as rows may have come before it meanwhile.
    return frozenset(row.cells.items()), row.faults


@dataclass(frozen=True, slots=True)
class ListPlace:
    """What a view shows, for the one that takes its place in another language."""

    path: Path | None
    situation: int
    checked: CheckedList | None
    references: dict[int, str]
    stopped: bool = False
    """Whether a run under way was ended for it, which its user is told then."""

    def unsaved(self) -> str:
        """Answers to a list that is not in the log."""
        return "list" if self.checked is not None and self.checked.answered and not self.references else ""


class ListJob(QObject):
    """One stage after the other. Each run ends in exactly one of the signals but `progressed`."""

    progressed = Signal(JobStage, int, int)
    checked = Signal(object)
    """A CheckedList."""
    saved = Signal(object)
    """A Carried: all rows in order are in the log."""
    changed = Signal(object)
    """A CheckedList: what the log knows is no longer what it was, so nothing was saved."""
    written = Signal(str, str)
    """How the writing of files went, and the kind of label that tells it."""
    stopped = Signal()
    failed = Signal(object)

    def __init__(self, services: Services, worker: LogWorker, words: ListWords, wording: Wording) -> None:
        super().__init__()
        self._services, self._worker, self._words, self._wording = services, worker, words, wording
        self._stop = threading.Event()
        self._doubtful: tuple[Report, Carried[LoggedRequest]] | None = None
        """What may have been saved, where the answer got lost."""
        worker.closing.connect(self.stop)

    def check(self, path: Path, situation: Situation, sheet: str = "", before: CheckedList | None = None) -> None:
        """Read a list and judge it, also by what the log knows of its people; `sheet` where several could be meant.

        What the user answered when the list was read `before` holds for the rows that are the same.
        """
        circumstances, told = self._services.circumstances(), self._begin()

        def work(log: RequestLog) -> CheckedList | None:
            people = read_list(path, self._words, told(JobStage.READING), sheet=sheet)
            if people.stopped:
                return None
            accepted = before.still_accepted(people) if before else frozenset()
            unjudged = CheckedList(people, situation, Report(()), accepted, bool(accepted))
            return self._again(log, unjudged, circumstances, told(JobStage.CHECKING))

        self._worker.run(work, done=self._tell_checked, failed=self.failed.emit)

    def judge(self, answered: CheckedList) -> None:
        """Judge a list once more, now that the user has answered for some of its rows or left them out."""
        circumstances, told = self._services.circumstances(), self._begin()
        self._worker.run(
            lambda log: self._again(log, answered, circumstances, told(JobStage.CHECKING)),
            done=self._tell_checked,
            failed=self.failed.emit,
        )

    def save(self, before: CheckedList) -> None:
        """Save the rows in order, if the log still says of them what it said."""
        circumstances, told = self._services.circumstances(), self._begin()

        def work(log: RequestLog) -> Carried[LoggedRequest] | CheckedList:
            report, doubtful = self._doubtful or (None, None)
            try:
                done = saving.save_list(
                    log,
                    before.report,
                    lambda: self._judged(log, before, circumstances, told(JobStage.CHECKING)),
                    circumstances,
                    self._wording,
                    told(JobStage.SAVING),
                    doubtful if report == before.report else None,
                )
            except saving.UncertainError as error:
                self._doubtful = before.report, error.carried
                raise
            return done if isinstance(done, Carried) else replace(before, report=done)

        self._worker.run(work, done=self._tell_saved, failed=self.failed.emit)

    def write(self, write: Callable[[GoOn], tuple[str, str]]) -> None:
        """Write files away from the window's thread; `write` says how it went."""
        told = self._begin()
        self._worker.run(
            lambda _: write(told(JobStage.WRITING)), done=lambda went: self.written.emit(*went), failed=self.failed.emit
        )

    def stop(self) -> None:
        """Have the present run stopped; once the log has all rows it is too late."""
        self._stop.set()

    def end(self) -> None:
        """Have the present run stopped, and wait for how it ended: the log may have had all rows already."""
        self.stop()
        self._worker.settle()

    def _again(
        self, log: RequestLog, before: CheckedList, circumstances: Circumstances, progress: GoOn
    ) -> CheckedList | None:
        report = self._judged(log, before, circumstances, progress)
        return None if report.stopped else replace(before, report=report)

    def _judged(self, log: RequestLog, before: CheckedList, circumstances: Circumstances, progress: GoOn) -> Report:
        return check(
            before.people.rows,
            circumstances,
            self._words.vocabulary,
            situation=before.situation,
            accepted=before.accepted,
            earlier_of=lambda number: saving.earlier_requests(log, number),
            progress=progress,
        )

    def _begin(self) -> Callable[[JobStage], GoOn]:
        # Each run has its own, so that one that was stopped does not stop the next.
        self._stop = stop = threading.Event()

        def progress_of(stage: JobStage) -> GoOn:
            def progress(done: int, total: int) -> bool:
                self.progressed.emit(stage, done, total)
                return not stop.is_set()

            return progress

        return progress_of

    def _tell_checked(self, done: CheckedList | None) -> None:
        if done is None:
            self.stopped.emit()
        else:
            self.checked.emit(done)

    def _tell_saved(self, done: Carried[LoggedRequest] | CheckedList) -> None:
        if isinstance(done, CheckedList):
            self.changed.emit(done)
        elif done.stopped:
            self.stopped.emit()
        else:
            self.saved.emit(done)


LINKS = "links.csv"
_LONGEST = 60


def write_mails(
    folder: Path,
    products: Sequence[Product],
    references: Mapping[int, str],
    texts: Texts,
    progress: GoOn,
    *,
    mark: str = "",
) -> int | None:
    """Make this folder with a draft for each mail and one list of all links; says how many mails, None when stopped.

    `mark` stands before each subject: mails of the training mode are told from real ones.
    The folder appears whole or not at all. Raises OSError, also when it is there already.
    """
    if folder.exists():
        raise FileExistsError(None, folder.name)
    sent = [product for product in products if product.outcome.link]
    beside = folder.with_name(folder.name + ".new")
    beside.mkdir(mode=0o700)
    try:
        for done, product in enumerate(sent):
            if done % REPORT_EVERY == 0 and not progress(done, len(sent)):
                return None
            write_owner_only(beside / _file_name(product), _draft(product, mark))
        write_table(beside / LINKS, _columns(texts), _links(sent, references, texts))
        beside.replace(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return len(sent)


def _draft(product: Product, mark: str) -> bytes:
    """A mail that mail programs open to be sent: whom to is for the user to fill in.

    Put together by hand, as email.message takes a hundred times as long over each.
    """
    heads = (
        f"Subject: {Header(mark + product.mail_subject, 'utf-8').encode()}",
        "X-Unsent: 1",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
    )
    body = product.mail_body.replace("\n", "\r\n").encode("utf-8")
    return "\r\n".join([*heads, "", ""]).encode("ascii") + base64.encodebytes(body).replace(b"\n", b"\r\n")


def _file_name(product: Product) -> str:
    name = normalise(product.request.applicant_name).replace(" ", "-")[:_LONGEST]
    return f"{product.row:05}-{name}.eml"


def _columns(texts: Texts) -> list[str]:
    fields = ("applicant_name", "role", "authority_name")
    names = [texts(f"wizard.field.{field}") for field in fields]
    return [texts("list.columns.row"), *names, texts("logview.columns.reference"), texts("result.form_link")]


def _links(products: Sequence[Product], references: Mapping[int, str], texts: Texts) -> list[list[str]]:
    return [
        [
            str(product.row),
            product.request.applicant_name,
            texts(f"choices.role.{product.request.case.role}.label"),
            product.request.authority_name,
            references.get(product.row, ""),
            product.outcome.link or "",
        ]
        for product in products
    ]


class Outputs:
    """Writes only where the user said, and never a register number."""

    def __init__(self, services: Services, words: ListWords) -> None:
        self._services, self._words, self._texts = services, words, services.texts

    def report(self, path: Path, cells: list[list[str]]) -> Told:
        """The whole report as a table."""
        return self._table(path, "list.exported", self._words.report_columns(), cells)

    def example(self, path: Path) -> Told:
        """A list to start from."""
        heading, *rows = self._words.example()
        return self._table(path, "list.template_saved", heading, rows)

    def mails(self, parent: Path, products: Sequence[Product], references: Mapping[int, str], progress: GoOn) -> Told:
        """The mails and links, in a new folder in this one."""
        folder = parent / f"ccinc-mails-{dt.datetime.now():%Y-%m-%d-%H%M%S}"  # noqa: DTZ005
        mark = f"{self._texts('app.training_band')}: " if self._services.mode is Mode.TRAINING else ""

        try:
            count = write_mails(folder, products, references, self._texts, progress, mark=mark)
        except OSError as error:
            return self._texts("paper.failed", reason=system_reason(self._texts, error)), "error"
        if count is None:
            return self._texts("list.mails_stopped"), "good"
        return self._texts("list.mails_saved", count=count, folder=whole(folder)), "good"

    def _table(self, path: Path, done: str, columns: list[str], cells: list[list[str]]) -> Told:
        return save_file(self._texts, path, lambda: write_table(path, columns, cells), done)
