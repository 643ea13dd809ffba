"""What is built, from what and where to."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
NAME = "ccinc-wizard"
WINDOW_EXE, CONSOLE_EXE = f"{NAME}w.exe", f"{NAME}.exe"
"""As with python.exe and pythonw.exe: the plain name is the command of the contract, the `w` opens no console."""

FILE_LIST = "_internal/files.sha256"
"""What `ccinc_wizard/app/installation.py` reads on the user's machine."""
TEAM_PARTS = ("_internal/psycopg", "_internal/psycopg_binary")
"""The folders of what only a team's log needs: the setup can leave them out."""
TEAM_FILE_LIST = f"{TEAM_PARTS[0]}/files.sha256"
AnyPath = TypeVar("AnyPath", bound=PurePath)


def program_of(home: AnyPath) -> AnyPath:
    """Where the setup puts the program for the user with this folder."""
    return home / "AppData" / "Local" / "Programs" / NAME


def data_of(home: Path) -> Path:
    """What the program keeps for the user with this folder."""
    return home / "AppData" / "Local" / NAME


class BuildError(Exception):
    """The build cannot go on; the message says what to do."""


class UnavailableError(BuildError):
    """A tool or library cannot be had on this machine now: no fault of the sources."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One build."""

    version: str
    """X.Y.Z: Windows compares installed versions number by number."""
    epoch: int
    """Seconds since 1970 that stand for every date in the result, so that two builds are the same."""
    work: Path
    dist: Path

    @property
    def frozen(self) -> Path:
        """The program folder that is installed."""
        return self.work / "frozen" / NAME

    @property
    def setup(self) -> Path:
        """The setup program."""
        return self.dist / f"{NAME}-{self.version}-setup.exe"


def program_version(root: Path = ROOT) -> str:
    """The version in the package. Raises BuildError when Windows could not compare it."""
    text = (root / "ccinc_wizard" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if not found:
        raise BuildError("ccinc_wizard/__init__.py has no __version__ of three numbers, such as 1.2.3.")
    return found.group(1)


def source_date(root: Path = ROOT) -> int:
    """SOURCE_DATE_EPOCH, else the date of the commit. Raises BuildError when neither is known."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdigit():
        return int(given)
    git = shutil.which("git")
    # The date is only read; whose checkout it is does not matter.
    command = [git or "git", "-c", "safe.directory=*", "log", "-1", "--format=%ct"]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout.strip() if git else ""
    if not told.isdigit():
        raise BuildError("No commit to take the date from: build in a git checkout or set SOURCE_DATE_EPOCH.")
    return int(told)


def sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def files_in(folder: Path) -> list[Path]:
    """All files below, sorted by their path so that no order depends on the file system."""
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def is_team_part(path: Path, folder: Path) -> bool:
    """Whether a file of a program folder is one that only a team's log needs."""
    return path.relative_to(folder).as_posix().startswith(tuple(f"{part}/" for part in TEAM_PARTS))


def set_dates(folder: Path, epoch: int) -> None:
    """Give all files below one date."""
    for path in files_in(folder):
        os.utime(path, (epoch, epoch))
