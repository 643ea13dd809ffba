"""Files appear whole or not at all, are the owner's only, and are never opened at their place."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ccinc_wizard.requestlog.atomic_files import whole_file, write_whole
from tests.surroundings import inherited

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ccinc_wizard"
BEFORE = b"what was there"


@pytest.fixture
def small_disk() -> Path:
    """A folder on a disk of 64 kB, of which little is left."""
    folder = Path(tempfile.mkdtemp())
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("no right to mount a small disk here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


def test_a_file_is_there_whole_and_the_owners_only(tmp_path: Path) -> None:
    place = tmp_path / ("n" * 240 + ".txt")
    write_whole(place, b"new")
    assert place.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [place]
    if os.name == "posix":
        assert stat.S_IMODE(place.stat().st_mode) == 0o600


@pytest.mark.parametrize("after", [0, 1, 10_000_000])
def test_what_fails_leaves_what_was_there(tmp_path: Path, after: int) -> None:
    place = tmp_path / "file"
    place.write_bytes(BEFORE)

    def fail() -> None:
        with whole_file(place) as beside:
            beside.write_bytes(b"x" * after)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert place.read_bytes() == BEFORE
    assert list(tmp_path.iterdir()) == [place]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there" / "file")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "file").read_bytes() == b"new"


@pytest.mark.parametrize("ending", ["pdf", "html", "csv", "xlsx"])
def test_a_full_disk_keeps_the_earlier_file(small_disk: Path, ending: str, qapp: object) -> None:
    from ccinc_wizard.content.paper import Sheet
    from ccinc_wizard.requestlog.table_files import write_table
    from ccinc_wizard.ui.wizard.paper import web_page, write_pdf

    place = small_disk / f"file.{ending}"
    place.write_bytes(BEFORE)
    (small_disk / "ballast").write_bytes(b"x" * 52_000)
    sheet = Sheet("nl", "Blad")
    for number in range(3000):
        sheet.paragraph(f"regel {number} {os.urandom(20).hex()}")
    lines = [[os.urandom(20).hex()] * 3 for _ in range(3000)]
    writers = {
        "pdf": lambda: write_pdf(sheet, place),
        "html": lambda: write_whole(place, web_page(sheet).encode()),
    }
    write = writers.get(ending, lambda: write_table(place, ["a", "b", "c"], lines))
    with pytest.raises(OSError, match="space") as refused:
        write()
    assert refused.value.errno == errno.ENOSPC
    assert place.read_bytes() == BEFORE
    assert {found.name for found in small_disk.iterdir()} == {place.name, "ballast"}


WRITERS = """
import datetime as dt, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from ccinc_wizard.app.call_book import CallBook
from ccinc_wizard.app.paths import Paths
from ccinc_wizard.app.services import Services
from ccinc_wizard.content.list_words import ListWords
from ccinc_wizard.domain.answers import Answers
from ccinc_wizard.domain.outcome import outcome_of
from ccinc_wizard.domain.rules import request_of
from ccinc_wizard.domain.enums import Administrator, Mode, Role, Situation
from ccinc_wizard.domain.training.grading import ExamResult
from ccinc_wizard.requestlog.backup import back_up
from ccinc_wizard.requestlog.export import export
from ccinc_wizard.ui.kit import tables
from ccinc_wizard.ui.lists.job import Outputs, write_mails
from ccinc_wizard.ui.training.results import certificate
from ccinc_wizard.ui.wizard import paper
from ccinc_wizard.ui.wizard.session import Session
from tests.requestlog.conftest import request

out = Path(sys.argv[1])
app = QApplication([])
services = Services(Paths.choose(Path(sys.argv[2])), language="nl", mode=Mode.ADMIN)
with services.open_log() as log:
    log.save(request())
    for ending in ("csv", "xlsx", "json"):
        export(log, out / f"export.{ending}")
    back_up(log, out / "backup.ccinc", "een lange wachtzin")
words = ListWords(services.texts, services.catalog)
outputs = Outputs(services, words)
for ending in ("csv", "xlsx"):
    outputs.report(out / f"report.{ending}", [["1", "Lieve", "goed", ""]])
    outputs.example(out / f"example.{ending}")
class View(tables.TableView):
    def table(self):
        return ["dag"], [["24/11/2026"]]
view = View("view", "title", "status", services.texts)
view.save_to(out / "calls.csv")
sheet = certificate(services.texts, ExamResult("Lieve", None, ()), dt.date(2026, 11, 24))
paper.write_pdf(sheet, out / "certificate.pdf")
answers = Answers(situation=Situation.FORM, applicant_name="Lieve Voorbeeldt", role=Role.INVOERDER,
                  authority="agb", authority_name="AGB De Proefzaal", administrator=Administrator.YES)
session = Session(services, None, None)
made, decided = request_of(answers, services.circumstances()), outcome_of(answers, services.catalog)
parent = QWidget()
dialog = paper.PaperDialog(session, made, decided, parent)
dialog.save_to(out / "paper.pdf")
dialog.save_to(out / "paper.html")
from ccinc_wizard.content.lists import Product
product = Product(2, made, decided, "onderwerp", "tekst")
write_mails(out / "mails", [product], {}, services.texts, lambda done, total: True)
"""
EXPECTED = {
    *(f"export.{ending}" for ending in ("csv", "xlsx", "json")),
    *(f"{name}.{ending}" for name in ("report", "example") for ending in ("csv", "xlsx")),
    *("backup.ccinc", "calls.csv", "certificate.pdf", "paper.pdf", "paper.html", "mails"),
}


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: system calls cannot be seen")
def test_no_file_for_the_user_is_opened_for_writing_at_its_place(tmp_path: Path, figures: list[str]) -> None:
    out, data, trace = tmp_path / "out", tmp_path / "data", tmp_path / "trace"
    out.mkdir()
    command = [
        "strace",
        "-f",
        "-qq",
        "-y",
        "-e",
        "trace=open,openat,openat2,creat,truncate,fsync,rename,renameat,renameat2",
    ]
    command += ["-s", "500", "-o", str(trace), sys.executable, "-c", WRITERS, str(out), str(data)]
    done = subprocess.run(command, cwd=ROOT, env=inherited(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert {found.name for found in out.iterdir()} == EXPECTED
    calls = trace.read_text("utf-8", "replace").splitlines()
    opened = [call for call in calls if re.search(r"\bopen.*(O_WRONLY|O_RDWR)|\bcreat\(|\btruncate\(", call)]
    at_place = [call for call in opened if any(f'"{out / name}"' in call for name in EXPECTED)]
    assert at_place == []
    for name in EXPECTED:
        assert any("rename" in call and f', "{out / name}")' in call for call in calls), name
    synced = [call for call in calls if "fsync" in call and f"{out}/" in call]
    assert len(synced) >= len(EXPECTED)
    figures.append(f"writers: {len(EXPECTED)} files for the user, {len(opened)} opened for writing, none at its place")


def test_nothing_is_written_but_in_one_place() -> None:
    """The program's log, call book, error log and keys are added to, or made in a folder that is then put in place."""
    writing = re.compile(
        r"write_text\(|write_bytes\(|copyfile\(|QFile\(|QSaveFile|Q\w*Writer\(str|open\((?:[^)]*, )?\"[wax]b?\+?\""
    )
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(writing.search(line) for line in path.read_text("utf-8").splitlines() if "devnull" not in line)
    }
    one_place = {"requestlog/atomic_files.py", "requestlog/table_files.py", "requestlog/export.py"}
    own = {"app/call_book.py", "app/errorlog.py", "requestlog/backup.py", "requestlog/chain.py", "requestlog/keys.py"}
    own |= {"requestlog/sqlite_store.py"}  # its encrypted copy of a log that can only be read
    assert found <= one_place | own, found - one_place - own


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX's")
def test_a_kill_leaves_no_sheet_in_the_folder_for_temporary_files(tmp_path: Path) -> None:
    temporary, place = tmp_path / "tmp", tmp_path / "out" / "list.xlsx"
    temporary.mkdir()
    place.parent.mkdir()
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from ccinc_wizard.requestlog.table_files import write_table\n"
        "def lines():\n"
        "    for number in range(5000):\n"
        "        yield ['Lieve Geheim', number]\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "write_table(Path(sys.argv[1]), ['naam', 'nummer'], lines())\n"
    )
    environment = inherited() | {"TMPDIR": str(temporary)}
    done = subprocess.run([sys.executable, "-c", code, str(place)], cwd=ROOT, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert list(temporary.iterdir()) == []
    assert not place.exists()
