"""A full post between attrs and its message, against functions written by hand for it."""

from __future__ import annotations

import json
from typing import Any

from bench.measure import Row, medians
from bench.values import FULL_POST
from mmhooks._pb import core_pb2 as pb
from mmhooks.api.converter import message_converter
from mmhooks.api.models import Post, PostEmbed, PostMetadata, Reaction


def run(rounds: int) -> list[Row]:
    """Both directions; many conversions a measurement, since one takes microseconds."""
    converter = message_converter()
    write, read = converter.get_unstructure_hook(Post), converter.get_structure_hook(Post)
    message = write(FULL_POST)
    assert to_message(FULL_POST) == message
    assert from_message(message) == read(message, Post) == FULL_POST
    found = medians(
        {
            "write": many(lambda: write(FULL_POST)),
            "write by hand": many(lambda: to_message(FULL_POST)),
            "read": many(lambda: read(message, Post)),
            "read by hand": many(lambda: from_message(message)),
        },
        rounds,
        20,
        warm_up=5,
    )
    return [
        Row(
            "full post, attrs -> message",
            "by hand",
            found["write"] / 100,
            found["write by hand"] / 100,
            "us",
            1.3,
        ),
        Row(
            "full post, message -> attrs",
            "by hand",
            found["read"] / 100,
            found["read by hand"] / 100,
            "us",
            1.3,
        ),
    ]


def many(call: Any) -> Any:
    def repeated() -> None:
        for _ in range(100):
            call()

    return repeated


def to_message(post: Post) -> pb.Post:
    """As one would write it: the constructor with everything that is set."""
    metadata = post.metadata
    assert metadata is not None
    message = pb.Post(
        id=post.id,
        create_at=post.create_at,
        update_at=post.update_at,
        edit_at=post.edit_at,
        delete_at=post.delete_at,
        is_pinned=post.is_pinned,
        user_id=post.user_id,
        channel_id=post.channel_id,
        root_id=post.root_id,
        original_id=post.original_id,
        message=post.message,
        message_source=post.message_source,
        type=post.type,
        props=json.dumps(post.props, separators=(",", ":")).encode() if post.props else b"",
        hashtags=post.hashtags,
        filenames=post.filenames,
        file_ids=post.file_ids,
        pending_post_id=post.pending_post_id,
        has_reactions=post.has_reactions,
        remote_id=post.remote_id,
        reply_count=post.reply_count,
        last_reply_at=post.last_reply_at,
        is_following=post.is_following,
    )
    message.metadata.SetInParent()
    for embed in metadata.embeds:
        data = json.dumps(embed.data, separators=(",", ":")).encode()
        message.metadata.embeds.add(type=embed.type, url=embed.url, data=data)
    for reaction in metadata.reactions:
        message.metadata.reactions.add(
            user_id=reaction.user_id, post_id=reaction.post_id, emoji_name=reaction.emoji_name
        )
    return message


def from_message(message: pb.Post) -> Post:
    """As one would write it: every field by name."""
    metadata = message.metadata
    return Post(
        id=message.id,
        create_at=message.create_at,
        update_at=message.update_at,
        edit_at=message.edit_at,
        delete_at=message.delete_at,
        is_pinned=message.is_pinned,
        user_id=message.user_id,
        channel_id=message.channel_id,
        root_id=message.root_id,
        original_id=message.original_id,
        message=message.message,
        message_source=message.message_source,
        type=message.type,
        props=json.loads(message.props) if message.props else {},
        hashtags=message.hashtags,
        filenames=list(message.filenames),
        file_ids=list(message.file_ids),
        pending_post_id=message.pending_post_id,
        has_reactions=message.has_reactions,
        remote_id=message.remote_id if message.HasField("remote_id") else None,
        reply_count=message.reply_count,
        last_reply_at=message.last_reply_at,
        participants=[],
        is_following=message.is_following if message.HasField("is_following") else None,
        metadata=PostMetadata(
            embeds=[PostEmbed(type=e.type, url=e.url, data=json.loads(e.data)) for e in metadata.embeds],
            reactions=[
                Reaction(
                    user_id=r.user_id,
                    post_id=r.post_id,
                    emoji_name=r.emoji_name,
                    create_at=r.create_at,
                    update_at=r.update_at,
                    delete_at=r.delete_at,
                    channel_id=r.channel_id,
                    remote_id=r.remote_id if r.HasField("remote_id") else None,
                )
                for r in metadata.reactions
            ],
        ),
    )
