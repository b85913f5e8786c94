"""Times programs, and compares them in interleaved rounds."""

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

# Nobody's settings count but the bench's own.
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


class TooLong(RuntimeError):
    """A program was ended since it took longer than it may."""


def run(
    arguments: list[str], output: Path, limit: float | None = None, directory: Path | None = None
) -> tuple[float, float]:
    """Runs a program to its end, or ends it, with all that it started, after `limit` seconds.

    It starts in `directory`, or where this process is.

    Returns its wall time and its processor time in seconds. Raises RuntimeError with the end of its output if it fails.
    """
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    arguments = [str(argument) for argument in arguments]
    here = os.getcwd()
    if directory:
        os.chdir(directory)
    started = time.perf_counter()
    pid = os.posix_spawnp(
        arguments[0], arguments, ENVIRONMENT,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
            (os.POSIX_SPAWN_DUP2, descriptor, 1), (os.POSIX_SPAWN_DUP2, descriptor, 2),
        ],
        **({"setpgroup": 0} if limit else {}))
    os.chdir(here)
    end = threading.Timer(limit, os.killpg, (pid, signal.SIGKILL)) if limit else None
    try:
        if end:
            end.start()
        _, status, usage = os.wait4(pid, 0)
    except BaseException:
        if limit:
            os.killpg(pid, signal.SIGKILL)
        raise
    finally:
        if end:
            end.cancel()
    seconds = time.perf_counter() - started
    os.close(descriptor)
    if limit and seconds >= limit and os.WIFSIGNALED(status):
        raise TooLong(f"{Path(arguments[0]).name} takes more than {limit:g} s")
    if status != 0:
        raise RuntimeError(f"{Path(arguments[0]).name} failed ({status}): {output.read_text()[-2000:]}")
    return seconds, usage.ru_utime + usage.ru_stime


def commit_latency(directory: Path) -> float:
    """What it takes here to make a page durable, in seconds: the median of 51 tries. Much of a deployment is this."""
    file = directory / "commit-latency"
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
    seconds = []
    for number in range(51):
        started = time.perf_counter()
        os.pwrite(descriptor, bytes(4096), number * 4096)
        os.fdatasync(descriptor)
        seconds.append(time.perf_counter() - started)
    os.close(descriptor)
    file.unlink()
    return statistics.median(seconds)


def peak_memory(arguments: list[str], output: Path) -> float:
    """The largest resident set of a program in MB (2^20 bytes).

    Linux counts what the parent had at the time of the fork ("getrusage(2)"), so a small process of its own starts it.
    """
    code = (
        "import os, sys\n"
        "pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)\n"
        "_, status, usage = os.wait4(pid, 0)\n"
        "sys.stderr.write(f'\\n{status} {usage.ru_maxrss}')\n")
    with output.open("w") as file:
        done = subprocess.run(
            [sys.executable, "-ISc", code, *map(str, arguments)], env=ENVIRONMENT, text=True, check=True,
            stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.PIPE)
    status, kilobytes = done.stderr.rsplit("\n", 1)[1].split()
    if status != "0":
        raise RuntimeError(f"{arguments[0]} failed: {done.stderr} {output.read_text()[-2000:]}")
    return int(kilobytes) / 1024


@dataclass
class Contestant:
    name: str
    # Brings things to where a timed run starts.
    prepare: Callable[[], None]
    command: list[str]
    # Why it takes no part; the table says so.
    absent: str | None = None
    database: str = ""
    # Where it is typed; None where that makes no difference.
    directory: Path | None = None
    seconds: list[float] = field(default_factory=list)
    processor_seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def compare(
    contestants: list[Contestant], rounds: int, output: Path, check: Callable[[Contestant], None] | None = None,
    budget: float = 120
) -> None:
    """Runs everybody once a round; the order changes from round to round, so that nobody always follows the same one.

    A contestant that fails is out from then on, with its error as the reason; only the first, which is ours, must not.
    On a slow machine there are fewer rounds, but three at least: none is begun after `budget` seconds.
    """
    started = time.monotonic()
    for number in range(rounds):
        if number >= 3 and time.monotonic() - started > budget:
            break
        for index in range(len(contestants)):
            contestant = contestants[(index + number) % len(contestants)]
            if contestant.absent:
                continue
            contestant.prepare()
            try:
                seconds, processor_seconds = run(contestant.command, output, directory=contestant.directory)
                contestant.seconds.append(seconds)
                contestant.processor_seconds.append(processor_seconds)
                if check and number == 0:
                    check(contestant)
            except RuntimeError as error:
                if contestant is contestants[0]:
                    raise
                contestant.absent = " ".join(str(error).split())[:300]


def ratios(ours: Contestant, other: Contestant) -> list[float]:
    """Ours to the other's, round by round."""
    return [a / b for a, b in zip(ours.seconds, other.seconds)]
