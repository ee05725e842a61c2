"""Users who post at a steady rate, and what became of each post."""

import contextlib
import re
import threading
import time
from collections import Counter
from pathlib import Path

import attrs
import httpx

from mmhooks.errors import AppError

POSTS_PER_PAGE = 200
SEEN = re.compile(r"(.+), seen by (\d+)")


@attrs.frozen
class Sent:
    """One post, as its author knows it."""

    message: str
    begin: float
    end: float
    outcome: str
    """``stored``, ``refused`` or ``unknown``."""
    seen_by: int | None = None
    """The process id that the plugin put in; None if no hookimpl saw it."""
    id: str = ""
    """The post's, if its author was told."""

    @property
    def took(self):
        """Seconds from the request to the answer."""
        return self.end - self.begin


class Load:
    """Posts of several users, a thread each.

    Args:
        clients: the users, logged in and in the channel.
        channel: where they post.
        rate: posts per second of each.
        name: what their messages begin with.
    """

    def __init__(self, clients, channel, rate, name):
        self.sent = []
        self._channel, self._name = channel, name
        self._over = threading.Event()
        self._news = threading.Condition()
        self._threads = [
            threading.Thread(target=self._talk, args=(number, client, 1 / rate), name=f"user-{number}")
            for number, client in enumerate(clients)
        ]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, condition, what, seconds=60):
        """The first post that fulfils a condition; waits until there is one."""
        with self._news:
            looked = 0

            def find():
                nonlocal looked
                fresh, looked = self.sent[looked:], len(self.sent)
                return next(filter(condition, fresh), None)

            found = self._news.wait_for(find, seconds)
        assert found is not None, f"{what}: not within {seconds} s"
        return found

    def until_seen(self, not_by=frozenset(), since=0.0):
        """The first post that was sent after a time and that a process saw which is none of these."""
        return self.wait_for(
            lambda sent: sent.begin >= since and sent.seen_by is not None and sent.seen_by not in not_by,
            "a post that Python sees",
        )

    def _talk(self, number, client, pause):
        due = time.monotonic() + pause * number / len(self._threads)
        count = 0
        while not self._over.wait(max(0.0, due - time.monotonic())):
            due = max(due + pause, time.monotonic())
            sent = self._send(client, f"{self._name} {number}-{count:05d}")
            count += 1
            with self._news:
                self.sent.append(sent)
                self._news.notify_all()

    def _send(self, client, message):
        begin = time.monotonic()
        outcome, seen_by, id = "stored", None, ""
        try:
            answer = client.say(self._channel, message)
            id = answer["id"]
            if seen := SEEN.fullmatch(answer["message"]):
                seen_by = int(seen[2])
        except AppError:
            outcome = "refused"
        except httpx.TransportError:
            outcome = "unknown"
        return Sent(message, begin, time.monotonic(), outcome, seen_by, id)

    def assert_none_lost_or_doubled(self, reader):
        """Each post that its author was told is stored is there once, and no post is there twice."""
        stored = messages(reader, self._channel, self._name)
        for sent in self.sent:
            if sent.id and sent.id not in stored:  # see `messages`
                stored[sent.id] = plain(reader.get(f"/posts/{sent.id}")["message"])
        twice = [message for message, times in Counter(stored.values()).items() if times > 1]
        assert twice == []
        assert set(stored.values()) <= {sent.message for sent in self.sent if sent.outcome != "refused"}


def messages(reader, channel, name):
    """The messages in a channel that begin with a name, by id, without what the plugin put in.

    Posts of one millisecond have no order: one of them may be on two pages, and another one on none.
    """
    found, page = {}, 0
    while True:
        posts = reader.get(f"/channels/{channel['id']}/posts", page=page, per_page=POSTS_PER_PAGE)
        texts = {id: posts["posts"][id]["message"] for id in posts["order"]}
        found |= {id: plain(text) for id, text in texts.items() if text.startswith(f"{name} ")}
        if len(texts) < POSTS_PER_PAGE:
            return found
        page += 1


def plain(message):
    """A message without what the plugin put in."""
    return SEEN.sub(r"\1", message)


class Watch:
    """Asks the server again and again how it is, and looks at the memory of processes.

    Args:
        server: the server.
        plugin_id: whose bridge to look at.
    """

    def __init__(self, server, plugin_id):
        self.slowest = 0.0
        self.failures = []
        self._server, self._plugin_id = server, plugin_id
        self._memory = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch")

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def growth(self, kind):
        """By how many MiB ``server`` or ``bridge`` have grown at most."""
        seen = self._memory.get(kind, {})
        return max((max(sizes) - sizes[0] for sizes in seen.values()), default=0) >> 20

    def _look(self):
        with httpx.Client(base_url=self._server.url, timeout=5, trust_env=False) as client:
            while not self._over.wait(0.2):
                begin = time.monotonic()
                try:
                    client.get("/api/v4/system/ping").raise_for_status()
                except httpx.HTTPError as error:
                    self.failures.append(error)
                self.slowest = max(self.slowest, time.monotonic() - begin)
                self._weigh("server", [self._server.process.pid])
                self._weigh("bridge", self._server.bridges(self._plugin_id))

    def _weigh(self, kind, processes):
        for process in processes:
            with contextlib.suppress(OSError, StopIteration):  # it has just ended
                self._memory.setdefault(kind, {}).setdefault(process, []).append(resident(process))


def resident(process):
    """The memory of a process that is in use, in bytes."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1]) << 10
