"""What the events add up to: one row a request. The table can be made anew from the events at any time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, replace

from ccinc_wizard.domain.terms import Status
from ccinc_wizard.requestlog.model import EventKind, LoggedRequest, NewRequest

_NAMES = ("applicant_name", "note")
_TOLD = tuple(entry.name for entry in fields(NewRequest))
FIELDS = tuple(entry.name for entry in fields(LoggedRequest))


def contents_of(new: NewRequest, reference: str) -> tuple[dict[str, object], dict[str, object]]:
    """What the first event of a request says: names and notes, and the rest."""
    told: dict[str, object] = {name: getattr(new, name) for name in _TOLD} | {"reference": reference}
    told["fingerprint"] = new.fingerprint.hex() if new.fingerprint else ""
    return {name: told.pop(name) for name in _NAMES}, told


def applied(
    before: LoggedRequest | None, kind: str, request: int, names: Mapping[str, object], rest: Mapping[str, object]
) -> LoggedRequest:
    """The request after one more event. `names` is empty once it has been erased."""
    at = dt.datetime.fromisoformat(str(rest["at"]))
    if kind == EventKind.REQUESTED:
        return _first(request, at, names, rest)
    if before is None:
        raise ValueError("a request begins with being requested")
    detail, told = str(rest.get("detail", "")), str(names.get("note", ""))
    note = told if rest.get("undone") else told or before.note
    # A note written after the names were erased is again something to erase.
    before = replace(before, names_erased=before.names_erased and not told)
    if kind == EventKind.STATUS:
        return replace(before, status=Status(detail), changed_at=at, note=note)
    if kind == EventKind.TICK:
        ticks = dict.fromkeys(before.ticks)
        if rest.get("done"):
            ticks[detail] = None
        else:
            ticks.pop(detail, None)
        return replace(before, ticks=tuple(ticks))
    return replace(before, note=note)


def to_row(request: LoggedRequest) -> tuple[object, ...]:
    """The request as the table has it, in the order of `schema.REQUEST_COLUMNS`."""
    values = {name: getattr(request, name) for name in FIELDS}
    values["saved_at"], values["changed_at"] = request.saved_at.isoformat(), request.changed_at.isoformat()
    values["status"], values["ticks"] = request.status.value, " ".join(request.ticks)
    values["label_due"], values["names_erased"] = int(request.label_due), int(request.names_erased)
    return tuple(values[name] for name in FIELDS)


def from_row(row: tuple[object, ...]) -> LoggedRequest:
    """The request that a row of the table tells of."""
    values = dict(zip(FIELDS, row, strict=True))
    for name in ("saved_at", "changed_at"):
        values[name] = dt.datetime.fromisoformat(str(values[name]))
    fingerprint = values["fingerprint"]
    values["fingerprint"] = bytes(fingerprint) if isinstance(fingerprint, bytes | memoryview) else None
    values["status"] = Status(str(values["status"]))
    values["ticks"] = tuple(str(values["ticks"]).split())
    values["label_due"], values["names_erased"] = bool(values["label_due"]), bool(values["names_erased"])
    return LoggedRequest(**values)  # type: ignore[arg-type]


def _first(request: int, at: dt.datetime, names: Mapping[str, object], rest: Mapping[str, object]) -> LoggedRequest:
    fingerprint = str(rest["fingerprint"])
    return LoggedRequest(
        id=request,
        reference=str(rest["reference"]),
        saved_at=at,
        changed_at=at,
        status=Status.REQUESTED,
        mode=str(rest["mode"]),
        situation=str(rest["situation"]),
        applicant_name=str(names.get("applicant_name", "")),
        fingerprint=bytes.fromhex(fingerprint) if fingerprint else None,
        role=str(rest["role"]),
        authority_type=str(rest["authority_type"]),
        authority_name=str(rest["authority_name"]),
        label_due=bool(rest["label_due"]),
        outcome=str(rest["outcome"]),
        content_version=str(rest["content_version"]),
        rules_version=str(rest["rules_version"]),
        note=str(names.get("note", "")),
        ticks=(),
        names_erased=not names,
    )


def without_names(request: LoggedRequest) -> LoggedRequest:
    """The request once names and notes have been erased."""
    return replace(request, applicant_name="", note="", names_erased=True)
