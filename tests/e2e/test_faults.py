"""What happens to people who post while a plugin fails: nothing that they would notice for long.

Every test has the same steady load of posts. The figures are printed at the end of the run.
"""

import os
import random
import signal
import statistics
import threading
import time
from pathlib import Path

import pytest

from mmhooks.errors import AppError
from tests.e2e.load import Load, Watch
from tests.e2e.server import changed, until

ID = "com.example.faulty"
USERS = 5
RATE = 10
"""Posts per second of each user."""
KILLS = 20
WORKER_KILLS = 5
DEADLINE = 1
"""Seconds, in the manifest, for an edit; a new post has the 5 s that hold where the manifest says nothing."""
NEW_POST_DEADLINE = 5
MARGIN = 1
"""What the bridge adds, so that Python can answer with what its own deadline makes of it."""
SLACK = 1
"""For a busy machine, and for all else that the server does with a post."""
RECOVERY = 2
"""Seconds, on a machine that has nothing else to do: see `patience`."""
HEALTH_CHECK = 30
"""Seconds between the server's looks at its plugins."""
MAY_GROW = {"server": 400, "bridge": 100}
"""MiB. The server's own caches and the garbage of a minute's posts are in its figure."""


def faulty_manifest(document):
    document.update(id=ID, name="Faulty", version="1.0.0", settings_schema=None)
    document["server"]["python"].update(
        entry_point="faulty", packages=["faulty"], deadlines={"message_will_be_updated": DEADLINE}
    )


@pytest.fixture(scope="module")
def deploy_faulty(server, mmhooks, bundle, tmp_path_factory):
    """Deploy the plugin with a number of workers; it is taken away afterwards."""

    def deploy(workers):
        def change(document):
            faulty_manifest(document)
            document["server"]["python"]["workers"] = workers

        path = tmp_path_factory.mktemp("faulty") / "faulty.tar.gz"
        changed(bundle, path, change, faulty=Path(__file__).with_name("faulty.py").read_text())
        done = mmhooks("deploy", path, MM_LOCALSOCKETPATH=str(server.local_socket))
        assert done.returncode == 0, done.stderr

    yield deploy
    server.admin.send("DELETE", f"/plugins/{ID}")


@pytest.fixture(scope="module")
def faulty(server, deploy_faulty):
    """The server, with the plugin running on it."""
    deploy_faulty(workers=1)
    return server


@pytest.fixture
def three_workers(faulty, deploy_faulty):
    """The server, with three workers of the plugin running on it until the end of the module."""
    deploy_faulty(workers=3)
    return faulty


@pytest.fixture(scope="module")
def crowd(server):
    """Those who post."""
    return [server.user(f"user{number}") for number in range(USERS)]


@pytest.fixture
def fault(faulty, crowd, ann, channel, request, record_figures):
    """Posts flow as long as the test runs; afterwards it is looked what became of each, and of the server."""
    for member in crowd:
        faulty.admin.post(f"/channels/{channel['id']}/members", {"user_id": member.id})
    process = faulty.process.pid
    name = request.node.name.removeprefix("test_")
    recoveries, begin = [], time.monotonic()
    with Watch(faulty, ID) as watch, Load(crowd, channel, RATE, name) as load:
        load.until_seen()
        load.recoveries = recoveries
        yield load
        load.until_seen(since=time.monotonic())  # whatever happened, it works again
    grown = {kind: watch.growth(kind) for kind in MAY_GROW}
    record_figures(
        "faults",
        fault=name.replace("_", " "),
        **{
            "posts": len(load.sent),
            "unseen": sum(sent.outcome == "stored" and sent.seen_by is None for sent in load.sent),
            "refused": sum(sent.outcome != "stored" for sent in load.sent),
            "slowest s": f"{max(sent.took for sent in load.sent):.2f}",
            "recovered s": f"{max(recoveries):.2f}" if recoveries else "",
            "median s": f"{statistics.median(recoveries):.2f}" if recoveries else "",
            "slowest ping s": f"{watch.slowest:.2f}",
            "server +MiB": grown["server"],
            "bridge +MiB": grown["bridge"],
            "seconds": f"{time.monotonic() - begin:.0f}",
        },
    )
    load.assert_none_lost_or_doubled(ann)
    assert max(sent.took for sent in load.sent) < NEW_POST_DEADLINE + SLACK * patience()
    assert [sent for sent in load.sent if sent.outcome != "stored"] == []  # this hook fails open
    assert watch.failures == []
    assert faulty.process.pid == process
    assert faulty.process.poll() is None
    assert all(grown[kind] < most for kind, most in MAY_GROW.items()), grown


def servant(server):
    """The process id of the plugin's Python side; waits for it."""
    return until(lambda: server.servants(ID), "Python runs")[0]


def patience():
    """How many times as long as usual things may take: a machine with more to do than it has processors is slow."""
    return max(1.0, os.getloadavg()[0] / os.cpu_count())


def recover(load, process, since):
    """Waits until another process sees posts, and notes how long that took."""
    sent = load.until_seen(not_by={process}, since=since)
    load.recoveries.append(sent.end - since)


def test_python_is_killed_at_random(faulty, fault):
    moments = random.Random(4)
    for _ in range(KILLS):
        threading.Event().wait(moments.uniform(0.5, 2.5))  # nothing is waited for: any moment will do
        process, now = servant(faulty), time.monotonic()
        os.kill(process, signal.SIGKILL)
        recover(fault, process, now)
    assert max(fault.recoveries) < RECOVERY * patience()


def test_a_hookimpl_hangs_and_fails_open(faulty, fault, ann, bob, channel):
    process = servant(faulty)
    took = []

    def say(client):
        begin = time.monotonic()
        assert client.say(channel, "hang on")["message"] == "hang on"
        took.append(time.monotonic() - begin)

    threads = [threading.Thread(target=say, args=(client,)) for client in (ann, bob)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) == 2
    assert min(took) >= NEW_POST_DEADLINE
    assert max(took) < NEW_POST_DEADLINE + SLACK * patience()
    assert servant(faulty) == process  # the others were answered all the time
    others = [sent.took for sent in fault.sent]
    assert max(others) < NEW_POST_DEADLINE


def test_a_hookimpl_hangs_and_fails_closed(fault, ann, channel):
    post = ann.say(channel, "hello")
    begin = time.monotonic()
    with pytest.raises(AppError, match="Post rejected by plugin"):
        ann.put(f"/posts/{post['id']}/patch", {"message": "hang on"})
    assert DEADLINE <= time.monotonic() - begin < DEADLINE + MARGIN + SLACK * patience()
    assert ann.get(f"/posts/{post['id']}")["message"] == post["message"]


def test_a_hookimpl_eats_memory_until_python_dies(faulty, fault, ann, channel):
    for _ in range(3):
        process = servant(faulty)
        begin = time.monotonic()
        assert ann.say(channel, "eat this")["message"] == "eat this"
        assert time.monotonic() - begin < NEW_POST_DEADLINE + SLACK * patience()
        until(lambda process=process: process not in faulty.servants(ID), "Python has died")
        recover(fault, process, time.monotonic())
    assert max(fault.recoveries) < RECOVERY * patience()


def test_a_hookimpl_floods_the_output(faulty, fault, ann, channel):
    process = servant(faulty)
    ann.say(channel, "flood it")
    until(lambda: ann.say(channel, "flooding?")["message"] == "False", "all is written")
    assert servant(faulty) == process


def test_the_bridge_is_killed(faulty, fault):
    """The server starts it again, at its next look."""
    process, (bridge,) = servant(faulty), faulty.bridges(ID)
    now = time.monotonic()
    os.kill(bridge, signal.SIGKILL)
    until(lambda: process not in faulty.servants(ID), "the end of Python", RECOVERY * patience())
    until(lambda: folders(faulty) == [], "the end of its folder", RECOVERY * patience())
    recover(fault, process, now)
    assert max(fault.recoveries) < HEALTH_CHECK + (RECOVERY + SLACK) * patience()


# The last one: the workers stay.
def test_one_of_three_workers_is_killed(three_workers, fault):
    for _ in range(WORKER_KILLS):
        before = until(lambda: len(now := three_workers.servants(ID)) == 3 and now, "three workers run")
        now = time.monotonic()
        os.kill(before[0], signal.SIGKILL)
        sent = fault.until_seen(not_by=set(before), since=now)
        fault.recoveries.append(sent.end - now)
    unseen = [sent for sent in fault.sent if sent.seen_by is None]
    assert len(unseen) <= WORKER_KILLS * USERS  # those that it was busy with
    assert max(sent.took for sent in fault.sent) < SLACK * patience()  # the others answer meanwhile


def folders(server):
    """The private folders of bridges."""
    return list((server.folder / "tmp").glob("mmhooks-bridge-*"))
