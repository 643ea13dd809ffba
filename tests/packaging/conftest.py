"""Makes the build's own modules importable and keeps the long Windows tests to their own job."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.surroundings import CALLERS

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))

from tests.packaging.builds import SAID, builds, built, older, tools  # noqa: E402 - they stand on the line above
from tests.packaging.windowed import desk, picture, this_version  # noqa: E402

__all__ = ["builds", "built", "desk", "older", "picture", "this_version", "tools"]

JOB = "CCINC_WIZARD_WINDOWS_JOB"
NEEDED = {
    "wine": "wine",
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "mvn": "maven",
    "wineserver": "wine",
}
"""What the Wine tests call, and the Debian package that brings it."""

REGISTRIES = ("PIP_", "HTTP_", "HTTPS_", "NO_", "SSL_", "REQUESTS_", "MAVEN_", "JAVA_")
"""How what the caller has set begins that says where packages come from; how they are installed is the build's."""


@dataclass(frozen=True)
class Certificate:
    """A certificate that nobody trusts, as the signing hook is given one."""

    folder: Path

    @property
    def env(self) -> dict[str, str]:
        """What names it to the build."""
        return {
            "CCINC_SIGN_PFX": str(self.folder / "c.pfx"),
            "CCINC_SIGN_PASSWORD_FILE": str(self.folder / "secret.txt"),
        }

    def call(self, *words: str) -> str:
        """Run a tool in the certificate's folder."""
        return subprocess.run(words, cwd=self.folder, check=True, capture_output=True, text=True).stdout

    def compile_program(self, target: Path) -> None:
        """A program for Windows that does nothing."""
        from winbuild.windows import COMPILER

        (self.folder / "main.c").write_text("int main(void) { return 0; }", encoding="ascii")
        self.call(COMPILER, "-o", str(target), "main.c")

    def verify(self, program: Path) -> str:
        """What osslsigncode says of a program's signature."""
        return self.call("osslsigncode", "verify", "-CAfile", "c.pem", "-in", str(program))


@pytest.fixture(scope="package", autouse=True)
def _registries() -> Iterator[None]:
    told = {name: value for name, value in CALLERS.items() if name.upper().startswith(REGISTRIES)}
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name in told.keys() - {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"}:
            monkeypatch.setenv(name, told[name])
        yield


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """A new one."""
    made = Certificate(tmp_path / "certificate")
    made.folder.mkdir()
    (made.folder / "secret.txt").write_text("hunter2", encoding="ascii")
    subject = ["-subj", "/CN=Test", "-addext", "extendedKeyUsage=codeSigning"]
    made.call("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem", *subject)
    to = ["-out", "c.pfx", "-passout", "file:secret.txt"]
    made.call("openssl", "pkcs12", "-export", "-inkey", "k.pem", "-in", "c.pem", *to)
    return made


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker of the tests that run the installed program under Wine."""
    config.stash[SAID] = []
    config.addinivalue_line("markers", "wine: builds the setup and runs it under Wine, for minutes")


def why_not_under_wine() -> str:
    """Why the Wine tests cannot run here; nothing when they can."""
    if not os.environ.get(JOB):
        return f"takes minutes: .ci/windows runs it (or set {JOB}=1)"
    if sys.platform == "win32":
        return "runs the setup in a throw-away Windows, which only Wine gives"
    missing = [package for program, package in NEEDED.items() if not shutil.which(program)]
    return f"not installed: {' '.join(missing)}" if missing else ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the Wine tests where they cannot run."""
    reason = why_not_under_wine()
    if reason:
        for item in items:
            if item.get_closest_marker("wine"):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """At the end of the Windows job: what was built, and once each reason for which something was not tried."""
    if os.environ.get(JOB):
        skipped = terminalreporter.stats.get("skipped", [])
        for reason in sorted({report.longrepr[2].removeprefix("Skipped: ") for report in skipped}):
            terminalreporter.write_line(f"Not tried: {reason}")
        for line in config.stash[SAID]:
            if "MiB" in line or "SIGNED" in line:
                terminalreporter.write_line(line)
