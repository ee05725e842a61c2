"""``mmhooks dev --server`` on the real server: a plugin from its files, saved, broken, stopped."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from mmhooks.errors import AppError
from tests.e2e.conftest import TOP
from tests.e2e.server import free_port, until

ID = "com.example.saved"
EXAMPLE = "com.example.moderation"
SECONDS = 30
LIVE_SECONDS = 1.0
"""The aim for a saved file; where others use the machine too, it may be missed now and then."""
TRIES = 5
HEALTH_SECONDS = 33
"""The server looks after its plugins every 30 s."""

MODULE = """
from mmhooks import hookimpl

@hookimpl
def message_will_be_posted(post):
    return post.evolve(message=f"{post.message} ONE")
"""


class Development:
    """``mmhooks dev --server --json``, and what it has told."""

    def __init__(self, folder, socket, *options):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MM_")}
        command = [sys.executable, "-c", "from mmhooks.cli.main import main; main()", "dev", str(folder)]
        self.folder = folder
        self.module = folder / "saved_plugin.py"
        self.process = subprocess.Popen(
            [*command, "--server", str(socket), "--json", *options],
            env=kept,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.events = []
        self.known = set()
        self._seen = 0
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self._news:
                self.events.append(json.loads(line))
                self._news.notify_all()

    def wait(self, name, is_it=lambda event: True):
        """The next event of this name; those before it are passed over."""

        def found():
            for number, event in enumerate(self.events[self._seen :], self._seen + 1):
                if event["event"] == name and is_it(event):
                    self._seen = number
                    return True
            return self.process.poll() is not None

        with self._news:
            assert self._news.wait_for(found, SECONDS), f"no {name}: {self.events}"
        event = self.events[self._seen - 1] if self._seen else {}
        assert event.get("event") == name, f"no {name}: {self.events}\n{self.process.stderr.read()}"
        return event

    def save(self, text):
        """Save the module; gives the time."""
        self.module.write_text(text)
        return time.monotonic()

    def pair(self):
        """The process ids of Python and the bridge; of two of each while one replaces the other."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                words = entry.read_bytes().decode(errors="replace").split("\0")
                if "mmhooks.runtime" in words and str(self.folder / "plugin.json") in words:
                    pid = int(entry.parent.name)
                    found += [pid, int(stat(pid)[1])]
        self.known.update(found)
        return found

    def left(self):
        """The processes that were seen and still run."""
        self.pair()
        return [pid for pid in self.known if stat(pid)[0] not in "ZX"]

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        code = self.process.wait(SECONDS)
        self._reader.join(SECONDS)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


def stat(pid):
    """(state, parent): X if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return ["X", "0"]


@pytest.fixture
def folder(tmp_path):
    python = {"entry_point": "saved_plugin", "packages": ["saved_plugin"], "deadlines": {"default": 0.5}}
    server = {"runtime": "python", "python": python}
    manifest = {"id": ID, "name": "Saved", "version": "1.0.0", "server": server}
    folder = tmp_path / "plugin"
    folder.mkdir()
    (folder / "plugin.json").write_text(json.dumps(manifest))
    (folder / "saved_plugin.py").write_text(MODULE)
    return folder


@pytest.fixture
def start(folder, server):
    started = []

    def start(*options, is_broken=False):
        started.append(Development(folder, server.local_socket, *options))
        if is_broken:
            return started[-1]
        started[-1].attached = started[-1].wait("attached")
        assert started[-1].pair()
        return started[-1]

    yield start
    for one in started:
        one.end()
    for one in started:
        until(lambda one=one: not one.left(), "the end of bridge and Python", SECONDS)


def test_a_saved_file_is_live_within_a_second(start, ann, channel):
    development = start()
    print(f"attached after {development.attached['ms']} ms")
    assert ann.say(channel, "hello")["message"] == "hello ONE"
    took = []
    for number in range(TRIES):
        begin = development.save(MODULE.replace("ONE", f"number {number}"))
        until(
            lambda n=number: ann.say(channel, "hello")["message"] == f"hello number {n}",
            "it is live",
            SECONDS,
        )
        took.append(time.monotonic() - begin)
        development.wait("reloaded")
    print("live after", ", ".join(f"{seconds * 1000:.0f} ms" for seconds in took))
    assert min(took) < LIVE_SECONDS


def test_no_post_goes_past_the_plugin_while_it_is_replaced(start, ann, channel):
    development = start()
    messages, is_over = [], threading.Event()

    def talk():
        while not is_over.is_set():
            messages.append(ann.say(channel, "hello")["message"])

    talkers = [threading.Thread(target=talk) for _ in range(3)]
    for thread in talkers:
        thread.start()
    try:
        for number in range(4 * TRIES):
            development.save(MODULE.replace("ONE", f"number {number}"))
            development.wait("reloaded")
    finally:
        is_over.set()
        for thread in talkers:
            thread.join()
    print(f"{len(messages)} posts while it was replaced {4 * TRIES} times")
    assert [message for message in messages if message == "hello"] == []


def test_what_is_broken_is_shown_and_the_last_good_version_stays(start, ann, channel):
    development = start()
    development.save(f"{MODULE}\nraise ValueError('half done')\n")
    failed = development.wait("failed")
    assert failed["stays"]
    assert "saved_plugin: cannot be imported: ValueError: half done" in failed["error"]
    assert any(
        "line 8, in <module>" in event["fields"].get("traceback", "")
        for event in development.events
        if event["event"] == "log"
    )
    assert ann.say(channel, "hello")["message"] == "hello ONE"
    development.save(f"{MODULE}\n@hookimpl\ndef on_activate():\n    raise ValueError('no database')\n")
    assert "no database" in development.wait("failed")["error"]
    assert ann.say(channel, "hello")["message"] == "hello ONE"
    development.save(MODULE.replace("ONE", "TWO"))
    development.wait("reloaded")
    assert ann.say(channel, "hello")["message"] == "hello TWO"


def test_deactivation_comes_before_the_new_activation(start, ann, channel):
    told = '\n@hookimpl\ndef on_activate(api):\n    api.kv_set("log", (api.kv_get("log") or b"") + b"{0}+")\n'
    told += '\n@hookimpl\ndef on_deactivate(api):\n    api.kv_set("log", api.kv_get("log") + b"{0}-")\n'
    reads = MODULE.replace("post)", "post, api)").replace(
        'f"{post.message} ONE"', 'api.kv_get("log").decode()'
    )
    development = start()
    development.save(reads + told.replace("{0}", "a"))
    development.wait("reloaded")
    development.save(reads + told.replace("{0}", "b"))
    development.wait("reloaded")
    assert ann.say(channel, "hello")["message"] == "a+a-b+"


def test_a_new_hook_is_attached_again(start, ann, channel):
    development = start()
    more = f"{MODULE}\n@hookimpl\ndef message_will_be_updated(new_post):\n"
    development.save(f'{more}    return new_post.evolve(message="edited")\n')
    development.wait("hooks_changed")
    print(f"attached again after {development.wait('attached')['ms']} ms")
    post = ann.say(channel, "hello")
    assert post["message"] == "hello ONE"
    assert ann.put(f"/posts/{post['id']}/patch", {"message": "other"})["message"] == "edited"


def test_a_changed_manifest_is_attached_again(start, folder):
    development = start()
    manifest = folder / "plugin.json"
    manifest.write_text(manifest.read_text().replace("1.0.0", "1.0."))
    manifest.write_text(manifest.read_text().replace("1.0.", "1.1.0"))
    assert development.wait("attached", lambda event: event["version"] == "1.1.0")
    manifest.write_text("{")
    failed = development.wait("failed")
    assert failed["stays"]
    assert "not JSON" in failed["error"]


def test_a_stopped_python_does_not_lose_the_plugin(start, ann, channel):
    """As at a breakpoint: the server goes on asking whether the plugin is well, and the post waits."""
    development = start()
    python, _ = development.pair()
    os.kill(python, signal.SIGSTOP)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(ann.say(channel, "hello")["message"]))
    try:
        thread.start()
        thread.join(HEALTH_SECONDS)
        assert thread.is_alive(), f"nobody waited: {answers}"
    finally:
        os.kill(python, signal.SIGCONT)
        thread.join(SECONDS)
    assert answers == ["hello ONE"]
    assert development.pair()[0] == python


def test_ctrl_c_takes_the_plugin_away(start, ann, channel):
    development = start()
    assert development.end() == 0
    assert development.events[-1]["event"] == "detached"
    assert not development.left()
    assert ann.say(channel, "hello")["message"] == "hello"


def test_a_killed_command_leaves_nothing(start, ann, channel):
    development = start()
    development.process.kill()
    begin = time.monotonic()
    until(lambda: not development.left(), "the end of bridge and Python", SECONDS)
    print(f"nothing is left after {time.monotonic() - begin:.2f} s")
    assert ann.say(channel, "hello")["message"] == "hello"
    assert start().attached  # and what is new finds its place free


def test_an_installed_plugin_is_not_pushed_aside(server, folder, mmhooks, tmp_path):
    from tests.e2e.test_server import archive

    manifest = (folder / "plugin.json").read_text()
    bundle = archive(tmp_path / "installed.tar.gz", {"plugin.json": manifest})
    server.admin.send("POST", "/plugins", files={"plugin": bundle.read_bytes()})
    try:
        done = mmhooks("dev", folder, "--server", server.local_socket)
    finally:
        server.admin.send("DELETE", f"/plugins/{ID}")
    assert done.returncode == 2
    assert f"{ID} is installed there; remove it in the System Console first" in done.stderr


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_debugger_finds_each_version(start, ann, channel):
    port = free_port()
    development = start("--debugpy", str(port))
    until(lambda: is_open(port), "debugpy listens", SECONDS)
    development.save(MODULE.replace("ONE", "TWO"))
    development.wait("reloaded")
    development.wait("log", lambda event: event["message"] == f"debugpy listens on port {port}")
    assert is_open(port)
    assert ann.say(channel, "hello")["message"] == "hello TWO"
    assert development.end() == 0
    until(lambda: not is_open(port), "the end of debugpy", SECONDS)


def test_the_example_with_words_for_people(server, ann, channel):
    if server.status(EXAMPLE) is not None:  # another test has installed it
        server.admin.send("DELETE", f"/plugins/{EXAMPLE}")
    command = [sys.executable, "-c", "from mmhooks.cli.main import main; main()", "dev", "--server"]
    process = subprocess.Popen(
        [*command, str(server.local_socket), str(TOP / "examples" / "moderation")],
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        until(lambda: "is attached to" in process.stdout.readline(), "it is attached", SECONDS, process)
        assert ann.say(channel, "see TICK-7")["message"] == "see [TICK-7](https://tickets.example.com/TICK-7)"
        with pytest.raises(AppError, match="words that are not welcome here"):  # those of its settings
            ann.say(channel, "The password is 1234")
        process.send_signal(signal.SIGINT)
        *_, last = process.stdout
    assert process.returncode == 0
    assert last == f"detached from {server.local_socket}\n"


def test_what_is_broken_from_the_start_is_attached_once_it_is_not(start, folder, ann, channel):
    (folder / "saved_plugin.py").write_text("half done")
    development = start(is_broken=True)
    failed = development.wait("failed")
    assert not failed["stays"]
    assert "SyntaxError: invalid syntax (saved_plugin.py, line 1)" in failed["error"]
    development.save(MODULE)
    development.wait("attached")
    assert ann.say(channel, "hello")["message"] == "hello ONE"


def test_two_of_one_plugin(start, ann, channel):
    first, second = start(), start()
    assert first.process.wait(SECONDS) == 2
    assert f"has let go of {ID}" in first.process.stderr.read()
    assert ann.say(channel, "hello")["message"] == "hello ONE"
    second.save(MODULE.replace("ONE", "TWO"))
    second.wait("reloaded")
    assert ann.say(channel, "hello")["message"] == "hello TWO"


def test_an_import_without_end_leaves_nothing(start, folder):
    imported = folder / "imported"
    text = f"import pathlib, time\npathlib.Path({str(imported)!r}).touch()\ntime.sleep(600)\n"
    (folder / "saved_plugin.py").write_text(text)
    development = start(is_broken=True)
    until(imported.exists, "the import has begun", SECONDS)
    assert development.pair()
    assert development.end() == 0
