"""A small checkout of its own: the real `run.py` and what it sets up with, a stub program and stub packages."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.tooling.project import ROOT

PROGRAM = "import stub, sys; print('started with', stub.VERSION, *sys.argv[1:])"
NOBODY = 65534


class Checkout:
    """A checkout whose lock files name stub packages, which only the folder beside it has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        self.wheels = folder / "wheels"
        self.home = folder / "home"
        self.python = sys.executable
        for made in (self.wheels, self.home, self.folder / "tools", self.folder / "requirements"):
            made.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "run.py", self.folder)
        left = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "tools" / "bootstrap", self.folder / "tools" / "bootstrap", ignore=left)
        (self.folder / "tools" / "figures.py").write_text("print('figures')\n", encoding="utf-8")
        program = self.folder / "ccinc_wizard"
        program.mkdir()
        (program / "__init__.py").touch()
        (program / "__main__.py").write_text(PROGRAM, encoding="utf-8")
        self.lock(stub="1.0")

    @property
    def environment(self) -> Path:
        """Where its packages stand."""
        return self.folder / ".venv"

    def lock(self, **versions: str) -> None:
        """Let both lock files name these packages, and the folder have them."""
        self.lock_wheels(*(stub_wheel(self.wheels, name, version) for name, version in versions.items()))

    def lock_wheels(self, *wheels: Path) -> None:
        """Let both lock files name these wheels."""
        for name in ("run", "dev"):
            write_lock(self.folder / "requirements" / f"{name}.txt", wheels)

    def surroundings(self, **changes: str) -> dict[str, str]:
        """Environment variables of its own: none of the caller's decides."""
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "PATH") if name in os.environ}
        own = {"HOME": str(self.home), "TMPDIR": str(self.home), "PIP_NO_INDEX": "1"}
        return {**kept, **own, "PIP_FIND_LINKS": str(self.wheels), **changes}

    def offline(self) -> dict[str, str]:
        """Changes for `surroundings` with which nothing can be fetched."""
        return {"PIP_FIND_LINKS": str(self.home), "PIP_RETRIES": "0"}

    def run(self, *arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """`run.py` to its end. `changes` are for its environment."""
        return subprocess.run(
            [self.python, str(self.folder / "run.py"), *arguments],
            env=more.pop("env", None) or self.surroundings(**more.pop("changes", {})),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **more,
        )

    def start(self, *arguments: str, **changes: str) -> subprocess.Popen[str]:
        """`run.py` in a group of its own, as a terminal starts it, to be disturbed."""
        return subprocess.Popen(
            [self.python, str(self.folder / "run.py"), *arguments],
            env=self.surroundings(**changes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def leftovers(self) -> list[str]:
        """What a set-up has beside the environment while it is at work."""
        return sorted(path.name for path in self.folder.glob(".venv.*") if path.name != ".venv.lock")


def write_lock(lock: Path, wheels: Iterable[Path], more: str = "") -> Path:
    """A lock file that names these wheels with their hashes."""
    lines = [f"{name}=={version} --hash=sha256:{sha256(wheel)}\n" for name, version, wheel in map(_named, wheels)]
    lock.write_text("".join(lines) + more, encoding="utf-8")
    return lock


def stub_wheel(folder: Path, name: str, version: str, tag: str = "py3-none-any", needs: str = "") -> Path:
    """A wheel with one module that knows its version; running it prints its name."""
    wheel = folder / f"{name}-{version}-{tag}.whl"
    info = f"{name}-{version}.dist-info"
    code = f"VERSION = {version!r}\n\n\ndef lint_imports_command():\n    print('lint_imports')\n"
    files = {
        f"{name}/__init__.py": code,
        f"{name}/cli.py": code,
        f"{name}/__main__.py": f"print({name!r})\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        + (f"Requires-Dist: {needs}\n" if needs else ""),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{name}-command = {name}.cli:lint_imports_command\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(wheel, "w") as packed:
        for path, text in files.items():
            # With one day for all, since a lock knows a wheel by its bytes.
            packed.writestr(zipfile.ZipInfo(path), text)
    return wheel


def sha256(file: Path) -> str:
    """What a lock file knows a wheel by."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def wait_for_pip(started: subprocess.Popen[str], accepted: Any) -> None:
    """Until pip has asked the server that never answers; ends what was started when it ended before."""
    accepted.settimeout(120)
    try:
        accepted.accept()
    except TimeoutError:
        kill_group(started)
        raise


def kill_group(started: subprocess.Popen[str], how: signal.Signals = signal.SIGKILL) -> None:
    """A signal for all that was started, as Ctrl+C or a log-off sends it."""
    os.killpg(started.pid, how)


def _named(wheel: Path) -> tuple[str, str, Path]:
    name, version = wheel.name.split("-")[:2]
    return name, version, wheel
