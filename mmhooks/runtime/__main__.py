"""`python -m mmhooks.runtime`: one servant. Hosts start it; it answers with go-plugin's handshake line."""

from __future__ import annotations

import argparse
import asyncio
import gc
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import attrs

from mmhooks.bundle.manifest import read_manifest
from mmhooks.errors import MmhooksError
from mmhooks.runtime import debugger, log
from mmhooks.runtime.lifetime import RUN_FOLDER, Parent, end_event

if TYPE_CHECKING:
    from mmhooks.runtime.plugin import Plugin

API_TARGET = "MATTERMOST_PLUGIN_API_TARGET"
"""Environment variable: the address of the host's plugin API."""
API_FRAMES = "MATTERMOST_PLUGIN_API_FRAMES"
"""Environment variable: the unix socket where the host answers unary API calls in frames, if it does."""
TOKEN = "MATTERMOST_PLUGIN_API_TOKEN"
"""Environment variable: the secret that host and servant share."""
GRACE = 5.0
"""Seconds that calls under way have to end after SIGTERM."""

logger = logging.getLogger("mmhooks.servant")


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    token = os.environ.pop(TOKEN, "")  # not for child processes
    parent = Parent(os.environ.pop(RUN_FOLDER, ""))
    handshake = log.capture(logging.getLevelName(options.log_level.upper()))
    if options.tracebacks:
        logging.getLogger("mmhooks.compose").setLevel(logging.DEBUG)
    try:
        if options.debugpy:
            debugger.listen(options.debugpy, wait=options.wait_for_client)
        asyncio.run(_serve(options, token, handshake, parent))
    except MmhooksError as error:
        logger.error("%s", error)
        return 2
    finally:
        parent.end_with()
    return 0


async def _serve(options: argparse.Namespace, token: str, handshake: TextIO, parent: Parent) -> None:
    from mmhooks.runtime.plugin import open_plugin

    manifest = read_manifest(options.manifest)
    if options.no_deadlines:
        manifest = attrs.evolve(manifest, python=attrs.evolve(manifest.python, deadlines={}))
    address, folder = _address(options.listen)
    if not address.startswith("unix:") and not token:
        raise MmhooksError(
            f"{options.listen} is open to every local user; set {TOKEN}, or leave --listen out"
        )
    target, frames = os.environ.get(API_TARGET, ""), os.environ.get(API_FRAMES, "")
    plugin = await open_plugin(manifest, target, token, frames)
    try:
        await _until_end(plugin, address, "" if address.startswith("unix:") else token, handshake, parent)
    finally:
        await plugin.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


async def _until_end(plugin: Plugin, address: str, token: str, handshake: TextIO, parent: Parent) -> None:
    from mmhooks.runtime.servant import Servant

    ended = end_event(parent)
    servant = Servant(plugin.dispatcher, plugin.statistics, token=token)
    listening = await servant.start(address)
    network, _, place = listening.partition(":") if listening.startswith("unix:") else ("tcp", "", listening)
    print(f"1|1|{network}|{place}|grpc", file=handshake, flush=True)
    gc.freeze()  # what is there now stays: later collections need not look at it
    await ended.wait()
    await servant.stop(GRACE)


def _address(listen: str) -> tuple[str, Path | None]:
    """Where to listen; a unix socket in a fresh private folder unless told otherwise."""
    if listen:
        return listen, None
    folder = Path(tempfile.mkdtemp(prefix="mmhooks-", dir=os.environ.get("PLUGIN_UNIX_SOCKET_DIR") or None))
    return f"unix:{folder / 'servant.sock'}", folder


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mmhooks.runtime",
        description="Serves a plugin's hooks over gRPC. Hosts start it; to try a plugin, use 'mmhooks replay'.",
        epilog=f"Environment: {API_TARGET} (the host's plugin API, unix:PATH or HOST:PORT), {API_FRAMES}, {TOKEN}.",
    )
    parser.add_argument(
        "--manifest", default="plugin.json", metavar="FILE", help="the plugin.json (default: here)"
    )
    parser.add_argument(
        "--listen",
        default="",
        metavar="ADDRESS",
        help="unix:PATH or HOST:PORT (default: a private unix socket)",
    )
    parser.add_argument("--log-level", default="info", choices=["debug", "info", "warning", "error"])
    parser.add_argument("--no-deadlines", action="store_true", help="let hooks take as long as they like")
    parser.add_argument("--tracebacks", action="store_true", help="log where an import has failed")
    parser.add_argument("--debugpy", type=int, metavar="PORT", help="let debugpy's clients in, on loopback")
    parser.add_argument("--wait-for-client", action="store_true", help="begin once one has come")
    return parser


if __name__ == "__main__":
    sys.exit(main())
