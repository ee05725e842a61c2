"""``mmhooks build``: the bundle to upload."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Final

import click
from rich.markup import escape

from mmhooks.bundle.builder import Built, build
from mmhooks.cli.terminal import make_console

_USUAL_LIMIT: Final = 100 << 20
"""Bytes that a server takes in one upload unless FileSettings.MaxFileSize says otherwise."""
_WIDTH: Final = 90


@click.command()
@click.argument("plugin", type=click.Path(path_type=Path), default=Path(), metavar="[PATH]")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Where to. [default: dist/]"
)
@click.option("--bridge", type=click.Path(path_type=Path), metavar="BINARY", help="Take this bridge.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def command(plugin: Path, output: Path | None, bridge: Path | None, as_json: bool) -> None:
    """Make the .tar.gz that a Mattermost server takes.

    PATH is the plugin.json or the folder with it. Into the bundle go: the bridge, mmhooks, the packages in this folder
    and directly below it (those with a pyproject.toml), what requirements.txt names, and all that they need. It is for
    servers of this machine's kind, with a Python of this version.
    """
    console = make_console(stderr=True)
    begin = time.monotonic()
    with console.status("building") as status:

        def report(words: str) -> None:
            status.update(escape(words[:_WIDTH]))

        built = build(
            plugin, output, bridge=bridge, report=report, progress=lambda part: report(f"packing, {part:.0%}")
        )
    seconds = time.monotonic() - begin
    if as_json:
        click.echo(json.dumps(_document(built, seconds), indent=2))
    else:
        _show(built, seconds)
    if built.bundle.size > _USUAL_LIMIT:
        limit = "the server takes 100 MB unless FileSettings.MaxFileSize is raised"
        console.print(f"The bundle is large: {limit}.", style="yellow")


def _document(built: Built, seconds: float) -> dict[str, object]:
    bundle = built.bundle
    return {
        "bundle": str(bundle.path),
        "id": bundle.manifest.id,
        "version": bundle.manifest.version,
        "bytes": bundle.size,
        "unpacked_bytes": bundle.unpacked,
        "files": len(bundle.files),
        "sha256": bundle.sha256,
        "platform": built.platform,
        "python": built.python,
        "hooks": built.hooks,
        "seconds": round(seconds, 1),
    }


def _show(built: Built, seconds: float) -> None:
    bundle = built.bundle
    console = make_console()
    console.print(str(bundle.path), style="bold", markup=False, soft_wrap=True)
    python = f"Python {built.python}" if built.python else "any Python that mmhooks runs on"
    console.print(
        f"{bundle.manifest.name} {bundle.manifest.version}: {bundle.size / 1e6:.1f} MB, {len(bundle.files):,} files, "
        f"{len(built.hooks)} hooks, in {seconds:.0f} s; for {built.platform} with {python}",
        markup=False,
        soft_wrap=True,
    )
