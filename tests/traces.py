"""Looks for a register number in whatever was written, in any form that people or programs give it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

_BETWEEN = r"[^0-9A-Za-z]{0,3}"
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def holds(content: bytes, digits: str) -> bool:
    """Whether the number stands in there: with whatever between its digits, in wide digits, or as a plain hash."""
    form = re.compile(_BETWEEN.join(digits))
    texts = (unicodedata.normalize("NFKC", content.decode(encoding, "ignore")) for encoding in _ENCODINGS)
    return any(form.search(text) for text in texts) or any(mark in content for mark in _hashes(digits))


def files_with(folder: Path, digits: str) -> list[Path]:
    """The files under the folder that hold the number."""
    return [path for path in folder.rglob("*") if path.is_file() and holds(path.read_bytes(), digits)]


def _hashes(digits: str) -> list[bytes]:
    laid_out = f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"
    made = [hashlib.new(kind, text.encode()) for kind in ("md5", "sha1", "sha256") for text in (digits, laid_out)]
    return [form for digest in made for form in (digest.digest(), digest.hexdigest().encode())]
