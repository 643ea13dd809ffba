"""The steps of the build that need no Windows: archives, icon, setup script, signing, the pinned Python."""

from __future__ import annotations

import io
import os
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QImageReader
from pytestqt.qtbot import QtBot
from winbuild import archives, cpython, freeze, icon, setup_exe, signing, windows
from winbuild.plan import CONSOLE_EXE, TEAM_PARTS, BuildError, Plan, files_in, sha256, source_date
from winbuild.windows import COMPILER

from ccinc_wizard.app import installation
from tests.packaging.builds import CEILINGS, ceilings
from tests.packaging.conftest import ROOT, Certificate

EPOCH = 1_700_000_000
SHORT = {"LANGUAGE_CODE", "FOLDER"}
"""Of the setup's texts those that are no sentence."""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    plan = Plan("1.2.3", EPOCH, tmp_path / "work", tmp_path / "dist")
    for name in ("b.exe", "_internal/z.dll", "_internal/a/x.txt"):
        path = plan.frozen / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="ascii")
    plan.dist.mkdir()
    return plan


def test_the_portable_zip_is_the_same_whenever_it_is_made(plan: Plan) -> None:
    first = archives.build_portable(plan).read_bytes()
    for path in plan.frozen.rglob("*"):
        os.utime(path, (1, 1))
    assert archives.build_portable(plan).read_bytes() == first
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert "ccinc-wizard-1.2.3/portable.txt" in names
    assert names == sorted(names)
    assert len(names) == 4


def test_a_packed_library_is_the_same_in_whatever_order_it_was_written(tmp_path: Path) -> None:
    made = []
    for names in (["os.pyc", "abc.pyc"], ["abc.pyc", "os.pyc"]):
        packed = tmp_path / f"{names[0]}.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            for name in names:
                archive.writestr(name, f"bytecode of {name}")
        freeze.sort_members(packed, EPOCH)
        made.append(packed.read_bytes())
    assert made[0] == made[1]
    assert zipfile.ZipFile(io.BytesIO(made[0])).read("os.pyc") == b"bytecode of os.pyc"


def test_ceilings_only_go_down() -> None:
    git = ["git", "-c", "safe.directory=*", "-C", str(ROOT)]
    name = CEILINGS.relative_to(ROOT).as_posix()
    told = subprocess.run([*git, "log", "--format=%H", "--", name], capture_output=True, text=True, check=True).stdout
    texts = [subprocess.check_output([*git, "show", f"{one}:{name}"], text=True) for one in told.split()]
    history = [ceilings(), *map(ceilings, texts)]  # from the newest to the oldest
    for newer, older in pairwise(history):
        assert {one: size for one, size in newer.items() if size > older.get(one, size)} == {}


def test_sums_are_those_that_sha256sum_checks(plan: Plan) -> None:
    made = archives.build_policies(plan)
    lines = archives.write_sums(plan).read_text(encoding="ascii").splitlines()
    assert lines == [f"{sha256(made)}  {made.name}"]
    assert "PolicyDefinitions/nl-NL/ccinc-wizard.adml" in zipfile.ZipFile(made).namelist()


def test_the_files_that_ship_are_listed_as_the_program_reads_it(plan: Plan) -> None:
    (plan.frozen / CONSOLE_EXE).write_text("signed by IT", encoding="ascii")
    for _ in range(2):
        archives.write_file_list(plan)
        shipped = installation.shipped_files(plan.frozen)
        assert list(shipped) == ["_internal/a/x.txt", "_internal/z.dll", "b.exe"]
    assert installation.damaged(plan.frozen, shipped) == []
    (plan.frozen / "_internal" / "z.dll").unlink()
    assert installation.damaged(plan.frozen, shipped) == ["_internal/z.dll"]


def test_what_only_a_team_log_needs_is_whole_or_not_there(plan: Plan) -> None:
    for part in TEAM_PARTS:
        (plan.frozen / part).mkdir()
        (plan.frozen / part / "__init__.pyc").write_text(part, encoding="ascii")
    archives.write_file_list(plan)
    with_it = installation.shipped_files(plan.frozen)
    assert {f"{part}/__init__.pyc" for part in TEAM_PARTS} <= with_it.keys()
    (plan.frozen / TEAM_PARTS[1] / "__init__.pyc").unlink()
    assert installation.damaged(plan.frozen, with_it) == [f"{TEAM_PARTS[1]}/__init__.pyc"]
    for part in TEAM_PARTS:
        shutil.rmtree(plan.frozen / part)
    without = installation.shipped_files(plan.frozen)
    assert installation.damaged(plan.frozen, without) == []
    assert without.keys() < with_it.keys()


def test_files_are_installed_in_an_order_of_their_own(plan: Plan) -> None:
    lines = setup_exe.file_lines(plan.frozen, files_in(plan.frozen)).splitlines()
    assert lines == [
        r'SetOutPath "$INSTDIR\_internal\a"',
        f'File "{plan.frozen / "_internal/a/x.txt"}"',
        r'SetOutPath "$INSTDIR\_internal"',
        f'File "{plan.frozen / "_internal/z.dll"}"',
        'SetOutPath "$INSTDIR"',
        f'File "{plan.frozen / "b.exe"}"',
    ]


def test_setup_says_the_same_in_three_languages() -> None:
    script = (ROOT / "packaging" / "nsis" / "setup.nsi").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\(([A-Z_]+)\)", script))
    assert used
    for language in ("nl", "fr", "en"):
        words = (ROOT / "packaging" / "nsis" / f"words-{language}.nsh").read_text(encoding="utf-8")
        told = dict(re.findall(r'^LangString (\w+) \S+ "(.+)"$', words, re.M))
        assert told.pop("LANGUAGE_CODE") == language
        assert told.pop("FOLDER").endswith(":")
        assert {name: len(text) > 20 for name, text in told.items()} == dict.fromkeys(used - SHORT, True)


def test_exit_codes_of_the_page_for_it_are_those_of_the_script() -> None:
    script = (ROOT / "packaging" / "nsis" / "setup.nsi").read_text(encoding="utf-8")
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    codes = set(re.findall(r"^!define EXIT_\w+ (\d+)$", script, re.MULTILINE))
    assert codes == set(re.findall(r"^\| (\d{3,}) \|", page, re.MULTILINE))


def test_the_icon_holds_every_size(qtbot: QtBot, tmp_path: Path) -> None:
    drawing = (ROOT / "resources" / "icons" / "app.svg").read_bytes()
    path = tmp_path / "app.ico"
    path.write_bytes(icon.icon_file({size: icon.draw(drawing, size) for size in icon.SIZES}))
    reader = QImageReader(str(path))
    assert reader.imageCount() == len(icon.SIZES)
    sizes = {size.width() for size in QIcon(str(path)).availableSizes()}
    assert sizes == set(icon.SIZES)
    image = QIcon(str(path)).pixmap(QSize(256, 256)).toImage()
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(128, 20).alpha() == 255


def test_another_archive_than_the_pinned_one_is_not_unpacked(tmp_path: Path) -> None:
    archive = tmp_path / "cpython-windows-x86_64.jar"
    with zipfile.ZipFile(archive, "w") as jar:
        jar.writestr(cpython.MEMBERS + "python.exe", b"something else")
    with pytest.raises(BuildError, match="not the pinned archive"):
        cpython.unpack_python(archive, tmp_path / "python")
    assert not (tmp_path / "python").exists()


@pytest.mark.skipif(not shutil.which(COMPILER), reason="gcc-mingw-w64-x86-64 is not installed")
def test_a_library_that_is_made_here_is_the_same_in_any_folder(tmp_path: Path) -> None:
    made = []
    for name in ("one", "another/longer"):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "a.def").write_text('LIBRARY "a.dll"\nEXPORTS\nSleep = kernel32.Sleep\n', encoding="ascii")
        windows.compile_dll(folder / "a.def", folder / "a.dll")
        made.append((folder / "a.dll").read_bytes())
    assert made[0] == made[1]


@pytest.mark.skipif(sys.platform == "win32", reason="there programs run without Wine")
def test_a_program_that_does_not_end_is_ended_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, does in (
        ("wine", "echo Half way; exec tail -f /dev/null"),
        ("wineserver", 'echo "$@" >"$WINEPREFIX/told"'),
    ):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n", encoding="ascii")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(BuildError, match=r"a\.exe selftest has not ended in 3 seconds\. It said:\nHalf way\n"):
        windows.Windows(tmp_path).run("a.exe", "selftest", seconds=3)
    assert (tmp_path / "told").read_text(encoding="ascii") == "-k\n"


def test_the_setup_has_a_picture_of_its_own(qtbot: QtBot) -> None:
    drawing = (ROOT / "resources" / "icons" / "app.svg").read_bytes()
    drawn = QImage.fromData(icon.picture(drawing), "BMP")  # type: ignore[call-overload]  # as in icon.py
    assert (drawn.width(), drawn.height()) == icon.PICTURE_SIZE
    assert drawn.pixelColor(2, 2).name() == icon.GROUND
    assert drawn.pixelColor(82, 50) != drawn.pixelColor(2, 2)


def test_without_a_certificate_nothing_is_signed() -> None:
    assert not signing.wanted({})
    assert signing.wanted({"CCINC_SIGN_THUMBPRINT": "ab"})


def test_no_password_is_an_argument(tmp_path: Path) -> None:
    env = {"CCINC_SIGN_PFX": "c.pfx", "CCINC_SIGN_PASSWORD_FILE": "secret.txt", "CCINC_SIGN_TIMESTAMP": "t"}
    words = signing.command(tmp_path / "a.exe", tmp_path / "b.exe", env)
    assert words[:6] == ["osslsigncode", "sign", "-pkcs12", "c.pfx", "-readpass", "secret.txt"]
    assert words[words.index("-ts") + 1] == "t"
    words = signing.command(tmp_path / "a.exe", tmp_path / "b.exe", {"CCINC_SIGN_THUMBPRINT": "ab"})
    assert words == ["signtool", "sign", "/fd", "sha256", "/sha1", "ab", str(tmp_path / "a.exe")]


def test_a_signer_of_ones_own_is_given_the_file_last(tmp_path: Path) -> None:
    env = {"CCINC_SIGN_COMMAND": 'azuresigntool sign -d "a name"', "CCINC_SIGN_PFX": "c.pfx"}
    words = signing.command(tmp_path / "a b.exe", tmp_path / "b.exe", env)
    assert words == ["azuresigntool", "sign", "-d", "a name", str(tmp_path / "a b.exe")]


SIGNER = """
import struct, sys
from pathlib import Path
path = Path(sys.argv[-1])
content = bytearray(path.read_bytes())
header = struct.unpack_from("<I", content, 0x3C)[0] + 24
struct.pack_into("<II", content, header + 112 + 32, len(content), 8)
path.write_bytes(content + b"SIGNED.." )
with Path(__file__).with_name("signed").open("a") as told:
    told.write(path.name + "\\n")
"""
"""What stands for a signer: notes in the header that a signature follows, as a real one does."""


def program_file(path: Path, *, signed: bool = False) -> None:
    """The beginning of a 64-bit program for Windows."""
    content = bytearray(1024)
    struct.pack_into("<I", content, 0x3C, 128)
    struct.pack_into("<H", content, 128 + 24, 0x20B)
    struct.pack_into("<II", content, 128 + 24 + 112 + 32, 1024 if signed else 0, 8 if signed else 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_whatever_nobody_has_signed_is_signed_once(tmp_path: Path) -> None:
    signer, folder = tmp_path / "signer.py", tmp_path / "program"
    signer.write_text(SIGNER, encoding="utf-8")
    for name in ("a.exe", "_internal/b.dll", "_internal/c/d.pyd", "_internal/E.DLL"):
        program_file(folder / name)
    program_file(folder / "_internal" / "qt.dll", signed=True)
    (folder / "words.json").write_text("{}", encoding="ascii")
    env = {"CCINC_SIGN_COMMAND": f"{sys.executable} {signer}"}
    assert signing.wanted(env)
    assert signing.sign_all(folder, env) == 4
    assert sorted((tmp_path / "signed").read_text(encoding="utf-8").split()) == ["E.DLL", "a.exe", "b.dll", "d.pyd"]
    assert signing.sign_all(folder, env) == 0


def test_a_certificate_without_its_tool_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="signtool is missing"):
        signing.sign(tmp_path / "a.exe", {"CCINC_SIGN_THUMBPRINT": "ab"})


@pytest.mark.skipif(
    not all(map(shutil.which, ("osslsigncode", "openssl", COMPILER))),
    reason="osslsigncode, openssl or gcc-mingw-w64-x86-64 is not installed",
)
def test_a_program_is_really_signed(certificate: Certificate, tmp_path: Path) -> None:
    program = tmp_path / "a.exe"
    certificate.compile_program(program)
    signing.sign(program, certificate.env)
    assert "Signature verification: ok" in certificate.verify(program)
    assert sorted(path.name for path in tmp_path.glob("a.exe*")) == ["a.exe"]


def test_the_date_is_that_of_the_commit_unless_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12")
    assert source_date(tmp_path) == 12
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(BuildError, match="SOURCE_DATE_EPOCH"):
        source_date(tmp_path)
