"""What the Windows tests share: the tools, one build, and a setup of an older version."""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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
def builds(
    tools: Toolchain, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> tuple[Plan, Plan]:
    """Two of one commit, made at the same time; for the second one store and work stand elsewhere."""
    first, second = (tmp_path_factory.mktemp(name) for name in ("first", "second"))
    plan = Plan(program_version(), source_date(), first / "work", first / "dist")
    again = replace(plan, work=second / "work-elsewhere", dist=second / "dist")
    with ThreadPoolExecutor() as beside:
        made = beside.submit(build_elsewhere, again, tools, second / "store")
        build(plan, tools, pytestconfig.stash[SAID].append)
        made.result()
    return plan, again


def build_elsewhere(plan: Plan, tools: Toolchain, store: Path) -> None:
    """Make everything with the same tools in another store, and so in another Windows."""
    for found in (tools.python.parent, tools.libraries, tools.tools):
        shutil.copytree(found, store / found.name, copy_function=os.link)
    others = toolchain(store, None, print)
    build(plan, others, print)
    settle(others.windows)


@pytest.fixture(scope="package")
def built(builds: tuple[Plan, Plan]) -> Plan:
    return builds[0]


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
