"""The contract's command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ccinc_wizard import __version__
from ccinc_wizard.__main__ import main
from ccinc_wizard.content.texts import Texts, languages
from ccinc_wizard.terminal.starting import ask_for_window
from tests.expected_links import EXPECTED_LINKS
from tests.running import ROOT, environment, run, text

NUMBER = "85.07.30-033.28"
TYPES = ("vlaamse-gemeente", "brusselse-gemeente", "agb", "economische-actor")
LABEL = "Cultuurmonitor Afnemer"
APPROVER = "Doelgroepverantwoordelijke Type Organisatie"
LABEL_TYPES = ("brusselse-gemeente", "economische-actor")


Typed = Callable[[bytes], None]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Puts this on the standard input of what runs in this process."""

    def give(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))

    return give


@pytest.mark.parametrize(("pair", "url"), EXPECTED_LINKS.items(), ids=str)
def test_link_prints_the_address_and_nothing_else(pair: tuple[str, str], url: str) -> None:
    done = run("link", "--authority", pair[0], "--role", pair[1])
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{url}\n".encode(), b"")


@pytest.mark.parametrize(
    "order",
    [
        ["--lang", "fr", "--mode", "helpdesk", "--data-dir", "{}", "link", "--authority", "agb", "--role", "invoerder"],
        ["link", "--authority", "agb", "--data-dir", "{}", "--role", "invoerder", "--lang=fr", "--mode=helpdesk"],
    ],
)
def test_common_options_stand_before_or_after_the_command(
    order: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(tmp_path / "data") for word in order]) == 0
    assert capsys.readouterr().out == EXPECTED_LINKS["agb", "invoerder"] + "\n"


@pytest.mark.parametrize("empty", [["--data-dir", ""], ["--data-dir="], ["--data-dir", "x", "--data-dir", " "]])
def test_no_window_opens_on_a_folder_without_a_name(empty: list[str]) -> None:
    assert ask_for_window(["--data-dir", "x", "--lang", "fr"])
    assert not ask_for_window(empty)


@pytest.mark.parametrize("form", ["{} {}", "{}={}"])
def test_the_last_of_two_counts(form: str, tmp_path: Path, capsys: Capture) -> None:
    given = {"--lang": ("nl", "en"), "--mode": ("training", "admin"), "--data-dir": (tmp_path / "a", tmp_path / "b")}
    words = [word for option, pair in given.items() for value in pair for word in form.format(option, value).split()]
    assert main([*words, "log", "list"]) == 0
    assert "No requests found." in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b" / "log").is_dir()
    assert main(["--lang", "nl", "log", "list", "--lang", "fr", "--data-dir", str(tmp_path / "b")]) == 0
    assert "Aucune demande" in capsys.readouterr().err


@pytest.mark.parametrize("route", ["form", "manual", "task"])
@pytest.mark.parametrize("authority", TYPES)
def test_steps_are_those_of_the_route_with_the_label_where_it_is_due(
    authority: str, route: str, capsys: pytest.CaptureFixture[str]
) -> None:
    link = EXPECTED_LINKS[authority, "raadpleger"]
    arguments = ["steps", "--authority", authority, "--role", "raadpleger", "--route", route]
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert main([*arguments, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    due = authority in LABEL_TYPES
    assert (LABEL in shown, APPROVER in shown) == (due, due)
    assert told["label"] == ({"name": LABEL, "approver": APPROVER} if due else None)
    assert sum(LABEL in step["text"] for step in told["steps"]) == int(due)
    assert (link in shown, told["link"]) == ((True, link) if route == "form" else (False, None))
    assert [step["number"] for step in told["steps"]] == list(range(1, len(told["steps"]) + 1))
    assert all(f"{step['number']}. {step['text']}" in shown for step in told["steps"])
    assert (told["authority"], told["role"], told["route"]) == (authority, "raadpleger", route)
    assert any("1700" in line for line in told["contacts"])
    values = [step["value"] for step in told["steps"]]
    assert ("Cultuurmonitor Raadpleger" in values) == (route != "form")


def test_the_form_is_the_route_unless_another_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["steps", "--authority", "agb", "--role", "invoerder", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["route"] == "form"


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (b"85.07.30-033.28", "ok\tregister\t85.07.30-033.28"),
        (b" 85073003328 ", "ok\tregister\t85.07.30-033.28"),
        ("８５０７３００３３２８".encode(), "ok\tregister\t85.07.30-033.28"),
        (b"85.47.30-033.17", "ok\tbis\t85.47.30-033.17"),
        (b"", "error\tempty"),
        (b"   ", "error\tempty"),
        (b"8507300332", "error\tlength"),
        (b"85o73003328", "error\tcharacters"),
        (b"\xff\xfe\x00", "error\tcharacters"),
        (b"85.07.30\xa0033\xa028", "ok\tregister\t85.07.30-033.28"),
        (b"\xe985073003328", "error\tcharacters"),
        (b"85.07.30-033.29", "error\tchecksum"),
        (b"85.13.30-033.70", "error\tbirth-date"),
        (b"85.07.30-000.61", "error\tsequence"),
        (b"79.08.22-999.56", "error\tsequence"),
        (b"99.01.01-001.47", "error\tfuture"),
    ],
)
def test_check_number_answers_each_line(line: bytes, answer: str, typed: Typed, capsys: Capture) -> None:
    typed(line + b"\n")
    assert main(["check-number"]) == int(answer.startswith("error"))
    assert capsys.readouterr().out == answer + "\n"


def test_one_wrong_number_among_others_makes_the_answer_no(typed: Typed, capsys: Capture) -> None:
    typed(b"\xef\xbb\xbf85073003328\r\n\r\n85.07.30-033.28")
    assert main(["check-number"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"ok\tregister\t{NUMBER}",
        "error\tempty",
        f"ok\tregister\t{NUMBER}",
    ]
    typed(b"")
    assert main(["check-number"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_a_file_of_notepad_is_read(mark: bytes, encoding: str, typed: Typed, capsys: Capture) -> None:
    typed(mark + f"{NUMBER}\r\n\r\n85073003328".encode(encoding))
    assert main(["check-number"]) == 1
    answer = f"ok\tregister\t{NUMBER}"
    assert capsys.readouterr().out.splitlines() == [answer, "error\tempty", answer]


def test_training_accepts_only_numbers_that_were_never_issued(typed: Typed, capsys: Capture, tmp_path: Path) -> None:
    typed(b"85.07.30-000.61\n85.07.30-033.28\n")
    assert main(["check-number", "--mode", "training", "--data-dir", str(tmp_path / "data")]) == 1
    assert capsys.readouterr().out == "ok\tregister\t85.07.30-000.61\nerror\tsequence\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_each_number_is_answered_before_the_next_is_read(encoding: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "ccinc_wizard", "check-number"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env=environment(),
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for mark in ("" if encoding == "utf-8" else "\ufeff", "", ""):
            child.stdin.write(f"{mark}85073003328\n".encode(encoding))
            child.stdin.flush()
            assert child.stdout.readline().split() == [b"ok", b"register", NUMBER.encode()]
        child.stdin.close()
        assert child.wait() == 0


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["link", "--authority", "x", "--role", "invoerder"], TYPES),
        (["link", "--authority", "agb", "--role", "x"], ("invoerder", "raadpleger")),
        (["link"], (*TYPES, "invoerder", "raadpleger")),
        (["steps", "--authority", "agb", "--role", "invoerder", "--route", "x"], ("form", "manual", "task")),
        (["x"], ("link", "steps", "check-number", "ask", "log", "selftest")),
        (["log"], ("list", "export", "verify", "backup", "restore", "purge")),
        (["log", "x"], ("list", "export", "verify", "backup", "restore", "purge")),
        (["log", "list", "--status", "x"], ("requested", "waiting-for-label", "granted", "rejected", "withdrawn")),
        (["log", "export", "x.txt"], (".csv", ".xlsx", ".json")),
        (["log", "purge"], ("--older-than",)),
        (["log", "purge", "--older-than", "0"], ("DAYS 1-3650",)),
        (["--mode", "x"], ("admin", "helpdesk", "training")),
        (["--lang", "x"], ("nl", "fr", "en")),
        (["--data-dir"], ("--data-dir",)),
        (["--data-dir", "", "log", "list"], ("--data-dir",)),
        (["--data-dir", " ", "log", "list"], ("--data-dir",)),
        (["log", "list", "--data-dir="], ("--data-dir",)),
        (["log", "purge", "--older-than", "9" * 5000], ("DAYS 1-3650",)),
        (["--no-such-option"], ("--mode",)),
    ],
    ids=lambda value: " ".join(value)[:40],
)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_wrong_usage_lists_what_is_allowed(
    arguments: list[str], allowed: tuple[str, ...], language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([f"--lang={language}", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert all(word in shown.err for word in allowed)


@pytest.mark.parametrize(
    ("arguments", "named", "meant"),
    [
        ("--language nl", "--language", "--lang"),
        ("--langauge=nl", "--langauge", "--lang"),
        ("--langue", "--langue", "--lang"),
        ("-l nl", "-l", "--lang"),
        ("--modus helpdesk", "--modus", "--mode"),
        ("--data_dir x", "--data_dir", "--data-dir"),
        ("--datadir=x link", "--datadir", "--data-dir"),
        ("--verison", "--verison", "--version"),
        ("-v", "-v", "--version"),
        ("-V", "-V", "--version"),
        ("-help", "-help", "--help"),
        ("-?", "-?", "--help"),
        ("/?", "/?", "--help"),
        ("help", "help", "--help"),
        ("version", "version", "--version"),
        ("lnik", "lnik", "link"),
        ("check_number", "check_number", "check-number"),
        ("Log", "Log", "log"),
        ("selftset", "selftset", "selftest"),
        ("link --autority agb --role invoerder", "--autority", "--authority"),
        ("link --authority agbb --role invoerder", "agbb", "agb"),
        ("link --authority agb --role Invoerder", "Invoerder", "invoerder"),
        ("steps --rol invoerder --authority agb", "--rol", "--role"),
        ("steps --authority agb --role invoerder --routes form", "--routes", "--route"),
        ("log lst", "lst", "list"),
        ("log list --serach x", "--serach", "--search"),
        ("log list --status granted_", "granted_", "granted"),
        ("log purge --older 3", "--older", "--older-than"),
        ("log team shw-key", "shw-key", "show-key"),
        ("list chek x", "chek", "check"),
        ("list check x --sitation form", "--sitation", "--situation"),
        ("mail --jsn x.eml", "--jsn", "--json"),
        ("--mode helpdsk", "helpdsk", "helpdesk"),
        ("--lang NL", "NL", "nl"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_slip_is_named_with_what_was_probably_meant(
    arguments: str, named: str, meant: str, language: str, capsys: Capture
) -> None:
    assert main([f"--lang={language}", *arguments.split()]) == 2
    told = capsys.readouterr().err.rstrip().split("\n")[-1]
    # With a language that there is not, the program speaks the machine's.
    spoken = [Texts(one) for one in ({"NL": languages()}.get(named, [language]))]
    assert any(told.endswith(texts("cli.wrong.meant", near=meant)) for texts in spoken), told
    assert named in told
    option = any(texts("cli.wrong.option", what=named) in told for texts in spoken)
    assert option is named.startswith(("-", "/")), told


@pytest.mark.parametrize("arguments", ["--foo", "link --json --foo", "log --older 3", "--85073003328"])
def test_an_option_that_is_like_none_is_named_with_all_there_are(arguments: str, capsys: Capture) -> None:
    assert main(["--lang=en", *arguments.split()]) == 2
    told = capsys.readouterr().err
    assert "Did you mean" not in told.rstrip().split("\n")[-1]
    assert "--lang" in told.rstrip().split("\n")[-1] or NUMBER not in told


def test_a_value_is_no_option_whatever_it_is_called(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "log"
    assert main(["--data-dir", str(folder), "log", "list", "--search", "link"]) == 0
    assert main(["--data-dir", "link", "--lang=en", "link", "--authority", "agb", "--role", "invoerder"]) == 0
    assert main(["log", "list", "--search", "-a b", "--data-dir", str(folder)]) == 0
    assert main(["log", "purge", "--older-than", "-5", "--data-dir", str(folder), "--lang=en"]) == 2
    assert "number of days" in capsys.readouterr().err


def test_a_number_given_as_an_argument_is_refused_and_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in (["check-number", NUMBER], ["check-number", "85073003328"], [NUMBER], ["--mode", NUMBER]):
        assert main(wrong) == 2
        shown = capsys.readouterr()
        assert "033" not in shown.out + shown.err


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize(
    "command",
    [[], ["link"], ["steps"], ["check-number"], ["ask"], ["selftest"], ["log"]]
    + [["log", name] for name in ("list", "export", "verify", "backup", "restore", "purge")],
    ids=" ".join,
)
def test_help_explains_every_command(command: list[str], language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--lang", language, "--help"]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert "--data-dir" in shown.out
    assert {"nl": "gebruik:", "fr": "utilisation\u00a0:", "en": "usage:"}[language] in shown.out


def test_help_of_link_names_the_types(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", "--help"]) == 0
    shown = "".join(capsys.readouterr().out.split())
    assert all(name in shown for name in (*TYPES, "invoerder", "raadpleger"))


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.split() == ["ccinc-wizard", __version__]


_WITHOUT_QT = """
import sys
from ccinc_wizard.__main__ import main
code = main(sys.argv[1:])
print(sorted(name for name in sys.modules if name.split(".")[0] in UNWANTED), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["link", "--authority", "agb", "--role", "invoerder"], {"PySide6", "keyring", "sqlcipher3", "stdnum"}),
        (["steps", "--authority", "agb", "--role", "invoerder"], {"PySide6", "keyring", "sqlcipher3"}),
        (["check-number"], {"PySide6", "keyring", "sqlcipher3", "pydantic"}),
        (["ask"], {"PySide6"}),
        (["log", "list"], {"PySide6"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_no_command_loads_qt_or_what_it_does_not_need(arguments: list[str], unwanted: set[str], tmp_path: Path) -> None:
    data = ("--data-dir", str(tmp_path / "data"))
    done = subprocess.run(
        [sys.executable, "-c", f"UNWANTED = {unwanted | {'shiboken6'}!r}{_WITHOUT_QT}", *arguments, *data],
        input=b"form\nLieve Voorbeeldt\ninvoerder\nagb\nAGB Leuven\n" if arguments == ["ask"] else b"",
        capture_output=True,
        cwd=ROOT,
        env=environment(),
        check=False,
    )
    assert (done.returncode, text(done.stderr).splitlines()[-1]) == (0, "[]")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize(
    "wrong",
    [
        *("nonsense", "log nonsense", "log team x", "link", "link --authority x --role invoerder", "--mode"),
        *("steps --foo", "log purge --older-than x", "log export a.pdf", "link --authority agb --role invoerder extra"),
    ],
)
def test_wrong_usage_is_told_in_a_whole_sentence(wrong: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", language, *wrong.split()]) == 2
    told = capsys.readouterr().err.rstrip().split("\n")[-1]
    assert re.match(r"[“«]|[A-ZÀ-Ý]", told)
    assert told.endswith(".")
    assert not re.search(r"'|\{|log_command|\b(Bij|Avec|With) (command|action)\b", told), told
