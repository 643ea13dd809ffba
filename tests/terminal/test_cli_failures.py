"""What goes wrong ends in one clear sentence on standard error: never a traceback, never a number."""

from __future__ import annotations

import errno
import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ccinc_wizard.__main__ import main
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.terminal import cli
from tests.running import ROOT, copy_of_the_program, environment, run, text
from tests.surroundings import HOMES

LINK = ("link", "--authority", "agb", "--role", "invoerder")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the program whose resources a test may damage."""
    return copy_of_the_program(tmp_path)


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


NEEDS_FULL = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="this system has no device that is always full"
)  # fmt: skip
NEEDS_SHELL = pytest.mark.skipif(sys.platform == "win32", reason="only a POSIX shell starts programs without streams")
WITH_RESULTS = (
    LINK,
    ("steps", "--authority", "agb", "--role", "invoerder", "--json"),
    ("check-number",),
    ("ask",),
    ("log", "list", "--json"),
    ("log", "verify"),
    ("selftest",),
    ("--help",),
    ("log", "list", "--help"),
    ("--version",),
)
ANSWERS = b"form\nLieve Voorbeeldt\ninvoerder\nagb\nAGB Leuven\n"


def by_shell(streams: str, *arguments: str, data: Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """The program as a shell starts it with these streams, and with answers or a wrong number on standard input."""
    program = [sys.executable, "-m", "ccinc_wizard", "--data-dir", str(data), *arguments]
    command = ["sh", "-c", f'exec "$@" {streams}', "sh", *program]
    given = environment(**changes)
    return subprocess.run(command, input=ANSWERS, capture_output=True, cwd=ROOT, env=given, check=False)


@NEEDS_FULL
@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("command", WITH_RESULTS, ids=" ".join)
def test_a_full_disk_behind_the_output_is_told(command: tuple[str, ...], unbuffered: str, tmp_path: Path) -> None:
    done = by_shell(">/dev/full", "--lang", "en", *command, data=tmp_path / "d", PYTHONUNBUFFERED=unbuffered)
    last = text(done.stderr).splitlines()[-1]
    assert (done.returncode, last) == (
        1,
        "The output was not written, because the disk is full: free some space and try again.",
    )
    if command[0] not in ("ask", "log"):
        one_sentence(done.stderr)


@NEEDS_FULL
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_full_disk_is_told_in_the_language(language: str, tmp_path: Path) -> None:
    done = by_shell(">/dev/full", "--lang", language, *LINK, data=tmp_path / "d")
    assert {"nl": "de schijf is vol", "fr": "le disque est plein"}[language] in one_sentence(done.stderr)


class Refused(io.StringIO):
    """An output that may not be written."""

    def write(self, _: str) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_what_the_system_says_of_the_output_is_told_in_the_language(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", Refused())
    assert main(["--lang", language, "--data-dir", str(tmp_path / "d"), *LINK]) == 1
    said = capsys.readouterr().err
    assert f"({Texts(language)('program.system.forbidden')})" in said
    assert "Permission denied" not in said


@NEEDS_SHELL
@pytest.mark.parametrize("command", WITH_RESULTS, ids=" ".join)
def test_closed_output_is_told(command: tuple[str, ...], tmp_path: Path) -> None:
    done = by_shell(">&-", "--lang", "en", *command, data=tmp_path / "d")
    assert (done.returncode, done.stdout) == (1, b"")
    assert text(done.stderr).splitlines()[-1].startswith("The output was not written, because standard output is clos")


@NEEDS_SHELL
@pytest.mark.parametrize(
    ("streams", "command", "code", "results"),
    [
        ("2>&-", LINK, 0, 1),
        ("2>&-", ("log", "list"), 0, 0),
        ("2>&-", ("link", "--authority", "x"), 2, 0),
        ("2>&-", ("ask",), 0, None),
        ("2>/dev/full", LINK, 0, 1),
        ("2>/dev/full", ("log", "list"), 0, 0),
        ("2>/dev/full", ("link", "--authority", "x"), 2, 0),
        ("2>/dev/full", ("ask",), 0, None),
        ("2>/dev/full", ("log", "restore", "nowhere"), 1, 0),
        (">&- 2>&-", LINK, 1, 0),
        (">&- 2>&-", ("ask",), 1, 0),
        (">/dev/full 2>/dev/full", LINK, 1, 0),
        ("<&- >&- 2>&-", ("log", "verify"), 1, 0),
        ("<&-", ("check-number",), 0, 0),
        ("<&-", ("ask",), 1, 0),
        ("<&-", LINK, 0, 1),
    ],
)
def test_without_a_stream_it_works_on(
    streams: str, command: tuple[str, ...], code: int, results: int | None, tmp_path: Path
) -> None:
    if "/dev/full" in streams and not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    done = by_shell(streams, "--lang", "en", *command, data=tmp_path / "d")
    assert done.returncode == code, done.stderr
    assert results is None or len(done.stdout.splitlines()) == results
    assert b"Traceback" not in done.stderr


@NEEDS_SHELL
def test_a_file_never_stands_in_for_a_closed_stream(tmp_path: Path) -> None:
    """What a library says on standard error must not end up in the log."""
    asked = by_shell("2>&-", "ask", data=tmp_path / "d")
    assert asked.returncode == 0
    child = "import os, sys; from ccinc_wizard.app.output import set_streams; set_streams(); print(os.open('/', 0))"
    command = ["sh", "-c", 'exec "$@" <&- 2>&-', "sh", sys.executable, "-c", child]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment(), check=False)
    assert int(done.stdout) > 2


@NEEDS_SHELL
def test_a_window_needs_no_streams(tmp_path: Path) -> None:
    done = by_shell("<&- >&- 2>&-", data=tmp_path / "d", CCINC_WIZARD_EXIT_AFTER_PAINT="1")
    assert done.returncode == 0


NOBODY = """
import os, pwd, sys
from ccinc_wizard.__main__ import main

def getpwuid(number):
    raise KeyError(number)

pwd.getpwuid = getpwuid
os.environ.pop("HOME")
sys.exit(main())
"""
"""The program as a user whom the system does not know runs it, as in a container or as a service."""


@pytest.mark.skipif(sys.platform == "win32", reason="on Windows every user has a folder")
@pytest.mark.parametrize(
    ("command", "code"),
    [
        (LINK, 0),
        (("steps", "--authority", "agb", "--role", "invoerder"), 0),
        (("check-number",), 1),
        (("--help",), 0),
        (("ask",), 1),
        (("log", "list"), 1),
        (("log", "list", "--data-dir", "~nobody-of-that-name/x"), 1),
        (("--data-dir", "{}", "log", "list"), 0),
    ],
    ids=str,
)
def test_a_user_without_a_home_gets_all_but_the_log(command: tuple[str, ...], code: int, tmp_path: Path) -> None:
    words = [word.format(tmp_path / "data") for word in command]
    given = environment()
    for name in HOMES:
        given.pop(name, None)
    given |= {"HOME": "", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-c", NOBODY, *words, "--lang", "en"],
        input=ANSWERS,
        capture_output=True,
        cwd=tmp_path,
        env=given | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert ("has no personal folder" in text(done.stderr)) == (command[0] in ("ask", "log"))
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["data"] * ("{}" in command)


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
