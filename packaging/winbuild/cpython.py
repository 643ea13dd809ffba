"""A Windows CPython for a build that does not run on Windows: pinned by its SHA-256, made whole, never from elsewhere.

The archive is the one on Maven Central; it lacks `python3.dll`, a list of names that all point into `python313.dll`,
which is made from the archive's own import library.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

from winbuild.plan import BuildError, UnavailableError, sha256
from winbuild.windows import compile_dll

ARTIFACT = "org.bytedeco:cpython:3.13.5-1.5.12:jar:windows-x86_64"
SHA256 = "cfe5502ffa7ea369be707b6d88bf68344732a7800450665080fb4267c01bfeae"
COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.6.0:copy"
MEMBERS = "org/bytedeco/cpython/windows-x86_64/"
LEFT_OUT = ("lib/test/", "lib/idlelib/", "lib/turtledemo/", "include/", "share/", "jnipython.dll", "lib/_wmi.pyd")
"""`_wmi` is left out because Wine 8 cannot answer it; the library does without."""
RUNTIME_DLLS = ("vcruntime140.dll", "vcruntime140_1.dll")


def fetch_python(target: Path) -> Path:
    """Have Maven copy the pinned archive, check it and unpack it to `target`. Raises BuildError, UnavailableError."""
    if not (target / "python3.dll").exists():
        unpack_python(_copied_by_maven(target.parent), target)
    _make_forwarder(target)  # each time: an earlier version of this made another one
    return target


def _copied_by_maven(folder: Path) -> Path:
    maven = shutil.which("mvn")
    if not maven:
        raise UnavailableError("Maven is missing. On Debian: apt-get install maven; or give --windows-python DIR.")
    folder.mkdir(parents=True, exist_ok=True)
    command = [maven, "-q", "-B", COPY_GOAL, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    archive = next(iter(folder.glob("cpython-*-windows-x86_64.jar")), None)
    if done.returncode or archive is None:
        raise UnavailableError(f"Maven could not bring {ARTIFACT}:\n{(done.stdout + done.stderr)[-1500:]}")
    return archive


def unpack_python(archive: Path, target: Path) -> None:
    """Unpack the archive when it is the pinned one. Raises BuildError when it is another."""
    found = sha256(archive)
    if found != SHA256:
        raise BuildError(f"{archive.name} is not the pinned archive: its SHA-256 is {found}, not {SHA256}. Not used.")
    shutil.rmtree(target, ignore_errors=True)
    with zipfile.ZipFile(archive) as jar:
        for member in jar.infolist():
            name = member.filename.removeprefix(MEMBERS)
            if member.is_dir() or name == member.filename or name.startswith(LEFT_OUT):
                continue
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(jar.read(member))
    for name in RUNTIME_DLLS:
        shutil.copyfile(target / "lib" / name, target / name)


def _make_forwarder(target: Path) -> None:
    """Make `python3.dll`, the stable interface that libraries for all Python versions link to."""
    real = next(iter(target.glob("python3?*.dll"))).stem
    told = subprocess.run(
        ["x86_64-w64-mingw32-nm", str(target / "libs" / "python3.lib")], capture_output=True, text=True, check=False
    )
    names = sorted(set(re.findall(r" [TID] (?:__imp_)?(_?Py\w+)$", told.stdout, re.MULTILINE)))
    if not names:
        raise BuildError("python3.lib names nothing: is x86_64-w64-mingw32-nm (gcc-mingw-w64-x86-64) installed?")
    exports, made = target / "python3.def", target / "python3.new"
    lines = ['LIBRARY "python3.dll"', "EXPORTS", *(f"{name} = {real}.{name}" for name in names)]
    exports.write_text("\n".join(lines) + "\n", encoding="ascii")
    compile_dll(exports, made)
    made.replace(target / "python3.dll")
