"""Reactions, and the emoji that a workspace has of its own."""

from __future__ import annotations

import re
from typing import Final

from mmhooks.api._generated.emoji import system_emojis
from mmhooks.api.models import Emoji, Post, Reaction
from mmhooks.api.stream import ByteStream, Content
from mmhooks.devhost.api.base import Topic, fail
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.tables import EMOJIS, POSTS, REACTIONS

_EMOJI: Final = re.compile(r"[a-zA-Z0-9\-+_]{1,64}")


class ReactionTopic(Topic):
    """Reactions, and the emoji that a workspace has of its own."""

    def add_reaction(self, reaction: Reaction) -> Reaction:
        self._post_of(reaction)
        self.check_emoji(reaction.emoji_name)
        self._check_limit(reaction)
        return self.save_reaction(reaction)

    def check_emoji(self, name: str) -> None:
        """Raise AppError (404) if neither a server nor the workspace has such an emoji."""
        if name not in system_emojis():
            self.get_emoji_by_name(name)

    def save_reaction(self, reaction: Reaction) -> Reaction:
        """Add a reaction with any name, as an import does."""
        where = "SaveReactionForPost"
        channel_id = self._channel_of(reaction, where, "api.reaction.save.archived_channel.app_error")
        now = self.now()
        new = reaction.evolve(
            create_at=reaction.create_at or now,
            update_at=now,
            delete_at=0,
            remote_id=reaction.remote_id or "",
            channel_id=channel_id,
        )
        _check(new)
        with self.store.transaction():
            old = self.store.get(REACTIONS, new.post_id, new.user_id, new.emoji_name)
            if old is None or old.delete_at:
                self.store.put(REACTIONS, new)
                touch = "UPDATE posts SET has_reactions = 1, update_at = ? WHERE id = ?"
                self.store.execute(touch, now, new.post_id)
        self.firing.tell("reaction_has_been_added", plugin_context(), new)
        self.publish("reaction_added", channel_id=channel_id, reaction=new)
        return new

    def _channel_of(self, reaction: Reaction, where: str, archived: str) -> str:
        post = self._post_of(reaction)
        if self.app.get_channel(post.channel_id).delete_at:
            raise fail(where, archived, 403, "The channel is archived.")
        return post.channel_id

    def _post_of(self, reaction: Reaction) -> Post:
        post = self.store.first(POSTS, "id = ? AND delete_at = 0", reaction.post_id)
        if post is None:
            raise fail("GetSinglePost", "app.post.get.app_error", 404, "There is no such post.")
        return post

    def _check_limit(self, reaction: Reaction) -> None:
        names = self.store.rows(
            "SELECT DISTINCT emoji_name FROM reactions WHERE post_id = ? AND delete_at = 0", reaction.post_id
        )
        most = int(self.app.setting("ServiceSettings", "UniqueEmojiReactionLimitPerPost"))
        if len(names) >= most and (reaction.emoji_name,) not in names:
            id = "app.reaction.save.save.too_many_reactions"
            raise fail("SaveReactionForPost", id, 400, f"A post has at most {most} different reactions.")

    def remove_reaction(self, reaction: Reaction) -> None:
        where = "DeleteReactionForPost"
        channel_id = self._channel_of(reaction, where, "api.reaction.delete.archived_channel.app_error")
        now = self.now()
        gone = reaction.evolve(update_at=now, remote_id=reaction.remote_id or "")
        with self.store.transaction():
            self.store.execute(
                "UPDATE reactions SET update_at = ?1, delete_at = ?1 WHERE post_id = ?2 AND user_id = ?3"
                " AND emoji_name = ?4",
                now,
                reaction.post_id,
                reaction.user_id,
                reaction.emoji_name,
            )
            self.store.execute(
                "UPDATE posts SET update_at = ?1, has_reactions ="
                " EXISTS (SELECT 1 FROM reactions WHERE post_id = ?2 AND delete_at = 0) WHERE id = ?2",
                now,
                reaction.post_id,
            )
        self.firing.tell("reaction_has_been_removed", plugin_context(), gone)
        self.publish("reaction_removed", channel_id=channel_id, reaction=gone)

    def get_reactions(self, post_id: str) -> list[Reaction]:
        rest = "WHERE post_id = ? AND delete_at = 0 ORDER BY create_at, reactions.rowid"
        return self.store.select(REACTIONS, rest, post_id)

    def get_emoji_list(self, sort_by: str, page: int, per_page: int) -> list[Emoji]:
        order = "ORDER BY name" if sort_by == "name" else "ORDER BY emojis.rowid"
        rest = f"WHERE delete_at = 0 {order} LIMIT ? OFFSET ?"
        return self.store.select(EMOJIS, rest, per_page, page * per_page)

    def get_emoji_by_name(self, name: str) -> Emoji:
        emoji = self.store.first(EMOJIS, "name = ? AND delete_at = 0", name)
        if emoji is None:
            raise fail("GetEmojiByName", "app.emoji.get_by_name.no_result", 404, "There is no such emoji.")
        return emoji

    def get_emoji(self, emoji_id: str) -> Emoji:
        emoji = self.store.first(EMOJIS, "id = ? AND delete_at = 0", emoji_id)
        if emoji is None:
            raise fail("GetEmoji", "app.emoji.get.no_result", 404, "There is no such emoji.")
        return emoji

    def save_emoji(self, emoji: Emoji, image: Content) -> Emoji:
        """Make an emoji as a user does.

        Raises:
            AppError: (400) it has no valid name, the name is taken, or the image is none.
        """
        where, name = "createEmoji", emoji.name.lower()
        if not 0 < len(name) <= 64 or not _EMOJI.fullmatch(name):
            raise fail(where, "model.emoji.name.app_error", 400, "This is no valid name of an emoji.")
        if name in system_emojis():
            id = "model.emoji.system_emoji_name.app_error"
            raise fail(where, id, 400, "The server has an emoji of this name.")
        if self.store.first(EMOJIS, "name = ? AND delete_at = 0", name) is not None:
            id = "api.emoji.create.duplicate.app_error"
            raise fail(where, id, 400, "Another emoji has this name already.")
        now = self.now()
        new = Emoji(id=new_id(), creator_id=emoji.creator_id, name=name, create_at=now, update_at=now)
        self.app.write_picture(f"emoji/{new.id}/image", image, where, "api.emoji.upload.image.app_error")
        self.store.insert(EMOJIS, new)
        self.publish("emoji_added", emoji=new)
        return new

    def get_emoji_image(self, emoji_id: str) -> tuple[ByteStream, str]:
        self.get_emoji(emoji_id)
        path = f"emoji/{emoji_id}/image"
        head = self.app.blob_head(path)
        kind = "gif" if head.startswith(b"GIF8") else "jpeg" if head.startswith(b"\xff\xd8") else "png"
        return ByteStream(self.app.blob(path)), kind


def _check(reaction: Reaction) -> None:
    for part, bad in (
        ("user_id", not is_id(reaction.user_id)),
        ("post_id", not is_id(reaction.post_id)),
    ):
        if bad:
            id = f"model.reaction.is_valid.{part}.app_error"
            raise fail("Reaction.IsValid", id, 400, f"This is no valid {part} of a reaction.")
