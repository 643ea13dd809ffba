"""The start of a frozen program beside that of a bare window frozen in the same way: how long, what is read, how large.

Neither is changed for it: Qt says itself when a window is painted (its logging category `qt.widgets.painting`), and
both are ended then. A folder with an .exe runs under Wine where this is no Windows.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "packaging"))

from winbuild.build import toolchain
from winbuild.freeze import freeze
from winbuild.plan import CONSOLE_EXE, NAME, BuildError, Plan, files_in, is_team_part, program_version, source_date
from winbuild.windows import ON_WINDOWS, Windows

PAINTED = b"Flushing QRegion"
"""What Qt says once a whole window has gone to the screen."""
TELLS = {"QT_LOGGING_RULES": "qt.widgets.painting=true", "QT_FORCE_STDERR_LOGGING": "1"}
WINES_LOOK = 23
"""Wine reads so many bytes of each file in a folder that is listed, to see whether it is a link; Windows does not."""
_LOOK = ("pread64", str(WINES_LOOK))
_CALL = re.compile(r"^(\d+) +(?:(read|pread64|mmap)\((.*)|<\.\.\. (?:read|pread64|mmap) resumed>(.*))$")


Lines = Callable[[subprocess.Popen[bytes]], Iterable[bytes]]
"""Gives the lines that a program says on stderr."""


@dataclass(frozen=True)
class Frozen:
    """A program folder, and how this machine runs what is in it."""

    folder: Path
    command: tuple[str, ...]
    environment: dict[str, str]
    windows: Windows | None = None

    @property
    def system(self) -> str:
        """What it runs on here."""
        return "native" if ON_WINDOWS or self.windows is None else "Wine"

    def path(self, path: Path) -> str:
        """How the program calls a file."""
        return self.windows.path(path) if self.windows else str(path)


def frozen_in(folder: Path, store: Path) -> Frozen:
    """The program in a folder. Raises FileNotFoundError where there is none; BuildError where Wine cannot run it."""
    folder = folder.resolve()
    native, windows = folder / NAME, Windows(store / "wine")
    if (folder / CONSOLE_EXE).is_file():
        windows.start()
        tells = TELLS if ON_WINDOWS else {f"WINE{name}": value for name, value in TELLS.items()}
        return Frozen(folder, tuple(windows.command(folder / CONSOLE_EXE)), windows.environment(tells), windows)
    if native.is_file():
        return Frozen(folder, (str(native),), {**os.environ, "QT_QPA_PLATFORM": "offscreen", **TELLS})
    raise FileNotFoundError(f"{folder} holds neither {CONSOLE_EXE} nor {NAME}: a frozen program is wanted.")


def bare_window(program: Frozen, store: Path, work: Path) -> Path:
    """The folder of an empty window, frozen as this program is. Raises BuildError where it must be given."""
    if program.windows is None:
        raise BuildError("Only for Windows is the bare window frozen here: name the folder of one with --bare DIR.")
    plan = Plan(program_version(), source_date(), work, work)
    freeze(plan, toolchain(store, None, print), Path(__file__).with_name("bare_window.py"))
    return plan.frozen


@dataclass(frozen=True)
class Reads:
    """What a start reads of its program's folder."""

    files: int
    size: int
    """Bytes that are read or mapped into memory."""
    modules: int
    """Bytes that are read: Python's modules and words, so that it grows with the work, on however busy a machine."""


def reads(program: Frozen, arguments: Sequence[str], traced: Path, lines_of: Lines) -> Reads | None:
    """What strace sees of one start, up to its paint; None where it is missing or not allowed to look."""
    if not shutil.which("strace"):
        return None
    # What it says is traced as well, so that nothing counts that comes after the paint, before it is ended.
    looks = ["-f", "-y", "-s64", "-e", "trace=read,pread64,mmap,write", "-o", str(traced)]
    command = ["strace", "-I2", *looks, *program.command]  # -I2: else it cannot be ended while it writes to a file
    if program.windows and not ON_WINDOWS:  # else Wine's server is started by what is traced, and its reads count too
        subprocess.run(["wineserver", "-p60"], env=program.environment, check=False)
    with subprocess.Popen(
        [*command, *arguments], env=program.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        painted = any(PAINTED in line for line in lines_of(process))
        with contextlib.suppress(FileNotFoundError):
            for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
                os.kill(int(child), signal.SIGKILL)
        # Else strace waits for what of Wine's own was started too, which a build in the same Windows may be using.
        process.terminate()
    trace = traced.read_text(errors="replace").partition(PAINTED.decode())[0]
    return counted(trace, str(program.folder) + os.sep) if painted else None


def counted(trace: str, below: str) -> Reads:
    """The files below a folder that a trace of strace names, and their bytes; what is mapped counts once a file."""
    begun: dict[str, tuple[str, str]] = {}
    read: defaultdict[str, int] = defaultdict(int)
    mapped: defaultdict[str, int] = defaultdict(int)
    for line in trace.splitlines():
        if not (call := _CALL.match(line)):
            continue
        process, name, told, rest = call.groups()
        if name is None:
            name, told = begun.pop(process, ("", ""))
            told += rest
        if told.endswith("<unfinished ...>"):
            begun[process] = name, told.removesuffix("<unfinished ...>")
            continue
        file, result = re.search(r"\d<([^>]*)>", told), told.rpartition(" = ")[2]
        if not file or not file[1].startswith(below) or result.startswith("-") or (name, result) == _LOOK:
            continue
        if name == "mmap":
            mapped[file[1]] = max(mapped[file[1]], int(told.split(", ")[1]))
        else:
            read[file[1]] += int(result)
    modules = sum(size for file, size in read.items() if file not in mapped)
    return Reads(len({*read, *mapped}), sum(read.values()) + sum(mapped.values()), modules)


def team_size(folder: Path) -> int:
    """The bytes of what only a team's log needs."""
    return sum(path.stat().st_size for path in files_in(folder) if is_team_part(path, folder))


def installed_size(folder: Path) -> int:
    """The bytes of all its files."""
    return sum(path.stat().st_size for path in files_in(folder))
