"""No crash leaves the memory of this program on a disk: a register number may be in it."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

_PR_SET_DUMPABLE = 4
_NO_CRITICAL_ERRORS, _NO_FAULT_BOX = 0x0001, 0x0002
_NO_HEAP = 0x0001


def leave_none() -> None:
    """Let the system write no dump of this process. What it refuses costs only that: it is no reason not to start.

    Linux: prctl(2), PR_SET_DUMPABLE, as a limit alone does not count where dumps are piped to a program. Windows:
    no error report begins with SEM_NOGPFAULTERRORBOX; one that is asked for holds no heap (WerSetFlags), and the
    installed program is on the list of those that are not reported.
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
