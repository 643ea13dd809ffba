"""The manifests for winget say of the setup what winget's schema asks, and what the setup does."""

from __future__ import annotations

import json
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from winbuild import winget
from winbuild.plan import NAME, Plan, sha256

from tests.packaging.conftest import ROOT

Named = Annotated[str, Field(pattern=r"^[^.\s\\/:*?\"<>|]{1,32}(\.[^.\s\\/:*?\"<>|]{1,32}){1,7}$", max_length=128)]
Part = r"(0|[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])"
Numbered = Annotated[str, Field(pattern=rf"^{Part}(\.{Part}){{0,3}}$")]
Locale = Annotated[str, Field(pattern=r"^[a-zA-Z]{2,3}(-[a-zA-Z]{1,8})*$", max_length=20)]
Words = Annotated[str, Field(min_length=3, max_length=256)]


def once(named: list[str]) -> list[str]:
    """What stands in a list of which winget wants each only once. Raises ValueError."""
    if len(named) > len(set(named)):
        raise ValueError(named)
    return named


def dated(text: str) -> str:
    """A day that there is. Raises ValueError."""
    return date.fromisoformat(text).isoformat()


class Manifest(BaseModel):
    """What all have, by winget-cli's schemas 1.6.0; a name they do not know is refused, as winget passes over it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    PackageIdentifier: Named
    PackageVersion: Numbered
    ManifestVersion: Annotated[str, Field(pattern=r"^1\.6\.0$")]


class Version(Manifest):
    ManifestType: Literal["version"]
    DefaultLocale: Locale


class Default(Manifest):
    ManifestType: Literal["defaultLocale"]
    PackageLocale: Locale
    Publisher: Words
    PackageName: Words
    License: Words
    ShortDescription: Words


class Translated(Default):
    ManifestType: Literal["locale"]  # type: ignore[assignment]


class Setup(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    Architecture: Literal["x86", "x64", "arm", "arm64", "neutral"]
    InstallerUrl: Annotated[str, Field(pattern="^https?://.", max_length=2048)]
    InstallerSha256: Annotated[str, Field(pattern="^[A-Fa-f0-9]{64}$")]
    Scope: Literal["user", "machine"]
    ElevationRequirement: Literal["elevationRequired", "elevationProhibited", "elevatesSelf"] = "elevationProhibited"
    InstallerSwitches: dict[Literal["Silent", "SilentWithProgress", "InstallLocation", "Upgrade", "Custom"], Words] = {}


class ReturnCode(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    InstallerReturnCode: Annotated[int, Field(ge=1, le=2**32 - 1)]
    ReturnResponse: Literal["packageInUse", "diskFull", "alreadyInstalled", "downgrade", "systemNotSupported", "custom"]


class Installer(Manifest):
    ManifestType: Literal["installer"]
    Platform: Annotated[list[Literal["Windows.Desktop", "Windows.Universal"]], AfterValidator(once)]
    MinimumOSVersion: Numbered
    InstallerType: Literal["exe", "inno", "msi", "nullsoft", "portable", "wix", "zip"]
    InstallModes: Annotated[list[Literal["interactive", "silent", "silentWithProgress"]], AfterValidator(once)]
    UpgradeBehavior: Literal["install", "uninstallPrevious", "deny"]
    ProductCode: Annotated[str, Field(min_length=1, max_length=255)]
    ReleaseDate: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(dated)]
    ExpectedReturnCodes: Annotated[list[ReturnCode], Field(max_length=128)]
    Installers: Annotated[list[Setup], Field(min_length=1, max_length=1024)]


KINDS: dict[str, type[Manifest]] = {
    "version": Version,
    "installer": Installer,
    "defaultLocale": Default,
    "locale": Translated,
}


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    plan = Plan("1.2.3", 1_700_000_000, tmp_path / "work", tmp_path / "dist")
    plan.dist.mkdir()
    plan.setup.write_bytes(b"a setup")
    return plan


def test_each_manifest_is_one_that_the_schema_allows(plan: Plan) -> None:
    made = winget.manifests(plan)
    for told in made.values():
        KINDS[str(told["ManifestType"])].model_validate(told)
    assert sorted(str(told["ManifestType"]) for told in made.values()) == [
        "defaultLocale",
        "installer",
        "locale",
        "locale",
        "version",
    ]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("version", {"PackageIdentifier": "wizard"}),
        ("version", {"Moniker": "ccinc"}),
        ("installer", {"InstallerType": "nsis"}),
        ("installer", {"Installers": []}),
        ("installer", {"MinimumOSVersion": "10.0.99999.0"}),
        ("installer", {"ReleaseDate": "2026-13-45"}),
        ("installer", {"Platform": ["Windows.Desktop", "Windows.Desktop"]}),
        ("installer", {"InstallModes": ["silent", "silent"]}),
        ("installer", {"ExpectedReturnCodes": [{"InstallerReturnCode": 0, "ReturnResponse": "custom"}]}),
        ("locale", {"ShortDescription": "x"}),
    ],
)
def test_what_the_schema_refuses_is_refused(plan: Plan, kind: str, wrong: dict[str, object]) -> None:
    told = next(one for one in winget.manifests(plan).values() if one["ManifestType"] == kind)
    with pytest.raises(ValidationError):
        KINDS[kind].model_validate({**told, **wrong})


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


def test_the_manifests_are_files_that_winget_reads(plan: Plan) -> None:
    with zipfile.ZipFile(winget.build_winget(plan)) as archive:
        names = archive.namelist()
        assert all(json.loads(archive.read(name)) for name in names)
    assert (plan.dist / f"{NAME}-1.2.3-winget.zip").read_bytes() == winget.build_winget(plan).read_bytes()
    assert names == sorted(names)


def test_the_recipe_for_intune_is_what_the_setup_does() -> None:
    page = (ROOT / "docs" / "windows.md").read_text(encoding="utf-8")
    script = (ROOT / "packaging" / "nsis" / "setup.nsi").read_text(encoding="utf-8")
    table = page.partition("**Intune**")[2].partition("**winget**")[0]
    recipe = dict(re.findall(r"^\| ([a-z ]+) \| (.+) \|$", table, re.MULTILINE))
    for name in ("install", "uninstall"):
        for switch in re.findall(r" (/\w+)", recipe[name]):
            assert switch == "/S" or f'"{switch}"' in script, switch
    key = re.search(r'^!define UNINSTALL_KEY "(.+)"$', script, re.MULTILINE)
    assert key
    assert "HKEY_LOCAL_MACHINE\\" + key[1].replace("${NAME}", NAME) in recipe["detection"]
    assert 'WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"' in script
    codes = set(re.findall(r"^!define EXIT_\w+ (\d+)$", script, re.MULTILINE))
    assert set(re.findall(r"\d{3,}", recipe["return codes"])) == codes
    assert set(re.findall(r"[a-z]+", recipe["return codes"])) <= {"success", "retry", "failed"}
