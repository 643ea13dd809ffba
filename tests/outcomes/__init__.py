"""What the program says to each case, to be read: a file a case, whole, and what its other doors say beside that.

`python -m tests.outcomes` writes the files anew; what changed then shows in the review.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from html import unescape
from itertools import product
from pathlib import Path

from ccinc_wizard.content.facts import load_catalog
from ccinc_wizard.content.helpdesk import HelpdeskWords
from ccinc_wizard.content.paper import SheetKind, make_sheet
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.content.wording import Wording, result_lines, step_lines
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.calls import Call, Caller
from ccinc_wizard.domain.enums import Role, Situation
from ccinc_wizard.domain.findings import AccessRequest, Case
from ccinc_wizard.domain.outcome import decide
from ccinc_wizard.domain.register_number import parse

FOLDER = Path(__file__).parent
NOW = dt.datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001
NUMBER = "84.03.12-999.38"


def cases() -> list[Case]:
    """Every situation with every type and role."""
    types = [authority.id for authority in load_catalog().authorities]
    return [Case(situation, role, authority) for situation, authority, role in product(Situation, types, Role)]


def file_of(case: Case) -> Path:
    """Where the words of a case stand."""
    return FOLDER / f"{case.situation}-{case.authority}-{case.role}.md"


def told(case: Case) -> str:
    """The whole result in each language, then only what the other doors say that it does not."""
    parts = [f"# {case.situation}, {case.authority}, {case.role}"]
    for language in languages():
        doors = _doors(case, language)
        whole = doors.pop("result")
        parts.append(f"## {language}\n\n" + "\n".join(f"    {line}".rstrip() for line in whole))
        for door, lines in doors.items():
            beside = [line for line in lines if line not in {_bare(known) for known in whole}]
            if beside:
                parts.append(f"### {language}: {door}\n\n" + "\n".join(f"    {line}" for line in beside))
    return "\n\n".join(parts) + "\n"


def _doors(case: Case, language: str) -> dict[str, list[str]]:
    catalog = load_catalog()
    wording, helper = Wording(Texts(language), catalog), HelpdeskWords(Texts(language), catalog)
    number = parse(NUMBER, today=NOW.date(), fictional=True) if case.situation is Situation.MANUAL else None
    request, outcome = AccessRequest(case, "Lieve Voorbeeldt", number, "De Proefzaal"), decide(case, catalog)
    answers = Answers(situation=case.situation, role=case.role, authority=case.authority)
    doors = {
        "result": "\n".join(result_lines(wording, answers, outcome, request)).split("\n"),
        "steps": _bared([*step_lines(wording.steps(outcome, case.role)), wording.label_notice(outcome)]),
    }
    for kind in (SheetKind.WORKSHEET, *((SheetKind.APPLICANT,) if outcome.link else ())):
        page = make_sheet(kind, wording, today=NOW.date(), request=request, outcome=outcome).html("qr")
        doors[kind.value] = _bared(re.split(r"</?(?:h1|h2|li|p|ol|ul|main)[^>]*>", page.partition("<main>")[2]))
    if outcome.link:
        doors["mail"] = _bared("\n".join(wording.mail(outcome, request)).split("\n"))
    for caller in (Caller.ADMINISTRATOR, Caller.APPLICANT)[: 2 if outcome.link else 1]:
        doors[f"helpdesk, {caller}"] = _bared(helper.advice(Call(NOW, caller, answers)))
    return doors


def _bared(lines: Iterable[str]) -> list[str]:
    return [bare for line in lines if (bare := _bare(line))]


def _bare(line: str) -> str:
    """A line without what only one door puts before it: a number, a box, a tag."""
    return re.sub(r"^(?:\d+\. |☐ )", "", unescape(re.sub(r"<[^>]+>", "", line)).strip())
