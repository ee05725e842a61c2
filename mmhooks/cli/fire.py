"""``mmhooks fire``: call one hook by hand."""

from __future__ import annotations

import json
import queue
import sys
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console
from rich.table import Table

from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.http import Response
from mmhooks.api.stream import ByteStream
from mmhooks.cli.logbook import LogBook
from mmhooks.cli.plugin import own_code_found, plugin_option, read_plugin
from mmhooks.cli.terminal import make_console
from mmhooks.devhost.host import Host
from mmhooks.devhost.process import ServantProcess
from mmhooks.devhost.sample import Sample
from mmhooks.devhost.store import MEMORY, Store
from mmhooks.errors import AppError, MmhooksError
from mmhooks.runtime.nearest import did_you_mean
from mmhooks.runtime.trace import plain

_TRACE_SECONDS = 10.0


@click.command()
@click.argument("hook")
@click.option(
    "--json",
    "given",
    type=click.File("r", encoding="utf-8"),
    metavar="FILE|-",
    help='Arguments by name, of models only the fields that matter: {"post": {"message": "hi"}}.',
)
@plugin_option
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Take users, channels and posts from this SQLite file. [default: a small one in memory]",
)
def command(hook: str, given: IO[str] | None, plugin: Path, workspace: Path | None) -> int:
    """Call HOOK, such as message_will_be_posted, of a plugin; arguments not given get sensible values.

    Standard output gets the whole call as one JSON document: who was called with what, what each returned, what
    it asked of the API, what it logged. A terminal gets a short form of it too.

    Exit codes: 0 done; 1 a hookimpl failed; 2 nothing could be called.
    """
    if hook not in HOOKS:
        raise MmhooksError(
            f"there is no hook {hook!r}{did_you_mean(hook, HOOKS) or '; docs/reference/hooks.md has all'}"
        )
    arguments = _read(given)
    manifest = read_plugin(plugin)
    folder = Path(manifest.source).resolve().parent
    book = LogBook(None, lambda line: None)
    host = Host(Store(workspace or MEMORY, durable=False), manifest=manifest.raw, bundle_path=folder)
    with host, own_code_found(manifest):
        servant = ServantProcess(Path(manifest.source), host.api, on_log=book.add_servant)
        try:
            trace = _fire(host, servant, hook, arguments)
        finally:
            host.detach()
            servant.close()
    click.echo(json.dumps(trace, ensure_ascii=False, indent=2))
    _show(trace, make_console(stderr=True))
    return 1 if trace["outcome"] == "error" else 0


def _read(given: IO[str] | None) -> dict[str, Any]:
    if given is None:
        return {}
    try:
        value = json.load(given)
    except ValueError as error:
        raise MmhooksError(f"{given.name}: this is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise MmhooksError(
            f'{given.name}: give an object with arguments by name: {{"post": {{"message": "hi"}}}}'
        )
    return value


def _fire(host: Host, servant: ServantProcess, hook: str, given: dict[str, Any]) -> dict[str, Any]:
    implemented = servant.hooks.implemented()
    if hook not in implemented:
        others = ", ".join(sorted(implemented)) or "none"
        raise MmhooksError(
            f"no package of this plugin implements {hook}; those that are implemented: {others}"
        )
    sample = Sample(host)
    host.declare(servant.settings())
    host.attach(servant.hooks)
    if hook != "on_activate" and "on_activate" in implemented:
        servant.hooks.call("on_activate")
    values = sample.arguments(hook, given)
    host.drain(_TRACE_SECONDS)
    traces: queue.Queue[dict[str, Any]] = queue.Queue()
    stop = servant.trace(traces.put)
    answer: Any
    try:
        answer = servant.hooks.call(hook, *values)
    except AppError as error:
        answer = error
    answer = _whole(answer)
    while (trace := traces.get(timeout=_TRACE_SECONDS))["hook"] != hook:
        pass
    stop()
    return {**trace, "answer": plain(answer)}


def _whole(answer: Any) -> Any:
    """An answer with the content of its streams."""
    if isinstance(answer, tuple):
        return [_whole(part) for part in answer]
    if isinstance(answer, Response):
        body = answer.body.read() if isinstance(answer.body, ByteStream) else b""
        headers = [list(line) for line in answer.headers]
        return {"status": answer.status, "headers": headers, "body": body.decode(errors="replace")}
    return answer.read().decode(errors="replace") if isinstance(answer, ByteStream) else answer


def _show(trace: dict[str, Any], console: Console) -> None:
    if not sys.stderr.isatty():
        return
    table = Table(
        box=None, header_style="bold", title=f"{trace['hook']}: {trace['outcome']}", title_justify="left"
    )
    for title in ("package", "returned", "ms"):
        table.add_column(title, overflow="fold", justify="right" if title == "ms" else "left")
    for call in trace["calls"]:
        said = call["error"]["message"] if call["error"] else json.dumps(call["result"], ensure_ascii=False)
        table.add_row(call["package"], said[:200], f"{call['milliseconds']:.2f}")
    console.print(table)
