"""Signs what Windows runs, when a certificate is given: `python signing.py FILE...` or from the build.

Environment: CCINC_SIGN_COMMAND, a command line of the builder's own that is given the file as its last word and signs
it in place; else CCINC_SIGN_THUMBPRINT (signtool, a certificate in the Windows store or on a token), else
CCINC_SIGN_PFX and CCINC_SIGN_PASSWORD_FILE (osslsigncode). For the last two CCINC_SIGN_TIMESTAMP is the address of a
time-stamping service, so that the signature outlives the certificate. No password is ever an argument: arguments show
in the process list.
"""

from __future__ import annotations

import os
import shlex
import shutil
import struct
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from winbuild.plan import BuildError, files_in

WAYS = ("CCINC_SIGN_COMMAND", "CCINC_SIGN_THUMBPRINT", "CCINC_SIGN_PFX")
PROGRAMS = (".exe", ".dll", ".pyd")
_PE32_PLUS, _SECURITY, _HEADERS = 0x20B, 4, 4096
"""Of Microsoft's PE format: the 64-bit optional header, the entry for signatures in it, and more than both take."""


def wanted(env: Mapping[str, str] = os.environ) -> bool:
    """Whether a certificate is given."""
    return any(env.get(name) for name in WAYS)


def is_signed(program: Path) -> bool:
    """Whether a program or library for Windows holds a signature, whoever's: its header says where."""
    with program.open("rb") as file:
        start = file.read(_HEADERS)
    try:
        header = struct.unpack_from("<I", start, 0x3C)[0] + 24
        wide = struct.unpack_from("<H", start, header)[0] == _PE32_PLUS
        size: int = struct.unpack_from("<II", start, header + (112 if wide else 96) + 8 * _SECURITY)[1]
    except struct.error:
        return False
    return size > 0


def sign_all(folder: Path, env: Mapping[str, str] = os.environ) -> int:
    """Sign every program and library below that nobody has signed. Returns how many. Raises BuildError."""
    found = [path for path in files_in(folder) if path.suffix.lower() in PROGRAMS and not is_signed(path)]
    for path in found:
        sign(path, env)
    return len(found)


def command(path: Path, signed: Path, env: Mapping[str, str] = os.environ) -> list[str]:
    """The command that signs `path`; osslsigncode writes `signed`, signtool signs in place."""
    stamp = env.get("CCINC_SIGN_TIMESTAMP", "")
    if own := env.get("CCINC_SIGN_COMMAND"):
        return [*shlex.split(own.replace("\\", "\\\\") if os.name == "nt" else own), str(path)]
    if thumbprint := env.get("CCINC_SIGN_THUMBPRINT"):
        stamped = ["/tr", stamp, "/td", "sha256"] if stamp else []
        return ["signtool", "sign", "/fd", "sha256", "/sha1", thumbprint, *stamped, str(path)]
    password = env.get("CCINC_SIGN_PASSWORD_FILE")
    secret = ["-readpass", password] if password else []
    stamped = ["-ts", stamp] if stamp else []
    certificate = ["-pkcs12", env["CCINC_SIGN_PFX"], *secret]
    return ["osslsigncode", "sign", *certificate, "-h", "sha256", *stamped, "-in", str(path), "-out", str(signed)]


def sign(path: Path, env: Mapping[str, str] = os.environ) -> None:
    """Sign one file. Raises BuildError when the tool is missing or fails."""
    signed = path.with_name(path.name + ".signed")
    words = command(path, signed, env)
    if not shutil.which(words[0]):
        raise BuildError(
            f"A certificate is given but {words[0]} is missing: install it, or build without a certificate."
        )
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"Signing {path.name} failed:\n{(done.stdout + done.stderr)[-1500:]}")
    if signed.exists():
        signed.replace(path)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sign(Path(name))
