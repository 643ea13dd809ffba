"""What has been kept long enough is erased, unless the clock that says so is in doubt. Knows no Qt."""

from __future__ import annotations

import datetime as dt
import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ccinc_wizard.domain.folding import shown_day
from ccinc_wizard.requestlog import retention
from ccinc_wizard.requestlog.clock import DatedLater, Remembered, believed, noted, started
from ccinc_wizard.requestlog.errors import LogError
from ccinc_wizard.requestlog.whole import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from ccinc_wizard.content.texts import Texts
    from ccinc_wizard.requestlog.log import RequestLog
    from ccinc_wizard.requestlog.model import ErasurePlan


class Doubt(NamedTuple):
    """Nothing was erased, as the clock is in doubt; the user decides."""

    now: dt.datetime
    """What the clock says."""
    last: dt.datetime
    """When the log was last used, as far as is known."""
    plan: ErasurePlan
    """What would go."""


class ClockMemory:
    """The file beside a log that remembers when the program last ran: dates and ids, nothing of a person."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @classmethod
    def of(cls, log: RequestLog) -> ClockMemory:
        """The memory of this log; a team's is each desk's own."""
        return cls(log.folder.with_name(f"{log.folder.name}.clock"))

    def read(self) -> Remembered:
        """What is remembered; nothing, where the file is missing or unreadable."""
        try:
            told = json.loads(self._path.read_bytes())
            later = {int(number): DatedLater(*map(_moment, pair)) for number, pair in told["later"].items()}
            starts = tuple(map(dt.date.fromisoformat, told["starts"]))
            last, settled = (told[name] and _moment(told[name]) for name in ("last", "settled"))
            return Remembered(last, starts, settled, later)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Remembered()

    def write(self, remembered: Remembered) -> None:
        """Remember this. Where it cannot be written the clock is only the longer in doubt."""
        told = {
            "last": remembered.last and remembered.last.isoformat(),
            "settled": remembered.settled and remembered.settled.isoformat(),
            "starts": [day.isoformat() for day in remembered.starts],
            "later": {number: [moment.isoformat() for moment in pair] for number, pair in remembered.later.items()},
        }
        with suppress(OSError):
            write_private(self._path, json.dumps(told))

    def note(self, newest: dt.datetime | None, now: dt.datetime) -> Remembered:
        """Note that the program is used now, if the clock is believed; what is remembered then."""
        before = self.read()
        remembered = noted(before, newest, now)
        if remembered != before:
            self.write(remembered)
        return remembered


def note_use(log: RequestLog) -> None:
    """Note that the log is used now, and let its events know what they come after."""
    # A log that cannot be read is told of by whoever reads it.
    with suppress(LogError):
        log.last_seen = ClockMemory.of(log).note(log.newest(), log.now()).last


def erase_what_is_due(log: RequestLog, names_days: int, rest_days: int, *, date_is_right: bool = False) -> Doubt | None:
    """Erase what has been kept long enough; where the clock is in doubt, tell what would go instead.

    `date_is_right` is what a user says who was told. Raises LogError.
    """
    memory, now, newest = ClockMemory.of(log), log.now(), log.newest()
    before = memory.read()
    remembered, certain = started(before, newest, now)
    if date_is_right:
        remembered, certain = before.trusting(newest, now), True
    if certain or (remembered.last and believed(remembered, None, now)):
        later = retention.dated_later(log, now, remembered.later, min(names_days, rest_days))
        remembered = remembered._replace(later=later)
    memory.write(remembered)
    plan = retention.due(log, now, names_days, rest_days, remembered.later)
    if not certain:
        return Doubt(now, remembered.last or newest or now, plan)
    log.erase(plan)
    return None


def preview(log: RequestLog, names_days: int, rest_days: int) -> tuple[ErasurePlan, Doubt | None]:
    """What would be erased now under these terms, and the doubt about the clock, if there is one. Raises LogError."""
    plan = retention.due(log, log.now(), names_days, rest_days, ClockMemory.of(log).read().later)
    return plan, doubted(log, plan)


def older_than(log: RequestLog, days: int) -> tuple[ErasurePlan, Doubt | None]:
    """All that has not changed for so many days, and the doubt about the clock, if there is one. Raises LogError."""
    plan = retention.older_than(log, log.now(), days, ClockMemory.of(log).read().later)
    return plan, doubted(log, plan)


def doubted(log: RequestLog, plan: ErasurePlan) -> Doubt | None:
    """The doubt about the clock by which this plan was made, if there is one. Raises LogError."""
    remembered, now, newest = ClockMemory.of(log).read(), log.now(), log.newest()
    if believed(remembered, newest, now):
        return None
    return Doubt(now, remembered.last or newest or now, plan)


def in_words(texts: Texts, doubt: Doubt) -> str:
    """Which date the clock tells, since when it is in doubt, and what would go."""
    now, last = (shown_day(moment.astimezone()) for moment in (doubt.now, doubt.last))
    counts = {"names": len(doubt.plan.names), "rest": len(doubt.plan.rest)}
    would = texts("logview.clock.nothing" if doubt.plan.empty else "logview.clock.would", **counts)
    return f"{texts('logview.clock.doubt', now=now, last=last)} {would}"


def _moment(told: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(told)
    if moment.tzinfo is None:
        raise ValueError(told)
    return moment
