"""Freezes the program with PyInstaller: one folder, a program for the window and one for the command line."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

from winbuild.archives import zip_files
from winbuild.plan import NAME, PACKAGING, ROOT, BuildError, Plan, UnavailableError, files_in, set_dates
from winbuild.windows import INSTALLING, Windows

RUN_LOCK = ROOT / "requirements" / "run.txt"
TEAM_LOCK = PACKAGING / "team.txt"
"""For a log that a team shares: an extra elsewhere, but nobody installs extras into a frozen program."""
TOOLS_LOCK = PACKAGING / "requirements.txt"
PYTHON_VERSION = "3.13"
PIP_SETTINGS = Path("/etc/pip.conf")
"""A registry of the organisation's own counts for the Windows pip too, which looks elsewhere by itself."""
PIP_UNREACHABLE = ("Retrying (", "ConnectionError", "ReadTimeoutError", "SSLError")
WINE_MARKS = (b"Wine builtin DLL", b"Wine placeholder DLL")


BASE_LIBRARY = "_internal/base_library.zip"
"""What of Python's library must be there before the rest can be imported."""


@dataclass(frozen=True, slots=True)
class Toolchain:
    """The Windows Python and the libraries installed for it, apart from its own folder."""

    windows: Windows
    python: Path
    libraries: Path
    """What the program needs at run time."""
    tools: Path
    """What only the build needs."""

    def run(self, *arguments: str, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
        """Run the Windows Python with all libraries. Raises BuildError when it fails."""
        search = ";".join(self.windows.path(folder) for folder in (self.libraries, self.tools))
        given = {"PYTHONPATH": search, **(env or {})}
        done = self.windows.run(self.python, *arguments, env=given, cwd=cwd, seconds=INSTALLING)
        return done.checked(" ".join(arguments[:3]))


def make_toolchain(windows: Windows, python_folder: Path, store: Path) -> Toolchain:
    """Install the locked libraries for this Python, once for each state of the locks. Raises BuildError."""
    python = python_folder / "python.exe"
    if not python.is_file():
        raise BuildError(f"{python_folder} holds no python.exe.")
    windows.start()
    asked = "import sys; print(*sys.version_info[:2], sep='.', end='')"
    version = windows.run(python, "-c", asked).checked("The Windows Python")
    if version != PYTHON_VERSION:
        raise BuildError(f"The build needs Python {PYTHON_VERSION} for Windows (64 bits); this is {version}.")
    libraries = installed(windows, python, store / "libraries", RUN_LOCK, TEAM_LOCK)
    return Toolchain(windows, python, libraries, installed(windows, python, store / "tools", TOOLS_LOCK))


def installed(windows: Windows, python: Path, place: Path, *locks: Path) -> Path:
    """The folder with what the locks name. pip checks every hash. Raises BuildError, UnavailableError."""
    state = hashlib.sha256(b"".join(lock.read_bytes() for lock in locks)).hexdigest()
    folder = place.with_name(f"{place.name}-{state[:12]}")
    if (folder / "complete").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    own = {"PIP_CONFIG_FILE": windows.path(PIP_SETTINGS)} if PIP_SETTINGS.is_file() else {}
    options = ["--no-deps", "--no-compile", "--only-binary", ":all:", "--require-hashes", "--no-warn-script-location"]
    places = ["--target", windows.path(folder), *(word for lock in locks for word in ("-r", windows.path(lock)))]
    done = windows.run(python, "-m", "pip", "install", "-q", *options, *places, env=own, seconds=INSTALLING)
    if done.code and any(mark in done.output for mark in PIP_UNREACHABLE):
        raise UnavailableError(f"The packages for {place.name} cannot be reached:\n{done.output[-1500:]}")
    done.checked(f"Installing {place.name}")
    (folder / "complete").touch()
    return folder


def freeze(plan: Plan, tools: Toolchain, script: Path | None = None) -> None:
    """Make `plan.frozen`, of another script instead of the program where one is given.

    Raises BuildError when PyInstaller fails or what it made must not be shipped.
    """
    source = _stage(plan, tools)
    if script:
        shutil.copyfile(script, source / script.name)
    target = plan.frozen.parent
    shutil.rmtree(target, ignore_errors=True)
    env = {
        "SOURCE_DATE_EPOCH": str(plan.epoch),
        "PYTHONHASHSEED": "0",
        "CCINC_WIZARD_VERSION": plan.version,
        **({"CCINC_WIZARD_ENTRY": script.name} if script else {}),
    }
    places = ["--distpath", tools.windows.path(target), "--workpath", tools.windows.path(plan.work / "pyinstaller")]
    spec = tools.windows.path(source / f"{NAME}.spec")
    tools.run("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *places, spec, env=env, cwd=source)
    sort_members(plan.frozen / BASE_LIBRARY, plan.epoch)
    _refuse_wine(plan.frozen)


def sort_members(packed: Path, epoch: int) -> None:
    """Put the members of a zip in order: PyInstaller writes them as they come out of a set, each time otherwise."""
    with zipfile.ZipFile(packed) as archive:
        members: dict[str, bytes | Path] = {name: archive.read(name) for name in archive.namelist()}
    zip_files(packed, members, epoch)


def _stage(plan: Plan, tools: Toolchain) -> Path:
    """A copy of the sources with one date and the icon, so that the checkout is only read."""
    source = plan.work / "source"
    shutil.rmtree(source, ignore_errors=True)
    leave_out = shutil.ignore_patterns("__pycache__")
    for name in ("ccinc_wizard", "resources"):
        shutil.copytree(ROOT / name, source / name, ignore=leave_out)
    shutil.copytree(PACKAGING / "pyinstaller", source, ignore=leave_out, dirs_exist_ok=True)
    drawing = tools.windows.path(source / "resources" / "icons" / "app.svg")
    made = (tools.windows.path(source / name) for name in ("app.ico", "setup.bmp"))
    tools.run(str(PACKAGING / "winbuild" / "icon.py"), drawing, *made)
    set_dates(source, plan.epoch)
    return source


def _refuse_wine(folder: Path) -> None:
    """No system library of Wine may be among what is shipped. Raises BuildError."""
    for path in files_in(folder):
        with path.open("rb") as stream:
            start = stream.read(256)
        if any(mark in start for mark in WINE_MARKS):
            raise BuildError(f"{path.name} is Wine's, not Windows': it must not be shipped.")
