"""Posts: making, changing and deleting them."""

from __future__ import annotations

import json
from typing import Any, Final

from mmhooks.api.converter import json_converter
from mmhooks.api.models import Channel, Post, PostMetadata, User
from mmhooks.devhost.api.base import Topic, approximate, fail, first_wrong
from mmhooks.devhost.api.interaction import with_action_ids
from mmhooks.devhost.hooks import plugin_context
from mmhooks.devhost.ids import is_id, new_id
from mmhooks.devhost.post_types import JOIN_LEAVE, TYPES
from mmhooks.devhost.tables import FILE_INFOS, POSTS
from mmhooks.devhost.text import channel_mentions, hashtags, mentions
from mmhooks.errors import DISMISS_REASON

MOST_RUNES: Final = 16_383


class PostTopic(Topic):
    """Posts: making, changing and deleting them."""

    def create_post(self, post: Post) -> Post:
        return _bare(self.save_post(post.evolve(props={**post.props, "from_plugin": "true"})))

    def save_post(self, post: Post, *, is_told: bool = True) -> Post:
        """Make a post as the server does for whoever makes it: asks the plugin, stores, tells.

        Args:
            post: the post.
            is_told: whether outgoing webhooks hear of it.

        Raises:
            AppError: (400) the plugin refuses, or the post is not valid; (404) channel or author is missing.
        """
        channel = self.app.maybe_channel(post.channel_id)
        if channel is None:
            id = "app.channel.get.existing.app_error"
            raise fail("CreatePostMissingChannel", id, 404, "There is no such channel.")
        if not post.pending_post_id:
            return self._create(post, channel, is_told)
        known = self.host.pending.begin(post.pending_post_id, self.now())
        if known is None:
            id = "api.post.deduplicate_create_post.pending"
            raise fail("deduplicateCreatePost", id, 500, "The same post is being made already.")
        if known:
            return self.app.get_post(known)
        saved = None
        try:
            saved = self._create(post, channel, is_told)
        finally:
            self.host.pending.end(post.pending_post_id, saved.id if saved else "")
        return saved

    def _create(self, post: Post, channel: Channel, is_told: bool) -> Post:
        user = self.app.get_user(post.user_id)
        root = self._root(post)
        post = post.evolve(props=self._props(post, channel, user), hashtags=hashtags(post.message))
        post, reason = self.firing.post(post, guarded=self.app.is_guarded(channel.id))
        if reason:
            id = reason if reason == DISMISS_REASON else f"Post rejected by plugin. {reason}"
            raise fail("createPost", id, 400)
        saved, notified = self._insert_post(post, user)
        self.firing.tell("message_has_been_posted", plugin_context(), _bare(saved))
        if self.app.consuming():
            saved = self.firing.consumed([saved])[0]
        self._announce(saved, channel, user, root, notified)
        if is_told and self.app.outgoing_webhooks():
            self.app.tell_webhooks(saved, channel, user)
        return saved

    def _root(self, post: Post) -> Post | None:
        if not post.root_id:
            return None
        root = self.store.first(POSTS, "id = ? AND delete_at = 0", post.root_id)
        if root is None or root.root_id:
            id = "api.post.create_post.root_id.app_error"
            raise fail("createPost", id, 400, "There is no post to reply to, or it is a reply itself.")
        if root.channel_id != post.channel_id:
            id = "api.post.create_post.channel_root_id.app_error"
            raise fail("createPost", id, 500, "A reply belongs into the channel of its thread.")
        return root

    def _props(self, post: Post, channel: Channel, user: User | None) -> dict[str, Any]:
        unwanted = ("add_channel_member", "channel_mentions")
        props = {key: value for key, value in post.props.items() if key not in unwanted}
        if user is not None and user.is_bot:
            props["from_bot"] = "true"
        if "attachments" in props:
            props["attachments"] = json_converter().unstructure(props["attachments"])
        named = channel_mentions(post.message)
        if named and (known := self._mentioned(named, channel.team_id)):
            props["channel_mentions"] = known
        return props

    def _mentioned(self, names: list[str], team_id: str) -> dict[str, Any]:
        marks = ", ".join("?" * len(names))
        rows = self.store.rows(
            "SELECT c.name, c.display_name, t.name FROM channels c JOIN teams t ON t.id = c.team_id"
            f" WHERE c.team_id = ? AND c.type = 'O' AND c.delete_at = 0 AND c.name IN ({marks})",
            team_id,
            *names,
        )
        return {name: {"display_name": title, "team_name": team} for name, title, team in rows}

    def insert_post(self, post: Post, user: User) -> Post:
        """Store a post, completed and checked, with what depends on it; fires no hook."""
        return self._insert_post(post, user)[0]

    def _insert_post(self, post: Post, user: User) -> tuple[Post, list[str]]:
        """Store a post as `insert_post`; return it with the ids of those whom it mentions."""
        if post.id:
            id = "app.post.save.existing.app_error"
            raise fail("CreatePost", id, 400, "A new post has no id yet.")
        now = post.create_at or self.now()
        post = post.evolve(
            id=new_id(),
            create_at=now,
            update_at=now,
            original_id="",
            file_ids=list(dict.fromkeys(post.file_ids)),
            metadata=_kept_metadata(post.metadata),
        )
        post = with_action_ids(post)
        _check(post)
        with self.store.transaction():
            post = post.evolve(file_ids=self._attach(post))
            self.store.insert(POSTS, post)
            self._count(post)
            mentioned = self._count_mentions(post, user)
            replies = self._add_to_thread(post, mentioned) if post.root_id else 0
        return post.evolve(reply_count=replies), mentioned

    def _attach(self, post: Post) -> list[str]:
        """Give the post its files; those that are not the author's or another post's are left out."""
        return [
            file_id
            for file_id in post.file_ids
            if self.store.execute(
                "UPDATE file_infos SET post_id = ?, channel_id = ? WHERE id = ? AND post_id = ''"
                " AND delete_at = 0 AND creator_id IN (?, 'nouser')",
                post.id,
                post.channel_id,
                file_id,
                post.user_id,
            )
        ]

    def _count(self, post: Post) -> None:
        counted = post.type not in JOIN_LEAVE
        is_root = not post.root_id
        self.store.execute(
            "UPDATE channels SET last_post_at = max(?1, last_post_at),"
            " total_msg_count = total_msg_count + ?2,"
            " last_root_post_at = CASE WHEN ?3 THEN max(?1, last_root_post_at) ELSE last_root_post_at END,"
            " total_msg_count_root = total_msg_count_root + (?2 AND ?3) WHERE id = ?4",
            post.create_at,
            counted,
            is_root,
            post.channel_id,
        )

    def _add_to_thread(self, post: Post, mentioned: list[str]) -> int:
        self.store.execute("UPDATE posts SET update_at = ? WHERE id = ?", post.create_at, post.root_id)
        self.app.keep_thread(post, mentioned)
        count = "SELECT count(*) FROM posts WHERE root_id = ? AND root_id <> '' AND delete_at = 0"
        return int(self.store.scalar(count, post.root_id))

    def _count_mentions(self, post: Post, user: User) -> list[str]:
        notified = self._notified(post, user)
        for user_id in notified:
            self.store.execute(
                "UPDATE channel_members SET mention_count = mention_count + 1,"
                " mention_count_root = mention_count_root + ? WHERE channel_id = ? AND user_id = ?",
                not post.root_id,
                post.channel_id,
                user_id,
            )
        return notified

    def _notified(self, post: Post, user: User) -> list[str]:
        """Return the members whom a post mentions; in a direct channel, all but its author."""
        if post.type == "system_add_to_channel" and (added := post.props.get("addedUserId")):
            return [str(added)]  # whoever is added is to know of it
        if post.type.startswith("system_"):
            return []
        names = mentions(post.message)
        everybody = bool({"channel", "all", "here"}.intersection(names))
        direct = self.store.scalar("SELECT type IN ('D', 'G') FROM channels WHERE id = ?", post.channel_id)
        if not (names or direct):
            return []
        rest = "SELECT user_id FROM channel_members WHERE channel_id = ? AND user_id <> ?"
        if not (everybody or direct):
            rest += (
                f" AND user_id IN (SELECT id FROM users WHERE username IN ({', '.join('?' * len(names))}))"
            )
        rows = self.store.rows(rest, post.channel_id, user.id, *(() if everybody or direct else names))
        return [row[0] for row in rows]

    def _announce(
        self, post: Post, channel: Channel, user: User, root: Post | None, notified: list[str]
    ) -> None:
        data = {
            "channel_display_name": channel.display_name,
            "channel_name": channel.name,
            "channel_type": channel.type,
            "post": json.dumps(json_converter().unstructure(post), ensure_ascii=False),
            "sender_name": f"@{user.username}",
            "set_online": True,
            "team_id": channel.team_id,
        }
        if post.file_ids:
            data["otherFile"] = "true"
        if notified:
            data["mentions"] = json.dumps(notified)
        self.app.notify(post, channel, user, notified)
        self.host.publish("posted", data, self.app.broadcast(channel_id=channel.id))
        if root is not None:
            self.host.publish(
                "thread_updated", {"thread_id": root.id}, self.app.broadcast(channel_id=channel.id)
            )

    def system_post(
        self, channel: Channel, user_id: str, kind: str, message: str, props: dict[str, Any]
    ) -> Post:
        """Post what the server itself has to say; hooks see it as any other post."""
        post = Post(channel_id=channel.id, user_id=user_id, type=kind, message=message, props=props)
        return self.save_post(post, is_told=False)

    def update_post(self, post: Post) -> Post:
        return self.save_edit(post).evolve(metadata=None)

    def save_edit(self, post: Post) -> Post:
        """Change a post as the server does for whoever changes it; answers it with its metadata."""
        where = "UpdatePost"
        old = self.store.first(POSTS, "id = ? AND delete_at = 0", post.id)
        if old is None:
            status = 404 if post.id else 400
            raise fail(where, "app.post.get.app_error", status, "There is no such post.")
        channel = self._changeable(old)
        new = self._edited(old, post, channel)
        changed, reason = self.firing.post_update(new, old, guarded=self.app.is_guarded(channel.id))
        if changed is None:
            raise fail(where, f"Post rejected by plugin. {reason}", 400)
        changed = changed.evolve(metadata=_kept_metadata(post.metadata or old.metadata))
        saved = self._store_edit(changed, old)
        bare = saved.evolve(metadata=None)
        self.firing.tell("message_has_been_updated", plugin_context(), bare, old.evolve(metadata=None))
        self.publish("post_edited", channel_id=channel.id, post=saved)
        return self.app.with_reply_counts([saved])[0]

    def _changeable(self, post: Post) -> Channel:
        where = "UpdatePost"
        if post.type.startswith("system_"):
            id = "api.post.update_post.system_message.app_error"
            raise fail(where, id, 400, "The server's own messages cannot be changed.")
        channel = self.app.get_channel(post.channel_id)
        if channel.delete_at:
            id = "api.post.update_post.can_not_update_post_in_deleted.error"
            raise fail(where, id, 400, "The channel is archived.")
        return channel

    def _edited(self, old: Post, post: Post, channel: Channel) -> Post:
        files = self._known_files(post.file_ids, old)
        changed = post.message != old.message or files != old.file_ids
        changed = changed or post.props.get("attachments") != old.props.get("attachments")
        return old.evolve(
            message=post.message,
            hashtags=hashtags(post.message),
            edit_at=self.now() if changed else old.edit_at,
            is_pinned=post.is_pinned,
            has_reactions=post.has_reactions,
            props=self._props(post, channel, None),
            file_ids=files,
        )

    def _known_files(self, file_ids: list[str], old: Post) -> list[str]:
        """Return the files of an edited post: those it has, and new ones of its author."""
        infos = {info.id: info for info in self.store.among(FILE_INFOS, "id", file_ids)}
        return [
            id
            for id in dict.fromkeys(file_ids)
            if id in infos
            and (
                infos[id].post_id == old.id or (not infos[id].post_id and infos[id].creator_id == old.user_id)
            )
        ]

    def _store_edit(self, new: Post, old: Post) -> Post:
        now = self.now()
        new = with_action_ids(new.evolve(update_at=now))
        _check(new)
        before = old.evolve(id=new_id(), original_id=old.id, delete_at=now, update_at=now)
        with self.store.transaction():
            self.store.update(POSTS, new)
            self.store.insert(POSTS, before)
            gone = [file_id for file_id in old.file_ids if file_id not in new.file_ids]
            for file_id in gone:
                self.store.execute("UPDATE file_infos SET delete_at = ? WHERE id = ?", now, file_id)
            self._attach(new)
            touched = "UPDATE channels SET last_post_at = max(?, last_post_at) WHERE id = ?"
            self.store.execute(touched, now, new.channel_id)
            touched = "UPDATE posts SET update_at = max(?, update_at) WHERE id = ? AND id <> ''"
            self.store.execute(touched, now, new.root_id)
        return new

    def delete_post(self, post_id: str) -> None:
        self.remove_post(post_id, self.host.plugin_id)

    def remove_post(self, post_id: str, deleted_by: str) -> None:
        """Delete a post and the replies to it, in somebody's name."""
        where = "DeletePost"
        post = self.store.first(POSTS, "id = ? AND delete_at = 0", post_id)
        if post is None:
            raise fail(where, "app.post.get.app_error", 400, "There is no such post.")
        if self.app.get_channel(post.channel_id).delete_at:
            id = "api.post.delete_post.can_not_delete_post_in_deleted.error"
            raise fail(where, id, 400, "The channel is archived.")
        now = self.now()
        with self.store.transaction():
            mark = "delete_at = ?1, update_at = ?1, props = json_set(props, '$.deleteBy', ?2)"
            which = "delete_at = 0 AND (id = ?3 OR (root_id = ?3 AND root_id <> ''))"
            self.store.execute(f"UPDATE posts SET {mark} WHERE {which}", now, deleted_by, post_id)
            self.store.execute("UPDATE posts SET update_at = ? WHERE id = ? AND id <> ''", now, post.root_id)
            self.store.execute("UPDATE file_infos SET delete_at = ? WHERE post_id = ?", now, post_id)
        self.publish("post_deleted", channel_id=post.channel_id, post=post)
        self.firing.tell("message_has_been_deleted", plugin_context(), post.evolve(metadata=None))

    def send_ephemeral_post(self, user_id: str, post: Post) -> Post:
        sent = with_action_ids(post).evolve(
            type="system_ephemeral", id=post.id or new_id(), create_at=post.create_at or self.now()
        )
        self.host.ephemeral.add((user_id, sent))
        self.publish("ephemeral_message", user_id=user_id, channel_id=post.channel_id, post=sent)
        return sent.evolve(metadata=None)

    def update_ephemeral_post(self, user_id: str, post: Post) -> Post:
        sent = with_action_ids(post).evolve(type="system_ephemeral", update_at=self.now())
        self.host.ephemeral.add((user_id, sent))
        self.publish("post_edited", user_id=user_id, channel_id=post.channel_id, post=sent)
        return sent.evolve(metadata=None)

    def delete_ephemeral_post(self, user_id: str, post_id: str) -> None:
        now = self.now()
        gone = Post(id=post_id, user_id=user_id, type="system_ephemeral", delete_at=now, update_at=now)
        self.host.ephemeral.add((user_id, gone))
        self.publish("post_deleted", user_id=user_id, post=gone)

    @approximate("nothing is done, as on the server: it has given this up")
    def register_collection_and_topic(self, collection_type: str, topic_type: str) -> None:
        return None


def _bare(post: Post) -> Post:
    """Return the post as plugins see it."""
    return post.evolve(metadata=None) if post.metadata else post


def _kept_metadata(metadata: PostMetadata | None) -> PostMetadata | None:
    """Return what is stored of a post's metadata: its priority."""
    return PostMetadata(priority=metadata.priority) if metadata and metadata.priority else None


def _check(post: Post) -> None:
    wrong = first_wrong(
        ("id", not is_id(post.id)),
        ("user_id", not is_id(post.user_id)),
        ("channel_id", not is_id(post.channel_id)),
        ("root_id", bool(post.root_id) and not is_id(post.root_id)),
        ("message_length", len(post.message) > MOST_RUNES),
        ("type", bool(post.type) and post.type not in TYPES and not post.type.startswith("custom_")),
        ("file_ids", len(post.file_ids) * 29 > 300),
        ("props", bool(post.props) and len(_text(post.props)) > 800_000),
    )
    if wrong:
        text = f"This is no valid post ({wrong})."
        raise fail("Post.IsValid", f"model.post.is_valid.{wrong}.app_error", 400, text, f"id={post.id}")


def _text(props: dict[str, Any]) -> str:
    return json.dumps(props, ensure_ascii=False, default=str)
