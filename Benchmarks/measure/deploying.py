"""How long a deployment of a whole history takes, and how long it takes to see that there is nothing to do."""

import codecs
import shlex
import shutil
import tomllib
from pathlib import Path

from . import formats
from .history import History
from .peers import Peer
from .report import Row, compared
from .server import Server
from .timing import Contestant, compare

SCRIPTS = 558
# Of the example project.
FOLDERS = ["Schema", "Data", "Modifications"]


def write_files(directory: Path) -> None:
    scripts = History(seed=SCRIPTS).scripts(SCRIPTS)
    formats.write_project(directory / "project", scripts)
    formats.write_dbmate(directory / "dbmate", scripts)
    formats.write_sql_migrate(directory / "sql-migrate", scripts)


def history(
    binary: Path, server: Server, peers: list[Peer], files: Path, work: Path, rounds: int, quick_rounds: int
) -> list[Row]:
    """All contestants deploy the same statements, each to a database of its own; then again with nothing to do.

    Parameters: rounds of the deployment, and of the run with nothing to do, which is a matter of milliseconds.
    """
    ours = _ours(binary, server, files / "project", "bench_ours", work)
    pipe = _client(server, [files / "project" / "Modifications"], "bench_pipe")
    others = [_dbmate(server, peers[0], files / "dbmate"), _sql_migrate(server, peers[1], files / "sql-migrate", work)]

    expected: list[str] = []

    def check(name: str) -> None:
        databases = {ours.name: "bench_ours", keep.name: "bench_ours", single.name: "bench_ours", pipe.name: "bench_pipe"}
        shape = server.shape(databases.get(name, f"bench_{name}"))
        expected.append(shape)
        if shape != expected[0]:
            raise RuntimeError("the database differs from that of databasedeploy")

    # Without what it takes to take a script back.
    keep = Contestant("`on_failure = keep`", ours.prepare, [*ours.command, "--set", "on_failure=keep"])

    single = Contestant("`parallel = 1`", ours.prepare, [*ours.command, "--set", "parallel=1"])

    compare([ours, pipe, *others, keep, single], rounds, work / "output", check)
    measured = f"{SCRIPTS} scripts, fresh database"
    rows = [compared(f"{measured}, `parallel = 4` (standard)", server.name, ours, pipe, 0.65)]
    rows.append(compared(f"{measured}, one after the other", server.name, single, pipe, 1.0))
    rows += [compared(measured, server.name, ours, other) for other in others]
    rows.append(compared(f"{measured}, `on_failure = undo`", server.name, ours, keep, 1.15))

    again = [Contestant(c.name, lambda: None, c.command, c.absent) for c in (ours, *others)]
    compare(again, quick_rounds, work / "output")
    measured = f"{SCRIPTS} scripts, nothing to do"
    rows += [compared(measured, server.name, again[0], other, goal) for other, goal in zip(again[1:], (0.5, None))]
    for database in ("bench_ours", "bench_pipe", "bench_dbmate", "bench_sql-migrate"):
        server.query(f"DROP DATABASE IF EXISTS `{database}`")
    return rows


def example(binary: Path, server: Server, source: Path, work: Path, rounds: int) -> list[Row]:
    """The example project with all its folders, against the client."""
    project = work / f"example-{server.product}"
    database, count = copy_example(source, project)
    for file in (file for folder in FOLDERS for file in (project / folder).glob("*.sql")):
        copy = work / f"client-{server.product}" / file.parent.name / file.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(_for_the_client(file.read_bytes()))
    ours = _ours(binary, server, project, database, work)
    pipe = _client(server, [work / f"client-{server.product}" / folder for folder in FOLDERS], database, creates=True)
    compare([ours, pipe], rounds, work / "output")
    server.query(f"DROP DATABASE IF EXISTS `{database}`")
    return [compared(f"Examples/Makalu, {count} scripts, fresh database", server.name, ours, pipe, 1.0)]


def copy_example(source: Path, project: Path) -> tuple[str, int]:
    """Copies the scripts of the example project. Returns the name of its database, and how many scripts there are."""
    for folder in FOLDERS:
        shutil.copytree(source / folder, project / folder)
    database = tomllib.loads((source / "databasedeploy.toml").read_text())["database"]
    return database, sum(1 for folder in FOLDERS for _ in (project / folder).glob("*.sql"))


def _for_the_client(text: bytes) -> bytes:
    """The client takes a byte order mark in the middle of a stream for SQL, and joins files without a last line end."""
    text = text.removeprefix(codecs.BOM_UTF8)
    return text if text.endswith(b"\n") else text + b"\n"


def _ours(binary: Path, server: Server, project: Path, database: str, work: Path) -> Contestant:
    config = work / f"{database}-{server.product}.toml"
    config.write_text(f'url = "{server.url}"\ndatabase = "{database}"\n')
    command = [str(binary), "--project", str(project), "--config", str(config)]
    return Contestant("databasedeploy", _dropping(server, database), command)


def _client(server: Server, folders: list[Path], database: str, creates: bool = False) -> Contestant:
    """`cat *.sql | mariadb`, which also creates the database unless the scripts do."""
    files = " ".join(f"{shlex.quote(str(folder))}/*.sql" for folder in folders)
    start = "" if creates else f"echo 'CREATE DATABASE {database}; USE {database};'; "
    command = ["sh", "-c", f"{{ {start}cat {files}; }} | {shlex.join(server.client())}"]
    return Contestant("`cat *.sql \\| mariadb`", _dropping(server, database), command)


def _dbmate(server: Server, peer: Peer, migrations: Path) -> Contestant:
    # Without its dump of the schema, which would make it slower and needs another program.
    command = [
        peer.program or "", "--url", f"mysql://root@localhost/bench_dbmate?socket={server.socket}",
        "--migrations-dir", str(migrations), "--no-dump-schema", "up",
    ]
    return Contestant(peer.name, _dropping(server, "bench_dbmate"), command, peer.absent)


def _sql_migrate(server: Server, peer: Peer, migrations: Path, work: Path) -> Contestant:
    # It does not create the database, so it finds an empty one.
    database = "bench_sql-migrate"
    config = work / f"sql-migrate-{server.product}.yml"
    config.write_text(
        f'bench:\n  dialect: mysql\n  dir: "{migrations}"\n'
        f'  datasource: "root@unix({server.socket})/{database}?parseTime=true"\n')
    command = [peer.program or "", "up", f"-config={config}", "-env=bench"]
    drop = _dropping(server, database)

    def prepare() -> None:
        drop()
        server.query(f"CREATE DATABASE `{database}`")

    return Contestant(peer.name, prepare, command, peer.absent)


def _dropping(server: Server, database: str):
    return lambda: server.query(f"DROP DATABASE IF EXISTS `{database}`")
