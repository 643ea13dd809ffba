"""The steps of the build that need no Windows: archives, icon, setup script, signing, the pinned Python."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImageReader
from pytestqt.qtbot import QtBot
from winbuild import archives, cpython, freeze, icon, setup_exe, signing
from winbuild.plan import CONSOLE_EXE, BuildError, Plan, sha256, source_date
from winbuild.windows import COMPILER

from ccinc_wizard.app import installation
from tests.packaging.conftest import ROOT, Certificate

EPOCH = 1_700_000_000


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


def test_files_are_installed_in_an_order_of_their_own(plan: Plan) -> None:
    lines = setup_exe.file_lines(plan.frozen).splitlines()
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
        assert {name: len(text) > 20 for name, text in re.findall(r'^LangString (\w+) \S+ "(.+)"$', words, re.M)} == (
            dict.fromkeys(used, True)
        )


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
