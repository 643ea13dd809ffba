"""Signs what Windows runs, when a certificate is given: `python signing.py FILE...` or from the build.

Environment: CCINC_SIGN_THUMBPRINT (signtool, a certificate in the Windows store or on a token), else CCINC_SIGN_PFX and
CCINC_SIGN_PASSWORD_FILE (osslsigncode); CCINC_SIGN_TIMESTAMP, the address of a time-stamping service, so that the
signature outlives the certificate. No password is ever an argument: arguments show in the process list.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from winbuild.plan import BuildError


def wanted(env: Mapping[str, str] = os.environ) -> bool:
    """Whether a certificate is given."""
    return bool(env.get("CCINC_SIGN_THUMBPRINT") or env.get("CCINC_SIGN_PFX"))


def command(path: Path, signed: Path, env: Mapping[str, str] = os.environ) -> list[str]:
    """The command that signs `path`; osslsigncode writes `signed`, signtool signs in place."""
    stamp = env.get("CCINC_SIGN_TIMESTAMP", "")
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
