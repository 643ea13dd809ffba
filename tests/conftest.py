"""No test touches the machine's own keyring or the user's folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import surroundings

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController as Worker

    from tests.requestlog.postgres import Server

try:
    surroundings.make()
except RuntimeError as unfit:
    pytest.exit(str(unfit), returncode=2)

# How long an example takes tells how busy a machine is. And the same examples each time: `--hypothesis-profile=default`
# looks for others.
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
if settings.get_current_profile_name() == "default":  # `run.py mutate` has one of its own
    settings.load_profile("same")


def pytest_configure(config: pytest.Config) -> None:
    """Filters that are set earlier would be put back by pytest."""
    surroundings.forget_warnings()
    if told := getattr(config, "workerinput", None):
        surroundings.join(told["callers"])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Worker) -> None:
    """Tell a worker what the caller's own environment is."""
    node.workerinput["callers"] = dict(surroundings.CALLERS)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Worker) -> None:
    """Take over what a worker has measured; one that broke down has left nothing."""
    FIGURES.extend(getattr(node, "workeroutput", {}).get("figures", []))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what was measured, where this is a worker."""
    if (left := getattr(session.config, "workeroutput", None)) is not None:
        left["figures"] = FIGURES


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
