"""The next release of anything changes nothing: the real lock, set up from a folder that has newer versions of all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bootstrap import environments, fetching
from bootstrap.talk import NotSetUpError

from tests.tooling.checkouts import stub_wheel

OLD_PIP = "22.3"
"""Resolves `coverage[toml]` to the newest coverage, whatever the lock says; the one of Debian 12 does so too."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every locked wheel, fetched as this machine fetches, and a newer version of each."""
    folder = tmp_path_factory.mktemp("index")
    fetch(folder, "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(environments.DEV_LOCK))
    for name in environments.names(environments.DEV_LOCK.read_text(encoding="utf-8")):
        stub_wheel(folder, re.sub(r"[-_.]+", "_", name), "9999.0")
    return folder


def fetch(folder: Path, *what: str) -> None:
    """`pip download`; skips when the registry is out of reach."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--dest", str(folder)]
    done = subprocess.run([*command, *what], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"the package registry is out of reach: {done.stderr.strip().splitlines()[-1:]}")


@pytest.fixture(scope="module", params=[OLD_PIP, "newest"])
def python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with that pip and nothing else."""
    old = request.param == OLD_PIP
    if old and sys.version_info >= (3, 12):
        pytest.skip(f"pip {OLD_PIP} does not run on Python 3.12 and later")
    folder = tmp_path_factory.mktemp("pip")
    fetch(folder, "--no-deps", f"pip=={OLD_PIP}" if old else "pip")
    [wheel] = folder.glob("pip-*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    own = {**os.environ, "PYTHONPATH": str(wheel), "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    made = environments.python_of(folder / "venv")
    subprocess.run([made, "-m", "pip", "install", "--quiet", wheel], env=own, check=True, capture_output=True)
    return made


@pytest.fixture(autouse=True)
def _from_the_folder_alone(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))


def test_without_no_deps_the_old_pip_takes_the_bait(
    python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, text=True, check=True).stdout
    if f"pip {OLD_PIP} " not in version:
        pytest.skip("a newer pip keeps to the lock by itself")
    resolving = tuple(word for word in fetching.INSTALL if word != "--no-deps")
    monkeypatch.setattr(fetching, "INSTALL", (*resolving, "--dry-run"))
    with pytest.raises(NotSetUpError, match="hash"):
        fetching.install(python, environments.DEV_LOCK, tmp_path)


def test_what_is_locked_is_installed_whatever_is_newer(python: Path, tmp_path: Path) -> None:
    fetching.install(python, environments.DEV_LOCK, tmp_path)
    listed = "import importlib.metadata as m; print(*(d.name + '==' + d.version for d in m.distributions()), sep='\\n')"
    held = subprocess.run([python, "-I", "-c", listed], capture_output=True, text=True, check=True).stdout.split()
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", environments.DEV_LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    found = {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in (line.split("==") for line in held)}
    del found["pip"]
    assert {"pytest", "coverage", "pyside6-essentials", "sqlcipher3"} <= found.keys()
    assert found.items() <= locked.items()
