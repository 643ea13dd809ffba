"""Where the facts and words stand, and the day that is shown before they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccinc_wizard.content import files
from ccinc_wizard.content.facts import load_catalog
from ccinc_wizard.domain.dates import shown_day


def test_the_resources_stand_in_the_package_or_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    monkeypatch.setattr(files, "__file__", str(package / "content" / "files.py"))
    with pytest.raises(FileNotFoundError, match="resources"):
        files.resources_folder.__wrapped__()
    for folder in (tmp_path / "resources", package / "resources"):
        folder.mkdir(parents=True)
        (folder / "catalog.toml").touch()
        assert files.resources_folder.__wrapped__() == folder


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        (b"x = 1\nchecked_on = 2026-11-24 # seen\n", "24/11/2026"),
        (b"\xff\nchecked_on = 2026-11-24", "24/11/2026"),
        (b"x = 1\nchecked_on = 'yesterday'", ""),
        (b"x = 1", ""),
    ],
)
def test_the_day_of_the_facts_is_shown_before_they_are_read(
    facts: bytes, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files.checked_on() == shown_day(load_catalog().checked_on)
    (tmp_path / "catalog.toml").write_bytes(facts)
    monkeypatch.setattr(files, "resources_folder", lambda: tmp_path)
    assert files.checked_on() == shown
