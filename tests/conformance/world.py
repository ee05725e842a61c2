"""What cases see of a host: the plugin's API, the REST API that people use, and the hooks that it fires."""

import contextlib
import itertools
import json
import threading
import time
from concurrent.futures import Future
from multiprocessing.connection import Listener
from pathlib import Path

import httpx

from mmhooks.api._generated.client import METHODS
from mmhooks.api.client import API
from mmhooks.api.converter import structure
from mmhooks.api.models import Channel, Post, Team, User
from mmhooks.errors import AppError, app_error

PASSWORD = "Ordinary-1-password"
SECONDS = 20
MOST_USERS = 100
PLUGIN = "com.example.conformance"
SETTINGS = {
    "settings": [
        {"key": "Word", "type": "text", "default": "hello"},
        {"key": "Hidden", "type": "text", "secret": True},
    ]
}


NOBODY = "a" * 26
"""An id of the right form that belongs to nothing."""


def refused(call, *arguments, **named):
    """Make a call that has to be refused; gives status and id of the refusal."""
    try:
        result = call(*arguments, **named)
    except AppError as error:
        return error.status_code, error.id
    raise AssertionError(f"it was not refused, it gave {result!r}")


class Line:
    """The connection to the driver in the servant."""

    def __init__(self, address):
        self._listener = Listener(str(address), "AF_UNIX", authkey=b"conformance")
        self._numbers = itertools.count(1)
        self._waiting = {}
        self._lock = threading.Lock()
        self._connection = None

    def accept(self):
        """Wait for the driver to call."""
        self._listener._listener._socket.settimeout(60)
        self._connection = self._listener.accept()
        threading.Thread(target=self._receive, daemon=True).start()

    def _receive(self):
        with contextlib.suppress(EOFError, OSError):
            while True:
                number, answer = self._connection.recv()
                self._waiting.pop(number).set_result(answer)
        for future in self._waiting.values():
            future.set_result(("failed", "the driver is gone"))

    def ask(self, *request):
        """Have something done; gives what came of it.

        Raises:
            AppError: the host refused.
        """
        future = Future()
        with self._lock:
            number = next(self._numbers)
            self._waiting[number] = future
            self._connection.send((number, request))
        kind, value = future.result(SECONDS * 2)
        if kind == "refused":
            raise app_error(
                value["message"], id=value["id"], status_code=value["status_code"], where=value["where"]
            )
        assert kind == "ok", f"{request[:2]}: {kind}: {value}"
        return value

    def close(self):
        if self._connection is not None:
            self._connection.close()
        self._listener.close()


class RemoteAPI:
    """The plugin's API client in the servant. It notes which methods the cases call."""

    def __init__(self, line, called):
        self._line = line
        self._called = called

    def __getattr__(self, name):
        if name not in METHODS and not hasattr(API, name):
            raise AttributeError(name)

        def call(*positional, **named):
            self._called.add(name)
            return self._line.ask("call", name, positional, named)

        return call


class Fired:
    """The hooks that the host fires."""

    def __init__(self, line):
        self._line = line
        self._seen = []

    def answer(self, **answers):
        """Have hooks answered from now on: ("reject", reason), ("value", value), ("evolve", (argument, changes))."""
        self._line.ask("answer", answers)

    def forget(self):
        """Answer no hooks, and forget what was fired."""
        self._line.ask("forget")
        self.all()
        self._seen = []

    def all(self):
        """All hooks so far: (name, arguments), in the order in which they arrived."""
        self._seen += self._line.ask("fired")
        return self._seen

    def named(self, hook):
        """The arguments of each call of a hook so far."""
        return [arguments for name, arguments in self.all() if name == hook]

    def wait(self, hook, condition=lambda arguments: True):
        """Wait for a hook; gives its arguments."""
        end = time.monotonic() + SECONDS
        while True:
            for arguments in self.named(hook):
                if condition(arguments):
                    return arguments
            assert time.monotonic() < end, f"{hook} was not fired; {[name for name, _ in self._seen]}"
            time.sleep(0.02)


class Person:
    """Somebody who uses the REST API."""

    def __init__(self, url, name=""):
        self.http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        self.id, self.name, self.token = "", name, ""

    def log_in(self):
        answer = self.send("POST", "/users/login", json={"login_id": self.name, "password": PASSWORD})
        self.id, self.token = answer.json()["id"], answer.headers["Token"]
        self.http.cookies.clear()
        self.http.headers["Authorization"] = f"Bearer {self.token}"

    def send(self, method, path, **options):
        """Ask.

        Raises:
            AppError: the host refused; its words.
        """
        answer = self.http.request(method, f"/api/v4{path}", **options)
        if answer.is_error:
            try:
                error = answer.json()
            except ValueError:
                error = {"message": answer.text}
            raise app_error(error.get("message", ""), id=error.get("id", ""), status_code=answer.status_code)
        return answer

    def get(self, path, **params):
        return self.send("GET", path, params=params).json()

    def post(self, path, body=None):
        return self.send("POST", path, json=body).json()

    def put(self, path, body=None):
        return self.send("PUT", path, json=body).json()

    def delete(self, path):
        return self.send("DELETE", path).json()

    def say(self, channel, message, **fields):
        """Post a message; gives the post."""
        body = {"channel_id": channel.id, "message": message, **fields}
        return structure(self.post("/posts", body), Post)


class World:
    """One host with the driver in it.

    Args:
        name: ``devhost`` or ``server``.
        url: where people reach it.
        line: the connection to the driver.
        admin: the name of an administrator's account.
    """

    def __init__(self, name, url, line, admin):
        self.name = name
        self.url = url
        self.called = set()
        self.api = RemoteAPI(line, self.called)
        self.hooks = Fired(line)
        self.admin = Person(url, admin)
        self.admin.log_in()
        self._numbers = itertools.count(1)
        self._people = []
        self._users = []

    def word(self, prefix="w"):
        """A name that no other case uses."""
        return f"{prefix}{next(self._numbers)}{time.time_ns() % 10**9:09d}"

    def user(self, team=None, **fields):
        """A new account, a member of a team if one is given."""
        name = fields.pop("username", None) or self.word("u")
        body = {"username": name, "email": f"{name}@example.com", "password": PASSWORD, **fields}
        user = structure(self.admin.post("/users", body), User)
        self._users.append(user)
        if team is not None:
            self.admin.post(f"/teams/{team.id}/members", {"team_id": team.id, "user_id": user.id})
        return user

    def retire(self):
        """Switch off the accounts of earlier cases: a server without a licence has a limit."""
        if len(self._users) > MOST_USERS:
            for user in self._users:
                self.admin.delete(f"/users/{user.id}")
            self._users = []

    def person(self, team=None, channel=None):
        """A new account that is logged in."""
        user = self.user(team)
        one = Person(self.url, user.username)
        one.log_in()
        self._people.append(one)
        if channel is not None:
            self.admin.post(f"/channels/{channel.id}/members", {"user_id": user.id})
        return one

    def team(self, **fields):
        """A new team, made by the administrator."""
        name = self.word("t")
        body = {"name": name, "display_name": name.upper(), "type": "O", **fields}
        return structure(self.admin.post("/teams", body), Team)

    def channel(self, team, **fields):
        """A new channel, made by the administrator."""
        name = self.word("c")
        body = {"team_id": team.id, "name": name, "display_name": name.upper(), "type": "O", **fields}
        return structure(self.admin.post("/channels", body), Channel)

    def close(self):
        for one in (self.admin, *self._people):
            one.http.close()


def manifest(folder):
    """Write the driver's manifest and module into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    document = {
        "id": PLUGIN,
        "name": "Conformance",
        "version": "1.0.0",
        "settings_schema": SETTINGS,
        "server": {
            "runtime": "python",
            "python": {"entry_point": "conformance_driver", "packages": ["conformance_driver"]},
        },
    }
    (folder / "plugin.json").write_text(json.dumps(document))
    text = Path(__file__).with_name("driver.py").read_text()
    (folder / "conformance_driver.py").write_text(text)
    return folder / "plugin.json"
