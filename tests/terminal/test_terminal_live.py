"""The wizard on a real terminal, with someone at the keyboard."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.terminal.test_terminal_wizard import logged


class Terminal:
    """A program on a terminal of its own, read until a text appears."""

    def __init__(self, *arguments: str) -> None:
        import os
        import pty

        self._os = os
        self.child, self.descriptor = pty.fork()
        if self.child == 0:
            # Tests that run in the background of a shell inherit that Ctrl+C is ignored.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execv(sys.executable, [sys.executable, "-m", "ccinc_wizard", *arguments])  # noqa: S606
        self.shown = ""

    def until(self, wanted: str, after: int = 0) -> int:
        """Read on until this is shown; returns the place after it. Fails when the program ends without it."""
        while wanted not in self.shown[after:]:
            try:
                piece = self._os.read(self.descriptor, 4096)
            except OSError:
                piece = b""
            assert piece, f"{wanted!r} never came:\n{self.shown}"
            self.shown += piece.decode("utf-8", errors="ignore")
        return self.shown.index(wanted, after) + len(wanted)

    def type(self, line: str) -> None:
        self._os.write(self.descriptor, line.encode())

    def end(self) -> int:
        """Read to the end. Returns the exit code."""
        while True:
            try:
                piece = self._os.read(self.descriptor, 4096)
            except OSError:
                break
            if not piece:
                break
            self.shown += piece.decode("utf-8", errors="ignore")
        code = self._os.waitstatus_to_exitcode(self._os.waitpid(self.child, 0)[1])
        self._os.close(self.descriptor)
        return code


@pytest.fixture
def on_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pytest.importorskip("pty", reason="this system has no terminals of this kind")
    monkeypatch.setenv("PYTHONUTF8", "1")
    return ["ask", "--data-dir", str(tmp_path / "data")]


def test_on_a_terminal_the_number_is_never_shown(on_terminal: list[str], tmp_path: Path) -> None:
    terminal = Terminal(*on_terminal)
    place = 0
    for question, line in (
        ("Hoe kwam", "2"),
        ("Voor wie", "Lieve Voorbeeldt"),
        ("Rijksregisternummer", "85.07.30-033.28"),
        ("Welke rol", "1"),
        ("Wie is de inrichtende macht", "3"),
        ("Typ de naam", "AGB Leuven"),
        ("Bent u", "1"),
        ("Bewaren", ""),
    ):
        place = terminal.until("> ", terminal.until(question, place))
        terminal.type(line + "\n")
    assert terminal.end() == 0
    assert "Lieve Voorbeeldt" in terminal.shown
    assert "033" not in terminal.shown
    assert len(logged(tmp_path)) == 1


def test_what_was_left_half_way_on_a_terminal_comes_back_without_the_number(on_terminal: list[str]) -> None:
    first = Terminal(*on_terminal)
    place = first.until("> ", first.until("Hoe kwam"))
    first.type("2\n")
    place = first.until("> ", first.until("Voor wie", place))
    first.type("Lieve Voorbeeldt\n")
    place = first.until("> ", first.until("Rijksregisternummer", place))
    first.type("85.07.30-033.28\n")
    first.until("> ", first.until("Welke rol", place))
    first.type("\x03")
    assert first.end() == 1
    second = Terminal(*on_terminal)
    place = second.until("> ", second.until("Enter behoudt: Zelf toekennen"))
    second.type("\n")
    place = second.until("> ", second.until("Enter behoudt: Lieve Voorbeeldt", place))
    second.type("\n")
    second.until("> ", second.until("Rijksregisternummer", place))
    assert "••" not in second.shown
    second.type("\x04")
    assert second.end() == 1


def test_who_begins_anew_loses_nothing_of_what_was_left_half_way(on_terminal: list[str]) -> None:
    for name in ("Lieve Voorbeeldt", "Joris Oefenmans"):
        terminal = Terminal(*on_terminal)
        place = terminal.until("> ", terminal.until("Hoe kwam"))
        terminal.type("1\n")
        place = terminal.until("> ", terminal.until("Voor wie", place))
        terminal.type(f"{name}\n")
        terminal.until("> ", terminal.until("Welke rol", place))
        terminal.type("\x04")
        assert terminal.end() == 1
        assert ("Verder met de aanvraag van vandaag?" in terminal.shown) is (name == "Joris Oefenmans")
    for name in ("Joris Oefenmans", "Lieve Voorbeeldt"):
        terminal = Terminal(*on_terminal)
        terminal.until("> ", terminal.until("Verder met de aanvraag van vandaag?"))
        terminal.type("\n")
        place = terminal.until("> ", terminal.until(f"Enter behoudt: {name}"))
        terminal.type("\n")
        for question, line in (("Welke rol", "1"), ("inrichtende macht", "3"), ("Typ de naam", "AGB Leuven")):
            place = terminal.until("> ", terminal.until(question, place))
            terminal.type(f"{line}\n")
        terminal.until("> ", terminal.until("Bewaren", place))
        terminal.type("nee\n")
        assert terminal.end() == 0
    terminal = Terminal(*on_terminal)
    terminal.until("> ", terminal.until("Hoe kwam"))
    terminal.type("\x04")
    terminal.end()
    assert "Verder met" not in terminal.shown
