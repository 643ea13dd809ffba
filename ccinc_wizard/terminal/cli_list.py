"""A list of people judged from the command line: a line a row, or JSON. No digit of a register number in it."""

from __future__ import annotations

import argparse
import json
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING

from ccinc_wizard.app.output import put, say
from ccinc_wizard.app.saving import earlier_requests
from ccinc_wizard.content.list_words import ListError, ListWords, PeopleList, rule_ids
from ccinc_wizard.content.lists import read_list
from ccinc_wizard.content.wording import log_trouble
from ccinc_wizard.domain.enums import Situation
from ccinc_wizard.domain.lists import Checked, Report, RowVerdict, check
from ccinc_wizard.domain.outcome import decide
from ccinc_wizard.requestlog.errors import LogError
from ccinc_wizard.terminal.console import patiently

if TYPE_CHECKING:
    from ccinc_wizard.app.services import Services
    from ccinc_wizard.domain.findings import EarlierRequest
    from ccinc_wizard.domain.register_number import RegisterNumber
    from ccinc_wizard.requestlog.log import RequestLog


def run(chosen: argparse.Namespace, services: Services) -> int:
    """Judge the list. Returns 1 when a row is an error or a question, or the list cannot be judged."""
    words = ListWords(services.texts, services.catalog)
    try:
        people = read_list(chosen.file, words, patiently(services.texts("cli.reading")))
    except ListError as error:
        if chosen.json:
            _put_json([], [words.trouble(error)])
        say(words.trouble(error))
        return 1
    report, notices = _judged(people, services, words, Situation(chosen.situation))
    notices = [*words.notes(people), *words.aside(report), *notices]
    if chosen.json:
        _put_json([_told(row, services) for row in report.rows], notices)
    else:
        for row in report.rows:
            put(f"{row.row}\t{row.verdict}\t{','.join(rule_ids(row))}")
        for notice in notices:
            say(notice)
    return int(any(row.verdict in (RowVerdict.ERROR, RowVerdict.QUESTION) for row in report.rows))


def _judged(people: PeopleList, services: Services, words: ListWords, situation: Situation) -> tuple[Report, list[str]]:
    """The report, by what the log knows as well where there is one, and what is to be said of that."""
    notices = []
    log: RequestLog | None = None
    try:
        log = services.open_log() if services.has_log() else None
    except LogError as error:
        notices.append(log_trouble(services.texts, error))

    def earlier_of(number: RegisterNumber) -> list[EarlierRequest]:
        return earlier_requests(log, number) if log else []

    with closing(log) if log else nullcontext():
        vocabulary, circumstances = words.vocabulary, services.circumstances()
        return check(people.rows, circumstances, vocabulary, situation=situation, earlier_of=earlier_of), notices


def _told(row: Checked, services: Services) -> dict[str, object]:
    outcome = decide(row.request.case, services.catalog) if row.request else None
    return {
        "row": row.row,
        "verdict": row.verdict.value,
        "findings": rule_ids(row),
        "link": outcome.link if outcome else None,
        "label": any(finding.rule == "label_due" for finding in row.findings),
    }


def _put_json(rows: list[dict[str, object]], notices: list[str]) -> None:
    put(json.dumps({"rows": rows, "notices": notices}, ensure_ascii=False, indent=1))
