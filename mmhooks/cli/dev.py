"""``mmhooks dev``: a plugin from its files, and again whenever one is saved."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.text import Text

from mmhooks.bundle.builder import check_python
from mmhooks.bundle.manifest import read_manifest
from mmhooks.cli.address import is_loopback
from mmhooks.cli.terminal import make_console
from mmhooks.errors import MmhooksError
from mmhooks.server.connection import DEFAULT_SOCKET, SOCKET, at_socket

_USUAL: Final = "-"
"""``--server`` without a value."""
_DEBUG_PORT: Final = 5678
_FOR_SERVER: Final = ("httpx", "watchfiles")
_FOR_HOST: Final = ("jinja2", "python_multipart", "starlette", "uvicorn", "watchfiles", "websockets")
_STYLES: Final = {"debug": "dim", "info": "", "warn": "yellow", "error": "red"}
_LEVELS: Final = tuple(_STYLES)


@click.command()
@click.argument("plugin", type=click.Path(path_type=Path), default=Path(), metavar="[PATH]")
@click.option(
    "--server",
    is_flag=False,
    flag_value=_USUAL,
    metavar="[SOCKET]",
    help=f"The socket of a Mattermost server's local mode. [default: {SOCKET}, or {DEFAULT_SOCKET}]",
)
@click.option(
    "--workspace",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where users, channels and posts are kept. [default: .mmhooks/workspace.db beside plugin.json]",
)
@click.option("--memory", is_flag=True, help="Keep the workspace in memory alone.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default="any that is free", metavar="PORT"
)
@click.option(
    "--listen", metavar="ADDRESS", help="Listen there instead of on loopback. Others can reach it then."
)
@click.option(
    "--debugpy",
    is_flag=False,
    flag_value=_DEBUG_PORT,
    type=click.IntRange(1, 65535),
    metavar="[PORT]",
    help=f"Let a debugger in, on loopback. [default: {_DEBUG_PORT}]",
)
@click.option("--wait-for-client", is_flag=True, help="Begin once the debugger has come.")
@click.option("--deadlines", is_flag=True, help="Let hooks run out of time, as in a bundle.")
@click.option(
    "--log-level", type=click.Choice(_LEVELS), default="info", show_default=True, help="What is shown."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each event, a line each.")
def command(
    plugin: Path,
    server: str | None,
    workspace: Path | None,
    memory: bool,
    port: int,
    listen: str | None,
    debugpy: int | None,
    wait_for_client: bool,
    deadlines: bool,
    log_level: str,
    as_json: bool,
) -> None:
    """Run a plugin from its files, and again whenever one is saved. Ctrl-C ends it.

    PATH is the plugin.json or the folder with it. Python runs here, with this interpreter and its packages. Without
    --server the embedded host plays the server, with a console in the browser. A Mattermost server has to run on this
    machine with ServiceSettings.EnableLocalMode; nothing is installed there.
    """
    if server is not None and (workspace or memory or port or listen):
        raise MmhooksError(
            "--workspace, --memory, --port and --listen are of the embedded host; leave --server out"
        )
    if workspace and memory:
        raise MmhooksError("--memory keeps no workspace; leave out either it or --workspace")
    if wait_for_client and debugpy is None:
        raise MmhooksError("--wait-for-client waits for the client of --debugpy; say --debugpy too")
    _check_packages(_FOR_SERVER if server is not None else _FOR_HOST, is_debugging=debugpy is not None)
    manifest = read_manifest(plugin)
    if manifest.runtime != "python":
        raise MmhooksError(
            f'{manifest.source}: server.runtime: is not "python", so this is no plugin of mmhooks'
        )
    check_python(manifest)
    runtime = ["--tracebacks", "--log-level", {"warn": "warning"}.get(log_level, log_level)]
    runtime += [] if deadlines else ["--no-deadlines"]
    runtime += ["--debugpy", str(debugpy)] if debugpy is not None else []
    runtime += ["--wait-for-client"] if wait_for_client else []
    show = _as_json if as_json else _Printer(make_console(), _LEVELS.index(log_level))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if server is None:
            _run_here(plugin, runtime, workspace, memory, listen, port, show)
            return
        from mmhooks.cli.development import Options, Session

        with at_socket(_listening(server)) as found:
            options = Options(runtime=runtime, has_deadlines=deadlines)
            Session(plugin, found, options, show).run()
    except KeyboardInterrupt:
        pass  # that is how it ends


def _run_here(
    plugin: Path,
    runtime: list[str],
    workspace: Path | None,
    is_in_memory: bool,
    listen: str | None,
    port: int,
    show: Callable[[str, dict[str, Any]], object],
) -> None:
    from mmhooks.cli.local import LocalOptions, LocalSession

    if listen and not is_loopback(listen):
        click.echo(
            f"mmhooks: warning: on {listen} everybody in this network can talk to the host, and log in with the "
            "password that a first run prints; only the console needs its token",
            err=True,
        )
    options = LocalOptions(
        runtime=runtime,
        workspace=workspace,
        is_in_memory=is_in_memory,
        listen=listen or "127.0.0.1",
        port=port,
    )
    LocalSession(plugin, options, show).run()


def _check_packages(needed: tuple[str, ...], *, is_debugging: bool) -> None:
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        raise MmhooksError(
            f"'mmhooks dev' needs {' and '.join(missing)}; install what it needs: pip install 'mmhooks[dev-server]'"
        )
    if is_debugging and find_spec("debugpy") is None:
        raise MmhooksError("--debugpy needs debugpy; install it: pip install debugpy")


def _listening(given: str) -> str:
    """The socket, somebody listening at it.

    Raises:
        MmhooksError: nobody does.
    """
    import socket

    path = (os.environ.get(SOCKET) or DEFAULT_SOCKET) if given == _USUAL else given
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(path)
        except OSError as error:
            raise MmhooksError(
                f"{path}: no server in local mode listens there ({error.strerror or error}); set "
                f"ServiceSettings.EnableLocalMode, or name its socket with --server or {SOCKET}"
            ) from None
    return path


def _as_json(event: str, figures: dict[str, Any]) -> None:
    click.echo(json.dumps({"event": event, **figures}, default=str))


class _Printer:
    """Shows events to people.

    Args:
        console: where.
        level: the place in `_LEVELS` from which on log lines are shown.
    """

    def __init__(self, console: Console, level: int) -> None:
        self._console = console
        self._level = level

    def __call__(self, event: str, figures: dict[str, Any]) -> None:
        shown: Callable[[dict[str, Any]], None] | None = getattr(self, f"_{event}", None)
        if shown is not None:
            shown(figures)

    def _say(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style), soft_wrap=True)

    def _attached(self, figures: dict[str, Any]) -> None:
        self._say(
            "{id} {version} is attached to {server}, after {ms} ms; Ctrl-C ends it".format(**figures), "bold"
        )

    def _listening(self, figures: dict[str, Any]) -> None:
        self._say("{id} {version} on the embedded host; Ctrl-C ends it".format(**figures), "bold")
        self._say(f"  console    {figures['console']}", "cyan")
        self._say(f"  server     {figures['url']}")
        kept = figures["workspace"]
        self._say(f"  workspace  {'in memory' if kept == ':memory:' else kept}")
        if "users" in figures:
            names = ", ".join(figures["users"])
            self._say(f"  users      {names}, with the password {figures['password']}")

    def _started(self, figures: dict[str, Any]) -> None:
        self._say(f"live after {figures['ms']} ms", "green")

    def _ended(self, figures: dict[str, Any]) -> None:
        self._say(f"the plugin's process has ended with {figures['code']}", "red")

    def _saved(self, figures: dict[str, Any]) -> None:
        self._say(f"{', '.join(figures['files'])} saved", "dim")

    def _reloaded(self, figures: dict[str, Any]) -> None:
        self._say(f"live after {figures['ms']} ms", "green")

    def _installed(self, figures: dict[str, Any]) -> None:
        text = "the bundle {version} runs in the place of the files, after {ms} ms; a save puts them back"
        self._say(text.format(**figures), "green")

    def _hooks_changed(self, figures: dict[str, Any]) -> None:
        self._say("the hooks have changed: attaching again", "dim")

    def _failed(self, figures: dict[str, Any]) -> None:
        self._say(figures["error"], "red")
        self._say(
            "the last good version stays" if figures["stays"] else "nothing runs; waiting for a save",
            "yellow",
        )

    def _detached(self, figures: dict[str, Any]) -> None:
        self._say(f"detached from {figures['server']}")

    def _log(self, figures: dict[str, Any]) -> None:
        if _LEVELS.index(figures["level"]) < self._level:
            return
        fields = dict(figures["fields"])
        traceback, logger = fields.pop("traceback", ""), fields.pop("logger", "")
        more = "".join(f" {key}={value}" for key, value in fields.items())
        source = f"{logger}: " if logger else ""
        self._say(f"{figures['level']:5} {source}{figures['message']}{more}", _STYLES[figures["level"]])
        if traceback:
            self._say(str(traceback).rstrip(), "dim")
