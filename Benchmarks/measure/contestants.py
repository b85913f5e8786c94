"""How each contestant is called to bring a database of its own to where the scripts lead."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from .peers import Peer
from .server import Server
from .timing import Contestant


def ours(binary: Path, server: Server, project: Path, database: str, work: Path) -> Contestant:
    config = work / f"{database}-{server.product}.toml"
    config.write_text(f'url = "{server.url}"\ndatabase = "{database}"\n')
    command = [str(binary), "--project", str(project), "--config", str(config)]
    return Contestant("databasedeploy", dropping(server, database), command, database=database)


def client(server: Server, folders: list[Path], database: str, creates: bool = False) -> Contestant:
    """`cat *.sql | mariadb`, which also creates the database unless the scripts do."""
    files = " ".join(f"{shlex.quote(str(folder))}/*.sql" for folder in folders)
    start = "" if creates else f"echo 'CREATE DATABASE {database}; USE {database};'; "
    command = ["sh", "-c", f"{{ {start}cat {files}; }} | {shlex.join(server.client())}"]
    return Contestant("`cat *.sql \\| mariadb`", dropping(server, database), command, database=database)


def dbmate(server: Server, peer: Peer, migrations: Path) -> Contestant:
    # Without its dump of the schema, which would make it slower and needs another program.
    database = "bench_dbmate"
    command = [
        peer.program or "", "--url", f"mysql://root@localhost/{database}?socket={server.socket}",
        "--migrations-dir", str(migrations), "--no-dump-schema", "up",
    ]
    return Contestant(peer.name, dropping(server, database), command, peer.absent, database)


def sql_migrate(server: Server, peer: Peer, migrations: Path, work: Path) -> Contestant:
    database = "bench_sql-migrate"
    config = work / f"sql-migrate-{server.product}.yml"
    config.write_text(
        f'bench:\n  dialect: mysql\n  dir: "{migrations}"\n'
        f'  datasource: "root@unix({server.socket})/{database}?parseTime=true"\n')
    command = [peer.program or "", "up", f"-config={config}", "-env=bench"]
    return Contestant(peer.name, emptying(server, database), command, peer.absent, database)


def yoyo(server: Server, peer: Peer, migrations: Path) -> Contestant:
    database = "bench_yoyo"
    command = [
        "env", f"PYTHONPATH={peer.program or ''}", sys.executable, "-m", "yoyo", "apply", "--batch", "--no-config-file",
        "--database", f"mysql://root@localhost/{database}?unix_socket={server.socket}", str(migrations),
    ]
    return Contestant(peer.name, emptying(server, database), command, peer.absent, database)


def liquibase(server: Server, peer: Peer, files: Path) -> Contestant:
    database = "bench_liquibase"
    command = [
        peer.program or "", f"--classpath={':'.join(peer.libraries)}", "--show-banner=false",
        f"--search-path={files}", "--changelog-file=changelog.yaml", "--driver=org.mariadb.jdbc.Driver",
        f"--url=jdbc:mariadb://localhost/{database}?localSocket={server.socket}", "--username=root", "update",
    ]
    return Contestant(peer.name, emptying(server, database), command, peer.absent, database)


def dropping(server: Server, database: str) -> Callable[[], None]:
    def prepare() -> None:
        server.query(f"DROP DATABASE IF EXISTS `{database}`")

    return prepare


def emptying(server: Server, database: str) -> Callable[[], None]:
    """For a tool that does not create its database: it finds an empty one."""
    def prepare() -> None:
        server.query(f"DROP DATABASE IF EXISTS `{database}`; CREATE DATABASE `{database}`")

    return prepare
