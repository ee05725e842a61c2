"""Searching posts, as far as a server's answer depends on the locale of its database."""

from __future__ import annotations

import pytest

from mmhooks.api.models import Post, SearchParams
from mmhooks.testing.workspace import Workspace


@pytest.mark.parametrize(
    ("message", "terms", "is_found"),
    [
        ("\u201cpeculiar\u201d \u2014 strange", "peculiar strange", True),
        ("\u201cpeculiar\u201d \u2014 strange", '"peculiar strange"', False),
        ("a caf\u00e9", "caf", False),
        ("a caf\u00e9", "CAF\u00c9", True),
        ("\u00dcberblick", "\u00fcberblick", True),
        ("\u041c\u0438\u0440, \u0434\u0430", '"\u043c\u0418\u0420 \u0434\u0430"', True),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940", True),
        ("50% off", "50", True),
        ("snake_case", "case", True),
    ],
)
def test_words_of_any_language(mm: Workspace, message: str, terms: str, is_found: bool) -> None:
    ann = mm.user("ann")
    channel = mm.channel("town", members=[ann])
    mm.host.api.create_post(Post(channel_id=channel.id, user_id=ann.id, message=message))
    found = mm.host.api.search_posts_in_team(channel.team_id, [SearchParams(terms=terms)])
    assert [post.message for post in found] == ([message] if is_found else [])
