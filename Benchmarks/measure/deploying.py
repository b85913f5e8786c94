"""How long a deployment of a whole history takes, and how long it takes to see that there is nothing to do."""

import codecs
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

from . import contestants, formats
from .history import History, Script, Statement
from .peers import Peer
from .report import Row, compared
from .server import Server
from .timing import Contestant, compare

SCRIPTS = 558
# Of the example project.
FOLDERS = ["Schema", "Data", "Modifications"]


def write_files(directory: Path, scripts: list[Script] | None = None) -> None:
    """The scripts, or else the history, in every contestant's format."""
    scripts = scripts or History(seed=SCRIPTS).scripts(SCRIPTS)
    formats.write_project(directory / "project", scripts)
    formats.write_dbmate(directory / "dbmate", scripts)
    formats.write_sql_migrate(directory / "sql-migrate", scripts)
    formats.write_yoyo(directory / "yoyo", scripts)
    formats.write_liquibase(directory / "liquibase", scripts)


def history(
    binary: Path, server: Server, peers: dict[str, Peer], files: Path, work: Path, rounds: int, quick_rounds: int
) -> list[Row]:
    """All contestants deploy the same statements, each to a database of its own; then again with nothing to do.

    Parameters: the peers by the names of their files; rounds of the deployment, and of the run with nothing to do,
    which is a matter of milliseconds. yoyo and Liquibase take so long that they have few rounds, and those without the
    others.
    """
    ours = contestants.ours(binary, server, files / "project", "bench_ours", work)
    pipe = contestants.client(server, [files / "project" / "Modifications"], "bench_pipe")
    others = [
        contestants.dbmate(server, peers["dbmate"], files / "dbmate"),
        contestants.sql_migrate(server, peers["sql-migrate"], files / "sql-migrate", work),
    ]
    slow = [
        contestants.yoyo(server, peers["yoyo"], files / "yoyo"),
        contestants.liquibase(server, peers["liquibase"], files / "liquibase"),
    ]
    expected: list[str] = []

    def check(contestant: Contestant) -> None:
        shape = server.shape(contestant.database)
        expected.append(shape)
        if shape != expected[0]:
            raise RuntimeError("the database differs from that of databasedeploy")

    # Without what it takes to take a script back.
    keep = varied(ours, "on_failure=keep")
    single = varied(ours, "parallel=1")
    compare([ours, pipe, *others, keep, single], rounds, work / "output", check)
    measured = f"{SCRIPTS} scripts, fresh database"
    rows = [compared(f"{measured}, `parallel = 4` (standard)", server.name, ours, pipe, 0.65)]
    rows.append(compared(f"{measured}, one after the other", server.name, single, pipe, 1.0))
    rows += [compared(measured, server.name, ours, other) for other in others]
    rows.append(compared(f"{measured}, `on_failure = undo`", server.name, ours, keep, 1.15))
    ours = _again(ours, ours.prepare)
    compare([ours, *slow], min(rounds, 3), work / "output", check)
    rows += [compared(measured, server.name, ours, other) for other in slow]

    measured = f"{SCRIPTS} scripts, nothing to do"
    for group, count, goals in ((others, quick_rounds, (0.5, None)), (slow, rounds, (None, None))):
        again = [_again(contestant) for contestant in (ours, *group)]
        typed = _typed(ours, binary, files / "project")
        compare([*again, typed], count, work / "output")
        rows += [compared(measured, server.name, again[0], other, goal) for other, goal in zip(again[1:], goals)]
        if group is others:
            without = f"{measured}, without options in the project's directory"
            rows.append(compared(without, server.name, typed, again[1], 0.5))
    for contestant in (ours, pipe, *others, *slow):
        contestants.dropping(server, contestant.database)()
    return rows


def _again(contestant: Contestant, prepare: Callable[[], None] = lambda: None) -> Contestant:
    """The same without its times and, unless told otherwise, without anything to prepare."""
    return Contestant(contestant.name, prepare, contestant.command, contestant.absent, contestant.database)


def _typed(ours: Contestant, binary: Path, project: Path) -> Contestant:
    """The same target, as somebody types it: everything is in the project's directory."""
    config = Path(ours.command[ours.command.index("--config") + 1])
    shutil.copy(config, project / "databasedeploy.toml")
    return Contestant(ours.name, lambda: None, [str(binary)], database=ours.database, directory=project)


def varied(ours: Contestant, setting: str) -> Contestant:
    """Ours with a setting of its own."""
    name = f"`{setting.replace('=', ' = ')}`"
    return Contestant(name, ours.prepare, [*ours.command, "--set", setting], database=ours.database)


def many(binary: Path, server: Server, dbmate: Peer, work: Path, count: int, rounds: int) -> list[Row]:
    """Nothing to do for many scripts, against dbmate with the same.

    What they do does not matter then, so it is what takes the least time once: a row each.
    """
    files = work / f"many-{server.product}"
    table = Script(1, "Create_note", [Statement("CREATE TABLE note (id INT PRIMARY KEY, words VARCHAR(100))")])
    inserts = [
        Script(number, f"Insert_note_{number}", [Statement(f"INSERT INTO note VALUES ({number}, 'note {number}')")])
        for number in range(2, count + 1)
    ]
    formats.write_project(files / "project", [table, *inserts])
    formats.write_dbmate(files / "dbmate", [table, *inserts])
    both = [
        contestants.ours(binary, server, files / "project", "bench_many", work),
        contestants.dbmate(server, dbmate, files / "dbmate"),
    ]
    compare(both, 1, work / "output")
    again = [_again(contestant) for contestant in both]
    compare(again, rounds, work / "output")
    for contestant in both:
        contestant.prepare()
    shutil.rmtree(files)
    return [compared(f"{count:,} scripts, nothing to do", server.name, *again, 0.25)]


def example(binary: Path, server: Server, source: Path, work: Path, rounds: int) -> list[Row]:
    """The example project with all its folders, against the client."""
    project = work / f"example-{server.product}"
    database, count = copy_example(source, project)
    for file in (file for folder in FOLDERS for file in (project / folder).glob("*.sql")):
        copy = work / f"client-{server.product}" / file.parent.name / file.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(_for_the_client(file.read_bytes()))
    ours = contestants.ours(binary, server, project, database, work)
    copies = [work / f"client-{server.product}" / folder for folder in FOLDERS]
    pipe = contestants.client(server, copies, database, creates=True)
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
