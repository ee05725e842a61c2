"""``mmhooks dev`` on the embedded host: one command, a workspace that stays, saves that are live."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mmhooks.bundle.builder import build
from tests.devhost.console.conftest import PLUGIN, SECONDS, Development

pytestmark = pytest.mark.slow


def act_as(running: Development, name: str) -> Callable[..., Any]:
    """Log in with the first world's password; return what makes REST calls."""
    client = running.client()
    body = {"login_id": name, "password": "Mattermost-1"}
    token = client.post("/api/v4/users/login", json=body).headers["Token"]
    client.headers["Authorization"] = f"Bearer {token}"

    def call(method: str, path: str, **options: Any) -> Any:
        return client.request(method, f"/api/v4{path}", **options).json()

    return call


def square(call: Callable[..., Any]) -> str:
    return str(call("GET", "/teams/name/team/channels/name/town-square")["id"])


def test_the_workspace_stays_and_the_first_world_is_made_once(develop: Callable[..., Development]) -> None:
    first = develop()
    first.wait_for("started")
    ann = act_as(first, "ann")
    assert (
        ann("POST", "/posts", json={"channel_id": square(ann), "message": "teh end"})["message"] == "the end"
    )
    assert first.stop() == 0
    second = develop()
    assert (second.folder / ".mmhooks" / "workspace.db").is_file()
    bob = act_as(second, "bob")
    posts = bob("GET", f"/channels/{square(bob)}/posts")["posts"].values()
    assert "the end" in [post["message"] for post in posts]
    assert len(second.client().get("/console/api/workspace").json()["users"]) == 3


def test_saves_are_live_and_broken_ones_leave_the_last_good_version(
    develop: Callable[..., Development],
) -> None:
    running = develop("--memory")
    running.wait_for("started")
    ann = act_as(running, "ann")
    body = {"channel_id": square(ann), "message": "teh end"}
    running.save(PLUGIN.replace('"the"', '"THE"'))
    reloaded = running.wait_for("reloaded")
    assert ann("POST", "/posts", json=body)["message"] == "THE end"
    print(f"live after {reloaded['ms']} ms")
    running.save("def (")
    failed = running.wait_for("failed")
    assert failed["stays"]
    assert "SyntaxError" in failed["error"]
    assert "SyntaxError" in running.client().get("/console/api/state").json()["problem"]
    assert ann("POST", "/posts", json=body)["message"] == "THE end"
    (running.folder / "plugin.json").write_text("{")
    assert "not JSON" in running.wait_for("failed")["error"]


def test_a_plugin_that_does_not_start_waits_for_a_save(
    plugin: Path, develop: Callable[..., Development]
) -> None:
    (plugin / "helpdesk.py").write_text("import no_such_module")
    running = develop("--memory")
    failed = running.wait_for("failed")
    assert "no_such_module" in failed["error"]
    assert not failed["stays"]
    state = running.client().get("/console/api/plugin").json()
    assert not state["running"]
    assert "no_such_module" in state["problem"]
    running.save(PLUGIN)
    running.wait_for("reloaded")
    assert running.client().get("/console/api/plugin").json()["packages"] == ["helpdesk"]


@pytest.mark.index
def test_a_deployed_bundle_runs_until_a_save(
    plugin: Path, develop: Callable[..., Development], tmp_path: Path
) -> None:
    bridge = tmp_path / "bridge"
    bridge.write_bytes(b"\x7fELF")  # the host needs none
    bundle = build(plugin, output=tmp_path / "helpdesk.tar.gz", bridge=bridge).bundle.path
    running = develop("--memory")
    running.wait_for("started")
    ann = act_as(running, "ann")
    body = {"channel_id": square(ann), "message": "teh end"}
    running.save(PLUGIN.replace('"the"', '"THE"'))
    running.wait_for("reloaded")
    assert ann("POST", "/posts", json=body)["message"] == "THE end"
    by_password = {"MM_SERVICESETTINGS_SITEURL": running.url, "MM_ADMIN_USERNAME": "admin"}
    done = mmhooks("deploy", str(bundle), **by_password)
    assert (done.returncode, done.stderr.count("a password is not enough")) == (2, 1), done.stderr
    done = mmhooks("deploy", str(bundle), "--dev", str(plugin))
    assert done.returncode == 0, done.stderr
    print(f"runs after {running.wait_for('installed')['ms']} ms")
    assert ann("POST", "/posts", json=body)["message"] == "the end"  # as it was when it was packed
    shown = running.client().get("/console/api/plugin").json()
    assert (shown["is_bundle"], shown["packages"], shown["problem"]) == (True, ["helpdesk"], "")
    running.save(PLUGIN.replace('"the"', '"A"'))
    running.wait_for("reloaded")
    assert ann("POST", "/posts", json=body)["message"] == "A end"


def mmhooks(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of ours with the first world's password."""
    command = [sys.executable, "-c", "from mmhooks.cli.main import main; main()", *arguments]
    variables = {**os.environ, "MM_ADMIN_PASSWORD": "Mattermost-1", **environment}
    return subprocess.run(
        command, env=variables, capture_output=True, text=True, timeout=SECONDS, check=False
    )


def test_the_site_is_where_the_host_listens(develop: Callable[..., Development]) -> None:
    running = develop("--memory")
    admin = act_as(running, "admin")
    config = admin("GET", "/config")
    assert config["ServiceSettings"]["SiteURL"] == running.url
    assert config["PluginSettings"]["EnableUploads"]


def test_the_token_of_the_run_is_an_administrators(develop: Callable[..., Development]) -> None:
    running = develop("--memory")
    client = running.client()  # it has the token
    assert client.get("/api/v4/users/me").json()["username"] == "admin"
    client.headers["Authorization"] = f"Bearer {running.token[:-1]}"
    assert client.get("/api/v4/users/me").status_code == 401


def test_who_reaches_it_from_elsewhere_reaches_nothing_behind_it(
    develop: Callable[..., Development],
) -> None:
    running = develop("--memory", "--listen", "0.0.0.0")
    admin = act_as(running, "admin")
    settings = admin("GET", "/config")["ServiceSettings"]
    assert settings["AllowedUntrustedInternalConnections"] == ""


def test_no_process_is_left(develop: Callable[..., Development]) -> None:
    running = develop("--memory")
    running.wait_for("started")
    pid = running.client().get("/console/api/state").json()["pid"]
    assert os.path.exists(f"/proc/{pid}")
    with running.client().stream("GET", "/console/api/events") as news:  # an open console holds up nothing
        next(news.iter_lines())
        assert running.stop() == 0
        with contextlib.suppress(Exception):
            news.read()
    assert not os.path.exists(f"/proc/{pid}")


def refused(plugin: Path, *options: str) -> str:
    """What a run says that ends by itself."""
    done = mmhooks("dev", str(plugin), *options)
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_a_workspace_in_use(develop: Callable[..., Development], plugin: Path) -> None:
    develop()
    assert "in use by another host; stop that one or use another file" in refused(plugin)


def test_workspaces_that_cannot_be_used(plugin: Path, tmp_path: Path) -> None:
    newer, corrupt = tmp_path / "newer.db", tmp_path / "corrupt.db"
    with contextlib.closing(sqlite3.connect(newer)) as database:
        database.execute("PRAGMA user_version = 999")
    corrupt.write_bytes(b"this is no database at all" * 99)
    kept = corrupt.read_bytes()
    assert "written by a newer mmhooks" in refused(plugin, "--workspace", str(newer))
    assert "not an SQLite database" in refused(plugin, "--workspace", str(corrupt))
    assert corrupt.read_bytes() == kept


def test_a_port_that_is_taken(plugin: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"cannot listen on 127.0.0.1:{port}" in refused(plugin, "--memory", "--port", str(port))


def test_traces_in_the_terminal(develop: Callable[..., Development], plugin: Path) -> None:
    def trace(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from mmhooks.cli.main import main; main()", "trace"]
        command += ["--plugin", str(plugin), *options]
        return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)

    gone = trace()
    assert gone.returncode == 2
    assert "'mmhooks dev' of this plugin is not running; start it" in gone.stderr
    running = develop("--memory")
    running.wait_for("started")
    ann = act_as(running, "ann")
    with running.client().stream("GET", "/console/api/events") as news:
        lines = news.iter_lines()
        assert next(lines) == ": hello"
        ann("POST", "/posts", json={"channel_id": square(ann), "message": "teh end"})
        while next(lines) != "event: trace":
            pass
    shown = trace("--hook", "message_will_be_posted", "--json")
    assert shown.returncode == 0, shown.stderr
    call = json.loads(shown.stdout)
    assert call["arguments"]["post"]["message"] == "teh end"
    assert call["calls"][0]["result"]["message"] == "the end"
    assert [one["method"] for one in call["api"]] == ["kv_set"]
    assert [one["message"] for one in call["logs"]] == ["looked at a post"]
    assert "helpdesk →" in trace().stdout
    assert "did you mean" in trace("--hook", "message_will_be_postd").stderr
