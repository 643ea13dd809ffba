"""Where the frozen program starts."""

import os
import sys
from types import ModuleType

from ccinc_wizard.__main__ import main

if sys.stdout is None:  # the program without a console has no streams
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
if sys.stderr is None:
    sys.stderr = sys.stdout

# Python's own `ssl` is not shipped: 6 MB that only web services of python-stdnum and asyncio's TLS would use, which the
# program never calls. Both ask for it when they are imported; asyncio takes these names.
sys.modules["ssl"] = ModuleType("ssl")
sys.modules["ssl"].SSLWantReadError = sys.modules["ssl"].SSLSyscallError = OSError

if __name__ == "__main__":
    sys.exit(main())
