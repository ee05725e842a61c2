"""``mmhooks host``: what the embedded host can do, and what is in its workspaces."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs
import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from mmhooks.cli.terminal import make_console
from mmhooks.devhost.coverage import Coverage, Kind, coverage
from mmhooks.errors import MmhooksError

if TYPE_CHECKING:
    from mmhooks.devhost.host import Host

_COLOURS: Final[dict[Kind, str]] = {"real": "green", "approximate": "yellow", "refused": "red"}


@click.group()
def command() -> None:
    """What the embedded host offers, and its workspaces as bulk files."""


@command.command("export")
@click.argument("workspace", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def export_command(workspace: Path, target: Path, as_json: bool) -> None:
    """Write a WORKSPACE (an SQLite file) as a bulk file that a Mattermost server imports.

    TARGET ends in .jsonl, or in .zip to have the files of posts in it too.
    """
    from mmhooks.devhost.exporter import export

    if target.suffix not in (".jsonl", ".zip"):
        raise MmhooksError(f"{target}: end the name in .jsonl, or in .zip to have files in it too")
    with _opened(workspace, must_exist=True) as host, _bar("Posts", is_shown=not as_json) as tell:
        counts = export(host, target, tell)
    _say(as_json, target, dict(counts))


@command.command("import")
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False))
@click.argument("workspace", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--strict", is_flag=True, help="Stop at the first line that cannot be taken.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def import_command(source: Path, workspace: Path, strict: bool, as_json: bool) -> int:
    """Read a bulk file (.jsonl, .jsonl.gz, .zip) into a WORKSPACE (an SQLite file), made if it is not there.

    No plugin is asked. Exit codes: 0 done; 1 some lines could not be taken; 2 nothing could be read.
    """
    from mmhooks.devhost.importer import Importer

    if not source.is_file():
        raise MmhooksError(f"{source}: no such file; name a bulk export (.jsonl, .jsonl.gz or .zip)")
    with _opened(workspace, must_exist=False) as host, _bar("Lines", is_shown=not as_json) as tell:
        summary = Importer(host, source).run(lambda stage, done, total: tell(done, total), strict)
    counts = {**summary.structure, "post": summary.posts, "reply": summary.replies}
    counts |= {"direct_post": summary.direct_posts, "reaction": summary.reactions}
    counts |= {"attachment": summary.attachments}
    for problem in summary.errors[:20]:
        click.echo(f"{source}: line {problem.line}: {problem.reason}", err=True)
    if len(summary.errors) > 20:
        click.echo(f"{source}: and {len(summary.errors) - 20} lines more", err=True)
    _say(as_json, workspace, {**counts, "errors": len(summary.errors)})
    return 1 if summary.errors else 0


@contextmanager
def _opened(workspace: Path, *, must_exist: bool) -> Iterator[Host]:
    from mmhooks.devhost.host import Host
    from mmhooks.devhost.store import Store

    if must_exist and not workspace.is_file():
        raise MmhooksError(f"{workspace}: no such workspace; name the SQLite file of one")
    with Host(Store(workspace)) as host:
        yield host


@contextmanager
def _bar(title: str, *, is_shown: bool) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn())
    console = make_console(stderr=True)
    is_shown = is_shown and sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=not is_shown) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _say(as_json: bool, file: Path, counts: dict[str, int]) -> None:
    if as_json:
        click.echo(json.dumps({"file": str(file), "counts": counts}, indent=2))
        return
    shown = ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in counts.items() if count)
    make_console().print(f"{file}: {shown or 'nothing'}", markup=False, soft_wrap=True)


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
