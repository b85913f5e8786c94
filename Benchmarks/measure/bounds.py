"""What must stay within bounds: time for large scripts, memory, start-up."""

import statistics
import subprocess
import time
from pathlib import Path
from random import Random

from .report import Row, absent, milliseconds
from .server import Server
from .timing import Contestant, compare, peak_memory

MEGABYTE = 10**6
# `make bench` builds it.
SPLITTER = Path(__file__).parents[2] / ".build" / "bench" / "release" / "SplitterBench"


def write_dump(file: Path, size: int, seed: int, words_in_row: int = 2) -> int:
    """Writes a dump: multi-row INSERTs of about a megabyte each, which repeat after the eighth.

    Returns its size in bytes: `size` or a little more.
    """
    random = Random(seed)
    words = [
        "Marble", "granite; polished", "O\\'Brien", "said \\\"no\\\"", "-- not a comment", "Straße", "it''s", "a" * 40,
    ]
    statements = []
    for _ in range(8):
        rows, length = [], 0
        while length < MEGABYTE:
            text = " ".join(random.choices(words, k=words_in_row))
            row = f"({random.randrange(10**9)},'{text}',{random.random():.4f},NULL)"
            rows.append(row)
            length += len(row) + 1
        statements.append(("INSERT INTO `sink` VALUES " + ",".join(rows) + ";\n").encode())
    written = 0
    with file.open("wb") as output:
        while written < size:
            written += output.write(statements[written // MEGABYTE % 8])
    return written


def splitter(binary: Path, server: Server, work: Path, rounds: int, size: int) -> Row:
    """`plan` reads a script whole: it decodes, splits and classifies it, and takes its checksum. All that counts.

    In processor time, since the question is what one core does.
    """
    plain = _project(work / "split-empty", server, "bench_split")
    full = _project(work / "split-dump", server, "bench_split")
    written = write_dump(full / "Modifications" / "001.Dump.sql", size, seed=1)
    (plain / "Modifications" / "001.Dump.sql").write_text("")
    contestants = [
        Contestant(name, lambda: None, [str(binary), "plan", "--project", str(project)])
        for name, project in (("dump", full), ("empty", plain))
    ]
    compare(contestants, rounds, work / "output")
    full_times, empty_times = contestants[0].processor_seconds, contestants[1].processor_seconds
    speeds = [written / MEGABYTE / (a - b) for a, b in zip(full_times, empty_times)]
    median = statistics.median(speeds)
    (full / "Modifications" / "001.Dump.sql").unlink()
    return Row(
        f"one core, plan of a {written // MEGABYTE} MB dump: read, decode, split, classify, SHA-256", server.name,
        f"{median:,.0f} MB/s ({min(speeds):,.0f}–{max(speeds):,.0f})", "plan of an empty script",
        milliseconds(statistics.median(empty_times)), "", "≥ 500 MB/s", median >= 500,
        {"dump": full_times, "empty": empty_times, "bytes": written})


def splitter_alone(work: Path, rounds: int, size: int) -> Row:
    """The splitter on a dump that is in memory, against `wc -l`, which reads it from there, too."""
    file = work / "split.sql"
    written = write_dump(file, size, seed=1)
    measured = f"one core, splitter alone, {written // MEGABYTE} MB dump in memory"
    if not SPLITTER.exists():
        return absent(measured, "", "", "make bench builds its program")
    ours, others = [], []
    for _ in range(rounds):
        ours.append(int(subprocess.run([SPLITTER, file], check=True, stdout=subprocess.PIPE).stdout.split()[0]) / 1e9)
        began = time.monotonic()
        subprocess.run(["wc", "-l", file], check=True, stdout=subprocess.DEVNULL)
        others.append(time.monotonic() - began)
    file.unlink()
    speeds = [written / MEGABYTE / seconds for seconds in ours]
    median, other = statistics.median(speeds), written / MEGABYTE / statistics.median(others)
    return Row(
        measured, "", f"{median:,.0f} MB/s ({min(speeds):,.0f}–{max(speeds):,.0f})", "`wc -l`", f"{other:,.0f} MB/s",
        f"{median / other:.2f}", "≥ 1,000 MB/s", median >= 1000, {"splitter": ours, "wc": others, "bytes": written})


def memory(binary: Path, server: Server, work: Path, size: int) -> Row:
    """Peak memory of a deployment.

    The rows are long and go to a BLACKHOLE table, as the server's own work is not the matter.
    """
    if server.product == "MariaDB":
        server.query("INSTALL SONAME 'ha_blackhole'")
    peaks = []
    for name, bytes_wanted in (("memory-empty", 0), ("memory-dump", size)):
        project = _project(work / name, server, "bench_memory")
        (project / "Modifications" / "001.Sink.sql").write_text(
            "CREATE TABLE sink (id INT, words TEXT, value DOUBLE, nothing INT) ENGINE=BLACKHOLE;\n")
        dump = project / "Modifications" / "002.Dump.sql"
        written = write_dump(dump, bytes_wanted, seed=2, words_in_row=200)
        server.query("DROP DATABASE IF EXISTS bench_memory")
        peaks.append(peak_memory([str(binary), "--project", str(project)], work / "output"))
        dump.unlink()
    server.query("DROP DATABASE bench_memory")
    return Row(
        f"peak memory, deployment of a {written / 10**9:.2f} GB script", server.name, f"{peaks[1]:.1f} MB",
        "the same with an empty script", f"{peaks[0]:.1f} MB", f"{peaks[1] - peaks[0]:+.1f} MB", "≤ +64 MB",
        peaks[1] - peaks[0] <= 64, {"empty": peaks[0], "dump": peaks[1], "bytes": written})


def start_up(binary: Path, work: Path, rounds: int) -> Row:
    ours = Contestant("version", lambda: None, [str(binary), "--version"])
    nothing = Contestant("true", lambda: None, ["true"])
    compare([ours, nothing], rounds, work / "output")
    return Row(
        "start-up: `databasedeploy --version`", "", milliseconds(ours.median), "`true`", milliseconds(nothing.median),
        "", "≤ 6 ms", ours.median <= 0.006,
        raw={"ours": ours.seconds, "true": nothing.seconds})


def _project(directory: Path, server: Server, database: str) -> Path:
    (directory / "Modifications").mkdir(parents=True)
    (directory / "databasedeploy.toml").write_text(f'url = "{server.url}"\ndatabase = "{database}"\n')
    return directory
