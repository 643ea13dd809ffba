"""One whole build, from the sources to what stands in dist/."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from winbuild import signing
from winbuild.archives import build_policies, build_portable, write_sums
from winbuild.cpython import fetch_python
from winbuild.freeze import Toolchain, freeze, make_toolchain
from winbuild.parts import shipped_parts, write_parts
from winbuild.plan import CONSOLE_EXE, WINDOW_EXE, BuildError, Plan, files_in, set_dates
from winbuild.setup_exe import build_setup, installed_bytes, nsis_version
from winbuild.windows import ON_WINDOWS, Windows

FACTS = "import platform, ssl, sqlcipher3; print(platform.python_version(), ssl.OPENSSL_VERSION.split()[1], \
sqlcipher3.connect(':memory:').execute('pragma cipher_version').fetchone()[0].split()[0])"
MIB = 1024 * 1024
AIM_SETUP, AIM_INSTALLED = 30 * MIB, 90 * MIB


def toolchain(store: Path, python_folder: Path | None, say: Callable[[str], None]) -> Toolchain:
    """The Windows Python with its libraries; kept in `store` from one build to the next. Raises BuildError."""
    windows = Windows(store / "wine")
    if python_folder is None and ON_WINDOWS:
        python_folder = Path(sys.base_prefix)
    if python_folder is None:
        say("No --windows-python given: fetching the pinned one.")
        python_folder = fetch_python(store / "python")
    say(f"Windows Python: {python_folder}")
    return make_toolchain(windows, python_folder, store)


def build(plan: Plan, tools: Toolchain, say: Callable[[str], None]) -> None:
    """Make everything. Raises BuildError."""
    say("Freezing the program.")
    freeze(plan, tools)
    python, openssl, sqlcipher = tools.run("-c", FACTS).split()
    pyinstaller = next(tools.tools.glob("pyinstaller-*.dist-info")).name
    versions = {
        "python": python,
        "openssl": openssl,
        "sqlcipher": sqlcipher,
        "nsis": nsis_version(),
        "pyinstaller": re.sub(r"^pyinstaller-|\.dist-info$", "", pyinstaller),
    }
    write_parts(plan, shipped_parts(tools.libraries, versions))
    _sign_programs(plan, say)
    set_dates(plan.frozen, plan.epoch)
    say("Making the setup.")
    build_setup(plan)
    build_portable(plan)
    build_policies(plan)
    write_sums(plan)
    _say_sizes(plan, say)


def _sign_programs(plan: Plan, say: Callable[[str], None]) -> None:
    if not signing.wanted():
        say("NOT SIGNED: no certificate given (CCINC_SIGN_THUMBPRINT or CCINC_SIGN_PFX). Windows will warn.")
        return
    for name in (WINDOW_EXE, CONSOLE_EXE):
        signing.sign(plan.frozen / name)


def _say_sizes(plan: Plan, say: Callable[[str], None]) -> None:
    for what, size, aim in (
        ("setup", plan.setup.stat().st_size, AIM_SETUP),
        ("installed", installed_bytes(plan.frozen), AIM_INSTALLED),
    ):
        say(f"{what}: {size / MIB:.1f} MiB (aim {aim // MIB}){'' if size <= aim else ' TOO BIG'}")
    for path in files_in(plan.dist):
        say(f"  {path.name}")


__all__ = ["BuildError", "build", "toolchain"]
