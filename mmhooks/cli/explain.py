"""``mmhooks explain``: who implements what."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import attrs
import click
from rich.table import Table

from mmhooks.cli.plugin import composed, own_code_found, plugin_option, read_plugin
from mmhooks.cli.terminal import make_console
from mmhooks.runtime.compose import Row, explain


@click.command()
@click.argument("hook", required=False)
@plugin_option
@click.option("--json", "as_json", is_flag=True, help="One JSON list on standard output.")
def command(hook: str | None, plugin: Path, as_json: bool) -> None:
    """Show which packages implement which HOOK, in which order, with which options, and who may reject.

    Without a HOOK, all that are implemented. A package's commands, routes and jobs show as NAME:commands,
    NAME:routes and NAME:jobs.
    """
    manifest = read_plugin(plugin)
    with own_code_found(manifest):
        manager, _ = composed(manifest)
        rows = explain(manager, hook)
    if as_json:
        click.echo(json.dumps([attrs.asdict(row) for row in rows], indent=2))
        return
    console = make_console()
    if rows:
        console.print(_table(rows))
        return
    name, version = manifest.name, manifest.version
    console.print(f"No package of {name} {version} implements {hook or 'a hook'}.", markup=False)


def _table(rows: list[Row]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("hook", "results", "package", "order", "options", "may reject"):
        table.add_column(title, justify="right" if title == "order" else "left", overflow="fold")
    for hook, group in groupby(rows, key=lambda row: row.hook):
        for number, row in enumerate(group):
            head = (f"[cyan]{hook}[/cyan]", row.semantics) if number == 0 else ("", "")
            rejects = "[yellow]yes[/yellow]" if row.may_reject else "no"
            table.add_row(*head, row.package, str(row.order), ", ".join(_options(row)), rejects)
    return table


def _options(row: Row) -> list[str]:
    """What differs from an ordinary hookimpl."""
    options = [name for name in ("tryfirst", "trylast", "wrapper") if getattr(row, name)]
    if row.is_async:
        options.append("async")
    if row.on_error == "reject":
        options.append("rejects on error")
    if row.timeout is not None:
        options.append(f"timeout {row.timeout:g} s")
    return options
