from __future__ import annotations

import gzip
import json
import random
import zipfile
from pathlib import Path

import pytest

from mmhooks.devhost.host import Host
from mmhooks.devhost.importer import Importer
from mmhooks.errors import MmhooksError

REAL = next(
    (
        place
        for root in Path(__file__).resolve().parents
        for place in (
            *sorted((root / "examples" / "data").glob("mattermost-*-export.jsonl*")),
            root / "shared" / "data" / "mattermost-11.1-export.jsonl",
        )
        if place.is_file()
    ),
    None,
)

T0 = 1_700_000_000_000
STRUCTURE = [
    {"type": "version", "version": 1},
    {"type": "role", "role": {"name": "custom"}},
    {"type": "team", "team": {"name": "crew", "display_name": "Crew", "type": "O"}},
    {"type": "channel", "channel": {"team": "crew", "name": "dev", "display_name": "Dev", "type": "O"}},
    *(
        {
            "type": "user",
            "user": {
                "username": name,
                "email": f"{name}@example.com",
                "roles": "system_guest" if name == "gus" else "system_user",
                "teams": [
                    {
                        "name": "crew",
                        "roles": f"team_{role}",
                        "channels": [{"name": "dev", "roles": f"channel_{role}"}],
                    }
                ],
            },
        }
        for name, role in (("ann", "user"), ("ben", "user"), ("gus", "guest"))
    ),
]


def post(message, at=0, user="ann", **fields):
    value = {"team": "crew", "channel": "dev", "user": user, "message": message, "create_at": T0 + at}
    return {"type": "post", "post": {**value, **fields}}


def play(tmp_path, records, *, strict=False, host=None, name="export.jsonl"):
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n")
    with host or Host() as running:
        summary = Importer(running, path).run(strict=strict)
        rows = running.store.rows("SELECT message, create_at FROM posts WHERE delete_at = 0 ORDER BY rowid")
        return summary, [(message, at - T0) for message, at in rows]


class Plugin:
    """Rejects what is bad, shouts what is loud."""

    def implemented(self):
        return frozenset({"message_will_be_posted", "message_has_been_posted"})

    def call(self, hook, *args):
        if hook == "message_has_been_posted":
            return None
        message = args[1].message
        if message == "bad":
            return None, "no bad words"
        return (args[1].evolve(message=message.upper()) if message == "loud" else None), ""


def test_posts_replies_and_reactions_come_in_the_order_of_time(tmp_path):
    reaction = {"user": "ben", "create_at": T0 + 5, "emoji_name": "old_emoji"}
    reply = {"user": "gus", "message": "third", "create_at": T0 + 30, "reactions": [reaction]}
    early = {"user": "ben", "message": "too early", "create_at": T0 - 100}
    summary, posts = play(
        tmp_path,
        [*STRUCTURE, post("second", 20), post("first", 10, replies=[reply, early], reactions=[reaction])],
    )
    assert posts == [("first", 10), ("too early", -100), ("second", 20), ("third", 30)]
    assert (summary.posts, summary.replies, summary.reactions) == (2, 2, 2)
    assert summary.errors == []
    assert dict(summary.structure) == {"version": 1, "team": 1, "channel": 1, "user": 3}
    assert dict(summary.ignored) == {"role": 1}


def test_hooks_are_honoured_and_reported(tmp_path):
    reply = {"user": "ben", "message": "re", "create_at": T0 + 2}
    host = Host(hooks=Plugin())
    summary, posts = play(
        tmp_path, [*STRUCTURE, post("bad", replies=[reply]), post("loud", 5), post("fine", 6)], host=host
    )
    assert posts == [("LOUD", 5), ("fine", 6)]
    assert [(one.line, one.post.message, one.reason) for one in summary.rejected] == [
        (8, "bad", "no bad words")
    ]
    assert [(before.message, after.message) for before, after in summary.changed] == [("loud", "LOUD")]
    assert summary.skipped == 1


def test_direct_posts_make_their_channels(tmp_path):
    def direct(members, message):
        value = {"channel_members": members, "user": "ann", "message": message, "create_at": T0}
        return {"type": "direct_post", "direct_post": value}

    channel = {"type": "direct_channel", "direct_channel": {"members": ["ann", "ben"], "header": "us"}}
    records = [*STRUCTURE, channel, direct(["ben", "ann"], "hi"), direct(["ann"], "note")]
    summary, posts = play(tmp_path, [*records, direct(["ann", "ben", "gus"], "all")])
    assert [message for message, _ in posts] == ["hi", "note", "all"]
    assert (summary.direct_posts, summary.errors) == (3, [])


def test_bad_lines_are_named_and_the_rest_goes_on(tmp_path):
    records = [
        *STRUCTURE,
        "{broken",
        '{"no": "type"}',
        '{"type": "post"}',
        post("a", channel="nowhere"),
        post("b", user="nobody"),
        post("c", props=["not", "an", "object"]),
        {"type": "channel", "channel": {"team": "nowhere", "name": "x"}},
        {
            "type": "user",
            "user": {"username": "zoe", "email": "zoe@example.com", "teams": [{"name": "gone"}]},
        },
        post("good", attachments=[{"path": "bulk/missing.pdf"}], flagged_by=["nobody"]),
    ]
    summary, posts = play(tmp_path, records)
    assert posts == [("good", 0)]
    first = len(STRUCTURE) + 1
    reasons = {error.line - first: error.reason for error in summary.errors if error.line < first + 8}
    assert sorted(reasons) == list(range(8))
    assert "no JSON" in reasons[0]
    assert reasons[3] == "there is no channel 'nowhere' in team 'crew'"
    assert reasons[4] == "there is no user 'nobody'"
    assert reasons[7] == "there is no team 'gone'"
    last = [error.reason for error in summary.errors if error.line == first + 8]
    assert last == [
        "the attached file 'bulk/missing.pdf' is missing",
        "flagged by: there is no user 'nobody'",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"message": 5},
        {"message": {"a": 1}},
        {"message": "\ud800"},
        {"create_at": 10**30},
        {"create_at": "soon"},
        {"type": 7},
        {"props": "x"},
        {"user": ["ann"]},
        {"replies": [5, None, {"user": "ann"}]},
        {"attachments": "x"},
        {"reactions": [{"user": "ann"}, "x"]},
    ],
)
def test_values_of_the_wrong_form_are_errors_of_their_line(tmp_path, wrong):
    summary, posts = play(
        tmp_path, [*STRUCTURE, {"type": "post", "post": {**post("first")["post"], **wrong}}, post("good")]
    )
    assert ("good", 0) in posts
    assert summary.errors
    assert {error.line for error in summary.errors} == {len(STRUCTURE) + 1}


def test_strict_stops_at_the_first_error(tmp_path):
    summary, posts = play(tmp_path, [*STRUCTURE, "{broken", post("a")], strict=True)
    assert (summary.stopped, len(summary.errors), posts) == (True, 1, [])


def test_a_file_cut_in_the_middle_says_so(tmp_path):
    whole = "\n".join(json.dumps(record) for record in [*STRUCTURE, post("a"), post("b")])
    (tmp_path / "cut.jsonl").write_text(whole[:-20])
    with Host() as host:
        summary = Importer(host, tmp_path / "cut.jsonl").run()
    assert summary.posts == 1
    assert [error.line for error in summary.errors] == [9]
    assert "cut here" in summary.errors[0].reason


def packed_and_played(tmp_path, break_it):
    """Play a gzip file of some posts that something has happened to."""
    records = [
        *STRUCTURE,
        *(post(f"{number} {random.Random(number).random()}", number) for number in range(500)),
    ]
    path = tmp_path / "export.jsonl.gz"
    path.write_bytes(
        break_it(gzip.compress("".join(f"{json.dumps(record)}\n" for record in records).encode()))
    )
    with Host() as host:
        return Importer(host, path).run()


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
def test_what_comes_before_the_cut_of_a_packed_file_is_played(tmp_path, part):
    summary = packed_and_played(tmp_path, lambda data: data[: int(len(data) * part)])
    assert 500 * part * 0.5 < summary.posts < 500
    [error] = summary.errors
    assert error.line == len(STRUCTURE) + summary.posts + 1
    assert error.reason == "the file ends in the middle"


def test_a_packed_file_that_is_whole_but_for_its_end(tmp_path):
    summary = packed_and_played(tmp_path, lambda data: data[:-4])
    assert summary.posts == 500
    assert [(error.line, error.reason) for error in summary.errors] == [
        (len(STRUCTURE) + 501, "the file ends in the middle")
    ]


def test_what_comes_before_the_damage_of_a_packed_file_is_played(tmp_path):
    def damage(data):
        middle = len(data) // 2
        return data[:middle] + bytes(200) + data[middle + 200 :]

    summary = packed_and_played(tmp_path, damage)
    assert summary.posts > 0
    # What was unpacked of the damaged part may be nonsense of any kind.
    last = max(summary.errors, key=lambda error: error.line)
    assert last.reason.startswith("the file is damaged here (")


@pytest.mark.parametrize("kind", ["gz", "zip", "plain"])
def test_packed_files_are_taken_with_their_attachments(tmp_path, kind):
    records = [*STRUCTURE, post("a", attachments=[{"path": "bulk/x.txt"}])]
    text = "\n".join(json.dumps(record) for record in records).encode()
    (tmp_path / "data" / "bulk").mkdir(parents=True)
    (tmp_path / "data" / "bulk" / "x.txt").write_bytes(b"attached")
    path = tmp_path / {"gz": "e.jsonl.gz", "zip": "e.zip", "plain": "e.jsonl"}[kind]
    if kind == "gz":
        path.write_bytes(gzip.compress(text))
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("import.jsonl", text)
            archive.write(tmp_path / "data" / "bulk" / "x.txt", "data/bulk/x.txt")
    else:
        path.write_bytes(text)
    with Host() as host:
        summary = Importer(host, path).run()
        assert (summary.posts, summary.attachments, summary.errors) == (1, 1, [])
        info = host.api.get_file_infos(0, 1)[0]
        assert (info.name, host.api.get_file(info.id).read()) == ("x.txt", b"attached")
        page = host.api.get_posts_for_channel(info.channel_id, 0, 1)
        assert page.posts[page.order[0]].file_ids == [info.id]


def test_what_is_no_export_is_refused(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"no archive")
    (tmp_path / "x.jsonl.gz").write_bytes(b"no gzip file")
    (tmp_path / "empty.jsonl.gz").write_bytes(gzip.compress(b"all of it")[:11])
    with Host() as host:
        for name in ("missing.jsonl", "x.zip", "x.jsonl.gz", "empty.jsonl.gz"):
            with pytest.raises(MmhooksError, match=name):
                Importer(host, tmp_path / name).run()


def test_progress_is_told(tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in [*STRUCTURE, post("a")]))
    told = []
    with Host() as host:
        Importer(host, path).run(lambda *step: told.append(step))
    assert told[-1] == ("posts", 1, 1)
    assert {stage for stage, _, _ in told} == {"structure", "posts"}


@pytest.mark.slow
@pytest.mark.skipif(REAL is None, reason="the export of a real server is not here")
def test_the_export_of_a_real_server_is_played_whole():
    raw = REAL.read_bytes()
    lines = len((gzip.decompress(raw) if REAL.suffix == ".gz" else raw).splitlines())
    with Host(hooks=Plugin()) as host:
        summary = Importer(host, REAL).run()
        stored = host.store.scalar("SELECT count(*) FROM posts")
    assert summary.errors == []
    assert summary.lines == lines
    assert (summary.posts, summary.direct_posts) == (2603, 900)
    assert stored == summary.posts + summary.direct_posts + summary.replies
    assert summary.reactions > 0


@pytest.mark.slow
def test_ten_thousand_lines_are_no_trouble(tmp_path):
    records = [*STRUCTURE, *(post(f"number {number}", number, user="gus") for number in range(10_000))]
    summary, posts = play(tmp_path, records)
    assert (summary.posts, summary.errors) == (10_000, [])
    assert posts == sorted(posts, key=lambda one: one[1])


def test_a_post_that_the_server_would_not_take_is_an_error(tmp_path):
    summary, posts = play(tmp_path, [*STRUCTURE, post("x" * 20_000), post("y", type="nonsense")])
    assert posts == []
    assert [error.reason for error in summary.errors] == [
        "This is no valid post (message_length).",
        "This is no valid post (type).",
    ]
