"""What the program is made of besides itself: the libraries that are shipped, and whose data it uses."""

from __future__ import annotations

import hashlib
import importlib
import json
import pkgutil
import platform
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from ccinc_wizard.app.paths import APP_NAME
from ccinc_wizard.content.files import read_text, resources_folder

_BILL = "bom.json"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST_LICENCE = 60
_UNSAID = {"sqlcipher3": "Zlib AND BSD-3-Clause"}
"""Licences that a package's own data leave out: this one's and SQLCipher's."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something shipped that others made."""

    name: str
    version: str
    licence: str


def shipped_parts() -> list[Part]:
    """By name: a packaged program has them in its bill of materials, any other asks its Python."""
    bill = Path(sys.executable).with_name(_BILL)
    billed = getattr(sys, "frozen", False) and bill.is_file()
    parts = _billed(json.loads(bill.read_text(encoding="utf-8"))) if billed else [_python(), *_installed(_required())]
    return sorted(parts, key=lambda part: part.name.casefold())


def data_credits() -> str:
    """Whose data the program uses, as `resources/CREDITS.md` says. Raises ContentError when it cannot be read."""
    heading, _, text = read_text(resources_folder() / "CREDITS.md").partition("\n")
    paragraphs = (text if heading.startswith("#") else f"{heading}\n{text}").strip().split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs).replace("`", "")


def _billed(bill: dict[str, Any]) -> list[Part]:
    found = []
    for component in bill["components"]:
        [licence] = component["licenses"]
        named = licence.get("expression") or licence["license"]["name"]
        found.append(Part(component["name"], component.get("version", ""), named))
    return found


def _python() -> Part:
    return Part("Python", platform.python_version(), "Python-2.0.1")


def _required() -> list[str]:
    try:
        return metadata.requires(APP_NAME) or []
    except metadata.PackageNotFoundError:
        # A checkout is not installed; what it needs stands beside the package.
        project = tomllib.loads((resources_folder().parent / "pyproject.toml").read_text(encoding="utf-8"))
        return list(project["project"]["dependencies"])


def _installed(required: Iterable[str]) -> list[Part]:
    found: dict[str, Part] = {}
    wanted = list(required)
    for line in wanted:
        name = _NAME.match(line)
        if name is None or "extra ==" in line or _plain(name[0]) in found:
            continue
        try:
            library = metadata.distribution(name[0])
        except metadata.PackageNotFoundError:
            continue  # needed elsewhere, such as on Windows only
        found[_plain(name[0])] = Part(library.name, library.version, _licence(library))
        wanted += library.requires or []
    return list(found.values())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _licence(library: metadata.Distribution) -> str:
    told = library.metadata
    for field in ("License-Expression", "License"):
        # Some packages put the whole text there.
        if field in told and len(told[field]) <= _LONGEST_LICENCE:
            return told[field]
    classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License :: ")]
    return ", ".join(line.rpartition(" :: ")[2] for line in classifiers) or _UNSAID.get(_plain(library.name), "")


PACKAGE = "ccinc_wizard"
WINDOW = f"{PACKAGE}.ui"
LIBRARIES = (
    "keyring",
    "olefile",
    "openpyxl",
    "platformdirs",
    "pydantic",
    "segno",
    "sqlcipher3",
    "stdnum",
    "xlsxwriter",
)
"""What is imported only when a certain button is pressed, among others; Qt is tried in a process of its own."""
EXTRAS = ("psycopg",)
"""What only an installation with a team log has."""
FROZEN = bool(getattr(sys, "frozen", False))
"""Whether this is the program as Windows users have it, made by PyInstaller."""
SHIPPED = "_internal/files.sha256"
"""The list, as `sha256sum` writes it, that the build for Windows leaves beside the program."""
TEAM_PART, TEAM_SHIPPED = "_internal/psycopg", "_internal/psycopg/files.sha256"
"""What the setup can leave out, and the list of it."""


def modules(package: str = PACKAGE, folder: Path | None = None) -> Iterator[str]:
    """The names of all modules of a package that are there, without importing one."""
    folder = folder or Path(__file__).resolve().parents[1]
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
            if error.name not in EXTRAS or (FROZEN and (Path(sys.executable).parent / TEAM_PART).exists()):
                raise
    return len(wanted)


def drawings() -> list[Path]:
    """The icons that the window draws."""
    return sorted((resources_folder() / "icons").glob("*.svg"))


def shipped_files(program: Path) -> dict[str, str]:
    """The files that were shipped, by their path below the program folder, with their SHA-256. Raises OSError."""
    lists = [SHIPPED, *([TEAM_SHIPPED] if (program / TEAM_PART).exists() else [])]
    lines = [line for name in lists for line in (program / name).read_text(encoding="utf-8").splitlines()]
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
