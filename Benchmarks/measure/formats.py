"""Writes one list of scripts in each contestant's file format: the same statements, in the same files."""

from pathlib import Path

from .history import Script


def _prefix(script: Script, scripts: list[Script]) -> str:
    """The number, with zeros in front: tools sort by it as text."""
    return str(script.number).zfill(max(3, len(str(len(scripts)))))


def write_project(directory: Path, scripts: list[Script]) -> None:
    """As for databasedeploy and the client: `DELIMITER` around routines."""
    folder = directory / "Modifications"
    folder.mkdir(parents=True)
    for script in scripts:
        parts = [
            f"DELIMITER $$\n{s.text}$$\nDELIMITER ;\n" if s.is_compound else f"{s.text};\n" for s in script.statements
        ]
        (folder / f"{_prefix(script, scripts)}.{script.title}.sql").write_text("".join(parts))


def write_dbmate(directory: Path, scripts: list[Script]) -> None:
    """dbmate sends a file as one query of several statements, so the server itself finds where a routine ends."""
    directory.mkdir(parents=True)
    for script in scripts:
        text = "-- migrate:up\n" + "".join(f"{s.text};\n" for s in script.statements) + "\n-- migrate:down\n"
        (directory / f"{_prefix(script, scripts)}_{script.title}.sql").write_text(text)


def write_sql_migrate(directory: Path, scripts: list[Script]) -> None:
    directory.mkdir(parents=True)
    for script in scripts:
        parts = [
            f"-- +migrate StatementBegin\n{s.text};\n-- +migrate StatementEnd\n" if s.is_compound else f"{s.text};\n"
            for s in script.statements
        ]
        text = "-- +migrate Up\n" + "".join(parts) + "\n-- +migrate Down\n"
        (directory / f"{_prefix(script, scripts)}-{script.title}.sql").write_text(text)


def write_yoyo(directory: Path, scripts: list[Script]) -> None:
    """yoyo splits a file with sqlparse, which knows where a routine ends."""
    directory.mkdir(parents=True)
    for script in scripts:
        text = "".join(f"{s.text};\n" for s in script.statements)
        (directory / f"{_prefix(script, scripts)}_{script.title}.sql").write_text(text)


def write_liquibase(directory: Path, scripts: list[Script]) -> None:
    """A change set for each script, in a file of its own ("formatted SQL"), and a change log that includes them all."""
    (directory / "scripts").mkdir(parents=True)
    for script in scripts:
        compound = any(s.is_compound for s in script.statements)
        end = "//" if compound else ";"
        text = (
            "--liquibase formatted sql\n"
            f"--changeset bench:{script.number}{' endDelimiter://' if compound else ''}\n"
            + "".join(f"{s.text}{end}\n" for s in script.statements))
        (directory / "scripts" / f"{_prefix(script, scripts)}_{script.title}.sql").write_text(text)
    (directory / "changelog.yaml").write_text("databaseChangeLog:\n  - includeAll:\n      path: scripts/\n")
