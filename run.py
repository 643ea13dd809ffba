"""Sets up what is missing, then runs the program: `python3 run.py ARGS`. Windows: `py run.py ARGS`.

Needs only Python 3.11 to 3.14. First words with a meaning of their own: setup, test, lint, mutate, soak, bench,
screenshots.
This file must parse on Python 2.7 too, to say so there; what it does is in tools/bootstrap/.
"""

import os
import sys

OLDEST, NEWEST = (3, 11), (3, 14)


def refusal(version):
    """Why this Python will not do; nothing for one that does."""
    if version < OLDEST:
        return "This program needs Python 3.11 to 3.14; this is Python %d.%d." % version
    if version > NEWEST:
        return (
            "This program needs Python 3.11 to 3.14; this is Python %d.%d, for which the library that encrypts the log "
            "(sqlcipher3) has not been released yet." % version
        )
    return ""


def main(arguments):
    """Run one command. Returns its exit code."""
    refused = refusal(sys.version_info[:2])
    if refused:
        if sys.stderr:
            sys.stderr.write(refused + " Start it with one of those, such as: python3.13 run.py\n")
        return 1
    # First on the path: another package of that name may be installed.
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "tools"))
    from bootstrap import commands

    return commands.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
