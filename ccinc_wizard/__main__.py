"""The installed command: the window, or one of the commands. What goes wrong ends in one sentence."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from ccinc_wizard.app import output

if TYPE_CHECKING:
    from ccinc_wizard.app.services import Services

# For a circle of the first page Qt would start threads, and wait for them while the machine is busy.
os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
# A plugin of another program has no say in which facts are accepted; looking for one also takes time.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

LAST_RESORT = "Het programma is gestopt door een fout: {what}. Installeer het opnieuw of geef deze melding door aan uw informaticadienst."  # noqa: E501
"""Said when the words files themselves may be what is broken."""


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the arguments ask. Returns 0 done, 1 the answer is "no" or it failed, 2 wrong usage."""
    # What is made while starting lives as long as the program: looking through it for garbage is time lost.
    gc.disable()
    services: Services | None = None
    try:
        output.set_streams()
        arguments = list(sys.argv[1:] if argv is None else argv)
        if arguments == ["--qt-probe"]:
            return _probe()
        from ccinc_wizard.terminal import starting

        services = starting.make_services(arguments)
        code = _run(arguments, services)
        output.flush()
    except BrokenPipeError:
        return 1  # whoever read the results has gone
    except KeyboardInterrupt:
        output.say("\n" + _in_words(services, "cli.interrupted", "Gestopt."))
        return 1
    except Exception as error:
        output.say(_failure(services, error))
        return 1
    finally:
        output.let_go()
        gc.enable()
    return code


def _run(arguments: list[str], services: Services) -> int:
    from ccinc_wizard.terminal import starting

    try:
        return _window(services) if starting.ask_for_window(arguments) else _command(arguments, services)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1


def _probe() -> int:
    try:
        from ccinc_wizard.ui.shell.help import probe

        return probe()
    except Exception as error:  # whatever it is, the self-test tells it within a sentence of its own
        output.say(f"{type(error).__name__}: {error}")
        return 1


def _command(arguments: list[str], services: Services) -> int:
    from ccinc_wizard.terminal import cli

    chosen = cli.build_parser(services, arguments).parse_args(arguments)
    if chosen.command != "link":
        gc.enable()  # only `link` is over before there is anything to collect
    if not chosen.command:
        return _window(services)
    if why := services.settings_trouble():
        output.say(why)
    try:
        return cli.run(chosen, services)
    except Exception as error:
        _keep(services, error)
        raise


def _keep(services: Services, error: Exception) -> None:
    """Write an error down with its traceback, scrubbed, unless its one sentence says all there is."""
    from ccinc_wizard.content.files import ContentError
    from ccinc_wizard.requestlog.errors import LogError

    if not isinstance(error, ContentError | LogError | OSError | output.OutputError):
        from ccinc_wizard.app.errorlog import ErrorLog

        with suppress(LogError):
            ErrorLog(services.paths.data).take(error)


def _window(services: Services) -> int:
    from ccinc_wizard.terminal import starting

    reason = starting.why_no_screen() if starting.has_screen() else ""
    if starting.has_screen() and not reason:
        try:
            from ccinc_wizard.ui.shell.app import run_window
        except ImportError as error:
            reason = str(error)
        else:
            return run_window(services)
    gc.enable()
    output.say(services.texts("cli.no_window", reason=reason) if reason else services.texts("cli.no_screen"))
    from ccinc_wizard.terminal import wizard

    return wizard.ask(services)


def _failure(services: Services | None, error: Exception) -> str:
    from ccinc_wizard.content.files import ContentError
    from ccinc_wizard.requestlog.errors import LogError

    what = f"{type(error).__name__}: {error}"
    if isinstance(error, output.OutputError):
        words = _of_output(services, error, LAST_RESORT.format(what=what))
    elif isinstance(error, LogError):
        words = _of_log(services, error, LAST_RESORT.format(what=what))
    elif isinstance(error, ContentError | FileNotFoundError):
        words = _in_words(services, "cli.refused", LAST_RESORT.format(what=error), why=str(error))
    else:
        words = LAST_RESORT.format(what=what)
    return _scrubbed(words)


def _scrubbed(words: str) -> str:
    try:
        from ccinc_wizard.domain.redaction import scrub
    except ImportError:
        return LAST_RESORT.format(what="ImportError")
    return " ".join(scrub(words).split())


def _of_log(services: Services | None, error: Exception, otherwise: str) -> str:
    try:
        from ccinc_wizard.content.wording import log_trouble

        return log_trouble(services.texts, error) if services else otherwise
    except Exception:  # the words may be what is broken
        return otherwise


def _of_output(services: Services | None, error: output.OutputError, otherwise: str) -> str:
    cause = error.__cause__
    try:
        from ccinc_wizard.content.texts import system_reason

        why = system_reason(services.texts, cause) if services and isinstance(cause, OSError) else ""
    except Exception:  # the words may be what is broken
        return otherwise
    return _in_words(services, f"cli.output.{error.trouble}", otherwise, why=why)


def _in_words(services: Services | None, key: str, otherwise: str, **values: str) -> str:
    try:
        return services.texts(key, **values) if services else otherwise
    except Exception:  # the words may be what is broken
        return otherwise


if __name__ == "__main__":
    sys.exit(main())
