"""`mmhooks replay`: what it prints, and how it ends."""

import json
import os
import sqlite3

import pytest

from .conftest import post

pytestmark = pytest.mark.slow  # each starts a servant


def replayed(result):
    """The document of ``--json``."""
    return json.loads(result.stdout)


def test_the_report_says_what_the_plugin_did(mmhooks_process, make_plugin, make_export):
    export = make_export(
        post("please shout", 1000, reactions=[{"user": "ann", "emoji_name": "smile", "create_at": 1500}]),
        post("a secret", 2000),
        post("calm", 3000, replies=[{"user": "ann", "message": "too", "create_at": 3500}]),
    )
    done = mmhooks_process("replay", export, "--plugin", make_plugin())
    assert (done.returncode, done.stderr) == (0, "")
    for text in (
        "Tiny 1.0.0",
        "4 posts seen",
        "- please shout",
        "+ PLEASE SHOUT",
        "→ no secrets here  tiny_plugin",
        "/tiny [wipe|status]  Tells of itself",
        "you said 'status'",
        "/plugins/com.example.tiny/  200  text/html, 19 bytes, “Tiny”",
        "message_will_be_posted",
    ):
        assert text in done.stdout
    assert "\x1b" not in done.stdout


def test_json_has_the_same(mmhooks, make_plugin, make_export):
    export = make_export(
        post("please shout", 1000, reactions=[{"user": "ann", "emoji_name": "smile", "create_at": 1500}]),
        post("a secret", 2000),
        post("calm", 3000, replies=[{"user": "ann", "message": "too", "create_at": 3500}]),
        name="export.jsonl.gz",
    )
    done = mmhooks("replay", export, "--plugin", make_plugin(), "--json")
    report = replayed(done)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert report["plugin"] == {"id": "com.example.tiny", "name": "Tiny", "version": "1.0.0"}
    assert report["ended"] == "finished"
    assert report["structure"] == {"version": 1, "team": 1, "channel": 1, "user": 1}
    assert report["posts"] == {
        "seen": 4,
        "stored": 3,
        "changed": 1,
        "rejected": 1,
        "replies": 1,
        "direct": 0,
        "reactions": 1,
        "attachments": 0,
        "skipped": 0,
    }
    hooks = {row["hook"]: row for row in report["hooks"]}
    hook = hooks["message_will_be_posted"]
    assert (hook["calls"], hook["changed"], hook["rejected"], hook["errors"]) == (4, 1, 1, 0)
    assert 0 < hook["p50_ms"] <= hook["p99_ms"]
    row = {"package": "tiny_plugin", "hook": "message_will_be_posted"}
    assert {**row, "calls": 4, "changed": 1, "rejected": 1, "errors": 0} in report["packages"]
    assert report["servant"]["message_will_be_posted"]["calls"] == 4
    assert report["changed"] == [
        {"user": "ann", "channel": "~town-square", "before": "please shout", "after": "PLEASE SHOUT"}
    ]
    assert report["rejected"] == [
        {
            "line": 6,
            "user": "ann",
            "channel": "~town-square",
            "message": "a secret",
            "reason": "no secrets here",
            "package": "tiny_plugin",
        }
    ]
    assert report["commands"] == [{"trigger": "tiny", "hint": "[wipe|status]", "help": "Tells of itself"}]
    assert report["executed"] == {"command": "/tiny status", "answer": "you said 'status'", "error": ""}
    assert report["kv"] == [
        {"key": "ended", "size": 2, "value": None},
        {"key": "started", "size": 3, "value": "yes"},
    ]
    assert [(page["path"], page["status"], page["title"]) for page in report["pages"]] == [("/", 200, "Tiny")]
    assert report["problems"] == report["log"] == []


BAD = [
    post("one", 1000),
    '{"type": "post", "post": {',
    post("nowhere", 2000, channel="no-such-channel"),
    post("two", 3000),
    '{"type": "post", "post": {"team": "te',
]


def test_bad_lines_are_named_and_the_rest_goes_on(mmhooks, make_plugin, make_export):
    done = mmhooks("replay", make_export(*BAD), "--plugin", make_plugin(), "--json")
    report = replayed(done)
    assert done.exit_code == 1
    assert report["ended"] == "finished"
    assert report["posts"]["stored"] == 2
    reasons = {one["line"]: one["reason"] for one in report["problems"]}
    assert set(reasons) == {6, 7, 9}
    assert "no JSON" in reasons[6]
    assert "no-such-channel" in reasons[7]
    assert "cut here" in reasons[9]


def test_a_packed_export_that_is_cut_is_played_to_the_cut(mmhooks, make_plugin, make_export):
    export = make_export(*(post(f"number {at * at}", at) for at in range(1000, 1200)), name="cut.jsonl.gz")
    export.write_bytes(export.read_bytes()[:-100])
    done = mmhooks("replay", export, "--plugin", make_plugin(), "--json")
    report = replayed(done)
    assert done.exit_code == 1
    assert 100 < report["posts"]["stored"] < 200
    line = 4 + report["posts"]["stored"] + 1
    assert report["problems"] == [{"line": line, "reason": "the file ends in the middle"}]


def test_strict_stops_at_the_first_bad_line(mmhooks, make_plugin, make_export):
    done = mmhooks("replay", make_export(*BAD), "--plugin", make_plugin(), "--strict")
    assert done.exit_code == 1
    assert "stopped at the first error" in done.stdout
    assert "line 6: " in done.stdout
    assert "line 7: " not in done.stdout


def test_limit_is_a_number_of_posts(mmhooks, make_plugin, make_export):
    export = make_export(post("secret", 1000), post("two", 2000), post("three", 3000))
    done = mmhooks("replay", export, "--plugin", make_plugin(), "--limit", 2, "--json")
    assert done.exit_code == 0
    assert replayed(done)["ended"] == "limit"
    assert replayed(done)["posts"]["seen"] == 2


def test_a_workspace_file_keeps_the_posts(mmhooks, make_plugin, make_export, tmp_path):
    file = tmp_path / "workspace.db"
    export = make_export(post("shout", 1000), post("secret", 2000))
    assert mmhooks("replay", export, "--plugin", make_plugin(), "--workspace", file).exit_code == 0
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT message FROM posts").fetchall() == [("SHOUT",)]
    connection.close()


def test_a_plugin_that_dies_ends_the_replay(mmhooks, make_plugin, make_export, tmp_path):
    file = tmp_path / "workspace.db"
    export = make_export(post("one", 1000), post("two", 2000), post("die", 3000), post("four", 4000))
    plugin = make_plugin()
    done = mmhooks("replay", export, "--plugin", plugin, "--workspace", file, "--json")
    report = replayed(done)
    assert done.exit_code == 1
    assert report["ended"] == "plugin ended"
    assert "process ended in the middle" in report["error"]
    assert report["posts"]["stored"] == 2
    assert report["kv"] == [{"key": "started", "size": 3, "value": "yes"}]
    hooks = {row["hook"]: row for row in report["hooks"]}
    assert hooks["message_will_be_posted"]["errors"] == 1
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT message FROM posts ORDER BY create_at").fetchall() == [
        ("one",),
        ("two",),
    ]
    connection.close()


def test_the_report_of_a_dead_plugin_can_be_read(mmhooks, make_plugin, make_export):
    done = mmhooks("replay", make_export(post("die", 1000)), "--plugin", make_plugin())
    assert done.exit_code == 1
    assert "the plugin's process ended in the middle" in done.stdout


def test_ctrl_c_ends_with_130(mmhooks_process, make_plugin, make_export):
    export = make_export(*(post("interrupt", 1000 + at) for at in range(50)))
    done = mmhooks_process("replay", export, "--plugin", make_plugin())
    assert done.returncode == 130
    assert done.stderr.strip().endswith("stopped")
    assert "Traceback" not in done.stderr


def test_a_failing_hookimpl_is_in_the_log_once(mmhooks, make_plugin, make_export):
    code = """
from mmhooks import hookimpl

class Plugin:
    @hookimpl
    def message_will_be_posted(self, post):
        raise ValueError("broken")
"""
    export = make_export(post("one", 1000), post("two", 2000))
    done = mmhooks("replay", export, "--plugin", make_plugin(code), "--json")
    report = replayed(done)
    assert done.exit_code == 0
    assert report["posts"]["stored"] == 2
    assert [(one["level"], one["count"]) for one in report["log"]] == [("error", 2)]
    assert "ValueError: broken" in report["log"][0]["message"]
    assert report["packages"][0]["errors"] == 2


def test_a_plugin_that_cannot_be_activated_ends_with_2(mmhooks, make_plugin, make_export):
    code = """
from mmhooks import hookimpl

class Plugin:
    @hookimpl
    def on_activate(self):
        raise RuntimeError("no database here")
"""
    done = mmhooks("replay", make_export(), "--plugin", make_plugin(code))
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "could not be activated" in done.stderr
    assert "no database here" in done.stderr


def test_a_configuration_that_is_refused_is_only_logged(mmhooks, make_plugin, make_export):
    code = """
from mmhooks import hookimpl

class Plugin:
    @hookimpl
    def on_configuration_change(self):
        raise RuntimeError("which colour?")
"""
    done = mmhooks("replay", make_export(), "--plugin", make_plugin(code), "--json")
    assert done.exit_code == 0
    assert any("which colour?" in one["message"] for one in replayed(done)["log"])


def test_a_plugin_that_cannot_be_imported_ends_with_2(mmhooks, make_plugin, make_export):
    done = mmhooks("replay", make_export(), "--plugin", make_plugin("import no_such_module"))
    assert done.exit_code == 2
    assert "no_such_module" in done.stderr
    assert "Traceback" not in done.stderr


def test_log_level_prints_as_it_comes(mmhooks_process, make_plugin, make_export):
    code = """
from mmhooks import hookimpl

class Plugin:
    @hookimpl
    def message_will_be_posted(self, post, api):
        print("printed", post.message)
        api.log_info("logged", "message", post.message)
"""
    plugin = make_plugin(code)
    done = mmhooks_process("replay", make_export(post("hi", 1000)), "--plugin", plugin, "--log-level", "info")
    assert done.returncode == 0
    assert "stdout: printed hi" in done.stderr
    assert "com.example.tiny: logged" in done.stderr


def test_mistakes_are_one_sentence(mmhooks, make_plugin, make_export, tmp_path):
    plugin, export = make_plugin(), make_export()
    other = tmp_path / "other.json"
    other.write_text('{"id": 5}')
    text = tmp_path / "text.db"
    text.write_text("no database, but long enough to look like a file that somebody may want to keep\n" * 9)
    for arguments, part in (
        (("nowhere.jsonl", "--plugin", plugin), "nowhere.jsonl: no such file; name a bulk export"),
        ((export, "--plugin", tmp_path / "no"), "no such file; every plugin needs a plugin.json"),
        ((export, "--plugin", other), "other.json: id: must be a string"),
        ((export, "--plugin", plugin, "--workspace", text), "text.db: this file is not an SQLite database"),
        ((export, "--plugin", plugin, "--workspace", tmp_path / "no" / "w.db"), "the file cannot be opened"),
    ):
        done = mmhooks("replay", *arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert part in done.stderr
        assert done.stderr.count("\n") == 1


def test_a_workspace_that_is_in_use(mmhooks, make_plugin, make_export, tmp_path):
    file = tmp_path / "workspace.db"
    from mmhooks.devhost.store import Store

    store = Store(file)
    done = mmhooks("replay", make_export(), "--plugin", make_plugin(), "--workspace", file)
    store.close()
    assert done.exit_code == 2
    assert "in use by another host" in done.stderr


def test_debug_shows_the_traceback(mmhooks, make_plugin):
    done = mmhooks("replay", "nowhere.jsonl", "--plugin", make_plugin(), "--debug")
    assert done.exit_code == 2
    assert "Traceback" in done.stderr


def test_a_replay_leaves_the_environment_as_it_was(mmhooks, make_plugin, make_export):
    before = dict(os.environ)
    mmhooks("replay", make_export(), "--plugin", make_plugin())
    assert dict(os.environ) == before
