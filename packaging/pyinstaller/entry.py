"""Where the frozen program starts."""

import os
import sys

from ccinc_wizard.__main__ import main

if sys.stdout is None:  # the program without a console has no streams
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
if sys.stderr is None:
    sys.stderr = sys.stdout

if __name__ == "__main__":
    sys.exit(main())
