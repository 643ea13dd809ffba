"""Makes the zip files and the lists of checksums."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

from winbuild.plan import (
    CONSOLE_EXE,
    FILE_LIST,
    NAME,
    PACKAGING,
    TEAM_FILE_LIST,
    WINDOW_EXE,
    Plan,
    files_in,
    is_team_part,
    sha256,
)

PORTABLE_WORDS = """\
Dit bestand zegt dat het programma zijn gegevens in de map "data" hiernaast bewaart.
Ce fichier indique que le programme garde ses données dans le dossier « data » à côté.
This file says that the program keeps its data in the folder "data" beside it.
"""


def zip_files(target: Path, members: dict[str, bytes | Path], epoch: int) -> None:
    """Write a zip of these members by name; the same bytes for the same members and date."""
    moment = dt.datetime.fromtimestamp(epoch, dt.UTC)
    date = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members):
            member = members[name]
            entry = zipfile.ZipInfo(name, date)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, member if isinstance(member, bytes) else member.read_bytes())


def build_portable(plan: Plan) -> Path:
    """The program folder as a zip, with the file that keeps its data beside it."""
    target = plan.dist / f"{NAME}-{plan.version}-portable.zip"
    top = f"{NAME}-{plan.version}"
    members: dict[str, bytes | Path] = {
        f"{top}/{path.relative_to(plan.frozen).as_posix()}": path for path in files_in(plan.frozen)
    }
    members[f"{top}/portable.txt"] = PORTABLE_WORDS.replace("\n", "\r\n").encode("utf-8")
    zip_files(target, members, plan.epoch)
    return target


def build_policies(plan: Plan) -> Path:
    """The policy files as they stand in a PolicyDefinitions folder."""
    folder = PACKAGING / "policies"
    target = plan.dist / f"{NAME}-{plan.version}-policies.zip"
    members: dict[str, bytes | Path] = {
        f"PolicyDefinitions/{path.relative_to(folder).as_posix()}": path for path in files_in(folder)
    }
    zip_files(target, members, plan.epoch)
    return target


def write_file_list(plan: Plan) -> None:
    """The sums of the program's own files, by which `selftest` sees whether all are there and whole.

    Not of the two programs: an IT department may put its own signature on them. What a setup can leave out has a list
    of its own.
    """
    for name in (TEAM_FILE_LIST, FILE_LIST):
        (plan.frozen / name).unlink(missing_ok=True)
    listed = [path for path in files_in(plan.frozen) if path.name not in (WINDOW_EXE, CONSOLE_EXE)]
    lines = {path: f"{sha256(path)}  {path.relative_to(plan.frozen).as_posix()}\n" for path in listed}
    for name, optional in ((TEAM_FILE_LIST, True), (FILE_LIST, False)):
        own = "".join(line for path, line in lines.items() if is_team_part(path, plan.frozen) is optional)
        if own:
            (plan.frozen / name).write_text(own, encoding="utf-8", newline="\n")


def write_sums(plan: Plan) -> Path:
    """SHA256SUMS of all that stands beside it, as sha256sum checks it."""
    target = plan.dist / "SHA256SUMS"
    made = [path for path in files_in(plan.dist) if path != target]
    target.write_text("".join(f"{sha256(path)}  {path.name}\n" for path in made), encoding="ascii", newline="\n")
    return target
