"""The call on the line and those put aside: what both views of the desk show and change. In memory only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from ccinc_wizard.app.call_book import CallBook
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.helpdesk import HelpdeskWords
from ccinc_wizard.content.texts import system_reason
from ccinc_wizard.domain import calls
from ccinc_wizard.domain.calls import Call, CallRecord, CallStep, Missing, ParkedCalls
from ccinc_wizard.domain.enums import Situation
from ccinc_wizard.domain.findings import Finding
from ccinc_wizard.domain.redaction import scrub


def local_now() -> dt.datetime:
    """The time on the wall, which knows its zone: a call is as long as it is when the clocks change."""
    return dt.datetime.now().astimezone()


class CallSession(QObject):
    """Lives as long as the window, through changes of language and mode."""

    chosen = Signal()
    """Another call, or a choice in it."""
    began = Signal()
    """Another call."""
    closed = Signal(object)
    """A `Call` that had begun is over."""
    typed = Signal()
    """What was typed beside the choices."""
    answered_besides = Signal(str)
    """What a letter answered of a question that was not asked just then, in words."""
    troubled = Signal(str)
    """What went wrong, in words."""

    def __init__(self, services: Services, clock: Callable[[], dt.datetime] = local_now) -> None:
        super().__init__()
        self.services = services
        self.book = CallBook(services.paths.data)
        self.parked = ParkedCalls()
        self._clock = clock
        self._earlier: list[Call] = []
        self.call = Call(clock())

    @property
    def words(self) -> HelpdeskWords:
        """Words for calls in the present language."""
        return HelpdeskWords(self.services.texts, self.services.catalog)

    @property
    def step(self) -> CallStep:
        """What to ask now."""
        return calls.asked_now(self.call)

    @property
    def link(self) -> str:
        """The link to give, or nothing while there is none."""
        decided = calls.outcome(self.call, self.services.catalog, self.doubts())
        return (decided.link if decided else None) or ""

    def seconds(self) -> int:
        """How long the present call lasts so far."""
        return max(int((self._clock() - self.call.started).total_seconds()), 0)

    def missing(self) -> list[Missing]:
        """What the caller still has to give."""
        return calls.missing(self.call, self.services.circumstances())

    def doubts(self) -> list[Finding]:
        """What the organisation's name makes doubtful."""
        return calls.doubts(self.call, self.services.circumstances())

    def advice(self) -> list[str]:
        """What to read out to the caller, a line each."""
        return self.words.advice(self.call, self.doubts(), aloud=True)

    def ticket(self) -> str:
        """The ticket text as it stands."""
        return self.words.ticket_text(self.call, self._clock(), self.doubts())

    def mail(self) -> tuple[str, str] | None:
        """Subject and body of a mail to the caller; None while there is nothing to tell."""
        return self.words.mail(self.call, self.doubts()) if self.advice() else None

    def press(self, letter: str) -> bool:
        """Make the choice of a letter, and tell it where it answers another question than the one that is asked.

        False when it means nothing now.
        """
        asked, after = self.step, self.words.pressed(letter, self.call)
        if after is None:
            return False
        before = self.told
        self._choose(after)
        for kind, told in self.told.items():
            # The situation comes with the caller.
            by_caller = asked is CallStep.CALLER and after.caller is not None
            if before.get(kind) != told and kind != asked and not by_caller:
                self.answered_besides.emit(told)
        return True

    @property
    def told(self) -> dict[str, str]:
        """What was chosen so far, a line for each kind."""
        words = self.words
        return {
            kind: self.services.texts.pair(words.title(kind), said) for kind, said in words.chosen(self.call).items()
        }

    def choose(self, step: CallStep, option: str) -> None:
        """Make a choice at a step."""
        self._choose(calls.choose(self.call, step, option))

    def choose_situation(self, option: str) -> None:
        """Take down how the administrator goes about it."""
        self._choose(calls.choose_situation(self.call, Situation(option)))

    def correct(self, finding: Finding) -> None:
        """Make the correction that a doubt offers."""
        if finding.corrected is not None:
            self._choose(replace(self.call, answers=finding.corrected))

    @property
    def can_take_back(self) -> bool:
        """Whether there is a choice to undo."""
        return bool(self._earlier)

    def take_back(self) -> None:
        """Undo the last choice; what was typed stays."""
        if self._earlier:
            before, now = self._earlier.pop(), self.call
            answers = before.answers._replace(authority_name=now.answers.authority_name)
            self.call = replace(before, answers=answers, note=now.note)
            self.chosen.emit()

    def note(self, text: str) -> str:
        """Take the note down, without register numbers; says what was taken out, or nothing."""
        self.call = replace(self.call, note=scrub(text))
        self.typed.emit()
        return self._taken_out(text, self.call.note)

    def name_organisation(self, text: str) -> str:
        """Take the organisation's name down, without register numbers; says what was taken out, or nothing."""
        self.call = replace(self.call, answers=self.call.answers._replace(authority_name=scrub(text)))
        self.typed.emit()
        return self._taken_out(text, self.call.answers.authority_name)

    def _taken_out(self, text: str, kept: str) -> str:
        return self.services.texts("helpdesk.taken_out", kept=kept) if kept != text else ""

    def next_call(self) -> None:
        """Count the present call if anything was chosen in it, and begin another."""
        ended = self.call
        self._begin(Call(self._clock()))
        self._count(ended)
        if _begun(ended):
            self.closed.emit(ended)

    def bring_back(self, ended: Call) -> None:
        """Go on with a call that was closed; the present one is put aside for it, if it has begun."""
        if _begun(self.call) and self.parked.full:
            self.troubled.emit(self.services.texts("helpdesk.parked_full", count=calls.MOST_PARKED))
            return
        if _begun(self.call):
            self.parked = self.parked.park(self.call)
        if ended.chosen:
            self._write(lambda: self.book.take_back(self._record_of(ended)))
        self._begin(ended)

    def park(self) -> None:
        """Put the present call aside and begin another; where there is no room, say so. One not begun stays."""
        if not _begun(self.call):
            return
        if self.parked.full:
            self.troubled.emit(self.services.texts("helpdesk.parked_full", count=calls.MOST_PARKED))
            return
        self.parked = self.parked.park(self.call)
        self._begin(Call(self._clock()))

    def pick_up(self, place: int) -> None:
        """Take up a parked call; the present one is put aside for it, if it has begun."""
        if place >= len(self.parked.calls):
            return
        taken, left = self.parked.pick_up(place)
        self.parked = left.park(self.call) if _begun(self.call) else left
        self._begin(taken)

    def unsaved(self) -> str:
        """What was typed in a call: choices are counted when the window closes, words are not kept."""
        typed = (call.note or call.answers.authority_name for call in (*self.parked.calls, self.call))
        return "call" if any(typed) else ""

    def end(self) -> None:
        """The window closes: count what was begun. Nothing else of a call outlives it."""
        for call in (*self.parked.calls, self.call):
            self._count(call)
        self.book.note_use(self._clock())
        self.parked = ParkedCalls()
        self._begin(Call(self._clock()))

    def erase_what_is_due(self) -> None:
        """Erase the calls that have been kept as long as requests are."""
        self._write(lambda: self.book.erase_older(self.services.rest_days, self._clock()))

    def _choose(self, after: Call) -> None:
        if after != self.call:
            self._earlier.append(self.call)
        self.call = after
        self.chosen.emit()

    def _begin(self, call: Call) -> None:
        self._earlier.clear()
        self.call = call
        self.began.emit()
        self.chosen.emit()

    def _count(self, call: Call) -> None:
        if call.chosen:
            self._write(lambda: self.book.add(self._record_of(call)))

    def _record_of(self, call: Call) -> CallRecord:
        found = calls.doubts(call, self.services.circumstances())
        return calls.record_of(call, self.services.catalog, found)

    def _write(self, write: Callable[[], None]) -> None:
        try:
            write()
        except OSError as error:
            self.troubled.emit(
                self.services.texts("helpdesk.not_counted", reason=system_reason(self.services.texts, error))
            )


def _begun(call: Call) -> bool:
    return bool(call.chosen or call.note or call.answers.authority_name)


@dataclass(frozen=True, slots=True)
class Tools:
    """The desk's own doings, for the buttons of its parts."""

    copy_link: Callable[[], None]
    mail_caller: Callable[[], None]
    spell_link: Callable[[], None]
    copy_ticket: Callable[[], None]
    open_reference: Callable[[], None]
    check_number: Callable[[], None]
    show_counts: Callable[[], None]
