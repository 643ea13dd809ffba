"""Runs Windows programs: directly on Windows, through Wine elsewhere."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from winbuild.plan import PACKAGING, BuildError, UnavailableError

ON_WINDOWS = sys.platform == "win32"
COMPILER = "x86_64-w64-mingw32-gcc"
STAND_INS = {"icuuc.dll": (), "bcryptprimitives.dll": ("-ladvapi32",)}
"""System libraries of Windows 10 that Wine 8 lacks, and what their stand-ins link to. Never shipped."""
PATIENCE = 600
"""Seconds after which a program is ended that has not ended by itself."""
INSTALLING = 1200
"""The same for what installs packages or freezes the program, on however busy a machine."""
DLL_BASE = 0x180000000
"""What Microsoft's linker gives a 64-bit library."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that has ended."""

    code: int
    """Its exit code; through Wine only the lowest eight bits of it."""
    output: str

    def checked(self, what: str) -> str:
        """The output. Raises BuildError with its end when the program failed."""
        if self.code:
            raise BuildError(f"{what} failed with exit code {self.code}:\n{self.output[-3000:]}")
        return self.output


class Windows:
    """A Windows to run programs on; under Wine it lives in one folder that nothing else uses."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix

    @cached_property
    def wine(self) -> str:
        """The Wine program. Raises UnavailableError when it is missing."""
        found = shutil.which("wine") or shutil.which("wine64")
        if not found:
            raise UnavailableError("Wine is missing. On Debian: apt-get install wine wine64 gcc-mingw-w64-x86-64 nsis")
        return found

    @property
    def drive_c(self) -> Path:
        """Drive C of the Windows in the prefix."""
        return self.prefix / "drive_c"

    def start(self) -> None:
        """Make the prefix, as Windows 10 and with the stand-ins. Raises BuildError; UnavailableError if Wine cannot."""
        if ON_WINDOWS or (self.prefix / "ready").exists():
            return
        self.prefix.mkdir(parents=True, exist_ok=True)
        made = self.run("wineboot", "-i")
        if made.code or not (self.drive_c / "windows" / "system32").is_dir():
            raise UnavailableError(f"Wine does not start on this machine:\n{made.output[-1500:]}")
        self.run("winecfg", "-v", "win10").checked("Making Wine a Windows 10")
        for name, libraries in STAND_INS.items():
            source = PACKAGING / "wine" / f"{Path(name).stem}.c"
            compile_dll(source, self.drive_c / "windows" / "system32" / name, libraries)
        (self.prefix / "ready").touch()

    def path(self, path: Path) -> str:
        """How a Windows program calls this file."""
        return str(path.resolve()) if ON_WINDOWS else "Z:" + str(path.resolve()).replace("/", "\\")

    def command(self, program: Path | str, *arguments: str) -> list[str]:
        """How this machine starts a Windows program. Raises UnavailableError when Wine is missing."""
        return [*([] if ON_WINDOWS else [self.wine]), str(program), *arguments]

    def environment(self, env: Mapping[str, str] | None = None) -> dict[str, str]:
        """What a Windows program is given, with something of its own."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))}
        wine = {
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=;winedbg.exe=;winemenubuilder.exe=",
            # Wine hides QT_ variables unless they are named like this.
            "WINEQT_QPA_PLATFORM": "offscreen",
        }
        return {**kept, "PYTHONUTF8": "1", **({} if ON_WINDOWS else wine), **(env or {})}

    def run(
        self,
        program: Path | str,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        text: str = "",
        seconds: float = PATIENCE,
    ) -> Finished:
        """Run a program to its end with this text on its standard input.

        Raises BuildError, with what it said so far, where it has not ended in time; nothing of it goes on then.
        """
        command = self.command(program, *arguments)
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=self.environment(env), cwd=cwd,
        )  # fmt: skip
        told = _told_by_windows if ON_WINDOWS else _told
        try:
            output = told(process, text.encode(), seconds)
        except subprocess.TimeoutExpired as late:
            process.kill()
            self.end()
            said = (late.output or b"").decode(errors="replace")[-3000:]
            raise BuildError(f"{' '.join(command)} has not ended in {seconds:g} seconds. It said:\n{said}") from late
        return Finished(process.wait(), output.decode(errors="replace").replace("\r\n", "\n"))

    def end(self) -> None:
        """End whatever runs in this Windows, where it is Wine's."""
        if not ON_WINDOWS:
            subprocess.run(["wineserver", "-k"], env=self.environment(), check=False)


def _told_by_windows(process: subprocess.Popen[bytes], given: bytes, seconds: float) -> bytes:
    return process.communicate(given, seconds)[0]


def _told(process: subprocess.Popen[bytes], given: bytes, seconds: float) -> bytes:
    """All that the program itself says: Wine's services keep its pipe open long after it has ended.

    Not into a file, since Wine 8 gives no program a handle of one. Raises TimeoutExpired with what was said.
    """
    assert process.stdin is not None  # noqa: S101
    assert process.stdout is not None  # noqa: S101
    with contextlib.suppress(BrokenPipeError), process.stdin:
        process.stdin.write(given)
    told, late = b"", time.monotonic() + seconds
    while True:
        ended = process.poll() is not None
        if not ended and time.monotonic() > late:
            raise subprocess.TimeoutExpired(process.args, seconds, told)
        if select.select([process.stdout], [], [], 0 if ended else 0.1)[0]:
            chunk = os.read(process.stdout.fileno(), 65536)
            told += chunk
            if chunk:
                continue
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0, late - time.monotonic()))
        if process.poll() is not None and ended:
            process.stdout.close()
            return told


def compile_dll(source: Path, target: Path, libraries: tuple[str, ...] = ()) -> None:
    """Make a 64-bit DLL without a C runtime from C or from a list of exports. Raises BuildError."""
    if not shutil.which(COMPILER):
        raise BuildError(f"{COMPILER} is missing. On Debian: apt-get install gcc-mingw-w64-x86-64")
    # Else the linker makes up a base address from the file's own path, and the date is today's.
    same = [f"-Wl,--image-base,{DLL_BASE:#x}", "-Wl,--no-insert-timestamp"]
    options = ["-O2", "-shared", "-nostdlib", "-Wl,-e,0", *same]
    command = [COMPILER, *options, "-o", str(target), str(source), *libraries]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"Compiling {source.name} failed:\n{done.stderr[-2000:]}")
