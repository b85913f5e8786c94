#!/usr/bin/env python3
"""Writes Data/001a to 001c (only with the wheel), Data/004 and Modifications/. See README."""

import importlib
import pathlib
import sys

sys.dont_write_bytecode = True
here = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(here), str(here / "chapters")]

import history  # noqa: E402
import training_data  # noqa: E402
import zip_data  # noqa: E402


def main():
    project = here.parent
    if len(sys.argv) > 1:
        print("%d ZIP codes, %d cities" % zip_data.write(sys.argv[1], project / "Data"))
    training_data.write(project / "Data")
    history.learn((project / "Schema" / "003.Tables.sql").read_text(encoding="utf-8"))
    for path in sorted((here / "chapters").glob("c*.py")):
        importlib.import_module(path.stem)
    number, counts = history.write(project / "Modifications")
    print(f"{number} modifications, {len(history.tables)} tables")
    for kind in sorted(counts, key=lambda k: (-counts[k], k)):
        print(f"{counts[kind]:5d}  {kind}")


main()
