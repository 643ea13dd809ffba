"""Puts in one sentence why something could not be set up: what happened, what it means, what to do."""

from __future__ import annotations

import os
import platform
import re
import sys
import sysconfig

NO_SPACE = "No space left on device"
_KINDS = {
    r"\[Errno (?:28|122)\]|\[WinError (?:112|39)\]|" + NO_SPACE: (
        "there is no space left on the disk; setting up takes about 700 MB, so make room and try again"
    ),
    r"^(?!.*(?:fetch URL|Max retries)).*(?:\[Errno (?:1|13|30)\]|\[WinError 5\])": (
        "this user may not write in {place}; ask for that right, or use a folder of your own"
    ),
    r"DO NOT MATCH THE HASHES": (
        "{package} is not the file that the lock file names: it was damaged on its way or replaced, so try once more, "
        "then tell whoever looks after your network or package registry"
    ),
    r"In --require-hashes mode": (
        "the lock file names no hash for {package}, which another package asks for; tell whoever looks after this "
        "program that the lock is not complete"
    ),
    r"407 Proxy Auth": (
        "the proxy of your network asks for a name and a password; ask your IT department what HTTPS_PROXY must be"
    ),
    r"CERTIFICATE_VERIFY_FAILED|SSLError|TLS CA certificate": (
        "the certificate of the package registry was refused, as happens where a network inspects its traffic; ask "
        "your IT department for its certificate and name that file in PIP_CERT"
    ),
    r"(?i)(?:cannot|unable to) connect to proxy|proxy connection error": (
        "the proxy of your network cannot be reached; check HTTPS_PROXY, or ask your IT department"
    ),
    r"[Tt]imed out|ConnectTimeoutError|didn't respond within": (
        "the package registry did not answer in time; check the network and try again later"
    ),
    r"too many 5\d\d error|\b5\d\d (?:Server )?Error": ("the package registry has trouble of its own; try again later"),
    r"Max retries exceeded|[Cc]onnection error|Connection broken|IncompleteRead": (
        "the package registry cannot be reached; check the network, and ask your IT department whether it needs a proxy"
    ),
    r"is not a trusted or secure host": (
        "the address of the package registry does not begin with https; ask your IT department for one that does, or "
        "name its host in PIP_TRUSTED_HOST"
    ),
    r"\b40[13] (?:Client )?Error|Credentials not correct": (
        "the package registry refuses this user; ask your IT department what pip needs to log in there"
    ),
    r"none of the wheel's tags|requires a different Python": (
        "there is no ready-made {package} for this machine ({machine}), only for Windows and macOS 13 of 64 bits and "
        "Linux with glibc 2.34 or later (on ARM 2.39), and none for musl, as in Alpine; use such a machine"
    ),
    r"No matching distribution found": (
        "the package registry does not have {package}; ask whoever looks after it, or use another one"
    ),
}
"""What pip and Python say while they fail, and the sentence for it. The first that fits counts."""


def reason(talk: str, place: str = "") -> str:
    """The sentence for what pip, or Python, said while it failed."""
    # What went wrong in a try that was followed by another is no reason.
    talk = "\n".join(line for line in talk.splitlines() if "Retry(" not in line)
    for pattern, sentence in _KINDS.items():
        heard = _of_the_package(talk) if "wheel" in pattern else talk
        if re.search(pattern, heard, re.MULTILINE):
            place = place or "the folder of this program"
            return f"Not set up: {sentence.format(package=_package(talk), machine=machine(), place=place)}."
    lines = [line for line in talk.splitlines() if line.strip()] or ["not a word of it"]
    # Where pip itself breaks, its error is a heading, and the reason the last line.
    told = [line for line in lines if re.match("error: .*[^:]$", line, re.IGNORECASE)] or lines
    return f"Not set up, for a reason that nobody foresaw; pip or Python says: {told[-1].strip()}"


def machine() -> str:
    """What decides which ready-made packages fit."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        version += ", free-threaded"
    return f"{platform.system()} {platform.machine()}, {_libc()}{platform.python_implementation()} {version}"


def _libc() -> str:
    """The C library of a Linux; nothing elsewhere."""
    if sys.platform != "linux":
        return ""
    try:
        return f"{os.confstr('CS_GNU_LIBC_VERSION')}, "
    except (ValueError, OSError):
        return "no glibc, "


def _package(talk: str) -> str:
    for pattern in (r"No matching distribution found for ([^\s;]+)", r"^ +([\w.-]+(?:\[[\w,]+\])?[=>]=\S+) from "):
        if found := re.search(pattern, talk, re.MULTILINE):
            return found.group(1)
    return "a package"


def _of_the_package(talk: str) -> str:
    """What was said of the files of the version that is wanted: those of other versions never fit all machines."""
    version = _package(talk).partition("==")[2]
    return "\n".join(line for line in talk.splitlines() if version and f"-{version}-" in line)
