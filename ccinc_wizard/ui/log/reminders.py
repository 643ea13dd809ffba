"""What should be followed up, told at the start with one click to act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout

from ccinc_wizard.app.retention import Doubt, doubt_in_words
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.dates import shown_moment
from ccinc_wizard.requestlog.errors import LogError
from ccinc_wizard.requestlog.folder import Mended
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.ui.kit.theme import SPACE
from ccinc_wizard.ui.kit.widgets import ALONE, Squeezed, button, fill, label, plain, reading_width
from ccinc_wizard.ui.kit.worker import LogWorker

_WORDS = 60
"""In average characters: the least width of a notice's words that have its buttons beside them."""


class NoticeBar(QFrame):
    """A line above what is shown, with buttons that act on it or put it away."""

    def __init__(
        self, name: str, words: str, *, of_log: bool = True, **actions: tuple[str, Callable[[], object] | None]
    ) -> None:
        """What the log tells next takes the place of one `of_log`.

        `actions`: the words and the act of each button, by its name; without an act it puts the line away.
        """
        super().__init__()
        self.of_log = of_log
        self.setObjectName(f"{name}_notice")
        self.setProperty("panel", "advice")
        self.told = label(words, name=f"{name}_text")
        self.told.setProperty(ALONE, True)
        made = [button(said, name=each, action=act or self.hide) for each, (said, act) in actions.items()]
        # Beside them, so that it takes one line of the page where there is room.
        line = Squeezed(reading_width(self, _WORDS))
        line.setContentsMargins(SPACE + 2, SPACE, SPACE * 2, SPACE)
        line.setSpacing(SPACE)
        line.addWidget(self.told, 1)
        fill(line, made)
        self.setLayout(line)


def clock_notice(texts: Texts, doubt: Doubt, right: Callable[[], object]) -> NoticeBar:
    """That the clock is in doubt: which date it tells, what would be erased by it, and the user's say."""
    said_right, said_wrong = (texts("logview.clock.right"), right), (texts("logview.clock.wrong"), None)
    told = doubt_in_words(texts, doubt)
    return NoticeBar("clock", told, clock_right_button=said_right, clock_wrong_button=said_wrong)


def mended_notice(texts: Texts, mended: Mended) -> NoticeBar:
    """What was cut short before and has been put right."""
    return NoticeBar("mended", texts(f"logview.mended.{mended}"), mended_button=(plain(texts("care.close")), None))


def elsewhere_notice(texts: Texts, where: str) -> NoticeBar:
    """That the data are open elsewhere as well, and what that means."""
    close = plain(texts("care.close")), None
    return NoticeBar("elsewhere", texts(f"app.elsewhere.{where}"), of_log=False, elsewhere_button=close)


def tell_elsewhere(texts: Texts, place: QVBoxLayout, where: str | None) -> None:
    """Tell above the last widget of `place` where else the data are open, or no longer that they are."""
    _put_away(place, of_log=False)
    if where:
        place.insertWidget(place.count() - 1, elsewhere_notice(texts, where))


def _put_away(place: QVBoxLayout, *, of_log: bool) -> None:
    """What was told before no longer holds."""
    holder = place.parentWidget()
    for told in holder.findChildren(NoticeBar) if holder else ():
        if told.of_log is of_log:
            told.hide()
            told.deleteLater()


class LookedAfter(NamedTuple):
    """What the log tells at the start."""

    doubt: Doubt | None
    mended: Mended | None
    due: int


class BroughtOver(NoticeBar):
    """How far bringing over a log of an earlier format is; seen only while that lasts."""

    def __init__(self, texts: Texts, worker: LogWorker) -> None:
        super().__init__("brought_over", "")
        self._texts = texts
        self.hide()
        worker.brought_over.connect(self.show_share)

    def show_share(self, done: int, total: int) -> None:
        """Say it in per cent."""
        self.told.setText(self._texts("log.brought_over", share=100 * done // max(total, 1)))
        self.show()


def look_after(services: Services, worker: LogWorker, place: QVBoxLayout, show: Callable[[], object]) -> None:
    """Erase what has been kept long enough, and tell above the last widget of `place` what is due; `show` shows it."""
    texts = services.texts

    def look(log: RequestLog, *, date_is_right: bool = False) -> LookedAfter:
        try:
            doubt = services.erase_what_is_due(log, date_is_right=date_is_right)
        except LogError:
            # What cannot be erased now is erased later; what is due is told all the same.
            doubt = None
        mended, log.mended = log.mended, None
        return LookedAfter(doubt, mended, sum(entry.due for entry in log.follow_up()))

    def erase() -> None:
        worker.run(partial(look, date_is_right=True), done=tell, failed=lambda _: None)

    def tell(found: LookedAfter) -> None:
        _put_away(place, of_log=True)
        notices = []
        if found.mended:
            notices.append(mended_notice(texts, found.mended))
        if found.doubt:
            notices.append(clock_notice(texts, found.doubt, erase))
        if found.due:
            words = texts("logview.follow_up.due", count=found.due)
            notices.append(NoticeBar("follow_up", words, follow_up_button=(texts("logview.follow_up.show"), show)))
        for notice in notices:
            place.insertWidget(place.count() - 1, notice)

    share = BroughtOver(texts, worker)
    place.insertWidget(place.count() - 1, share)
    worker.run(look, done=tell, failed=lambda _: share.hide())


HOW_MANY = 8


class RecentRequests:
    """Fills an opened menu with the last requests, newest first; choosing one opens the log there."""

    def __init__(self, menu: QMenu, services: Services, worker: LogWorker, open_log: Callable[[str], object]) -> None:
        self._menu, self._services, self._worker, self._open_log = menu, services, worker, open_log

    def ask(self) -> None:
        """Ask the log; until it answers the menu says so."""
        if not self._services.has_log():
            self._tell("program.recent.none")
            return
        self._tell("logview.loading")
        self._worker.run(
            lambda log: log.page(limit=HOW_MANY),
            done=self._offer,
            failed=lambda _: self._tell("program.recent.unreadable"),
        )

    def _tell(self, key: str) -> None:
        self._menu.clear()
        self._menu.addAction(self._services.texts(key)).setEnabled(False)

    def _offer(self, requests: list[LoggedRequest]) -> None:
        if not requests:
            self._tell("program.recent.none")
            return
        self._menu.clear()
        for number, request in enumerate(requests, start=1):
            made = self._menu.addAction(self._words(request).replace("&", "&&"))
            made.setObjectName(f"recent_{number}")
            made.triggered.connect(lambda _=False, reference=request.reference: self._open_log(reference))

    def _words(self, request: LoggedRequest) -> str:
        texts = self._services.texts
        told = {"reference": request.reference, "date": shown_moment(request.saved_at)}
        if request.names_erased:
            return texts("program.recent.entry", **told, name=texts("logview.erased"))
        if request.applicant_name:
            return texts("program.recent.entry", **told, name=request.applicant_name)
        return texts("program.recent.entry_nameless", **told)
