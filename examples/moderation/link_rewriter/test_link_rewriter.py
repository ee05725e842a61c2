"""No server, no gRPC: the plugin runs in a workspace in memory."""

from __future__ import annotations

from time import perf_counter

import pytest
from mmhooks_link_rewriter import DEFAULTS, Link, LinkRewriter, Links, expression, problem_of

from mmhooks import Post
from mmhooks.testing import Workspace


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("see TICK-12.", "see [TICK-12](https://tickets.example.com/TICK-12)."),
        (
            "TICK-1, TICK-2",
            "[TICK-1](https://tickets.example.com/TICK-1), [TICK-2](https://tickets.example.com/TICK-2)",
        ),
        (
            "https://www.youtube.com/watch?v=BFo7E9-Kc_E",
            "[YouTube video BFo7E9-Kc_E](https://www.youtube.com/watch?v=BFo7E9-Kc_E)",
        ),
    ],
)
def test_posts_are_changed(mm: Workspace, message: str, expected: str) -> None:
    mm.load(LinkRewriter())
    assert mm.post(message, by=mm.user("ann")).post.message == expected


@pytest.mark.parametrize(
    "message",
    [
        "nothing to see",
        "STICK-12, TICK-12a, TICK-",
        "`TICK-12` and ```\nTICK-12\n```",
        "[TICK-12](https://elsewhere.example.com)",
        "https://elsewhere.example.com/TICK-12",
        "https://www.youtube.com/watch?v=abc&t=10",
    ],
)
def test_posts_are_left_alone(mm: Workspace, message: str) -> None:
    mm.load(LinkRewriter())
    assert mm.post(message, by=mm.user("ann")).post.message == message


def test_edits_are_changed(mm: Workspace) -> None:
    mm.load(LinkRewriter())
    post = mm.post("hello", by=mm.user("ann")).post
    assert mm.edit(post, "TICK-1").post.message == "[TICK-1](https://tickets.example.com/TICK-1)"


def test_system_messages_and_overlong_ones_stay(mm: Workspace) -> None:
    rewriter = LinkRewriter()
    mm.load(rewriter)
    joined = Post(type="system_join_channel", message="TICK-1 joined the channel")
    assert rewriter.message_will_be_posted(joined, mm.api) is None
    assert rewriter.message_will_be_posted(Post(message="TICK-1 " * 2000), mm.api) is None


def test_patterns_are_added_listed_and_removed(mm: Workspace) -> None:
    mm.load(LinkRewriter())
    ann = mm.user("ann", admin=True)
    assert "OPS-#" in mm.command("/links add OPS-# https://ops.example.com/# Case #", by=ann).text
    assert mm.post("OPS-7", by=ann).post.message == "[Case 7](https://ops.example.com/7)"
    assert "`OPS-#`" in mm.command("/links list", by=ann).text
    assert mm.command("/links remove OPS-#", by=ann).text == "`OPS-#` is forgotten."
    assert mm.post("OPS-7", by=ann).post.message == "OPS-7"
    assert "no pattern" in mm.command("/links remove OPS-#", by=ann).text


def test_patterns_outlive_the_plugin(mm: Workspace) -> None:
    ann = mm.user("ann", admin=True)
    mm.load(LinkRewriter())
    mm.command("/links remove TICK-#", by=ann)
    mm.load(LinkRewriter())
    assert mm.post("TICK-1", by=ann).post.message == "TICK-1"


def test_only_administrators_change_patterns(mm: Workspace) -> None:
    mm.load(LinkRewriter())
    ann = mm.user("ann")
    assert "Only system administrators" in mm.command("/links add a https://evil.example.com", by=ann).text
    assert "Only system administrators" in mm.command("/links remove TICK-#", by=ann).text
    assert "TICK-#" in mm.command("/links list", by=ann).text


@pytest.mark.parametrize("line", ["/links help", "/links add", "/links add OPS-#", "/links remove"])
def test_usage(mm: Workspace, line: str) -> None:
    mm.load(LinkRewriter())
    assert "`/links add PATTERN ADDRESS [LABEL]`" in mm.command(line, by=mm.user("ann", admin=True)).text


@pytest.mark.parametrize(
    "link",
    [
        Link("#", "https://a.example.com", "x"),
        Link("A#*", "https://a.example.com", "x"),
        Link("A-#", "javascript:alert(1)", "x"),
        Link("A-#", "https://a.example.com/)", "x"),
        Link("A-#", "https://a.example.com", "x](y"),
    ],
)
def test_patterns_that_make_no_links(link: Link) -> None:
    assert problem_of(link)


def test_the_longer_pattern_wins() -> None:
    links = Links([Link("OPS-*", "https://a.example.com", ""), Link("OPS-X-#", "https://b.example.com", "")])
    found = expression(links).search("OPS-X-1")
    assert found is not None
    assert found.lastgroup == "link1"


def test_defaults_are_right() -> None:
    assert [problem_of(link) for link in DEFAULTS.links] == ["", "", ""]


@pytest.mark.parametrize("text", ["[", "<", "`", "```", "TICK-", "https://", "[]("])
def test_hostile_posts_take_no_time(text: str) -> None:
    message = (text * 16_383)[:16_383]
    begin = perf_counter()
    expression(DEFAULTS).sub("", message)
    assert perf_counter() - begin < 1
