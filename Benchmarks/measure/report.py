"""The results as one Markdown table and as JSON."""

import datetime
import json
import os
import platform
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

from .timing import Contestant, ratios


@dataclass
class Row:
    measured: str
    server: str
    ours: str
    against: str
    theirs: str
    # Ours to theirs.
    ratio: str = ""
    goal: str = ""
    # Nil where there is no goal.
    met: bool | None = None
    # The single measurements.
    raw: dict | None = None


def absent(measured: str, server: str, other: str, why: str) -> Row:
    return Row(measured, server, "", other, f"**not measured**: {why}".replace("|", "/"))


def compared(measured: str, server: str, ours: Contestant, other: Contestant, goal: float | None = None) -> Row:
    if other.absent:
        return absent(measured, server, other.name, other.absent)
    found = ratios(ours, other)
    median = statistics.median(found)
    return Row(
        measured, server, milliseconds(ours.median), other.name, milliseconds(other.median),
        f"**{_ratio(median)}** ({_ratio(min(found))}–{_ratio(max(found))}; {len(found)})",
        f"≤ {goal:.2f}" if goal else "",
        median <= goal if goal else None, {"ours": ours.seconds, "theirs": other.seconds, "ratio": median})


def _ratio(value: float) -> str:
    return f"{value:.2f}" if value >= 0.1 else f"{value:.4f}" if value < 0.01 else f"{value:.3f}"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"


def machine(filesystem: str) -> dict[str, str]:
    model = platform.machine()
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpu": model, "cores": str(len(os.sched_getaffinity(0))), "memory": f"{memory:.0f} GB",
        "files": filesystem, "system": f"{platform.system()} {platform.release()}",
    }


def about(facts: dict, versions: dict, command: str, rounds: str) -> list[str]:
    """When, how and on what it was measured, as lines."""
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    return [
        f"{date}, `{command}`: {rounds}.",
        f"{facts['cores']} cores of {facts['cpu']}, {facts['memory']}, {facts['system']}, files on {facts['files']} "
        f"(a page durable in {facts['commit']}); load before and after: {facts['load']}.",
        ", ".join(f"{name} {version}" for name, version in versions.items()) + ".",
    ]


def markdown(rows: list[Row], facts: dict, versions: dict, command: str, rounds: str) -> str:
    lines = [
        "# Results",
        "",
        *about(facts, versions, command, rounds),
        "",
        "Times are medians. A ratio is databasedeploy's time to the other's, in the same round: the median of the "
        "rounds, then the lowest and the highest, and how many rounds there were.",
        "",
        "| measured | server | databasedeploy | against | its figure | ratio | goal | met |",
        "|---|---|---:|---|---:|---:|---|---|",
    ]
    for row in rows:
        met = {None: "", True: "yes", False: "**no**"}[row.met]
        cells = [row.measured, row.server, row.ours, row.against, row.theirs, row.ratio, row.goal, met]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def save(directory: Path, text: str, rows: list[Row], facts: dict, versions: dict) -> None:
    (directory / "RESULTS.md").write_text(text)
    document = {"machine": facts, "versions": versions, "rows": [asdict(row) for row in rows]}
    (directory / "results.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
