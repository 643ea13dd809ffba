"""Why a file of facts or words is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path


class ContentError(Exception):
    """A file under `resources/`, or one that a trainer made, is refused: which, where (lines from 1) and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


def read_text(path: Path) -> str:
    """The file's text. Raises ContentError when it cannot be read or is not UTF-8."""
    try:
        content = path.read_bytes()
        return content.decode().removeprefix("\ufeff")  # Windows editors put a mark before it
    except OSError as error:
        raise ContentError(path.name, 0, error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise ContentError(path.name, content.count(b"\n", 0, error.start) + 1, "is not UTF-8 text") from error


@cache
def resources_folder() -> Path:
    """The folder of facts and words. Raises FileNotFoundError when the installation is incomplete."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "resources", package.parent / "resources"):
        if (folder / "catalog.toml").is_file():
            return folder
    raise FileNotFoundError("resources")
