"""Makes the setup program with NSIS."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

from winbuild import signing
from winbuild.plan import PACKAGING, BuildError, Plan, files_in, is_team_part

TARGET = "amd64-unicode"
STUB = f"lzma_solid-{TARGET}"
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


def file_lines(folder: Path, files: Iterable[Path]) -> str:
    """NSIS instructions that install these files of a folder, each where it stands there."""
    lines, current = [], None
    for path in files:
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
    files = files_in(plan.frozen)
    defines = {
        "VERSION": plan.version,
        **_listing(plan, "", [path for path in files if not is_team_part(path, plan.frozen)]),
        **_listing(plan, "TEAM_", [path for path in files if is_team_part(path, plan.frozen)]),
        "ICON": str(plan.work / "source" / "app.ico"),
        "PICTURE": str(plan.work / "source" / "setup.bmp"),
        "OUT": str(plan.setup),
    }
    if quick:
        defines["QUICK"] = ""
    compiler = makensis()
    if _has_64_bit_stub():
        defines["TARGET"] = TARGET
    if signing.wanted():
        defines["PLUGINS"] = str(_signed_plugins(plan, TARGET if "TARGET" in defines else "x86-unicode"))
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


def _listing(plan: Plan, name: str, files: list[Path]) -> dict[str, str]:
    listing = plan.work / f"{name.lower()}files.nsh"
    listing.write_text(file_lines(plan.frozen, files), encoding="utf-8-sig")
    size = sum(path.stat().st_size for path in files)
    return {f"{name}FILES": str(listing), f"{name or 'SIZE_'}KB": str(size // 1024)}


def _nsis_folder(name: str) -> Path:
    """One of the folders that NSIS brings. Raises BuildError."""
    places = (Path(makensis()).resolve().parent, Path("/usr/share/nsis"))
    found = next((place / name for place in places if (place / name).exists()), None)
    if found is None:
        raise BuildError(f"NSIS has no {name}.")
    return found


def _has_64_bit_stub() -> bool:
    return (_nsis_folder("Stubs") / STUB).exists()


def _signed_plugins(plan: Plan, target: str) -> Path:
    """Copies of NSIS' own libraries with a signature: the setup loads them from a folder of its own for one run."""
    folder = plan.work / "plugins"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_nsis_folder(f"Plugins/{target}"), folder)
    for path in files_in(folder):
        signing.sign(path)
    return folder
