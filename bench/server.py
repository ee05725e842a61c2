"""Posts through a real Mattermost server: without a plugin, with one in Go, with its twin in Python."""

from __future__ import annotations

import io
import json
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench.measure import Row
from tests.e2e.server import changed, postgres_programs, running, until
from tests.server.build import server_folder

TOP = Path(__file__).parents[1]
GO_ID, PYTHON_ID = "org.example.native", "org.example.twin"
POSTS, WRITERS = 60, 8
TWIN = """
from mmhooks import hookimpl

@hookimpl
def message_will_be_posted(post):
    return post.evolve(message=post.message.upper())
"""


def run(rounds: int) -> list[Row]:
    """The plugins are enabled in turns, on one server; medians over the rounds."""
    if shutil.which("go") is None or postgres_programs() is None:
        print("bench: the real server is left out: it needs go and PostgreSQL", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory() as folder:
        bundles = {GO_ID: _go_bundle(Path(folder)), PYTHON_ID: _python_bundle(Path(folder))}
        python = Path(getattr(sys, "_base_executable", sys.executable)).parent
        with running(server_folder(), python) as server:
            for bundle in bundles.values():
                with bundle.open("rb") as file:
                    server.admin.send("POST", "/plugins", files={"plugin": file})
            return _rows(_measure(server, rounds))


def _go_bundle(folder: Path) -> Path:
    executable, bundle = folder / "goplugin", folder / "go.tar.gz"
    source = "./cmd/mmhooks-bridge/testdata/goplugin"
    subprocess.run(["go", "build", "-o", executable, source], cwd=TOP / "bridge", check=True)
    manifest = {"id": GO_ID, "name": "Native", "version": "1.0.0", "server": {"executable": "goplugin"}}
    text = json.dumps(manifest).encode()
    with tarfile.open(bundle, "w:gz", compresslevel=1) as archive:
        info = tarfile.TarInfo("plugin/plugin.json")
        info.size = len(text)
        archive.addfile(info, io.BytesIO(text))
        archive.add(executable, "plugin/goplugin")
    return bundle


def _python_bundle(folder: Path) -> Path:
    moderation, bundle = folder / "moderation.tar.gz", folder / "python.tar.gz"
    build = "from mmhooks.cli.main import main; main()"
    command = [sys.executable, "-c", build, "build", TOP / "examples" / "moderation", "--output", moderation]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def change(document: dict[str, Any]) -> None:
        document.update(id=PYTHON_ID, name="Twin")
        document["server"]["python"].update(entry_point="twin", packages=["twin"])

    return Path(changed(moderation, bundle, change, twin=TWIN))


def _measure(server: Any, rounds: int) -> dict[str, list[float]]:
    """Milliseconds for one post after the other, and posts a second by several writers, of each round."""
    writer = server.user("ann")
    channel = server.channel("bench", writer)
    found: dict[str, list[float]] = {}
    for round_ in range(rounds + 1):
        for plugin in ("", GO_ID, PYTHON_ID):
            _enable(server, plugin)
            times = [_post(writer, channel, bool(plugin)) for _ in range(POSTS)][POSTS // 6 :]
            start = time.perf_counter()
            with ThreadPoolExecutor(WRITERS) as pool:
                list(pool.map(lambda _: _post(writer, channel, bool(plugin)), range(POSTS * 2)))  # noqa: B023  # ends within
            seconds = time.perf_counter() - start
            if round_:  # the first one warms up
                found.setdefault(f"{plugin} p50", []).append(statistics.median(times))
                found.setdefault(f"{plugin} rate", []).append(POSTS * 2 / seconds)
    return found


def _enable(server: Any, plugin: str) -> None:
    for other in {GO_ID, PYTHON_ID} - {plugin}:
        server.admin.post(f"/plugins/{other}/disable")
    if plugin:
        server.admin.post(f"/plugins/{plugin}/enable")
        until(lambda: server.status(plugin)["state"] == 2, f"{plugin} runs")


def _post(writer: Any, channel: Any, is_changed: bool) -> float:
    start = time.perf_counter()
    post = writer.say(channel, "a message of ordinary length, as people write.")
    seconds = time.perf_counter() - start
    assert post["message"].startswith("A MESSAGE" if is_changed else "a message"), post
    return seconds * 1e3


def _rows(found: dict[str, list[float]]) -> list[Row]:
    value = {name: statistics.median(values) for name, values in found.items()}
    titles = {PYTHON_ID: "the Python plugin", GO_ID: "the Go plugin", "": "no plugin"}
    rows = []
    for ours, floor, aim in ((PYTHON_ID, GO_ID, 1.25), (PYTHON_ID, "", 0.0), (GO_ID, "", 0.0)):
        title = f"server: a post, {titles[ours]}"
        rows.append(Row(title, titles[floor], value[f"{ours} p50"], value[f"{floor} p50"], "ms", aim))
        rate = (value[f"{ours} rate"], value[f"{floor} rate"])
        rows.append(Row(f"{title}, {WRITERS} writers", titles[floor], *rate, "/s"))
    return rows
