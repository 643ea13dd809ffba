"""How days and moments are shown: in one form everywhere, so that what one sees is what a search finds."""

from __future__ import annotations

import datetime as dt
import re

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])[/.-](0?[1-9]|1[0-2])(?:[/.-](\d{1,4}))?")
_CENTURY = "20"


def shown_day(day: dt.date) -> str:
    """A day as Belgium writes it, in whichever language: `27/11/2026`."""
    return f"{day:%d/%m/%Y}"


def shown_moment(moment: dt.datetime) -> str:
    """An aware moment in this machine's time, or one that is so already: `27/11/2026 14:05`."""
    local = moment.astimezone() if moment.tzinfo else moment
    return f"{shown_day(local)} {local:%H:%M}"


def written_day(part: str) -> str:
    """`3-5-2026`, `03.05.26` and `2026-05-03` as `03/05/2026`, also half typed; nothing for what is no day."""
    part = part.strip(",;()")
    if iso := _ISO_DAY.fullmatch(part):
        return f"{iso[3]}/{iso[2]}/{iso[1]}"
    if not (day := _DAY.fullmatch(part)):
        return ""
    year = day[3] or ""
    if len(year) == len(_CENTURY) and year != _CENTURY:
        year = _CENTURY + year
    return "/".join(filter(None, (f"{int(day[1]):02}", f"{int(day[2]):02}", year)))
