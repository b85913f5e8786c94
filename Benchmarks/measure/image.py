"""A fresh database from an image, against a deployment; the start of the server is part of both."""

import subprocess
import time
from pathlib import Path

from . import timing
from .deploying import copy_example
from .report import Row, compared
from .server import Server
from .timing import Contestant, compare


def image(binary: Path, server: Server, program: str | None, source: Path, work: Path, rounds: int) -> list[Row]:
    """`server start --fresh` for the example project, with and without images.

    Each contestant has a server directory of its own: one has copies of an earlier round in it, one is new every time.
    """
    project = work / f"image-{server.product}"
    database, count = copy_example(source, project)
    lines = ['url = "private:"', f'database = "{database}"'] + ([f'server_program = "{program}"'] if program else [])
    (project / "databasedeploy.toml").write_text("\n".join(lines) + "\n")
    tool = [str(binary), "server"]
    cache = work / f"image-cache-{server.product}"
    environment = timing.ENVIRONMENT | {"XDG_CACHE_HOME": str(cache)}

    def run(verb: str, directory: Path, *options: str) -> None:
        done = subprocess.run(
            [*tool, verb, "--project", project, "--directory", directory, *options], env=environment, text=True,
            capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(f"databasedeploy server {verb}: {done.stderr or done.stdout}")

    def contestant(name: str, directory: Path, *options: str, new: bool = False) -> Contestant:
        def prepare() -> None:
            for place in places:
                run("stop", place)
            # ext4 without a journal takes longer to make files as long as it remembers that others were removed.
            if new and directory.exists():
                directory.rename(directory.with_name(f"{directory.name}-before-{time.monotonic_ns()}"))

        command = [*tool, "start", "--fresh", "--project", str(project), "--directory", str(directory), *options]
        return Contestant(name, prepare, ["env", f"XDG_CACHE_HOME={cache}", *command])

    places = [work / f"image-{name}-{server.product}" for name in ("again", "new", "without")]
    again = contestant("from an image, where a fresh one was before", places[0])
    new = contestant("from an image, in a new directory", places[1], new=True)
    without = contestant("the same without images", places[2], "--set", "images.limit=0", new=True)
    output = work / "output"

    def check(contestant: Contestant) -> None:
        expected = f"{count} scripts applied" if contestant is without else "Nothing to do"
        if expected not in output.read_text():
            raise RuntimeError(f"not {expected}: {output.read_text()}")

    try:
        # Makes the image.
        run("start", places[0], "--fresh")
        compare([again, new, without], rounds, output, check)
    finally:
        for place in places:
            run("stop", place)
    measured = f"Examples/Makalu, {count} scripts, server started with a fresh database"
    return [
        compared(f"{measured}: from an image, in the directory of an earlier one", server.name, again, without, 0.05),
        compared(f"{measured}: from an image, in a new directory", server.name, new, without, 0.05),
    ]
