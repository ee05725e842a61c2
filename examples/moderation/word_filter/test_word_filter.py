"""No server, no gRPC: the plugin runs in a workspace in memory."""

from __future__ import annotations

import pytest
from mmhooks_word_filter import WordFilter, pattern_of

from mmhooks import Post, Rejection, hookimpl, reject
from mmhooks.testing import Workspace


def test_unwelcome_words_are_rejected(mm: Workspace) -> None:
    mm.load(WordFilter())
    ann = mm.user("ann")
    outcome = mm.post("Psst: the  password is 1234", by=ann)
    assert outcome.rejected
    assert "the  password is" in outcome.reason
    assert mm.post("What is the password?", by=ann).post.message == "What is the password?"


def test_edits_are_rejected_too(mm: Workspace) -> None:
    mm.load(WordFilter())
    ann = mm.user("ann")
    post = mm.post("hello", by=ann).post
    assert mm.edit(post, "the password is 1234").rejected
    assert mm.api.get_post(post.id).message == "hello"


def test_bots_may_say_anything(mm: Workspace) -> None:
    mm.load(WordFilter())
    robot = mm.bot("robot")
    assert not mm.post("the password is 1234", by=robot).rejected


def test_words_are_a_setting(mm: Workspace) -> None:
    mm.load(WordFilter(), settings={"Words": "cabbage\nred beet"})
    ann = mm.user("ann")
    assert mm.post("Cabbage!", by=ann).rejected
    assert mm.post("red beet", by=ann).rejected
    assert not mm.post("the password is 1234", by=ann).rejected
    mm.configure(Words="")
    assert not mm.post("Cabbage!", by=ann).rejected


@pytest.mark.parametrize("text", ["a b", "A  B", "x a\nb y", "(a b)"])
def test_pattern_finds(text: str) -> None:
    assert pattern_of("a b, c").search(text)


@pytest.mark.parametrize("text", ["ab", "a bc", "xa b", "", "a, b"])
def test_pattern_leaves(text: str) -> None:
    assert not pattern_of("a b, c").search(text)


def test_bots_are_not_free_of_other_packages(mm: Workspace) -> None:
    class NoShouting:
        @hookimpl
        def message_will_be_posted(self, post: Post) -> Rejection | None:
            return reject("Do not shout") if post.message.isupper() else None

    mm.load(WordFilter(), NoShouting())
    assert mm.post("BEEP", by=mm.bot("robot")).reason == "Do not shout"
