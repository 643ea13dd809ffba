"""The environment that tests run in: their own, so that no variable of the caller's decides whether they pass.

`tests/conftest.py` makes it before anything else; a test changes it with `monkeypatch.setenv`, and a program that a
test starts gets it from `tests.running.environment`.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import warnings
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = "CCINC_WIZARD_TEST_SURROUNDINGS"
"""Set once it is made: tests that a test starts, on a real screen say, run in what that test gives them."""
HOMES = ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA")
"""Where the user's folders are; each test has its own."""
_KEPT = (
    *("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "TEMP", "TMP", "HOME", "USERPROFILE"),
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE"),
    *("CCINC_WIZARD_WINDOWS_JOB", "CCINC_WIZARD_BUILD_STORE", MADE),
)
"""What of the caller's is needed to run a program at all, and how .ci/windows asks for the long tests."""
_OWN = {
    "LANG": "C.UTF-8",
    "PYTHONPATH": str(ROOT),
    "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    "QT_QPA_PLATFORM": "offscreen",
}
CALLERS = dict(os.environ)
"""The caller's own, for what must reach the registries of his organisation."""


def make() -> None:
    """Turn this process's environment into that of the tests. Raises RuntimeError where Python was started unfit."""
    if os.environ.get(MADE):
        return
    if sys.flags.optimize:
        raise RuntimeError("PYTHONOPTIMIZE or -O takes the checks out of the tests: run them without")
    kept = {name: value for name, value in os.environ.items() if name in _KEPT}
    os.environ.clear()
    os.environ.update(kept | _OWN | {MADE: "1"})
    if hasattr(time, "tzset"):
        time.tzset()
    # A shell lets what it starts in the background ignore Ctrl+C, which some tests press.
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def join(callers: Mapping[str, str]) -> None:
    """Be a worker of tests whose caller has this environment: one is started in the surroundings, and a little more."""
    CALLERS.clear()
    CALLERS.update(callers)
    for name in ("COLUMNS", "LINES"):  # of readline, in whoever started it
        os.environ.pop(name, None)


def forget_warnings() -> None:
    """Put Python's own filters in place of those that the caller's PYTHONWARNINGS made when Python started."""
    sys.warnoptions.clear()
    warnings.resetwarnings()
    for quiet in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", quiet, append=True)


def inherited() -> dict[str, str]:
    """What a program that a test starts is given, the test's own folders among it."""
    names = {*_KEPT, *_OWN, *HOMES}
    return {name: value for name, value in os.environ.items() if name in names}
