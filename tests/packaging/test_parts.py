"""The bill of materials is valid CycloneDX, complete and the same each time; nothing ships without its licence."""

from __future__ import annotations

import json
import re
import tomllib
from functools import reduce
from importlib.metadata import distribution, distributions
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import pytest
from packaging.requirements import Requirement
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel
from winbuild.freeze import PYTHON_VERSION, RUN_LOCK
from winbuild.parts import bill_of_materials, package_part, shipped_parts, write_parts
from winbuild.plan import NAME, BuildError, Plan, program_version

from tests.packaging.conftest import ROOT
from tests.packaging.test_winget import once

VERSIONS = {
    "python": "3.13.5",
    "sqlcipher": "4.9.0",
    "sqlcipher-openssl": "3.5.0",
    "libpq": "18.1",
    "libpq-openssl": "3.6.1",
    "nsis": "3.08",
    "pyinstaller": "6.22.3",
}

UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class Told(BaseModel):
    """What CycloneDX's schema 1.6 says of what our bill uses; a name that is not below is refused, as by the schema."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


Reference = Annotated[str, Field(min_length=1)]


class Expression(Told):
    expression: str


class Named(Told):
    name: str


class License(Told):
    license: Named


class Component(Told):
    type: Literal["application", "library"]
    reference: Annotated[Reference, Field(alias="bom-ref")]
    name: str
    version: str = ""
    licenses: Annotated[list[Expression], Field(min_length=1, max_length=1)] | list[License]
    purl: Annotated[str, Field(pattern=r"^pkg:pypi/[a-z0-9-]+@[^@/]+$")] = "pkg:pypi/none@0"


class Metadata(Told):
    timestamp: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    component: Component


class Dependency(Told):
    ref: Reference
    depends_on: Annotated[list[Reference], AfterValidator(once)]


class Bill(Told):
    bom_format: Literal["CycloneDX"]
    spec_version: Literal["1.6"]
    serial_number: Annotated[str, Field(pattern=rf"^urn:uuid:{UUID}$")]
    version: Annotated[int, Field(ge=1)]
    metadata: Metadata
    components: list[Component]
    dependencies: list[Dependency]

    @model_validator(mode="after")
    def _each_once_and_known(self) -> Self:
        known = once([self.metadata.component.reference, *(one.reference for one in self.components)])
        once([one.ref for one in self.dependencies])
        if strange := {ref for one in self.dependencies for ref in (one.ref, *one.depends_on)} - set(known):
            raise ValueError(strange)
        return self


def add_package(folder: Path, name: str, metadata: str, *, licence: bool = True) -> None:
    info = folder / f"{name.replace('-', '_')}-1.2.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.2\n{metadata}", encoding="utf-8")
    record = [f"{info.name}/METADATA,,"]
    if licence:
        (info / "licenses" / "LICENSE").write_text("You may.", encoding="utf-8")
        record.append(f"{info.name}/licenses/LICENSE,,")
    (info / "RECORD").write_text("\n".join(record) + "\n", encoding="utf-8")


@pytest.fixture
def libraries(tmp_path: Path) -> Path:
    folder = tmp_path / "libraries"
    add_package(folder, "pyside6-essentials", "License: LGPL-3.0-only OR GPL-2.0-only\n")
    add_package(folder, "some-package", "License-Expression: MIT\n")
    return folder


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    plan = Plan("1.2.3", 1_700_000_000, tmp_path / "work", tmp_path / "dist")
    plan.frozen.mkdir(parents=True)
    return plan


def changed(bill: dict[str, Any], place: str, value: object) -> dict[str, Any]:
    """A copy with another value at this place, such as `components.0.type`; `None` takes it away."""
    copy = json.loads(json.dumps(bill))
    *way, last = [int(part) if part.isdigit() else part for part in place.split(".")]
    held = reduce(lambda inside, part: inside[part], way, copy)
    if value is None:
        del held[last]
    elif isinstance(held, list) and last == len(held):
        held.append(value)
    else:
        held[last] = value
    return dict(copy)


def test_the_bill_is_what_the_schema_of_cyclonedx_allows(plan: Plan, libraries: Path) -> None:
    Bill.model_validate_json(bill_of_materials(plan, shipped_parts(libraries, VERSIONS)))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("bomFormat", None),
        ("specVersion", "1.5"),
        ("serialNumber", "urn:uuid:1"),
        ("version", 0),
        ("made", "today"),
        ("metadata.timestamp", "2023-11-14"),
        ("metadata.component.name", None),
        ("components.0.type", "package"),
        ("components.0.bom-ref", ""),
        ("components.0.versions", "1"),
        ("components.0.licenses.0.license", {"name": "MIT"}),
        ("components.0.licenses.1", {"expression": "MIT"}),
        ("components.0.licenses.0", {"license": {}}),
        ("dependencies.0.ref", None),
        ("dependencies.0.dependsOn.0", "Qt"),
    ],
)
def test_what_cyclonedx_refuses_is_refused(plan: Plan, libraries: Path, place: str, value: object) -> None:
    bill = json.loads(bill_of_materials(plan, shipped_parts(libraries, VERSIONS)))
    with pytest.raises(ValidationError):
        Bill.model_validate_json(json.dumps(changed(bill, place, value)))


@pytest.mark.parametrize("twice", ["components", "dependencies"])
def test_nothing_stands_twice_in_the_bill(plan: Plan, libraries: Path, twice: str) -> None:
    bill = json.loads(bill_of_materials(plan, shipped_parts(libraries, VERSIONS)))
    with pytest.raises(ValidationError):
        Bill.model_validate_json(json.dumps(changed(bill, f"{twice}.{len(bill[twice])}", bill[twice][0])))


def test_the_bill_names_packages_and_what_packages_do_not_name(plan: Plan, libraries: Path) -> None:
    bill = json.loads(bill_of_materials(plan, shipped_parts(libraries, VERSIONS)))
    named = {component["bom-ref"].split("@")[0]: component.get("version") for component in bill["components"]}
    assert named["pkg:pypi/some-package"] == named["Qt"] == "1.2"
    assert (named["CPython"], named["SQLCipher"], named["libpq"]) == ("3.13.5", "4.9.0", "18.1")
    assert (named["OpenSSL in SQLCipher"], named["OpenSSL in libpq"]) == ("3.5.0", "3.6.1")
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    assert bill_of_materials(plan, shipped_parts(libraries, VERSIONS)) == json.dumps(bill, indent=1) + "\n"


def test_licence_texts_ship_with_the_program(plan: Plan, libraries: Path) -> None:
    write_parts(plan, shipped_parts(libraries, VERSIONS))
    shipped = {path.name for path in (plan.frozen / "licences").iterdir()}
    assert {"some-package-LICENSE.txt", "LGPL-3.0.txt", "GPL-3.0.txt", "Python.txt", "README.txt"} <= shipped
    told = (plan.frozen / "licences" / "README.txt").read_text(encoding="utf-8")
    assert "some-package 1.2: MIT (some-package-LICENSE.txt)" in told
    assert told.startswith(f"{NAME} 1.2.3: EUPL-1.2 ({NAME}.txt)\n")
    own = (plan.frozen / "licences" / f"{NAME}.txt").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in own
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "EUPL-1.2"
    assert (plan.dist / f"{NAME}-1.2.3-bom.json").read_bytes() == (plan.frozen / "bom.json").read_bytes()


@pytest.mark.parametrize(("metadata", "licence"), [("", True), ("License-Expression: MIT\n", False)])
def test_nothing_ships_without_a_licence(libraries: Path, metadata: str, licence: bool) -> None:
    add_package(libraries, "nameless", metadata, licence=licence)
    with pytest.raises(BuildError, match="nameless has no licence"):
        shipped_parts(libraries, VERSIONS)


def locked() -> set[str]:
    """The packages that the lock names for Windows."""
    windows = {"sys_platform": "win32", "platform_system": "Windows", "python_version": PYTHON_VERSION}
    windows |= {"python_full_version": f"{PYTHON_VERSION}.0"}
    lines = re.findall(r"^\S+==[^\\\n]+", RUN_LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    asked = map(Requirement, lines)
    return {one.name for one in asked if one.marker is None or one.marker.evaluate(dict(windows))}


def is_installed(name: str) -> bool:
    return any(True for _ in distributions(name=name))


def test_every_locked_package_that_is_installed_may_be_shipped() -> None:
    parts = [package_part(distribution(name)) for name in locked() if is_installed(name)]
    assert len(parts) > 10
    assert [part.name for part in parts if not part.complete] == []


def test_what_is_said_of_packages_is_said_of_locked_ones() -> None:
    told = (ROOT / "packaging" / "parts.toml").read_text(encoding="utf-8")
    assert set(re.findall(r"^\[package\.([a-z0-9-]+)\]", told, re.MULTILINE)) <= locked()


def test_licences_with_one_stem_ship_apart(plan: Plan, libraries: Path) -> None:
    add_package(libraries, "old-style", "License: MIT\nLicense-File: LICENCE.python\nLicense-File: LICENCE.rst\n")
    info = libraries / "old_style-1.2.dist-info"
    for name in ("LICENCE.python", "LICENCE.rst"):
        (info / name).write_text(name, encoding="utf-8")
        with (info / "RECORD").open("a", encoding="utf-8") as record:
            record.write(f"{info.name}/{name},,\n")
    write_parts(plan, shipped_parts(libraries, VERSIONS))
    shipped = plan.frozen / "licences"
    assert (shipped / "old-style-LICENCE.python.txt").read_text(encoding="utf-8") == "LICENCE.python"
    assert (shipped / "old-style-LICENCE.rst.txt").read_text(encoding="utf-8") == "LICENCE.rst"


def test_a_version_that_windows_cannot_compare_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "ccinc_wizard"
    package.mkdir()
    (package / "__init__.py").write_text('__version__ = "1.0rc1"\n', encoding="utf-8")
    with pytest.raises(BuildError, match="three numbers"):
        program_version(tmp_path)
    assert re.fullmatch(r"\d+\.\d+\.\d+", program_version())
