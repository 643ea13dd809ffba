"""How a request comes into the log, whichever door it came through: look once more, then save, in one transaction.

Between the look of the check page and the saving another desk, another program or another window may have saved.
Knows no Qt.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ccinc_wizard.content.lists import Carried, carry_out
from ccinc_wizard.content.wording import log_trouble
from ccinc_wizard.domain import outcome as outcomes
from ccinc_wizard.domain import rules
from ccinc_wizard.domain.enums import Mode, Role, Status
from ccinc_wizard.domain.findings import EarlierRequest
from ccinc_wizard.requestlog.errors import LogError, LogErrorCode
from ccinc_wizard.requestlog.model import LoggedRequest, NewRequest

if TYPE_CHECKING:
    from ccinc_wizard.content.texts import Texts
    from ccinc_wizard.content.wording import Wording
    from ccinc_wizard.domain.answers import Answers
    from ccinc_wizard.domain.findings import AccessRequest, Circumstances
    from ccinc_wizard.domain.lists import GoOn, Report
    from ccinc_wizard.domain.outcome import Outcome
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.requestlog.log import RequestLog


_OVER = (Status.REJECTED, Status.WITHDRAWN)
"""How a request ends that no longer counts."""


def earlier_requests(log: RequestLog, number: RegisterNumber, but: str = "") -> list[EarlierRequest]:
    """Requests for the same person that still count, neither rejected nor withdrawn; the reference `but` is left out.

    Raises LogError.
    """
    return [
        EarlierRequest(
            Role(logged.role),
            logged.saved_at.astimezone().date(),
            logged.authority_name,
            granted=logged.status == Status.GRANTED,
        )
        for logged in log.requests_of(log.fingerprint(number.clear_digits()))
        if logged.status not in _OVER and logged.role in list(Role)
        if logged.reference != but
    ]


def save(log: RequestLog, answers: Answers, circumstances: Circumstances) -> LoggedRequest:
    """Save the request that these answers make; it is on the disk when this returns.

    What the log knows of the person is asked here, whatever `circumstances` say of it; training asks nothing, as
    its exercises bring their own earlier requests. Raises LogError: SECOND_ROLE where the person has a role already,
    UNCERTAIN with the reference as its detail where nobody can tell whether it was saved.
    """
    saved: LoggedRequest | None = None
    try:
        with log.turn():
            saved = _save_in_turn(log, answers, circumstances)
    except LogError as error:
        if saved is not None and error.code is LogErrorCode.UNCERTAIN:
            raise LogError(error.code, saved.reference) from error
        raise
    return saved


def _save_in_turn(log: RequestLog, answers: Answers, circumstances: Circumstances) -> LoggedRequest:
    number = rules.number_of(answers, circumstances)
    if number is not None and circumstances.mode is not Mode.TRAINING:
        circumstances = replace(circumstances, earlier=earlier_requests(log, number))
    request = rules.request_of(answers, circumstances)
    decided = outcomes.outcome_of(answers, circumstances.catalog)
    if request is None or decided is None:
        raise LogError(LogErrorCode.SECOND_ROLE)
    return log.save(entry_of(log, request, decided, circumstances))


def change(log: RequestLog, reference: str, status: Status, note: str = "") -> LoggedRequest:
    """Bring a request to another status.

    Raises LogError: SECOND_ROLE where one that no longer counted would count again beside another role of the person.
    """
    with log.turn():
        _refuse_second_role(log, log.get(reference), status)
        return log.change(reference, status, note)


def take_back(log: RequestLog, changed: LoggedRequest, before: LoggedRequest) -> LoggedRequest:
    """Bring a request back to what it was before a change.

    Raises LogError: NOT_ALLOWED where it has changed again since, SECOND_ROLE as for `change`.
    """
    with log.turn():
        _refuse_second_role(log, log.get(changed.reference), before.status)
        return log.take_back(changed, before)


def _refuse_second_role(log: RequestLog, now: LoggedRequest, status: Status) -> None:
    if now.status in _OVER and status not in _OVER and now.fingerprint and now.mode != Mode.TRAINING:
        held = {other.role for other in log.requests_of(now.fingerprint) if other.status not in _OVER}
        if held - {now.role}:
            raise LogError(LogErrorCode.SECOND_ROLE)


def unsaved(texts: Texts, key: str, error: Exception) -> str:
    """That nothing was saved, in the words of this key, and why; the reason alone where nobody can tell that."""
    why = log_trouble(texts, error)
    return why if getattr(error, "code", None) is LogErrorCode.UNCERTAIN else texts(key, reason=why)


class UncertainError(LogError):
    """Nobody can tell whether a list was saved. If it was, `carried` is what stands in the log."""

    def __init__(self, carried: Carried[LoggedRequest]) -> None:
        super().__init__(LogErrorCode.UNCERTAIN)
        self.carried = carried


def save_list(
    log: RequestLog,
    before: Report,
    judge: Callable[[], Report],
    circumstances: Circumstances,
    wording: Wording,
    progress: GoOn | None = None,
    doubtful: Carried[LoggedRequest] | None = None,
) -> Carried[LoggedRequest] | Report:
    """Save all rows in order, if judging the list once more says what it said before; else give the new report.

    A list that was stopped, while judging or while saving, leaves nothing behind. What is `doubtful` since an earlier
    try is not saved twice. Raises LogError: UncertainError where nobody can tell whether it was saved.
    """
    carried: Carried[LoggedRequest] = Carried()
    try:
        with log.turn():
            if doubtful is not None and stands(log, doubtful.saved[0].reference):
                return doubtful
            report = judge()
            if report.stopped:
                return Carried(stopped=True)
            if report != before:
                return report
            carried = carry_out(
                report,
                wording,
                entry=lambda request, decided: entry_of(log, request, decided, circumstances),
                save_many=log.save_many,
                progress=progress,
            )
    except LogError as error:
        if carried.saved and error.code is LogErrorCode.UNCERTAIN:
            raise UncertainError(carried) from error
        raise
    return carried


def stands(log: RequestLog, reference: str) -> bool:
    """Whether what nobody could tell to be saved is in the log. Raises LogError."""
    try:
        # In a turn: by then the one whose answer got lost has come to its end.
        with log.turn():
            log.get(reference)
    except LogError as error:
        if error.code is not LogErrorCode.UNKNOWN_REQUEST:
            raise
        return False
    return True


def entry_of(log: RequestLog, request: AccessRequest, decided: Outcome, circumstances: Circumstances) -> NewRequest:
    """The request as the log keeps it: a fingerprint of the number, never a digit."""
    number = request.number
    return NewRequest(
        mode=circumstances.mode.value,
        situation=request.case.situation.value,
        applicant_name=request.applicant_name,
        fingerprint=log.fingerprint(number.clear_digits()) if number else None,
        role=request.case.role.value,
        authority_type=request.case.authority,
        authority_name=request.authority_name,
        label_due=decided.label,
        outcome=decided.kind.value,
        content_version=circumstances.catalog.version,
        rules_version=rules.RULES_VERSION,
    )
