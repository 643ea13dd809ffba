"""What goes wrong ends in one clear sentence on standard error: never a traceback, never a number."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ccinc_wizard.__main__ import main
from ccinc_wizard.terminal import cli
from tests.running import ROOT, environment, run, text

LINK = ("link", "--authority", "agb", "--role", "invoerder")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the program whose resources a test may damage."""
    for folder in ("ccinc_wizard", "resources"):
        shutil.copytree(ROOT / folder, tmp_path / "copy" / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def one_sentence(error: bytes) -> str:
    lines = text(error).strip().splitlines()
    assert len(lines) == 1, lines
    assert "Traceback" not in lines[0]
    return lines[0]


def test_a_doubtful_link_is_never_shown(copied: Path) -> None:
    catalog = copied / "resources" / "catalog.toml"
    lines = catalog.read_text(encoding="utf-8").splitlines()
    place = next(number for number, line in enumerate(lines, start=1) if line.endswith('Invoerder_AGB"'))
    lines[place - 1] = lines[place - 1].replace("_AGB", "_AGV")
    catalog.write_text("\n".join(lines), encoding="utf-8")
    done = run(*LINK, root=copied)
    assert (done.returncode, done.stdout) == (1, b"")
    assert f"catalog.toml:{place}:" in one_sentence(done.stderr)


def test_a_damaged_words_file_is_named_with_its_line(copied: Path) -> None:
    (copied / "resources" / "texts" / "nl" / "steps.json").write_text('{\n "form": 3\n}', encoding="utf-8")
    done = run("steps", "--authority", "agb", "--role", "invoerder", root=copied)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "steps.json:2:" in one_sentence(done.stderr)


@pytest.mark.parametrize("damage", ["", "{", "\x00", "[]"])
def test_the_last_sentence_needs_no_words_file(damage: str, copied: Path) -> None:
    (copied / "resources" / "texts" / "nl" / "cli.json").write_text(damage, encoding="utf-8")
    done = run(*LINK, root=copied)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "cli.json:" in one_sentence(done.stderr)


def test_without_resources_the_program_says_so(copied: Path) -> None:
    shutil.rmtree(copied / "resources")
    done = run(*LINK, root=copied)
    assert (done.returncode, done.stdout) == (1, b"")
    assert "resources" in one_sentence(done.stderr)


@pytest.mark.parametrize("number", ["85.07.30-033.28", "85073003328", "85 07 30 033 28"])
def test_what_nobody_foresaw_ends_without_traceback_or_number(
    number: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(*_: object) -> int:
        raise RuntimeError(f"about {number} in\n two lines")

    monkeypatch.setattr(cli, "run", break_down)
    assert main(LINK) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "RuntimeError: about" in one_sentence(shown.err.encode())
    assert "033" not in shown.err


def test_a_reader_who_goes_away_is_no_accident() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    child = subprocess.run(
        [sys.executable, "-m", "ccinc_wizard", "steps", "--authority", "agb", "--role", "invoerder"],
        stdout=writing,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
        check=False,
    )
    os.close(writing)
    assert (child.returncode, child.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_behind_the_output_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        child = subprocess.run(
            [sys.executable, "-m", "ccinc_wizard", *LINK],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=environment(),
            check=False,
        )
    assert child.returncode == 1
    one_sentence(child.stderr)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C to all programs of a console at once")
def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "ccinc_wizard", "ask", "--lang", "en", "--data-dir", str(tmp_path / "data")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
        # Tests that run in the background of a shell inherit that the signal is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as child:
        assert child.stderr is not None
        assert child.stdin is not None
        assert b"?" in child.stderr.readline()
        child.send_signal(signal.SIGINT)
        left = text(child.stderr.read())
        assert child.wait() == 1
    assert left.rstrip().endswith("Stopped, as you asked.")
    assert "Traceback" not in left


def test_without_a_screen_the_terminal_asks_and_says_why(tmp_path: Path) -> None:
    answers = "form\nLieve Voorbeeldt\ninvoerder\nagb\nAGB Leuven\n"
    done = run("--data-dir", str(tmp_path / "data"), "--lang", "en", typed=answers, QT_QPA_PLATFORM="")
    assert done.returncode == 0
    if sys.platform.startswith("linux"):
        assert text(done.stderr).startswith("There is no screen.")
    assert "CompEnt_Invoerder_AGB\n" in text(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has X servers that do not answer")
def test_a_screen_that_does_not_answer_is_named(tmp_path: Path) -> None:
    done = run("--data-dir", str(tmp_path), "--lang", "en", QT_QPA_PLATFORM="", DISPLAY=":64999")
    assert done.returncode == 1
    assert text(done.stderr).startswith("The window cannot open: ")


def test_without_qt_the_terminal_asks(tmp_path: Path) -> None:
    broken = tmp_path / "stub" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('libEGL.so.1: cannot open')", encoding="utf-8")
    paths = os.pathsep.join((str(tmp_path / "stub"), str(ROOT)))
    done = run(
        "--data-dir", str(tmp_path / "d"), "--lang", "en", QT_QPA_PLATFORM="offscreen", PYTHONPATH=paths
    )  # fmt: skip
    assert done.returncode == 1
    assert "libEGL.so.1" in text(done.stderr).splitlines()[0]


def test_an_unforeseen_error_of_a_command_is_kept_without_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> int:
        raise ValueError("cannot read 85.07.30-033.28")

    monkeypatch.setattr(cli, "run", fail)
    assert main(["--data-dir", str(tmp_path), *LINK]) == 1
    kept = (tmp_path / "errors.log").read_text("utf-8")
    assert "ValueError: cannot read" in kept
    assert "Traceback" in kept
    for told in (kept, capsys.readouterr().err):
        assert "033" not in told
        assert "85.07" not in told


def test_what_its_sentence_tells_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> int:
        raise FileNotFoundError("resources")

    monkeypatch.setattr(cli, "run", fail)
    assert main(["--data-dir", str(tmp_path), *LINK]) == 1
    assert list(tmp_path.iterdir()) == []
