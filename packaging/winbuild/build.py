"""One whole build, from the sources to what stands in dist/."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

from winbuild import signing
from winbuild.archives import build_policies, build_portable, write_file_list, write_sums
from winbuild.cpython import fetch_python
from winbuild.freeze import Toolchain, freeze, make_toolchain
from winbuild.parts import shipped_parts, write_parts
from winbuild.plan import PACKAGING, BuildError, Plan, files_in, set_dates
from winbuild.setup_exe import build_setup, installed_bytes, nsis_version
from winbuild.windows import ON_WINDOWS, Windows
from winbuild.winget import build_winget

MIB = 1024 * 1024


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
    parts = shipped_parts(tools.libraries, _versions(tools))  # before the long work: it may refuse
    say("Freezing the program.")
    freeze(plan, tools)
    write_parts(plan, parts)
    sign_programs(plan, say)
    write_file_list(plan)
    set_dates(plan.frozen, plan.epoch)
    say("Making the setup.")
    build_setup(plan)
    build_portable(plan)
    build_policies(plan)
    build_winget(plan)
    write_sums(plan)
    _say_sizes(plan, say)


def _versions(tools: Toolchain) -> dict[str, str]:
    pyinstaller = next(tools.tools.glob("pyinstaller-*.dist-info")).name
    return {
        **json.loads(tools.run(str(PACKAGING / "winbuild" / "facts.py"))),
        "nsis": nsis_version(),
        "pyinstaller": re.sub(r"^pyinstaller-|\.dist-info$", "", pyinstaller),
    }


def sign_programs(plan: Plan, say: Callable[[str], None]) -> None:
    """Sign what Windows starts or loads, or say that nothing is signed. Raises BuildError."""
    if not signing.wanted():
        say(f"NOT SIGNED: no certificate given ({', '.join(signing.WAYS)}). Windows will warn.")
        return
    say(f"SIGNED: {signing.sign_all(plan.frozen)} programs and libraries that had no signature, and the setup.")


def _say_sizes(plan: Plan, say: Callable[[str], None]) -> None:
    for what, size in (("setup", plan.setup.stat().st_size), ("installed", installed_bytes(plan.frozen))):
        say(f"{what}: {size / MIB:.1f} MiB")
    for path in files_in(plan.dist):
        say(f"  {path.name}")


__all__ = ["BuildError", "build", "toolchain"]
