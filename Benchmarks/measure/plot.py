"""Time against number of scripts, for every tool: what a script costs must not grow with how many there are."""

import shutil
from pathlib import Path

from . import contestants
from .chart import Line, draw
from .deploying import varied, write_files
from .history import History
from .peers import Peer
from .server import Server
from .timing import Contestant, TooLong, run

COUNTS = [100, 300, 1_000, 3_000, 10_000]
# A tool whose run takes more seconds has no points from there on.
LIMIT = 60
# Three runs each, unless those before took more seconds than this together.
RUNS, PATIENCE = 3, 10


def measure(
    binary: Path, server: Server, peers: dict[str, Peer], work: Path, counts: list[int], runs: int
) -> list[Line]:
    """Deploys the first scripts of one long history to a fresh database."""
    scripts = History(seed=1).scripts(counts[-1])
    lines: dict[str, Line] = {}
    for count in counts:
        files = work / "plot"
        write_files(files, scripts[:count])
        everybody = _everybody(binary, server, peers, files, work)
        racing = [contestant for name, contestant in everybody.items() if not lines.setdefault(name, Line(name)).note]
        for _ in range(runs):
            for contestant in racing:
                if not contestant.absent and sum(contestant.seconds) < PATIENCE:
                    _go(contestant, count, work / "output")
        for name, contestant in everybody.items():
            if contestant in racing:
                lines[name].note = contestant.absent or ""
                if contestant.seconds and not contestant.absent:
                    lines[name].points.append((count, contestant.median))
            contestants.dropping(server, contestant.database)()
        shutil.rmtree(files)
    return list(lines.values())


def _everybody(
    binary: Path, server: Server, peers: dict[str, Peer], files: Path, work: Path
) -> dict[str, Contestant]:
    ours = contestants.ours(binary, server, files / "project", "bench_ours", work)
    return {
        "databasedeploy": ours,
        "databasedeploy, parallel = 1": varied(ours, "parallel=1"),
        "cat *.sql | mariadb": contestants.client(server, [files / "project" / "Modifications"], "bench_pipe"),
        "dbmate": contestants.dbmate(server, peers["dbmate"], files / "dbmate"),
        "sql-migrate": contestants.sql_migrate(server, peers["sql-migrate"], files / "sql-migrate", work),
        "Liquibase": contestants.liquibase(server, peers["liquibase"], files / "liquibase"),
        "yoyo": contestants.yoyo(server, peers["yoyo"], files / "yoyo"),
    }


def _go(contestant: Contestant, count: int, output: Path) -> None:
    contestant.prepare()
    try:
        contestant.seconds.append(run(contestant.command, output, LIMIT)[0])
    except TooLong:
        contestant.absent = f"{count:,} take more than {LIMIT} s"
    except RuntimeError as error:
        contestant.absent = f"{count:,}: {' '.join(str(error).split())}"[:300]


def svg(lines: list[Line], about: str) -> str:
    drawn = [Line(line.name, line.points, line.note if len(line.note) < 30 else line.note[:29] + "…") for line in lines]
    return draw(
        "Time to deploy a history to a fresh database", about, "scripts", "time of the whole run", drawn,
        [(f"{cost} ms a script", cost / 1000) for cost in (1, 10, 100)])


def markdown(lines: list[Line], about: list[str], counts: list[int]) -> str:
    """The picture, and what a script costs."""
    header = [f"{count:,} scripts" for count in counts]
    table = ["| milliseconds a script | " + " | ".join(header) + " |", "|---|" + "---:|" * len(counts)]
    for line in lines:
        points = dict(line.points)
        cells = [f"{points[count] / count * 1000:.2f}" if count in points else "" for count in counts]
        name = line.name.replace("|", "\\|")
        note = f" ({line.note.replace('|', '/')})" if line.note else ""
        table.append(f"| {name}{note} | " + " | ".join(cells) + " |")
    return "\n".join([
        "# Time against number of scripts", "", *about, "",
        "![Time against number of scripts, on logarithmic axes](PLOT.svg)", "", *table, "",
    ])
