"""Makes the setup program with NSIS."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path, PureWindowsPath

from winbuild import signing
from winbuild.plan import PACKAGING, BuildError, Plan, files_in

STUB = "lzma_solid-amd64-unicode"
"""Debian's NSIS has it, the one for Windows has only a 32-bit stub; both make a setup for 64-bit Windows."""


def makensis() -> str:
    """The NSIS compiler. Raises BuildError when it is missing."""
    found = shutil.which("makensis") or shutil.which("makensis", path=r"C:\Program Files (x86)\NSIS")
    if not found:
        raise BuildError(
            "NSIS is missing. On Debian: apt-get install nsis; on Windows: install NSIS 3 and add it to PATH."
        )
    return found


def nsis_version() -> str:
    """Its version, such as 3.08."""
    told = subprocess.run([makensis(), "-VERSION"], capture_output=True, text=True, check=False).stdout
    return told.strip().removeprefix("v").split("-")[0]


def file_lines(folder: Path) -> str:
    """NSIS instructions that install all files of a folder, in an order that no file system decides."""
    lines, current = [], None
    for path in files_in(folder):
        relative = path.relative_to(folder).parent
        if relative != current:
            current = relative
            lines.append(f'SetOutPath "{PureWindowsPath("$INSTDIR", *relative.parts)}"')
        lines.append(f'File "{path}"')
    return "\n".join(lines) + "\n"


def installed_bytes(folder: Path) -> int:
    """The size of all files."""
    return sum(path.stat().st_size for path in files_in(folder))


def build_setup(plan: Plan, *, quick: bool = False) -> None:
    """Make `plan.setup` from `plan.frozen`; `quick` packs it less, for tests. Raises BuildError."""
    plan.dist.mkdir(parents=True, exist_ok=True)
    listing = plan.work / "files.nsh"
    listing.write_text(file_lines(plan.frozen), encoding="utf-8-sig")
    defines = {
        "VERSION": plan.version,
        "SIZE_KB": str(installed_bytes(plan.frozen) // 1024),
        "FILES": str(listing),
        "ICON": str(plan.work / "source" / "app.ico"),
        "OUT": str(plan.setup),
    }
    if quick:
        defines["QUICK"] = ""
    compiler = makensis()
    if _has_64_bit_stub(compiler):
        defines["TARGET"] = "amd64-unicode"
    if signing.wanted():
        defines["SIGN"] = f'"{sys.executable}" "{PACKAGING / "winbuild" / "signing.py"}" "%1"'
    words = [
        compiler,
        "-V2",
        "-WX",
        "-INPUTCHARSET",
        "UTF8",
        *(f"-D{name}={value}".removesuffix("=") for name, value in defines.items()),
    ]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(plan.epoch)}
    script = str(PACKAGING / "nsis" / "setup.nsi")
    done = subprocess.run([*words, script], capture_output=True, text=True, env=env, check=False)
    if done.returncode or not plan.setup.is_file():
        raise BuildError(f"makensis failed:\n{(done.stdout + done.stderr)[-3000:]}")
    if signing.wanted():
        signing.sign(plan.setup)


def _has_64_bit_stub(compiler: str) -> bool:
    folders = (Path(compiler).resolve().parent / "Stubs", Path("/usr/share/nsis/Stubs"))
    return any((folder / STUB).exists() for folder in folders)
