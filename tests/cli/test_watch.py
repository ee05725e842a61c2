"""Between host and plugin."""

import threading

import pytest

from mmhooks.api.models import Post
from mmhooks.cli.watch import PluginEnded, WatchedPort
from mmhooks.errors import AppError, TransportError


class Plugin:
    """A port that answers or raises what it is given."""

    def __init__(self, answer):
        self.answer = answer

    def implemented(self):
        return frozenset({"message_will_be_posted"})

    def call(self, hook, *args):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def watched(answer, statistics=dict, death=None):
    return WatchedPort(Plugin(answer), statistics, death or threading.Event())


@pytest.mark.parametrize(
    ("answer", "changed", "rejected"),
    [
        ((None, ""), 0, 0),
        ((Post(message="hi"), ""), 0, 0),
        ((Post(message="HI"), ""), 1, 0),
        ((None, "no"), 0, 1),
        ("no", 0, 1),
        ("", 0, 0),
        ((), 0, 0),
        (None, 0, 0),
        (7, 0, 0),
    ],
)
def test_what_an_answer_does(answer, changed, rejected):
    port = watched(answer)
    assert port.call("message_will_be_posted", None, Post(message="hi")) == answer
    (row,) = port.rows()
    assert (row.calls, row.changed, row.rejected, row.errors) == (1, changed, rejected, 0)


def test_an_error_is_counted_and_goes_on():
    port = watched(AppError("broken"))
    with pytest.raises(AppError):
        port.call("on_activate")
    (row,) = port.rows()
    assert (row.calls, row.errors) == (1, 1)


def test_a_slow_answer_is_no_death():
    port = watched(TransportError("no answer (DEADLINE_EXCEEDED)"))
    with pytest.raises(TransportError):
        port.call("message_will_be_posted", None, Post())


def test_death_ends_the_replay_on_its_own_thread_alone():
    death = threading.Event()
    death.set()
    port = watched(TransportError("gone (UNAVAILABLE)"), death=death)
    with pytest.raises(PluginEnded):
        port.call("message_will_be_posted", None, Post())
    raised = []

    def beside():
        try:
            port.call("message_has_been_posted", None, Post())
        except Exception as error:
            raised.append(type(error))

    thread = threading.Thread(target=beside)
    thread.start()
    thread.join()
    assert raised == [TransportError]


def test_who_rejected():
    counts = {"one": {"rejected": 0}, "two": {"rejected": 0}}
    port = watched((None, "first"), lambda: {"message_will_be_posted": {"packages": counts}})
    counts["two"] = {"rejected": 1}
    port.call("message_will_be_posted", None, Post())
    assert port.rejected_by == {"first": "two"}
