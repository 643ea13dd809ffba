"""A program that somebody installed by hand starts in the language of its setup, until one is chosen or laid down."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a packaged program."""
    (tmp_path / "program" / "_internal").mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "program" / "ccinc-wizard.exe"))
    return tmp_path / "program"


def language(folder: Path, asked: str = "") -> str:
    return Services(Paths.choose(folder / "data"), language=asked).texts.language


@pytest.mark.parametrize(("left", "starts"), [("fr", "fr"), ("en", "en"), ("xx", "nl"), ("\xff", "nl"), (None, "nl")])
def test_the_language_of_the_setup_goes_on(program: Path, tmp_path: Path, left: str | None, starts: str) -> None:
    if left is not None:
        (program / "_internal" / "language").write_text(left, encoding="latin-1")
    assert language(tmp_path) == starts


def test_what_is_asked_or_chosen_wins(program: Path, tmp_path: Path) -> None:
    (program / "_internal" / "language").write_text("fr", encoding="ascii")
    assert language(tmp_path, "en") == "en"
    services = Services(Paths.choose(tmp_path / "data"))
    services.remember(language="nl")
    assert language(tmp_path) == "nl"
