"""The files of the project, as a checkout or an unpacked source archive has them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_MADE = {"__pycache__", "build", "dist", "node_modules"}


def committed_files() -> list[Path]:
    """What git keeps; where there is no git, every file that is not made by a tool."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        told = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
        if told.returncode == 0:
            return [path for name in told.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not _is_made(path.relative_to(ROOT))]


def package_files() -> list[Path]:
    """The program's own modules."""
    return [path for path in committed_files() if path.suffix == ".py" and path.is_relative_to(ROOT / "ccinc_wizard")]


def _is_made(path: Path) -> bool:
    return any(part in _MADE or (part.startswith(".") and part not in (".ci", ".gitignore")) for part in path.parts)
