"""``mmhooks host``: what the embedded host can do."""

from __future__ import annotations

import json
from collections import Counter
from typing import Final

import attrs
import click
from rich.table import Table

from mmhooks.cli.terminal import make_console
from mmhooks.devhost.coverage import Coverage, Kind, coverage

_COLOURS: Final[dict[Kind, str]] = {"real": "green", "approximate": "yellow", "refused": "red"}


@click.group()
def command() -> None:
    """What the embedded host offers."""


@command.command("coverage")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def coverage_command(as_json: bool) -> None:
    """List the methods of the plugin API.

    real: as on the server; approximate: with the difference in the note; refused: raises
    NotImplementedOnHostError.
    """
    methods = coverage()
    counts = Counter(one.kind for one in methods)
    if as_json:
        document = {
            "counts": {kind: counts[kind] for kind in _COLOURS},
            "methods": [attrs.asdict(one) for one in methods],
        }
        click.echo(json.dumps(document, indent=2))
        return
    console = make_console()
    console.print(_table(methods))
    console.print()
    console.print(", ".join(f"[{_COLOURS[kind]}]{counts[kind]} {kind}[/]" for kind in _COLOURS))


def _table(methods: list[Coverage]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("group", "method", "", "note"):
        table.add_column(title, overflow="fold", no_wrap=title != "note")
    last = ""
    for one in methods:
        kind = f"[{_COLOURS[one.kind]}]{one.kind}[/]"
        table.add_row(one.group if one.group != last else "", one.method, kind, one.note)
        last = one.group
    return table
