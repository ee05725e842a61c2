"""``mmhooks replay``: what would this plugin have done?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mmhooks.cli.logbook import LogBook
from mmhooks.cli.plugin import plugin_option, read_plugin
from mmhooks.cli.show import show
from mmhooks.cli.terminal import make_console
from mmhooks.cli.trial import Trial, run
from mmhooks.devhost import importer

_STAGES = {"structure": "Teams, channels, users", "posts": "Posts"}


@click.command()
@click.argument("export", type=click.Path(path_type=Path))
@plugin_option
@click.option("--json", "as_json", is_flag=True, help="The report as one JSON document on standard output.")
@click.option("--strict", is_flag=True, help="Stop at the first line that cannot be taken.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Stop after N posts.")
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep users, channels and posts in this SQLite file. [default: in memory]",
)
@click.option(
    "--log-level",
    type=click.Choice(["debug", "info", "warning", "error"]),
    help="Print the log as it comes, from this level on. [default: warnings and errors, in the report]",
)
def command(
    export: Path,
    plugin: Path,
    as_json: bool,
    strict: bool,
    limit: int | None,
    workspace: Path | None,
    log_level: str | None,
) -> int:
    """Play a Mattermost bulk EXPORT (.jsonl, .jsonl.gz, .zip) through a plugin and report what it did.

    The plugin runs in a process of its own, and a host in this process plays the server's part. Nothing
    leaves this computer.

    Exit codes: 0 done; 1 some lines could not be taken, or the plugin's process ended in the middle; 2
    nothing could be replayed.
    """
    trial = Trial(
        manifest=read_plugin(plugin),
        export=export,
        workspace=workspace,
        is_strict=strict,
        limit=limit,
        log_level=log_level or "info",
    )
    errors = make_console(stderr=True)
    book = LogBook(log_level, lambda line: errors.print(line, markup=False))
    with book.taking_over(), _bar(errors, is_shown=sys.stderr.isatty() and not as_json) as progress:
        report = run(trial, book, progress)
    if as_json:
        click.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        show(report, make_console())
    return report.exit_code


@contextmanager
def _bar(console: Console, *, is_shown: bool) -> Iterator[importer.Progress]:
    """A bar for each stage of an import."""
    columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not is_shown) as progress:
        tasks = {stage: progress.add_task(text, total=None, visible=False) for stage, text in _STAGES.items()}

        def tell(stage: str, done: int, total: int) -> None:
            progress.update(tasks[stage], completed=done, total=total, visible=True)

        yield tell
