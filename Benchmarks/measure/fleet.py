"""Many databases on one server that get the same scripts, against dbmate in a loop over them."""

import shlex
from pathlib import Path

from .peers import Peer
from .report import Row, compared
from .server import Server
from .timing import Contestant, compare, run

# Few, so that what counts is what each database costs by itself.
SCRIPTS = [
    "CREATE TABLE customer (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NOT NULL)",
    "CREATE TABLE invoice (id INT AUTO_INCREMENT PRIMARY KEY, customer_id INT NOT NULL, total DECIMAL(10,2) NOT NULL)",
    "ALTER TABLE invoice ADD INDEX ix_customer (customer_id)",
    "INSERT INTO customer (name) VALUES ('Marble'), ('Granite')",
]


def fleet(binary: Path, server: Server, dbmate: Peer, work: Path, count: int, rounds: int) -> list[Row]:
    """With nothing to do, and with one pending script, which adds a column.

    Parameters: databases for each tool; rounds with a pending script, and nearly twice as many with nothing to do.
    """
    project, migrations = work / "fleet", work / "fleet-dbmate"
    (project / "Modifications").mkdir(parents=True)
    migrations.mkdir()
    (project / "databasedeploy.toml").write_text(f'url = "{server.url}"\ntargets = "fleet_ours_*"\n')
    for number, statement in enumerate(SCRIPTS, start=1):
        _write(project, number, statement)
        _write(migrations, number, statement)
    names = [f"{number:04}" for number in range(count)]
    for start in range(0, count, 200):
        server.query("".join(
            f"CREATE DATABASE fleet_ours_{name}; CREATE DATABASE fleet_dbmate_{name};"
            for name in names[start:start + 200]))
    url = f"mysql://root@localhost/fleet_dbmate_$n?socket={server.socket}"
    loop = (
        f"for n in {' '.join(names)}; do {shlex.quote(dbmate.program or '')} --url \"{url}\""
        f" --migrations-dir {shlex.quote(str(migrations))} --no-dump-schema up || exit 1; done")
    ours = [str(binary), "--project", str(project)]
    for command in [ours] + ([] if dbmate.absent else [["sh", "-c", loop]]):
        run(command, work / "output")

    rows = []
    contestants = [
        Contestant("databasedeploy", lambda: None, ours),
        Contestant("dbmate in a loop", lambda: None, ["sh", "-c", loop], dbmate.absent),
    ]
    compare(contestants, 2 * rounds - 1, work / "output")
    rows.append(compared(f"{count:,} databases, nothing to do", server.name, *contestants, 0.05))

    contestants = [
        Contestant("databasedeploy", _adding(project), ours),
        Contestant("dbmate in a loop", _adding(migrations), ["sh", "-c", loop], dbmate.absent),
    ]
    compare(contestants, rounds, work / "output")
    rows.append(compared(f"{count:,} databases, one pending script each", server.name, *contestants, 0.3))
    for start in range(0, count, 200):
        server.query("".join(
            f"DROP DATABASE fleet_ours_{name}; DROP DATABASE fleet_dbmate_{name};"
            for name in names[start:start + 200]))
    return rows


def _write(directory: Path, number: int, statement: str) -> None:
    if (directory / "Modifications").is_dir():
        (directory / "Modifications" / f"{number:03}.step.sql").write_text(f"{statement};\n")
    else:
        (directory / f"{number:03}_step.sql").write_text(f"-- migrate:up\n{statement};\n\n-- migrate:down\n")


def _adding(directory: Path):
    """Gives a tool one more script in each round."""
    number = len(SCRIPTS)

    def prepare() -> None:
        nonlocal number
        number += 1
        _write(directory, number, f"ALTER TABLE customer ADD COLUMN note{number} VARCHAR(50)")

    return prepare
