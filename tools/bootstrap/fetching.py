"""Has pip install exactly what a lock file names.

Nothing is resolved, so the next release of anything changes nothing.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
from pathlib import Path

from bootstrap.reasons import reason
from bootstrap.talk import NotSetUpError

FETCHING = (
    *("INDEX_URL", "EXTRA_INDEX_URL", "NO_INDEX", "FIND_LINKS", "PROXY", "TRUSTED_HOST", "CERT", "CLIENT_CERT"),
    *("KEYRING_PROVIDER", "TIMEOUT", "DEFAULT_TIMEOUT", "RETRIES", "CACHE_DIR", "NO_CACHE_DIR", "USE_FEATURE"),
)
"""What counts of the user's settings for pip: how to fetch. What says where to install would break the set-up."""
INSTALL = (
    *("install", "--no-input", "--progress-bar", "off"),
    *("--no-deps", "--require-hashes", "--only-binary", ":all:"),
)


def install(python: Path, lock: Path, folder: Path) -> None:
    """Install a lock file's packages. Raises NotSetUpError with the reason when that cannot be."""
    surroundings = for_pip(python, folder)
    installed, said = _pip(python, (*INSTALL, "-r", str(lock)), surroundings)
    if not installed:
        raise NotSetUpError(reason(said + _more_of_a_package(python, said, lock, surroundings)))
    # With --no-deps nobody has looked yet whether each package has what it needs.
    fits, said = _pip(python, ("check",), surroundings)
    if not fits:
        raise NotSetUpError(
            f"Not set up: the lock file {lock.name} has a fault ({_last_line(said)}); "
            "tell whoever looks after this program."
        )


def _more_of_a_package(python: Path, said: str, lock: Path, surroundings: dict[str, str]) -> str:
    """All that pip tells of the one package that it did not find.

    Whether it is the network, the registry or this machine pip says with `-vv` only, and with that a whole lock takes
    twice as long.
    """
    missing = re.search(r"No matching distribution found for ([\w.-]+==[^\s;]+)", said)
    entry = missing and re.search(
        rf"^{re.escape(missing.group(1))}[ \n].*?(?=^\w|\Z)", lock.read_text(), re.MULTILINE | re.DOTALL
    )
    if not entry:
        return ""
    alone = Path(surroundings["TMPDIR"]) / "alone.txt"
    alone.write_text(entry.group(0))
    return _pip(python, (*INSTALL, "-vv", "-r", str(alone)), surroundings | {"PIP_RETRIES": "0"})[1]


def for_pip(python: Path, folder: Path) -> dict[str, str]:
    """Surroundings in which pip fetches as the user and the organisation have set it, and installs as we say."""
    kept = without(os.environ, "PYTHON")
    readable, said = _pip(python, ("config", "list"), kept)
    if not readable:
        raise NotSetUpError(
            f"Not set up: pip cannot read its own settings ({_last_line(said)}); mend or remove that file."
        )
    asked = settings(said) | {name: kept[name] for name in kept if name.startswith("PIP_") and kept[name]}
    chosen = {name: asked[name] for name in asked if name.removeprefix("PIP_") in FETCHING}
    # Offline, pip's own five tries only keep people waiting.
    surroundings = {"PIP_RETRIES": "3"} | without(kept, "PIP_") | chosen | {"PIP_CONFIG_FILE": os.devnull}
    # What pip unpacks goes with the new environment when it is killed halfway.
    surroundings |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    try:
        Path.home()
    except RuntimeError:
        # pip would make a folder named `~` wherever the caller stands.
        surroundings["HOME"] = str(folder)
    return surroundings


def settings(listed: str) -> dict[str, str]:
    """What `pip config list` says, as environment variables; what is set for installing wins from what is general."""
    found = {}
    for section in ("global", "install"):
        for name, value in re.findall(rf"^{section}\.([\w-]+)=(.*)$", listed, re.MULTILINE):
            found["PIP_" + name.upper().replace("-", "_")] = str(ast.literal_eval(value))
    return found


def without(variables: os._Environ[str] | dict[str, str], *beginnings: str) -> dict[str, str]:
    """These environment variables but for some: Python's own could put another library before the set-up's."""
    return {name: value for name, value in variables.items() if not name.upper().startswith(beginnings)}


def done(command: list[str], surroundings: dict[str, str]) -> tuple[bool, str]:
    """Run a command that asks nothing and whose talk nobody sees. Returns whether it came right, and the talk."""
    ran = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env=surroundings | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    return ran.returncode == 0, ran.stdout


def _pip(python: Path, arguments: tuple[str, ...], surroundings: dict[str, str]) -> tuple[bool, str]:
    return done([str(python), "-P", "-m", "pip", *arguments, "--disable-pip-version-check"], surroundings)


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["no word of it"])[-1]
