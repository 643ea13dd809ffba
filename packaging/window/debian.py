"""A Debian 13 in a folder, beside whatever this machine is: its Wine runs Qt's `windows` plugin, which Wine 8 does not.

Needs root, debootstrap and namespaces. What is started in it ends with it, and it has no network while programs run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from winbuild.plan import UnavailableError

RELEASE = "trixie"
PACKAGES = (
    *("wine", "wine64", "fonts-wine", "fonts-open-sans", "xvfb", "openbox", "xdotool", "xclip", "imagemagick"),
    *("procps", "locales"),
)
LOCALES = ("nl_BE", "fr_BE")
"""Wine takes the language of Windows from them."""
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
HELD = "/mnt"
"""Where the folder that both sides share stands in the Debian."""
LENT = "/srv"
"""Where the folders stand that it may only read, each under its own name."""
_MOUNTS = """
mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" && mount -t tmpfs tmpfs "$1/tmp" &&
mount --bind "$2" "$1/mnt" || exit
for one in "${@:3}"; do
  place="$1/srv/${one##*/}"
  mkdir -p "$place" && mount --bind "$one" "$place" && mount -o remount,bind,ro "$place" || exit
done
echo ready && exec chroot "$1" sleep infinity
"""


def why_not() -> str:
    """Why there can be no Debian here; nothing where there can."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        return "Wine 10 in a Debian 13 folder needs root on Linux"
    missing = [tool for tool in ("unshare", "nsenter", "debootstrap") if not shutil.which(tool)]
    if missing:
        return f"Wine 10 in a Debian 13 folder needs {' and '.join(missing)}"
    done = subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "true"], capture_output=True, check=False)
    return "" if done.returncode == 0 else "Wine 10 in a Debian 13 folder needs namespaces, which this machine refuses"


def make(folder: Path) -> Path:
    """The folder, made once (two minutes, 1.5 GB). Raises UnavailableError where no Debian can be had."""
    if (folder / "ready").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)  # half a one of a run that was stopped
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"],
        capture_output=True, text=True, check=False,
    ).stdout.split()  # fmt: skip
    mirror = next((address for address in sorted(set(told)) if "security" not in address), "")
    _called(
        "debootstrap", "--variant=minbase", "--include=ca-certificates", RELEASE, str(folder), *filter(None, [mirror])
    )
    for settings in Path("/etc/apt/apt.conf.d").glob("*"):  # the machine's proxy, where it has one
        target = folder / settings.relative_to("/")
        if not target.exists():
            shutil.copyfile(settings, target)
    shutil.copyfile("/etc/resolv.conf", folder / "etc" / "resolv.conf")
    if CERTIFICATES.exists():
        shutil.copyfile(CERTIFICATES, folder / CERTIFICATES.relative_to("/"))
    install = "apt-get update -qq && apt-get install -y -qq --no-install-recommends"
    env = "DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin"
    spoken = " && ".join(f"localedef -i {one} -f UTF-8 {one}.UTF-8" for one in LOCALES)
    steps = f"{install} {' '.join(PACKAGES)} && {spoken} && apt-get clean"
    _called("chroot", str(folder), "sh", "-c", f"export {env}; {steps}")
    (folder / "ready").touch()
    return folder


def _called(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise UnavailableError(f"{command[0]} could not make a Debian 13: {(done.stdout + done.stderr)[-300:]}")


@dataclass(frozen=True)
class Debian:
    """An open Debian."""

    keeper: int
    """The process whose namespaces it is."""
    shared: Path
    """The folder of this machine that is `/mnt` in it."""
    environment: dict[str, str]

    @property
    def network(self) -> list[str]:
        """What starts a program of this machine on the Debian's own network, which has nobody else on it."""
        return ["nsenter", "-t", str(self.keeper), "--net"]

    def command(self, *words: str, env: dict[str, str] | None = None) -> list[str]:
        """How this machine starts a program in the Debian."""
        given = [f"{name}={value}" for name, value in {**self.environment, **(env or {})}.items()]
        enter = [
            "nsenter",
            "-t",
            str(self.keeper),
            "--mount",
            "--pid",
            "--net",
            f"--root=/proc/{self.keeper}/root",
            "--wd=/",
        ]
        return [*enter, "env", "-i", *given, *words]

    def run(
        self, *words: str, seconds: float = 120, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program in it to its end. Raises TimeoutExpired."""
        # Into files, not pipes: Wine's services hold those open long after the program has ended.
        with (self.shared / "told").open("w+b") as told:
            done = subprocess.run(
                self.command(*words, env=env),
                stdin=subprocess.DEVNULL, stdout=told, stderr=subprocess.DEVNULL, timeout=seconds, check=False,
            )  # fmt: skip
            told.seek(0)
            output = told.read().decode(errors="replace")
        return subprocess.CompletedProcess(words, done.returncode, output.replace("\r\n", "\n"), "")

    def begin(self, *words: str, env: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Start a program in it."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(self.command(*words, env=env), stdin=quiet, stdout=quiet, stderr=quiet)


@contextmanager
def opened(folder: Path, shared: Path, *lent: Path) -> Iterator[Debian]:
    """The Debian, with a folder that both sides see and others that it may read. Raises UnavailableError."""
    spaces = [
        "setpriv",
        "--pdeathsig",
        "KILL",
        "unshare",
        "--net",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--propagation",
        "private",
    ]
    keeper = subprocess.Popen(
        [*spaces, "bash", "-c", _MOUNTS, "-", str(folder), str(shared), *map(str, lent)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert keeper.stdout is not None  # noqa: S101
    try:
        if keeper.stdout.readline() != "ready\n":
            raise UnavailableError("A Debian 13 folder needs mounts, which this machine refuses.")
        inner = int(Path(f"/proc/{keeper.pid}/task/{keeper.pid}/children").read_text(encoding="ascii").split()[0])
        base = {"HOME": "/root", "LANG": "C.UTF-8", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
        yield Debian(inner, shared, base)
    finally:
        keeper.kill()
        keeper.wait()
