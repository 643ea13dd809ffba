"""Where virtual environments stand, and what each of them holds.

Beside the packages an environment keeps a stamp for each lock file: its fingerprint, then the lock itself.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bootstrap.talk import NotSetUpError

ROOT = Path(__file__).resolve().parents[2]
RUN_LOCK = ROOT / "requirements" / "run.txt"
DEV_LOCK = ROOT / "requirements" / "dev.txt"


def in_the_checkout() -> Path:
    """Where an environment stands as long as the checkout may be written."""
    return ROOT / ".venv"


def in_the_cache() -> Path | None:
    """Where it stands for a user who may only read the checkout; nowhere for one without a home."""
    named = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    try:
        cache = Path(named) if named else Path.home() / ".cache"
    except RuntimeError:
        return None
    return cache / "ccinc-wizard" / hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]


def known() -> list[Path]:
    """Every folder an environment may stand in: another user may have set up the one in the checkout."""
    return [folder for folder in (in_the_checkout(), in_the_cache()) if folder]


def to_build() -> Path:
    """The folder in which this user may set up."""
    if writable(ROOT):
        return in_the_checkout()
    cache = in_the_cache()
    if cache is None:
        raise NotSetUpError(
            "Nothing was set up: this folder may not be written and the user has no home folder. "
            "Set XDG_CACHE_HOME to a folder of this user."
        )
    return cache


def writable(folder: Path) -> bool:
    """Whether this user may make files there. What Windows says of a folder's rights is no answer, so it is tried."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def python_of(folder: Path) -> Path:
    """The Python of an environment, there or not."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def fingerprint(lock: Path) -> str:
    """What an environment that holds this lock file is known by."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


def stamp(folder: Path, lock: Path) -> None:
    """Note in an environment that it holds this lock file."""
    _stamp_file(folder, lock).write_text(f"{fingerprint(lock)}\n{lock.read_text()}")


def is_whole(folder: Path) -> bool:
    """Whether setting it up came to its end."""
    return _stamp_file(folder, RUN_LOCK).is_file()


def ready(lock: Path) -> Path | None:
    """The Python of an environment that holds this lock file, if there is one."""
    for folder in known():
        if _stamped(folder, lock).partition("\n")[0] == fingerprint(lock) and python_of(folder).is_file():
            return python_of(folder)
    return None


def older(lock: Path) -> Path | None:
    """The Python of an environment that was set up for an earlier lock or Python, and still serves."""
    for folder in known():
        if names(lock.read_text()) <= names(_stamped(folder, lock)) and _runs(python_of(folder)):
            return python_of(folder)
    return None


def names(locked: str) -> set[str]:
    """The packages that the text of a lock file names."""
    return set(re.findall(r"^([\w.-]+)(?:\[[^\]]*\])?==", locked, re.MULTILINE))


def _runs(python: Path) -> bool:
    try:
        return subprocess.run([python, "-I", "-c", ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _stamped(folder: Path, lock: Path) -> str:
    try:
        return _stamp_file(folder, lock).read_text()
    except (OSError, ValueError):
        return ""


def _stamp_file(folder: Path, lock: Path) -> Path:
    return folder / f"{lock.stem}.stamp"
