"""Says what is shipped: a bill of materials (CycloneDX 1.6) and the licence texts."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path, PurePath
from typing import Any, cast

from winbuild.plan import NAME, PACKAGING, ROOT, BuildError, Plan

LICENCES = PACKAGING / "licences"
OWN_LICENCE = "EUPL-1.2"
BOM_NAME = "bom.json"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, NAME)
SPDX_WORD = re.compile(r"[A-Za-z0-9.+-]+( (OR|AND|WITH) [A-Za-z0-9.+-]+)*")


@dataclass(frozen=True, slots=True)
class Part:
    """Something shipped that others made."""

    name: str
    version: str
    licence: str
    """An SPDX expression, else the licence's name."""
    texts: tuple[Path, ...]
    purl: str = ""
    within: str = ""
    """The part that holds it, where more than one does."""

    @property
    def title(self) -> str:
        """What tells it apart from all others."""
        return f"{self.name} in {self.within}" if self.within else self.name

    @property
    def complete(self) -> bool:
        """Whether it may be shipped: with its licence, in name and in text."""
        return bool(self.licence and self.texts) and all(text.is_file() for text in self.texts)

    def component(self) -> dict[str, object]:
        """As CycloneDX says it."""
        spdx = SPDX_WORD.fullmatch(self.licence)
        choice = {"expression": self.licence} if spdx else {"license": {"name": self.licence}}
        told = {"type": "library", "bom-ref": self.purl or self.title, "name": self.name, "licenses": [choice]}
        return {
            **told,
            **({"version": self.version} if self.version else {}),
            **({"purl": self.purl} if self.purl else {}),
        }


def shipped_parts(libraries: Path, versions: Mapping[str, str]) -> list[Part]:
    """The packages in `libraries` and the rest of packaging/parts.toml, by name.

    `versions` holds the facts that parts.toml asks for by name. Raises BuildError when something has no licence text.
    """
    told = _told()
    packages = {_name(found): found for found in distributions(path=[str(libraries)])}
    known = {**versions, **{name: found.version for name, found in packages.items()}}
    parts = [package_part(found) for found in packages.values()]
    for entry in told["part"]:
        texts = tuple(LICENCES / text for text in entry["texts"])
        version = known[entry["version"]] if entry["version"] else ""
        parts.append(Part(entry["name"], version, entry["licence"], texts, within=entry.get("within", "")))
    for part in parts:
        if not part.complete:
            raise BuildError(f"{part.title} has no licence or no licence text: add it to packaging/parts.toml.")
    return sorted(parts, key=lambda part: part.title.casefold())


def _name(found: Distribution) -> str:
    return re.sub(r"[-_.]+", "-", found.name).lower()


def _told() -> dict[str, Any]:
    return tomllib.loads((PACKAGING / "parts.toml").read_text(encoding="utf-8"))


def package_part(found: Distribution) -> Part:
    """A Python package with the licence that it says or that packaging/parts.toml says for it."""
    name, held = _name(found), found.metadata
    more = _told()["package"].get(name, {})
    said = next((held[field] for field in ("License-Expression", "License") if field in held), "")
    licence = str(more.get("licence") or said)
    named = set(held.get_all("License-File") or ())
    own = [Path(str(found.locate_file(file))) for file in found.files or () if _is_licence(file, named)]
    added = [LICENCES / text for text in cast("list[str]", more.get("texts", []))]
    return Part(name, found.version, licence, (*sorted(own), *added), f"pkg:pypi/{name}@{found.version}")


def _is_licence(file: PurePath, named: set[str]) -> bool:
    """Whether a file of a package is the text of a licence that this program uses it under.

    Older packages name theirs in the metadata and keep them beside it, others have a folder for them.
    """
    beside = file.parent.suffix == ".dist-info" and file.name in named
    return (beside or "licenses" in file.parts) and "Commercial" not in file.name


def bill_of_materials(plan: Plan, parts: list[Part]) -> str:
    """The bill as JSON; the same for the same plan and parts."""
    date = dt.datetime.fromtimestamp(plan.epoch, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    components = [part.component() for part in parts]
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(NAMESPACE, plan.version + date + json.dumps(components))}",
        "version": 1,
        "metadata": {
            "timestamp": date,
            "component": {
                "type": "application",
                "bom-ref": NAME,
                "name": NAME,
                "version": plan.version,
                "licenses": [{"expression": OWN_LICENCE}],
            },
        },
        "components": components,
        "dependencies": [{"ref": NAME, "dependsOn": [str(component["bom-ref"]) for component in components]}],
    }
    return json.dumps(bill, indent=1, ensure_ascii=False) + "\n"


def write_parts(plan: Plan, parts: list[Part]) -> None:
    """Put the bill and the licence texts into the program folder, and the bill beside the setup too."""
    bill = bill_of_materials(plan, parts)
    (plan.frozen / BOM_NAME).write_text(bill, encoding="utf-8", newline="\n")
    plan.dist.mkdir(parents=True, exist_ok=True)
    (plan.dist / f"{NAME}-{plan.version}-{BOM_NAME}").write_text(bill, encoding="utf-8", newline="\n")
    folder = plan.frozen / "licences"
    folder.mkdir(exist_ok=True)
    # The program's own licence goes with each copy of it.
    shutil.copyfile(ROOT / "LICENSE", folder / f"{NAME}.txt")
    lines = [f"{NAME} {plan.version}: {OWN_LICENCE} ({NAME}.txt)"]
    for part in parts:
        shipped = [_shipped_name(part, text) for text in part.texts]
        for name, text in zip(shipped, part.texts, strict=True):
            shutil.copyfile(text, folder / name)
        lines.append(f"{part.title} {part.version}: {part.licence} ({', '.join(shipped)})")
    (folder / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _shipped_name(part: Part, text: Path) -> str:
    return text.name if text.parent == LICENCES else f"{part.name}-{text.name.removesuffix('.txt')}.txt"
