"""Where `resources/` is: beside the package in a checkout, inside it once installed or frozen."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def resources_folder() -> Path:
    """The folder of facts and words. Raises FileNotFoundError when the installation is incomplete."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "resources", package.parent / "resources"):
        if (folder / "catalog.toml").is_file():
            return folder
    raise FileNotFoundError("resources")
