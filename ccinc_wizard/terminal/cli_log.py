"""The commands on the request log. A passphrase is typed unseen or read from a pipe, never given as an argument."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from ccinc_wizard.app.machine import utc_now
from ccinc_wizard.app.output import put, say
from ccinc_wizard.app.paths import whole
from ccinc_wizard.app.retention import doubt_in_words, older_than
from ccinc_wizard.app.services import Services
from ccinc_wizard.app.settings import DAYS
from ccinc_wizard.content.files import Lines
from ccinc_wizard.content.wording import exported, log_trouble
from ccinc_wizard.domain.dates import shown_moment
from ccinc_wizard.domain.enums import Status
from ccinc_wizard.requestlog import team as teams
from ccinc_wizard.requestlog.backup import SHORTEST_PASSPHRASE, back_up, restore
from ccinc_wizard.requestlog.errors import LogError
from ccinc_wizard.requestlog.export import EXPORTED, ExportFormat, export, exported_values
from ccinc_wizard.requestlog.log import RequestLog
from ccinc_wizard.requestlog.model import LoggedRequest
from ccinc_wizard.requestlog.schema import DESK_ROLE, setup_sql, update_sql
from ccinc_wizard.terminal.console import end_progress, patiently, show_progress, told_if_slow, without_steering

COMMANDS = ("list", "export", "verify", "backup", "restore", "purge", "team")
TEAM_ACTIONS = ("sql", "update-sql", "new-key", "give-key", "show-key")
_LONGEST_NUMBER = 9


class Refused(Exception):  # noqa: N818 - an answer, not an error
    """The command cannot be done; says why and what to do."""


def run(chosen: argparse.Namespace, services: Services) -> int:
    """Do one of the commands. Returns its exit code."""
    commands: dict[str, Callable[[argparse.Namespace, Services], int]] = {
        "list": _list,
        "export": _export,
        "verify": _verify,
        "backup": _backup,
        "restore": _restore,
        "purge": _purge,
        "team": _team,
    }
    try:
        return commands[chosen.log_command](chosen, services)
    except LogError as error:
        say(log_trouble(services.texts, error))
    except Refused as refusal:
        say(str(refusal))
    return 1


def export_file(text: str) -> Path:
    """The argument of `log export`. Raises ValueError for an ending that stands for no format."""
    path = Path(text)
    if path.suffix.lower() not in list(ExportFormat):
        raise argparse.ArgumentTypeError(", ".join(f"FILE{ending}" for ending in ExportFormat))
    return path


def days(text: str) -> int:
    """The argument of `--older-than`: a term as long as any that may be laid down. Raises ArgumentTypeError."""
    if not (text.isdecimal() and len(text) <= _LONGEST_NUMBER and int(text) in DAYS):
        raise argparse.ArgumentTypeError(f"DAYS {DAYS.start}-{DAYS.stop - 1}")
    return int(text)


def _opened(services: Services) -> RequestLog:
    """The log; says what was cut short before, where opening it has put that right."""
    with told_if_slow(services):
        log = services.open_log()
    if log.mended:
        say(services.texts(f"logview.mended.{log.mended}"))
    return log


def _list(chosen: argparse.Namespace, services: Services) -> int:
    texts = services.texts
    status = Status(chosen.status) if chosen.status else None
    count = 0
    with _opened(services) as log:
        if chosen.json:
            put("[", end="")
        for count, request in enumerate(log.all_found(chosen.search, status), start=1):
            if chosen.json:
                put("," * (count > 1) + "\n" + json.dumps(exported_values(request), ensure_ascii=False), end="")
            else:
                put(_line(request, services))
        if chosen.json:
            put("\n]", flush=True)
    if not count:
        say(texts("cli.log.nothing"))
    return 0


def _line(request: LoggedRequest, services: Services) -> str:
    texts = services.texts
    role = f"choices.role.{request.role}.label"
    cells = (
        request.reference,
        shown_moment(request.saved_at),
        texts(f"log.status.{request.status}"),
        texts(role) if texts.has(role) else request.role,
        request.applicant_name,
        request.authority_name,
    )
    return "\t".join(" ".join(without_steering(cell).split()) for cell in cells)


def _export(chosen: argparse.Namespace, services: Services) -> int:
    _need_folder(chosen.file, services)
    headings = {column: services.texts(f"logview.export_columns.{column}") for column in EXPORTED}
    with _opened(services) as log:
        count = export(log, chosen.file, headings=headings, told=partial(exported, services.texts))
    say(services.texts("cli.log.exported", count=count))
    return 0


def _verify(chosen: argparse.Namespace, services: Services) -> int:
    texts = services.texts
    with _opened(services) as log:
        verdict = log.verify(show_progress)
        if chosen.repair and (verdict.repairable or (verdict.sound and log.to_file)):
            log.rebuild()
            verdict = log.verify(show_progress)
        end_progress()
        for trouble in filter(None, (services.key_trouble(), services.share_trouble())):
            say(trouble)
    limits = "limits" if services.team_log is None else "limits_team"
    say(texts(f"logview.verdict.{limits}"))
    if verdict.sound:
        put(texts("cli.log.sound", count=verdict.events))
        return 0
    for found in verdict.findings:
        said = texts(f"cli.log.trouble.{found.trouble}", sequence=found.sequence)
        say(f"{said} {texts(f'logview.remedy.{found.remedy}')}")
    return 1


def _backup(chosen: argparse.Namespace, services: Services) -> int:
    services.own_log_folder()
    _need_folder(chosen.file, services)
    with _opened(services) as log:
        back_up(log, chosen.file, _new_passphrase(services), patiently(services.texts("care.backing_up")))
    say(services.texts("cli.log.backed_up"))
    return 0


def _restore(chosen: argparse.Namespace, services: Services) -> int:
    folder = services.own_log_folder()
    passphrase = _passphrase(services.texts("cli.log.passphrase"))
    kept = restore(folder, chosen.file, passphrase, utc_now(), patiently(services.texts("care.restoring")))
    words = services.texts("cli.log.restored")
    say(f"{words} {services.texts('cli.log.kept', folder=str(kept))}" if kept else words)
    return 0


def _purge(chosen: argparse.Namespace, services: Services) -> int:
    with _opened(services) as log:
        plan, doubt = older_than(log, chosen.older_than)
        if doubt is not None and not chosen.date_is_right:
            raise Refused(f"{doubt_in_words(services.texts, doubt)} {services.texts('cli.log.date_is_right')}")
        log.erase(plan)
    days = services.texts("settings.days", count=chosen.older_than)
    say(services.texts("cli.log.purged", count=len(plan.rest), days=days))
    return 0


def _team(chosen: argparse.Namespace, services: Services) -> int:
    """For IT: the tables of a team's log, and its key on this desk. The code is read unseen, never an argument."""
    texts, team = services.texts, services.team_log
    if chosen.action == "sql":
        put(setup_sql(team.role if team and team.role else DESK_ROLE), end="")
        return 0
    if chosen.action == "update-sql":
        put(update_sql(), end="")
        return 0
    if team is None:
        raise Refused(texts("cli.log.no_team"))
    if chosen.action == "new-key":
        teams.make_key(team, utc_now())
    if chosen.action == "give-key":
        teams.take_key(team, _passphrase(texts("cli.log.team_code")), utc_now())
        say(texts("cli.log.team_key_kept"))
        return 0
    put(teams.code_of_key(team), flush=True)
    say(texts("care.team_key.keep"))
    return 0


def _need_folder(path: Path, services: Services) -> None:
    if not path.parent.is_dir():
        raise Refused(services.texts("cli.log.no_folder", folder=whole(path.parent)))


def _new_passphrase(services: Services) -> str:
    texts = services.texts
    passphrase = _passphrase(texts("cli.log.new_passphrase"))
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(texts("cli.log.too_short", count=SHORTEST_PASSPHRASE))
    if _live() and _passphrase(texts("cli.log.repeat")) != passphrase:
        raise Refused(texts("cli.log.not_the_same"))
    return passphrase


def _passphrase(prompt: str) -> str:
    if _live():
        return getpass.getpass(f"{prompt} ", stream=sys.stderr)
    return next(Lines(sys.stdin), "") if sys.stdin is not None else ""


def _live() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
