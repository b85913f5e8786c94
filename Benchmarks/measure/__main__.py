"""Runs the cases and writes the table. Usage: python3 -m measure BINARY [CASE…]"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import bounds, deploying, dump, fleet, image, peers, plot, report, rows as small_rows, timing
from .chart import Line
from .server import Server

HERE = Path(__file__).resolve().parent.parent
CASES = ["history", "many", "example", "image", "rows", "dump", "splitter", "memory", "fleet", "start"]
# Those that run on MySQL, too.
ON_BOTH = {"history", "many", "example", "image", "rows"}
# Those that take so long that they run only when named.
LONG_CASES = ["plot"]


def say(text: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def mysql_program() -> tuple[str | None, str]:
    """The wrapper of `mysqld` that scripts/mysql provides, or why there is none."""
    script = HERE.parent / "scripts" / "mysql"
    done = subprocess.run([script], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    lines = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    return (lines[-1], "") if done.returncode == 0 and lines else (None, lines[-1] if lines else "no reason given")


def filesystem(path: Path) -> str:
    done = subprocess.run(["stat", "--file-system", "--format", "%T", path], text=True, stdout=subprocess.PIPE)
    return done.stdout.strip()


def run(binary: Path, cases: list[str], work: Path, quick: bool) -> list[report.Row]:
    rounds = 1 if quick else 5
    many = 3 if quick else 21
    example = HERE.parent / "Examples" / "Makalu"
    rows: list[report.Row] = []
    if "history" in cases:
        deploying.write_files(work)
    program, why = mysql_program()
    if program is None and set(cases) & ON_BOTH:
        rows.append(report.absent("everything", "MySQL", "", why))
    on_both = program and set(cases) & ON_BOTH
    for number, server_program in enumerate([None, program] if on_both else [None]):
        with Server(binary, work / f"server{number}", server_program) as server:
            versions[server.product] = server.version
            if "history" in cases:
                say(f"{server.name}: the history, by every tool")
                tools = peers.everybody()
                versions.update({tool.name: tool.version or "absent" for tool in tools.values()})
                rows += deploying.history(binary, server, tools, work, work, rounds, many)
            if "many" in cases:
                say(f"{server.name}: many scripts")
                dbmate = peers.dbmate()
                versions[dbmate.name] = dbmate.version or "absent"
                rows += deploying.many(binary, server, dbmate, work, 500 if quick else 10_000, many)
            if "example" in cases:
                say(f"{server.name}: the example project")
                if (example / "Modifications").is_dir():
                    rows += deploying.example(binary, server, example, work, rounds)
                else:
                    rows.append(report.absent("Examples/Makalu", server.name, "", "it is not in this checkout"))
            if "image" in cases and (example / "Modifications").is_dir():
                say(f"{server.name}: fresh databases from images")
                rows += image.image(binary, server, server_program, example, work, rounds)
            if "rows" in cases:
                say(f"{server.name}: many small statements")
                rows += small_rows.single_rows(
                    binary, server, work, rounds, 4000 if quick else small_rows.ROWS)
            if server_program is None and "dump" in cases:
                say(f"{server.name}: a dump")
                rows += dump.dump(binary, server, work, (20 if quick else 1000) * bounds.MEGABYTE, rounds)
            # What follows happens in the client alone, so one server is enough.
            if server_program is None and "splitter" in cases:
                say("large scripts")
                rows.append(bounds.splitter(binary, server, work, rounds, (10 if quick else 100) * bounds.MEGABYTE))
                rows.append(bounds.splitter_alone(work, rounds, (10 if quick else 100) * bounds.MEGABYTE))
            if server_program is None and "memory" in cases:
                say("memory")
                rows.append(bounds.memory(binary, server, work, (50 if quick else 1000) * bounds.MEGABYTE))
            if server_program is None and "fleet" in cases:
                say(f"{server.name}: many databases")
                dbmate = peers.dbmate()
                versions[dbmate.name] = dbmate.version or "absent"
                rows += fleet.fleet(binary, server, dbmate, work, 50 if quick else 1000, 1 if quick else 3)
            if server_program is None and "plot" in cases:
                say(f"{server.name}: time against number of scripts")
                tools = peers.everybody()
                versions.update({tool.name: tool.version or "absent" for tool in tools.values()})
                lines.extend(plot.measure(binary, server, tools, work, counts, 1 if quick else plot.RUNS))
    if "start" in cases:
        rows.append(bounds.start_up(binary, work, many))
    return rows


if len(sys.argv) < 2 or not set(sys.argv[2:]) <= {*CASES, *LONG_CASES}:
    sys.exit(f"usage: Benchmarks/run BINARY [{'|'.join(CASES + LONG_CASES)}]…")
# Whatever ends the bench, its server is stopped.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
binary = Path(sys.argv[1])
cases = sys.argv[2:] or CASES
quick = bool(os.environ.get("BENCH_QUICK"))
counts = plot.COUNTS[:2] if quick else plot.COUNTS
lines: list[Line] = []
versions = {"databasedeploy": subprocess.run([binary, "--version"], text=True, stdout=subprocess.PIPE).stdout.strip()}
# Not /tmp: where that is in memory, a commit costs nothing, and the comparison would be of something else.
work = Path(tempfile.mkdtemp(prefix="databasedeploy-bench-", dir=os.environ.get("TMPDIR", "/var/tmp")))
started = time.monotonic()
try:
    facts = report.machine(filesystem(work)) | {"commit": report.milliseconds(timing.commit_latency(work))}
    load = os.getloadavg()[0]
    rows = run(binary, cases, work, quick)
    facts["load"] = f"{load:.1f} and {os.getloadavg()[0]:.1f}"
finally:
    shutil.rmtree(work)
command = "make bench" if cases == CASES else f"Benchmarks/run BINARY {shlex.join(cases)}"
if quick:
    command = f"BENCH_QUICK=1 {command}"
rounds = f"{'1 round (a smoke test)' if quick else 'interleaved rounds'}, {time.monotonic() - started:.0f} s in all"
text = report.markdown(rows, facts, versions, command, rounds)
if lines:
    about = report.about(facts, versions, command, f"{'1 run' if quick else 'medians of up to 3 runs'} on MariaDB")
    picture = plot.svg(lines, f"MariaDB, {facts['cores']} cores of {facts['cpu']}; dotted: the same cost for each script")
    if not quick:
        (HERE / "PLOT.svg").write_text(picture)
        (HERE / "PLOT.md").write_text(plot.markdown(lines, about, counts))
    print(plot.markdown(lines, about, counts))
# A smoke test or a part of the bench does not replace the results.
if not quick and cases == CASES:
    report.save(HERE, text, rows, facts, versions)
if rows:
    print(text)
