"""Writes one list of scripts in each contestant's file format: the same statements, in the same files."""

from pathlib import Path

from .history import Script


def write_project(directory: Path, scripts: list[Script]) -> None:
    """As for databasedeploy and the client: `DELIMITER` around routines."""
    folder = directory / "Modifications"
    folder.mkdir(parents=True)
    for script in scripts:
        parts = [
            f"DELIMITER $$\n{s.text}$$\nDELIMITER ;\n" if s.is_compound else f"{s.text};\n" for s in script.statements
        ]
        (folder / f"{script.number:03}.{script.title}.sql").write_text("".join(parts))


def write_dbmate(directory: Path, scripts: list[Script]) -> None:
    """dbmate sends a file as one query of several statements, so the server itself finds where a routine ends."""
    directory.mkdir(parents=True)
    for script in scripts:
        text = "-- migrate:up\n" + "".join(f"{s.text};\n" for s in script.statements) + "\n-- migrate:down\n"
        (directory / f"{script.number:03}_{script.title}.sql").write_text(text)


def write_sql_migrate(directory: Path, scripts: list[Script]) -> None:
    directory.mkdir(parents=True)
    for script in scripts:
        parts = [
            f"-- +migrate StatementBegin\n{s.text};\n-- +migrate StatementEnd\n" if s.is_compound else f"{s.text};\n"
            for s in script.statements
        ]
        text = "-- +migrate Up\n" + "".join(parts) + "\n-- +migrate Down\n"
        (directory / f"{script.number:03}-{script.title}.sql").write_text(text)
