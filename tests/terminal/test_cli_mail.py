"""`mail`: what other programs are told of a mail, and that no register number shows but with `--number`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccinc_wizard.content import files as content_files
from ccinc_wizard.content.texts import Texts
from ccinc_wizard.domain.redaction import spans_in
from ccinc_wizard.domain.register_number import MASK
from ccinc_wizard.terminal import console
from tests.app.test_mail_file import TEXT, sent
from tests.mail import outlook
from tests.running import run_here
from tests.surroundings import ROOT

FOLDER = ROOT / "tests" / "mail" / "samples"
SAMPLES = json.loads((FOLDER / "mails.json").read_text(encoding="utf-8"))
NUMBER = "85.07.30-033.28"
FIELDS = ["applicant_name", "register_number", "role", "authority", "authority_name"]


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("typed", [False, True])
def test_each_sample_gives_the_answer_beside_it(name: str, typed: bool) -> None:
    path = FOLDER / f"{name}.txt"
    where = {"typed": path.read_bytes()} if typed else {"typed": b""}
    file = [] if typed else [str(path)]
    code, results, talk = run_here("mail", *file, "--json", **where)
    told = json.loads(results)
    assert (code, talk) == (0, "")
    assert list(told) == [*FIELDS, "notices"]
    assert told["applicant_name"]["value"] in SAMPLES[name]["applicant_name"]
    assert told["register_number"]["value"] == MASK
    assert all(set(told[field]) == {"value", "sureness", "why"} and told[field]["why"] for field in FIELDS)
    assert run_here("mail", *file, "--number", **where) == (
        0,
        f"ok\tregister\t{SAMPLES[name]['register_number']}\n",
        "",
    )


def test_each_field_that_is_found_is_a_line_of_four() -> None:
    mail = "Naam\tGriet Schijnbaere\nRijksregisternummer\t85.07.30-033.28\nRol\tInvoerder\nInrichtende macht\tStad Gent"
    code, results, talk = run_here("--lang", "en", "mail", typed=mail)
    assert (code, talk) == (0, "")
    assert [line.split("\t")[:3] for line in results.splitlines()] == [
        ["applicant_name", "likely", "Griet Schijnbaere"],
        ["register_number", "certain", MASK],
        ["role", "certain", "invoerder"],
        ["authority", "certain", "vlaamse-gemeente"],
        ["authority_name", "certain", "Gent"],
    ]
    assert all(len(line.split("\t")) == 4 and line.split("\t")[3] for line in results.splitlines())


def test_a_field_that_stays_open_says_why() -> None:
    mail = f"Dag An,\n\nDit is het nummer van mijn collega: {NUMBER}\n\nGroeten\nGriet Schijnbaere"
    code, results, _ = run_here("--lang", "en", "mail", "--json", typed=mail)
    told = json.loads(results)
    assert code == 0
    assert told["applicant_name"]["value"] is None
    assert told["applicant_name"]["sureness"] == "ambiguous"
    assert "whose number" in told["applicant_name"]["why"]
    assert told["role"] == {"value": None, "sureness": None, "why": Texts("en")("reading.absent")}
    assert told["applicant_name"]["why"] in told["notices"]


@pytest.mark.parametrize(
    ("mail", "answer"),
    [
        ("Dag", "error\tnone"),
        ("RRN 85.07.30-033.29", "error\tnone"),
        (f"RRN {NUMBER} en RRN 79.08.22-001.84", "error\tseveral"),
        ("RRN 85.47.30-033.17", "ok\tbis\t85.47.30-033.17"),
    ],
)
def test_the_number_alone_is_printed_as_check_number_does(mail: str, answer: str) -> None:
    assert run_here("mail", "--number", typed=mail) == (int(answer.startswith("error")), f"{answer}\n", "")


def test_training_reads_the_numbers_of_training() -> None:
    assert run_here("--mode", "training", "mail", "--number", typed="RRN 85.03.30-999.04")[0] == 0
    code, results, _ = run_here("--lang", "en", "mail", "--json", typed="RRN 85.03.30-999.04")
    assert code == 0
    assert "practice" in json.loads(results)["register_number"]["why"]


@pytest.mark.parametrize("kind", ["eml", "msg"])
def test_a_file_of_a_mail_program_is_read_and_its_attachments_are_told(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"mail.{kind}"
    sender = ("Griet Schijnbaere", "griet@voorbeeld.example")
    path.write_bytes(
        sent(TEXT, attached=True).as_bytes() if kind == "eml" else outlook.message(TEXT, "", sender, attached=1)
    )
    code, results, _ = run_here("--lang", "en", "mail", "--json", str(path))
    told = json.loads(results)
    assert code == 0
    assert told["applicant_name"]["value"] == "Griet Schijnbaere"
    assert [notice for notice in told["notices"] if "attachments were not read" in notice]
    assert run_here("mail", "--number", str(path))[1] == f"ok\tregister\t{NUMBER}\n"


def test_no_number_of_a_mail_shows_in_any_other_output() -> None:
    wrong = "85.07.30-033.29"
    for arguments in ([], ["--json"]):
        for mail in (f"RRN {NUMBER}", f"RRN {wrong}", f"Naam: Jan {NUMBER}", f"RRN {NUMBER} RRN 79.08.22-001.84"):
            _, results, talk = run_here("mail", *arguments, typed=mail)
            assert spans_in(results + talk) == []
            assert wrong[3:] not in results + talk


@pytest.mark.parametrize(("content", "key"), [(None, "unreadable"), (b"", "empty"), (b"\x89PNG\0", "no_mail")])
def test_what_cannot_be_read_ends_with_one_sentence(content: bytes | None, key: str, tmp_path: Path) -> None:
    path = tmp_path / "mail.msg"
    if content is not None:
        path.write_bytes(content)
    code, results, talk = run_here("--lang", "en", "mail", str(path))
    assert (code, results) == (1, "")
    assert talk.startswith(Texts("en")(f"reading.file.{key}", reason="x").partition("(")[0])


def test_an_option_that_it_does_not_have_is_wrong_usage() -> None:
    code, results, talk = run_here("mail", "--nummer")
    assert (code, results) == (2, "")
    assert "--nummer" in talk


def test_a_file_that_takes_long_to_read_says_so_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "MOMENT", 0.0)
    monkeypatch.setattr(content_files, "_ASK_EVERY", 0.0)
    (tmp_path / "a.eml").write_bytes(b"From: a@b.be\nMIME-Version: 1.0\n\n" + b"hallo wereld\n" * 30_000)
    said = run_here("mail", str(tmp_path / "a.eml"), "--data-dir", str(tmp_path / "data"))[2]
    assert said.count(Texts("nl")("cli.reading")) == 1


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "het bestaat niet"), ("fr", "il n’existe pas"), ("en", "it does not exist")]
)
def test_why_a_file_cannot_be_read_is_said_in_the_language(tmp_path: Path, language: str, said: str) -> None:
    for command in (["mail"], ["list", "check"]):
        code, out, talk = run_here(
            *command, str(tmp_path / "none.csv"), "--lang", language, "--data-dir", str(tmp_path)
        )
        assert (code, out) == (1, "")
        assert said in talk
