"""Whether all of the program is there: its own modules, the libraries it calls late, the files it was shipped with."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

from ccinc_wizard.content.resources import resources_folder

PACKAGE = "ccinc_wizard"
WINDOW = f"{PACKAGE}.ui"
LIBRARIES = ("keyring", "openpyxl", "platformdirs", "pydantic", "segno", "sqlcipher3", "stdnum", "xlsxwriter")
"""What is imported only when a certain button is pressed, among others; Qt is tried in a process of its own."""
EXTRAS = ("psycopg",)
"""What only an installation with a team log has, and the program for Windows always."""
FROZEN = bool(getattr(sys, "frozen", False))
"""Whether this is the program as Windows users have it, made by PyInstaller."""
SHIPPED = "_internal/files.sha256"
"""The list, as `sha256sum` writes it, that the build for Windows leaves beside the program."""


def modules(package: str = PACKAGE, folder: Path | None = None) -> Iterator[str]:
    """The names of all modules of a package that are there, without importing one."""
    folder = folder or Path(__file__).resolve().parent
    for found in pkgutil.iter_modules([str(folder)], f"{package}."):
        yield found.name
        if found.ispkg:
            yield from modules(found.name, folder / found.name.rpartition(".")[2])


def import_all(*, window: bool) -> int:
    """Import the modules that know Qt, or else all others and the libraries. Returns how many. Raises ImportError."""
    of_window = [name for name in modules() if f"{name}.".startswith(f"{WINDOW}.")]
    wanted = of_window if window else [*LIBRARIES, *(name for name in modules() if name not in of_window)]
    for name in wanted:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if FROZEN or error.name not in EXTRAS:
                raise
    return len(wanted)


def drawings() -> list[Path]:
    """The icons that the window draws."""
    return sorted((resources_folder() / "icons").glob("*.svg"))


def shipped_files(program: Path) -> dict[str, str]:
    """The files that were shipped, by their path below the program folder, with their SHA-256. Raises OSError."""
    lines = (program / SHIPPED).read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def damaged(program: Path, shipped: dict[str, str]) -> list[str]:
    """Those of the shipped files that are missing or changed."""
    return [path for path, digest in shipped.items() if not _is_whole(program / path, digest)]


def _is_whole(path: Path, digest: str) -> bool:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == digest
    except OSError:
        return False
