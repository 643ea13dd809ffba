"""A throw-away Windows with one user, on which the setup is tried."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from winbuild.plan import CONSOLE_EXE, NAME, Plan, data_of, program_of
from winbuild.windows import Finished, Windows

UNINSTALL_KEY = rf"Software\Microsoft\Windows\CurrentVersion\Uninstall\{NAME}"
POLICIES = r"HKCU\Software\Policies\CCinC"
CODE_OF = "import subprocess, sys; print(subprocess.call(sys.argv[1]), end='')"
"""Wine passes on eight bits of an exit code; a program inside it sees all of them. Takes a command line, not words:
setup programs take the last one to the end of the line, without quotes."""


@dataclass(frozen=True)
class Desktop:
    """A throw-away Windows with one user, and what was built for it."""

    windows: Windows
    python: Path
    plan: Plan
    older: Plan

    @property
    def home(self) -> Path:
        return next(path for path in (self.windows.drive_c / "users").iterdir() if path.name != "Public")

    @property
    def program(self) -> Path:
        return program_of(self.home)

    @property
    def data(self) -> Path:
        return data_of(self.home)

    @property
    def shortcut(self) -> Path:
        menu = self.home / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        return menu / "CCinC-toegangswizard.lnk"

    def code(self, program: Path, *arguments: str) -> int:
        """The whole exit code of a program."""
        line = " ".join([f'"{self.windows.path(program)}"', *arguments])
        return int(self.windows.run(self.python, "-c", CODE_OF, line).checked("Asking for an exit code"))

    def setup(self, plan: Plan, *arguments: str) -> int:
        """Run a setup silently."""
        return self.code(plan.setup, "/S", *arguments)

    def run(self, *arguments: str, text: str = "") -> Finished:
        """Run the installed command."""
        return self.windows.run(self.program / CONSOLE_EXE, *arguments, text=text)

    def registered(self, hive: str = "HKCU") -> dict[str, str]:
        """What Apps & features knows of the program."""
        told = self.windows.run("reg", "query", rf"{hive}\{UNINSTALL_KEY}", "/reg:64").output
        return dict(re.findall(r"^ +(\w+) +REG_\w+ +(.+)$", told, re.MULTILINE))

    @contextmanager
    def laid_down(self, **values: str | int) -> Iterator[None]:
        """With these policies, and without a trace of them afterwards."""
        for name, value in values.items():
            kind = "REG_DWORD" if isinstance(value, int) else "REG_EXPAND_SZ" if "%" in value else "REG_SZ"
            given = ("/f", "/v", name, "/t", kind, "/d", str(value))
            assert self.windows.run("reg", "add", rf"{POLICIES}\AccessWizard", *given).code == 0
        try:
            yield
        finally:
            self.windows.run("reg", "delete", POLICIES, "/f")

    def registry_keys(self, word: str) -> list[str]:
        """The keys of the registry that hold this word, in their name or below it; Wine writes them when it ends."""
        text = "".join((self.windows.prefix / name).read_text(errors="replace") for name in ("user.reg", "system.reg"))
        sections = re.split(r"^\[", text, flags=re.MULTILINE)[1:]
        return [section.partition("]")[0] for section in sections if word in section.casefold()]

    def settle(self) -> None:
        """Wait until every program in this Windows has ended."""
        settle(self.windows)


def settle(windows: Windows) -> None:
    """Wait until every program in it has ended; stop what goes on after two minutes."""
    try:
        subprocess.run(["wineserver", "-w"], env=windows.environment(), check=True, timeout=120)
    except subprocess.TimeoutExpired:
        windows.end()
