"""What the machine gives, its clock and the name of its user, and what it is not to keep: a dump after a crash."""

from __future__ import annotations

import ctypes
import datetime as dt
import getpass
import sys
from contextlib import suppress
from pathlib import Path


def utc_now() -> dt.datetime:
    """The log's clock."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day where the machine stands, which may be another one than UTC's."""
    return dt.date.today()  # noqa: DTZ011


def current_user() -> str:
    """The operating system's user name, for the log's events."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


_PR_SET_DUMPABLE = 4
_NO_CRITICAL_ERRORS, _NO_FAULT_BOX = 0x0001, 0x0002
_NO_HEAP = 0x0001


def leave_no_dumps() -> None:
    """Let the system write no dump of this process, whose memory may hold a register number.

    What it refuses costs only that: it is no reason not to start. Linux: prctl(2), PR_SET_DUMPABLE, as a limit alone
    does not count where dumps are piped to a program. Windows: no error report begins with SEM_NOGPFAULTERRORBOX; one
    that is asked for holds no heap (WerSetFlags), and the installed program is on the list of those not reported.
    """
    with suppress(OSError, ValueError, AttributeError):
        if sys.platform == "win32":
            _on_windows()
        else:
            _on_posix()


if sys.platform == "win32":

    def _on_windows() -> None:
        kernel = ctypes.windll.kernel32
        kernel.SetErrorMode(kernel.GetErrorMode() | _NO_CRITICAL_ERRORS | _NO_FAULT_BOX)
        reports = ctypes.windll.LoadLibrary("wer.dll")
        reports.WerSetFlags(_NO_HEAP)
        if getattr(sys, "frozen", False):
            reports.WerAddExcludedApplication(ctypes.c_wchar_p(Path(sys.executable).name), False)

else:
    import resource

    def _on_posix() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform.startswith("linux"):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
