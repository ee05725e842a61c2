"""``mmhooks trace``: what the console shows of hook calls, in a terminal or for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from mmhooks.api._generated.hooks import HOOKS
from mmhooks.cli.address import read_address
from mmhooks.cli.plugin import plugin_option
from mmhooks.cli.terminal import make_console
from mmhooks.errors import MmhooksError
from mmhooks.runtime.nearest import did_you_mean

if TYPE_CHECKING:
    import httpx

_STYLES = {"changed": "cyan", "rejected": "yellow", "error": "red", "result": "green"}
_SHOWN = 200


@click.command()
@plugin_option
@click.option("--hook", default="", help="Only calls of this hook.")
@click.option("--follow", is_flag=True, help="Go on with each new call, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each call, a line each.")
def command(plugin: Path, hook: str, follow: bool, as_json: bool) -> None:
    """Print the calls of hooks that the running 'mmhooks dev' of a plugin has seen, oldest first.

    With --json all that the console shows of a call: arguments, packages in order with what each returned, API calls,
    logs, time, result.
    """
    if hook and hook not in HOOKS:
        raise MmhooksError(
            f"there is no hook {hook!r}{did_you_mean(hook, HOOKS) or '; docs/reference/hooks.md has all'}"
        )
    if find_spec("httpx") is None:
        raise MmhooksError("'mmhooks trace' needs httpx; install it: pip install 'mmhooks[dev-server]'")
    console = make_console()
    try:
        with _connected(plugin) as http:
            for trace in _followed(http, hook) if follow else _kept(http, hook):
                if as_json:
                    click.echo(json.dumps(trace, ensure_ascii=False))
                else:
                    _show(trace, console)
    except KeyboardInterrupt:
        pass  # that is how following ends


@contextmanager
def _connected(plugin: Path) -> Iterator[httpx.Client]:
    import httpx

    url, token = read_address(plugin)
    headers = {"Authorization": f"Bearer {token}"}
    try:
        with httpx.Client(base_url=f"{url}/console/api", headers=headers, trust_env=False) as http:
            yield http
    except httpx.HTTPStatusError as error:
        raise MmhooksError(
            f"{url}: another program answers there now ({error.response.status_code}); start 'mmhooks dev' again"
        ) from None
    except httpx.HTTPError:
        raise MmhooksError(f"{url}: 'mmhooks dev' does not answer there; start it again") from None


def _kept(http: httpx.Client, hook: str, after: int = 0) -> list[dict[str, Any]]:
    answer = http.get("/traces", params={"hook": hook, "after": after})
    answer.raise_for_status()
    traces: list[dict[str, Any]] = answer.json()["traces"]
    return traces


def _followed(http: httpx.Client, hook: str) -> Iterator[dict[str, Any]]:
    """Those that are there, then each new one; the news only say that there is something to ask for."""
    last = 0
    with http.stream("GET", "/events", timeout=None) as news:
        news.raise_for_status()
        for line in news.iter_lines():
            if line in (": hello", "event: trace"):
                for trace in _kept(http, hook, last):
                    last = max(last, trace["number"])
                    yield trace


def _show(trace: dict[str, Any], console: Console) -> None:
    at = datetime.fromtimestamp(trace["at"] / 1000).strftime("%H:%M:%S")
    outcome = f"[{_STYLES.get(trace['outcome'], 'dim')}]{trace['outcome']}[/]"
    head = f"[dim]{at}[/] [bold]{escape(trace['hook'])}[/] {outcome} [dim]{trace['milliseconds']:.2f} ms[/]"
    console.print(head, soft_wrap=True)
    for call in trace["calls"]:
        error = call["error"]
        said = error["message"] if error else json.dumps(call["result"], ensure_ascii=False)
        console.print(Text(f"  {call['package']} → {said[:_SHOWN]}"), soft_wrap=True)
    for call in trace["api"]:
        console.print(Text(f"  api.{call['method']}", style="dim"), soft_wrap=True)
    for line in trace["logs"]:
        console.print(Text(f"  {line['level']}: {line['message']}", style="dim"), soft_wrap=True)
