"""Tells the versions of what lies inside libraries: `python facts.py`. Runs in the Python that is frozen, with them."""

from __future__ import annotations

import json
import platform
import re
from pathlib import Path


def facts() -> dict[str, str]:
    """The versions that packaging/parts.toml asks for by name."""
    import psycopg
    import psycopg_binary
    import sqlcipher3

    sqlcipher = sqlcipher3.connect(":memory:")
    sqlcipher.execute("pragma key = 'any'")  # else it says nothing of its provider
    libpq = psycopg.pq.version()
    libraries = Path(psycopg_binary.__file__).parent.with_name("psycopg_binary.libs")
    return {
        "python": platform.python_version(),
        "sqlcipher": _number(sqlcipher.execute("pragma cipher_version").fetchone()[0]),
        "sqlcipher-openssl": _number(sqlcipher.execute("pragma cipher_provider_version").fetchone()[0]),
        "libpq": f"{libpq // 10000}.{libpq % 10000}",
        "libpq-openssl": _file_version(next(libraries.glob("libcrypto-*.dll"))),
    }


def _number(said: str) -> str:
    return re.findall(r"\d+(?:\.\d+)+", said)[0]


def _file_version(library: Path) -> str:
    import pefile

    with pefile.PE(str(library)) as program:
        told = program.VS_FIXEDFILEINFO[0]
    return f"{told.ProductVersionMS >> 16}.{told.ProductVersionMS & 0xFFFF}.{told.ProductVersionLS >> 16}"


if __name__ == "__main__":
    print(json.dumps(facts()))
