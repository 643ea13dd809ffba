"""What the Windows tests share: the tools, one build, and a setup of an older version."""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from winbuild.archives import write_file_list
from winbuild.build import build, toolchain
from winbuild.freeze import Toolchain
from winbuild.plan import PACKAGING, Plan, UnavailableError, program_version, set_dates, source_date
from winbuild.setup_exe import build_setup

from tests.packaging.desktop import settle

STORE = "CCINC_WIZARD_BUILD_STORE"
"""A folder for what builds share, kept from one run to the next."""
CEILINGS = PACKAGING / "ceilings.toml"
SAID = pytest.StashKey[list[str]]()
"""What the build said, for the end of the job."""


@pytest.fixture(scope="package")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toolchain]:
    store = os.environ.get(STORE)
    folder = Path(store).resolve() if store else tmp_path_factory.mktemp("store")
    try:
        found = toolchain(folder, None, print)
    except UnavailableError as reason:
        pytest.skip(str(reason))
    yield found
    settle(found.windows)


@pytest.fixture(scope="package")
def built(tools: Toolchain, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Plan:
    folder = tmp_path_factory.mktemp("first")
    plan = Plan(program_version(), source_date(), folder / "work", folder / "dist")
    build(plan, tools, pytestconfig.stash[SAID].append)
    return plan


def ceilings(text: str = "") -> dict[str, int]:
    """What a build may take, in bytes, and its start in files."""
    return dict(tomllib.loads(text or CEILINGS.read_text(encoding="utf-8")))


def copy_pictures(built: Plan, plan: Plan) -> None:
    """What a setup shows, for another setup."""
    (plan.work / "source").mkdir(parents=True)
    for name in ("app.ico", "setup.bmp"):
        shutil.copyfile(built.work / "source" / name, plan.work / "source" / name)


@pytest.fixture(scope="package")
def older(built: Plan, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A setup of an older version, with a file that the newer one has no more."""
    folder = tmp_path_factory.mktemp("older")
    plan = replace(built, version="0.9.0", work=folder / "work", dist=folder / "dist")
    shutil.copytree(built.frozen, plan.frozen)
    (plan.frozen / "_internal" / "of-the-past.txt").write_text("gone", encoding="ascii")
    write_file_list(plan)
    copy_pictures(built, plan)
    set_dates(plan.frozen, plan.epoch)
    build_setup(plan, quick=True)
    return plan
