"""Small checkouts, whose set-up takes seconds and no network."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.tooling.checkouts import Checkout


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a checkout that is set up."""
    folder = tmp_path_factory.mktemp("made-once")
    checkout = Checkout(folder)
    done = checkout.run("setup")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout that is not set up yet."""
    return Checkout(tmp_path)


@pytest.fixture
def working(made_once: Path, tmp_path: Path) -> Checkout:
    """A checkout that works, set up with version 1.0."""
    checkout = Checkout(tmp_path)
    shutil.copytree(made_once / "checkout" / ".venv", checkout.environment, symlinks=True)
    return checkout
