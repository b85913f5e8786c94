"""A server for one run of the bench: the private server of databasedeploy, which all contestants use by its socket."""

import subprocess
from pathlib import Path


class Server:
    def __init__(self, binary: Path, directory: Path, program: str | None):
        self.binary = binary
        self.directory = directory
        directory.mkdir()
        lines = ['url = "private:"', 'database = "bench"']
        if program:
            lines.append(f'server_program = "{program}"')
        (directory / "databasedeploy.toml").write_text("\n".join(lines) + "\n")

    def __enter__(self) -> "Server":
        self._tool("start")
        self.url = self._tool("url").strip()
        self.socket = self.url.split("socket=", 1)[1]
        self.version = self.query("SELECT VERSION()")
        self.product = "MariaDB" if "mariadb" in self.version.lower() else "MySQL"
        return self

    def __exit__(self, *_) -> None:
        self._tool("stop")

    @property
    def name(self) -> str:
        return f"{self.product} {self.version.split('-')[0]}"

    def client(self, *arguments: str) -> list[str]:
        options = ["--no-defaults", f"--socket={self.socket}", "--user=root", "--default-character-set=utf8mb4"]
        return ["mariadb", *options, *arguments]

    def query(self, sql: str) -> str:
        done = subprocess.run(
            self.client("--batch", "--skip-column-names", "--execute", sql), check=True, text=True,
            stdout=subprocess.PIPE)
        return done.stdout.strip()

    def shape(self, database: str) -> str:
        """What a deployment made of a database, without what the tools keep for themselves."""
        own = (
            "'DatabaseTrack', 'schema_migrations', 'gorp_migrations', 'DATABASECHANGELOG', 'DATABASECHANGELOGLOCK',"
            " '_yoyo_log', '_yoyo_migration', '_yoyo_version', 'yoyo_lock'")
        return self.query(
            "SELECT COUNT(*), SUM(CRC32(CONCAT_WS('|', TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, COLUMN_TYPE,"
            " COLUMN_KEY)))"
            f" FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '{database}'"
            f" AND TABLE_NAME NOT LIKE 'DatabaseTrack%' AND TABLE_NAME NOT IN ({own});"
            f" SELECT COUNT(*), SUM(CRC32(ROUTINE_DEFINITION)) FROM information_schema.ROUTINES"
            f" WHERE ROUTINE_SCHEMA = '{database}';"
            f" SELECT COUNT(*) FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = '{database}'")

    def _tool(self, verb: str) -> str:
        done = subprocess.run(
            [self.binary, "server", verb, "--project", self.directory], text=True, capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(f"databasedeploy server {verb}: {done.stderr or done.stdout}")
        return done.stdout
