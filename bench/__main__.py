"""`python -m bench`: measures everything side by side and prints ratios."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench import bridge, conversion, messages, scale, server, start, tests
from bench.measure import Row


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--rounds", type=int, default=7, help="rounds in which all take turns (default: 7)")
    parser.add_argument(
        "--only",
        default="",
        metavar="WORD",
        help="only suites whose name has this word: conversion, messages, start, tests, bridge, scale, server",
    )
    options = parser.parse_args()
    rows: list[Row] = []
    suites = {
        "conversion": conversion.run,
        "messages": messages.run,
        "start": start.run,
        "tests": tests.run,
        "bridge": bridge.run,
        "scale": scale.run,
        "server": server.run,
    }
    for name, run in track(suites.items(), description="measuring", console=Console(stderr=True)):
        if options.only in name:
            rows += run(options.rounds)
    _print(rows)
    if options.json:
        options.json.write_text(json.dumps([row.as_dict() for row in rows], indent=1) + "\n")
    return 0


def _print(rows: list[Row]) -> None:
    table = Table(title="medians of all rounds; ratio to the floor of the same run", title_justify="left")
    for heading in ("what", "floor", "median", "floor's", "ratio", "aim"):
        table.add_column(heading, justify="left" if heading in ("what", "floor") else "right")
    for row in rows:
        aim = f"{row.aim:.2f}" if row.aim else ""
        colour = "" if not row.aim else "[green]" if row.ratio <= row.aim else "[red]"
        table.add_row(
            row.name,
            row.floor,
            row.text(row.value),
            row.text(row.floor_value),
            f"{colour}{row.ratio:.2f}",
            aim,
        )
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main())
