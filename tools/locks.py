"""The lock files: `python3 tools/locks.py renew` takes the newest of everything, sets up with it and runs all tests.

`python3 tools/locks.py check [FOLDER]` fetches all that is locked for each Python and system that the README promises;
what is in the folder already is not fetched again.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from bootstrap import commands, fetching
from bootstrap.environments import DEV_LOCK, ROOT, RUN_LOCK, python_of
from bootstrap.reasons import reason
from bootstrap.talk import NotSetUpError, fail, talk

COMPILE = (
    *("pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"),
    *("--quiet", "--upgrade"),
)
FOR_UV = {"PIP_INDEX_URL": "UV_DEFAULT_INDEX", "PIP_EXTRA_INDEX_URL": "UV_INDEX", "PIP_CERT": "SSL_CERT_FILE"}
"""uv reads none of pip's settings: under which name it takes the same."""
SYSTEMS = {
    "Linux": [*(f"manylinux_2_{minor}_x86_64" for minor in (34, 28, 26, 17, 12, 5)), "manylinux2014_x86_64"],
    "Windows": ["win_amd64"],
}
"""What a wheel may be made for, the oldest promised system first."""


def main(arguments: list[str]) -> int:
    """Run one of the two words. Returns its exit code."""
    if arguments[:1] not in (["renew"], ["check"]):
        return fail(__doc__ or "") + 1
    python = commands.set_up("test")
    if python is None:
        return 1
    if Path(sys.prefix) != python.parent.parent:
        # What follows needs a library that developers have.
        return commands.run(python, [__file__, *arguments])
    try:
        if arguments[0] == "renew":
            return renew()
        return check(Path(arguments[1]) if arguments[1:] else None)
    except NotSetUpError as refused:
        return fail(str(refused))


def renew() -> int:
    """Lock the newest versions, set up with them and run all tests. Returns the exit code of these."""
    with tempfile.TemporaryDirectory() as folder:
        uv, surroundings = _uv(Path(folder))
        project = ["pyproject.toml", "--output-file"]
        for more in (
            [*project, str(RUN_LOCK)],
            ["--extra", "dev", "--extra", "team", "--constraint", str(RUN_LOCK), *project, str(DEV_LOCK)],
        ):
            talk(f"Renewing {more[-1]}")
            if subprocess.call([str(uv), *COMPILE, *more], cwd=ROOT, env=surroundings):
                return fail(
                    "The locks are not renewed; uv says why above. `git checkout requirements` takes them back."
                )
    code = subprocess.call([sys.executable, str(ROOT / "run.py"), "test"], cwd=ROOT)
    return fail("With these versions not all is well: `git diff requirements` shows what changed.") if code else 0


def _uv(folder: Path) -> tuple[Path, dict[str, str]]:
    """uv, in an environment for once, and surroundings in which it fetches as pip would."""
    python = python_of(folder)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    surroundings = fetching.for_pip(python, folder)
    command = [str(python), "-P", "-m", "pip", "install", "--quiet", "--only-binary", ":all:", "uv"]
    got, said = fetching.done(command, surroundings)
    if not got:
        raise NotSetUpError(reason(said))
    return python.with_name("uv" + python.suffix), surroundings | {
        FOR_UV[name]: value for name, value in surroundings.items() if name in FOR_UV
    }


def check(store: Path | None) -> int:
    """Fetch all that is locked for each Python and system. Returns the exit code."""
    run, dev = entries(RUN_LOCK), entries(DEV_LOCK)
    if apart := [name for name in run if run[name] != dev.get(name)]:
        return fail(f"The two locks differ in {', '.join(apart)}: renew them together.")
    with tempfile.TemporaryDirectory() as folder:
        surroundings = fetching.for_pip(Path(sys.executable), Path(folder))
        for system in SYSTEMS:
            for version in promised():
                wanted = [fitting for text in dev.values() if (fitting := for_target(text, system, version))]
                lock = Path(folder) / "lock.txt"
                lock.write_text("".join(wanted), encoding="utf-8")
                got, said = _fetch(lock, system, version, store or Path(folder), surroundings)
                if not got:
                    return fail(f"{system}, Python {version}: {reason(said)}")
                talk(f"{system}, Python {version}: {len(wanted)} packages, each with the hash of the lock.")
    return 0


def _fetch(lock: Path, system: str, version: str, kept: Path, surroundings: dict[str, str]) -> tuple[bool, str]:
    kept.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-P", "-m", "pip", "download", "--no-input", "--progress-bar", "off"]
    command += ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--dest", str(kept), "-r", str(lock)]
    command += ["--python-version", version, *(word for tag in SYSTEMS[system] for word in ("--platform", tag))]
    # Asking the registry for each of the packages takes a quarter of a minute, even where all are kept.
    got, said = fetching.done(command, surroundings | {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(kept)})
    return (got, said) if got else fetching.done(command, surroundings)


def promised() -> list[str]:
    """The Pythons that the project says it runs on."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    oldest, beyond = (int(minor) for minor in re.findall(r"3\.(\d+)", asked))
    return [f"3.{minor}" for minor in range(oldest, beyond)]


def entries(lock: Path) -> dict[str, str]:
    """What a lock file says of each package, markers and hashes included."""
    texts = re.split(r"^(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {text.partition("==")[0]: text for text in texts if "==" in text}


def for_target(entry: str, system: str, version: str) -> str:
    """The entry as that system and Python want it; nothing where they do not. pip itself asks the markers here only."""
    from packaging.markers import Marker

    head, *hashes = entry.split(" \\\n")
    package, _, marker = head.partition(" ; ")
    target = {
        "implementation_name": "cpython",
        "os_name": "nt" if system == "Windows" else "posix",
        "platform_machine": "AMD64" if system == "Windows" else "x86_64",
        "platform_python_implementation": "CPython",
        "platform_system": system,
        "python_full_version": f"{version}.0",
        "python_version": version,
        "sys_platform": "win32" if system == "Windows" else "linux",
    }
    wanted = not marker or Marker(marker).evaluate(target)
    return " \\\n".join([package, *hashes]) if wanted else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
