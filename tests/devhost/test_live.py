"""A plugin that is started again when its files change: the last good version stays, and the workspace too."""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mmhooks.api.models import Channel, Post, Team, User
from mmhooks.bundle.archive import Bundle, pack, read_bundle
from mmhooks.devhost.config import overlay
from mmhooks.devhost.host import Host
from mmhooks.devhost.live import Live
from mmhooks.errors import AppError, MmhooksError

pytestmark = pytest.mark.slow

GOOD = """
from mmhooks import hookimpl

@hookimpl
def message_will_be_posted(post, api):
    api.kv_set("count", str(int(api.kv_get("count") or 0) + 1).encode())
    return post.evolve(message=f"{post.message} WORD")
"""


class Bench:
    """A plugin's files and the host that runs them."""

    def __init__(self, folder: Path, host: Host) -> None:
        self.folder = folder
        self.host = host
        self.events: queue.Queue[tuple[str, dict[str, Any]]] = queue.Queue()
        self.user = host.api.create_user(User(username="ann", email="a@example.com", password="Passw0rd!"))
        team = host.api.create_team(Team(name="team", display_name="T", type="O"))
        host.api.create_team_member(team.id, self.user.id)
        self.channel = host.api.create_channel(
            Channel(team_id=team.id, name="talk", display_name="T", type="O")
        )
        python = {"entry_point": "live_plugin", "packages": ["live_plugin"]}
        manifest = {"id": "com.example.live", "name": "L", "version": "1.0.0"}
        manifest["server"] = {"runtime": "python", "python": python}  # type: ignore[assignment]
        (folder / "plugin.json").write_text(json.dumps(manifest))

    def save(self, text: str) -> None:
        (self.folder / "live_plugin.py").write_text(text)

    def say(self, text: str = "hi") -> str:
        post = Post(user_id=self.user.id, channel_id=self.channel.id, message=text)
        return self.host.api.save_post(post).message

    def event(self, name: str) -> dict[str, Any]:
        """Wait for an event."""
        while True:
            happened, figures = self.events.get(timeout=20)
            if happened == name:
                return figures


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    with Host(plugin_id="com.example.live") as host:
        yield Bench(tmp_path, host)


@pytest.fixture
def live(bench: Bench) -> Iterator[Callable[[], Live]]:
    made: list[Live] = []

    def live() -> Live:
        made.append(
            Live(
                bench.host,
                bench.folder / "plugin.json",
                lambda name, figures: bench.events.put((name, figures)),
            )
        )
        return made[-1]

    yield live
    for one in made:
        one.close()


def test_saved_code_is_live_and_the_workspace_stays(bench: Bench, live: Callable[[], Live]) -> None:
    bench.save(GOOD)
    one = live()
    assert one.start()
    assert bench.say() == "hi WORD"
    bench.save(GOOD.replace("WORD", "OTHER"))
    assert one.reload(time.monotonic())
    print(f"live after {bench.event('reloaded')['ms']} ms")
    assert bench.say() == "hi OTHER"
    assert bench.host.api.kv_get("count") == b"2"


def test_saves_of_one_second_and_one_size_are_told_apart(bench: Bench, live: Callable[[], Live]) -> None:
    bench.save(GOOD)
    one = live()
    one.start()
    now = time.time()
    for word in ("KNOW", "THEN", "WHAT"):
        bench.save(GOOD.replace("WORD", word))
        os.utime(bench.folder / "live_plugin.py", (now, now))
        assert one.reload(time.monotonic())
        assert bench.say() == f"hi {word}"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("def (", "SyntaxError"),
        ("import no_such_module", "no_such_module"),
        (GOOD + "\n@hookimpl\ndef on_activate():\n    raise ValueError('not today')\n", "not today"),
        (GOOD.replace("message_will_be_posted", "message_will_be_postd"), "did you mean"),
    ],
)
def test_the_last_good_version_stays(bench: Bench, live: Callable[[], Live], broken: str, said: str) -> None:
    bench.save(GOOD)
    one = live()
    one.start()
    bench.save(broken)
    assert not one.reload(time.monotonic())
    failed = bench.event("failed")
    assert said in failed["error"]
    assert said in one.problem
    assert bench.say() == "hi WORD"
    bench.save(GOOD.replace("WORD", "MENDED"))
    assert one.reload(time.monotonic())
    assert bench.say() == "hi MENDED"
    assert not one.problem


def test_a_plugin_that_does_not_start_waits_for_a_save(bench: Bench, live: Callable[[], Live]) -> None:
    bench.save("import no_such_module")
    one = live()
    assert not one.start()
    assert not bench.event("failed")["stays"]
    assert bench.say() == "hi"
    bench.save(GOOD)
    assert one.reload(time.monotonic())
    assert bench.say() == "hi WORD"


def test_a_process_that_dies_is_started_again_but_not_for_ever(
    bench: Bench, live: Callable[[], Live]
) -> None:
    bench.save(GOOD)
    one = live()
    one.start()
    for number in range(3):
        servant = one.servant
        assert servant is not None
        os.kill(servant.pid, signal.SIGKILL)
        bench.event("ended")
        if number < 2:
            bench.event("started")
            assert bench.say() == "hi WORD"
    assert "again and again" in bench.event("failed")["error"]
    assert bench.say() == "hi"
    assert one.reload(time.monotonic())
    assert bench.say() == "hi WORD"


def test_switched_off_and_on(bench: Bench, live: Callable[[], Live]) -> None:
    bench.save(GOOD)
    one = live()
    one.start()
    assert bench.host.runner is not None
    bench.host.runner.switch(False)
    assert bench.say() == "hi"
    assert not one.reload(time.monotonic())  # saved while it is off
    bench.host.runner.switch(True)
    assert bench.say() == "hi WORD"


def pack_plugin(bench: Bench, version: str, text: str) -> Bundle:
    """A bundle without any package: it cannot run."""
    folder = bench.folder / "packed" / "com.example.live"
    (folder / "python" / "site-packages").mkdir(parents=True)
    manifest = json.loads((bench.folder / "plugin.json").read_text())
    (folder / "plugin.json").write_text(json.dumps({**manifest, "version": version}))
    (folder / "python" / "site-packages" / "live_plugin.py").write_text(text)
    pack(folder, bench.folder / "live.tar.gz")
    return read_bundle(bench.folder / "live.tar.gz")


def test_a_bundle_that_cannot_run_leaves_what_runs(bench: Bench, live: Callable[[], Live]) -> None:
    bench.save(GOOD)
    one = live()
    one.start()
    bundle = pack_plugin(bench, "2.0.0", GOOD)  # not even mmhooks is in it
    assert not one.unpack(bundle)()
    assert "mmhooks" in one.problem  # what is installed here does not help it
    assert bench.say() == "hi WORD"
    assert bench.host.manifest["version"] == "1.0.0"
    status = bench.host.api.get_plugin_status("com.example.live")
    assert (status.state, status.error) == (2, one.problem)
    with bundle.path.open("rb") as file, pytest.raises(AppError) as refusal:
        bench.host.api.install_uploaded(file, replace=True)
    assert refusal.value.id == "app.plugin.upload_disabled.app_error"
    bench.host.api.save_config(
        overlay(bench.host.api.get_config(), {"PluginSettings": {"EnableUploads": True}})
    )
    with bundle.path.open("rb") as file, pytest.raises(AppError) as refusal:
        bench.host.api.install_uploaded(file, replace=True)
    assert (refusal.value.status_code, refusal.value.id) == (500, "app.plugin.restart.app_error")


def test_a_bundle_comes_while_the_plugin_is_off(bench: Bench, live: Callable[[], Live]) -> None:
    bench.save(GOOD)
    one = live()
    one.start()
    one.switch(False)
    assert one.unpack(pack_plugin(bench, "2.0.0", GOOD))()
    folder = one.source.path.parent
    assert (bench.host.manifest["version"], one.servant) == ("2.0.0", None)
    one.switch(True)
    assert "mmhooks" in one.problem
    assert one.reload(time.monotonic())  # saved: the files run
    assert bench.say() == "hi WORD"
    assert bench.host.manifest["version"] == "1.0.0"
    assert not folder.exists()


def test_a_call_is_fired_again_with_the_code_as_it_is_now(bench: Bench, live: Callable[[], Live]) -> None:
    import base64

    bench.save(GOOD)
    one = live()
    one.start()
    traces: queue.Queue[dict[str, Any]] = queue.Queue()
    one.traces.subscribe(traces.put)
    bench.say("first")
    trace = traces.get(timeout=10)
    bench.save(GOOD.replace("WORD", "AGAIN"))
    one.reload(time.monotonic())
    post, _ = one.call_again(trace["hook"], base64.b64decode(trace["request"]))
    assert post.message == "first AGAIN"
    assert traces.get(timeout=10)["calls"][0]["result"]["message"] == "first AGAIN"
    with pytest.raises(MmhooksError, match="no package implements user_will_log_in"):
        one.call_again("user_will_log_in", b"")
