"""``mmhooks deploy``: upload a bundle and enable it."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, BinaryIO, Final

import click
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from mmhooks.bundle.archive import Bundle, read_bundle
from mmhooks.cli.address import read_address
from mmhooks.cli.terminal import make_console
from mmhooks.errors import AppError, MmhooksError
from mmhooks.server.connection import Server, at_address, connected

NOT_RESTARTED: Final = "app.plugin.restart.app_error"
"""The id of the server's refusal when an upload replaced a running plugin and the new one does not start."""


@click.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "--wait",
    type=float,
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long it may take to start.",
)
@click.option(
    "--dev",
    "plugin",
    type=click.Path(path_type=Path),
    metavar="PLUGIN",
    help="To the running 'mmhooks dev' of this plugin.json, or of the folder with it.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def command(bundle: Path, wait: float, plugin: Path | None, as_json: bool) -> None:
    """Upload BUNDLE to a Mattermost server, in place of an older version, and enable it.

    The server: the socket of its local mode (MM_LOCALSOCKETPATH, or where servers put it) if there is one, else the
    address in MM_SERVICESETTINGS_SITEURL, with MM_ADMIN_TOKEN, or MM_ADMIN_USERNAME and MM_ADMIN_PASSWORD. With --dev
    it is the embedded host, where the bundle runs in the place of the plugin's files until one of those is saved.
    """
    read = read_bundle(bundle)
    begin = time.monotonic()
    with connected() if plugin is None else at_address(*read_address(plugin)) as server:
        _install(server, read)
        server.send("POST", f"/plugins/{read.manifest.id}/enable")
        server.wait_for(read.manifest.id, wait)
    seconds = time.monotonic() - begin
    manifest = read.manifest
    if as_json:
        document = {
            "id": manifest.id,
            "version": manifest.version,
            "server": server.name,
            "seconds": round(seconds, 1),
        }
        click.echo(json.dumps(document, indent=2))
    else:
        console = make_console()
        said = f"{manifest.name} {manifest.version} runs on {server.name}, after {seconds:.1f} s"
        console.print(said, markup=False, soft_wrap=True)


class _Watched:
    """A file that tells how much of it has been read."""

    def __init__(self, file: BinaryIO, progress: Progress, size: int) -> None:
        self._file = file
        self._progress = progress
        self._task = progress.add_task("upload", total=size)

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._progress.advance(self._task, len(data))
        return data

    def __getattr__(self, name: str) -> Any:  # httpx asks for the size
        return getattr(self._file, name)


def _install(server: Server, bundle: Bundle) -> None:
    """Upload a bundle; if the server cannot start the new version of a running plugin, say why."""
    try:
        _upload(server, bundle)
    except AppError as error:
        why = server.state(bundle.manifest.id)[1] if error.id == NOT_RESTARTED else ""
        if why:  # it is in the plugin's status only
            raise MmhooksError(f"{server.name}: {bundle.manifest.id} failed to start: {why}") from None
        raise


def _upload(server: Server, bundle: Bundle) -> None:
    console = make_console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    with bar as progress, bundle.path.open("rb") as file:
        watched = _Watched(file, progress, bundle.size)
        files = {"plugin": (bundle.path.name, watched, "application/gzip")}
        server.send("POST", "/plugins", data={"force": "true"}, files=files)
