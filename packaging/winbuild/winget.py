"""Manifests for winget, of what was just built; the address of the setup is the one thing left to fill in."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from winbuild.archives import zip_files
from winbuild.plan import NAME, Plan, sha256

ID, TITLE, PUBLISHER = "CCinC.AccessWizard", "CCinC-toegangswizard", "CCinC"
ADDRESS = "https://example.invalid/"
SCHEMA = "1.6.0"
WORDS = {
    "nl-BE": "Helpt bij aanvragen voor toegang tot CCinC.",
    "fr-BE": "Aide à traiter les demandes d'accès à CCinC.",
    "en-GB": "Helps with requests for access to CCinC.",
}
DEFAULT = "nl-BE"
FIRST_WINDOWS = "10.0.15063.0"
RETURN_CODES = {740: "custom", 1150: "systemNotSupported", 1618: "packageInUse", 1638: "downgrade"}


def manifests(plan: Plan) -> dict[str, dict[str, object]]:
    """Each manifest by its file name, as winget's schema has it."""
    common = {"PackageIdentifier": ID, "PackageVersion": plan.version}
    setup = {"Architecture": "x64", "InstallerUrl": ADDRESS + plan.setup.name, "InstallerSha256": sha256(plan.setup)}
    for_all = {"Custom": "/AllUsers"}
    installer: dict[str, object] = {
        **common,
        "Platform": ["Windows.Desktop"],
        "MinimumOSVersion": FIRST_WINDOWS,
        "InstallerType": "nullsoft",
        "InstallModes": ["interactive", "silent"],
        "UpgradeBehavior": "install",
        "ProductCode": NAME,
        "ReleaseDate": dt.datetime.fromtimestamp(plan.epoch, dt.UTC).date().isoformat(),
        "ExpectedReturnCodes": [
            {"InstallerReturnCode": code, "ReturnResponse": means} for code, means in RETURN_CODES.items()
        ],
        "Installers": [
            {**setup, "Scope": "user"},
            {
                **setup,
                "Scope": "machine",
                "InstallerSwitches": for_all,
                "ElevationRequirement": "elevationRequired",
            },
        ],
    }
    found = {
        f"{ID}.yaml": {**common, "DefaultLocale": DEFAULT, **_kind("version")},
        f"{ID}.installer.yaml": {**installer, **_kind("installer")},
    }
    for locale, words in WORDS.items():
        told = {
            **common,
            "PackageLocale": locale,
            "Publisher": PUBLISHER,
            "PackageName": TITLE,
            "License": "EUPL-1.2",
            "ShortDescription": words,
        }
        found[f"{ID}.locale.{locale}.yaml"] = {**told, **_kind("defaultLocale" if locale == DEFAULT else "locale")}
    return found


def _kind(name: str) -> dict[str, object]:
    return {"ManifestType": name, "ManifestVersion": SCHEMA}


def build_winget(plan: Plan) -> Path:
    """The manifests as a zip beside the setup. JSON is YAML too."""
    target = plan.dist / f"{NAME}-{plan.version}-winget.zip"
    lines = {name: json.dumps(told, ensure_ascii=False, indent=2) + "\n" for name, told in manifests(plan).items()}
    zip_files(target, {name: text.encode("utf-8") for name, text in lines.items()}, plan.epoch)
    return target
