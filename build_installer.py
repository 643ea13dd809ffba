"""Builds for Windows: `python build_installer.py` leaves setup, portable zip, policies and sums in `dist/`.

On Windows it needs 64-bit Python 3.13 and NSIS 3. On Linux it works through Wine (Debian: wine wine64 nsis
gcc-mingw-w64-x86-64, and maven unless --windows-python names a folder with a Windows Python).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "packaging"))

from winbuild.build import BuildError, build, toolchain
from winbuild.plan import ROOT, Plan, program_version, source_date


def main() -> int:
    """Build. Returns 0, or 1 when something is missing or failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--windows-python", type=Path, metavar="DIR", help="the folder of a 64-bit Windows Python 3.13")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", metavar="DIR", help="where the results go")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "windows", metavar="DIR", help="for this build")
    parser.add_argument("--store", type=Path, metavar="DIR", help="for what builds share: Python, libraries, Wine")
    chosen = parser.parse_args()
    work, dist = chosen.work.resolve(), chosen.dist.resolve()
    try:
        plan = Plan(program_version(), source_date(), work, dist)
        store = (chosen.store or work / "store").resolve()
        tools = toolchain(store, chosen.windows_python and chosen.windows_python.resolve(), print)
        shutil.rmtree(dist, ignore_errors=True)
        build(plan, tools, print)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
