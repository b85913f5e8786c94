"""Many small statements in one script: on a socket, and over a network that takes its time."""

import heapq
import socket
import threading
import time
from pathlib import Path
from random import Random

from .report import Row, compared
from .server import Server
from .timing import Contestant, compare

ROWS = 40_000
DELAY = 0.001


def single_rows(binary: Path, server: Server, work: Path, rounds: int, count: int) -> list[Row]:
    """A script of single-row INSERTs against the client with the same file wrapped in one transaction."""
    files = _files(work / f"rows-{server.product}", count)
    rows = [_pair(binary, server, files, server.socket, _measured(count), rounds, 0.7, work)]
    # The client waits a millisecond for each: a quarter of them says the same.
    fewer = count // 4
    files = _files(work / f"rows-away-{server.product}", fewer)
    with Delay(work / f"delay-{server.product}.sock", server.socket, DELAY) as delayed:
        rows.append(_pair(binary, server, files, str(delayed), _measured(fewer) + ", 1 ms away", rounds, 0.05, work))
    return rows


def _measured(count: int) -> str:
    return f"{count:,} single-row INSERTs in one script"


def _pair(
    binary: Path, server: Server, files: Path, address: str, measured: str, rounds: int, goal: float, work: Path
) -> Row:
    project = files / "project"
    (project / "databasedeploy.toml").write_text(f'url = "mysql://root@localhost/bench_rows?socket={address}"\n')
    client = server.client("bench_rows_client")
    client[client.index(f"--socket={server.socket}")] = f"--socket={address}"
    ours = Contestant(
        "databasedeploy", lambda: _drop(server, "bench_rows"), [str(binary), "--project", str(project), "--quiet"])
    wrapped = Contestant(
        "the client, in one transaction", lambda: _drop(server, "bench_rows_client", creates=True),
        ["sh", "-c", 'exec "$@" < "$0"', str(files / "wrapped.sql"), *client])
    compare([ours, wrapped], rounds, work / "output")
    for database in ("bench_rows", "bench_rows_client"):
        _drop(server, database)
    return compared(measured, server.name, ours, wrapped, goal)


def _drop(server: Server, database: str, creates: bool = False) -> None:
    server.query(f"DROP DATABASE IF EXISTS `{database}`" + (f"; CREATE DATABASE `{database}`" if creates else ""))


def _files(directory: Path, count: int) -> Path:
    scripts = directory / "project" / "Modifications"
    scripts.mkdir(parents=True)
    random = Random(3)
    table = "CREATE TABLE person (id INT PRIMARY KEY, name VARCHAR(100), email VARCHAR(100), KEY (name));\n"
    rows = "".join(
        f"INSERT INTO person VALUES ({number}, 'Name {random.randrange(10**6)}', 'n{number}@example.com');\n"
        for number in range(count))
    (scripts / "001.Table.sql").write_text(table)
    (scripts / "002.Rows.sql").write_text(rows)
    (directory / "wrapped.sql").write_text(f"{table}START TRANSACTION;\n{rows}COMMIT;\n")
    return directory


class Delay:
    """A socket that passes everything on to a server's, each byte half of the delay later in each direction."""

    def __init__(self, path: Path, target: str, round_trip: float):
        self.path, self.target, self.delay = path, target, round_trip / 2

    def __enter__(self) -> Path:
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.path))
        self.listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()
        return self.path

    def __exit__(self, *_) -> None:
        self.listener.close()
        self.path.unlink()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self.target)
            _Way(client, server, self.delay)
            _Way(server, client, self.delay)


class _Way:
    """One direction: read at once, written when its time has come, so that only the way takes longer."""

    def __init__(self, source: socket.socket, target: socket.socket, delay: float):
        self.source, self.target, self.delay = source, target, delay
        self.waiting: list[tuple[float, int, bytes]] = []
        self.changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._write, daemon=True).start()

    def _read(self) -> None:
        number, data = 0, b"-"
        while data:
            try:
                data = self.source.recv(1 << 18)
            except OSError:
                data = b""
            with self.changed:
                heapq.heappush(self.waiting, (time.monotonic() + self.delay, number, data))
                self.changed.notify()
            number += 1

    def _write(self) -> None:
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.waiting)
                due, _, data = heapq.heappop(self.waiting)
            time.sleep(max(0, due - time.monotonic()))
            try:
                if data:
                    self.target.sendall(data)
                else:
                    self.target.shutdown(socket.SHUT_WR)
                    return
            except OSError:
                return
