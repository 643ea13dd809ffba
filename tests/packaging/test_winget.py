"""The manifests for winget say of the setup what winget's schema asks, and what the setup does."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from winbuild import winget
from winbuild.plan import NAME, Plan, sha256

from tests.packaging.conftest import ROOT

REQUIRED = {
    "version": {"PackageIdentifier", "PackageVersion", "DefaultLocale", "ManifestType", "ManifestVersion"},
    "installer": {"PackageIdentifier", "PackageVersion", "Installers", "ManifestType", "ManifestVersion"},
    "defaultLocale": {
        *("PackageIdentifier", "PackageVersion", "PackageLocale", "Publisher", "PackageName", "License"),
        *("ShortDescription", "ManifestType", "ManifestVersion"),
    },
    "locale": {"PackageIdentifier", "PackageVersion", "PackageLocale", "ManifestType", "ManifestVersion"},
}
"""What the schemas 1.6.0 of winget-cli require."""
RESPONSES = {"packageInUse", "downgrade", "systemNotSupported", "custom"}


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    plan = Plan("1.2.3", 1_700_000_000, tmp_path / "work", tmp_path / "dist")
    plan.dist.mkdir()
    plan.setup.write_bytes(b"a setup")
    return plan


def test_each_manifest_has_what_the_schema_requires(plan: Plan) -> None:
    kinds = []
    for name, told in winget.manifests(plan).items():
        kind = str(told["ManifestType"])
        kinds.append(kind)
        assert told.keys() >= REQUIRED[kind], name
        assert re.fullmatch(r"[^.\s]{1,32}(\.[^.\s]{1,32}){1,7}", str(told["PackageIdentifier"]))
    assert sorted(kinds) == ["defaultLocale", "installer", "locale", "locale", "version"]


def test_the_installers_are_those_that_the_setup_offers(plan: Plan) -> None:
    told = winget.manifests(plan)[f"{winget.ID}.installer.yaml"]
    installers = told["Installers"]
    assert isinstance(installers, list)
    for one in installers:
        assert (one["Architecture"], one["InstallerSha256"]) == ("x64", sha256(plan.setup))
        assert one["InstallerUrl"].endswith(f"/{plan.setup.name}")
    switches = {one["Scope"]: one.get("InstallerSwitches") for one in installers}
    assert switches == {"user": None, "machine": {"Custom": "/AllUsers"}}
    script = (ROOT / "packaging" / "nsis" / "setup.nsi").read_text(encoding="utf-8")
    assert '"/AllUsers"' in script
    assert f'!define NAME "{told["ProductCode"]}"' in script
    assert str(told["MinimumOSVersion"]).split(".")[2] in script
    codes = set(map(int, re.findall(r"^!define EXIT_\w+ (\d+)$", script, re.MULTILINE)))
    assert set(winget.RETURN_CODES) <= codes
    assert set(winget.RETURN_CODES.values()) <= RESPONSES


def test_the_manifests_are_files_that_winget_reads(plan: Plan) -> None:
    with zipfile.ZipFile(winget.build_winget(plan)) as archive:
        names = archive.namelist()
        assert all(json.loads(archive.read(name)) for name in names)
    assert (plan.dist / f"{NAME}-1.2.3-winget.zip").read_bytes() == winget.build_winget(plan).read_bytes()
    assert names == sorted(names)
