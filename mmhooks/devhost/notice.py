"""What people are told of a new post when they are away: who wants it, and what mail and push say."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from attrs import frozen

from mmhooks.api.models import (
    Channel,
    ChannelMember,
    EmailNotification,
    Post,
    PushNotification,
    Status,
    Team,
    User,
)

__all__ = ["PUSH_VERSION", "News", "Reader", "Rules", "mail_for", "push_for", "wants_mail", "wants_push"]

PUSH_VERSION: Final = "v2"
_LOOKING_MS: Final = 20_000
"""So long after a user's last sign of life in a channel, the user is taken to look at it."""
_MARKUP: Final = re.compile(
    r"</?[a-zA-Z][^>]*>|\*\*|__|~~|`+|^\s*(?:#+|>)\s+|!?\[([^\]]*)\]\([^)]*\)", re.MULTILINE
)


@frozen(kw_only=True)
class Rules:
    """The settings that count."""

    has_threads: bool
    """ServiceSettings.CollapsedThreads: readers follow threads by themselves."""
    requires_verification: bool
    contents: str
    """EmailSettings.PushNotificationContents."""
    overrides_names: bool
    overrides_icons: bool
    site_name: str
    site_url: str


@frozen(kw_only=True)
class News:
    """A post that is new."""

    post: Post
    channel: Channel
    sender: User
    names: tuple[str, ...] = ()
    """Of the members of a group channel, sorted."""

    @property
    def is_direct(self) -> bool:
        """Whether two people are talking."""
        return self.channel.type == "D"

    @property
    def is_system(self) -> bool:
        """Whether the server itself has written it."""
        return self.post.type.startswith("system_")

    def sender_name(self, rules: Rules) -> str:
        """What a reader takes for the author."""
        props = self.post.props
        if self.is_system:
            return "System"
        if rules.overrides_names and props.get("from_webhook") == "true" and not self.is_direct:
            return str(props.get("override_username") or f"@{self.sender.username}")
        return f"@{self.sender.username}"

    def channel_name(self, without: str = "") -> str:
        """What the channel is called.

        Args:
            without: the user whose name is left out in a group channel.
        """
        if self.is_direct:
            return f"@{self.sender.username}"
        if self.channel.type == "G":
            return ", ".join(name for name in self.names if name != without)
        return self.channel.display_name


@frozen(kw_only=True)
class Reader:
    """A member of the channel."""

    user: User
    member: ChannelMember
    status: Status
    is_mentioned: bool
    is_following: bool
    """Whether the post is a reply in a thread that this member follows."""


def wants_mail(news: News, reader: Reader, rules: Rules) -> bool:
    """Say whether a member gets a mail."""
    user, props, own = reader.user, reader.user.notify_props, reader.member.notify_props
    follows = reader.is_following and props.get("email") == "true" and props.get("email_threads") == "all"
    if not (reader.is_mentioned or follows) or reader.status.status not in ("away", "offline"):
        return False
    if user.is_bot or user.remote_id or user.delete_at or own.get("mark_unread") == "mention":
        return False
    if rules.requires_verification and not user.email_verified:
        return False
    choice = own.get("email", "default")
    if choice == "default" or (news.post.root_id and rules.has_threads):
        choice = props.get("email", "true")
    return choice != "false"


def wants_push(news: News, reader: Reader, rules: Rules, now: int) -> bool:
    """Say whether a member's devices get a push.

    Args:
        now: in milliseconds since the epoch.
    """
    props, own = reader.user.notify_props, reader.member.notify_props
    is_own_choice = own.get("push", "default") != "default"
    choice = own["push"] if is_own_choice else props.get("push", "mention")
    if choice == "none" or not _lets_push(news, reader, now):
        return False
    if reader.is_following:
        threads = (own if is_own_choice else props).get("push_threads")
        return reader.is_mentioned or "all" in (choice, threads)
    if news.is_system or own.get("mark_unread") == "mention":
        return False
    is_reply_in_thread = bool(news.post.root_id) and rules.has_threads
    return reader.is_mentioned or (
        choice == "all" and not is_reply_in_thread and reader.user.id != news.post.user_id
    )


def _lets_push(news: News, reader: Reader, now: int) -> bool:
    """Whether a member's status lets a push through."""
    status, wanted = reader.status, reader.user.notify_props.get("push_status", "online")
    if status.status in ("dnd", "ooo"):
        return False
    if wanted == "online":
        is_looking = status.active_channel == news.channel.id and now - status.last_activity_at <= _LOOKING_MS
        return reader.is_following or not is_looking
    return status.status == "offline" or (wanted == "away" and status.status == "away")


def push_for(news: News, reader: Reader, rules: Rules, badge: int) -> PushNotification:
    """Write a push; `badge` is how many mentions are unread."""
    post, channel, sender = news.post, news.channel, news.sender_name(rules)
    name = news.channel_name(reader.user.username)
    if post.root_id and rules.has_threads:
        name = "Reply in Direct Message" if news.is_direct else f"Reply in {name}"
    return PushNotification(
        type="message",
        category="CAN_REPLY",
        version=PUSH_VERSION,
        badge=badge,
        team_id=channel.team_id,
        channel_id=channel.id,
        channel_name=name,
        channel_type=channel.type,
        post_id=post.id,
        post_type=post.type,
        root_id=post.root_id,
        sender_id=post.user_id,
        sender_name=sender,
        override_username=_prop(post.props, "override_username", rules.overrides_names),
        override_icon_url=_prop(post.props, "override_icon_url", rules.overrides_icons),
        from_webhook=_prop(post.props, "from_webhook", True),
        is_crt_enabled=rules.has_threads,
        message=_push_text(news, reader, rules, sender),
    )


def _prop(props: Mapping[str, Any], name: str, is_allowed: bool) -> str:
    value = props.get(name)
    return value if is_allowed and isinstance(value, str) else ""


def _push_text(news: News, reader: Reader, rules: Rules, sender: str) -> str:
    text = _MARKUP.sub(lambda found: found.group(1) or "", news.post.message)
    if not text and news.post.file_ids:
        return "attached a file." if news.is_direct else f"{sender} attached a file."
    if rules.contents == "full":
        return text if news.is_direct and not reader.is_following else f"{sender}: {text}"
    if reader.is_following:
        return f"{sender} wrote in a thread that you follow."
    if news.is_direct:
        return "wrote to you."
    return f"{sender} mentioned you." if reader.is_mentioned else f"{sender} wrote a message."


def mail_for(news: News, reader: Reader, rules: Rules, team: Team) -> EmailNotification:
    """Write a mail, to be read in a team; its texts are the host's own."""
    post, channel, sender = news.post, news.channel, news.sender_name(rules)
    name = news.channel_name()
    landing = f"{rules.site_url.rstrip('/')}/landing#/{team.name}"
    where = sender if news.is_direct else name if channel.type == "G" else team.display_name
    did = f"{sender} replied in a thread" if post.root_id else f"{sender} wrote to you"
    return EmailNotification(
        post_id=post.id,
        channel_id=channel.id,
        team_id=team.id,
        sender_id=news.sender.id,
        sender_display_name=sender,
        recipient_id=reader.user.id,
        root_id=post.root_id,
        channel_type=channel.type,
        channel_name=name,
        team_name=team.display_name,
        sender_username=news.sender.username,
        is_direct_message=news.is_direct,
        is_group_message=channel.type == "G",
        is_thread_reply=bool(post.root_id),
        is_crt_enabled=rules.has_threads,
        subject=f"[{rules.site_name}] {where}, {datetime.fromtimestamp(post.create_at / 1000, UTC):%Y-%m-%d}",
        title=did,
        sub_title=f"{did} in {name} while you were away.",
        message_html=f"<p>{html.escape(post.message, quote=False)}</p>\n",
        message_text=post.message,
        button_text="Reply",
        button_url=f"{landing}/pl/{post.id}" if team.id else landing,
        footer_text="Fewer of these? Change your notifications.",
    )
