"""Values to measure with: one post as a server sends it, and one with everything set."""

from __future__ import annotations

from typing import Final

from mmhooks.api.models import PluginContext, Post, PostEmbed, PostMetadata, Reaction

CONTEXT: Final = PluginContext(
    session_id="s" * 26,
    request_id="r" * 26,
    ip_address="127.0.0.1",
    user_agent="Mozilla/5.0 (X11; Linux x86_64)",
)
POST: Final = Post(
    id="p" * 26,
    create_at=1_700_000_000_000,
    update_at=1_700_000_000_000,
    user_id="u" * 26,
    channel_id="c" * 26,
    message="Please look at the numbers of last week before we talk on Thursday. " * 3,
    pending_post_id="u" * 26 + ":1700000000000",
    props={"from_plugin": "true", "attempt": 3},
    file_ids=["f" * 26],
)
FULL_POST: Final = POST.evolve(
    edit_at=1_700_000_000_001,
    is_pinned=True,
    root_id="r" * 26,
    hashtags="#one #two",
    has_reactions=True,
    remote_id="remote",
    reply_count=4,
    last_reply_at=1_700_000_000_002,
    is_following=True,
    metadata=PostMetadata(
        embeds=[PostEmbed(type="link", url="https://example.com/page", data={"title": "A page"})],
        reactions=[
            Reaction(user_id="u" * 26, post_id="p" * 26, emoji_name=name) for name in ("one", "two", "three")
        ],
    ),
)
