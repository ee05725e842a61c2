"""The plugin through which the cases speak: it makes API calls that it is told, and answers hooks as it is told.

It runs in the servant, on the embedded host as on a real server, and talks with the tests over a socket of its own.
"""

import os
import threading
from multiprocessing.connection import Client
from types import GeneratorType

import attrs

from mmhooks import AppError, TransportError, hookimpl, reject
from mmhooks.api._generated.hooks import HOOKS
from mmhooks.api.http import Response

ADDRESS = "MMHOOKS_CONFORMANCE"
# Asked by no case, and always there: an answer would change what all other cases see.
UNUSED = {"on_activate", "on_deactivate", "serve_metrics", "implemented"}


@attrs.frozen
class Settings:
    """The plugin's settings."""

    word: str = ""
    hidden: str | None = None
    extra: int = 0


class Hooks:
    """What was fired, and what to answer."""

    def __init__(self):
        self.lock = threading.Lock()
        self.fired = []
        self.answers = {}

    def fire(self, hook, arguments):
        with self.lock:
            self.fired.append((hook, {name: _sendable(value) for name, value in arguments.items()}))
            answer = self.answers.get(hook)
        if answer is None:
            return None
        kind, value = answer
        if kind == "reject":
            return reject(value)
        if kind == "value":
            return value
        if kind == "raise":
            raise value
        name, changes = value  # evolve
        return arguments[name].evolve(**changes)

    def take(self):
        with self.lock:
            fired, self.fired = self.fired, []
        return fired


HERE = Hooks()


def _sendable(value):
    if attrs.has(type(value)) or isinstance(value, str | int | float | bool | bytes | list | dict | None):
        return value
    return repr(value)


def _implement(hook, names):
    source = f"def {hook}({', '.join(names)}):\n    return HERE.fire({hook!r}, dict(locals()))\n"
    namespace = {"HERE": HERE}
    exec(source, namespace)
    globals()[hook] = hookimpl(namespace[hook])


for _hook, _method in HOOKS.items():
    if not _method.stream_in and not _method.stream_out and _hook not in UNUSED:
        _implement(_hook, [param.name for param in _method.params])


@hookimpl
def file_will_be_uploaded(info, file):
    return HERE.fire("file_will_be_uploaded", {"info": info, "file": file.read()})


@hookimpl
def on_activate(api):
    address = os.environ.get(ADDRESS)
    if address:
        threading.Thread(target=_serve, args=(api, address), name="conformance", daemon=True).start()


def _serve(api, address):
    """One connection to the tests, a thread for each request: an API call may fire hooks, which may be asked about."""
    connection = Client(address, "AF_UNIX", authkey=b"conformance")
    lock = threading.Lock()

    def work(number, request):
        try:
            answer = ("ok", _do(api, *request))
        except AppError as error:
            answer = (
                "refused",
                {name: getattr(error, name) for name in ("id", "message", "status_code", "where")},
            )
        except TransportError as error:
            answer = ("gone", str(error))
        except Exception as error:
            answer = ("failed", f"{type(error).__name__}: {error}")
        with lock:
            connection.send((number, answer))

    while True:
        try:
            number, request = connection.recv()
        except (EOFError, OSError):
            return
        threading.Thread(target=work, args=(number, request), daemon=True).start()


def _do(api, kind, *arguments):
    if kind == "call":
        method, positional, named = arguments
        if method == "load_plugin_configuration":  # a class cannot travel
            return attrs.asdict(api.load_plugin_configuration(Settings))
        return _read(getattr(api, method)(*positional, **named))
    if kind == "answer":
        HERE.answers.update(arguments[0])
    elif kind == "forget":
        HERE.answers.clear()
    return HERE.take() if kind == "fired" else None


def _read(value):
    """A result that can travel: content as bytes."""
    if isinstance(value, GeneratorType):
        return b"".join(value)
    if isinstance(value, Response):
        return value.status, _read(value.body)
    if isinstance(value, tuple):
        return tuple(map(_read, value))
    return value.read() if hasattr(value, "read") else value
