"""The setup that users get, installed and used in a throw-away Windows, from an older version to only the log."""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import bench
import bench_frozen
import pytest
from winbuild import signing
from winbuild.build import sign_programs
from winbuild.freeze import BASE_LIBRARY, Toolchain
from winbuild.plan import (
    CONSOLE_EXE,
    NAME,
    TEAM_PARTS,
    WINDOW_EXE,
    BuildError,
    Plan,
    files_in,
    is_team_part,
    sha256,
)
from winbuild.setup_exe import build_setup
from winbuild.windows import Finished, Windows

from ccinc_wizard.app.installation import LIBRARIES, modules
from ccinc_wizard.requestlog.schema import DESK_ROLE
from tests.expected_links import EXPECTED_LINKS
from tests.packaging.builds import ceilings, copy_pictures
from tests.packaging.conftest import Certificate
from tests.packaging.desktop import Desktop
from tests.requestlog.postgres import running

pytestmark = pytest.mark.wine

ANSWERS = "manual\nAn Peeters\n85.07.30-033.28\ninvoerder\nvlaamse-gemeente\nGent\n\n\n"


@pytest.fixture(scope="module")
def desktop(tools: Toolchain, built: Plan, older: Plan, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    windows = Windows(tmp_path_factory.mktemp("desktop") / "wine")
    windows.start()
    desktop = Desktop(windows, tools.python, built, older)
    yield desktop
    desktop.settle()


@pytest.fixture(scope="module")
def before(desktop: Desktop) -> set[Path]:
    """All files of the fresh desktop."""
    return set(files_in(desktop.home)) | set(files_in(desktop.windows.drive_c / "ProgramData"))


@pytest.fixture(scope="module")
def installed(desktop: Desktop, before: set[Path]) -> Desktop:
    """The desktop with the older version and one request in its log."""
    assert desktop.setup(desktop.older) == 0
    saved = desktop.run("ask", text=ANSWERS)
    assert saved.code == 0, saved.output
    return desktop


def test_sizes_stay_under_their_ceilings_and_ceilings_close_to_them(built: Plan) -> None:
    sizes = {path: path.stat().st_size for path in files_in(built.frozen)}
    taken = {
        "setup": built.setup.stat().st_size,
        "installed": sum(sizes.values()),
        "installed_without_team_log": sum(size for path, size in sizes.items() if not is_team_part(path, built.frozen)),
    }
    stay_close(taken)


def stay_close(taken: dict[str, int]) -> None:
    """What a build takes stays under its ceilings, and these come down with it, so that nothing grows back unseen."""
    allowed = ceilings()
    assert {name: size for name, size in taken.items() if size > allowed[name]} == {}
    assert {name: size for name, size in taken.items() if size < allowed[name] * 0.95} == {}


def test_what_a_start_opens_and_reads_stays_under_its_ceilings(built: Plan, tools: Toolchain, tmp_path: Path) -> None:
    if (
        not shutil.which("strace")
        or subprocess.run(["strace", "-qq", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("what a start reads is seen by strace, which is missing or not allowed to look")
    program = bench_frozen.frozen_in(built.frozen, tools.windows.prefix.parent)
    arguments = ["--data-dir", program.path(tmp_path / "data")]
    with waiting(tools) as beside:
        seen = bench_frozen.reads(program, arguments, tmp_path / "trace", bench.lines_of)
        assert goes_on(beside), "whatever else runs in the same Windows was ended too"
    assert seen, "no window was painted"
    stay_close({"start_files": seen.files, "start_bytes": seen.size, "start_modules": seen.modules})


@contextmanager
def waiting(tools: Toolchain) -> Iterator[subprocess.Popen[bytes]]:
    """A program of another in the build's Windows, which ends when its input does."""
    does = "import sys; print('ready', flush=True); sys.stdin.read(); print('still here')"
    words, env = tools.windows.command(tools.python, "-c", does), tools.windows.environment()
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, env=env) as program:
        assert program.stdout is not None
        assert program.stdout.readline().strip() == b"ready"
        yield program


def goes_on(program: subprocess.Popen[bytes]) -> bool:
    """Whether it is there still, and ends by itself."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.close()
    return program.stdout.readline().strip() == b"still here"


ROUNDS, PAIRS = 3, 7
"""Of measuring: what takes longer does so in each round, what a busy machine adds does not."""


def test_a_start_costs_the_processor_little_more_than_that_of_a_bare_window(
    built: Plan, tools: Toolchain, tmp_path: Path
) -> None:
    """The median of pairs in turns, as `bench start --frozen` takes it, by the processor's time.

    Of one program on a busy machine the clock on the wall has said 1.3 to 1.6, the processor's 1.3 to 1.5. The floor is
    made of the program's own folder, as freezing another one takes two minutes; it is 0.94 to 1.06 times that one.
    """
    bare = bare_beside(built.frozen, tmp_path / "bare")
    above, below = (bench_frozen.frozen_in(one, tools.windows.prefix.parent) for one in (built.frozen, bare))
    program = [*above.command, "--data-dir", above.path(tmp_path / "data")]
    allowed, seen = ceilings()["start_percent"], []
    while len(seen) < ROUNDS and not any(one <= allowed for one in seen):
        pairs = bench.turns(below.command, program, PAIRS, above.environment, bench_frozen.PAINTED, end=True)
        seen.append(100 * statistics.median(one.processor / floor.processor for floor, one in pairs))
    print(f"A start, in hundredths of that of a bare window: {seen}")
    assert min(seen) <= allowed, seen


def bare_beside(frozen: Path, folder: Path) -> Path:
    """A copy of a program's folder whose start finds a bare window where it looks for the program."""
    shutil.copytree(frozen, folder, copy_function=os.link)
    library = folder / BASE_LIBRARY
    library.unlink()
    shutil.copyfile(frozen / BASE_LIBRARY, library)
    with zipfile.ZipFile(library, "a") as archive:
        archive.writestr("ccinc_wizard/__init__.py", "")
        archive.write(Path(bench.__file__).with_name("bare_window.py"), "ccinc_wizard/__main__.py")
    return folder


def test_all_files_of_the_program_are_installed(installed: Desktop) -> None:
    wanted = {path.relative_to(installed.older.frozen) for path in files_in(installed.older.frozen)}
    found = {path.relative_to(installed.program) for path in files_in(installed.program)}
    assert found == wanted | {Path("uninstall.exe")}
    assert (installed.program / WINDOW_EXE).read_bytes() == (installed.older.frozen / WINDOW_EXE).read_bytes()


def test_the_start_menu_points_at_the_window(installed: Desktop) -> None:
    link = installed.shortcut.read_bytes()
    target = rf"Programs\{NAME}\{WINDOW_EXE}"
    assert target.encode("utf-16-le") in link or target.encode("ascii") in link


def test_apps_and_features_knows_the_program(installed: Desktop) -> None:
    known = installed.registered()
    assert known["DisplayName"] == "CCinC-toegangswizard"
    assert known["DisplayVersion"] == "0.9.0"
    assert known["Publisher"] == "CCinC"
    assert known["DisplayIcon"].endswith(rf"\Programs\{NAME}\{WINDOW_EXE},0")
    assert known["QuietUninstallString"].endswith(r'\uninstall.exe" /S')
    kib = sum(path.stat().st_size for path in files_in(installed.older.frozen)) / 1024
    assert kib - 2 < int(known["EstimatedSize"], 16) <= kib


def wrong(checked: Finished) -> set[str]:
    """What `selftest` finds wrong, but for the fonts: this Wine has no screen, and Qt's platform without one has none.

    On the platform that people have, test_window.py tries it.
    """
    return set(re.findall(r"^error\t([a-z-]+)", checked.output, re.MULTILINE)) - {"fonts"}


def test_the_installed_program_checks_itself(installed: Desktop) -> None:
    checked = installed.run("selftest")
    assert wrong(checked) == set(), checked.output
    told = {name: remark for _, name, remark in re.findall(r"^(ok|notice)\t([a-z-]+)\t?(.*)$", checked.output, re.M)}
    assert int(told["modules"]) + int(told["window"]) == len(LIBRARIES) + len(list(modules()))
    assert int(told["files"]) > 100
    assert told["translations"] == "nl en fr"
    assert {"log-encryption", "keyring", "scenarios"} <= told.keys()


def test_the_installed_program_misses_a_lost_file(installed: Desktop) -> None:
    lost = installed.program / "_internal" / "ccinc_wizard" / "resources" / "scenarios" / "README.md"
    held = lost.read_bytes()
    lost.unlink()
    try:
        checked = installed.run("selftest")
    finally:
        lost.write_bytes(held)
    assert checked.code == 1
    assert re.match(r"error\tfiles\t.*scenarios/README\.md", checked.output)


@pytest.mark.parametrize(("authority", "role"), EXPECTED_LINKS)
def test_the_installed_program_knows_each_link(installed: Desktop, authority: str, role: str) -> None:
    told = installed.run("link", "--authority", authority, "--role", role)
    assert told == Finished(0, EXPECTED_LINKS[authority, role] + "\n")


def test_the_installed_program_finds_what_it_saved(installed: Desktop) -> None:
    assert "An Peeters" in installed.run("log", "list", "--search", "peeters").output
    assert "An Peeters" not in installed.run("log", "list", "--search", "janssens").output
    log = next(path for path in files_in(installed.data) if path.suffix == ".db").read_bytes()
    assert b"Peeters" not in log
    assert not log.startswith(b"SQLite")


def test_the_window_opens_and_ends(installed: Desktop) -> None:
    ended = installed.windows.run(installed.program / WINDOW_EXE, env={"CCINC_WIZARD_EXIT_AFTER_PAINT": "1"})
    assert ended.code == 0, ended.output


def test_a_policy_of_the_registry_is_read(installed: Desktop, tools: Toolchain) -> None:
    inside = replace(tools, windows=installed.windows)
    asked = "from ccinc_wizard.app.policies import read_policies as r; p = r(); \
print(p.held['mode'], p.held['open_links'], p.held['scenario_folder'], len(p.laid_down()))"
    with installed.laid_down(Mode="helpdesk", OpenLinks=0, ScenarioFolder=r"%SystemRoot%\s"):
        told = inside.run("-c", asked, cwd=Path(__file__).resolve().parents[2])
    assert told.strip() == r"helpdesk False C:\windows\s 3"


def test_windows_opens_what_it_sealed_and_nothing_else(installed: Desktop, tools: Toolchain) -> None:
    asked = "from ccinc_wizard.app.paths import sealed, unsealed; s = sealed(b'Lieve Voorbeeldt' * 9); \
print(b'Lieve' in s, unsealed(s) == b'Lieve Voorbeeldt' * 9); unsealed(s[:-9] + b'something')"
    with pytest.raises(BuildError, match="OSError") as refused:
        replace(tools, windows=installed.windows).run("-c", asked, cwd=Path(__file__).resolve().parents[2])
    assert "\nFalse True\n" in str(refused.value)


def test_a_policy_wins_over_what_the_user_asks_of_the_installed_program(installed: Desktop) -> None:
    asked = ("steps", "--authority", "agb", "--role", "invoerder", "--lang", "nl")
    dutch = installed.run(*asked).output
    with installed.laid_down(Language="fr"):
        french = installed.run(*asked).output
    assert french != dutch
    assert french == installed.run(*asked[:-1], "fr").output


def test_the_installed_program_uses_the_team_log_that_is_laid_down(installed: Desktop) -> None:
    with running() as server, installed.laid_down(TeamLogUrl=server.url(server.database()), TeamLogRole=DESK_ROLE):
        made = installed.run("log", "team", "new-key")
        saved = installed.run("ask", text=ANSWERS.replace("An Peeters", "Cas Claes"))
        found = installed.run("log", "list", "--search", "claes")
    assert (made.code, saved.code) == (0, 0), made.output + saved.output
    assert "Cas Claes" in found.output
    assert "Cas Claes" not in installed.run("log", "list").output


@contextmanager
def opened(installed: Desktop, program: str, *arguments: str) -> Iterator[None]:
    """With this program open, and past its start."""
    words, env = installed.windows.command(installed.program / program, *arguments), installed.windows.environment()
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, env=env) as open_program:
        assert open_program.stdin is not None
        assert open_program.stdout is not None
        if program == CONSOLE_EXE:
            assert open_program.stdout.readline()
        else:
            lock, patience = installed.data / "window.lock", Event()
            while not lock.exists() and open_program.poll() is None:
                patience.wait(0.1)
        assert open_program.poll() is None
        yield
        open_program.stdin.close()
        open_program.kill()


@pytest.mark.parametrize("program", [(CONSOLE_EXE, "ask"), (WINDOW_EXE,)], ids=["console", "window"])
def test_an_open_program_is_neither_replaced_nor_uninstalled(installed: Desktop, program: tuple[str, ...]) -> None:
    before = files_in(installed.program)
    with opened(installed, *program):
        assert installed.setup(installed.plan) == 1618
        folder = installed.windows.path(installed.program)
        # In its own place, as without that its copy's exit code reaches nobody.
        assert installed.code(installed.program / "uninstall.exe", "/S", f"_?={folder}") == 1618
    assert files_in(installed.program) == before
    assert installed.registered()["DisplayVersion"] == "0.9.0"
    assert installed.run("--version").output == f"{NAME} {installed.plan.version}\n"


def test_an_upgrade_replaces_the_program_and_keeps_the_log(installed: Desktop) -> None:
    assert installed.setup(installed.plan) == 0
    assert installed.registered()["DisplayVersion"] == installed.plan.version
    assert not (installed.program / "_internal" / "of-the-past.txt").exists()
    assert installed.run("--version").output == f"{NAME} {installed.plan.version}\n"
    assert "An Peeters" in installed.run("log", "list", "--search", "peeters").output
    assert installed.run("log", "verify").code == 0


def test_a_downgrade_is_refused(installed: Desktop) -> None:
    assert installed.setup(installed.older) == 1638
    assert installed.registered()["DisplayVersion"] == installed.plan.version
    assert not (installed.program / "_internal" / "of-the-past.txt").exists()


def test_windows_before_its_icu_is_refused(installed: Desktop) -> None:
    key = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion"
    of_now = re.search(r"REG_SZ\s+(\d+)", installed.windows.run("reg", "query", key, "/v", "CurrentBuildNumber").output)
    assert of_now
    set_build = ("reg", "add", key, "/f", "/v", "CurrentBuildNumber", "/t", "REG_SZ", "/d")
    try:
        for build, code in (("14393", 1150), ("15063", 1638)):
            installed.windows.run(*set_build, build).checked("Another Windows")
            installed.settle()
            assert installed.setup(installed.older) == code  # the second one goes on to the next refusal
    finally:
        installed.windows.run(*set_build, of_now[1])
        installed.settle()


def test_the_part_for_a_team_log_can_be_left_out_and_stays_out(installed: Desktop) -> None:
    parts = [installed.program / part for part in TEAM_PARTS]
    of_team = {path for part in parts for path in files_in(part)}
    assert of_team
    known = int(installed.registered()["EstimatedSize"], 16)
    everything = set(files_in(installed.program))
    for switch in (["/NoTeamLog"], []):
        assert installed.setup(installed.plan, *switch) == 0
        assert set(files_in(installed.program)) == everything - of_team
    assert int(installed.registered()["EstimatedSize"], 16) < known
    checked = installed.run("selftest")
    assert wrong(checked) == set(), checked.output
    with installed.laid_down(TeamLogUrl="postgresql://nowhere.example/log"):
        told = installed.run("log", "list")
    assert told.code == 1
    assert "psycopg" in told.output
    assert installed.setup(installed.plan, "/TeamLog") == 0
    assert set(files_in(installed.program)) == everything


def test_for_all_users_can_take_the_place_of_for_one(installed: Desktop) -> None:
    log = installed.run("log", "list").output
    assert installed.setup(installed.plan, "/AllUsers", "/RemoveOther", r"/D=C:\Apps\CCinC wizard") == 0
    assert not installed.program.exists()
    assert installed.registered() == {}
    folder = installed.windows.drive_c / "Apps" / "CCinC wizard"
    # A busy machine may say before it that it waits for the keyring.
    assert installed.windows.run(folder / CONSOLE_EXE, "log", "list").output.endswith(log)
    assert installed.setup(installed.plan, "/RemoveOther") == 0
    assert installed.registered("HKLM") == {}
    assert not folder.exists()
    assert installed.run("log", "list").output.endswith(log)


def test_it_installs_for_all_users_in_a_folder_of_choice(installed: Desktop) -> None:
    assert installed.setup(installed.plan, "/AllUsers", r"/D=C:\Apps\CCinC wizard") == 0
    folder = installed.windows.drive_c / "Apps" / "CCinC wizard"
    menu = installed.windows.drive_c / "ProgramData" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
    assert (folder / CONSOLE_EXE).is_file()
    assert (menu / "CCinC-toegangswizard.lnk").is_file()
    assert installed.registered("HKLM")["InstallLocation"] == r"C:\Apps\CCinC wizard"
    assert installed.code(folder / "uninstall.exe", "/S") == 0
    installed.settle()
    assert not folder.exists()
    assert not (menu / "CCinC-toegangswizard.lnk").exists()
    assert installed.registered("HKLM") == {}
    assert installed.registered() != {}


def test_the_portable_program_keeps_its_data_beside_it(installed: Desktop, tmp_path: Path) -> None:
    with zipfile.ZipFile(installed.plan.dist / f"{NAME}-{installed.plan.version}-portable.zip") as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / f"{NAME}-{installed.plan.version}"
    known = files_in(installed.data)
    saved = installed.windows.run(folder / CONSOLE_EXE, "ask", text=ANSWERS.replace("An Peeters", "Bo Maes"))
    assert saved.code == 0, saved.output
    assert any(path.suffix == ".db" for path in files_in(folder / "data"))
    assert "Bo Maes" in installed.windows.run(folder / CONSOLE_EXE, "log", "list").output
    assert "Bo Maes" not in installed.run("log", "list").output
    assert files_in(installed.data) == known


def test_uninstalling_leaves_nothing_but_the_log(installed: Desktop, before: set[Path]) -> None:
    log = {path: path.read_bytes() for path in files_in(installed.data) if "log" in path.name}
    assert log
    assert installed.code(installed.program / "uninstall.exe", "/S") == 0
    installed.settle()
    assert not installed.program.exists()
    assert installed.registered() == {}
    now = set(files_in(installed.home)) | set(files_in(installed.windows.drive_c / "ProgramData"))
    left = {path for path in now - before if "Temp" not in path.parts}
    assert left
    assert {path for path in left if installed.data not in path.parents} == set()
    assert {path: path.read_bytes() for path in log} == log
    # In the registry only the key of the log that is left.
    assert all("Credential Manager" in key for key in installed.registry_keys("ccinc"))


@pytest.mark.skipif(
    not all(map(shutil.which, ("osslsigncode", "openssl"))), reason="osslsigncode or openssl is not installed"
)
def test_a_signed_setup_brings_signed_programs(
    desktop: Desktop, built: Plan, certificate: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With small programs in place of the real ones: what is tried is the build's way to the certificate."""
    plan = replace(built, version="1.2.3", work=tmp_path / "work", dist=tmp_path / "dist")
    copy_pictures(built, plan)
    plan.frozen.mkdir(parents=True)
    library = plan.frozen / "_internal" / "python313.dll"
    library.parent.mkdir()
    for program in (plan.frozen / WINDOW_EXE, plan.frozen / CONSOLE_EXE, library):
        certificate.compile_program(program)
    for name, value in certificate.env.items():
        monkeypatch.setenv(name, value)
    sign_programs(plan, print)
    build_setup(plan, quick=True)
    assert desktop.setup(plan, r"/D=C:\signed") == 0
    folder = desktop.windows.drive_c / "signed"
    installed = [path for path in files_in(folder) if path.suffix in signing.PROGRAMS]
    assert len(installed) == 4
    plugins = files_in(plan.work / "plugins")
    assert "UserInfo.dll" in {path.name for path in plugins}
    for program in (plan.setup, *installed, *plugins):
        assert "Signature verification: ok" in certificate.verify(program), program.name
    assert desktop.code(folder / "uninstall.exe", "/S") == 0
    desktop.settle()
    assert not folder.exists()


def test_two_builds_of_one_commit_are_the_same(builds: tuple[Plan, Plan]) -> None:
    """Also where store and work stand elsewhere: no path of the machine that builds is in the result."""
    assert differences(*builds) == []
    sums = [(plan.dist / "SHA256SUMS").read_text(encoding="ascii") for plan in builds]
    assert sums[0] == sums[1]


def differences(first: Plan, second: Plan) -> list[str]:
    """The files of the program folder that two builds do not share byte for byte."""
    sums = [
        {path.relative_to(plan.frozen).as_posix(): sha256(path) for path in files_in(plan.frozen)}
        for plan in (first, second)
    ]
    return sorted(name for name in sums[0].keys() | sums[1].keys() if sums[0].get(name) != sums[1].get(name))
