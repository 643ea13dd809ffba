"""What the program is made of besides itself: the libraries that are shipped, and whose data it uses."""

from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from ccinc_wizard.content.errors import read_text
from ccinc_wizard.content.resources import resources_folder
from ccinc_wizard.services import APP_NAME

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
        import tomllib

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
