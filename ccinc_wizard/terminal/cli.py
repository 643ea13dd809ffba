"""The command line: what other programs and people without a window call. Knows no Qt."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from ccinc_wizard import __version__
from ccinc_wizard.app.output import put, say
from ccinc_wizard.app.paths import APP_NAME
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.files import Lines, readable
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.domain.enums import Mode, Role, Situation, Status
from ccinc_wizard.terminal.starting import DATA_FOLDER, LANGUAGE, MODE

_MESSAGES = (
    (r"the following arguments are required: (?P<what>.+)", "required"),
    (r"unrecognized arguments: (?P<what>.+)", "unknown"),
    (r"argument (?:command|{[^}]+}|action): invalid choice: (?P<what>.+) \(choose from (?P<allowed>.+)\)", "command"),
    (r"argument (?P<option>[^:]+): invalid choice: (?P<what>.+) \(choose from (?P<allowed>.+)\)", "choice"),
    (r"argument (?P<option>[^:]+): expected .+", "value"),
    (r"argument [^:]+: ignored explicit argument (?P<what>.+)", "unknown"),
    (r"argument (?P<option>[^:]+): (?P<what>DAYS .+)", "days"),
    (r"argument (?P<option>[^:]+): (?P<what>.+)", "other"),
)
"""What argparse says in English, by the key of our words for it; another sentence is passed on as it is."""
_AT_ONCE = ("-h", "--help", "--version")
"""What is done as soon as it is read, whatever follows."""
_ASKS_HELP = "/?"
"""As one asks for help on Windows."""


def nearest(wrong: str, known: Iterable[str]) -> str:
    """Which of these was probably meant: a longer or shorter form, or a slip in it; nothing where none is like it."""
    from difflib import get_close_matches

    wanted, bare = _bare(wrong), {_bare(one): one for one in known}
    if wanted in ("", "?"):
        return bare.get("help", "")
    begun = [one for one in bare if one.startswith(wanted) or (len(one) > 1 and wanted.startswith(one))]
    # A slip is seldom in the first letter: with another one it is another word.
    alike = [one for one in get_close_matches(wanted, bare) if one[:1] == wanted[:1]]
    found = [wanted] if wanted in bare else [*begun, *alike]
    return bare[found[0]] if found else ""


def _bare(name: str) -> str:
    return name.lstrip("-/").casefold().replace("_", "-")


class AuthorityIds:
    """The ids of the authority types; the catalog is read only when someone looks."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def __iter__(self) -> Iterator[str]:
        return (authority.id for authority in self._services.catalog.authorities)

    def __contains__(self, value: object) -> bool:
        return value in list(self)

    def __str__(self) -> str:
        return ", ".join(self)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks the program's languages and ends wrong usage with what is allowed."""

    def __init__(self, *, texts: Texts, types: AuthorityIds | None = None, **options: object) -> None:
        class Formatter(argparse.HelpFormatter):
            def add_usage(  # type: ignore[no-untyped-def]
                self, usage, actions, groups, prefix=None
            ) -> None:
                super().add_usage(usage, actions, groups, texts("cli.usage") if prefix is None else prefix)

        super().__init__(add_help=False, allow_abbrev=False, formatter_class=Formatter, **options)  # type: ignore[arg-type]
        self.texts = texts
        self._types = types
        self.own = self.add_argument_group(texts("cli.options_title"))
        self.own.add_argument("-h", "--help", action="help", help=texts("cli.options.help"))
        self.commands: dict[str, Parser] = {}

    def parse_args(self, args: Sequence[str]) -> argparse.Namespace:  # type: ignore[override]
        """An option that does not exist is told first: argparse takes its value for a command."""
        self._refuse_unknown(list(args))
        return super().parse_args(args)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and what is allowed, and end with 2; a register number among the words is masked."""
        self._end(self._in_words(message))

    def _refuse_unknown(self, rest: list[str]) -> None:
        while rest and (given := rest.pop(0)) not in ("--", *_AT_ONCE):
            name, sign, _ = given.partition("=")
            known = self._option_string_actions.get(name)
            if given in self.commands:
                self.commands[given]._refuse_unknown(rest)
                return
            if known is not None:
                # Its value is no option, whatever it is called.
                del rest[: 0 if sign or known.nargs == 0 else 1]
            elif given == _ASKS_HELP or re.fullmatch(r"-[^\d\s]\S*", name):
                options = sorted(one for one in self._option_string_actions if one.startswith("--"))
                near = self._meant(name, options) or self.texts("cli.wrong.one_of", allowed=", ".join(options))
                self._end(f"{self.texts('cli.wrong.option', what=name)} {near}")

    def _meant(self, wrong: str, known: Iterable[str]) -> str:
        near = nearest(wrong, known)
        return self.texts("cli.wrong.meant", near=near) if near else ""

    def _end(self, words: str) -> NoReturn:
        from ccinc_wizard.domain.redaction import scrub

        self.print_usage(sys.stderr)
        allowed = [self.texts("cli.allowed_types", types=str(self._types))] if self._types else []
        self.exit(2, "\n".join([*allowed, scrub(words), ""]))

    def _print_message(self, message: str, file: object = None) -> None:
        """As argparse does it, but for results that cannot be written: it would not say so."""
        if file is sys.stderr:
            say(message, end="")
        else:
            put(message, end="")

    def _in_words(self, message: str) -> str:
        for pattern, key in _MESSAGES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                # Some Pythons quote what may be chosen, others do not.
                words = {name: re.sub(r"(?<!\w)'|'(?!\w)|[{}]", "", said) for name, said in found.groupdict().items()}
                told = self.texts(f"cli.wrong.{key}", **words)
                known = [*words.get("allowed", "").split(", "), *(_AT_ONCE if key == "command" else ())]
                return f"{told} {self._meant(words['what'], known)}".rstrip() if key in ("command", "choice") else told
        return message


def build_parser(services: Services, arguments: Sequence[str]) -> Parser:
    """The parser for these arguments; the commands of `log` are only made where it is among them."""
    texts, types = services.texts, AuthorityIds(services)
    program = Parser(
        texts=texts, prog=APP_NAME, description=texts("cli.about"), epilog=texts("cli.commands_hint", program=APP_NAME)
    )
    program.own.add_argument(
        "--version", action="version", version=f"{APP_NAME} {__version__}", help=texts("cli.options.version")
    )
    _add_common(program)
    commands = program.add_subparsers(title=texts("cli.commands_title"), dest="command", parser_class=Parser)

    def command(name: str, types: AuthorityIds | None = None) -> Parser:
        words = texts(f"cli.commands.{name.replace('-', '_')}")
        made: Parser = commands.add_parser(name, texts=texts, types=types, help=words, description=words)
        program.commands[name] = made
        _add_common(made)
        return made

    _add_pair(command("link", types), types)
    steps = command("steps", types)
    _add_pair(steps, types)
    steps.own.add_argument(
        "--route", choices=list(map(str, Situation)), default=str(Situation.FORM), help=texts("cli.options.route")
    )
    steps.own.add_argument("--json", action="store_true", help=texts("cli.options.json"))
    command("check-number")
    mail = command("mail")
    mail.own.add_argument("file", metavar="FILE", nargs="?", default="", help=texts("cli.mail.file"))
    mail.own.add_argument("--json", action="store_true", help=texts("cli.options.json"))
    mail.own.add_argument("--number", action="store_true", help=texts("cli.mail.number"))
    command("ask")
    _add_list_commands(command("list"))
    log = command("log")
    if "log" in arguments:
        _add_log_commands(log)
    command("selftest")
    return program


def run(chosen: argparse.Namespace, services: Services) -> int:
    """Do one command. Returns its exit code."""
    if chosen.command == "link":
        put(services.catalog.link(chosen.authority, Role(chosen.role)))
        return 0
    if chosen.command == "steps":
        return _steps(services, chosen.authority, Role(chosen.role), Situation(chosen.route), as_json=chosen.json)
    from ccinc_wizard.app import machine

    machine.leave_no_dumps()
    if chosen.command == "ask":
        from ccinc_wizard.terminal import wizard

        return wizard.ask(services)
    if chosen.command == "list":
        from ccinc_wizard.terminal import cli_list

        return cli_list.run(chosen, services)
    if chosen.command == "log":
        from ccinc_wizard.terminal import cli_log

        return cli_log.run(chosen, services)
    if chosen.command == "mail":
        from ccinc_wizard.terminal import cli_mail

        return cli_mail.run(chosen, services)
    if chosen.command == "selftest":
        from ccinc_wizard.terminal.selftest import SelfTest

        return SelfTest(services).run()
    return _check_numbers(services)


def _add_common(parser: Parser) -> None:
    # SUPPRESS: an option before the command must not be put back to its default by the command.
    texts, suppressed = parser.texts, argparse.SUPPRESS
    add = parser.own.add_argument
    add(MODE, choices=list(map(str, Mode)), default=suppressed, help=texts("cli.options.mode"))
    add(LANGUAGE, choices=languages(), default=suppressed, help=texts("cli.options.lang"))
    add(DATA_FOLDER, metavar="DIR", type=_folder, default=suppressed, help=texts("cli.options.data_dir"))


def _folder(text: str) -> str:
    """A folder's name: none at all would be the usual folder, and so perhaps the real log where a script failed."""
    if not text.strip():
        raise argparse.ArgumentTypeError("expected one argument")
    return text


def _add_list_commands(parser: Parser) -> None:
    texts = parser.texts
    words = texts("cli.list.check")
    commands = parser.add_subparsers(
        title=texts("cli.commands_title"), dest="list_command", required=True, parser_class=Parser, metavar="{check}"
    )
    made: Parser = commands.add_parser("check", texts=texts, help=words, description=words)
    parser.commands["check"] = made
    _add_common(made)
    made.own.add_argument("file", metavar="FILE", type=Path, help=texts("cli.list.file"))
    situations = list(map(str, Situation))
    made.own.add_argument("--situation", choices=situations, default=situations[0], help=texts("cli.list.situation"))
    made.own.add_argument("--json", action="store_true", help=texts("cli.options.json"))


def _add_log_commands(parser: Parser) -> None:
    from ccinc_wizard.terminal.cli_log import COMMANDS, TEAM_ACTIONS, days, export_file

    texts = parser.texts
    commands = parser.add_subparsers(
        title=texts("cli.commands_title"),
        dest="log_command",
        required=True,
        parser_class=Parser,
        metavar="{" + ",".join(COMMANDS) + "}",
    )
    made = parser.commands
    for name in COMMANDS:
        words = texts(f"cli.log.{name}")
        made[name] = commands.add_parser(name, texts=texts, help=words, description=words)
        _add_common(made[name])
    made["list"].own.add_argument("--search", metavar="TEXT", type=readable, default="", help=texts("cli.log.search"))
    made["list"].own.add_argument("--status", choices=list(map(str, Status)), default="", help=texts("cli.log.status"))
    made["list"].own.add_argument("--json", action="store_true", help=texts("cli.options.json"))
    made["export"].own.add_argument("file", metavar="FILE", type=export_file, help=texts("cli.log.file"))
    for name in ("backup", "restore"):
        made[name].own.add_argument("file", metavar="FILE", type=Path, help=texts("cli.log.file"))
    made["purge"].own.add_argument(
        "--older-than", metavar="DAYS", type=days, required=True, help=texts("cli.log.older_than")
    )
    made["verify"].own.add_argument("--repair", action="store_true", help=texts("cli.log.repair"))
    made["purge"].own.add_argument("--date-is-right", action="store_true", help=texts("cli.log.right_date"))
    made["team"].own.add_argument("action", choices=TEAM_ACTIONS, help=texts("cli.log.team_action"))


def _add_pair(parser: Parser, types: AuthorityIds) -> None:
    words = parser.texts("cli.options.authority", types="%(choices)s")
    parser.own.add_argument("--authority", metavar="TYPE", required=True, choices=types, help=words)
    parser.own.add_argument(
        "--role", required=True, choices=list(map(str, Role)), help=parser.texts("cli.options.role")
    )


def _steps(services: Services, authority: str, role: Role, route: Situation, *, as_json: bool) -> int:
    from ccinc_wizard.content.wording import Wording, step_lines
    from ccinc_wizard.domain.findings import Case
    from ccinc_wizard.domain.outcome import decide

    outcome = decide(Case(route, role, authority), services.catalog)
    wording = Wording(services.texts, services.catalog)
    steps = wording.steps(outcome, role)
    if as_json:
        due = services.catalog.label
        label = {"name": due.name, "approver": due.approver} if outcome.label else None
        told = {
            "authority": authority,
            "role": role.value,
            "route": route.value,
            "link": outcome.link,
            "label": label,
            "steps": [
                {"number": number, "id": step.id, "text": step.text, "value": step.copyable}
                for number, step in enumerate(steps, start=1)
            ],
            "contacts": wording.contacts(),
        }
        put(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    put("\n".join(step_lines(steps)))
    if notice := wording.label_notice(outcome):
        put(f"\n{notice}")
    return 0


def _check_numbers(services: Services) -> int:
    from ccinc_wizard.app.machine import today
    from ccinc_wizard.domain.register_number import RegisterNumberError, parse

    if sys.stdin is None:
        return 0
    if sys.stdin.isatty():
        say(services.texts("cli.check_number_hint"))
    wrong = False
    for line in Lines(sys.stdin):
        try:
            number = parse(line, today=today(), fictional=services.mode is Mode.TRAINING)
        except RegisterNumberError as error:
            wrong = True
            put(f"error\t{error.reason.value}", flush=True)
        else:
            put(f"ok\t{number.kind.value}\t{number.clear_format()}", flush=True)
    return int(wrong)
