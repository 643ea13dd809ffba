"""Setting up, with real second processes and real kills: what works is never lost, and failing says its own reason."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tooling.checkouts import NOBODY, Checkout, kill_group, stub_wheel, wait_for_pip

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and users are those of POSIX")


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A registry that takes calls and never answers: pip waits in the middle of a set-up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def asking(server: socket.socket) -> dict[str, str]:
    """Surroundings in which pip asks that registry."""
    address = f"http://127.0.0.1:{server.getsockname()[1]}/"
    return {"PIP_NO_INDEX": "", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": address, "PIP_TIMEOUT": "600"}


def starts_with(done: subprocess.CompletedProcess[str], version: str) -> bool:
    """Whether the program started, with this version of its library."""
    return (done.returncode, done.stdout) == (0, f"started with {version} link\n")


def test_the_first_start_sets_up_and_the_second_leaves_all_alone(checkout: Checkout) -> None:
    first = checkout.run("link")
    assert starts_with(first, "1.0"), first.stderr
    assert first.stderr == f"Setting up in {checkout.environment}; this takes a minute, once.\n"
    second = checkout.run("link")
    assert starts_with(second, "1.0")
    assert second.stderr == ""
    assert checkout.leftovers() == []
    command = subprocess.run(
        [checkout.environment / "bin" / "stub-command"], capture_output=True, check=False, text=True
    )
    assert command.stdout == "lint_imports\n", "a command names the Python of the place where it was made"


def test_offline_the_earlier_set_up_goes_on_and_says_so(working: Checkout) -> None:
    working.lock(stub="2.0")
    done = working.run("link", changes=working.offline())
    assert starts_with(done, "1.0"), done.stderr
    setting_up, told = done.stderr.splitlines()
    assert setting_up.startswith("Setting up in ")
    assert told.startswith("Not set up: the package registry does not have stub==2.0")
    assert told.endswith("The earlier set-up still works, so this start uses that one.")
    # The next start does not wait for the network again, setup does.
    again = working.run("link")
    assert starts_with(again, "1.0")
    assert "less than an hour ago" in again.stderr
    assert again.stderr.count("\n") == 1
    assert working.run("setup").returncode == 0
    assert starts_with(working.run("link"), "2.0")


def test_offline_an_updated_python_changes_nothing(working: Checkout) -> None:
    for stamp in working.environment.glob("*.stamp"):
        _, _, locked = stamp.read_text(encoding="utf-8").partition("\n")
        stamp.write_text("of another Python\n" + locked, encoding="utf-8")
    done = working.run("link", changes=working.offline())
    assert starts_with(done, "1.0"), done.stderr
    assert "this start uses that one" in done.stderr


def test_offline_what_lacks_a_package_does_not_go_on_but_stays(working: Checkout) -> None:
    working.lock(stub="1.0", other="1.0")
    done = working.run("link", changes=working.offline())
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[1:] == [
        "Not set up: the package registry does not have stub==1.0; ask whoever looks after it, or use another one."
    ]
    working.lock(stub="1.0")
    assert starts_with(working.run("link", changes=working.offline()), "1.0")


def test_offline_a_python_that_is_gone_is_told_by_the_reason(working: Checkout) -> None:
    python = working.environment / "bin" / "python"
    python.unlink()
    python.symlink_to("a-python-that-was-updated-away")
    done = working.run("link", changes=working.offline())
    assert (done.returncode, done.stdout) == (1, "")
    assert "does not have stub==1.0" in done.stderr
    assert starts_with(working.run("link"), "1.0")


def test_a_kill_in_the_middle_leaves_what_works(working: Checkout, silent: socket.socket) -> None:
    working.lock(stub="2.0")
    started = working.start("link", **asking(silent))
    wait_for_pip(started, silent)
    assert len(working.leftovers()) == 1
    kill_group(started)
    started.communicate()
    working.lock(stub="1.0")
    assert starts_with(working.run("link", changes=working.offline()), "1.0")
    working.lock(stub="2.0")
    assert starts_with(working.run("link"), "2.0")
    assert working.leftovers() == []


def test_a_kill_of_the_very_first_set_up_is_made_good(checkout: Checkout, silent: socket.socket) -> None:
    started = checkout.start("link", **asking(silent))
    wait_for_pip(started, silent)
    # Only the parent: pip goes on for a while, as after a kill from a task manager.
    started.kill()
    started.wait()
    assert starts_with(checkout.run("link"), "1.0")
    kill_group(started)
    assert checkout.run("link").stderr == ""


@pytest.mark.parametrize("whole", [True, False])
def test_a_kill_between_the_two_halves_of_the_swap_is_made_good(working: Checkout, whole: bool) -> None:
    new = working.environment.with_name(".venv.new-1")
    shutil.copytree(working.environment, new, symlinks=True)
    if not whole:
        for stamp in new.glob("*.stamp"):
            stamp.unlink()
    working.environment.rename(working.environment.with_name(".venv.old-1"))
    done = working.run("link", changes=working.offline())
    assert starts_with(done, "1.0"), done.stderr
    assert done.stderr == ""
    assert working.leftovers() == []


def test_ctrl_c_in_the_middle_is_one_sentence(working: Checkout, silent: socket.socket) -> None:
    working.lock(stub="2.0")
    started = working.start("link", **asking(silent))
    wait_for_pip(started, silent)
    kill_group(started, signal.SIGINT)
    told, talk = started.communicate()
    assert (started.returncode, told) == (1, "")
    assert talk.splitlines()[1:] == ["Stopped. What was set up before is as it was; the same command begins again."]
    assert working.leftovers() == []
    working.lock(stub="1.0")
    assert starts_with(working.run("link", changes=working.offline()), "1.0")


def test_a_second_set_up_waits_for_the_first(checkout: Checkout, silent: socket.socket) -> None:
    first = checkout.start("link", **asking(silent))
    wait_for_pip(first, silent)
    second = checkout.start("link")
    assert second.stderr is not None
    assert second.stderr.readline() == "The program is being set up by another start; this one waits for it.\n"
    kill_group(first)
    told, talk = second.communicate()
    assert (second.returncode, told) == (0, "started with 1.0 link\n"), talk
    first.communicate()
    assert checkout.leftovers() == []


def test_two_first_starts_at_once_both_start(checkout: Checkout) -> None:
    both = [checkout.start("link") for _ in range(2)]
    assert [started.communicate()[0] for started in both] == ["started with 1.0 link\n"] * 2
    assert checkout.leftovers() == []


HOSTILE = {
    "PIP_USER": "1",
    "PIP_TARGET": "target",
    "PIP_PREFIX": "prefix",
    "PIP_ROOT": "root",
    "PIP_REQUIRE_VIRTUALENV": "1",
    "PIP_NO_BINARY": ":all:",
    "PIP_CONSTRAINT": "no-such-file",
    "PIP_DRY_RUN": "1",
    "PIP_QUIET": "3",
    "PYTHONPATH": "{home}",
    "PYTHONHOME": sys.base_prefix,
    "PYTHONUSERBASE": "{home}",
    "PYTHONWARNINGS": "error",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONSAFEPATH": "1",
    "VIRTUAL_ENV": "{home}",
}


def test_the_callers_own_settings_for_python_and_pip_do_not_decide(checkout: Checkout) -> None:
    (checkout.home / "tools").mkdir()
    for name in ("pip.py", "bootstrap.py", "stub.py", "tools/__init__.py"):
        (checkout.home / name).write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    hostile = {name: value.format(home=checkout.home) for name, value in HOSTILE.items()}
    done = checkout.run("link", changes=hostile, cwd=checkout.home)
    assert starts_with(done, "1.0"), done.stderr


def test_where_to_fetch_is_read_from_pips_own_file_and_where_to_install_is_not(checkout: Checkout) -> None:
    config = checkout.home / ".config" / "pip" / "pip.conf"
    config.parent.mkdir(parents=True)
    # Cut in two, since no file of the project may name a registry.
    links = "find" + "-links"
    lines = [
        "[global]",
        "user = true",
        "target = elsewhere",
        "[install]",
        f"{links} = {checkout.wheels}",
        "no-index = yes",
    ]
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = checkout.run("link", changes={"PIP_FIND_LINKS": "", "PIP_NO_INDEX": ""})
    assert starts_with(done, "1.0"), done.stderr
    config.write_text("[global\n", encoding="utf-8")
    shutil.rmtree(checkout.environment)
    told = checkout.run("link").stderr.splitlines()
    assert told[1].startswith("Not set up: pip cannot read its own settings (")
    assert len(told) == 2


def test_a_renamed_checkout_still_starts_and_is_checked(checkout: Checkout) -> None:
    checkout.lock(stub="1.0", ruff="1.0", mypy="1.0", importlinter="1.0")
    assert checkout.run("lint").returncode == 0
    checkout.folder = checkout.folder.rename(checkout.folder.with_name("renamed"))
    assert starts_with(checkout.run("link"), "1.0")
    done = checkout.run("lint", changes=checkout.offline())
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(done.stdout.split()) == ["figures", "lint_imports", "mypy", "ruff"]


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_output_is_no_traceback(working: Checkout, closed: str) -> None:
    if closed == ">&- 2>&-":
        # apt, venv and pip must not talk into what is opened next.
        shutil.rmtree(working.environment)
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" "$1" setup {closed}', sys.executable, str(working.folder / "run.py")],
        env=working.surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert working.run("link", changes=working.offline()).stderr == ""


def test_a_lock_that_lacks_something_is_told(checkout: Checkout) -> None:
    wheel = stub_wheel(checkout.wheels, "stub", "1.0", needs="missing>=2")
    checkout.lock_wheels(wheel)
    done = checkout.run("link")
    assert done.returncode == 1
    assert done.stderr.splitlines()[1].startswith(
        "Not set up: the lock file run.txt has a fault (stub 1.0 requires missing"
    )


@pytest.fixture
def shared() -> Iterator[Checkout]:
    """A checkout of root's in a place that every user may read, for a Python that every user may start."""
    if os.geteuid() != 0:
        pytest.skip("only root can be another user")
    python = _everybodys_python()
    if not python:
        pytest.skip("there is no Python of the system from 3.11 on that has venv, which another user could start")
    with tempfile.TemporaryDirectory(prefix="shared-checkout-") as folder:
        Path(folder).chmod(0o755)
        checkout = Checkout(Path(folder))
        checkout.python = python
        os.chown(checkout.home, NOBODY, NOBODY)
        yield checkout


def test_another_user_uses_what_root_set_up_in_a_checkout_that_only_root_may_write(shared: Checkout) -> None:
    assert starts_with(shared.run("link"), "1.0")
    done = shared.run("link", user=NOBODY, group=NOBODY, extra_groups=[], changes=shared.offline())
    assert starts_with(done, "1.0"), done.stderr
    assert done.stderr == ""


def test_another_user_sets_up_in_a_folder_of_his_own(shared: Checkout) -> None:
    done = shared.run("link", user=NOBODY, group=NOBODY, extra_groups=[])
    assert starts_with(done, "1.0"), done.stderr
    assert done.stderr == f"Setting up in {done.stderr.split()[3]} this takes a minute, once.\n"
    assert str(shared.home) in done.stderr
    again = shared.run("link", user=NOBODY, group=NOBODY, extra_groups=[])
    assert starts_with(again, "1.0")
    assert again.stderr == ""


def test_a_user_who_may_write_nowhere_is_told_so(shared: Checkout) -> None:
    os.chown(shared.home, 0, 0)
    done = shared.run("link", user=NOBODY, group=NOBODY, extra_groups=[])
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "this user may not write in" in done.stderr
    assert str(shared.home) in done.stderr


def test_a_user_without_home_and_name_needs_neither(shared: Checkout) -> None:
    for path in (shared.folder, *shared.folder.rglob("*")):
        os.chown(path, NOBODY - 1, NOBODY - 1)
    surroundings = {name: value for name, value in shared.surroundings().items() if name not in ("HOME", "TMPDIR")}
    done = shared.run("link", user=NOBODY - 1, group=NOBODY - 1, extra_groups=[], env=surroundings, cwd=shared.folder)
    assert starts_with(done, "1.0"), done.stderr
    assert not (shared.folder / "~").exists()


def test_a_full_disk_is_told_and_leaves_what_works(working: Checkout) -> None:
    disk = working.folder.parent / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be made here")
    try:
        small = Checkout(disk)
        shutil.copytree(working.environment, small.environment, symlinks=True)
        small.lock(stub="2.0")
        (disk / "filling").write_bytes(bytes(shutil.disk_usage(disk).free - 200_000))
        done = small.run("link")
        assert starts_with(done, "1.0"), done.stderr
        assert "there is no space left on the disk" in done.stderr
        assert small.leftovers() == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _everybodys_python() -> str:
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        for folder in ("/usr/local/bin", "/usr/bin"):
            python = f"{folder}/{name}"
            asks = "import sys, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))"
            if (
                Path(python).exists()
                and subprocess.run([python, "-c", asks], capture_output=True, check=False).returncode == 0
            ):
                return python
    return ""
