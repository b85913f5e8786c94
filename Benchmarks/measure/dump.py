"""A real dump as one script: `mariadb-dump` of a table of realistic rows, against the client with the same file."""

import shlex
import subprocess
from pathlib import Path

from . import contestants
from .bounds import MEGABYTE
from .report import Row, absent, compared
from .server import Server
from .timing import ENVIRONMENT, Contestant, compare, peak_memory

# A row of the dump has about as many bytes.
ROW = 236
# Rows of one INSERT that fills the table.
BATCH = 100_000
BOUND = 64
TABLE = """
CREATE TABLE visit (
    id INT UNSIGNED NOT NULL AUTO_INCREMENT,
    customer_id INT UNSIGNED NOT NULL,
    visited_at DATETIME NOT NULL,
    status ENUM('planned', 'done', 'cancelled') NOT NULL,
    amount DECIMAL(10, 2) NOT NULL,
    paid_on DATE NULL,
    email VARCHAR(200) NOT NULL,
    notes TEXT NOT NULL,
    PRIMARY KEY (id),
    KEY ix_visit_customer (customer_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
"""


def dump(binary: Path, server: Server, work: Path, size: int, rounds: int) -> list[Row]:
    project = work / f"dump-{server.product}"
    script = project / "Modifications" / "001.Dump.sql"
    script.parent.mkdir(parents=True)
    try:
        _write(server, script, size)
    except subprocess.CalledProcessError as error:
        why = " ".join((error.stderr or str(error)).split())[-300:]
        return [absent("a dump", server.name, "", f"it could not be made: {why}")]
    written = script.stat().st_size
    ours = contestants.ours(binary, server, project, "bench_dump", work)
    command = ["sh", "-c", f"{shlex.join(server.client('bench_dump'))} < {shlex.quote(str(script))}"]
    client = Contestant("`mariadb < dump`", contestants.emptying(server, "bench_dump"), command)
    sums: list[str] = []

    def check(_: Contestant) -> None:
        sums.append(server.query("CHECKSUM TABLE bench_dump.visit"))
        if sums[-1] != sums[0]:
            raise RuntimeError("the rows differ from those of databasedeploy")

    compare([ours, client], rounds, work / "output", check, budget=240)
    measured = f"a dump of {written / 1000 / MEGABYTE:.2f} GB, fresh database"
    rows = [compared(measured, server.name, ours, client, 1.0)]
    ours.prepare()
    peak = peak_memory(ours.command, work / "output")
    ours.prepare()
    script.unlink()
    rows.append(Row(
        f"{measured}: peak memory", server.name, f"{peak:.1f} MB", "", "", "", f"≤ {BOUND} MB", peak <= BOUND,
        {"peak": peak, "bytes": written}))
    return rows


def _write(server: Server, file: Path, size: int) -> None:
    """Fills a table, dumps it to the file with what `mariadb-dump` does by itself, and drops it."""
    database = "bench_source"
    contestants.emptying(server, database)()
    server.query(f"USE {database}; {TABLE}")
    for start in range(0, size // ROW, BATCH):
        count = min(BATCH, size // ROW - start)
        server.query(f"USE {database}; {_rows(start, count)}")
    command = ["mariadb-dump", *server.client()[1:], database]
    with file.open("wb") as output:
        subprocess.run(
            command, check=True, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE,
            text=True)
    contestants.dropping(server, database)()


def _rows(start: int, count: int) -> str:
    """One INSERT of rows that are always the same: numbers, dates, NULLs, and texts with quotes and line ends."""
    return f"""
        INSERT INTO visit (customer_id, visited_at, status, amount, paid_on, email, notes)
        WITH RECURSIVE
            few (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM few WHERE n < 999),
            numbers (n) AS (SELECT a.n * 1000 + b.n + {start} FROM few a JOIN few b WHERE a.n * 1000 + b.n < {count})
        SELECT
            n * 7919 % 100003, '2020-01-01' + INTERVAL n MINUTE, ELT(1 + n % 3, 'planned', 'done', 'cancelled'),
            n * 31 % 1000003 / 100, IF(n % 4 = 0, NULL, '2020-01-01' + INTERVAL n % 2000 DAY),
            CONCAT(LEFT(SHA2(n, 256), 32), '@example.com'),
            CONCAT('It\\'s ', SHA2(n + 1, 256), '; said "', REPEAT(CHAR(97 + n % 26), n % 60), '"\\nStraße')
        FROM numbers"""
