"""``mmhooks dev``: mistakes, what is watched, and what is shown. Attaching is tried in tests/e2e."""

import io
import json
import queue
import sys
import threading

import pytest
from rich.console import Console

from mmhooks.bundle.manifest import read_manifest
from mmhooks.cli import dev
from mmhooks.cli.sources import Watcher, source_folders
from tests.cli.test_deploy import Mattermost, UnixServer, handler

SECONDS = 20


@pytest.fixture
def mattermost():
    return Mattermost()


@pytest.fixture
def socket(mattermost, tmp_path):
    path = str(tmp_path / "mm.sock")
    with UnixServer(path, handler(mattermost)) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        yield path
        server.shutdown()


def test_the_embedded_host_has_options_of_its_own(mmhooks, make_plugin):
    done = mmhooks("dev", make_plugin(), "--server", "x", "--memory")
    assert done.exit_code == 2
    assert "are of the embedded host; leave --server out" in done.stderr


def test_a_workspace_in_memory_is_in_no_file(mmhooks, make_plugin, tmp_path):
    done = mmhooks("dev", make_plugin(), "--memory", "--workspace", tmp_path / "kept.db")
    assert done.exit_code == 2
    assert "leave out either it or --workspace" in done.stderr


@pytest.mark.parametrize(("address", "is_warned"), [("127.0.0.1", False), ("::1", False), ("0.0.0.0", True)])
def test_who_else_can_reach_it(mmhooks, make_plugin, monkeypatch, address, is_warned):
    monkeypatch.setattr("mmhooks.cli.local.LocalSession.run", lambda session: None)
    done = mmhooks("dev", make_plugin(), "--listen", address)
    assert done.exit_code == 0
    assert ("everybody in this network can talk to the host" in done.stderr) == is_warned


def test_nobody_listens(mmhooks, make_plugin, tmp_path):
    done = mmhooks("dev", make_plugin(), "--server", tmp_path / "no.sock")
    assert done.exit_code == 2
    assert f"{tmp_path}/no.sock: no server in local mode listens there (No such file" in done.stderr
    assert "EnableLocalMode" in done.stderr


def test_the_usual_socket(mmhooks, make_plugin, tmp_path, monkeypatch):
    monkeypatch.setenv("MM_LOCALSOCKETPATH", str(tmp_path / "usual.sock"))
    assert "usual.sock: no server in local mode" in mmhooks("dev", make_plugin(), "--server").stderr


@pytest.mark.parametrize("package", ["httpx", "watchfiles"])
def test_a_package_is_missing(mmhooks, make_plugin, monkeypatch, package):
    monkeypatch.setattr(dev, "find_spec", lambda name: None if name == package else object())
    done = mmhooks("dev", make_plugin(), "--server", "x")
    assert done.exit_code == 2
    assert f"needs {package}; install what it needs: pip install 'mmhooks[dev-server]'" in done.stderr


def test_a_client_of_nothing(mmhooks, make_plugin):
    done = mmhooks("dev", make_plugin(), "--server", "x", "--wait-for-client")
    assert done.exit_code == 2
    assert "say --debugpy too" in done.stderr


def test_a_plugin_in_another_language(mmhooks, make_plugin):
    folder = make_plugin()
    manifest = json.loads((folder / "plugin.json").read_text())
    del manifest["server"]["runtime"]
    (folder / "plugin.json").write_text(json.dumps(manifest))
    done = mmhooks("dev", folder, "--server", "x")
    assert done.exit_code == 2
    assert 'server.runtime: is not "python"' in done.stderr


def test_another_python(mmhooks, make_plugin):
    done = mmhooks("dev", make_plugin(python_version="3.5"), "--server", "x")
    assert done.exit_code == 2
    assert f"needs Python 3.5, and this is {sys.version_info[0]}.{sys.version_info[1]}" in done.stderr


def test_an_installed_plugin(mmhooks, make_plugin, socket, mattermost, monkeypatch):
    monkeypatch.setattr("mmhooks.cli.development.bridge_binary", lambda: "/nobody/builds/one")
    done = mmhooks("dev", make_plugin(), "--server", socket)
    assert done.exit_code == 2
    assert f"{socket}: com.example.tiny is installed there; remove it in the System Console" in done.stderr
    assert [request for request, _ in mattermost.asked] == ["GET /api/v4/plugins"]


def test_what_is_watched(make_plugin, top, monkeypatch):
    assert source_folders(read_manifest(make_plugin())) == [make_plugin()]
    example = top / "examples" / "moderation"
    assert source_folders(read_manifest(example)) == [example.resolve()]  # its packages are in it
    package = make_plugin(packages=["tiny_plugin", "word_filter"])
    assert example / "word_filter" / "mmhooks_word_filter" in source_folders(read_manifest(package))


def test_which_saved_files_count(make_plugin):
    folder = make_plugin()
    (folder / "dist").mkdir()
    told = queue.Queue()
    watcher = Watcher([folder], told.put)
    try:
        seen = set()
        number = 0
        while not seen:  # until it watches
            number += 1
            (folder / "dist" / "made.py").write_text(f"{number}")
            (folder / "notes.txt").write_text(f"{number}")
            (folder / "tiny_plugin.py").write_text(f"number = {number}")
            try:
                seen = told.get(timeout=0.5)
            except queue.Empty:
                continue
        assert seen == {folder / "tiny_plugin.py"}
        (folder / "plugin.json").write_text("{}")
        while folder / "plugin.json" not in seen:
            seen = told.get(timeout=SECONDS)
            assert {path.name for path in seen} <= {"plugin.json", "tiny_plugin.py"}
    finally:
        watcher.close()


def shown(*events, level="info"):
    console = Console(file=io.StringIO(), width=200, color_system=None)
    printer = dev._Printer(console, dev._LEVELS.index(level))
    for event, figures in events:
        printer(event, figures)
    return console.file.getvalue().splitlines()


def test_what_people_see():
    figures = {"id": "com.example.tiny", "version": "1.0.0", "server": "mm.sock", "ms": 30}
    failed = {"error": "no database", "stays": True}
    assert shown(
        ("attached", figures),
        ("saved", {"files": ["a.py", "b.py"]}),
        ("reloaded", {"ms": 240}),
        ("hooks_changed", {}),
        ("failed", failed),
        ("failed", {**failed, "stays": False}),
        ("detached", figures),
    ) == [
        "com.example.tiny 1.0.0 is attached to mm.sock, after 30 ms; Ctrl-C ends it",
        "a.py, b.py saved",
        "live after 240 ms",
        "the hooks have changed: attaching again",
        "no database",
        "the last good version stays",
        "no database",
        "nothing runs; waiting for a save",
        "detached from mm.sock",
    ]


def test_what_people_see_of_the_embedded_host():
    about = {
        "id": "com.example.tiny",
        "version": "1.0.0",
        "url": "http://127.0.0.1:1",
        "console": "http://127.0.0.1:1/c",
    }
    first = {**about, "workspace": ":memory:", "users": ["admin", "ann"], "password": "P"}
    assert shown(
        ("listening", first), ("started", {"ms": 300}), ("ended", {"code": -9}), ("stopped", {})
    ) == [
        "com.example.tiny 1.0.0 on the embedded host; Ctrl-C ends it",
        "  console    http://127.0.0.1:1/c",
        "  server     http://127.0.0.1:1",
        "  workspace  in memory",
        "  users      admin, ann, with the password P",
        "live after 300 ms",
        "the plugin's process has ended with -9",
    ]
    assert "  workspace  kept.db" in shown(("listening", {**about, "workspace": "kept.db"}))


def test_log_lines_from_a_level_on():
    fields = {"logger": "mine", "traceback": "Traceback:\n  here\n", "colour": "[red]"}
    warning = ("log", {"level": "warn", "message": "too hot", "fields": fields})
    note = ("log", {"level": "info", "message": "printed", "fields": {}})
    assert shown(note, warning, level="warn") == [
        "warn  mine: too hot colour=[red]",
        "Traceback:",
        "  here",
    ]
    assert shown(note) == ["info  printed"]
