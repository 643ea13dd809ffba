"""Speeds as ratios to a floor measured in the same run: `python3 run.py bench [PART...] [--runs N] [--rows N]`.

Floor and program take turns, so that whatever else the machine does falls on both. Each figure is the median with
the least and the most in brackets; a ratio is that of each pair of turns. Of twenty turns or more a second line has
the 95th percentile.
"""

from __future__ import annotations

import argparse
import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench_list import measure_list
from bench_log import Figure, measure_rows, measure_saving
from bench_view import Scrolled, measure_scrolling, measure_view
from screenshots import screen

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("start", "link", "save", "rows", "view", "batch")
READY = b"first page"
MANY = 20
AIM_START, AIM_INSTALLED, AIM_SETUP = 1.10, 60_000_000, 20_000_000
"""Of the frozen program; what must not be exceeded stands in packaging/ceilings.toml."""


@dataclass(frozen=True)
class Turn:
    """One run of a process: seconds until it was ready; its peak memory in bytes and the processor's seconds.

    The last two are 0 where nobody tells.
    """

    seconds: float
    memory: int
    processor: float


def main() -> int:
    """Measure the parts asked for, all when none is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=(*PARTS, []), metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--runs", type=int, default=21, help="turns of each process")
    parser.add_argument("--rows", type=int, default=1_000_000, help="requests in the log for the part `rows`")
    parser.add_argument("--frozen", type=Path, metavar="DIR", help="measure the start of the frozen program in DIR")
    parser.add_argument("--setup", type=Path, metavar="FILE", help="the setup of it, for its size; else that in dist/")
    parser.add_argument("--bare", type=Path, metavar="DIR", help="the frozen bare window, if it is there already")
    parser.add_argument("--log", type=Path, help="folder of a filled log, made when missing and kept for a next time")
    wanted = parser.parse_args()
    parts = wanted.parts or PARTS
    # An installed program has its bytecode; here the first turn, which is not counted, makes it.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # The keyring of whoever measures is left alone.
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    with tempfile.TemporaryDirectory(prefix="ccinc-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if "start" in parts and wanted.frozen:
            measure_frozen(wanted.frozen, wanted.bare, wanted.runs, folder)
            show_sizes(wanted.frozen, wanted.setup or next((ROOT / "dist").glob("*-setup.exe"), None))
        elif "start" in parts:
            measure_start(wanted.runs, folder / "data")
        if "link" in parts:
            measure_link(wanted.runs)
        if "save" in parts:
            show(measure_saving(folder / "saving", turns=wanted.runs * 10))
        if "rows" in parts:
            for figure in measure_rows(wanted.log or folder / "filled", wanted.rows, wanted.runs, progress):
                show(figure)
        if "view" in parts:
            filled = wanted.log or folder / "filled"
            for figure in measure_view(filled, wanted.rows, wanted.runs, progress):
                show(figure)
            show_memory(measure_scrolling(filled))
        if "batch" in parts:
            show(measure_list(folder / "batch", max(wanted.runs // 7, 1), progress))
    return 0


def measure_start(runs: int, data: Path) -> None:
    """From the start of the process until the first page has been painted: the program against a bare QWizard."""
    tools = Path(__file__).parent
    watched = [sys.executable, str(tools / "until_painted.py")]
    bare = [*watched, str(tools / "bare_window.py")]
    program = [*watched, "ccinc_wizard", "--data-dir", str(data)]
    compare("start, offscreen", bare, program, runs, {**os.environ, "QT_QPA_PLATFORM": "offscreen"}, READY)
    if not (sys.platform.startswith("linux") and shutil.which("Xvfb")):
        print("start, xcb: not measured, for want of Xvfb")
        return
    with screen() as environment:
        compare("start, xcb", bare, program, runs, environment, READY)


def measure_frozen(folder: Path, bare: Path | None, runs: int, scratch: Path) -> None:
    """The same of a frozen program against a bare window frozen alike; what each reads, and how large it is."""
    import bench_frozen as frozen

    store = Path(os.environ.get("CCINC_WIZARD_BUILD_STORE") or ROOT / "build" / "windows" / "store")
    try:
        above = frozen.frozen_in(folder, store)
        below = frozen.frozen_in(bare or frozen.bare_window(above, store, ROOT / "build" / "bare"), store)
    except (FileNotFoundError, frozen.BuildError) as error:
        sys.exit(str(error))
    data = ["--data-dir", above.path(scratch / "data")]
    program = [*above.command, *data]
    compare(f"start, frozen, {above.system}", below.command, program, runs, above.environment, frozen.PAINTED, end=True)
    seen = [frozen.reads(one, more, scratch / "trace", lines_of) for one, more in ((below, []), (above, data))]
    if seen[0] and seen[1]:
        show_ratio("files read in its folder", seen[0].files, seen[1].files)
        show_ratio("bytes read or mapped", seen[0].size, seen[1].size)
        show_ratio("bytes of modules and words", seen[0].modules, seen[1].modules)
    else:
        print("files and bytes read: not measured, for want of strace or of leave to use it")
    show_ratio("bytes installed", *(frozen.installed_size(one.folder) for one in (below, above)))


def show_sizes(folder: Path, setup: Path | None) -> None:
    """What is installed and what is downloaded, beside what is aimed at."""
    import bench_frozen as frozen

    lean = frozen.installed_size(folder) - frozen.team_size(folder)
    print(f"{'installed, no team log':<34}{lean / 1e6:>30.1f} MB{'aim':>10}{AIM_INSTALLED / 1e6:>10.1f} MB")
    size = f"{setup.stat().st_size / 1e6:.1f} MB" if setup else "not built"
    print(f"{'setup':<34}{size:>33}{'aim':>10}{AIM_SETUP / 1e6:>10.1f} MB")
    print(f"{'start against the bare window':<34}{'above':>33}{'aim':>10}{AIM_START:>10.2f} x")


def show_ratio(name: str, floor: int, program: int) -> None:
    """One line of whole numbers."""
    print(f"{name:<34}{floor:>30,}   {program:>30,}   {program / floor:>22.2f} x")


def measure_link(runs: int) -> None:
    """The whole process of `link` against that of `python -c pass`."""
    program = [sys.executable, "-m", "ccinc_wizard", "link", "--authority", "agb", "--role", "invoerder"]
    compare("link, whole process", [sys.executable, "-c", "pass"], program, runs, dict(os.environ))


def compare(
    name: str,
    floor: Sequence[str],
    program: Sequence[str],
    runs: int,
    environment: dict[str, str],
    ready: bytes = b"",
    *,
    end: bool = False,
) -> None:
    """Let both take turns and show times and memory; `end` ends each as soon as it is ready."""
    below, above = zip(*turns(floor, program, runs, environment, ready, end=end), strict=True)
    show(Figure(name, [turn.seconds for turn in below], [turn.seconds for turn in above]))
    if below[0].memory:
        if end or not ready:  # else it counts what comes after the first page as well
            taken = [[turn.processor for turn in half] for half in (below, above)]
            show(Figure(f"{name}, processor", *taken))
        peaks = [statistics.median(turn.memory for turn in turns) / 2**20 for turns in (below, above)]
        print(f"{name + ', peak memory':<34}{peaks[0]:10.1f} MiB{peaks[1]:29.1f} MiB{peaks[1] / peaks[0]:22.2f} x")


def turns(
    floor: Sequence[str],
    program: Sequence[str],
    runs: int,
    environment: dict[str, str],
    ready: bytes = b"",
    *,
    end: bool = False,
) -> list[tuple[Turn, Turn]]:
    """So many turns of both, after one that fills caches and is not counted."""
    pairs: list[tuple[Turn, Turn]] = []
    for number in range(runs + 1):
        order = (floor, program) if number % 2 else (program, floor)
        done = {id(command): take_turn(command, environment, ready, end=end) for command in order}
        pairs.append((done[id(floor)], done[id(program)]))
    return pairs[1:]


def take_turn(command: Sequence[str], environment: dict[str, str], ready: bytes, *, end: bool = False) -> Turn:
    """Run it until it is ready, or to its end when it is not said what shows that. Raises RuntimeError if it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said, seconds = [], 0.0
    for line in lines_of(process):
        said.append(line)
        if ready and ready in line and not seconds:
            seconds = time.perf_counter() - start
            if end:
                process.kill()
                break
    memory, processor = wait(process)
    if (process.returncode and not (end and seconds)) or (ready and not seconds):
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {b''.join(said).decode()}")
    return Turn(seconds or time.perf_counter() - start, memory, processor)


def lines_of(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """What the program itself says on stderr: Wine's services keep its pipe open after it has ended."""
    assert process.stderr is not None
    if not hasattr(os, "waitid"):
        yield from process.stderr
        return
    rest, ended = b"", False
    while not ended:
        over = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        ended = over
        if select.select([process.stderr], [], [], 0 if over else 0.1)[0]:
            chunk = os.read(process.stderr.fileno(), 65536)
            *lines, rest = (rest + chunk).split(b"\n")
            yield from (line + b"\n" for line in lines)
            ended = not chunk
    yield rest


def wait(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Wait for the end. Returns the peak memory in bytes and the processor's seconds: 0 where nobody tells."""
    if not hasattr(os, "wait4"):
        process.wait()
        return 0, 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), usage.ru_utime + usage.ru_stime


def show(figure: Figure) -> None:
    """One line: what, floor, program, ratio."""
    ratios = [above / below for below, above in zip(figure.floor, figure.program, strict=True)]
    columns = [spread(figure.floor, 1000, 2), spread(figure.program, 1000, 2)]
    print(f"{figure.name:<34}" + "".join(f"{column:>30} ms" for column in columns) + f"{spread(ratios, 1, 2):>22} x")
    if len(ratios) >= MANY:
        ends = [percentile(figure.floor) * 1000, percentile(figure.program) * 1000, percentile(ratios)]
        print(f"{'':<34}{ends[0]:>26.2f} p95 ms{ends[1]:>26.2f} p95 ms{ends[2]:>18.2f} p95 x")
    sys.stdout.flush()


def show_memory(scrolled: Sequence[Scrolled]) -> None:
    """What the process holds after some rows, and after many more."""
    for held in scrolled:
        share = held.memory / scrolled[0].memory
        print(f"log view, scrolled past {held.rows:,} rows: {held.memory / 2**20:.1f} MiB, {share:.2f} x")


def percentile(values: Sequence[float]) -> float:
    """What 95 of 100 stay under."""
    return statistics.quantiles(values, n=20)[-1]


def spread(values: Sequence[float], factor: float, digits: int) -> str:
    """Median, least and most."""
    shown = [f"{value * factor:.{digits}f}" for value in (statistics.median(values), min(values), max(values))]
    return f"{shown[0]} ({shown[1]}..{shown[2]})"


def progress(text: str) -> None:
    """How far the preparation is."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
