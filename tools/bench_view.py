"""The log view on a full log: opened, searched as one types, and scrolled.

An empty log is the floor of opening; sqlcipher3 alone, asked for the same page, is that of a key press. Each is timed
until the answer has been painted.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench_log import PAGE, Figure, fill, in_turns, raw

from ccinc_wizard.app.machine import utc_now
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.requestlog.folder import DATABASE
from ccinc_wizard.requestlog.keys import known_keys
from ccinc_wizard.requestlog.log import RequestLog

WORDS = ("peeters", "fatima genk", "zeldzaam", "2026", "gent", "aangevraagd", "niemand")
SCROLLED = (2_000, 50_000)


@dataclass(frozen=True)
class Scrolled:
    """How much memory the process holds after so many rows have gone by."""

    rows: int
    memory: int


def measure_view(folder: Path, rows: int, runs: int, progress: Callable[[str], None]) -> Iterator[Figure]:
    """Opening the view on a full log and on an empty one, then every key press of some searches."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    full, empty = _services(folder), _services(folder / "empty")
    for services, wanted in ((full, rows), (empty, 0)):
        with services.open_log() as log:
            fill(log, wanted, progress)
    yield in_turns(f"log view of {rows:,}, against an empty one", *_opening(empty, full), turns=runs)
    yield _typing(full, f"key press to first page of {rows:,}")


def measure_scrolling(folder: Path) -> list[Scrolled]:
    """What the process holds while the table is scrolled down, where the system tells."""
    if not Path("/proc/self/statm").exists():
        return []
    measured = []
    with _view(_services(folder)) as view:
        for rows in SCROLLED:
            while view.rows() < rows and view.scroll_on():
                pass
            measured.append(Scrolled(view.rows(), _resident()))
    return measured


class View:
    """A log view in a window, driven and timed from outside."""

    def __init__(self, services: Services) -> None:
        from PySide6.QtCore import QEvent, QEventLoop, QObject
        from PySide6.QtWidgets import QLineEdit, QTableView

        from ccinc_wizard.ui.shell.app import make_app
        from ccinc_wizard.ui.shell.main_window import MainWindow

        self._app = make_app()
        self.window = MainWindow(services)
        self.window.show()
        self._settle()
        start = time.perf_counter()
        shown = self.window.show_log()
        table, search = shown.findChild(QTableView, "log_table"), shown.findChild(QLineEdit, "log_search")
        assert table is not None
        assert search is not None
        self._table, self._search, self._model = table, search, table.model()
        self._loaded = False
        self._loop = QEventLoop()

        class Painted(QObject):
            """Notes the first paint of the table after an answer."""

            def eventFilter(own, _: QObject, event: QEvent) -> bool:  # noqa: N805
                if self._loaded and event.type() == QEvent.Type.Paint:
                    self._loop.quit()
                return False

        self._watch = Painted()
        table.viewport().installEventFilter(self._watch)
        self._model.loaded.connect(self._note)  # type: ignore[attr-defined]
        self._wait()
        self.seconds = time.perf_counter() - start
        """From the call that opens the view until its first page was painted."""

    def press(self, key: str) -> float:
        """Seconds from a key press in the search field until its first page was painted."""
        from PySide6.QtTest import QTest

        self._settle()
        self._loaded = False
        start = time.perf_counter()
        QTest.keyClicks(self._search, key)
        self._wait()
        return time.perf_counter() - start

    def clear(self) -> None:
        """Empty the search field."""
        self._loaded = False
        self._search.clear()
        self._wait()

    def rows(self) -> int:
        """How many rows have been scrolled to."""
        return self._model.rowCount()

    def scroll_on(self) -> bool:
        """Scroll to the end of what is there, for the next page to come. False when there is no more."""
        self._loaded = False
        before = self.rows()
        if not self._model.complete:  # type: ignore[attr-defined]
            self._table.scrollToBottom()
            self._wait()
        return self.rows() > before

    def close(self) -> None:
        """Close window and log."""
        self.window.close()
        self.window.worker.close()
        self.window.deleteLater()
        self._settle()

    def _note(self) -> None:
        self._loaded = True
        self._table.viewport().update()

    def _wait(self) -> None:
        # As the program itself waits: turning round in a loop would hold the log's thread up.
        self._loop.exec()

    def _settle(self) -> None:
        for _ in range(50):
            self._app.processEvents()
            time.sleep(0.001)


@contextmanager
def _view(services: Services) -> Iterator[View]:
    view = View(services)
    try:
        yield view
    finally:
        view.close()


def _services(folder: Path) -> Services:
    return Services(Paths.choose(folder))


def _opening(empty: Services, full: Services) -> tuple[Callable[[], float], Callable[[], float]]:
    def seconds(services: Services) -> float:
        with _view(services) as view:
            return view.seconds

    return lambda: seconds(empty), lambda: seconds(full)


def _typing(services: Services, name: str) -> Figure:
    log_folder = services.paths.log_folder(services.mode)
    floor: list[float] = []
    program: list[float] = []
    with (
        RequestLog.open(log_folder, clock=utc_now, user="bench") as log,
        closing(raw(log_folder / DATABASE, known_keys(log_folder).cipher_key())) as connection,
        _view(services) as view,
    ):
        for word in WORDS:
            for length in range(1, len(word) + 1):
                source = log.store.matching(word[:length].split())
                sql = f"SELECT r.* {source.sql} ORDER BY {source.key} DESC LIMIT {PAGE}"
                start = time.perf_counter()
                connection.execute(sql, source.values).fetchall()
                floor.append(time.perf_counter() - start)
                program.append(view.press(word[length - 1]))
            view.clear()
    return Figure(name, floor, program)


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE")
