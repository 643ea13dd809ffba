"""Makes a virtual environment beside the one that works, and swaps them when the new one is whole.

Whatever stops it halfway, a failure, Ctrl+C or a kill, leaves the earlier one as it was.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bootstrap import environments, fetching, turns
from bootstrap.reasons import NO_SPACE, reason
from bootstrap.system import installed
from bootstrap.talk import NotSetUpError, talk

AN_HOUR = 3600


def set_up(lock: Path, *, insist: bool = False) -> Path | None:
    """Make an environment hold what the lock file names. Returns its Python, or None when that failed.

    Where it fails, an earlier environment that still serves is gone on with; to `insist` is to try even if a try failed
    within the hour, since offline each start would wait for the network.
    """
    if python := environments.ready(lock):
        return python
    refused = "The last try to renew it failed less than an hour ago (python3 run.py setup tries at once)."
    if insist or not _tried(lock):
        try:
            return _built(lock)
        except NotSetUpError as failed:
            refused = str(failed)
        except OSError as failed:
            refused = reason(f"Error: {failed}", str(failed.filename or ""))
    python = environments.older(lock)
    if python:
        _note_the_try(lock)
        refused += " The earlier set-up still works, so this start uses that one."
    talk(refused)
    return python


def _built(lock: Path) -> Path:
    folder = environments.to_build()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with turns.turn(folder):
        tidy(folder)
        # Another start may have set it up while this one waited.
        if python := environments.ready(lock):
            return python
        talk(f"Setting up in {folder}; this takes a minute, once.")
        new = _beside(folder, "new")
        try:
            _fill(new, folder, lock)
            _swap(new, folder)
        finally:
            _remove(new)
    return environments.python_of(folder)


def tidy(folder: Path) -> None:
    """Put in order what a killed set-up left: finish its swap or take the earlier environment back."""
    for kind in ("new", "old"):
        for left in sorted(folder.parent.glob(f"{folder.name}.{kind}-*")):
            if not os.path.lexists(folder) and environments.is_whole(left):
                left.rename(folder)
            else:
                _remove(left)


def _fill(new: Path, folder: Path, lock: Path) -> None:
    _make_environment(new)
    python = environments.python_of(new)
    unpacked = new / "unpacked"
    unpacked.mkdir()
    fetching.install(python, lock, unpacked)
    shutil.rmtree(unpacked, ignore_errors=True)
    _compile_program(python)
    _name_by(folder, new)
    # Whatever the program needs is among what developers need. The stamps come last: they say that it is whole.
    for held in sorted({lock, environments.RUN_LOCK}, key=lambda held: held == environments.RUN_LOCK):
        environments.stamp(new, held)


def _make_environment(new: Path) -> None:
    # A bare Debian keeps that part of Python in a package of its own.
    why = "Python's own venv needs it"
    if importlib.util.find_spec("ensurepip") is None and not installed(["python3-venv"], why):
        raise NotSetUpError(
            "Not set up: this Python lacks the part that makes virtual environments; on Debian and Ubuntu, "
            "ask an administrator: apt-get install python3-venv"
        )
    made, said = fetching.done(
        [sys.executable, "-P", "-m", "venv", str(new)], fetching.without(os.environ, "PYTHON", "PIP_")
    )
    if made:
        return
    if new.exists() and shutil.disk_usage(new).free < 50_000_000:
        # Python does not say so itself.
        raise NotSetUpError(reason(NO_SPACE))
    raise NotSetUpError(reason(said, str(new.parent)))


def _compile_program(python: Path) -> None:
    """Whoever starts the program later may not be allowed to keep its bytecode, or have told Python not to."""
    package = environments.ROOT / "ccinc_wizard"
    if environments.writable(package):
        command = [str(python), "-P", "-m", "compileall", "-qq", str(package)]
        fetching.done(command, fetching.without(os.environ, "PYTHON"))


def _name_by(folder: Path, new: Path) -> None:
    """Let the commands of the new environment name the Python of the place where it is going to stand."""
    for file in environments.python_of(new).parent.iterdir():
        if file.is_file() and not file.is_symlink() and file.suffix != ".dll":
            written = file.read_bytes()
            if os.fsencode(new) in written:
                file.write_bytes(written.replace(os.fsencode(new), os.fsencode(folder)))


def _swap(new: Path, folder: Path) -> None:
    old = _beside(folder, "old")
    if os.path.lexists(folder):
        try:
            folder.rename(old)
        except PermissionError:
            if sys.platform != "win32":
                raise
            raise NotSetUpError("Not renewed: the program is open. Close it and start again.") from None
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    _remove(old)


def _beside(folder: Path, kind: str) -> Path:
    beside = folder.with_name(f"{folder.name}.{kind}-{os.getpid()}")
    _remove(beside)
    return beside


def _remove(folder: Path) -> None:
    """Remove a folder, undisturbed by a second Ctrl+C. What cannot be removed now is left for the next set-up."""
    with _undisturbed():
        if folder.is_symlink():
            folder.unlink()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _tried(lock: Path) -> bool:
    """Whether this very set-up failed within the hour."""
    for folder in environments.known():
        with contextlib.suppress(OSError, ValueError):
            note = folder / f"{lock.stem}.tried"
            age = time.time() - note.stat().st_mtime
            return (
                0 <= age < AN_HOUR
                and note.read_text() == environments.fingerprint(lock)
                and bool(environments.older(lock))
            )
    return False


def _note_the_try(lock: Path) -> None:
    for folder in environments.known():
        if environments.is_whole(folder):
            with contextlib.suppress(OSError):
                if not _tried(lock):
                    (folder / f"{lock.stem}.tried").write_text(environments.fingerprint(lock))
