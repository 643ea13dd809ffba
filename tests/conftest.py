"""No test touches the machine's own keyring or the user's folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import surroundings

if TYPE_CHECKING:
    from tests.requestlog.postgres import Server

try:
    surroundings.make()
except RuntimeError as unfit:
    pytest.exit(str(unfit), returncode=2)


def pytest_configure() -> None:
    """Filters that are set earlier would be put back by pytest."""
    surroundings.forget_warnings()


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in surroundings.HOMES:
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for all tests that want one."""
    from tests.requestlog.postgres import running

    with running() as started:
        yield started


FIGURES: list[str] = []


@pytest.fixture
def figures() -> list[str]:
    """Lines printed at the end of the run: what was measured, not only that it passed."""
    return FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures."""
    if FIGURES:
        terminalreporter.section("figures")
        for line in FIGURES:
            terminalreporter.write_line(line)
